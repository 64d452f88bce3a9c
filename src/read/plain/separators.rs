//! Whether a text file that is read as one article looks like several.
//!
//! In: the text of a file. Out: what recurs in it as between articles, and a pattern for `--split`.
//! Invariant: it decides nothing: the file is one article until the user says how it is divided.
//! It deliberately knows few signs, which an article hardly has: numbered headings, rules, labels of metadata; and what an article may have
//! (a date or an address on its line, words between rules) only where the file begins with it.

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
    /// What `--split` takes; empty where no line parts the articles.
    pub pattern: String,
    /// What to do where there is no pattern.
    pub hint: &'static str,
}

/// What a line may be that stands between articles.
struct Sign {
    /// The surest first.
    rank: u8,
    /// For people.
    what: String,
    pattern: String,
    /// Fewer of them are nothing.
    least: usize,
    /// It says something only where the file begins with one.
    tops: bool,
}

impl Sign {
    /// What signs of one kind have in common.
    fn kind(&self) -> &str {
        if self.pattern.is_empty() { &self.what } else { &self.pattern }
    }
}

const RULED: &str = "put a line such as `=====` before each article: --split '^={5,}' then splits it into articles";

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
const DATABASE_LABELS: &[&str] = &["article name", "start page", "record number", "author/byline", "openurl link"];
/// Labels of the address of an article.
const ADDRESS_LABELS: &[&str] = &["url", "link", "permalink", "source url"];
/// Lines of one sign, so many, that are no break inside an article.
const RULES: usize = 3;
/// Signs of the shortest rule, and of one that has to come more often.
const RULE_SIGNS: usize = 5;
const SHORT_RULE_SIGNS: usize = 3;
/// The rank of labels.
const LABEL: u8 = 3;

/// Looks for them; the surest first.
pub(crate) fn separators(text: &str) -> Option<Separators> {
    let mut found: Vec<(Sign, Vec<u32>)> = Vec::new();
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    // a heading on top of a file is that of an article; others of its rank are those of further ones
    let top = first.and_then(heading);
    let heading = |line| {
        let mark = heading(line).filter(|mark| Some(*mark) == top)?;
        Some(Sign { rank: 0, what: format!("`{mark} …`"), pattern: format!("^{mark} "), least: 2, tops: false })
    };
    let top = first.and_then(sign);
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let Some(mut sign) = heading(line).or_else(|| sign(line)) else { continue };
        if sign.tops && top.as_ref().map(Sign::kind) != Some(sign.kind()) {
            if sign.rank < LABEL {
                continue;
            }
            // a label below each article does not part them
            sign.pattern.clear();
        }
        match found.iter().position(|(other, _)| other.kind() == sign.kind()) {
            Some(at) => found[at].1.push(number),
            None if found.len() < 20 => found.push((sign, vec![number])),
            None => {}
        }
    }
    let enough = |(sign, lines): &&(Sign, Vec<u32>)| lines.len() >= sign.least;
    let best = found.iter().filter(enough).min_by_key(|(sign, _)| sign.rank);
    let known = best.map(|(sign, lines)| Separators {
        what: sign.what.clone(),
        lines: lines.len(),
        first_line: lines[0],
        pattern: sign.pattern.clone(),
        hint: RULED,
    });
    known.or_else(|| form_feeds(text)).or_else(|| tabs(text))
}

/// `###` of a heading in Markdown.
fn heading(line: &str) -> Option<&str> {
    let (mark, words) = line.split_once(' ')?;
    (!mark.is_empty() && mark.len() <= 6 && mark.bytes().all(|byte| byte == b'#') && !words.trim().is_empty())
        .then_some(mark)
}

/// What a line may be.
fn sign(line: &str) -> Option<Sign> {
    if line.is_empty() || line.len() > 200 {
        return None;
    }
    let all = [rule, framed, numbered, message, dated, labelled];
    all.iter().find_map(|sign| sign(line))
}

/// `04/03/2022, 10:01 - Ann: …`, `[04.03.22, 10:01:05] Ann: …`: a message of a chat.
fn message(line: &str) -> Option<Sign> {
    let bare = line.trim_start_matches('\u{200e}');
    let bare = bare.strip_prefix('[').unwrap_or(bare);
    let (day, rest) = bare.split_once([',', ' '])?;
    let time = rest.trim_start().split([' ', ']', '\u{202f}']).next()?;
    let are_numbers = |text: &str, signs: &[char], parts: &[usize]| {
        let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.contains(&text.split(signs).count()) && text.split(signs).all(is_number)
    };
    let is_it = are_numbers(day, &['/', '.', '-'], &[3]) && are_numbers(time, &[':'], &[2, 3]) && rest.contains(':');
    let what = "a day, a time and a name (messages of a chat; these and the names are counted as words)".to_string();
    is_it.then(|| Sign { rank: 2, what, pattern: String::new(), least: 2, tops: true })
}

