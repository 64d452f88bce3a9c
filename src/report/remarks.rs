//! What a reader must hear at once: sentences for the terminal and the page.
//!
//! In: estimates. Out: sentences. Invariant: each rests on a row of a table, which it names.

use super::chart::count;
use crate::estimates::{Estimates, LengthRow, Tests, Timeline};
use std::fmt::Write;

/// Scores that are named in one sentence, at most.
const NAMED: usize = 10;

/// Scores that go with the length of articles; none where there is no such score.
pub(super) fn length(estimates: &Estimates) -> Option<String> {
    let name = |row: &&LengthRow| -> String {
        let rho = row.rho.value.value().unwrap_or_default();
        let kind = if row.kind == "frame" { "" } else { "sentiment by " };
        format!("{kind}{} ({}{:.2})", row.name, if rho < 0.0 { "−" } else { "+" }, rho.abs())
    };
    let mut large: Vec<&LengthRow> = estimates.length.iter().filter(|row| row.is_large()).collect();
    (!large.is_empty()).then(|| {
        let more = large.len().saturating_sub(NAMED);
        if more > 0 {
            let size = |row: &LengthRow| row.rho.value.value().unwrap_or_default().abs();
            large.sort_by(|a, b| size(b).total_cmp(&size(a)));
        }
        let more = if more > 0 { format!(" and {} more", count(more as u64)) } else { String::new() };
        let large: Vec<String> = large.iter().take(NAMED).map(name).collect();
        let articles = estimates.length.iter().map(|row| u64::from(row.rho.n_articles)).max().unwrap_or(0);
        format!(
            "Scores correlated with the length of articles (Spearman’s ρ of at least .3 over {} articles; see length.csv): {}{more}.",
            count(articles),
            large.join(", ")
        )
    })
}

/// What the units are, and what is tested; none where every article is a unit and every comparison is tested.
pub(super) fn units(estimates: &Estimates) -> Vec<String> {
    estimates.clustered.in_words().into_iter().chain(tests(estimates)).collect()
}

/// How many groups were tested against the rest, and why the others were not; nothing where all of them were, in every frame.
pub(super) fn tests(estimates: &Estimates) -> Option<String> {
    let Tests { groups, small, all, made, too_few } = estimates.tests;
    if groups < 2 || made == all {
        return None;
    }
    let number = |n: usize| count(n as u64);
    if small == groups {
        return Some(format!(
            "No group was compared with all others: all {} have fewer articles than `[statistics] min_articles`.",
            number(groups)
        ));
    }
    let mut said = format!(
        "{} of {} groups were compared with all others, in {} tests",
        number(groups - small),
        number(groups),
        number(made)
    );
    if small > 0 {
        let _ = write!(
            said,
            "; {} have fewer articles than `[statistics] min_articles` and were not tested singly",
            number(small)
        );
        if let Some(smaller) = &estimates.smaller {
            let of_them = if smaller.groups.len() == small {
                "they"
            } else {
                &format!("{} of them", number(smaller.groups.len()))
            };
            let _ = write!(said, "; {of_them} were tested together, as `(smaller groups)` in comparisons.csv");
        }
    }
    if too_few > 0 {
        let _ = write!(said, "; {} comparisons have too few articles or hits for a p-value", number(too_few));
    }
    Some(said + ".")
}

/// What the page says of this run beside its tables.
pub(super) fn notes(estimates: &Estimates) -> Vec<String> {
    let mut notes: Vec<String> = length(estimates).into_iter().chain(units(estimates)).collect();
    if estimates.tests.groups > 1 && !estimates.pairs.left_out.is_empty() {
        notes.push(format!("Pairs of groups are not compared: {}.", estimates.pairs.left_out));
    }
    if let Some(found) = estimates.specifications.as_ref().filter(|found| !found.without_effect.is_empty()) {
        notes.push(format!(
            "Choices that change no count, and were therefore left out of the comparison under other choices: {}.",
            found.without_effect.join(", ")
        ));
    }
    notes
}

/// Counted articles that are in no period, for the page and the chart over time; nothing where there are none.
pub(super) fn without_period(timeline: &Timeline) -> Vec<String> {
    let said =
        |n: u64, why: &str| (n > 0).then(|| format!("Counted articles {why}, which are in no period: {}.", count(n)));
    let implausible = said(timeline.implausible, "with a date before 1700 or after 2035");
    implausible.into_iter().chain(said(timeline.undated, "without a date")).collect()
}
