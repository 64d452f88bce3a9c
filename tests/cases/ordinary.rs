//! Ordinary texts and tables that look a little like something else: each is read as what it is.

use super::{Folder, Read};

const BODY: &str = "The council voted on Monday to build houses near the river, and the vote was close.\n\n\
                    Gunmen took the port before dawn, officials said. Nobody was hurt in the town.\n\n\
                    Schools stay shut until Friday, the mayor told reporters on the square.";

/// Of one article that begins with these lines, its text.
fn whole(folder: &Folder, name: &str, top: &str) -> Read {
    folder.put(name, format!("{top}\n\n{BODY}\n"));
    let read = folder.read(name);
    assert_eq!(read.articles.len(), 1, "{name}: {:#?}", read.problems);
    read
}

#[test]
fn a_text_about_tags_keeps_the_words_behind_them() {
    let folder = Folder::new("ordinary-tags");
    for tag in ["script", "select", "video", "style", "head", "iframe", "template", "noscript", "textarea"] {
        for written in [format!("<{tag}>"), format!("&lt;{tag}&gt;")] {
            let read = whole(&folder, "a.txt", &format!("He typed {written} into the box."));
            assert!(read.texts()[0].trim_end().ends_with("on the square."), "{written}: {:?}", read.texts());
            assert!(read.texts()[0].starts_with(&format!("He typed <{tag}> into")), "{written}: {:?}", read.texts());
        }
        folder.put("t.csv", format!("id,text\n1,\"<p>He typed &lt;{tag}&gt; here.</p><p>Gunmen left.</p>\"\n"));
        let read = folder.read("t.csv");
        assert_eq!(read.texts()[0].trim_end(), format!("He typed <{tag}> here.\n\nGunmen left."));
    }
    // what is closed, has attributes, or is code is none of the text
    for (cell, text) in [
        ("<script>var a = 1;</script>Gunmen left.", "Gunmen left."),
        ("Gunmen left.<script>var a = 1;", "Gunmen left."),
        ("Gunmen left.<iframe src='x.html'> And <b>came</b>.", "Gunmen left. And came."),
        ("<video>Your browser plays none.</video>Gunmen left.", "Gunmen left."),
    ] {
        folder.put("u.csv", format!("id,text\n1,\"{cell}\"\n"));
        assert_eq!(folder.read("u.csv").texts(), [text], "{cell}");
    }
}

#[test]
fn a_page_that_stands_in_a_form_is_the_page() {
    let folder = Folder::new("ordinary-form");
    let paragraphs: String = BODY.split("\n\n").map(|text| format!("<p>{text}</p>")).collect();
    let page = format!(
        "<!DOCTYPE html><html><head><title>Port</title></head><body><form method=\"post\" id=\"form1\"><nav>Home Search</nav>\
         <div id=\"content\"><h1>Port taken</h1>{paragraphs}</div><form id=\"find\"><p>Find it</p></form></form></body></html>"
    );
    folder.put("a.html", page);
    let hits = folder.columns("a.html", &[], "hits.csv", &["surface", "counted"]);
    assert_eq!(hits, ["Gunmen|yes"]);
}

#[test]
fn lines_that_other_forms_have_are_lines_of_a_text() {
    let folder = Folder::new("ordinary-lines");
    for (name, top) in [
        ("copyright.txt", "© 2022 Le Monde. Tous droits réservés"),
        ("copyright.md", "Europresse said so.\n\n© 2022 La Presse. Tous droits réservés."),
        ("names.txt", "Media, Text"),
        ("names2.txt", "Headline, body, soul"),
        ("paper.txt", "Received: 3 January 2022\nAccepted: 5 February 2022"),
        ("letter.txt", "From: The editor\nTo: All readers\nSubject: Thank you"),
        ("sql.txt", "Set up a database in five minutes\n\nOpen the shell and type:\n\nCREATE TABLE news (id INTEGER);"),
        ("drop.txt", "Drop the act, please\n\nCopy editors (three of them) have left."),
        ("list.txt", "- When: Monday at noon\n  Where: The town hall\n  Price: free"),
        ("credits.txt", "Foto: Jane Roe\nText: John Poe\n\nFoto: Li Wei\nText: Anna Berg"),
        ("labels.txt", "PT Jasa Marga runs the roads of Java.\nTI Indonesia asks for an inquiry."),
        ("webvtt.txt", "WEBVTT is a form of subtitles."),
        ("arrow.txt", "10:30 --> 11:30 is the new time"),
        ("blog.txt", "[12:30] The port was taken.\n[13:05] No comment.\n[13:20] No comment.\n[14:00] Calm."),
        ("box.txt", "---\nCorrection: the minister is 52 years old.\nPolice: no comment on the storm\n---"),
    ] {
        let read = whole(&folder, name, top);
        assert!(read.texts()[0].contains(top.trim_start_matches("---\n").lines().next().unwrap()), "{name}");
        assert!(read.texts()[0].trim_end().ends_with("on the square."), "{name}: {:?}", read.texts());
        assert!(name != "blog.txt" || read.texts()[0].matches("No comment.").count() == 2);
    }
}

