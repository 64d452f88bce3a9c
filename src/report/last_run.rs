//! What of a run is already there: all of it, or the parts that are made of the same.
//!
//! In: a digest of exactly what each part is made of, and the run folder. Out: what the last run had to say, if this one is made of
//! the same; or the files of the parts that are, as one more name for each.
//! Invariant: a file that is not as the last run left it, or any doubt about what it is made of, and the part is made anew.
//! It deliberately takes over nothing that is counted: counts are made of hits, every time.

use super::columns::{
    ARTICLES, COPIES, REMOVED, SENTIMENT_ARTICLES, SENTIMENT_HITS, SENTIMENT_MENTIONS, SENTIMENT_SENTENCES,
};
use super::examples::Examples;
use super::folder::Folder;
use super::inputs::Outcome;
use super::row_writer::Fresh;
use crate::error::{Place, Problem, Result};
use crate::lookup::Plan;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Where the last run says what it was made of.
const FILE: &str = ".cache/settled.json";

/// Where the examples of each unit of frames are kept.
const EXAMPLES: &str = ".cache/hits";

/// Digests of what a run is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeOf {
    /// Of everything that decides what it writes; nothing where no other run can be known to be the same.
    pub all: Option<String>,
    /// Of what decides each part: [`ARTICLES_PART`], [`SENTIMENT_PART`], and the file name of each unit of frames.
    pub parts: BTreeMap<String, String>,
}

/// The tables that no frame decides: articles, what was removed, copies.
pub const ARTICLES_PART: &str = "articles";

/// The tables of sentiment that grow with the articles.
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
    let articles = [ARTICLES.file, REMOVED.file, COPIES.file];
    let sentiment = [SENTIMENT_ARTICLES.file, SENTIMENT_SENTENCES.file, SENTIMENT_MENTIONS.file];
    let folder = SENTIMENT_HITS.file.trim_end_matches("*.csv");
    if articles.contains(&file) {
        return Some(ARTICLES_PART.to_string());
    }
    if sentiment.contains(&file) || file.starts_with(folder) {
        return Some(SENTIMENT_PART.to_string());
    }
    let name = file.strip_prefix(".cache/").unwrap_or(file).strip_prefix("hits/")?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // the further files of a unit: no unit's own name ends in a number
    let stem = match stem.rsplit_once('-') {
        Some((unit, number)) if number.chars().all(|c| c.is_ascii_digit()) => unit,
        _ => stem,
    };
    Some(part_of_unit(stem))
}

/// A file as a run left it: name, bytes, nanoseconds since 1970 of the last writing, digest of what is a table or a drawing.
type Left = (String, u64, u64, String);

#[derive(Serialize, Deserialize)]
struct Settled {
    made_of: MadeOf,
    files: Vec<Left>,
    outcome: Outcome,
}

/// The outcome of the run in this folder, if it was made of the same and nothing was changed since.
pub fn settled(out: &str, made_of: &MadeOf) -> Option<Outcome> {
    let known = read(Path::new(out)).filter(|known| known.made_of.all.is_some() && known.made_of == *made_of)?;
    let is_as_left = |(name, bytes, written, _): &Left| stamped(&Path::new(out).join(name)) == Some((*bytes, *written));
    known.files.iter().all(is_as_left).then_some(known.outcome)
}

fn read(out: &Path) -> Option<Settled> {
    serde_json::from_slice(&fs::read(out.join(FILE)).ok()?).ok()
}

/// Parts that a run in the making has from the last one.
#[derive(Default)]
pub struct TakenOver {
    parts: BTreeSet<String>,
    files: Vec<Left>,
}

