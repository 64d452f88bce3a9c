//! The lexicons of a run: files and folders of them, by kind.
//!
//! In: paths as typed. Out: a [`Set`], or every problem of every file.
//! Invariant: the order of the paths does not matter: files are sorted by name within each kind.

use super::{Kept, Kind, Lexicon, Options, Overlap, load_by, polarity, shipped};
use crate::error::{Error, Place, Problem, Result, Severity};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Lexicons by kind.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// Frames to count.
    pub frames: Vec<Lexicon>,
    /// Lexicons of frames that are not counted: only their targets and labels are.
    pub subjects: Vec<Lexicon>,
    /// Weights to sum.
    pub sentiment: Vec<Lexicon>,
    /// Lines that are site furniture.
    pub furniture: Vec<Lexicon>,
    /// Words that tell who speaks; they add to those that come with the program.
    pub cues: Vec<Lexicon>,
}

impl Set {
    /// Reads every file; in a folder, those that end in a lexicon's extension. There must be something to count.
    pub fn load(paths: &[String], options: &Options) -> Result<Set> {
        Set::load_by(paths, options, &Kept::nothing())
    }

    /// [`Set::load`], where some may have been read before.
    pub fn load_by(paths: &[String], options: &Options, kept: &Kept<'_>) -> Result<Set> {
        let set = Set::of_any_kind_by(paths, options, kept)?;
        if set.frames.is_empty() && set.sentiment.is_empty() {
            let problem =
                Problem::error("no-lexicon", Place::file("command line"), "no lexicon of frames or sentiment");
            let problem = problem.expected("a lexicon file, or a folder `lexicons/` here");
            return Err(problem.hint("give one, as in `framescope run articles/ --lexicon coup.toml`").into());
        }
        Ok(set)
    }

    /// [`Set::load`], but lexicons of furniture or cues alone will do.
    pub fn of_any_kind(paths: &[String], options: &Options) -> Result<Set> {
        Set::of_any_kind_by(paths, options, &Kept::nothing())
    }

    fn of_any_kind_by(paths: &[String], options: &Options, kept: &Kept<'_>) -> Result<Set> {
        let mut problems = Vec::new();
        let mut files = BTreeSet::new();
        for path in paths {
            expand(path, &mut files, &mut problems);
        }
        // results name the file: they must read the same on every machine, in the same order
        let mut files: Vec<_> = files.into_iter().map(|file| (options.shown(&file), file)).collect();
        files.sort_unstable();
        let mut hidden: Vec<Problem> = paths.iter().filter_map(|path| shipped::hidden(path)).collect();
        for problem in &mut hidden {
            problem.place.file = options.typed(&problem.place.file).to_string();
        }
        let mut set = Set::default();
        let loaded: Vec<_> = files.par_iter().map(|(_, file)| load_by(file, options, kept)).collect();
        for ((name, _), loaded) in files.iter().zip(loaded) {
            match loaded {
                Ok(mut lexicon) => {
                    if !lexicon.file.starts_with(shipped::SIGN) {
                        lexicon.file.clone_from(name);
                    }
                    for problem in &mut lexicon.problems {
                        problem.place.file.clone_from(&lexicon.file);
                    }
                    if let Some(emoji) = &mut lexicon.emoji {
                        emoji.file = options.shown(&emoji.file);
                        lexicon.problems.push(emoji.note());
                    }
                    lexicon.problems.append(&mut hidden);
                    if let Some(why) = polarity::is_of_sentiment(&lexicon) {
                        (lexicon.kind, lexicon.overlap) = (Kind::Sentiment, Overlap::Lexicon);
                        let place = Place::file(lexicon.file.as_str());
                        lexicon.problems.push(Problem::note("lexicon-polar", place, why));
                    }
                    match lexicon.kind {
                        Kind::Frames => set.frames.push(lexicon),
                        Kind::Sentiment => set.sentiment.push(lexicon),
                        Kind::Furniture => set.furniture.push(lexicon),
                        Kind::Cues => set.cues.push(lexicon),
                    }
                }
                Err(Error::Refused(found)) => problems.extend(found),
                Err(other) => return Err(other),
            }
        }
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(Error::Refused(problems));
        }
        set.sentiment = polarity::pair_up(set.sentiment);
        polarity::without_partner(&mut set.sentiment);
        polarity::without_zero(&mut set.sentiment);
        Ok(set)
    }

    /// Adds a note on all of them to the first.
    pub fn note(&mut self, note: &Problem) {
        let first = self.frames.first_mut().or_else(|| self.sentiment.first_mut());
        first.into_iter().for_each(|lexicon| lexicon.problems.push(note.clone()));
    }

    /// Counts no frames any more. What lexicons of frames say of targets and labels stays; those that say nothing of them go.
    pub fn leave_frames(&mut self) {
        self.subjects.append(&mut self.frames);
        self.subjects.retain(|lexicon| !lexicon.targets.is_empty() || !lexicon.labels.is_empty());
    }

    /// Every lexicon.
    pub fn all(&self) -> impl Iterator<Item = &Lexicon> {
        // targets are numbered in this order, whether frames are counted or not
        self.frames.iter().chain(&self.subjects).chain(&self.sentiment).chain(&self.furniture).chain(&self.cues)
    }
}

/// The lexicon files of paths, in the order of the paths; those of a folder by name.
pub fn files(paths: &[String]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for path in paths {
        let mut files = BTreeSet::new();
        expand(path, &mut files, &mut problems);
        found.extend(files);
    }
    if problems.is_empty() { Ok(found) } else { Err(Error::Refused(problems)) }
}

fn expand(path: &str, files: &mut BTreeSet<String>, problems: &mut Vec<Problem>) {
    const EXTENSIONS: [&str; 12] =
        ["toml", "csv", "tsv", "dic", "dicx", "cat", "ykd", "lcd", "lc3", "yml", "yaml", "json"];
    if !Path::new(path).is_dir() {
        files.insert(path.to_string());
        return;
    }
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::error("lexicon-unreadable", Place::file(path), format!("cannot be read: {error}")));
            return;
        }
    };
    let mut found = 0;
    for entry in entries.flatten() {
        let file = entry.path();
        let extension = file.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let is_record = entry.file_name() == super::VALIDATION_FILE;
        if !is_record && file.is_file() && extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str())) {
            files.insert(format!("{}/{}", path.trim_end_matches('/'), entry.file_name().to_string_lossy()));
            found += 1;
        }
    }
    if found == 0 {
        let problem = Problem::error("lexicon-folder-empty", Place::file(path), "no lexicon in this folder");
        problems.push(problem.expected(EXTENSIONS.map(|e| format!(".{e}")).join(", ")));
    }
}
