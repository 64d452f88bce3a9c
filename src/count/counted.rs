//! What was counted in a range of neighbouring articles, as a value.
//!
//! In: the counts of one shard; then those of its neighbours. Out: [`Counted`].
//! Invariant: [`Counted::merge`] is associative: however neighbouring ranges are grouped, the same comes out. Every sum is an integer.

use super::{Facts, Reason, Totals};
use crate::aggregate::lexical::Lexical;
use crate::aggregate::{Contribution, Contributions, Counts, GroupId, HitSpan, Shared, Terms, Usage, shared_tokens};
use crate::clean::Removed;
use crate::lookup::{EntryId, FrameId, Near, Uncounted};
use crate::read::Article;
use crate::sentiment::Weighed;
use crate::text::{ArticleToken, Byte, Span};
use crate::voice::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// An entry that was found in an article. The text around it is fetched by whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the article, in the order of reading.
    pub article: u64,
    /// The entry that matched.
    pub entry: EntryId,
    /// The frame that it is a hit of; for a frame that holds others, the one that counts it.
    pub frame: FrameId,
    /// Tokens within the article.
    pub tokens: Span<ArticleToken>,
    /// Bytes of the article's text; [`Article::source`] says where they stand in the file or cell.
    pub bytes: Span<Byte>,
    /// Who is speaking.
    pub verdict: Verdict,
    /// Why it is not counted, if it is not.
    pub uncounted: Option<Uncounted>,
    /// Who is talked about nearby.
    pub target: Option<Near>,
}

/// An article of the range, counted or not.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedArticle {
    /// Metadata, without the text.
    pub article: Article,
    /// What is known of it besides.
    pub facts: Facts,
    /// Counted, or why not.
    pub reason: Reason,
    /// Number of its group, where it is counted.
    pub group: Option<GroupId>,
    /// What of it is not counted.
    pub removed: Vec<Removed>,
}

/// What was counted in a range of neighbouring articles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// Numbers of the articles, in the order of reading.
    pub range: Range<u64>,
    /// Every article of the range; it stays in the process that counted.
    #[serde(skip)]
    pub articles: Vec<CountedArticle>,
    /// Hits of entries in their own frames, of counted articles, by article and place. Empty unless they are asked for.
    #[serde(skip)]
    pub hits: Vec<Hit>,
    /// Hits that a frame with frames inside it counts, each span once; likewise.
    #[serde(skip)]
    pub parent_hits: Vec<Hit>,
    /// Hits of each plan of sentiment, with the scale and what each counts for; likewise.
    #[serde(skip)]
    pub sentiment_hits: Vec<Vec<(Hit, usize, Weighed)>>,
    /// Counts of the counted articles.
    pub counts: Counts,
    /// Pairs of frames: tokens and articles that they share.
    pub shared: Shared,
    /// The tokens of the hits of frames, by article: until [`Counted::split`] or [`Counted::without_spans`] takes them.
    #[serde(skip)]
    pub spans: Vec<HitSpan>,
    /// What each entry of the frames found.
    pub terms: Terms,
    /// What each entry of each plan of sentiment found.
    pub sentiment_terms: Vec<Terms>,
    /// What each entry of each sentiment lexicon gave.
    pub contributions: Contributions,
    /// The words themselves, where they are asked for.
    pub lexical: Lexical,
    /// Totals.
    pub totals: Totals,
}

impl Counted {
    /// Adds what was counted in the articles that follow. Nothing may be missing between the two.
    pub fn merge(mut self, next: Counted) -> Counted {
        debug_assert!(self.range.is_empty() || next.range.is_empty() || self.range.end == next.range.start);
        if self.range.is_empty() {
            return next;
        }
        if next.range.is_empty() {
            return self;
        }
        self.range.end = next.range.end;
        self.articles.extend(next.articles);
        self.hits.extend(next.hits);
        self.parent_hits.extend(next.parent_hits);
        for (hits, more) in self.sentiment_hits.iter_mut().zip(next.sentiment_hits) {
            hits.extend(more);
        }
        self.counts.merge(next.counts);
        for (pair, (tokens, articles)) in next.shared {
            let cell = self.shared.entry(pair).or_default();
            *cell = (cell.0 + tokens, cell.1 + articles);
        }
        self.terms.add(next.terms);
        for (terms, more) in self.sentiment_terms.iter_mut().zip(next.sentiment_terms) {
            terms.add(more);
        }
        self.contributions.add(next.contributions);
        self.lexical.merge(next.lexical);
        self.totals.add(next.totals);
        self
    }

    /// Without what nobody asks for once it is counted: memory must not grow with the hits.
    #[must_use]
    pub fn without_spans(self) -> Counted {
        Counted { spans: Vec::new(), ..self }
    }

    /// Counts what only the tokens of all hits tell.
    pub(super) fn read_spans(&mut self) {
        self.shared = shared_tokens(&self.spans);
        self.totals.hits = self.spans.iter().filter(|span| span.counted).count() as u64;
        self.totals.uncounted_hits = self.spans.len() as u64 - self.totals.hits;
    }

    /// True where every list has what the others count on, for so many frames, groups and plans of sentiment: of what another process
    /// counted, nothing else is known.
    pub fn fits(&self, (frames, groups, plans): (usize, usize, usize)) -> bool {
        let counts = &self.counts;
        let articles = counts.articles.len();
        let is_article = |article: u32| (article as usize) < articles;
        let is_frame = |frame: FrameId| frame.index() < frames;
        let lists = [counts.group_of.len(), counts.dates.len(), counts.words.len(), self.lexical.frame_sentences.len()];
        self.range.start <= self.range.end
            && articles as u64 <= self.range.end - self.range.start
            && lists.iter().all(|&len| len == articles)
            && (counts.frames.len(), counts.groups.len(), self.sentiment_terms.len()) == (frames, groups, plans)
            && counts.labels.len() == articles
            && counts.hits.len() == articles * frames
            && counts.valence.len() == articles * counts.lexicons.len()
            && counts.group_of.iter().all(|&group| group.index() < groups)
            && counts.voices.iter().all(|&(article, frame, ..)| is_article(article) && is_frame(frame))
            && counts.positions.words.keys().all(|&group| group.index() < groups)
            && counts.positions.hits.keys().all(|&(group, frame)| group.index() < groups && is_frame(frame))
            && counts.toward.iter().all(|&(article, ..)| is_article(article))
            && self.shared.keys().all(|&(one, other)| is_frame(one) && is_frame(other))
            && counts.speakers.fit(articles)
            && self.lexical.fits()
    }

    /// Puts in order what came article by article, once all of them are added.
    pub fn finish(&mut self) {
        self.counts.finish();
        self.lexical.finish();
    }

    /// What each entry of the frames found.
    pub fn frame_usage(&self) -> BTreeMap<EntryId, Usage> {
        self.terms.usage()
    }

    /// What each entry of each plan of sentiment found.
    pub fn sentiment_usage(&self) -> Vec<BTreeMap<EntryId, Usage>> {
        self.sentiment_terms.iter().map(Terms::usage).collect()
    }

    /// What each entry of each sentiment lexicon gave, by scale, entry and weight.
    pub fn contributions(&self) -> Vec<Contribution> {
        self.contributions.clone().finish()
    }
}
