//! The sums of a shard: what was found in it, article by article, as a value.
//!
//! In: the hits of a shard, and what is known of its articles. Out: [`Counted`].
//! Invariant: only counted articles are summed, in their order.

use super::counter::{ShardView, of_article};
use super::{Counted, Hit, Request, positions, recount};
use crate::aggregate::{Counts, ExactForms, HitSpan, SubjectTable, Terms, each_counted};
use crate::index::{Shard, TextReader};
use crate::lookup;
use crate::text::{ArticleToken, Span};
use crate::voice::{Voice, written};
use std::collections::HashMap;

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

impl ShardView<'_, '_> {
    pub(super) fn sum(&self, request: &Request<'_>) -> Counted {
        let end = self.first + self.shard.len() as u64;
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
        let mut reader = self.shard.reader();
        for (i, article) in self.shard.articles().iter().enumerate() {
            let (facts, status) = (&self.facts[i], &self.status[i]);
            counted.totals.add_article(article, facts, status.reason);
            if !status.reason.is_counted() {
                continue;
            }
            counted.counts.push(article.id.clone(), status.group, article.date, &self.counts[i]);
            counted.counts.labels.push(request.labels.of(article, facts.language));
            let [own, parents] = [&self.frames.hits, &self.frames.parents].map(|hits| of_article(hits, i));
            counted.spans.extend(self.spans(i, counted.counts.articles.len() as u32 - 1, own));
            self.speakers(i, (own, parents), &mut reader, &mut counted.counts);
            positions::article(
                &mut counted.counts.positions,
                (self.shard, i, status.group),
                &self.removed[i],
                (own, parents),
            );
            forms[0].of(self.shard, own);
            counted.terms.push(status.group, forms_of_counted(own, &forms[0]));
            if request.variants {
                forms[1].of(self.shard, parents);
                let hits = [(own, &forms[0]), (parents, &forms[1])];
                recount::article(&mut counted.counts.variants, request.frames, facts, &mut exact, hits);
            }
            self.sum_sentiment(i, &mut counted, &mut forms[0]);
        }
        counted.counts.speakers.finish();
        counted.read_spans();
        counted
    }

    /// The tokens of the hits of article `i`, which has this number among the counted ones.
    fn spans<'h>(&self, i: usize, article: u32, own: &'h [lookup::Hit]) -> impl Iterator<Item = HitSpan> + use<'h> {
        let first = self.shard.range(i).start;
        own.iter().map(move |hit| {
            let tokens = hit.tokens.in_article(first);
            let counted = hit.uncounted.is_none();
            HitSpan { article, start: tokens.start, len: tokens.len(), frame: hit.frame, counted }
        })
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
        let mut known: HashMap<Span<ArticleToken>, [String; 2]> = HashMap::new();
        for hit in each_counted(own, parents) {
            let is_quoted = match hit.verdict.voice {
                Voice::Quoted => true,
                Voice::Attributed => false,
                _ => continue,
            };
            let Some(tokens) = hit.verdict.speaker.filter(|tokens| !tokens.is_empty()) else {
                counts.speakers.push(hit.frame, ["", ""], number, is_quoted);
                continue;
            };
            let [folded, spelt] = known.entry(tokens).or_insert_with(|| {
                let types = self.shard.types_of(tokens.in_shard(begin));
                let mut folded = types.map(|id| self.shard.types().folded(id)).collect::<Vec<_>>().join(" ");
                reader.open(i);
                let mut bytes = |tokens: Span<ArticleToken>| {
                    reader.span(tokens.start).start as usize..reader.span(tokens.end - 1).end as usize
                };
                let (own, cue) = (bytes(tokens), hit.verdict.verb().map(bytes));
                let spelt = written(reader.text(), own.clone(), cue);
                // one speaker, whether the text has the possessive or not
                if spelt.len() < own.len() && folded.ends_with("'s") {
                    folded.truncate(folded.len() - 2);
                }
                [folded, spelt.split_whitespace().collect::<Vec<_>>().join(" ")]
            });
            counts.speakers.push(hit.frame, [folded, spelt], number, is_quoted);
        }
    }

    fn sum_sentiment(&self, i: usize, counted: &mut Counted, forms: &mut Forms) {
        let group = self.status[i].group;
        for ((terms, found), weighed) in counted.sentiment_terms.iter_mut().zip(self.sentiment).zip(&self.tones[i].hits)
        {
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

    pub(super) fn keep_hits(&self, counted: &mut Counted) {
        let mut reader = self.shard.reader();
        for i in (0..self.shard.len()).filter(|&i| self.status[i].reason.is_counted()) {
            let mut located = |hits: &[lookup::Hit]| -> Vec<Hit> {
                hits.iter().map(|hit| located(self.shard, &mut reader, self.first, hit)).collect()
            };
            counted.hits.extend(located(of_article(&self.frames.hits, i)));
            counted.parent_hits.extend(located(of_article(&self.frames.parents, i)));
            for ((hits, found), weighed) in
                counted.sentiment_hits.iter_mut().zip(self.sentiment).zip(&self.tones[i].hits)
            {
                let located = located(of_article(&found.hits, i));
                hits.extend(located.into_iter().zip(weighed).map(|(hit, &(scale, weighed))| (hit, scale, weighed)));
            }
        }
    }
}

/// A hit of a shard as one of the corpus.
fn located(shard: &Shard, reader: &mut TextReader<'_>, first: u64, hit: &lookup::Hit) -> Hit {
    let tokens = hit.tokens.in_article(shard.range(hit.article as usize).start);
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
