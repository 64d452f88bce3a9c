//! What of a run is already there: all of it, or the parts that are made of the same.
//!
//! In: a digest of exactly what each part is made of, and the run folder. Out: what the last run had to say, if this one is made of
//! the same; or the files of the parts that are, as one more name for each.
//! Invariant: a file that is not as the last run left it, or any doubt about what it is made of, and the part is made anew.
//! It deliberately takes over rows alone: what was counted lies beside the index, in parts of the same digests.

use super::columns::{
    ARTICLES, COPIES, REMOVED, SENTIMENT_ARTICLES, SENTIMENT_HITS, SENTIMENT_MENTIONS, SENTIMENT_SENTENCES, STORIES,
};
use super::examples::Examples;
use super::folder::{FileStamps, Folder};
use super::inputs::Outcome;
use super::row_writer::RowsToWrite;
use super::sentences;
use crate::disk::{self, read_regular};
use crate::error::Result;
use crate::estimates::are_many;
use crate::index::BUILD;
use crate::lookup::Plan;
use crate::results::{CONTRIBUTIONS, LABELS, SENTIMENT, SENTIMENT_TARGETS, SHIFTS, STORY_WORDS};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where the last run says what it was made of.
const FILE: &str = ".cache/settled.json";

/// Bytes of it that are read at most.
const LONGEST: u64 = 256 << 20;

/// Where the examples of each unit of frames are kept.
const EXAMPLES: &str = ".cache/hits";

/// Digests of what a run is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    /// Of everything that decides what it writes; nothing where no other run can be known to be the same.
    pub all: Option<String>,
    /// Of what decides each part, the words that are joined over line ends among it, which are known once all articles are indexed: [`ARTICLES_PART`], [`SENTIMENT_PART`], and the file name of each unit of frames.
    pub parts: BTreeMap<String, String>,
}

/// The tables that no frame decides: articles, what was removed, copies, stories and their words, labels.
pub const ARTICLES_PART: &str = "articles";

/// The tables of sentiment: those that grow with the articles, and those of groups.
pub const SENTIMENT_PART: &str = "sentiment";

/// The part of a unit of frames.
pub fn part_of_unit(file_name: &str) -> String {
    format!("hits/{file_name}")
}

/// Where the examples of a unit are kept.
pub(super) fn examples_file(file_name: &str) -> String {
    format!("{EXAMPLES}/{file_name}.json")
}

/// The part that a file belongs to, if it belongs to one alone.
pub(super) fn part_of(file: &str) -> Option<String> {
    let articles = [ARTICLES.file, REMOVED.file, COPIES.file, STORIES.file, LABELS.file, STORY_WORDS.file];
    let grown = [SENTIMENT_ARTICLES.file, SENTIMENT_SENTENCES.file, SENTIMENT_MENTIONS.file];
    let estimated = [SENTIMENT.file, SENTIMENT_TARGETS.file, CONTRIBUTIONS.file, SHIFTS.file];
    let folder = SENTIMENT_HITS.file.trim_end_matches("*.csv");
    if articles.contains(&file) {
        return Some(ARTICLES_PART.to_string());
    }
    if grown.contains(&file) || estimated.contains(&file) || file.starts_with(folder) {
        return Some(SENTIMENT_PART.to_string());
    }
    if let Some(words) = file.strip_prefix(sentences::FOLDER) {
        if words.starts_with(sentences::TONES) {
            return Some(SENTIMENT_PART.to_string());
        }
        if words.starts_with(sentences::LABELS) {
            return Some(ARTICLES_PART.to_string());
        }
    }
    let name = file.strip_prefix(".cache/").unwrap_or(file);
    let name = name.strip_prefix("hits/").or_else(|| name.strip_prefix(sentences::FOLDER))?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // the further files of a unit: no unit's own name ends in a number
    let stem = match stem.rsplit_once('-') {
        Some((unit, number)) if number.chars().all(|c| c.is_ascii_digit()) => unit,
        _ => stem,
    };
    Some(part_of_unit(stem))
}

