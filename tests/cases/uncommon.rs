//! Files in forms that are common somewhere else: each is read as what it is, or refused with what to do.

use super::fuzz::{cell, docx, workbook};
use super::{Folder, Read};
use framescope::read::Options;
use framescope::text::Language;
use framescope::tokenise::{Guess, Majority};

fn outlets(read: &Read) -> Vec<&str> {
    read.outlets().into_iter().map(|outlet| outlet.unwrap_or("unknown")).collect()
}

#[test]
fn fields_in_single_marks_are_read_without_them() {
    let folder = Folder::new("single");
    let rows = "id,'outlet',text\n1,'Dawn','Gunmen, they said, took the town''s port.'\n2,'Echo','\"All calm\", he said.\nThe port was open.'\n3,'Dawn','Nobody came.'\n";
    folder.put("a.csv", rows);
    let read = folder.read("a.csv");
    assert_eq!(outlets(&read), ["Dawn", "Echo", "Dawn"]);
    assert_eq!(read.texts()[0], "Gunmen, they said, took the town's port.");
    assert_eq!(read.texts()[1], "\"All calm\", he said.\nThe port was open.");
    assert_eq!(read.articles[2].record, Some(5), "rows keep their lines");
    // a headline in single marks is a quotation
    folder.put("b.csv", "id,title,text\n1,'We will win',Gunmen came.\n2,Calm,All calm.\n3,Port,'Tis the season.\n4,'No',Nobody.\n5,Sea,Ships.\n6,Land,Cars.\n");
    assert_eq!(folder.read("b.csv").articles[0].title, "'We will win'");
}

#[test]
fn text_formulas_of_excel_are_their_text() {
    let folder = Folder::new("formulas");
    folder.put("quoted.csv", "id,date,text\n=\"001\",=\"2022-01-05\",\"=\"\"Gunmen came, he said.\"\"\"\n=\"002\",=\"2022-01-06\",\"=\"\"All calm.\"\"\"\n");
    folder.put(
        "bare.csv",
        "id;date;text\n=\"001\";=\"2022-01-05\";=\"Gunmen came; he said.\"\n=\"002\";=\"2022-01-06\";=\"All calm.\"\n",
    );
    for (name, text) in [("quoted.csv", "Gunmen came, he said."), ("bare.csv", "Gunmen came; he said.")] {
        let read = folder.read(name);
        assert_eq!(read.texts(), [text, "All calm."], "{name}");
        assert_eq!(read.dates(), ["2022-01-05", "2022-01-06"], "{name}");
        assert_eq!(read.articles[0].id, "001", "{name}");
    }
}

#[test]
fn a_table_as_r_writes_it_by_default_is_a_table() {
    let folder = Folder::new("spaces");
    let table = "\"outlet\" \"n\" \"text\"\n\"1\" \"Dawn\" 7 \"Gunmen said \\\"no\\\" twice.\"\n\"2\" \"Echo\" NA \"All calm.\nThe port was open.\"\n";
    for name in ["a.csv", "a.txt"] {
        folder.put(name, table);
        let read = folder.read(name);
        assert_eq!(read.texts(), ["Gunmen said \"no\" twice.", "All calm.\nThe port was open."], "{name}");
        assert_eq!(outlets(&read), ["Dawn", "Echo"], "{name}");
    }
    folder.put("prose.txt", "\"Stop\" \"Go\"\n\nThe \"port\" was \"open\".\n");
    assert_eq!(folder.read("prose.txt").articles.len(), 1);
}

#[test]
fn names_and_fields_quoted_behind_spaces_lose_marks_and_spaces() {
    let folder = Folder::new("spaced");
    folder.put(
        "a.csv",
        "\"id\", \"outlet\", \"text\"\n\"1\", \"Dawn\", \"Gunmen, they said, came.\"\n\"2\", \"Echo\", \"All calm\"\n",
    );
    let read = folder.read("a.csv");
    assert_eq!((outlets(&read), read.texts()), (vec!["Dawn", "Echo"], vec!["Gunmen, they said, came.", "All calm"]));
}

