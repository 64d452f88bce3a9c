//! What will be read, decided before any article is.
//!
//! In: the files found and the options. Out: for each file how it is read, the corpus's further columns, and notes on what was
//! guessed.
//! Invariant: after a plan is made, every article of the corpus has the same further columns in the same order.
//! It deliberately reads no more than the head of each file.

mod heads;
mod problems;
mod sidecars;

use super::columns;
use super::convert::segments::Rows;
use super::convert::{self, Convert, Converted};
use super::decode::{self, Charset};
use super::files::{Files, InputFile, Kind};
use super::front::{Top, top};
use super::json::{self, Target};
use super::layouts::{self, Layout};
use super::partitions::{self, Partition};
use super::sidecar::{Sidecar, Sidecars};
use super::sniff::{self, Form};
use super::source::{HEAD_BYTES, Head, InputStream, Packing, head};
use super::{Input, Options, jsonl, parquet};
use crate::error::{Place, Problem, Severity};
use encoding_rs::Encoding;
use heads::{has_front_matter, kind_of};
use problems::{PASSED_OVER, encoding_of, failed, merged, nothing_left, paths_say, unlisted, unreadable};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// How one file is read.
pub(crate) enum ReadMethod {
    /// As one article; `page` where it is HTML.
    Text { packing: Packing, page: bool },
    /// As many articles, by a layout.
    Export { packing: Packing, page: bool, layout: Layout },
    /// As a table; `names` are its columns, those of its `folders` the last.
    Table { head: Head, form: Form, layout: columns::Layout, names: Vec<String>, folders: Vec<Partition> },
    /// Not at all.
    Refused(Problem),
}

/// A file and how it is read.
pub(crate) struct Step {
    pub found: InputFile,
    pub method: ReadMethod,
    /// What has to be done first.
    pub convert: Option<Convert>,
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
pub(crate) fn plan(
    files: Files,
    options: &Options,
    declared: Option<&'static Encoding>,
    progress: &Arc<AtomicU64>,
) -> Result<Plan, Vec<Problem>> {
    let mut layouts = layouts::load(&options.exports)?;
    if let Some(pattern) = &options.split {
        layouts.push(Layout::split(pattern).map_err(|problem| vec![*problem])?);
    }
    let mut maker =
        Maker { options, declared, layouts, progress, plan: Plan::default(), sidecars: Vec::new(), errors: Vec::new() };
    maker.plan.notes = files.notes;
    let (candidates, rest): (Vec<InputFile>, Vec<InputFile>) =
        files.found.into_iter().partition(sidecars::is_sidecar_name);
    let tables: Vec<InputFile> = candidates.into_iter().filter_map(|found| maker.sidecar(found)).collect();
    maker.sidecars_of_typed_files(&rest);
    let mut found: Vec<InputFile> = tables.into_iter().chain(rest).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.key.cmp(&b.key)));
    let alone = found.len() == 1;
    for found in found {
        maker.file(found, alone);
    }
    maker.finish()
}

struct Maker<'a> {
    options: &'a Options,
    declared: Option<&'static Encoding>,
    layouts: Vec<Layout>,
    progress: &'a Arc<AtomicU64>,
    plan: Plan,
    /// With the index of its input.
    sidecars: Vec<(Sidecar, InputStream, usize)>,
    errors: Vec<Problem>,
}

