//! Titles that stand beside their texts.

use super::Folder;
use framescope::read::{Headline, Options};

const TABLE: &str = "id,outlet,date,title,text\n\
    1,Echo,2021-03-04,Gunmen stage coup in port,The soldiers came to the town in the night.\n\
    2,Dawn,2021-03-05,Calm in the port,\"Calm in the port\n\nThe gunmen had left the town by the morning.\"\n";

// 41-headlines-of-tables
#[test]
fn case_41_a_headline_is_part_of_its_article() {
    let folder = Folder::new("headline");
    folder.put("t.csv", TABLE);
    let columns = ["article", "frame", "surface", "position", "byte_start", "byte_end", "line", "counted"];
    let hits = folder.columns("t.csv", &[], "hits.csv", &columns);
    let expected =
        ["1|terror|Gunmen|headline|0|6|1|yes", "1|coup|coup|headline|13|17|1|yes", "2|terror|gunmen|body|22|28|3|yes"];
    assert_eq!(hits, expected);
    // two cells of a row begin at byte 0 each: the column says which is meant
    let cells = folder.columns("t.csv", &[], "hits.csv", &["surface", "cell", "byte_start"]);
    assert_eq!(cells, ["Gunmen|title|0", "coup|title|13", "gunmen||22"]);
    let words = folder.columns("t.csv", &[], "articles.csv", &["article", "words", "title"]);
    assert_eq!(words, ["1|14|Gunmen stage coup in port", "2|13|Calm in the port"]);
    let hits = folder.columns("t.csv", &["--headline", "separate"], "hits.csv", &columns);
    assert!(hits[0].ends_with("|headline"), "{hits:?}");
    let words = folder.columns("t.csv", &["--headline", "separate"], "counts.csv", &["article", "words"]);
    assert_eq!(words, ["1|9", "2|9"]);
    let hits = folder.columns("t.csv", &["--headline", "leave"], "hits.csv", &columns);
    assert_eq!(hits.len(), 1);
}

#[test]
fn a_table_and_the_folder_made_of_it_give_the_same_counts() {
    let folder = Folder::new("law");
    let rows = [
        ("Echo", "Gunmen stage coup", "The soldiers came. Militants left the town."),
        ("Dawn", "Calm returns?", "No gunman was seen.\n\nThe coup had failed."),
        ("Echo", "A quiet day", "Terrorists, he said, were gone.\nThe port was open."),
    ];
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "outlet", "title", "text"]).unwrap();
    let mut sidecar = String::from("file,id,outlet\n");
    for (i, (outlet, title, text)) in rows.iter().enumerate() {
        table.write_record([i.to_string().as_str(), outlet, title, text]).unwrap();
        folder.put(&format!("texts/{i}.txt"), format!("{title}\n\n{text}"));
        sidecar.push_str(&format!("{i}.txt,{i},{outlet}\n"));
    }
    folder.put("t.csv", table.into_inner().unwrap()).put("texts/articles.csv", sidecar);
    let counts = |corpus: &str| {
        let hits =
            folder.columns(corpus, &[], "hits.csv", &["article", "frame", "surface", "position", "voice", "sentence"]);
        let rates = folder.columns(corpus, &[], "frames.csv", &["outlet", "frame", "hits", "words", "rate"]);
        (hits, rates)
    };
    assert_eq!(counts("t.csv"), counts("texts"));
}

#[test]
fn a_title_is_not_counted_twice() {
    let folder = Folder::new("twice");
    let rows = [
        "Port taken|PORT TAKEN: gunmen came",
        "Port taken|Port taken",
        "The port was taken by gunmen|The port was taken by gunmen By Ann Smith The night was long",
        "Port|Portside cafes open",
        "Port|Echo Online\nMarch 4\nPort\nGunmen came",
        "Gunmen took the po…|Gunmen took the port yesterday",
    ];
    folder.put("t.csv", format!("title|text\n{}\n", rows.map(|row| row.replace('\n', " ")).join("\n")));
    let read = folder.read("t.csv");
    let joined: Vec<bool> = read.articles.iter().map(|article| !article.asides.is_empty()).collect();
    assert_eq!(joined, [false, false, false, true, true, false]);
    folder.put("a.txt", "---\ntitle: Port taken\n---\nGunmen came in the night.\n");
    let read = folder.read("a.txt");
    assert_eq!(read.texts(), ["Port taken\n\nGunmen came in the night.\n"]);
    let source = std::fs::read_to_string(folder.path("a.txt")).unwrap();
    for word in ["taken", "Gunmen"] {
        let at = read.texts()[0].find(word).unwrap() as u32;
        let (start, end) = read.articles[0].source(at, at + word.len() as u32);
        assert_eq!(&source[start as usize..end as usize], word);
    }
    let leave = Options { headline: Headline::Leave, ..Options::default() };
    assert_eq!(folder.read_with("a.txt", &leave).texts(), ["Gunmen came in the night.\n"]);
}
