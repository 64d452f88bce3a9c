//! Which words and frames one group uses more than the rest, or than another group.
//!
//! In: words by article, groups. Out: for each comparison the words that differ most, and every frame.
//! Invariant: p and q are over articles, and q over every word that is frequent enough in the corpus, shown or not (what is left out
//! for being rare is left out whatever the groups); a frame's are those of `comparisons.csv`. All other scores take words as independent
//! and are labelled so. Swapping two groups flips every sign exactly.
//! It deliberately compares no words of a group with fewer articles than a study asks for: what so few say is their topic, not how
//! their outlet speaks.

mod corpus;

use crate::aggregate::lexical::Unit;
use crate::statistics::Measured;
use crate::statistics::keyness::{Direction, Table};
use crate::voice::WordKind;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What is compared with what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// Each group with all other articles.
    #[default]
    Rest,
    /// Each group with each other.
    Each,
    /// Both.
    Both,
}

/// By what words are ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Fightin' Words, with a prior from the corpus.
    #[default]
    Z,
    /// G² over four cells.
    G2,
    /// G² over articles that have the word.
    TextDispersion,
}

impl Rank {
    /// As it stands in a study.
    pub fn name(self) -> &'static str {
        match self {
            Rank::Z => "z",
            Rank::G2 => "g2",
            Rank::TextDispersion => "text-dispersion",
        }
    }
}

/// What a study may set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What counts as one word.
    pub unit: Unit,
    /// What is compared.
    pub against: Against,
    /// Words shown of each comparison; 0 = all of them.
    pub top: usize,
    /// A word with fewer hits in the whole corpus is neither tested nor shown: rare words could show nothing, and cost all others.
    pub min_hits: u64,
    /// Nor is one in fewer articles; nor is one shown that is in fewer articles of the side that uses it more: one long article is no
    /// habit of an outlet.
    pub min_articles: u32,
    /// A group with fewer articles is not compared by words.
    pub min_group: u32,
    /// Which score decides what is shown.
    pub rank: Rank,
    /// Count only words in the voices that the study counts.
    pub counted_voices: bool,
    /// Prior count of every word where nothing is known.
    pub alpha: f64,
    /// Weight, in words, of what is known of a word's frequency.
    pub prior_words: f64,
    /// What simple maths adds to both rates per million.
    pub simple_maths: f64,
    /// A frequency list of other texts.
    pub reference: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            unit: Unit::Surface,
            against: Against::Rest,
            top: 100,
            min_hits: 5,
            min_articles: 3,
            min_group: 5,
            rank: Rank::Z,
            counted_voices: false,
            alpha: 0.01,
            prior_words: 1_000.0,
            simple_maths: 1.0,
            reference: None,
        }
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A frame, by number.
    Frame(usize),
    /// A word of [`Keyness::words`].
    Word(usize),
}

/// Scores that take words as independent: descriptive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// G² over four cells.
    pub g2: Measured,
    /// G² over the word's two cells.
    pub g2_rayson: Measured,
    /// χ².
    pub chi2: Measured,
    /// χ² with Yates' correction.
    pub chi2_yates: Measured,
    /// Hardie's log ratio.
    pub log_ratio: Measured,
    /// Odds ratio.
    pub odds_ratio: Measured,
    /// %DIFF.
    pub percent_difference: Measured,
    /// Simple maths.
    pub simple_maths: Measured,
    /// z of Fightin' Words, every word with the same prior.
    pub z_uninformative: Measured,
    /// z with a prior from this corpus.
    pub z: Measured,
    /// z with a prior from the reference list; nothing without a list.
    pub z_reference: Option<Measured>,
    /// G² over articles that have the word.
    pub text_dispersion: Measured,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The group.
    pub group: usize,
    /// The group that it is compared with; nothing where that is all other articles.
    pub against: Option<usize>,
    /// Word or frame.
    pub what: What,
    /// Counts and sizes.
    pub table: Table,
    /// Articles with the word.
    pub with: [u32; 2],
    /// Articles.
    pub articles: [u32; 2],
    /// Where it is relatively more frequent.
    pub direction: Direction,
    /// The smoothed log ratio.
    pub smoothed: Measured,
    /// Descriptive scores.
    pub scores: Scores,
    /// p over articles.
    pub p: Measured,
    /// How it was found.
    pub p_method: &'static str,
    /// q within the family.
    pub q: Measured,
    /// Tests in the family.
    pub family: usize,
}

/// Where the words of a comparison stand, for a chart: a word for each place, as many words stand in the same one.
pub struct Cloud {
    /// The group.
    pub group: usize,
    /// The group that it is compared with; nothing where that is all other articles.
    pub against: Option<usize>,
    /// Counts and sizes, of words that are frequent enough to be tested.
    pub tables: Vec<Table>,
}

/// Every comparison.
pub struct Keyness {
    /// Words that are in a row, with the surface forms of stems.
    pub words: Vec<(String, Vec<(String, u64)>)>,
    /// What kind of word each of them is.
    pub kinds: Vec<WordKind>,
    /// Rows: comparison by comparison, frames before words, words by |z|.
    pub rows: Vec<Row>,
    /// All words of each comparison by words, in the order of the rows.
    pub clouds: Vec<Cloud>,
    /// Different words of the corpus.
    pub vocabulary: usize,
    /// Of these, words that are frequent enough to be tested.
    pub tested: usize,
    /// Groups with too few articles to be compared by words.
    pub small: Vec<usize>,
}

impl Keyness {
    /// Whether a row is of a word that says little of what a text is about.
    pub fn is_weak(&self, row: &Row) -> bool {
        matches!(row.what, What::Word(word) if self.kinds[word] != WordKind::Other)
    }

    /// Kind and text of a row, and the surface forms of a stem.
    pub fn text<'t>(&'t self, row: &Row, frames: &'t [String]) -> (&'static str, &'t str, &'t [(String, u64)]) {
        match row.what {
            What::Frame(frame) => ("frame", &frames[frame], &[]),
            What::Word(word) => (self.kinds[word].name(), &self.words[word].0, &self.words[word].1),
        }
    }
}
