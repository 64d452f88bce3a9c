//! The charts of sentiment: what each fills in.
//!
//! In: estimates. Out: structs of plain values, to be drawn.
//! Invariant: the bars of a chart of contributions sum to the difference that it states.
//! It deliberately compares two groups only: the two with most articles; each group against the rest is in `sentiment_shifts.csv`.

use super::chart::{ContributionBar, Contributions, Label, Sentiment, Words};
use super::charts::ChartContext;
use super::shown::plain;
use crate::aggregate::Contribution;
use crate::estimates::shift;
use crate::lookup::Plan;
use crate::results::headline;
use crate::sentiment::{Mode, Scale};
use crate::statistics::Estimate;
use crate::statistics::difference::{difference, is_distinguishable};

/// Entries on a chart.
pub(super) const SHOWN: usize = 20;

/// What the chart of scores is about: title, unit, notes.
fn score_words(mode: Mode, scale: &Scale, role: &str) -> (&'static str, String, &'static str) {
    let subtitle =
        |what: &str| format!("{what}Lexicon {} ({role}); bars: 95 % intervals, articles as units", scale.name());
    match mode {
        Mode::Dictionary => ("Mean valence of evaluative words", subtitle(""), "mean weight of a hit"),
        Mode::Vader => (
            "Mean compound of sentences",
            subtitle("VADER’s rules, as vaderSentiment 3.3.2. "),
            "mean compound (−1 to 1)",
        ),
        Mode::VaderCorrected => {
            ("Mean compound of sentences", subtitle("VADER’s rules, corrected. "), "mean compound (−1 to 1)")
        }
    }
}

/// What the sum of the bars is called.
pub(super) fn sum_name(is_distinguishable: bool) -> String {
    if is_distinguishable { "Difference" } else { "Difference, not distinguishable from 0" }.to_string()
}

/// What makes two groups differ on a scale; none where one of them has no hits.
fn contributions(
    found: &[Contribution],
    plan: &Plan<'_>,
    (number, scale): (usize, &Scale),
    [one, other]: [(usize, &str); 2],
    difference: &Estimate,
    words: impl Fn(&str, &str, &[&str]) -> Words,
) -> Option<Contributions> {
    let shift = shift(found, number, one.0, Some(other.0))?;
    let name = |bar: &crate::estimates::Bar| {
        let text = &plan.entry(bar.entry).1.text;
        if bar.negated { format!("not: {text}") } else { text.clone() }
    };
    let shown = shift.bars.len().min(SHOWN);
    let mut bars: Vec<ContributionBar> = shift.bars[..shown]
        .iter()
        .map(|bar| ContributionBar {
            name: name(bar),
            entry: Some(plan.entry(bar.entry).1.text.clone()),
            contribution: bar.contribution,
            hits: Some(bar.hits.map(|n| n as i64)),
            ..ContributionBar::default()
        })
        .collect();
    let rest = &shift.bars[shown..];
    if !rest.is_empty() {
        let sum = |side: usize| rest.iter().map(|bar| bar.hits[side] as i64).sum();
        let contribution = rest.iter().map(|bar| bar.contribution).sum();
        // what neither group has adds nothing
        let others = rest.iter().filter(|bar| bar.hits != [0, 0]).count();
        let name = words("", "", &[]).language.say(&format!("{others} other entries"));
        bars.push(ContributionBar { name, contribution, hits: Some([sum(0), sum(1)]), ..ContributionBar::default() });
    }
    let title = "Which words make the difference";
    let subtitle = format!("Mean valence of {} minus that of {}, by entry. Lexicon {}", one.1, other.1, scale.name());
    let hits_of = format!("Hits beside the bars: {} : {}. “not: ” marks hits after a negation.", one.1, other.1);
    let interval = difference.interval.and_then(|interval| interval.low().zip(interval.high()));
    let in_words = match (difference.value.value(), interval) {
        (Some(value), Some((low, high))) => {
            let [value, low, high] = [value, low, high].map(|part| format!("{part:+.3}").replace('-', "\u{2212}"));
            format!("Difference: {value} (95 % interval {low} to {high}, articles as units).")
        }
        _ => format!("No interval of the difference: {}.", crate::results::why(difference)),
    };
    let notes = [
        hits_of.as_str(),
        in_words.as_str(),
        "A bar: difference of the entry’s shares of hits × (its weight − the mean of both groups). The bars sum to the difference.",
    ];
    Some(Contributions {
        words: words(title, &subtitle, &notes),
        unit: "part of the difference of mean weights".to_string(),
        heading: "hits   adds".to_string(),
        less: "lower".to_string(),
        more: "higher".to_string(),
        bars,
        sum: sum_name(is_distinguishable(difference)),
        interval,
    })
}

impl ChartContext<'_> {
    pub(super) fn sentiment(&self, number: usize) -> Sentiment {
        let rows = &self.estimates.sentiment[number];
        let scorer = self.inputs.scorer;
        let (title, subtitle, unit) = score_words(scorer.options.mode, &scorer.scales.all[number], scorer.role(number));
        let label = |&group: &usize| Label::counted(&self.names[group], u64::from(rows[group].articles));
        let score = |&group: &usize| plain(&headline(self.estimates, scorer.options.mode, number, group));
        Sentiment {
            words: self.words(
                title,
                &subtitle,
                &["Dictionary sentiment generally agrees poorly with human coding: validate it before you publish."],
            ),
            unit: unit.to_string(),
            heading: "mean [95 % interval]".to_string(),
            less: "more negative".to_string(),
            more: "more positive".to_string(),
            outlets: self.groups.iter().map(label).collect(),
            values: self.groups.iter().map(score).collect(),
        }
    }

    /// The two groups with most articles.
    pub(super) fn contributions(&self, number: usize) -> Option<Contributions> {
        let (&[one, other], scorer) = (self.groups.first_chunk::<2>()?, self.inputs.scorer);
        let scale = &scorer.scales.all[number];
        let named = |group: usize| (group, self.names[group].as_str());
        let plan = &scorer.plans()[scale.plan];
        let words = |title: &str, subtitle: &str, notes: &[&str]| {
            let mut notes: Vec<String> = notes.iter().map(|note| (*note).to_string()).collect();
            notes.push("The two groups with most articles; each against the rest: sentiment_shifts.csv.".to_string());
            self.words_alone(title, subtitle, notes)
        };
        let mean = |group: usize| &self.estimates.sentiment[number][group].mean_valence;
        let pair = [named(one), named(other)];
        let difference = difference(mean(one), mean(other));
        contributions(&self.found.contributions, plan, (number, scale), pair, &difference, words)
    }
}
