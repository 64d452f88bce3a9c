//! One hit as a line of a concordance.
//!
//! Invariant: every column stands in one place, with what fills it; what is not known is missing, not empty text.

use crate::aggregate::{Cell, UNKNOWN};
use crate::lookup::{Hit, Uncounted};
use crate::read::{Article, Date};
use crate::report::Passage;
use crate::voice::Voice;

/// A hit, with what stands around it and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands before, in the same sentence.
    pub left: String,
    /// The words that were found, as they stand in the text.
    pub hit: String,
    /// What stands after, in the same sentence.
    pub right: String,
    /// Outlet; `unknown` where there is none.
    pub outlet: String,
    /// Day of the article.
    pub date: Option<Date>,
    /// Title of the article.
    pub title: String,
    /// Who is speaking.
    pub voice: Voice,
    /// The words of the speaker, where there are some.
    pub source: Option<String>,
    /// Address; empty where none is given.
    pub url: String,
    /// `file:line`; in a table, the line at which the article's record begins.
    pub at: String,
    /// Identifier of the article.
    pub article: String,
    /// Frame and entry, where a frame was asked for.
    pub of_frame: Option<(String, String)>,
    /// Bytes in the file, or in the cell of the table.
    pub bytes: (u64, u64),
    /// `yes`, or why it is in no count.
    pub counted: &'static str,
}

/// A column, and what fills it.
pub(super) type Column = (&'static str, fn(&Line) -> Cell<'_>);

fn text_cell(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Missing } else { Cell::Text(text) }
}

/// The columns of a concordance.
pub(super) const COLUMNS: [Column; 16] = [
    ("left", |line| Cell::Text(&line.left)),
    ("hit", |line| Cell::Text(&line.hit)),
    ("right", |line| Cell::Text(&line.right)),
    ("outlet", |line| Cell::Text(&line.outlet)),
    ("date", |line| line.date.map_or(Cell::Missing, Cell::Date)),
    ("title", |line| text_cell(&line.title)),
    ("voice", |line| Cell::Text(line.voice.name())),
    ("source", |line| line.source.as_deref().map_or(Cell::Missing, Cell::Text)),
    ("url", |line| text_cell(&line.url)),
    ("at", |line| Cell::Text(&line.at)),
    ("article", |line| Cell::Text(&line.article)),
    ("frame", |line| line.of_frame.as_ref().map_or(Cell::Missing, |(frame, _)| Cell::Text(frame))),
    ("entry", |line| line.of_frame.as_ref().map_or(Cell::Missing, |(_, entry)| Cell::Text(entry))),
    ("byte_start", |line| Cell::Integer(line.bytes.0 as i64)),
    ("byte_end", |line| Cell::Integer(line.bytes.1 as i64)),
    ("counted", |line| Cell::Text(line.counted)),
];

impl Line {
    pub(super) fn of(article: &Article, hit: &Hit, passage: &Passage<'_>, of_frame: Option<(String, String)>) -> Line {
        Line {
            left: passage.left.to_string(),
            hit: passage.surface.to_string(),
            right: passage.right.to_string(),
            outlet: article.outlet.as_deref().unwrap_or(UNKNOWN).to_string(),
            date: article.date,
            title: article.title.clone(),
            voice: hit.verdict.voice,
            source: passage.source.as_ref().map(ToString::to_string),
            url: article.url.clone(),
            at: format!("{}:{}", article.file, article.record.unwrap_or(passage.line)),
            article: article.id.clone(),
            of_frame,
            bytes: passage.bytes,
            counted: hit.uncounted.map_or("yes", Uncounted::name),
        }
    }

    /// The words before the hit, the nearest first, to sort by.
    pub(super) fn words_before(&self) -> Vec<String> {
        let mut words = words(&self.left);
        words.reverse();
        words
    }

    /// The words after the hit, to sort by.
    pub(super) fn words_after(&self) -> Vec<String> {
        words(&self.right)
    }
}

fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}
