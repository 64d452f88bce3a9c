//! How far sentiment lexicons agree on a corpus.
//!
//! In: lexicons, and a study that says which articles and how they are scored. Out: an [`Agreement`]: the scores of each article, and
//! what pairs of lexicons have in common.
//! Invariant: a score is that of a run with this study; an article that one of two lexicons finds nothing in is in no pair.
//! It deliberately does not say which lexicon is right: people's coding does.

use super::Finding;
use crate::aggregate::{Cell, Valence};
use crate::count::Request;
use crate::error::{Place, Problem, Result};
use crate::lexicon::{self, Set, are_partners};
use crate::lookup::{Plan, Subjects};
use crate::progress::Silent;
use crate::results::Sheet;
use crate::sentiment::{Mode, Scorer};
use crate::session::CountingSession;
use crate::statistics::agreement::alpha::{Scale, alpha_with_interval};
use crate::statistics::spearman::spearman;
use crate::statistics::{Estimate, Options};
use crate::study::Study;
use crate::text::several;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// Articles shown on which lexicons agree least.
const SHOWN: usize = 15;
/// Classes of ranks for α.
const CLASSES: usize = 5;

/// The scores of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredArticle {
    /// Identifier.
    pub id: String,
    /// Outlet, where it has one.
    pub outlet: String,
    /// Title.
    pub title: String,
    /// By lexicon; none where it found nothing.
    pub scores: Vec<Option<f64>>,
}

/// Two lexicons on the articles that both find something in.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Numbers of the lexicons.
    pub of: [usize; 2],
    /// Articles.
    pub articles: usize,
    /// Pearson's r of the scores; none without variation.
    pub pearson: Option<f64>,
    /// Spearman's ρ.
    pub spearman: Estimate,
    /// Share of articles that both call positive or both call negative.
    pub same_sign: Option<f64>,
}

/// What a comparison found.
pub struct Agreement {
    /// Names of the lexicons, or of their dimensions.
    pub lexicons: Vec<String>,
    /// Number of the one that was declared before looking.
    pub primary: usize,
    /// Every counted article.
    pub articles: Vec<ScoredArticle>,
    /// Every pair.
    pub pairs: Vec<Pair>,
    /// Krippendorff's α (ordinal) of the fifths into which each lexicon's ranks fall.
    pub alpha: Estimate,
    mode: Mode,
}

/// Scores the articles of a study by each lexicon.
pub fn compare_lexicons(
    files: &[String],
    study: &Study,
    reading: &lexicon::Options,
    stop: &AtomicBool,
) -> Result<Agreement> {
    let set = Set { frames: Vec::new(), ..study.load_lexicons(files, reading)? };
    let plans: Vec<Plan<'_>> = set.sentiment.chunk_by(are_partners).map(Plan::new).collect();
    let scorer = Scorer::new(&plans, study.sentiment.clone())?;
    let mut session = CountingSession::open(study, &set)?;
    let lexicons = scorer.scales.names();
    if lexicons.len() < 2 {
        let found = format!("{} sentiment lexicons with one dimension or more", lexicons.len());
        let problem = Problem::error("nothing-to-compare", Place::file("command line"), found);
        return Err(problem
            .expected("two at least, as in `framescope sentiment compare a.toml b.txt articles/`")
            .into());
    }
    let (frames, subjects, vaders) = (Plan::new(&[]), Subjects::default(), scorer.vaders());
    let request = Request { vaders: &vaders, ..Request::of_hits(&frames, &scorer, &subjects) };
    session.index_aside((&[], &set), stop)?;
    let counted = session.count_all(&request, &Silent, stop)?;
    let is_counted = counted.articles.into_iter().filter(|article| article.reason.is_counted());
    let valence = counted.counts.valence.chunks(lexicons.len());
    let score_of = |sum: &Option<Valence>| score(sum.as_ref()?, scorer.options.mode);
    let articles = is_counted.zip(valence).map(|(counted, valence)| ScoredArticle {
        id: counted.article.id,
        outlet: counted.article.outlet.unwrap_or_default(),
        title: counted.article.title,
        scores: valence.iter().map(score_of).collect(),
    });
    let articles = articles.collect();
    Ok(Agreement::of(lexicons, scorer.primary(), articles, study))
}

