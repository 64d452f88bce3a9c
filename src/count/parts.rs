//! What was counted in a shard, in parts: of the articles, of the sentiment lexicons, and of each unit of frames.
//!
//! In: the [`Counted`] of one shard. Out: its parts, and of parts the same value again.
//! Invariant: joining gives what was split. No number of a part depends on another part: frames and entries are numbered within their
//! unit, articles within the shard. So a part can be kept while the others are counted anew.

use super::{Counted, Request};
use crate::aggregate::{
    ByPosition, Contributions, Counts, EntryCell, GroupId, HitSpan, Speakers, Terms, TowardSums, Valence, VariantCell,
    Voiced,
};
use crate::lookup::{EntryId, FrameId, Numbering, TargetId, UnitId};
use crate::voice::Voice;
use serde::{Deserialize, Serialize};
use std::mem::take;

/// What sentiment lexicons alone decide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SentimentCounts {
    valence: Vec<Option<Valence>>,
    toward: Vec<(u32, u32, TargetId, TowardSums)>,
    terms: Vec<Terms>,
    contributions: Contributions,
    hits: u64,
}

/// What the frames of a unit alone decide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitCounts {
    voices: Vec<(u32, FrameId, Voice, u32)>,
    near: Vec<(u32, TargetId, FrameId, Voiced)>,
    spoken_of: Vec<(u32, TargetId, FrameId, Voiced)>,
    speakers: Speakers,
    positions: Vec<(GroupId, FrameId, ByPosition)>,
    cells: Vec<VariantCell>,
    entry_cells: Vec<EntryCell>,
    names: Vec<(EntryId, String)>,
    terms: Terms,
    spans: Vec<HitSpan>,
    /// Article, sentence, frame.
    places: Vec<(u32, u32, FrameId)>,
    entries: Vec<(EntryId, u32, u32)>,
}

impl Counted {
    /// Takes apart what was counted in a shard: what neither frames nor sentiment lexicons decide, and the rest.
    pub fn split(mut self, numbers: &Numbering) -> (Counted, SentimentCounts, Vec<UnitCounts>) {
        let units = self.units(numbers);
        let (counts, totals) = (&mut self.counts, &mut self.totals);
        let sentiment = SentimentCounts {
            valence: take(&mut counts.valence),
            toward: take(&mut counts.toward),
            terms: take(&mut self.sentiment_terms),
            contributions: take(&mut self.contributions),
            hits: take(&mut totals.sentiment_hits),
        };
        // what every shard has in common is not kept with each
        (counts.frames, counts.lexicons, counts.groups) = Default::default();
        (counts.hits, self.shared) = Default::default();
        (self.articles, self.hits, self.parent_hits, self.sentiment_hits) = Default::default();
        (self, sentiment, units)
    }

    /// Takes out what the units of frames decide.
    fn units(&mut self, numbers: &Numbering) -> Vec<UnitCounts> {
        let parts = numbers.units();
        let mut units = vec![UnitCounts::default(); parts];
        let (counts, lexical) = (&mut self.counts, &mut self.lexical);
        for (article, frame, voice, hits) in take(&mut counts.voices) {
            let (unit, frame) = numbers.frame(frame);
            units[unit.index()].voices.push((article, frame, voice, hits));
        }
        for (article, target, frame, hits) in take(&mut counts.subjects.near) {
            let (unit, frame) = numbers.frame(frame);
            units[unit.index()].near.push((article, target, frame, hits));
        }
        for (article, target, frame, hits) in take(&mut counts.subjects.spoken_of) {
            let (unit, frame) = numbers.frame(frame);
            units[unit.index()].spoken_of.push((article, target, frame, hits));
        }
        for ((group, frame), hits) in take(&mut counts.positions.hits) {
            let (unit, frame) = numbers.frame(frame);
            units[unit.index()].positions.push((group, frame, hits));
        }
        for cell in take(&mut counts.variants.cells) {
            let (unit, frame) = numbers.frame(cell.frame);
            units[unit.index()].cells.push(VariantCell { frame, ..cell });
        }
        for cell in take(&mut counts.variants.entries) {
            let ((unit, frame), (_, entry)) = (numbers.frame(cell.frame), numbers.entry(cell.entry));
            units[unit.index()].entry_cells.push(EntryCell { frame, entry, ..cell });
        }
        for (entry, name) in take(&mut counts.variants.names) {
            let (unit, entry) = numbers.entry(entry);
            units[unit.index()].names.push((entry, name));
        }
        for span in take(&mut self.spans) {
            let (unit, frame) = numbers.frame(span.frame);
            units[unit.index()].spans.push(HitSpan { frame, ..span });
        }
        for (article, frame_sentences) in lexical.frame_sentences.iter_mut().enumerate() {
            for (sentence, frame) in take(&mut frame_sentences.places) {
                let (unit, frame) = numbers.frame(frame);
                units[unit.index()].places.push((article as u32, sentence, frame));
            }
        }
        for (entry, article, hits) in take(&mut lexical.entries) {
            let (unit, entry) = numbers.entry(entry);
            units[unit.index()].entries.push((entry, article, hits));
        }
        let speakers = take(&mut counts.speakers).split(parts, |frame| numbers.frame(frame));
        let terms = take(&mut self.terms).split(parts, |entry| numbers.entry(entry));
        for ((unit, speakers), terms) in units.iter_mut().zip(speakers).zip(terms) {
            (unit.speakers, unit.terms) = (speakers, terms);
        }
        units
    }

