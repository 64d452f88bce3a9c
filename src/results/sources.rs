//! `sources`: who is given the word, by group and frame.

use super::LazyTable;
use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, high, low, why};
use crate::aggregate::{GroupId, SpeakerHits};
use crate::lookup::FrameId;
use crate::statistics::measured::{Estimate, Measured, Note, Why};
use crate::statistics::{Clusters, Unit, label_share};
use std::collections::BTreeMap;
use std::ops::Range;

/// A speaker in fewer articles has no interval: not enough of them to tell how they vary.
const LEAST: usize = 3;

struct SourceRecord<'c> {
    context: &'c Context<'c>,
    group: usize,
    frame: usize,
    spelt: &'c str,
    folded: &'c str,
    articles: usize,
    quoted: u64,
    attributed: u64,
    all: u64,
    share: Estimate,
}

impl SourceRecord<'_> {
    fn hits(&self) -> u64 {
        self.quoted + self.attributed
    }

    fn missing(&self) -> &'static str {
        if self.folded.is_empty() { "no speaker found" } else { why(&self.share) }
    }
}

impl GroupRow for SourceRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.group, dimension)
    }
}

table! {
    /// A row for each group, frame and speaker.
    SOURCES, "sources.csv", by_group: true, rows: SourceRecord<'_>,
    "One row for each group, frame and speaker with a hit: whose words they are, in quotations and in reported speech. Speakers with the same wording (ignoring case) are merged across articles; within an article, `McCain` is taken as the fuller name before it. The row without a name has the hits for which no speaker was found.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.frame);
    Text "source" "text" "the speaker, spelt as in the first article that quotes or reports them" |r| r.spelt;
    Integer "articles" "articles" "articles of the group in which the speaker has a hit" |r| r.articles;
    Integer "hits" "hits" "counted hits in the speaker's words: quoted_hits + attributed_hits" |r| r.hits();
    Integer "quoted_hits" "hits" "in quotation marks" |r| r.quoted;
    Integer "attributed_hits" "hits" "in what the speaker is said to say, think or want" |r| r.attributed;
    Integer "all_hits" "hits" "counted hits of the frame in the group that are quoted or attributed: the denominator" |r| r.all;
    Real "share" "share" "hits / all_hits" |r| r.share.value;
    Real "share_low" "share" "lower end of the 95 % interval, articles (or clusters of them) as units" |r| low(&r.share);
    Real "share_high" "share" "upper end" |r| high(&r.share);
    Text "missing" "text" "why there is no name or no interval" |r| r.missing();
}

/// Pieces of the table at most: each goes through all speakers once.
const PIECES: usize = 24;

/// Group × frame × speaker, some groups at a time.
pub(super) fn sources<'c>(context: &'c Context<'_>) -> LazyTable<'c> {
    let groups = context.counts.groups.len();
    let together = groups.div_ceil(PIECES).max(1);
    let piece = move |i: usize| {
        let of = i * together..groups.min((i + 1) * together);
        frame_of(context.dimensions, &rows(context, &of))
    };
    LazyTable::of(&SOURCES, groups.div_ceil(together), piece)
}

/// Those of some groups; the speakers with most hits first.
fn rows<'c>(context: &'c Context<'_>, groups: &Range<usize>) -> Vec<SourceRecord<'c>> {
    let counts = context.counts;
    let is_asked = |group: &GroupId| groups.contains(&group.index());
    let group_of = |spoken: &SpeakerHits| Some(counts.group_of[spoken.article as usize]).filter(is_asked);
    let mut all: BTreeMap<(GroupId, FrameId), BTreeMap<u32, u32>> = BTreeMap::new();
    for (frame, _, speaker) in counts.speakers.iter() {
        for spoken in speaker.spoken() {
            let Some(group) = group_of(&spoken) else { continue };
            *all.entry((group, frame)).or_default().entry(spoken.article).or_default() +=
                spoken.quoted + spoken.attributed;
        }
    }
    let totals: BTreeMap<(GroupId, FrameId), u64> =
        all.iter().map(|(&key, hits)| (key, hits.values().map(|&hits| u64::from(hits)).sum())).collect();
    let mut rows = Vec::new();
    for (frame, folded, speaker) in counts.speakers.iter() {
        let mut by_group: BTreeMap<GroupId, Vec<(u32, u64, u64)>> = BTreeMap::new();
        for spoken in speaker.spoken() {
            let Some(group) = group_of(&spoken) else { continue };
            let of_group = by_group.entry(group).or_default();
            of_group.push((spoken.article, u64::from(spoken.quoted), u64::from(spoken.attributed)));
        }
        for (group, spoken) in by_group {
            let (quoted, attributed) = spoken.iter().fold((0, 0), |sum, one| (sum.0 + one.1, sum.1 + one.2));
            let (of_frame, total) = (&all[&(group, frame)], totals[&(group, frame)]);
            rows.push(SourceRecord {
                context,
                group: group.index(),
                frame: frame.index(),
                spelt: speaker.spelt,
                folded,
                articles: spoken.len(),
                quoted,
                attributed,
                all: total,
                share: share((of_frame, total), &spoken, quoted + attributed, context.estimates.clustered.units()),
            });
        }
    }
    rows.sort_by(|a, b| {
        (a.group, a.frame).cmp(&(b.group, b.frame)).then(b.hits().cmp(&a.hits())).then_with(|| a.folded.cmp(b.folded))
    });
    rows
}

/// The share that `hits` of a speaker are of the hits of a frame in a group, whose articles have `all` hits each, `of` together.
fn share(
    (all, of): (&BTreeMap<u32, u32>, u64),
    spoken: &[(u32, u64, u64)],
    hits: u64,
    clusters: Option<Clusters<'_>>,
) -> Estimate {
    if spoken.len() < LEAST {
        return Estimate {
            value: Measured::of(hits as f64 / of as f64, Why::NoHits),
            interval: None,
            n_articles: all.len() as u32,
            n_words: of,
            method: "",
            note: Some(Note::NoInterval(Why::TooFewArticles)),
        };
    }
    let hits: BTreeMap<u32, u64> = spoken.iter().map(|one| (one.0, one.1 + one.2)).collect();
    let unit = |(article, &words): (&u32, &u32)| Unit { hits: hits.get(article).map_or(0, |&hits| hits as u32), words };
    let units: Vec<Unit> = all.iter().map(unit).collect();
    let articles: Vec<u32> = all.keys().copied().collect();
    let of = clusters.map(|clusters| clusters.chosen(&articles));
    label_share::share_of(
        &units,
        clusters.zip(of.as_deref()).map(|(Clusters { are_copies, .. }, of)| Clusters { of, are_copies }),
    )
}
