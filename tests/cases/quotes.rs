//! Tables whose quotation marks are broken.

use super::Folder;
use framescope::read::{Options, Quoting};

// 16-quote-swallows-a-row
#[test]
fn case_16_a_mark_swallows_no_row() {
    let folder = Folder::new("swallow");
    let rows = [
        "outlet\tdate\ttext",
        "Echo\t2021-03-04\t\"A coup has begun, said the harbour master.",
        "Dawn\t2021-03-05\tThe crowd left the quay.",
        "Dawn\t2021-03-06\t\"Gunmen came\" she said.",
        "Post\t2021-03-07\tGunmen left.",
    ];
    folder.put("t.tsv", rows.join("\n"));
    let read = folder.read("t.tsv");
    assert_eq!(read.outlets(), [Some("Echo"), Some("Dawn"), Some("Dawn"), Some("Post")]);
    assert_eq!(read.texts()[0], "\"A coup has begun, said the harbour master.");
    assert_eq!(read.problem("quotes-broken").place.line, Some(2));
    // a later field that ends in a mark closes it by the letter of the rule
    let closing =
        ["outlet\tdate\ttext", "Echo\t2021-03-04\t\"We won", "Dawn\t2021-03-05\tCalm", "Post\t2021-03-06\twe lost\""];
    folder.put("closed.tsv", closing.join("\n"));
    assert_eq!(folder.read("closed.tsv").articles.len(), 3);
    let strict = Options { quoting: Quoting::Strict, ..Options::default() };
    assert_eq!(folder.read_with("closed.tsv", &strict).articles.len(), 1);
}

#[test]
fn in_commas_a_form_of_the_columns_is_the_proof() {
    let folder = Folder::new("commas");
    let rows = [
        "id,date,outlet,text",
        "1,2021-03-04,Echo,\"We won",
        "2,2021-03-05,Dawn,Calm",
        "3,2021-03-06,Post,we lost\"",
        "4,2021-03-07,Echo,End",
    ];
    folder.put("t.csv", rows.join("\n"));
    assert_eq!(folder.read("t.csv").articles.len(), 4);
    // paragraphs of prose with as many commas as the table has are paragraphs
    let prose = "id,text,outlet\n1,\"First, he came, alone\nThen, they came, too\nAt last, all left, again\",Echo\n2,\"So, yes, well\",Dawn\n";
    folder.put("prose.csv", prose);
    let read = folder.read("prose.csv");
    assert_eq!(
        read.texts(),
        ["First, he came, alone\nThen, they came, too\nAt last, all left, again", "So, yes, well"]
    );
    assert!(!read.has("quotes-broken"));
}

#[test]
fn marks_that_are_escaped_or_not_doubled() {
    let folder = Folder::new("escaped");
    folder.put(
        "b.csv",
        "id,text,outlet\n1,\"She said \\\"no\\\", then left\",Echo\n2,\"He \\\"ran\\\"\",Dawn\n3,plain,Post\n",
    );
    let read = folder.read("b.csv");
    assert_eq!(read.texts(), ["She said \"no\", then left", "He \"ran\"", "plain"]);
    assert!(read.has("quotes-escaped"));
    folder.put("s.csv", "id,text,outlet\n1,\"She said \"no\" and left, then ran\",Echo\n2,plain,Dawn\n");
    let read = folder.read("s.csv");
    assert_eq!(
        (read.texts()[0], read.outlets()),
        ("She said \"no\" and left, then ran", vec![Some("Echo"), Some("Dawn")])
    );
    assert_eq!(read.problem("quotes-single").place.line, Some(2));
    let strict = Options { quoting: Quoting::Strict, ..Options::default() };
    assert_eq!(folder.read_with("s.csv", &strict).texts(), ["plain"]);
    folder.put("space.csv", "id, text, outlet\n1, \"Calm, at last\", Echo\n");
    assert_eq!(folder.read("space.csv").texts(), ["Calm, at last"]);
}

#[test]
fn every_line_of_a_table_is_an_article_or_a_problem() {
    let folder = Folder::new("lines");
    let rows = ["id,text", "1,a", "2,\"open", "3,b,c", "\"4\"x,d", "5,\"e \"\"f\"\"\"", "", "6,\"g", "h\"", "7,i"];
    folder.put("t.csv", rows.join("\n"));
    let read = folder.read("t.csv");
    let mut lines: Vec<u32> = read.articles.iter().filter_map(|article| article.record).collect();
    lines.extend(
        read.problems
            .iter()
            .filter(|problem| problem.kind.starts_with("row-"))
            .filter_map(|problem| problem.place.line),
    );
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines, [2, 3, 4, 5, 6, 8, 10], "line 9 is in the row of line 8: {:#?}", read.problems);
}
