//! What will be read, decided before any article is.
//!
//! In: the files found and the options. Out: for each file how it is read, the corpus's further columns, and notes on what was
//! guessed.
//! Invariant: after a plan is made, every article of the corpus has the same further columns in the same order.
//! It deliberately reads no more than the head of each file.

use super::columns::{self, Layout};
use super::decode::{self, Charset};
use super::delimited::Delimited;
use super::files::{Files, Found, Kind};
use super::front::{Top, top};
use super::sidecar::{self, Sidecar, Sidecars};
use super::source::{HEAD_BYTES, Head, MAX_ARTICLE_BYTES, Packing, Tap, head};
use super::table::Records;
use super::{Input, Options, jsonl, parquet, plain};
use crate::error::{Place, Problem, Severity};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// How one file is read.
pub(crate) enum Way {
    /// As one article.
    Text(Packing),
    /// As a table; `names` are its columns.
    Table { head: Head, layout: Layout, names: Vec<String> },
    /// Not at all.
    Refused(Problem),
}

/// A file and how it is read.
pub(crate) struct Step {
    pub found: Found,
    pub way: Way,
    /// Index into the inputs.
    pub input: usize,
}

/// All of it.
#[derive(Default)]
pub(crate) struct Plan {
    pub steps: Vec<Step>,
    pub inputs: Vec<Input>,
    pub others: Vec<String>,
    pub sidecars: Sidecars,
    /// Guesses, to be shown.
    pub notes: Vec<Problem>,
    /// What is wrong, but stops nothing: rows for the list of problems.
    pub problems: Vec<Problem>,
}

/// Makes the plan; all that stands in its way comes at once.
pub(crate) fn plan(files: Files, options: &Options, progress: &Arc<AtomicU64>) -> Result<Plan, Vec<Problem>> {
    let mut maker = Maker { options, progress, plan: Plan::default(), sidecars: Vec::new(), errors: Vec::new() };
    maker.plan.notes = files.notes;
    let (candidates, rest): (Vec<Found>, Vec<Found>) = files.found.into_iter().partition(is_sidecar_name);
    let tables: Vec<Found> = candidates.into_iter().filter_map(|found| maker.sidecar(found)).collect();
    maker.sidecars_of_typed_files(&rest);
    let mut found: Vec<Found> = tables.into_iter().chain(rest).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.key.cmp(&b.key)));
    let alone = found.len() == 1;
    for found in found {
        maker.file(found, alone);
    }
    maker.finish()
}

fn is_sidecar_name(found: &Found) -> bool {
    found.own_name().eq_ignore_ascii_case(sidecar::NAME)
}

struct Maker<'a> {
    options: &'a Options,
    progress: &'a Arc<AtomicU64>,
    plan: Plan,
    /// With the index of its input.
    sidecars: Vec<(Sidecar, Tap, usize)>,
    errors: Vec<Problem>,
}

