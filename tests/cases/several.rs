//! Files of many articles that were read as one, and what wraps or parts them.

use super::Folder;
use super::fuzz::zipped;
use framescope::read::Options;

// 32
#[test]
fn what_parts_articles_is_told_with_a_pattern_that_parts_them() {
    type Separator = fn(usize) -> String;
    let folder = Folder::new("several-signs");
    let file = |separator: Separator| -> String {
        (1..=6).map(|i| format!("{}The gunmen took port {i} on that night.\n\n", separator(i))).collect()
    };
    let signs: [(&str, Separator); 7] = [
        ("url.txt", |i| format!("URL: https://g.org/{i}\n")),
        ("bare.txt", |i| format!("https://g.org/2021/{i}\n\n")),
        ("tail.txt", |i| format!("==> a{i}.txt <==\n")),
        ("framed.txt", |i| format!("===== a{i}.txt =====\n")),
        ("stars.txt", |i| format!("*** {i} ***\n")),
        ("days.txt", |i| format!("{i:02}.01.2021\n")),
        ("dashes.txt", |_| "---\n\n".to_string()),
    ];
    for (name, separator) in signs {
        // a file does not begin with a rule
        folder.put(
            name,
            if name == "dashes.txt" { format!("The first.\n\n{}", file(separator)) } else { file(separator) },
        );
        let read = folder.read(name);
        assert_eq!(read.articles.len(), 1);
        let hint = read.problem("several-articles").hint.clone();
        let pattern = hint.split('\'').nth(1).unwrap_or_else(|| panic!("{name}: {hint}"));
        let split = Options { split: Some(pattern.to_string()), ..Options::default() };
        let articles = folder.read_with(name, &split).articles;
        assert_eq!(articles.len(), if name == "dashes.txt" { 7 } else { 6 }, "{name}: {pattern}");
        assert!(articles.iter().all(|article| article.text.trim_start().starts_with("The ")), "{name}: {pattern}");
    }
    folder.put("pages.txt", "The gunmen came.\u{c}All calm.\u{c}A coup.\u{c}Calm again.");
    assert!(folder.read("pages.txt").problem("several-articles").found.contains("form feed"));
    folder.put("days-in-words.txt", "4 March 2021\nCalm.\n5 March 2021\nCalm.\n6 March 2021\nCalm.\n");
    assert!(folder.read("days-in-words.txt").has("several-articles"));
    for (name, one) in [
        ("essay.txt", "Calm.\n***\nA coup.\n***\nCalm.\n***\nCalm.\n"),
        ("links.txt", "Calm, they say.\nhttps://g.org/1\nhttps://g.org/2\nhttps://g.org/3\n"),
        ("printed.txt", "The page ends\u{c}in a sentence and the\u{c}next one too and\u{c}so on."),
    ] {
        folder.put(name, one);
        assert!(!folder.read(name).has("several-articles"), "{name}");
    }
}