impl Maker<'_> {
    fn file(&mut self, mut found: InputFile, alone: bool) {
        let mut convert = None;
        let method = self.form(&found).and_then(|(head, form)| {
            let (head, form) = match form {
                Form::Packed(how) => {
                    convert = Some(how);
                    if how.is_of_text() {
                        self.plan.notes.extend(encoding_of(&found, &head, self.declared));
                    }
                    self.packed(&found, head.packing, how)?
                }
                form => (head, form),
            };
            let name = match &form {
                Form::Export { layout, .. } => format!("{}, several articles", self.layouts[*layout].name),
                form => form.name(),
            };
            let name = convert.map_or_else(|| name.clone(), |how| format!("{}: {name}", how.name()));
            let name = if found.is_bare() { format!("{name} (no extension)") } else { name };
            found.kind = kind_of(&form);
            Ok((self.method(&found, head, form)?, name))
        });
        let (method, form) = match method {
            Ok(method) => method,
            // In a folder, a table of something else may lie beside the articles.
            Err(problems) if !found.typed && !alone && problems.iter().all(|p| PASSED_OVER.contains(&p.kind)) => {
                for mut problem in problems {
                    problem.severity = if found.is_bare() { Severity::Note } else { Severity::Warning };
                    problem.place.file.clone_from(&found.name);
                    problem.found.push_str(": the file is not read");
                    self.plan.notes.push(problem);
                }
                return;
            }
            Err(problems) => return self.errors.extend(problems),
        };
        let input = self.input(&found, form);
        self.plan.steps.push(Step { found, method, convert, input });
    }

    fn input(&mut self, found: &InputFile, form: String) -> usize {
        let bytes = std::fs::metadata(&found.path).map_or(0, |m| m.len());
        let (file, path) = (found.name.clone(), found.path.clone());
        self.plan.inputs.push(Input { file, path, bytes, digest: None, form });
        self.plan.inputs.len() - 1
    }

    /// Looks at as much of a file as tells what it is.
    fn form(&mut self, found: &InputFile) -> Result<(Head, Form), Vec<Problem>> {
        /// Enough for a text to show that it is one.
        const SHORT: u64 = 4096;
        if found.kind == Kind::Text {
            let head = self.look(found, SHORT)?;
            let is_whole = (head.bytes.len() as u64) < SHORT;
            if head.bytes.is_empty() || is_whole && matches!(self.sniff(found, &head), Form::Text) {
                let form = self.pieces(&head, Form::Text);
                return Ok((head, form));
            }
        }
        let head = self.table_head(found)?;
        if head.bytes.is_empty() {
            let form = if found.kind == Kind::Parquet { Form::Parquet } else { Form::Text };
            return Ok((head, form));
        }
        let form = self.sniff(found, &head);
        let form = self.longer(found, &head, form)?;
        let form = self.pieces(&head, form);
        Ok((head, form))
    }

    /// What a packed file holds.
    fn packed(&mut self, found: &InputFile, packing: Packing, how: Convert) -> Result<(Head, Form), Vec<Problem>> {
        let refused = |why: String| {
            let place = Place::file(super::files::shown(&found.path));
            let problem = Problem::error("not-articles", place, format!("{} that cannot be read: {why}", how.name()));
            vec![problem.hint("save the articles as .txt, .csv or .jsonl, in UTF-8")]
        };
        let raw = super::source::open_unpacked(&found.path, packing).map_err(|error| refused(error.to_string()))?;
        let whole = convert::whole(raw, packing);
        let Converted { bytes, notes, problems, .. } =
            whole.and_then(|bytes| how.convert(bytes, self.declared)).map_err(refused)?;
        let place = || Place::file(found.name.as_str());
        self.plan.notes.extend(notes.into_iter().map(|found| Problem::warning("not-read", place(), found)));
        for problem in problems.into_iter().map(|problem| problems::in_file(problem, found)) {
            let told = if problem.severity == Severity::Note { &mut self.plan.notes } else { &mut self.plan.problems };
            told.push(problem);
        }
        if how == Convert::Workbook && convert::segments::is_one(&bytes, Rows::Commas).is_some() {
            self.plan.notes.push(problems::rows_are_pieces(found));
        }
        let charset = Charset::Utf8 { mark: false };
        let head = Head { packing: Packing::Plain, charset, broken: None, bytes };
        let kind = match how {
            Convert::Docx | Convert::Rtf | Convert::Cues | Convert::Segments { .. } => Kind::Text,
            Convert::WrappedJson => Kind::Unknown,
            _ if how.gives_lines() => Kind::Jsonl,
            _ => Kind::Delimited { tab: false },
        };
        let form =
            if how.gives_lines() { Form::Jsonl } else { self.sniff(&InputFile { kind, ..found.clone() }, &head) };
        Ok((head, form))
    }

    /// What a head shows; a text that the user wants to be split is.
    fn sniff(&self, found: &InputFile, head: &Head) -> Form {
        match sniff::form(found, head, self.options.no_header, &self.layouts) {
            Form::Text if self.options.split.is_some() => Form::Export { layout: self.layouts.len() - 1, page: false },
            form => form,
        }
    }

    fn method(&mut self, found: &InputFile, head: Head, form: Form) -> Result<ReadMethod, Vec<Problem>> {
        if let Some(problem) = unreadable(found, &head) {
            return if found.is_bare() { Err(vec![problem]) } else { Ok(ReadMethod::Refused(problem)) };
        }
        match form {
            Form::Text => self.text(found, &head),
            Form::Page => {
                self.folders(found);
                Ok(ReadMethod::Text { packing: head.packing, page: true })
            }
            Form::Export { layout, page } => {
                layouts::COLUMNS.iter().for_each(|(name, _)| add(&mut self.plan.others, name));
                Ok(ReadMethod::Export { packing: head.packing, page, layout: self.layouts[layout].clone() })
            }
            Form::Parquet => self.parquet(found),
            Form::Delimited(_) | Form::Jsonl | Form::Json(_) => self.table(found, head, form),
            Form::Packed(_) => Err(vec![failed(found, "packed twice")]),
            Form::Refused(problem) if problem.kind == "binary-file" && !found.is_bare() => {
                Ok(ReadMethod::Refused(problem))
            }
            Form::Refused(mut problem) => {
                problem.place.file = super::files::shown(&found.path);
                Err(vec![problem])
            }
        }
    }

    fn text(&mut self, found: &InputFile, start: &Head) -> Result<ReadMethod, Vec<Problem>> {
        if has_front_matter(&start.bytes) {
            let head = self.look(found, HEAD_BYTES)?;
            if let Some(decoded) = decode::decode(head.bytes, self.declared)
                && let Top::Front(front) = top(&decoded.text)
            {
                let further = front.fields.iter().filter(|(key, _)| columns::role_of(key, self.options).is_none());
                further.for_each(|(key, _)| add(&mut self.plan.others, key));
            }
        }
        self.folders(found);
        Ok(ReadMethod::Text { packing: start.packing, page: false })
    }

    /// Adds the columns that the folders of a text hold.
    fn folders(&mut self, found: &InputFile) {
        let further =
            partitions::of(&found.name).into_iter().filter(|(name, _)| columns::role_of(name, self.options).is_none());
        further.for_each(|(name, _)| add(&mut self.plan.others, &name));
    }

    fn table(&mut self, found: &InputFile, head: Head, form: Form) -> Result<ReadMethod, Vec<Problem>> {
        let place = || Place::file(found.name.as_str());
        self.plan.notes.extend(encoding_of(found, &head, self.declared));
        let mut numbers: &[usize] = &[];
        let (mut names, by_content, empty, longest) = match &form {
            Form::Delimited(shape) => {
                self.plan.notes.extend(problems::of_shape(shape, &place()));
                numbers = &shape.numbers;
                (shape.names.clone(), shape.by_content.clone(), shape.empty.clone(), shape.longest)
            }
            form => {
                let target: Option<&Target> = if let Form::Json(target) = form { Some(target) } else { None };
                let bytes = decode::as_utf8(&head);
                let keys = jsonl::keys(&bytes, target);
                if keys.left > 0 {
                    let found = format!("{} keys are not read, because few of the first objects have them", keys.left);
                    self.plan.notes.push(Problem::warning("column-many", place(), found));
                }
                let unread = target.map(|target| json::unread(&bytes, target)).unwrap_or_default();
                self.plan.notes.extend(problems::unread_lists(&unread, &place()));
                (keys.names, Vec::new(), keys.empty, keys.longest)
            }
        };
        let shown = columns::Shown { by_content: &by_content, empty: &empty, numbers, longest };
        let folders = partitions::beside(&found.name, &names);
        names.extend(folders.iter().map(|(name, _)| name.clone()));
        let layout = self.layout(found, &names, &shown)?;
        Ok(ReadMethod::Table { head, form, layout, names, folders })
    }

    fn parquet(&mut self, found: &InputFile) -> Result<ReadMethod, Vec<Problem>> {
        let head = self.look(found, 4)?;
        let columns = match parquet::columns(&found.path) {
            Ok(columns) => columns,
            Err(why) => {
                let problem = Problem::error("file-damaged", Place::file(found.name.as_str()), why);
                return Ok(ReadMethod::Refused(problem.expected("a Parquet file")));
            }
        };
        if !columns.unread.is_empty() {
            let what = format!("columns of these types are not read: {}", columns.unread.join(", "));
            let problem = Problem::warning("column-type", Place::file(found.name.as_str()), what);
            self.plan.notes.push(problem.hint("write them to the Parquet file as strings"));
        }
        let mut names = columns.names;
        let folders = partitions::beside(&found.name, &names);
        names.extend(folders.iter().map(|(name, _)| name.clone()));
        let layout = self.layout(found, &names, &columns::Shown::default())?;
        Ok(ReadMethod::Table { head, form: Form::Parquet, layout, names, folders })
    }

    fn layout(
        &mut self,
        found: &InputFile,
        names: &[String],
        shown: &columns::Shown<'_>,
    ) -> Result<columns::Layout, Vec<Problem>> {
        let decision = columns::decide(names, self.options, &super::files::shown(&found.path), false, shown);
        if !decision.errors.is_empty() {
            return Err(decision.errors);
        }
        if decision.layout.column(columns::Role::Text).is_none() {
            let has_rows = matches!(found.kind, Kind::Delimited { .. });
            return Err(vec![columns::no_text_column(
                names,
                &super::files::shown(&found.path),
                has_rows,
                shown.longest,
            )]);
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

    fn look(&self, found: &InputFile, limit: u64) -> Result<Head, Vec<Problem>> {
        head(&found.path, limit, self.declared).map_err(|error| vec![failed(found, &error.to_string())])
    }

    fn finish(mut self) -> Result<Plan, Vec<Problem>> {
        for (sidecar, stream, input) in std::mem::take(&mut self.sidecars) {
            self.plan.sidecars.take(sidecar, &self.plan.others, &mut self.plan.problems);
            self.plan.inputs[input].digest = stream.digest().ok();
        }
        let is_text = |step: &&Step| matches!(step.found.kind, Kind::Text | Kind::Page);
        let texts: Vec<&InputFile> = self.plan.steps.iter().filter(is_text).map(|step| &step.found).collect();
        let mut without = Vec::new();
        for found in texts {
            if !self.plan.sidecars.mark(found) {
                without.push(found.name.clone());
            }
        }
        if !self.plan.sidecars.is_empty() {
            self.plan.notes.extend(unlisted(&without));
        }
        let texts: Vec<&str> = self.plan.steps.iter().filter(is_text).map(|step| step.found.name.as_str()).collect();
        if let Some(path) = &self.options.path {
            let has_path = |step: &&Step| matches!(step.method, ReadMethod::Text { .. } | ReadMethod::Table { .. });
            let names: Vec<&str> =
                self.plan.steps.iter().filter(has_path).map(|step| step.found.name.as_str()).collect();
            match problems::unlike_path(path, &names) {
                Some(problem) if problem.severity == Severity::Error => self.errors.push(problem),
                problem => self.plan.problems.extend(problem),
            }
        }
        if self.options.path.is_none() && self.plan.sidecars.is_empty() {
            self.plan.notes.extend(paths_say(&texts));
        }
        self.plan.notes = merged(self.plan.notes);
        if self.errors.is_empty() && self.plan.steps.is_empty() {
            self.errors = nothing_left(&self.plan);
        }
        if self.errors.is_empty() { Ok(self.plan) } else { Err(self.errors) }
    }
}

fn add(others: &mut Vec<String>, name: &str) {
    if !others.iter().any(|other| other == name) {
        others.push(name.to_string());
    }
}
