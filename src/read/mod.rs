//! Articles from what researchers have: folders of texts, tables, JSONL and Parquet, plain or packed.
//!
//! In: paths as typed, and [`Options`]. Out: a stream of [`Article`]s and of [`Problem`]s; notes on everything that was guessed.
//! Invariant: the text of an article is never altered; the same files give the same articles in the same order, however they
//! were typed; memory does not grow with the corpus.
//! It deliberately cleans nothing, detects no language and drops no article: later rooms decide what counts.

mod article;
mod batches;
mod columns;
pub mod dates;
mod decode;
mod delimited;
mod files;
mod frequencies;
mod front;
pub mod infer;
mod jsonl;
mod outlets;
mod parquet;
mod plain;
mod plan;
mod sidecar;
mod source;
mod table;
pub mod variants;

pub use article::Article;
pub use batches::{Batch, Batches};
pub use dates::{Date, DateOrder};
pub use frequencies::{Frequencies, LONGEST_LIST, frequencies};

use crate::error::{Error, Place, Problem, Result};
use article::Desk;
use delimited::Delimited;
use files::Kind;
use jsonl::Jsonl;
use outlets::Outlets;
use plan::{Plan, Way};
use serde::{Deserialize, Serialize};
use source::Tap;
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use table::{Records, Table};

/// What the user told about the corpus; what is not told is guessed, and the guess is a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Column that holds the text.
    pub text: Option<String>,
    /// Column that holds the outlet.
    pub outlet: Option<String>,
    /// Column that holds the day of publication.
    pub date: Option<String>,
    /// Column that holds the title.
    pub title: Option<String>,
    /// Column that holds the id.
    pub id: Option<String>,
    /// Column that holds the language.
    pub language: Option<String>,
    /// Column that holds the address.
    pub url: Option<String>,
    /// Outlet → the names that are folded into it, whatever their case and white space.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// How `3/4/2022` is read; `None`: not at all.
    pub date_order: Option<DateOrder>,
}

/// What a corpus gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An article.
    Article(Article),
    /// A row of the list of problems.
    Problem(Problem),
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name below the folder that all inputs share: the same on every machine. Places of problems use it.
    pub file: String,
    /// Where it lies, as typed.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of the file as it lies on the disk, once it was read to its end.
    pub digest: Option<String>,
}

/// A corpus on its way in: an iterator of [`Item`]s.
pub struct Corpus {
    steps: std::vec::IntoIter<plan::Step>,
    table: Option<OpenTable>,
    waiting: VecDeque<Item>,
    sidecars: sidecar::Sidecars,
    desk: Desk,
    options: Options,
    others: Vec<String>,
    inputs: Vec<Input>,
    notes: Vec<Problem>,
    progress: Arc<AtomicU64>,
}

struct OpenTable {
    table: Table,
    tap: Tap,
    input: usize,
}

/// Finds the files, looks at their heads and decides how each is read. Everything that is wrong with what was typed comes at once.
pub fn open(paths: &[String], options: &Options) -> Result<Corpus> {
    let outlets = Outlets::new(&options.aliases);
    let files = files::expand(paths);
    let (outlets, files) = match (outlets, files) {
        (Ok(outlets), Ok(files)) => (outlets, files),
        (outlets, files) => {
            let problems = [outlets.err(), files.err()].into_iter().flatten().flatten();
            return Err(Error::Refused(problems.collect()));
        }
    };
    let progress = Arc::new(AtomicU64::new(0));
    let plan = plan::plan(files, options, &progress)?;
    let Plan { steps, inputs, others, sidecars, notes, problems } = plan;
    let unused = sidecars.unused();
    Ok(Corpus {
        steps: steps.into_iter(),
        table: None,
        waiting: problems.into_iter().chain(unused).map(Item::Problem).collect(),
        sidecars,
        desk: Desk::new(outlets, options.date_order),
        options: options.clone(),
        others,
        inputs,
        notes,
        progress,
    })
}

impl Corpus {
    /// What was guessed or passed over before reading, to be shown to the user. The stream does not repeat it.
    pub fn notes(&self) -> &[Problem] {
        &self.notes
    }

    /// Names of the columns that have no role here: they can be grouped by.
    pub fn other_columns(&self) -> &[String] {
        &self.others
    }

