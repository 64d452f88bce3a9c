//! A diff for the terminal: one screen.
//!
//! In: a [`Diff`]. Out: text of at most some forty lines, ASCII but for minus, arrows and the words of the articles.
//! Invariant: what is left out is said with its number and the table that has it.

use super::ledger::Source;
use super::rates::{Cause, RateChange};
use super::{Diff, LEVEL, tables};
use crate::text::several;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows of each part.
const ROWS: usize = 5;
/// Causes in a row.
const CAUSES: usize = 2;
/// Causes whose sentences are shown, and sentences after which no further cause is.
const CAUSES_WITH_SENTENCES: usize = 3;
const SENTENCES_IN_ALL: usize = 8;
/// Sentences gained and sentences lost that are shown of each.
pub(super) const SENTENCES: usize = 3;
/// Characters of a name.
const NAME: usize = 24;
/// Characters of each side of a sentence.
const CONTEXT: usize = 36;

impl Diff<'_> {
    /// The diff as text.
    pub fn text(&self) -> String {
        if self.is_empty() {
            return "Nothing changed.".to_string();
        }
        let parts = [
            self.lexicon_text(),
            self.options_text(),
            self.articles_text(),
            self.rates_text(),
            self.findings_text(),
            self.tones_text(),
            self.hits_text(),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn lexicon_text(&self) -> String {
        let moved = self.gained_and_lost();
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        let mut rows: Vec<([u64; 2], usize)> = Vec::new();
        for place in 0..self.pairs.list.len() {
            let hits = moved.get(&place).copied().unwrap_or_default();
            let edit = self.edit_at(place, hits);
            if !edit.is_empty() {
                *kinds.entry(edit).or_default() += 1;
                rows.push((hits, place));
            }
        }
        rows.sort_by_key(|([gained, lost], _)| std::cmp::Reverse(gained + lost));
        let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        let line = |(hits, place): &([u64; 2], usize)| self.edited(*place, *hits);
        listed(&format!("Lexicon: {}", kinds.join(", ")), &rows, line, "lexicon.csv")
    }

    /// `loot* → =looting, =looters (order): narrowed, 20 hits lost, none gained; order.toml:7`.
    fn edited(&self, place: usize, hits: [u64; 2]) -> String {
        let [a, b] = self.entry(self.pair(place));
        let sides = |of: fn(&super::Entry) -> &str| match (a.map(of), b.map(of)) {
            (Some(one), Some(other)) if one != other => format!("{one} → {other}"),
            (one, other) => other.or(one).unwrap_or_default().to_string(),
        };
        let is_exception = b.or(a).is_some_and(|entry| entry.except);
        let weight = match (a, b) {
            (Some(one), Some(other)) if one.weight != other.weight => format!(" ({})", sides(|entry| &entry.weight)),
            _ => String::new(),
        };
        format!(
            "  {}{} ({}): {}{weight}, {}; {}",
            if is_exception { "except " } else { "" },
            cut(&self.text_at(place), 60),
            sides(|entry| &entry.frame),
            self.edit_at(place, hits),
            gained_and_lost(hits),
            b.or(a).map_or("", |entry| entry.at.as_str()),
        )
    }

    fn options_text(&self) -> String {
        let side = |value: &Option<String>| match value.as_deref() {
            None => "(absent)".to_string(),
            Some("") => "(none)".to_string(),
            Some(value) => cut(value, 40),
        };
        let is_long = |value: &Option<String>| value.as_ref().is_some_and(|value| value.chars().count() > 40);
        let line = |row: &super::OptionChange| match row.came_and_went() {
            // of long lists the difference alone: their beginnings are alike
            Some(words) if is_long(&row.before) || is_long(&row.after) => {
                format!("  {}: {}", row.heading(), cut(&words, 100))
            }
            _ => format!("  {:40} {} → {}", cut(&row.heading(), 40), side(&row.before), side(&row.after)),
        };
        listed("Settings and files", &self.options, line, "options.csv")
    }

    fn articles_text(&self) -> String {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for change in self.articles() {
            *kinds.entry(super::change_text(&change.kind).replacen("articles ", "", 1)).or_default() += 1;
        }
        let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        if kinds.is_empty() { String::new() } else { format!("Articles: {} (articles.csv)", kinds.join(", ")) }
    }

    /// The rates that moved, largest change first.
    pub fn rates_text(&self) -> String {
        let groups = self.groups();
        let mut rows: Vec<&RateChange> = self.rates.iter().filter(|row| row.numerator != 0).collect();
        let size = |row: &&RateChange| row.change().map_or(0.0, f64::abs);
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let line = |row: &&RateChange| {
            let rate = |side| row.rate(side).map_or("–".to_string(), |rate| format!("{rate:.2}"));
            let end = |end: Option<f64>| end.map_or("–".to_string(), |end| format!("{end:.2}"));
            let interval = match row.intervals[1] {
                [None, None] => "no interval".to_string(),
                [low, high] => format!("{} to {}", end(low), end(high)),
            };
            let size = |side: usize| row.articles[side].map_or("–".to_string(), |n| n.to_string());
            let sizes = if size(0) == size(1) { size(0) } else { format!("{} → {}", size(0), size(1)) };
            format!(
                "  {:NAME$} {:16} {:>5} → {:>5} ({interval}), n = {sizes}{}",
                cut(&groups[row.group], NAME),
                cut(&self.frames()[row.frame], 16),
                rate(0),
                rate(1),
                self.causes_text(&row.causes)
            )
        };
        let missing = self.rates.iter().filter(|row| row.change().is_none()).count();
        let heading =
            "Rates: hits per 1,000 words (95 % interval now), n articles; largest change first, with its causes";
        let mut text = listed(heading, &rows, line, "rates.csv");
        if missing > 0 {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ =
                write!(text, "{gap}{} of groups or frames that only one run has: rates.csv", several(missing, "rate"));
        }
        text
    }

    fn causes_text(&self, causes: &[Cause]) -> String {
        let named: Vec<String> = causes
            .iter()
            .filter(|cause| cause.effect.is_some_and(|effect| effect != 0.0))
            .take(CAUSES)
            .map(|cause| format!("{} {}", cut(&self.named(&cause.source).name, 40), part(cause)))
            .collect();
        if named.is_empty() { String::new() } else { format!("; {}", named.join(", ")) }
    }

    fn findings_text(&self) -> String {
        let groups = self.groups();
        let rows = self.findings_in_order();
        let line = |row: &&super::FindingChange| {
            let [a, b] = row.values;
            let ratio = |value: Option<f64>| value.map_or("–".to_string(), |value| signed(value, 2));
            let q = |value: Option<f64>| match value {
                None => "–".to_string(),
                Some(q) if q < 0.001 => "<.001".to_string(),
                Some(q) => format!("{q:.3}").trim_start_matches('0').to_string(),
            };
            format!(
                "  {:6} {:NAME$} {:16} {} → {} doublings, q {} → {}{}",
                row.won_or_lost(),
                cut(&groups[row.group], NAME),
                cut(&self.frames()[row.frame], 16),
                ratio(a[0]),
                ratio(b[0]),
                q(a[3]),
                q(b[3]),
                self.causes_text(&row.causes)
            )
        };
        let number = |won_or_lost: &str| rows.iter().filter(|row| row.won_or_lost() == won_or_lost).count();
        let heading = match (number("won"), number("lost")) {
            (0, 0) => format!("Findings (q below {LEVEL}): none won, none lost"),
            (won, lost) => format!("Findings (q below {LEVEL}): {won} won, {lost} lost"),
        };
        let crossed: Vec<_> = rows.iter().copied().filter(|row| row.test).collect();
        let weaker = rows.len() - crossed.len();
        let mut text = if crossed.is_empty() { heading } else { listed(&heading, &crossed, line, "findings.csv") };
        if weaker > 0 {
            let _ = write!(text, "\n  {weaker} more where only the interval or the sign crossed 0: findings.csv");
        }
        text
    }

    /// Sentiment that moved, largest change first.
    fn tones_text(&self) -> String {
        let line = |row: &super::ToneChange| {
            let mean = |side: usize| row.tones[side].and_then(|tone| tone.mean);
            let mean = |side: usize| mean(side).map_or("–".to_string(), |mean| signed(mean, 3));
            let interval = match row.tones[1].map(|tone| (tone.low, tone.high)) {
                Some((Some(low), Some(high))) => format!("{} to {}", signed(low, 2), signed(high, 2)),
                _ => "no interval".to_string(),
            };
            let hits = |side: usize| row.tones[side].map_or("–".to_string(), |tone| tone.hits.to_string());
            let hits = if hits(0) == hits(1) { hits(0) } else { format!("{} → {}", hits(0), hits(1)) };
            format!(
                "  {:NAME$} {:16} {} → {} ({interval}), hits {hits}",
                cut(&row.group, NAME),
                cut(&row.scale, 16),
                mean(0),
                mean(1)
            )
        };
        let heading = "Sentiment: mean weight of a hit (95 % interval now); largest change first";
        listed(heading, &self.tones, line, "sentiment.csv")
    }

    /// Of the causes that moved most hits, some of the sentences gained and lost, drawn at random.
    fn hits_text(&self) -> String {
        let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
        for change in self.hits() {
            *sums.entry(change.what()).or_default() += 1;
        }
        if sums.is_empty() {
            return String::new();
        }
        let sums: Vec<String> = sums.iter().map(|(what, n)| format!("{n} {what}")).collect();
        let mut text = format!("Hits: {} (sentences: hits.csv)", sums.join(", "));
        let mut shown = 0;
        for cause in tables::drawn(self, SENTENCES).iter().take(CAUSES_WITH_SENTENCES) {
            if shown > SENTENCES_IN_ALL {
                break;
            }
            shown += cause.drawn.len();
            // what cannot be read again is not shown; the table will say so
            let Ok(quotes) = tables::quoted(self, &cause.drawn) else { return text };
            let _ = write!(text, "\n{}: {}", cut(&cause.name, 60), gained_and_lost(cause.hits));
            for (change, quote) in cause.drawn.iter().zip(quotes) {
                let sign = match change.what() {
                    "gained" => "+",
                    "lost" => "−",
                    _ => "~",
                };
                let instead = tables::instead(self, change);
                let why = match &change.source {
                    Some(Source::Entry(_)) if !instead.is_empty() && change.after.is_some() => {
                        format!("  (was {instead})")
                    }
                    Some(Source::Entry(_)) if !instead.is_empty() => format!("  (now {instead})"),
                    _ => String::new(),
                };
                let _ = write!(
                    text,
                    "\n  {sign} {}[{}]{}{why}",
                    before(&end(&quote.left, CONTEXT)),
                    quote.surface,
                    after(&cut(&quote.right, CONTEXT))
                );
            }
        }
        text
    }
}

/// What a cause adds: its share, or its hits where causes pull both ways; its words where it has no hits.
pub(super) fn part(cause: &Cause) -> String {
    match (cause.share, cause.own.hits(), cause.own.words) {
        (Some(share), ..) => format!("{:.0} %", share * 100.0),
        (None, 0, 0) => String::new(),
        (None, 0, words) => format!("{} {}", signed(words as f64, 0), if words.abs() == 1 { "word" } else { "words" }),
        (None, hits, _) => format!("{} {}", signed(hits as f64, 0), if hits.abs() == 1 { "hit" } else { "hits" }),
    }
}

/// `20 hits lost, none gained`.
fn gained_and_lost([gained, lost]: [u64; 2]) -> String {
    let several = |n: u64| several(n, "hit");
    match (gained, lost) {
        (0, 0) => "no hit gained or lost".to_string(),
        (0, lost) => format!("{} lost, none gained", several(lost)),
        (gained, 0) => format!("{} gained, none lost", several(gained)),
        (gained, lost) => format!("{} gained, {lost} lost", several(gained)),
    }
}

/// A heading and at most so many rows, with the number of those left out.
fn listed<T>(heading: &str, rows: &[T], line: impl Fn(&T) -> String, table: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = heading.to_string();
    for row in rows.iter().take(ROWS) {
        let _ = write!(text, "\n{}", line(row).trim_end());
    }
    if rows.len() > ROWS {
        let _ = write!(text, "\n  … and {} more in {table}", rows.len() - ROWS);
    }
    text
}

/// With its sign, minus as minus.
fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let is_nought = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    match value {
        _ if is_nought => text,
        value if value < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// A text of at most so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let head: String = text.chars().take(most - 1).collect();
    format!("{}…", head.trim_end())
}

/// The end of a text.
fn end(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_string();
    }
    let tail: String = text.chars().skip(length - most + 1).collect();
    format!("…{}", tail.trim_start())
}

/// A context with a space where a word meets the hit, and none where a mark does.
fn before(left: &str) -> String {
    let is_open = left.chars().next_back().is_none_or(|c| "([{“‘«„¿¡—/-".contains(c));
    if is_open { left.to_string() } else { format!("{left} ") }
}

/// The same on the other side.
fn after(right: &str) -> String {
    let is_close = right.chars().next().is_none_or(|c| ".,;:!?)]}”’»%—/-…".contains(c));
    if is_close { right.to_string() } else { format!(" {right}") }
}
