//! The scores of a run as a table for people.
//!
//! In: estimates. Out: text, group by group, the primary lexicon first.

use crate::estimates::Estimates;
use crate::results::{headline, why};
use crate::sentiment::{Mode, Scorer};
use std::fmt::Write as _;

/// Names are cut to this many characters.
const NAME: usize = 40;

/// One table a scale; groups as ordered.
pub(super) fn table(estimates: &Estimates, scorer: &Scorer<'_>, names: &[String], order: &[usize]) -> String {
    let mut text = String::new();
    let mut scales: Vec<usize> = (0..scorer.scales.all.len()).collect();
    scales.sort_by_key(|&scale| (scorer.role(scale), scale));
    let cut = |name: &str| name.chars().take(NAME).collect::<String>();
    let width = order.iter().map(|&group| cut(&names[group]).chars().count()).max().unwrap_or(0).max(5);
    let what = if scorer.options.mode == Mode::Dictionary { "valence" } else { "compound" };
    for scale in scales {
        let _ = writeln!(text, "\n{} ({})", scorer.scales.all[scale].name(), scorer.role(scale));
        let _ = writeln!(text, "{:width$}  articles  positive  negative  {what:>8}  95 % interval", "group");
        for &group in order {
            let row = &estimates.sentiment[scale][group];
            let score = headline(estimates, scorer.options.mode, scale, group);
            let value = score.value.value().map_or("–".to_string(), |value| format!("{value:+.3}"));
            let ends = score.interval.and_then(|interval| Some((interval.low()?, interval.high()?)));
            let beside = ends.map_or(why(&score).to_string(), |(low, high)| format!("[{low:+.3}, {high:+.3}]"));
            let [positive, negative] = [row.positive, row.negative]
                .map(|hits| if scorer.scales.all[scale].has_zero { hits.to_string() } else { "–".to_string() });
            let name = cut(&names[group]);
            let room = " ".repeat(width - name.chars().count());
            let _ =
                writeln!(text, "{name}{room}  {:>8}  {positive:>8}  {negative:>8}  {value:>8}  {beside}", row.articles);
        }
    }
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}
