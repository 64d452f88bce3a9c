//! What folders and file names say of their articles: `cnn/2022-01-05_title.txt`, `2022/01/05/cnn.txt`.
//!
//! In: paths below the corpus folder. Out: a [`PathPattern`], told or guessed, and what it reads off a path.
//! Invariant: a pattern is guessed only where nearly all paths fit it; what is told must be a pattern that can be read.
//! It deliberately knows dates, months and places in a path, and no name of any outlet.

use super::dates::{self, Date};
use crate::error::{Place, Problem};
use regex_lite::Regex;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Parts that a pattern may name.
const PARTS: [&str; 9] = ["outlet", "date", "title", "year", "month", "day", "section", "language", "id"];

/// A day in the name of a file: `2022-01-05`, `20220105`, `05.01.2022`, `05-01-22`, `5 Jan 2022`, `January 5, 2022`.
const DAY: &str = concat!(
    r"\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{1,2}[-_.]\d{1,2}[-_.](?:\d{4}|\d{2})",
    r"|\d{1,2}[-_. ]?[^\d_/., -]{3,12}[-_. ]{0,2}\d{4}|[^\d_/., -]{3,12}[-_. ]{1,2}\d{1,2}[-_., ]{1,2}\d{4}",
);

/// How paths are built.
#[derive(Clone, Debug)]
pub struct PathPattern {
    /// As it is written: `{outlet}/{date}_{title}.txt`.
    pub written: String,
    regex: Regex,
}

/// What a path says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FromPath {
    /// By the name of the part.
    pub parts: BTreeMap<String, String>,
}

impl FromPath {
    /// A part, with spaces for underscores; `None` where the pattern has none or the path does not fit.
    pub fn part(&self, name: &str) -> Option<String> {
        let value = self.parts.get(name)?;
        let value = if name == "date" { value.clone() } else { value.replace('_', " ") };
        Some(value.trim().to_string()).filter(|value| !value.is_empty())
    }

    /// The day, also where it is spread over folders.
    pub fn date(&self) -> Option<String> {
        let year = || {
            let year = self.parts.get("year")?;
            // as POSIX reads two digits
            let century = if year.as_str() < "69" { "20" } else { "19" };
            Some(if year.len() == 2 { format!("{century}{year}") } else { year.clone() })
        };
        let folders = || Some(format!("{}-{}-{}", year()?, self.parts.get("month")?, self.parts.get("day")?));
        // between words an underscore is a space, between numbers a hyphen
        let sign = |date: &str| if date.contains(char::is_alphabetic) { " " } else { "-" };
        self.part("date").map(|date| date.replace('_', sign(&date))).or_else(folders)
    }
}

