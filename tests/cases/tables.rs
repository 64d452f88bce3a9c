//! Tables as they come.

use super::Folder;
use framescope::read::Options;

// 30-lines-before-the-header
#[test]
fn case_30_lines_before_the_header() {
    let folder = Folder::new("before");
    folder.put("sep.csv", "sep=;\r\nid;outlet;date;text\r\n7;Echo;2021-03-04;Gunmen fled the port.\r\n");
    let read = folder.read("sep.csv");
    assert_eq!((read.texts(), read.outlets()), (vec!["Gunmen fled the port."], vec![Some("Echo")]));
    assert_eq!(read.articles[0].record, Some(3));
    let lines = "Press archive\nSearch: port, quay;;;\n\nid;outlet;date;text\n7;Echo;2021-03-04;Gunmen fled.\n8;Dawn;2021-03-05;Calm.\n";
    folder.put("title.csv", lines);
    let read = folder.read("title.csv");
    assert_eq!(
        (read.texts(), read.dates()),
        (vec!["Gunmen fled.", "Calm."], vec!["2021-03-04".into(), "2021-03-05".into()])
    );
    assert!(read.problem("table-head").found.contains("3 lines before the table"), "{}", read.problem("table-head"));
    folder.put(
        "none.csv",
        "1,Echo,2021-03-04,The gunmen fled the port at dawn.\n2,Dawn,2021-03-05,The port was calm again.\n",
    );
    let read = folder.read("none.csv");
    assert_eq!(read.texts(), ["The gunmen fled the port at dawn.", "The port was calm again."]);
    assert_eq!((read.outlets(), read.dates()[1].as_str()), (vec![Some("Echo"), Some("Dawn")], "2021-03-05"));
    let told = Options { no_header: true, text: Some("column 2".into()), ..Options::default() };
    folder.put("told.csv", "outlet,text\nA,one\n");
    assert_eq!(folder.read_with("told.csv", &told).texts(), ["text", "one"]);
}

#[test]
fn headers_that_are_short_repeated_or_doubled() {
    let folder = Folder::new("headers");
    folder.put("r.csv", "\"outlet\",\"text\"\n\"1\",\"Echo\",\"Gunmen fled.\"\n\"2\",\"Dawn\",\"Calm.\"\n");
    let read = folder.read("r.csv");
    assert_eq!((read.texts(), read.outlets()), (vec!["Gunmen fled.", "Calm."], vec![Some("Echo"), Some("Dawn")]));
    folder.put("again.csv", "outlet,text\nEcho,one\noutlet,text\nDawn,two\n");
    let read = folder.read("again.csv");
    assert_eq!(read.texts(), ["one", "two"]);
    assert_eq!(read.problem("header-again").place.line, Some(3));
    folder.put("twice.csv", "outlet,text,text,,\nEcho,first,second,,\nDawn,third,fourth\n");
    let read = folder.read("twice.csv");
    assert_eq!(read.texts()[0], "first");
    assert!(read.problem("column-twice").hint.contains("text#2"));
    let told = Options { text: Some("text#2".into()), ..Options::default() };
    assert_eq!(folder.read_with("twice.csv", &told).texts()[0], "second");
    folder.put("one.csv", "text\nGunmen, and more of them\n\"Quoted, calm\"\n");
    assert_eq!(folder.read("one.csv").texts(), ["Gunmen, and more of them", "Quoted, calm"]);
}

#[test]
fn a_year_of_the_table_groups_and_stratifies_articles_without_a_date() {
    let folder = Folder::new("years");
    let rows: String = (0..12)
        .map(|i| {
            format!("{},{},{},The gunmen fled the port on day {i}.\n", ["Echo", "Dawn"][i % 2], 2019 + i / 6, i % 3)
        })
        .collect();
    folder.put("t.csv", format!("outlet,year,month,text\n{rows}"));
    let values = |by: &str, column: &str| -> Vec<String> {
        let mut values = folder.columns("t.csv", &["--by", by], "counts.csv", &[column]);
        values.sort();
        values.dedup();
        values
    };
    assert_eq!(values("year", "year"), ["2019", "2020"]);
    assert_eq!(values("month", "month"), ["0", "1", "2"]);
    // a date goes before
    folder.put("t.csv", "outlet,date,month,text\nEcho,2021-03-04,3,The gunmen fled.\nDawn,,4,The gunmen came back.\n");
    assert_eq!(values("month", "month"), ["2021-03", "4"]);
}