/// A file as a run left it: name, digest.
type FileDigest = (String, String);

#[derive(Serialize, Deserialize)]
struct FinishedRun {
    /// The program that made it, and how large it drew pictures.
    pictures: (String, f32),
    #[serde(rename = "made_of")]
    fingerprints: Fingerprints,
    files: Vec<FileDigest>,
    outcome: Outcome,
}

/// The outcome of the run in this folder, if it was made of the same and nothing was changed since.
pub fn settled(out: &str, fingerprints: &Fingerprints) -> Option<Outcome> {
    let last = read(Path::new(out))
        .filter(|last| last.fingerprints.all.is_some() && last.fingerprints.all == fingerprints.all)?;
    let (folder, stamps) = (Path::new(out), FileStamps::read(Path::new(out)));
    // what is lost of the cache costs time only
    let is_as_left = |(name, _): &FileDigest| name.starts_with(".cache/") || stamps.holds(folder, name);
    last.files.par_iter().all(is_as_left).then_some(last.outcome)
}

/// True where the run that stands at `out` was made of exactly this, whatever became of its files since.
pub fn is_made_of(out: &str, fingerprint: &str) -> bool {
    read(Path::new(out)).is_some_and(|last| last.fingerprints.all.as_deref() == Some(fingerprint))
}

fn read(out: &Path) -> Option<FinishedRun> {
    serde_json::from_slice(&read_regular(&out.join(FILE), LONGEST).ok()?).ok()
}

/// Parts that a run in the making has from the last one.
#[derive(Default)]
struct ReusedParts {
    parts: BTreeSet<String>,
}

impl ReusedParts {
    /// Gives the files of every part that is made of the same a second name in the run in the making.
    /// `may_take` has the first word on each part, `accepts` the last on each whose files are there.
    fn from_last_run(
        folder: &mut Folder,
        fingerprints: &Fingerprints,
        may_take: impl Fn(&str) -> bool,
        mut accepts: impl FnMut(&str, &Path) -> bool,
    ) -> Result<ReusedParts> {
        let Some(last) = read(folder.place()) else { return Ok(ReusedParts::default()) };
        let is_same = |part: &String| {
            may_take(part)
                && fingerprints.parts.contains_key(part)
                && fingerprints.parts.get(part) == last.fingerprints.parts.get(part)
        };
        let mut parts: BTreeMap<String, Vec<FileDigest>> = BTreeMap::new();
        for left in last.files {
            if let Some(part) = part_of(&left.0).filter(is_same) {
                parts.entry(part).or_default().push(left);
            }
        }
        // what is linked is what is read: whatever becomes of the name, these bytes are those of the digest
        let (making, partial) = (&*folder, folder.partial());
        let is_as_left = |(name, digest): &FileDigest| {
            making.link_last(name).is_ok() && disk::has_digest(&partial.join(name), digest)
        };
        let checked: Vec<(String, Vec<FileDigest>, bool)> = parts
            .into_par_iter()
            .map(|(part, files)| {
                let is_whole = files.par_iter().all(is_as_left);
                (part, files, is_whole)
            })
            .collect();
        let mut taken = ReusedParts::default();
        for (part, files, is_whole) in checked {
            if is_whole && accepts(&part, folder.partial()) {
                for (name, digest) in files.iter().filter(|left| !left.0.starts_with(".cache/")) {
                    let bytes = fs::metadata(folder.partial().join(name)).map_or(0, |facts| facts.len());
                    folder.add(name.clone(), bytes, digest.clone());
                }
                taken.parts.insert(part);
            } else {
                files.iter().try_for_each(|left| folder.unlink(&left.0))?;
            }
        }
        Ok(taken)
    }

    /// True where a part is there.
    fn has(&self, part: &str) -> bool {
        self.parts.contains(part)
    }
}

/// Pictures of the last run: a drawing of the same bytes has the same picture, if the same program makes it, in the same size.
pub(super) struct Pictures {
    /// Digests of the charts by file name.
    digests: BTreeMap<String, String>,
}

