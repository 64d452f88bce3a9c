//! Which files a corpus is made of.
//!
//! In: files, folders and wildcards as typed, in any order. Out: files to read, each once, sorted by name.
//! Invariant: the same files give the same names in the same order, wherever the corpus lies and however it was typed.
//! It deliberately opens nothing but the manifests of folders that may hold a run's results.

mod left_out;
mod names;

use crate::disk::absolute;
use crate::error::{Place, Problem, did_you_mean};
use left_out::LeftOut;
use names::{ABOUT, about, has_extension, is_extension, kind, unpacked};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One article.
    Text,
    /// A table with separated fields; `tab` where the extension says so.
    Delimited { tab: bool },
    /// One JSON object a line.
    Jsonl,
    /// A Parquet table.
    Parquet,
    /// A page of HTML.
    Page,
    /// Something that only its content tells.
    Unknown,
}

/// A file to read.
#[derive(Clone, Debug)]
pub(crate) struct InputFile {
    /// To open it, and for messages before the run.
    pub path: PathBuf,
    /// Below the folder that all inputs share, with `/`.
    pub name: String,
    pub kind: Kind,
    /// Canonical folder, and the file's own name: the same for the same file.
    pub key: PathBuf,
    /// True where the user named this file, not its folder or a wildcard.
    pub typed: bool,
}

impl InputFile {
    /// The name without the extensions that say how it is read.
    pub(crate) fn stem(&self) -> &str {
        let name = unpacked(&self.name);
        match name.rsplit_once('.') {
            Some((stem, end)) if !stem.is_empty() && !stem.ends_with('/') && is_extension(end) => stem,
            _ => name,
        }
    }

    /// True for a file of a folder whose name does not say how it is read: its content does, or it is passed over.
    pub(crate) fn is_bare(&self) -> bool {
        !self.typed && !has_extension(self.own_name())
    }

    /// The file's own name.
    pub(crate) fn own_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

/// The files of a corpus.
pub(crate) struct Files {
    /// Sorted by name.
    pub found: Vec<InputFile>,
    /// What was passed over.
    pub notes: Vec<Problem>,
}

/// Expands what was typed; every path that leads nowhere is a problem.
pub(crate) fn expand(typed: &[String]) -> Result<Files, Vec<Problem>> {
    let mut walk = Walk::default();
    for path in typed {
        walk.typed(path);
    }
    if typed.is_empty() {
        walk.problems
            .push(Problem::error("no-input", Place::default(), "no corpus is given").hint("name a file or folder"));
    }
    if walk.problems.is_empty() { Ok(walk.finish()) } else { Err(walk.problems) }
}

#[derive(Default)]
struct Walk {
    found: BTreeMap<PathBuf, InputFile>,
    roots: Vec<PathBuf>,
    folders: BTreeSet<PathBuf>,
    /// The folder asked for last, and its canonical path.
    last_folder: Option<(PathBuf, PathBuf)>,
    left_out: LeftOut,
    skipped: BTreeMap<String, Vec<PathBuf>>,
    readmes: Vec<PathBuf>,
    problems: Vec<Problem>,
}

impl Walk {
    fn typed(&mut self, typed: &str) {
        let path = tidy(Path::new(typed));
        if self.left_out.is_of_run(&path) {
            self.problems.push(run_as_corpus(typed));
        } else if path.is_dir() {
            self.roots.push(path.clone());
            let before = self.found.len();
            let folders_before = self.folders.len();
            self.folder(&path);
            if self.found.len() == before && self.folders.len() > folders_before {
                self.problems.push(nothing_in(typed));
            }
        } else if path.is_file() {
            self.roots.push(parent(&path));
            let kind = kind(&path).unwrap_or(Kind::Unknown);
            self.file(&path, kind, true);
        } else if typed.contains(['*', '?', '[']) {
            self.wildcard(typed);
        } else if path.exists() {
            let problem = Problem::error("no-file", Place::file(typed), "neither a file nor a folder");
            self.problems.push(problem.hint("write a pipe or device to a file first"));
        } else {
            self.problems.push(missing(typed, &path));
        }
    }

