//! Messages of WhatsApp, articles of NewsBank, workbooks of LibreOffice.

use super::Folder;
use std::io::{Cursor, Write as _};

#[test]
fn messages_of_whatsapp_are_articles_of_their_day_and_author() {
    let folder = Folder::new("chats-whatsapp");
    folder
        .put(
            "android.txt",
            "04/03/2021, 10:00 - Messages and calls are end-to-end encrypted. Only people in this chat can read them: tap.\n\
             04/03/2021, 10:01 - Ann Roe: A coup.\nThe gunmen came.\n14/03/2021, 11:00 - Bob: <Media omitted>\n\
             14/03/2021, 11:01 - Bob added Cy\n14/03/2021, 11:02 - Bob: Calm: all of it.\n",
        )
        .put(
            "iphone.txt",
            "\u{200e}[04.03.21, 10:00:05] Port news: \u{200e}Messages and calls are end-to-end encrypted.\r\n\
             [04.03.21, 10:01:00] Ann Roe: A coup.\r\nThe gunmen came.\r\n\u{200e}[14.03.21, 11:00:00] ~\u{a0}Bob: \u{200e}image omitted\r\n\
             [14.03.21, 11:02:00] ~\u{a0}Bob: Calm: all of it.\r\n",
        )
        .put(
            "american.txt",
            "3/4/21, 10:00 AM - Messages are encrypted: tap.\n3/4/21, 10:01\u{202f}AM - Ann Roe: A coup.\nThe gunmen came.\n3/14/21, 11:02 PM - Bob: Calm: all of it.\n",
        );
    for name in ["android.txt", "iphone.txt", "american.txt"] {
        let read = folder.read(name);
        assert_eq!(read.texts(), ["A coup.\nThe gunmen came.", "Calm: all of it."], "{name}: {:#?}", read.problems);
        assert_eq!(read.dates(), ["2021-03-04", "2021-03-14"], "{name}");
        let authors: Vec<Option<&str>> = read.articles.iter().map(|article| article.other[0].as_deref()).collect();
        assert_eq!(authors, [Some("Ann Roe"), Some("Bob")], "{name}");
        assert!(read.problem("not-read").found.contains("of the program"), "{name}");
    }
    // day and month that nothing tells apart are missing, and said
    folder.put("open.txt", "04/03/2021, 10:01 - Ann: A coup.\n05/03/2021, 10:02 - Bob: All calm.\n");
    let read = folder.read("open.txt");
    assert_eq!(read.dates(), ["", ""]);
    assert!(read.has("date-ambiguous"));
    // their order tells them apart
    folder.put(
        "order.txt",
        "04/03/2021, 10:01 - Ann: A coup.\n05/03/2021, 10:02 - Bob: All calm.\n01/04/2021, 9:00 - Ann: Again.\n",
    );
    assert_eq!(folder.read("order.txt").dates(), ["2021-03-04", "2021-03-05", "2021-04-01"]);
    // a live blog has headlines behind its days and clocks
    let live = "05/01/2021, 10:11 - Army moves in: the town falls.\nMore of it here.\n05/01/2021, 11:30 - Minister speaks: calm.\n";
    assert_eq!(folder.put("live.txt", live).read("live.txt").texts(), [live]);
    folder.put("plain.txt", "04/03/2022, 10:01: the army came.\n\nThe coup of 05/03/2021 failed: all was calm.\n");
    assert_eq!(folder.read("plain.txt").articles.len(), 1);
}

