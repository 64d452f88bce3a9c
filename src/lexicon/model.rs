//! The parts of a lexicon, as written: which frame, which pattern, from which line.
//!
//! Invariant: an entry knows its file and line for ever; weights are integers (thousandths), so sums are exact in any order.
//! It deliberately does not match: `lookup` does.

use super::emoji::Emoji;
use super::report::ImportReport;
use super::sniff::Format;
use super::validation::Validation;
use crate::error::Problem;
use crate::text::Language;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What a lexicon's entries are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Frames are counted by article.
    Frames,
    /// Weights are summed by article.
    Sentiment,
    /// Patterns of whole lines that are site furniture.
    Furniture,
    /// Words that tell who speaks, what is denied, doubted or asked.
    Cues,
}

/// How a word of a pattern is compared with a word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum MatchMode {
    /// By stem: `terrorists` finds *terrorist*.
    Stem,
    /// By form, apart from capitals: `terrorists` does not find *terrorist*.
    Exact,
    /// As written, capitals and all.
    Case,
}

/// Within what a token counts once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Overlap {
    /// Within a frame; across frames it may count in several.
    Frame,
    /// Within the whole lexicon.
    Lexicon,
}

/// What Entman (1993) lets a frame do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Function {
    /// Defines a problem.
    Problem,
    /// Names a cause.
    Cause,
    /// Passes a moral judgement.
    Moral,
    /// Proposes a remedy.
    Remedy,
}

/// One word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Word {
    /// As written, without the marks of its mode.
    pub text: String,
    /// Its own mode: the entry's, or `Exact` where it holds a wildcard.
    pub mode: MatchMode,
}

impl Word {
    /// True where `*` or `?` stands in it.
    pub fn is_wildcard(&self) -> bool {
        self.text.contains(['*', '?'])
    }
}

/// What stands on one side of a proximity operator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operand {
    /// A word or a phrase.
    Words(Vec<Word>),
    /// `#frame`: any entry of that frame.
    Frame(String),
    /// `(#pronoun | to be)`: any of these; LIWC's conditions need it.
    Any(Vec<Operand>),
}

/// Which side, and how near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// The left operand comes first.
    Before,
    /// The left operand comes second.
    After,
    /// Either.
    Near,
}

/// What a proximity pattern may not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// `/S`, the default.
    Sentence,
    /// `/P`.
    Paragraph,
    /// `/D`.
    Article,
}

/// What kind of evaluation a word of a sentiment lexicon is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// What somebody or something is worth: *corrupt*, *brilliant*.
    #[default]
    Judgement,
    /// What happened, or is the case: *victims*, *war*, *recovery*.
    Event,
    /// Who is for or against whom, in words or in acts: *endorse*, *accuse*, *banned*.
    Stance,
    /// What somebody feels: *fear*, *glad*.
    Emotion,
}

/// What an entry looks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Pattern {
    /// A word or a phrase.
    Words(Vec<Word>),
    /// `a BEFORE/3 b` and its kin. Positive forms hit both operands and what lies between;
    /// `NOT` forms hit the left operand where the right one is not so near.
    Near {
        /// What is looked for.
        left: Operand,
        /// On which side the other stands.
        direction: Direction,
        /// True for the `NOT` form.
        negated: bool,
        /// At most so many words apart (1 = adjacent); `None` = anywhere in the scope.
        distance: Option<u32>,
        /// What the two must share.
        scope: Scope,
        /// What it is looked for beside.
        right: Operand,
    },
}

impl Pattern {
    /// Every word that it names itself, those of frames that it names not among them.
    pub fn words(&self) -> Vec<&Word> {
        fn of_operand(operand: &Operand) -> Vec<&Word> {
            match operand {
                Operand::Words(words) => words.iter().collect(),
                Operand::Frame(_) => Vec::new(),
                Operand::Any(operands) => operands.iter().flat_map(of_operand).collect(),
            }
        }
        match self {
            Pattern::Words(words) => words.iter().collect(),
            Pattern::Near { left, right, .. } => of_operand(left).into_iter().chain(of_operand(right)).collect(),
        }
    }
}

