//! The head of the page, its title, what was counted, how to read it, and its foot.

use super::markup::{Text, several};
use super::{Page, explore, number};
use std::fmt::Write;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The list of stories, where there are any.
pub(super) const STORIES: &str = "stories/index.html";

/// Up to the body.
pub(super) fn head(page: &Page, out: &mut String) {
    shell(&page.program, title(page), out);
}

/// Up to the body of any page. The policy forbids the browser to load anything but scripts of this folder: the sentences.
pub(super) fn shell(program: &str, title: &str, out: &mut String) {
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline' 'self'; img-src data:; base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"generator\" content=\"{}\"/>\n\
         <link rel=\"icon\" href=\"data:,\"/>\n<title>{}</title>\n\
         <style>/*<![CDATA[*/\n{STYLE}/*]]>*/</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n",
        Text(program),
        Text(title),
    );
}

/// What sorts tables and filters rows.
pub(super) fn script() -> String {
    format!("<script>//<![CDATA[\n{SCRIPT}//]]></script>\n")
}

fn title(page: &Page) -> &str {
    if page.title.is_empty() { "A study without a name" } else { &page.title }
}

/// Title, and one line of what was counted.
pub(super) fn header(page: &Page, out: &mut String) {
    let counted = &page.counted;
    let _ = writeln!(
        out,
        "<header>\n<h1>{}</h1>\n<p class=\"lede\">{} of {} · {} · {} in the vocabulary of {} · <a href=\"#problems\">{}</a></p>",
        Text(title(page)),
        several(counted.articles, "article"),
        several(counted.outlets, "outlet"),
        several(counted.words, "word"),
        several(counted.hits, "hit"),
        several(page.frames.len() as u64, "frame"),
        problems(page),
    );
    let left_out: Vec<String> =
        counted.left_out.iter().map(|(what, n)| format!("{} {}", number::count(*n), Text(what))).collect();
    let _ = writeln!(
        out,
        "<p class=\"small\">{} read. Left out of the counts: {}.</p>",
        several(counted.articles_read, "article"),
        if left_out.is_empty() { "nothing".to_string() } else { left_out.join("; ") },
    );
    if !counted.languages.is_empty() {
        let list: Vec<String> =
            counted.languages.iter().map(|(name, n)| format!("{} {}", Text(name), number::count(*n))).collect();
        let _ = writeln!(out, "<p class=\"small\">Articles by language: {}.</p>", list.join(", "));
    }
    if page.files.iter().any(|file| file.name == STORIES) {
        let link = page.link(STORIES);
        let _ = writeln!(out, "<p class=\"small\">Stories that several outlets tell, side by side: {link}.</p>");
    }
    out.push_str("</header>\n");
}

/// The counts of problems, in words.
pub(super) fn problems(page: &Page) -> String {
    let found = &page.problems;
    let kinds = [(found.errors, "error"), (found.warnings, "warning"), (found.notes, "note")];
    let list: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| several(*n, what)).collect();
    if list.is_empty() { "no problems".to_string() } else { list.join(", ") }
}

/// What the numbers mean, and what they do not.
pub(super) fn reading(page: &Page, out: &mut String) {
    let level = Text(&page.level);
    out.push_str("<dl class=\"reading\">\n");
    let mut item = |name: &str, text: &str| {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{text}</dd></div>");
    };
    item(
        "A hit is a word, not a frame",
        "A hit is a place where a word or phrase of a frame’s vocabulary stands. Vocabulary found is not a frame detected: \
         whether a text takes the frame’s view, reports it or mocks it, only reading tells. \
         <a href=\"#sentences\">Read the sentences</a> before you cite a number.",
    );
    if is_unvalidated(page) {
        item(
            "<span class=\"badge un\">UNVALIDATED</span>",
            "Nobody has compared this count with human coding on this corpus: how many hits are false, and how many \
             passages are missed, is not known.",
        );
    }
    item(
        "Rate",
        "Hits per 1,000 words that could have been hits: articles without site furniture and repeated passages, all \
         articles of a group together. The share of articles with at least one hit stands beside it.",
    );
    item(
        &format!("{level} interval"),
        "The article is the unit: words of one article are not independent of each other. A wide interval means that few \
         articles, or a few unusual ones, carry the number.",
    );
    item(
        "q",
        &format!(
            "A p-value, corrected for {} (Benjamini–Hochberg). Among all differences up to a q of .05, at most about \
             5 % are expected to be chance. A large q does not show that two groups are the same.",
            several(page.tests, "comparison")
        ),
    );
    item(
        "Too few articles",
        "What cannot be said is not said: the reason stands where the number would. A missing value is not zero. A rate of \
         0 is a count, of no hits in so many words; it has an upper limit unless a † says that it has no interval.",
    );
    item(
        "Voice",
        "Who says the word: the article itself, somebody it quotes or reports, or nobody in earnest (scare quotes, names \
         and titles); or the word is in quotation marks and no speaker was found. Decided by rule, not by hand.",
    );
    out.push_str("</dl>\n");
    if !page.notes.is_empty() {
        out.push_str("<h3>Of this run</h3>\n<ul>\n");
        for note in &page.notes {
            let _ = writeln!(out, "<li>{}</li>", Text(note));
        }
        out.push_str("</ul>\n");
    }
}

fn is_unvalidated(page: &Page) -> bool {
    page.frames.iter().any(|frame| frame.validation.is_none())
        || page.sentiment.iter().any(|lexicon| lexicon.validation.is_none())
}

/// The end of the page, and the script: everything can be read without it.
pub(super) fn footer(page: &Page, out: &mut String) {
    let _ = write!(
        out,
        "<footer><p class=\"small\">Written by {}. The same inputs give the same bytes; {} holds every setting and the digest \
         of every file.</p></footer>\n{}",
        Text(&page.program),
        page.link("manifest.json"),
        script(),
    );
    explore::script(page, out);
    out.push_str("</body>\n</html>\n");
}
