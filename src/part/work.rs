//! The work folder, as every task sees it.
//!
//! In: the path of a work folder. Out: its plan, and files that are whole and of that plan.
//! Invariant: a file that is cut, changed, of another plan, build, or other lexicons is taken for missing.

use super::plan::Plan;
use super::survey::Surveyed;
use crate::disk::{self, Disk, Maker};
use crate::error::{Place, Problem, Result};
use crate::index::sealed::{Value, seal, unseal};
use crate::index::{BUILD, Key, Store};
use crate::lexicon::{self, Lexicon};
use crate::read::Corpus;
use crate::session::CountingSession;
use crate::study::Study;
use crate::text::shell_word;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Bytes of a plan, and of a file that is read as a whole, at most.
const LONGEST: u64 = 1 << 36;

/// A work folder with a plan.
pub(super) struct WorkFolder {
    pub folder: PathBuf,
    pub plan: Plan,
    pub study: Study,
    /// Of the bytes of the plan.
    digest: [u8; 32],
}

/// What laying a part gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Laid {
    /// Key and articles of each shard.
    pub shards: Vec<(String, u64)>,
}

/// The steps whose files have to be of the same lexicons.
pub(super) struct Keys {
    /// Of what decides a shard, beside its articles.
    pub lay: Key,
    /// Besides, of what decides the survey where the words of lexicons have no say.
    pub survey: Key,
    /// Besides, of all lexicons.
    pub lexicons: Key,
}

impl WorkFolder {
    /// Opens a work folder. Relative paths of its study are those of the folder in which it was planned.
    ///
    /// # Errors
    /// A folder without a plan, or with that of another build.
    pub fn open(folder: &str) -> Result<WorkFolder> {
        let path = WorkFolder::plan_file(Path::new(folder));
        let place = || Place::file(path.to_string_lossy());
        let bytes = disk::read_regular(&path, LONGEST).map_err(|error| {
            let problem = Problem::error("part-without-plan", place(), error.to_string());
            problem.expected("a work folder").hint("framescope part plan … --work DIR makes one")
        })?;
        let plan: Plan = serde_json::from_slice(&bytes).map_err(|error| {
            Problem::error("part-plan-damaged", place(), format!("no plan of this version: {error}"))
        })?;
        if plan.build != BUILD {
            let found = format!("the plan was made by another build of the program ({})", short(&plan.build));
            let problem =
                Problem::error("part-other-build", place(), found).expected(format!("this one ({})", short(BUILD)));
            return Err(problem.hint("use the same program for all tasks, or plan anew in a new folder").into());
        }
        let folder = std::path::absolute(folder).map_err(|error| Problem::error("disk", place(), error.to_string()))?;
        let digest = *blake3::hash(&bytes).as_bytes();
        let study = plan.study.clone().study();
        Ok(WorkFolder { folder, plan, study, digest })
    }

    /// Where the plan of a work folder lies.
    pub fn plan_file(folder: &Path) -> PathBuf {
        folder.join("plan.json")
    }

    /// The index that all tasks share.
    pub fn store(&self) -> Store {
        Store::shared(self.folder.join("index"), &Disk::default(), Maker::of_plan(&self.digest))
    }

