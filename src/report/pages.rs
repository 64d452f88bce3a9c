//! The rows of one shard in the tables that grow while articles are counted, and what a run remembers of them.
//!
//! In: the articles of a shard with all that was found in them. Out: [`Counted`]: rows as bytes, ready to be appended, and sums.
//! Invariant: an article is counted once, or has a reason in `articles.csv` why it is not.
//! It deliberately runs in the threads that count: writing numbers and texts is most of a run's work.

use super::earlier::cells_of_article;
use super::examples::{Examples, example};
use super::places::Places;
use super::printed::Printed;
use super::quote::{Quoted, Row};
use super::recount;
use super::rows::{HitOf, article_row, counts_row, hit_row, removed_row};
use super::sheet::Sheet;
use super::tones::{ToneOf, TonePart, Tones};
use super::totals::Totals;
use crate::aggregate::lexical::{Part, Wanted};
use crate::aggregate::{
    ArticleCounts, Contributions, Grouping, Shared, SubjectCounts, Terms, Valence, Variants, VoiceCounts, toward_sums,
};
use crate::clean::Rule;
use crate::lookup::{FrameId, Plan, Subjects};
use crate::read::{Article, Date};
use crate::sentiment::vader::Vader;
use crate::sentiment::{Scorer, Tone};
use crate::text::Language;
use std::collections::BTreeMap;

/// Why an article is counted or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is.
    Counted,
    /// An earlier one has the same words.
    Duplicate,
    /// An earlier one has nearly the same words.
    NearDuplicate,
    /// There is nothing to count.
    NoWords,
    /// No lexicon of frames is for its language.
    NoLexicon,
}

impl Reason {
    /// As it stands in `articles.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Counted => "yes",
            Reason::Duplicate => "duplicate",
            Reason::NearDuplicate => "near duplicate",
            Reason::NoWords => "no words",
            Reason::NoLexicon => "no lexicon in its language",
        }
    }

    /// True where it is counted.
    pub fn is_counted(self) -> bool {
        self == Reason::Counted
    }
}

/// What the whole corpus says of an article.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'s> {
    /// Counted, or why not.
    pub reason: Reason,
    /// Number of its group.
    pub group: u32,
    /// The page shows its group.
    pub is_shown: bool,
    /// Labels of its group.
    pub labels: &'s [String],
    /// The earlier article with the same words.
    pub earlier: Option<&'s str>,
}

/// What is known of an article besides its metadata.
pub struct Facts {
    /// Told or detected.
    pub language: Language,
    /// All words.
    pub words: u32,
    /// Words in furniture.
    pub furniture_words: u32,
    /// Words in repeats.
    pub repeat_words: u32,
    /// Sentences.
    pub sentences: u32,
    /// Quotation marks that were missing, doubled or mismatched.
    pub quotes_repaired: u32,
    /// Length of the text.
    pub text_bytes: u64,
    /// Of its folded words; 0 where there are none.
    pub digest: u128,
}

/// A removed span, quoted.
pub struct RemovedRow {
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

/// What was found in the articles of a shard.
pub struct FoundInShard {
    /// Counted hits by article, frame and voice.
    pub counts: Vec<VoiceCounts>,
    /// Targets and labels by article.
    pub subjects: Vec<SubjectCounts>,
    /// Tokens that count in several frames, by article.
    pub shared: Vec<Shared>,
    /// What sentiment lexicons say of each article.
    pub tones: Vec<Tone>,
    /// Valence by article and scale of sentiment; `None` where the lexicon is not for the article's language.
    pub valence: Vec<Vec<Option<Valence>>>,
    /// Hits of frames.
    pub hits: Quoted,
    /// Hits that a frame with frames inside it counts.
    pub parents: Quoted,
    /// Hits of each sentiment lexicon.
    pub sentiment: Vec<Quoted>,
}

/// What the rows of every shard need.
pub struct Context<'a> {
    /// Frames.
    pub frames: &'a Plan<'a>,
    /// Their names and entries as they stand in rows.
    pub printed: Printed,
    /// The same of each sentiment lexicon.
    pub printed_sentiment: Vec<Printed>,
    /// Sentiment lexicons, and how they score.
    pub scorer: &'a Scorer<'a>,
    /// VADER over each scale, in its modes.
    pub vaders: &'a [Vader<'a>],
    /// Targets and labels.
    pub subjects: &'a Subjects,
    /// Write a row for each hit of a sentiment lexicon.
    pub sentiment_hits: bool,
    /// Seed of the examples.
    pub seed: u64,
    /// Further labels of articles, for strata.
    pub labels: Grouping,
    /// Count again for checks of robustness.
    pub variants: bool,
    /// What is asked about the words themselves.
    pub lexical: Wanted<'a>,
}

