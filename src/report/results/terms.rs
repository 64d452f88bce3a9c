//! `terms.csv`: what each entry found.

use super::{Bytes, bytes, integer};
use crate::aggregate::{Cell, Usage};
use crate::lexicon::{Entry, MatchMode};
use crate::lookup::{EntryId, Plan};
use crate::report::columns::TERMS;
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;
use std::collections::BTreeMap;

/// Every entry of frames and sentiment lexicons.
pub(in crate::report) fn terms(found: &Finished, plan: &Plan<'_>, sentiment: &[Plan<'_>]) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &TERMS, &[], &found.counts.group_names())?;
    entries(&mut sheet, plan, &found.frame_usage, found.counts.groups.len())?;
    for (plan, usage) in sentiment.iter().zip(&found.sentiment_usage) {
        entries(&mut sheet, plan, usage, found.counts.groups.len())?;
    }
    bytes(sheet)
}

fn entries(
    sheet: &mut Sheet<Vec<u8>>,
    plan: &Plan<'_>,
    usage: &BTreeMap<EntryId, Usage>,
    groups: usize,
) -> std::io::Result<()> {
    /// Forms in a cell.
    const SHOWN: usize = 12;
    let nothing = Usage::default();
    for (l, lexicon) in plan.lexicons().iter().enumerate() {
        for (e, entry) in lexicon.entries.iter().enumerate() {
            let used = usage.get(&EntryId { lexicon: l as u32, entry: e as u32 }).unwrap_or(&nothing);
            let forms: Vec<String> = used.forms.iter().take(SHOWN).map(|(form, n)| format!("{form} {n}")).collect();
            let forms = forms.join(", ");
            let at = format!("{}:{}", lexicon.file, entry.line);
            let mut cells = vec![
                Cell::Text(&lexicon.name),
                Cell::Text(&lexicon.frames[entry.frame].name),
                Cell::Text(&entry.text),
                Cell::Text(&at),
                Cell::Text(mode(entry.mode)),
                Cell::Real(f64::from(entry.weight) / 1000.0),
                Cell::Text(if entry.except { "yes" } else { "no" }),
                found(entry, used.hits),
                found(entry, used.articles),
                Cell::Text(&forms),
            ];
            let by_group = |group| found(entry, used.by_group.get(&group).copied().unwrap_or(0));
            cells.extend((0..groups as u32).map(by_group));
            sheet.row(&cells)?;
        }
    }
    Ok(())
}

/// What an entry found; an exception can find nothing, which is not zero.
fn found(entry: &Entry, number: impl TryInto<i64>) -> Cell<'static> {
    if entry.except { Cell::Missing } else { integer(number) }
}

fn mode(mode: MatchMode) -> &'static str {
    match mode {
        MatchMode::Stem => "stem",
        MatchMode::Exact => "exact",
        MatchMode::Case => "case",
    }
}