    /// A session on the corpus as it was read when it was planned.
    ///
    /// # Errors
    /// As of [`CountingSession::open`].
    pub fn session<'a>(&self, study: &'a Study, lexicons: &lexicon::Set) -> Result<CountingSession<'a>> {
        let notes = self.plan.notes.iter().cloned().map(Problem::from_cells).collect();
        let inputs = self.plan.files.iter().map(super::plan::File::input).collect();
        let corpus = Corpus::that_was_read(inputs, self.plan.columns.clone(), notes, &study.articles())?;
        CountingSession::of_corpus(study, lexicons, corpus)
    }

    /// What the files of each step are made of.
    pub fn keys(&self, session: &CountingSession<'_>, lexicons: &lexicon::Set, store: &Store) -> Keys {
        let mut hasher = session.base_of_shards(store);
        hasher.update(&self.digest);
        let lay = Key::of(&hasher);
        let languages: Vec<_> = lexicons.frames.iter().map(|lexicon| lexicon.language).collect();
        hasher.update(format!("survey {languages:?}\n").as_bytes());
        add(&mut hasher, lexicons.furniture.iter());
        hasher.update(self.study.digest_of_side_files("stories.").as_bytes());
        let survey = Key::of(&hasher);
        add(&mut hasher, lexicons.all());
        hasher.update(self.study.digest_of_side_files("").as_bytes());
        Keys { lay, survey, lexicons: Key::of(&hasher) }
    }

    /// What reading had to say.
    pub fn problems(&self) -> Vec<Problem> {
        self.plan.problems.iter().cloned().map(Problem::from_cells).collect()
    }

    /// What laying a part gave, where it is there and whole.
    pub fn laid(&self, keys: &Keys, part: usize) -> Option<Laid> {
        self.read(Value::Lay, keys.lay, &self.lay_file(part))
    }

    /// Where a part that is laid is said to be.
    pub fn lay_file(&self, part: usize) -> PathBuf {
        self.folder.join("lay").join(number(part))
    }

    /// What all parts together show, where it is there and whole; and what counting by it is made of.
    pub fn surveyed(&self, keys: &Keys) -> Option<(Surveyed, Key)> {
        [keys.survey, keys.lexicons].into_iter().find_map(|key| {
            let bytes = disk::read_regular(&self.survey_file(key), LONGEST).ok()?;
            let value = unseal(Value::Survey, key, &bytes)?;
            let mut hasher = blake3::Hasher::new();
            hasher.update(&bytes);
            hasher.update(keys.lexicons.hex().as_bytes());
            Some((postcard::from_bytes(value).ok()?, Key::of(&hasher)))
        })
    }

    /// Where a survey lies.
    pub fn survey_file(&self, key: Key) -> PathBuf {
        self.folder.join("survey").join(&key.hex()[..16])
    }

    /// Where the counts of a part lie, that were made by a survey.
    pub fn count_file(&self, counted_by: Key, part: usize) -> PathBuf {
        self.folder.join("count").join(&counted_by.hex()[..16]).join(number(part))
    }

    fn read<T: for<'de> Deserialize<'de>>(&self, kind: Value, key: Key, path: &Path) -> Option<T> {
        let bytes = disk::read_regular(path, LONGEST).ok()?;
        postcard::from_bytes(unseal(kind, key, &bytes)?).ok()
    }

    /// Writes a whole file of this kind.
    ///
    /// # Errors
    /// What the system says.
    pub fn write<T: Serialize>(&self, kind: Value, key: Key, path: &Path, value: &T) -> Result<()> {
        let failed = |why: String| Problem::error("disk", Place::file(path.to_string_lossy()), why);
        let value = postcard::to_allocvec(value).map_err(|error| failed(error.to_string()))?;
        let bytes = seal(kind, key, &value);
        write_whole(path, |out| out.write_all(&bytes))
    }

    /// Refuses where less than so much can be written to the work folder.
    ///
    /// # Errors
    /// A disk that is too full.
    pub fn refuse_full(&self, bytes: u64) -> Result<()> {
        refuse_full(&self.folder, bytes)
    }
}

fn add<'a>(hasher: &mut blake3::Hasher, lexicons: impl Iterator<Item = &'a Lexicon>) {
    for lexicon in lexicons {
        hasher.update(format!("{} {}\n", lexicon.file, lexicon.fingerprint()).as_bytes());
    }
}

/// Refuses a folder on whose disk less than so many bytes are free, where the system tells.
pub(super) fn refuse_full(folder: &Path, bytes: u64) -> Result<()> {
    match disk::free_bytes(folder) {
        Some(free) if free < bytes => {
            let found = format!("{:.1} GB are free", free as f64 / 1e9);
            let problem = Problem::error("disk-full", Place::file(folder.to_string_lossy()), found);
            Err(problem.expected(format!("about {:.1} GB", bytes as f64 / 1e9)).into())
        }
        _ => Ok(()),
    }
}

/// Writes a whole file, in a folder that is made where it is missing.
pub(super) fn write_whole(path: &Path, write: impl FnOnce(&mut disk::Out) -> std::io::Result<()>) -> Result<()> {
    let disk = Disk::default();
    let made = path.parent().map_or(Ok(()), |folder| disk.create_dir_all(folder));
    made.and_then(|()| disk.write_whole(path, write)).map_err(|error| {
        let problem = Problem::error("disk", Place::file(path.to_string_lossy()), error.to_string());
        problem.hint("nothing complete was lost; run this part again").into()
    })
}

/// Refuses to go on while parts are missing; `hint` is the command that makes some, but for its folder and parts.
pub(super) fn refuse_missing(folder: &Path, hint: &str, missing: &[usize]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let list = list(missing);
    let found = format!("{} parts are missing, damaged, or of other lexicons: {list}", missing.len());
    let problem = Problem::error("part-missing", Place::file(folder.to_string_lossy()), found);
    let hint = hint.replace("DIR", &shell_word(&folder.to_string_lossy())).replace("PARTS", &list);
    Err(problem.hint(hint).into())
}

/// Numbers of parts, as `--part` and job arrays take them.
pub(super) fn list(parts: &[usize]) -> String {
    parts.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

/// The parts that `7`, `0-7` or `3,7,12` means; all where nothing is said.
pub(super) fn parts(text: Option<&str>, all: usize) -> Result<Vec<usize>> {
    let Some(text) = text else { return Ok((0..all).collect()) };
    let wrong = || {
        let problem = Problem::error("part-number", Place::file("--part"), format!("`{text}`"));
        problem.expected(format!("numbers below {all}, as in `7`, `0-7` or `3,7,12`"))
    };
    let mut found = Vec::new();
    for item in text.split(',') {
        let (first, last) = item.split_once('-').unwrap_or((item, item));
        let range = first.trim().parse::<usize>().ok().zip(last.trim().parse::<usize>().ok());
        let (first, last) = range.filter(|&(first, last)| first <= last && last < all).ok_or_else(wrong)?;
        found.extend(first..=last);
    }
    Ok(found)
}

fn number(part: usize) -> String {
    format!("{part:05}")
}

fn short(build: &str) -> &str {
    build.get(..12).unwrap_or(build)
}