#[test]
fn a_first_row_or_header_longer_than_the_head_is_read() {
    let folder = Folder::new("long");
    let line = "People in the town; and those at the port, left.\n".repeat(2_000);
    folder.put(
        "row.csv",
        format!("id;outlet;date;text\n1;Dawn;2022-01-05;\"{line}\"\n2;Echo;2022-01-06;\"All calm.\"\n"),
    );
    let read = folder.read("row.csv");
    assert_eq!((outlets(&read), read.texts()[1]), (vec!["Dawn", "Echo"], "All calm."));
    assert_eq!(read.texts()[0].len(), line.len());
    let flat = line.replace('\n', " ");
    folder.put(
        "flat.csv",
        format!("id;outlet;date;text\n1;Dawn;2022-01-05;\"{flat}\"\n2;Echo;2022-01-06;\"All calm.\"\n"),
    );
    assert_eq!(outlets(&folder.read("flat.csv")), ["Dawn", "Echo"]);
    let columns: String = (0..6_000).map(|i| format!(",a column number {i}")).collect();
    let cells = ",0".repeat(6_000);
    folder.put("wide.csv", format!("outlet,text{columns}\nDawn,Gunmen came.{cells}\nEcho,All calm.{cells}\n"));
    assert_eq!(outlets(&folder.read("wide.csv")), ["Dawn", "Echo"]);
}

#[test]
fn a_table_of_articles_in_html_is_its_rows() {
    let folder = Folder::new("page-table");
    let rows = "<tr><th>1</th><td>Dawn</td><td>2022-01-05</td><td>Gunmen &amp; others<br>came.</td></tr><tr><th>2</th><td>Echo</td><td>2022-01-06</td><td>All calm.</td></tr>";
    let page = format!(
        "<html><body><table><thead><tr><th></th><th>outlet</th><th>date</th><th>text</th></tr></thead>{rows}</table></body></html>"
    );
    for name in ["a.html", "a.xls"] {
        folder.put(name, &page);
        let read = folder.read(name);
        assert_eq!(read.texts(), ["Gunmen & others\ncame.", "All calm."], "{name}");
        assert_eq!(
            (outlets(&read), read.dates()),
            (vec!["Dawn", "Echo"], vec!["2022-01-05".into(), "2022-01-06".into()])
        );
    }
    let article = "<html><body><h1>Ports</h1><p>Two ports.</p><table><tr><th>port</th><th>ships</th></tr><tr><td>A</td><td>3</td></tr></table></body></html>";
    folder.put("b.html", article);
    assert_eq!(folder.read("b.html").articles.len(), 1);
}

#[test]
fn records_are_articles_and_labels_are_no_words() {
    let folder = Folder::new("records");
    folder.put("a.ris", "TY  - NEWS\nTI  - Port taken\nT2  - Dawn\nPY  - 2022/01/05/\nAB  - Gunmen came.\nThey left.\nER  - \n\nTY  - NEWS\nT2  - Echo\nDA  - 2022/01/06\nN2  - All calm.\nER  - \n");
    let read = folder.read("a.ris");
    assert_eq!((outlets(&read), read.dates()), (vec!["Dawn", "Echo"], vec!["2022-01-05".into(), "2022-01-06".into()]));
    assert_eq!(read.articles[0].title, "Port taken");
    assert!(read.texts()[0].ends_with("Gunmen came.\nThey left."), "{:?}", read.texts());
    let record = |site: &str, text: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://www.{site}/1\r\nWARC-Date: 2022-01-05T10:00:00Z\r\nContent-Length: {}\r\n\r\n{text}\r\n\r\n",
            text.len()
        )
    };
    folder.put(
        "b.wet",
        format!(
            "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n{}{}",
            record("dawn.example", "Gunmen came."),
            record("echo.example", "All calm.")
        ),
    );
    let read = folder.read("b.wet");
    assert_eq!(
        (outlets(&read), read.texts()),
        (vec!["dawn.example", "echo.example"], vec!["Gunmen came.", "All calm."])
    );
    folder.put("c.warc", "WARC/1.0\nWARC-Type: response\nContent-Length: 5\n\nHTTP/1.1 200 OK\n\n<p>Gunmen.</p>\n");
    folder.put("c.bib", "@article{a1,\n title={Port},\n abstract={Gunmen came.}\n}\n");
    folder.put("c.vert", "<doc id=\"1\">\n<s>\nGunmen\tNNS\tgunman\ncame\tVBD\tcome\n.\t.\t.\n</s>\n</doc>\n");
    for name in ["c.warc", "c.bib", "c.vert"] {
        let refused = &folder.refused(name)[0];
        assert!(refused.kind == "not-articles" && !refused.hint.is_empty(), "{name}: {refused:?}");
    }
}

