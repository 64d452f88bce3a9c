//! The charts of sentiment: what each fills in.
//!
//! In: estimates. Out: structs of plain values, to be drawn.
//! Invariant: the bars of a chart of contributions sum to the difference that it states.
//! It deliberately compares two groups only: the two with most articles; each group against the rest is in `sentiment_shifts.csv`.

use super::chart::{Contributions, Given, Words};
use crate::aggregate::Contribution;
use crate::estimates::shift;
use crate::lookup::Plan;
use crate::sentiment::{Mode, Scale};
use crate::statistics::{Estimate, difference::is_distinguishable};

/// Entries on a chart.
pub(super) const SHOWN: usize = 20;

/// What the chart of scores is about: title, unit, notes.
pub(super) fn score_words(mode: Mode, scale: &Scale, role: &str) -> (&'static str, String, &'static str) {
    let subtitle =
        |what: &str| format!("{what}Lexicon {} ({role}); bars: 95 % intervals, articles as units", scale.name());
    match mode {
        Mode::Dictionary => ("Mean valence of evaluative words", subtitle(""), "mean weight of a hit"),
        Mode::Vader => (
            "Mean compound of sentences",
            subtitle("VADER’s rules, as vaderSentiment 3.3.2. "),
            "mean compound (−1 to 1)",
        ),
        Mode::VaderCorrected => {
            ("Mean compound of sentences", subtitle("VADER’s rules, corrected. "), "mean compound (−1 to 1)")
        }
    }
}

/// What the sum of the bars is called.
pub(super) fn sum_name(is_distinguishable: bool) -> String {
    if is_distinguishable { "Difference" } else { "Difference, not distinguishable from 0" }.to_string()
}

/// What makes two groups differ on a scale; none where one of them has no hits.
pub(super) fn contributions(
    found: &[Contribution],
    plan: &Plan<'_>,
    (number, scale): (usize, &Scale),
    [one, other]: [(usize, &str); 2],
    difference: &Estimate,
    words: impl Fn(&str, &str, &[&str]) -> Words,
) -> Option<Contributions> {
    let shift = shift(found, number, one.0, Some(other.0))?;
    let name = |bar: &crate::estimates::Bar| {
        let text = &plan.entry(bar.entry).1.text;
        if bar.negated { format!("not: {text}") } else { text.clone() }
    };
    let hits = |hits: [u64; 2]| format!("{} : {}", hits[0], hits[1]);
    let shown = shift.bars.len().min(SHOWN);
    let mut bars: Vec<Given> = shift.bars[..shown]
        .iter()
        .map(|bar| Given { name: name(bar), gives: bar.gives, aside: hits(bar.hits) })
        .collect();
    let rest = &shift.bars[shown..];
    if !rest.is_empty() {
        let sum = |side: usize| rest.iter().map(|bar| bar.hits[side]).sum();
        let gives = rest.iter().map(|bar| bar.gives).sum();
        let name = words("", "", &[]).language.say(&format!("{} other entries", rest.len()));
        bars.push(Given { name, gives, aside: hits([sum(0), sum(1)]) });
    }
    let title = "Which words make the difference";
    let subtitle = format!("Mean valence of {} less that of {}, by entry. Lexicon {}", one.1, other.1, scale.name());
    let hits_of = format!("Hits beside the bars: {} : {}. “not: ” marks hits behind a negation.", one.1, other.1);
    let interval = difference.interval.and_then(|interval| interval.low().zip(interval.high()));
    let interval = match (difference.value.value(), interval) {
        (Some(value), Some((low, high))) => {
            format!("Difference: {value:+.3} (95 % interval {low:+.3} to {high:+.3}, articles as units).")
        }
        _ => format!("No interval of the difference: {}.", crate::results::why(difference)),
    };
    let notes = [
        hits_of.as_str(),
        interval.as_str(),
        "A bar: difference of the entry’s shares of hits × (its weight − the mean of both groups). The bars sum to the difference.",
    ];
    Some(Contributions {
        words: words(title, &subtitle, &notes),
        unit: "part of the difference of mean weights".to_string(),
        heading: "hits   gives".to_string(),
        less: format!("{} lower", one.1),
        more: format!("{} higher", one.1),
        bars,
        sum: sum_name(is_distinguishable(difference)),
    })
}
