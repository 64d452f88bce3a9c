//! Where the entries of lexicons occur in a shard.
//!
//! In: a shard, lexicons, voices. Out: [`Hit`]s, ordered by article, place and frame.
//! Invariant: within a frame a token belongs to one hit (the longest, then the leftmost, then the most specific entry); the order of
//! entries and lexicons never matters. An entry is evaluated over the postings of the types it mentions, never over all tokens.
//! It deliberately counts nothing: `aggregate` does.

mod candidates;
mod clause;
mod cues;
mod ids;
mod live;
mod nearest;
mod numbering;
mod overlap;
mod plan;
mod proximity;
mod subjects;
mod units;
mod voice_lookup;

pub(crate) use ids::number;
pub use ids::{EntryId, FrameId, LabelId, TargetId, UnitId};
pub use live::{Live, UnitEntries};
pub use nearest::{Near, Window};
pub use numbering::Numbering;
pub use plan::Plan;
pub use proximity::Neighbours;
pub use subjects::{Label, Mentions, Subjects};
pub use units::Units;
pub use voice_lookup::{Uncounted, VoiceLookup, Voices};

use crate::index::Shard;
use crate::stem::Stems;
use crate::text::{ShardToken, Span};
use crate::voice::Verdict;
use candidates::Finder;

/// An entry found in an article: of a frame, or of a target or label, which are looked up like frames and are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<Of = FrameId> {
    /// Article within its shard.
    pub article: u32,
    /// Tokens within the shard.
    pub tokens: Span<ShardToken>,
    /// The entry that matched.
    pub entry: EntryId,
    /// The entry's frame; of a mention ([`Mentions`]), what is mentioned.
    pub frame: Of,
    /// Who is speaking.
    pub verdict: Verdict,
    /// Why it is not counted, if it is not.
    pub uncounted: Option<Uncounted>,
    /// Who is talked about nearby: [`Subjects::find`] fills it.
    pub target: Option<Near>,
    /// Who is spoken of, by the hit's own words or its clause; likewise.
    pub spoken_of: Option<TargetId>,
}

impl Hit {
    /// The same hit, of what its frame stands for.
    pub fn of<Of>(self, what: impl FnOnce(FrameId) -> Of) -> Hit<Of> {
        let Hit { article, tokens, entry, frame, verdict, uncounted, target, spoken_of } = self;
        Hit { article, tokens, entry, frame: what(frame), verdict, uncounted, target, spoken_of }
    }
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
    look_up_in(plan, None, shard, voice_lookup, stems)
}

/// [`look_up`] in some articles, where not all are asked for.
fn look_up_in(
    plan: &Plan<'_>,
    articles: Option<&[bool]>,
    shard: &Shard,
    voice_lookup: &mut VoiceLookup<'_>,
    stems: &mut Stems,
) -> Found {
    let (own, parents) = places_by(plan, Finder::new(plan, shard, stems).within(articles), |_| true);
    Found { hits: own.judged(shard, voice_lookup), parents: parents.judged(shard, voice_lookup) }
}

/// Where entries fit, before anybody is asked who speaks there.
pub struct Places(Vec<(FrameId, candidates::Candidate)>);

impl Places {
    /// The places of one frame, or of every frame; a frame that holds others has each span once.
    pub fn of(plan: &Plan<'_>, frame: Option<FrameId>, shard: &Shard, stems: &mut Stems) -> Places {
        let Some(frame) = frame else { return places(plan, |_| true, shard, stems).0 };
        // no hit of a unit depends on another unit
        let units = Units::of(plan);
        let is_wanted = |other| units.of_frame(other) == units.of_frame(frame);
        let (own, parents) = places(plan, is_wanted, shard, stems);
        let mut of_frame = if plan.inside(frame).is_empty() { own } else { parents };
        of_frame.0.retain(|place| place.0 == frame);
        of_frame
    }

    /// For each article of the shard whether it has a place.
    pub fn articles(&self, shard: &Shard) -> Vec<bool> {
        let mut with = vec![false; shard.len()];
        self.0.iter().for_each(|(_, place)| with[shard.article_of(place.tokens.start)] = true);
        with
    }

    /// The hits, by article and place.
    pub fn judged(self, shard: &Shard, voice_lookup: &mut VoiceLookup<'_>) -> Vec<Hit> {
        let hit = |(frame, candidate): (FrameId, candidates::Candidate)| {
            let article = shard.article_of(candidate.tokens.start);
            let first = shard.range(article).start;
            let (verdict, uncounted) = voice_lookup.judge(article, candidate.tokens.in_article(first));
            let (tokens, entry) = (candidate.tokens, candidate.entry);
            Hit { article: article as u32, tokens, entry, frame, verdict, uncounted, target: None, spoken_of: None }
        };
        let mut places = self.0;
        // in the order of the text: the voices of an article are opened once
        places.sort_unstable_by_key(|(frame, place)| (place.tokens.start, place.tokens.end, *frame, place.entry));
        places.into_iter().map(hit).collect()
    }
}

/// Places of the frames themselves, and of frames that hold others. Of the frames that are wanted; those of a unit are wanted together, or
/// their overlaps are not settled.
pub fn places(
    plan: &Plan<'_>,
    is_wanted: impl Fn(FrameId) -> bool,
    shard: &Shard,
    stems: &mut Stems,
) -> (Places, Places) {
    places_by(plan, Finder::new(plan, shard, stems), is_wanted)
}

fn places_by(plan: &Plan<'_>, mut finder: Finder<'_>, is_wanted: impl Fn(FrameId) -> bool) -> (Places, Places) {
    let candidates: Vec<_> = (0..plan.lexicons().len()).map(|lexicon| finder.lexicon(lexicon, &is_wanted)).collect();
    let (own, parents) = overlap::resolve(plan, candidates);
    (Places(own), Places(parents))
}
