//! Which articles of a corpus are wanted.
//!
//! In: a condition as a person writes it (`date >= 2022-01-01 and outlet in ("CNN", "Fox") and text ~ "Kazakhstan*"`), and articles. Out: yes or no.
//! Invariant: a condition is refused before anything is read; an article without the value that is asked for does not fit, whatever is asked.
//! It deliberately knows no frames and no words but as letters: what an article says is for lexicons.

use super::article::Article;
use super::dates;
use crate::error::{Place, Problem, did_you_mean};
use std::cmp::Ordering;

/// A condition.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Not(Box<Node>),
    Test { field: Field, how: Comparison, values: Vec<String> },
}

#[derive(Clone, Copy, Debug)]
enum Field {
    Id,
    Outlet,
    Date,
    Title,
    Language,
    Url,
    File,
    Text,
    Other(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
    Has,
}

const FIELDS: [(&str, Field); 8] = [
    ("id", Field::Id),
    ("outlet", Field::Outlet),
    ("date", Field::Date),
    ("title", Field::Title),
    ("language", Field::Language),
    ("url", Field::Url),
    ("file", Field::File),
    ("text", Field::Text),
];

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

impl Token {
    fn shown(&self) -> &str {
        match self {
            Token::Word(text) | Token::Quoted(text) => text,
            Token::Sign(sign) => sign,
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    const SIGNS: [&str; 11] = ["<=", ">=", "!=", "==", "=", "<", ">", "~", "(", ")", ","];
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            out.push(Token::Sign(if sign == "==" { "=" } else { sign }));
            rest = &rest[sign.len()..];
        } else if matches!(c, '"' | '\'' | '“') {
            let close = if c == '“' { '”' } else { c };
            let inner = &rest[c.len_utf8()..];
            let end = inner.find(close).ok_or_else(|| format!("{rest} is not closed"))?;
            out.push(Token::Quoted(inner[..end].to_string()));
            rest = &inner[end + close.len_utf8()..];
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "<>=!~(),\"'".contains(c)).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("`{c}`"));
            }
            out.push(Token::Word(rest[..end].to_string()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(out)
}

struct Parser<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    others: &'a [String],
}

impl Condition {
    /// Reads a condition; `others` are the further columns of the corpus.
    pub(crate) fn parse(text: &str, others: &[String]) -> Result<Condition, Box<Problem>> {
        let wrong = |found: String| {
            Problem::error("where-syntax", Place::file("--where"), found)
                .expected("a condition such as `date >= 2022-01-01 and outlet in (\"CNN\", \"Fox\")`")
        };
        let tokens = tokens(text).map_err(|found| Box::new(wrong(found)))?;
        let mut parser = Parser { tokens: tokens.into_iter().peekable(), others };
        let root = parser.any().map_err(|found| Box::new(wrong(found)))?;
        match parser.tokens.next() {
            None => Ok(Condition { root }),
            Some(token) => {
                let found = format!("`{}` behind the condition", token.shown());
                Err(Box::new(
                    wrong(found)
                        .hint("a value with a space or a sign in it stands in quotation marks: `outlet = \"The Sun\"`"),
                ))
            }
        }
    }

    /// True where it asks for the language, and an article names none.
    pub(crate) fn lacks_language(&self, article: &Article) -> bool {
        article.language.is_none() && self.root.asks_language()
    }

    /// What an article has where the condition compares with a number, and is none.
    pub(crate) fn odd_number(&self, article: &Article) -> Option<String> {
        self.root.odd_number(article)
    }

    /// True where an article fits.
    pub(crate) fn fits(&self, article: &Article) -> bool {
        self.root.fits(article)
    }
}

impl Parser<'_> {
    fn is_word(&mut self, word: &str) -> bool {
        let is = matches!(self.tokens.peek(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word));
        if is {
            self.tokens.next();
        }
        is
    }

    fn any(&mut self) -> Result<Node, String> {
        let mut node = self.all()?;
        while self.is_word("or") {
            node = Node::Or(Box::new(node), Box::new(self.all()?));
        }
        Ok(node)
    }

    fn all(&mut self) -> Result<Node, String> {
        let mut node = self.one()?;
        while self.is_word("and") {
            node = Node::And(Box::new(node), Box::new(self.one()?));
        }
        Ok(node)
    }

    fn one(&mut self) -> Result<Node, String> {
        if self.is_word("not") {
            return Ok(Node::Not(Box::new(self.one()?)));
        }
        match self.tokens.next() {
            Some(Token::Sign("(")) => {
                let node = self.any()?;
                match self.tokens.next() {
                    Some(Token::Sign(")")) => Ok(node),
                    _ => Err("a bracket that is not closed".to_string()),
                }
            }
            Some(Token::Word(name) | Token::Quoted(name)) => self.test(&name),
            Some(Token::Sign(sign)) => Err(format!("`{sign}` where a column is due")),
            None => Err("nothing where a column is due".to_string()),
        }
    }