impl Maker<'_> {
    /// Opens a sidecar; gives the file back where it is a table of articles.
    fn sidecar(&mut self, found: Found) -> Option<Found> {
        let Ok(head) = head(&found.path, HEAD_BYTES) else { return Some(found) };
        if decode::is_binary(&head.bytes) || head.bytes.is_empty() {
            return Some(found);
        }
        let Ok(tap) = Tap::open(&found.path, self.progress) else { return Some(found) };
        let Some((sidecar, note)) = Sidecar::open(&found, &tap, &head, self.options) else { return Some(found) };
        for name in sidecar.other_names() {
            add(&mut self.plan.others, name);
        }
        self.plan.notes.extend(note);
        let input = self.input(&found);
        self.sidecars.push((sidecar, tap, input));
        None
    }

    /// A text that was named itself, or by a wildcard, has the sidecar of its folder all the same.
    fn sidecars_of_typed_files(&mut self, files: &[Found]) {
        let texts = files.iter().filter(|found| found.kind == Kind::Text);
        let folders: BTreeMap<_, _> = texts.filter_map(|found| Some((found.key.parent()?, found))).collect();
        for (folder, found) in folders {
            let key = folder.join(sidecar::NAME);
            let known = self.sidecars.iter().any(|(sidecar, _, _)| sidecar.is_of(folder));
            if known || !key.is_file() {
                continue;
            }
            let name = found.name.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
            let path = found.path.with_file_name(sidecar::NAME);
            let name = format!("{name}{}", sidecar::NAME);
            self.sidecar(Found { path, name, kind: Kind::Delimited { tab: false }, key, typed: false });
        }
    }

    fn file(&mut self, found: Found, alone: bool) {
        let way = match found.kind {
            Kind::Text => self.text(&found),
            Kind::Delimited { .. } | Kind::Jsonl => self.table(&found),
            Kind::Parquet => self.parquet(&found),
        };
        let way = match way {
            Ok(way) => way,
            // In a folder, a table of something else may lie beside the articles.
            Err(problems) if !found.typed && !alone && problems.iter().all(|p| p.kind == "no-text-column") => {
                for mut problem in problems {
                    problem.severity = Severity::Warning;
                    problem.place.file.clone_from(&found.name);
                    problem.found.push_str(": the table is not read");
                    self.plan.notes.push(problem);
                }
                return;
            }
            Err(problems) => return self.errors.extend(problems),
        };
        let input = self.input(&found);
        self.plan.steps.push(Step { found, way, input });
    }

    fn input(&mut self, found: &Found) -> usize {
        let bytes = std::fs::metadata(&found.path).map_or(0, |m| m.len());
        self.plan.inputs.push(Input { file: found.name.clone(), path: found.path.clone(), bytes, digest: None });
        self.plan.inputs.len() - 1
    }

    fn text(&mut self, found: &Found) -> Result<Way, Vec<Problem>> {
        let start = self.look(found, 8)?;
        if has_front_matter(&start.bytes) {
            let head = self.look(found, HEAD_BYTES)?;
            if let Some(decoded) = decode::decode(head.bytes)
                && let Top::Front(front) = top(&decoded.text)
            {
                let further = front.fields.iter().filter(|(key, _)| columns::role_of(key, self.options).is_none());
                further.for_each(|(key, _)| add(&mut self.plan.others, key));
            }
        }
        Ok(Way::Text(start.packing))
    }

    fn table(&mut self, found: &Found) -> Result<Way, Vec<Problem>> {
        let head = self.table_head(found)?;
        if let Some(problem) = unreadable(found, &head) {
            return Ok(Way::Refused(problem));
        }
        let shown = super::files::shown(&found.path);
        let names = match found.kind {
            Kind::Jsonl if head.bytes.trim_ascii_start().first() == Some(&b'[') => {
                return Err(vec![jsonl::array(&shown)]);
            }
            Kind::Jsonl => jsonl::keys(&decode::as_utf8(&head.bytes)),
            Kind::Delimited { .. } | Kind::Text | Kind::Parquet => self.header(found, &head)?,
        };
        let layout = self.layout(found, &names)?;
        Ok(Way::Table { head, layout, names })
    }

    fn header(&self, found: &Found, head: &Head) -> Result<Vec<String>, Vec<Problem>> {
        let start = decode::as_utf8(&head.bytes);
        let bytes = std::io::Cursor::new(start.clone());
        let tab = found.kind == (Kind::Delimited { tab: true });
        match Delimited::open(Box::new(bytes), &start, tab, &found.name) {
            Ok(table) => Ok(table.names().to_vec()),
            Err(error) => Err(vec![failed(found, &error.to_string())]),
        }
    }

    fn parquet(&mut self, found: &Found) -> Result<Way, Vec<Problem>> {
        let head = self.look(found, 4)?;
        let columns = match parquet::columns(&found.path) {
            Ok(columns) => columns,
            Err(why) => {
                let problem = Problem::error("file-damaged", Place::file(found.name.as_str()), why);
                return Ok(Way::Refused(problem.expected("a Parquet file")));
            }
        };
        if !columns.unread.is_empty() {
            let what = format!("columns of these types are not read: {}", columns.unread.join(", "));
            let problem = Problem::warning("column-type", Place::file(found.name.as_str()), what);
            self.plan.notes.push(problem.hint("write them to the Parquet file as strings"));
        }
        let layout = self.layout(found, &columns.names)?;
        Ok(Way::Table { head, layout, names: columns.names })
    }

    fn layout(&mut self, found: &Found, names: &[String]) -> Result<Layout, Vec<Problem>> {
        let decision = columns::decide(names, self.options, &super::files::shown(&found.path), false);
        if !decision.errors.is_empty() {
            return Err(decision.errors);
        }
        if decision.layout.column(columns::Role::Text).is_none() {
            return Err(vec![columns::no_text_column(names, &super::files::shown(&found.path))]);
        }
        for name in decision.layout.others.iter().filter_map(|&i| names.get(i)) {
            add(&mut self.plan.others, name);
        }
        if let Some(mut note) = decision.note {
            note.place = Place::file(found.name.as_str());
            self.plan.notes.push(note);
        }
        Ok(decision.layout)
    }

    fn look(&self, found: &Found, limit: u64) -> Result<Head, Vec<Problem>> {
        head(&found.path, limit).map_err(|error| vec![failed(found, &error.to_string())])
    }

    /// The head of a table, with at least one whole line of JSONL in it.
    fn table_head(&self, found: &Found) -> Result<Head, Vec<Problem>> {
        let mut limit = HEAD_BYTES;
        loop {
            let head = self.look(found, limit)?;
            let short = found.kind == Kind::Jsonl && memchr::memchr(b'\n', head.bytes.trim_ascii_start()).is_none();
            if !short || (head.bytes.len() as u64) < limit || limit > MAX_ARTICLE_BYTES {
                return Ok(head);
            }
            limit *= 16;
        }
    }

    fn finish(mut self) -> Result<Plan, Vec<Problem>> {
        for (sidecar, tap, input) in std::mem::take(&mut self.sidecars) {
            self.plan.sidecars.take(sidecar, &self.plan.others, &mut self.plan.problems);
            self.plan.inputs[input].digest = tap.digest().ok();
        }
        let texts: Vec<&Found> =
            self.plan.steps.iter().filter(|step| step.found.kind == Kind::Text).map(|step| &step.found).collect();
        let mut without = Vec::new();
        for found in texts {
            if !self.plan.sidecars.mark(found) {
                without.push(found.name.clone());
            }
        }
        if !self.plan.sidecars.is_empty() {
            self.plan.notes.extend(unlisted(&without));
        }
        self.plan.notes = merged(self.plan.notes);
        if self.errors.is_empty() && self.plan.steps.is_empty() {
            self.errors = nothing_left(&self.plan);
        }
        if self.errors.is_empty() { Ok(self.plan) } else { Err(self.errors) }
    }
}

