//! From a shard to everything that a run counts in it.
//!
//! In: a shard, the survey, lexicons. Out: [`Counted`].
//! Invariant: the result depends on these alone, not on threads or on the cut of shards.

use super::survey::Survey;
use crate::aggregate::lexical::Part;
use crate::aggregate::{Valence, count_frames, count_subjects, shared_tokens, valences};
use crate::clean::{self, Furniture, Removed, Rule};
use crate::index::{Desk, Kept, Shard};
use crate::lexicon::covers;
use crate::lookup::{Found, Hearing, Hit, look_up};
use crate::report::{Context, Counted, Earlier, Facts, FoundInShard, Pages, Quoted, RemovedRow};
use crate::sentiment::{Mention, Tone};
use crate::stem::Stems;
use crate::text::Span;
use crate::voice::Voice;
use std::sync::{Arc, Mutex, PoisonError};

/// What every shard needs.
pub(crate) struct Counter<'a> {
    pub furniture: &'a Furniture,
    pub clean: &'a clean::Options,
    /// Voices that are counted.
    pub voices: &'a [Voice],
    pub survey: &'a Survey,
    pub context: &'a Context<'a>,
    /// Memory of rows that are written.
    pub spare: &'a Mutex<Vec<Vec<u8>>>,
    /// Rows of the last run that may be taken over.
    pub earlier: Option<&'a Earlier<'a>>,
}

/// What a thread keeps between shards.
#[derive(Default)]
pub(crate) struct CountingWorker {
    stems: Stems,
}

impl Counter<'_> {
    /// clean → look up, asking who speaks → quote → rows. `first` is the number of the shard's first article.
    pub fn count(&self, worker: &mut CountingWorker, first: u64, kept: &Arc<Kept>) -> Option<Counted> {
        let shard = Shard::open(kept)?;
        let patterns = self.furniture.for_types(shard.types(), &mut worker.stems);
        let removed = clean::clean(&shard, &patterns, &self.survey.clean.recurring, self.clean);
        let mut hearing = Hearing::new(&shard, &removed, self.voices);
        let mut frames = look_up(self.context.frames, &shard, &mut hearing, &mut worker.stems);
        let mentions = self.context.subjects.find(&shard, &mut hearing, &mut worker.stems, &mut frames);
        let scorer = self.context.scorer;
        let look = |plan| look_up(plan, &shard, &mut hearing, &mut worker.stems);
        let sentiment: Vec<Found> = scorer.plans().iter().map(look).collect();
        let tones = scorer.tones(self.context.vaders, &shard, &removed, &sentiment, &named(&shard, &mentions.targets));
        let articles = shard.articles.len();
        let mut desk = shard.desk();
        let before = self.earlier.and_then(|earlier| earlier.of_shard(first as usize, articles));
        let mut found = FoundInShard {
            counts: count_frames(articles, &frames.hits, &frames.parents),
            subjects: count_subjects(&shard, &frames, &mentions),
            shared: shared_tokens(articles, &frames.hits),
            valence: self.valence(&shard, &sentiment, &tones),
            tones,
            hits: Quoted::of(&shard, &mut desk, &frames.hits, before),
            parents: Quoted::of(&shard, &mut desk, &frames.parents, None),
            sentiment: sentiment.iter().map(|found| Quoted::of(&shard, &mut desk, &found.hits, None)).collect(),
        };
        let wanted = &self.context.lexical;
        let lexical = Part::of((&shard, first), &removed, &mut hearing, &mut worker.stems, &frames, wanted);
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut pages = Pages::new(self.context, spare.unwrap_or_default(), self.earlier.is_none());
        for (i, removed) in removed.iter().enumerate() {
            let standing = self.survey.of(first as usize + i);
            let facts = facts(&shard, i, removed, hearing.voices(i).quotes_repaired, clean::kept_digest(&shard, i));
            let is_listed = standing.reason.is_counted() && self.earlier.is_none();
            let removed = if is_listed { removed_rows(&shard, &mut desk, i, removed) } else { Vec::new() };
            pages.article(&shard.articles[i], i, &facts, &standing, &removed, &mut found);
        }
        Some(pages.finish(first + articles as u64, shard.articles, lexical))
    }

    fn valence(&self, shard: &Shard, found: &[Found], tones: &[Tone]) -> Vec<Vec<Option<Valence>>> {
        let scorer = self.context.scorer;
        let mut rest: Vec<&[Hit]> = found.iter().map(|found| found.hits.as_slice()).collect();
        let of_article = |(i, tone): (usize, &Tone)| {
            let mut own = Vec::with_capacity(rest.len());
            for hits in &mut rest {
                let (mine, after) = hits.split_at(hits.partition_point(|hit| hit.article as usize <= i));
                *hits = after;
                own.push(mine);
            }
            let of_scale = |plan: usize| covers(scorer.plans()[plan].lexicons(), shard.languages[i]);
            let covered: Vec<bool> = scorer.scales.all.iter().map(|scale| of_scale(scale.plan)).collect();
            valences(tone, &own, &covered)
        };
        tones.iter().enumerate().map(of_article).collect()
    }
}

/// Mentions of targets, their tokens counted within their articles.
fn named(shard: &Shard, targets: &[Hit]) -> Vec<Mention> {
    let mention = |hit: &Hit| {
        let first = shard.range(hit.article as usize).start;
        let tokens = Span::new(hit.tokens.start - first, hit.tokens.end - first);
        Mention { article: hit.article, target: hit.frame, tokens }
    };
    targets.iter().map(mention).collect()
}

fn facts(shard: &Shard, i: usize, removed: &[Removed], quotes_repaired: u32, digest: u128) -> Facts {
    let words = |is: fn(Rule) -> bool| removed.iter().filter(|r| is(r.rule)).map(|r| r.tokens.len()).sum();
    Facts {
        language: shard.languages[i],
        words: shard.range(i).len(),
        furniture_words: words(Rule::is_furniture),
        repeat_words: words(|rule| !rule.is_furniture()),
        sentences: shard.sentences(i).len() as u32,
        quotes_repaired,
        text_bytes: shard.text_bytes(i),
        digest,
    }
}

fn removed_rows(shard: &Shard, desk: &mut Desk<'_>, i: usize, removed: &[Removed]) -> Vec<RemovedRow> {
    /// Words shown in the ledger.
    const SHOWN: u32 = 8;
    let offset = u64::from(shard.articles[i].text_offset);
    if !removed.is_empty() {
        desk.open(i);
    }
    let rows = removed.iter().map(|removed| {
        let tokens = removed.tokens;
        let (start, end) = (desk.span(tokens.start).start, desk.span(tokens.end - 1).end);
        let shown = desk.span(tokens.start + tokens.len().min(SHOWN) - 1).end;
        let begins: Vec<&str> = desk.text()[start as usize..shown as usize].split_whitespace().collect();
        RemovedRow {
            rule: removed.rule,
            evidence: removed.evidence.clone(),
            bytes: (offset + u64::from(start), offset + u64::from(end)),
            words: removed.tokens.len(),
            begins: begins.join(" "),
        }
    });
    rows.collect()
}
