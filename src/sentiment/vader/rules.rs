//! VADER's rules: what the tokens around an evaluative one do to its valence.
//!
//! In: tokens, and which of them the lexicon knows. Out: a valence for each token.
//! Invariant: every step is the package's, in its order, with its figures; words of the rules come from a file.
//! It deliberately repeats what the package has wrong; only [`weigh_but`] has a corrected form.

use super::words::Tokens;
use crate::error::{Place, Problem, Result};
use serde::Deserialize;
use std::collections::HashMap;

/// What a booster adds, and a dampener takes.
const BOOST: f64 = 0.293;
/// What capitals add.
const CAPITALS: f64 = 0.733;
/// The share of a denied valence.
const DENIED: f64 = -0.74;
/// What is left of a booster that stands one, two or three tokens before.
const FADES: [f64; 3] = [1.0, 0.95, 0.9];
/// After "never so" and "never this".
const NEVER_SO: f64 = 1.25;

/// The words that the rules name.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    negations: Vec<String>,
    boosters: HashMap<String, f64>,
    idioms: HashMap<String, f64>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    frame: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    name: String,
    #[serde(default)]
    terms: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Term {
    Plain(String),
    Weighted { term: String, weight: f64 },
}

impl Rules {
    /// Those of vaderSentiment 3.3.2.
    pub fn shipped() -> Result<Rules> {
        const FILE: &str = "lexicons/sentiment/vader-rules.toml";
        Rules::read(FILE, include_str!("../../../lexicons/sentiment/vader-rules.toml"))
    }

    fn read(file: &str, text: &str) -> Result<Rules> {
        let parsed: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text[..at].matches('\n').count() as u32 + 1;
            Problem::error("cues-unreadable", Place::line(file, line), error.message())
        })?;
        let mut rules = Rules::default();
        for frame in parsed.frame {
            for term in frame.terms {
                let (word, weight) = match term {
                    Term::Plain(word) => (word, 0.0),
                    Term::Weighted { term, weight } => (term, weight),
                };
                match frame.name.as_str() {
                    "negation" => rules.negations.push(word),
                    "booster" => drop(rules.boosters.insert(word, BOOST)),
                    "dampener" => drop(rules.boosters.insert(word, -BOOST)),
                    "idiom" => drop(rules.idioms.insert(word, weight)),
                    other => {
                        let place = Place::file(file);
                        let problem = Problem::error("cue-class-unknown", place, format!("class `{other}`"));
                        return Err(problem.expected("negation, booster, dampener or idiom").into());
                    }
                }
            }
        }
        rules.negations.sort_unstable();
        Ok(rules)
    }

    fn denies(&self, word: &str) -> bool {
        word.contains("n't") || self.negations.binary_search_by(|other| other.as_str().cmp(word)).is_ok()
    }
}

/// A sentence that is being scored.
pub(super) struct Sentence<'a> {
    pub rules: &'a Rules,
    pub tokens: &'a Tokens,
    /// The lexicon's valence of each token.
    pub of_lexicon: &'a [Option<f64>],
}

