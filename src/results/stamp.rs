//! What people's coding says of each frame of a run.
//!
//! In: the lexicons of a run, each with the record beside it, and what it rests on. Out: a [`Stamp`] for each frame.
//! Invariant: a frame without a record is UNVALIDATED; a record of other articles or settings, or of entries that were edited since, says so.
//! It deliberately believes no `precision` of a lexicon file: only the record knows which entry was coded.

use crate::lexicon::{Lexicon, Share, ValidatedFrame};
use crate::lookup::Plan;
use crate::read::Input;
use serde_json::{Map, Value};

/// What is said of a frame that nobody has coded.
pub const UNVALIDATED: &str = "UNVALIDATED";

/// What coders have said of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Its record.
    pub record: ValidatedFrame,
    /// Entries that were edited, added or taken away since.
    pub edited: u64,
    /// The sample was drawn from these very articles.
    pub is_of_this_corpus: bool,
    /// It was drawn with these settings of cleaning, voices and lexicons.
    pub has_these_settings: bool,
    /// Day of the record.
    pub date: String,
    /// Coders.
    pub coders: u64,
    /// How the sample was drawn.
    pub design: String,
}

/// What a record must be of to hold for a run: two digests, hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunDigests {
    /// Of the articles, whatever the names of their files, and of how they are read and chosen.
    pub corpus: String,
    /// Of the settings that decide what is a hit: cleaning, voices, how lexicons are read.
    pub settings: String,
}

impl RunDigests {
    /// Of files that were read, and the tables of a study.
    pub fn of(inputs: &[Input], tables: &Map<String, Value>) -> RunDigests {
        let mut digests: Vec<&str> = inputs.iter().map(|input| input.digest.as_deref().unwrap_or_default()).collect();
        digests.sort_unstable();
        let table = |name: &str| tables.get(name).map(Value::to_string).unwrap_or_default();
        let is_drawn = tables.get("corpus").is_some_and(|corpus| !corpus["sample"].is_null());
        let seed = if is_drawn { tables.get("study").map(|study| study["seed"].to_string()) } else { None };
        let digest = |parts: &[String]| blake3::hash(parts.join("\n").as_bytes()).to_hex().to_string();
        RunDigests {
            corpus: digest(&[digests.join("\n"), table("corpus"), table("columns"), seed.unwrap_or_default()]),
            settings: digest(&["clean", "voice", "lexicons"].map(table)),
        }
    }
}

/// The stamp of each frame of a plan; none where nobody has coded it.
pub fn stamps(plan: &Plan<'_>, run_digests: &RunDigests) -> Vec<Option<Stamp>> {
    plan.frames().iter().map(|frame| stamp(plan.lexicons(), frame, run_digests)).collect()
}

fn stamp(lexicons: &[Lexicon], frame: &str, run_digests: &RunDigests) -> Option<Stamp> {
    let has_frame = |lexicon: &&Lexicon| lexicon.frames.iter().any(|other| other.name == frame);
    let record = |lexicon: &Lexicon| {
        let validation = lexicon.validation.clone()?;
        let of_frame = validation.frames.iter().find(|other| other.name == frame)?.clone();
        Some((validation, of_frame))
    };
    // a frame of several lexicons was coded as one; the record of each is the same
    let (validation, of_frame) = lexicons.iter().find_map(record)?;
    Some(Stamp {
        edited: of_frame.edited_since(lexicons.iter().filter(has_frame)),
        is_of_this_corpus: validation.corpus == run_digests.corpus,
        has_these_settings: validation.settings == run_digests.settings,
        date: validation.date,
        coders: validation.coders.len() as u64,
        design: validation.design,
        record: of_frame,
    })
}

impl Stamp {
    /// `precision .91 [.85, .95], recall .77 [.60, .88], α .81, n 412, 3 entries edited since`.
    pub fn text(&self) -> String {
        let record = &self.record;
        let mut parts = vec![
            format!("precision {}", share(&record.precision)),
            format!("recall {}", share(&record.recall)),
            format!("α {}", record.alpha.value.map_or_else(|| missing(&record.alpha), two)),
            format!("n {}", record.coded),
        ];
        match self.edited {
            0 => {}
            1 => parts.push("1 entry edited since".to_string()),
            edited => parts.push(format!("{edited} entries edited since")),
        }
        if !self.is_of_this_corpus {
            parts.push("validated on another corpus".to_string());
        }
        if !self.has_these_settings {
            parts.push("validated with other settings".to_string());
        }
        parts.join(", ")
    }

    /// In one word or two, for a column: `validated`, `edited since`, `other settings`, `another corpus`.
    pub fn state(&self) -> &'static str {
        match (self.is_of_this_corpus, self.has_these_settings, self.edited) {
            (false, ..) => "another corpus",
            (true, false, _) => "other settings",
            (true, true, 0) => "validated",
            (true, true, _) => "edited since",
        }
    }
}

/// `.91 [.85, .95]`.
pub fn share(share: &Share) -> String {
    match (share.value, share.low.zip(share.high)) {
        (None, _) => missing(share),
        (Some(value), None) => two(value),
        (Some(value), Some((low, high))) => format!("{} [{}, {}]", two(value), two(low), two(high)),
    }
}

fn missing(share: &Share) -> String {
    if share.missing.is_empty() { "not known".to_string() } else { share.missing.clone() }
}

/// `.91`, `1.00`, `−.08`.
fn two(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    let text = if text == "0.00" { "0".to_string() } else { text.trim_start_matches('0').to_string() };
    if value < 0.0 && text != "0" { format!("−{text}") } else { text }
}

/// A sentence on the frames of a chart.
pub fn note(stamps: &[Option<Stamp>]) -> String {
    let coded: Vec<&Stamp> = stamps.iter().flatten().collect();
    if coded.is_empty() {
        return "Vocabulary counts, not validated against human coding on this corpus.".to_string();
    }
    if let [Some(only)] = stamps {
        return format!("Validation by human coding: {}.", only.text());
    }
    let range = |of: fn(&ValidatedFrame) -> &Share| {
        let mut values: Vec<f64> = coded.iter().filter_map(|stamp| of(&stamp.record).value).collect();
        values.sort_unstable_by(f64::total_cmp);
        match (values.first(), values.last()) {
            (Some(low), Some(high)) => format!("{}–{}", two(*low), two(*high)),
            _ => "not known".to_string(),
        }
    };
    let n: u64 = coded.iter().map(|stamp| stamp.record.coded).sum();
    let edited: u64 = coded.iter().map(|stamp| stamp.edited).sum();
    let mut text = format!(
        "{} of {} frames validated by human coding: precision {}, recall {}, α {}, n {n}",
        coded.len(),
        stamps.len(),
        range(|frame| &frame.precision),
        range(|frame| &frame.recall),
        range(|frame| &frame.alpha),
    );
    if edited > 0 {
        text.push_str(&format!(", {edited} entr{} edited since", if edited == 1 { "y" } else { "ies" }));
    }
    if coded.iter().any(|stamp| !stamp.is_of_this_corpus) {
        text.push_str(", validated on another corpus");
    }
    if coded.iter().any(|stamp| !stamp.has_these_settings) {
        text.push_str(", validated with other settings");
    }
    if coded.len() < stamps.len() {
        text.push_str("; the others are UNVALIDATED");
    }
    text + "."
}
