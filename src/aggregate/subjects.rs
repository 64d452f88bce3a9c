//! Targets and labels, counted: mentions, hits near them, names of a referent.
//!
//! In: hits of frames that know their target, and mentions. Out: [`SubjectCounts`] of each article, [`SubjectTable`] of all.
//! Invariant: a hit counts for one target at most; what is in no count elsewhere is in none here. What is not there is zero.
//! It deliberately keeps no dense table: articles × targets × frames would not fit where articles × frames do.

use super::each_counted;
use crate::index::Shard;
use crate::lookup::{Found, FrameId, Label, LabelId, Mentions, Subjects, TargetId};
use crate::voice::Voice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Hits in all voices that are counted, and those in the article's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voiced {
    /// In every voice.
    pub all: u32,
    /// In the article's own.
    pub own: u32,
}

impl Voiced {
    fn add(&mut self, voice: Voice) {
        self.all += 1;
        self.own += u32::from(voice == Voice::Own);
    }
}

/// How often an article names a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentioned {
    /// Mentions.
    pub mentions: u32,
    /// Sentences with one.
    pub sentences: u32,
}

/// Targets and labels in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectCounts {
    /// Mentions of each target.
    pub targets: BTreeMap<TargetId, Mentioned>,
    /// Hits of each frame whose nearest target it is.
    pub near: BTreeMap<(TargetId, FrameId), Voiced>,
    /// Hits of each frame that speak of it.
    pub spoken_of: BTreeMap<(TargetId, FrameId), Voiced>,
    /// Hits of each label.
    pub labels: BTreeMap<LabelId, Voiced>,
}

/// Targets and labels in the counted articles; articles ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectTable {
    /// Names of the targets.
    pub targets: Vec<String>,
    /// Referents and names of the labels.
    pub labels: Vec<Label>,
    /// Article, target, mentions.
    pub mentions: Vec<(u32, TargetId, Mentioned)>,
    /// Article, target, frame, hits.
    pub near: Vec<(u32, TargetId, FrameId, Voiced)>,
    /// The same, of hits that speak of the target.
    pub spoken_of: Vec<(u32, TargetId, FrameId, Voiced)>,
    /// Article, label, hits.
    pub label_hits: Vec<(u32, LabelId, Voiced)>,
}

impl SubjectTable {
    /// Nothing is counted yet.
    pub fn of(subjects: &Subjects) -> SubjectTable {
        SubjectTable { targets: subjects.targets.clone(), labels: subjects.labels.clone(), ..SubjectTable::default() }
    }

    /// Adds an article.
    pub(super) fn push(&mut self, article: u32, counts: &SubjectCounts) {
        self.mentions.extend(counts.targets.iter().map(|(&target, &n)| (article, target, n)));
        self.near.extend(counts.near.iter().map(|(&(target, frame), &n)| (article, target, frame, n)));
        self.spoken_of.extend(counts.spoken_of.iter().map(|(&(target, frame), &n)| (article, target, frame, n)));
        self.label_hits.extend(counts.labels.iter().map(|(&label, &n)| (article, label, n)));
    }

    /// Adds the articles that follow; their first has the number `first` here.
    pub(super) fn merge(&mut self, next: SubjectTable, first: u32) {
        self.mentions.extend(next.mentions.into_iter().map(|(i, target, n)| (i + first, target, n)));
        self.near.extend(next.near.into_iter().map(|(i, target, frame, n)| (i + first, target, frame, n)));
        self.spoken_of.extend(next.spoken_of.into_iter().map(|(i, target, frame, n)| (i + first, target, frame, n)));
        self.label_hits.extend(next.label_hits.into_iter().map(|(i, label, n)| (i + first, label, n)));
    }
}

/// Counts the targets and labels of each article of a shard. Of frames that hold others, each span counts once, as in all counts.
pub fn count_subjects(shard: &Shard, frames: &Found, mentions: &Mentions) -> Vec<SubjectCounts> {
    let mut counts = vec![SubjectCounts::default(); shard.len()];
    let mut sentences: BTreeMap<(u32, TargetId), usize> = BTreeMap::new();
    for mention in &mentions.targets {
        let first = shard.range(mention.article as usize).start;
        let begins = shard.sentences(mention.article as usize);
        let sentence = begins.partition_point(|&begin| first + begin <= mention.tokens.start);
        let is_new = sentences.insert((mention.article, mention.frame), sentence) != Some(sentence);
        let mentioned = counts[mention.article as usize].targets.entry(mention.frame).or_default();
        mentioned.mentions += 1;
        mentioned.sentences += u32::from(is_new);
    }
    for label in &mentions.labels {
        counts[label.article as usize].labels.entry(label.frame).or_default().add(label.verdict.voice);
    }
    for hit in each_counted(&frames.hits, &frames.parents) {
        if let Some(near) = hit.target {
            let cell = counts[hit.article as usize].near.entry((near.target, hit.frame)).or_default();
            cell.add(hit.verdict.voice);
        }
        if let Some(target) = hit.spoken_of {
            let cell = counts[hit.article as usize].spoken_of.entry((target, hit.frame)).or_default();
            cell.add(hit.verdict.voice);
        }
    }
    counts
}