    fn test(&mut self, name: &str) -> Result<Node, String> {
        let field = self.field(name)?;
        if self.is_word("in") {
            return Ok(Node::Test { field, how: Comparison::Is, values: comparable(field, self.list()?)? });
        }
        if self.is_word("not") {
            if !self.is_word("in") {
                return Err(format!("`{name} not` without `in`"));
            }
            return Ok(Node::Test { field, how: Comparison::IsNot, values: comparable(field, self.list()?)? });
        }
        let how = match self.tokens.next() {
            Some(Token::Sign("=")) => Comparison::Is,
            Some(Token::Sign("!=")) => Comparison::IsNot,
            Some(Token::Sign("<")) => Comparison::Less,
            Some(Token::Sign("<=")) => Comparison::AtMost,
            Some(Token::Sign(">")) => Comparison::More,
            Some(Token::Sign(">=")) => Comparison::AtLeast,
            Some(Token::Sign("~")) => Comparison::Has,
            _ => return Err(format!("no comparison behind `{name}`")),
        };
        let values = vec![self.value()?];
        if how == Comparison::Has && matches!(field, Field::Text | Field::Title) {
            only_words(name, &values[0])?;
        }
        let values = if how == Comparison::Has { values } else { comparable(field, values)? };
        Ok(Node::Test { field, how, values })
    }

    fn field(&self, name: &str) -> Result<Field, String> {
        let built_in = FIELDS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, field)| *field);
        let other = || self.others.iter().position(|other| other == name).map(Field::Other);
        built_in.or_else(other).ok_or_else(|| {
            let fields = FIELDS.iter().map(|(name, _)| *name).chain(self.others.iter().map(String::as_str));
            let meant = did_you_mean(name, fields).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("no column `{name}`{meant}")
        })
    }

    fn value(&mut self) -> Result<String, String> {
        match self.tokens.next() {
            Some(Token::Word(value) | Token::Quoted(value)) => Ok(value),
            _ => Err("no value behind a comparison".to_string()),
        }
    }

    fn list(&mut self) -> Result<Vec<String>, String> {
        if self.tokens.next() != Some(Token::Sign("(")) {
            return Err("`in` without a list in brackets".to_string());
        }
        let mut values = vec![self.value()?];
        loop {
            match self.tokens.next() {
                Some(Token::Sign(",")) => values.push(self.value()?),
                Some(Token::Sign(")")) => return Ok(values),
                _ => return Err("a list that is not closed".to_string()),
            }
        }
    }
}

/// Refuses what an entry of a lexicon may say and a condition cannot: it would be read as other words, or find nothing.
fn only_words(name: &str, asked: &str) -> Result<(), String> {
    let pieces: Vec<&str> = asked.split_whitespace().collect();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_operator = |piece: &&str| {
        let (word, rest) = piece.split_once('/').map_or((*piece, None), |(word, rest)| (word, Some(rest)));
        let counts = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let bare = rest.is_none() && asked.chars().any(char::is_lowercase);
        (counts || bare) && matches!(word, "AND" | "OR" | "NOT" | "NEAR" | "BEFORE" | "AFTER")
    };
    let is_sign = |piece: &&str| {
        let before = |at: usize| letter(piece[..at].chars().next_back());
        let after = |at: usize| letter(piece[at + 1..].chars().next());
        piece.strip_prefix(['#', '@', '=']).is_some_and(|rest| letter(rest.chars().next()))
            || piece.match_indices(['|', '?']).any(|(at, _)| before(at) && after(at))
            || piece.match_indices('*').any(|(at, _)| after(at) || !before(at))
            || (piece.contains('[') && piece.split_once(']').is_some_and(|(_, rest)| letter(rest.chars().next())))
    };
    match pieces.iter().find(|piece| is_operator(piece) || is_sign(piece)) {
        Some(piece) => Err(format!(
            "`{piece}` behind `{name} ~`, which knows words in their order and `*` at their ends; conditions are joined by `and`, `or`, `not`"
        )),
        None => Ok(()),
    }
}

/// Values as those of a field are written: dates as `2022`, `2022-01` or `2022-01-31`, in whatever form they are given.
fn comparable(field: Field, values: Vec<String>) -> Result<Vec<String>, String> {
    let date = |value: String| {
        let date = if value.is_empty() { Some(String::new()) } else { month(&value).or_else(|| day(&value)) };
        date.ok_or_else(|| format!("`{value}` is not a date such as 2022-01-31, 2022-01 or 2022"))
    };
    if matches!(field, Field::Date) { values.into_iter().map(date).collect() } else { Ok(values) }
}

/// A year, or a month of one.
fn month(text: &str) -> Option<String> {
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month) = text.split_once('-').map_or((text, None), |(year, month)| (year, Some(month)));
    let year = Some(year).filter(is_digits).filter(|year| year.len() == 4)?;
    let Some(month) = month else { return Some(year.to_string()) };
    let month: u32 = Some(month).filter(is_digits)?.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(format!("{year}-{month:02}"))
}

fn day(text: &str) -> Option<String> {
    dates::parse(text, None).ok().flatten().map(|date| date.to_string())
}

