//! Key words: what each group says more and less than it is compared with. Only where a study asks.

use super::markup::{capital, table};
use super::{KeyWord, Page, number};
use maud::{Markup, html};

/// Below this q a word is set in bold.
const FINDING: f64 = 0.05;

/// The table.
pub(super) fn keyness(page: &Page) -> Markup {
    let caption = html! { "Words that differ most. All words and every score: " (page.link("keyness.csv")) };
    let rows = html! {
        thead {
            tr {
                th scope="col" { (capital(&page.grouping())) }
                th scope="col" { "More often here" }
                th scope="col" { "Less often here" }
            }
        }
        tbody {
            @for (comparison, group) in page.keyness.iter().enumerate() {
                tr data-g=(group.label) {
                    th scope="row" { (group.label) " " small { "against " (group.against) } }
                    td { (words(&group.more, |word| anchor(comparison, false, word))) }
                    td { (words(&group.less, |word| anchor(comparison, true, word))) }
                }
            }
        }
    };
    html! {
        p {
            "Ranked by a score that treats words as independent, so the rank is no test. " b { "Bold" } ": articles exchanged at random \
             between the two sides seldom differ as much (q below .05). Beside each word: how often it occurs in the group, and in \
             what the group is compared with. Function words, reporting verbs and house style are grey. One article can make a \
             word a key word: read the articles."
        }
        (table("Key words", "tall", caption, &rows))
        @if !page.keyness_notes.is_empty() { p.small { (page.keyness_notes) } }
    }
}

/// Where a word stands on the page.
pub(super) fn anchor(comparison: usize, is_less: bool, word: usize) -> String {
    format!("key-{comparison}-{}-{word}", if is_less { "less" } else { "more" })
}

fn words(words: &[KeyWord], anchor: impl Fn(usize) -> String) -> Markup {
    html! {
        @if words.is_empty() { small { "none" } }
        @for (place, word) in words.iter().enumerate() {
            @if place > 0 { ", " }
            span id=(anchor(place)) class=[word.is_weak.then_some("weak")] {
                @if word.q.is_some_and(|q| q < FINDING) { b { (word.word) } } @else { (word.word) }
                " " small { (number::count(word.hits)) " : " (number::count(word.against)) }
            }
        }
    }
}
