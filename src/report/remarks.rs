//! What a reader must hear at once: sentences for the terminal and the page.
//!
//! In: estimates. Out: sentences. Invariant: each rests on a row of a table, which it names.

use super::chart::count;
use crate::estimates::{Estimates, LengthRow};

/// Scores that go with the length of articles; none where there is no such score.
pub(super) fn length(estimates: &Estimates) -> Option<String> {
    let name = |row: &&LengthRow| {
        let rho = row.rho.value.value().unwrap_or_default();
        let kind = if row.kind == "frame" { "" } else { "sentiment by " };
        format!("{kind}{} ({}{:.2})", row.name, if rho < 0.0 { "−" } else { "+" }, rho.abs())
    };
    let large: Vec<String> = estimates.length.iter().filter(|row| row.is_large()).map(|row| name(&row)).collect();
    (!large.is_empty()).then(|| {
        let articles = estimates.length.iter().map(|row| u64::from(row.rho.n_articles)).max().unwrap_or(0);
        format!(
            "Scores that go with the length of articles (Spearman’s ρ of at least .3 over {} articles; length.csv): {}.",
            count(articles),
            large.join(", ")
        )
    })
}

/// What the units are, and what is tested; none where every article is a unit and every group is tested.
pub(super) fn units(estimates: &Estimates) -> Vec<String> {
    let mut said: Vec<String> = estimates.clustered.in_words().into_iter().collect();
    if let Some(smaller) = &estimates.smaller {
        let tests = estimates.comparisons.first().map_or(0, |row| row.family as u64);
        said.push(format!(
            "{} tests of groups against the rest were made; {} groups with too few articles (`[statistics] min_articles`) are shown and tested together, not alone.",
            count(tests),
            count(smaller.groups.len() as u64)
        ));
    }
    said
}

/// What the page says of this run beside its tables.
pub(super) fn notes(estimates: &Estimates) -> Vec<String> {
    let mut notes: Vec<String> = length(estimates).into_iter().chain(units(estimates)).collect();
    if estimates.comparisons.len() > estimates.overall.len() && !estimates.pairs.left_out.is_empty() {
        notes.push(format!("Pairs of groups are not compared: {}.", estimates.pairs.left_out));
    }
    if let Some(found) = estimates.specifications.as_ref().filter(|found| !found.without_effect.is_empty()) {
        notes.push(format!(
            "Choices that move no count, and so are not in the comparison under other choices: {}.",
            found.without_effect.join(", ")
        ));
    }
    notes
}
