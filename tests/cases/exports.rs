//! Exports of databases: many articles in one file.

use super::{Folder, Read};
use framescope::read::Options;

const DATES: [&str; 3] = ["2021-03-04", "2021-03-05", "2021-03-06"];
const OUTLETS: [Option<&str>; 3] = [Some("Harbour Echo"), Some("The Dawn"), Some("Evening Post")];
const TITLES: [&str; 3] = ["Gunmen take the port", "Calm returns", "A coup that was none"];
const BODIES: [&str; 3] = [
    "The gunmen took the port on Thursday and held the harbour master for\nan hour. The mayor called it a coup.\n\nPeople fled.",
    "Calm returned to the quays. Ships left again.",
    "Nobody had planned a coup, the police said. It was a quarrel about pay.",
];

fn expect(read: &Read) {
    let titles: Vec<&str> = read.articles.iter().map(|article| article.title.as_str()).collect();
    assert_eq!(titles, TITLES, "{:#?}", read.problems);
    assert_eq!((read.outlets().as_slice(), read.dates()), (&OUTLETS[..], DATES.map(str::to_string).to_vec()));
    for (article, body) in read.articles.iter().zip(BODIES) {
        for word in ["gunmen took", "Calm returned", "harbour master for an hour", "quarrel"] {
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!plain(body).contains(word) || plain(&article.text).contains(word), "{word}: {}", article.text);
        }
    }
}

/// No word of a label, and none of what the database adds, is counted.
fn counts(folder: &Folder, name: &str) {
    let hits = folder.columns(name, &[], "hits.csv", &["article", "surface", "counted", "position", "voice"]);
    let counted: Vec<String> = hits
        .iter()
        .filter(|hit| hit.contains("|yes|"))
        .map(|hit| hit.split('|').nth(1).unwrap().to_lowercase())
        .collect();
    assert_eq!(counted, ["gunmen", "gunmen", "coup", "coup", "coup"], "{hits:#?}");
    assert!(hits.iter().filter(|hit| hit.contains("Terrorists")).all(|hit| hit.contains("|furniture|")), "{hits:#?}");
    let removed = folder.columns(name, &[], "removed.csv", &["rule", "evidence"]);
    assert!(!removed.is_empty());
}

/// Each word of the text stands where its place says.
fn places(read: &Read, source: &str) {
    for article in &read.articles {
        for word in ["gunmen", "Calm", "quarrel", "coup", "Gunmen"] {
            let Some(at) = article.text.find(word) else { continue };
            let (start, end) = article.source(at as u32, (at + word.len()) as u32);
            assert_eq!(&source[start as usize..end as usize], word);
        }
    }
}

fn nexis() -> String {
    let days = [
        "March 4, 2021 Thursday",
        "March 5, 2021 Friday\n                            Late Edition - Final",
        "March 6, 2021 Saturday 9:15 AM GMT",
    ];
    let mut text = String::new();
    for i in 0..3 {
        let (outlet, day, title, body) = (OUTLETS[i].unwrap(), days[i], TITLES[i], BODIES[i]);
        text.push_str(&format!(
            "                               {} of 3 DOCUMENTS\n\n\n                           {outlet}\n\n                            {day}\n\n{title}\n\n\
             BYLINE: Ann Smith\n\nSECTION: NEWS; Pg. {i}\n\nLENGTH: {} words\n\n{body}\n\nLOAD-DATE: March 9, 2021\n\nSUBJECT: Terrorists (90%); \
             COUPS (87%)\n\nLANGUAGE: ENGLISH\n\n         Copyright 2021 {outlet} Ltd\n                             All Rights Reserved\n\n\n",
            i + 1,
            body.split_whitespace().count()
        ));
    }
    text
}

// 03-many-articles-in-one-text-file
#[test]
fn case_03_nexis_documents() {
    let folder = Folder::new("nexis");
    folder.put("nexis.TXT", nexis()).put("crlf.txt", nexis().replace('\n', "\r\n"));
    for name in ["nexis.TXT", "crlf.txt"] {
        let read = folder.read(name);
        expect(&read);
        places(&read, &std::fs::read_to_string(folder.path(name)).unwrap());
        assert!(!read.has("export-count") && !read.has("export-length"), "{:#?}", read.problems);
        counts(&folder, name);
    }
    let columns = folder.columns("nexis.TXT", &[], "articles.csv", &["byline", "section", "load_date", "record"]);
    assert_eq!(columns[1], "Ann Smith|NEWS; Pg. 1|March 9, 2021|32");
    folder.put(
        "short.txt",
        nexis().replace("3 of 3 DOCUMENTS", "3 of 4 DOCUMENTS").replace("LENGTH: 8 words", "LENGTH: 800 words"),
    );
    let read = folder.read("short.txt");
    assert!(read.problem("export-count").found.contains("4 articles; 3 found"));
    assert_eq!(read.problem("export-length").place.line, Some(32));
}

#[test]
fn nexis_uni() {
    let folder = Folder::new("uni");
    let days = ["March 4, 2021 Thursday", "March 5, 2021 Friday", "March 6, 2021"];
    let mut text = String::new();
    for i in 0..3 {
        let (outlet, title, body) = (OUTLETS[i].unwrap(), TITLES[i], BODIES[i]);
        text.push_str(&format!(
            "\nPage 1 of 1\n{title}\n\n{title}\n\n{outlet}\n\n{}\n\nCopyright 2021 {outlet} Ltd All Rights Reserved\n\nSection: NEWS; Pg. 1\nLength: {} words\n\
             Byline: Ann Smith\n\nBody\n\n{body}\n\nClassification\n\nLanguage: ENGLISH\nSubject: Terrorists (90%); COUPS (87%)\nLoad-Date: March 9, 2021\n\n\
             End of Document\n",
            days[i],
            BODIES[i].split_whitespace().count()
        ));
    }
    let text = text
        .replace("Page 1 of 1\nGunmen take the port\n\n", "")
        .replace("Page 1 of 1\nCalm returns\n\n", "")
        .replace("Page 1 of 1\nA coup that was none\n\n", "");
    folder.put("uni.txt", &text);
    let read = folder.read("uni.txt");
    expect(&read);
    places(&read, &text);
    counts(&folder, "uni.txt");
}

