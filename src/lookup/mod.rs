//! Where the entries of lexicons occur in a shard.
//!
//! In: a shard, lexicons, voices. Out: [`Hit`]s, ordered by article, place and frame.
//! Invariant: within a frame a token belongs to one hit (the longest, then the leftmost, then the most specific entry); the order of
//! entries and lexicons never matters. An entry is evaluated over the postings of the types it mentions, never over all tokens.
//! It deliberately counts nothing: `aggregate` does.

mod candidates;
mod clause;
mod cues;
mod nearest;
mod overlap;
mod plan;
mod subjects;
mod units;
mod voice_lookup;

pub use nearest::{Near, Window};
pub use plan::{EntryId, FrameId, Plan};
pub use subjects::{Label, LabelId, Mentions, Subjects, TargetId};
pub use units::{UnitId, Units};
pub use voice_lookup::{Uncounted, VoiceLookup, Voices};

use crate::index::Shard;
use crate::stem::Stems;
use crate::text::{Span, Token};
use crate::voice::Verdict;
use candidates::Finder;

/// An entry found in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Article within its shard.
    pub article: u32,
    /// Tokens within the shard.
    pub tokens: Span<Token>,
    /// The entry that matched.
    pub entry: EntryId,
    /// The entry's frame.
    pub frame: FrameId,
    /// Who is speaking.
    pub verdict: Verdict,
    /// Why it is not counted, if it is not.
    pub uncounted: Option<Uncounted>,
    /// Who is talked about nearby: [`Subjects::find`] fills it.
    pub target: Option<Near>,
    /// Who is spoken of, by the hit's own words or its clause; likewise.
    pub spoken_of: Option<TargetId>,
}

/// What a lexicon or a set of frames found in a shard.
pub struct Found {
    /// Hits of entries in their own frames.
    pub hits: Vec<Hit>,
    /// Hits that a frame with frames inside it counts: each span once.
    pub parents: Vec<Hit>,
}

/// Looks every entry of a plan up in a shard, and asks who is speaking there.
pub fn look_up(plan: &Plan<'_>, shard: &Shard, voice_lookup: &mut VoiceLookup<'_>, stems: &mut Stems) -> Found {
    let mut finder = Finder::new(plan, shard, stems);
    let candidates: Vec<_> = (0..plan.lexicons().len()).map(|lexicon| finder.lexicon(lexicon)).collect();
    let (own, parents) = overlap::resolve(plan, candidates);
    let mut hit = |(frame, candidate): (FrameId, candidates::Candidate)| {
        let article = shard.article_of(candidate.tokens.start);
        let first = shard.range(article).start;
        let within = Span::new(candidate.tokens.start - first, candidate.tokens.end - first);
        let (verdict, uncounted) = voice_lookup.judge(article, within);
        let (tokens, entry) = (candidate.tokens, candidate.entry);
        Hit { article: article as u32, tokens, entry, frame, verdict, uncounted, target: None, spoken_of: None }
    };
    let mut sorted = |found: Vec<(FrameId, candidates::Candidate)>| {
        let mut hits: Vec<Hit> = found.into_iter().map(&mut hit).collect();
        hits.sort_unstable_by_key(|hit| (hit.tokens.start, hit.tokens.end, hit.frame, hit.entry));
        hits
    };
    Found { hits: sorted(own), parents: sorted(parents) }
}
