//! Exports of databases and collections for research that came with labels, blocks and wrappings which were read as words.

use super::Folder;

/// Documents as LexisNexis writes them, the header and the tail of each as they are given.
fn documents(parts: &[(&str, &str, &str, &str)]) -> String {
    let document = |(i, (outlet, header, body, tail)): (usize, &(&str, &str, &str, &str))| {
        format!(
            "                               {} of {} DOCUMENTS\n\n\n                                    {outlet}\n\n                            \
             March {}, 2021 Thursday\n\n{header}\n\n   {body}\n\n{tail}LOAD-DATE: March 9, 2021\n\nLANGUAGE: ENGLISH\n\n\
             PUBLICATION-TYPE: Newspaper\n\n                         Copyright 2021 {outlet} Ltd\n\n\n",
            i + 1,
            parts.len(),
            i + 4
        )
    };
    parts.iter().enumerate().map(document).collect()
}

/// The surfaces of hits that count, in small letters.
fn counted(folder: &Folder, name: &str) -> Vec<String> {
    let hits = folder.columns(name, &[], "hits.csv", &["surface", "counted"]);
    hits.iter().filter_map(|hit| hit.strip_suffix("|yes")).map(str::to_lowercase).collect()
}

// 59
#[test]
fn a_day_with_a_dot_behind_its_number_is_no_line_of_a_cover_page() {
    let folder = Folder::new("collections-day");
    let article = |title: &str, day: &str| {
        format!(
            "{title}\n\nHafenblatt\n\n{day}\n\nCopyright 2021 Hafenblatt\n\nLength: 5 words\n\nBody\n\nThe gunmen took the port.\n\nClassification\n\nLanguage: ENGLISH\n\nEnd of Document\n\n"
        )
    };
    let cover = "Documents (2)\n\n1. Port taken\n\n2. Calm again\n\n";
    folder.put(
        "uni.txt",
        format!("{cover}{}{}", article("Port taken", "4. März 2021 Donnerstag"), article("Calm again", "5. März 2021")),
    );
    let read = folder.read("uni.txt");
    assert_eq!(read.dates(), ["2021-03-04", "2021-03-05"], "{:#?}", read.problems);
    assert_eq!(read.outlets(), [Some("Hafenblatt"); 2]);
    assert_eq!(read.articles[0].title, "Port taken");
}

// 60
#[test]
fn labels_below_a_text_are_not_counted_and_a_strange_one_is_told() {
    let folder = Folder::new("collections-labels");
    let header = "Port taken\n\nBYLINE: Ann Smith\n\nLENGTH: 5 words\n";
    let tail =
        "GRAPHIC: PHOTO: Gunmen in May\n\nPUB-TYPE: coup\n\nCORRECTION-DATE: March 7, 2021\n\nISSN: 1234-5678\n\n";
    folder.put(
        "known.txt",
        documents(&[
            ("Echo", header, "The gunmen took the port.", tail),
            ("Dawn", header, "A coup failed in the port.", ""),
        ]),
    );
    assert_eq!(counted(&folder, "known.txt"), ["gunmen", "coup"]);
    assert!(!folder.read("known.txt").has("export-label"));
    folder.put("strange.txt", documents(&[("Echo", header, "The gunmen took the port.", "SHELF-MARK: coup\n\n")]));
    assert_eq!(counted(&folder, "strange.txt"), ["gunmen", "coup"]);
    let problem = folder.read("strange.txt");
    assert!(problem.problem("export-label").found.contains("`SHELF-MARK: coup`"), "{:#?}", problem.problems);
    // who speaks twice is no label
    let said = "HOST: Who are the gunmen?\n\n   GUEST: Nobody knows.\n\n   HOST: Then good night.";
    folder.put("said.txt", documents(&[("Echo", "SHOW: TALK 9:00 PM\n\nLENGTH: 9 words\n\nBODY:", said, "")]));
    let read = folder.read("said.txt");
    assert!(!read.has("export-label"), "{:#?}", read.problems);
    assert!(read.articles[0].text.contains("HOST: Then good night."), "{}", read.articles[0].text);
}

