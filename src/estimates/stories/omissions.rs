//! What most groups have of a story and one has not.
//!
//! In: counts, articles with their stories. Out: [`Omission`]s, the most surprising first.
//! Invariant: what is expected goes by the words of the group in the story; an article of ten lines leaves out little.
//! It deliberately takes hits as they come, one by one: articles repeat their words, so what is listed is to be read, not to be believed.

use super::within::Measure;
use crate::aggregate::Counts;
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
    /// Chance that all hits of the story fall on the others.
    pub p: Measured,
    /// Over all rows.
    pub q: Measured,
}

/// Groups that a story needs.
const FEWEST: usize = 3;

/// Every frame, label, speaker and target that more than half of the groups of a story have, and one has not.
pub(super) fn rows(counts: &Counts, measured: &[Measure], voices: &[(u32, u32)]) -> Vec<Omission> {
    let mut stories: BTreeMap<u32, BTreeMap<usize, Vec<u32>>> = BTreeMap::new();
    for &(article, story) in voices {
        let group = counts.group_of[article as usize] as usize;
        stories.entry(story).or_default().entry(group).or_default().push(article);
    }
    stories.retain(|_, groups| groups.len() >= FEWEST);
    let mut mentions: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for &(article, target, mentioned) in &counts.subjects.mentions {
        *mentions.entry((article, target)).or_default() += mentioned.mentions;
    }
    let measured: Vec<&Measure> =
        measured.iter().filter(|measure| matches!(measure.kind, "frame" | "label" | "source")).collect();
    let mut rows = Vec::new();
    for (&story, groups) in &stories {
        for measure in &measured {
            let hits = |article: u32| measure.of(counts, article).0;
            let found = omissions(counts, groups, &hits);
            rows.extend(found.map(|of| Omission {
                story,
                kind: measure.kind,
                item: measure.item.clone(),
                choice: measure.choice.clone(),
                ..of
            }));
        }
        for (number, target) in (0u32..).zip(&counts.subjects.targets) {
            let hits = |article: u32| mentions.get(&(article, number)).copied().unwrap_or(0);
            let found = omissions(counts, groups, &hits);
            rows.extend(found.map(|of| Omission { story, kind: "target", item: target.clone(), ..of }));
        }
    }
    let ps: Vec<Measured> = rows.iter().map(|row| row.p).collect();
    rows.iter_mut().zip(multiplicity::benjamini_hochberg(&ps)).for_each(|(row, q)| row.q = q);
    let p = |row: &Omission| row.p.value().unwrap_or(1.0);
    rows.sort_by(|a, b| p(a).total_cmp(&p(b)).then_with(|| (a.story, a.group).cmp(&(b.story, b.group))));
    rows
}

/// The groups that have nothing where more than half have something.
fn omissions<'o>(
    counts: &'o Counts,
    groups: &'o BTreeMap<usize, Vec<u32>>,
    hits: &impl Fn(u32) -> u32,
) -> impl Iterator<Item = Omission> + 'o {
    let words = |articles: &Vec<u32>| articles.iter().map(|&article| u64::from(counts.words[article as usize])).sum();
    let sums: Vec<(usize, u64, u64)> = groups
        .iter()
        .map(|(&group, articles)| {
            (group, articles.iter().map(|&article| u64::from(hits(article))).sum(), words(articles))
        })
        .collect();
    let with = sums.iter().filter(|(_, hits, _)| *hits > 0).count();
    let (all_hits, all_words) = sums.iter().fold((0, 0), |sum, of| (sum.0 + of.1, sum.1 + of.2));
    let is_listed = with * 2 > sums.len();
    let of_group = move |&(group, _, words): &(usize, u64, u64)| {
        let others = (all_words - words) as f64;
        // all hits of the story fall on the others
        let p = libm::pow(others / all_words as f64, all_hits as f64).max(f64::MIN_POSITIVE);
        Omission {
            story: 0,
            group,
            kind: "",
            item: String::new(),
            choice: String::new(),
            groups: [groups.len() as u32, with as u32],
            hits: all_hits,
            expected: all_hits as f64 * words as f64 / others,
            p: Measured::of(p, Why::Undefined),
            q: Measured::Missing(Why::Undefined),
        }
    };
    let absent: Vec<_> = sums.into_iter().filter(|(_, hits, _)| is_listed && *hits == 0).collect();
    absent.into_iter().map(move |of| of_group(&of))
}
