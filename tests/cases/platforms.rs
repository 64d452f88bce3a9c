//! Tables of platforms and services as they are downloaded, and files beside them that hold no running text.

use super::Folder;
use super::fuzz::{cell, workbook};

const TEXTS: [&str; 2] = ["The army staged a coup on Monday.", "All was calm in the capital on the day after."];

fn table(header: &str, row: impl Fn(usize, &str) -> String) -> String {
    let rows = TEXTS.iter().enumerate().map(|(i, text)| row(i, text));
    std::iter::once(header.to_string()).chain(rows).map(|row| row + "\n").collect()
}

#[test]
fn who_writes_is_the_page_the_forum_or_the_source_and_the_day_is_that_of_the_post() {
    let folder = Folder::new("platforms");
    folder
        .put(
            "facebook.csv",
            table("Page Name,Page Description,Post Created,Post Created Date,Message,Link", |i, text| {
                format!("Dawn,News,2021-03-0{0} 10:00:00 EST,2021-03-0{0},{text},https://d.example/{i}", i + 4)
            }),
        )
        .put(
            "forum.jsonl",
            TEXTS
                .iter()
                .map(|text| {
                    format!("{{\"id\":\"a\",\"domain\":\"self.kenya\",\"subreddit\":\"kenya\",\"selftext\":\"{text}\",\"created_utc\":1614852000}}\n")
                })
                .collect::<String>(),
        )
        .put(
            "mentions.csv",
            table("url;published;content;domain_url;extra_source_attributes.name", |i, text| {
                format!("u{i};2021-03-04;{text};http://d.example/;Dawn")
            }),
        );
    let read = folder.read("facebook.csv");
    assert_eq!((read.texts(), read.outlets()), (TEXTS.to_vec(), vec![Some("Dawn"); 2]));
    assert_eq!(read.dates(), ["2021-03-04", "2021-03-05"]);
    assert_eq!(folder.read("forum.jsonl").outlets(), [Some("kenya"); 2]);
    assert_eq!(folder.read("mentions.csv").outlets(), [Some("Dawn"); 2]);
}

#[test]
fn a_message_that_is_cut_short_is_read_whole() {
    let folder = Folder::new("cut-messages");
    let cut = format!(
        "{{\"id_str\":\"1\",\"text\":\"The army sta…\",\"truncated\":true,\"extended_tweet\":{{\"full_text\":\"{}\"}}}}\n",
        TEXTS[0]
    );
    let whole = format!("{{\"id_str\":\"2\",\"text\":\"{}\",\"truncated\":false}}\n", TEXTS[1]);
    folder.put("tweets.jsonl", cut + &whole);
    let read = folder.read("tweets.jsonl");
    assert_eq!(read.texts(), TEXTS);
    assert!(!read.has("texts-cut"));
}

#[test]
fn a_list_of_words_or_of_addresses_is_no_article() {
    let folder = Folder::new("no-running-text");
    folder
        .put("words.csv", "document,word,n\n1,army,1\n1,coup,2\n2,calm,1\n")
        .put("index.cdx", " CDX N b a m s k r M S V g\norg,example)/1 20210304101500 https://example.org/1 text/html 200 ABC - - 12 5 a.warc.gz\norg,example)/2 20210304101500 https://example.org/2 text/html 200 ABC - - 12 5 a.warc.gz\n")
        .put("index.cdxj", "org,example)/1 20210304101500 {\"url\": \"https://example.org/1\", \"status\": \"200\"}\n")
        .put("refs.bib", "@article{a, title={Port}, abstract={The coup was short.}}\n")
        .put("named.csv", "document,n\nThe army staged a coup.,1\nAll calm.,2\n");
    assert_eq!(folder.refused("words.csv")[0].kind, "no-text-column");
    for name in ["index.cdx", "index.cdxj"] {
        assert!(folder.refused(name)[0].found.contains("index of a web archive"), "{name}");
    }
    assert!(folder.refused("refs.bib")[0].found.contains("BibTeX"));
    assert_eq!(folder.read("named.csv").texts(), ["The army staged a coup.", "All calm."]);
}

#[test]
fn hidden_rows_are_told() {
    let folder = Folder::new("hidden-rows");
    let row = |number: usize, of: &str, outlet: &str, text: &str| {
        let (a, b) = (cell(&format!("A{number}"), outlet), cell(&format!("B{number}"), text));
        format!("<row r=\"{number}\"{of}>{a}{b}</row>")
    };
    let book = |of: &str| {
        let rows = [row(1, "", "outlet", "text"), row(2, of, "Dawn", TEXTS[0]), row(3, "", "Echo", TEXTS[1])].concat();
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
        );
        workbook(&[("S", sheet.as_bytes())])
    };
    folder.put("filtered.xlsx", book(" hidden=\"1\"")).put("shown.xlsx", book(" hidden=\"0\""));
    let read = folder.read("filtered.xlsx");
    assert_eq!(read.texts(), TEXTS);
    assert_eq!(read.problem("not-read").found, "1 row is hidden, as by a filter, and is read all the same");
    assert!(!folder.read("shown.xlsx").has("not-read"));
}
