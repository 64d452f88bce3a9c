//! Which hits are shown: each equally likely, whatever the shards and threads.
//!
//! In: the hits of a shard while it lies open. Out: lines of those that may be shown, and how many hits and words there are.
//! Invariant: a hit is drawn by a number that its article, its place and the seed alone decide: the smallest are shown.
//! It deliberately makes a line only of what no other shard has beaten so far.

use super::{Concordance, KwicQuery, Line, Order, PlottedArticle};
use crate::aggregate::lexical::Node;
use crate::aggregate::{GroupId, UNKNOWN};
use crate::clean::Cleaned;
use crate::count::SearchedShard;
use crate::error::Problem;
use crate::index::TextReader;
use crate::lookup::{Hit, Plan};
use crate::read::{Article, Condition};
use crate::report::OpenText;
use crate::statistics::seed::Stream;
use crate::voice::Voice;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::{Mutex, PoisonError};

/// A hit that takes part in the draw.
struct Lot {
    lot: u64,
    /// Number of the article, and first token within it.
    place: (u64, u32),
    line: Line,
}

/// What was drawn of some articles.
#[derive(Default)]
pub(super) struct Drawn {
    lots: Vec<Lot>,
    hits: u64,
    uncounted: u64,
    articles: u64,
    words: u64,
    among: u64,
    plotted: Vec<PlottedArticle>,
    /// Outlets of counted articles.
    pub outlets: BTreeSet<String>,
}

/// How hits are found and drawn.
pub(super) struct Drawing<'a> {
    pub query: &'a KwicQuery,
    pub plan: &'a Plan<'a>,
    pub node: Node,
    /// What of each article is not counted.
    pub cleaned: Cleaned,
    pub group: Option<GroupId>,
    pub only: Option<Condition>,
    pub seed: u64,
    /// The smallest lots so far, as many as are shown.
    pub best: Mutex<BinaryHeap<u64>>,
}

impl Drawing<'_> {
    /// The hits of a shard; lines are made of those alone that may be drawn.
    pub fn draw(&self, view: &SearchedShard<'_>) -> Drawn {
        let mut reader = view.shard.reader();
        let mut found = Drawn::default();
        let fits: Vec<bool> = (0..view.shard.articles.len()).map(|i| self.fits(view, i, &mut reader)).collect();
        for i in (0..fits.len()).filter(|&i| fits[i]) {
            found.among += 1;
            found.words += u64::from(self.cleaned.words(view.first as usize + i));
        }
        for (article, status) in view.shard.articles.iter().zip(view.status) {
            let outlet = article.outlet.as_ref().filter(|outlet| !found.outlets.contains(*outlet));
            found.outlets.extend(outlet.filter(|_| status.reason.is_counted()).cloned());
        }
        let mut lots: Vec<(u64, &Hit)> = Vec::new();
        let wanted = view.hits.iter().filter(|hit| fits[hit.article as usize] && self.wants(hit));
        let mut last = None;
        for hit in wanted {
            found.hits += 1;
            found.uncounted += u64::from(hit.uncounted.is_some());
            let is_next = last.replace(hit.article) != Some(hit.article);
            found.articles += u64::from(is_next);
            if self.query.plot {
                found.plotted.extend(is_next.then(|| plotted(view, hit)));
                let of_article = found.plotted.last_mut().map(|article| &mut article.hits);
                of_article.into_iter().for_each(|hits| hits.push((within(view, hit), hit.verdict.voice == Voice::Own)));
            }
            lots.push((self.lot(&view.shard.articles[hit.article as usize], within(view, hit)), hit));
        }
        if let Some(most) = self.query.most {
            lots.sort_by_key(|(lot, hit)| (*lot, hit.tokens.start, hit.entry));
            lots.truncate(most);
            self.leave_beaten(&mut lots, most);
            lots.sort_by_key(|(_, hit)| (hit.tokens.start, hit.tokens.end, hit.entry));
        }
        found.lots = self.lines(view, &mut reader, &lots);
        found
    }

    /// Leaves out the lots that so many smaller ones of other shards beat already: no lines need be made of them.
    fn leave_beaten(&self, lots: &mut Vec<(u64, &Hit)>, most: usize) {
        let mut best = self.best.lock().unwrap_or_else(PoisonError::into_inner);
        best.extend(lots.iter().map(|(lot, _)| *lot));
        while best.len() > most {
            best.pop();
        }
        if best.len() == most
            && let Some(&worst) = best.peek()
        {
            lots.retain(|(lot, _)| *lot <= worst);
        }
    }

    fn lines<'s>(&self, view: &SearchedShard<'s>, reader: &mut TextReader<'s>, lots: &[(u64, &Hit)]) -> Vec<Lot> {
        let mut made = Vec::with_capacity(lots.len());
        for of_article in lots.chunk_by(|a, b| a.1.article == b.1.article) {
            let number = of_article[0].1.article;
            let mut text = OpenText::of(view.shard, reader, number as usize);
            for &(lot, hit) in of_article {
                let article = &view.shard.articles[number as usize];
                let passage = if self.query.sentence { text.sentence(hit) } else { text.passage(hit) };
                let of_frame = matches!(self.node, Node::Frame(_)).then(|| {
                    let (_, entry) = self.plan.entry(hit.entry);
                    (self.plan.frames()[self.plan.frame_of(hit.entry).index()].clone(), entry.text.clone())
                });
                let line = Line::of(article, hit, &passage, of_frame);
                made.push(Lot { lot, place: (view.first + u64::from(number), within(view, hit)), line });
            }
        }
        made
    }

    /// True for articles that are looked at.
    fn fits(&self, view: &SearchedShard<'_>, i: usize, reader: &mut TextReader<'_>) -> bool {
        let (status, article) = (&view.status[i], &view.shard.articles[i]);
        let outlet = article.outlet.as_deref().unwrap_or(UNKNOWN);
        status.reason.is_counted()
            && self.group.is_none_or(|group| status.group == group)
            && (self.query.outlets.is_empty() || self.query.outlets.iter().any(|wanted| wanted == outlet))
            && self.only.as_ref().is_none_or(|only| {
                reader.open(i);
                only.fits(&Article { text: reader.text().to_string(), ..article.clone() })
            })
    }

    fn wants(&self, hit: &Hit) -> bool {
        (self.query.uncounted || hit.uncounted.is_none())
            && (self.query.voices.is_empty() || self.query.voices.contains(&hit.verdict.voice))
    }

    /// What decides whether a hit is drawn: the smallest are.
    fn lot(&self, article: &Article, token: u32) -> u64 {
        Stream::numbered(self.seed, &["kwic", &article.id], u64::from(token)).bits()
    }
}