    /// Role and name of the columns of the first table that is still to be read; none where there is no table.
    pub fn columns(&self) -> Vec<(&'static str, &str)> {
        let mut tables = self.steps.as_slice().iter().filter_map(|step| match &step.way {
            Way::Table { layout, names, .. } => Some(columns::named(layout, names)),
            Way::Text(_) | Way::Refused(_) => None,
        });
        tables.next().unwrap_or_default()
    }

    /// The files, with the digests of those that have been read; a damaged file has one too.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Takes the digests of the files from an earlier reading, and reads nothing any more.
    pub fn recall(&mut self, digests: Vec<Option<String>>) {
        for (input, digest) in self.inputs.iter_mut().zip(digests) {
            input.digest = digest;
        }
        self.steps = Vec::new().into_iter();
        self.waiting.clear();
    }

    /// Bytes on the disk of all files.
    pub fn bytes_total(&self) -> u64 {
        self.inputs.iter().map(|input| input.bytes).sum()
    }

    /// Bytes on the disk that have been read; reaches [`Corpus::bytes_total`] at the end.
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
    }

    fn start(&mut self, step: plan::Step) {
        let tap = match Tap::open(&step.found.path, &self.progress) {
            Ok(tap) => tap,
            Err(error) => return self.report(unreadable(&step.found.name, &error)),
        };
        match step.way {
            Way::Refused(problem) => {
                self.report(problem);
                self.close(tap, step.input);
            }
            Way::Text(packing) => {
                let row = self.sidecars.row(&step.found);
                let context = plain::Context { options: &self.options, others: &self.others, row };
                context.read(&step.found, &tap, packing, &mut self.desk, &mut self.waiting);
                self.close(tap, step.input);
            }
            Way::Table { head, layout, names } => match records(&step.found, &tap, &head, names) {
                Ok(records) => {
                    let table = Table::new(records, layout, &step.found.name, step.found.stem(), &self.others);
                    self.table = Some(OpenTable { table, tap, input: step.input });
                }
                Err(problem) => self.report(*problem),
            },
        }
    }

    /// Takes the next row of the open table; closes it at its end.
    fn next_row(&mut self) {
        let Some(open) = &mut self.table else { return };
        if open.table.step(&mut self.desk, &mut self.waiting) {
            return;
        }
        let Some(OpenTable { table, tap, input }) = self.table.take() else { return };
        if table.rows == 0 && self.waiting.is_empty() {
            let place = Place::file(self.inputs[input].file.as_str());
            self.report(Problem::warning("empty-file", place, "the table has a header and no rows"));
        }
        drop(table);
        self.close(tap, input);
    }

    fn close(&mut self, tap: Tap, input: usize) {
        match tap.digest() {
            Ok(digest) => self.inputs[input].digest = Some(digest),
            Err(error) => self.report(unreadable(&self.inputs[input].file, &error)),
        }
    }

    fn report(&mut self, problem: Problem) {
        self.waiting.push_back(Item::Problem(problem));
    }
}

impl Iterator for Corpus {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Some(item);
            }
            if self.table.is_some() {
                self.next_row();
            } else {
                let step = self.steps.next()?;
                self.start(step);
            }
        }
    }
}

fn records(
    found: &files::Found,
    tap: &Tap,
    head: &source::Head,
    names: Vec<String>,
) -> std::result::Result<Box<dyn Records + Send>, Box<Problem>> {
    let failed = |why: String| Box::new(delimited::damaged(Place::file(found.name.as_str()), &why));
    if found.kind == Kind::Parquet {
        let rows = parquet::rows(&found.path, &found.name).map_err(failed)?;
        return Ok(rows);
    }
    let bytes = tap.table(head).map_err(|error| failed(error.to_string()))?;
    if found.kind == Kind::Jsonl {
        return Ok(Box::new(Jsonl::open(bytes, names, &found.name)));
    }
    let tab = found.kind == (Kind::Delimited { tab: true });
    let start = decode::as_utf8(&head.bytes);
    let table = Delimited::open(bytes, &start, tab, &found.name).map_err(|error| failed(error.to_string()))?;
    Ok(Box::new(table))
}

fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    Problem::error("unreadable", Place::file(file), error.to_string())
}
