//! The rows of one shard in the tables that grow while articles are counted.
//!
//! In: a shard with all that was found in it, while it lies open. Out: [`ShardRows`]: rows as bytes, ready to be appended, and examples.
//! Invariant: a row says what was counted, and counts nothing itself.
//! It deliberately runs in the threads that count: writing numbers and texts is most of a run's work.

use super::earlier::{Earlier, cells_of_article};
use super::examples::{Examples, example};
use super::places::Places;
use super::printed::Printed;
use super::quote::{Quoted, Row};
use super::rows::{HitOf, article_row, counts_row, hit_row, removed_row};
use super::sheet::Sheet;
use super::tones::{ToneOf, Tones};
use crate::clean::{Removed, Rule};
use crate::count::{Request, Seen};
use crate::index::{Desk, Shard};
use crate::read::Article;
use crate::text::Language;

/// A removed span, quoted.
pub(super) struct RemovedRow {
    /// Why.
    pub rule: Rule,
    /// The pattern, or where the passage stood first.
    pub evidence: String,
    /// Bytes, as in `hits.csv`.
    pub bytes: (u64, u64),
    /// Words.
    pub words: u32,
    /// First words.
    pub begins: String,
}

/// What the rows of every shard need.
pub struct Context<'a> {
    /// What is counted.
    pub request: &'a Request<'a>,
    /// Names and entries of the frames as they stand in rows.
    pub printed: Printed,
    /// The same of each sentiment lexicon.
    pub printed_sentiment: Vec<Printed>,
    /// Write a row for each hit of a sentiment lexicon.
    pub sentiment_hits: bool,
    /// Seed of the examples.
    pub seed: u64,
}

impl Context<'_> {
    /// Name of the target of a hit.
    pub(super) fn target(&self, hit: &Row) -> Option<&str> {
        hit.target.map(|near| self.request.subjects.targets[near.target as usize].as_str())
    }
}

/// The rows of one shard, and what a run remembers of them.
pub struct ShardRows {
    /// Rows of the growing tables, in the order of `tables::GROWING`.
    pub rows: [Vec<u8>; 8],
    /// Where every hit stands.
    pub places: Places,
    /// Hits drawn at random.
    pub examples: Examples,
}

/// Hits of a shard, quoted.
struct Hits {
    /// Of frames.
    own: Quoted,
    /// That a frame with frames inside it counts.
    parents: Quoted,
    /// Of each plan of sentiment.
    sentiment: Vec<Quoted>,
}

/// The rows of one shard on their way.
struct Pages<'a> {
    context: &'a Context<'a>,
    hits: Sheet<Vec<u8>>,
    counts: Sheet<Vec<u8>>,
    tones: Tones<'a>,
    /// Nothing where the tables that no frame decides are taken over from the last run; `removed` then has no rows.
    articles: Option<Sheet<Vec<u8>>>,
    removed: Sheet<Vec<u8>>,
    places: Places,
    examples: Examples,
}

/// Writes the rows of a shard; those of hits will lie in `rows`, which are empty. What the last run wrote of a hit is taken over.
pub fn shard_rows(
    seen: &Seen<'_, '_>,
    context: &Context<'_>,
    rows: Vec<u8>,
    earlier: Option<&Earlier<'_>>,
) -> ShardRows {
    let mut desk = seen.shard.desk();
    let before = earlier.and_then(|earlier| earlier.of_shard(seen.first as usize, seen.shard.articles.len()));
    let mut quoted = |hits, before| Quoted::of(seen.shard, &mut desk, hits, before);
    let hits = Hits {
        own: quoted(&seen.frames.hits, before),
        parents: quoted(&seen.frames.parents, None),
        sentiment: seen.sentiment.iter().map(|found| quoted(&found.hits, None)).collect(),
    };
    let sheet = || Sheet::headless(Vec::new());
    let mut pages = Pages {
        context,
        hits: Sheet::headless(rows),
        counts: sheet(),
        tones: Tones::new(context),
        articles: earlier.is_none().then(sheet),
        removed: sheet(),
        places: Places::default(),
        examples: Examples::new(context.seed),
    };
    for i in 0..seen.shard.articles.len() {
        pages.article(seen, i, &hits, &mut desk);
    }
    pages.finish()
}

