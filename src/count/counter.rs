//! From a shard to everything that is counted in it.
//!
//! In: a shard, the survey, a request. Out: [`Counted`], and whatever the caller makes of the shard while it lies open.
//! Invariant: the result depends on these alone, not on threads or on the cut of shards. An article is counted once, or has a reason why
//! it is not.

use super::{Counted, CountedArticle, Facts, Hit, Request, Standing, Survey, positions, recount};
use crate::aggregate::lexical::Lexical;
use crate::aggregate::{
    ArticleCounts, Counts, ExactForms, Shared, SubjectCounts, SubjectTable, Terms, Valence, VoiceCounts, count_frames,
    count_subjects, each_counted, shared_tokens, toward_sums, valences,
};
use crate::clean::{self, Furniture, Removed, Rule};
use crate::index::{Kept, Shard, TextReader};
use crate::lexicon::covers;
use crate::lookup::{self, Found, Mentions, VoiceLookup, look_up};
use crate::read::Article;
use crate::sentiment::{Mention, Tone};
use crate::stem::Stems;
use crate::text::Span;
use crate::voice::Voice;
use std::sync::Arc;

/// What every shard needs.
pub struct Counter<'a> {
    /// Lines that are site furniture.
    pub furniture: &'a Furniture,
    /// What of an article is not counted.
    pub clean: &'a clean::Options,
    /// Voices that are counted.
    pub voices: &'a [Voice],
    /// The standing of every article.
    pub survey: &'a Survey,
    /// What is asked.
    pub request: &'a Request<'a>,
}

/// A shard with all that was found in it, open to be looked at once more: its text, its words, who speaks.
pub struct Seen<'s, 'h> {
    /// The shard.
    pub shard: &'s Shard,
    /// Number of its first article, in the order of reading.
    pub first: u64,
    /// What was removed of each article.
    pub removed: &'s [Vec<Removed>],
    /// What is known of each article.
    pub facts: &'s [Facts],
    /// What the corpus says of each article.
    pub standing: &'s [Standing<'s>],
    /// Hits of frames.
    pub frames: &'s Found,
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

/// Forms of hits, one behind the other.
#[derive(Default)]
pub(super) struct Forms {
    arena: String,
    ends: Vec<usize>,
}

impl Forms {
    /// The folded words of these hits.
    fn of(&mut self, shard: &Shard, hits: &[lookup::Hit]) {
        self.arena.clear();
        self.ends.clear();
        for hit in hits {
            for (i, id) in shard.types_of(hit.tokens).enumerate() {
                if i > 0 {
                    self.arena.push(' ');
                }
                self.arena.push_str(shard.types().folded(id));
            }
            self.ends.push(self.arena.len());
        }
    }

