//! What `index.html` says of sentiment.
//!
//! In: estimates and how they were scored. Out: a [`Sentiment`] a scale, and sentences on how scores came about.
//! Invariant: the same groups in the same order as in the rest of the page.
//! It deliberately claims no validation: a run has not seen human coding.

use crate::estimates::Estimates;
use crate::report::html::{Measure, Sentiment, Tone};
use crate::report::shown::measure;
use crate::report::tables::Finished;
use crate::sentiment::{Mode, Negation, Options, Scorer};

/// The scores of these groups on every scale.
pub(super) fn sentiment(
    found: &Finished,
    estimates: &Estimates,
    scorer: &Scorer<'_>,
    groups: &[usize],
) -> Vec<Sentiment> {
    let is_vader = scorer.options.mode != Mode::Dictionary;
    let tone = |scale: usize, group: usize| {
        let row = &estimates.sentiment[scale][group];
        let has_zero = scorer.scales.all[scale].has_zero;
        let polar = |estimate| match has_zero {
            true => measure(estimate),
            false => Measure { why: "the scale has no zero".to_string(), ..Measure::default() },
        };
        Tone {
            articles: u64::from(row.articles),
            positive: has_zero.then_some(row.positive),
            negative: has_zero.then_some(row.negative),
            valence: measure(&row.mean_valence),
            balance: polar(&row.balance),
            logit: polar(&row.logit),
            compound: is_vader.then(|| measure(&estimates.vader[scale][group].compound)),
        }
    };
    let of_scale = |(scale, name): (usize, &String)| Sentiment {
        lexicon: name.clone(),
        role: scorer.role(scale).to_string(),
        validation: None,
        rows: groups.iter().map(|&group| tone(scale, group)).collect(),
    };
    found.counts.lexicons.iter().enumerate().map(of_scale).collect()
}

/// How sentiment was scored, in words.
pub(super) fn scoring(options: &Options) -> String {
    let mode = match options.mode {
        Mode::Dictionary => "An article’s score is the mean weight of its hits.",
        Mode::Vader => {
            "An article’s score is the mean of its sentences’ compounds by VADER’s rules, as vaderSentiment 3.3.2 has them; the other figures are of the lexicon’s hits."
        }
        Mode::VaderCorrected => {
            "An article’s score is the mean of its sentences’ compounds by VADER’s rules, with curly marks read and “but” mended; the other figures are of the lexicon’s hits."
        }
    };
    let negation = match options.negation {
        Negation::Ignore => "Negation is ignored.",
        Negation::Flip => "A hit at most three words behind a negation counts 0.74 of its weight with the other sign.",
        Negation::Drop => "A hit at most three words behind a negation is not counted.",
    };
    let degrees = if options.degrees {
        "An intensifier right before a hit counts 1.25 times, a diminisher 0.75 times."
    } else {
        "Intensifiers are ignored."
    };
    format!("{mode} {negation} {degrees}")
}
