//! A rate as it would be if every group had written in the same mix of months.
//!
//! In: [`Groups`] and the stratum (month, section, …) of each article. Out: one estimate per group and frame.
//! Invariant: the weights are those of all groups together, so that a group's own mix never enters.
//! It deliberately invents nothing for a stratum in which a group has no article: the rate is then missing.

use super::bootstrap::{Draws, expanded_percentile};
use super::canonical::Canonical;
use super::measure::measure;
use super::measured::{Estimate, Interval, LEVEL, Measured, Note, Why};
use super::rate::{BOOTSTRAP, LARGE, LINEARISED, MIN_WITH_HITS, PER_WORDS};
use super::seed::Stream;
use super::side::{Multiplicity, is_informative};
use super::special::t_quantile;
use super::tables::Groups;
use super::units::{Body, Units};
use super::{Options, Tally};
use rayon::prelude::*;

measure! {
    STANDARDISED, "estimate", "standardised-rate";
    what: "The rate that a group would have if its words were spread over the strata (months) as those of all groups together are.";
    formula: "1000 Σ_s w_s y_s / l_s, w_s = L_s / ΣL of all groups; interval exp(ln r ± t √V), V = Σ_s w_s² se_s² / r², se_s of the linearised ratio, t with n − S degrees of freedom, below 200 articles at least Σ_s w_s² y_s / l_s² / r² and widened to the bootstrap over articles within strata";
    unit: "hits per 1,000 words, 0 and above";
    missing: "\"no articles in a stratum\"; no interval with \"one article in a stratum\", nor with hits in fewer than 3 articles, nor with bounds farther than a factor of 100 or beyond one hit a word (\"too few articles\")";
    source: "direct standardisation: Keiding and Clayton 2014, Statistical Science 29(4)";
    beware: "A stratum with few articles of the group but many of the others has a large weight. Articles without a stratum are left out.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let months = [Tally::of(&[unit(1, 500), unit(3, 500)]), Tally::of(&[unit(9, 500), unit(7, 1000)])];\n\
              let shares = [0.75, 0.25];\n\
              let rate = standardised::standardise(&months, &shares, None).value.value().unwrap();\n\
              assert!((rate - 1000.0 * (0.75 * 4.0 / 1000.0 + 0.25 * 16.0 / 1500.0)).abs() < 1e-12);";
}

/// One group and frame.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardisedRow {
    /// Index of the group.
    pub group: usize,
    /// Index of the frame.
    pub frame: usize,
    /// The rate as it is, of the articles that have a stratum.
    pub crude: Measured,
    /// The rate at the common mix.
    pub standardised: Estimate,
    /// Strata in which the group has no article; indices into the names.
    pub absent: Vec<usize>,
}

/// Strata of articles: names, and the number of each article's; a number past the names is no stratum.
#[derive(Clone, Copy, Debug)]
pub struct Strata<'a> {
    /// Names, which name the random streams too.
    pub names: &'a [String],
    /// Stratum of each article.
    pub of: &'a [u32],
}

/// [`STANDARDISED`] for every group and frame.
pub fn standardised(groups: &Groups<'_>, strata: Strata<'_>) -> Vec<StandardisedRow> {
    let n = strata.names.len();
    let mut words = vec![0u64; n];
    let members = |group: usize| {
        let mut cells: Vec<Vec<u32>> = vec![Vec::new(); n];
        for &article in groups.members(group) {
            if let Some(cell) = cells.get_mut(strata.of[article as usize] as usize) {
                cell.push(article);
            }
        }
        cells
    };
    let cells: Vec<Vec<Vec<u32>>> = (0..groups.groups()).map(members).collect();
    for (stratum, articles) in cells.iter().flat_map(|cells| cells.iter().enumerate()) {
        words[stratum] += articles.iter().map(|&article| u64::from(groups.words()[article as usize])).sum::<u64>();
    }
    let all: u64 = words.iter().sum();
    let shares: Vec<f64> = words.iter().map(|&words| words as f64 / all as f64).collect();
    let of_group = |group: usize| rows_of(groups, strata, group, &cells[group], &shares);
    (0..groups.groups()).into_par_iter().map(of_group).collect::<Vec<_>>().concat()
}

