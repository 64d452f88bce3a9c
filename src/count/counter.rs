//! From a shard to everything that is counted in it.
//!
//! In: a shard, the survey, a request. Out: [`Counted`], and whatever the caller makes of the shard while it lies open.
//! Invariant: the result depends on these alone, not on threads or on the cut of shards. An article is counted once, or has a reason why
//! it is not.

use super::{ArticleStatus, Counted, CountedArticle, Facts, Request, ShardAt, Survey, WantedParts};
use crate::aggregate::lexical::Lexical;
use crate::aggregate::lexical::WordsWanted;
use crate::aggregate::{
    ArticleCounts, SubjectCounts, Valence, VoiceCounts, count_frames, count_subjects, toward_sums, valences,
};
use crate::clean::{self, Cleaned, Furniture, Removed, Rule};
use crate::index::Shard;
use crate::lexicon::covers;
use crate::lookup::{self, Found, LabelId, Mentions, TargetId, VoiceLookup, look_up};
use crate::read::Article;
use crate::sentiment::{Mention, Tone};
use crate::stem::Stems;
use crate::voice::Voice;

/// What every shard needs.
pub struct Counter<'a> {
    /// Lines that are site furniture.
    pub furniture: &'a Furniture,
    /// What of an article is not counted.
    pub clean: &'a clean::Options,
    /// Voices that are counted.
    pub voices: &'a [Voice],
    /// The status of every article.
    pub survey: &'a Survey,
    /// What is asked.
    pub request: &'a Request<'a>,
    /// What of each article is not counted, where that is known.
    pub cleaned: Option<&'a Cleaned>,
}

/// A shard with all that was found in it, open to be looked at once more: its text, its words, who speaks.
pub struct ShardView<'s, 'h> {
    /// The shard.
    pub shard: &'s Shard,
    /// Number of its first article, in the order of reading.
    pub first: u64,
    /// What was removed of each article.
    pub removed: &'s [Vec<Removed>],
    /// What is known of each article.
    pub facts: &'s [Facts],
    /// What the corpus says of each article.
    pub status: &'s [ArticleStatus<'s>],
    /// Hits of frames.
    pub frames: &'s Found,
    /// Counted hits of rival labels; all of them only where no part of the shard is known already.
    pub labels: &'s [lookup::Hit<LabelId>],
    /// Hits by plan of sentiment.
    pub sentiment: &'s [Found],
    /// What sentiment lexicons say of each article.
    pub tones: &'s [Tone],
    /// The counts of each article, counted or not.
    pub counts: &'s [ArticleCounts],
    /// Who speaks.
    pub voice_lookup: &'s mut VoiceLookup<'h>,
    /// Stems of words.
    pub stems: &'s mut Stems,
}

/// Everything of a shard that is found article by article.
struct Parts {
    frames: Vec<VoiceCounts>,
    subjects: Vec<SubjectCounts>,
    valence: Vec<Vec<Option<Valence>>>,
}