#[test]
fn a_name_of_outlets_that_no_article_has_is_told() {
    let folder = Folder::new("aliases");
    folder.put(
        "t.csv",
        "outlet,text\nHarbour Echo,The gunmen fled.\nThe Harbour Echo,The gunmen came back.\nDawn,All was calm.\n",
    );
    let told = |aliases: &str| -> Vec<String> {
        folder.put("s.toml", format!("[outlets]\n{aliases}\n"));
        let rows = folder.columns("t.csv", &["--study", "s.toml"], "problems.csv", &["kind", "found", "hint"]);
        rows.into_iter().filter_map(|row| row.strip_prefix("outlet-unmet|").map(str::to_string)).collect()
    };
    assert_eq!(
        told("\"Harbour Echo\" = [\"The Harbour Eco\"]"),
        ["`The Harbour Eco`, a name of `Harbour Echo`, is nearly that of an outlet|did you mean `The Harbour Echo`?"]
    );
    assert_eq!(
        told("\"Evening Star\" = [\"Star\"]"),
        ["no counted article is of `Evening Star`, or of its other names|"]
    );
    assert!(told("\"Harbour Echo\" = [\"The Harbour Echo\", \"HE\"]").is_empty());
}

// 25-lone-cr-tables
#[test]
fn case_25_lone_carriage_returns_end_lines() {
    let folder = Folder::new("cr");
    folder.put("mac.csv", "id,outlet,text\r1,Echo,\"Gunmen; tab\tfled.\"\r2,Dawn,Calm.\r");
    let read = folder.read("mac.csv");
    assert_eq!(read.texts(), ["Gunmen; tab\tfled.", "Calm."]);
    assert_eq!(read.articles[1].record, Some(3));
}

// 18-one-nul-byte
#[test]
fn case_18_one_nul_byte_costs_no_article() {
    let folder = Folder::new("nul");
    let row = "The port was calm again in the evening and no ship left the quay";
    folder.put("t.csv", format!("id,text\n1,Gun\0men fled the port. {row}\n2,Calm. {row} at all\n"));
    let read = folder.read("t.csv");
    assert!(read.texts()[0].starts_with("Gunmen fled"));
    assert_eq!(read.articles.len(), 2);
    assert_eq!(read.problem("nul-bytes").place.line, Some(2));
    folder.put("t.txt", format!("{row}\nGun\0men fled the port.\n{row}\n"));
    let read = folder.read("t.txt");
    assert!(read.texts()[0].contains("\nGunmen fled"));
    let at = read.texts()[0].find("men fled").unwrap() as u32;
    let (start, end) = read.articles[0].source(at, at + 3);
    let bytes = std::fs::read(folder.path("t.txt")).unwrap();
    assert_eq!(&bytes[start as usize..end as usize], b"men", "a span points into the file as it is");
}

// 28-na-is-a-word
#[test]
fn case_28_words_for_nothing_are_nothing_in_every_column() {
    let folder = Folder::new("na");
    let rows = "1,Echo,2021-03-04,Gunmen fled.\n2,NA,2021-03-04,Calm.\n3,nan,NULL,Calm again.\n4,Echo,None,NA\n5,-,2021-03-04,N/A\n";
    folder.put("t.csv", format!("id,outlet,date,text\n{rows}"));
    let read = folder.read("t.csv");
    assert_eq!(read.outlets(), [Some("Echo"), None, None, Some("Echo"), None]);
    assert_eq!(read.texts()[3..], ["", ""]);
    assert_eq!(read.problems.iter().filter(|problem| problem.kind == "empty-article").count(), 2);
    let told = Options { missing: Some(vec!["-".into()]), ..Options::default() };
    let read = folder.read_with("t.csv", &told);
    assert_eq!((read.outlets()[1], read.outlets()[4]), (Some("NA"), None));
}

