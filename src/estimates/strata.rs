//! Strata of articles: periods, or labels that the corpus gives.
//!
//! In: counts and the name of a stratum. Out: the stratum of each article.
//! Invariant: strata are numbered in the order of their names, so that the order of articles never matters.

use super::{Period, timeline};
use crate::aggregate::{Counts, UNKNOWN};
use crate::error::{Place, Problem, Result};
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

/// The strata of every article.
pub(super) fn of(counts: &Counts, name: &str) -> Result<Strata> {
    let labels: Vec<Option<String>> = match period(name) {
        Some(period) => {
            let start = |date| timeline::begin(date, period).to_string();
            counts.dates.iter().map(|date| date.map(start)).collect()
        }
        None => match counts.label_names.iter().position(|other| other == name) {
            Some(at) => counts.labels.iter().map(|labels| labels.get(at).cloned().filter(|l| l != UNKNOWN)).collect(),
            None => {
                let found = format!("no column `{name}` for strata");
                let problem = Problem::error("stratum-unknown", Place::file("study"), found);
                return Err(problem
                    .expected("`day`, `week`, `month`, `year`, `language`, or a column of the corpus")
                    .into());
            }
        },
    };
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
