//! What a run folder has seen: every version of corpus, lexicons and settings, in order, with the files that made it.
//!
//! In: the history so far, and a run. Out: the history with it; how many lexicon versions the corpus has seen.
//! Lexicons and study files are kept under the digest of their bytes, so a file that stays as it is is kept once.
//! Invariant: a run that was seen before adds nothing; there is no clock. The file is in no manifest: the tables of a run
//! depend on its inputs alone, and this depends on what was tried before them.
//! It counts a researcher's degrees of freedom: the more versions were tried, the less a q of the last one says.

use super::snapshot::Snapshot;
use crate::disk::read_regular;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// The file, in the run folder.
pub const HISTORY: &str = "history.json";

/// The folder of kept files, in the run folder.
const KEPT: &str = "history/";

/// The folder of kept studies.
const STUDIES: &str = ".cache/versions/";

/// What a run is made of, to be kept.
#[derive(Clone, Debug, Default)]
pub struct RunArchive {
    /// Lexicon files and the study file: their names without a folder, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The study as a whole, which knows paths of this machine: kept in the cache.
    pub study: Vec<u8>,
    /// Counted articles, counted hits, and comparisons with q below .05.
    pub numbers: [u64; 3],
}

/// Runs in order; each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    runs: Vec<Version>,
}

/// A run that a folder has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Digest of the files of the corpus.
    pub corpus: String,
    /// Digest of what decides a number in the lexicons.
    pub lexicons: String,
    /// Digest of the settings.
    pub settings: String,
    /// Lexicon files and the study file: their names without a folder, and where they are kept.
    pub files: Vec<(String, String)>,
    /// Counted articles, counted hits, and comparisons with q below .05; nothing for a run of an earlier version of the program.
    pub numbers: Option<[u64; 3]>,
}

impl Version {
    /// What a run in a folder is made of.
    pub fn of(run: &Snapshot) -> Version {
        let digest = |parts: Vec<String>| blake3::hash(parts.join("\n").as_bytes()).to_hex()[..16].to_string();
        Version {
            corpus: digest(run.inputs.iter().map(|(file, digest)| format!("{file} {digest}")).collect()),
            lexicons: digest(run.lexicons.iter().map(|[name, _, _, digest]| format!("{name} {digest}")).collect()),
            settings: digest(run.options.iter().map(|(name, value)| format!("{name} {value}")).collect()),
            ..Version::default()
        }
    }

    /// True where both are made of the same.
    pub fn is(&self, other: &Version) -> bool {
        (&self.corpus, &self.lexicons, &self.settings) == (&other.corpus, &other.lexicons, &other.settings)
    }

    /// Where its study is kept.
    pub fn study(&self) -> String {
        format!("{STUDIES}{}-{}-{}.json", self.corpus, self.lexicons, self.settings)
    }
}

/// Where bytes are kept: their digest, and the ending of their file, so that an editor knows them.
fn place_of(name: &str, bytes: &[u8]) -> String {
    let ending = Path::new(name).extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    format!("{KEPT}{}{ending}", &blake3::hash(bytes).to_hex()[..16])
}

/// A kept file of a run folder; nothing where it is not there or was edited.
pub fn archived_file(folder: &Path, place: &str) -> Option<Vec<u8>> {
    let bytes = read_regular(&folder.join(place), LONGEST).ok()?;
    (place.starts_with(KEPT) && place_of(place, &bytes) == place).then_some(bytes)
}

/// How often a corpus was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Lexicon versions that this corpus has seen, this one among them.
    pub lexicons: usize,
    /// Settings that this corpus has seen.
    pub settings: usize,
    /// Lexicon versions that the folder has seen, whatever the corpus.
    pub all: usize,
}

impl Versions {
    /// In words.
    pub fn sentence(&self) -> String {
        let several = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let elsewhere = self.all - self.lexicons;
        let further = if elsewhere == 0 { String::new() } else { format!(", and {elsewhere} more with other corpora") };
        format!(
            "In this folder, this corpus has seen {} of the lexicons and {} of the settings{further}. \
             Report how many were tried: with each, something is more likely to be found by chance.",
            several(self.lexicons, "version"),
            several(self.settings, "version"),
        )
    }
}

/// Bytes of a history that are read at most.
const LONGEST: u64 = 64 << 20;

