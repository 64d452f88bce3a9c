//! Places in a corpus at which reading can begin again.
//!
//! In: a corpus that is being read. Out: a [`Mark`]; of a mark and a corpus just opened, the same articles as from there on.
//! Invariant: what is read from a mark on is what was read there, but for what is said once of a file or a corpus: that was said when the
//! mark was set. Whoever reads again holds a digest of the articles against what comes.
//! It deliberately marks only what can be reached without reading what stands before: the beginning of a file, a row of Parquet, a record
//! of a plain table or of JSON lines in UTF-8.

use super::outlets::Outlets;
use super::plan::Plan;
use super::{Corpus, Input, Item, Options};
use crate::error::{Problem, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A place between two articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number of the file among those that are read.
    file: usize,
    /// Where in the file, if not at its beginning.
    within: Option<Within>,
    /// Ids asked for before.
    asked: u64,
}

/// A place within a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Within {
    /// Bytes before it; in Parquet, rows.
    pub at: u64,
    /// Lines before it.
    pub lines: u32,
    /// Fields before it that were opened and never closed.
    pub never_closed: u32,
}

impl Corpus {
    /// A corpus that somebody else has read to its end: its files with their digests, its further columns and its notes.
    ///
    /// # Errors
    /// A wrong option.
    pub fn that_was_read(
        inputs: Vec<Input>,
        others: Vec<String>,
        notes: Vec<Problem>,
        options: &Options,
    ) -> Result<Corpus> {
        let outlets = Outlets::new(&options.aliases)?;
        let plan = Plan { inputs, others, notes, ..Plan::default() };
        let mut corpus = Corpus::of(plan, outlets, options, None, &Arc::default())?;
        corpus.closed = true;
        Ok(corpus)
    }

    /// Where reading could begin again right now; nothing where it could not.
    pub fn mark(&self) -> Option<Mark> {
        let waits = self.waiting.iter().any(|item| matches!(item, Item::Article(_)));
        if waits || self.closed || self.wanted.draws() {
            return None;
        }
        let begun = self.files - self.steps.len();
        let (file, within) = match &self.table {
            Some(open) => (begun - 1, Some(open.table.place().filter(|_| open.can_begin)?)),
            None => (begun, None),
        };
        Some(Mark { file, within, asked: self.builder.ids.asked })
    }

    /// Keeps the ids that are marked as taken from now on, by the number of the article among all that are read.
    pub fn keep_marked_ids(&mut self) {
        self.builder.ids.marked = Some(BTreeMap::new());
    }

    /// The ids that were marked since the last call.
    pub fn marked_ids(&mut self) -> BTreeMap<u64, String> {
        self.builder.ids.marked.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Begins at a mark of this very corpus, with the ids that are marked behind it; gives so many articles and no more. Problems are those
    /// of whoever set the mark.
    pub fn begin_at(&mut self, mark: &Mark, ids: BTreeMap<u64, String>, articles: u64) {
        self.waiting.clear();
        self.most = Some(articles);
        self.builder.ids.asked = mark.asked;
        self.builder.ids.assigned = Some(ids);
        if mark.file > 0 {
            self.steps.nth(mark.file - 1);
        }
        if let Some(within) = mark.within
            && let Some(step) = self.steps.next()
        {
            self.start(step, Some(within));
        }
    }
}
