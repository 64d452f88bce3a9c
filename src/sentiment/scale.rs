//! What a sentiment lexicon measures: one polarity, or several dimensions.
//!
//! In: the plans of a run. Out: [`Scales`]: which frame feeds which scale, and with which sign.
//! Invariant: dimensions are never summed into each other; a frame of negative words has no positive weight.
//! It deliberately reads the names of frames only where the file gives no sign.

use crate::lexicon::{self, Class, Format};
use crate::lookup::{EntryId, FrameId, Plan};

/// Something that is measured: a lexicon, or a dimension of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Index of the plan.
    pub plan: usize,
    /// Name of the lexicon.
    pub lexicon: String,
    /// Name of the dimension; empty where the lexicon has one.
    pub dimension: String,
    /// False where weights of several sizes are all above zero (1 to 9, 0 to 1): such a scale has means, and no positive and negative hits.
    pub has_zero: bool,
    /// True where words of the lexicon have classes: then what is judged can be told from what happens.
    pub classed: bool,
    /// True where a model scores the mentions of targets by it.
    pub modelled: bool,
}

impl Scale {
    /// What scores the mentions of targets, as in tables.
    pub fn scored_by(&self) -> &'static str {
        if self.modelled { "model" } else { "rule" }
    }

    /// `anew`, or `anew/arousal`.
    pub fn name(&self) -> String {
        if self.dimension.is_empty() { self.lexicon.clone() } else { format!("{}/{}", self.lexicon, self.dimension) }
    }
}

/// Every scale of a run, and what feeds it.
#[derive(Clone, Debug, Default)]
pub struct Scales {
    /// Plan after plan.
    pub all: Vec<Scale>,
    /// By plan, then frame: the scale, and the sign that the weights of its entries get.
    feeds: Vec<Vec<(usize, i32)>>,
}

impl Scales {
    /// The scales of sentiment lexicons, one plan each.
    pub fn of(plans: &[Plan<'_>]) -> Scales {
        let mut scales = Scales::default();
        for (number, plan) in plans.iter().enumerate() {
            let lexicon = name_of(plan);
            let names = plan.frames();
            let signs: Vec<Option<i32>> = names.iter().map(|name| lexicon::sign_of(name)).collect();
            let polar = signs.iter().all(Option::is_some) && signs.iter().any(|sign| *sign != Some(0));
            let first = scales.all.len();
            let entries = plan.lexicons().iter().flat_map(|lexicon| &lexicon.entries);
            let classed = entries.into_iter().any(|entry| entry.class != Class::default());
            let dimension = |name: &str| Scale {
                plan: number,
                lexicon: lexicon.clone(),
                dimension: name.to_string(),
                has_zero: true,
                classed,
                modelled: false,
            };
            if polar || names.len() < 2 {
                scales.all.push(dimension(""));
                let feed =
                    |frame: usize| (first, if polar { turn(plan, FrameId::new(frame), &names[frame]) } else { 1 });
                scales.feeds.push((0..names.len()).map(feed).collect());
            } else {
                scales.all.extend(names.iter().map(|name| dimension(name)));
                scales.feeds.push((0..names.len()).map(|frame| (first + frame, 1)).collect());
            }
            for (at, scale) in scales.all[first..].iter_mut().enumerate() {
                scale.has_zero = polar || has_zero(plan, (names.len() > 1).then_some(FrameId::new(at)));
            }
        }
        scales
    }

    /// The scale of an entry's frame, and the entry's weight on it.
    pub fn weight(&self, plan: usize, frame: FrameId, weight: i32) -> (usize, i32) {
        let (scale, sign) = self.feeds[plan][frame.index()];
        (scale, weight.saturating_mul(sign))
    }

    /// Names of the scales.
    pub fn names(&self) -> Vec<String> {
        self.all.iter().map(Scale::name).collect()
    }
}

/// True where the weights of a frame, or of all, have a zero between them.
fn has_zero(plan: &Plan<'_>, frame: Option<FrameId>) -> bool {
    let lexicons = plan.lexicons();
    let format = lexicons.first().map_or(Format::Toml, |lexicon| lexicon.format);
    let weights = lexicons.iter().enumerate().flat_map(|(l, lexicon)| {
        let of = move |e: &usize| frame.is_none_or(|frame| plan.frame_of(EntryId::new(l, *e)) == frame);
        (0..lexicon.entries.len()).filter(of).map(|e| lexicon.entries[e].weight)
    });
    lexicon::has_zero(format, weights)
}

/// The lexicon's name; two lists that are partners share what their names share.
fn name_of(plan: &Plan<'_>) -> String {
    match plan.lexicons() {
        [one] => one.name.clone(),
        several => {
            let name = several.first().map_or("", |lexicon| lexicon.name.as_str()).to_lowercase();
            let bare = name.replace("positive", "").replace("negative", "");
            let parts: Vec<&str> = bare.split(['-', '_', ' ']).filter(|part| !part.is_empty()).collect();
            // `positive.txt` and `negative.txt` share no other word
            if parts.is_empty() { "positive-negative".to_string() } else { parts.join("-") }
        }
    }
}

/// −1 where a frame is negative by name and its weights do not say so, 0 where it is neither and has no weights of its own.
fn turn(plan: &Plan<'_>, frame: FrameId, name: &str) -> i32 {
    let has = |test: &dyn Fn(i32) -> bool| {
        plan.lexicons().iter().enumerate().any(|(l, lexicon)| {
            (0..lexicon.entries.len()).any(|e| {
                let id = EntryId::new(l, e);
                plan.frame_of(id) == frame && test(lexicon.entries[e].weight)
            })
        })
    };
    match lexicon::sign_of(name) {
        Some(-1) if !has(&|weight| weight < 0) => -1,
        Some(0) if !has(&|weight| weight != 1000) => 0,
        _ => 1,
    }
}
