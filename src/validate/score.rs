//! Scores what came back.
//!
//! In: the folder of a sample. Out: `score.md`, `score.json` and tables in it.
//! Invariant: the same sheets give the same bytes; nothing is scored while a sheet is wrong.

use super::codes;
use super::design::Unit;
use super::estimates::Scores;
use super::key::{Key, Level};
use super::report::{RELIABLE, Report, TENTATIVE};
use super::{Outcome, write};
use crate::error::{Problem, Result};
use crate::lexicon::Share;
use crate::results::why;
use crate::statistics::Estimate;
use crate::text::shell_word;
use serde::{Deserialize, Serialize};

/// The file that `apply` reads.
pub(super) const SCORE: &str = "score.json";

/// What `apply` has to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Score {
    /// The seal of the key.
    pub key: String,
    /// Digest of the sheets that were scored.
    pub sheets: String,
    /// Digest of the list of disagreements as it was written: what is edited there since is told by it.
    #[serde(default)]
    pub disagreements: String,
    pub coders: Vec<String>,
    pub design: String,
    /// Items that coders disagree on and nobody has decided.
    pub open: u64,
    pub frames: Vec<FrameScore>,
    pub entries: Vec<EntryCount>,
}

/// A frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameScore {
    pub name: String,
    pub precision: Share,
    pub recall: Share,
    pub f1: Share,
    pub alpha: Share,
    pub coded: u64,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryCount {
    pub lexicon: String,
    pub key: String,
    pub right: u32,
    pub checked: u32,
}

/// Scores a folder, and writes what it finds there.
///
/// # Errors
/// Every problem of the key and of the sheets.
pub fn score(folder: &str) -> Result<Outcome> {
    let key = Key::read(folder)?;
    let mut problems = Vec::new();
    let coding = codes::read(folder, &key, &mut problems)?;
    codes::keep_decisions(folder, &key, &coding)?;
    let report = Report::of(Scores::of(&key, &coding));
    let remarks = remarks(&report, coding.has_adjudicated);
    let texts: Vec<&str> = remarks.iter().map(|remark| remark.text.as_str()).collect();
    let text = report.text(&texts);
    let at = |name: &str| format!("{}/{name}", folder.trim_end_matches('/'));
    for (name, bytes) in report.tables() {
        write::replace(&at(name), &bytes)?;
    }
    let mut json = serde_json::to_vec_pretty(&summary(&key, &report)).unwrap_or_default();
    json.push(b'\n');
    write::replace(&at(SCORE), &json)?;
    write::replace(&at("score.md"), text.as_bytes())?;
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    let next = format!(
        "The tables are in {folder}. When everything is decided, run: framescope validate apply {} LEXICON.toml",
        shell_word(folder)
    );
    let text = [lines.join("\n"), text.trim_end().to_string(), next].join("\n\n");
    Ok(Outcome {
        text: text.trim_start().to_string(),
        needs_decision: remarks.iter().any(|remark| remark.needs_decision),
    })
}

/// What must be said before any number.
struct Remark {
    text: String,
    /// Somebody can do something about it.
    needs_decision: bool,
}

