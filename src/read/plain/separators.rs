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

/// Words between two numbered lines, where the file does not begin with one: articles of a law are shorter.
const LONG_ARTICLE: usize = 150;
/// Words between two labels of several kinds.
const SHORT_ARTICLE: usize = 5;

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
/// Labels of the title of an article.
const TITLE_LABELS: &[&str] =
    &["title", "headline", "titel", "titre", "título", "titolo", "заголовок", "başlık", "tytuł"];
/// Further labels that an article has once; `Source:` stands below each of its charts too.
const LABELS: &[&str] = &[
    "date",
    "published",
    "source",
    "outlet",
    "publication",
    "byline",
    "datum",
    "quelle",
    "fecha",
    "fuente",
    "fonte",
    "дата",
    "источник",
    "tarih",
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
/// The rank of days and addresses, and that of labels.
const ADDRESS: u8 = 2;
const LABEL: u8 = 3;

/// Looks for them; the surest first.
pub(crate) fn separators(text: &str) -> Option<Separators> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let found = found(&lines);
    let enough = |(sign, at): &&(Sign, Vec<u32>)| at.len() >= sign.least && parts(sign, at, &lines, &found);
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

/// Lines that may stand between articles, by kind, each with its number.
fn found(lines: &[&str]) -> Vec<(Sign, Vec<u32>)> {
    let mut found: Vec<(Sign, Vec<u32>)> = Vec::new();
    let first = lines.iter().copied().find(|line| !line.is_empty());
    // a heading on top of a file is that of an article; others of its rank are those of further ones
    let top = first.and_then(heading);
    let heading = |line| {
        let mark = heading(line).filter(|mark| Some(*mark) == top)?;
        Some(Sign { rank: 0, what: format!("`{mark} …`"), pattern: format!("^{mark} "), least: 2, tops: false })
    };
    let top = first.and_then(sign);
    let mut above = "";
    for (number, line) in (1..).zip(lines) {
        let above = std::mem::replace(&mut above, line);
        let Some(mut sign) = heading(line).or_else(|| sign(line)).filter(|_| !underlines(line, above)) else {
            continue;
        };
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
    found
}

/// True where signs of a kind part articles, as far as what stands between them shows.
fn parts(sign: &Sign, at: &[u32], lines: &[&str], found: &[(Sign, Vec<u32>)]) -> bool {
    let tops = lines[..at[0] as usize - 1].iter().all(|line| line.is_empty());
    if sign.tops && sign.rank >= ADDRESS {
        // an article that begins with its address or day, and ends with links, is one
        let is_below = sign.rank == LABEL && sign.pattern.is_empty();
        let words = if is_below { words_before(at, lines) } else { words_between(at, lines) };
        let most = words.iter().max().copied().unwrap_or(0);
        return words.last() != Some(&0) && most * 5 <= words.iter().sum::<usize>() * 4;
    }
    let between = words_between(at, lines);
    let median = |mut words: Vec<usize>| {
        words.sort_unstable();
        words[words.len() / 2]
    };
    if is_numbered(sign) {
        return tops || counts_up(at, lines) && median(between) >= LONG_ARTICLE;
    }
    let Some(label) = label_of(sign) else { return true };
    // of labels that articles have, another comes as often
    let is_other = |other: &Sign| label_of(other).is_some() && other.kind() != sign.kind();
    let beside = found.iter().any(|(other, lines)| is_other(other) && lines.len() == at.len());
    let above = lines[..at[0] as usize - 1].iter().filter(|line| !line.is_empty()).count();
    let is_title = TITLE_LABELS.contains(&label.as_str());
    is_title && above == 0 || beside && (above < RULES || median(between) >= SHORT_ARTICLE)
}

/// The words behind each of these lines, up to the next.
fn words_between(at: &[u32], lines: &[&str]) -> Vec<usize> {
    let ends = at.iter().skip(1).map(|&line| line as usize - 1).chain([lines.len()]);
    at.iter().zip(ends).map(|(&from, to)| words(&lines[from as usize..to])).collect()
}

/// The words before each of these lines, from the one before.
fn words_before(at: &[u32], lines: &[&str]) -> Vec<usize> {
    let begins = std::iter::once(0).chain(at.iter().map(|&line| line as usize));
    at.iter().zip(begins).map(|(&to, from)| words(&lines[from..to as usize - 1])).collect()
}

fn words(lines: &[&str]) -> usize {
    lines.iter().map(|line| line.split_whitespace().count()).sum()
}

/// True where the numbers of these lines go up by one, from 1.
fn counts_up(at: &[u32], lines: &[&str]) -> bool {
    let number = |line: &u32| {
        let digits: String = lines[*line as usize - 1].chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    at.iter().map(number).eq((1..=at.len() as u32).map(Some))
}

/// True for `Article 1`.
fn is_numbered(sign: &Sign) -> bool {
    sign.pattern.ends_with("[#№]?\\d+")
}

/// The label of a sign that is one and may stand in an article too, in small letters.
fn label_of(sign: &Sign) -> Option<String> {
    let label = sign.what.strip_prefix('`')?.strip_suffix(":`")?.to_lowercase();
    let is_of_article = TITLE_LABELS.contains(&label.as_str()) || LABELS.contains(&label.as_str());
    (sign.rank == LABEL && is_of_article).then_some(label)
}

/// True for the line below a heading that is as long: `=======`.
fn underlines(line: &str, above: &str) -> bool {
    if above.ends_with(['.', '!', '?', '…', '"', '”']) {
        return false;
    }
    let (line, above) = (line.chars().count(), above.chars().count());
    above >= RULE_SIGNS && line.abs_diff(above) <= 2
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
    is_it.then(|| Sign { rank: 1, what, pattern: String::new(), least: 2, tops: true })
}

/// `=====`, and `---` where there are many.
fn rule(line: &str) -> Option<Sign> {
    let first = line.chars().next().filter(|c| "=-_*#~+".contains(*c))?;
    let signs = line.chars().count();
    // `***` stands between the parts of an essay
    let is_short = signs < RULE_SIGNS;
    // `___` stands between the parts of an article of an agency
    if !line.chars().all(|c| c == first) || is_short && (signs < SHORT_RULE_SIGNS || !"=-".contains(first)) {
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
        rank: ADDRESS,
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
    let is_of_article = TITLE_LABELS.contains(&lower.as_str()) || LABELS.contains(&lower.as_str());
    let is_label = is_of_database || is_of_article && value.starts_with(' ');
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
