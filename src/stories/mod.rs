//! Stories: articles on one event, across outlets.
//!
//! In: shards, the copies among their articles, what a study asks for. Out: [`Stories`]: the story of each article, and each story with its
//! outlets, days, headline and telling words.
//! Invariant: stories depend on the articles alone: not on their order, on shards, on threads, or on any lexicon. Copies of one text are
//! one voice: they are counted once where words are weighed and articles are linked.
//! It deliberately reads no text again: everything comes from what the index holds. Articles in two languages share no stems, so they
//! share no story; a hand-made list ([`Corrections`]) can bring them together.

mod clusters;
mod corrections;
mod link;
mod list;
mod units;
mod vectors;

pub use corrections::Corrections;
pub use link::{Linked, link};
pub use list::{Basis, Stories, Story};
pub use units::{Articles, Units};
pub use vectors::{Frequencies, Part, Vectors, frequencies, note_names, vectors};

use serde::{Deserialize, Serialize};

/// How stories are found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// All dated articles of a story lie within so many days of each other.
    pub window_days: u32,
    /// Mean cosine above which articles, and groups of them, are one story; between articles of which one has no date twice that.
    pub threshold: f64,
    /// Outlets that make a story; 0 = none are looked for.
    pub min_outlets: u32,
    /// A column that names the story of each article; then none are looked for.
    pub column: Option<String>,
    /// A file that merges, splits and names stories.
    pub corrections: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options { window_days: 4, threshold: 0.16, min_outlets: 2, column: None, corrections: None }
    }
}

impl Options {
    /// The threshold where a date is missing, so that nothing but the words speaks for one event.
    pub fn strict(&self) -> f64 {
        (self.threshold * 2.0).min(1.0)
    }
}
