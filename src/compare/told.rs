//! A diff for the terminal: compact tables.
//!
//! In: a [`Diff`]. Out: text of at most some forty lines, ASCII but for minus, arrows and the words of the articles.
//! Invariant: what is left out is said with its number and the table that has it.

use super::ledger::{HitChange, Source};
use super::rates::{Cause, RateChange};
use super::{Diff, Pair, tables};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows of each part.
const ROWS: usize = 8;
/// Causes in a row.
const CAUSES: usize = 3;
/// Characters of a name.
const NAME: usize = 26;
/// Characters of each side of a sentence.
const CONTEXT: usize = 44;

impl Diff<'_> {
    /// The diff as text.
    pub fn text(&self) -> String {
        if self.is_empty() {
            return "Nothing changed.".to_string();
        }
        let parts = [
            self.told_lexicon(),
            self.told_options(),
            self.told_articles(),
            self.rates_text(),
            self.told_findings(),
            self.told_hits(),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn told_lexicon(&self) -> String {
        if self.entries.is_empty() {
            return String::new();
        }
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for &pair in &self.entries {
            *kinds.entry(self.edit(pair)).or_default() += 1;
        }
        let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        let moved = self.gained_and_lost();
        let mut rows: Vec<([u64; 2], Pair)> = Vec::new();
        for (place, &pair) in self.pairs.list.iter().enumerate() {
            if !self.edit(pair).is_empty() {
                rows.push((moved.get(&place).copied().unwrap_or_default(), pair));
            }
        }
        rows.sort_by_key(|([gained, lost], _)| std::cmp::Reverse(gained + lost));
        let line = |(hits, pair): &([u64; 2], Pair)| {
            let [a, b] = self.entry(*pair);
            let shown = b.or(a).cloned().unwrap_or_default();
            let sides = |of: fn(&super::Entry) -> &str| match (a.map(of), b.map(of)) {
                (Some(one), Some(other)) if one != other => format!("{one} → {other}"),
                (one, other) => other.or(one).unwrap_or_default().to_string(),
            };
            let what = match (a, b) {
                (Some(one), Some(other)) if one.weight != other.weight => {
                    format!("{} ({})", self.edit(*pair), sides(|entry| &entry.weight))
                }
                _ => self.edit(*pair),
            };
            let text = format!("{}{}", if shown.except { "except " } else { "" }, sides(|entry| &entry.text));
            let frame = sides(|entry| &entry.frame);
            let hits = match *hits {
                [0, 0] => String::new(),
                [gained, 0] => format!("  +{gained} hits"),
                [0, lost] => format!("  −{lost} hits"),
                [gained, lost] => format!("  +{gained} −{lost} hits"),
            };
            format!("  {:NAME$} {:22} {what}  {}{hits}", cut(&text, NAME), cut(&frame, 22), shown.at)
        };
        listed(&format!("Lexicon: {}", kinds.join(", ")), &rows, line, "lexicon.csv")
    }

    fn told_options(&self) -> String {
        let side = |value: &Option<String>| match value.as_deref() {
            None => "(absent)".to_string(),
            Some("") => "(none)".to_string(),
            Some(value) => cut(value, 40),
        };
        let line = |row: &super::OptionChange| {
            format!(
                "  {:40} {} → {}",
                cut(&format!("{}: {}", row.kind, row.name), 40),
                side(&row.before),
                side(&row.after)
            )
        };
        listed("Options and files", &self.options, line, "options.csv")
    }

    fn told_articles(&self) -> String {
        let mut fates: BTreeMap<String, usize> = BTreeMap::new();
        for change in self.articles() {
            *fates.entry(super::told_of(&change.fate).replacen("articles ", "", 1)).or_default() += 1;
        }
        let fates: Vec<String> = fates.iter().map(|(fate, n)| format!("{n} {fate}")).collect();
        if fates.is_empty() { String::new() } else { format!("Articles: {} (articles.csv)", fates.join(", ")) }
    }

    /// The rates that moved, largest change first.
    pub fn rates_text(&self) -> String {
        let groups = self.groups();
        let mut rows: Vec<&RateChange> = self.rates.iter().filter(|row| row.numerator != 0).collect();
        let size = |row: &&RateChange| row.change().map_or(0.0, f64::abs);
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let line = |row: &&RateChange| {
            let rate = |side| row.rate(side).map_or("–".to_string(), |rate| format!("{rate:.2}"));
            let rank = match row.ranks {
                [Some(a), Some(b)] if a != b => format!("  rank {a} → {b}"),
                _ => String::new(),
            };
            let size = |side: usize| row.articles[side].map_or("–".to_string(), |n| n.to_string());
            let sizes = if size(0) == size(1) { size(0) } else { format!("{} → {}", size(0), size(1)) };
            format!(
                "  {:NAME$} {:18} {:>6} → {:>6}  {:>6}  n = {sizes}{rank}{}",
                cut(&groups[row.group], NAME),
                cut(&self.frames()[row.frame], 18),
                rate(0),
                rate(1),
                signed(row.change().unwrap_or(0.0), 2),
                self.told_causes(&row.causes)
            )
        };
        let missing = self.rates.iter().filter(|row| row.change().is_none()).count();
        let mut text = listed(
            "Rates, hits per 1,000 words, largest change first (n: articles; causes with their share)",
            &rows,
            line,
            "rates.csv",
        );
        if missing > 0 {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{gap}{missing} rates of groups or frames that only one run has: rates.csv");
        }
        text
    }

    fn told_causes(&self, causes: &[Cause]) -> String {
        let named: Vec<String> = causes
            .iter()
            .filter(|cause| cause.effect.is_some_and(|effect| effect != 0.0))
            .take(CAUSES)
            .map(|cause| {
                let share = cause.share.map_or(String::new(), |share| format!(" {} %", signed(share * 100.0, 0)));
                format!("{}{share}", cut(&self.named(&cause.source).name, 32))
            })
            .collect();
        if named.is_empty() { String::new() } else { format!("  {}", named.join(", ")) }
    }

    fn told_findings(&self) -> String {
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
                "  {:NAME$} {:18} {:>6} → {:>6}  q {} → {}  {}{}",
                cut(&groups[row.group], NAME),
                cut(&self.frames()[row.frame], 18),
                ratio(a[0]),
                ratio(b[0]),
                q(a[3]),
                q(b[3]),
                row.crossed(),
                self.told_causes(&row.causes)
            )
        };
        let heading =
            "Findings that moved: q across .05, interval across 0, then turned signs (log2 ratio to the rest)";
        listed(heading, &rows, line, "findings.csv")
    }

    fn told_hits(&self) -> String {
        let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
        for change in self.hits() {
            *sums.entry(change.what()).or_default() += 1;
        }
        if sums.is_empty() {
            return String::new();
        }
        let sums: Vec<String> = sums.iter().map(|(what, n)| format!("{n} {what}")).collect();
        // the first of each entry, so that one frequent entry does not fill the table
        let mut seen: BTreeMap<(bool, usize), usize> = BTreeMap::new();
        let mut rows: Vec<&HitChange> = tables::listed(self, 200);
        rows.retain(|row| {
            let times = seen.entry((row.before.is_some(), row.pair)).or_default();
            *times += 1;
            *times <= 2
        });
        rows.truncate(ROWS);
        let mut text = format!("Hits: {} (sentences: hits.csv)", sums.join(", "));
        // what cannot be read again is not shown; the table will say so
        let Ok(quotes) = tables::quoted(self, &rows) else { return text };
        for (change, quote) in rows.iter().zip(quotes) {
            let sign = match change.what() {
                "gained" => "+",
                "lost" => "−",
                _ => "~",
            };
            let instead = tables::instead(self, change);
            let why = match &change.source {
                Some(Source::Entry(_)) if !instead.is_empty() => format!("  ({instead})"),
                Some(Source::Entry(_)) | None => String::new(),
                Some(source) => format!("  ({})", self.named(source).name),
            };
            let _ = write!(
                text,
                "\n  {sign} {}: {}[{}]{}{why}",
                self.frames()[change.frame],
                before(&end(&quote.left, CONTEXT)),
                quote.surface,
                after(&cut(&quote.right, CONTEXT))
            );
        }
        text
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