impl Pages<'_> {
    /// Adds the next article. Rows are written to memory, which cannot fail.
    fn article(&mut self, seen: &Seen<'_, '_>, i: usize, hits: &Hits, desk: &mut Desk<'_>) {
        let (article, facts, standing) = (&seen.shard.articles[i], &seen.facts[i], &seen.standing[i]);
        let date = article.date.map(|date| date.to_string());
        let date = date.as_deref();
        if let Some(articles) = &mut self.articles {
            let digest = (facts.digest != 0).then(|| format!("{:032x}", facts.digest));
            let (counted, digest) = (standing.reason.name(), digest.as_deref());
            let _ = articles.row(&article_row(article, date, facts, counted, standing.earlier, digest));
        }
        if !standing.reason.is_counted() {
            return;
        }
        let counts = &seen.counts[i];
        let by_frame = counts.by_frame(self.context.request.frames.frames().len());
        let _ = self.counts.row(&counts_row(article, standing.labels, date, counts.words, &by_frame));
        if self.articles.is_some() {
            for removed in removed_rows(seen.shard, desk, i, &seen.removed[i]) {
                let _ = self.removed.row(&removed_row(article, &removed));
            }
        }
        self.hits_of(article, date, hits.own.of_article(i), &hits.own);
        self.tones.article(&ToneOf {
            article,
            labels: standing.labels,
            date,
            words: counts.words,
            hits: hits.sentiment.iter().map(|quoted| (quoted, quoted.of_article(i))).collect(),
            tone: &seen.tones[i],
            valence: &counts.valence,
        });
        if standing.is_shown {
            self.draw(article, date, (facts.language, standing.group), hits, i);
        }
    }

    fn hits_of(&mut self, article: &Article, date: Option<&str>, hits: &[Row], quoted: &Quoted) {
        self.places.lengths.push(hits.len() as u32);
        let (printed, frames) = (&self.context.printed, self.context.request.frames);
        let mut cells = String::new();
        for hit in hits {
            self.places.push(hit, printed.row(hit.entry));
            if let Some(rest) = quoted.before(hit) {
                if cells.is_empty() {
                    cells = cells_of_article(article);
                }
                let [frame, entry, at] = printed.cells(hit.frame, hit.entry);
                let _ = self.hits.written(&[&cells, frame, entry, at, rest]);
                continue;
            }
            let (_, entry) = frames.entry(hit.entry);
            let entry_at = printed.at(hit.entry);
            let of = &frames.frames()[hit.frame as usize];
            let (target, passage) = (self.context.target(hit), quoted.passage(hit));
            let _ = self.hits.row(&hit_row(&HitOf { article, date, of, entry, entry_at }, target, &passage, hit));
        }
    }

    /// Offers the counted hits of an article as examples, to each frame those that it counts.
    fn draw(
        &mut self,
        article: &Article,
        date: Option<&str>,
        (language, group): (Language, u32),
        hits: &Hits,
        i: usize,
    ) {
        let plan = self.context.request.frames;
        let own = hits.own.of_article(i).iter().filter(|hit| plan.inside(hit.frame).is_empty());
        let own = own.map(|hit| (&hits.own, hit));
        let parents = hits.parents.of_article(i).iter().map(|hit| (&hits.parents, hit));
        for (quoted, hit) in own.chain(parents).filter(|(_, hit)| hit.uncounted.is_none()) {
            let of = &plan.frames()[hit.frame as usize];
            let key = self.examples.key(&article.id, hit.byte_start, of);
            let entry_at = self.context.printed.at(hit.entry);
            self.examples.offer(group, hit.frame, key, || {
                let (_, entry) = plan.entry(hit.entry);
                example(&HitOf { article, date, of, entry, entry_at }, language, quoted, hit)
            });
        }
    }

    /// The end of the shard.
    fn finish(self) -> ShardRows {
        let bytes = Sheet::into_inner;
        let rows_of_hits = bytes(self.hits);
        let mut places = self.places;
        places.find(&rows_of_hits);
        let [sentiment_hits, sentiment_articles, sentences, mentions] = self.tones.finish();
        ShardRows {
            rows: [
                rows_of_hits,
                sentiment_hits,
                bytes(self.counts),
                sentiment_articles,
                sentences,
                mentions,
                self.articles.map(bytes).unwrap_or_default(),
                bytes(self.removed),
            ],
            places,
            examples: self.examples,
        }
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