#[test]
fn collections_in_sgml_are_their_articles() {
    let folder = Folder::new("sgml");
    let gigaword = |day: u32, text: &str| {
        format!(
            "<DOC id=\"AFP_ENG_202201{day:02}.0001\" type=\"story\" >\n<HEADLINE>\nCoup feared\n</HEADLINE>\n<DATELINE>\nPORT, Jan 5\n</DATELINE>\n<TEXT>\n<P>\n{text}\n</P>\n</TEXT>\n</DOC>\n"
        )
    };
    folder.put("giga.sgm", gigaword(5, "Gunmen came.") + &gigaword(6, "All calm."));
    let read = folder.read("giga.sgm");
    assert_eq!((outlets(&read), read.dates()), (vec!["AFP", "AFP"], vec!["2022-01-05".into(), "2022-01-06".into()]));
    assert_eq!(read.articles[0].title, "Coup feared");
    assert!(!read.texts()[0].contains(['<', '>']) && !read.texts()[0].contains("DATELINE"), "{:?}", read.texts());
    let reuters = |id: u32, text: &str| {
        format!(
            "<REUTERS TOPICS=\"YES\" OLDID=\"55{id}\" NEWID=\"{id}\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>coup</D><D>gold</D></TOPICS>\n<TEXT>&#2;\n<TITLE>PORT &amp; SEA</TITLE>\n<DATELINE>PORT, Feb 26 - </DATELINE><BODY>{text}\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        )
    };
    folder.put(
        "r.sgm",
        format!("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n{}{}", reuters(1, "Gunmen came."), reuters(2, "All calm.")),
    );
    let read = folder.read("r.sgm");
    assert_eq!(read.articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert!(read.texts().iter().all(|text| !text.contains("coup")), "{:?}", read.texts());
    folder.put("d.txt", "<doc id=\"1\" outlet=\"Dawn\" date=\"2021-03-04\">\nGunmen came.\n</doc>\n<doc id=\"2\" outlet=\"Echo\" date=\"2021-03-05\">\nAll calm.\n</doc>\n");
    let read = folder.read("d.txt");
    assert_eq!((outlets(&read), read.texts()), (vec!["Dawn", "Echo"], vec!["Gunmen came.", "All calm."]));
    folder.put("a.xml", "<?xml version=\"1.0\"?><articles><article id=\"1\" outlet=\"Dawn\" date=\"2021-03-04\"><title>Port</title><body><p>Gunmen came.</p></body></article><article id=\"2\" date=\"2021-03-05\"><outlet name=\"Echo\"/><title>Sea</title><body><p>All calm.</p></body></article></articles>");
    let read = folder.read("a.xml");
    assert_eq!((outlets(&read), read.dates()), (vec!["Dawn", "Echo"], vec!["2021-03-04".into(), "2021-03-05".into()]));
}

#[test]
fn rich_text_has_the_letters_of_its_fonts_and_no_hidden_words() {
    let folder = Folder::new("rtf");
    let rtf = |name: &str, text: &str| {
        folder.put(name, format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset0 Arial;}}{{\\f1\\fnil\\fcharset204 Arial;}}}}{text}}}"));
        folder.read(name).texts()[0].trim().to_string()
    };
    assert_eq!(rtf("a.rtf", "{\\f1 \\'cf\\'ee\\'f0\\'f2} caf\\'e9\\par"), "Порт café");
    assert_eq!(
        rtf("b.rtf", "An anti\\_coup, hard\\-line man {\\v hidden }{\\deleted gone }\\u-10179?\\u-8704?\\par"),
        "An anti-coup, hardline man 😀"
    );
    assert_eq!(rtf("c.rtf", "{\\uc2\\u8364 EU}ro \\v no\\v0  yes\\par"), "€ro  yes");
}

