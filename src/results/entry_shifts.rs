//! `entry_shifts`: which entries of a frame make a group differ from the rest, and from each other group.

use super::LazyTable;
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low};
use crate::estimates::{EntriesByFrame, EntryShift, are_many, is_listed};
use crate::statistics::ComparisonRow;

/// Entries of a shift.
const LISTED: usize = 10;

struct EntryRecord<'c> {
    context: &'c Context<'c>,
    row: &'c ComparisonRow,
    against: &'c str,
    rank: Option<usize>,
    text: &'c str,
    at: String,
    hits: [i64; 2],
    contribution: f64,
    difference: f64,
}

impl GroupRow for EntryRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// What makes groups differ in a frame.
    ENTRY_SHIFTS, "entry_shifts.csv", by_group: true, rows: EntryRecord<'_>,
    "Which entries make the rate of a frame in a group differ from that in all other groups, and from that in each other group where pairs are compared (word shift), ten entries each; the rows of a comparison and frame sum to the difference. Groups too small to be tested alone have no rows.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Text "against" "text" "what the group is compared with: another group, or `rest`, all other groups" |r| r.against;
    Integer "rank" "number" "1 gives most, either way; empty for all others together" |r| r.rank;
    Text "entry" "text" "the entry as the lexicon writes it, or `(all others)`; those of frames inside the frame too" |r| r.text;
    Text "entry_at" "file:line" "where the entry stands" |r| &r.at;
    Integer "hits" "hits" "hits in the group; of all others negative where entries of inner frames share hits, which the frame counts once" |r| r.hits[0];
    Integer "against_hits" "hits" "hits in what it is compared with" |r| r.hits[1];
    Real "gives" "hits per 1,000 words" "its part of the difference: its rate in the group − its rate in what that is compared with" |r| r.contribution;
    Real "difference" "hits per 1,000 words" "rate of the frame in the group − its rate in what that is compared with" |r| r.difference;
    Real "log2_ratio" "doublings" "the same difference as in `comparisons.csv` or `pairwise.csv`" |r| r.row.smoothed_log_ratio.value;
    Real "log2_ratio_low" "doublings" "lower end of its 95 % interval; if it contains 0, the difference may be chance" |r| low(&r.row.smoothed_log_ratio);
    Real "log2_ratio_high" "doublings" "upper end" |r| high(&r.row.smoothed_log_ratio);
    Real "q" "probability" "q of the comparison" |r| chance(r.row.q);
    Text "missing" "text" "why the comparison has no interval or no p" |r| super::missing(r.row);
}

/// Comparisons of a piece: each has up to eleven rows.
const PIECE: usize = 1 << 12;

/// Each group that is tested alone against the rest, by frame; then each pair.
pub(super) fn entry_shifts<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let entries = EntriesByFrame::of(context.plan, context.frame_usage);
    let against_rest = context.estimates.comparisons.iter().map(|row| (row, None));
    let pairs = context.estimates.pairs.rows.iter().map(|(_, other, row)| (row, Some(*other)));
    let comparisons: Vec<(&ComparisonRow, Option<usize>)> = against_rest.chain(pairs).collect();
    let names = context.counts.group_names();
    let pieces = comparisons.len().div_ceil(PIECE);
    let is_many = are_many(context.plan.frames().len());
    let piece = move |i: usize| {
        let mut rows = Vec::new();
        let own = comparisons.iter().skip(i * PIECE).take(PIECE);
        for &(row, against) in own.filter(|(row, _)| is_listed(row) && (!is_many || row.hits[0] > 0)) {
            let Some(shift) = entries.shift(row, against) else { continue };
            rows.extend(rows_of(context, (row, against.map_or("rest", |other| &names[other])), &shift));
        }
        frame_of(context.dimensions, &rows)
    };
    LazyTable::of(&ENTRY_SHIFTS, pieces, piece)
}

/// The entries of a shift, and what is left.
fn rows_of<'c>(
    context: &'c Context<'_>,
    (row, against): (&'c ComparisonRow, &'c str),
    shift: &EntryShift,
) -> Vec<EntryRecord<'c>> {
    let difference = shift.difference;
    let mut rows = Vec::new();
    for (rank, bar) in shift.bars.iter().take(LISTED).enumerate() {
        let (lexicon, entry) = context.plan.entry(bar.entry);
        let at = format!("{}:{}", lexicon.file, entry.line);
        let (text, hits) = (entry.text.as_str(), bar.hits.map(|hits| hits as i64));
        rows.push(EntryRecord {
            context,
            row,
            against,
            rank: Some(rank + 1),
            text,
            at,
            hits,
            contribution: bar.contribution,
            difference,
        });
    }
    if let Some((hits, contribution)) = shift.rest(LISTED) {
        let (text, at) = (super::tone::OTHERS, String::new());
        rows.push(EntryRecord { context, row, against, rank: None, text, at, hits, contribution, difference });
    }
    rows
}
