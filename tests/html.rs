//! The page of a run: well-formed, escaped, alone, honest about what is missing.

#![allow(clippy::expect_used, clippy::panic, clippy::redundant_clone, clippy::unwrap_used)]

#[path = "html/budget.rs"]
mod budget;
#[path = "html/given.rs"]
mod given;
#[path = "html/numbers.rs"]
mod numbers;
#[path = "html/pages.rs"]
mod pages;

use framescope::report::html::{Cell, Example, Frame, Group, Page, Voice};
use given::{Texts, cell, file, full, measure, small, versus};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

const STYLE: &str = include_str!("../src/report/html/style.css");
const SCRIPT: &str = include_str!("../src/report/html/script.js");
const EXPLORE: &str = include_str!("../src/report/html/explore.js");

/// Elements that HTML never closes.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// A page as XML reads it: its void elements closed. The text is kept for as long as the tests run, so that callers need not keep it.
pub fn parse(html: &str) -> Document<'static> {
    let mut parts = html.split('<');
    let mut xml = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let name = part.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let part = if VOID.contains(&name) { part.replacen('>', "/>", 1) } else { part.to_string() };
        xml.extend(["<", &part]);
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(Box::leak(xml.into_boxed_str()), options).expect("the page is well-formed")
}

fn elements<'a>(page: &'a Document<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    page.descendants().filter(move |node| node.tag_name().name() == name)
}

fn by_id<'a>(page: &'a Document<'a>, id: &str) -> Node<'a, 'a> {
    page.descendants().find(|node| node.attribute("id") == Some(id)).unwrap_or_else(|| panic!("no element {id}"))
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split(' ').any(|own| own == class))
}

/// All text below a node, with single spaces, and one between blocks.
fn text(node: Node<'_, '_>) -> String {
    let mut all = String::new();
    for below in node.descendants() {
        let is_block = ["td", "th", "tr", "div", "p", "li", "dt", "dd", "caption"].contains(&below.tag_name().name());
        if is_block {
            all.push(' ');
        }
        all.push_str(below.text().filter(|_| below.is_text()).unwrap_or_default());
    }
    all.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page without style and script.
fn body(html: &str) -> &str {
    let from = html.find("<body>").expect("a body");
    &html[from..html.find("<script>").expect("a script")]
}

#[test]
fn the_page_is_html_and_with_its_void_elements_closed_xml() {
    let html = full(&mut Texts::default()).html();
    assert!(html.starts_with("<!DOCTYPE html><html "));
    let page = parse(&html);
    for node in page.descendants().filter(Node::is_element) {
        let source = &page.input_text()[node.range()];
        let drawing = node.ancestors().any(|above| above.tag_name().name() == "svg");
        // an HTML parser reads `<p/>` as `<p>`
        let is_self_closed = source.ends_with("/>");
        assert!(drawing || is_self_closed == VOID.contains(&node.tag_name().name()), "{source}");
    }
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let html = Page::default().html();
    let page = parse(&html);
    assert_eq!(elements(&page, "h1").count(), 1);
    assert!(!body(&html).contains("NaN"));
}

#[test]
fn every_text_arrives_as_text_whatever_it_holds() {
    let mut texts = Texts::default();
    let html = full(&mut texts).html();
    let page = parse(&html);
    assert_eq!(elements(&page, "nasty").count(), 0);
    let is_data = |node: &Node<'_, '_>| node.attribute("type") == Some("application/json");
    assert_eq!(elements(&page, "script").filter(|node| !is_data(node)).count(), 2);
    assert_eq!(elements(&page, "script").filter(is_data).count(), 2);
    for data in elements(&page, "script").filter(is_data) {
        let data = data.text().unwrap_or_default();
        assert!(!data.contains(['<', '>', '&']), "a mark that HTML reads: {data}");
        assert!(serde_json::from_str::<serde_json::Value>(data).is_ok(), "{data}");
    }
    let mut shown = String::new();
    for node in page.descendants() {
        let name = node.parent().map(|parent| parent.tag_name().name().to_string()).unwrap_or_default();
        if node.is_text() {
            let is_ours = ["script", "style"].contains(&name.as_str());
            let is_data = node.parent().is_some_and(|parent| is_data(&parent));
            assert!(!is_ours || is_data || !node.text().unwrap_or_default().contains("nasty"), "data in {name}");
            shown.push_str(node.text().unwrap_or_default());
        }
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "a handler");
            shown.push('\n');
            shown.push_str(attribute.value());
        }
    }
    let mut lost = texts.given.clone();
    lost.retain(|text| !shown.contains(text.as_str()));
    assert!(lost.is_empty(), "not on the page: {lost:?}");
}

