//! What was counted in a shard with what its rows note of it, in parts that can be kept one by one.
//!
//! In: what was counted in a shard now; parts that are known from the last run, as bytes. Out: all that is counted in the shard, and the
//! bytes of the parts that were counted now.
//! Invariant: joined from parts or counted at once, the same comes out. Bytes that are no part of this request give nothing, and the part
//! is counted anew.

use super::row_writer::{Context, Fresh, ShardRows};
use super::story_pages::{self, StoryNote, UnitNotes};
use crate::count::{Counted, SentimentCounts, UnitCounts, WantedParts};
use crate::lookup::Numbering;
use serde::{Deserialize, Serialize};

/// The parts of a shard that are known: what neither frames nor sentiment lexicons decide, what sentiment lexicons decide, and each unit.
#[derive(Default)]
pub struct ShardParts {
    articles: Option<(Counted, Vec<StoryNote>)>,
    sentiment: Option<SentimentCounts>,
    units: Vec<Option<(UnitCounts, UnitNotes)>>,
}

impl ShardParts {
    /// Of bytes: those of the articles, of sentiment, then of each unit; what is none is not known.
    pub fn of_bytes(parts: &[Option<&[u8]>]) -> ShardParts {
        fn read<T: for<'de> Deserialize<'de>>(bytes: Option<&Option<&[u8]>>) -> Option<T> {
            postcard::from_bytes(bytes.copied().flatten()?).ok()
        }
        ShardParts {
            articles: read(parts.first()),
            sentiment: read(parts.get(1)),
            units: (2..parts.len()).map(|unit| read(parts.get(unit))).collect(),
        }
    }

    /// What is to be counted: what is not known, and what gets rows.
    pub fn wanted(&self, fresh: &Fresh, numbers: &Numbering, frames: usize) -> WantedParts {
        let unit = |unit: usize| fresh.units[unit] || self.units.get(unit).is_none_or(Option::is_none);
        WantedParts {
            articles: fresh.articles || self.articles.is_none(),
            sentiment: fresh.sentiment || self.sentiment.is_none(),
            frames: (0..frames).map(|frame| unit(numbers.frame(frame as u32).0)).collect(),
        }
    }

    /// Takes what was counted now in place of what was known of it; gives back its bytes, by part, and the rest of the rows.
    pub fn take(
        &mut self,
        (counted, mut rows): (Counted, ShardRows),
        wanted: &WantedParts,
        numbers: &Numbering,
    ) -> (Vec<Option<Vec<u8>>>, ShardRows) {
        fn write(part: &impl Serialize) -> Option<Vec<u8>> {
            postcard::to_allocvec(part).ok()
        }
        let (counted, sentiment, units) = counted.split(numbers);
        let mut notes = std::mem::take(&mut rows.stories);
        let unit_notes = story_pages::split(&mut notes, numbers);
        let mut bytes = vec![None, None];
        if wanted.articles {
            bytes[0] = write(self.articles.insert((counted, notes)));
        }
        if wanted.sentiment {
            bytes[1] = write(self.sentiment.insert(sentiment));
        }
        self.units.resize_with(units.len(), || None);
        let wants_unit = |unit: usize| numbers.frames_of(unit).iter().any(|&frame| wanted.has(frame));
        for (number, part) in units.into_iter().zip(unit_notes).enumerate() {
            bytes.push(if wants_unit(number) { write(self.units[number].insert(part)) } else { None });
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
        for (unit, part) in self.units.into_iter().enumerate() {
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
        let rows = rows.unwrap_or_else(|| ShardRows::nothing(context)).with_counts(&counted);
        Some((counted, ShardRows { stories: notes, ..rows }))
    }
}
