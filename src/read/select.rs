//! Which articles of a corpus are wanted.
//!
//! In: a condition as a person writes it (`date >= 2022-01-01 and outlet in ("CNN", "Fox") and text ~ "Kazakhstan*"`), and articles. Out: yes or no.
//! Invariant: a condition is refused before anything is read; an article without the value that is asked for does not fit, whatever is asked.
//! It deliberately knows no frames and no words but as letters: what an article says is for lexicons.

mod parse;

use super::article::Article;
use crate::error::{Place, Problem};
use parse::{Parser, tokens};
use std::cmp::Ordering;

/// A condition.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Test { field: Field, how: Comparison, values: Vec<String> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Condition {
    /// Reads a condition; `others` are the further columns of the corpus.
    pub(crate) fn parse(text: &str, others: &[String]) -> Result<Condition, Box<Problem>> {
        let wrong = |found: String| {
            Problem::error("where-syntax", Place::file("--where"), found)
                .expected("a condition such as `date >= 2022-01-01 and outlet in (\"CNN\", \"Fox\")`")
        };
        let tokens = tokens(text).map_err(|found| Box::new(wrong(found)))?;
        let mut parser = Parser::new(tokens, others);
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
        article.language.is_none() && self.root.asks(Field::Language)
    }

    /// True where it asks for the text.
    pub(crate) fn asks_text(&self) -> bool {
        self.root.asks(Field::Text)
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

impl Node {
    fn asks(&self, wanted: Field) -> bool {
        match self {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(|node| node.asks(wanted)),
            Node::Not(inner) => inner.asks(wanted),
            Node::Test { field, .. } => *field == wanted,
        }
    }

    fn odd_number(&self, article: &Article) -> Option<String> {
        match self {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().find_map(|node| node.odd_number(article)),
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
            Node::And(nodes) => nodes.iter().all(|node| node.fits(article)),
            Node::Or(nodes) => nodes.iter().any(|node| node.fits(article)),
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