#[test]
fn characters_that_xml_forbids_are_replaced() {
    let mut page = small(Cell::default());
    page.title = "a\u{0}b\u{b}c\u{1f}d\u{fffe}e\u{85}f\r\n\tg \u{1f600}".to_string();
    let html = page.html();
    let page = parse(&html);
    let title = elements(&page, "h1").next().and_then(|h1| h1.text()).unwrap_or_default();
    assert_eq!(title, "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f \n\tg \u{1f600}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let page = full(&mut Texts::default());
    assert_eq!(page.html(), page.clone().html());
    assert_eq!(page.html(), full(&mut Texts::default()).html());
}

#[test]
fn every_id_is_unique_and_every_anchor_leads_somewhere() {
    let html = full(&mut Texts::default()).html();
    let page = parse(&html);
    let mut ids = BTreeSet::new();
    for id in page.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "twice: {id}");
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{id}");
    }
    // frames whose names would give the same anchor, and one without a Latin letter
    assert!(["frame-_1", "frame-_2", "frame-_1_1", "frame-_1_2"].iter().all(|id| ids.contains(id)), "{ids:?}");
    let mut links = 0;
    for node in page.descendants() {
        let named = [node.attribute("aria-labelledby"), node.attribute("for")];
        let href = node.attribute("href").and_then(|href| href.strip_prefix('#'));
        for target in named.into_iter().flatten().flat_map(str::split_whitespace).chain(href) {
            links += 1;
            assert!(ids.contains(target), "no element {target}");
        }
    }
    assert!(links > 30);
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    let html = full(&mut Texts::default()).html();
    let page = parse(&html);
    for node in page.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            let loads = ["src", "srcset", "data", "poster", "action", "background", "ping"];
            assert!(!loads.contains(&attribute.name()), "{} of {}", attribute.name(), node.tag_name().name());
            assert!(
                !attribute.value().contains("http:") && !attribute.value().contains("https:"),
                "{}",
                attribute.value()
            );
            assert!(!attribute.value().contains("javascript:"));
        }
        let is_link = node.tag_name().name() == "link";
        assert!(!is_link || node.attribute("href") == Some("data:,"));
        assert!(!["iframe", "object", "embed", "img", "base", "audio", "video"].contains(&node.tag_name().name()));
    }
    // what is left are the names of the two namespaces
    assert_eq!(
        html.matches("http").count(),
        html.matches("=\"http://www.w3.org/").count()
            + html.matches("http-equiv").count()
            + EXPLORE.matches("http").count()
    );
    for word in ["url(", "@import", "@font-face", "http"] {
        assert!(!STYLE.contains(word), "{word}");
    }
    for word in ["fetch", "XMLHttp", "WebSocket", "import", "eval", "innerHTML", "Storage", "cookie", "Date", "http"] {
        assert!(!SCRIPT.contains(word), "{word}");
        assert!(word == "http" || !EXPLORE.contains(word), "{word}");
    }
    // what the second script loads lies in the folder of the page, and an address of the web is only ever a link
    assert_eq!(EXPLORE.matches("http").count(), 1);
    assert!(EXPLORE.contains("/^https?:\\/\\//i"));
    assert!(html.contains("Content-Security-Policy\" content=\"default-src 'none';"));
    assert!(html.contains("font-src data:"));
}

