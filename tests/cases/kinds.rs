//! Inputs of the kinds of the cases, in other languages, with other separators and other damage.

use super::{Folder, Read};
use std::process::Command;

fn dates_of(read: &Read) -> Vec<String> {
    assert!(!read.articles.is_empty(), "{:#?}", read.problems);
    read.dates()
}

// 01-html-in-cells
#[test]
fn marks_of_feeds_and_content_systems_are_no_words() {
    let folder = Folder::new("kinds-marks");
    let rows = [
        ("<![CDATA[<p>Gunmen fled.</p>]]>", "Gunmen fled."),
        ("[caption id=\"a1\" align=\"left\"]A port[/caption] Gunmen fled [sic].", "A port Gunmen fled [sic]."),
        ("[b]Gunmen[/b] fled [the port]. [url=http://e.example/coup]More[/url]", "Gunmen fled [the port]. More"),
        ("One [gallery ids=\"1,2\"] two", "One  two"),
        ("List [a] and [1] and [i.e.] stay", "List [a] and [1] and [i.e.] stay"),
    ];
    let lines: String = rows.iter().map(|(source, _)| format!("{}\n", serde_json::json!({ "text": source }))).collect();
    folder.put("t.jsonl", lines);
    let read = folder.read("t.jsonl");
    for (article, (source, expected)) in read.articles.iter().zip(rows) {
        assert_eq!(article.text.trim(), expected, "{source}");
        let Some(at) = article.text.find("fled") else { continue };
        let (start, end) = article.source(at as u32, at as u32 + 4);
        assert_eq!(&source[start as usize..end as usize], "fled");
    }
}

