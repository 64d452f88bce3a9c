//! Files of other programs: each is read as what it is, or refused by its name.

use super::fuzz::docx;
use super::{Folder, Read};
use framescope::read::Options;

fn rows(read: &Read) -> Vec<String> {
    let row = |article: &framescope::read::Article| {
        let date = article.date.map(|date| date.to_string()).unwrap_or_default();
        format!("{}|{date}|{}|{}", article.outlet.as_deref().unwrap_or("-"), article.title, article.text.trim())
    };
    read.articles.iter().map(row).collect()
}

#[test]
fn what_is_written_for_a_program_is_refused_by_its_name() {
    let folder = Folder::new("forms-refused");
    let tagged = "The\tDT\tthe\ngunmen\tNNS\tgunman\ncame\tVBD\tcome\n.\t.\t.\n".repeat(4);
    let files: &[(&str, &[u8], &str)] = &[
        ("a.sql", b"-- MySQL dump\nCREATE TABLE news (outlet text, body text);\nINSERT INTO `news` VALUES ('Dawn','The gunmen came.');\n", "SQL"),
        ("pg.sql", b"SET client_encoding = 'UTF8';\nCOPY public.news (outlet, body) FROM stdin;\nDawn\tThe gunmen came.\n\\.\n", "SQL"),
        ("a.conllu", b"# text = Gunmen came.\n1\tGunmen\tgunman\tNOUN\t_\t_\t2\tnsubj\t_\t_\n2\tcame\tcome\tVERB\t_\t_\t0\troot\t_\t_\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n", "vertical"),
        ("tagged.txt", tagged.as_bytes(), "vertical"),
        ("a.yaml", b"- outlet: Dawn\n  text: The gunmen came.\n- outlet: Echo\n  text: All was calm.\n", "YAML"),
        ("dput.R", b"structure(list(outlet = c(\"Dawn\", \"Echo\"), text = c(\"The gunmen came.\", \"Calm.\")), class = \"data.frame\")\n", "R"),
        ("dump.R", b"d <-\nstructure(list(outlet = c(\"Dawn\", \"Echo\")), class = \"data.frame\")\n", "R"),
        ("a.rds", b"A\n3\n263170\n197888\n5\nUTF-8\n787\n", "R"),
        ("a.tex", b"\\documentclass{article}\n\\begin{document}\nThe gunmen came.\n\\end{document}\n", "LaTeX"),
        ("a.dcf", b"outlet: Dawn\ntext: The gunmen came\n        at night.\n\noutlet: Echo\ntext: All was calm.\n", "DCF"),
        ("p.pkl", b"(lp0\n(dp1\nVoutlet\np2\nVDawn\np3\nsVtext\np4\nVThe gunmen came.\np5\nsa.", "pickle"),
        ("py.txt", b"{'outlet': 'Dawn', 'text': 'The gunmen came.'}\n{'outlet': 'Echo', 'text': 'Calm.'}\n", "Python"),
        ("py.json", b"[{'outlet': 'Dawn', 'text': 'The gunmen came.'}]\n", "Python"),
        ("a.orc", b"ORC\n\x07\x12\x05\x08\x01\x50\x00Dawn", "ORC"),
        ("a.feather", b"ARROW1\0\0\xff\xff\xff\xff", "Feather"),
        ("a.sqlite", b"SQLite format 3\0\x10\0\x01\x01", "SQLite"),
        ("a.dta", b"<stata_dta><header><release>118</release>", "Stata"),
        ("old.dta", b"\x72\x02\x01\0\x04\0", "Stata"),
        ("a.sav", b"$FL2@(#) SPSS DATA FILE", "SPSS"),
        ("b.rds", b"X\n\0\0\0\x03\0\x04\x02", "R"),
        ("a.csv.xz", b"\xfd7zXZ\0\0\x04", "xz"),
        ("a.csv.bz2", b"BZh91AY&SY\x01", "bzip2"),
        ("a.zip", b"PK\x03\x04\x14\0\0\0\0\0a.txtThe gunmen came.", "ZIP"),
        ("two.pkl", b"\x80\x05\x95\x10\0\0\0\0\0\0\0", "pickle"),
    ];
    for (name, bytes, what) in files {
        folder.put(name, bytes);
        let refused = &folder.refused(name)[0];
        let fits = refused.kind == "not-articles" && refused.found.contains(what) && !refused.hint.is_empty();
        assert!(fits, "{name}: {refused:?}");
    }
    let mut tar = b"a.txt".to_vec();
    tar.resize(257, 0);
    folder.put("a.tar", [tar, b"ustar\x0000".to_vec()].concat());
    assert!(folder.refused("a.tar")[0].found.contains("tar archive"));
    // running text that only begins so
    for (name, text) in [
        ("orc.txt", "ORCHESTRA PLAYS ON\n\nThe gunmen came.\n"),
        ("set.txt", "Set in the port, the film shows gunmen.\nCopy that, said the pilot.\n"),
        ("list.md", "- Port: calm\n- Quay: calm\n\nThe gunmen left the port, and all was calm again.\n"),
        ("labels.txt", "Headline: Port taken\nSource: Dawn\n\nThe gunmen came to the port at night.\n"),
    ] {
        folder.put(name, text);
        assert_eq!(folder.read(name).articles.len(), 1, "{name}");
    }
}