impl History {
    /// The history of a run folder; empty where there is none or it cannot be read.
    pub fn read(folder: &Path) -> History {
        let bytes = read_regular(&folder.join(HISTORY), LONGEST).unwrap_or_default();
        let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_string);
        let seen = |run: &Value| {
            let [corpus, lexicons, settings] = ["corpus", "lexicons", "settings"].map(|name| text(&run[name]));
            let file = |file: &Value| Some((text(&file["file"])?, text(&file["kept"])?));
            let [articles, hits, findings] = ["articles", "hits", "findings"].map(|name| run[name].as_u64());
            Some(Version {
                corpus: corpus?,
                lexicons: lexicons?,
                settings: settings?,
                files: run["files"].as_array().into_iter().flatten().filter_map(file).collect(),
                numbers: articles
                    .zip(hits)
                    .zip(findings)
                    .map(|((articles, hits), findings)| [articles, hits, findings]),
            })
        };
        History { runs: value["runs"].as_array().into_iter().flatten().filter_map(seen).collect() }
    }

    /// The runs in order.
    pub fn runs(&self) -> &[Version] {
        &self.runs
    }

    /// Adds a run and tells what its corpus has seen.
    pub fn see(&mut self, run: &Snapshot, archive: &RunArchive) -> Versions {
        let mut seen = Version::of(run);
        seen.files = archive.files.iter().map(|(name, bytes)| (name.clone(), place_of(name, bytes))).collect();
        seen.numbers = Some(archive.numbers);
        let corpus = seen.corpus.clone();
        match self.runs.iter_mut().find(|other| other.is(&seen)) {
            // a version that an earlier program saw did not keep its files
            Some(earlier) if earlier.numbers.is_none() => *earlier = seen,
            Some(_) => {}
            None => self.runs.push(seen),
        }
        let of_corpus = || self.runs.iter().filter(|run| run.corpus == corpus);
        let count = |values: BTreeSet<&String>| values.len();
        Versions {
            lexicons: count(of_corpus().map(|run| &run.lexicons).collect()),
            settings: count(of_corpus().map(|run| &run.settings).collect()),
            all: count(self.runs.iter().map(|run| &run.lexicons).collect()),
        }
    }

    /// As JSON.
    pub fn json(&self) -> String {
        let run = |run: &Version| {
            let files: Vec<Value> =
                run.files.iter().map(|(file, archive)| json!({"file": file, "kept": archive})).collect();
            let number = |at: usize| run.numbers.map(|numbers| numbers[at]);
            json!({
                "corpus": run.corpus, "lexicons": run.lexicons, "settings": run.settings,
                "articles": number(0), "hits": number(1), "findings": number(2),
                "files": files,
            })
        };
        let value = json!({
            "about": "Each pair of corpus and lexicons that this folder has seen, in order. Not part of what a run must reproduce.",
            "runs": self.runs.iter().map(run).collect::<Vec<_>>(),
        });
        let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The kept files of all versions: from this run, else from the folder of the last one.
    pub fn archived(&self, run: &Snapshot, archive: &RunArchive, last: &Path) -> BTreeMap<String, Vec<u8>> {
        let own: BTreeMap<String, &Vec<u8>> =
            archive.files.iter().map(|(name, bytes)| (place_of(name, bytes), bytes)).collect();
        let mut files = BTreeMap::new();
        for (_, place) in self.runs.iter().flat_map(|run| &run.files) {
            let bytes = own.get(place).map(|bytes| (*bytes).clone()).or_else(|| archived_file(last, place));
            files.extend(bytes.map(|bytes| (place.clone(), bytes)));
        }
        let now = Version::of(run);
        for version in &self.runs {
            let bytes = match version.is(&now) {
                true => Some(archive.study.clone()).filter(|study| !study.is_empty()),
                false => read_regular(&last.join(version.study()), LONGEST).ok(),
            };
            files.extend(bytes.map(|bytes| (version.study(), bytes)));
        }
        files
    }

    /// The versions as a table for people.
    pub fn text(&self) -> String {
        let mut text = format!("{:>4} {:>10} {:>10} {:>9}  what changed\n", "", "articles", "hits", "findings");
        let mut last: Option<&Version> = None;
        for (number, run) in (1..).zip(&self.runs) {
            let changed = |of: fn(&Version) -> &String| last.is_some_and(|last| of(last) != of(run));
            let parts = [
                (changed(|run| &run.corpus), "corpus"),
                (changed(|run| &run.lexicons), "lexicons"),
                (changed(|run| &run.settings), "settings"),
            ];
            let what: Vec<&str> = parts.iter().filter(|(is, _)| *is).map(|(_, what)| *what).collect();
            let shown = |at: usize| run.numbers.map_or("–".to_string(), |numbers| numbers[at].to_string());
            let lost = if run.numbers.is_none() { "  (its files were not kept)" } else { "" };
            let _ = writeln!(
                text,
                "{:>4} {:>10} {:>10} {:>9}  {}{lost}",
                format!("@{number}"),
                shown(0),
                shown(1),
                shown(2),
                if last.is_none() { "the first run".to_string() } else { what.join(", ") }
            );
            last = Some(run);
        }
        text.push_str(
            "\nFindings: comparisons with q below .05. `framescope diff @1 @2` says what changed between two versions.",
        );
        text
    }
}
