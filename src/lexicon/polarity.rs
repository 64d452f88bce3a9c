//! Lexicons that say good and bad by the names of their frames or files.
//!
//! In: lexicons. Out: which of them are sentiment lexicons, and which two are one.
//! Invariant: a lexicon that says its kind is believed.
//! It deliberately gives no weights: `sentiment` turns the sign of a negative frame, and counts a neutral one for 0.

use super::model::{Frame, Kind, Lexicon};
use super::sniff::Format;
use crate::error::{Place, Problem};

/// Names of good, as frames and the cells of tables have them.
const POSITIVE: &str = "positive pos pstv positiv positif positifs positivo positiva positivos pozitif pozitiv pozytywne \
    позитив позитивный позитивная позитивное положительный положительная положительное";

const NEGATIVE: &str = "negative neg ngtv negativ négatif négatifs negatif negativo negativa negativos negatywne \
    негатив негативный негативная негативное отрицательный отрицательная отрицательное";

const NEITHER: &str = "neutral neut neu both mixed positive_negative negative_positive neutre neutro neutra nötr нейтральный нейтральная \
    нейтральное нейтрально";

/// What the name of a frame says: 1 that its words are good, −1 that they are bad, 0 that they are neither, or both. The four of the Lexicoder
/// dictionary too, whose `neg_positive` holds phrases such as *not good*.
pub fn sign_of(name: &str) -> Option<i32> {
    let name = name.to_lowercase().replace(['-', ' ', '/'], "_");
    let is = |list: &str| list.split_whitespace().any(|other| other == name);
    match name.as_str() {
        "neg_negative" => Some(1),
        "neg_positive" => Some(-1),
        _ if is(POSITIVE) => Some(1),
        _ if is(NEGATIVE) => Some(-1),
        _ if is(NEITHER) => Some(0),
        _ => None,
    }
}

/// True where frames are called positive and negative, whatever else there is.
pub fn has_polarities(lexicon: &Lexicon) -> bool {
    let has = |sign: i32| lexicon.frames.iter().any(|frame| sign_of(&frame.name) == Some(sign));
    has(1) && has(-1)
}

fn is_polar_by_name(lexicon: &Lexicon) -> bool {
    has_polarities(lexicon) && lexicon.frames.iter().all(|frame| sign_of(&frame.name).is_some())
}

/// Why a lexicon that does not say its kind is one of sentiment: all its frames are called positive, negative or neutral, as in LSD and its
/// like, or a table of our own form has weights below 0.
pub(super) fn is_of_sentiment(lexicon: &Lexicon) -> Option<&'static str> {
    if lexicon.kind != Kind::Frames || lexicon.format == Format::Toml {
        return None;
    }
    if is_polar_by_name(lexicon) {
        return Some(
            "its frames are called positive and negative, so it is scored as a sentiment lexicon, longest phrase first; words that it calls neutral weigh 0",
        );
    }
    (lexicon.format == Format::Csv && lexicon.entries.iter().any(|entry| entry.weight < 0))
        .then_some("it has weights below 0, so it is scored as a sentiment lexicon, longest phrase first")
}

/// Tells weights whose sign is not that of their frame's name, where others of the frame have it.
pub(super) fn tell_signs(lexicon: &mut Lexicon) {
    if !is_polar_by_name(lexicon) {
        return;
    }
    for number in 0..lexicon.frames.len() {
        let frame = &lexicon.frames[number];
        let Some(sign) = sign_of(&frame.name).filter(|sign| *sign != 0) else { continue };
        let weighed = |other: i32| {
            lexicon
                .entries
                .iter()
                .find(move |entry| entry.frame == number && !entry.except && entry.weight.signum() == other)
        };
        let place = |line: u32, column: u32| Place::at(lexicon.file.clone(), line, column);
        let problem = match (sign, weighed(1), weighed(-1)) {
            (-1, Some(odd), Some(even)) => {
                let found = format!(
                    "`{}` is in `{}` and has a weight above 0, where `{}` has one below: each counts with the sign that is written",
                    odd.text, frame.name, even.text
                );
                let hint = format!("give all words of `{}` a minus, or none", frame.name);
                Problem::warning("weight-signs", place(odd.line, odd.column), found).hint(hint)
            }
            (1, _, Some(odd)) => {
                let found =
                    format!("`{}` is in `{}` and has a weight below 0: it counts as negative", odd.text, frame.name);
                Problem::warning("weight-signs", place(odd.line, odd.column), found)
            }
            _ => continue,
        };
        lexicon.problems.push(problem);
    }
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
            sign_of(&name).is_some() || ["pos", "neg"].iter().any(|sign| name.starts_with(sign))
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
