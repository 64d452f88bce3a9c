//! What of an article is not the article: site furniture, and passages that repeat.
//!
//! In: articles and furniture lexicons. Out: a [`Summary`] of each article; from those of all articles a [`Survey`] of the corpus; and
//! with it [`Removed`] spans of tokens for each article. The text itself never changes.
//! Invariant: removed spans ascend and do not overlap; what is kept and what is removed add up to the article; a rule that is
//! switched off changes only what it had removed.
//! It deliberately comes after the words are found (the plan had it before): lines, passages and what is left over are all
//! counted in words.

mod cleaned;
mod cleaner;
mod copies;
mod duplicates;
mod ending;
mod furniture;
mod gallery;
mod links;
mod places;
mod recurring;
mod repeats;
mod shipped;
mod sketch;
mod summary;
mod survey;

pub use cleaned::Cleaned;
pub use cleaner::Cleaner;
pub use copies::{Copies, Copy, Group};
pub use duplicates::{Duplicates, digest};
pub use furniture::{Furniture, LinePatterns};
pub use places::Place;
pub use recurring::Recurring;
pub use sketch::NOTICED;
pub use summary::{NO_ENDING, SUMMARY_VERSION, Summaries, Summary, WordHashes};
pub use survey::{Survey, Surveyor, outlet_key};

use crate::index::bytes::Writer;
use crate::index::{Attached, Draft, Kind, Shard};
use crate::read::Article;
use crate::text::{ArticleToken, Span};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// Which rules run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Look for lines of site furniture.
    pub furniture: bool,
    /// Look for lines that recur in many articles of an outlet.
    pub recurring: bool,
    /// The fewest articles that make a line recurring.
    pub min_recurring_articles: u32,
    /// Look for a run of short lines at the end of an article.
    pub endings: bool,
    /// Look for the captions of photo galleries.
    pub galleries: bool,
    /// Look for headlines of other articles.
    pub links: bool,
    /// Look for passages that repeat inside an article.
    pub repeats: bool,
    /// The shortest passage that counts as a repeat, in words.
    pub min_repeat_words: u32,
    /// Join words that are broken at line ends.
    pub dehyphenate: bool,
    /// Count exact duplicates once.
    pub duplicates: bool,
    /// Share of the shorter article, in percent, that makes two articles copies.
    pub min_copy_share: u32,
    /// Which of nearly equal articles are counted.
    pub near_duplicates: NearDuplicates,
}

/// Which of nearly equal articles are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum NearDuplicates {
    /// All.
    #[default]
    Keep,
    /// The first in reading order; see [`Copies::copy_of`].
    First,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            furniture: true,
            recurring: true,
            min_recurring_articles: 5,
            endings: true,
            galleries: true,
            links: true,
            repeats: true,
            min_repeat_words: 12,
            dehyphenate: true,
            duplicates: true,
            min_copy_share: 50,
            near_duplicates: NearDuplicates::Keep,
        }
    }
}

/// Why a span of an article is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A line of site furniture, by a lexicon.
    Furniture,
    /// A line that recurs in many articles of its outlet.
    Recurring,
    /// One of the short lines with which the article ends.
    Ending,
    /// A caption of a photo gallery.
    Gallery,
    /// The headline of another article.
    Link,
    /// A passage already seen in this article.
    Repeat,
    /// The title, where it is looked at separately.
    Headline,
}

impl Rule {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Furniture => "furniture",
            Rule::Recurring => "recurring",
            Rule::Ending => "ending",
            Rule::Gallery => "gallery",
            Rule::Link => "link",
            Rule::Repeat => "repeat",
            Rule::Headline => "headline",
        }
    }

    /// True for site furniture of any kind: its voice is `furniture`.
    pub fn is_furniture(self) -> bool {
        !matches!(self, Rule::Repeat | Rule::Headline)
    }
}

/// A span that is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Tokens, counted from the article's first.
    pub tokens: Span<ArticleToken>,
    /// Why.
    pub rule: Rule,
    /// The pattern that matched, how often the line recurs, or where the passage stood first.
    pub evidence: String,
}

/// Summarises every article of a draft, for its shard to keep.
pub fn summarise(draft: &Draft, attached: &mut Attached) {
    let types = draft.types();
    let mut summaries = Summaries::default();
    let mut hashes = WordHashes::default();
    let mut row = Writer::default();
    for i in 0..draft.articles().len() {
        summaries.clear();
        summaries.push(&draft.article(i), |id| types.folded(id), &mut hashes);
        row.bytes.clear();
        summaries.get(0).write(&mut row);
        attached.push(Kind::Clean, &row.bytes);
    }
}

/// The digest of an article's words that its shard keeps; 0 where there are none.
pub fn counted_digest(shard: &Shard, article: usize) -> u128 {
    shard.attached(Kind::Clean, article).first_chunk().map_or(0, |digest| u128::from_le_bytes(*digest))
}

/// The summaries that a shard keeps.
pub fn summaries(shard: &Shard) -> Summaries {
    let mut summaries = Summaries::default();
    (0..shard.len()).for_each(|i| summaries.read(shard.attached(Kind::Clean, i)));
    summaries
}

/// The removed spans of every article of a shard.
pub fn clean(shard: &Shard, furniture: &LinePatterns, recurring: &Recurring, options: &Options) -> Vec<Vec<Removed>> {
    clean_some(shard, furniture, recurring, options, |_| true)
}

/// [`clean`] of some articles of a shard; the others have no spans.
pub fn clean_some(
    shard: &Shard,
    furniture: &LinePatterns,
    recurring: &Recurring,
    options: &Options,
    is_wanted: impl Fn(usize) -> bool,
) -> Vec<Vec<Removed>> {
    let mut cleaner = Cleaner::new(furniture, recurring, options);
    let (mut reader, mut summaries) = (shard.reader(), Summaries::default());
    let mut article = |(i, article): (usize, &Article)| {
        if !is_wanted(i) {
            return Vec::new();
        }
        summaries.clear();
        summaries.read(shard.attached(Kind::Clean, i));
        cleaner.article(&reader.words(i), &summaries.get(0), outlet_key(article.outlet.as_deref()), &article.asides)
    };
    shard.articles().iter().enumerate().map(&mut article).collect()
}

/// The rule that removed a span of tokens, if one of its tokens was removed.
pub fn removed_by(removed: &[Removed], tokens: Span<ArticleToken>) -> Option<Rule> {
    let next = removed.partition_point(|r| r.tokens.end <= tokens.start);
    removed.get(next).filter(|r| r.tokens.overlaps(&tokens)).map(|r| r.rule)
}
