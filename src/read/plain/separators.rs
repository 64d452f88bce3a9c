//! Whether a text file that is read as one article looks like several.
//!
//! In: the text of a file. Out: what recurs in it as between articles, and a pattern for `--split`.
//! Invariant: it decides nothing: the file is one article until the user says how it is divided.
//! It deliberately knows few signs, which an article hardly has: numbered headings, rules, and labels of metadata.

use crate::read::dates;

/// What seems to stand between articles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Separators {
    /// For people.
    pub what: String,
    /// How many such lines there are.
    pub lines: usize,
    /// Line of the first, from 1.
    pub first_line: u32,
    /// What `--split` takes; empty where the line is part of an article.
    pub pattern: String,
}

/// Words before the number of an article.
const NUMBERED: &[&str] = &[
    "article",
    "document",
    "story",
    "item",
    "text",
    "artikel",
    "dokument",
    "beitrag",
    "artículo",
    "articulo",
    "documento",
    "articolo",
    "статья",
    "документ",
    "текст",
    "haber",
    "belge",
    "artykuł",
];
/// Labels that an article has once.
const LABELS: &[&str] = &[
    "title",
    "headline",
    "date",
    "published",
    "source",
    "outlet",
    "publication",
    "byline",
    "titel",
    "datum",
    "quelle",
    "titre",
    "título",
    "fecha",
    "fuente",
    "titolo",
    "fonte",
    "заголовок",
    "дата",
    "источник",
    "başlık",
    "tarih",
    "tytuł",
];
/// Labels that databases write below each article: PressReader, NewsBank.
const DATABASE_LABELS: &[&str] = &["article name", "start page", "record number"];
/// Lines of one sign, so many, that are no break inside an article.
const RULES: usize = 3;
/// Signs of the shortest rule.
const RULE_SIGNS: usize = 5;

/// Looks for them; the surest first.
pub(crate) fn separators(text: &str) -> Option<Separators> {
    let mut found: Vec<(u8, String, String, Vec<u32>)> = Vec::new();
    // a heading on top of a file is that of an article; others of its rank are those of further ones
    let top = text.lines().map(str::trim).find(|line| !line.is_empty()).and_then(heading);
    let heading = |line| {
        heading(line).filter(|mark| Some(*mark) == top).map(|mark| (0, format!("`{mark} …`"), format!("^{mark} ")))
    };
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let Some((rank, what, pattern)) = heading(line).or_else(|| sign(line)) else { continue };
        match found.iter().position(|other| other.2 == pattern && (other.1 == what || !pattern.is_empty())) {
            Some(at) => found[at].3.push(number),
            None if found.len() < 20 => found.push((rank, what, pattern, vec![number])),
            None => {}
        }
    }
    let enough =
        |(rank, _, _, lines): &&(u8, String, String, Vec<u32>)| lines.len() >= if *rank == 1 { RULES } else { 2 };
    let (_, what, pattern, lines) = found.iter().filter(enough).min_by_key(|known| known.0)?;
    Some(Separators { what: what.clone(), lines: lines.len(), first_line: lines[0], pattern: pattern.clone() })
}

/// `###` of a heading in Markdown.
fn heading(line: &str) -> Option<&str> {
    let (mark, words) = line.split_once(' ')?;
    (!mark.is_empty() && mark.len() <= 6 && mark.bytes().all(|byte| byte == b'#') && !words.trim().is_empty())
        .then_some(mark)
}

/// Rank, what it is, and the pattern of its kind.
fn sign(line: &str) -> Option<(u8, String, String)> {
    if let Some(mark) = ["@@", "##"].iter().find(|mark| is_numbered(line, mark)) {
        return Some((1, format!("`{mark}…`"), format!("^{mark}\\d+")));
    }
    if line.is_empty() || line.len() > 200 {
        return None;
    }
    let first = line.chars().next()?;
    if "=-_*#~+".contains(first) && line.chars().count() >= RULE_SIGNS && line.chars().all(|c| c == first) {
        let shown: String = line.chars().take(8).collect();
        let escape = if "*+".contains(first) { "\\" } else { "" };
        return Some((1, format!("`{shown}`"), format!("^{escape}{first}{{{RULE_SIGNS},}}\\s*$")));
    }
    if let Some(known) = between_files(line) {
        return Some(known);
    }
    let mut words = line.split_whitespace();
    let (word, number) = (words.next()?, words.next());
    let ends_as_number = |word: &str| {
        let digits = word.trim_start_matches(['#', '№']).trim_end_matches([':', '.', ')']);
        !digits.is_empty() && digits.len() < 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if NUMBERED.contains(&word.to_lowercase().as_str())
        && number.is_some_and(ends_as_number)
        && line.chars().count() < 40
    {
        return Some((0, format!("`{line}`"), format!("^{word} [#№]?\\d+")));
    }
    let (label, value) = line.split_once(':')?;
    let is_of_database = DATABASE_LABELS.contains(&label.to_lowercase().as_str());
    if is_of_database || LABELS.contains(&label.to_lowercase().as_str()) && value.starts_with(' ') {
        return Some((2, format!("`{label}:`"), String::new()));
    }
    None
}

/// `@@4190000` and `##4190000`, as the corpora of english-corpora.org begin a text.
fn is_numbered(line: &str, mark: &str) -> bool {
    let digits = |id: &str| id.bytes().take_while(u8::is_ascii_digit).count() > 3;
    line.strip_prefix(mark).is_some_and(digits)
}

/// What programs and corpora write above each of several files or articles.
fn between_files(line: &str) -> Option<(u8, String, String)> {
    let inside = |open: &str, close: &str| {
        let inner = line.strip_prefix(open)?.strip_suffix(close)?.trim_matches(['=', '*', '-', ' ']);
        (!inner.is_empty() && inner.len() < 120).then_some(())
    };
    let is_day =
        |line: &str| line.len() < 24 && matches!(dates::parse(line, Some(dates::DateOrder::DayFirst)), Ok(Some(_)));
    let is_address = |line: &str| (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(' ');
    let found = |what: &str, pattern: &str| Some((1, what.to_string(), pattern.to_string()));
    match () {
        () if inside("==>", "<==").is_some() => found("`==> … <==`", "^==> .* <==$"),
        () if inside("===", "===").is_some() => found("`=== … ===`", "^={3,} .* ={3,}$"),
        () if inside("***", "***").is_some() => found("`*** … ***`", "^\\*{3,} .* \\*{3,}$"),
        () if line == "---" => found("`---`", "^---$"),
        () if line.strip_prefix("URL:").is_some_and(|rest| is_address(rest.trim())) => found("`URL: …`", "^URL: "),
        () if is_address(line) => found("an address alone", "^https?://\\S+$"),
        () if is_day(line) => found("a day alone", ""),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_articles_is_seen_and_an_article_is_left_alone() {
        let of = |text: &str| {
            separators(text).map(|separators| (separators.lines, separators.first_line, separators.pattern))
        };
        assert_eq!(of("Article 1\nCalm.\n\nArticle 2\nCoup."), Some((2, 1, "^Article [#№]?\\d+".into())));
        assert_eq!(of("A.\n=====\nB.\n======\nC.\n=====\n"), Some((3, 2, "^={5,}\\s*$".into())));
        assert_eq!(of("Title: A\nx\nTitle: B\ny"), Some((2, 1, String::new())));
        for one in [
            "Calm.\n*****\nCoup.",
            "Title: A\nDate: 2021\nx",
            "Article 5 of the treaty was invoked on Monday by all of them, they said.\nArticle",
        ] {
            assert_eq!(of(one), None, "{one}");
        }
    }
}
