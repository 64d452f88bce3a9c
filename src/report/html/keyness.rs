//! Key words: what each group says more and less than it is compared with. Only where a study asks.

use super::markup::{Text, capital, close_table, open_table};
use super::{KeyWord, Page, number};
use std::fmt::Write;

/// Below this q a word is set in bold.
const FINDING: f64 = 0.05;

/// The table.
pub(super) fn keyness(page: &Page, out: &mut String) {
    out.push_str(
        "<p>Ranked by a score that takes words as independent and is no test; <b>bold</b> where articles, exchanged at random \
         between the two sides, seldom differ so much (q below .05). Beside each word how often it stands in the group and in what it \
         is compared with. Function words, reporting verbs and house style are grey. A word is a habit of an outlet only where its articles say so: read them.</p>\n",
    );
    let caption = format!("Words that differ most. All words and every score: {}", page.link("keyness.csv"));
    open_table(out, "Key words", "tall", &caption);
    let _ = writeln!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">More often here</th><th scope=\"col\">Less often here</th></tr></thead>\n<tbody>",
        Text(&capital(&page.grouping()))
    );
    for (comparison, group) in page.keyness.iter().enumerate() {
        let _ = writeln!(
            out,
            "<tr data-g=\"{0}\"><th scope=\"row\">{0} <small>against {1}</small></th><td>{2}</td><td>{3}</td></tr>",
            Text(&group.label),
            Text(&group.against),
            words(&group.more, |word| anchor(comparison, false, word)),
            words(&group.less, |word| anchor(comparison, true, word))
        );
    }
    out.push_str("</tbody>\n");
    close_table(out);
    if !page.keyness_notes.is_empty() {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", Text(&page.keyness_notes));
    }
}

/// Where a word stands on the page.
pub(super) fn anchor(comparison: usize, is_less: bool, word: usize) -> String {
    format!("key-{comparison}-{}-{word}", if is_less { "less" } else { "more" })
}

fn words(words: &[KeyWord], anchor: impl Fn(usize) -> String) -> String {
    let shown = words.iter().enumerate().map(|(place, word)| {
        let is_finding = word.q.is_some_and(|q| q < FINDING);
        let (open, close) = if is_finding { ("<b>", "</b>") } else { ("", "") };
        let (hits, against) = (number::count(word.hits), number::count(word.against));
        let text = format!("{open}{}{close} <small>{hits} : {against}</small>", Text(&word.word));
        let class = if word.is_weak { " class=\"weak\"" } else { "" };
        format!("<span id=\"{}\"{class}>{text}</span>", anchor(place))
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { "<small>none</small>".to_string() } else { shown.join(", ") }
}
