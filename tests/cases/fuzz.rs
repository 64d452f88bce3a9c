//! Damaged files of every form: an article or a problem, never a panic, the same twice, and words that stand where they are said to.

use super::Folder;
use framescope::read::{Item, Options, open};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::io::{Cursor, Write};
use std::process::Command;

/// Texts of each layout and form, small enough to be damaged everywhere.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "nexis.txt",
        "  1 of 2 DOCUMENTS\n\n   The Dawn\n\n   March 4, 2021 Thursday\n\nPort taken\n\nBYLINE: Ann Roe\n\nLENGTH: 6 words\n\nGunmen took the port, he said.\n\nLOAD-DATE: March 5, 2021\n\nSUBJECT: COUPS (90%)\n\n  2 of 2 DOCUMENTS\n\n   Echo\n\n   March 5, 2021\n\nCalm\n\nLENGTH: 2 words\n\nAll calm.\n",
    ),
    (
        "uni.txt",
        "Port taken\n\nThe Dawn\n\nMarch 4, 2021 Thursday\n\nCopyright 2021 The Dawn\n\nLength: 5 words\n\nBody\n\nGunmen took the port again.\n\nClassification\n\nLanguage: ENGLISH\n\nEnd of Document\n",
    ),
    (
        "codes.txt",
        "HD\nPort taken\nWC\n5 words\nPD\n4 March 2021\nSN\nThe Dawn\nLP\nGunmen took the port.\nTD\nThey left.\nAN\nDocument DAWN000020210304eh3400001\n\n",
    ),
    (
        "factiva.txt",
        "Port taken\n\nBy Ann Roe\n5 words\n4 March 2021\nThe Dawn\nDAWN\nEnglish\n(c) 2021 The Dawn.\n\nGunmen took the port.\n\nDocument DAWN000020210304eh3400001\n\n",
    ),
    (
        "proquest.txt",
        "____________________________________________________________\n\nPort taken\n\nAuthor: Roe, Ann\n\nFull text: Gunmen took the port.\n\nSubject: Coups\n\nPublication title: The Dawn\n\nPublication date: Mar 4, 2021\n\nProQuest document ID: 12345\n\n____________________________________________________________\n",
    ),
    (
        "europresse.txt",
        "L'Écho\njeudi 4 mars 2021, p. 3\n\nLe port est pris\n\nLes hommes ont pris le port.\n\n© 2021 L'Écho. Tous droits réservés.\n\nnews·20210304·HE·0001\n\n",
    ),
    (
        "talk.txt",
        "ANN ROE, host: Good morning. Gunmen took the port.\n\nMAYOR: No coup. They left.\n\nQ: Why?\nA: I do not know.\n\n— Кто ушёл? — спросил мэр. — Боевики.\n\n– Wer? – fragte er.\n",
    ),
    (
        "page.html",
        "<!DOCTYPE html><html lang=\"en\"><head><title>Port | Dawn</title><meta property=\"og:site_name\" content=\"Dawn\"></head><body><nav><a href=\"/\">Home</a></nav><div class=\"sidebar\">Coup</div><article><p>Gunmen &amp; ships.<p>&ldquo;Calm&rdquo; <b>now</b></article></body></html>",
    ),
    (
        "feed.xml",
        "<?xml version=\"1.0\"?><rss><channel><title>Dawn</title><item><title>Port</title><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate><description><![CDATA[<p>Gunmen &amp; ships.</p>]]></description></item></channel></rss>",
    ),
    (
        "factiva.xml",
        "<?xml version=\"1.0\"?><response><article><headline><paragraph>Port</paragraph></headline><leadParagraph><paragraph>Gunmen came.</paragraph></leadParagraph><publicationDate><date>2021-03-04</date></publicationDate><sourceName>Dawn</sourceName></article></response>",
    ),
    (
        "nitf.xml",
        "<?xml version=\"1.0\"?><nitf><body><body.head><hedline><hl1>Port</hl1></hedline></body.head><body.content><p>Gunmen came.</p></body.content></body></nitf>",
    ),
    ("lists.json", "{\"outlet\":[\"Dawn\",\"Echo\"],\"text\":[\"Gunmen came.\",\"All calm.\"]}"),
    (
        "columns.json",
        "{\"outlet\":{\"0\":\"Dawn\",\"1\":\"Echo\"},\"text\":{\"0\":\"Gunmen came.\",\"1\":\"All calm.\"}}",
    ),
    (
        "named.json",
        "{\"a1\":{\"outlet\":\"Dawn\",\"text\":\"Gunmen came.\"},\"a2\":{\"outlet\":\"Echo\",\"text\":\"All calm.\"}}",
    ),
    (
        "split.json",
        "{\"columns\":[\"outlet\",\"text\"],\"data\":[[\"Dawn\",\"Gunmen came.\"],[\"Echo\",\"All calm.\"]]}",
    ),
    ("lines.jsonl", "{\"text\":\"Gunmen came.\",\"outlet\":{\"name\":\"Dawn\"}},\n{\"text\":[\"All\",\"calm.\"]}\n"),
    (
        "table.csv",
        "sep=;\nid;outlet;text\n1;Dawn;\"Gunmen; \"\"coup\"\".\n\nThey left.\"\n2;Echo;[caption id=\"1\"]Port[/caption] <b>All</b> calm\n",
    ),
    (
        "report.rtf",
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 Port taken\\par Gunmen took the port\\rquote s quay \\u8364? \\'e9.\\par}",
    ),
    ("front.md", "---\ntitle: Port\noutlet: Dawn\ndate: 2021-03-04\n---\nGunmen came to the port.\n"),
];