#[test]
fn factiva_with_and_without_codes() {
    let folder = Folder::new("factiva");
    let days = ["4 March 2021", "5 March 2021", "6 March 2021"];
    let (mut coded, mut plain, mut page) = (String::new(), String::new(), String::from("<html><body>"));
    for i in 0..3 {
        let (outlet, title, body) = (OUTLETS[i].unwrap(), TITLES[i], BODIES[i].replace("for\nan", "for an"));
        let words = body.split_whitespace().count();
        let (first, rest) = body.split_once(". ").unwrap();
        coded.push_str(&format!(
            "HD\n{title}\nBY\nBy Ann Smith\nWC\n{words} words\nPD\n{}\nSN\n{outlet}\nSC\nECHO\nLA\nEnglish\nCY\n(c) 2021 {outlet} Ltd.\nLP\n{first}.\nTD\n{rest}\n\
             NS\nTerrorists : Coups\nRE\nPortland\nAN\nDocument ECHO000020210304eh340000{i}\n\n",
            days[i]
        ));
        plain.push_str(&format!(
            "{title}\n\nBy Ann Smith\n{words} words\n{}\n{outlet}\nECHO\nEnglish\n(c) 2021 {outlet} Ltd.\n\n{body}\n\nDocument ECHO000020210304eh340000{i}\n\n",
            days[i]
        ));
        let paragraphs: String =
            body.split("\n\n").map(|paragraph| format!("<p class=\"articleParagraph\">{paragraph}</p>")).collect();
        page.push_str(&format!(
            "<div class=\"article\"><div id=\"hd\"><span class=\"enHeadline\">{title}</span></div><div class=\"author\">By Ann Smith</div><div>{words} words</div>\
             <div>{}</div><div>{outlet}</div><div>ECHO</div><div>English</div><div>(c) 2021 {outlet} Ltd.</div>{paragraphs}<p>Document \
             ECHO000020210304eh340000{i}</p></div>\n",
            days[i]
        ));
    }
    page.push_str("</body></html>");
    folder.put("coded.txt", &coded).put("plain.txt", &plain).put("page.html", &page);
    for (name, source) in [("coded.txt", &coded), ("plain.txt", &plain), ("page.html", &page)] {
        let read = folder.read(name);
        expect(&read);
        places(&read, source);
        counts(&folder, name);
    }
}

#[test]
fn proquest_and_europresse() {
    let folder = Folder::new("proquest");
    let (mut proquest, mut europresse) = (String::new(), String::new());
    let days = ["jeudi 4 mars 2021, p. 3", "vendredi 5 mars 2021 - 10:00", "samedi 6 mars 2021"];
    for i in 0..3 {
        let (outlet, title, body) = (OUTLETS[i].unwrap(), TITLES[i], BODIES[i].replace("for\nan", "for an"));
        proquest.push_str(&format!(
            "____________________________________________________________\n\n{title}\n\nAuthor: Smith, Ann\n\nFull text: {body}\n\nSubject: Terrorists; \
             Coups\n\nPublication title: {outlet}\n\nPublication date: Mar {}, 2021\n\nProQuest document ID: 12345{i}\n\n",
            4 + i
        ));
        europresse.push_str(&format!(
            "{outlet}\n{}\n\n{title}\n\n{body}\n\n© 2021 {outlet}. Tous droits réservés.\n\nnews·20210304·HE·000{i}\n\n",
            days[i]
        ));
    }
    proquest.push_str("____________________________________________________________\n");
    folder.put("proquest.txt", &proquest).put("europresse.txt", &europresse);
    for (name, source) in [("proquest.txt", &proquest), ("europresse.txt", &europresse)] {
        let read = folder.read(name);
        expect(&read);
        places(&read, source);
    }
    counts(&folder, "proquest.txt");
}

#[test]
fn a_pattern_splits_any_file_and_a_layout_can_be_added() {
    let folder = Folder::new("split");
    folder.put("t.txt", "Gunmen came.\n### 2\nCalm.\n### 3\nGunmen left.\n");
    let read = folder.read_with("t.txt", &Options { split: Some("^### \\d+".into()), ..Options::default() });
    assert_eq!(read.texts(), ["Gunmen came.\n", "Calm.\n", "Gunmen left.\n"]);
    assert_eq!(read.articles[2].source(0, 6), (31, 37));
    let layout = "name = \"House\"\nmarks = [\"@@\"]\ndetect = ['(?m)^@@$']\nbegins = '^@@$'\nheader = [\"outlet\"]\nbody_after = [\"date\"]\n[labels]\n\"Day\" = \"date\"\n";
    folder
        .put("house.toml", layout)
        .put("h.txt", "@@\nEcho\nDay: 2021-03-04\n\nGunmen came.\n@@\nDawn\nDay: 2021-03-05\n\nCalm.\n");
    let read = folder.read_with("h.txt", &Options { exports: vec![folder.path("house.toml")], ..Options::default() });
    assert_eq!((read.outlets(), read.dates()[1].as_str()), (vec![Some("Echo"), Some("Dawn")], "2021-03-05"));
}
