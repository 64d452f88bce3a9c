//! A value, or the reason why there is none; an interval; an estimate.
//!
//! In: floating point results. Out: [`Measured`], [`Interval`], [`Estimate`].
//! Invariant: no NaN and no infinity gets past these constructors, and what is missing says why.
//! It deliberately does not format: `report` does.

use std::fmt;
use std::num::NonZeroU32;

/// The level of every interval that is printed.
pub const LEVEL: f64 = 0.95;

/// Why a value or an interval is absent. The phrase of each is stable: readers may filter by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// There is no article.
    NoArticles,
    /// One article shows no spread between articles.
    OneArticle,
    /// Articles are the units.
    NoClusters,
    /// All articles are in one cluster, which shows no spread between clusters.
    OneCluster,
    /// The group has fewer articles than the study tests alone.
    SmallGroup,
    /// Too few articles, or too few of them with a hit, for the method to keep what it promises.
    TooFewArticles,
    /// Too few stories that both sides cover.
    TooFewStories,
    /// Nothing was found.
    NoHits,
    /// The denominator is empty.
    NoWords,
    /// The target is not mentioned.
    NoMentions,
    /// There is nothing to compare with.
    NoRest,
    /// Two or more parts are needed.
    OnePart,
    /// All values are the same, so that agreement or correlation is not defined.
    NoVariation,
    /// Nobody coded it twice.
    NoPairs,
    /// Nothing of it was coded, or coders found none of it.
    NotCoded,
    /// A stratum of the standard, such as a month, has no article of the group.
    EmptyStratum,
    /// A stratum has one article, which shows no spread.
    OneInStratum,
    /// The window reaches beyond the first or the last period.
    BeyondPeriods,
    /// The formula is not defined for these counts.
    Undefined,
}

impl Why {
    /// The phrase that tables and charts print.
    pub fn phrase(self) -> &'static str {
        match self {
            Why::NoArticles => "no articles",
            Why::OneArticle => "one article",
            Why::NoClusters => "articles are the units",
            Why::OneCluster => "one cluster",
            Why::SmallGroup => "group too small to be tested alone",
            Why::TooFewArticles => "too few articles",
            Why::TooFewStories => "too few stories",
            Why::NoHits => "no hits",
            Why::NoWords => "no words",
            Why::NoMentions => "no mentions",
            Why::NoRest => "nothing to compare with",
            Why::OnePart => "one part",
            Why::NoVariation => "no variation",
            Why::NoPairs => "no pairs",
            Why::NotCoded => "not coded",
            Why::EmptyStratum => "no articles in a stratum",
            Why::OneInStratum => "one article in a stratum",
            Why::BeyondPeriods => "window beyond the periods",
            Why::Undefined => "not defined",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}

/// A number that is neither NaN nor infinite. Its bits leave room for what is missing, so that [`Measured`] takes as much memory as a number:
/// runs have millions.
#[derive(Clone, Copy, PartialEq)]
pub struct Finite {
    /// The upper half, turned about so that no finite number has zero there.
    high: NonZeroU32,
    low: u32,
}

/// The upper half of a number that is none.
const NO_NUMBER: u32 = 0x7ff8_0000;

const _: () = assert!(size_of::<Measured>() == size_of::<f64>());

impl Finite {
    /// The number, where it is finite; minus zero becomes zero, so that it prints as zero.
    pub fn new(x: f64) -> Option<Finite> {
        let bits = (x + 0.0).to_bits();
        let high = NonZeroU32::new((bits >> 32) as u32 ^ NO_NUMBER)?;
        x.is_finite().then_some(Finite { high, low: bits as u32 })
    }

    /// The number.
    pub fn get(self) -> f64 {
        f64::from_bits(u64::from(self.high.get() ^ NO_NUMBER) << 32 | u64::from(self.low))
    }
}

impl fmt::Debug for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Finite").field(&self.get()).finish()
    }
}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Finite) -> Option<std::cmp::Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

/// A finite value, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measured {
    /// It was measured.
    Value(Finite),
    /// It could not be.
    Missing(Why),
}

impl Measured {
    /// `x`, or `why` where `x` is not finite.
    pub fn of(x: f64, why: Why) -> Measured {
        Finite::new(x).map_or(Measured::Missing(why), Measured::Value)
    }

    /// The value.
    pub fn value(self) -> Option<f64> {
        match self {
            Measured::Value(x) => Some(x.get()),
            Measured::Missing(_) => None,
        }
    }

    /// The reason.
    pub fn why(self) -> Option<Why> {
        match self {
            Measured::Value(_) => None,
            Measured::Missing(why) => Some(why),
        }
    }

