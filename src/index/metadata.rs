//! What is known of an article besides its words, as bytes.
//!
//! Invariant: what is read is what was written, but for the text, which is kept elsewhere.

use super::bytes::{Reader, Writer};
use crate::read::{Article, Aside, AsideKind, Date, Piece, Places};
use crate::text::Language;
use crate::tokenise::Guess;

/// Days between the earliest date there is and 1970, and one more: 0 stands for no date.
const DAYS: i64 = 354_286;

/// What is known of the articles of a shard besides their words, one by one.
pub(super) struct Metadata {
    pub articles: Vec<Article>,
    pub languages: Vec<Language>,
    pub guesses: Vec<Guess>,
}

impl Metadata {
    /// From bytes, if they are of so many articles.
    pub fn read(bytes: &[u8], number: usize) -> Option<Metadata> {
        // no more than there are bytes for
        let room = number.min(bytes.len());
        let mut metadata = Metadata {
            articles: Vec::with_capacity(room),
            languages: Vec::with_capacity(room),
            guesses: Vec::with_capacity(room),
        };
        let mut from = Reader::new(bytes);
        while !from.is_empty() {
            let (article, language, guess) = read(&mut from)?;
            metadata.articles.push(article);
            metadata.languages.push(language);
            metadata.guesses.push(guess);
        }
        (metadata.articles.len() == number).then_some(metadata)
    }

    /// Of so many articles of which nothing is known.
    pub fn unknown(number: usize) -> Metadata {
        Metadata {
            articles: vec![Article::default(); number],
            languages: vec![Language::UNKNOWN; number],
            guesses: vec![Guess::certain(Language::UNKNOWN); number],
        }
    }
}

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
    write_places(&article.places, out);
    out.number(article.asides.len() as u64);
    for aside in &article.asides {
        [aside.bytes.0, aside.bytes.1, aside.tokens.0, aside.tokens.1].into_iter().for_each(|n| out.number(n));
        out.number(aside.kind as u32);
        out.text(&aside.evidence);
    }
}

fn write_places(places: &Places, out: &mut Writer) {
    out.number(places.pieces.len() as u64);
    if places.pieces.is_empty() {
        return;
    }
    out.number(places.cells.len() as u64);
    places.cells.iter().for_each(|cell| out.text(cell));
    for piece in &places.pieces {
        [piece.at, piece.len, piece.start, piece.source_len, piece.line].into_iter().for_each(|n| out.number(n));
        out.number(piece.cell);
    }
}

fn read_places(from: &mut Reader<'_>) -> Option<Places> {
    let pieces = from.small()?;
    if pieces == 0 {
        return Some(Places::default());
    }
    let cells = from.small()?;
    let cells = (0..cells).map(|_| Some(from.text()?.to_string())).collect::<Option<Vec<_>>>()?;
    let mut piece = || {
        let (at, len, start) = (from.small()?, from.small()?, from.small()?);
        let (source_len, line, cell) = (from.small()?, from.small()?, from.small()? as u8);
        Some(Piece { at, len, start, source_len, line, cell })
    };
    let pieces = (0..pieces).map(|_| piece()).collect::<Option<Vec<_>>>()?;
    let ends = |piece: &Piece| piece.at.checked_add(piece.len);
    let ascend = pieces.windows(2).all(|pair| ends(&pair[0]).is_some_and(|end| end <= pair[1].at));
    Some(Places { cells, pieces }).filter(|_| ascend)
}

fn read_aside(from: &mut Reader<'_>) -> Option<Aside> {
    let (bytes, tokens) = ((from.small()?, from.small()?), (from.small()?, from.small()?));
    let kind = match from.small()? {
        0 => AsideKind::Headline,
        1 => AsideKind::SeparateHeadline,
        2 => AsideKind::Furniture,
        3 => AsideKind::Speaker,
        _ => return None,
    };
    Some(Aside { bytes, tokens, kind, evidence: from.text()?.to_string() })
}

/// The next article.
fn read(from: &mut Reader<'_>) -> Option<(Article, Language, Guess)> {
    let id = from.text()?.to_string();
    let outlet = from.maybe()?.map(str::to_string);
    let date = match from.number()? {
        0 => None,
        days => Some(Date::from_days(i64::try_from(days).ok()? - DAYS)?),
    };
    let title = from.text()?.to_string();
    let code = from.text()?.to_string();
    let mut language = || Some(parse(from.text()?));
    let (language, guessed) = (language()?, language()?);
    let guess = Guess::from_flags(guessed, from.number()?);
    let url = from.text()?.to_string();
    let (text_offset, first_line) = (from.small()?, from.small()?);
    let file = from.text()?.to_string();
    let record = from.small()?.checked_sub(1);
    let others = from.small()?;
    let other = (0..others).map(|_| Some(from.maybe()?.map(str::to_string))).collect::<Option<Vec<_>>>()?;
    let places = read_places(from)?;
    let asides = from.small()?;
    let asides = (0..asides).map(|_| read_aside(from)).collect::<Option<Vec<_>>>()?;
    let article = Article {
        id,
        outlet,
        date,
        title,
        language: if code.is_empty() { None } else { Some(parse(&code)) },
        url,
        text: String::new(),
        places,
        asides,
        text_offset,
        first_line,
        file,
        record,
        other,
        raw: None,
    };
    Some((article, language, guess))
}

fn parse(code: &str) -> Language {
    Language::parse(code).filter(|_| code != "und").unwrap_or(Language::UNKNOWN)
}
