//! Estimates of targets and labels.
//!
//! In: the sums of a run. Out: [`TargetRow`]s and [`LabelRow`]s.
//! Invariant: rows stand group by group, then in the order of targets and frames, or of labels; every group has every row. Neither another
//! target nor another referent moves a number, but q, whose family is its table.
//! It deliberately knows no formula: `statistics` does.

use crate::aggregate::{Counts, GroupId, Mentioned};
use crate::lookup::{LabelId, TargetId};
use crate::statistics::label_share::{ShareRow, shares};
use crate::statistics::target_rate::per_mentions;
use crate::statistics::{self, CachedTests, Clusters, FrameRow, Groups, Measured, multiplicity};
use std::collections::BTreeMap;
use std::ops::Range;

/// A group, a target and a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// Number of the target.
    pub target: TargetId,
    /// Sentences that mention it.
    pub sentences: u64,
    /// Hits in the article's own voice.
    pub own_hits: u64,
    /// Hits of the frame that speak of it, and those of them in the article's own voice.
    pub spoken_of: [u64; 2],
    /// The rest: its `words` are mentions, its `rate` is per 100 of them, its `articles` are those with a mention.
    pub row: FrameRow,
}

/// A group and a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelRow {
    /// Number of the label among all referents' labels.
    pub label: LabelId,
    /// Hits in the article's own voice.
    pub own_hits: u64,
    /// Own-voice hits of all labels of the referent.
    pub own_all: u64,
    /// q of `row.p` over the whole table.
    pub q: Measured,
    /// The rest; its `label` counts within the referent.
    pub row: ShareRow,
}

/// Group × target × frame.
pub(super) fn targets(
    counts: &Counts,
    clusters: Option<Clusters<'_>>,
    names: &[String],
    options: &statistics::Options,
) -> Vec<TargetRow> {
    let options = &statistics::Options { of_mentions: true, ..*options };
    let mut rows = Vec::new();
    for (target, name) in (0..).map(TargetId::new).zip(&counts.subjects.targets) {
        let of_target = TargetArticles::new(counts, target);
        let groups: Vec<String> = names.iter().map(|group| format!("{group} on {name}")).collect();
        let view = statistics::Counts {
            frames: &counts.frames,
            groups: &groups,
            group_of: GroupId::numbers(&of_target.group_of),
            words: &of_target.mentions,
            hits: &of_target.hits,
        };
        let of = clusters.map(|clusters| clusters.chosen(&of_target.articles));
        let clusters = clusters.zip(of.as_ref()).map(|(clusters, of)| Clusters { of, ..clusters });
        let table = per_mentions(Groups::of(&view, options).clustered(clusters).rows());
        rows.extend(table.into_iter().map(|row| TargetRow {
            target,
            sentences: of_target.sentences[row.group],
            own_hits: of_target.own.get(&(row.group, row.frame)).copied().unwrap_or(0),
            spoken_of: of_target.spoken_of.get(&(row.group, row.frame)).copied().unwrap_or_default(),
            row,
        }));
    }
    // stable: within a group, targets and frames stay in their order
    rows.sort_by_key(|row| row.row.group);
    rows
}

/// One target, in the articles that mention it: the others say nothing of it.
struct TargetArticles {
    articles: Vec<u32>,
    /// Group of each of these articles.
    group_of: Vec<GroupId>,
    mentions: Vec<u32>,
    /// Article by article, frame by frame.
    hits: Vec<u32>,
    /// By group.
    sentences: Vec<u64>,
    /// By group and frame.
    own: BTreeMap<(usize, usize), u64>,
    /// Likewise.
    spoken_of: BTreeMap<(usize, usize), [u64; 2]>,
}