    /// What was counted in a shard, of its parts; `groups` are those of the survey. Nothing where parts are not of this request.
    pub fn join(
        mut articles: Counted,
        sentiment: SentimentCounts,
        units: Vec<UnitCounts>,
        (request, groups): (&Request<'_>, &[Vec<String>]),
        numbers: &Numbering,
    ) -> Option<Counted> {
        let plain = Counts::new(request.frames.frames().to_vec(), request.scorer.scales.names());
        let counts = &mut articles.counts;
        (counts.frames, counts.lexicons, counts.groups) = (plain.frames, plain.lexicons, groups.to_vec());
        (counts.valence, counts.toward) = (sentiment.valence, sentiment.toward);
        (articles.sentiment_terms, articles.contributions) = (sentiment.terms, sentiment.contributions);
        articles.totals.sentiment_hits = sentiment.hits;
        articles.sentiment_hits = request.scorer.plans().iter().map(|_| Vec::new()).collect();
        for (unit, counts) in (0..).map(UnitId::new).zip(units) {
            articles.add_unit(unit, counts, numbers)?;
        }
        articles.order();
        articles.counts.sum_voices()?;
        articles.read_spans();
        Some(articles.without_spans())
    }

    /// Adds what the frames of a unit decide, in no order yet.
    fn add_unit(&mut self, unit: UnitId, part: UnitCounts, numbers: &Numbering) -> Option<()> {
        let frame_of = |frame: FrameId| numbers.frame_of(unit, frame);
        let entry_of = |entry: EntryId| numbers.entry_of(unit, entry);
        let (counts, lexical) = (&mut self.counts, &mut self.lexical);
        for (article, frame, voice, hits) in part.voices {
            counts.voices.push((article, frame_of(frame)?, voice, hits));
        }
        for (article, target, frame, hits) in part.near {
            counts.subjects.near.push((article, target, frame_of(frame)?, hits));
        }
        for (article, target, frame, hits) in part.spoken_of {
            counts.subjects.spoken_of.push((article, target, frame_of(frame)?, hits));
        }
        for (group, frame, hits) in part.positions {
            counts.positions.hits.insert((group, frame_of(frame)?), hits);
        }
        for cell in part.cells {
            counts.variants.cells.push(VariantCell { frame: frame_of(cell.frame)?, ..cell });
        }
        for cell in part.entry_cells {
            let (frame, entry) = (frame_of(cell.frame)?, entry_of(cell.entry)?);
            counts.variants.entries.push(EntryCell { frame, entry, ..cell });
        }
        for (entry, name) in part.names {
            counts.variants.names.insert(entry_of(entry)?, name);
        }
        for span in part.spans {
            self.spans.push(HitSpan { frame: frame_of(span.frame)?, ..span });
        }
        for (article, sentence, frame) in part.places {
            lexical.frame_sentences.get_mut(article as usize)?.places.push((sentence, frame_of(frame)?));
        }
        for (entry, article, hits) in part.entries {
            lexical.entries.push((entry_of(entry)?, article, hits));
        }
        counts.speakers.join(part.speakers, frame_of)?;
        self.terms.join(part.terms, entry_of)?;
        Some(())
    }

    /// Puts what came unit by unit in the order in which it is counted.
    fn order(&mut self) {
        let counts = &mut self.counts;
        counts.voices.sort_unstable();
        counts.subjects.near.sort_unstable_by_key(|&(article, target, frame, _)| (article, target, frame));
        counts.subjects.spoken_of.sort_unstable_by_key(|&(article, target, frame, _)| (article, target, frame));
        let variants = &mut counts.variants;
        variants.cells.sort_unstable_by_key(|cell| (cell.article, cell.frame, cell.voice, cell.place, cell.exact));
        variants.entries.sort_unstable_by_key(|cell| (cell.article, cell.frame, cell.entry));
        self.spans.sort_unstable();
        self.lexical.frame_sentences.iter_mut().for_each(|frame_sentences| frame_sentences.places.sort_unstable());
        self.lexical.entries.sort_unstable_by_key(|&(entry, article, _)| (article, entry));
    }
}
