//! The locked key of a sample: what each item is, which the coders do not see.
//!
//! In: a sample. Out: `key.json`, sealed; and back, refused where a byte of it was changed.
//! Invariant: the seal is a digest of everything else in the key, so the test is fixed before anybody codes.
//! It deliberately holds the texts: scores need neither the articles nor the run.

use super::design::{Shown, Unit};
use crate::disk::read_regular;
use crate::error::{Place, Problem, Result};
use crate::lexicon::Overlap;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The file, in the folder of the sample.
pub(super) const KEY: &str = "key.json";

/// Version of its form.
const FORMAT: u32 = 1;

/// Bytes of it that are read at most.
const LONGEST: u64 = 1 << 30;

/// Everything that is known of a sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    pub about: String,
    pub format: u32,
    /// Version of the program.
    pub framescope: String,
    pub seed: u64,
    pub unit: Unit,
    /// Asked for, of each frame (and outlet, where so).
    pub hits: u64,
    pub sentences: u64,
    pub overlap: u64,
    pub by_outlet: bool,
    pub shown: Vec<Shown>,
    /// Names of the coders; a sheet is called by it.
    pub coders: Vec<String>,
    /// Digest of the articles, and of the settings that decide what is a hit.
    pub corpus: String,
    pub settings: String,
    /// What the run was grouped by.
    pub grouped_by: Vec<String>,
    pub lexicons: Vec<KeyLexicon>,
    pub frames: Vec<KeyFrame>,
    pub strata: Vec<Stratum>,
    pub totals: Vec<Total>,
    pub comparisons: Vec<Comparison>,
    pub articles: Vec<KeyArticle>,
    pub items: Vec<Item>,
    /// Digest of all the rest.
    pub seal: String,
}

/// A lexicon as it was sampled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyLexicon {
    pub name: String,
    pub version: String,
    pub digest: String,
    /// Within what a token counted once.
    #[serde(default = "frame_overlap", skip_serializing_if = "is_of_frame")]
    pub overlap: Overlap,
    pub entries: Vec<KeyEntry>,
}

fn frame_overlap() -> Overlap {
    Overlap::Frame
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_of_frame(overlap: &Overlap) -> bool {
    *overlap == Overlap::Frame
}

/// An entry of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyEntry {
    pub key: String,
    pub frame: String,
    pub entry: String,
}

/// A frame that was sampled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFrame {
    pub name: String,
    pub label: String,
    /// Words that stand in its sentences more than elsewhere: two of them make a sentence near.
    pub near_words: Vec<String>,
}

/// What a unit was drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    /// A hit.
    Hits,
    /// No hit, but words that stand beside its hits.
    Near,
    /// Neither.
    Far,
}

/// A stratum: within it each unit had the chance `sampled / units`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stratum {
    /// Number of the frame.
    pub frame: usize,
    pub level: Level,
    /// Empty where the stratum is of all outlets.
    pub outlet: String,
    /// Of hits; empty where the stratum is of all voices.
    pub voice: String,
    pub units: u64,
    pub sampled: u64,
}

/// How many units there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Total {
    pub frame: usize,
    pub outlet: String,
    pub level: Level,
    /// Sentences or articles; at the level of hits those with a hit.
    pub units: u64,
    /// Hits.
    pub hits: u64,
}

/// A comparison of the run: a group against all others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Comparison {
    pub frame: usize,
    pub group: String,
    pub log2_ratio: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// An article of which something was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyArticle {
    pub id: String,
    pub outlet: String,
    pub date: String,
    pub title: String,
    pub words: u64,
    /// Counted hits by frame.
    pub hits: Vec<u64>,
}

/// What a coder is asked: is this frame in this text?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub id: String,
    pub frame: usize,
    pub article: usize,
    /// From 1; 0 where the whole article is the unit.
    pub sentence: u32,
    pub language: String,
    pub before: String,
    pub text: String,
    pub after: String,
    /// Numbers of the coders who have it.
    pub coders: Vec<usize>,
    /// Hits of the frame in it that were drawn; none where it has no hit.
    pub drawn: Vec<Drawn>,
    /// Counted hits of the frame in it.
    pub hits: u64,
    /// The stratum that it was drawn from without a hit, or as an article.
    pub stratum: Option<usize>,
}

/// A hit that was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawn {
    pub stratum: usize,
    pub lexicon: usize,
    /// Number of the entry among those of the lexicon's in the key.
    pub entry: usize,
    pub voice: String,
    pub surface: String,
}

impl Key {
    /// The version that is written now.
    pub fn format() -> u32 {
        FORMAT
    }

    fn digest(&self) -> String {
        let open = Key { seal: String::new(), ..self.clone() };
        // plain values: this cannot fail
        blake3::hash(&serde_json::to_vec(&open).unwrap_or_default()).to_hex().to_string()
    }

    /// As JSON with its seal.
    pub fn sealed(mut self) -> Vec<u8> {
        self.seal = self.digest();
        let mut bytes = serde_json::to_vec_pretty(&self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads the key of a folder.
    ///
    /// # Errors
    /// Where it is not there, is none, or was changed.
    pub fn read(folder: &str) -> Result<Key> {
        let file = format!("{}/{KEY}", folder.trim_end_matches('/'));
        let bytes = read_regular(Path::new(&file), LONGEST).map_err(|error| {
            Problem::error("key-absent", Place::file(file.as_str()), format!("cannot be read: {error}"))
                .expected("the folder of a sample")
                .hint("draw one with `framescope validate sample RUN`")
        })?;
        let key: Key = serde_json::from_slice(&bytes).map_err(|error| {
            let place = Place::at(file.as_str(), error.line() as u32, error.column() as u32);
            Problem::error("key-edited", place, format!("is no key of a sample: {error}"))
                .hint("take the file that `validate sample` wrote")
        })?;
        if key.format != FORMAT {
            let problem = Problem::error("key-other-version", Place::file(file), format!("format {}", key.format));
            return Err(problem.expected(format!("format {FORMAT}")).into());
        }
        if key.digest() != key.seal {
            let problem =
                Problem::error("key-edited", Place::file(file), "does not match its checksum: it was changed");
            return Err(problem
                .expected("the key as it was before anybody coded")
                .hint("take the file that `validate sample` wrote")
                .into());
        }
        Ok(key)
    }
}
