//! What people's coding has said of a lexicon: `validation.json` beside it, which `framescope validate apply` writes.
//!
//! In: the file beside a lexicon. Out: the [`Validation`] of this lexicon; or a warning, and none.
//! Invariant: a record speaks of the entries that it names by their key: an entry that was edited since is not among them.
//! It deliberately computes nothing: `validate` did.

use super::model::{Entry, Lexicon, Overlap};
use crate::disk::read_text;
use crate::error::{Place, Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The file, in the folder of the lexicon.
pub const VALIDATION_FILE: &str = "validation.json";

/// Version of its form.
const FORMAT: u32 = 1;

/// Bytes of it that are read at most.
const LONGEST: u64 = 64 << 20;

/// The file: a record of each lexicon of its folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidationFile {
    /// What this is, for people.
    pub about: String,
    /// Version of the form.
    pub format: u32,
    /// By name of the lexicon.
    pub lexicons: BTreeMap<String, Validation>,
}

/// What coders have said of a lexicon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// Digest of the articles that the sample was drawn from, hexadecimal.
    pub corpus: String,
    /// Digest of the settings of cleaning, voices and lexicons, hexadecimal.
    pub settings: String,
    /// Day of `apply`, as ISO date.
    pub date: String,
    /// Names of the coders.
    pub coders: Vec<String>,
    /// Unit of coding: `sentence` or `article`.
    pub unit: String,
    /// How the sample was drawn, in words.
    pub design: String,
    /// One for each frame that was coded.
    pub frames: Vec<ValidatedFrame>,
}

/// What coders have said of a frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidatedFrame {
    /// Its name.
    pub name: String,
    /// Share of right hits.
    pub precision: Share,
    /// Share of what there is that was found.
    pub recall: Share,
    /// Of both.
    pub f1: Share,
    /// Krippendorff's α of the coders.
    pub alpha: Share,
    /// Units that were coded.
    pub coded: u64,
    /// The entries of the frame in all lexicons that were sampled together, those of frames inside it among them, as they were; all of a
    /// lexicon in which a word counts once.
    pub entries: Vec<ValidatedEntry>,
}

/// A number with its 95 % interval; without one it says why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The value.
    pub value: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why something is missing; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub missing: String,
}

/// An entry as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidatedEntry {
    /// Name of its lexicon.
    pub lexicon: String,
    /// [`entry_key`].
    pub key: String,
    /// As written.
    pub entry: String,
    /// Hits that coders call right.
    pub right: u32,
    /// Hits that were coded; 0 where the sample had none.
    pub checked: u32,
}

/// Digest of what an entry looks for, and as which frame: 16 hexadecimal digits. A note, a line or a weight is not in it; that a word
/// counts once in the lexicon is, where that is so.
pub fn entry_key(lexicon: &Lexicon, entry: &Entry) -> String {
    let frame = lexicon.frames.get(entry.frame).map_or("", |frame| frame.name.as_str());
    let parts = (frame, &entry.text, &entry.pattern, entry.mode, entry.except, entry.unmatchable);
    // plain values: this cannot fail
    let mut text = serde_json::to_string(&parts).unwrap_or_default();
    if lexicon.overlap == Overlap::Lexicon {
        text.push_str(" once in the lexicon");
    }
    blake3::hash(text.as_bytes()).to_hex()[..16].to_string()
}

/// The entries of a frame and of those inside it, with their keys, exceptions too: all that decide its hits. Where a word counts once in the
/// lexicon, those are all entries of the lexicon.
pub fn entries_of<'l>(lexicon: &'l Lexicon, frame: &str) -> impl Iterator<Item = (String, &'l Entry)> {
    let is_of = move |entry: &&Entry| {
        let name = lexicon.frames.get(entry.frame).map_or("", |frame| frame.name.as_str());
        lexicon.overlap == Overlap::Lexicon
            || name.strip_prefix(frame).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    lexicon.entries.iter().filter(is_of).map(|entry| (entry_key(lexicon, entry), entry))
}

impl ValidatedFrame {
    /// How many of the frame's entries in these lexicons were edited, added or taken away since; one that was edited counts once.
    pub fn edited_since<'l>(&self, lexicons: impl IntoIterator<Item = &'l Lexicon>) -> u64 {
        let mut open: BTreeMap<(&str, String), i64> = BTreeMap::new();
        for entry in &self.entries {
            *open.entry((&entry.lexicon, entry.key.clone())).or_default() -= 1;
        }
        for lexicon in lexicons {
            for (key, _) in entries_of(lexicon, &self.name) {
                *open.entry((&lexicon.name, key)).or_default() += 1;
            }
        }
        let (more, less) = open.values().fold((0, 0), |(more, less), &n| (more + n.max(0), less - n.min(0)));
        // one that was edited is gone and is new
        more.max(less).unsigned_abs()
    }
}

impl Lexicon {
    /// Right and coded hits of an entry, if it is as it was coded and the sample had hits of it.
    pub fn coded_hits(&self, entry: &Entry) -> Option<(u32, u32)> {
        let key = entry_key(self, entry);
        let frames = &self.validation.as_ref()?.frames;
        let of_ours = frames.iter().flat_map(|frame| &frame.entries).filter(|known| known.lexicon == self.name);
        let known = of_ours.into_iter().find(|other| other.key == key)?;
        (known.checked > 0).then_some((known.right, known.checked))
    }
}

/// Reads the file beside a lexicon; one that cannot be read validates nothing, and a warning says so.
pub(super) fn read_beside(path: &str, lexicon: &mut Lexicon) {
    let file = Path::new(path).with_file_name(VALIDATION_FILE);
    if !file.is_file() {
        return;
    }
    match read(&file) {
        Ok(mut known) => lexicon.validation = known.lexicons.remove(&lexicon.name),
        Err(problem) => lexicon.problems.push(*problem),
    }
}

/// Reads a file of validations.
///
/// # Errors
/// A warning, where it cannot be read or is none of ours.
pub fn read(file: &Path) -> Result<ValidationFile, Box<Problem>> {
    let shown = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let hint = "write it again with `framescope validate apply`; until then the frames count as not validated";
    let text = read_text(file, LONGEST).map_err(|error| {
        let found = format!("cannot be read: {error}");
        Box::new(Problem::warning("validation-unreadable", Place::file(shown.as_str()), found).hint(hint))
    })?;
    let known: ValidationFile = serde_json::from_str(&text).map_err(|error| {
        let place = Place::at(shown.as_str(), error.line() as u32, error.column() as u32);
        let found = format!("is no record of a validation: {error}");
        Box::new(Problem::warning("validation-unreadable", place, found).hint(hint))
    })?;
    if known.format != FORMAT {
        let problem = Problem::warning("validation-unreadable", Place::file(shown), format!("format {}", known.format));
        return Err(Box::new(problem.expected(format!("format {FORMAT}")).hint(hint)));
    }
    Ok(known)
}

impl Default for ValidationFile {
    fn default() -> ValidationFile {
        ValidationFile {
            about: "What coders have said of the lexicons in this folder; written by framescope validate apply."
                .to_string(),
            format: FORMAT,
            lexicons: BTreeMap::new(),
        }
    }
}
