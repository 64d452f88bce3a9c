//! Downloads of databases as they really come: with style sheets, covers, sections, certificates, in other languages.

use super::{Folder, Read};

const OUTLETS: [&str; 3] = ["Harbour Echo", "The Dawn", "Evening Post"];
const TITLES: [&str; 3] = ["Gunmen take the port", "Calm returns", "A coup that was none"];
const BODIES: [&str; 3] = [
    "The gunmen came to the harbour before the sun was up.",
    "Ships left the quay again in the evening.",
    "Nobody had planned a coup, the police said.",
];
const DATES: [&str; 3] = ["2021-03-04", "2021-03-05", "2021-03-06"];

fn titles(read: &Read) -> Vec<&str> {
    read.articles.iter().map(|article| article.title.as_str()).collect()
}

fn expect(read: &Read, name: &str) {
    assert_eq!(titles(read), TITLES, "{name}: {:#?}", read.problems);
    assert_eq!(read.outlets(), OUTLETS.map(Some), "{name}");
    assert_eq!(read.dates(), DATES, "{name}");
}

/// The surfaces of the hits that count, in their order, each with its position.
fn counted(folder: &Folder, name: &str) -> Vec<String> {
    let hits = folder.columns(name, &[], "hits.csv", &["surface", "counted", "position"]);
    let counted = hits.iter().filter(|hit| hit.contains("|yes|"));
    let mut counted: Vec<String> =
        counted.map(|hit| hit.replace("|yes|", " ").replace("lead", "body").to_lowercase()).collect();
    counted.sort();
    counted
}

const COUNTED: [&str; 4] = ["coup body", "coup headline", "gunmen body", "gunmen headline"];

/// A text of Factiva; `section` stands above each title.
fn factiva(section: &str, code: &str) -> String {
    (0..3)
        .map(|i| {
            format!(
                "{section}{}\nAnn Smith\n{} words\n{} March 2021\n{}\n{code}\nEnglish\n(c) 2021 {}\n\n{}\n\nDocument {code}000020210304eh340000{i}\n\n",
                TITLES[i], BODIES[i].split_whitespace().count(), i + 4, OUTLETS[i], OUTLETS[i], BODIES[i]
            )
        })
        .collect()
}

/// A page of Factiva, with the line of the section in an element above that of the title.
fn factiva_page(section: &str, styles: usize) -> String {
    let article = |i: usize| {
        format!(
            "<div class=\"article\"><div>{section}</div><div id=\"hd\"><span class=\"enHeadline\">{}</span></div><div>Ann Smith</div><div>{} words</div>\
             <div>{} March 2021</div><div>{}</div><div>ECHO</div><div>Late Edition - Final</div><div>24</div><div>English</div><div>(c) 2021 {}</div>\
             <p class=\"articleParagraph\">{}</p><p>Document ECHO000020210304eh340000{i}</p></div>\n",
            TITLES[i],
            BODIES[i].split_whitespace().count(),
            i + 4,
            OUTLETS[i],
            OUTLETS[i],
            BODIES[i]
        )
    };
    let style = "p.x { margin: 0 }\n".repeat(styles);
    format!(
        "<!DOCTYPE html><html><head><title>Factiva</title><style>{style}</style></head><body><div>Factiva</div>{}</body></html>",
        (0..3).map(article).collect::<String>()
    )
}

#[test]
fn an_export_is_seen_behind_styles_covers_and_a_long_first_article() {
    let folder = Folder::new("downloads-long");
    folder.put("styles.html", factiva_page("News", 12_000));
    expect(&folder.read("styles.html"), "styles.html");
    let long = format!("{}\n\n", "The quay was quiet and no ship came in. ".repeat(2_500));
    let text = factiva("", "ECHO").replacen(BODIES[0], &format!("{}\n\n{long}", BODIES[0]), 1);
    folder.put("long.txt", text);
    expect(&folder.read("long.txt"), "long.txt");
    let one = format!("Port calm\n\n{long}");
    folder.put("one.txt", &one);
    assert_eq!(folder.read("one.txt").texts(), [one.as_str()], "a long article is one");
}

#[test]
fn a_section_above_the_title_is_no_title() {
    let folder = Folder::new("downloads-section");
    folder
        .put("page.html", factiva_page("Foreign Desk; A", 0))
        .put("known.txt", factiva("News\n", "ECHO"))
        .put("recurs.txt", factiva("Beach and Bay\n", "ECHO"))
        .put("none.txt", factiva("", "ECHO"));
    for name in ["page.html", "known.txt", "recurs.txt", "none.txt"] {
        expect(&folder.read(name), name);
        assert_eq!(counted(&folder, name), COUNTED, "{name}");
        let bylines = folder.columns(name, &[], "articles.csv", &["byline", "section"]);
        assert!(bylines.iter().all(|row| row.starts_with("Ann Smith|")), "{name}: {bylines:?}");
    }
    let sections = folder.columns("known.txt", &[], "articles.csv", &["section"]);
    assert_eq!(sections, ["News"; 3]);
}

