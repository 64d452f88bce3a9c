//! Counting shards of which the last run has counted a part: what a part is made of decides whether it is taken from there.
//!
//! In: digests of what each part is made of, a cache. Out: all that is counted in a shard, with its rows.
//! Invariant: the same comes out with, without and with damaged parts. A unit of frames is made of the entries that can occur in the
//! shard, so an edit of an entry whose words a shard has not moves none of its parts. Where the digest of a part is that of a kept one, the
//! part is not counted; where all are, the articles of the shard are not looked at.
//! It deliberately keeps nothing where a study asks for the words themselves, or for what all frames together capture of an article
//! (`liwc.csv`): a table of every word of every article is as large as the text. Nor does it keep anything of many frames, whose rows are all
//! written anew.

use super::Job;
use super::live_entries::LiveEntries;
use crate::count::{Counted, CountedArticle, Counter, ShardAt, ShardView, WantedParts};
use crate::estimates::are_many;
use crate::index::{Key, Shard, Store};
use crate::lookup::{Live, Numbering, UnitEntries, Units};
use crate::progress::Progress;
use crate::report::{
    ARTICLES_PART, Context, Fingerprints, PartBytes, SENTIMENT_PART, ShardParts, ShardRows, shard_rows,
};
use crate::stem::Stems;
use serde::{Deserialize, Serialize, Serializer};

/// The parts of shards that are kept from run to run.
pub(crate) struct CachedParts<'a> {
    store: &'a Store,
    /// None where nothing can be kept.
    fingerprints: Option<PartFingerprints<'a>>,
    units: &'a Units,
    /// The words of stories, which no part has, are known: the articles need not be counted for them.
    knows_words: bool,
    groups: &'a [Vec<String>],
    progress: &'a dyn Progress,
}

/// What the parts are made of.
struct PartFingerprints<'a> {
    /// Digest of what neither frames nor sentiment lexicons decide.
    articles: &'a str,
    sentiment: &'a str,
    live: LiveEntries<'a>,
}

/// A part on paper.
#[derive(Serialize, Deserialize)]
struct Part<'a> {
    /// What it is made of.
    name: &'a str,
    #[serde(serialize_with = "as_one")]
    bytes: &'a [u8],
}

/// Bytes as one piece, not one by one.
fn as_one<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes)
}

impl<'a> PartFingerprints<'a> {
    fn of(job: &'a Job<'_>, store: &Store, fingerprints: &'a Fingerprints) -> Option<PartFingerprints<'a>> {
        let (articles, sentiment) = (fingerprints.parts.get(ARTICLES_PART)?, fingerprints.parts.get(SENTIMENT_PART)?);
        Some(PartFingerprints { articles, sentiment, live: LiveEntries::of(job, store, fingerprints)? })
    }

    /// The names of the parts of a shard: each says what the part is made of.
    fn names(&self, live: &[Live]) -> PartBytes<String> {
        let unit = |(entries, live): (&UnitEntries<'_>, &Live)| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(self.articles.as_bytes());
            entries.digest_into(live, &mut hasher);
            hasher.finalize().to_hex().to_string()
        };
        let units: Vec<String> = self.live.entries.iter().zip(live).map(unit).collect();
        let first = [format!("{ARTICLES_PART} {}", self.articles), format!("{SENTIMENT_PART} {}", self.sentiment)];
        PartBytes {
            counts: first.into_iter().chain(units.iter().map(|unit| format!("unit {unit}"))).map(Some).collect(),
            rows: units.iter().map(|unit| Some(format!("rows {unit}"))).collect(),
        }
    }
}

impl<'a> CachedParts<'a> {
    /// Those of a run that is made of this.
    pub fn of(
        job: &'a Job<'_>,
        store: &'a Store,
        fingerprints: Option<&'a Fingerprints>,
        progress: &'a dyn Progress,
    ) -> CachedParts<'a> {
        let asked = &job.request.lexical;
        let is_many = are_many(job.plans.frames.frames().len());
        let is_kept = !is_many && !asked.words && asked.nodes.is_none() && !job.study.report.has_liwc();
        CachedParts {
            store,
            fingerprints: fingerprints
                .filter(|_| is_kept)
                .and_then(|fingerprints| PartFingerprints::of(job, store, fingerprints)),
            units: &job.plans.units,
            knows_words: job.story_words.get().is_some(),
            groups: &job.session.survey.groups,
            progress,
        }
    }

