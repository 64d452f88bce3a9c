//! The hits of a plan in a shard, and nothing else of it.
//!
//! In: a shard, the survey, a plan. Out: [`SearchedShard`], while the shard lies open.
//! Invariant: the hits are those that [`super::Counter`] finds.
//! It deliberately cleans nothing: what of an article is not counted, it is told.

use super::{ArticleStatus, Survey};
use crate::clean::Cleaned;
use crate::index::{Shard, StoredShard};
use crate::lookup::{FrameId, Hit, Places, Plan, VoiceLookup};
use crate::stem::Stems;
use crate::voice::Voice;

/// What is looked for, and what every shard needs for it.
pub struct Search<'a> {
    /// Voices that are counted.
    pub voices: &'a [Voice],
    /// The status of every article.
    pub survey: &'a Survey,
    /// What is looked for.
    pub plan: &'a Plan<'a>,
    /// Only this frame of the plan.
    pub frame: Option<FrameId>,
    /// What of each article is not counted.
    pub cleaned: &'a Cleaned,
}

/// A shard with the hits that were found in it.
pub struct SearchedShard<'s> {
    /// The shard.
    pub shard: &'s Shard,
    /// Number of its first article, in the order of reading.
    pub first: u64,
    /// Identifiers of its articles.
    pub ids: &'s [Box<str>],
    /// What the corpus says of each article.
    pub status: &'s [ArticleStatus<'s>],
    /// By place.
    pub hits: &'s [Hit],
}

impl Search<'_> {
    /// Looks a shard through. Nothing where it cannot be read any more.
    pub fn search<R>(
        &self,
        stems: &mut Stems,
        (stored, first): (&StoredShard, u64),
        look: impl Fn(&SearchedShard<'_>) -> R,
    ) -> Option<R> {
        Shard::look(stored, |shard| self.look_through(stems, (shard, first), look))
    }

    fn look_through<R>(
        &self,
        stems: &mut Stems,
        (shard, first): (&Shard, u64),
        look: impl Fn(&SearchedShard<'_>) -> R,
    ) -> Option<R> {
        let places = Places::of(self.plan, self.frame, shard, stems);
        let removed = self.cleaned.of_shard(shard, first)?;
        let hits = places.judged(shard, &mut VoiceLookup::new(shard, &removed, self.voices));
        let status: Vec<ArticleStatus<'_>> = (0..removed.len()).map(|i| self.survey.of(first as usize + i)).collect();
        let ids = self.survey.ids_from(first as usize, shard.len())?;
        Some(look(&SearchedShard { shard, first, ids, status: &status, hits: &hits }))
    }
}