#[test]
fn a_code_of_two_letters_is_no_language() {
    let folder = Folder::new("downloads-code");
    folder.put("f.txt", factiva("", "DJ"));
    let read = folder.read("f.txt");
    expect(&read, "f.txt");
    let languages: Vec<String> = read.articles.iter().filter_map(|a| a.language.map(|l| l.to_string())).collect();
    assert_eq!(languages, ["en"; 3]);
    let end =
        "Search Summary\nText\tgunmen or coup\nDate\tIn the last year\nSource\tAll Sources\n© 2021 Factiva, Inc.\n";
    folder.put("summary.txt", factiva("", "DJ") + end);
    let read = folder.read("summary.txt");
    assert!(read.articles.len() == 3 && !read.has("export-rest"), "{:#?}", read.problems);
}

#[test]
fn codes_in_a_page_stand_before_other_spaces() {
    let folder = Folder::new("downloads-codes");
    let row = |code: &str, value: &str| format!("<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>");
    let article = |i: usize| {
        let rows = [
            row("SE", "News Desk"),
            row("HD", &format!("<span class=\"enHeadline\">{}</span>", TITLES[i])),
            row("BY", "Ann Smith"),
            row("WC", "10 words"),
            row("PD", &format!("{} March 2021", i + 4)),
            row("SN", OUTLETS[i]),
            row("SC", "ECHO"),
            row("LA", "English"),
            row("LP", &format!("<p>{}</p>", BODIES[i])),
            row("NS", "gcoup : Coups | gunmen : Gunmen"),
            row("AN", &format!("Document ECHO000020210304eh340000{i}")),
        ];
        format!("<div class=\"article\"><table>{}</table></div>", rows.concat())
    };
    folder.put(
        "f.html",
        format!("<html><body><div>Factiva</div>{}</body></html>", (0..3).map(article).collect::<String>()),
    );
    let read = folder.read("f.html");
    expect(&read, "f.html");
    assert_eq!(counted(&folder, "f.html"), COUNTED);
    assert_eq!(read.articles[0].language.map(|language| language.to_string()).as_deref(), Some("en"));
}

/// A text of LexisNexis; `below` are lines in the middle, right below the day, and `name` right below the outlet.
fn lexisnexis(below: &str, name: &str) -> String {
    let story = |i: usize| {
        format!(
            "                    {} of 3 DOCUMENTS\n\n\n                    {}\n{name}\n                    March {}, 2021\n{below}\n{}\n\nBYLINE: Ann Smith\n\n\
             LENGTH: {} words\n\n{}\n\nLOAD-DATE: March 9, 2021\n\nLANGUAGE: ENGLISH\n\n",
            i + 1,
            OUTLETS[i],
            i + 4,
            TITLES[i],
            BODIES[i].split_whitespace().count(),
            BODIES[i]
        )
    };
    (0..3).map(story).collect()
}

#[test]
fn lines_below_the_day_or_the_outlet_are_no_title() {
    let folder = Folder::new("downloads-edition");
    let centred = |line: &str| format!("                       {line}\n");
    for (n, below, name) in [
        (1, centred("Edition 1;") + &centred("Scotland"), String::new()),
        (2, centred("3 Star Edition"), String::new()),
        (3, centred("Correction Appended") + &centred("Late Edition - Final"), String::new()),
        (4, String::new(), centred("Supplied by the Monitors of the Coast")),
        (5, "\nCorrection Appended\n".to_string(), String::new()),
        (6, "\n2 Star Edition\n".to_string(), String::new()),
    ] {
        let file = format!("{n}.txt");
        folder.put(&file, lexisnexis(&below, &name));
        expect(&folder.read(&file), &file);
        assert_eq!(counted(&folder, &file), COUNTED, "{file}");
    }
    let two = lexisnexis("", "").replacen(TITLES[0], &format!("{}\n\nA night on the quay", TITLES[0]), 1);
    folder.put("two.txt", two);
    let read = folder.read("two.txt");
    assert!(read.problem("export-lines").found.contains("first `A night on the quay`"), "what is in no column is told");
}

/// A download of Nexis Uni; `cover` stands before the articles, and `gap` between title, outlet and day.
fn nexis_uni(cover: &str, gap: &str) -> String {
    let story = |i: usize| {
        format!(
            "{}{gap}{}{gap}March {}, 2021 Thursday\n\nCopyright 2021 {} All Rights Reserved\nSection: NEWS; Pg. 1\nLength: {} words\nByline: Ann Smith\n\nBody\n\n{}\n\n\
             Classification\n\nLanguage: ENGLISH\nSubject: COUPS (78%); GUNMEN (60%)\nLoad-Date: March 9, 2021\n\nEnd of Document\n\n",
            TITLES[i],
            OUTLETS[i],
            i + 4,
            OUTLETS[i],
            BODIES[i].split_whitespace().count(),
            BODIES[i]
        )
    };
    format!("{cover}{}", (0..3).map(story).collect::<String>())
}

