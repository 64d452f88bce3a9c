//! Which units are drawn: strata, and the first of each by lot.
//!
//! In: every stratum with its units of smallest lots. Out: [`Drafts`].
//! Invariant: strata are as fine as two units of each allow: by outlet and voice, else by voice, else one.

use super::design::{StratumSample, Unit, allocate};
use super::gather::{Gatherer, HitUnit, Hits, PlainUnit, UnitsWithoutHit};
use super::key::{Level, Stratum};
use super::sample::Draw;
use super::texts::Place as PlacesByArticle;
use std::collections::BTreeMap;

/// The stratum of a unit without a hit, and the hits with theirs.
type Drawn = (Option<usize>, Vec<(usize, HitUnit)>);

/// What was drawn, without its text.
#[derive(Default)]
pub(super) struct Drafts {
    pub strata: Vec<Stratum>,
    /// By frame, article, sentence: the stratum of one without a hit, and the hits.
    pub items: BTreeMap<(usize, u64, u32), Drawn>,
}

/// Units of strata by outlet and voice.
type Cells<T> = Vec<(String, String, StratumSample<T>)>;

impl Drafts {
    pub fn draw(&mut self, draw: &Draw, gatherer: &Gatherer<'_>, hits: &Hits, plain: &UnitsWithoutHit) {
        for frame in 0..gatherer.frames.len() {
            let of_frame = hits.hits.iter().filter(|((of, ..), _)| *of == frame);
            let cells: Cells<HitUnit> = of_frame
                .map(|((_, outlet, voice), pool)| (outlet.clone(), voice.name().to_string(), pool.clone()))
                .collect();
            if draw.unit == Unit::Sentence {
                for (stratum, unit) in self.take(frame, Level::Hits, cells, draw.hits, draw.by_outlet) {
                    self.items.entry((frame, unit.article, unit.sentence)).or_default().1.push((stratum, unit));
                }
            } else {
                let of_frame = hits.articles.iter().filter(|((of, _), _)| *of == frame);
                let cells = of_frame.map(|((_, outlet), pool)| (outlet.clone(), String::new(), pool.clone())).collect();
                self.take_plain(frame, Level::Hits, cells, draw.hits, draw.by_outlet);
            }
            self.without_hit(frame, draw, plain);
        }
    }

    /// Units without a hit: half of them where the frame is likely to be missed.
    fn without_hit(&mut self, frame: usize, draw: &Draw, plain: &UnitsWithoutHit) {
        let outlets: Vec<Option<&String>> = match draw.by_outlet {
            false => vec![None],
            true => {
                let mut outlets: Vec<_> =
                    plain.keys().filter(|(of, ..)| *of == frame).map(|(_, outlet, _)| Some(outlet)).collect();
                outlets.dedup();
                outlets
            }
        };
        for outlet in outlets {
            let of = |level: Level| -> Cells<PlainUnit> {
                let is_of = |key: &(usize, String, Level)| {
                    key.0 == frame && key.2 == level && outlet.is_none_or(|outlet| *outlet == key.1)
                };
                let cells = plain.iter().filter(|(key, _)| is_of(key));
                cells.map(|((_, outlet, _), pool)| (outlet.clone(), String::new(), pool.clone())).collect()
            };
            let (near, far) = (of(Level::Near), of(Level::Far));
            let size = |cells: &Cells<PlainUnit>| cells.iter().map(|(.., pool)| pool.units).sum::<u64>();
            // half of them where the frame is likely to be missed; what one level does not have, the other gets
            let of_far = (draw.sentences - (draw.sentences / 2).min(size(&near))).min(size(&far));
            let of_near = (draw.sentences - of_far).min(size(&near));
            self.take_plain(frame, Level::Near, near, of_near, draw.by_outlet);
            self.take_plain(frame, Level::Far, far, of_far, draw.by_outlet);
        }
    }

    fn take_plain(&mut self, frame: usize, level: Level, cells: Cells<PlainUnit>, n: u64, by_outlet: bool) {
        for (stratum, unit) in self.take(frame, level, cells, n, by_outlet) {
            self.items.entry((frame, unit.article, unit.sentence)).or_default().0 = Some(stratum);
        }
    }

    /// Draws `n` units (of each outlet, where so): strata are as fine as two units each allow.
    fn take<T: Ord + Copy>(
        &mut self,
        frame: usize,
        level: Level,
        cells: Cells<T>,
        n: u64,
        by_outlet: bool,
    ) -> Vec<(usize, T)> {
        let mut domains: BTreeMap<String, Cells<T>> = BTreeMap::new();
        for cell in cells {
            let domain = if by_outlet { cell.0.clone() } else { String::new() };
            domains.entry(domain).or_default().push(cell);
        }
        let mut drawn = Vec::new();
        for (domain, cells) in domains {
            let most = n as usize;
            let strata = strata(cells, &domain, n);
            let sizes: Vec<u64> = strata.iter().map(|(.., pool)| pool.units).collect();
            for ((outlet, voice, mut pool), sampled) in strata.into_iter().zip(allocate(n, &sizes, LEAST.min(n))) {
                pool.merge(StratumSample::default(), most);
                let number = self.strata.len();
                drawn.extend(pool.first.into_iter().take(sampled as usize).map(|(_, unit)| (number, unit)));
                self.strata.push(Stratum { frame, level, outlet, voice, units: pool.units, sampled });
            }
        }
        drawn
    }

    /// What is to be fetched.
    pub fn wanted(&self) -> super::texts::PlacesByArticle {
        let mut wanted = super::texts::PlacesByArticle::new();
        for (draft, (&(frame, article, sentence), (_, hits))) in self.items.iter().enumerate() {
            let hits = hits.iter().map(|(_, hit)| *hit).collect();
            wanted.entry(article).or_default().push(PlacesByArticle { draft, frame, sentence, hits });
        }
        wanted
    }
}

/// Units of a stratum at least, as long as it has them.
const LEAST: u64 = 2;

/// By outlet and voice where that leaves enough for each stratum, else by voice, else one.
fn strata<T: Ord + Copy>(cells: Cells<T>, domain: &str, n: u64) -> Cells<T> {
    let mut coarser: [BTreeMap<(String, String), StratumSample<T>>; 3] = Default::default();
    for (outlet, voice, pool) in cells {
        let names = [(outlet, voice.clone()), (domain.to_string(), voice), (domain.to_string(), String::new())];
        for (strata, name) in coarser.iter_mut().zip(names) {
            strata.entry(name).or_default().merge(pool.clone(), n as usize);
        }
    }
    let [fine, coarse, one] = coarser;
    let fits = |strata: &BTreeMap<_, _>| strata.len() as u64 * LEAST <= n;
    let strata = if fits(&fine) {
        fine
    } else if fits(&coarse) {
        coarse
    } else {
        one
    };
    strata.into_iter().map(|((outlet, voice), pool)| (outlet, voice, pool)).collect()
}