fn score(sum: &Valence, mode: Mode) -> Option<f64> {
    let hits = sum.positive_hits + sum.negative_hits;
    let (top, bottom) = match mode {
        Mode::Dictionary => ((sum.positive_sum + sum.negative_sum) as f64 / 1000.0, hits),
        Mode::Vader | Mode::VaderCorrected => (sum.compound as f64 / 10_000.0, sum.sentences),
    };
    (bottom > 0).then(|| top / f64::from(bottom))
}

impl Agreement {
    fn of(lexicons: Vec<String>, primary: usize, articles: Vec<ScoredArticle>, study: &Study) -> Agreement {
        let mut pairs = Vec::new();
        for a in 0..lexicons.len() {
            for b in a + 1..lexicons.len() {
                let both = articles.iter().filter_map(|article| Some((article.scores[a]?, article.scores[b]?)));
                pairs.push(pair([a, b], &both.collect::<Vec<_>>()));
            }
        }
        let classes: Vec<Vec<Option<u32>>> = (0..lexicons.len()).map(|lexicon| fifths(&articles, lexicon)).collect();
        let unit = |article: usize| classes.iter().filter_map(|of| of[article]).collect::<Vec<u32>>();
        let units: Vec<Vec<u32>> = (0..articles.len()).map(unit).filter(|unit| unit.len() > 1).collect();
        let options = Options { seed: study.estimates.seed, ..Options::default() };
        let alpha = alpha_with_interval(&units, Scale::Ordinal, "sentiment compare", &options);
        Agreement { lexicons, primary, articles, pairs, alpha, mode: study.sentiment.mode }
    }

    /// The articles on which the lexicons agree least: by how far apart their ranks are.
    pub fn apart(&self) -> Vec<(&ScoredArticle, f64)> {
        let ranks: Vec<Vec<Option<f64>>> =
            (0..self.lexicons.len()).map(|lexicon| ranks(&self.articles, lexicon)).collect();
        let spread = |i: usize| {
            let own: Vec<f64> = ranks.iter().filter_map(|of| of[i]).collect();
            let (low, high) = own.iter().fold((1.0_f64, 0.0_f64), |(low, high), &r| (low.min(r), high.max(r)));
            if own.len() < 2 { 0.0 } else { high - low }
        };
        let mut apart: Vec<(&ScoredArticle, f64)> =
            self.articles.iter().enumerate().map(|(i, article)| (article, spread(i))).collect();
        apart.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
        apart
    }

    /// For people.
    pub fn finding(&self) -> Finding {
        let mut text = String::new();
        let what = match self.mode {
            Mode::Dictionary => "mean weight of a hit",
            Mode::Vader | Mode::VaderCorrected => "mean compound of sentences",
        };
        let _ = writeln!(text, "{}; the score of an article is the {what}\n", several(self.articles.len(), "article"));
        for (number, name) in self.lexicons.iter().enumerate() {
            let scored = self.articles.iter().filter(|article| article.scores[number].is_some()).count();
            let role = if number == self.primary { "primary" } else { "robustness" };
            let _ = writeln!(text, "{}  {name}: {role}; {} with a score", number + 1, several(scored, "article"));
        }
        let _ = writeln!(text, "\npair   articles   Pearson   Spearman [95 %]          same sign");
        for pair in &self.pairs {
            let rho = written(pair.spearman.value.value());
            let interval = pair.spearman.interval.and_then(|interval| Some((interval.low()?, interval.high()?)));
            let interval = interval.map_or(String::new(), |(low, high)| format!(" [{low:.2}, {high:.2}]"));
            let same = pair.same_sign.map_or("–".to_string(), |share| format!("{:.0} %", share * 100.0));
            let _ = writeln!(
                text,
                "{:5}  {:>8}   {:>7}   {:<23}  {:>9}",
                format!("{}–{}", pair.of[0] + 1, pair.of[1] + 1),
                pair.articles,
                written(pair.pearson),
                format!("{rho}{interval}"),
                same
            );
        }
        let interval = self.alpha.interval.and_then(|interval| Some((interval.low()?, interval.high()?)));
        let interval = interval.map_or(String::new(), |(low, high)| format!(" [{low:.2}, {high:.2}]"));
        let _ = writeln!(
            text,
            "\nKrippendorff's alpha {}{interval}: ordinal, with the articles divided into fifths by rank in each lexicon; reliable from .800, unreliable below .667.",
            written(self.alpha.value.value())
        );
        let _ = writeln!(
            text,
            "\nThe articles on which they agree least (difference of highest and lowest rank, as a share of all ranks; scores by lexicon):"
        );
        for (article, spread) in self.apart().into_iter().filter(|(_, spread)| *spread > 0.0).take(SHOWN) {
            let scores: Vec<String> = article.scores.iter().map(|score| written(*score)).collect();
            let title: String = article.title.chars().take(60).collect();
            let _ = writeln!(text, "{spread:.2}  {}  {}  {} {title}", scores.join("  "), article.id, article.outlet);
        }
        let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
        Finding { text: lines.join("\n"), needs_decision: false }
    }

