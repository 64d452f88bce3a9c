//! Counting shards of which the last run has counted a part: what a part is made of decides whether it is taken from there.
//!
//! In: digests of what each part is made of, a cache. Out: all that is counted in a shard, with its rows.
//! Invariant: the same comes out with, without and with damaged parts. Where the digest of a part is that of a kept one, the part is
//! not counted; where all are, the shard is not opened.
//! It deliberately keeps nothing where a study asks for the words themselves, or for what all frames together capture of an article
//! (`liwc.csv`): a table of every word of every article is as large as the text. Nor does it keep anything of many frames, whose rows are all
//! written anew.

use super::Job;
use crate::count::{Counted, CountedArticle, Counter, Seen, ShardAt, WantedParts};
use crate::estimates::are_many;
use crate::index::{Key, Store};
use crate::lookup::Numbering;
use crate::progress::Progress;
use crate::report::{ARTICLES_PART, Context, MadeOf, SENTIMENT_PART, ShardParts, ShardRows, part_of_unit, shard_rows};
use crate::stem::Stems;
use serde::{Deserialize, Serialize};

/// The parts of shards that are kept from run to run.
pub(crate) struct KeptParts<'a> {
    store: &'a Store,
    /// Names of the parts, with what each is made of: articles, sentiment, then each unit. None where nothing can be kept.
    digests: Option<Vec<String>>,
    numbers: Numbering,
    groups: &'a [Vec<String>],
    progress: &'a dyn Progress,
}

/// A part on paper.
#[derive(Serialize, Deserialize)]
struct Part<'a> {
    digest: &'a str,
    bytes: &'a [u8],
}

impl<'a> KeptParts<'a> {
    /// Those of a run that is made of this.
    pub fn of(
        job: &'a Job<'_>,
        store: &'a Store,
        made_of: Option<&MadeOf>,
        progress: &'a dyn Progress,
    ) -> KeptParts<'a> {
        let asked = &job.request.lexical;
        let is_many = are_many(job.plans.frames.frames().len());
        let is_kept = !is_many && !asked.words && asked.nodes.is_none() && !job.study.report.has_liwc();
        let made_of = made_of.filter(|_| is_kept);
        let units = job.plans.unit_files.iter().map(|file| part_of_unit(file));
        let names = [ARTICLES_PART, SENTIMENT_PART].map(str::to_string).into_iter().chain(units);
        let digest = |made_of: &MadeOf, name: String| Some(format!("{name} {}", made_of.parts.get(&name)?));
        KeptParts {
            store,
            digests: made_of.and_then(|made_of| names.map(|name| digest(made_of, name)).collect()),
            numbers: Numbering::of(&job.plans.units, &job.plans.frames),
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
        let look = |seen: &mut Seen<'_, '_>| shard_rows(seen, context);
        let all = WantedParts::all(context.request.frames.frames().len());
        let Some(digests) = &self.digests else {
            let (counted, rows) = counter.count(stems, shard, &all, look)?;
            let rows = rows.with_counts(&counted);
            return Some((counted.without_spans(), rows));
        };
        let key = key(shard);
        let kept = self.store.parts(key);
        let kept: Vec<Part<'_>> =
            kept.as_deref().and_then(|bytes| postcard::from_bytes(bytes).ok()).unwrap_or_default();
        let of = |digest: &String| kept.iter().find(|part| part.digest == digest).map(|part| part.bytes);
        let mut bytes: Vec<Option<&[u8]>> = digests.iter().map(of).collect();
        let mut parts = ShardParts::of_bytes(&bytes);
        let mut wanted = parts.wanted(&context.fresh, &self.numbers, all.frames.len());
        let mut articles: Vec<CountedArticle> = Vec::new();
        loop {
            let (made, rows) = match wanted.is_nothing() {
                true => (Vec::new(), None),
                false => {
                    let mut counted = counter.count(stems, shard, &wanted, look)?;
                    // of those that were not counted themselves nothing is known
                    articles = std::mem::take(&mut counted.0.articles);
                    articles.retain(|_| wanted.articles);
                    let (made, rows) = parts.take(counted, &wanted, &self.numbers);
                    (made, Some(rows))
                }
            };
            self.progress.counted(made.iter().flatten().count());
            if let Some((counted, rows)) = parts.join(rows, context, self.groups, &self.numbers) {
                self.keep(key, &mut bytes, &made);
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
    fn keep<'b>(&self, key: Key, known: &mut [Option<&'b [u8]>], made: &'b [Option<Vec<u8>>]) {
        let Some(digests) = self.digests.as_ref().filter(|_| made.iter().any(Option::is_some)) else { return };
        for (known, made) in known.iter_mut().zip(made) {
            *known = made.as_deref().or(*known);
        }
        let parts = digests.iter().zip(known.iter());
        let parts: Vec<Part<'_>> =
            parts.filter_map(|(digest, bytes)| Some(Part { digest, bytes: (*bytes)? })).collect();
        if let Ok(bytes) = postcard::to_allocvec(&parts) {
            self.store.keep_parts(key, &bytes);
        }
    }
}

/// The name of the parts of a shard. Each part says itself what it is made of.
fn key((kept, first): ShardAt<'_>) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"parts\n").update(&kept.sum().to_le_bytes()).update(&first.to_le_bytes());
    Key::of(&hasher)
}
