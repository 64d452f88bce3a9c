//! `sentiment.csv`: the scores of each group by each sentiment lexicon.

use super::{Bytes, bytes, high, integer, labels, low, measured, why};
use crate::aggregate::Cell;
use crate::estimates::Estimates;
use crate::report::columns::SENTIMENT;
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;

/// Group × sentiment lexicon.
pub(in crate::report) fn sentiment(found: &Finished, estimates: &Estimates) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &SENTIMENT, &found.dimensions, &[])?;
    for (lexicon, rows) in found.counts.lexicons.iter().zip(&estimates.sentiment) {
        for (group, row) in found.counts.groups.iter().zip(rows) {
            let mut cells = labels(group);
            cells.extend([
                Cell::Text(lexicon),
                integer(row.articles),
                integer(row.words),
                integer(row.hits),
                integer(row.positive),
                integer(row.negative),
                measured(row.sum),
                measured(row.mean_valence.value),
                low(&row.mean_valence),
                high(&row.mean_valence),
                Cell::Text(row.mean_valence.method),
                measured(row.balance.value),
                low(&row.balance),
                high(&row.balance),
                measured(row.logit.value),
                low(&row.logit),
                high(&row.logit),
                Cell::Text(why(&row.mean_valence)),
            ]);
            sheet.row(&cells)?;
        }
    }
    bytes(sheet)
}
