//! The plan: where each part begins, and everything that only who reads the whole corpus in order can say.
//!
//! In: a study, a work folder. Out: `plan.json`.
//! Invariant: the corpus is read once, from its beginning to its end, as a run reads it. So ids that are taken, what is said once of a file
//! or the corpus, and a digest of the articles of every part are those of a run, whatever the form of the files.
//! It deliberately indexes nothing: reading is a small share of the work, and the only one that has to be done in order.

use super::work::{WorkFolder, refuse_full, write_whole};
use crate::disk;
use crate::error::{Place, Problem, Result};
use crate::index::BUILD;
use crate::pipeline::{halt, load};
use crate::progress::{Progress, Stage};
use crate::read::{self, Corpus, Input, Item, Mark};
use crate::session::{CountingSession, Plans};
use crate::study::{SavedStudy, Study};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes of text of a part, where nothing else is said: about a minute of one core.
pub const PART_BYTES: u64 = 1 << 30;

/// What is planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Plan {
    pub build: String,
    pub study: SavedStudy,
    pub files: Vec<File>,
    /// Further columns of the corpus.
    pub columns: Vec<String>,
    /// What was guessed before reading, in cells.
    pub notes: Vec<[String; 8]>,
    /// What reading had to say, in cells.
    pub problems: Vec<[String; 8]>,
    pub parts: Vec<Part>,
}

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct File {
    pub file: String,
    path: PathBuf,
    pub bytes: u64,
    digest: Option<String>,
    form: String,
}

/// A part: some articles that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    pub begins: Mark,
    /// Number of its first article.
    pub first: u64,
    pub articles: u64,
    /// Bytes of their texts.
    pub bytes: u64,
    /// Ids that are marked as taken, by the number of the article among all that are read.
    pub ids: BTreeMap<u64, String>,
    /// BLAKE3 of everything that is read of its articles.
    pub digest: String,
}

/// A plan, in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Number of parts; the first is 0.
    pub parts: usize,
    /// Number of articles.
    pub articles: u64,
    /// Bytes of their texts.
    pub bytes: u64,
}

impl Planned {
    /// Bytes that the work folder takes: index and counts.
    pub fn disk(&self) -> u64 {
        self.bytes * 2
    }
}

impl File {
    fn of(input: &Input) -> File {
        let Input { file, path, bytes, digest, form } = input.clone();
        File { file, path, bytes, digest, form }
    }

    pub fn input(&self) -> Input {
        let File { file, path, bytes, digest, form } = self.clone();
        Input { file, path, bytes, digest, form }
    }
}

/// Reads a corpus, cuts it into parts of at least so many bytes of text, and writes the plan. What a run would refuse is refused here.
///
/// # Errors
/// What [`crate::run`] would refuse before it counts; a work folder with another plan; a disk that is too full.
pub fn plan(study: &Study, work: &str, part_bytes: u64, progress: &dyn Progress, stop: &AtomicBool) -> Result<Planned> {
    let lexicons = load(study)?;
    let plans = Plans::of(&lexicons, study)?;
    let mut session = CountingSession::open(study, &lexicons)?;
    plans.scorer(study, session.corpus.other_columns())?;
    let folder = Path::new(work);
    let place = || Place::file(folder.to_string_lossy());
    let failed = |error: std::io::Error| Problem::error("disk", place(), error.to_string());
    disk::Disk::default().create_dir_all(folder).map_err(failed)?;
    let saved = SavedStudy::of(study).map_err(failed)?;
    let (parts, problems) = cut(&mut session.corpus, part_bytes, progress, stop)?;
    let planned = Planned {
        parts: parts.len(),
        articles: parts.iter().map(|part| part.articles).sum(),
        bytes: parts.iter().map(|part| part.bytes).sum(),
    };
    let plan = Plan {
        build: BUILD.to_string(),
        study: saved,
        files: session.corpus.inputs().iter().map(File::of).collect(),
        columns: session.corpus.other_columns().to_vec(),
        notes: session.corpus.notes().iter().map(Problem::cells).collect(),
        problems,
        parts,
    };
    let bytes = serde_json::to_vec(&plan).map_err(|error| failed(error.into()))?;
    let path = WorkFolder::plan_file(folder);
    match std::fs::read(&path) {
        Ok(known) if known == bytes => return Ok(planned),
        Ok(_) => {
            let problem = Problem::error(
                "part-planned",
                place(),
                "the folder already contains a plan with other articles, settings or parts",
            );
            return Err(problem.hint("choose a new folder; a work folder is never emptied").into());
        }
        Err(_) => refuse_full(folder, planned.disk())?,
    }
    write_whole(&path, |out| out.write_all(&bytes))?;
    Ok(planned)
}

