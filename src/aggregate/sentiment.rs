//! Sums of sentiment: by article and scale, by target, by entry.
//!
//! In: the [`Tone`] of each article. Out: [`Valence`], [`TowardSums`], [`Contribution`]s.
//! Invariant: every sum is a whole number; what an entry gave is the sum over the weights with which it counted.
//! It deliberately divides nothing: `statistics` does.

use super::GroupId;
use crate::lookup::{EntryId, Hit, TargetId};
use crate::sentiment::{COLUMN_TARGET, Label, SentenceTone, Tone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sums of the weights of a sentiment lexicon in one article; weights are thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valence {
    /// Hits with a positive weight.
    pub positive_hits: u32,
    /// Hits with a negative weight.
    pub negative_hits: u32,
    /// Sum of the positive weights.
    pub positive_sum: i64,
    /// Sum of the negative weights, negative.
    pub negative_sum: i64,
    /// Hits before which a negation stands, whatever the study makes of them.
    pub negated_hits: u32,
    /// Sentences that VADER scored.
    pub sentences: u32,
    /// Sum of their compounds, ten-thousandths.
    pub compound: i64,
    /// Sums of their shares of positive, neutral and negative words, thousandths.
    pub shares: [i64; 3],
}

impl Valence {
    /// Adds a hit.
    pub fn add(&mut self, weight: i32) {
        if weight > 0 {
            self.positive_hits += 1;
            self.positive_sum += i64::from(weight);
        } else if weight < 0 {
            self.negative_hits += 1;
            self.negative_sum += i64::from(weight);
        }
    }

    fn add_sentence(&mut self, tone: &SentenceTone) {
        let Some(polarity) = tone.vader else { return };
        self.sentences += 1;
        self.compound += i64::from(polarity.compound);
        for (sum, share) in self.shares.iter_mut().zip([polarity.positive, polarity.neutral, polarity.negative]) {
            *sum += i64::from(share);
        }
    }
}

/// The valence of an article on each scale; `hits` are its hits by plan, in the order of the tone's; `covered` says which scales are for
/// its language.
pub fn valences(tone: &Tone, hits: &[&[Hit]], covered: &[bool]) -> Vec<Option<Valence>> {
    let mut sums: Vec<Option<Valence>> = covered.iter().map(|covered| covered.then(Valence::default)).collect();
    for (hits, weighed) in hits.iter().zip(&tone.hits) {
        for (_, (scale, weighed)) in hits.iter().zip(weighed).filter(|(hit, _)| hit.uncounted.is_none()) {
            if let Some(sum) = &mut sums[*scale] {
                sum.add(weighed.weight);
                sum.negated_hits += u32::from(weighed.negated);
            }
        }
    }
    for (sum, sentences) in sums.iter_mut().zip(&tone.sentences) {
        if let Some(sum) = sum {
            sentences.iter().for_each(|tone| sum.add_sentence(tone));
        }
    }
    sums
}

/// How the mentions of one target in one article are spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TowardSums {
    /// Mentions.
    pub mentions: u32,
    /// Evaluative words near them; one may be near several.
    pub hits: u32,
    /// Sum of the scores, thousandths.
    pub score: i64,
    /// The same by words of judgement and stance alone.
    pub judged: i64,
    /// Mentions that are spoken of well.
    pub positive: u32,
    /// Mentions that are spoken of ill.
    pub negative: u32,
}

/// The sums of an article by scale and target; a target that the article itself tells has rows, but no sums.
pub fn toward_sums(tone: &Tone) -> BTreeMap<(u32, TargetId), TowardSums> {
    let mut sums: BTreeMap<(u32, TargetId), TowardSums> = BTreeMap::new();
    for mention in tone.mentions.iter().filter(|mention| mention.target != COLUMN_TARGET) {
        let sum = sums.entry((mention.scale as u32, mention.target)).or_default();
        sum.mentions += 1;
        sum.hits += mention.toward.hits;
        sum.score += mention.toward.score;
        sum.judged += mention.toward.judged;
        sum.positive += u32::from(mention.toward.label == Label::Positive);
        sum.negative += u32::from(mention.toward.label == Label::Negative);
    }
    sums
}

/// Hits of an entry that counted with one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Number of the scale.
    pub scale: u32,
    /// The entry.
    pub entry: EntryId,
    /// With what it counted, thousandths.
    pub weight: i32,
    /// A negation turned it.
    pub negated: bool,
    /// Hits by group.
    pub by_group: BTreeMap<GroupId, u64>,
}

/// [`Contribution`]s on their way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributions {
    cells: BTreeMap<(u32, EntryId, i32, bool, GroupId), u64>,
}

impl Contributions {
    /// Adds the counted hits of an article: scale, entry, weight, negated.
    pub fn push(&mut self, group: GroupId, hits: impl Iterator<Item = (u32, EntryId, i32, bool)>) {
        for (scale, entry, weight, negated) in hits {
            *self.cells.entry((scale, entry, weight, negated, group)).or_default() += 1;
        }
    }

    /// Adds those of another part of the corpus.
    pub fn add(&mut self, part: Contributions) {
        for (cell, hits) in part.cells {
            *self.cells.entry(cell).or_default() += hits;
        }
    }

    /// All of them, by scale, entry and weight.
    pub fn finish(self) -> Vec<Contribution> {
        let mut all: Vec<Contribution> = Vec::new();
        for ((scale, entry, weight, negated, group), hits) in self.cells {
            let is_it = |last: &&mut Contribution| {
                (last.scale, last.entry, last.weight, last.negated) == (scale, entry, weight, negated)
            };
            match all.last_mut().filter(is_it) {
                Some(last) => {
                    last.by_group.insert(group, hits);
                }
                None => {
                    all.push(Contribution { scale, entry, weight, negated, by_group: BTreeMap::from([(group, hits)]) });
                }
            }
        }
        all
    }
}
