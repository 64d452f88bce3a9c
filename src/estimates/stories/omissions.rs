//! What most groups have of a story and one has not.
//!
//! In: counts, articles with their stories. Out: [`Omission`]s, the most surprising first.
//! Invariant: what is expected goes by the words of the group in the story; an article of ten lines leaves out little. Whether a group
//! could leave something out is asked of the others alone, so that what it has itself decides nothing but whether it does.
//! It deliberately joins sources by their last word: *President Jones* and *Mr Jones* are one, so that nobody is missed for his title.

use super::speakers::Speakers;
use super::within::Measure;
use crate::aggregate::Counts;
use crate::estimates::lexical::kinds::Kinds;
use crate::lookup::TargetId;
use crate::statistics::left_out::Spread;
use crate::statistics::{Measured, Why, multiplicity};
use std::collections::BTreeMap;

/// Something that a group leaves out of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Omission {
    /// Number of the story.
    pub story: u32,
    /// Index of the group that has none of it.
    pub group: usize,
    /// `frame`, `label`, `source` or `target`.
    pub kind: &'static str,
    /// The frame, the referent, the speaker or the target.
    pub item: String,
    /// The label; else empty.
    pub choice: String,
    /// Groups that tell the story, and those of them that have it.
    pub groups: [u32; 2],
    /// Hits of the others.
    pub hits: u64,
    /// Hits that the group would have at the others' rate.
    pub expected: f64,
    /// Chance of none.
    pub p: Measured,
    /// Over all tellings that could leave something out.
    pub q: Measured,
}

/// Groups that a story needs.
const FEWEST: usize = 3;

/// The articles of each group of a story.
type Groups = BTreeMap<usize, Vec<u32>>;

/// A telling of a story whose other groups have something: the omission that it would be, and whether it is one.
struct Telling {
    omission: Omission,
    has_none: bool,
}

/// Every frame, label, speaker and target that more than half of the groups of a story have, and one has not.
pub(super) fn rows(counts: &Counts, measured: &[Measure], voices: &[(u32, u32)], kinds: &Kinds) -> Vec<Omission> {
    let mut stories: BTreeMap<u32, Groups> = BTreeMap::new();
    for &(article, story) in voices {
        let group = counts.group_of[article as usize].index();
        stories.entry(story).or_default().entry(group).or_default().push(article);
    }
    stories.retain(|_, groups| groups.len() >= FEWEST);
    let tellings = tellings(counts, measured, &stories, kinds);
    let spread = |kind: &str| {
        let of_kind = tellings.iter().filter(|telling| telling.omission.kind == kind);
        Spread::of(of_kind.map(|telling| (telling.omission.expected, telling.has_none)))
    };
    let spreads: BTreeMap<&str, Spread> =
        ["frame", "label", "source", "target"].into_iter().map(|kind| (kind, spread(kind))).collect();
    // one that has it is as little surprising as can be, and was a chance to be surprised
    let p = |telling: &Telling| {
        let p = spreads[telling.omission.kind].none(telling.omission.expected);
        if telling.has_none { p } else { p.map(|_| 1.0) }
    };
    let ps: Vec<Measured> = tellings.iter().map(p).collect();
    let qs = multiplicity::benjamini_hochberg(&ps);
    let with = tellings.into_iter().zip(ps.into_iter().zip(qs)).filter(|(telling, _)| telling.has_none);
    let mut rows: Vec<Omission> = with.map(|(telling, (p, q))| Omission { p, q, ..telling.omission }).collect();
    let surprise = |row: &Omission| row.p.value().unwrap_or(1.0);
    rows.sort_by(|a, b| {
        let by_expected = b.expected.total_cmp(&a.expected);
        surprise(a).total_cmp(&surprise(b)).then(by_expected).then_with(|| (a.story, a.group).cmp(&(b.story, b.group)))
    });
    rows
}

fn tellings(counts: &Counts, measured: &[Measure], stories: &BTreeMap<u32, Groups>, kinds: &Kinds) -> Vec<Telling> {
    let mut mentions: BTreeMap<(u32, TargetId), u32> = BTreeMap::new();
    for &(article, target, mentioned) in &counts.subjects.mentions {
        *mentions.entry((article, target)).or_default() += mentioned.mentions;
    }
    let measured: Vec<&Measure> =
        measured.iter().filter(|measure| ["frame", "label"].contains(&measure.kind)).collect();
    let speakers = Speakers::of(counts, stories.values().flat_map(|groups| groups.values().flatten()), kinds);
    let mut tellings = Vec::new();
    for (&story, groups) in stories {
        let mut add = |kind, item: &str, choice: &str, hits: &dyn Fn(u32) -> u32| {
            let of_item = Omission { story, kind, item: item.to_string(), choice: choice.to_string(), ..empty() };
            tellings.extend(of_groups(counts, groups, hits, &of_item));
        };
        for measure in &measured {
            add(measure.kind, &measure.item, &measure.choice, &|article| measure.of(counts, article).0);
        }
        for (name, hits) in speakers.of_articles(groups.values().flatten()) {
            add("source", name, "", &|article| hits.get(&article).copied().unwrap_or(0));
        }
        for (number, target) in (0..).map(TargetId::new).zip(&counts.subjects.targets) {
            add("target", target, "", &|article| mentions.get(&(article, number)).copied().unwrap_or(0));
        }
    }
    tellings
}

fn empty() -> Omission {
    let missing = Measured::Missing(Why::Undefined);
    let (item, choice) = (String::new(), String::new());
    Omission {
        story: 0,
        group: 0,
        kind: "",
        item,
        choice,
        groups: [0, 0],
        hits: 0,
        expected: 0.0,
        p: missing,
        q: missing,
    }
}

/// The groups whose others have something: more than half of all groups, without the one that is asked about.
fn of_groups(counts: &Counts, groups: &Groups, hits: &dyn Fn(u32) -> u32, of_item: &Omission) -> Vec<Telling> {
    let sum = |of: &dyn Fn(u32) -> u32, articles: &[u32]| articles.iter().map(|&article| u64::from(of(article))).sum();
    let words = |article: u32| counts.words[article as usize];
    let sums: Vec<(usize, u64, u64)> =
        groups.iter().map(|(&group, articles)| (group, sum(hits, articles), sum(&words, articles))).collect();
    let with = sums.iter().filter(|(_, hits, _)| *hits > 0).count();
    let (all_hits, all_words) = sums.iter().fold((0, 0), |all, of| (all.0 + of.1, all.1 + of.2));
    let telling = |&(group, hits, words): &(usize, u64, u64)| {
        let others_with = with - usize::from(hits > 0);
        (others_with * 2 > sums.len()).then(|| Telling {
            has_none: hits == 0,
            omission: Omission {
                group,
                groups: [sums.len() as u32, others_with as u32],
                hits: all_hits - hits,
                expected: (all_hits - hits) as f64 * words as f64 / (all_words - words) as f64,
                ..of_item.clone()
            },
        })
    };
    sums.iter().filter_map(telling).collect()
}
