//! What happens to one shard, from articles to results.
//!
//! In: a batch of articles. Out: a [`ShardResult`].
//! Invariant: the result depends on the batch, the lexicons and the options alone.

use crate::aggregate::{Valence, count_frames, shared_tokens, valences};
use crate::clean::{self, Furniture, Removed, Rule};
use crate::index::Shard;
use crate::lookup::{Found, Hearing, Hit, Plan, Voices, look_up};
use crate::read::{Article, Batch};
use crate::report::{Facts, Quoted, RemovedRow, ShardResult};
use crate::sentiment::{Mention, Scorer, Tone, vader::Vader};
use crate::stem::Stems;
use crate::text::{Language, Span};

/// What every shard needs.
pub(crate) struct Desk<'a> {
    pub frames: &'a Plan<'a>,
    pub sentiment: &'a [Plan<'a>],
    pub scorer: &'a Scorer<'a>,
    pub vaders: &'a [Vader<'a>],
    /// Targets as frames.
    pub targets: &'a Plan<'a>,
    pub furniture: &'a Furniture,
    pub clean: &'a clean::Options,
    pub voices: &'a Voices,
    pub language: Option<Language>,
}

/// What a thread keeps between shards.
#[derive(Default)]
pub(crate) struct Worker {
    stems: Stems,
}

impl Desk<'_> {
    /// tokenise → stem → index → clean → look up, asking who speaks → quote.
    pub fn work(&self, worker: &mut Worker, batch: Batch) -> ShardResult {
        let shard = Shard::build(batch.first, batch.articles, self.language, &mut worker.stems);
        let patterns = self.furniture.for_shard(&shard, &mut worker.stems);
        let removed = clean::clean(&shard, &patterns, self.clean);
        let mut hearing = Hearing::new(&shard, &removed, self.voices);
        let frames = look_up(self.frames, &shard, &mut hearing, &mut worker.stems);
        let of_plan = |plan| look_up(plan, &shard, &mut hearing, &mut worker.stems);
        let sentiment: Vec<Found> = self.sentiment.iter().map(of_plan).collect();
        let mentions = self.mentions(&shard, &mut hearing, worker);
        let tones = self.scorer.tones(self.vaders, &shard, &removed, &sentiment, &mentions);
        ShardResult {
            end: shard.first + shard.articles.len() as u64,
            facts: self.facts(&shard, &removed, &hearing),
            counts: count_frames(shard.articles.len(), &frames.hits, &frames.parents),
            shared: shared_tokens(shard.articles.len(), &frames.hits),
            valence: self.valence(&shard, &sentiment, &tones),
            tones,
            hits: Quoted::of(&shard, &frames.hits),
            parents: Quoted::of(&shard, &frames.parents),
            sentiment: sentiment.iter().map(|found| Quoted::of(&shard, &found.hits)).collect(),
            removed: removed.iter().enumerate().map(|(i, removed)| removed_rows(&shard, i, removed)).collect(),
            problems: batch.problems,
            articles: shard.articles.into_iter().map(|article| Article { text: String::new(), ..article }).collect(),
        }
    }

    fn facts(&self, shard: &Shard, removed: &[Vec<Removed>], hearing: &Hearing<'_>) -> Vec<Facts> {
        let mut hashes = Vec::new();
        let facts = removed.iter().enumerate().map(|(i, removed)| {
            let article = shard.article(i);
            let words = |rule| removed.iter().filter(|r| r.rule == rule).map(|r| r.tokens.len()).sum();
            Facts {
                language: shard.languages[i],
                words: article.types.len() as u32,
                furniture_words: words(Rule::Furniture),
                repeat_words: words(Rule::Repeat),
                sentences: article.sentences.len() as u32,
                quotes_repaired: hearing.quotes_repaired(i),
                digest: clean::digest(article.types, &shard.tokens.vocabulary, &mut hashes),
                has_lexicon: covers(self.frames, shard.languages[i]),
                text_bytes: shard.articles[i].text.len() as u64,
            }
        });
        facts.collect()
    }

    fn mentions(&self, shard: &Shard, hearing: &mut Hearing<'_>, worker: &mut Worker) -> Vec<Mention> {
        let found = look_up(self.targets, shard, hearing, &mut worker.stems).hits;
        let mention = |hit: &Hit| {
            let first = shard.tokens.range(hit.article as usize).start;
            let tokens = Span::new(hit.tokens.start - first, hit.tokens.end - first);
            Mention { article: hit.article, target: hit.frame, tokens }
        };
        found.iter().filter(|hit| hit.uncounted.is_none()).map(mention).collect()
    }

    fn valence(&self, shard: &Shard, found: &[Found], tones: &[Tone]) -> Vec<Vec<Option<Valence>>> {
        let mut rest: Vec<&[Hit]> = found.iter().map(|found| found.hits.as_slice()).collect();
        let of_article = |(i, tone): (usize, &Tone)| {
            let own: Vec<&[Hit]> = rest
                .iter_mut()
                .map(|hits| {
                    let (own, after) = hits.split_at(hits.partition_point(|hit| hit.article as usize <= i));
                    *hits = after;
                    own
                })
                .collect();
            let scales = &self.scorer.scales.all;
            let covered: Vec<bool> =
                scales.iter().map(|scale| covers(&self.sentiment[scale.plan], shard.languages[i])).collect();
            valences(tone, &own, &covered)
        };
        tones.iter().enumerate().map(of_article).collect()
    }
}

/// True where one of the lexicons is for articles in this language. What no lexicon is for is missing, not zero.
fn covers(plan: &Plan<'_>, language: Language) -> bool {
    let languages = plan.lexicons().iter().map(|lexicon| lexicon.language);
    let mut languages = languages.peekable();
    languages.peek().is_none()
        || languages.any(|of| of.is_none_or(|of| of == language || language == Language::UNKNOWN))
}

fn removed_rows(shard: &Shard, i: usize, removed: &[Removed]) -> Vec<RemovedRow> {
    /// Words shown in the ledger.
    const SHOWN: usize = 8;
    let article = shard.article(i);
    let offset = u64::from(shard.articles[i].text_offset);
    let rows = removed.iter().map(|removed| {
        let spans = &article.spans[removed.tokens.range()];
        let (start, end) = (spans[0].start, spans[spans.len() - 1].end);
        let shown = spans[spans.len().min(SHOWN) - 1].end;
        let begins: Vec<&str> = article.text[start as usize..shown as usize].split_whitespace().collect();
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