// 02-json-and-html-files-read-as-one-text
#[test]
fn json_by_columns_and_by_names_is_its_articles() {
    let folder = Folder::new("kinds-json");
    folder.put("lists.json", r#"{"outlet":["Dawn","Echo"],"text":["Gunmen came.","All calm."]}"#);
    folder.put("columns.json", r#"{"outlet":{"0":"Dawn","1":"Echo"},"text":{"0":"Gunmen came.","1":"All calm."}}"#);
    folder.put(
        "named.json",
        r#"{"a1":{"outlet":"Dawn","text":"Gunmen came."},"a2":{"outlet":"Echo","text":"All calm."}}"#,
    );
    folder.put(
        "split.json",
        r#"{"columns":["outlet","text"],"index":[0,1],"data":[["Dawn","Gunmen came."],["Echo","All calm."]]}"#,
    );
    folder.put(
        "commas.jsonl",
        "{\"outlet\":\"Dawn\",\"text\":\"Gunmen came.\"},\n{\"outlet\":\"Echo\",\"text\":\"All calm.\"},\n",
    );
    for name in ["lists.json", "columns.json", "named.json", "split.json", "commas.jsonl"] {
        let read = folder.read(name);
        assert_eq!(read.texts(), ["Gunmen came.", "All calm."], "{name}");
        assert_eq!(read.outlets(), [Some("Dawn"), Some("Echo")], "{name}");
    }
    assert_eq!(folder.read("named.json").articles[1].id, "a2");
    folder.put("unlike.json", r#"{"outlet":["Dawn","Echo","Post"],"text":["Gunmen came.","All calm."]}"#);
    assert!(folder.refused("unlike.json")[0].found.contains("a list of 3 values, `text` of 2"));
    // one article whose text is a list of paragraphs is one
    folder.put("one.json", r#"{"outlet":"Dawn","text":["Gunmen came.","They left."]}"#);
    assert_eq!(folder.read("one.json").texts(), ["Gunmen came.\n\nThey left."]);
}

#[test]
fn dates_of_a_feed_are_dates_whatever_each_item_calls_them() {
    let folder = Folder::new("kinds-feed");
    folder.put("f.xml", "<?xml version=\"1.0\"?><rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Dawn</title><item><title>A</title><pubDate>Thu, 04 Mar 2021 10:00:00 GMT\
        </pubDate><description>Gunmen came.</description></item><item><title>B</title><dc:date>2021-03-05</dc:date><description>All calm.</description></item></channel></rss>");
    assert_eq!(dates_of(&folder.read("f.xml")), ["2021-03-04", "2021-03-05"]);
}

#[test]
fn messages_and_web_archives_are_refused() {
    let folder = Folder::new("kinds-mail");
    folder.put("a.eml", "From: a@e.example\nTo: b@e.example\nSubject: Coup feared\nDate: Thu, 4 Mar 2021 10:00:00 GMT\n\nGunmen came.\n");
    folder.put("b.mht", "From: <Saved by a browser>\nSnapshot-Content-Location: https://e.example/\nMIME-Version: 1.0\n\n------x\nContent-Type: text/html\n\n<p>Gunmen came.</p>\n");
    folder.put(
        "c.mbox",
        "From a@e.example Thu Mar  4 10:00:00 2021\nReceived: from e.example\nSubject: Coup\n\nGunmen came.\n",
    );
    for name in ["a.eml", "b.mht", "c.mbox"] {
        let refused = &folder.refused(name)[0];
        assert!(refused.kind == "not-articles" && refused.found.contains("e-mail"), "{name}: {refused:?}");
    }
    folder.put("d.txt", "Subject: a letter to the editor\n\nFrom: Ann\n\nGunmen came.\n");
    assert_eq!(folder.read("d.txt").articles.len(), 1);
}

// 03-many-articles-in-one-text-file
#[test]
fn a_text_that_looks_like_several_is_told_with_the_pattern_that_splits_it() {
    let folder = Folder::new("kinds-several");
    let story = |i: u32| format!("Article {i}\nOutlet: Dawn\n\nGunmen came for the {i}th time.\n\n");
    folder.put("t.txt", (1..=3).map(story).collect::<String>());
    let read = folder.read("t.txt");
    let problem = read.problem("several-articles");
    assert_eq!((read.articles.len(), problem.place.line), (1, Some(1)));
    let pattern = problem.hint.split('\'').nth(1).unwrap().to_string();
    let told = framescope::read::Options { split: Some(pattern), ..framescope::read::Options::default() };
    assert_eq!(folder.read_with("t.txt", &told).articles.len(), 3);
}

#[test]
fn exports_in_other_languages_are_split_and_what_is_left_over_is_told() {
    let folder = Folder::new("kinds-exports");
    let story = |i: u32| {
        format!(
            "          {i} de 2 DOCUMENTS\n\n          Le Monde\n\n          {} mars 2021\n\nLe port est pris\n\nAUTEUR: Anne Roe\n\nRUBRIQUE: MONDE; Pg. 3\n\nLONGUEUR: 7 mots\n\n\
             Les gunmen ont pris le grand port.\n\nDATE-CHARGEMENT: 9 mars 2021\n\nLANGUE: FRENCH; FRANÇAIS\n\nTYPE-PUBLICATION: Journal\n\nCopyright 2021 Le Monde\nTous droits réservés\n\n",
            3 + i
        )
    };
    folder.put("n.txt", story(1) + &story(2));
    let read = folder.read("n.txt");
    assert_eq!(dates_of(&read), ["2021-03-04", "2021-03-05"]);
    assert!(
        !read.has("language-unreadable") && !read.has("export-length") && !read.has("export-rest"),
        "{:#?}",
        read.problems
    );
    for article in &read.articles {
        assert_eq!(article.language.map(|language| language.to_string()).as_deref(), Some("fr"));
        let counted =
            &article.text[..article.asides.iter().find(|aside| !aside.evidence.is_empty()).unwrap().bytes.0 as usize];
        assert_eq!(counted.trim(), "Le port est pris\n\nLes gunmen ont pris le grand port.");
    }
    let story = |i: u32, end: &str| {
        format!(
            "SE Politik\nHD Der Hafen {i}\nBY Von Ann Roe\nWC 7 Wörter\nPD {i} März 2021\nSN Der Bote\nLA Deutsch\nCY (c) 2021 Der Bote.\nLP Männer nahmen den Hafen.\nTD Sie blieben.\n{end}\n"
        )
    };
    folder.put(
        "f.txt",
        story(4, "AN Dokument BOTE000020210304eh3400004\n")
            + &story(5, "AN Dokument BOTE000020210305eh3400005\n")
            + &story(6, ""),
    );
    let read = folder.read("f.txt");
    assert_eq!(dates_of(&read), ["2021-03-04", "2021-03-05"]);
    assert_eq!(read.outlets(), [Some("Der Bote"), Some("Der Bote")]);
    let rest = read.problem("export-rest");
    assert!(rest.place.line == Some(25) && rest.found.contains("in no article"), "{rest:?}");
}

// 16, 18: damage
#[test]
fn zeros_are_damage_in_a_short_text_too() {
    let folder = Folder::new("kinds-zeros");
    folder.put("a.txt", "Gunmen came.\0 They left.\n");
    let read = folder.read("a.txt");
    assert!(read.has("nul-bytes") && read.texts() == ["Gunmen came. They left.\n"], "{:#?}", read.problems);
    folder.put("b.csv", [b"id,outlet,text\n1,Dawn,Gunmen came.\n2,Echo,All calm.\n".as_slice(), &[0; 40]].concat());
    assert_eq!(folder.read("b.csv").outlets()[..2], [Some("Dawn"), Some("Echo")]);
    folder.put(
        "c.jsonl",
        "{\"text\":\"Gun\\u0000men came\",\"outlet\":\"Da\\u0000wn\"}\n{\"text\":\"All calm\",\"outlet\":\"Echo\"}\n",
    );
    let read = folder.read("c.jsonl");
    assert_eq!((read.outlets()[0], read.texts()[0]), (Some("Dawn"), "Gunmen came"));
    folder.put("d.txt", [0u8, 1, 2, 0, 0, 5, 0, 9, 0, 0]);
    assert!(folder.read("d.txt").has("binary-file"));
}

// 28-na-is-a-word, 40-by-the-column-s-own-name
#[test]
fn other_words_for_nothing_and_other_names_of_columns() {
    let folder = Folder::new("kinds-columns");
    folder.put("a.csv", "outlet,text\n#VALUE!,Gunmen came.\n(null),All calm.\nn.a.,They left.\nDawn,#REF!\n");
    let read = folder.read("a.csv");
    assert_eq!(read.outlets(), [None, None, None, Some("Dawn")]);
    assert_eq!(read.texts()[3], "");
    for (header, day) in [
        ("Quelle;Datum;Überschrift;Volltext", "4. März 2021"),
        ("journal;date_publication;titre;contenu", "4 mars 2021"),
        ("medio;fecha;titular;cuerpo", "4 de marzo de 2021"),
        ("testata;data;titolo;testo", "4 marzo 2021"),
        ("gazete;tarih;başlık;metin", "4 Mart 2021"),
        ("gazeta;data;tytuł;treść", "4 marca 2021"),
        ("газета;дата;заголовок;текст", "4 марта 2021"),
        ("媒体;日期;标题;正文", "2021年3月4日"),
    ] {
        folder.put(
            "t.csv",
            format!("{header}\nDawn;{day};Port;Gunmen came, and left.\nEcho;{day};Calm;All is calm, all.\n"),
        );
        let read = folder.read("t.csv");
        assert_eq!(
            (read.outlets(), dates_of(&read)),
            (vec![Some("Dawn"), Some("Echo")], vec!["2021-03-04".to_string(); 2]),
            "{header}"
        );
        assert_eq!(read.texts()[0], "Port\n\nGunmen came, and left.", "{header}");
    }
}

#[test]
fn what_a_program_wrote_for_a_sign_is_the_sign() {
    let folder = Folder::new("kinds-escapes");
    folder.put("t.csv", "id,outlet,text\n1,AT&amp;T,\"Gunmen came.\\n\\nThey left.\\tCoup.\"\n2,LÃ©gende,\"['Gunmen came.', 'All calm.']\"\n3,Тhe Dawn,It\\'s a \\u201ccoup\\u201d at C:\\new\n");
    let read = folder.read("t.csv");
    assert_eq!(
        read.texts(),
        ["Gunmen came.\n\nThey left.\tCoup.", "Gunmen came.\n\nAll calm.", "It's a “coup” at C:\\new"]
    );
    assert_eq!(read.outlets()[..2], [Some("AT&T"), Some("Légende")]);
    assert!(read.has("escapes") && read.has("mixed-alphabets"), "{:#?}", read.problems);
    let (start, end) = read.articles[0].source(25, 29);
    assert_eq!((&read.articles[0].text[25..29], start, end), ("Coup", 28, 32));
    // an array on one line: nobody gave the articles ids, so that nothing is wrong with them
    folder.put("one.json", r#"[{"text":"Gunmen came."},{"text":"All calm."}]"#);
    let read = folder.read("one.json");
    assert!(read.articles[0].id != read.articles[1].id && !read.has("duplicate-id"), "{:#?}", read.problems);
}

// 42-mojibake-in-a-corpus
#[test]
fn what_was_decoded_wrongly_twice_is_mended_twice() {
    let folder = Folder::new("kinds-mojibake");
    let wrong = |text: &str| encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
    folder.put("a.txt", wrong(&wrong("He said “gunmen”. It’s a café.")));
    let read = folder.read("a.txt");
    assert!(read.has("mojibake") && read.texts() == ["He said “gunmen”. It’s a café."], "{:?}", read.texts());
}

// 02: whole pages
#[test]
fn what_stands_around_an_article_is_left_out_though_it_is_called_div() {
    let folder = Folder::new("kinds-page");
    let page = "<!DOCTYPE html><html lang=\"en\"><head><title>Gunmen take port | Dawn</title><meta property=\"og:site_name\" content=\"Dawn\"></head><body>\
        <div id=\"top\"><a href=\"/\">Home</a> <a href=\"/t\">Terrorists</a> <a href=\"/c\">Coup latest</a></div><div class=\"cookie-banner\">We use terrorists.</div>\
        <div class=\"page has-sidebar\"><h1>Gunmen take port</h1><p>Gunmen took the port on Thursday and held the harbour master for an hour, officials said.</p>\
        <div class=\"ad\">Buy before the coup</div><p>The men left after talks with the <a href=\"/m\">mayor</a>, who said that nobody had been hurt there.</p></div>\
        <div class=\"sidebarRight\"><h3>Most read</h3><ul><li><a href=\"/1\">Coup leader flees</a></li></ul></div><div class=\"related-stories\">Terrorists strike again</div>\
        <div id=\"comments\"><p>Hang these terrorists, the coup was good for all of us here and for everyone else too.</p></div></body></html>";
    folder.put("page.html", page);
    let hits = folder.columns("page.html", &[], "hits.csv", &["surface", "counted", "position"]);
    let counted: Vec<&String> = hits.iter().filter(|hit| hit.contains("|yes|")).collect();
    assert_eq!(counted, ["Gunmen|yes|headline", "Gunmen|yes|lead"], "{hits:#?}");
    assert_eq!(hits.iter().filter(|hit| hit.contains("|furniture|")).count(), 8, "{hits:#?}");
    let removed = folder.columns("page.html", &[], "removed.csv", &["evidence"]).join("\n");
    for evidence in ["links", "<div class=\"sidebarRight\">", "<div id=\"comments\">", "<div class=\"ad\">"] {
        assert!(removed.contains(evidence), "{evidence}: {removed}");
    }
}

// 41-headlines-of-tables
#[test]
fn a_frame_has_hits_words_and_rates_for_headline_lead_and_body() {
    let folder = Folder::new("kinds-positions");
    let lead = "The gunmen came to the port in the early morning of a day in March.";
    folder.put("n.csv", format!(
        "id,outlet,title,text\n1,Dawn,Gunmen take port,\"{lead}\n\nMore gunmen came. All gunmen left.\"\n2,Dawn,Calm,\"{}\"\n3,Echo,,Gunmen left.\n",
        lead.replace("gunmen", "ships")
    ));
    let columns = [
        "outlet",
        "hits",
        "words",
        "headline_hits",
        "headline_words",
        "lead_hits",
        "lead_words",
        "body_hits",
        "body_words",
        "headline_rate",
    ];
    let of = |more: &[&str]| {
        let rows = folder.columns("n.csv", more, "frames.csv", &[&["frame"], &columns[..]].concat());
        rows.into_iter().filter_map(|row| row.strip_prefix("terror|").map(str::to_string)).collect::<Vec<_>>()
    };
    let counted = of(&[]);
    assert_eq!(counted, ["Dawn|4|40|1|4|1|30|2|6|250.0", "Echo|1|2|||||1|2|"]);
    // looked at separately, headlines are in their own columns alone; left alone, they are nowhere
    assert_eq!(of(&["--headline", "separate"]), ["Dawn|3|36|1|4|1|30|2|6|250.0", "Echo|1|2|||||1|2|"]);
    assert_eq!(of(&["--headline", "leave"]), ["Dawn|3|36|||1|30|2|6|", "Echo|1|2|||||1|2|"]);
}

#[test]
fn a_hit_of_a_sentiment_lexicon_names_the_cell_it_stands_in() {
    let folder = Folder::new("kinds-cell");
    folder.put("n.csv", "id,outlet,title,text\n1,Dawn,Good news,All is bad here.\n");
    folder.put("tone.csv", "term,weight\ngood,1\nbad,-1\n");
    let args = [
        "run",
        "n.csv",
        "--lexicon",
        "tone.csv",
        "--out",
        "out",
        "-q",
        "--no-cache",
        "--no-charts",
        "--no-parquet",
        "--language",
        "en",
    ];
    let output =
        Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder.path("")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder.path("out/sentiment_hits")).unwrap() {
        let mut reader = csv::Reader::from_path(file.unwrap().path()).unwrap();
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|known| known == name).unwrap();
        let [surface, start, cell] = [at("surface"), at("byte_start"), at("cell")];
        found.extend(
            reader
                .records()
                .map(|row| row.map(|row| format!("{}|{}|{}", &row[surface], &row[start], &row[cell])).unwrap()),
        );
    }
    found.sort();
    assert_eq!(found, ["Good|0|title", "bad|7|text"]);
}

#[test]
fn init_says_what_an_export_holds_and_writes_no_empty_table() {
    let folder = Folder::new("kinds-init");
    let story = |i: u32| {
        format!(
            "   {i} of 2 DOCUMENTS\n\n   The Dawn\n\n   March {}, 2021\n\nPort {i}\n\nLENGTH: 3 words\n\nGunmen came again.\n\n",
            3 + i
        )
    };
    folder.put("c/n.txt", story(1) + &story(2));
    let init = || {
        let output = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .args(["corpus", "init", &folder.path("c")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let said = init();
    assert!(said.contains("2 articles; outlets The Dawn 2; 2021-03-04 to 2021-03-05, 0 without a date; the first on line 2: The Dawn, 2021-03-04, `Port 1`"), "{said}");
    assert!(!std::path::Path::new(&folder.path("c/articles.csv")).exists());
    folder.put("c/a.txt", "Source: The Echo\n2021-03-06\n\nAll calm in the town.\n");
    let said = init();
    let table = std::fs::read_to_string(folder.path("c/articles.csv")).unwrap();
    assert!(said.contains("n.txt") && table.lines().count() == 2 && table.contains("a.txt"), "{said}\n{table}");
}
