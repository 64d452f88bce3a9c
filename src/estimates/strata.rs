//! Strata of articles: periods, or labels that the corpus gives.
//!
//! In: counts and the name of a stratum. Out: the stratum of each article.
//! Invariant: strata are numbered in the order of their names, so that the order of articles never matters.

use super::{Period, timeline};
use crate::aggregate::{Counts, UNKNOWN};
use crate::error::{Place, Problem, Result};
use crate::read::Date;
use crate::statistics::Groups;
use crate::statistics::standardised::{self, StandardisedRow, standardised};

/// Strata by name.
pub(super) struct Strata {
    /// What they are: `month`.
    pub kind: String,
    pub names: Vec<String>,
    /// Of each article; articles that tell no date or label are a stratum of their own, the last.
    pub of: Vec<u32>,
}

/// Rates at a common mix.
pub struct Standard {
    /// Of what: `month`.
    pub kind: String,
    /// Names of the strata.
    pub names: Vec<String>,
    /// Group by group and frame by frame.
    pub rows: Vec<StandardisedRow>,
}

impl Standard {
    pub(super) fn of(groups: &Groups<'_>, strata: Strata) -> Standard {
        let named = strata.names.iter().take_while(|name| *name != UNKNOWN).count();
        let names = strata.names[..named].to_vec();
        let rows = standardised(groups, standardised::Strata { names: &names, of: &strata.of });
        Standard { kind: strata.kind, names, rows }
    }
}

/// Whether the dates of articles tell it.
pub(super) fn is_of_time(name: &str) -> bool {
    period(name).is_some()
}

pub(super) fn period(name: &str) -> Option<Period> {
    match name {
        "day" => Some(Period::Day),
        "week" => Some(Period::Week),
        "month" => Some(Period::Month),
        "year" => Some(Period::Year),
        _ => None,
    }
}

/// The period or the label of every article; nothing where no column is called so. An article without a date has what the column of that name
/// says, as `year`.
pub(super) fn labels_of(counts: &Counts, name: &str) -> Option<Vec<Option<String>>> {
    let column = counts.label_names.iter().position(|other| other == name);
    let label = |labels: &Vec<String>| column.and_then(|at| labels.get(at).cloned()).filter(|label| label != UNKNOWN);
    match period(name) {
        Some(period) => {
            // written as a column of years or months writes it
            let of = |date: Date| match period {
                Period::Year => format!("{:04}", date.year()),
                Period::Month => format!("{:04}-{:02}", date.year(), date.month()),
                _ => timeline::begin(date, period).to_string(),
            };
            let own = |article: usize| counts.labels.get(article).and_then(label);
            Some(counts.dates.iter().enumerate().map(|(at, date)| date.map(of).or_else(|| own(at))).collect())
        }
        None => column.map(|_| counts.labels.iter().map(label).collect()),
    }
}

/// The strata of every article.
pub(super) fn of(counts: &Counts, name: &str) -> Result<Strata> {
    let labels = labels_of(counts, name).ok_or_else(|| {
        let problem = Problem::error("stratum-unknown", Place::file("study"), format!("no column `{name}` for strata"));
        problem.expected("`day`, `week`, `month`, `year`, `language`, or a column of the corpus")
    })?;
    let mut names: Vec<String> = labels.iter().flatten().cloned().collect();
    names.sort();
    names.dedup();
    let last = names.len() as u32;
    let number = |label: &Option<String>| match label {
        Some(label) => names.partition_point(|name| name < label) as u32,
        None => last,
    };
    let of: Vec<u32> = labels.iter().map(number).collect();
    if of.contains(&last) {
        names.push(UNKNOWN.to_string());
    }
    Ok(Strata { kind: name.to_string(), names, of })
}