/// The first token of a hit within its article.
fn within(view: &SearchedShard<'_>, hit: &Hit) -> u32 {
    hit.tokens.in_article(view.shard.range(hit.article as usize).start).start
}

/// The article of a hit, as a plot shows it.
fn plotted(view: &SearchedShard<'_>, hit: &Hit) -> PlottedArticle {
    let article = &view.shard.articles[hit.article as usize];
    PlottedArticle {
        number: view.first + u64::from(hit.article),
        outlet: article.outlet.clone().unwrap_or_else(|| UNKNOWN.to_string()),
        article: article.id.clone(),
        date: article.date,
        words: view.shard.range(hit.article as usize).len(),
        hits: Vec::new(),
    }
}

impl Drawn {
    pub fn add(&mut self, more: Drawn, most: Option<usize>) {
        self.lots.extend(more.lots);
        if let Some(most) = most.filter(|&most| most < self.lots.len()) {
            self.lots.sort_by_key(|lot| (lot.lot, lot.place));
            self.lots.truncate(most);
        }
        self.plotted.extend(more.plotted);
        self.hits += more.hits;
        self.uncounted += more.uncounted;
        self.articles += more.articles;
        self.words += more.words;
        self.among += more.among;
        self.outlets.extend(more.outlets);
    }

    pub fn finish(mut self, drawing: &Drawing<'_>, notes: Vec<Problem>) -> Concordance {
        self.lots.sort_by_key(|lot| (lot.place, lot.line.bytes));
        let mut lines: Vec<Line> = self.lots.into_iter().map(|lot| lot.line).collect();
        match drawing.query.order {
            Order::Text => {}
            Order::Left => lines.sort_by_cached_key(Line::words_before),
            Order::Right => lines.sort_by_cached_key(Line::words_after),
            Order::Date => lines.sort_by_key(|line| (line.date.is_none(), line.date)),
        }
        Concordance {
            term: drawing.query.term.clone(),
            lines,
            hits: self.hits,
            uncounted: self.uncounted,
            articles: self.articles,
            words: self.words,
            among: self.among,
            seed: drawing.seed,
            sentence: drawing.query.sentence,
            plotted: self.plotted,
            notes,
        }
    }
}