impl PathPattern {
    /// Reads a pattern: parts in braces, `*` for anything but `/`.
    ///
    /// # Errors
    /// A part that is not known, or a brace that is not closed.
    pub fn parse(written: &str) -> Result<PathPattern, Box<Problem>> {
        let wrong = |found: String| {
            let expected = PARTS.map(|part| format!("{{{part}}}")).join(", ");
            Box::new(
                Problem::error("path-pattern", Place::file("--path"), found)
                    .expected(format!("{expected}, and * for the rest")),
            )
        };
        let mut regex = String::from("(?:^|/)");
        let mut rest = written;
        while let Some(c) = rest.chars().next() {
            if c == '{' {
                let end = rest.find('}').ok_or_else(|| wrong(format!("`{written}` has a brace that is not closed")))?;
                let part = &rest[1..end];
                let inner = match part {
                    "date" => DAY,
                    "year" => r"\d{4}|\d{2}",
                    "month" | "day" => r"\d{1,2}",
                    "title" | "id" => r"[^/]+",
                    _ if PARTS.contains(&part) => r"[^/]+?",
                    _ => return Err(wrong(format!("`{{{part}}}` in `{written}`"))),
                };
                regex.push_str(&format!("(?P<{part}>{inner})"));
                rest = &rest[end + 1..];
                continue;
            }
            if c == '*' {
                regex.push_str("[^/]*");
            } else {
                if !c.is_alphanumeric() && c.is_ascii() {
                    regex.push('\\');
                }
                regex.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
        regex.push_str(r"(?:\.(?:gz|zst))?$");
        let regex = Regex::new(&regex).map_err(|error| wrong(format!("`{written}`: {error}")))?;
        Ok(PathPattern { written: written.to_string(), regex })
    }

    /// What a path says; nothing where it does not fit.
    pub fn read(&self, path: &str) -> FromPath {
        let Some(found) = self.regex.captures(path) else { return FromPath::default() };
        let part = |name: &&str| Some(((*name).to_string(), found.name(name)?.as_str().to_string()));
        FromPath { parts: PARTS.iter().filter_map(part).collect() }
    }

    /// The pattern that nearly all of these paths fit, if they say an outlet or a date.
    pub fn guess(paths: &[&str]) -> Option<PathPattern> {
        if paths.len() < 2 {
            return None;
        }
        let folders = folder_part(paths);
        let names: Vec<&str> = paths.iter().map(|path| path.rsplit('/').next().unwrap_or(path)).collect();
        let has_outlet = folders.contains("{outlet}");
        let name = name_part(&names, has_outlet, folders.contains("{year}"));
        if !has_outlet && !name.contains("{date}") && !folders.contains("{year}") {
            return None;
        }
        let pattern = PathPattern::parse(&format!("{folders}{name}")).ok()?;
        let fits = |path: &&&str| {
            let found = pattern.read(path);
            !found.parts.is_empty() && found.date().is_none_or(|date| is_day(&date))
        };
        (paths.iter().filter(fits).count() * 10 >= paths.len() * 9).then_some(pattern)
    }
}

fn is_day(text: &str) -> bool {
    let day: Option<Date> = dates::parse(&text.replace(['_', '.'], "-"), None).ok().flatten();
    day.is_some()
}

/// The folders that tell articles apart: `{outlet}/`, `{year}/{month}/`.
fn folder_part(paths: &[&str]) -> String {
    let depth = paths.iter().map(|path| path.matches('/').count()).min().unwrap_or(0);
    let at = |path: &&str, level: usize| path.split('/').nth(level).unwrap_or_default().to_string();
    let mut out = String::new();
    let mut outlet = false;
    for level in 0..depth {
        let names: BTreeSet<String> = paths.iter().map(|path| at(path, level)).collect();
        let digits =
            |len: usize| names.iter().all(|name| name.len() == len && name.bytes().all(|byte| byte.is_ascii_digit()));
        let years = digits(4) && names.iter().all(|name| ("1700".."2100").contains(&name.as_str()));
        let is_month = |name: &String| {
            let (year, month) = name.split_once(['-', '_', '.']).unwrap_or_default();
            year.len() == 4 && month.len() == 2 && is_day(&format!("{year}-{month}-01"))
        };
        let separator = names.first().and_then(|name| name.chars().nth(4));
        if years {
            out.push_str("{year}/");
        } else if let Some(separator) = separator.filter(|_| names.iter().all(is_month)) {
            out.push_str(&format!("{{year}}{separator}{{month}}/"));
        } else if names.iter().all(|name| is_day(name)) {
            out.push_str("{date}/");
        } else if digits(2) && out.ends_with("{year}/") {
            out.push_str("{month}/");
        } else if digits(2) && out.ends_with("{month}/") {
            out.push_str("{day}/");
        } else if names.len() > 1
            && names.len() < paths.len()
            && !outlet
            && !names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
            && !names.iter().all(|name| dates::is_month(name))
        {
            outlet = true;
            out.push_str("{outlet}/");
        } else if names.len() == 1 {
            out.push_str(&format!("{}/", names.first().map_or("", String::as_str)));
        } else {
            out.push_str("*/");
        }
    }
    out
}

/// The file's own name: `{outlet}_{date}_{title}.txt` and what is left of it.
fn name_part(names: &[&str], has_outlet: bool, has_year: bool) -> String {
    let Ok(day) = Regex::new(r"\d{4}[-_.]?\d{2}[-_.]?\d{2}") else { return "*".to_string() };
    let found: Vec<(&str, &str)> = names
        .iter()
        .filter_map(|name| {
            let at = day.find(name).filter(|at| is_day(at.as_str()))?;
            Some((&name[..at.start()], &name[at.end()..]))
        })
        .collect();
    if found.len() * 10 < names.len() * 9 || has_year {
        return "*".to_string();
    }
    let before: BTreeSet<&str> = found.iter().map(|(before, _)| before.trim_end_matches(['_', '-', ' '])).collect();
    let gap = |text: &str| text.chars().next_back().filter(|c| matches!(c, '_' | '-' | ' '));
    let mut out = String::new();
    if let Some(separator) = found.first().and_then(|(before, _)| gap(before)) {
        let is_outlet =
            !has_outlet && before.len() < found.len() && before.iter().all(|name| name.contains(char::is_alphabetic));
        out.push_str(if is_outlet { "{outlet}" } else { "*" });
        out.push(separator);
    } else if found.iter().any(|(before, _)| !before.is_empty()) {
        out.push('*');
    }
    out.push_str("{date}");
    let after = found.first().and_then(|(_, after)| after.chars().next());
    let separator = after.filter(|c| matches!(c, '_' | '-' | ' '));
    if let Some(separator) = separator.filter(|&c| found.iter().all(|(_, after)| after.starts_with(c))) {
        out.push(separator);
        out.push_str("{title}.*");
    } else {
        out.push('*');
    }
    out
}
