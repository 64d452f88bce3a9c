//! How a sentence speaks of somebody in it, by a trained model: a linear one, over the lexicon's hits and the words around.
//!
//! In: what `toward` looks at, and the weights of a file. Out: a score, a label and the words that decided.
//! Invariant: features and weights are whole numbers of thousandths, so a score is the same on every machine.
//! It deliberately knows no names: a word written with a capital inside a sentence is no feature, nor is any word of the mention.

use super::toward::{self, Around, FOREIGN, Label, SPEAKER, Toward, nearness, strongest};
use super::weigh::Scored;
use super::{Options, TypeCues};
use crate::error::{Place, Problem, Result};
use crate::index::Types;
use crate::lexicon::Class;
use crate::text::{ArticleToken, Language, Span};
use crate::tokenise::{ArticleTokens, TypeId};
use std::collections::{BTreeMap, HashMap};

/// The weights that come with the program, and where they lie.
const SHIPPED: &str = include_str!("../../lexicons/sentiment/toward-en.tsv");
const FILE: &str = "lexicons/sentiment/toward-en.tsv";
/// The lexicon whose hits it was trained with: by another one's its weights say nothing.
pub(super) const LEXICON: &str = "sentiment-en";
/// The language of its words.
const LANGUAGE: Language = Language::ENGLISH;

/// What of a mention and its hits is no word, as the file names it. Each that ends in a sign sums what the hits of that sign weigh.
pub const NAMES: [&str; 21] = [
    "*always",
    "*speaks",
    "*score",
    "*judgement+",
    "*judgement-",
    "*event+",
    "*event-",
    "*stance+",
    "*stance-",
    "*emotion+",
    "*emotion-",
    "*before+",
    "*before-",
    "*within+",
    "*within-",
    "*behind+",
    "*behind-",
    "*spoken+",
    "*spoken-",
    "*foreign+",
    "*foreign-",
];
const ALWAYS: usize = 0;
const SPEAKS: usize = 1;
const SCORE: usize = 2;
const CLASS: usize = 3;
const SIDE: usize = 11;
const SPOKEN: usize = 17;
const FOREIGNS: usize = 19;

/// What a feature is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Its place in [`NAMES`].
    Named(usize),
    /// A word of the sentence; true where it stands first there and has a capital, so that it may be a name.
    Word(TypeId, bool),
}

/// One feature of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The word or hit that it comes from.
    pub tokens: Option<Span<ArticleToken>>,
    /// What it is.
    pub feature: Feature,
    /// Thousandths.
    pub value: i64,
}

/// Everything that the model hears of a mention.
pub fn features(
    article: &ArticleTokens<'_>,
    cues: &TypeCues,
    options: &Options,
    mention: Span<ArticleToken>,
    hits: &[Scored],
) -> Vec<Part> {
    let around = Around::of(article, cues, options, mention);
    let named = |feature: usize, value: i64| Part { tokens: None, feature: Feature::Named(feature), value };
    let mut parts = vec![named(ALWAYS, 1000), named(SPEAKS, 1000 * i64::from(around.speaks))];
    for hit in around.hits(article, hits) {
        of_hit(article, &around, hit, &mut parts);
    }
    for token in around.tokens.clone() {
        let at = Span::new(token, token + 1);
        let (Some(span), Some(&word)) = (article.spans.get(token as usize), article.types.get(token as usize)) else {
            continue;
        };
        let capital = article.text[span.start as usize..].starts_with(char::is_uppercase);
        let first = article.sentences.binary_search(&token).is_ok();
        if mention.covers(&at) || capital && !first {
            continue;
        }
        let value = whole(1000.0 * nearness(article, mention, at));
        parts.push(Part { tokens: Some(at), feature: Feature::Word(word, capital), value });
    }
    parts
}