#[test]
fn text_in_a_wrong_code_page_is_mended_and_told() {
    let folder = Folder::new("pages");
    let russian = "Протест на площади в городе продолжался весь день, и полиция задержала участников.";
    let read_as =
        |bytes: &[u8], page: &'static encoding_rs::Encoding| page.decode_without_bom_handling(bytes).0.into_owned();
    let written = |page: &'static encoding_rs::Encoding| page.encode(russian).0.into_owned();
    let cases = [
        read_as(russian.as_bytes(), encoding_rs::WINDOWS_1251),
        read_as(&written(encoding_rs::WINDOWS_1251), encoding_rs::WINDOWS_1252),
        read_as(&written(encoding_rs::KOI8_R), encoding_rs::WINDOWS_1251),
        read_as(&written(encoding_rs::WINDOWS_1251), encoding_rs::KOI8_R),
    ];
    for (i, wrong) in cases.iter().enumerate() {
        let name = format!("{i}.csv");
        folder.put(&name, format!("outlet,text\nDawn,\"{wrong}\"\nEcho,\"Обычный текст о порте.\"\n"));
        let read = folder.read(&name);
        assert_eq!(read.texts()[0], russian, "{wrong}");
        assert!(read.has("mojibake"), "{name}");
    }
    folder.put("tr.csv", "outlet,text\nDawn,\"Ýstanbul'da þehirde binlerce kiþi yürüdü.\"\n");
    assert_eq!(folder.read("tr.csv").texts()[0], "İstanbul'da şehirde binlerce kişi yürüdü.");
    for right in [
        "Рік тому в Сімферополі. Рідні чекали на Рєпіна, а Сєров мовчав.",
        "В «Известиях» пишут: СССР распался. США и ООН — за мир, а «Ё» — буква.",
        "Það er þýðing, og maðurinn sá það í gær.",
        "Jäääär on jää äär, ja õhtuöö on käes; hõõguvöö.",
        "L’été, à Orly, où l’on créée déjà; ça va être à Nîmes.",
        "ВОЙНА И МИР. НОВЫЙ ПОРТ ОТКРЫТ В ГОРОДЕ",
    ] {
        folder.put("right.txt", right);
        let read = folder.read("right.txt");
        assert!(read.texts()[0] == right && !read.has("mojibake"), "{right}: {:?}", read.texts());
    }
}

#[test]
fn text_from_an_old_macintosh_is_read() {
    let folder = Folder::new("mac");
    let text = "The café protest “went” on; the town’s mayor – he said – left.";
    let bytes = [
        b"outlet,text\nDawn,".as_slice(),
        &b"\""[..],
        b"The caf\x8e protest \xd2went\xd3 on; the town\xd5s mayor \xd0 he said \xd0 left.",
        b"\"\n",
    ]
    .concat();
    folder.put("a.csv", bytes);
    let read = folder.read("a.csv");
    assert_eq!(read.texts(), [text]);
    assert!(read.problem("encoding-guessed").hint.contains("--encoding"));
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    folder.put("b.txt", windows);
    assert_eq!(folder.read("b.txt").texts(), [text]);
}

#[test]
fn what_a_page_hides_and_other_articles_on_it_are_no_part_of_it() {
    let folder = Folder::new("hidden");
    let long = "<p>The harbour master said that ships were waiting outside since early morning, and nobody came to the quay.</p>".repeat(4);
    let linked = "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2021-03-04T10:00:00Z\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"Dawn\"}}]}</script>";
    folder.put("a.html", format!("<!DOCTYPE html><html><head><title>Port</title>{linked}</head><body><main><article><h1>Port</h1>{long}<p>A <span hidden>coup </span>ship.</p><p style=\"display: none\">coup</p><span class=\"sr-only\">coup</span></article><article><h3>More</h3><p>A coup elsewhere.</p></article></main></body></html>"));
    let read = folder.read("a.html");
    let article = &read.articles[0];
    assert_eq!((outlets(&read), read.dates()), (vec!["Dawn"], vec!["2021-03-04".into()]));
    let aside: String =
        article.asides.iter().map(|aside| &article.text[aside.bytes.0 as usize..aside.bytes.1 as usize]).collect();
    assert_eq!((article.text.matches("coup").count(), aside.matches("coup").count()), (4, 4), "{aside}");
}