#[test]
fn a_folder_of_files_that_are_refused_says_why() {
    let folder = Folder::new("forms-folder");
    folder.put("all/a.xml", "<?xml version=\"1.0\"?><log><line>Calm.</line></log>");
    folder.put("all/b.xml", "<?xml version=\"1.0\"?><log><line>Calm.</line></log>");
    let refused = folder.refused("all");
    assert!(refused[0].found.contains("no element that is an article"), "{refused:?}");
    assert!(refused.iter().all(|problem| !problem.place.file.is_empty() && !problem.found.contains("sidecar")));
}

#[test]
fn subtitles_and_transcripts_with_times_are_what_is_said() {
    let folder = Folder::new("forms-cues");
    folder.put("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n<i>The gunmen came</i>\n\n2\n00:00:02,000 --> 00:00:04,000\nto the port.\n\n3\n00:00:05,000 --> 00:00:06,000\n- All was calm.\n");
    folder.put("a.vtt", "WEBVTT\nKind: captions\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:02.000 align:start\nThe gunmen<00:00:01.500><c> came</c>\n\n00:02.000 --> 00:03.000\nThe gunmen came\nto the port.\n\n00:05.000 --> 00:06.000\n<v Ann Roe>All was calm.\n");
    folder.put("a.txt", "[00:00:01] The gunmen came to the port.\n[00:00:04] All was calm.\n[00:00:09] They left.\n");
    folder.put("b.txt", "0:01\nThe gunmen came to the port.\n0:04\nAll was calm.\n0:09\nThey left.\n");
    folder.put("a.json", r#"[{"text": "The gunmen came", "start": 0.0, "duration": 2.0}, {"text": "to the port.", "start": 2.0, "duration": 2.1}]"#);
    folder.put("w.json", r#"{"language": "en", "segments": [{"id": 0, "start": 0.0, "end": 2.0, "text": " The gunmen came"}, {"id": 1, "start": 2.0, "end": 4.0, "text": " to the port."}]}"#);
    let said = [
        ("a.srt", "The gunmen came to the port.\n\nAll was calm."),
        ("a.vtt", "The gunmen came to the port.\n\nAnn Roe: All was calm."),
        ("a.txt", "The gunmen came to the port. All was calm. They left."),
        ("b.txt", "The gunmen came to the port. All was calm. They left."),
        ("a.json", "The gunmen came to the port."),
        ("w.json", "The gunmen came to the port."),
    ];
    for (name, text) in said {
        assert_eq!(folder.read(name).texts(), [text], "{name}");
    }
    folder
        .put("chant.srt", "1\n00:00:01,000 --> 00:00:02,000\nNo war.\n\n2\n00:00:03,000 --> 00:00:04,000\nNo war.\n\n3\n00:00:04,010 --> 00:00:05,000\nNo war.\n\n4\n00:00:06,000 --> 00:00:07,000\n10:30\n")
        .put("braces.srt", "1\n00:00:01,000 --> 00:00:02,000\n{the gunmen sing} <and dance> {\\an8}<font color=\"red\">today</font>\n2\n00:00:03,000 --> 00:00:04,000\n<i>Calm.</i>\n")
        .put("roll.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nthe<00:00:00.500><c> gunmen</c>\n\n00:00:02.000 --> 00:00:02.010\nthe gunmen\n \n\n00:00:02.010 --> 00:00:04.000\nthe gunmen\nhave<00:00:02.500><c> left</c>\n\n00:00:04.010 --> 00:00:05.000\nhave left\nthe port\n")
        .put("two.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.\n\n00:02.000 --> 00:03.000\n<v Bob>Yes.\nAll calm.</v>\n")
        .put("again.txt", "[00:00:01] No war.\n[00:00:03] No war.\n[00:00:05] All calm.\n");
    let said = [
        ("chant.srt", "No war. No war. 10:30"),
        ("braces.srt", "{the gunmen sing} <and dance> today Calm."),
        ("roll.vtt", "the gunmen have left the port"),
        ("two.vtt", "Ann: Yes.\n\nBob: Yes. All calm."),
        ("again.txt", "No war. No war. All calm."),
    ];
    for (name, text) in said {
        assert_eq!(folder.read(name).texts(), [text], "{name}");
    }
    folder.put("live.txt", "14:02\nThe gunmen came.\n\n14:10 The mayor spoke.\n\n14:30\nThey left.\n");
    assert!(folder.read("live.txt").texts()[0].contains("14:10"), "the hours of a live blog are its own");
}

#[test]
fn records_of_other_bibliographies_are_articles() {
    let folder = Folder::new("forms-records");
    folder.put("a.enw", "%0 Newspaper Article\n%T Port taken\n%J Dawn\n%8 January 5\n%D 2022\n%X The gunmen came.\n\n%0 Newspaper Article\n%T Quay calm\n%J Echo\n%8 2022/01/06/\n%X All was calm.\nShips left.\n");
    folder.put("a.nbib", "PMID- 11\nTI  - Port taken\nJT  - Dawn\nDP  - 2022 Jan 5\nAB  - The gunmen\n      came.\n\nPMID- 12\nTI  - Quay calm\nJT  - Echo\nDP  - 2022 Jan 6\nAB  - All was calm.\n");
    folder.put("a.ciw", "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI Port taken\nSO Dawn\nPD JAN 5\nPY 2022\nAB The gunmen\n   came.\nER\n\nPT J\nTI Quay calm\nSO Echo\nPD JAN 6\nPY 2022\nAB All was calm.\nER\n\nEF\n");
    assert_eq!(
        rows(&folder.read("a.enw")),
        [
            "Dawn|2022-01-05|Port taken|Port taken\n\nThe gunmen came.",
            "Echo|2022-01-06|Quay calm|Quay calm\n\nAll was calm.\nShips left."
        ]
    );
    for name in ["a.nbib", "a.ciw"] {
        let two = [
            "Dawn|2022-01-05|Port taken|Port taken\n\nThe gunmen came.",
            "Echo|2022-01-06|Quay calm|Quay calm\n\nAll was calm.",
        ];
        assert_eq!(rows(&folder.read(name)), two, "{name}");
    }
}

const TWO: [&str; 2] = [
    "Dawn|2022-01-05|Port taken|Port taken\n\nThe gunmen came.",
    "Echo|2022-01-06|Quay calm|Quay calm\n\nAll was calm.",
];

fn two(article: impl Fn(&str, &str, &str, &str) -> String) -> String {
    article("Dawn", "2022-01-05", "Port taken", "The gunmen came.")
        + &article("Echo", "2022-01-06", "Quay calm", "All was calm.")
}

#[test]
fn collections_and_databases_in_xml_are_their_articles() {
    let folder = Folder::new("forms-xml");
    let tei = two(|outlet, date, title, text| {
        format!(
            "<TEI><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><publisher>{outlet}</publisher>\
             <date when=\"{date}\">a day</date></publicationStmt><sourceDesc><p>Looters</p></sourceDesc></fileDesc></teiHeader>\
             <text><body><p>{text}<note>Looters.</note></p></body></text></TEI>"
        )
    });
    folder.put("tei.xml", format!("<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/>{tei}</teiCorpus>"));
    let record = two(|outlet, date, title, text| {
        format!(
            "<RECORD><GOID>{date}</GOID><Obj><NumericDate>{date}</NumericDate><TitleAtt><Title>{title}</Title></TitleAtt><Abstract>Looters</Abstract>\
             <Terms><Term>Looters</Term></Terms></Obj><TextInfo><Text>&lt;html&gt;&lt;body&gt;&lt;p&gt;{text}&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</Text></TextInfo>\
             <DFS><PubFrosting><Title>{outlet}</Title></PubFrosting></DFS></RECORD>"
        )
    });
    folder.put("tdm.xml", format!("<?xml version=\"1.0\"?><RECORDS>{record}</RECORDS>"));
    let field = |name: &'static str| move |key: &str, value: &str| format!("<{name} name=\"{key}\">{value}</{name}>");
    let row = |field: &dyn Fn(&str, &str) -> String, outlet: &str, date: &str, title: &str, text: &str| {
        [("outlet", outlet), ("date", date), ("title", title), ("text", text)]
            .map(|(key, value)| field(key, value))
            .concat()
    };
    let mysql = two(|o, d, h, t| format!("<row>{}</row>", row(&field("field"), o, d, h, t)));
    folder.put("mysql.xml", format!("<?xml version=\"1.0\"?><resultset>{mysql}</resultset>"));
    let admin = two(|o, d, h, t| format!("<table name=\"news\">{}</table>", row(&field("column"), o, d, h, t)));
    folder.put("admin.xml", format!("<?xml version=\"1.0\"?><pma_xml_export version=\"1.0\"><database name=\"n\">{admin}</database></pma_xml_export>"));
    let solr = two(|o, d, h, t| format!("<doc>{}</doc>", row(&field("str"), o, d, h, t)));
    folder.put("solr.xml", format!("<?xml version=\"1.0\"?><response><result>{solr}</result></response>"));
    let core = two(|o, d, h, t| {
        format!(
            "<record><metadata><oai:dc xmlns:oai=\"o\" xmlns:dc=\"d\"><dc:title>{h}</dc:title><dc:source>{o}</dc:source><dc:date>{d}</dc:date><dc:description>{t}</dc:description></oai:dc></metadata></record>"
        )
    });
    folder.put("core.xml", format!("<?xml version=\"1.0\"?><OAI-PMH><ListRecords>{core}</ListRecords></OAI-PMH>"));
    let newsml = two(|o, d, h, t| {
        format!(
            "<NewsItem><Identification><NewsIdentifier><ProviderId>agency.example</ProviderId><DateId>{}</DateId><NewsItemId>{o}</NewsItemId></NewsIdentifier></Identification>\
             <NewsComponent><NewsLines><HeadLine>{h}</HeadLine><ByLine>Looters</ByLine></NewsLines><AdministrativeMetadata><Source><Party FormalName=\"{o}\"/></Source></AdministrativeMetadata>\
             <ContentItem><DataContent><p>{t}</p></DataContent></ContentItem></NewsComponent></NewsItem>",
            d.replace('-', "")
        )
    });
    folder.put("newsml.xml", format!("<?xml version=\"1.0\"?><NewsML>{newsml}</NewsML>"));
    for name in ["tei.xml", "tdm.xml", "mysql.xml", "admin.xml", "solr.xml", "core.xml", "newsml.xml"] {
        assert_eq!(rows(&folder.read(name)), TWO, "{name}");
    }
    folder.put("rcv.xml", "<?xml version=\"1.0\"?><newsitem itemid=\"7\" date=\"1996-08-20\"><headline>Port taken</headline><dateline>PORT 1996-08-20</dateline><text><p>The gunmen came.</p><p>They left.</p></text><copyright>(c) Looters</copyright><metadata><codes><code code=\"X\"/></codes></metadata></newsitem>");
    assert_eq!(rows(&folder.read("rcv.xml")), ["-|1996-08-20|Port taken|Port taken\n\nThe gunmen came.\n\nThey left."]);
    folder.put("broken.xml", "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body><p>The <hi>g</hi>un<lb break=\"no\"/>men<lb/>came. <choice><sic>Thay</sic><corr>They</corr></choice> left.</p></body></text></TEI>");
    assert_eq!(folder.read("broken.xml").texts(), ["The gunmen came. They left."]);
    folder.put("page.xml", "<doc sitename=\"Dawn\" title=\"Port taken\" source=\"https://d.example/1\" date=\"2022-01-05\"><main><head rend=\"h2\">At night</head><p>The <hi rend=\"#b\">gunmen</hi> came.</p></main><comments><p>Looters!</p></comments></doc>");
    assert_eq!(
        rows(&folder.read("page.xml")),
        ["Dawn|2022-01-05|Port taken|Port taken\n\nAt night\n\nThe gunmen came."]
    );
    folder.put("codes.sgm", "<REUTERS NEWID=\"1\"><DATE>26-FEB-1987</DATE><TEXT><TITLE>GUNMEN &lt;ABC> IN PORT</TITLE><BODY>The gunmen came.</BODY></TEXT></REUTERS>");
    assert_eq!(folder.read("codes.sgm").articles[0].title, "GUNMEN <ABC> IN PORT");
}

#[test]
fn a_document_in_a_cell_gives_its_body_with_its_places() {
    let folder = Folder::new("forms-cell");
    let entry = "<?xml version=\"1.0\"?><entry xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:looters:1</id><published>2022-01-05</published><content type=\"application/xml\">\
        <articleDoc xmlns=\"\"><metadata><dc:terms>looters</dc:terms></metadata><body><bodyText><p>The <person>gunmen</person> came.</p><p>They left.</p></bodyText></body></articleDoc></content></entry>";
    folder.put(
        "a.jsonl",
        format!(
            "{}\n",
            serde_json::json!({ "Title": "Port", "Document": { "Content": entry }, "Source": { "Name": "Dawn" } })
        ),
    );
    let read = folder.read_with("a.jsonl", &Options { text: Some("Document.Content".into()), ..Options::default() });
    let article = &read.articles[0];
    assert_eq!(article.text.trim(), "Port\n\nThe gunmen came.\n\nThey left.");
    let at = article.text.find("gunmen").unwrap() as u32;
    let (from, to) = article.source(at, at + 6);
    assert_eq!(&entry[from as usize..to as usize], "gunmen");
    assert_eq!(
        folder.read("a.jsonl").texts()[0].trim(),
        "Port\n\nThe gunmen came.\n\nThey left.",
        "the column is guessed"
    );
}

#[test]
fn a_page_that_a_script_builds_has_its_text_in_its_data() {
    let folder = Folder::new("forms-data");
    let body = "The gunmen came to the port before the sun was up. ".repeat(6);
    folder.put("a.html", format!("<!doctype html><html><head><title>Port taken</title><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"publisher\":{{\"name\":\"Dawn\"}},\"datePublished\":\"2022-01-05\",\"articleBody\":\"{body}\"}}</script></head><body><div id=\"root\"></div></body></html>"));
    let read = folder.read("a.html");
    assert!(read.articles[0].text.contains(body.trim()) && read.outlets() == [Some("Dawn")], "{:?}", read.texts());
}

#[test]
fn word_files_of_several_articles() {
    let folder = Folder::new("forms-word");
    let paragraph = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let document =
        |inner: String| docx(format!("<w:document xmlns:w=\"w\"><w:body>{inner}</w:body></w:document>").as_bytes());
    let parts = [
        ("Heading1", "Port taken"),
        ("Normal", "The gunmen came."),
        ("Heading1", "Quay calm"),
        ("Normal", "All was calm."),
    ];
    folder.put("h.docx", document(parts.map(|(style, text)| paragraph(style, text)).concat()));
    assert_eq!(folder.read("h.docx").problem("several-articles").hint, "--split '^# ' splits it into articles");
    let read = folder.read_with("h.docx", &Options { split: Some("^# ".into()), ..Options::default() });
    assert_eq!(
        read.articles.iter().map(|article| article.title.as_str()).collect::<Vec<_>>(),
        ["Port taken", "Quay calm"]
    );
    folder.put("one.docx", document(parts[..2].iter().map(|(style, text)| paragraph(style, text)).collect()));
    assert!(!folder.read("one.docx").texts()[0].contains('#'));
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: [&str; 3]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table = [
        ["Outlet", "Date", "Text"],
        ["Dawn", "2022-01-05", "The \"gunmen\", they said, came."],
        ["Echo", "2022-01-06", "All was calm."],
    ];
    folder.put("t.docx", document(format!("<w:tbl>{}</w:tbl>", table.map(row).concat())));
    let read = folder.read("t.docx");
    assert_eq!(
        (read.outlets(), read.texts()),
        (vec![Some("Dawn"), Some("Echo")], vec!["The \"gunmen\", they said, came.", "All was calm."])
    );
}

#[test]
fn json_of_feeds_chats_and_apis() {
    let folder = Folder::new("forms-json");
    folder.put("feed.json", r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Dawn", "items": [{"id": "1", "title": "Port taken", "content_html": "<p>The gunmen came.</p>", "date_published": "2022-01-05T10:00:00Z"}]}"#);
    assert_eq!(rows(&folder.read("feed.json")), [TWO[0]]);
    let message = |n: u32, text: &str| {
        format!(r#"{{"id": {n}, "type": "message", "date": "2022-01-0{n}T10:00:00", "text": {text}}}"#)
    };
    let service = r#"{"id": 9, "type": "service", "date": "2022-01-01T00:00:00", "action": "create_channel", "title": "Looters", "text": ""}"#;
    let one = message(5, r#"["The ", {"type": "bold", "text": "gunmen"}, " came."]"#);
    let two = message(6, r#""All was calm.""#);
    folder.put(
        "chat.json",
        format!(r#"{{"name": "Dawn", "type": "public_channel", "id": 1, "messages": [{service}, {one}, {two}]}}"#),
    );
    folder.put("chats.json", format!(r#"{{"about": "x", "chats": {{"list": [{{"name": "Dawn", "messages": [{one}]}}, {{"name": "Echo", "messages": [{two}]}}]}}}}"#));
    let of = |name: &str| {
        folder
            .read(name)
            .articles
            .iter()
            .map(|a| format!("{}|{}", a.outlet.as_deref().unwrap_or("-"), a.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("chat.json"), ["Dawn|The gunmen came.", "Dawn|All was calm."]);
    assert_eq!(of("chats.json"), ["Dawn|The gunmen came.", "Echo|All was calm."]);
    folder.put("messages.html", "<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class=\"page_wrap\"><div class=\"message default clearfix\" id=\"message1\"><div class=\"text\">The gunmen came.</div></div></div></body></html>");
    assert_eq!(of("messages.html"), ["-|The gunmen came."]);
    folder.put("pages.jsonl", "{\"status\": \"ok\", \"articles\": [{\"outlet\": \"Dawn\", \"text\": \"The gunmen came.\"}]}\n{\"status\": \"ok\", \"articles\": [{\"outlet\": \"Echo\", \"text\": \"All was calm.\"}]}\n");
    assert_eq!(of("pages.jsonl"), ["Dawn|The gunmen came.", "Echo|All was calm."]);
    folder.put("blocks.jsonl", r#"{"title": "Port", "contents": [{"type": "kicker", "content": "World"}, {"type": "byline", "content": "By Ann"}, {"type": "sanitized_html", "content": "The gunmen came."}, {"type": "sanitized_html", "content": "They left."}]}"#);
    assert_eq!(folder.read("blocks.jsonl").texts(), ["Port\n\nThe gunmen came.\n\nThey left."]);
    folder.put("base.json", r#"{"news": {"-N1": {"outlet": "Dawn", "text": "The gunmen came."}, "-N2": {"outlet": "Echo", "text": "All was calm."}}}"#);
    assert_eq!(of("base.json"), ["Dawn|The gunmen came.", "Echo|All was calm."]);
    folder.put("cut.json", "[{\"text\": \"The gunmen came.\"},\n{\"text\": \"All was calm.\"},\n");
    let read = folder.read("cut.json");
    assert!(read.articles.len() == 2 && read.problem("file-damaged").found.contains("closed"), "{:?}", read.problems);
    folder.put("whole.json", "[{\"text\": \"The gunmen came.\"}]\n");
    assert!(!folder.read("whole.json").has("file-damaged"));
    folder
        .put("half.jsonl", "{\"text\": \"The gunmen\tcame \\ud83d\"}\n{\"text\": \"Calm \\ud83d\\ude00 \\\\ud83d\"}\n");
    let read = folder.read("half.jsonl");
    assert_eq!(read.texts(), ["The gunmen\tcame \u{fffd}", "Calm 😀 \\ud83d"]);
    assert!(read.has("letters-lost"));
}