#[test]
fn what_stands_between_articles_is_seen_and_an_article_is_left_alone() {
    let folder = Folder::new("several-separators");
    let of = |text: &str| {
        folder.put("t.txt", text);
        let read = folder.read("t.txt");
        let problem = read.problems.iter().find(|problem| problem.kind == "several-articles")?;
        let lines: usize = problem.found.split("; ").nth(1)?.split(' ').next()?.parse().unwrap();
        let pattern = problem.hint.strip_prefix("--split '").map_or("", |rest| rest.split('\'').next().unwrap());
        Some((lines, problem.place.line.unwrap(), pattern.to_string()))
    };
    let sure = |text: &str| of(text).unwrap_or_else(|| panic!("nothing is said of {text}"));
    assert_eq!(sure("Article 1\nCalm.\n\nArticle 2\nCoup."), (2, 1, "^Article [#№]?\\d+".into()));
    assert_eq!(sure("A.\n=====\nB.\n======\nC.\n=====\n"), (3, 2, "^={5,}\\s*$".into()));
    assert_eq!(sure("Title: A\nx\nTitle: B\ny"), (2, 1, String::new()));
    let dated = "Date: 5 May 2021\nThe gunmen took the port that night.\n";
    assert_eq!(sure(&format!("Dawn\nSource: Dawn\n{dated}Source: Echo\n{dated}")), (2, 2, String::new()));
    assert_eq!(
        sure("URL: https://g.org/1\nA.\n\nURL: https://g.org/2\nB.\n\nURL: https://g.org/3\nC."),
        (3, 1, "^URL:\\s*http\\S+$".into())
    );
    assert_eq!(
        sure("A.\nURL: https://g.org/1\nB.\nURL: https://g.org/2\nC.\nURL: https://g.org/3\n"),
        (3, 2, String::new())
    );
    assert_eq!(sure("==> a.txt <==\nA.\n\n==> b.txt <==\nB."), (2, 1, "^={2}> .+ <={2}$".into()));
    assert_eq!(sure("*** 1 ***\nA.\n*** 2 ***\nB."), (2, 1, "^\\*{3} .+ \\*{3}$".into()));
    assert_eq!(sure("05.01.2022\nA.\n06.01.2022\nB.\n07.01.2022\nC."), (3, 1, "^\\d{1,2}\\.\\d{1,2}\\.\\d{4}$".into()));
    assert_eq!(sure(&"A.\n---\n".repeat(6)), (6, 2, "^-{3,}\\s*$".into()));
    assert_eq!(sure("A.\u{c}B.\u{c}\nC.\n\u{c}D."), (3, 1, String::new()));
    assert_eq!(sure("A.\n\u{c}B.\n\u{c}\nC.\n\u{c}D."), (3, 2, "^\\f".into()));
    let long = "The gunmen took the port that night. ".repeat(25);
    let numbered: String = (1..=3).map(|i| format!("Article {i}\n{long}\n")).collect();
    assert_eq!(sure(&format!("My articles\n\n{numbered}")), (3, 3, "^Article [#№]?\\d+".into()));
    let essay = "The gunmen took the port.\n___\n".repeat(6);
    let links = format!("https://g.org/0\n{long}\nRead on:\nA coup\nhttps://g.org/1\nAll calm\nhttps://g.org/2\n");
    let charts = format!("{long}\nSource: World Bank\n{long}\nSource: United Nations\n{long}\nSource: Dawn\n");
    let law =
        format!("The new law\n{long}\nArticle 1\nAll are free.\nArticle 2\nNobody is not.\nArticle 3\nSo be it.\n");
    let headed =
        "Port taken\n==========\nThe gunmen came.\n\nBy night\n========\nThey left.\n\nBy day now\n==========\nCalm.\n";
    for one in [
        &essay,
        &links,
        &charts,
        &law,
        headed,
        "Port taken\nSource: Dawn\nThe gunmen came.\nSource: the police\n",
        "Port taken\nDate: 5 May 2021\nThe gunmen came.\nDate: 6 May 2021\n",
        "A.\n***\nB.\n***\nC.\n***\nD.\n***\nE.\n***\nF.\n***\nG.",
        "Where to read on.\nhttps://g.org/1\nhttps://g.org/2\nhttps://g.org/3\n",
        "The page ends \u{c}inside a sentence \u{c}of the text\u{c} as pages do.",
        "The year.\n05.01.2022\nA coup.\n06.01.2022\nCalm.\n07.01.2022\nCalm.",
        "Calm.\n*****\nCoup.",
        "Title: A\nDate: 2021\nx",
        "Article 5 of the treaty was invoked on Monday by all of them, they said.\nArticle",
    ] {
        assert_eq!(of(one), None, "{one}");
    }
}

// 33, 67
#[test]
fn rows_between_tabs_are_rows_whatever_the_name_of_their_file() {
    let folder = Folder::new("several-tabs");
    let text = "The gunmen took the port at night and left it in the morning.";
    let rows: String = (1..=4).map(|i| format!("doc{i}\ten\t{text}\n")).collect();
    let numbers: String = (1..=4).map(|i| format!("{i}\t{text}\n")).collect();
    let said: String = ["ANN", "BOB", "ANN", "BOB"].iter().map(|name| format!("{name}\t{text}\n")).collect();
    folder.put("rows.txt", &rows).put("rows.tsv", &rows).put("numbers.txt", numbers).put("said.txt", said);
    assert_eq!(folder.read("rows.txt").texts(), [text; 4]);
    let read = folder.read("rows.txt");
    assert_eq!((read.outlets(), read.articles[3].id.as_str()), (vec![None; 4], "doc4"));
    assert_eq!(read.articles[0].language.map(|language| language.to_string()).as_deref(), Some("en"));
    assert_eq!(folder.read("rows.txt").texts(), folder.read("rows.tsv").texts());
    assert_eq!(folder.read("numbers.txt").texts(), [text; 4]);
    let read = folder.read("said.txt");
    assert_eq!(read.articles.len(), 1);
    assert!(read.problem("several-articles").hint.contains(".tsv"), "{:#?}", read.problems);
}