/// One line of a lexicon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Index into [`Lexicon::frames`].
    pub frame: usize,
    /// As written in the file; a foreign file's own marks are rewritten in the language of the native form.
    pub text: String,
    /// What it looks for. Holds no word where the entry is unmatchable.
    pub pattern: Pattern,
    /// True for an emoticon and the like: kept, counted as an entry, and found in no text.
    pub unmatchable: bool,
    /// Its match mode, for reports.
    pub mode: MatchMode,
    /// Weight in thousandths; 1000 where the file gives none.
    pub weight: i32,
    /// Of a sentiment lexicon: what kind of evaluation it is.
    pub class: Class,
    /// True for an `except` entry: it cancels a hit that it covers.
    pub except: bool,
    /// How far its raters disagreed (standard deviation of the weight, in thousandths).
    pub sd: Option<i32>,
    /// Free text.
    pub note: String,
    /// Where the entry comes from.
    pub source: String,
    /// Hand-checked hits: right, checked.
    pub precision: Option<(u32, u32)>,
    /// When it was added, as written.
    pub added: String,
    /// Line in the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A category of entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Path of names joined by `/`; `security/terrorism` lies inside `security`.
    pub name: String,
    /// For people; the last part of the name where the file gives none.
    pub label: String,
    /// Entman's function.
    pub function: Option<Function>,
    /// What the frame means.
    pub definition: String,
    /// What coders are to count as the frame, each one sentence.
    pub include: Vec<String>,
    /// What they are not.
    pub exclude: Vec<String>,
    /// Sentences with what they are, for coders.
    pub examples: Vec<String>,
    /// Free text.
    pub notes: String,
    /// `#rrggbb` for charts; empty where the file gives none.
    pub colour: String,
    /// Sentences in which the frame must be found.
    pub hits: Vec<(String, u32)>,
    /// Sentences in which it must not.
    pub misses: Vec<(String, u32)>,
    /// Line of its header, from 1.
    pub line: u32,
    /// True where conditions of its entries lead back to it (`#frame`): a condition that asks for it looks for its plain words.
    #[serde(skip)]
    pub is_circular: bool,
}

/// Somebody who is talked about: name variants folded together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Identifier.
    pub name: String,
    /// Variants.
    pub patterns: Vec<(String, Pattern)>,
    /// What cancels the variants that it covers: *Washington Post*.
    pub exceptions: Vec<(String, Pattern)>,
    /// Line of its header.
    pub line: u32,
}

/// Rival names for the same people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelSet {
    /// Who is meant.
    pub referent: String,
    /// Label → patterns.
    pub choices: Vec<(String, Vec<(String, Pattern)>)>,
    /// What cancels the labels that it covers: *riot police*.
    pub exceptions: Vec<(String, Pattern)>,
    /// Line of its header.
    pub line: u32,
}

/// A lexicon file, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Path as the user typed it.
    pub file: String,
    /// When and by whom its hits were coded, as written.
    pub validated: String,
    /// What coders have said of it, from the file beside it.
    pub validation: Option<Validation>,
    /// Name from the header, or the file's stem.
    pub name: String,
    /// Version from the header; empty where there is none.
    pub version: String,
    /// The language it is for; `None` = every language, stemmed by the article's.
    pub language: Option<Language>,
    /// Licence.
    pub licence: String,
    /// Where the words come from.
    pub source: String,
    /// What for.
    pub kind: Kind,
    /// Match mode of entries that give none.
    pub mode: MatchMode,
    /// Within what a token counts once.
    pub overlap: Overlap,
    /// Frames in the order of the file.
    pub frames: Vec<Frame>,
    /// Entries in the order of the file.
    pub entries: Vec<Entry>,
    /// People and things talked about.
    pub targets: Vec<Target>,
    /// Rival labels.
    pub labels: Vec<LabelSet>,
    /// Digest of all that was read that decides a number, hexadecimal: a comment or an empty line more is no other lexicon.
    pub digest: String,
    /// The form it was written in.
    pub format: Format,
    /// What was done with each line.
    #[serde(skip)]
    pub report: ImportReport,
    /// What VADER's rules read emoji as, where it was asked for and is there.
    pub emoji: Option<Emoji>,
    /// Notes and warnings of the reading; errors refuse the lexicon.
    #[serde(skip)]
    pub problems: Vec<Problem>,
}
