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
    for group in &page.keyness {
        let _ = writeln!(
            out,
            "<tr data-g=\"{0}\"><th scope=\"row\">{0} <small>against {1}</small></th><td>{2}</td><td>{3}</td></tr>",
            Text(&group.label),
            Text(&group.against),
            words(&group.more),
            words(&group.less)
        );
    }
    out.push_str("</tbody>\n");
    close_table(out);
    if !page.keyness_notes.is_empty() {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", Text(&page.keyness_notes));
    }
}

fn words(words: &[KeyWord]) -> String {
    let shown = words.iter().map(|word| {
        let is_finding = word.q.is_some_and(|q| q < FINDING);
        let (open, close) = if is_finding { ("<b>", "</b>") } else { ("", "") };
        let (hits, against) = (number::count(word.hits), number::count(word.against));
        let text = format!("{open}{}{close} <small>{hits} : {against}</small>", Text(&word.word));
        if word.is_weak { format!("<span class=\"weak\">{text}</span>") } else { text }
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { "<small>none</small>".to_string() } else { shown.join(", ") }
}
