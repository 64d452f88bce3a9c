//! The pages beside the page of a run: stories, the list of them, and what changed.

use super::given::Texts;
use super::{elements, parse};
use framescope::report::html::{
    Changed, Changes, GroupWords, Rows, Sentence, StoryColumn, StoryFrame, StoryLink, StoryPage, story_index,
};

fn story(next: &mut dyn FnMut() -> String) -> StoryPage {
    let frame = StoryFrame { name: next(), voices: vec![("own", 3)], sentences: vec![[next(), next(), next()]] };
    let column = StoryColumn {
        outlet: next(),
        articles: vec![[next(), next(), next()], [next(), String::new(), next()]],
        words: 1,
        frames: vec![frame],
        more_frames: 2,
        labels: vec![(next(), 2)],
        sources: vec![(next(), 3)],
    };
    StoryPage {
        program: next(),
        number: 7,
        title: next(),
        days: next(),
        words: vec![next(), next()],
        telling: vec![GroupWords { group: next(), words: vec![(next(), 4, 2)] }],
        columns: vec![column],
    }
}

fn list(next: &mut dyn FnMut() -> String) -> String {
    let link = |next: &mut dyn FnMut() -> String, has_page| StoryLink {
        number: 1,
        title: next(),
        days: next(),
        dates: [next(), next()],
        articles: 5,
        outlets: vec![next(), next()],
        frames: vec![next(), next()],
        more_frames: 3,
        words: vec![next()],
        has_page,
    };
    let links = [link(next, true), link(next, false)];
    story_index(&next(), &links)
}

fn changes(next: &mut dyn FnMut() -> String) -> Changes {
    let table = Rows {
        caption: next(),
        header: vec![(next(), false), (next(), true)],
        rows: vec![vec![next(), next()], vec![next(), next()]],
    };
    let sentence = Sentence { what: next(), left: next(), surface: next(), right: next(), about: next() };
    let chapter = Changed {
        anchor: "one",
        heading: next(),
        paragraphs: vec![next()],
        svg: "<svg><path d=\"m0 0\"/></svg>".to_string(),
        table: Some(table),
        sentences: vec![sentence],
    };
    Changes { title: next(), program: next(), lede: vec![next(), next()], chapters: vec![chapter] }
}

/// Every page, its texts by `next`.
fn pages(next: &mut dyn FnMut() -> String) -> [String; 3] {
    [story(next).html(), list(next), changes(next).html()]
}

#[test]
fn every_text_of_every_page_arrives_as_text() {
    let mut texts = Texts::default();
    let pages = pages(&mut || texts.next());
    let mut shown = String::new();
    for html in &pages {
        let page = parse(html);
        assert_eq!(elements(&page, "nasty").count(), 0);
        for node in page.descendants() {
            shown.push_str(node.text().filter(|_| node.is_text()).unwrap_or_default());
            node.attributes().for_each(|attribute| shown.extend(["\n", attribute.value()]));
        }
    }
    let mut lost = texts.given;
    lost.retain(|text| !shown.contains(text.as_str()));
    assert!(lost.is_empty(), "on no page: {lost:?}");
}

#[test]
fn no_page_holds_a_character_that_xml_forbids() {
    for html in pages(&mut || "a\u{0}b\u{7f}c\u{85}d\u{fffe}e\u{ffff}f\rg\u{1b}".to_string()) {
        let forbidden = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
        assert_eq!(html.matches(forbidden).count(), 0);
        assert!(html.matches("a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f g\u{fffd}").count() > 10);
        parse(&html);
    }
}
