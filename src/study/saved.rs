//! The study of a run, kept beside its index: a run folder can be asked again without saying what it was made of.
//!
//! In: a study whose run is about to be put in its place. Out: a file in the cache; of a run folder, its study.
//! Invariant: paths name the files that the run read, from wherever the run is asked; what is kept moves no byte of a result.
//! It deliberately keeps no article, no lexicon and no number: these are read again, as a run would.

use super::Study;
use crate::compare::RunArchive;
use crate::disk;
use crate::error::{Place, Problem, Result};
use crate::lexicon;
use crate::report::Folder;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Where it is kept in a run folder; the cache can be deleted.
const FILE: &str = ".cache/study.json";

/// Bytes of it that are read at most.
const LONGEST: u64 = 16 << 20;

/// A study, and where it was told: the whole of it, also what [`Study`] leaves out of its own form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedStudy {
    /// The folder in which the paths were typed.
    from: PathBuf,
    file: Option<String>,
    folder: Option<PathBuf>,
    study: Study,
}

impl SavedStudy {
    /// As it is told here.
    ///
    /// # Errors
    /// Where there is no current folder.
    pub fn of(study: &Study) -> io::Result<SavedStudy> {
        let (file, folder) = (study.file.clone(), study.reading.folder.clone());
        let from = study.reading.typed_in.clone().map_or_else(std::env::current_dir, Ok)?;
        Ok(SavedStudy { from, file, folder, study: study.clone() })
    }

    /// As it was told, to be used from wherever one is.
    pub fn study(self) -> Study {
        let mut study = self.study;
        study.file = self.file;
        study.reading.folder = self.folder.map(|folder| self.from.join(folder));
        if std::env::current_dir().is_ok_and(|here| here != self.from) {
            study.see_from(&self.from);
        }
        study
    }
}

impl Study {
    /// Writes the study down in a run folder, if there is a cache.
    pub fn keep(&self, folder: &mut Folder) {
        if let Ok(bytes) = SavedStudy::of(self).and_then(|saved| Ok(serde_json::to_vec(&saved)?)) {
            // where it cannot be written, the study has to be told again
            let _ = folder.beside(FILE, &bytes);
        }
    }

    /// What of a run is kept so that its version can be run again: the study, its file, and the lexicon files. What comes with the
    /// program is not among them.
    pub(crate) fn run_archive(&self) -> RunArchive {
        let files = |path: &String| lexicon::files(std::slice::from_ref(path)).unwrap_or_default();
        let lexicons: Vec<String> = self.lexicons.iter().flat_map(files).collect();
        let read = |name: &String| {
            let (path, bytes) = (Path::new(name), disk::read_regular(Path::new(name), LONGEST).ok()?);
            Some((path.file_name()?.to_string_lossy().into_owned(), bytes))
        };
        let files = lexicons.iter().chain(&self.file).filter_map(read).collect();
        let study = SavedStudy::of(self).ok().and_then(|saved| serde_json::to_vec(&saved).ok());
        RunArchive { files, study: study.unwrap_or_default(), ..RunArchive::default() }
    }

    /// The study that was kept as these bytes.
    pub(crate) fn of_saved(bytes: &[u8]) -> Option<Study> {
        let saved: SavedStudy = serde_json::from_slice(bytes).ok()?;
        let from = saved.from.clone();
        let mut study = saved.study();
        if std::env::current_dir().is_ok_and(|here| here != from) {
            study.see_from(&from);
        }
        Some(study)
    }

    /// The study that made a run; its results are that run's.
    ///
    /// # Errors
    /// A run folder that does not keep its study, or keeps it in a form that is not known.
    pub fn of_run(run: &str) -> Result<Study> {
        let bytes = disk::read_regular(&Path::new(run).join(FILE), LONGEST).ok();
        let saved: Option<SavedStudy> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(saved) = saved else {
            let problem = Problem::error("run-without-study", Place::file(run), "this run does not keep its study");
            let problem = problem.expected("a run of this version, with its cache");
            return Err(problem.hint("run it again, or name the articles (and --lexicon or --study) instead").into());
        };
        let mut study = saved.study();
        study.report.out = run.to_string();
        Ok(study)
    }

    /// Makes every path that is relative to `from` one that can be opened here; names of shipped lexicons stay.
    fn see_from(&mut self, from: &Path) {
        let below = |path: &mut String| {
            if Path::new(path.as_str()).is_relative() {
                *path = from.join(&*path).to_string_lossy().into_owned();
            }
        };
        self.corpus.iter_mut().for_each(below);
        self.read.exports.iter_mut().filter(|path| from.join(&**path).exists()).for_each(below);
        self.lexicons.iter_mut().filter(|path| from.join(&**path).exists()).for_each(below);
        if let Some(reference) = self.lexical.keyness.as_mut().and_then(|keyness| keyness.reference.as_mut()) {
            below(reference);
        }
        self.stories.corrections.iter_mut().for_each(below);
        below(&mut self.report.out);
        self.reading.typed_in = Some(from.to_path_buf());
    }
}