    fn wildcard(&mut self, typed: &str) {
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        // the crate panics on a name that is not UTF-8
        let found = || glob::glob_with(typed, options).map(Iterator::collect::<Vec<_>>);
        let Ok(found) = std::panic::catch_unwind(found) else {
            let found = "a name of a file here is not UTF-8, so that no wildcard can be compared with it";
            let problem = Problem::error("bad-wildcard", Place::file(typed), found);
            self.problems.push(problem.hint("name the folder itself, or rename the file"));
            return;
        };
        let paths = match found {
            Ok(paths) => paths,
            Err(error) => {
                self.problems.push(Problem::error("bad-wildcard", Place::file(typed), error.msg));
                return;
            }
        };
        let literal: PathBuf = Path::new(typed)
            .components()
            .take_while(|c| !c.as_os_str().to_string_lossy().contains(['*', '?', '[']))
            .collect();
        self.roots.push(tidy(&literal));
        let mut any = false;
        for path in paths {
            match path {
                Ok(path) => self.found_in_folder(&tidy(&path)),
                Err(error) => self.unreadable(error.path(), error.error()),
            }
            any = true;
        }
        if !any {
            let problem = Problem::error("no-file", Place::file(typed), "no file has such a name");
            self.problems.push(problem.hint("`**` matches any folders, `*` any part of a name"));
        }
    }

    /// A folder and what is below it; folders met twice, by a link or by typing, are read once.
    fn folder(&mut self, folder: &Path) {
        let opened = folder.canonicalize().and_then(|canonical| Ok((canonical, std::fs::read_dir(folder)?)));
        let (canonical, entries) = match opened {
            Ok(opened) => opened,
            Err(error) => return self.unreadable(folder, &error),
        };
        if !self.folders.insert(canonical) {
            return;
        }
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if !own_name(&path).starts_with('.') {
                self.found_in_folder(&tidy(&path));
            }
        }
    }

    /// A file or a folder that was not named itself.
    fn found_in_folder(&mut self, path: &Path) {
        if let Some(what) = self.left_out.what(path) {
            self.skipped.entry(what.to_string()).or_default().push(path.to_path_buf());
        } else if path.is_dir() {
            self.folder(path);
        } else {
            self.member(path);
        }
    }

    /// A file that was not named itself.
    fn member(&mut self, path: &Path) {
        let name = own_name(path).to_lowercase();
        if !path.is_file() || name.starts_with('.') {
            return;
        }
        if name.starts_with("readme.") || ABOUT.contains(&name.as_str()) {
            self.readmes.push(path.to_path_buf());
            return;
        }
        match kind(path) {
            Some(kind) => self.file(path, kind, false),
            None if !has_extension(&name) => self.file(path, Kind::Unknown, false),
            // Studies and lexicons lie beside a corpus by design.
            None if name.ends_with(".toml") => {}
            None => {
                let extension = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
                self.skipped.entry(extension).or_default().push(path.to_path_buf());
            }
        }
    }

    fn file(&mut self, path: &Path, kind: Kind, typed: bool) {
        let folder = match self.canonical(parent_to_open(path)) {
            Ok(folder) => folder,
            Err(error) => return self.unreadable(path, &error),
        };
        let key = folder.join(path.file_name().unwrap_or_default());
        let new = InputFile { path: path.to_path_buf(), name: String::new(), kind, key: key.clone(), typed };
        let found = self.found.entry(key).or_insert_with(|| new.clone());
        // The order of arguments must not matter.
        if new.path < found.path {
            found.path = new.path;
        }
        if typed {
            found.typed = true;
            found.kind = kind;
        }
    }

    /// The same folder, whatever links and dots lead to it; asked once for the files of a folder.
    fn canonical(&mut self, folder: PathBuf) -> std::io::Result<PathBuf> {
        if let Some((_, canonical)) = self.last_folder.as_ref().filter(|(last, _)| *last == folder) {
            return Ok(canonical.clone());
        }
        let canonical = folder.canonicalize()?;
        self.last_folder = Some((folder, canonical.clone()));
        Ok(canonical)
    }

    fn unreadable(&mut self, path: &Path, error: &std::io::Error) {
        self.problems.push(Problem::error("unreadable", Place::file(shown(path)), error.to_string()));
    }

    fn finish(self) -> Files {
        let roots: BTreeSet<PathBuf> = self.roots.iter().map(|root| absolute(root)).collect();
        let base = common(&roots);
        let name = |path: &Path| below(&absolute(path), base.as_deref(), &roots);
        let mut found: Vec<InputFile> = self.found.into_values().collect();
        for file in &mut found {
            file.name = name(&file.path);
        }
        found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.key.cmp(&b.key)));
        let mut notes = Vec::new();
        for readme in self.readmes {
            notes.push(Problem::note("file-skipped", Place::file(name(&readme)), about(&readme)));
        }
        for (extension, paths) in self.skipped {
            notes.push(skipped(&extension, &paths.iter().map(|path| name(path)).collect::<Vec<_>>()));
        }
        Files { found, notes }
    }
}

