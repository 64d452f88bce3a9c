//! `terms`, `terms_by_group`: what each entry found. `overlaps`: frames that count the same tokens.

use super::LazyTable;
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, forms};
use crate::aggregate::Usage;
use crate::lexicon::{Entry, Lexicon, MatchMode};
use crate::lookup::{EntryId, FrameId};
use polars::prelude::{DataFrame, PolarsResult};

/// Forms in a cell.
const FORMS: usize = 12;

struct TermRecord<'c> {
    lexicon: &'c Lexicon,
    entry: &'c Entry,
    /// Nothing where the entry found nothing.
    usage: Option<&'c Usage>,
}

impl TermRecord<'_> {
    /// What an entry found; an exception can find nothing, which is not zero.
    fn found(&self, of: fn(&Usage) -> u64) -> Option<u64> {
        (!self.entry.except).then(|| self.usage.map_or(0, of))
    }

    /// Right and coded hits.
    fn coded(&self) -> Option<(u32, u32)> {
        self.lexicon.coded_hits(self.entry)
    }

    fn at(&self) -> String {
        format!("{}:{}", self.lexicon.file, self.entry.line)
    }

    fn mode(&self) -> &'static str {
        match self.entry.mode {
            MatchMode::Stem => "stem",
            MatchMode::Exact => "exact",
            MatchMode::Case => "case",
        }
    }
}

impl GroupRow for TermRecord<'_> {
    fn label(&self, _: usize) -> &str {
        ""
    }
}

table! {
    /// A row for each entry that found something, and one for each that did not.
    TERMS, "terms.csv", by_group: false, rows: TermRecord<'_>,
    "One row for each entry of every frame and sentiment lexicon: what it found. Entries without hits are in the table too, and exceptions. Its hits in each group are in `terms_by_group.csv`.",
    Text "lexicon" "text" "name of the lexicon" |r| &r.lexicon.name;
    Text "frame" "text" "frame of the entry" |r| &r.lexicon.frames[r.entry.frame].name;
    Text "entry" "text" "the entry as the lexicon writes it" |r| &r.entry.text;
    Text "entry_at" "file:line" "where the entry stands" |r| r.at();
    Text "match" "text" "`stem`, `exact` or `case`" |r| r.mode();
    Real "weight" "weight" "weight of the entry" |r| f64::from(r.entry.weight) / 1000.0;
    Flag "except" "true or false" "an exception: it cancels hits and has none of its own" |r| r.entry.except;
    Integer "hits" "hits" "counted hits; empty for exceptions" |r| r.found(|usage| usage.hits);
    Integer "articles" "articles" "articles with a counted hit" |r| r.found(|usage| usage.articles);
    Integer "coded_hits" "hits" "hits that were coded by hand, where the entry is still as it was then; empty where none were" |r| r.coded().map(|(_, coded)| coded);
    Integer "right_hits" "hits" "of these, hits that coders call right" |r| r.coded().map(|(right, _)| right);
    Text "forms" "text" "folded surface forms with their counts, most frequent first, at most twelve" |r| r.usage.map(|usage| forms(&usage.forms, FORMS));
}

/// Every entry of the lexicons of frames, then of sentiment, in the order of their files.
fn entries<'c>(context: &'c Context<'_>) -> Vec<TermRecord<'c>> {
    let frames = [(context.plan, context.frame_usage)];
    let plans = frames.into_iter().chain(context.sentiment.iter().zip(context.sentiment_usage));
    let mut rows = Vec::new();
    for (plan, usage) in plans {
        for (l, lexicon) in plan.lexicons().iter().enumerate() {
            let id = |e| EntryId::new(l, e);
            let of = |(e, entry)| TermRecord { lexicon, entry, usage: usage.get(&id(e)) };
            rows.extend(lexicon.entries.iter().enumerate().map(of));
        }
    }
    rows
}

/// Every entry.
pub(super) fn terms(context: &Context<'_>) -> PolarsResult<DataFrame> {
    frame_of(context.dimensions, &entries(context))
}

struct TermInGroup<'c> {
    context: &'c Context<'c>,
    term: &'c TermRecord<'c>,
    group: usize,
    hits: u64,
}

impl GroupRow for TermInGroup<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.group, dimension)
    }
}

table! {
    /// A row for each entry and each group in which it found something.
    TERMS_BY_GROUP, "terms_by_group.csv", by_group: true, rows: TermInGroup<'_>,
    "One row for each entry of every frame and sentiment lexicon and each group in which it was found: all other groups of the table have none. Sums over the groups are the hits in `terms.csv`.",
    Text "lexicon" "text" "name of the lexicon" |r| &r.term.lexicon.name;
    Text "frame" "text" "frame of the entry" |r| &r.term.lexicon.frames[r.term.entry.frame].name;
    Text "entry" "text" "the entry as the lexicon writes it" |r| &r.term.entry.text;
    Text "entry_at" "file:line" "where the entry stands" |r| r.term.at();
    Integer "hits" "hits" "counted hits" |r| r.hits;
}

/// Entries of a piece of `terms_by_group.csv`.
const PIECE: usize = 1 << 13;

/// Every entry in every group that has hits of it.
pub(super) fn terms_by_group<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let terms = entries(context);
    let pieces = terms.len().div_ceil(PIECE);
    let piece = move |i: usize| {
        let of_term = |term| {
            let used = TermRecord::usage_of(term);
            let cells = used.into_iter().flat_map(|usage| &usage.by_group).filter(|(_, hits)| **hits > 0);
            cells.map(move |(&group, &hits)| TermInGroup { context, term, group: group.index(), hits })
        };
        frame_of(context.dimensions, &terms.iter().skip(i * PIECE).take(PIECE).flat_map(of_term).collect::<Vec<_>>())
    };
    LazyTable::of(&TERMS_BY_GROUP, pieces, piece)
}

impl<'c> TermRecord<'c> {
    /// What it found, unless it is an exception.
    fn usage_of(term: &TermRecord<'c>) -> Option<&'c Usage> {
        term.usage.filter(|_| !term.entry.except)
    }
}

struct OverlapRecord<'c> {
    context: &'c Context<'c>,
    pair: (FrameId, FrameId),
    tokens: u64,
    articles: u64,
}

impl GroupRow for OverlapRecord<'_> {
    fn label(&self, _: usize) -> &str {
        ""
    }
}

table! {
    /// A row for each pair of frames that share tokens.
    OVERLAPS, "overlaps.csv", by_group: false, rows: OverlapRecord<'_>,
    "One row for each pair of frames that count the same tokens. Within a frame a token counts once; across frames it may count in several.",
    Text "frame" "text" "name of one frame" |r| r.context.frame(r.pair.0.index());
    Text "other_frame" "text" "name of the other" |r| r.context.frame(r.pair.1.index());
    Integer "tokens" "words" "words that are in counted hits of both" |r| r.tokens;
    Integer "articles" "articles" "articles in which they are" |r| r.articles;
}

/// Pairs of frames that share tokens.
pub(super) fn overlaps(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let of = |(&pair, &(tokens, articles)): (&_, &_)| OverlapRecord { context, pair, tokens, articles };
    frame_of(context.dimensions, &context.shared.iter().map(of).collect::<Vec<_>>())
}