    /// The value through `f`; what is missing stays missing for the same reason.
    pub fn map(self, f: impl FnOnce(f64) -> f64) -> Measured {
        match self {
            Measured::Value(x) => Measured::of(f(x.get()), Why::Undefined),
            Measured::Missing(why) => Measured::Missing(why),
        }
    }
}

/// Between which bounds the quantity lies at the stated level; a bound may be open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    low: Option<Finite>,
    high: Option<Finite>,
}

impl Interval {
    /// Both bounds at [`LEVEL`]; none where one is not finite.
    pub fn two_sided(low: f64, high: f64) -> Option<Interval> {
        Some(Interval { low: Some(Finite::new(low)?), high: Some(Finite::new(high)?) })
    }

    /// Only an upper bound.
    pub fn below(high: f64) -> Option<Interval> {
        Some(Interval { low: None, high: Some(Finite::new(high)?) })
    }

    /// Only a lower bound.
    pub fn above(low: f64) -> Option<Interval> {
        Some(Interval { low: Some(Finite::new(low)?), high: None })
    }

    /// The lower bound, where there is one.
    pub fn low(&self) -> Option<f64> {
        self.low.map(Finite::get)
    }

    /// The upper bound, where there is one.
    pub fn high(&self) -> Option<f64> {
        self.high.map(Finite::get)
    }

    /// The level, such as 0.95.
    pub fn level(&self) -> f64 {
        LEVEL
    }

    /// True where `x` is not excluded.
    pub fn contains(&self, x: f64) -> bool {
        self.low().is_none_or(|low| low <= x) && self.high().is_none_or(|high| x <= high)
    }

    /// Both bounds through an increasing `f`.
    pub fn map(self, f: impl Fn(f64) -> f64) -> Option<Interval> {
        let low = self.low.map(|x| Finite::new(f(x.get())));
        let high = self.high.map(|x| Finite::new(f(x.get())));
        if low == Some(None) || high == Some(None) {
            return None;
        }
        Some(Interval { low: low.flatten(), high: high.flatten() })
    }
}

/// What must be printed beside an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// There is no interval, and this is why.
    NoInterval(Why),
    /// Fewer than ten articles: print the interval grey, with a footnote.
    FewArticles,
    /// No hits: only a bound on one side, which takes articles as bursty.
    OneSided,
}

impl Note {
    /// The phrase that tables and charts print.
    pub fn phrase(self) -> &'static str {
        match self {
            Note::NoInterval(why) => why.phrase(),
            Note::FewArticles => "few articles",
            Note::OneSided => "one-sided bound",
        }
    }
}

/// A measured value with what a reader needs in order to judge it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: Measured,
    /// Its interval; where there is none, the note says why.
    pub interval: Option<Interval>,
    /// Number of articles that it rests on.
    pub n_articles: u32,
    /// Number of words that it rests on.
    pub n_words: u64,
    /// How the interval was computed; empty where there is none.
    pub method: &'static str,
    /// What to print beside it.
    pub note: Option<Note>,
}

impl Estimate {
    /// Nothing was measured.
    pub fn missing(why: Why, n_articles: u32, n_words: u64) -> Estimate {
        Estimate { note: Some(Note::NoInterval(why)), ..Estimate::bare(Measured::Missing(why), n_articles, n_words) }
    }

    /// A value that has no interval, for a reason.
    pub fn without_interval(value: Measured, why: Why, n_articles: u32, n_words: u64) -> Estimate {
        Estimate { note: Some(Note::NoInterval(why)), ..Estimate::bare(value, n_articles, n_words) }
    }

    /// A value with its interval; fewer than ten articles are noted.
    pub fn with_interval(
        value: Measured,
        interval: Option<Interval>,
        n_articles: u32,
        n_words: u64,
        method: &'static str,
    ) -> Estimate {
        match interval {
            None => Estimate::without_interval(value, Why::Undefined, n_articles, n_words),
            Some(_) => {
                let note = (n_articles < FEW_ARTICLES).then_some(Note::FewArticles);
                Estimate { interval, method, note, ..Estimate::bare(value, n_articles, n_words) }
            }
        }
    }

    /// Why there is no value or no interval, where that is so.
    pub fn why(&self) -> Option<Why> {
        match self.note {
            Some(Note::NoInterval(why)) => Some(why),
            _ => self.value.why(),
        }
    }

    fn bare(value: Measured, n_articles: u32, n_words: u64) -> Estimate {
        Estimate { value, interval: None, n_articles, n_words, method: "", note: None }
    }
}

/// Below this number of articles an interval is noted as resting on few.
pub const FEW_ARTICLES: u32 = 10;