#[test]
fn a_link_to_a_file_is_only_set_when_the_run_wrote_it() {
    let whole = full(&mut Texts::default());
    for files in [whole.files.clone(), vec![file("hits.csv")], Vec::new()] {
        let mut page = whole.clone();
        page.files = files;
        let html = page.html();
        let known: BTreeSet<&str> = page.files.iter().map(|file| file.name.as_str()).collect();
        let mut linked = BTreeSet::new();
        for link in
            elements(&parse(&html), "a").filter_map(|a| a.attribute("href")).filter(|href| !href.starts_with('#'))
        {
            let name = decoded(link);
            assert!(known.contains(name.as_str()), "{link} is no file of this run");
            assert!(!link.contains([':', '#', '?', ' ']), "{link} is no plain path");
            linked.insert(name);
        }
        assert_eq!(linked.len(), known.len(), "every file of the list has its link");
        assert!(html.contains("charts/frames.svg"), "the name stands there all the same");
    }
}

fn decoded(link: &str) -> String {
    let mut parts = link.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hexadecimal digits"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_number_leads_to_its_sentences_and_they_to_the_file_and_the_lexicon() {
    let hit = Example {
        outlet: "Eastern".to_string(),
        left: "he told the nation that “".to_string(),
        surface: "terrorist".to_string(),
        right: "” bands were near".to_string(),
        voice: "own".to_string(),
        flags: vec!["headline".to_string()],
        file: "08.txt".to_string(),
        byte_start: 711,
        byte_end: 720,
        entry: "terrorist".to_string(),
        entry_at: "framing.toml:47".to_string(),
        ..Example::default()
    };
    let html = small(Cell { hits: 13, rate: measure(3.0, 1.0..=5.0), examples: vec![hit], ..Cell::default() }).html();
    let page = parse(&html);
    let number = elements(&page, "a").find(|a| has_class(*a, "t")).and_then(|a| a.attribute("href"));
    assert_eq!(number, Some("#frame-coup_1"));
    let heading = by_id(&page, "frame-coup_1");
    assert_eq!(text(heading), "Eastern 1 of 13 hits, drawn at random");
    let line = heading.parent().and_then(|section| section.descendants().find(|node| node.tag_name().name() == "li"));
    assert_eq!(
        line.map(text).unwrap_or_default(),
        "he told the nation that “terrorist” bands were near own voice headline no date · 08.txt:711–720 · entry “terrorist” framing.toml:47"
    );
}

#[test]
fn words_stand_close_to_their_marks_only() {
    let joined = |left: &str, right: &str| {
        let hit = Example {
            left: left.to_string(),
            surface: "X".to_string(),
            right: right.to_string(),
            ..Example::default()
        };
        let html = small(Cell { examples: vec![hit], ..Cell::default() }).html();
        let page = parse(&html);
        let line = elements(&page, "mark").next().and_then(|mark| mark.parent()).map(text);
        line.unwrap_or_default()
    };
    for (left, right, expected) in [
        ("of", "and", "of X and"),
        ("the “", "”, he said", "the “X”, he said"),
        ("the \"", "\"", "the \"X\""),
        ("said \"no\"", "and", "said \"no\" X and"),
        ("counter-", "-led", "counter-X-led"),
        ("(", ").", "(X)."),
        ("", "", "X"),
    ] {
        assert_eq!(joined(left, right), expected);
    }
}

#[test]
fn what_nobody_validated_says_so() {
    let mut page = full(&mut Texts::default());
    assert!(!page.html().contains("UNVALIDATED"));
    page.frames[1].validation = None;
    page.sentiment[0].validation = None;
    let html = page.html();
    let parsed = parse(&html);
    let badges = elements(&parsed, "span").filter(|span| has_class(*span, "un")).count();
    assert_eq!(badges, 4, "the frame, a finding of it, the lexicon, and what the word means");
    assert!(text(by_id(&parsed, "reading")).contains("Vocabulary found is not a frame detected"));
}

