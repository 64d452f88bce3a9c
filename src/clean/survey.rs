//! The survey of a corpus: what only all articles together can show.
//!
//! In: the [`Summary`] of every article, in reading order. Out: lines that recur, articles that copy one another.
//! Invariant: a function of the summaries in their order; threads and shards have no part in it. "First" is first in reading order.
//! It deliberately opens no article: memory is some hundred bytes an article while it is made, and a few afterwards.

use super::copies::{Copies, Sketches};
use super::recurring::{Recurring, Sightings};
use super::{Duplicates, Options, Summary};

/// What all articles together show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Lines that an outlet prints again and again.
    pub recurring: Recurring,
    /// Articles that say what others say.
    pub copies: Copies,
}

/// Makes a [`Survey`].
pub struct Surveyor {
    min_recurring_articles: u32,
    min_copy_share: u32,
    articles: u32,
    duplicates: Duplicates,
    sightings: Sightings,
    sketches: Sketches,
}

/// The number by which lines are told apart by outlet; articles without an outlet have one together.
pub fn outlet_key(outlet: Option<&str>) -> u64 {
    let Some(outlet) = outlet else { return 0 };
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&blake3::hash(outlet.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

impl Surveyor {
    /// Nothing is surveyed yet.
    pub fn new(options: &Options) -> Surveyor {
        Surveyor {
            min_recurring_articles: options.min_recurring_articles,
            min_copy_share: options.min_copy_share,
            articles: 0,
            duplicates: Duplicates::default(),
            sightings: Sightings::default(),
            sketches: Sketches::default(),
        }
    }

    /// The next article in reading order; its outlet by [`outlet_key`].
    pub fn push(&mut self, outlet: u64, summary: &Summary<'_>) {
        let article = self.articles;
        self.articles += 1;
        let exact = self.duplicates.check((summary.digest != 0).then_some(summary.digest), article);
        self.sightings.push(outlet, article, exact.is_none().then_some(summary));
        self.sketches.push(article, summary.fingerprints, exact);
    }

    /// What was found.
    pub fn finish(self) -> Survey {
        let (copies, families) = self.sketches.finish(self.min_copy_share);
        let family_of = |article: u32| families[article as usize];
        Survey { recurring: self.sightings.finish(self.min_recurring_articles, family_of), copies }
    }
}