    /// In the order of the hits.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.arena[start..end])
    }
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
    pub fn count<R>(
        &self,
        stems: &mut Stems,
        first: u64,
        kept: &Arc<Kept>,
        look: impl Fn(&mut Seen<'_, '_>) -> R,
    ) -> Option<(Counted, R)> {
        let shard = Shard::open(kept)?;
        let patterns = self.furniture.for_types(shard.types(), stems);
        let removed = clean::clean(&shard, &patterns, &self.survey.clean.recurring, self.clean);
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, self.voices);
        let request = self.request;
        let mut frames = look_up(request.frames, &shard, &mut voice_lookup, stems);
        let mentions = request.subjects.find(&shard, &mut voice_lookup, stems, &mut frames);
        let scorer = request.scorer;
        let sentiment: Vec<Found> =
            scorer.plans().iter().map(|plan| look_up(plan, &shard, &mut voice_lookup, stems)).collect();
        let named = named(&shard, &mentions.targets);
        let tones = scorer.tones(request.vaders, &shard, &removed, &sentiment, &named);
        let articles = shard.articles.len();
        let (parts, shared) = self.parts(&shard, (&frames, &sentiment), &mentions, &tones);
        let standing: Vec<Standing<'_>> = (0..articles).map(|i| self.survey.of(first as usize + i)).collect();
        let facts: Vec<Facts> =
            (0..articles).map(|i| facts(&shard, i, &removed[i], voice_lookup.voices(i).quotes_repaired)).collect();
        let lexical = Lexical::of_shard(&shard, &removed, &mut voice_lookup, stems, &frames, &request.lexical, |i| {
            standing[i].asked()
        });
        let counts = article_counts(&facts, parts, &tones);
        let found = InShard {
            shard: &shard,
            first,
            removed: &removed,
            facts: &facts,
            standing: &standing,
            frames: &frames,
            sentiment: &sentiment,
        };
        let mut counted = found.sum(request, &counts, &shared, &tones);
        counted.lexical = lexical;
        counted.counts.groups.clone_from(&self.survey.groups);
        if request.keep_hits {
            found.keep_hits(&tones, &mut counted);
        }
        let looked = look(&mut Seen {
            shard: &shard,
            first,
            removed: &removed,
            facts: &facts,
            standing: &standing,
            frames: &frames,
            sentiment: &sentiment,
            tones: &tones,
            counts: &counts,
            voice_lookup: &mut voice_lookup,
            stems,
        });
        counted.articles = articles_of(shard.articles, facts, standing);
        Some((counted, looked))
    }

    fn parts(
        &self,
        shard: &Shard,
        (frames, sentiment): (&Found, &[Found]),
        mentions: &Mentions,
        tones: &[Tone],
    ) -> (Parts, Vec<Shared>) {
        let articles = shard.articles.len();
        let parts = Parts {
            frames: count_frames(articles, &frames.hits, &frames.parents),
            subjects: count_subjects(shard, frames, mentions),
            valence: self.valence(shard, sentiment, tones),
        };
        (parts, shared_tokens(articles, &frames.hits))
    }

    fn valence(&self, shard: &Shard, found: &[Found], tones: &[Tone]) -> Vec<Vec<Option<Valence>>> {
        let scorer = self.request.scorer;
        let mut rest: Vec<&[lookup::Hit]> = found.iter().map(|found| found.hits.as_slice()).collect();
        let of_article = |(i, tone): (usize, &Tone)| {
            let own: Vec<&[lookup::Hit]> = rest.iter_mut().map(|hits| split(hits, i)).collect();
            let of_scale = |plan: usize| covers(scorer.plans()[plan].lexicons(), shard.languages[i]);
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
pub fn of_article(hits: &[lookup::Hit], article: usize) -> &[lookup::Hit] {
    let start = hits.partition_point(|hit| (hit.article as usize) < article);
    let end = start + hits[start..].partition_point(|hit| hit.article as usize == article);
    &hits[start..end]
}

fn articles_of(articles: Vec<Article>, facts: Vec<Facts>, standing: Vec<Standing<'_>>) -> Vec<CountedArticle> {
    let article = |(article, (facts, standing)): (Article, (Facts, Standing<'_>))| {
        let reason = standing.reason;
        CountedArticle { article, facts, reason, group: reason.is_counted().then_some(standing.group) }
    };
    articles.into_iter().zip(facts.into_iter().zip(standing)).map(article).collect()
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

/// What is summed up of a shard.
struct InShard<'s> {
    shard: &'s Shard,
    first: u64,
    removed: &'s [Vec<Removed>],
    facts: &'s [Facts],
    standing: &'s [Standing<'s>],
    frames: &'s Found,
    sentiment: &'s [Found],
}

impl InShard<'_> {
    fn sum(&self, request: &Request<'_>, counts: &[ArticleCounts], shared: &[Shared], tones: &[Tone]) -> Counted {
        let end = self.first + self.shard.articles.len() as u64;
        let names = (request.frames.frames().to_vec(), request.scorer.scales.names());
        let mut counted = Counted {
            range: self.first..end,
            counts: Counts {
                subjects: SubjectTable::of(request.subjects),
                label_names: request.labels.names(),
                ..Counts::new(names.0, names.1)
            },
            sentiment_terms: request.scorer.plans().iter().map(|_| Terms::default()).collect(),
            sentiment_hits: request.scorer.plans().iter().map(|_| Vec::new()).collect(),
            ..Counted::default()
        };
        let (mut forms, mut exact) = ([Forms::default(), Forms::default()], ExactForms::default());
        let (mut reader, mut both) = (self.shard.reader(), Shared::new());
        for (i, article) in self.shard.articles.iter().enumerate() {
            let (facts, standing) = (&self.facts[i], &self.standing[i]);
            counted.totals.add_article(article, facts, standing.reason);
            if !standing.reason.is_counted() {
                continue;
            }
            counted.counts.push(article.id.clone(), standing.group, article.date, &counts[i]);
            counted.counts.labels.push(request.labels.of(article, facts.language));
            both.extend_from_slice(&shared[i]);
            let [own, parents] = [&self.frames.hits, &self.frames.parents].map(|hits| of_article(hits, i));
            self.speakers(i, (own, parents), &mut reader, &mut counted.counts);
            positions::article(
                &mut counted.counts.positions,
                (self.shard, i, standing.group),
                &self.removed[i],
                (own, parents),
            );
            forms[0].of(self.shard, own);
            let uncounted = own.iter().filter(|hit| hit.uncounted.is_some()).count() as u64;
            counted.totals.hits += own.len() as u64 - uncounted;
            counted.totals.uncounted_hits += uncounted;
            counted.terms.push(standing.group, forms_of_counted(own, &forms[0]));
            if request.variants {
                forms[1].of(self.shard, parents);
                let hits = [(own, &forms[0]), (parents, &forms[1])];
                recount::article(&mut counted.counts.variants, request.frames, facts, &mut exact, hits);
            }
            self.sum_sentiment(i, &tones[i], &mut counted, &mut forms[0]);
        }
        both.sort_unstable();
        let tokens = |run: &[((_, _), u32)]| run.iter().map(|&(_, tokens)| u64::from(tokens)).sum();
        let pairs = both.chunk_by(|a, b| a.0 == b.0).map(|run| (run[0].0, (tokens(run), run.len() as u64)));
        counted.shared = pairs.collect();
        counted
    }

    /// Who speaks in the counted hits of article `i`, the one added last.
    fn speakers(
        &self,
        i: usize,
        (own, parents): (&[lookup::Hit], &[lookup::Hit]),
        reader: &mut TextReader<'_>,
        counts: &mut Counts,
    ) {
        let begin = self.shard.range(i).start;
        let number = counts.articles.len() as u32 - 1;
        for hit in each_counted(own, parents) {
            let is_quoted = match hit.verdict.voice {
                Voice::Quoted => true,
                Voice::Attributed => false,
                _ => continue,
            };
            let Some(tokens) = hit.verdict.speaker.filter(|tokens| !tokens.is_empty()) else {
                counts.speakers.push((hit.frame, String::new()), String::new, number, is_quoted);
                continue;
            };
            let types = self.shard.types_of(Span::new(begin + tokens.start, begin + tokens.end));
            let folded = types.map(|id| self.shard.types().folded(id)).collect::<Vec<_>>().join(" ");
            let spelt = || {
                reader.open(i);
                let bytes = reader.span(tokens.start).start as usize..reader.span(tokens.end - 1).end as usize;
                reader.text()[bytes].split_whitespace().collect::<Vec<_>>().join(" ")
            };
            counts.speakers.push((hit.frame, folded), spelt, number, is_quoted);
        }
    }

    fn sum_sentiment(&self, i: usize, tone: &Tone, counted: &mut Counted, forms: &mut Forms) {
        let group = self.standing[i].group;
        for ((terms, found), weighed) in counted.sentiment_terms.iter_mut().zip(self.sentiment).zip(&tone.hits) {
            let hits = of_article(&found.hits, i);
            forms.of(self.shard, hits);
            terms.push(group, forms_of_counted(hits, forms));
            let is_counted = hits.iter().zip(weighed).filter(|(hit, _)| hit.uncounted.is_none());
            counted.totals.sentiment_hits += is_counted.clone().count() as u64;
            let given =
                is_counted.map(|(hit, (scale, weighed))| (*scale as u32, hit.entry, weighed.weight, weighed.negated));
            counted.contributions.push(group, given);
        }
    }

    fn keep_hits(&self, tones: &[Tone], counted: &mut Counted) {
        let mut reader = self.shard.reader();
        for i in (0..self.shard.articles.len()).filter(|&i| self.standing[i].reason.is_counted()) {
            let mut located = |hits: &[lookup::Hit]| -> Vec<Hit> {
                hits.iter().map(|hit| located(self.shard, &mut reader, self.first, hit)).collect()
            };
            counted.hits.extend(located(of_article(&self.frames.hits, i)));
            counted.parent_hits.extend(located(of_article(&self.frames.parents, i)));
            for ((hits, found), weighed) in counted.sentiment_hits.iter_mut().zip(self.sentiment).zip(&tones[i].hits) {
                let located = located(of_article(&found.hits, i));
                hits.extend(located.into_iter().zip(weighed).map(|(hit, &(scale, weighed))| (hit, scale, weighed)));
            }
        }
    }
}

/// A hit of a shard as one of the corpus.
fn located(shard: &Shard, reader: &mut TextReader<'_>, first: u64, hit: &lookup::Hit) -> Hit {
    let begin = shard.range(hit.article as usize).start;
    let tokens = Span::new(hit.tokens.start - begin, hit.tokens.end - begin);
    reader.open(hit.article as usize);
    let bytes = Span::new(reader.span(tokens.start).start, reader.span(tokens.end - 1).end);
    let lookup::Hit { entry, frame, verdict, uncounted, target, .. } = *hit;
    Hit { article: first + u64::from(hit.article), entry, frame, tokens, bytes, verdict, uncounted, target }
}

/// Entry and form of the hits that are counted.
fn forms_of_counted<'f>(
    hits: &'f [lookup::Hit],
    forms: &'f Forms,
) -> impl Iterator<Item = (lookup::EntryId, &'f str)> + Clone {
    let counted = hits.iter().zip(forms.iter()).filter(|(hit, _)| hit.uncounted.is_none());
    counted.map(|(hit, form)| (hit.entry, form))
}

/// Mentions of targets, their tokens counted within their articles.
fn named(shard: &Shard, targets: &[lookup::Hit]) -> Vec<Mention> {
    let mention = |hit: &lookup::Hit| {
        let first = shard.range(hit.article as usize).start;
        let tokens = Span::new(hit.tokens.start - first, hit.tokens.end - first);
        Mention { article: hit.article, target: hit.frame, tokens }
    };
    targets.iter().map(mention).collect()
}

fn facts(shard: &Shard, i: usize, removed: &[Removed], quotes_repaired: u32) -> Facts {
    let words = |is: fn(Rule) -> bool| removed.iter().filter(|r| is(r.rule)).map(|r| r.tokens.len()).sum();
    Facts {
        language: shard.languages[i],
        words: shard.range(i).len(),
        furniture_words: words(Rule::is_furniture),
        repeat_words: words(|rule| !rule.is_furniture()),
        sentences: shard.sentences(i).len() as u32,
        quotes_repaired,
        text_bytes: shard.text_bytes(i),
        digest: clean::kept_digest(shard, i),
    }
}
