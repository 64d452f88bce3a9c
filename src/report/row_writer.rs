//! The rows of one shard in the tables that grow while articles are counted.
//!
//! In: a shard with all that was found in it, while it lies open. Out: [`ShardRows`]: rows as bytes, ready to be appended, and examples.
//! Invariant: a row says what was counted, and counts nothing itself. Parts that are taken over from the last run get no rows.
//! It deliberately runs in the threads that count: writing numbers and texts is most of a run's work.

use super::buffers::BufferPool;
use super::columns::{HITS, SENTIMENT_HITS};
use super::copies::CopiedArticle;
use super::examples::{Examples, example};
use super::hits::{UnitRows, put};
use super::liwc::liwc_row;
use super::passage::{OpenText, Passage};
use super::rows::{
    ARTICLE_COLUMNS, HitRow, PLACE_COLUMNS, SentimentHitRow, article_row, counts_row, removed_row, removed_rows,
    sentiment_hit_cells, share_a_place,
};
use super::sentences::{Quoted, SentenceRows, shows_tones, unit_of_label, unit_of_tone};
use super::sheet::{Sheet, put_cells, rows};
use super::story_pages::{StoryNote, note};
use super::tones::{ArticleTone, Tones};
use crate::count::{Counted, Request, ShardView, of_article};
use crate::index::TextReader;
use crate::lookup::{Hit, Units};
use serde::{Deserialize, Serialize};

/// What the rows of every shard need.
pub struct Context<'a> {
    /// What is counted.
    pub request: &'a Request<'a>,
    /// Frames that are counted together.
    pub units: &'a Units,
    /// What is written; the rest is taken over from the last run.
    pub fresh: RowsToWrite,
    /// Gather rows of hits for Parquet too.
    pub parquet: bool,
    /// Write a row for each hit of a sentiment lexicon.
    pub sentiment_hits: bool,
    /// Write rows of `liwc.csv`.
    pub liwc: bool,
    /// Articles that share their text with others, by number, ascending.
    pub copied: Vec<u32>,
    /// Write counted hits of labels and of sentiment lexicons in their words, for the page.
    pub sentences: bool,
    /// Of each frame whether its counted hits are written in their words, and some of them drawn, for the page.
    pub quoted: Vec<bool>,
    /// Seed of the examples.
    pub seed: u64,
    /// Keep the examples for the next run.
    pub keeps_examples: bool,
    /// Memory of rows that are written.
    pub buffers: BufferPool,
}

impl Context<'_> {
    /// Plans of sentiment whose hits get rows.
    fn plans_with_hits(&self) -> usize {
        if self.fresh.sentiment && self.sentiment_hits { self.request.scorer.plans().len() } else { 0 }
    }
}

/// What is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowsToWrite {
    /// `articles.csv`, `removed.csv`, `copies.csv`.
    pub articles: bool,
    /// The growing tables of sentiment.
    pub sentiment: bool,
    /// The hits of each unit.
    pub units: Vec<bool>,
}

/// The rows of one shard.
#[derive(Serialize, Deserialize)]
pub struct ShardRows {
    /// Of each unit; none where its files are taken over.
    pub(super) hits: Vec<Option<UnitRows>>,
    /// Of each unit, in words for the page; empty where its files are taken over.
    pub(super) sentences: Vec<SentenceRows>,
    /// Of rival labels, in words for the page.
    pub(super) labels: SentenceRows,
    /// Of each plan of sentiment, in words for the page.
    pub(super) tone_sentences: Vec<SentenceRows>,
    /// Of each plan of sentiment; empty where they are not asked for.
    pub(super) sentiment_hits: Vec<UnitRows>,
    /// Rows of `counts.csv`, once [`ShardRows::with_counts`] has made them.
    #[serde(with = "rows")]
    pub(super) counts: Vec<u8>,
    /// Rows of `liwc.csv`; none where it is not asked for.
    #[serde(with = "rows")]
    pub(super) liwc: Vec<u8>,
    /// Rows of `articles.csv`.
    #[serde(with = "rows")]
    pub(super) articles: Vec<u8>,
    /// Rows of `removed.csv`.
    #[serde(with = "rows")]
    pub(super) removed: Vec<u8>,
    /// Rows of the tables of sentiment.
    pub(super) tones: super::tones::Rows,
    /// Hits drawn at random.
    pub(super) examples: Examples,
    /// What pages of stories say.
    pub(super) stories: Vec<StoryNote>,
    /// By number: the articles that share their text with others.
    pub(super) copied: Vec<(u32, CopiedArticle)>,
}

