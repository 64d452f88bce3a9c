//! Which hits are shown: each equally likely, whatever the shards and threads.
//!
//! In: the hits of a shard while it lies open; later those shards again that have some of what was drawn. Out: lines of these, and how many
//! hits and words there are.
//! Invariant: a hit is drawn by a number that its article, its place and the seed alone decide: the smallest are shown.
//! It deliberately opens no text before the draw is over.

use super::{Concordance, KwicQuery, Line, Order, PlottedArticle};
use crate::aggregate::lexical::Node;
use crate::aggregate::{GroupId, UNKNOWN};
use crate::clean::Cleaned;
use crate::count::SearchedShard;
use crate::error::Problem;
use crate::index::{Shard, TextReader};
use crate::lookup::{Hit, Plan};
use crate::read::{Article, Condition};
use crate::report::OpenText;
use crate::statistics::seed::Stream;
use crate::voice::Voice;
use std::collections::BTreeSet;

/// A hit that takes part in the draw.
#[derive(Clone, Copy)]
struct Lot {
    lot: u64,
    /// Number of the article, and first token within it.
    place: (u64, u32),
    /// Number of the first article of its shard.
    first: u64,
    hit: Hit,
}

/// What was drawn of some articles.
#[derive(Default)]
pub(super) struct Drawn {
    /// By place, once the draw is over.
    lots: Vec<Lot>,
    hits: u64,
    uncounted: u64,
    articles: u64,
    words: u64,
    among: u64,
    plotted: Vec<PlottedArticle>,
    /// Outlets of counted articles, where some are asked for.
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
}

impl Drawing<'_> {
    /// The hits of a shard that may be drawn.
    pub fn draw(&self, view: &SearchedShard<'_>) -> Drawn {
        let mut reader = view.shard.reader();
        let mut found = Drawn::default();
        let fits: Vec<bool> = (0..view.shard.len()).map(|i| self.fits(view, i, &mut reader)).collect();
        for i in (0..fits.len()).filter(|&i| fits[i]) {
            found.among += 1;
            found.words += u64::from(self.cleaned.words(view.first as usize + i));
        }
        if !self.query.outlets.is_empty() {
            for (article, status) in view.shard.articles().iter().zip(view.status) {
                let outlet = article.outlet.as_ref().filter(|outlet| !found.outlets.contains(*outlet));
                found.outlets.extend(outlet.filter(|_| status.reason.is_counted()).cloned());
            }
        }
        let wanted = view.hits.iter().filter(|hit| fits[hit.article as usize] && self.wants(hit));
        let mut last = None;
        for hit in wanted {
            found.hits += 1;
            found.uncounted += u64::from(hit.uncounted.is_some());
            let is_next = last.replace(hit.article) != Some(hit.article);
            found.articles += u64::from(is_next);
            let within = within(view.shard, hit);
            if self.query.plot {
                found.plotted.extend(is_next.then(|| plotted(view, hit)));
                let of_article = found.plotted.last_mut().map(|article| &mut article.hits);
                of_article.into_iter().for_each(|hits| hits.push((within, hit.verdict.voice == Voice::Own)));
            }
            let lot = self.lot(&view.ids[hit.article as usize], within);
            let place = (view.first + u64::from(hit.article), within);
            found.lots.push(Lot { lot, place, first: view.first, hit: *hit });
        }
        if let Some(most) = self.query.most {
            found.lots.sort_by_key(|lot| (lot.lot, lot.hit.tokens.start, lot.hit.entry));
            found.lots.truncate(most);
            found.lots.sort_by_key(|lot| (lot.hit.tokens.start, lot.hit.tokens.end, lot.hit.entry));
        }
        found
    }

    /// The lines of what was drawn in the shard that begins with this article.
    pub fn lines(&self, drawn: &Drawn, shard: &Shard, first: u64) -> Vec<Line> {
        let mut reader = shard.reader();
        let mut made = Vec::new();
        for of_article in drawn.of_shard(first).chunk_by(|a, b| a.place.0 == b.place.0) {
            let number = of_article[0].hit.article as usize;
            let mut text = OpenText::of(shard, &mut reader, number);
            for Lot { hit, .. } in of_article {
                let passage = if self.query.sentence { text.sentence(hit) } else { text.passage(hit) };
                let of_frame = matches!(self.node, Node::Frame(_)).then(|| {
                    let (_, entry) = self.plan.entry(hit.entry);
                    (self.plan.frames()[self.plan.frame_of(hit.entry).index()].clone(), entry.text.clone())
                });
                made.push(Line::of(&shard.articles()[number], hit, &passage, of_frame));
            }
        }
        made
    }

    /// True for articles that are looked at.
    fn fits(&self, view: &SearchedShard<'_>, i: usize, reader: &mut TextReader<'_>) -> bool {
        let status = &view.status[i];
        let is_of_outlet = || {
            let outlet = view.shard.articles()[i].outlet.as_deref().unwrap_or(UNKNOWN);
            self.query.outlets.iter().any(|wanted| wanted == outlet)
        };
        status.reason.is_counted()
            && self.group.is_none_or(|group| status.group == group)
            && (self.query.outlets.is_empty() || is_of_outlet())
            && self.only.as_ref().is_none_or(|only| {
                let article = &view.shard.articles()[i];
                if !only.asks_text() {
                    return only.fits(article);
                }
                reader.open(i);
                only.fits(&Article { text: reader.text().to_string(), ..article.clone() })
            })
    }

    fn wants(&self, hit: &Hit) -> bool {
        (self.query.uncounted || hit.uncounted.is_none())
            && (self.query.voices.is_empty() || self.query.voices.contains(&hit.verdict.voice))
    }

    /// What decides whether a hit is drawn: the smallest are.
    fn lot(&self, id: &str, token: u32) -> u64 {
        Stream::numbered(self.seed, &["kwic", id], u64::from(token)).bits()
    }
}

/// The first token of a hit within its article.
fn within(shard: &Shard, hit: &Hit) -> u32 {
    hit.tokens.in_article(shard.range(hit.article as usize).start).start
}

/// The article of a hit, as a plot shows it.
fn plotted(view: &SearchedShard<'_>, hit: &Hit) -> PlottedArticle {
    let article = &view.shard.articles()[hit.article as usize];
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

    /// Ends the draw: there are no more articles.
    pub fn close(&mut self) {
        self.lots.sort_by_key(|lot| (lot.place, lot.hit.tokens.end));
    }

    /// True where something was drawn of the shard that begins with this article.
    pub fn has_shard(&self, first: u64) -> bool {
        !self.of_shard(first).is_empty()
    }

    fn of_shard(&self, first: u64) -> &[Lot] {
        let start = self.lots.partition_point(|lot| lot.first < first);
        let end = self.lots.partition_point(|lot| lot.first <= first);
        &self.lots[start..end]
    }

    /// `lines` are those of all that was drawn, by place.
    pub fn finish(self, drawing: &Drawing<'_>, mut lines: Vec<Line>, notes: Vec<Problem>) -> Concordance {
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
