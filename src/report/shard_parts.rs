//! What was counted in a shard with what its rows note of it, in parts that can be kept one by one.
//!
//! In: what was counted in a shard now; parts that are known from the last run, as bytes. Out: all that is counted in the shard, and the
//! bytes of the parts that were counted now.
//! Invariant: joined from parts or counted at once, the same comes out. Bytes that are no part of this request give nothing, and the part
//! is counted anew.

use super::row_writer::{Context, RowsToWrite, ShardRows};
use super::story_pages::{self, StoryNote, UnitNotes};
use super::unit_rows::{self, CachedRows};
use crate::count::{Counted, SentimentCounts, UnitCounts, WantedParts};
use crate::lookup::{FrameId, Numbering, UnitId};
use serde::{Deserialize, Serialize};

/// The bytes of the parts of a shard; what is none is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartBytes<B> {
    /// What neither frames nor sentiment lexicons decide, what sentiment lexicons decide, then each unit.
    pub counts: Vec<Option<B>>,
    /// The rows of each unit, packed.
    pub rows: Vec<Option<B>>,
}

impl<B> PartBytes<B> {
    /// The same parts, made of each.
    pub fn each<T>(&self, make: impl Fn(&Option<B>) -> Option<T>) -> PartBytes<T> {
        PartBytes { counts: self.counts.iter().map(&make).collect(), rows: self.rows.iter().map(&make).collect() }
    }

    /// All of them.
    pub fn list(&self) -> impl Iterator<Item = &Option<B>> {
        self.counts.iter().chain(&self.rows)
    }
}

/// The parts of a shard that are known: what neither frames nor sentiment lexicons decide, what sentiment lexicons decide, and each unit.
#[derive(Default)]
pub struct ShardParts {
    articles: Option<(Counted, Vec<StoryNote>)>,
    sentiment: Option<SentimentCounts>,
    units: Vec<Option<(UnitCounts, UnitNotes)>>,
    /// Of each unit that is written anew, where they are known.
    rows: Vec<Option<CachedRows>>,
}

impl ShardParts {
    /// Of bytes. A unit that is written anew is known with its rows, or not at all.
    pub fn of_bytes(parts: &PartBytes<&[u8]>, context: &Context<'_>) -> ShardParts {
        fn read<T: for<'de> Deserialize<'de>>(bytes: Option<&Option<&[u8]>>) -> Option<T> {
            postcard::from_bytes(bytes.copied().flatten()?).ok()
        }
        let mut of_shard = ShardParts {
            articles: read(parts.counts.first()),
            sentiment: read(parts.counts.get(1)),
            units: (2..parts.counts.len()).map(|unit| read(parts.counts.get(unit))).collect(),
            rows: parts.rows.iter().map(|_| None).collect(),
        };
        for unit in (0..of_shard.rows.len()).filter(|&unit| context.fresh.units[unit]) {
            of_shard.rows[unit] = parts.rows[unit].and_then(|bytes| unit_rows::unpack(bytes, context));
            if of_shard.rows[unit].is_none() {
                of_shard.units[unit] = None;
            }
        }
        of_shard
    }

    /// What is to be counted: what is not known, and what gets rows.
    pub fn wanted(&self, fresh: &RowsToWrite, numbers: &Numbering, frames: usize) -> WantedParts {
        let unit = |unit: UnitId| self.units.get(unit.index()).is_none_or(Option::is_none);
        WantedParts {
            articles: fresh.articles || self.articles.is_none(),
            sentiment: fresh.sentiment || self.sentiment.is_none(),
            frames: (0..frames).map(|frame| unit(numbers.frame(FrameId::new(frame)).0)).collect(),
        }
    }

    /// Takes what was counted now in place of what was known of it; gives back its bytes, by part, and the rest of the rows.
    pub fn take(
        &mut self,
        (counted, mut rows): (Counted, ShardRows),
        wanted: &WantedParts,
        numbers: &Numbering,
    ) -> (PartBytes<Vec<u8>>, ShardRows) {
        fn write(part: &impl Serialize) -> Option<Vec<u8>> {
            postcard::to_allocvec(part).ok()
        }
        let (mut counted, sentiment, units) = counted.split(numbers);
        let mut notes = std::mem::take(&mut rows.stories);
        let unit_notes = story_pages::split(&mut notes, numbers);
        let mut bytes = PartBytes { counts: vec![None, None], rows: Vec::new() };
        if wanted.articles {
            // the words of stories are most of it: what is made of them is kept in their place
            let words = counted.lexical.in_stories.take();
            let articles = self.articles.insert((counted, notes));
            bytes.counts[0] = write(articles);
            articles.0.lexical.in_stories = words;
        }
        if wanted.sentiment {
            bytes.counts[1] = write(self.sentiment.insert(sentiment));
        }
        self.units.resize_with(units.len(), || None);
        self.rows.resize_with(units.len(), || None);
        let wants_unit = |unit: UnitId| numbers.frames_of(unit).iter().any(|&frame| wanted.has(frame));
        for (number, part) in units.into_iter().zip(unit_notes).enumerate() {
            let unit = UnitId::new(number);
            let is_wanted = wants_unit(unit);
            bytes.counts.push(if is_wanted { write(self.units[number].insert(part)) } else { None });
            bytes.rows.push(if is_wanted { unit_rows::pack(&rows, unit, numbers) } else { None });
            if is_wanted {
                self.rows[number] = None;
            }
        }
        (bytes, rows)
    }

    /// All that is counted in the shard. Nothing where a part is missing, or is of another request.
    pub fn join(
        self,
        rows: Option<ShardRows>,
        context: &Context<'_>,
        groups: &[Vec<String>],
        numbers: &Numbering,
    ) -> Option<(Counted, ShardRows)> {
        let (articles, mut notes) = self.articles?;
        let mut units = Vec::with_capacity(self.units.len());
        for (unit, part) in (0..).map(UnitId::new).zip(self.units) {
            let (counts, of_unit) = part?;
            story_pages::join(&mut notes, unit, of_unit, numbers)?;
            units.push(counts);
        }
        let request = context.request;
        let counted = Counted::join(articles, self.sentiment?, units, (request, groups), numbers)?;
        let sizes = (counted.counts.frames.len(), groups.len(), request.scorer.plans().len());
        if !counted.fits(sizes) {
            return None;
        }
        let mut rows = rows.unwrap_or_else(|| ShardRows::nothing(context));
        for (unit, kept) in (0..).map(UnitId::new).zip(self.rows) {
            kept.map_or(Some(()), |kept| kept.put(&mut rows, unit, context, numbers))?;
        }
        let rows = ShardRows { stories: notes, ..rows }.with_counts(&counted);
        Some((counted, rows))
    }
}
