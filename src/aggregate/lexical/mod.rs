//! What a run keeps of the words themselves: how often each stands in each article, what stands beside chosen ones, which frames
//! meet in a sentence, and where each entry was found.
//!
//! In: a shard, what is removed of it, who speaks, and hits. Out: a [`Part`] of each shard, added article by article to [`Lexical`].
//! Invariant: a part depends on its shard alone; articles that are not counted are left out when parts are added, never before; every
//! sum is an integer, so the same whatever the shards and threads.
//! It deliberately holds no text but the distinct words, and scores nothing: `statistics` does.

mod collocates;
mod meetings;
mod nodes;
mod words;

pub use collocates::{Company, Reach};
pub use meetings::Meetings;
pub use nodes::{Node, Nodes};
pub use words::{ByWord, Unit, Words};

use crate::clean::Removed;
use crate::index::Shard;
use crate::lookup::{EntryId, Found, FrameId, Hearing, Hit, Plan, look_up};
use crate::stem::Stems;
use std::collections::BTreeSet;
use words::WordsOfShard;

/// What is asked of every shard beyond what is always kept.
#[derive(Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Count every word of every article.
    pub words: bool,
    /// Count, and look at, only words in the voices that the study counts.
    pub counted_voices: bool,
    /// The words and frames whose company is looked at, with how far to look; the plan is of [`Nodes::lexicons`].
    pub nodes: Option<(&'a Nodes, &'a Plan<'a>, Reach)>,
}

/// What one shard says.
#[derive(Default)]
pub struct Part {
    /// Number of the shard's first article: tells parts apart.
    first: u64,
    words: Option<WordsOfShard>,
    /// By article.
    meetings: Vec<Meetings>,
    /// Counted hits by article and entry.
    entries: Vec<Vec<(EntryId, u32)>>,
    /// By article.
    company: Vec<Vec<collocates::Beside>>,
}

impl Part {
    /// Looks at one shard, whose first article has this number. `frames` is what the lexicons of frames found there.
    pub fn of(
        (shard, first): (&Shard, u64),
        removed: &[Vec<Removed>],
        hearing: &mut Hearing<'_>,
        stems: &mut Stems,
        frames: &Found,
        wanted: &Wanted<'_>,
    ) -> Part {
        let counted = in_frames(&frames.hits, &frames.parents);
        let company = match wanted.nodes {
            Some((nodes, plan, reach)) => {
                let terms = look_up(plan, shard, hearing, stems);
                let hits = nodes.hits(&counted, &terms.hits);
                collocates::of_shard(shard, &hits, hearing, reach, wanted.counted_voices)
            }
            None => Vec::new(),
        };
        let words = wanted.words || wanted.nodes.is_some();
        let own: Vec<&Hit> = frames.hits.iter().filter(|hit| hit.uncounted.is_none()).collect();
        Part {
            first,
            words: words.then(|| WordsOfShard::of(shard, removed, wanted.counted_voices.then_some(hearing))),
            meetings: meetings::of_shard(shard, removed, &counted),
            entries: entries_of(shard.articles.len(), &own),
            company,
        }
    }
}

/// Counted hits of every frame: own hits of frames that hold no others, and what counts for those that do; by place.
fn in_frames<'h>(own: &'h [Hit], parents: &'h [Hit]) -> Vec<&'h Hit> {
    let holds_others: BTreeSet<FrameId> = parents.iter().map(|hit| hit.frame).collect();
    let own = own.iter().filter(|hit| !holds_others.contains(&hit.frame));
    let mut hits: Vec<&Hit> = own.chain(parents).filter(|hit| hit.uncounted.is_none()).collect();
    hits.sort_unstable_by_key(|hit| (hit.tokens.start, hit.tokens.end, hit.frame, hit.entry));
    hits
}

fn entries_of(articles: usize, hits: &[&Hit]) -> Vec<Vec<(EntryId, u32)>> {
    let mut found = vec![Vec::new(); articles];
    for of_article in hits.chunk_by(|a, b| a.article == b.article) {
        let mut entries: Vec<EntryId> = of_article.iter().map(|hit| hit.entry).collect();
        entries.sort_unstable();
        let runs = entries.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32));
        found[of_article[0].article as usize] = runs.collect();
    }
    found
}

/// What the counted articles of a corpus say. Articles are numbered in the order in which they are added.
#[derive(Default)]
pub struct Lexical {
    /// How often each word stands in each article, where that is asked for.
    pub words: Option<Words>,
    /// Which frames meet, article by article.
    pub meetings: Vec<Meetings>,
    /// Counted hits by entry and article; both ascend.
    pub entries: Vec<(EntryId, u32, u32)>,
    /// What stands beside the nodes.
    pub company: Company,
}

impl Lexical {
    /// Adds an article of a shard that is counted.
    pub fn add(&mut self, part: &Part, article: usize) {
        let number = self.meetings.len() as u32;
        self.meetings.push(part.meetings.get(article).cloned().unwrap_or_default());
        let entries = part.entries.get(article).into_iter().flatten();
        self.entries.extend(entries.map(|&(entry, hits)| (entry, number, hits)));
        let Some(of_shard) = &part.words else { return };
        let words = self.words.get_or_insert_default();
        words.add(part.first, of_shard, article);
        for beside in part.company.get(article).into_iter().flatten() {
            self.company.add(number, beside, |id| words.number(part.first, of_shard, id));
        }
    }

    /// Puts in order what came article by article.
    pub fn finish(&mut self) {
        self.entries.sort_unstable();
        self.company.finish();
    }
}
