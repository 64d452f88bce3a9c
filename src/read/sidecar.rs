//! What `articles.csv` says about the text files of its folder.
//!
//! In: the sidecar of a folder. Out: the row of each file.
//! Invariant: a cell of the sidecar wins over front matter; an empty cell says nothing.
//! It deliberately is small: it is held in memory, a row for each file.

use super::Options;
use super::article::Draft;
use super::columns::{self, Layout, Role};
use super::decode::{as_utf8, decode_cell};
use super::delimited::Delimited;
use super::files::InputFile;
use super::header;
use super::missing::Missing;
use super::source::{Head, InputStream};
use super::table::{Records, Step};
use crate::error::{Place, Problem};
use crate::text::csv::unescaped;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The name of a sidecar.
pub(crate) const NAME: &str = "articles.csv";

/// The rows of all sidecars of a corpus.
#[derive(Default)]
pub(crate) struct Sidecars {
    rows: BTreeMap<PathBuf, Row>,
}

/// What a sidecar says about one file.
pub(crate) struct Row {
    /// The row.
    pub place: Place,
    cells: [Option<String>; 6],
    /// Slot among the corpus's further columns, and the cell.
    other: Vec<(usize, String)>,
    /// The cell that names the file.
    file: String,
    used: bool,
}

const CELLS: [Role; 6] = [Role::Id, Role::Outlet, Role::Date, Role::Title, Role::Language, Role::Url];

impl Row {
    /// Puts the row's cells over what the draft has.
    pub(crate) fn overrule(&self, draft: &mut Draft) {
        let [id, outlet, date, title, language, url] = &self.cells;
        let fields = [
            (id, &mut draft.id),
            (outlet, &mut draft.outlet),
            (date, &mut draft.date),
            (title, &mut draft.title),
            (language, &mut draft.language),
            (url, &mut draft.url),
        ];
        for (cell, field) in fields {
            if cell.is_some() {
                field.clone_from(cell);
            }
        }
        if title.is_some() {
            draft.title_column = Some("title".to_string());
            draft.title_at = (0, 1);
            draft.has_title = false;
        }
        for (slot, cell) in &self.other {
            draft.other[*slot] = Some(cell.clone());
        }
    }
}

/// A sidecar that has been opened.
pub(crate) struct Sidecar {
    records: Delimited,
    layout: Layout,
    place: Place,
    folder: PathBuf,
    missing: Missing,
}

impl Sidecar {
    /// Opens a sidecar; `None` where the table is none, because it has no column of files or has a column of texts.
    pub(crate) fn open(
        found: &InputFile,
        stream: &InputStream,
        head: &Head,
        options: &Options,
    ) -> Option<(Sidecar, Option<Problem>)> {
        let start = as_utf8(head);
        let shape = header::shape(&start, false, false);
        let records = Delimited::open(stream.table(head).ok()?, &start, shape, options.quoting, &found.name).ok()?;
        let as_table = columns::decide(records.names(), options, &found.name, false, &columns::Shown::default());
        if as_table.layout.column(Role::Text).is_some() {
            return None;
        }
        let decision = columns::decide(records.names(), options, &found.name, true, &columns::Shown::default());
        decision.layout.column(Role::File)?;
        let folder = found.key.parent().map(Path::to_path_buf).unwrap_or_default();
        let place = Place::file(found.name.as_str());
        let missing = Missing::new(options);
        Some((Sidecar { records, layout: decision.layout, place, folder, missing }, decision.note))
    }

    /// True for the sidecar of this canonical folder.
    pub(crate) fn is_of(&self, folder: &Path) -> bool {
        self.folder == folder
    }

    /// The names of the further columns.
    pub(crate) fn other_names(&self) -> impl Iterator<Item = &str> {
        self.layout.others.iter().filter_map(|&i| self.records.names().get(i)).map(String::as_str)
    }

    fn cell(&self, column: usize) -> Option<String> {
        let (text, _) = decode_cell(self.records.cell(column)?);
        let trimmed = text.trim();
        (!trimmed.is_empty() && !self.missing.is(trimmed)).then(|| unescaped(trimmed).to_string())
    }

    fn row(&self, file: &str, others: &[String]) -> Row {
        let cell = |role: Role| self.layout.column(role).and_then(|column| self.cell(column));
        let slot = |column: &usize| {
            let name = self.records.names().get(*column)?;
            Some((others.iter().position(|other| other == name)?, self.cell(*column)?))
        };
        Row {
            place: Place::line(self.place.file.as_str(), self.records.line()),
            cells: CELLS.map(cell),
            other: self.layout.others.iter().filter_map(slot).collect(),
            file: file.to_string(),
            used: false,
        }
    }
}

impl Sidecars {
    /// Takes the rows of a sidecar in.
    pub(crate) fn take(&mut self, mut sidecar: Sidecar, others: &[String], problems: &mut Vec<Problem>) {
        loop {
            match sidecar.records.advance() {
                Step::End => return,
                Step::Broken(problem) => return problems.push(problem),
                Step::Bad(problem) | Step::Remark(problem) => problems.push(problem),
                Step::Row => self.take_row(&sidecar, others, problems),
            }
        }
    }

    fn take_row(&mut self, sidecar: &Sidecar, others: &[String], problems: &mut Vec<Problem>) {
        let place = Place::line(sidecar.place.file.as_str(), sidecar.records.line());
        let Some(file) = sidecar.layout.column(Role::File).and_then(|column| sidecar.cell(column)) else {
            problems.push(Problem::warning("sidecar-row", place, "the row names no file"));
            return;
        };
        let path = sidecar.folder.join(file.replace('\\', "/"));
        let key = composed(&path);
        if self.rows.contains_key(&key) {
            let problem = Problem::warning("sidecar-row", place, format!("`{file}` has a row already"));
            problems.push(problem.hint("the first row counts"));
            return;
        }
        self.rows.insert(key, sidecar.row(&file, others));
    }

    /// True where there is no row at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Marks the row of a file as used; false where it has none.
    pub(crate) fn mark(&mut self, found: &InputFile) -> bool {
        let Some(key) = self.key(found) else { return false };
        let Some(row) = self.rows.get_mut(&key) else { return false };
        row.used = true;
        true
    }

    /// The row of a file.
    pub(crate) fn row(&self, found: &InputFile) -> Option<&Row> {
        self.rows.get(&self.key(found)?)
    }

    fn key(&self, found: &InputFile) -> Option<PathBuf> {
        if self.is_empty() {
            return None;
        }
        let key = composed(&found.key);
        if self.rows.contains_key(&key) {
            return Some(key);
        }
        // A sidecar may leave the extension out.
        let without = key.with_extension("");
        self.rows.contains_key(&without).then_some(without)
    }

    /// The rows whose file does not exist, in the order of the sidecars. Files that exist and were not asked for are no problem.
    pub(crate) fn unused(&self) -> Vec<Problem> {
        let unused = self.rows.iter().filter(|(key, row)| !row.used && !key.exists());
        let mut unused: Vec<&Row> = unused.map(|(_, row)| row).collect();
        unused.sort_by(|a, b| a.place.cmp(&b.place));
        let problem = |row: &Row| {
            let found = format!("there is no file `{}`", row.file);
            Problem::warning("sidecar-row", row.place.clone(), found).hint("correct the name, or remove the row")
        };
        unused.into_iter().map(problem).collect()
    }
}

/// One spelling for names that some file systems store decomposed; without `.` components.
fn composed(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                out.pop();
            }
            other => out.push(other.as_os_str().to_string_lossy().nfc().collect::<String>()),
        }
    }
    out
}