#[test]
fn articles_of_newsbank_have_their_title_outlet_day_and_author() {
    let folder = Folder::new("chats-newsbank");
    folder
        .put(
            "lines.txt",
            "Port taken\nDawn (Nairobi) - March 4, 2021\nAuthor/Byline: Ann Roe\nSection: News\n\nGunmen took the port.\n\nThey left.\n\n\
             OpenURL Link\nhttps://infoweb.example/1\n\nRecord Number: 17A\nCopyright 2021 Dawn\n\n\
             Calm\nagain\nGazette, The (Port, ST) - March 5, 2021\nAuthor/Byline: Bo Ley\n\nAll calm.\n",
        )
        .put(
            "bars.txt",
            "Port taken\n\nMarch 4, 2021 | Dawn (Nairobi)\n\nAuthor/Byline: Ann Roe | Section: News\n\n394 Words\n\nRead News Document\n\nGunmen took the port.\n\nThey left.\n\n\
             Calm again\n\nMarch 5, 2021 | Gazette, The (Port, ST)\n\nAuthor/Byline: Bo Ley\n\nAll calm.\n",
        );
    for name in ["lines.txt", "bars.txt"] {
        let read = folder.read(name);
        assert_eq!(read.outlets(), [Some("Dawn (Nairobi)"), Some("Gazette, The (Port, ST)")], "{name}");
        assert_eq!(read.dates(), ["2021-03-04", "2021-03-05"], "{name}");
        let below = if name == "lines.txt" { "\n\n\nCopyright 2021 Dawn" } else { "" };
        let first = format!("Port taken\n\nGunmen took the port.\n\nThey left.{below}");
        assert_eq!(read.texts(), [first.as_str(), "Calm again\n\nAll calm."], "{name}");
        assert!(read.articles[0].other.contains(&Some("Ann Roe".to_string())), "{name}");
    }
    let first = &folder.read("lines.txt").articles[0];
    assert_eq!((first.id.as_str(), first.url.as_str()), ("17A", "https://infoweb.example/1"));
    folder.put("text.txt", "The report\n\nDawn (Nairobi) - March 4, 2021\n\nNobody said who wrote it.\n");
    assert_eq!(
        folder.read("text.txt").texts(),
        ["The report\n\nDawn (Nairobi) - March 4, 2021\n\nNobody said who wrote it.\n"]
    );
}

#[test]
fn what_begins_as_a_label_of_newsbank_is_text_where_text_stands() {
    let folder = Folder::new("chats-newsbank-below");
    folder.put(
        "n.txt",
        "Port taken\nDawn (Nairobi) - March 4, 2021\nAuthor/Byline: Ann Roe\n\nGunmen took the port.\n\nCopyright holders fear the gunmen.\n\n\
         Memo: the gunmen were paid.\n\n300 words\n\nThat is what it said.\n\nMemo: A militant was named in error.\n\nIndex Terms: militant\n\n\
         OpenURL Link\nhttps://infoweb.example/1\n\nRecord Number: 17A\nCopyright 2021 Dawn\n\n\
         Calm\nDawn (Nairobi) - March 5, 2021\n\nAll calm.\n",
    );
    let hits = folder.columns("n.txt", &[], "hits.csv", &["counted", "article", "surface"]);
    let counted: Vec<&String> = hits.iter().filter(|hit| hit.starts_with("yes|")).collect();
    assert_eq!(counted, ["yes|17A|Gunmen", "yes|17A|gunmen", "yes|17A|gunmen"]);
    let removed = folder.columns("n.txt", &[], "removed.csv", &["rule", "evidence", "begins"]);
    let of_row = |begins: &str| format!("furniture|below a text of NewsBank|{begins}");
    assert_eq!(
        removed,
        ["Memo: A militant was named in error", "Index Terms: militant", "Copyright 2021 Dawn"].map(of_row)
    );
}

#[test]
fn messages_of_whatsapp_are_whatever_people_wrote() {
    let folder = Folder::new("chats-people");
    folder.put(
        "people.txt",
        "05/01/2022, 10:11 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them: tap.\n\
         05/01/2022, 10:12 - Dr. Smith: One.\n25/01/2022, 10:13 - J. R. Ewing: Two.\n25/01/2022, 10:14 - Ann: \u{202a}+49 176 1234567\u{202c} said three.\n\
         25/01/2022, 10:15 - Ann: \u{200f}Four.\n25/01/2022, 10:16 - mum from school: <war in the north>\n\
         25/01/2022, 10:17 - Bob: \u{200e}IMG-1.jpg (file attached)\nThe caption.\n25/01/2022, 10:18 - Ann: Five. \u{200e}<This message was edited>\n\
         25/01/2022, 10:19 - Ann changed the group description to:\nSix\n25/01/2022, 10:20 - Bob: <Media omitted>\n",
    );
    let read = folder.read("people.txt");
    assert_eq!(
        read.texts(),
        [
            "One.",
            "Two.",
            "\u{202a}+49 176 1234567\u{202c} said three.",
            "\u{200f}Four.",
            "<war in the north>",
            "The caption.",
            "Five."
        ]
    );
    let authors: Vec<&str> = read.articles.iter().filter_map(|article| article.other[0].as_deref()).collect();
    assert_eq!(authors, ["Dr. Smith", "J. R. Ewing", "Ann", "Ann", "mum from school", "Bob", "Ann"]);
    // the notice, the name of the file, the description and its line, the file that is not there
    let found = &read.problem("not-read").found;
    assert!(found.starts_with("5 lines of the program") && found.contains("Messages and calls"), "{found}");
    // the first to write may have three names
    folder.put(
        "first.txt",
        "05/01/2022, 10:11 - Ann Mary Lee: War.\n25/01/2022, 10:12 - Bob: Calm.\n25/01/2022, 10:13 - Bob: Calm.\n",
    );
    assert_eq!(folder.read("first.txt").texts(), ["War.", "Calm.", "Calm."]);
}