// 46
#[test]
fn a_word_file_with_several_articles_is_told_or_is_a_table() {
    let folder = Folder::new("several-docx");
    let paragraph = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let document = |body: &str| format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let styles =
        "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let word = |body: &str| {
        zipped(&[("word/document.xml", document(body).as_bytes()), ("word/styles.xml", styles.as_bytes())])
    };
    let of = |titles: &[&str]| -> String {
        titles
            .iter()
            .map(|title| paragraph("berschrift1", title) + &paragraph("Standard", "The gunmen took the port."))
            .collect()
    };
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: [&str; 3]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table = [
        ["Outlet", "Date", "Text"],
        ["Echo", "2021-03-04", "The gunmen, took it."],
        ["Dawn", "2021-03-05", "All calm."],
    ];
    let table = format!("<w:tbl>{}</w:tbl>", table.map(row).concat());
    folder
        .put("one.docx", word(&of(&["Port"])))
        .put("many.docx", word(&of(&["Port", "Quay"])))
        .put("table.docx", word(&format!("{table}{}", paragraph("Standard", "Made in March."))));
    assert_eq!(folder.read("one.docx").texts(), ["Port\n\nThe gunmen took the port.\n\n"]);
    let read = folder.read("many.docx");
    assert_eq!(read.problem("several-articles").hint, "--split '^# ' splits it into articles");
    let split = Options { split: Some("^# ".to_string()), ..Options::default() };
    assert_eq!(folder.read_with("many.docx", &split).articles.len(), 2);
    // page breaks: behind a text, in a paragraph of their own, and as a property of the paragraph that follows
    let [broken, alone, before] = [
        "<w:p><w:r><w:t>All calm.</w:t><w:br w:type=\"page\"/></w:r></w:p>",
        "<w:p><w:r><w:t>They left.</w:t></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>",
        "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>All calm again.</w:t></w:r></w:p>",
    ];
    folder.put("pages.docx", word(&format!("{broken}{alone}{}{before}", paragraph("Standard", "The port is taken."))));
    let read = folder.read("pages.docx");
    assert_eq!(read.articles.len(), 1);
    assert_eq!(read.problem("several-articles").hint, "--split '^\\f' splits it into articles");
    let split = Options { split: Some("^\\f".to_string()), ..Options::default() };
    let read = folder.read_with("pages.docx", &split);
    let texts: Vec<&str> = read.articles.iter().map(|article| article.text.trim()).collect();
    assert_eq!(texts, ["All calm.", "They left.", "The port is taken.", "All calm again."]);
    folder.put("fed.txt", "The gunmen came.\n\u{c}All calm.\n\u{c}\nA coup.\n\u{c}Calm again.\n");
    assert_eq!(folder.read("fed.txt").problem("several-articles").hint, "--split '^\\f' splits it into articles");
    let read = folder.read_with("fed.txt", &split);
    let texts: Vec<&str> = read.articles.iter().map(|article| article.text.trim()).collect();
    assert_eq!(texts, ["The gunmen came.", "All calm.", "A coup.", "Calm again."]);
    let read = folder.read("table.docx");
    assert_eq!(read.texts(), ["The gunmen, took it.", "All calm."]);
    assert_eq!(
        (read.outlets(), read.dates()),
        (vec![Some("Echo"), Some("Dawn")], vec!["2021-03-04".into(), "2021-03-05".into()])
    );
    assert!(read.problem("not-read").found.starts_with("3 words beside the table"));
}

// 35, 54
#[test]
fn json_inside_something_else_is_read() {
    let folder = Folder::new("several-wrapped");
    let one = r#"{"outlet": "Echo", "text": "The gunmen // took the \"port\"."}"#;
    let two = r#"{"outlet": "Dawn", "text": "All calm; a = [b]."}"#;
    let string = |json: &str| format!("\"{}\"", json.replace('\\', "\\\\").replace('"', "\\\""));
    folder
        .put("tweets.js", format!("window.YTD.tweets.part0 = [{{\"tweet\": {one}}}, {{\"tweet\": {two}}}]"))
        .put("var.js", format!("// saved\nvar articles = [{one}, /* x */ {two}];\n"))
        .put("jsonp.json", format!("callback([{one}, {two}]);"))
        .put("comments.json", format!("// mine\n[\n {one}, /* x */\n {two}\n]\n"))
        .put("sequence.json", format!("\u{1e}{one}\n\u{1e}{two}\n"))
        .put("string.json", string(&format!("[{one}, {two}]")))
        .put("strings.jsonl", format!("{}\n{}\n", string(one), string(two)));
    for name in ["tweets.js", "var.js", "jsonp.json", "comments.json", "sequence.json", "string.json", "strings.jsonl"]
    {
        let read = folder.read(name);
        assert_eq!(
            read.texts(),
            ["The gunmen // took the \"port\".", "All calm; a = [b]."],
            "{name}: {:#?}",
            read.problems
        );
        assert!(name == "tweets.js" || read.outlets() == [Some("Echo"), Some("Dawn")], "{name}");
    }
    folder.put("firebase.json", format!("{{\"news\": {{\"-N0\": {one}, \"-N1\": {two}}}}}"));
    let read = folder.read("firebase.json");
    assert_eq!((read.outlets(), read.articles[1].id.as_str()), (vec![Some("Echo"), Some("Dawn")], "-N1"));
    folder
        .put(
            "python.txt",
            "{'outlet': 'Echo', 'text': 'The gunmen took the port.'}\n{'outlet': 'Dawn', 'text': 'All calm.'}\n",
        )
        .put("python.json", "[{'outlet': 'Echo', 'text': 'The gunmen took the port.'}]")
        .put("text.txt", "x = (the port) was what the gunmen took.\n");
    for name in ["python.txt", "python.json"] {
        let problems = folder.refused(name);
        assert!(problems[0].hint.contains("json.dumps"), "{name}: {problems:?}");
    }
    assert_eq!(folder.read("text.txt").articles.len(), 1);
}