    /// Counts what is not known of a shard, and writes rows of what is fresh. Nothing where the shard cannot be read any more.
    pub fn count(
        &self,
        counter: &Counter<'_>,
        stems: &mut Stems,
        shard: ShardAt<'_>,
        context: &Context<'_>,
    ) -> Option<(Counted, ShardRows)> {
        let mut open = None;
        if let Some(fingerprints) = &self.fingerprints {
            let live = fingerprints.live.of_shard(key(shard), shard.0, (&mut open, stems))?;
            if let Some(counted) = self.count_parts(fingerprints, (counter, stems), (shard, &mut open), &live, context)
            {
                return Some(counted);
            }
        }
        let all = WantedParts::all(context.request.frames.frames().len());
        let (counted, rows) = counter.count(stems, shard, &all, |view| shard_rows(view, context))?;
        let rows = rows.with_counts(&counted);
        Some((counted.without_spans(), rows))
    }

    /// Counts the parts that are not known. Nothing where the shard cannot be read any more, or its parts do not fit together.
    fn count_parts(
        &self,
        fingerprints: &PartFingerprints<'_>,
        (counter, stems): (&Counter<'_>, &mut Stems),
        (shard, open): (ShardAt<'_>, &mut Option<Shard>),
        live: &[Live],
        context: &Context<'_>,
    ) -> Option<(Counted, ShardRows)> {
        let (names, numbers) = (fingerprints.names(live), Numbering::of(self.units, &fingerprints.live.entries, live));
        let all = WantedParts::all(context.request.frames.frames().len());
        let kept = self.store.parts(key(shard));
        let kept: Vec<Part<'_>> =
            kept.as_deref().and_then(|bytes| postcard::from_bytes(bytes).ok()).unwrap_or_default();
        let of = |name: &Option<String>| kept.iter().find(|part| Some(part.name) == name.as_deref()).map(|p| p.bytes);
        let mut bytes = names.each(of);
        bytes.counts[0] = bytes.counts[0].filter(|_| self.knows_words);
        let mut parts = ShardParts::of_bytes(&bytes, context);
        let mut wanted = parts.wanted(&context.fresh, &numbers, all.frames.len());
        let mut articles: Vec<CountedArticle> = Vec::new();
        loop {
            let (made, rows) = match wanted.is_nothing() {
                true => (PartBytes::default(), None),
                false => {
                    let shard = (open.take().or_else(|| Shard::open(shard.0))?, shard.1);
                    let look = |view: &mut ShardView<'_, '_>| shard_rows(view, context);
                    let mut counted = counter.count_open(stems, shard, &wanted, look);
                    // of those that were not counted themselves nothing is known
                    articles = std::mem::take(&mut counted.0.articles);
                    articles.retain(|_| wanted.articles);
                    let (made, rows) = parts.take(counted, &wanted, &numbers);
                    (made, Some(rows))
                }
            };
            self.progress.counted(made.counts.iter().flatten().count());
            if let Some((counted, rows)) = parts.join(rows, context, self.groups, &numbers) {
                self.keep(key(shard), &names, &bytes, &made);
                return Some((Counted { articles, ..counted }, rows));
            }
            if wanted == all {
                return None;
            }
            // what was kept is of another run after all
            (parts, wanted) = (ShardParts::default(), all.clone());
        }
    }

    /// Keeps the parts of a shard, where one of them was made now.
    fn keep<'b>(
        &self,
        key: Key,
        names: &'b PartBytes<String>,
        cached: &PartBytes<&'b [u8]>,
        made: &'b PartBytes<Vec<u8>>,
    ) {
        if made.counts.iter().all(Option::is_none) {
            return;
        }
        let mut parts: Vec<Part<'_>> = Vec::new();
        for (name, (cached, made)) in names.list().zip(cached.list().zip(made.list())) {
            let part = name.as_deref().zip(made.as_deref().or(*cached));
            parts.extend(part.map(|(name, bytes)| Part { name, bytes }));
        }
        if let Ok(bytes) = postcard::to_allocvec(&parts) {
            self.store.keep_parts(key, &bytes);
        }
    }

    /// Keeps which entries can occur in which shard, once all were counted.
    pub fn keep_live(&self) {
        if let Some(fingerprints) = &self.fingerprints {
            fingerprints.live.keep(self.store);
        }
    }
}

/// The name of the parts of a shard. Each part says itself what it is made of.
fn key((kept, first): ShardAt<'_>) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"parts\n").update(&kept.sum().to_le_bytes()).update(&first.to_le_bytes());
    Key::of(&hasher)
}