fn of_hit(article: &ArticleTokens<'_>, around: &Around, hit: &Scored, parts: &mut Vec<Part>) {
    let mention = around.mention;
    let mut raw = f64::from(hit.weight) * nearness(article, mention, hit.tokens);
    if hit.foreign {
        raw *= FOREIGN;
    }
    let heard = if around.speaks { raw * SPEAKER } else { raw };
    let mut add = |feature: usize, value: f64| {
        parts.push(Part { tokens: Some(hit.tokens), feature: Feature::Named(feature), value: whole(value) });
    };
    let sign = usize::from(raw < 0.0);
    let class = match hit.class {
        Class::Judgement => 0,
        Class::Event => 2,
        Class::Stance => 4,
        Class::Emotion => 6,
    };
    let side = if hit.tokens.end <= mention.start {
        0
    } else if hit.tokens.start >= mention.end {
        4
    } else {
        2
    };
    add(SCORE, heard);
    add(CLASS + class + sign, heard.abs());
    add(SIDE + side + sign, raw.abs());
    if around.speaks {
        add(SPOKEN + sign, raw.abs());
    }
    if hit.foreign {
        add(FOREIGNS + sign, raw.abs());
    }
}

fn whole(value: f64) -> i64 {
    libm::round(value) as i64
}

/// Weights of one feature for negative, neutral and positive, thousandths.
type Weights = [i32; 3];

/// The weights of a file.
#[derive(Clone, Debug)]
pub struct Model {
    named: [Weights; NAMES.len()],
    words: BTreeMap<&'static str, Weights>,
}

impl Model {
    /// The model that comes with the program.
    pub fn shipped() -> Result<Model> {
        let mut model = Model { named: [[0; 3]; NAMES.len()], words: BTreeMap::new() };
        for (number, line) in SHIPPED.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let weights: Vec<i32> = cells.filter_map(|cell| cell.parse().ok()).collect();
            let wrong = |found: String| Problem::error("model-bad", Place::line(FILE, number as u32 + 1), found);
            let Ok(weights) = Weights::try_from(weights) else {
                return Err(wrong(format!("`{line}`")).expected("a feature and three whole numbers").into());
            };
            match NAMES.iter().position(|known| *known == name) {
                Some(at) => model.named[at] = weights,
                None if name.starts_with('*') => {
                    return Err(wrong(format!("`{name}`")).expected(NAMES.join(", ")).into());
                }
                None => {
                    model.words.insert(name, weights);
                }
            }
        }
        Ok(model)
    }

    /// Its words in the numbers of a shard; those of a text whose language is not known count as its own.
    pub fn compile(&self, types: Types<'_>) -> TypeModel<'_> {
        let own = |id: TypeId| matches!(types.language(id), LANGUAGE | Language::UNKNOWN);
        let known = types.iter().filter(|(id, _)| own(*id));
        let words = known.filter_map(|(id, folded)| Some((id, *self.words.get(folded)?))).collect();
        TypeModel { named: &self.named, words }
    }
}

/// A [`Model`] in the numbers of one shard.
#[derive(Clone, Debug)]
pub struct TypeModel<'m> {
    named: &'m [Weights; NAMES.len()],
    words: HashMap<TypeId, Weights>,
}

impl TypeModel<'_> {
    fn weights(&self, feature: Feature) -> Weights {
        match feature {
            Feature::Named(at) => self.named[at],
            Feature::Word(id, _) => self.words.get(&id).copied().unwrap_or_default(),
        }
    }

    /// Scores a mention: its label is the one with most weight, its score what speaks for well less what speaks for ill.
    pub fn toward(
        &self,
        article: &ArticleTokens<'_>,
        cues: &TypeCues,
        options: &Options,
        mention: Span<ArticleToken>,
        hits: &[Scored],
    ) -> Toward {
        let parts = features(article, cues, options, mention, hits);
        let mut sums = [0i64; 3];
        let mut shares: BTreeMap<Span<ArticleToken>, i64> = BTreeMap::new();
        for part in &parts {
            let weights = self.weights(part.feature).map(i64::from);
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight * part.value);
            if let Some(tokens) = part.tokens {
                *shares.entry(tokens).or_default() += (weights[2] - weights[0]) * part.value;
            }
        }
        let [negative, neutral, positive] = sums;
        let label = match sums.iter().max() {
            Some(&most) if most == neutral => Label::Neutral,
            Some(&most) if most == negative => Label::Negative,
            _ => Label::Positive,
        };
        let shares = shares.into_iter().map(|(tokens, share)| (tokens, whole(share as f64 / 1000.0))).collect();
        let by_rule = toward::toward(article, cues, options, mention, hits);
        Toward {
            score: whole((positive - negative) as f64 / 1000.0),
            label,
            words: strongest(article, shares),
            ..by_rule
        }
    }
}