impl Counter<'_> {
    /// clean → look up, asking who speaks → score → sum. `first` is the number of the shard's first article; `look` may look at the
    /// shard while it lies open. Nothing where the shard cannot be read any more.
    ///
    /// What is not `wanted` is not counted: [`Counted::join`] puts in its place what is known of it. Then articles in which nothing is
    /// found are not cleaned, and neither are their facts to be believed.
    pub fn count<R>(
        &self,
        stems: &mut Stems,
        (stored, first): ShardAt<'_>,
        wanted: &WantedParts,
        look: impl Fn(&mut ShardView<'_, '_>) -> R,
    ) -> Option<(Counted, R)> {
        Some(self.count_open(stems, (Shard::open(stored)?, first), wanted, look))
    }

    /// [`Counter::count`] of a shard that lies open already.
    pub fn count_open<R>(
        &self,
        stems: &mut Stems,
        (shard, first): (Shard, u64),
        wanted: &WantedParts,
        look: impl Fn(&mut ShardView<'_, '_>) -> R,
    ) -> (Counted, R) {
        let request = self.request;
        let (own, parents) = lookup::places(request.frames, |frame| wanted.has(frame), &shard, stems);
        let (all, with) = (wanted.articles || wanted.sentiment, own.articles(&shard));
        let clean = || {
            let (patterns, recurring) = (self.furniture.for_types(shard.types(), stems), &self.survey.clean.recurring);
            clean::clean_some(&shard, &patterns, recurring, self.clean, |i| all || with[i])
        };
        // the table of articles goes with that of removed spans, which shows the evidence
        let cleaned = self.cleaned.filter(|_| !wanted.articles);
        let removed = cleaned.and_then(|cleaned| cleaned.of_shard(&shard, first)).unwrap_or_else(clean);
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, self.voices);
        let [hits, parents] = [own, parents].map(|places| places.judged(&shard, &mut voice_lookup));
        let mut frames = Found { hits, parents };
        let articles_asked = (!all).then_some(with.as_slice());
        let mentions = request.subjects.find(&shard, articles_asked, &mut voice_lookup, stems, &mut frames);
        let (sentiment, tones) = self.sentiment(wanted, (&shard, &removed), &mut voice_lookup, stems, &mentions);
        let articles = shard.len();
        let parts = Parts {
            frames: count_frames(articles, &frames.hits, &frames.parents),
            subjects: count_subjects(&shard, &frames, &mentions),
            valence: self.valence(&shard, &sentiment, &tones),
        };
        let status: Vec<ArticleStatus<'_>> = (0..articles).map(|i| self.survey.of(first as usize + i)).collect();
        // only the table of articles has them
        let mut quotes_repaired = |i: usize| if wanted.articles { voice_lookup.voices(i).quotes_repaired } else { 0 };
        let facts: Vec<Facts> = (0..articles).map(|i| facts(&shard, i, &removed[i], quotes_repaired(i))).collect();
        let lexical = Lexical::of_shard(&shard, &removed, &mut voice_lookup, stems, &frames, &request.lexical, |i| {
            if wanted.articles { status[i].words_wanted() } else { status[i].words_wanted().min(WordsWanted::Usual) }
        });
        let counts = article_counts(&facts, parts, &tones);
        let mut view = ShardView {
            shard: &shard,
            first,
            removed: &removed,
            facts: &facts,
            status: &status,
            frames: &frames,
            labels: &mentions.labels,
            sentiment: &sentiment,
            tones: &tones,
            counts: &counts,
            voice_lookup: &mut voice_lookup,
            stems,
        };
        let mut counted = view.sum(request);
        counted.lexical = lexical;
        counted.counts.groups.clone_from(&self.survey.groups);
        if request.keep_hits {
            view.keep_hits(&mut counted);
        }
        let looked = look(&mut view);
        counted.articles = articles_of(shard.into_articles(), facts, status, removed);
        (counted, looked)
    }

    /// What sentiment lexicons find; nothing where it is not wanted.
    fn sentiment(
        &self,
        wanted: &WantedParts,
        (shard, removed): (&Shard, &[Vec<Removed>]),
        voice_lookup: &mut VoiceLookup<'_>,
        stems: &mut Stems,
        mentions: &Mentions,
    ) -> (Vec<Found>, Vec<Tone>) {
        let scorer = self.request.scorer;
        if !wanted.sentiment {
            let nothing = || Found { hits: Vec::new(), parents: Vec::new() };
            return (scorer.plans().iter().map(|_| nothing()).collect(), vec![Tone::default(); shard.len()]);
        }
        let found: Vec<Found> = scorer.plans().iter().map(|plan| look_up(plan, shard, voice_lookup, stems)).collect();
        let tones = scorer.tones(self.request.vaders, shard, removed, &found, &named(shard, &mentions.targets));
        (found, tones)
    }

    fn valence(&self, shard: &Shard, found: &[Found], tones: &[Tone]) -> Vec<Vec<Option<Valence>>> {
        let scorer = self.request.scorer;
        let mut rest: Vec<&[lookup::Hit]> = found.iter().map(|found| found.hits.as_slice()).collect();
        let of_article = |(i, tone): (usize, &Tone)| {
            let own: Vec<&[lookup::Hit]> = rest.iter_mut().map(|hits| split(hits, i)).collect();
            let of_scale = |plan: usize| covers(scorer.plans()[plan].lexicons(), shard.languages()[i]);
            let covered: Vec<bool> = scorer.scales.all.iter().map(|scale| of_scale(scale.plan)).collect();
            valences(tone, &own, &covered)
        };
        tones.iter().enumerate().map(of_article).collect()
    }
}

/// The hits of an article at the beginning of those of a shard, which are left without them.
fn split<'h>(rest: &mut &'h [lookup::Hit], article: usize) -> &'h [lookup::Hit] {
    let (own, after) = rest.split_at(rest.partition_point(|hit| hit.article as usize <= article));
    *rest = after;
    own
}

/// The hits of an article among those of a shard.
pub fn of_article<Of>(hits: &[lookup::Hit<Of>], article: usize) -> &[lookup::Hit<Of>] {
    let start = hits.partition_point(|hit| (hit.article as usize) < article);
    let end = start + hits[start..].partition_point(|hit| hit.article as usize == article);
    &hits[start..end]
}

fn articles_of(
    articles: Vec<Article>,
    facts: Vec<Facts>,
    status: Vec<ArticleStatus<'_>>,
    removed: Vec<Vec<Removed>>,
) -> Vec<CountedArticle> {
    let article = |((article, removed), (facts, status)): ((Article, Vec<Removed>), (Facts, ArticleStatus<'_>))| {
        let reason = status.reason;
        CountedArticle { article, facts, reason, group: reason.is_counted().then_some(status.group), removed }
    };
    articles.into_iter().zip(removed).zip(facts.into_iter().zip(status)).map(article).collect()
}

fn article_counts(facts: &[Facts], parts: Parts, tones: &[Tone]) -> Vec<ArticleCounts> {
    let sums = parts.frames.into_iter().zip(parts.subjects).zip(parts.valence);
    let of_article = |((facts, tone), ((hits, subjects), valence)): ((&Facts, &Tone), _)| ArticleCounts {
        words: facts.countable_words(),
        hits,
        valence,
        subjects,
        toward: toward_sums(tone),
    };
    facts.iter().zip(tones).zip(sums).map(of_article).collect()
}

/// Mentions of targets, their tokens counted within their articles.
fn named(shard: &Shard, targets: &[lookup::Hit<TargetId>]) -> Vec<Mention> {
    let mention = |hit: &lookup::Hit<TargetId>| {
        let tokens = hit.tokens.in_article(shard.range(hit.article as usize).start);
        Mention { article: hit.article, target: hit.frame, tokens }
    };
    targets.iter().map(mention).collect()
}

fn facts(shard: &Shard, i: usize, removed: &[Removed], quotes_repaired: u32) -> Facts {
    let words = |is: fn(Rule) -> bool| removed.iter().filter(|r| is(r.rule)).map(|r| r.tokens.len()).sum();
    Facts {
        language: shard.languages()[i],
        words: shard.range(i).len(),
        furniture_words: words(Rule::is_furniture),
        repeat_words: words(|rule| !rule.is_furniture()),
        sentences: shard.sentences(i).len() as u32,
        quotes_repaired,
        text_bytes: shard.text_bytes(i),
        digest: clean::counted_digest(shard, i),
    }
}