impl TakenOver {
    /// Gives the files of every part that is made of the same a second name in the run in the making.
    /// `accepts` has the last word on each part whose files are there.
    fn from_last_run(folder: &mut Folder, made_of: &MadeOf, mut accepts: impl FnMut(&str, &Path) -> bool) -> TakenOver {
        let Some(known) = read(folder.place()) else { return TakenOver::default() };
        let is_same = |part: &String| {
            made_of.parts.contains_key(part) && made_of.parts.get(part) == known.made_of.parts.get(part)
        };
        let mut parts: BTreeMap<String, Vec<Left>> = BTreeMap::new();
        for left in known.files {
            if let Some(part) = part_of(&left.0).filter(is_same) {
                parts.entry(part).or_default().push(left);
            }
        }
        // what is linked is what is read: whatever becomes of the name, these bytes are those of the digest
        let (place, partial) = (folder.place(), folder.partial());
        let is_as_left = |(name, bytes, written, digest): &Left| {
            let linked = partial.join(name);
            super::folder::link(&place.join(name), &linked).is_ok()
                && stamped(&linked) == Some((*bytes, *written))
                && digest_of(&linked).as_ref() == Some(digest)
        };
        let checked: Vec<(String, Vec<Left>, bool)> = parts
            .into_par_iter()
            .map(|(part, files)| {
                let is_whole = files.par_iter().all(is_as_left);
                (part, files, is_whole)
            })
            .collect();
        let mut taken = TakenOver::default();
        for (part, files, is_whole) in checked {
            if is_whole && accepts(&part, folder.partial()) {
                let listed = files.iter().filter(|left| !left.0.starts_with(".cache/"));
                listed.for_each(|(name, bytes, _, digest)| folder.add(name.clone(), *bytes, digest.clone()));
                taken.files.extend(files);
                taken.parts.insert(part);
            } else {
                files.iter().for_each(|left| drop(fs::remove_file(folder.partial().join(&left.0))));
            }
        }
        taken
    }

    /// True where a part is there.
    fn has(&self, part: &str) -> bool {
        self.parts.contains(part)
    }

    /// The end of the run that takes these parts over.
    ///
    /// # Errors
    /// Where somebody wrote to one of the files in the meantime.
    pub fn close(&self, folder: &Folder) -> Result<()> {
        let is_changed =
            |(name, bytes, written, _): &&Left| stamped(&folder.partial().join(name)) != Some((*bytes, *written));
        let Some((name, ..)) = self.files.iter().find(is_changed) else { return Ok(()) };
        let found = "a table of the last run was changed while this run made use of it";
        Err(Problem::error("output-in-use", Place::file(name.as_str()), found)
            .hint("run again; nothing was lost")
            .into())
    }
}

/// Says what this run was made of; its folder is not yet in its place.
pub fn settle(folder: &Folder, made_of: MadeOf, outcome: &Outcome) {
    let files = folder.files().into_iter().map(|(name, _, digest)| (name, digest));
    let manifest = (super::MANIFEST.to_string(), String::new());
    let examples = fs::read_dir(folder.partial().join(EXAMPLES)).into_iter().flatten().flatten().map(|entry| {
        let name = format!("{EXAMPLES}/{}", entry.file_name().to_string_lossy());
        (name, digest_of(&entry.path()).unwrap_or_default())
    });
    let left = files.chain([manifest]).chain(examples).map(|(name, digest)| {
        let (bytes, written) = stamped(&folder.partial().join(&name))?;
        Some((name, bytes, written, digest))
    });
    let Some(mut files) = left.collect::<Option<Vec<_>>>() else { return };
    files.sort();
    let outcome = Outcome { since: String::new(), ..outcome.clone() };
    let known = Settled { made_of, files, outcome };
    if let Ok(bytes) = serde_json::to_vec(&known) {
        // where it cannot be written, the next run is made in full
        let _ = folder.beside(FILE, &bytes);
    }
}

fn digest_of(path: &Path) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut fs::File::open(path).ok()?, &mut hasher).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}

/// Bytes of a file, and nanoseconds since 1970 of its last writing.
fn stamped(path: &Path) -> Option<(u64, u64)> {
    let facts = fs::metadata(path).ok()?;
    let written = facts.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some((facts.len(), written.as_nanos() as u64))
}

/// What is written anew, and what is there of the last run: its files, and the examples of its hits. Without a digest all is written anew.
pub fn take_over(
    folder: &mut Folder,
    made_of: Option<&MadeOf>,
    plan: &Plan<'_>,
    files: &[String],
    seed: u64,
) -> (Fresh, Examples, TakenOver) {
    let mut examples = Examples::new(seed);
    let mut accepts = |part: &str, partial: &Path| match part.strip_prefix("hits/") {
        Some(file) => {
            let bytes = fs::read(partial.join(examples_file(file)));
            bytes.is_ok_and(|bytes| examples.restore(&bytes, plan))
        }
        None => true,
    };
    let taken = made_of.map(|made_of| TakenOver::from_last_run(folder, made_of, &mut accepts)).unwrap_or_default();
    let fresh = Fresh {
        articles: !taken.has(ARTICLES_PART),
        sentiment: !taken.has(SENTIMENT_PART),
        units: files.iter().map(|file| !taken.has(&part_of_unit(file))).collect(),
    };
    (fresh, examples, taken)
}
