//! Articles from what researchers have: folders of texts, tables, JSONL and Parquet, plain or packed.
//!
//! In: paths as typed, and [`Options`]. Out: a stream of [`Article`]s and of [`Problem`]s; notes on everything that was guessed.
//! Invariant: the text of an article is never altered; the same files give the same articles in the same order, however they
//! were typed; memory does not grow with the corpus.
//! It deliberately cleans nothing, detects no language and drops no article: later rooms decide what counts.

mod article;
mod asides;
mod batches;
pub mod cells;
mod columns;
mod convert;
pub mod dates;
mod decode;
mod delimited;
mod export_drafts;
mod exports;
mod files;
mod frequencies;
mod front;
mod header;
mod ids;
pub mod infer;
mod json;
mod jsonl;
mod layouts;
mod lines;
mod mark;
mod markup;
mod mend;
mod missing;
mod mojibake;
mod options;
mod outlets;
mod page;
mod parquet;
mod partitions;
pub mod paths;
mod places;
mod plain;
mod plan;
mod quoting;
mod rows;
mod rtf;
mod sample;
mod select;
mod sidecar;
mod sniff;
mod source;
mod table;
mod title;
pub mod variants;
mod xml;

pub use article::{Article, YEARS};
pub use asides::{Aside, AsideKind};
pub use batches::{Batch, Batches};
pub(crate) use convert::workbook_as_csv;
pub use dates::{Date, DateOrder};
pub use frequencies::{Frequencies, LONGEST_LIST, frequencies};
pub use mark::Mark;
pub use options::{Options, Quoting};
pub use places::{Piece, Places};
pub(crate) use select::Condition;
pub use title::Headline;

use crate::error::{Error, Place, Problem, Result};
use crate::text::encoding;
use article::ArticleBuilder;
use mark::Within;
use outlets::Outlets;
use paths::PathPattern;
use plan::{Plan, ReadMethod};
use sniff::Form;
use source::{InputStream, Packing};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, atomic::AtomicU64};
use table::Table;

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
    /// How it is read, for people: `table, separated by `;``.
    pub form: String,
}

/// A corpus on its way in: an iterator of [`Item`]s.
pub struct Corpus {
    steps: std::vec::IntoIter<plan::Step>,
    /// Number of files that are read, before any was.
    files: usize,
    /// Articles that are still to be given, where that is limited.
    most: Option<u64>,
    table: Option<OpenTable>,
    waiting: VecDeque<Item>,
    sidecars: sidecar::Sidecars,
    builder: ArticleBuilder,
    options: Options,
    declared: Option<&'static encoding_rs::Encoding>,
    path: Option<PathPattern>,
    wanted: sample::Selection,
    closed: bool,
    others: Vec<String>,
    inputs: Vec<Input>,
    notes: Vec<Problem>,
    progress: Arc<AtomicU64>,
}

struct OpenTable {
    table: Table,
    stream: InputStream,
    input: usize,
    /// Reading can begin at any of its rows that knows its place.
    can_begin: bool,
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
    let declared = match options.encoding.as_deref() {
        None => None,
        Some(label) => Some(encoding::by_name(label).ok_or_else(|| unknown_encoding(label))?),
    };
    let plan = plan::plan(files, options, declared, &progress)?;
    Corpus::of(plan, outlets, options, declared, &progress)
}

impl Corpus {
    fn of(
        plan: Plan,
        outlets: Outlets,
        options: &Options,
        declared: Option<&'static encoding_rs::Encoding>,
        progress: &Arc<AtomicU64>,
    ) -> Result<Corpus> {
        let path = options.path.as_deref().map(PathPattern::parse).transpose().map_err(|problem| *problem)?;
        let Plan { steps, inputs, others, sidecars, notes, problems } = plan;
        let unused = sidecars.unused();
        let wanted = sample::Selection::new(options, &others).map_err(|problem| *problem)?;
        Ok(Corpus {
            files: steps.len(),
            most: None,
            steps: steps.into_iter(),
            table: None,
            waiting: problems.into_iter().chain(unused).map(Item::Problem).collect(),
            sidecars,
            builder: ArticleBuilder::new(outlets, options),
            options: options.clone(),
            declared,
            path,
            wanted,
            closed: false,
            others,
            inputs,
            notes,
            progress: Arc::clone(progress),
        })
    }

    /// What was guessed or passed over before reading, to be shown to the user. The stream does not repeat it.
    pub fn notes(&self) -> &[Problem] {
        &self.notes
    }

    /// Adds what is to be shown to the user.
    pub fn note(&mut self, note: Problem) {
        self.notes.push(note);
    }

    /// Names of the columns that have no role here: they can be grouped by.
    pub fn other_columns(&self) -> &[String] {
        &self.others
    }