impl Pictures {
    /// Those of the run in the place of this one, if they are as this one would make them.
    pub fn of_last_run(folder: &Folder, options: &super::Options) -> Pictures {
        let last = read(folder.place()).filter(|last| last.pictures == (BUILD.to_string(), options.width.zoom()));
        let charts = last.into_iter().flat_map(|last| last.files).filter(|(name, _)| name.starts_with("charts/"));
        Pictures { digests: charts.collect() }
    }

    /// Gives the picture of a drawing a second name in the run in the making; its file name, bytes and digest, if it is there as it was.
    pub fn take(&self, folder: &Folder, chart: &str, svg: &str) -> Option<(String, u64, String)> {
        let [drawing, picture] = ["svg", "png"].map(|ending| format!("charts/{chart}.{ending}"));
        let is_same = *self.digests.get(&drawing)? == blake3::hash(svg.as_bytes()).to_hex().as_str();
        let digest = self.digests.get(&picture).filter(|_| is_same)?;
        folder.link_last(&picture).ok()?;
        let path = folder.partial().join(&picture);
        match (disk::has_digest(&path, digest), fs::metadata(&path)) {
            (true, Ok(facts)) => Some((picture, facts.len(), digest.clone())),
            _ => {
                // the picture is then made under this name
                folder.unlink(&picture).ok()?;
                None
            }
        }
    }
}

/// Says what this run was made of; its folder is not yet in its place.
pub fn settle(folder: &mut Folder, fingerprints: Fingerprints, outcome: &Outcome, options: &super::Options) {
    let files = folder.files().into_iter().map(|(name, _, digest)| (name, digest));
    let names = fs::read_dir(folder.partial().join(EXAMPLES)).into_iter().flatten().flatten();
    let names = names.map(|entry| format!("{EXAMPLES}/{}", entry.file_name().to_string_lossy()));
    let examples = names.map(|name| {
        let digest = digest_of(&folder.partial().join(&name)).unwrap_or_default();
        (name, digest)
    });
    let mut files: Vec<FileDigest> = files.chain(examples).collect();
    files.sort();
    let outcome = Outcome { since: String::new(), ..outcome.clone() };
    let last = FinishedRun { pictures: (BUILD.to_string(), options.width.zoom()), fingerprints, files, outcome };
    if let Ok(bytes) = serde_json::to_vec(&last) {
        // where it cannot be written, the next run is made in full
        let _ = folder.beside(FILE, &bytes);
    }
}

fn digest_of(path: &Path) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut fs::File::open(path).ok()?, &mut hasher).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}

/// What is written anew, and what is there of the last run: its files, and the examples of its hits. Without a digest all is written anew; of
/// many frames all hits are, as those with most of them have sentences beside the page, and which these are is known only at the end.
pub fn take_over(
    folder: &mut Folder,
    fingerprints: Option<&Fingerprints>,
    plan: &Plan<'_>,
    files: &[String],
    seed: u64,
) -> Result<(RowsToWrite, Examples)> {
    let mut examples = Examples::new(seed, plan.frames().len());
    let mut accepts = |part: &str, partial: &Path| match part.strip_prefix("hits/") {
        Some(file) => {
            let bytes = fs::read(partial.join(examples_file(file)));
            bytes.is_ok_and(|bytes| examples.restore(&bytes, plan))
        }
        None => true,
    };
    let may_take = |part: &str| !(are_many(plan.frames().len()) && part.starts_with("hits/"));
    let taken = fingerprints
        .map(|fingerprints| ReusedParts::from_last_run(folder, fingerprints, may_take, &mut accepts))
        .transpose()?;
    let taken = taken.unwrap_or_default();
    let fresh = RowsToWrite {
        articles: !taken.has(ARTICLES_PART),
        sentiment: !taken.has(SENTIMENT_PART),
        units: files.iter().map(|file| !taken.has(&part_of_unit(file))).collect(),
    };
    Ok((fresh, examples))
}
