//! Counting: shards and lexicons in, one value out.
//!
//! In: a shard, the status of its articles, and a [`Request`]: the lexicons and what is asked of them. Out: [`Counted`].
//! Invariant: what is counted in a range of articles depends on these alone, not on threads or on the cut of shards: neighbouring ranges
//! merge, in any grouping, to what their union would have given.
//! It deliberately writes nothing and knows no table, no file and no page: who shows a hit fetches the text around it.

mod counted;
mod counter;
mod parts;
mod positions;
mod recount;
mod search;
mod sum;
mod survey;
mod totals;

pub use counted::{Counted, CountedArticle, Hit};
pub use counter::{Counter, ShardView, of_article};
pub use parts::{SentimentCounts, UnitCounts};
pub use search::{Search, SearchedShard};
pub use survey::{Survey, Surveyor};
pub use totals::Totals;

use crate::aggregate::lexical::{Wanted, WordsWanted};
use crate::aggregate::{GroupId, Grouping};
use crate::index::StoredShard;
use crate::lookup::{FrameId, Plan, Subjects};
use crate::sentiment::Scorer;
use crate::sentiment::vader::Vader;
use crate::text::Language;
use std::sync::Arc;

/// What is counted in every shard.
pub struct Request<'a> {
    /// Frames.
    pub frames: &'a Plan<'a>,
    /// Sentiment lexicons, and how they score.
    pub scorer: &'a Scorer<'a>,
    /// VADER over each scale, in its modes.
    pub vaders: &'a [Vader<'a>],
    /// Targets and labels.
    pub subjects: &'a Subjects,
    /// Further labels of articles, for strata.
    pub labels: Grouping,
    /// Count again for checks of robustness.
    pub variants: bool,
    /// What is asked about the words themselves.
    pub lexical: Wanted<'a>,
    /// Keep every hit in [`Counted::hits`] and the metadata of every article. Without it only sums are kept, and memory does not grow
    /// with the text.
    pub keep_hits: bool,
}

impl<'a> Request<'a> {
    /// Hits of these lexicons and no more: no sentences, no labels, no checks, nothing about words, no hit kept.
    pub fn of_hits(frames: &'a Plan<'a>, scorer: &'a Scorer<'a>, subjects: &'a Subjects) -> Request<'a> {
        Request {
            frames,
            scorer,
            vaders: &[],
            subjects,
            labels: Grouping::default(),
            variants: false,
            lexical: Wanted::default(),
            keep_hits: false,
        }
    }
}

/// A shard, and the number of its first article.
pub type ShardAt<'s> = (&'s Arc<StoredShard>, u64);

/// What of a request is counted of a shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedParts {
    /// What neither frames nor sentiment lexicons decide.
    pub articles: bool,
    /// What sentiment lexicons say.
    pub sentiment: bool,
    /// Hits, by frame; those of a unit are wanted together.
    pub frames: Vec<bool>,
}

impl WantedParts {
    /// Everything, for so many frames.
    pub fn all(frames: usize) -> WantedParts {
        WantedParts { articles: true, sentiment: true, frames: vec![true; frames] }
    }

    /// True where a frame is wanted.
    pub fn has(&self, frame: FrameId) -> bool {
        self.frames[frame.index()]
    }

    /// True where there is nothing to count.
    pub fn is_nothing(&self) -> bool {
        !self.articles && !self.sentiment && !self.frames.contains(&true)
    }
}

/// Why an article is counted or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is.
    Counted,
    /// An earlier one has the same words.
    Duplicate,
    /// An earlier one has nearly the same words.
    NearDuplicate,
    /// There is nothing to count.
    NoWords,
    /// No lexicon of frames is for its language.
    NoLexicon,
}

impl Reason {
    /// As it stands in `articles.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Counted => "yes",
            Reason::Duplicate => "duplicate",
            Reason::NearDuplicate => "near duplicate",
            Reason::NoWords => "no words",
            Reason::NoLexicon => "no lexicon in its language",
        }
    }

    /// True where it is counted.
    pub fn is_counted(self) -> bool {
        self == Reason::Counted
    }
}

/// What the whole corpus says of an article.
#[derive(Clone, Copy, Debug)]
pub struct ArticleStatus<'s> {
    /// Counted, or why not.
    pub reason: Reason,
    /// Number of its group.
    pub group: GroupId,
    /// Counted articles of its group.
    pub articles_of_group: u32,
    /// The page shows its group.
    pub is_shown: bool,
    /// Labels of its group.
    pub labels: &'s [String],
    /// The earlier article with the same words.
    pub earlier: Option<&'s str>,
    /// Number of its story, from 1; none where it is in none.
    pub story: Option<u32>,
}

impl ArticleStatus<'_> {
    /// What is asked of its words.
    fn words_wanted(&self) -> WordsWanted {
        match (self.reason.is_counted(), self.story) {
            (false, _) => WordsWanted::Nothing,
            (true, Some(story)) if story <= STORIES_WITH_WORDS => WordsWanted::Story,
            (true, _) => WordsWanted::Usual,
        }
    }
}

/// The largest stories, so many, have the words by which each group tells them: memory must not grow with the text.
const STORIES_WITH_WORDS: u32 = 500;

/// What is known of an article besides its metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Given or detected.
    pub language: Language,
    /// All words.
    pub words: u32,
    /// Words in furniture.
    pub furniture_words: u32,
    /// Words in repeats.
    pub repeat_words: u32,
    /// Sentences.
    pub sentences: u32,
    /// Quotation marks that were missing, doubled or mismatched.
    pub quotes_repaired: u32,
    /// Length of the text.
    pub text_bytes: u64,
    /// Of its folded words; 0 where there are none.
    pub digest: u128,
}

impl Facts {
    /// Words that could have been hits: without furniture and repeats.
    pub fn countable_words(&self) -> u32 {
        self.words - self.furniture_words - self.repeat_words
    }
}
