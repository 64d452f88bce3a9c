//! Candidates for a lexicon from a corpus, and entries that the corpus speaks against.
//!
//! In: a lexicon, a study that says which articles, and coded texts where there are some. Out: [`Suggestions`], [`Dropped`].
//! Invariant: hits are those of a run with this lexicon; what is suggested depends on articles, lexicon and seed alone.
//! It deliberately decides nothing: a person reads the sentences and accepts.

mod accept;
mod coded;
mod contrast;
mod drop;
mod gather;
mod latent;
mod rank;
mod spelling;
mod text;

pub use accept::{Accepted, accept};
pub use coded::{Gain, TRIED};
pub use drop::{DropReason, Dropped, suggest_drop};

use crate::error::{Place, Problem, Result, did_you_mean};
use crate::lexicon::Lexicon;
use crate::statistics::Measured;
use crate::study::Study;
use coded::Coded;
use gather::gather;
use latent::Space;
use std::sync::atomic::AtomicBool;

/// What is sought.
#[derive(Clone, Debug, Default)]
pub struct SuggestQuery {
    /// Only this frame.
    pub frame: Option<String>,
    /// Candidates of each frame.
    pub most: usize,
    /// Seed; `None` = that of the study.
    pub seed: Option<u64>,
    /// A table of coded texts.
    pub coded: Option<String>,
    /// Fewest hits of a candidate.
    pub min_hits: u64,
}

/// A candidate for a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Frame.
    pub frame: String,
    /// As an entry is written; found by stem.
    pub entry: String,
    /// What speaks for it: `keyness`, `latent`, `coded`, `spelling`, `inflection`, `transliteration`; several joined by `+`.
    pub why: String,
    /// Hits in the corpus.
    pub hits: u64,
    /// Articles with it.
    pub articles: u64,
    /// Outlets with it.
    pub outlets: u64,
    /// Sentences with it, and those of them that have a hit of the frame.
    pub sentences: (u64, u64),
    /// `over-representation`; missing where it stands in no sentence of the frame.
    pub z: Option<f64>,
    /// `stability`, of neighbours in the latent space.
    pub stability: Option<f64>,
    /// `expected-precision`.
    pub expected_precision: Measured,
    /// Of the coded texts that have it, those coded with the frame, and all.
    pub coded: Option<(u64, u64)>,
    /// The entry that is nearest: in spelling, else in company; empty where there is none.
    pub nearest: String,
    /// Sentences drawn at random.
    pub examples: Vec<String>,
}

/// Candidates of every frame, best first.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    /// File of the lexicon.
    pub lexicon: String,
    /// By frame in the order of the lexicon.
    pub rows: Vec<Suggestion>,
    /// What coded texts say of the list, by frame.
    pub gains: Vec<Gain>,
    /// Sentences that were looked at.
    pub sentences: u64,
    /// Counted articles.
    pub articles: u64,
}

/// Seeks candidates for the frames of a lexicon.
///
/// # Errors
/// A lexicon, corpus or coded table that cannot be read; a frame that there is none of.
pub fn suggest(file: &str, study: &Study, query: &SuggestQuery, stop: &AtomicBool) -> Result<Suggestions> {
    let seed = query.seed.unwrap_or(study.estimates.seed);
    let gathered = gather(file, study, stop)?;
    let frames = frames_of(&gathered.lexicon, query.frame.as_deref())?;
    let coded = query.coded.as_deref().map(|path| Coded::read(path, &gathered.lexicon)).transpose()?;
    let space = Space::of(&gathered.text, seed);
    let mut found = Suggestions {
        lexicon: gathered.lexicon.file.clone(),
        sentences: gathered.text.units.len() as u64,
        articles: gathered.text.articles.len() as u64,
        ..Suggestions::default()
    };
    let mut wanted = Vec::new();
    for frame in frames {
        let ranking = rank::Ranking { gathered: &gathered, space: space.as_ref(), coded: coded.as_ref(), query, seed };
        for (row, units) in ranking.of_frame(frame) {
            wanted.extend(units.into_iter().map(|unit| (unit, found.rows.len())));
            found.rows.push(row);
        }
        let name = &gathered.lexicon.frames[frame].name;
        found.gains.extend(coded.as_ref().and_then(|coded| coded.gain(frame, name, seed)));
    }
    let sentences = gathered.sentences(study, &wanted, stop)?;
    for ((_, row), sentence) in wanted.iter().zip(sentences) {
        found.rows[*row].examples.push(sentence);
    }
    Ok(found)
}

/// The frames that are wanted, by number.
fn frames_of(lexicon: &Lexicon, frame: Option<&str>) -> Result<Vec<usize>> {
    let Some(name) = frame else { return Ok((0..lexicon.frames.len()).collect()) };
    if let Some(at) = lexicon.frames.iter().position(|frame| frame.name == name) {
        return Ok(vec![at]);
    }
    let names = || lexicon.frames.iter().map(|frame| frame.name.as_str());
    let problem = Problem::error("frame-unknown", Place::file("--frame"), format!("no frame `{name}`"));
    let problem = problem.expected(names().collect::<Vec<_>>().join(", "));
    Err(match did_you_mean(name, names()) {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")).into(),
        None => problem.into(),
    })
}
