//! Decisions of people: none is lost, and none is taken for the answer to another question.

use super::{Coders, RUN, code, framescope, number, ok, temporary, truth, world};
use std::fs;
use std::path::Path;

type Row = std::collections::BTreeMap<String, String>;

/// Fills in cells of a table of decisions.
fn decide(from: &Path, to: &Path, of: impl Fn(&Row) -> [(&'static str, &'static str); 2]) {
    let rows = crate::run::rows(from);
    let mut reader = csv::Reader::from_path(from).unwrap();
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_path(to).unwrap();
    writer.write_record(&header).unwrap();
    for row in rows {
        let told = of(&row);
        let cell = |name: &str| {
            told.iter().find(|(of, _)| *of == name).map_or(row[name].as_str(), |(_, cell)| *cell).to_string()
        };
        writer.write_record(header.iter().map(cell)).unwrap();
    }
    writer.flush().unwrap();
}

fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = framescope(folder, arguments);
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn decisions_in_the_list_of_disagreements_are_never_overwritten() {
    let folder = temporary("decisions");
    world(&folder);
    ok(&folder, &RUN);
    ok(&folder, &["validate", "sample", "output", "--hits", "20", "--sentences", "20", "--overlap", "40"]);
    code(&folder.join("coding"), Coders { error: 0.2, seed: 9 }, truth);
    ok(&folder, &["validate", "score", "coding"]);
    let list = folder.join("coding/disagreements.csv");
    decide(&list, &list, |row| [("code", if truth(&row["text"]) { "1" } else { "0" }), ("comment", "as read aloud")]);
    let decided = fs::read(&list).unwrap();
    let (status, text) = said(&folder, &["validate", "score", "coding"]);
    assert_eq!(status, Some(2));
    assert!(text.contains("disagreements.csv: holds ") && text.contains("save it as adjudicated.csv"), "{text}");
    assert_eq!(fs::read(&list).unwrap(), decided);
    // saved as it says, they count, and the list has them from then on
    fs::write(folder.join("coding/adjudicated.csv"), &decided).unwrap();
    for _ in 0..2 {
        let text = ok(&folder, &["validate", "score", "coding"]);
        assert!(!text.contains("are left out"), "{text}");
        assert_eq!(crate::run::rows(&list), crate::run::rows(&folder.join("coding/adjudicated.csv")));
    }
    // a decision that is changed where it was made is one
    let adjudicated = folder.join("coding/adjudicated.csv");
    decide(&adjudicated, &adjudicated, |_| [("code", "1"), ("comment", "read again")]);
    ok(&folder, &["validate", "score", "coding"]);
    assert!(crate::run::rows(&list).iter().all(|row| row["code"] == "1" && row["comment"] == "read again"));
    // another decision in the list is not lost either
    decide(&list, &list, |_| [("code", "?"), ("comment", "")]);
    assert_eq!(said(&folder, &["validate", "score", "coding"]).0, Some(2));
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn a_decision_on_the_voice_alone_holds() {
    let folder = temporary("voices");
    world(&folder);
    ok(&folder, &RUN);
    ok(&folder, &["validate", "sample", "output", "--hits", "20", "--sentences", "10", "--overlap", "30"]);
    code(&folder.join("coding"), Coders { error: 0.0, seed: 1 }, truth);
    let other = folder.join("coding/B.csv");
    let text = fs::read_to_string(&other).unwrap();
    fs::write(&other, text.replace(",1,own,", ",1,quoted,")).unwrap();
    ok(&folder, &["validate", "score", "coding"]);
    // two coders, two voices: none holds
    assert!(crate::run::rows(&folder.join("coding/voices.csv")).is_empty());
    let (list, decided) = (folder.join("coding/disagreements.csv"), folder.join("coding/adjudicated.csv"));
    decide(&list, &decided, |_| [("voice", "own"), ("comment", "")]);
    ok(&folder, &["validate", "score", "coding"]);
    let voices = crate::run::rows(&folder.join("coding/voices.csv"));
    let right =
        crate::run::rows(&folder.join("coding/quality.csv")).into_iter().find(|row| row["part"] == "all").unwrap();
    assert!(!voices.is_empty() && voices.iter().all(|row| row["voice_by_coders"] == "own"), "{voices:?}");
    assert_eq!(voices.iter().map(|row| number(row, "hits")).sum::<f64>(), number(&right, "right_hits"));
    let _ = fs::remove_dir_all(&folder);
}

/// A frame inside another; coders call all of `trade` right, and nothing of `trade/fish`.
#[test]
fn an_entry_is_judged_by_the_question_of_its_own_frame() {
    let folder = temporary("nested");
    let mut news = String::from("id,outlet,text\n");
    for n in 0..40 {
        let outlet = ["North", "South"][n % 2];
        news.push_str(&format!("{n},{outlet},The harbour sold {n} barrels. A herring was weighed at quay {n}. A market opened on street {n}.\n"));
    }
    fs::write(folder.join("news.csv"), news).unwrap();
    fs::create_dir_all(folder.join("lexicons")).unwrap();
    let lexicon = "[lexicon]\nname = \"sea\"\nlanguage = \"en\"\n[[frame]]\nname = \"trade\"\nterms = [\"market\"]\n[[frame]]\nname = \"trade/fish\"\nterms = [\"herring\"]\n";
    fs::write(folder.join("lexicons/sea.toml"), lexicon).unwrap();
    ok(&folder, &RUN);
    ok(
        &folder,
        &["validate", "sample", "output", "--hits", "20", "--sentences", "10", "--coders", "1", "--overlap", "0"],
    );
    let sheet = folder.join("coding/A.csv");
    decide(&sheet, &sheet, |row| [("code", if row["frame"] == "trade" { "1" } else { "0" }), ("comment", "")]);
    ok(&folder, &["validate", "score", "coding"]);
    let entries = crate::run::rows(&folder.join("coding/entries.csv"));
    let of = |entry: &str| {
        entries.iter().find(|row| row["entry"] == entry).map(|row| number(row, "right") / number(row, "checked"))
    };
    assert_eq!((of("herring"), of("market")), (Some(0.0), Some(1.0)), "{entries:?}");
    let herring = entries.iter().find(|row| row["entry"] == "herring").unwrap();
    let quality = crate::run::rows(&folder.join("coding/quality.csv"));
    let own = quality.iter().find(|row| row["frame"] == "trade/fish" && row["part"] == "all").unwrap();
    assert_eq!(number(herring, "checked"), number(own, "coded_hits"));
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn that_a_word_counts_once_in_the_lexicon_is_part_of_what_was_validated() {
    let folder = temporary("overlap");
    world(&folder);
    ok(&folder, &RUN);
    ok(&folder, &["validate", "sample", "output", "--hits", "10", "--sentences", "10", "--overlap", "20"]);
    code(&folder.join("coding"), Coders { error: 0.0, seed: 1 }, truth);
    ok(&folder, &["validate", "score", "coding"]);
    let file = folder.join("lexicons/weather.toml");
    ok(&folder, &["validate", "apply", "coding", "lexicons/weather.toml"]);
    let state = || {
        ok(&folder, &RUN);
        let rows = crate::run::rows(&folder.join("output/frames.csv"));
        rows.into_iter().find(|row| row["frame"] == "damage").unwrap()["validation"].clone()
    };
    let applied = fs::read_to_string(&file).unwrap();
    let once = applied.replace("kind = \"frames\"", "kind = \"frames\"\noverlap = \"lexicon\"");
    assert_eq!(state(), "validated");
    fs::write(&file, &once).unwrap();
    assert_eq!(state(), "edited since");
    // validated with that rule it holds, until any frame of the lexicon gets another entry
    ok(
        &folder,
        &["validate", "sample", "output", "--hits", "10", "--sentences", "10", "--overlap", "20", "--out", "again"],
    );
    code(&folder.join("again"), Coders { error: 0.0, seed: 1 }, truth);
    ok(&folder, &["validate", "score", "again"]);
    ok(&folder, &["validate", "apply", "again", "lexicons/weather.toml"]);
    assert_eq!(state(), "validated");
    let applied = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{applied}[[frame]]\nname = \"windows\"\nterms = [\"storm broke\"]\n")).unwrap();
    assert_eq!(state(), "edited since");
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn scores_go_into_frames_in_brackets_and_nothing_is_half_written() {
    let folder = temporary("brackets");
    world(&folder);
    let file = folder.join("lexicons/weather.toml");
    let inline = "frame = [{ name = \"damage\", terms = [\"storm\", { term = \"hurricane\", note = \"seldom\" }] }]\n[lexicon]\nname = \"weather\"\nlanguage = \"en\"\n";
    fs::write(&file, inline).unwrap();
    ok(&folder, &RUN);
    ok(&folder, &["validate", "sample", "output", "--hits", "10", "--sentences", "10", "--overlap", "20"]);
    code(&folder.join("coding"), Coders { error: 0.0, seed: 1 }, truth);
    ok(&folder, &["validate", "score", "coding"]);
    // a record that cannot be read refuses before anything is written
    let record = folder.join("lexicons/validation.json");
    fs::write(&record, "{bad").unwrap();
    let (status, text) = said(&folder, &["validate", "apply", "coding", "lexicons/weather.toml"]);
    assert!(
        status == Some(2) && text.contains("error: lexicons/validation.json:1:2:") && text.contains("or delete it"),
        "{text}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), inline);
    fs::remove_file(&record).unwrap();
    let text = ok(&folder, &["validate", "apply", "coding", "lexicons/weather.toml"]);
    assert!(text.contains("precision of 1 entry written"), "{text}");
    let applied = fs::read_to_string(&file).unwrap();
    assert!(applied.contains("{ term = \"storm\", precision = \""), "{applied}");
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn what_is_not_known_of_agreement_is_said_and_what_nobody_can_mend_needs_no_decision() {
    let folder = temporary("agreement");
    world(&folder);
    ok(&folder, &RUN);
    let sample = |out: &str, overlap: &str| {
        ok(
            &folder,
            &["validate", "sample", "output", "--hits", "10", "--sentences", "10", "--overlap", overlap, "--out", out],
        );
    };
    sample("apart", "0");
    code(&folder.join("apart"), Coders { error: 0.0, seed: 1 }, truth);
    let (status, text) = said(&folder, &["validate", "score", "apart"]);
    assert!(status == Some(1) && text.contains("No item was coded by two coders (damage)"), "{text}");
    sample("alike", "20");
    code(&folder.join("alike"), Coders { error: 0.0, seed: 1 }, |_| true);
    let (status, text) = said(&folder, &["validate", "score", "alike"]);
    assert!(status == Some(0) && text.contains("α is not defined"), "{status:?} {text}");
    let _ = fs::remove_dir_all(&folder);
}