impl Node {
    fn asks_language(&self) -> bool {
        match self {
            Node::And(a, b) | Node::Or(a, b) => a.asks_language() || b.asks_language(),
            Node::Not(inner) => inner.asks_language(),
            Node::Test { field, .. } => matches!(field, Field::Language),
        }
    }

    fn odd_number(&self, article: &Article) -> Option<String> {
        match self {
            Node::And(a, b) | Node::Or(a, b) => a.odd_number(article).or_else(|| b.odd_number(article)),
            Node::Not(inner) => inner.odd_number(article),
            Node::Test { field, how, values } => {
                let compares = !matches!(how, Comparison::Is | Comparison::IsNot | Comparison::Has);
                let asks = compares
                    && !matches!(field, Field::Date)
                    && values.first().is_some_and(|asked| number(asked).is_some());
                value(article, *field).filter(|value| asks && number(value).is_none())
            }
        }
    }

    fn fits(&self, article: &Article) -> bool {
        match self {
            Node::And(a, b) => a.fits(article) && b.fits(article),
            Node::Or(a, b) => a.fits(article) || b.fits(article),
            Node::Not(inner) => !inner.fits(article),
            Node::Test { field, how, values } => match value(article, *field) {
                Some(value) => test(&value, *how, values, matches!(field, Field::Date)),
                // what is missing is equal to nothing but `""`
                None => match how {
                    Comparison::Is => values.iter().any(String::is_empty),
                    Comparison::IsNot => !values.iter().any(String::is_empty),
                    _ => false,
                },
            },
        }
    }
}

fn value(article: &Article, field: Field) -> Option<String> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
    match field {
        Field::Id => text(&article.id),
        Field::Outlet => article.outlet.clone(),
        Field::Date => article.date.map(|date| date.to_string()),
        Field::Title => text(&article.title),
        Field::Language => article.language.map(|language| language.to_string()),
        Field::Url => text(&article.url),
        Field::File => text(&article.file),
        Field::Text => text(&article.text),
        Field::Other(column) => article.other.get(column).cloned().flatten(),
    }
}

fn test(value: &str, how: Comparison, asked: &[String], is_date: bool) -> bool {
    let first = asked.first().map_or("", String::as_str);
    // `date <= 2022-01` has all of January in it
    let same = |asked: &String| {
        // programs write 2022 as 2022.0 where a number is missing in its column
        let same_number =
            || number(value).is_some_and(|value| number(asked).is_some_and(|asked| value.total_cmp(&asked).is_eq()));
        match is_date {
            true => !asked.is_empty() && value.starts_with(asked.as_str()),
            false => value.eq_ignore_ascii_case(asked) || same_number(),
        }
    };
    // what is no number is neither more nor less than one
    let order = || match (number(value), number(first)) {
        _ if is_date => Some(value[..first.len().min(value.len())].cmp(first)),
        (value, Some(first)) => value.map(|value| value.total_cmp(&first)),
        (_, None) => Some(value.cmp(first)),
    };
    match how {
        Comparison::Is => asked.iter().any(same),
        Comparison::IsNot => !asked.iter().any(same),
        Comparison::Less => order().is_some_and(Ordering::is_lt),
        Comparison::AtMost => order().is_some_and(Ordering::is_le),
        Comparison::More => order().is_some_and(Ordering::is_gt),
        Comparison::AtLeast => order().is_some_and(Ordering::is_ge),
        Comparison::Has => has(value, first),
    }
}

/// A number as programs and people write it: `1200`, `1e3`, `1,200`, `1 200`, `1.200,5`, `4,5`. A single dot is that of a fraction.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number);
    }
    let (sign, digits) = text.strip_prefix(['-', '−']).map_or((1.0, text), |rest| (-1.0, rest));
    let thousands = |separator: &[char], decimal: char| {
        let (whole, fraction) = digits.split_once(decimal).unwrap_or((digits, ""));
        let mut groups = whole.split(separator);
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && is_digits(first))?;
        let rest: Vec<&str> = groups.collect();
        let fits =
            !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && is_digits(group)) && is_digits(fraction);
        let number = || format!("{first}{}.{fraction}0", rest.concat()).parse::<f64>().ok();
        if fits { number() } else { None }
    };
    let grouped = thousands(&[',', '\'', '’', ' ', '\u{a0}', '\u{202f}'], '.').or_else(|| thousands(&['.'], ','));
    let with_comma = || {
        digits.replacen(',', ".", 1).parse::<f64>().ok().filter(|_| digits.starts_with(|c: char| c.is_ascii_digit()))
    };
    grouped.or_else(with_comma).map(|number| sign * number)
}

/// True where the words of a pattern stand in a text, one after another; `*` is the rest of a word, letters may be large or small.
fn has(text: &str, pattern: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '*')
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let pattern = words(pattern);
    let text = words(text);
    let fits = |(word, asked): (&String, &String)| match asked.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == asked,
    };
    !pattern.is_empty() && text.windows(pattern.len()).any(|window| window.iter().zip(&pattern).all(fits))
}