#[test]
fn the_last_line_of_a_database_below_one_article_is_no_export() {
    let folder = Folder::new("ordinary-end");
    for (name, last) in [
        ("nexis.txt", "End of Document"),
        ("factiva.txt", "500 words\n\nDocument ABCDEFGHIJKLMN"),
        ("proquest.txt", "____________________________________________________________\n\nPublication date: Monday"),
    ] {
        folder.put(name, format!("Port taken\n\n{BODY}\n\n{last}\n"));
        let read = folder.read(name);
        assert_eq!(read.articles.len(), 1, "{name}: {:#?}", read.problems);
        assert!(read.texts()[0].starts_with("Port taken") && read.texts()[0].contains("on the square."), "{name}");
    }
}

#[test]
fn paragraphs_behind_numbers_days_and_clocks_are_one_text() {
    let folder = Folder::new("ordinary-tabs");
    let said = "The court heard that gunmen had taken the port, and that nobody in the town had seen them come";
    for marks in [["1.", "2.", "3."], ["1)", "2)", "3)"], ["9:15", "9:40", "10:05"], ["2001", "2004", "2019"]] {
        let text: String = marks.iter().map(|mark| format!("{mark}\t{said} on day {mark}.\n")).collect();
        folder.put("a.txt", text);
        assert_eq!(folder.read("a.txt").articles.len(), 1, "{marks:?}");
    }
    let days: String = (3..6).map(|day| format!("{day} January 2022\t{said}, {day}.\n")).collect();
    folder.put("b.txt", days);
    assert_eq!(folder.read("b.txt").articles.len(), 1);
    // rows of a table have a name of their own
    let rows: String = (3..6).map(|day| format!("{day}{day}17\t{day} January 2022\t{said}, {day}.\n")).collect();
    folder.put("c.txt", rows);
    assert_eq!(folder.read("c.txt").articles.len(), 3);
}

#[test]
fn a_table_of_one_quoted_column_is_read() {
    let folder = Folder::new("ordinary-column");
    folder.put("t.csv", "\"text\"\n\"Gunmen left, and came.\"\n\"The coup failed, again.\"\n");
    assert_eq!(folder.read("t.csv").texts(), ["Gunmen left, and came.", "The coup failed, again."]);
    // as R writes it with the names of its rows
    folder.put("r.csv", "\"text\"\n\"1\" \"Gunmen left, and came.\"\n\"2\" \"The coup failed, again.\"\n");
    assert_eq!(folder.read("r.csv").texts(), ["Gunmen left, and came.", "The coup failed, again."]);
}

#[test]
fn columns_of_texts_and_outlets_have_more_names() {
    let folder = Folder::new("ordinary-names");
    for text in ["clean_text", "text_clean", "full_article", "text_en", "news_content", "original_text"] {
        folder.put("t.csv", format!("channel_name,posted_at,{text}\nDawn,2022-01-05,Gunmen left.\n"));
        let read = folder.read("t.csv");
        assert_eq!((read.texts(), read.outlets()), (vec!["Gunmen left."], vec![Some("Dawn")]), "{text}");
        assert_eq!(read.dates(), ["2022-01-05"]);
    }
}

#[test]
fn numbers_are_words_in_a_dictionary_of_json_and_lines_of_a_list_may_end_in_a_tab() {
    let folder = Folder::new("ordinary-lexicons");
    folder.put("t.csv", "id,text\n1,\"Police said that 1984 was a storm.\"\n");
    folder.put("l.json", r#"{"order": ["police", "force", "1984"], "weather": ["storm"]}"#);
    folder.put("l.txt", "police\nforce\t\nstorm\n");
    let hits = |lexicon: &str| folder.columns("t.csv", &["--lexicon", lexicon], "hits.csv", &["frame", "surface"]);
    assert_eq!(hits("l.json"), ["order|Police", "order|1984", "weather|storm"]);
    assert_eq!(hits("l.txt").len(), 2);
}

#[test]
fn a_repeat_is_a_whole_sentence_or_a_paragraph_of_its_own() {
    let folder = Folder::new("ordinary-repeats");
    let claim = "the gunmen had taken the old port of the town before the sun came up on Sunday";
    let said = "Nobody had seen the gunmen come up the river to the square and the bridge that night.";
    let removed = |text: &str| {
        folder.put("a.txt", text);
        folder.columns("a.txt", &[], "removed.csv", &["rule", "begins"])
    };
    // a check of facts quotes a claim in two sentences of its own
    let text = format!("The mayor said that {claim}.\n\nIs it true that {claim}? The police say no.\n\nThe end.\n");
    assert!(removed(&text).is_empty(), "{:?}", removed(&text));
    // a sentence that is said again, whole
    let text = format!("{said} The mayor left.\n\nThe police came.\n\n{said} Then it was over.\n");
    let found = removed(&text);
    assert!(found.len() == 1 && found[0].starts_with("repeat|Nobody had seen"), "{found:?}");
    // what the page shows in large letters before the text says it
    let text = format!("The port\n\n{claim}\n\nThe mayor said on Monday that {claim}, and left.\n");
    let found = removed(&text);
    assert!(found.len() == 1 && found[0].starts_with("repeat|the gunmen had"), "{found:?}");
}