fn nothing_in(typed: &str) -> Problem {
    Problem::error("empty-folder", Place::file(typed), "no file here can be read as articles")
        .expected(
            ".txt, .md, .html, .docx, .rtf, .csv, .tsv, .xlsx, .ods, .json, .jsonl, .parquet, .xml, .sgml, .ris, .enw, .srt, .vtt or .wet, also with .gz or .zst",
        )
}

/// Tables of results have columns of titles and sentences, and would be read as articles.
fn run_as_corpus(typed: &str) -> Problem {
    Problem::error("run-as-corpus", Place::file(typed), "the results of a run, not articles")
        .hint("give the articles themselves; a file of your own that lies among results has to be moved")
}

fn missing(typed: &str, path: &Path) -> Problem {
    let problem = Problem::error("no-file", Place::file(typed), "no such file or folder");
    let siblings = std::fs::read_dir(parent_to_open(path)).map(|entries| {
        let mut names: Vec<String> = entries.filter_map(Result::ok).map(|entry| own_name(&entry.path())).collect();
        names.sort();
        names
    });
    let siblings = siblings.unwrap_or_default();
    match did_you_mean(&own_name(path), siblings.iter().map(String::as_str)) {
        Some(near) => problem.hint(format!("did you mean {}?", slashed(&path.with_file_name(near)))),
        None => problem,
    }
}

fn skipped(extension: &str, names: &[String]) -> Problem {
    let count = names.len();
    let first = names.first().map_or("", String::as_str);
    let what = match (extension, count) {
        ("run folders", _) => "the results of a run are not articles".to_string(),
        ("files of pages", _) => "what a browser saved beside a page is not an article".to_string(),
        ("lock files", _) => "the lock of an open document is not an article".to_string(),
        (_, 1) => format!("a {extension} file is not read"),
        _ => format!("{count} {extension} files are not read; the first is this one"),
    };
    let problem = Problem::note("file-skipped", Place::file(first), what);
    match extension {
        ".xls" => problem.hint("save the table as CSV (UTF-8)"),
        ".pdf" | ".doc" | ".odt" | ".epub" => problem.hint("save the articles as .txt"),
        _ => problem,
    }
}

/// Without `.` components and doubled slashes.
fn tidy(path: &Path) -> PathBuf {
    let tidied: PathBuf = path.components().filter(|c| !matches!(c, Component::CurDir)).collect();
    if tidied.as_os_str().is_empty() { PathBuf::from(".") } else { tidied }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

fn parent_to_open(path: &Path) -> PathBuf {
    let parent = parent(path);
    if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent }
}

/// The longest path that all roots begin with; none where that is no folder with a name.
fn common(roots: &BTreeSet<PathBuf>) -> Option<PathBuf> {
    let mut roots = roots.iter();
    let first = roots.next()?;
    let mut base: Vec<Component<'_>> = first.components().collect();
    for root in roots {
        let same = base.iter().zip(root.components()).take_while(|(a, b)| **a == *b).count();
        base.truncate(same);
    }
    let is_alone = base.len() == first.components().count();
    let has_name = base.iter().any(|part| matches!(part, Component::Normal(_)));
    (has_name || is_alone).then(|| base.into_iter().collect())
}

/// The name of a file below the folder that all roots share; below the name of its own root, where they share none: where a corpus lies
/// on a machine is no part of a result.
fn below(path: &Path, base: Option<&Path>, roots: &BTreeSet<PathBuf>) -> String {
    if let Some(base) = base {
        return slashed(path.strip_prefix(base).unwrap_or(path));
    }
    let Some(root) = roots.iter().filter(|root| path.starts_with(root)).max_by_key(|root| root.components().count())
    else {
        return own_name(path);
    };
    let namesakes = roots.iter().take_while(|other| *other != root).filter(|other| own_name(other) == own_name(root));
    let number = namesakes.count();
    let name = if number == 0 { own_name(root) } else { format!("{}-{}", own_name(root), number + 1) };
    format!("{name}/{}", slashed(path.strip_prefix(root).unwrap_or(path)))
}

fn own_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn slashed(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|c| !matches!(c, Component::RootDir | Component::CurDir))
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    let root = if path.is_absolute() { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}
