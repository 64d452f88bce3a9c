//! Lexicons that say good and bad by the names of their frames or files.
//!
//! In: lexicons. Out: which of them are sentiment lexicons, and which two are one.
//! Invariant: a lexicon that says its kind is believed.
//! It deliberately gives no weights: `sentiment` turns the sign of a negative frame.

use super::model::{Frame, Kind, Lexicon};
use super::sniff::Format;
use crate::error::{Place, Problem};

/// True where the frames of a foreign lexicon are all called positive or negative, and both are there: LSD and its like.
pub(super) fn is_polar(lexicon: &Lexicon) -> bool {
    let name = |frame: &Frame| frame.name.to_lowercase().replace(['-', ' '], "_");
    let positive = |frame: &Frame| matches!(name(frame).as_str(), "positive" | "pos" | "neg_negative");
    let negative = |frame: &Frame| matches!(name(frame).as_str(), "negative" | "neg" | "neg_positive");
    lexicon.kind == Kind::Frames
        && !matches!(lexicon.format, Format::Toml | Format::Csv)
        && lexicon.frames.iter().any(positive)
        && lexicon.frames.iter().any(negative)
        && lexicon.frames.iter().all(|frame| positive(frame) || negative(frame))
}

/// True for two lists that are one lexicon: their names differ by `positive` and `negative` alone, as Hu and Liu's do.
pub fn are_partners(one: &Lexicon, other: &Lexicon) -> bool {
    let (a, b) = (one.name.to_lowercase(), other.name.to_lowercase());
    let is_list = |lexicon: &Lexicon| lexicon.format == Format::HuLiu;
    is_list(one) && is_list(other) && a != b && bare(&a) == bare(&b)
}

/// A list of one sign whose partner is not there: its scores have one sign, whatever the text says.
pub(super) fn without_partner(lexicons: &mut [Lexicon]) {
    let is_alone = |i: usize| {
        lexicons[i].format == Format::HuLiu && !lexicons.iter().any(|other| are_partners(&lexicons[i], other))
    };
    let alone: Vec<usize> = (0..lexicons.len()).filter(|&i| is_alone(i)).collect();
    for i in alone {
        let lexicon = &mut lexicons[i];
        let positive = lexicon.entries.iter().any(|entry| entry.weight > 0);
        let (here, missing, side) =
            if positive { ("positive", "negative", "below") } else { ("negative", "positive", "above") };
        let found = format!("a list of {here} words alone: none of its scores is {side} 0");
        let problem = Problem::warning("lexicon-one-sided", Place::file(lexicon.file.as_str()), found);
        lexicon.problems.push(problem.hint(format!("give the list of {missing} words too: the two are one lexicon")));
    }
}

/// False for weights of several sizes of which none is below zero: 1 to 9, or 0 to 1. Their sign says nothing of good and bad. Lists that
/// are known to hold the positive half of a scale have a zero.
pub fn has_zero(format: Format, weights: impl Iterator<Item = i32>) -> bool {
    let (mut least, mut most) = (i32::MAX, i32::MIN);
    for weight in weights.filter(|weight| *weight != 0) {
        (least, most) = (least.min(weight), most.max(weight));
    }
    let is_half = matches!(format, Format::SentiWs | Format::HuLiu | Format::Vader | Format::SentiWordNet);
    is_half || least < 0 || least >= most
}

/// Tells which sentiment lexicons have a scale without a zero.
pub(super) fn without_zero(lexicons: &mut [Lexicon]) {
    for lexicon in lexicons {
        let signed = |frame: &Frame| {
            let name = frame.name.to_lowercase();
            ["pos", "neg"].iter().any(|sign| name.starts_with(sign))
        };
        let lacks = |frame: usize| {
            let weights = lexicon.entries.iter().filter(|entry| entry.frame == frame && !entry.except);
            !has_zero(lexicon.format, weights.map(|entry| entry.weight))
        };
        let frames: Vec<String> = (0..lexicon.frames.len())
            .filter(|&frame| !signed(&lexicon.frames[frame]) && lacks(frame))
            .map(|frame| format!("`{}`", lexicon.frames[frame].name))
            .collect();
        if frames.is_empty() {
            continue;
        }
        let found = format!(
            "no weight in {} is below 0: the scale has no zero, so only means are given, no positive and negative hits, and negation changes nothing",
            frames.join(", ")
        );
        let problem = Problem::warning("scale-without-zero", Place::file(lexicon.file.as_str()), found);
        let hint = "if good and bad have a border, as 5 on a scale of 1 to 9, subtract it from all weights";
        lexicon.problems.push(problem.hint(hint));
    }
}

/// Puts partners side by side, each pair where its first stood.
pub(super) fn pair_up(lexicons: Vec<Lexicon>) -> Vec<Lexicon> {
    let place = |i: usize| (0..i).find(|&j| are_partners(&lexicons[j], &lexicons[i])).unwrap_or(i);
    let places: Vec<usize> = (0..lexicons.len()).map(place).collect();
    let mut placed: Vec<(usize, Lexicon)> = places.into_iter().zip(lexicons).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, lexicon)| lexicon).collect()
}

/// The name without the word that tells the sign.
fn bare(name: &str) -> String {
    name.to_lowercase().replace("positive", "±").replace("negative", "±")
}