impl ShardRows {
    /// The rows of a shard of which nothing is written anew.
    pub(super) fn nothing(context: &Context<'_>) -> ShardRows {
        let units = context.fresh.units.len();
        ShardRows {
            hits: (0..units).map(|_| None).collect(),
            sentences: (0..units).map(|_| SentenceRows::default()).collect(),
            labels: SentenceRows::default(),
            tone_sentences: Vec::new(),
            sentiment_hits: Vec::new(),
            counts: Vec::new(),
            liwc: Vec::new(),
            articles: Vec::new(),
            removed: Vec::new(),
            tones: super::tones::Rows::default(),
            examples: Examples::new(context.seed, context.request.frames.frames().len()),
            stories: Vec::new(),
            copied: Vec::new(),
        }
    }

    /// With the rows of `counts.csv`: all that was counted in the shard is known.
    #[must_use]
    pub fn with_counts(mut self, counted: &Counted) -> ShardRows {
        let (counts, mut sheet) = (&counted.counts, Sheet::headless(Vec::new()));
        for (i, id) in counts.articles.iter().enumerate() {
            let date = counts.dates[i].map(|date| date.to_string());
            let labels = &counts.groups[counts.group_of[i].index()];
            let hits = &counts.hits[i * counts.frames.len()..(i + 1) * counts.frames.len()];
            // rows are written to memory, which cannot fail
            let _ = sheet.row(&counts_row(id, labels, date.as_deref(), counts.words[i], hits));
        }
        self.counts = sheet.into_inner();
        self
    }

    /// True where they are rows of a run with this context: of those that another process made, nothing else is known.
    pub fn fit(&self, context: &Context<'_>) -> bool {
        let is_there =
            |rows: &Option<UnitRows>, fresh: bool| rows.as_ref().map_or(!fresh, |rows| fresh && rows.fit(&HITS));
        let plans = context.plans_with_hits();
        self.hits.len() == context.fresh.units.len()
            && self.sentences.len() == self.hits.len()
            && self.hits.iter().zip(&context.fresh.units).all(|(rows, &fresh)| is_there(rows, fresh))
            && self.sentiment_hits.len() == plans
            && self.tone_sentences.len() == plans
            && self.sentiment_hits.iter().all(|rows| rows.fit(&SENTIMENT_HITS))
    }
}

/// Rows on their way.
struct RowWriter<'a> {
    context: &'a Context<'a>,
    hits: Vec<Option<UnitRows>>,
    sentences: Vec<SentenceRows>,
    labels: SentenceRows,
    tone_sentences: Vec<SentenceRows>,
    sentiment_hits: Vec<UnitRows>,
    liwc: Sheet<Vec<u8>>,
    articles: Sheet<Vec<u8>>,
    removed: Sheet<Vec<u8>>,
    tones: Option<Tones<'a>>,
    examples: Examples,
    stories: Vec<StoryNote>,
}

/// Writes the rows of a shard.
pub fn shard_rows(view: &ShardView<'_, '_>, context: &Context<'_>) -> ShardRows {
    let fresh = &context.fresh;
    let sheet = || Sheet::headless(Vec::new());
    let columns = context.parquet.then_some(HITS.columns);
    let unit = |&is_fresh: &bool| is_fresh.then(|| UnitRows::new(context.buffers.take(), columns));
    let plans = context.plans_with_hits();
    let mut writer = RowWriter {
        context,
        hits: fresh.units.iter().map(unit).collect(),
        sentences: fresh.units.iter().map(|_| SentenceRows::default()).collect(),
        labels: SentenceRows::default(),
        tone_sentences: (0..plans).map(|_| SentenceRows::default()).collect(),
        sentiment_hits: (0..plans).map(|_| UnitRows::new(context.buffers.take(), None)).collect(),
        liwc: sheet(),
        articles: sheet(),
        removed: sheet(),
        tones: fresh.sentiment.then(|| Tones::new(context.request)),
        examples: Examples::new(context.seed, context.request.frames.frames().len()),
        stories: Vec::new(),
    };
    let mut reader = view.shard.reader();
    for i in 0..view.shard.len() {
        writer.article(view, i, &mut reader);
    }
    let words = writer.sentences.iter_mut().chain(&mut writer.tone_sentences).chain([&mut writer.labels]);
    words.for_each(SentenceRows::end);
    ShardRows {
        hits: writer.hits,
        sentences: writer.sentences,
        labels: writer.labels,
        tone_sentences: writer.tone_sentences,
        sentiment_hits: writer.sentiment_hits,
        counts: Vec::new(),
        liwc: writer.liwc.into_inner(),
        articles: writer.articles.into_inner(),
        removed: writer.removed.into_inner(),
        tones: writer.tones.map(Tones::finish).unwrap_or_default(),
        examples: writer.examples,
        stories: writer.stories,
        copied: copied(view, &context.copied),
    }
}