fn rows_of(
    groups: &Groups<'_>,
    strata: Strata<'_>,
    group: usize,
    cells: &[Vec<u32>],
    shares: &[f64],
) -> Vec<StandardisedRow> {
    let used: Vec<usize> = (0..cells.len()).filter(|&stratum| shares[stratum] > 0.0).collect();
    let absent: Vec<usize> = used.iter().copied().filter(|&stratum| cells[stratum].is_empty()).collect();
    let units: Vec<Units> = used.iter().map(|&stratum| groups.units_of(&cells[stratum])).collect();
    let all: usize = units.iter().map(|units| units.columns().0.len()).sum();
    let fits = absent.is_empty() && units.iter().all(|units| units.columns().0.len() > 1);
    let draws: Option<Vec<Draws>> = (fits && all < LARGE as usize).then(|| {
        let draw = |(units, &stratum): (&Units, &usize)| {
            let (words, hits) = units.columns();
            let rows = Canonical::of(words, hits, None, &(0..words.len() as u32).collect::<Vec<u32>>());
            let names = ["standardised", strata.names[stratum].as_str()];
            let options: &Options = groups.options();
            Draws::of(&rows, 0, options.resamples, &mut Stream::named(options.seed, &names))
        };
        units.iter().zip(&used).map(draw).collect()
    });
    let weights: Vec<f64> = used.iter().map(|&stratum| shares[stratum]).collect();
    let bodies: Vec<Body> = units.iter().map(Units::whole).collect();
    let articles: u32 = used.iter().map(|&stratum| cells[stratum].len() as u32).sum();
    let row = |frame: usize| {
        let strata: Vec<Stratum> = bodies.iter().map(|body| Stratum::new(&body.tally(frame), body.copies())).collect();
        let whole = bodies.iter().fold(Tally::default(), |sum, body| sum.plus(&body.tally(frame)));
        let drawn = draws.as_ref().map(|draws| drawn(draws, frame, &weights));
        StandardisedRow {
            group,
            frame,
            crude: Measured::of(PER_WORDS * whole.all.ratio(), Why::NoArticles),
            standardised: standardise_strata(&strata, &weights, drawn.as_deref(), articles),
            absent: absent.clone(),
        }
    };
    (0..groups.frames()).map(row).collect()
}

/// Standardised rates of resampled articles.
fn drawn(draws: &[Draws], frame: usize, weights: &[f64]) -> Vec<f64> {
    let mut rates = Vec::new();
    for (draws, weight) in draws.iter().zip(weights) {
        let Some(column) = draws.column(frame) else { continue };
        rates.resize(column.ratios().count(), 0.0);
        rates.iter_mut().zip(column.ratios()).for_each(|(rate, ratio): (&mut f64, f64)| *rate += weight * ratio);
    }
    rates
}

/// A stratum of a group: sums over its units, and how many copies of itself each stands for.
struct Stratum {
    tally: Tally,
    copies: f64,
}

impl Stratum {
    fn new(tally: &Tally, copies: Multiplicity) -> Stratum {
        Stratum { tally: *tally, copies: copies.value() }
    }
}

/// [`STANDARDISED`] of one group: its sums by stratum, the weights, and the standardised rates of its resamples per word.
pub fn standardise(strata: &[Tally], weights: &[f64], draws: Option<&[f64]>) -> Estimate {
    let articles = strata.iter().map(Tally::articles).sum();
    let strata: Vec<Stratum> = strata.iter().map(|tally| Stratum::new(tally, Multiplicity::ONE)).collect();
    standardise_strata(&strata, weights, draws, articles)
}

fn standardise_strata(strata: &[Stratum], weights: &[f64], draws: Option<&[f64]>, articles: u32) -> Estimate {
    let whole = strata.iter().fold(Tally::default(), |sum, stratum| sum.plus(&stratum.tally));
    let (n, words) = (whole.articles(), whole.words());
    if n == 0 {
        return whole.missing(Why::NoArticles);
    }
    if strata.iter().any(|stratum| stratum.tally.articles() == 0) {
        return whole.missing(Why::EmptyStratum);
    }
    let pairs = || strata.iter().map(|stratum| &stratum.tally).zip(weights);
    let copies = strata.iter().map(|stratum| stratum.copies);
    let rate: f64 = pairs().map(|(stratum, weight)| weight * stratum.all.ratio()).sum();
    let value = Measured::of(PER_WORDS * rate, Why::Undefined);
    let without = |why| Estimate::without_interval(value, why, articles, words);
    if strata.iter().any(|stratum| stratum.tally.articles() < 2) {
        return without(Why::OneInStratum);
    }
    if whole.with_hits.articles < MIN_WITH_HITS {
        return without(Why::TooFewArticles);
    }
    let square = |x: f64| x * x;
    let spread = |(stratum, weight): (&Tally, &f64)| square(weight * stratum.all.standard_error());
    let independent =
        |(stratum, weight): (&Tally, &f64)| weight * weight * stratum.hits() as f64 / square(stratum.words() as f64);
    let mut variance = pairs().map(spread).sum::<f64>();
    if n < LARGE {
        // hits of copies are not independent: one hit in each copy is one hit
        variance = variance.max(pairs().map(independent).zip(copies).map(|(v, copies)| v * copies).sum());
    }
    let df = f64::from(n) - strata.len() as f64;
    let width = t_quantile(0.5 + 0.5 * LEVEL, df) * libm::sqrt(variance) / rate;
    let (mut low, mut high) = (rate * libm::exp(-width), rate * libm::exp(width));
    if !is_informative(width) || high > 1.0 {
        return without(Why::TooFewArticles);
    }
    let mut method = LINEARISED;
    if let Some(draws) = draws {
        let (from, to) = expanded_percentile(draws, n, LEVEL);
        (low, high, method) = (low.min(from), high.max(to), BOOTSTRAP);
    }
    let estimate =
        Estimate::with_interval(value, Interval::two_sided(PER_WORDS * low, PER_WORDS * high), articles, words, method);
    Estimate { note: estimate.note.or_else(|| (n < 10).then_some(Note::FewArticles)), ..estimate }
}