#[test]
fn a_cover_page_gives_no_article_its_outlet_and_title() {
    let folder = Folder::new("downloads-cover");
    let entry = |i: usize| {
        format!(
            "{}. {}\n\nClient/Matter: -None-\n\nSearch Terms: gunmen or coup\n\nNarrowed by:\n\nContent Type\n\nNarrowed by\n\nNews\n\nSources: Harbour Echo,The Dawn; \
             Timeline: Jan 01, 2021 to Dec 31, 2021\n\n",
            i + 1,
            TITLES[i]
        )
    };
    let cover =
        format!("Date and Time: Sunday, June 9, 2021\n\nDocuments (3)\n\n{}", (0..3).map(entry).collect::<String>());
    for (name, cover, gap) in [
        ("plain.txt", "", "\n\n"),
        ("cover.txt", &*cover, "\n\n"),
        ("tight.txt", "", "\n"),
        ("both.txt", &*cover, "\n"),
    ] {
        folder.put(name, nexis_uni(cover, gap));
        expect(&folder.read(name), name);
        assert_eq!(counted(&folder, name), COUNTED, "{name}");
    }
    // a title of two lines
    folder.put("two.txt", nexis_uni("", "\n\n").replace("Gunmen take the port", "Gunmen take\nthe port"));
    assert_eq!(folder.read("two.txt").articles[0].title, TITLES[0]);
}

#[test]
fn a_certificate_is_no_article() {
    let folder = Folder::new("downloads-certificate");
    let day = ["jeudi ", "vendredi ", "samedi "];
    let article = |i: usize| {
        format!(
            "<table><tr><td><span class=\"DocPublicationName\">{}, no. 2380{i}</span><br><span class=\"DocHeader\">International, </span><span class=\"DocHeader\">{}</span>\
             <span class=\"DocHeader\">{} mars 2021</span><br><br><span class=\"TitreArticleVisu\">{}</span><br><br>{}<p></p><b><i>© 2021 {}. Tous droits réservés.</i></b><p></p>\
             Numéro de document : news·20210305·LM·321004{i}<br><br><table><tr><td>news·20210305·LM·321004{i}</td></tr><tr><td>Ce certificat est émis à <b>Université</b> à \
             des fins de visualisation.</td></tr><tr><td>Date d'émission : <b>2021-10-05</b></td></tr><tr><td>Le présent document est protégé par les lois sur le coup.</td>\
             </tr></table></td></tr></table>",
            OUTLETS[i],
            day[i],
            i + 4,
            TITLES[i],
            BODIES[i],
            OUTLETS[i]
        )
    };
    folder.put("e.html", format!("<html><head></head><body>{}</body></html>", (0..3).map(article).collect::<String>()));
    let read = folder.read("e.html");
    expect(&read, "e.html");
    assert!(!read.has("export-rest"), "{:#?}", read.problems);
    assert_eq!(counted(&folder, "e.html"), COUNTED);
}

#[test]
fn index_terms_of_any_language_are_no_text_and_a_label_in_the_text_is() {
    let folder = Folder::new("downloads-index");
    let story = |i: usize| {
        format!(
            "          {} de 3 DOCUMENTS\n\n          {}\n\n          {} mars 2021\n\n{}\n\nAUTEUR: Anne Roe\n\nLONGUEUR: {} mots\n\n{}\n\nORGANISATION: MILITANT UNITED\n\n\
             SUJET: COUP D'ÉTAT (87%); TERRORIST ATTACKS (85%)\n\nTHÉMATIQUE: COUP (80%)\n\nDATE-CHARGEMENT: 9 mars 2021\n\n",
            i + 1,
            OUTLETS[i],
            i + 4,
            TITLES[i],
            BODIES[i].split_whitespace().count(),
            BODIES[i]
        )
    };
    folder.put("n.txt", (0..3).map(story).collect::<String>());
    expect(&folder.read("n.txt"), "n.txt");
    assert_eq!(counted(&folder, "n.txt"), COUNTED);
    let rule = "____________________________________________________________\n\n";
    let story = |i: usize| {
        format!(
            "{rule}{}\n\nAuthor: Smith, Ann\n\nFull text: The port was closed on that morning.\n\nLocation: the town hall, at eight.\n\n{}\n\nSubject: Coups; Gunmen\n\n\
             Location: Portland\n\nPublication title: {}\n\nPublication date: Mar {}, 2021\n\nProQuest document ID: 12345{i}\n\n",
            TITLES[i],
            BODIES[i],
            OUTLETS[i],
            i + 4
        )
    };
    let cover = format!(
        "{rule}Report Information from ProQuest\nMarch 13 2021 17:05\n{rule}Table of contents\n\n1. Gunmen take the port\n"
    );
    let end = format!("{rule}Contact ProQuest\n\nCopyright 2021. All rights reserved.\n");
    folder.put("p.txt", cover + &(0..3).map(story).collect::<String>() + &end);
    let read = folder.read("p.txt");
    expect(&read, "p.txt");
    assert_eq!(counted(&folder, "p.txt"), COUNTED);
    assert!(!read.has("export-rest") || read.problem("export-rest").severity == framescope::error::Severity::Note);
}
