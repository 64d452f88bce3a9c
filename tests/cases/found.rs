//! Inputs by which a fuzzer broke the program, each with the right answer.

use super::Folder;
use framescope::read::{AsideKind, Options};
use framescope::text::{Language, fold};
use std::fmt::Write as _;
use std::process::Command;

#[test]
fn a_written_line_end_beside_a_wide_space_is_one() {
    let folder = Folder::new("found-spaces");
    for space in ["\u{a0}", "\u{2003}", "\u{3000}", "\u{202f}"] {
        folder.put("a.txt", format!("The mayor spoke of{space}coup\\nterrorists came to the square."));
        assert_eq!(
            folder.read("a.txt").texts(),
            [format!("The mayor spoke of{space}coup\nterrorists came to the square.")]
        );
    }
}

/// What is around a text that was decoded wrongly stays around it when the text is repaired and shorter.
#[test]
fn furniture_moves_with_what_is_mended() {
    let folder = Folder::new("found-furniture");
    let page = |text: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><title>T</title></head><body><nav>Accueil terrorist</nav><article>{}</article>\
             <footer>Terrorist coup militant bomb. Terrorist coup.</footer></body></html>",
            (0..4)
                .map(|i| format!("<p>{text} numéro {i}.</p>")
                    .replace("numéro", if text.contains('Ã') { "numÃ©ro" } else { "numéro" }))
                .collect::<String>()
        )
    };
    folder
        .put("clean.html", page("Le général a déclaré la journée dédiée au général"))
        .put("spoilt.html", page("Le gÃ©nÃ©ral a dÃ©clarÃ© la journÃ©e dÃ©diÃ©e au gÃ©nÃ©ral"));
    let around = |name: &str| -> Vec<String> {
        let read = folder.read(name);
        let article = &read.articles[0];
        let furniture = article.asides.iter().filter(|aside| aside.kind == AsideKind::Furniture);
        furniture.map(|aside| article.text[aside.bytes.0 as usize..aside.bytes.1 as usize].trim().to_string()).collect()
    };
    let clean = around("clean.html");
    assert!(clean.iter().any(|text| text == "Terrorist coup militant bomb. Terrorist coup."), "{clean:?}");
    assert_eq!(around("spoilt.html"), clean);
    assert_eq!(folder.read("spoilt.html").texts(), folder.read("clean.html").texts());
}

#[test]
fn a_source_right_above_a_source_of_newsbank_has_no_title_of_the_other() {
    let folder = Folder::new("found-newsbank");
    folder.put(
        "a.txt",
        "Port taken\nDawn (Nairobi) - March 3, 2021\nAuthor/Byline: Ann\nAll calm\nEcho (Nairobi) - March 4, 2021\nAuthor/Byline: Bo\nGunmen took the port.\n",
    );
    let read = folder.read("a.txt");
    assert_eq!(read.outlets(), [Some("Dawn (Nairobi)"), Some("Echo (Nairobi)")]);
    assert!(read.articles[1].text.contains("Gunmen took the port."), "{:?}", read.texts());
}

#[test]
fn conditions_are_as_long_as_anybody_wants_and_not_deeper() {
    let folder = Folder::new("found-where");
    folder.put("a.csv", "id,text\na1,Gunmen came.\na2,All calm.\n");
    let long = (0..20_000).fold("id = a2".to_string(), |mut long, i| {
        let _ = write!(long, " or id = b{i}");
        long
    });
    let read = folder.read_with("a.csv", &Options { only: Some(long), ..Options::default() });
    assert_eq!(read.texts(), ["All calm."]);
    for deep in ["(".repeat(100_000) + "id = a1" + &")".repeat(100_000), "not ".repeat(100_000) + "id = a1"] {
        folder.put("study.toml", format!("[corpus]\npaths = [\"a.csv\"]\nwhere = '{deep}'\n"));
        let output = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .args(["run", "--dry-run", "--study", &folder.path("study.toml")])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("more than 200 brackets or `not` inside each other"), "{said}");
    }
}

#[test]
fn very_many_columns_of_one_name_are_told_apart() {
    let folder = Folder::new("found-columns");
    let names = "note,".repeat(30_000);
    let cells = ",".repeat(30_000);
    folder.put("a.csv", format!("id,text,{names}last\na1,Gunmen came.,{cells}x\n"));
    let read = folder.read("a.csv");
    assert_eq!(read.texts(), ["Gunmen came."]);
}

#[test]
fn an_invisible_sign_between_a_letter_and_its_accent_is_none() {
    for word in ["φωτιά", "φωτια\u{301}", "φωτια\u{ad}\u{301}", "φωτ\u{200b}ια\u{ad}\u{301}"] {
        assert_eq!(fold(word, Language::UNKNOWN), "φωτια", "{word:?}");
    }
}
