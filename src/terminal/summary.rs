//! What a run says at its end: rates by group and frame, totals, and where the page is.
//!
//! In: an [`Outcome`], and how wide the terminal is. Out: text.
//! Invariant: no line of the table is wider than the terminal; what is cut or left out is said.

use super::count;
use framescope::report::Outcome;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// Groups in the table.
const ROWS: usize = 15;
/// Characters of a group's name at most, and at least.
const NAME: usize = 28;
const SHORTEST_NAME: usize = 14;
/// Characters of the number of articles.
const N: usize = 7;
/// Characters of a frame's name at most; a rate and its mark need seven.
const FRAME: usize = 13;
const RATE: usize = 7;
/// Characters of a line where the terminal does not say how many it has.
const WIDTH: usize = 80;

/// Rates by group and frame, totals, and where the files are.
pub fn summary(outcome: &Outcome, elapsed: Duration) -> String {
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0));
    let mut text = String::new();
    if !outcome.frames.is_empty() {
        rates(outcome, width, &mut text);
    }
    totals(outcome, &mut text);
    for remark in &outcome.remarks {
        let _ = writeln!(text, "{remark}");
    }
    if !outcome.since.is_empty() {
        let _ = writeln!(text, "\n{}\n", outcome.since);
    }
    let seconds = elapsed.as_secs_f64();
    let out = outcome.out.trim_end_matches('/');
    let _ = write!(text, "{seconds:.2} s{}; open {out}/index.html", speed(outcome.totals.text_bytes, seconds));
    text
}

/// The table, in blocks of as many frames as a line holds.
fn rates(outcome: &Outcome, width: usize, text: &mut String) {
    let is_sure = |group: usize, frame: usize| outcome.sure.get(group).and_then(|row| row.get(frame)) == Some(&true);
    let sure = |row: &Vec<bool>| outcome.shown.iter().any(|&frame| row.get(frame) == Some(&true));
    let any_sure = outcome.sure.iter().take(ROWS).any(sure);
    let _ = writeln!(
        text,
        "Hits per 1,000 words (95 % intervals in frames.csv){}",
        if any_sure { "; * differs from all other articles, q < .05" } else { "" }
    );
    let shown = outcome.groups.len().min(ROWS);
    let longest = outcome.groups[..shown].iter().map(|group| group.chars().count()).max().unwrap_or(0);
    let name = longest.clamp(SHORTEST_NAME, NAME).min((width / 3).max(SHORTEST_NAME));
    for block in blocks(&outcome.frames, &outcome.shown, width.saturating_sub(name + N)) {
        let widths: Vec<usize> = block.iter().map(|&frame| column(&outcome.frames[frame])).collect();
        let _ = write!(text, "\n{:name$}{:>N$}", "", "n");
        for (&frame, width) in block.iter().zip(&widths) {
            let _ = write!(text, "{:>width$}", cut(&outcome.frames[frame], width - 2).to_string() + " ");
        }
        while text.ends_with(' ') {
            text.pop();
        }
        text.push('\n');
        for (group, (label, articles)) in outcome.groups.iter().zip(&outcome.articles).take(ROWS).enumerate() {
            let _ = write!(text, "{:name$}{articles:>N$}", cut(label, name));
            for (&frame, width) in block.iter().zip(&widths) {
                let rate = outcome.rates[group].get(frame).copied().flatten();
                let rate = rate.map_or("–".to_string(), |rate| format!("{rate:.2}"));
                let _ = write!(text, "{:>width$}", rate + if is_sure(group, frame) { "*" } else { " " });
            }
            while text.ends_with(' ') {
                text.pop();
            }
            text.push('\n');
        }
    }
    if outcome.groups.len() > ROWS {
        let more = (outcome.groups.len() - ROWS) as u64;
        let noun = if more == 1 { "group" } else { "groups" };
        let _ = writeln!(text, "… and {} more {noun} in frames.csv", count(more));
    }
    if !outcome.not_shown.is_empty() {
        let _ = writeln!(text, "{}", outcome.not_shown);
    }
    text.push('\n');
}

/// Characters of a column: two apart from the one before, and a mark behind the rate.
fn column(frame: &str) -> usize {
    frame.chars().count().clamp(RATE - 1, FRAME - 1) + 2
}

/// Those of the frames to show that fit on a line together, line by line.
fn blocks<'s>(frames: &[String], shown: &'s [usize], width: usize) -> Vec<&'s [usize]> {
    let (mut blocks, mut first, mut used) = (Vec::new(), 0, 0);
    for (place, &frame) in shown.iter().enumerate() {
        if place > first && used + column(&frames[frame]) > width {
            blocks.push(&shown[first..place]);
            (first, used) = (place, 0);
        }
        used += column(&frames[frame]);
    }
    blocks.push(&shown[first..]);
    blocks
}

fn totals(outcome: &Outcome, text: &mut String) {
    let totals = &outcome.totals;
    let _ = writeln!(
        text,
        "{} read, {} counted (left out: {}, {} without words{}); {}, of which {} are boilerplate and {} repeats (left out)",
        several(totals.articles, "article"),
        count(totals.counted),
        several(totals.duplicates, "duplicate"),
        count(totals.empty),
        without_lexicon(&totals.without_lexicon),
        several(totals.words, "word"),
        count(totals.furniture_words),
        count(totals.repeat_words),
    );
    let _ = writeln!(
        text,
        "{} of frames, {} of sentiment lexicons",
        several(totals.hits, "hit"),
        count(totals.sentiment_hits)
    );
    let problems: u64 = totals.problems.values().sum();
    if problems > 0 {
        let kinds: Vec<String> = totals.problems.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        let noun = if problems == 1 { "problem or note" } else { "problems and notes" };
        let _ = writeln!(text, "{} {noun} in problems.csv: {}", count(problems), kinds.join(", "));
    }
}

/// Text read in a second; nothing where it would be told as 0 or the time was too short to divide by.
fn speed(bytes: u64, seconds: f64) -> String {
    let speed = bytes as f64 / 1e6 / seconds;
    if speed >= 0.5 && speed.is_finite() { format!(" ({speed:.0} MB of text a second)") } else { String::new() }
}

fn without_lexicon(languages: &BTreeMap<String, u64>) -> String {
    let left_out = |(language, n): (&String, &u64)| match language.as_str() {
        "und" => format!(", {} in no language that is recognised: `--language` declares it", count(*n)),
        language => format!(", {} in `{language}` (no lexicon)", count(*n)),
    };
    languages.iter().map(left_out).collect()
}

/// `1 article`, `2,700 articles`.
fn several(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A text of at most so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{head}…")
}