impl Sentence<'_> {
    fn word(&self, i: usize) -> &str {
        &self.tokens.lower[i]
    }

    /// One valence a token.
    pub(super) fn valences(&self) -> Vec<f64> {
        (0..self.tokens.lower.len()).map(|i| self.valence(i)).collect()
    }

    fn valence(&self, i: usize) -> f64 {
        let count = self.tokens.lower.len();
        let is_kind_of = i + 1 < count && self.word(i) == "kind" && self.word(i + 1) == "of";
        let Some(base) = self.of_lexicon[i] else { return 0.0 };
        if is_kind_of || self.rules.boosters.contains_key(self.word(i)) {
            return 0.0;
        }
        let mut valence = base;
        if self.word(i) == "no" && i + 1 < count && self.of_lexicon[i + 1].is_some() {
            valence = 0.0;
        }
        if self.follows_no(i) {
            valence = base * DENIED;
        }
        if self.tokens.loud[i] {
            valence += if valence > 0.0 { CAPITALS } else { -CAPITALS };
        }
        for (back, fades) in FADES.into_iter().enumerate() {
            if i > back && self.of_lexicon[i - back - 1].is_none() {
                valence += self.boost(i - back - 1, valence) * fades;
                valence = self.deny(valence, back, i);
                if back == 2 {
                    valence = self.idioms(valence, i);
                }
            }
        }
        self.least(valence, i)
    }

    fn follows_no(&self, i: usize) -> bool {
        let is_no = |back: usize| i >= back && self.word(i - back) == "no";
        is_no(1) || is_no(2) || (is_no(3) && matches!(self.word(i - 1), "or" | "nor"))
    }

    /// What the token adds as a booster or takes as a dampener.
    fn boost(&self, at: usize, valence: f64) -> f64 {
        let Some(&boost) = self.rules.boosters.get(self.word(at)) else { return 0.0 };
        let mut scalar = if valence < 0.0 { -boost } else { boost };
        if self.tokens.loud[at] {
            scalar += if valence > 0.0 { CAPITALS } else { -CAPITALS };
        }
        scalar
    }

    fn deny(&self, valence: f64, back: usize, i: usize) -> f64 {
        let so = |at: usize| matches!(self.word(at), "so" | "this");
        let doubt = |at: usize| self.word(at) == "doubt";
        let (never, without) = (self.word(i - back - 1) == "never", self.word(i - back - 1) == "without");
        // the package joins "never so" and "so" by or: three tokens on, "so" and "this" alone are enough
        let (raises, keeps) = match back {
            1 => (never && so(i - 1), without && doubt(i - 1)),
            2 => (never && so(i - 2) || so(i - 1), without && (doubt(i - 2) || doubt(i - 1))),
            _ => (false, false),
        };
        if raises {
            valence * NEVER_SO
        } else if !keeps && self.rules.denies(self.word(i - back - 1)) {
            valence * DENIED
        } else {
            valence
        }
    }

    /// Idioms around a token that has three before it.
    fn idioms(&self, mut valence: f64, i: usize) -> f64 {
        let joined = |from: usize, to: usize| self.tokens.lower[from..=to].join(" ");
        let before =
            [joined(i - 1, i), joined(i - 2, i), joined(i - 2, i - 1), joined(i - 3, i - 1), joined(i - 3, i - 2)];
        if let Some(&found) = before.iter().find_map(|words| self.rules.idioms.get(words)) {
            valence = found;
        }
        for end in [i + 1, i + 2].into_iter().filter(|&end| end < self.tokens.lower.len()) {
            if let Some(&found) = self.rules.idioms.get(&joined(i, end)) {
                valence = found;
            }
        }
        for words in [&before[3], &before[4], &before[2]] {
            valence += self.rules.boosters.get(words).copied().unwrap_or(0.0);
        }
        valence
    }

    /// "least" denies, unless it is "at least" or "very least".
    fn least(&self, valence: f64, i: usize) -> f64 {
        if i == 0 || self.of_lexicon[i - 1].is_some() || self.word(i - 1) != "least" {
            return valence;
        }
        let excused = i > 1 && matches!(self.word(i - 2), "at" | "very");
        if excused { valence } else { valence * DENIED }
    }
}

/// What stands before the first "but" counts half, what stands behind it half as much again. The package finds the place of a valence
/// by looking for the first equal one; the corrected form knows it.
pub(super) fn weigh_but(lower: &[String], valences: &mut [f64], corrected: bool) {
    let Some(but) = lower.iter().position(|word| word == "but") else { return };
    for i in 0..valences.len() {
        let valence = valences[i];
        let at = if corrected { i } else { valences.iter().position(|&other| other == valence).unwrap_or(i) };
        match at.cmp(&but) {
            std::cmp::Ordering::Less => valences[at] = valence * 0.5,
            std::cmp::Ordering::Greater => valences[at] = valence * 1.5,
            std::cmp::Ordering::Equal => {}
        }
    }
}
