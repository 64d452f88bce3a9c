//! VADER (Hutto and Gilbert 2014), as vaderSentiment 3.3.2 computes it, and a corrected form of it.
//!
//! In: a sentence, and a lexicon of valences. Out: a [`Polarity`].
//! Invariant: in `vader` mode the four figures are those of the Python package, rounded as it rounds them; a compound is a whole
//! number of ten-thousandths, a share of thousandths.
//! It deliberately keeps the package's own words, white space and all: a token here is no token of `tokenise`. `corrected` differs in
//! this alone: a word that touches an emoji is not joined to its description, curly quotation marks and apostrophes, guillemets and dashes are read as their ASCII twins (so that “terrorists” is found,
//! and *isn’t* denies), and *but* weighs each word by its own place, not by that of the first word of the same valence.

mod emoji;
mod rules;
mod words;

pub use rules::Rules;

use crate::lexicon::{self, Format, Lexicon, Pattern};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use words::Tokens;

/// The scores of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polarity {
    /// Ten-thousandths, −10,000 to 10,000.
    pub compound: i32,
    /// Share of positive words, thousandths.
    pub positive: i32,
    /// Share of neutral words, thousandths.
    pub neutral: i32,
    /// Share of negative words, thousandths.
    pub negative: i32,
}

/// VADER with one lexicon.
#[derive(Clone, Debug)]
pub struct Vader<'a> {
    rules: &'a Rules,
    corrected: bool,
    valences: HashMap<String, f64>,
    /// Beginnings of words, from entries such as `abandon*`; VADER's own lexicon has none.
    beginnings: HashMap<String, f64>,
    /// What emoji are called.
    emoji: BTreeMap<char, String>,
    /// Entries that no token can be, such as phrases.
    pub unreached: usize,
}

impl<'a> Vader<'a> {
    /// VADER over this lexicon; `weight` gives the thousandths of an entry of a lexicon, or none where the entry is of
    /// another scale.
    pub fn new(
        rules: &'a Rules,
        lexicons: &[Lexicon],
        corrected: bool,
        weight: impl Fn(usize, usize) -> Option<i32>,
    ) -> Vader<'a> {
        let (valences, beginnings) = (HashMap::new(), HashMap::new());
        let mut vader = Vader { rules, corrected, valences, beginnings, emoji: BTreeMap::new(), unreached: 0 };
        for (number, lexicon) in lexicons.iter().enumerate() {
            vader.emoji.extend(lexicon.emoji.iter().flat_map(|emoji| emoji.descriptions.clone()));
            for (i, entry) in lexicon.entries.iter().enumerate().filter(|(_, entry)| !entry.except) {
                let Some(weight) = weight(number, i) else { continue };
                let valence = f64::from(weight) / 1000.0;
                let key = lexicon::plain(entry);
                let lower = key.to_lowercase();
                // the package looks a lower-cased token up: a key with capitals is never reached
                let is_reached = !key.contains(' ') && (lower == key || lexicon.format != Format::Vader);
                match lower.strip_suffix('*').filter(|_| is_wild(&entry.pattern)) {
                    Some(beginning) if is_reached && !beginning.contains(['*', '?']) => {
                        vader.beginnings.insert(beginning.to_string(), valence);
                    }
                    None if is_reached => drop(vader.valences.insert(lower, valence)),
                    _ => vader.unreached += 1,
                }
            }
        }
        vader
    }

    fn valence(&self, lower: &str) -> Option<f64> {
        if let Some(&valence) = self.valences.get(lower) {
            return Some(valence);
        }
        if self.beginnings.is_empty() {
            return None;
        }
        let ends = lower.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        ends.into_iter().find_map(|end| self.beginnings.get(&lower[..end]).copied())
    }

    /// The scores of a sentence.
    pub fn score(&self, text: &str) -> Polarity {
        let in_words = emoji::translate(text, &self.emoji, self.corrected);
        let text = if self.corrected { Cow::Owned(words::straighten(&in_words)) } else { in_words };
        let text = text.as_ref();
        let tokens = Tokens::of(text);
        let of_lexicon: Vec<Option<f64>> = tokens.lower.iter().map(|word| self.valence(word)).collect();
        let sentence = rules::Sentence { rules: self.rules, tokens: &tokens, of_lexicon: &of_lexicon };
        let mut valences = sentence.valences();
        rules::weigh_but(&tokens.lower, &mut valences, self.corrected);
        sum_up(&valences, emphasis(text))
    }
}

fn is_wild(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Words(words) if words.iter().any(lexicon::Word::is_wildcard))
}

/// What exclamation and question marks add.
fn emphasis(text: &str) -> f64 {
    let count = |mark: u8| text.bytes().filter(|&byte| byte == mark).count();
    let exclaimed = count(b'!').min(4) as f64 * 0.292;
    let asked = match count(b'?') {
        0 | 1 => 0.0,
        few @ 2..=3 => few as f64 * 0.18,
        _ => 0.96,
    };
    exclaimed + asked
}

fn sum_up(valences: &[f64], emphasis: f64) -> Polarity {
    if valences.is_empty() {
        return Polarity::default();
    }
    // one after the other, as the package adds them
    let mut sum = valences.iter().fold(0.0, |sum, valence| sum + valence);
    if sum > 0.0 {
        sum += emphasis;
    } else if sum < 0.0 {
        sum -= emphasis;
    }
    let (mut positive, mut negative, mut neutral) = (0.0, 0.0, 0.0);
    for &valence in valences {
        if valence > 0.0 {
            positive += valence + 1.0;
        } else if valence < 0.0 {
            negative += valence - 1.0;
        } else {
            neutral += 1.0;
        }
    }
    if positive > -negative {
        positive += emphasis;
    } else if positive < -negative {
        negative -= emphasis;
    }
    let total = positive - negative + neutral;
    Polarity {
        compound: rounded(compound(sum), 4),
        positive: rounded(positive / total, 3),
        neutral: rounded(neutral / total, 3),
        negative: rounded(-negative / total, 3),
    }
}

/// The sum on a scale from −1 to 1.
fn compound(sum: f64) -> f64 {
    (sum / libm::sqrt(sum * sum + 15.0)).clamp(-1.0, 1.0)
}

/// Units of the last decimal, rounded by the exact binary value and half to even, as Python does.
fn rounded(value: f64, decimals: usize) -> i32 {
    let text = format!("{value:.decimals$}");
    text.chars().filter(|&c| c != '.').collect::<String>().parse().unwrap_or(0)
}
