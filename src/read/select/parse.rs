//! A condition as it is written, read into its parts.
//!
//! In: the text of a condition, and the further columns of the corpus. Out: a tree of tests, or what is wrong.
//! Invariant: what a condition cannot say is refused, never read as something else.

use super::{Comparison, FIELDS, Field, Node};
use crate::error::did_you_mean;
use crate::read::dates;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

impl Token {
    pub fn shown(&self) -> &str {
        match self {
            Token::Word(text) | Token::Quoted(text) => text,
            Token::Sign(sign) => sign,
        }
    }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
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

/// Brackets and `not` inside each other, at most.
const DEEPEST: usize = 200;

pub(super) struct Parser<'a> {
    pub tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    others: &'a [String],
    depth: usize,
}

impl<'a> Parser<'a> {
    pub fn new(tokens: Vec<Token>, others: &'a [String]) -> Parser<'a> {
        Parser { tokens: tokens.into_iter().peekable(), others, depth: 0 }
    }

    /// What `read` finds, one level deeper.
    fn deeper(&mut self, read: fn(&mut Self) -> Result<Node, String>) -> Result<Node, String> {
        if self.depth == DEEPEST {
            return Err(format!("more than {DEEPEST} brackets or `not` inside each other"));
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn is_word(&mut self, word: &str) -> bool {
        let is = matches!(self.tokens.peek(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word));
        if is {
            self.tokens.next();
        }
        is
    }

    pub fn any(&mut self) -> Result<Node, String> {
        let mut nodes = vec![self.all()?];
        while self.is_word("or") {
            nodes.push(self.all()?);
        }
        Ok(Node::Or(nodes))
    }

    fn all(&mut self) -> Result<Node, String> {
        let mut nodes = vec![self.one()?];
        while self.is_word("and") {
            nodes.push(self.one()?);
        }
        Ok(Node::And(nodes))
    }

    fn one(&mut self) -> Result<Node, String> {
        if self.is_word("not") {
            return Ok(Node::Not(Box::new(self.deeper(Self::one)?)));
        }
        match self.tokens.next() {
            Some(Token::Sign("(")) => {
                let node = self.deeper(Self::any)?;
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