// 19-windows-1251-corpus
#[test]
fn case_19_any_encoding() {
    let folder = Folder::new("encodings");
    let table = "id,издание,дата,текст\n1,Эхо,2021-03-04,Боевики покинули порт в начале марта.\n2,Заря,2021-03-05,В порту снова спокойно.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(table);
    folder.put("ru.csv", &bytes);
    let read = folder.read("ru.csv");
    assert_eq!(read.texts(), ["Боевики покинули порт в начале марта.", "В порту снова спокойно."]);
    assert_eq!(read.outlets(), [Some("Эхо"), Some("Заря")]);
    assert!(read.problem("encoding-guessed").found.contains("windows-1251"));
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(table);
    folder.put("koi.csv", &bytes);
    let told = Options { encoding: Some("koi8-r".into()), ..Options::default() };
    assert_eq!(folder.read_with("koi.csv", &told).outlets(), [Some("Эхо"), Some("Заря")]);
    // what is told holds for files that need it
    folder.put("utf.csv", table);
    assert_eq!(folder.read_with("utf.csv", &told).outlets(), [Some("Эхо"), Some("Заря")]);
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1251.encode("Боевики покинули порт.\nВ порту снова спокойно, сообщили власти.\n");
    folder.put("ru.txt", &bytes);
    assert!(folder.read("ru.txt").texts()[0].starts_with("Боевики покинули"));
    folder.put("damaged.txt", [&b"caf\xc3\xa9 na\xc3\xafve \xc3\xbc\xc3\xb6\xc3\xa4 "[..], b"\xe9", b" end"].concat());
    assert_eq!(folder.read("damaged.txt").texts(), ["café naïve üöä é end"], "one bad byte spoils no other letter");
}

// 15-nested-json-values
#[test]
fn case_15_nested_values_are_paths_and_paragraphs() {
    let folder = Folder::new("nested");
    let lines = concat!(
        r#"{"source":{"id":"e","name":"Echo"},"publishedAt":"2021-03-04T10:00:00Z","title":"Port","content":"Gunmen fled the port."}"#,
        "\n",
        r#"{"source":{"id":null,"name":"Echo"},"publishedAt":1614852000,"title":"Calm","content":["Gunmen left.","Calm came."],"tags":["a","b"]}"#,
        "\n"
    );
    folder.put("t.jsonl", lines);
    let read =
        folder.read_with("t.jsonl", &Options { headline: framescope::read::Headline::Leave, ..Options::default() });
    assert_eq!(read.outlets(), [Some("Echo"), Some("Echo")]);
    assert_eq!(read.texts(), ["Gunmen fled the port.", "Gunmen left.\n\nCalm came."]);
    assert_eq!(read.articles[0].id, "t:1", "an id inside the source is not the article's");
}

// 68-jsonl-keys-memory
#[test]
fn case_68_memory_is_linear_in_the_keys() {
    let folder = Folder::new("keys");
    let lines: String = (0..20_000).map(|i| format!("{{\"text\":\"the coup\",\"k{i}\":1}}\n")).collect();
    folder.put("t.jsonl", lines);
    let begun = std::time::Instant::now();
    let read = folder.read("t.jsonl");
    assert_eq!(read.articles.len(), 20_000);
    assert!(read.articles[0].other.len() <= 1_000);
    assert!(read.problems.len() < 100, "{} problems", read.problems.len());
    assert!(read.has("column-many"));
    let keys: Vec<String> = (0..50_000).map(|i| format!("\"k{i}\":1")).collect();
    folder.put("one.jsonl", format!("{{\"text\":\"the coup\",{}}}\n", keys.join(",")));
    assert_eq!(folder.read("one.jsonl").texts(), ["the coup"]);
    assert!(begun.elapsed().as_secs() < 60);
}

// 40-by-the-column-s-own-name
#[test]
fn case_40_a_column_with_a_role_can_be_grouped_by() {
    let folder = Folder::new("by");
    folder.put("t.csv", "id,source,date,text\n1,Echo,2021-03-04,The gunmen came to town.\n2,Dawn,2021-03-05,The gunmen left the town.\n");
    let groups = folder.columns("t.csv", &["--by", "source"], "frames.csv", &["source", "frame", "articles"]);
    assert_eq!(groups, ["Dawn|terror|1", "Dawn|coup|1", "Echo|terror|1", "Echo|coup|1"]);
}

