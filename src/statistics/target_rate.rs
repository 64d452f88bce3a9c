//! How often a frame's vocabulary falls beside a target.
//!
//! In: hits near a target and mentions of it, per article. Out: [`FrameRow`]s per 100 mentions.
//! Invariant: the rate of hits per words, with mentions in the place of words; an article without a mention takes no part.
//! It deliberately has no interval of its own.

use super::Options;
use super::measure::measure;
use super::measured::{Estimate, Measured, Note, Why};
use super::rate::PER_WORDS;
use super::tables::{Counts, FrameRow, frames_table};
use std::sync::Arc;

measure! {
    TARGET_RATE, "estimate", "target-rate";
    what: "Hits of a frame whose nearest target this is, per 100 mentions of the target.";
    formula: "100 Σy / Σm, m the mentions; interval as that of the rate";
    unit: "hits per 100 mentions, 0 and above; above 100 where a mention has several hits beside it";
    missing: "\"no mentions\"; no interval as for the rate";
    source: "linearised ratio: Cochran 1977, Sampling Techniques, ch. 6; expanded percentile: Hesterberg 2015, The American Statistician 69(4)";
    beware: "Near is not about: nearness in a sentence is no syntax. Read the hits before you cite a number.";
    example: "let (frames, groups) = ([\"coup\".to_string()], [\"Daily Meridian\".to_string()]);\n\
              // Two articles: 3 hits beside 4 mentions, none beside 2.\n\
              let (group_of, words, hits) = ([0, 0], [4, 2], [3, 0]);\n\
              let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };\n\
              let rows = target_rate::target_table(&counts, &Options::default());\n\
              assert_eq!(rows[0].rate.value.value(), Some(50.0));";
}

/// Mentions that a rate is printed for.
pub const PER_MENTIONS: f64 = 100.0;

/// Every group × frame beside one target; the words of `counts` are the mentions of the target.
pub fn target_table(counts: &Counts<'_>, options: &Options) -> Vec<FrameRow> {
    per_mentions(frames_table(counts, &Options { of_mentions: true, ..*options }))
}

/// The same of rates per 1,000 mentions.
pub fn per_mentions(rows: Vec<FrameRow>) -> Vec<FrameRow> {
    rows.into_iter().map(|row| FrameRow { rate: Arc::new(of_rate(&row.rate)), ..row }).collect()
}

fn of_rate(rate: &Estimate) -> Estimate {
    let scale = |x: f64| x / (PER_WORDS / PER_MENTIONS);
    let say = |why| if why == Why::NoWords { Why::NoMentions } else { why };
    let value = match rate.value {
        Measured::Missing(why) => Measured::Missing(say(why)),
        Measured::Value(_) => rate.value.map(scale),
    };
    let note = match rate.note {
        Some(Note::NoInterval(why)) => Some(Note::NoInterval(say(why))),
        note => note,
    };
    Estimate { value, interval: rate.interval.and_then(|interval| interval.map(scale)), note, ..*rate }
}
