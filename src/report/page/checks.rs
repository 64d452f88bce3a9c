//! The checks that the page shows, of the rows of `overall.csv` and `sensitivity.csv`.
//!
//! In: estimates. Out: [`Checks`]. Invariant: groups that are not on the page are not named here either; the order is that of
//! the tables. It deliberately tests nothing.

use crate::estimates::Estimates;
use crate::lookup::Plan;
use crate::report::html::{Checks, Lost, Overall};
use crate::report::shown_frames::Shown;
use crate::report::tables::Finished;
use crate::results::left_out;
use std::collections::BTreeSet;

/// The checks of the groups on the page.
pub(super) fn checks(
    found: &Finished,
    estimates: &Estimates,
    plan: &Plan<'_>,
    groups: &[usize],
    shown: &Shown,
) -> Checks {
    let names = found.counts.group_names();
    let label = |frame: usize| plan.labels()[frame].clone();
    let is_shown = |frame: usize| shown.place(frame).is_some();
    let overall = estimates.overall.iter().filter(|row| row.groups > 1 && is_shown(row.frame)).map(|row| Overall {
        frame: label(row.frame),
        q: row.q.value(),
        why: row.p.why().map_or_else(String::new, |why| why.phrase().to_string()),
    });
    let Some(checked) = &estimates.robustness else {
        return Checks { overall: overall.collect(), ..Checks::default() };
    };
    let rows = || checked.rows.iter().filter(|row| groups.contains(&row.group) && is_shown(row.frame));
    let findings: BTreeSet<(usize, usize)> =
        rows().filter(|row| row.lost.is_some()).map(|row| (row.group, row.frame)).collect();
    let lost = rows().filter(|row| row.lost == Some(true)).map(|row| {
        let (check, part) = left_out(&found.counts, checked, plan, row);
        let turned = row.before.value().zip(row.after.value()).is_some_and(|(before, after)| before * after < 0.0);
        Lost {
            group: names[row.group].clone(),
            frame: label(row.frame),
            check: check.to_string(),
            left_out: part.unwrap_or_default().to_string(),
            q: row.q_after.value(),
            is_turned: turned,
        }
    });
    Checks { overall: overall.collect(), checked: findings.len() as u64, lost: lost.collect() }
}