/// `=====`, and `---` where there are many.
fn rule(line: &str) -> Option<Sign> {
    let first = line.chars().next().filter(|c| "=-_*#~+".contains(*c))?;
    let signs = line.chars().count();
    // `***` stands between the parts of an essay
    let is_short = signs < RULE_SIGNS;
    if !line.chars().all(|c| c == first) || is_short && (signs < SHORT_RULE_SIGNS || !"=-_".contains(first)) {
        return None;
    }
    let shown: String = line.chars().take(8).collect();
    let escape = if "*+".contains(first) { "\\" } else { "" };
    let (least, fewest) = if is_short { (RULES + 1, SHORT_RULE_SIGNS) } else { (RULES, RULE_SIGNS) };
    let pattern = format!("^{escape}{first}{{{fewest},}}\\s*$");
    Some(Sign { rank: 1, what: format!("`{shown}`"), pattern, least, tops: false })
}

/// Words between signs: `==> a.txt <==`, `===== a.txt =====`, `*** 1 ***`.
fn framed(line: &str) -> Option<Sign> {
    let first = line.chars().next().filter(|c| "=-*#~+".contains(*c))?;
    let opening = line.len() - line.trim_start_matches(first).len();
    let closing = line.len() - line.trim_end_matches(first).len();
    let inside = line.get(opening..line.len() - closing)?;
    let arrows = inside.strip_prefix("> ").and_then(|rest| rest.strip_suffix(" <"));
    let words = arrows.unwrap_or(inside.trim());
    let is_word = |c: char| c.is_alphanumeric();
    let enough = opening >= if arrows.is_some() { 2 } else { SHORT_RULE_SIGNS };
    if !enough || closing != opening || !words.starts_with(is_word) || !inside.ends_with([' ', '<']) {
        return None;
    }
    let escape = if "*+".contains(first) { "\\" } else { "" };
    let side = format!("{escape}{first}{{{opening}}}");
    let (open, close) = if arrows.is_some() { ("> ", " <") } else { (" ", " ") };
    let pattern = format!("^{side}{open}.+{close}{side}$");
    let is_sure = arrows.is_some() || words.contains(|c: char| c.is_ascii_digit());
    let least = if is_sure { 2 } else { RULES };
    Some(Sign { rank: 0, what: format!("`{line}`"), pattern, least, tops: true })
}