/// Why no file gives articles.
fn nothing_left(plan: &Plan) -> Vec<Problem> {
    let tables = plan.notes.iter().filter(|note| note.kind == "no-text-column").cloned();
    let mut problems: Vec<Problem> = tables.map(|note| Problem { severity: Severity::Error, ..note }).collect();
    if problems.is_empty() {
        let file = plan.inputs.first().map(|input| input.file.as_str()).unwrap_or_default();
        let problem =
            Problem::error("no-articles", Place::file(file), "a sidecar describes text files, and there are none");
        problems.push(problem.hint("put the texts beside it, and name their folder"));
    }
    problems
}

fn add(others: &mut Vec<String>, name: &str) {
    if !others.iter().any(|other| other == name) {
        others.push(name.to_string());
    }
}

fn failed(found: &Found, why: &str) -> Problem {
    Problem::error("unreadable", Place::file(super::files::shown(&found.path)), why)
}

/// Why a table cannot be read at all.
fn unreadable(found: &Found, head: &Head) -> Option<Problem> {
    let place = Place::file(found.name.as_str());
    if let (Some(error), true) = (&head.broken, head.bytes.is_empty()) {
        let why = format!("{}: {error}", head.packing.name());
        return Some(super::delimited::damaged(place, &why));
    }
    if head.bytes.is_empty() {
        return Some(Problem::error("empty-file", place, "the file is empty"));
    }
    decode::is_binary(&head.bytes).then(|| plain::binary(place))
}

fn has_front_matter(start: &[u8]) -> bool {
    match decode::charset(start) {
        Charset::Utf16Le | Charset::Utf16Be => true,
        Charset::Utf8 { mark: true } => start[3..].starts_with(b"---"),
        Charset::Utf8 { mark: false } | Charset::Other => start.starts_with(b"---"),
    }
}

fn unlisted(names: &[String]) -> Option<Problem> {
    let first = names.first()?;
    let found = match names.len() {
        1 => "the file has no row in articles.csv".to_string(),
        n => format!("{n} files have no row in articles.csv, this one first"),
    };
    Some(Problem::note("sidecar-missing", Place::file(first.as_str()), found).hint("framescope corpus init DIR"))
}

/// Says once what is the same for many files.
fn merged(notes: Vec<Problem>) -> Vec<Problem> {
    let mut merged: Vec<(Problem, usize)> = Vec::new();
    for note in notes {
        let same = merged.iter_mut().find(|(first, _)| first.kind == note.kind && first.found == note.found);
        match same {
            Some((first, more)) if first.kind == "columns-guessed" || first.kind == "no-text-column" => *more += 1,
            _ => merged.push((note, 0)),
        }
    }
    let say = |(mut note, more): (Problem, usize)| {
        match more {
            0 => {}
            1 => note.found.push_str(" (and in one more file)"),
            n => note.found.push_str(&format!(" (and in {n} more files)")),
        }
        note
    };
    merged.into_iter().map(say).collect()
}