fn remarks(report: &Report<'_>, has_adjudicated: bool) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut remark = |text: String, needs_decision: bool| remarks.push(Remark { text, needs_decision });
    if report.scores.key.coders.len() < 2 {
        let text = "There is only one coder, so agreement is unknown and the codes cannot be shown to be reliable.";
        remark(text.to_string(), true);
    } else {
        let of_frames = report.agreement.iter().skip(1).take(report.scores.key.frames.len());
        let alone: Vec<&str> = of_frames.filter(|of| of.units == 0).map(|of| of.what.as_str()).collect();
        if !alone.is_empty() {
            remark(
                format!(
                    "No item was coded by two coders ({}), so agreement is unknown and the codes cannot be shown to be reliable.",
                    alone.join(", ")
                ),
                true,
            );
        }
    }
    for of in report.agreement.iter().skip(1).filter(|of| of.units > 0) {
        match of.alpha.value.value() {
            Some(alpha) if alpha < TENTATIVE => remark(
                format!(
                    "{}: α = {alpha:.2} is below {TENTATIVE}: these codes are too unreliable to judge the lexicon by. Improve the codebook and code again.",
                    of.what
                ),
                true,
            ),
            Some(alpha) if alpha < RELIABLE => {
                remark(format!("{}: α = {alpha:.2} is below {RELIABLE}: tentative conclusions only.", of.what), true);
            }
            Some(_) => {}
            // all codes are one and the same: nothing is wrong, and nothing can be done
            None => remark(format!("{}: α is not defined: {}.", of.what, why(&of.alpha)), of.same < of.pairs),
        }
    }
    let open = report.open();
    if open > 0 {
        let again =
            if has_adjudicated { "some are still open in adjudicated.csv" } else { "save it as adjudicated.csv" };
        let text = format!(
            "Items on which coders disagree are left out ({open}), which may bias the results either way: decide them in the column \
             `code` of disagreements.csv ({again}), and score again."
        );
        remark(text, true);
    }
    remarks
}

pub(super) fn summary(key: &Key, report: &Report<'_>) -> Score {
    let frame = |(frame, known): (usize, &super::key::KeyFrame)| {
        let all = &report.qualities[frame][0];
        FrameScore {
            name: known.name.clone(),
            precision: share(&all.precision),
            recall: share(&all.recall),
            f1: share(&all.f1),
            alpha: share(&report.agreement[frame + 1].alpha),
            coded: report.scores.coded(frame).count() as u64,
        }
    };
    let entry = |of: &super::estimates::EntryScore| {
        let lexicon = &key.lexicons[of.lexicon];
        let key = lexicon.entries[of.entry].key.clone();
        EntryCount { lexicon: lexicon.name.clone(), key, right: of.right, checked: of.checked }
    };
    Score {
        key: key.seal.clone(),
        sheets: sheets(report),
        disagreements: blake3::hash(&report.disagreements()).to_hex().to_string(),
        coders: key.coders.clone(),
        design: design(key),
        open: report.open() as u64,
        frames: key.frames.iter().enumerate().map(frame).collect(),
        entries: report.entries.iter().map(entry).collect(),
    }
}

/// Digest of what the coders said.
fn sheets(report: &Report<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (item, (answers, item_codes)) in
        report.scores.key.items.iter().zip(report.scores.coding.answers.iter().zip(&report.scores.coding.item_codes))
    {
        hasher.update(format!("{} {answers:?} {item_codes:?}\n", item.id).as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// How the sample was drawn and coded, in a sentence or two.
fn design(key: &Key) -> String {
    let count = |level: Level| {
        key.strata.iter().filter(|stratum| stratum.level == level).map(|stratum| stratum.sampled).sum::<u64>()
    };
    let (near, far) = (count(Level::Near), count(Level::Far));
    let hits = match key.unit {
        Unit::Sentence => "hits (by frame, voice and outlet)",
        Unit::Article => "articles with a hit (by frame and outlet)",
    };
    let both = key.items.iter().filter(|item| item.coders.len() > 1).count();
    format!(
        "A stratified random sample of {} {hits} and {} {} without a hit ({near} near the vocabulary, {far} not), seed {}; {} items, {both} \
         coded by all coders; {}.",
        count(Level::Hits),
        near + far,
        key.unit.plural(),
        key.seed,
        key.items.len(),
        match key.shown.is_empty() {
            true => "coders saw neither outlet nor hit nor voice".to_string(),
            false =>
                format!("coders saw {}", key.shown.iter().map(|shown| shown.name()).collect::<Vec<_>>().join(", ")),
        }
    )
}

fn share(estimate: &Estimate) -> Share {
    // as many digits as the tables have, so that a record reads as they do
    let round = |value: f64| (value * 1e6).round() / 1e6;
    Share {
        value: estimate.value.value().map(round),
        low: estimate.interval.and_then(|of| of.low()).map(round),
        high: estimate.interval.and_then(|of| of.high()).map(round),
        missing: why(estimate).to_string(),
    }
}
