//! A cursor over the text of a date: its parts, and what stands between them.

use super::leading;

/// A cursor over the text.
pub(super) struct Scan<'a> {
    pub rest: &'a str,
}

impl<'a> Scan<'a> {
    /// A run of ASCII digits: its value and length.
    pub(super) fn number(&mut self) -> Option<(u64, usize)> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(len);
        let value = digits.parse().ok()?;
        self.rest = rest;
        Some((value, len))
    }

    /// The word that comes next, not yet eaten.
    pub(super) fn word(&self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    pub(super) fn month(&mut self) -> Option<u32> {
        let word = self.word();
        let month = super::words::month(&word.to_lowercase())?;
        self.rest = self.rest[word.len()..].strip_prefix('.').unwrap_or(&self.rest[word.len()..]);
        Some(month)
    }

    /// `I` to `XII`, as Polish, Czech and Hungarian papers write months.
    pub(super) fn roman_month(&mut self) -> Option<u32> {
        const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        let word = self.word();
        let month = MONTHS.iter().position(|month| *month == word)?;
        self.rest = &self.rest[word.len()..];
        Some(month as u32 + 1)
    }

    /// Skips `Thursday, `; leaves `Mar 4` alone, which is a month before a number.
    pub(super) fn weekday(&mut self) {
        let word = self.word();
        if word.is_empty() || !super::words::is_weekday(&word.to_lowercase()) {
            return;
        }
        let before = self.rest;
        if leading(self, None).is_ok() {
            self.rest = before;
            return;
        }
        self.rest = before[word.len()..].trim_start_matches('.');
        // `quarta-feira`
        self.rest = self.rest.strip_prefix("-feira").unwrap_or(self.rest);
        self.gap();
    }

    /// Skips a time of day before the date: `10:15, `, `10:15 AM `, `13:15 Uhr, `.
    pub(super) fn time_first(&mut self) {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) || !self.rest[digits..].starts_with(':') {
            return;
        }
        self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
        self.gap();
        self.one_word(&["am", "pm", "uhr", "utc", "gmt", "msk", "мск", "et", "est", "cet", "a", "p"]);
        self.one_word(&["m", "on", "am", "il", "le", "el"]);
    }

    pub(super) fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    }

    /// A number, after spaces where dots separate: `5. 1. 2022`.
    pub(super) fn spaced_number(&mut self, separator: char) -> Option<(u64, usize)> {
        if separator == '.' {
            self.spaces();
        }
        self.number()
    }

    /// Skips what stands between the parts of a date.
    pub(super) fn gap(&mut self) {
        self.rest =
            self.rest.trim_start_matches([' ', ',', '-', '–', '—', '|', '·', '.', '/', '\t', '\u{a0}', '\u{202f}']);
    }

    /// Skips `st`, `th`, `-го`, `º`.
    pub(super) fn ordinal(&mut self) {
        const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "er", "ère", "º", "ª", "°", "-го", "-е", "-ші", "."];
        for ordinal in ORDINALS {
            if let Some(rest) = self.rest.strip_prefix(ordinal)
                && !rest.starts_with(char::is_alphabetic)
            {
                self.rest = rest;
                return;
            }
        }
    }

    /// Skips one of these words and the gap behind it.
    pub(super) fn one_word(&mut self, words: &[&str]) -> bool {
        let word = self.word();
        let is_one = !word.is_empty() && words.contains(&word.to_lowercase().as_str());
        if is_one {
            self.rest = &self.rest[word.len()..];
            self.gap();
        }
        is_one
    }

    /// Skips `13:15:00 +0000 `.
    pub(super) fn clock(&mut self) {
        let end = self.rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(self.rest.len());
        if !self.rest[..end].contains(':') {
            return;
        }
        self.rest = self.rest[end..].trim_start();
        let zone = self.rest.find(' ').unwrap_or(0);
        if zone > 0 && (self.rest.starts_with(['+', '-']) || self.rest[..zone].chars().all(char::is_alphabetic)) {
            self.rest = self.rest[zone..].trim_start();
        }
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let stripped = self.rest.strip_prefix(c);
        self.rest = stripped.unwrap_or(self.rest);
        stripped.is_some()
    }

    pub(super) fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| chars.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }
}