pub(super) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(super) fn docx(document: &[u8]) -> Vec<u8> {
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document)])
}

pub(super) fn xlsx(sheet: &[u8]) -> Vec<u8> {
    workbook(&[("S", sheet)])
}

pub(super) fn workbook(sheets: &[(&str, &[u8])]) -> Vec<u8> {
    const OPEN: &str = "http://schemas.openxmlformats.org";
    let numbered = || (1..).zip(sheets);
    let list: String =
        numbered().map(|(i, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{i}\" r:id=\"r{i}\"/>")).collect();
    let relations: String = numbered()
        .map(|(i, _)| format!("<Relationship Id=\"r{i}\" Type=\"{OPEN}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))
        .collect();
    let book = format!(
        "<workbook xmlns=\"{OPEN}/spreadsheetml/2006/main\" xmlns:r=\"{OPEN}/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
    );
    let relations = format!("<Relationships xmlns=\"{OPEN}/package/2006/relationships\">{relations}</Relationships>");
    let names: Vec<String> = numbered().map(|(i, _)| format!("xl/worksheets/sheet{i}.xml")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r0\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    parts.extend(names.iter().map(String::as_str).zip(sheets.iter().map(|(_, sheet)| *sheet)));
    zipped(&parts)
}

pub(super) const DOCUMENT: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Port taken</w:t></w:r></w:p><w:p><w:r><w:t>Gunmen took</w:t><w:tab/><w:t>the port.</w:t></w:r></w:p></w:body></w:document>";

pub(super) fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn sheet(rows: &[&[(&str, &str)]]) -> String {
    let row = |cells: &&[(&str, &str)]| {
        format!("<row>{}</row>", cells.iter().map(|(at, text)| cell(at, text)).collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

pub(super) fn table() -> String {
    sheet(&[
        &[("A1", "outlet"), ("B1", "text")],
        &[("A2", "Dawn"), ("B2", "Gunmen came.")],
        &[("A4", "Echo"), ("B4", "All calm.")],
    ])
}

/// One change of the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(f64, usize),
    Again(f64, usize),
    Put(f64, u8),
    Insert(f64, u8),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let byte = || prop_oneof![any::<u8>(), prop::sample::select(b"\"<>&{}[]\\\n\r\t:;,\0-=".to_vec())];
    let one = prop_oneof![
        (0.0..1.0, 1..40usize).prop_map(|(at, len)| Damage::Cut(at, len)),
        (0.0..1.0, 1..40usize).prop_map(|(at, len)| Damage::Again(at, len)),
        (0.0..1.0, byte()).prop_map(|(at, byte)| Damage::Put(at, byte)),
        (0.0..1.0, byte()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
    ];
    prop::collection::vec(one, 0..5)
}

fn damaged(source: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = source.to_vec();
    for damage in damages {
        let (Damage::Cut(at, _) | Damage::Again(at, _) | Damage::Put(at, _) | Damage::Insert(at, _)) = damage;
        if bytes.is_empty() {
            break;
        }
        let at = (at * bytes.len() as f64) as usize;
        match damage {
            Damage::Cut(_, len) => drop(bytes.drain(at..(at + len).min(bytes.len()))),
            Damage::Again(_, len) => {
                let part = bytes[at..(at + len).min(bytes.len())].to_vec();
                drop(bytes.splice(at..at, part));
            }
            Damage::Put(_, byte) => bytes[at] = *byte,
            Damage::Insert(_, byte) => bytes.insert(at, *byte),
        }
    }
    bytes
}

/// Reads twice; every place is one of the text and, where the file is text as it stands, of the same words in the file.
fn holds(folder: &Folder, name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    folder.put(name, bytes);
    let items = || -> Option<Vec<String>> {
        let corpus = open(&[folder.path(name)], &Options::default()).ok()?;
        Some(corpus.map(|item| format!("{item:?}")).collect())
    };
    let read = items();
    prop_assert_eq!(&read, &items(), "read twice");
    if read.is_none() {
        return Ok(());
    }
    let source = std::str::from_utf8(bytes).ok().filter(|_| name.ends_with(".txt") && !bytes.contains(&0));
    for item in open(&[folder.path(name)], &Options::default()).unwrap() {
        let Item::Article(article) = item else { continue };
        for piece in &article.places.pieces {
            prop_assert!(article.text.get(piece.at as usize..(piece.at + piece.len) as usize).is_some());
        }
        let mut at = 0;
        for word in article.text.split_whitespace() {
            let start = at + article.text[at..].find(word).unwrap();
            at = start + word.len();
            let (from, to) = article.source(start as u32, at as u32);
            prop_assert!(from <= to);
            let is_plain = !word.contains(['<', '&', '>', '[', ']', 'Ã', 'â', 'Ð']);
            // a table or JSON that stands in a text file counts in its cells
            if let Some(source) = source.filter(|_| is_plain && article.record.is_none()) {
                prop_assert_eq!(source.get(from as usize..to as usize), Some(word), "{:?}", source);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_128), ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_articles_or_problems(damages in damages()) {
        let folder = Folder::new("damaged");
        for (name, text) in TEXTS {
            holds(&folder, name, &damaged(text.as_bytes(), &damages))?;
        }
        holds(&folder, "a.docx", &docx(&damaged(DOCUMENT.as_bytes(), &damages)))?;
        holds(&folder, "b.docx", &damaged(&docx(DOCUMENT.as_bytes()), &damages))?;
        holds(&folder, "a.xlsx", &xlsx(&damaged(table().as_bytes(), &damages)))?;
        holds(&folder, "b.xlsx", &damaged(&xlsx(table().as_bytes()), &damages))?;
    }

    #[test]
    fn any_bytes_of_any_form_are_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = Folder::new("bytes");
        for (start, name) in [("{\\rtf1 ", "x.rtf"), ("<?xml version=\"1.0\"?><rss>", "x.xml"), ("{\"text\":[", "x.json"), ("PK\u{3}\u{4}word/", "x.docx"),
            ("PK\u{3}\u{4}xl/", "x.xlsx"), ("PAR1", "x.parquet"), ("\u{1f}\u{8b}", "x.gz"), ("HD\nPD\nLP\n", "x.txt")] {
            holds(&folder, name, &[start.as_bytes(), &bytes].concat())?;
        }
    }
}

#[test]
fn what_is_not_damaged_is_read() {
    let folder = Folder::new("whole");
    for (name, text) in TEXTS {
        holds(&folder, name, text.as_bytes()).unwrap();
        let read = folder.read(name);
        assert!(
            !read.articles.is_empty() && read.articles.iter().all(|article| !article.text.trim().is_empty()),
            "{name}"
        );
    }
    folder.put("w.docx", docx(DOCUMENT.as_bytes())).put("w.xlsx", xlsx(table().as_bytes()));
    assert_eq!(folder.read("w.docx").texts(), ["Port taken\n\nGunmen took\tthe port.\n\n"]);
    assert_eq!(folder.read("w.xlsx").texts(), ["Gunmen came.", "All calm."]);
    assert_eq!(folder.read("w.xlsx").outlets(), [Some("Dawn"), Some("Echo")]);
    let own = sheet(&[&[("A1", "text")], &[("A2", "Gunmen left.")]]);
    let other = sheet(&[&[("A1", "note")], &[("A2", "not an article")]]);
    let calm = sheet(&[&[("A1", "text")], &[("A2", "All calm.")]]);
    folder.put("s.xlsx", workbook(&[("Dawn", own.as_bytes()), ("Notes", other.as_bytes()), ("Echo", calm.as_bytes())]));
    let told = Options { outlet: Some("sheet".into()), ..Options::default() };
    let read = folder.read_with("s.xlsx", &told);
    assert_eq!((read.texts(), read.outlets()), (vec!["Gunmen left.", "All calm."], vec![Some("Dawn"), Some("Echo")]));
}

/// Peak memory of `corpus check` over a file, in MB, and what it said.
fn peak(folder: &Folder, name: &str) -> (u64, String) {
    let path = folder.path(name);
    let script = "ulimit -v 6000000; \"$0\" corpus check \"$1\" 2>&1 & pid=$!; peak=0; while kill -0 $pid 2>/dev/null; do \
                  now=$(grep VmHWM /proc/$pid/status 2>/dev/null | tr -dc 0-9); peak=${now:-$peak}; sleep 0.02; done; wait $pid; echo \"peak $peak\"";
    let output = Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_framescope"), &path]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let kilobytes = said.rsplit("peak ").next().and_then(|number| number.trim().parse::<u64>().ok()).unwrap_or(0);
    (kilobytes / 1024, said)
}

/// A few bytes that unpack to any number are refused by a limit that is named, before they fill the memory.
#[cfg(target_os = "linux")]
#[test]
fn what_unpacks_without_end_is_refused_in_little_memory() {
    let folder = Folder::new("bombs");
    let block = vec![b'a'; 1 << 20];
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    (0..400).for_each(|_| packed.write_all(&block).unwrap());
    folder.put("text.txt.gz", packed.finish().unwrap());
    let long = format!("<w:document xmlns:w=\"w\"><w:p>{}", "a".repeat(260 << 20));
    folder.put("long.docx", docx(long.as_bytes()));
    drop(long);
    folder.put(
        "many.docx",
        docx(format!("<w:document xmlns:w=\"w\">{}</w:document>", "<w:p/>".repeat(6_000_000)).as_bytes()),
    );
    let deep = ["<w:p>", "</w:p>"].map(|tag| tag.repeat(20_000)).join("a");
    folder.put("deep.docx", docx(format!("<w:document xmlns:w=\"w\">{deep}</w:document>").as_bytes()));
    folder.put("wide.xlsx", xlsx(sheet(&[&[("A1", "outlet"), ("B1", "text")], &[("XFD1048576", "far")]]).as_bytes()));
    let mut highest = 0;
    for (name, refusal) in [
        ("text.txt.gz", "256 MiB"),
        ("long.docx", "256 MB"),
        ("many.docx", "4000000 elements"),
        ("deep.docx", "nested more than 200"),
        ("wide.xlsx", ""),
    ] {
        let (megabytes, said) = peak(&folder, name);
        assert!(said.contains(refusal) && !said.contains("panicked") && !said.contains("allocation"), "{name}: {said}");
        assert!(megabytes <= 512, "{name}: {megabytes} MB: {said}");
        highest = highest.max(megabytes);
    }
    // a program that ends between two looks at it shows no memory; not all of them do
    assert!(highest > 50, "{highest} MB");
}

/// Every line is in an article, a header, a removed span or a problem, also one that no layout foresees.
#[test]
fn no_line_of_an_export_is_lost() {
    let folder = Folder::new("lines");
    let odd = "Zebras and quaggas wandered by the okapi house in the evening.";
    for (name, text) in TEXTS.iter().take(6) {
        let (first, rest) = text.split_at(text.find("\n\n").map_or(0, |at| at + 2));
        for (place, whole) in [
            ("before", format!("{odd}\n\n{text}")),
            ("inside", format!("{first}{odd}\n\n{rest}")),
            ("behind", format!("{text}\n{odd}\n")),
        ] {
            let file = format!("{place}-{name}");
            folder.put(&file, &whole);
            let read = folder.read(&file);
            // a line before the first code belongs to the header
            if file == "before-codes.txt" {
                continue;
            }
            let said = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").contains(odd);
            let in_article = read.articles.iter().any(|article| {
                let others = article.other.iter().flatten();
                said(&article.text)
                    || said(&article.title)
                    || article.outlet.as_deref() == Some(odd)
                    || others.clone().any(|cell| said(cell))
            });
            let is_reported = read.has("export-rest") || read.has("export-lines");
            assert!(in_article || is_reported, "{file}: {:#?}", read.problems);
        }
    }
}