impl TargetArticles {
    fn new(counts: &Counts, target: TargetId) -> TargetArticles {
        let frames = counts.frames.len();
        let of_it = counts.subjects.mentions.iter().filter(|(_, of, _)| *of == target);
        let (articles, mentioned): (Vec<u32>, Vec<Mentioned>) = of_it.map(|&(article, _, n)| (article, n)).unzip();
        let group_of: Vec<GroupId> = articles.iter().map(|&article| counts.group_of[article as usize]).collect();
        let mut sentences = vec![0; counts.groups.len()];
        for (&group, n) in group_of.iter().zip(&mentioned) {
            sentences[group.index()] += u64::from(n.sentences);
        }
        let (mut hits, mut own) = (vec![0; articles.len() * frames], BTreeMap::new());
        for &(article, _, frame, n) in counts.subjects.near.iter().filter(|(_, of, _, _)| *of == target) {
            // where a hit has a target, the target is mentioned
            let Ok(place) = articles.binary_search(&article) else { continue };
            hits[place * frames + frame.index()] = n.all;
            *own.entry((group_of[place].index(), frame.index())).or_default() += u64::from(n.own);
        }
        let mentions = mentioned.iter().map(|n| n.mentions).collect();
        let mut spoken_of: BTreeMap<(usize, usize), [u64; 2]> = BTreeMap::new();
        for &(article, _, frame, n) in counts.subjects.spoken_of.iter().filter(|(_, of, ..)| *of == target) {
            let Ok(place) = articles.binary_search(&article) else { continue };
            let cell = spoken_of.entry((group_of[place].index(), frame.index())).or_default();
            *cell = [cell[0] + u64::from(n.all), cell[1] + u64::from(n.own)];
        }
        TargetArticles { articles, group_of, mentions, hits, sentences, own, spoken_of }
    }
}

/// Group × label, referent by referent.
pub(super) fn labels(
    counts: &Counts,
    (clusters, kept): (Option<Clusters<'_>>, Option<&CachedTests>),
    names: &[String],
    options: &statistics::Options,
) -> Vec<LabelRow> {
    let small = super::voices::small(counts, options);
    let mut rows = Vec::new();
    let mut first = 0;
    for set in counts.subjects.labels.chunk_by(|a, b| a.referent == b.referent) {
        let choices: Vec<String> = set.iter().map(|label| label.choice.clone()).collect();
        let groups: Vec<String> = names.iter().map(|group| format!("{group} on {}", set[0].referent)).collect();
        let of_set = LabelArticles::new(counts, first..first + set.len());
        let view = statistics::Counts {
            frames: &choices,
            groups: &groups,
            group_of: GroupId::numbers(&of_set.group_of),
            words: &of_set.all,
            hits: &of_set.hits,
        };
        let of = clusters.map(|clusters| clusters.chosen(&of_set.articles));
        let clusters = clusters.zip(of.as_ref()).map(|(clusters, of)| Clusters { of, ..clusters });
        let table = shares(&Groups::of(&view, options).clustered(clusters).with_cache(kept), 1, |group| small[group]);
        rows.extend(table.into_iter().map(|row| LabelRow {
            label: LabelId::new(first + row.label),
            own_hits: of_set.own.get(&(row.group, row.label)).copied().unwrap_or(0),
            own_all: of_set.own.range((row.group, 0)..(row.group + 1, 0)).map(|(_, n)| n).sum(),
            q: row.p,
            row,
        }));
        first += set.len();
    }
    let ps: Vec<Measured> = rows.iter().map(|row| row.row.p).collect();
    for (row, q) in rows.iter_mut().zip(multiplicity::benjamini_hochberg(&ps)) {
        row.q = q;
    }
    rows.sort_by_key(|row| row.row.group);
    rows
}

/// The labels of one referent, in the articles that have any of them.
struct LabelArticles {
    articles: Vec<u32>,
    /// Group of each of these articles.
    group_of: Vec<GroupId>,
    /// Article by article, label by label.
    hits: Vec<u32>,
    /// Hits of all labels, by article.
    all: Vec<u32>,
    /// By group and label.
    own: BTreeMap<(usize, usize), u64>,
}

impl LabelArticles {
    fn new(counts: &Counts, labels: Range<usize>) -> LabelArticles {
        let mut of_set = LabelArticles {
            articles: Vec::new(),
            group_of: Vec::new(),
            hits: Vec::new(),
            all: Vec::new(),
            own: BTreeMap::new(),
        };
        let of_it = counts.subjects.label_hits.iter().filter(|(_, label, _)| labels.contains(&label.index()));
        let of_it: Vec<_> = of_it.copied().collect();
        for of_article in of_it.chunk_by(|a, b| a.0 == b.0) {
            let group = counts.group_of[of_article[0].0 as usize];
            let mut hits = vec![0; labels.len()];
            for &(_, label, n) in of_article {
                let label = label.index() - labels.start;
                hits[label] = n.all;
                *of_set.own.entry((group.index(), label)).or_default() += u64::from(n.own);
            }
            of_set.articles.push(of_article[0].0);
            of_set.group_of.push(group);
            of_set.all.push(hits.iter().sum());
            of_set.hits.extend(hits);
        }
        of_set
    }
}