// 61
#[test]
fn who_speaks_in_a_transcript_is_no_text() {
    let folder = Folder::new("collections-tv");
    let header = "SHOW: THE COUP 10:00 PM EST\n\nBYLINE: Ann Smith\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: 5 words\n\nANCHORS: Jane Coup\n\n\
                  GUESTS: A Terrorist\n\nHIGHLIGHT: The gunmen.\n";
    folder.put("tv.txt", documents(&[("Harbour TV", header, "The gunmen took the port.", "")]));
    assert_eq!(counted(&folder, "tv.txt"), ["gunmen"]);
    let rows = folder.columns("tv.txt", &[], "articles.csv", &["outlet", "date", "section", "words"]);
    assert_eq!(rows[0].rsplit_once('|').unwrap().0, "Harbour TV|2021-03-04|THE COUP 10:00 PM EST");
}

// 62
#[test]
fn a_company_in_angle_brackets_is_part_of_a_title() {
    let folder = Folder::new("collections-reuters");
    folder.put(
        "a.sgm",
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT>\n<TITLE>GUNMEN HIT &lt;ABC> COUP</TITLE>\n\
         <BODY>The port was calm.\n</BODY></TEXT>\n</REUTERS>\n",
    );
    let read = folder.read("a.sgm");
    assert_eq!(read.articles[0].title, "GUNMEN HIT <ABC> COUP");
    assert_eq!(counted(&folder, "a.sgm"), ["gunmen", "coup"]);
}

// 63
#[test]
fn the_lead_of_dow_jones_is_the_beginning_of_the_text() {
    let folder = Folder::new("collections-dna");
    folder
        .put(
            "dna.csv",
            "an,art,body,snippet,title,source_name,source_code,publication_date,publication_datetime\n\
             E1,,They left at dawn.,The gunmen took the port.,Port,Echo,ECH,1614816000000,1614816000000\n",
        )
        .put(
            "factiva.csv",
            "AN,HD,LP,TD,PD,SN,LA\nE1,Port,The gunmen took the port.,They left at dawn.,4 March 2021,Echo,English\n",
        )
        .put("other.csv", "title,snippet,body,source\nPort,The gunmen took,The gunmen took the port.,Echo\n");
    let read = folder.read("dna.csv");
    assert_eq!(read.texts(), ["Port\n\nThe gunmen took the port.\n\nThey left at dawn."]);
    assert!(read.problem("columns-guessed").found.contains("begins in `snippet`"));
    let read = folder.read("factiva.csv");
    assert_eq!(read.texts(), ["Port\n\nThe gunmen took the port.\n\nThey left at dawn."]);
    assert_eq!((read.outlets(), read.dates()), (vec![Some("Echo")], vec!["2021-03-04".to_string()]));
    assert_eq!(folder.read("other.csv").texts(), ["Port\n\nThe gunmen took the port."], "elsewhere it is a copy");
}

// 66
#[test]
fn texts_behind_numbers_are_articles() {
    let folder = Folder::new("collections-numbered");
    folder
        .put(
            "now.txt",
            "@@41900 <h> Port taken <p> The gunmen took the port . <p> They left .\n@@41901 <p> All calm .\n",
        )
        .put("coha.txt", "##4190000 The gunmen took the port. @ @ @ @ They left.\n##4190001 All calm.\n")
        .put("year.md", "##2021 in review\n\nThe gunmen took the port.\n")
        .put("tagged.txt", "@@41900\nThe\tthe\tat\ngunmen\tgunman\tnn2\ntook\ttake\tvvd\n");
    let read = folder.read("now.txt");
    assert_eq!(read.texts(), ["Port taken\n\nThe gunmen took the port .\n\nThey left .", "All calm ."]);
    assert_eq!(read.articles[1].id, "41901");
    assert_eq!(folder.read("coha.txt").texts(), ["The gunmen took the port. @ @ @ @ They left.", "All calm."]);
    assert_eq!(folder.read("year.md").articles.len(), 1);
    assert!(folder.read("year.md").articles[0].text.starts_with("##2021"));
    assert_eq!(folder.refused("tagged.txt")[0].kind, "not-articles");
}