#[test]
fn a_screen_reader_finds_its_way() {
    let mut whole = full(&mut Texts::default());
    whole.groups[0].cells[0].examples[0].language = "ar".to_string();
    let html = whole.html();
    let page = parse(&html);
    assert_eq!(page.root_element().attribute("lang"), Some("en"));
    let regions: Vec<&str> = page.descendants().filter_map(|node| node.attribute("aria-label")).collect();
    assert_eq!(regions.iter().collect::<BTreeSet<_>>().len(), regions.len(), "two regions of one name: {regions:?}");
    for landmark in ["header", "nav", "main", "footer", "h1", "title"] {
        assert_eq!(elements(&page, landmark).count(), 1, "{landmark}");
    }
    for table in elements(&page, "table") {
        assert!(table.children().any(|child| child.tag_name().name() == "caption" && !text(child).is_empty()));
        let width: Vec<usize> = table
            .descendants()
            .filter(|node| node.tag_name().name() == "tr" && !has_class(*node, "under"))
            .map(|row| row.children().filter(Node::is_element).count())
            .collect();
        assert!(width.iter().all(|cells| *cells == width[0]), "{width:?}");
    }
    assert!(elements(&page, "th").all(|th| matches!(th.attribute("scope"), Some("col" | "row"))));
    assert!(elements(&page, "figure").all(|f| f.children().any(|child| child.tag_name().name() == "figcaption")));
    assert!(elements(&page, "input").all(|input| input.ancestors().any(|above| above.tag_name().name() == "label")));
    let mut level = 0;
    for heading in page.descendants().filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse::<u8>().ok()) {
        assert!(heading <= level + 1, "h{heading} after h{level}");
        level = heading;
    }
    let scrolls = page.descendants().filter(|node| has_class(*node, "scroll"));
    assert!(
        scrolls
            .into_iter()
            .all(|node| node.attribute("tabindex") == Some("0") && node.attribute("aria-label").is_some())
    );
    assert_eq!(page.descendants().filter(|node| node.attribute("dir") == Some("rtl")).count(), 1);
}

#[test]
fn all_text_has_contrast_enough_in_light_and_dark() {
    let schemes: Vec<&str> =
        STYLE.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect();
    assert_eq!(schemes.len(), 3, "light, dark, paper");
    for scheme in schemes {
        let colour = |name: &str| {
            let value = scheme.split(&format!("--{name}: #")).nth(1).and_then(|rest| rest.split(';').next());
            luminance(value.unwrap_or_else(|| panic!("no {name}")))
        };
        let pairs = [
            ("text", "page"),
            ("soft", "page"),
            ("link", "page"),
            ("warn", "page"),
            ("text", "band"),
            ("soft", "band"),
            ("text", "mark"),
            ("page", "text"),
            ("page", "soft"),
        ];
        for (front, back) in pairs {
            let (a, b) = (colour(front), colour(back));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{front} on {back}: {contrast:.2}");
        }
    }
}

/// Relative luminance (WCAG 2) of `fdfdfb` or `fff`.
fn luminance(hex: &str) -> f64 {
    let wide = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_string() };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn a_large_study_stays_small_enough_to_open() {
    let hit = |outlet: &str| Example {
        outlet: outlet.to_string(),
        date: "2022-01-06".to_string(),
        language: "en".to_string(),
        left: "The airport was seized late in the evening by".to_string(),
        surface: "terrorists".to_string(),
        right: "who had come from abroad, and remained in their hands".to_string(),
        voice: "own".to_string(),
        flags: vec!["lead".to_string()],
        file: "06-eastern-airport-agency.txt".to_string(),
        byte_start: 1_145,
        byte_end: 1_155,
        entry: "terrorist".to_string(),
        entry_at: "lexicons/framing-en.toml:47".to_string(),
    };
    let mut page = full(&mut Texts::default());
    page.voices = ["own voice", "attributed", "quoted", "scare quotes", "mentioned"]
        .map(|label| Voice { name: label.replace(" voice", ""), label: label.to_string() })
        .to_vec();
    let plain = |name: String| Frame { label: format!("Frame {name}"), name, ..Frame::default() };
    page.frames = (0..12).map(|f| plain(format!("frame-{f}"))).collect();
    page.groups = (0..25)
        .map(|g| {
            let label = format!("The Eastern Standard {g}");
            let q = versus(measure(1.39187, 0.659292..=2.12444), Some(0.01056));
            let mut cell = cell(&mut Texts::default(), q);
            cell.examples = (0..10).map(|_| hit(&label)).collect();
            Group { label, articles: 10, words: 3_271, cells: vec![cell; 12] }
        })
        .collect();
    let size = page.html().len();
    assert!(size < 1_500_000, "{size} bytes");
    assert!(SCRIPT.lines().count() < 200);
    for ours in [SCRIPT, EXPLORE, STYLE] {
        assert!(!ours.contains("]]>") && !ours.contains("</"));
    }
}