impl Context<'_> {
    /// Name of the target of a hit.
    pub(super) fn target(&self, hit: &Row) -> Option<&str> {
        hit.target.map(|near| self.subjects.targets[near.target as usize].as_str())
    }
}

/// A counted article.
pub struct CountedArticle {
    /// Identifier.
    pub id: String,
    /// Number of its group.
    pub group: u32,
    /// Date.
    pub date: Option<Date>,
    /// Words, hits, valence.
    pub counts: ArticleCounts,
    /// Further labels.
    pub labels: Vec<String>,
}

/// What a run keeps of a shard.
pub struct Counted {
    /// Articles counted up to its end.
    pub end: u64,
    /// Rows of the growing tables, in the order of `tables::GROWING`.
    pub rows: [Vec<u8>; 8],
    /// The articles that are counted.
    pub counted: Vec<CountedArticle>,
    /// Metadata of all articles.
    pub articles: Vec<Article>,
    /// Which articles are counted.
    pub is_counted: Vec<bool>,
    /// Pairs of frames: tokens and articles that they share.
    pub shared: BTreeMap<(FrameId, FrameId), (u64, u64)>,
    /// What each entry of the frames found.
    pub terms: Terms,
    /// What each entry of each sentiment lexicon found.
    pub sentiment_terms: Vec<Terms>,
    /// What each entry of each sentiment lexicon gave.
    pub contributions: Contributions,
    /// What checks of robustness count again.
    pub variants: Variants,
    /// Where every hit stands.
    pub places: Places,
    /// The words themselves.
    pub lexical: Part,
    /// Hits drawn at random.
    pub examples: Examples,
    /// Totals.
    pub totals: Totals,
}

/// The rows of one shard.
pub struct Pages<'a> {
    context: &'a Context<'a>,
    hits: Sheet<Vec<u8>>,
    counts: Sheet<Vec<u8>>,
    tones: Tones<'a>,
    /// Nothing where the tables that no frame decides are taken over from the last run; `removed` then has no rows.
    articles: Option<Sheet<Vec<u8>>>,
    removed: Sheet<Vec<u8>>,
    counted: Vec<CountedArticle>,
    is_counted: Vec<bool>,
    shared: BTreeMap<(FrameId, FrameId), (u64, u64)>,
    terms: Terms,
    variants: Variants,
    found_at: Places,
    examples: Examples,
    totals: Totals,
}