/// `Article 1`
fn numbered(line: &str) -> Option<Sign> {
    let mut words = line.split_whitespace();
    let (word, number) = (words.next()?, words.next());
    let ends_as_number = |word: &str| {
        let digits = word.trim_start_matches(['#', '№']).trim_end_matches([':', '.', ')']);
        !digits.is_empty() && digits.len() < 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_it = NUMBERED.contains(&word.to_lowercase().as_str())
        && number.is_some_and(ends_as_number)
        && line.chars().count() < 40;
    let pattern = format!("^{word} [#№]?\\d+");
    is_it.then(|| Sign { rank: 0, what: format!("`{line}`"), pattern, least: 2, tops: false })
}

/// A line that is a day, or an address, and nothing else.
fn dated(line: &str) -> Option<Sign> {
    let sign = |pattern: &str| Sign {
        rank: 2,
        what: format!("`{line}`"),
        pattern: pattern.to_string(),
        least: RULES,
        tops: true,
    };
    let is_address = (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(' ');
    if is_address {
        return Some(sign("^https?://\\S+$"));
    }
    let is_day = line.len() <= 40 && matches!(dates::parse(line, Some(dates::DateOrder::DayFirst)), Ok(Some(_)));
    // a number alone is no day here
    if !is_day || !line.contains(['.', '-', '/', ' ']) {
        return None;
    }
    let numbers = |sign: char| {
        let parts: Vec<&str> = line.split(sign).collect();
        let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (parts.len() == 3 && parts.iter().all(is_number))
            .then(|| parts.iter().map(|part| if part.len() == 4 { "\\d{4}" } else { "\\d{1,2}" }).collect::<Vec<_>>())
    };
    let written = ['.', '-', '/'].into_iter().find_map(|c| Some((c, numbers(c)?)));
    // a day in words has no one pattern
    Some(match written {
        Some(('.', parts)) => sign(&format!("^{}$", parts.join("\\."))),
        Some(('-', parts)) => sign(&format!("^{}$", parts.join("-"))),
        Some((_, parts)) => sign(&format!("^{}$", parts.join("/"))),
        None => Sign { what: "a line with a day alone".to_string(), ..sign("") },
    })
}

/// `Title: …`, `URL: https://…`
fn labelled(line: &str) -> Option<Sign> {
    let (label, value) = line.split_once(':')?;
    let lower = label.to_lowercase();
    let is_address = value.trim_start().starts_with("http") && !value.trim().contains(' ');
    let what = format!("`{label}:`");
    if ADDRESS_LABELS.contains(&lower.as_str()) && is_address {
        let pattern = format!("^{label}:\\s*http\\S+$");
        return Some(Sign { rank: LABEL, what, pattern, least: RULES, tops: true });
    }
    let is_of_database = DATABASE_LABELS.contains(&lower.as_str());
    let is_label = is_of_database || LABELS.contains(&lower.as_str()) && value.starts_with(' ');
    is_label.then(|| Sign { rank: LABEL, what, pattern: String::new(), least: 2, tops: false })
}

/// Form feeds, each behind the end of a sentence: between the pages of one text some stand inside a sentence.
fn form_feeds(text: &str) -> Option<Separators> {
    let parts: Vec<&str> = text.split('\u{c}').filter(|part| !part.trim().is_empty()).collect();
    let ends = |part: &&&str| {
        let end = part.trim_end().trim_end_matches(['"', '”', '’', '»', ')', '“']);
        end.ends_with(['.', '!', '?', '…', '。'])
    };
    let between = &parts[..parts.len().saturating_sub(1)];
    let is_it = between.len() >= RULES && between.iter().filter(ends).count() * 10 >= between.len() * 9;
    let first_line = text.split('\u{c}').next().map_or(1, |part| part.matches('\n').count() as u32 + 1);
    let what = "the form feed (page break)".to_string();
    // a form feed inside a line parts it, which no pattern for lines does
    let are_lines = text.match_indices('\u{c}').all(|(at, _)| text[..at].ends_with('\n') || at == 0);
    let pattern = if are_lines { "^\\f" } else { "" }.to_string();
    is_it.then_some(Separators { what, lines: between.len(), first_line, pattern, hint: RULED })
}

/// Lines that all have as many tabs, and are long: rows whose names or speakers stand before their texts.
fn tabs(text: &str) -> Option<Separators> {
    /// Letters of a line, on average.
    const LONG: usize = 60;
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let tabs = |line: &str| line.matches('\t').count();
    let first = lines().next().filter(|line| !line.starts_with('\t'))?;
    let (all, letters) = (lines().count(), lines().map(|line| line.chars().count()).sum::<usize>());
    let is_it =
        tabs(first) > 0 && all >= RULES && letters / all >= LONG && lines().all(|line| tabs(line) == tabs(first));
    let what = format!("`{}` with tabs inside", first.split('\t').next().unwrap_or_default());
    let hint = "if each line is an article, name the file .tsv";
    is_it.then(|| Separators { what, lines: all, first_line: 1, pattern: String::new(), hint })
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
        assert_eq!(
            of("URL: https://g.org/1\nA.\n\nURL: https://g.org/2\nB.\n\nURL: https://g.org/3\nC."),
            Some((3, 1, "^URL:\\s*http\\S+$".into()))
        );
        assert_eq!(of("==> a.txt <==\nA.\n\n==> b.txt <==\nB."), Some((2, 1, "^={2}> .+ <={2}$".into())));
        assert_eq!(of("*** 1 ***\nA.\n*** 2 ***\nB."), Some((2, 1, "^\\*{3} .+ \\*{3}$".into())));
        assert_eq!(
            of("05.01.2022\nA.\n06.01.2022\nB.\n07.01.2022\nC."),
            Some((3, 1, "^\\d{1,2}\\.\\d{1,2}\\.\\d{4}$".into()))
        );
        assert_eq!(of(&"A.\n---\n".repeat(6)), Some((6, 2, "^-{3,}\\s*$".into())));
        assert_eq!(of("A.\u{c}B.\u{c}\nC.\n\u{c}D."), Some((3, 1, String::new())));
        assert_eq!(of("A.\n\u{c}B.\n\u{c}\nC.\n\u{c}D."), Some((3, 2, "^\\f".into())));
        let chat = "04/03/2022, 10:00 - Ann: Calm.\n04/03/2022, 10:01 - Bob: A coup.";
        assert_eq!(of(chat), Some((2, 1, String::new())));
        assert_eq!(of("[4.3.22, 10:00:05] Ann: Calm.\n[4.3.22, 10:01:00] Bob: So."), Some((2, 1, String::new())));
        for one in [
            "A.\n***\nB.\n***\nC.\n***\nD.\n***\nE.\n***\nF.\n***\nG.",
            "Where to read on.\nhttps://g.org/1\nhttps://g.org/2\nhttps://g.org/3\n",
            "The page ends \u{c}inside a sentence \u{c}of the text\u{c} as pages do.",
            "The year.\n05.01.2022\nA coup.\n06.01.2022\nCalm.\n07.01.2022\nCalm.",
            "Calm.\n*****\nCoup.",
            "Title: A\nDate: 2021\nx",
            "Article 5 of the treaty was invoked on Monday by all of them, they said.\nArticle",
        ] {
            assert_eq!(of(one), None, "{one}");
        }
    }
}