/// A workbook of LibreOffice: its type lies in it as it is, before all else.
fn ods(tables: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("mimetype", stored).unwrap();
    archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\"><office:automatic-styles>\
         <style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive.write_all(content.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
        })
        .collect();
    format!("<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row>")
}

#[test]
fn a_workbook_of_libreoffice_is_a_table() {
    let folder = Folder::new("chats-ods");
    let day = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Echo</text:p></table:table-cell>\
               <table:table-cell office:value-type=\"date\" office:date-value=\"2022-01-06\"><text:p>6 Jan</text:p></table:table-cell>\
               <table:table-cell><office:annotation><text:p>A note.</text:p></office:annotation><text:p>All calm,<text:s text:c=\"2\"/>they say.</text:p><text:p>Ships left.</text:p></table:table-cell>\
               <table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>7,00</text:p></table:table-cell></table:table-row>";
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let shown = format!(
        "<table:table table:name=\"News\">{}{}{day}{empty}</table:table>",
        row(&["outlet", "date", "text", "words"]),
        row(&["Dawn", "2022-01-05", "The gunmen came.", "3"])
    );
    let hidden = format!(
        "<table:table table:name=\"Old\" table:style-name=\"ta2\">{}{}</table:table>",
        row(&["outlet", "text"]),
        row(&["Dusk", "An old copy."])
    );
    folder.put("c/n.ods", ods(&format!("{shown}{hidden}")));
    let read = folder.read("c");
    assert_eq!(read.texts(), ["The gunmen came.", "All calm,  they say.\nShips left."]);
    assert_eq!(
        (read.outlets(), read.dates()),
        (vec![Some("Dawn"), Some("Echo")], vec!["2022-01-05".into(), "2022-01-06".into()])
    );
    assert_eq!(read.problem("not-read").found, "the sheet `Old` is hidden and is not read");
    // its rows may be pieces of a transcript
    let said = [["0.0", "2.0", "Good evening."], ["2.0", "4.0", "The gunmen came."], ["4.0", "6.0", "All calm."]];
    let rows: String = said.iter().map(|cells| row(cells)).collect();
    folder.put("said.ods", ods(&format!("<table:table>{}{rows}</table:table>", row(&["start", "end", "text"]))));
    assert!(folder.read("said.ods").problem("rows-are-parts").hint.contains("as CSV"));
    assert!(!read.has("rows-are-parts"));
    // a few bytes that stand for more than any memory
    let cell = "<table:table-cell table:number-columns-repeated=\"2000000000\"><text:p>x</text:p></table:table-cell>";
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"2000000000\">{}</table:table-row>",
        "<table:table-cell><text:p>x</text:p></table:table-cell>"
    );
    for bomb in [format!("<table:table-row>{cell}</table:table-row>"), rows] {
        folder.put(
            "bomb.ods",
            ods(&format!("<table:table table:name=\"News\">{}{bomb}</table:table>", row(&["outlet", "text"]))),
        );
        let problems = folder.refused("bomb.ods");
        assert!(problems[0].found.contains("more than 256 MB"), "{problems:?}");
    }
    // a text of LibreOffice is none
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("mimetype", stored).unwrap();
    archive.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
    folder.put("t.odt", archive.finish().unwrap().into_inner());
    assert!(folder.refused("t.odt")[0].found.contains("OpenDocument"));
}