impl<'a> Pages<'a> {
    /// No rows yet; those of hits will lie in `rows`, which are empty. Without `with_articles` the tables that no frame decides get none.
    pub fn new(context: &'a Context<'a>, rows: Vec<u8>, with_articles: bool) -> Pages<'a> {
        let sheet = || Sheet::headless(Vec::new());
        Pages {
            context,
            hits: Sheet::headless(rows),
            counts: sheet(),
            tones: Tones::new(context),
            articles: with_articles.then(sheet),
            removed: sheet(),
            counted: Vec::new(),
            is_counted: Vec::new(),
            shared: BTreeMap::new(),
            terms: Terms::default(),
            variants: Variants::default(),
            found_at: Places::default(),
            examples: Examples::new(context.seed),
            totals: Totals::default(),
        }
    }

    /// Adds the next article. Rows are written to memory, which cannot fail.
    pub fn article(
        &mut self,
        article: &Article,
        i: usize,
        facts: &Facts,
        standing: &Standing<'_>,
        removed: &[RemovedRow],
        found: &mut FoundInShard,
    ) {
        self.totals.add_article(article, facts, standing.reason);
        self.is_counted.push(standing.reason.is_counted());
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
        let words = facts.words - facts.furniture_words - facts.repeat_words;
        let hits = std::mem::take(&mut found.counts[i]);
        let (valence, subjects) = (std::mem::take(&mut found.valence[i]), std::mem::take(&mut found.subjects[i]));
        let toward = toward_sums(&found.tones[i]);
        let part = ArticleCounts { words, hits, valence, subjects, toward };
        let by_frame = part.by_frame(self.context.frames.frames().len());
        let _ = self.counts.row(&counts_row(article, standing.labels, date, words, &by_frame));
        for removed in removed {
            let _ = self.removed.row(&removed_row(article, removed));
        }
        self.hits_of(article, date, found.hits.of_article(i), &found.hits);
        let sentiment: Vec<_> = found.sentiment.iter().map(|quoted| (quoted, quoted.of_article(i))).collect();
        let counted_rows = |rows: &[Row]| rows.iter().filter(|hit| hit.uncounted.is_none()).count() as u64;
        self.totals.sentiment_hits += sentiment.iter().map(|(_, rows)| counted_rows(rows)).sum::<u64>();
        self.tones.article(&ToneOf {
            article,
            labels: standing.labels,
            group: standing.group,
            date,
            words,
            hits: sentiment,
            tone: &found.tones[i],
            valence: &part.valence,
        });
        for (&pair, &tokens) in &found.shared[i] {
            let cell = self.shared.entry(pair).or_default();
            *cell = (cell.0 + u64::from(tokens), cell.1 + 1);
        }
        if self.context.variants {
            recount::article(&mut self.variants, self.context.frames, facts, found, i);
        }
        if standing.is_shown {
            self.draw(article, date, facts.language, standing.group, found, i);
        }
        self.terms.push(standing.group, counted(&found.hits, i));
        self.counted.push(CountedArticle {
            id: article.id.clone(),
            group: standing.group,
            date: article.date,
            counts: part,
            labels: self.context.labels.of(article, facts.language),
        });
    }

    fn hits_of(&mut self, article: &Article, date: Option<&str>, hits: &[Row], quoted: &Quoted) {
        self.found_at.lengths.push(hits.len() as u32);
        let printed = &self.context.printed;
        let mut cells = String::new();
        for hit in hits {
            self.found_at.push(hit, printed.row(hit.entry));
            self.totals.hits += u64::from(hit.uncounted.is_none());
            self.totals.uncounted_hits += u64::from(hit.uncounted.is_some());
            if let Some(rest) = quoted.before(hit) {
                if cells.is_empty() {
                    cells = cells_of_article(article);
                }
                let [frame, entry, at] = printed.cells(hit.frame, hit.entry);
                let _ = self.hits.written(&[&cells, frame, entry, at, rest]);
                continue;
            }
            let (_, entry) = self.context.frames.entry(hit.entry);
            let entry_at = printed.at(hit.entry);
            let of = &self.context.frames.frames()[hit.frame as usize];
            let (target, passage) = (self.context.target(hit), quoted.passage(hit));
            let _ = self.hits.row(&hit_row(&HitOf { article, date, of, entry, entry_at }, target, &passage, hit));
        }
    }

    /// Offers the counted hits of an article as examples, to each frame those that it counts.
    fn draw(
        &mut self,
        article: &Article,
        date: Option<&str>,
        language: Language,
        group: u32,
        found: &FoundInShard,
        i: usize,
    ) {
        let plan = self.context.frames;
        let own = found.hits.of_article(i).iter().filter(|hit| plan.inside(hit.frame).is_empty());
        let own = own.map(|hit| (&found.hits, hit));
        let parents = found.parents.of_article(i).iter().map(|hit| (&found.parents, hit));
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
    pub fn finish(self, end: u64, articles: Vec<Article>, lexical: Part) -> Counted {
        let bytes = Sheet::into_inner;
        let rows_of_hits = bytes(self.hits);
        let mut places = self.found_at;
        places.find(&rows_of_hits);
        let TonePart { rows: [sentiment_hits, sentiment_articles, sentences, mentions], terms, contributions } =
            self.tones.finish();
        Counted {
            end,
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
            counted: self.counted,
            articles,
            is_counted: self.is_counted,
            shared: self.shared,
            terms: self.terms,
            sentiment_terms: terms,
            contributions,
            variants: self.variants,
            places,
            lexical,
            examples: self.examples,
            totals: self.totals,
        }
    }
}

/// Entry and form of the counted hits of an article.
fn counted(quoted: &Quoted, i: usize) -> impl Iterator<Item = (crate::lookup::EntryId, &str)> + Clone {
    quoted.of_article(i).iter().filter(|row| row.uncounted.is_none()).map(|row| (row.entry, quoted.form(row)))
}