// 69
#[test]
fn the_fields_of_dublin_core_are_columns() {
    let folder = Folder::new("collections-dc");
    let record = |title: &str, day: &str| {
        format!(
            "<record><metadata><oai_dc:dc xmlns:oai_dc=\"a\" xmlns:dc=\"b\"><dc:title>{title}</dc:title><dc:source>Echo</dc:source><dc:date>{day}</dc:date>\
             <dc:description>The gunmen took the port.</dc:description></oai_dc:dc></metadata></record>"
        )
    };
    let records = [record("Port", "2021-03-04"), record("Quay", "2021-03-05")].concat();
    folder.put("oai.xml", format!("<?xml version=\"1.0\"?><OAI-PMH><ListRecords>{records}</ListRecords></OAI-PMH>"));
    let read = folder.read("oai.xml");
    assert_eq!((read.outlets(), read.dates()), (vec![Some("Echo"); 2], vec!["2021-03-04".into(), "2021-03-05".into()]));
    assert_eq!(read.texts(), ["Port\n\nThe gunmen took the port.", "Quay\n\nThe gunmen took the port."]);
}

// 72
#[test]
fn messages_of_telegram_are_articles_of_their_chat() {
    let folder = Folder::new("collections-telegram");
    let message = |id: u32, day: &str, text: &str| {
        format!(
            "<div class=\"message default clearfix\" id=\"message{id}\"><div class=\"pull_left userpic_wrap\"><div class=\"initials\">E</div></div>\
             <div class=\"body\"><div class=\"pull_right date details\" title=\"{day} 10:15:00 UTC+01:00\">10:15</div><div class=\"from_name\">Echo</div>\
             <div class=\"text\">{text}</div></div></div>"
        )
    };
    let page = format!(
        "<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class=\"page_wrap\"><div class=\"page_header\"><div class=\"content\">\
         <div class=\"text bold\">Echo</div></div></div><div class=\"page_body chat_page\"><div class=\"history\"><div class=\"message service\" \
         id=\"message-1\"><div class=\"body details\">4 March 2021</div></div>{}{}{}</div></div></div></body></html>",
        message(7, "04.03.2021", "The gunmen took <strong>the port</strong>.<br>They left &amp; ran."),
        message(8, "05.03.2021", "All calm."),
        message(9, "05.03.2021", "")
    );
    let chat = |name: &str, text: &str| {
        format!(
            "{{\"name\": \"{name}\", \"type\": \"public_channel\", \"messages\": [{{\"id\": 1, \"type\": \"message\", \"date\": \"2021-03-04T10:00:00\", \"text\": \"{text}\"}}]}}"
        )
    };
    folder.put("messages.html", page).put("one.json", chat("Echo", "The gunmen took the port.")).put(
        "all.json",
        format!(
            "{{\"about\": \"x\", \"chats\": {{\"list\": [{}, {}]}}}}",
            chat("Echo", "The gunmen took the port."),
            chat("Dawn", "All calm.")
        ),
    );
    let read = folder.read("messages.html");
    assert_eq!(read.texts(), ["The gunmen took the port.\nThey left & ran.", "All calm."]);
    assert_eq!((read.outlets(), read.dates()), (vec![Some("Echo"); 2], vec!["2021-03-04".into(), "2021-03-05".into()]));
    assert_eq!(read.articles[0].id, "7");
    assert!(read.problem("not-read").found.starts_with("1 message without words"));
    assert_eq!(folder.read("one.json").outlets(), [Some("Echo")]);
    assert_eq!(folder.read("all.json").outlets(), [Some("Echo"), Some("Dawn")]);
    // of messages of the program any number may stand in a row
    let joined = "{\"type\": \"service\", \"action\": \"join\"}, ".repeat(50_000);
    let last = "{\"id\": 2, \"type\": \"message\", \"date\": \"2021-03-04T10:00:00\", \"text\": \"Ships left.\"}";
    folder.put("joined.json", chat("Echo", "All calm.").replace("}]", &format!("}}, {joined}{last}]")));
    assert_eq!(folder.read("joined.json").texts(), ["All calm.", "Ships left."]);
}