#[test]
fn several_columns_are_one_text() {
    let folder = Folder::new("parts");
    folder.put("t.csv", "headline,lead,body\nPort taken,Gunmen came.,Calm later.\nCalm,NA,All quiet.\n");
    let told = Options { text: Some("headline,lead,body".into()), ..Options::default() };
    let read = folder.read_with("t.csv", &told);
    assert_eq!(read.texts(), ["Port taken\n\nGunmen came.\n\nCalm later.", "Calm\n\nAll quiet."]);
    let at = read.texts()[0].find("Gunmen").unwrap() as u32;
    assert_eq!(read.articles[0].source(at, at + 6), (0, 6));
    assert_eq!(read.articles[0].places.cell(at), Some("lead"));
}

#[test]
fn case_67_only_a_run_of_ours_is_left_out() {
    let folder = Folder::new("manifest");
    folder.put("m/scrape/manifest.json", "{\"files\": 1}").put("m/scrape/a.txt", "Gunmen fled.");
    folder.put("m/out/manifest.json", "{\n  \"framescope\": \"0.1.0\"}").put("m/out/b.txt", "no");
    let read = folder.read("m");
    assert_eq!(read.texts(), ["Gunmen fled."]);
}

// 42-mojibake-in-a-corpus
#[test]
fn case_42_what_was_decoded_twice_is_read_as_meant() {
    let folder = Folder::new("mojibake");
    folder
        .put("t.csv", "id,text\n1,\"He said â€œthe gunmen are goneâ€\u{9d} and left. The portâ€™s cafÃ© was calm.\"\n");
    let read = folder.read("t.csv");
    assert_eq!(read.texts(), ["He said “the gunmen are gone” and left. The port’s café was calm."]);
    assert!(read.problem("mojibake").found.starts_with("4 signs in 1 article"));
    let text = &read.articles[0].text;
    let at = text.find("café").unwrap() as u32;
    let (start, end) = read.articles[0].source(at, at + 5);
    let cell = "He said â€œthe gunmen are goneâ€\u{9d} and left. The portâ€™s cafÃ© was calm.";
    assert_eq!(&cell[start as usize..end as usize], "cafÃ©");
    folder.put("fr.csv", "text\nÀ Noël, l’été « déjà » là: ÉTÉ, Âge, pâté, jusqu’à « ça »\n");
    assert!(!folder.read("fr.csv").has("mojibake"));
    folder.put("ru.csv", "text\nВ порту Тoкаев и спокойно\n");
    assert!(folder.read("ru.csv").problem("mixed-alphabets").found.contains("`Тoкаев`"));
}

// 24-keyness-of-few-articles
#[test]
fn case_24_an_empty_keyness_says_that_groups_are_small() {
    let folder = Folder::new("few-articles");
    let row = |i: u32| {
        let (outlet, who) = if i.is_multiple_of(2) { ("North", "pickets") } else { ("South", "gangs") };
        format!("{i},{outlet},\"On day {i} the {who} stood before the mill and the {who} sang until it rained\"\n")
    };
    let table: String = std::iter::once("id,outlet,text\n".to_string()).chain((0..8).map(row)).collect();
    folder.put("few.csv", &table);
    let keyness = |study: &str| {
        folder.put("s.toml", study);
        let program = env!("CARGO_BIN_EXE_framescope");
        let files = [folder.path("few.csv"), folder.path("s.toml"), folder.path("k.csv")];
        let arguments = ["keyness", &files[0], "--study", &files[1], "--by", "outlet", "--all", "--out", &files[2]];
        std::process::Command::new(program).args(arguments).output().unwrap()
    };
    let refused = keyness("");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("North has 4 articles, South has 4 articles; expected 5 articles in a group"), "{said}");
    let done = keyness("[keyness]\nmin_group = 4\n");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let mut table = csv::Reader::from_path(folder.path("k.csv")).unwrap();
    let header = table.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    let (word, p, missing) = (column("word"), column("p"), column("missing"));
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    for row in &rows {
        match &row[word] {
            // the smallest p of four articles against four: 2 of 70 ways
            "pickets" | "gangs" => assert_eq!(&row[p], "0.0285714", "{row:?}"),
            _ => assert_eq!((&row[p], &row[missing]), ("", "too few articles"), "{row:?}"),
        }
    }
    assert_eq!(rows.iter().filter(|row| !row[p].is_empty()).count(), 4, "two words, in two groups");
}