    /// Role and name of the columns of the first table that is still to be read; none where there is no table.
    pub fn columns(&self) -> Vec<(&'static str, &str)> {
        let mut tables = self.steps.as_slice().iter().filter_map(|step| match &step.method {
            ReadMethod::Table { layout, names, .. } => Some(columns::named(layout, names)),
            ReadMethod::Text { .. } | ReadMethod::Export { .. } | ReadMethod::Refused(_) => None,
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
        self.closed = true;
        self.wanted = sample::Selection::default();
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

    /// Opens the next file, from a place within it where one is told.
    fn start(&mut self, step: plan::Step, within: Option<Within>) {
        // a place in Parquet is a row
        let byte = within.filter(|_| !matches!(step.method, ReadMethod::Table { form: Form::Parquet, .. }));
        let stream = match InputStream::open_at(&step.found.path, byte.map_or(0, |within| within.at), &self.progress) {
            Ok(stream) => stream,
            Err(error) => return self.report(unreadable(&step.found.name, &error)),
        };
        let convert = step.convert;
        match step.method {
            ReadMethod::Refused(problem) => {
                self.report(problem);
                self.close(stream, step.input);
            }
            ReadMethod::Text { packing, page } => {
                let row = self.sidecars.row(&step.found);
                let (options, others, declared) = (&self.options, self.others.as_slice(), self.declared);
                let path = self.path.as_ref();
                let context = plain::Context { options, others, row, declared, page, path, convert };
                context.read(&step.found, &stream, packing, &mut self.builder, &mut self.waiting);
                self.close(stream, step.input);
            }
            ReadMethod::Export { packing, page, layout } => {
                let (options, others, declared) = (&self.options, self.others.as_slice(), self.declared);
                let context = plain::Context { options, others, row: None, declared, page, path: None, convert };
                context.read_export(&step.found, &stream, packing, &layout, &mut self.builder, &mut self.waiting);
                self.close(stream, step.input);
            }
            ReadMethod::Table { head, form, layout, mut names, folders } => {
                // those of the folders stand behind the table's own
                names.truncate(names.len() - folders.len());
                let is_plain = head.packing == Packing::Plain && head.charset.encoding().is_none();
                let can_begin = matches!(form, Form::Parquet) || is_plain && convert.is_none();
                match rows::open((&step.found, convert, within), (&stream, &head), form, &layout, names, &self.options)
                {
                    Ok(records) => {
                        let records = partitions::with(records, folders);
                        let path = self.path.as_ref().map(|path| path.read(&step.found.name)).unwrap_or_default();
                        let found = (&step.found, path);
                        let table = Table::new((records, can_begin), layout, found, &self.others, &self.options);
                        self.table = Some(OpenTable { table, stream, input: step.input, can_begin });
                    }
                    Err(problem) => self.report(*problem),
                }
            }
        }
    }

    /// Takes the next row of the open table; closes it at its end.
    fn next_row(&mut self) {
        let Some(open) = &mut self.table else { return };
        if open.table.step(&mut self.builder, &mut self.waiting) {
            return;
        }
        let Some(OpenTable { table, stream, input, .. }) = self.table.take() else { return };
        if table.rows == 0 && self.waiting.is_empty() {
            let place = Place::file(self.inputs[input].file.as_str());
            self.report(Problem::warning("empty-file", place, "the table has a header and no rows"));
        }
        drop(table);
        self.close(stream, input);
    }

    fn close(&mut self, stream: InputStream, input: usize) {
        match stream.digest() {
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
            if self.most == Some(0) {
                return None;
            }
            match self.read_next() {
                Some(Item::Article(article)) => {
                    if let Some(article) = self.wanted.take(article) {
                        self.most = self.most.map(|most| most - 1);
                        return Some(Item::Article(article));
                    }
                }
                Some(problem) => return Some(problem),
                None => return self.wanted.rest(),
            }
        }
    }
}

impl Corpus {
    fn read_next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Some(item);
            }
            if self.table.is_some() {
                self.next_row();
            } else if let Some(step) = self.steps.next() {
                self.start(step, None);
            } else if self.closed {
                return None;
            } else {
                self.closed = true;
                self.waiting.extend(self.builder.closing().into_iter().map(Item::Problem));
            }
        }
    }
}

fn unknown_encoding(label: &str) -> Error {
    let problem =
        Problem::error("encoding-unknown", Place::file("--encoding"), format!("no encoding is called `{label}`"));
    problem.expected("a name such as `utf-8`, `windows-1251`, `koi8-r` or `shift-jis`").into()
}

fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    Problem::error("unreadable", Place::file(file), error.to_string())
}