/// Reads everything, and begins a part wherever enough was read and reading could begin again.
fn cut(
    corpus: &mut Corpus,
    part_bytes: u64,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<(Vec<Part>, Vec<[String; 8]>)> {
    let (mut parts, mut problems) = (Vec::new(), Vec::new());
    let mut part = Part { begins: corpus.mark().unwrap_or_default(), ..Part::default() };
    let mut hasher = blake3::Hasher::new();
    corpus.keep_marked_ids();
    let read = corpus.progress();
    progress.begin(Stage::Read, Some(corpus.bytes_total()));
    while let Some(item) = corpus.next() {
        let article = match item {
            Item::Problem(problem) => {
                problems.push(problem.cells());
                continue;
            }
            Item::Article(article) => article,
        };
        halt(stop)?;
        article.digest_into(&mut hasher);
        part.articles += 1;
        part.bytes += article.text.len() as u64;
        if part.bytes >= part_bytes
            && let Some(begins) = corpus.mark()
        {
            progress.reach(Stage::Read, read.load(Ordering::Relaxed));
            let next = Part { begins, first: part.first + part.articles, ..Part::default() };
            parts.push(end(std::mem::replace(&mut part, next), corpus, &hasher));
            hasher.reset();
        }
    }
    if part.articles > 0 || parts.is_empty() {
        parts.push(end(part, corpus, &hasher));
    }
    progress.end(Stage::Read);
    Ok((parts, problems))
}

fn end(part: Part, corpus: &mut Corpus, hasher: &blake3::Hasher) -> Part {
    Part { ids: corpus.marked_ids(), digest: hasher.finalize().to_hex().to_string(), ..part }
}

/// The corpus of a study, to be read from the beginning of a part to its end.
///
/// # Errors
/// Files that are not those of the plan.
pub(super) fn corpus_of(study: &Study, plan: &Plan, part: usize) -> Result<Corpus> {
    let mut corpus = read::open(&study.corpus, &study.articles())?;
    let now: Vec<(&str, u64)> = corpus.inputs().iter().map(|input| (input.file.as_str(), input.bytes)).collect();
    let then: Vec<(&str, u64)> = plan.files.iter().map(|file| (file.file.as_str(), file.bytes)).collect();
    if now != then {
        let other =
            now.iter().find(|file| !then.contains(file)).or_else(|| then.iter().find(|file| !now.contains(file)));
        let file = other.map_or_else(|| study.corpus.join(", "), |(file, _)| (*file).to_string());
        return Err(changed(&file, part));
    }
    let Part { begins, ids, articles, .. } = &plan.parts[part];
    corpus.begin_at(begins, ids.clone(), *articles);
    Ok(corpus)
}

/// The error for articles that are not those that were planned.
pub(super) fn changed(file: &str, part: usize) -> crate::error::Error {
    let found = format!("the articles of part {part} are not those that were planned: a file was edited since");
    let problem = Problem::error("part-input-changed", Place::file(file), found);
    problem.hint("put the file back as it was, or plan anew in a new work folder").into()
}