#[test]
fn codes_of_countries_and_libraries_are_languages() {
    let folder = Folder::new("codes");
    folder
        .put("a.csv", "outlet,language,text\nA,ua,Gunmen.\nA,kz,Gunmen.\nA,ger,Gunmen.\nA,jp,Gunmen.\nA,xx,Gunmen.\n");
    let read = folder.read_with("a.csv", &Options::default());
    let codes: Vec<String> = read
        .articles
        .iter()
        .map(|article| article.language.map_or_else(String::new, |language| language.to_string()))
        .collect();
    assert_eq!(codes, ["uk", "kk", "de", "ja", ""]);
    assert!(read.has("language-unreadable"), "{:?}", read.problems);
}

/// A sheet of a workbook: rows of cells by their places, a number where a cell is one of its digits, and what follows the rows.
fn sheet(rows: &[&[(&str, &str)]], behind: &str) -> String {
    let of = |(at, text): &(&str, &str)| match text.parse::<u32>() {
        Ok(number) => format!("<c r=\"{at}\" s=\"1\"><v>{number}</v></c>"),
        Err(_) => cell(at, text),
    };
    let row = |cells: &&[(&str, &str)]| format!("<row>{}</row>", cells.iter().map(of).collect::<String>());
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{behind}</worksheet>"
    )
}

#[test]
fn sheets_with_their_columns_in_another_order_are_one_table() {
    let folder = Folder::new("sheets");
    let sheets = [
        (
            "A",
            sheet(
                &[
                    &[("A1", "id"), ("B1", "outlet"), ("C1", "text")],
                    &[("A2", "a"), ("B2", "Dawn"), ("C2", "Gunmen came.")],
                ],
                "",
            ),
        ),
        (
            "B",
            sheet(
                &[
                    &[("A1", "Text"), ("B1", "Outlet"), ("C1", "note")],
                    &[("A2", "All calm."), ("B2", "Echo"), ("C2", "coup")],
                ],
                "",
            ),
        ),
        ("C", sheet(&[&[("A1", "headline"), ("B1", "body")], &[("A2", "Sea"), ("B2", "Ships left.")]], "")),
        ("Codes", sheet(&[&[("A1", "code"), ("B1", "meaning")], &[("A2", "x"), ("B2", "coup")]], "")),
    ];
    let sheets: Vec<(&str, &[u8])> = sheets.iter().map(|(name, sheet)| (*name, sheet.as_bytes())).collect();
    folder.put("a.xlsx", workbook(&sheets));
    let read = folder.read("a.xlsx");
    assert_eq!(outlets(&read), ["Dawn", "Echo", "unknown"]);
    assert!(
        read.texts().iter().zip(["Gunmen came.", "All calm.", "Ships left."]).all(|(text, end)| text.ends_with(end))
    );
    assert!(read.problem("not-read").found.contains("`Codes`"));
}

#[test]
fn cells_that_are_one_over_several_rows_hold_for_each() {
    let folder = Folder::new("merged");
    let rows: [&[(&str, &str)]; 4] = [
        &[("A1", "outlet"), ("B1", "text")],
        &[("A2", "Dawn"), ("B2", "Gunmen came.")],
        &[("B3", "All calm.")],
        &[("B4", "Ships left.")],
    ];
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>";
    folder.put("a.xlsx", workbook(&[("S", sheet(&rows, merged).as_bytes())]));
    assert_eq!(outlets(&folder.read("a.xlsx")), ["Dawn", "Dawn", "unknown"]);
}