/// The articles of a shard that stand in a group of copies.
fn copied(view: &ShardView<'_, '_>, all: &[u32]) -> Vec<(u32, CopiedArticle)> {
    let (first, articles) = (view.first as u32, view.shard.articles());
    let here = &all[all.partition_point(|&article| article < first)..];
    let here = here.iter().take_while(|&&article| ((article - first) as usize) < articles.len());
    here.map(|&article| (article, CopiedArticle::of(&articles[(article - first) as usize]))).collect()
}

impl RowWriter<'_> {
    /// Adds the next article. Rows are written to memory, which cannot fail.
    fn article<'s>(&mut self, view: &ShardView<'s, '_>, i: usize, reader: &mut TextReader<'s>) {
        let (article, facts, status) = (&view.shard.articles()[i], &view.facts[i], &view.status[i]);
        let fresh = &self.context.fresh;
        let date = article.date.map(|date| date.to_string());
        let date = date.as_deref();
        if fresh.articles {
            let digest = (facts.digest != 0).then(|| format!("{:032x}", facts.digest));
            let (counted, digest) = (status.reason.name(), digest.as_deref());
            let row = article_row(article, date, facts, (counted, status.earlier), digest, status.story);
            let _ = self.articles.row(&row);
        }
        if !status.reason.is_counted() {
            return;
        }
        let counts = &view.counts[i];
        if self.context.liwc {
            let frames = self.context.request.frames.frames().len();
            let _ = self.liwc.row(&liwc_row(view, i, status.labels, date, frames));
        }
        if fresh.articles {
            for removed in removed_rows(view.shard, reader, i, &view.removed[i]) {
                let _ = self.removed.row(&removed_row(article, &removed));
            }
        }
        let mut text = OpenText::of(view.shard, reader, i);
        self.hits_of(view, i, &mut text);
        self.parents_of(view, i, &mut text);
        self.labels_of(view, i, &mut text);
        self.sentiment_of(view, i, &mut text);
        self.stories.extend(note(view, i, &mut text, self.context.request));
        if let Some(tones) = &mut self.tones {
            let (tone, valence) = (&view.tones[i], &counts.valence);
            tones.article(&ArticleTone { article, labels: status.labels, date, words: counts.words, tone, valence });
        }
    }

    /// The hits of frames; of those that are counted some are drawn. A place is read once for all frames that have a hit there.
    fn hits_of(&mut self, view: &ShardView<'_, '_>, i: usize, text: &mut OpenText<'_, '_>) {
        let (plan, context) = (self.context.request.frames, self.context);
        let is_asked = |hit: &Hit| {
            context.quoted[hit.frame.index()] || context.fresh.units[context.units.of_frame(hit.frame).index()]
        };
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for place in of_article(&view.frames.hits, i).chunk_by(share_a_place) {
            let Some(first) = place.iter().find(|hit| is_asked(hit)) else { continue };
            let mut row = hit_row(context.request, view, i, first, text.passage(first));
            if before.is_empty() {
                put(&mut before, &ARTICLE_COLUMNS, &row);
            }
            after.clear();
            put(&mut after, &PLACE_COLUMNS, &row);
            for hit in place.iter().filter(|hit| is_asked(hit)) {
                row.tell_of(hit, context.request);
                if let Some(rows) = &mut self.hits[context.units.of_frame(hit.frame).index()] {
                    rows.add(&row, [&before, &after]);
                }
                // a frame that holds others shows what it counts in their place
                if context.quoted[hit.frame.index()] && hit.uncounted.is_none() && plan.inside(hit.frame).is_empty() {
                    self.quote(view, i, &row);
                }
            }
        }
    }

    /// The hits that frames with frames inside them count, as sentences and examples.
    fn parents_of(&mut self, view: &ShardView<'_, '_>, i: usize, text: &mut OpenText<'_, '_>) {
        let is_quoted = |hit: &&Hit| hit.uncounted.is_none() && self.context.quoted[hit.frame.index()];
        for hit in of_article(&view.frames.parents, i).iter().filter(is_quoted) {
            self.quote(view, i, &hit_row(self.context.request, view, i, hit, text.passage(hit)));
        }
    }

    /// A counted hit in its words, and perhaps as an example.
    fn quote(&mut self, view: &ShardView<'_, '_>, i: usize, row: &HitRow<'_>) {
        let (status, language, frame) = (&view.status[i], view.facts[i].language, row.hit.frame);
        let sentences = &mut self.sentences[self.context.units.of_frame(frame).index()];
        sentences.add(i, &Quoted::of_row(row), status.group, language);
        if status.is_shown {
            let key = self.examples.key(&row.article.id, row.passage.bytes.0, row.frame);
            let make = || example(self.context.request.frames, row, language);
            self.examples.offer(status.group, frame, key, row.hit.entry, make);
        }
    }

    /// The hits of rival labels, as sentences.
    fn labels_of(&mut self, view: &ShardView<'_, '_>, i: usize, text: &mut OpenText<'_, '_>) {
        if !self.context.sentences || !self.context.fresh.articles {
            return;
        }
        let subjects = self.context.request.subjects;
        for hit in of_article(view.labels, i) {
            let Some(label) = subjects.labels.get(hit.frame.index()) else { continue };
            let (article, passage) = (&view.shard.articles()[i], text.passage(hit));
            let frame = unit_of_label(&label.referent, &label.choice);
            let entry = subjects.label_entry(hit);
            let quoted = Quoted { article, frame: &frame, entry, verdict: &hit.verdict, passage: &passage };
            self.labels.add(i, &quoted, view.status[i].group, view.facts[i].language);
        }
    }

    fn sentiment_of(&mut self, view: &ShardView<'_, '_>, i: usize, text: &mut OpenText<'_, '_>) {
        let plans = self.context.request.scorer.plans();
        let found = view.sentiment.iter().zip(&view.tones[i].hits);
        let is_quoted = self.context.sentences && shows_tones(&view.shard.articles()[i], &view.status[i]);
        let rows = self.sentiment_hits.iter_mut().zip(&mut self.tone_sentences);
        for (((rows, sentences), plan), (found, weighed)) in rows.zip(plans).zip(found) {
            let frame = if is_quoted { unit_of_tone(plan) } else { String::new() };
            for (hit, (_, weighed)) in of_article(&found.hits, i).iter().zip(weighed) {
                let (lexicon, entry) = plan.entry(hit.entry);
                let (bytes, cell) = (text.place(hit), text.cell(hit));
                let (surface, line) = text.surface(hit);
                let article = &view.shard.articles()[i];
                let row = SentimentHitRow { article, hit, lexicon, entry, weighed, surface, cell, bytes, line };
                let _ = put_cells(&mut rows.csv, &sentiment_hit_cells(&row));
                rows.csv.push(b'\n');
                rows.rows += 1;
                if is_quoted && hit.uncounted.is_none() && !weighed.dropped && weighed.weight != 0 {
                    let passage = text.passage(hit);
                    let (entry, verdict) = (entry.text.as_str(), &hit.verdict);
                    let quoted = Quoted { article, frame: &frame, entry, verdict, passage: &passage };
                    sentences.add(i, &quoted, view.status[i].group, view.facts[i].language);
                }
            }
        }
    }
}

fn hit_row<'r>(
    request: &'r Request<'_>,
    view: &'r ShardView<'_, '_>,
    i: usize,
    hit: &'r Hit,
    passage: Passage<'r>,
) -> HitRow<'r> {
    let (lexicon, entry) = request.frames.entry(hit.entry);
    HitRow {
        article: &view.shard.articles()[i],
        hit,
        lexicon,
        entry,
        frame: &request.frames.frames()[hit.frame.index()],
        target: hit.target.map(|near| request.subjects.targets[near.target.index()].as_str()),
        spoken_of: hit.spoken_of.map(|target| request.subjects.targets[target.index()].as_str()),
        story: view.status[i].story,
        passage,
    }
}

impl<'r> HitRow<'r> {
    /// Tells of another hit that shares the place.
    fn tell_of(&mut self, hit: &'r Hit, request: &'r Request<'_>) {
        (self.lexicon, self.entry) = request.frames.entry(hit.entry);
        (self.hit, self.frame) = (hit, &request.frames.frames()[hit.frame.index()]);
    }
}
