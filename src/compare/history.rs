//! What a run folder has seen: every pair of corpus and lexicons, in order.
//!
//! In: the history so far, and a run. Out: the history with it; how many lexicon versions the corpus has seen.
//! Invariant: a run that was seen before adds nothing; there is no clock. The file is in no manifest: the tables of a run
//! depend on its inputs alone, and this depends on what was tried before them.
//! It counts a researcher's degrees of freedom: the more versions were tried, the less a q of the last one says.

use super::snapshot::Snapshot;
use crate::disk::read_regular;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// The file, in the run folder.
pub const HISTORY: &str = "history.json";

/// Runs in order; each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    runs: Vec<Seen>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    /// Digests of the files of the corpus, of the lexicons, and of the settings.
    corpus: String,
    lexicons: String,
    settings: String,
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
            Some(Seen { corpus: corpus?, lexicons: lexicons?, settings: settings? })
        };
        History { runs: value["runs"].as_array().into_iter().flatten().filter_map(seen).collect() }
    }

    /// Adds a run and tells what its corpus has seen.
    pub fn see(&mut self, run: &Snapshot) -> Versions {
        let digest = |parts: Vec<String>| blake3::hash(parts.join("\n").as_bytes()).to_hex()[..16].to_string();
        let seen = Seen {
            corpus: digest(run.inputs.iter().map(|(file, digest)| format!("{file} {digest}")).collect()),
            lexicons: digest(run.lexicons.iter().map(|[name, _, _, digest]| format!("{name} {digest}")).collect()),
            settings: digest(run.options.iter().map(|(name, value)| format!("{name} {value}")).collect()),
        };
        let corpus = seen.corpus.clone();
        if !self.runs.contains(&seen) {
            self.runs.push(seen);
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
        let run = |run: &Seen| json!({"corpus": run.corpus, "lexicons": run.lexicons, "settings": run.settings});
        let value = json!({
            "about": "Each pair of corpus and lexicons that this folder has seen, in order. Not part of what a run must reproduce.",
            "runs": self.runs.iter().map(run).collect::<Vec<_>>(),
        });
        let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
        text.push('\n');
        text
    }
}