#[test]
fn days_of_a_workbook_that_counts_from_1904_are_its_days() {
    let folder = Folder::new("since-1904");
    // the library that writes workbooks counts from 1900: the mark is put into one that it wrote
    let mut book = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let page = book.add_worksheet();
    page.write(0, 0, "date").unwrap();
    page.write(0, 1, "text").unwrap();
    page.write_with_format(1, 0, 42_797, &date).unwrap();
    page.write(1, 1, "Gunmen came.").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    folder.put("since-1900.xlsx", &bytes);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        let name = part.name().to_string();
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("<workbookPr "), "{text}");
            bytes = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
        parts.push((name, bytes));
    }
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, bytes).unwrap();
    }
    folder.put("since-1904.xlsx", out.finish().unwrap().into_inner());
    assert_eq!(folder.read("since-1900.xlsx").dates(), ["2017-03-03"]);
    assert_eq!(folder.read("since-1904.xlsx").dates(), ["2021-03-04"]);
}

#[test]
fn a_word_document_has_each_word_once_and_its_hyphens() {
    let folder = Folder::new("word");
    let body = "<w:p><w:r><w:t>The anti</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>coup man.</w:t></w:r></w:p>\
        <w:p><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>Shown.</w:t></w:r></w:p>\
        <w:p><w:r><m:AlternateContent><m:Choice><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></m:Choice><m:Fallback><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></m:Fallback></m:AlternateContent></w:r></w:p>";
    folder.put(
        "a.docx",
        docx(format!("<w:document xmlns:w=\"w\" xmlns:m=\"m\"><w:body>{body}</w:body></w:document>").as_bytes()),
    );
    assert_eq!(folder.read("a.docx").texts(), ["The anti-coup man.\n\nMoved.\n\nShown.\n\nBoxed.\n\n"]);
}

#[test]
fn letters_prove_languages_that_no_list_of_words_knows() {
    let language = |text: &str| Guess::of(text).language.to_string();
    for (text, code) in [
        ("Астанада шеру өтті", "kk"),
        ("Төңкеріс әрекеті сәтсіз аяқталды", "kk"),
        (
            "Бишкекте өткөн жумада өкмөткө каршы чыккан эл көчөгө чыгып, алардын көбү түнгө чейин күттү, өлкөнүн түштүгүндө жаңы",
            "ky",
        ),
        ("Oʻzbekistonda oʻtgan haftada xalq yigʻinlari boʻlib oʻtdi", "uz"),
        ("抗议活动在城里持续了一整天。警察逮捕了参与者。市长呼吁市民保持冷静。", "zh"),
        ("抗議活動は一日中続き、警察は参加者を逮捕した。", "ja"),
        ("정부는 성명을 발표했다.", "ko"),
        ("В Астане, столице Қазақстан, полиция задержала участников протеста, и они не знали, что будет потом.", "ru"),
        ("У Києві поліція затримала учасників, які не хотіли йти додому, і це було в новинах.", "uk"),
    ] {
        assert_eq!(language(text), code, "{text}");
    }
    let tatar = Guess::of("Казанда яңа мәктәп ачылды, анда балалар күп");
    assert_eq!(tatar.language, Language::UNKNOWN, "not Russian, and not known");
}

#[test]
fn short_texts_of_an_outlet_are_in_the_language_that_most_of_them_are_like() {
    let english = [
        "Thousands join protest as fuel prices climb",
        "Army sent to airport after clashes",
        "Market falls on news",
        "Troops leave the capital",
        "Dozens of people killed, police say",
    ];
    let italian = [
        "Migliaia in piazza contro il carburante",
        "Il presidente accusa stranieri",
        "Le truppe lasciano la capitale",
        "Borse in calo dopo le notizie",
        "Colpo di stato o rivolta?",
    ];
    let mut majority = Majority::default();
    let texts = english.iter().map(|text| ("Dawn", text)).chain(italian.iter().map(|text| ("Alba", text)));
    let guesses: Vec<(&str, Guess)> =
        texts.map(|(outlet, text)| (outlet, Guess { is_clear: false, ..Guess::of(text) })).collect();
    guesses.iter().for_each(|(outlet, guess)| majority.add(Some(outlet), *guess));
    for (outlet, guess) in guesses {
        assert_eq!(majority.language(Some(outlet), guess).code(), if outlet == "Dawn" { "en" } else { "it" });
    }
}