    /// For machines: the score of every article by every lexicon.
    pub fn csv(&self) -> String {
        // a vector takes everything
        String::from_utf8(self.sheet().unwrap_or_default()).unwrap_or_default()
    }

    fn sheet(&self) -> std::io::Result<Vec<u8>> {
        let names = self.lexicons.iter().map(String::as_str);
        let header: Vec<&str> =
            ["article", "outlet", "title"].into_iter().chain(names).chain(["ranks_apart"]).collect();
        let mut sheet = Sheet::with_header(Vec::new(), &header)?;
        for (article, spread) in self.apart() {
            let mut row = [&article.id, &article.outlet, &article.title].map(|text| Cell::Text(text)).to_vec();
            row.extend(article.scores.iter().map(|score| score.map_or(Cell::Missing, Cell::Real)));
            row.push(Cell::Real(spread));
            sheet.row(&row)?;
        }
        Ok(sheet.into_inner())
    }
}

fn written(value: Option<f64>) -> String {
    value.map_or("–".to_string(), |value| format!("{value:.2}"))
}

fn pair(of: [usize; 2], both: &[(f64, f64)]) -> Pair {
    let n = both.len() as f64;
    let (mx, my) = (both.iter().map(|p| p.0).sum::<f64>() / n, both.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| both.iter().map(f).sum::<f64>();
    let (xy, xx, yy) =
        (sum(&|p| (p.0 - mx) * (p.1 - my)), sum(&|p| (p.0 - mx) * (p.0 - mx)), sum(&|p| (p.1 - my) * (p.1 - my)));
    let r = xy / libm::sqrt(xx * yy);
    let signed: Vec<bool> =
        both.iter().filter(|(a, b)| *a != 0.0 && *b != 0.0).map(|(a, b)| (*a > 0.0) == (*b > 0.0)).collect();
    let same = signed.iter().filter(|&&same| same).count() as f64 / signed.len() as f64;
    Pair {
        of,
        articles: both.len(),
        pearson: r.is_finite().then_some(r),
        spearman: spearman(both),
        same_sign: same.is_finite().then_some(same),
    }
}

/// Rank of each article's score among those of the lexicon, 0 to 1, ties sharing the mean.
fn ranks(articles: &[ScoredArticle], lexicon: usize) -> Vec<Option<f64>> {
    let mut sorted: Vec<f64> = articles.iter().filter_map(|article| article.scores[lexicon]).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1).max(1) as f64;
    let rank = |article: &ScoredArticle| {
        let score = article.scores[lexicon]?;
        let (from, to) = (sorted.partition_point(|&x| x < score), sorted.partition_point(|&x| x <= score));
        Some((from + to - 1) as f64 / 2.0 / last)
    };
    articles.iter().map(rank).collect()
}

/// The fifth of the ranks in which each article falls.
fn fifths(articles: &[ScoredArticle], lexicon: usize) -> Vec<Option<u32>> {
    let class = |rank: f64| ((rank * CLASSES as f64) as u32).min(CLASSES as u32 - 1);
    ranks(articles, lexicon).into_iter().map(|rank| rank.map(class)).collect()
}
