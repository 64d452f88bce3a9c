//! The title of the page, what was counted, how to read it, and its foot.

use super::markup::{several, validation, with_names};
use super::{Page, number};
use maud::{Markup, html};

/// What sorts tables and filters rows: everything can be read without it.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// The list of stories, where there are any.
pub(super) const STORIES: &str = "stories/index.html";

/// The name of the study.
pub(super) fn title(page: &Page) -> &str {
    if page.title.is_empty() { "A study without a name" } else { &page.title }
}

/// Title, and one line of what was counted.
pub(super) fn header(page: &Page) -> Markup {
    let counted = &page.counted;
    let left_out: Vec<String> =
        counted.left_out.iter().map(|(what, n)| format!("{} {what}", number::count(*n))).collect();
    let left_out = if left_out.is_empty() { "nothing".to_string() } else { left_out.join("; ") };
    let languages: Vec<String> =
        counted.languages.iter().map(|(name, n)| format!("{name} {}", number::count(*n))).collect();
    html! {
        header {
            h1 { (title(page)) }
            p.lede {
                (several(counted.articles, "article")) " from " (several(counted.outlets, "outlet")) " · "
                (several(counted.words, "word")) " · "
                (several(counted.hits, "hit")) " in the vocabulary of " (several(page.frames.len() as u64, "frame")) " · "
                a href="#problems" { (problems(page)) }
            }
            p.small {
                (several(counted.articles_read, "article")) " read. Left out of the counts: " (left_out) "."
            }
            @if !languages.is_empty() { p.small { "Articles by language: " (languages.join(", ")) "." } }
            @if page.has_file(STORIES) {
                p.small { "Stories covered by several outlets, side by side: " (page.link(STORIES)) "." }
            }
        }
    }
}

/// The counts of problems, in words.
pub(super) fn problems(page: &Page) -> String {
    let found = &page.problems;
    let kinds = [(found.errors, "error"), (found.warnings, "warning"), (found.notes, "note")];
    let list: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| several(*n, what)).collect();
    if list.is_empty() { "no problems".to_string() } else { list.join(", ") }
}

/// What the numbers mean, and what they do not.
pub(super) fn reading(page: &Page) -> Markup {
    html! {
        dl.reading {
            (what_is_counted(page))
            (how_sure_it_is(page))
            div {
                dt { "Voice" }
                dd {
                    "Who uses the word: the article itself, or someone whom it quotes or reports; or nobody, where the word is only \
                     mentioned (in scare quotes, names and titles). Words in quotation marks without a known speaker are shown \
                     separately. Voices are assigned by rules, not by hand."
                }
            }
        }
        @if !page.notes.is_empty() {
            h3 { "About this run" }
            ul { @for note in &page.notes { li { (with_names(note)) } } }
        }
    }
}

fn what_is_counted(page: &Page) -> Markup {
    html! {
        div {
            dt { "A hit is a word, not a frame" }
            dd {
                "A hit is a place where a word or phrase of a frame’s vocabulary stands. Vocabulary found is not a frame detected: \
                 whether a text shares the frame’s view, reports it or mocks it, only reading can tell. "
                a href="#sentences" { "Read the sentences" } " before you cite a number."
            }
        }
        @if is_unvalidated(page) {
            div {
                dt { (validation(None)) }
                dd {
                    "Nobody has compared this count with human coding on this corpus: how many hits are false, and how many \
                     passages are missed, is not known."
                }
            }
        }
        div {
            dt { "Rate" }
            dd {
                "Hits per 1,000 words, all articles of a group taken together; boilerplate and repeated passages are left out. \
                 Beside it stands the share of articles with at least one hit."
            }
        }
    }
}

fn how_sure_it_is(page: &Page) -> Markup {
    html! {
        div {
            dt { (page.level) " interval" }
            dd {
                "The article is the unit: words of one article are not independent of each other. A wide interval means that few \
                 articles, or a few unusual ones, decide the number."
            }
        }
        div {
            dt { "q" }
            dd {
                "A p-value, corrected for " (several(page.tests, "comparison")) " (Benjamini–Hochberg). Among all differences up to \
                 a q of .05, at most about 5 % are expected to be chance. A large q does not show that two groups are the same."
            }
        }
        div {
            dt { "Too few articles" }
            dd {
                "Where a number cannot be given, the reason stands in its place. A missing value is not zero. A rate of 0 is a \
                 result: no hits in so many words. It has an upper limit, unless a † says that it has no interval."
            }
        }
    }
}

fn is_unvalidated(page: &Page) -> bool {
    page.frames.iter().any(|frame| frame.validation.is_none())
        || page.sentiment.iter().any(|lexicon| lexicon.validation.is_none())
}

/// The end of the page.
pub(super) fn footer(page: &Page) -> Markup {
    html! {
        footer {
            p.small {
                "Written by " (page.program) ". The same inputs give the same bytes; " (page.link("manifest.json"))
                " holds every setting and the digest of every file."
            }
        }
    }
}
