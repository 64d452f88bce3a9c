//! What is known of an article besides its words, as bytes.
//!
//! Invariant: what is read is what was written, but for the text, which is kept elsewhere.

use super::bytes::{Reader, Writer};
use crate::read::{Article, Date};
use crate::text::Language;
use crate::tokenise::Guess;

/// Days between the earliest date there is and 1970, and one more: 0 stands for no date.
const DAYS: i64 = 354_286;

/// Appends an article, the language that its words were taken for, and what its text says of it.
pub(super) fn write(article: &Article, language: Language, guess: Guess, out: &mut Writer) {
    out.text(&article.id);
    out.maybe(article.outlet.as_deref());
    out.number(article.date.map_or(0, |date| (i64::from(date.days()) + DAYS) as u64));
    out.text(&article.title);
    out.text(article.language.as_ref().map_or("", Language::code));
    out.text(language.code());
    out.text(guess.language.code());
    out.number(guess.flags());
    out.text(&article.url);
    out.number(article.text_offset);
    out.number(article.first_line);
    out.text(&article.file);
    out.number(article.record.map_or(0, |record| u64::from(record) + 1));
    out.number(article.other.len() as u64);
    article.other.iter().for_each(|cell| out.maybe(cell.as_deref()));
}

/// The next article.
pub(super) fn read(from: &mut Reader<'_>) -> Option<(Article, Language, Guess)> {
    let id = from.text()?.to_string();
    let outlet = from.maybe()?.map(str::to_string);
    let date = match from.number()? {
        0 => None,
        days => Some(Date::from_days(i64::try_from(days).ok()? - DAYS)?),
    };
    let title = from.text()?.to_string();
    let told = from.text()?.to_string();
    let mut language = || Some(parse(from.text()?));
    let (language, guessed) = (language()?, language()?);
    let guess = Guess::from_flags(guessed, from.number()?);
    let url = from.text()?.to_string();
    let (text_offset, first_line) = (from.small()?, from.small()?);
    let file = from.text()?.to_string();
    let record = from.small()?.checked_sub(1);
    let others = from.small()?;
    let other = (0..others).map(|_| Some(from.maybe()?.map(str::to_string))).collect::<Option<Vec<_>>>()?;
    let article = Article {
        id,
        outlet,
        date,
        title,
        language: if told.is_empty() { None } else { Some(parse(&told)) },
        url,
        text: String::new(),
        text_offset,
        first_line,
        file,
        record,
        other,
    };
    Some((article, language, guess))
}

fn parse(code: &str) -> Language {
    Language::parse(code).filter(|_| code != "und").unwrap_or(Language::UNKNOWN)
}
