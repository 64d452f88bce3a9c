//! What the rules see of a word: its cue classes, the punctuation before it, how it is written.
//!
//! In: the tokens of an article. Out: two columns of flags, one row a token (the punctuation has one row more, for the end),
//! and every quotation mark. Invariant: one pass over the bytes between the words; no word is folded again.
//! It deliberately decides nothing.

use super::cues::TypeCues;
use crate::tokenise::ArticleTokens;

/// What stands between a word and the one before it.
pub(super) mod gap {
    pub const COMMA: u16 = 1;
    pub const SEMICOLON: u16 = 1 << 1;
    pub const COLON: u16 = 1 << 2;
    pub const DASH: u16 = 1 << 3;
    pub const STOP: u16 = 1 << 4;
    pub const ASK: u16 = 1 << 5;
    pub const BANG: u16 = 1 << 6;
    pub const OPEN_PAREN: u16 = 1 << 7;
    pub const CLOSE_PAREN: u16 = 1 << 8;
    /// No space: a hyphen, a slash.
    pub const JOINED: u16 = 1 << 9;
    /// A quotation opens here, as paired.
    pub const OPENS: u16 = 1 << 10;
    /// A quotation closes here, as paired.
    pub const CLOSES: u16 = 1 << 11;
    pub const BREAK: u16 = 1 << 12;
    /// A word may not be glued to what stands here.
    pub const ANY: u16 = 1 << 13;
    /// What stands before a quoted attribute of markup.
    pub const MARKUP: u16 = 1 << 14;
    /// Not of the gap: the word after it is inside quotation marks.
    pub const QUOTED: u16 = 1 << 15;
    /// Ends a clause or a phrase.
    pub const PUNCTUATION: u16 =
        COMMA | SEMICOLON | COLON | DASH | STOP | ASK | BANG | OPEN_PAREN | CLOSE_PAREN | BREAK;
    pub const QUOTE: u16 = OPENS | CLOSES;
}

/// Which marks belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// “ ” „ " '' and ``.
    Double,
    /// « » and ‹ ›.
    Guillemet,
    /// 「 」 and 『 』.
    Corner,
    /// ‘ ’ and '.
    Single,
}

/// What the glyph itself says about its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    Either,
}

/// A quotation mark as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The word after it.
    pub token: u32,
    pub family: Family,
    /// What the place says: between which neighbours it stands.
    pub place: Side,
    /// What the glyph says; only guillemets and corner brackets are believed.
    pub glyph: Side,
    /// A digit stands directly before it.
    pub after_digit: bool,
    /// Punctuation stands directly before it.
    pub after_punctuation: bool,
    /// A letter s stands directly before it.
    pub after_s: bool,
    /// Line breaks of the gap before it, to tell the paragraph.
    pub after_break: bool,
}

/// How many marks in a row are looked through for a neighbour: a bound, so that a page of marks stays linear.
const RUN: usize = 8;

/// The columns of one article; their memory goes on to the next.
#[derive(Default)]
pub(super) struct Columns {
    mask: Vec<u64>,
    gap: Vec<u16>,
    marks: Vec<Mark>,
    hot: Vec<u32>,
}

/// The columns, and what they are of.
pub(super) struct Words<'a> {
    pub article: &'a ArticleTokens<'a>,
    pub mask: Vec<u64>,
    pub gap: Vec<u16>,
    pub marks: Vec<Mark>,
    /// The tokens that a rule may begin at, ascending.
    pub hot: Vec<u32>,
}

impl<'a> Words<'a> {
    pub fn of(article: &'a ArticleTokens<'a>, cues: &TypeCues, wanted: u64, columns: &mut Columns) -> Words<'a> {
        let Columns { mask, gap, marks, hot } = std::mem::take(columns);
        let mut words = Words { article, mask, gap, marks, hot };
        cues.masks_of(article.types, wanted, &mut words.mask, &mut words.hot);
        words.gap.clear();
        words.marks.clear();
        words.scan();
        words
    }

    /// Gives the memory back.
    pub fn done(self, columns: &mut Columns) {
        let Words { mask, gap, marks, hot, .. } = self;
        *columns = Columns { mask, gap, marks, hot };
    }

    /// The word as written.
    pub fn word(&self, i: usize) -> &[u8] {
        &self.article.text.as_bytes()[self.article.spans[i].range()]
    }

    /// True where most words of a piece are set in capitals.
    pub fn shouts(&self, from: usize, to: usize) -> bool {
        let loud = |i: &usize| capitals(self.word(*i)) == 2;
        if to - from < 4 || !(loud(&from) || loud(&(from + 1))) {
            return false;
        }
        (from..to).filter(loud).count() * 3 > (to - from) * 2
    }

    fn scan(&mut self) {
        let article = self.article;
        let (text, bytes) = (article.text, article.text.as_bytes());
        let mut gaps = std::mem::take(&mut self.gap);
        gaps.resize(article.spans.len() + 1, 0);
        let mut end = 0;
        for (i, (span, gap)) in article.spans.iter().zip(&mut gaps).enumerate() {
            let from = span.start as usize;
            if from != end + 1 || bytes[end] != b' ' {
                *gap = match bytes[end..from] {
                    [b',', b' '] => gap::COMMA,
                    [b'.', b' '] => gap::STOP,
                    [b'-'] => gap::JOINED,
                    [b'.', b'\n', b'\n'] => gap::STOP | gap::BREAK,
                    [b':', b' '] => gap::COLON,
                    _ => self.between(text, end, from, i),
                };
            }
            end = span.end as usize;
        }
        if let Some(last) = gaps.last_mut() {
            *last = self.between(text, end, text.len(), article.spans.len());
        }
        self.gap = gaps;
    }

    /// Flags of the bytes `from..to`, which stand before token `token`.
    fn between(&mut self, text: &str, from: usize, to: usize, token: usize) -> u16 {
        let mut flags = if from == to && from > 0 { gap::JOINED } else { 0 };
        let mut spaced = false;
        let mut after_break = false;
        let mut skip = 0;
        for (offset, c) in text[from..to].char_indices() {
            if offset < skip {
                continue;
            }
            let byte = from + offset;
            match c {
                ' ' | '\t' | '\u{a0}' | '\u{202f}' => spaced = true,
                ',' | '،' | '、' | '，' => flags |= gap::COMMA,
                '.' | '…' | '。' => flags |= gap::STOP,
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                    flags |= gap::BREAK;
                    (spaced, after_break) = (true, true);
                }
                ';' => flags |= gap::SEMICOLON,
                ':' | '：' => flags |= gap::COLON,
                '—' | '–' | '―' => flags |= gap::DASH,
                '-' => {
                    let lone = spaced || text[byte + 1..].starts_with([' ', '-', '\n']);
                    flags |= if lone { gap::DASH } else { gap::JOINED };
                }
                '=' => flags |= gap::MARKUP,
                '?' | '？' | '¿' => flags |= gap::ASK,
                '!' | '！' => flags |= gap::BANG,
                '(' | '[' | '{' => flags |= gap::OPEN_PAREN,
                ')' | ']' | '}' => flags |= gap::CLOSE_PAREN,
                _ => match mark_at(&text[byte..to], c) {
                    Some((family, glyph, length)) => {
                        let mark = self.placed(text, byte, length, family, glyph);
                        // `."“Next`: one closes and one opens; elsewhere a doubled mark is one.
                        let two = mark.place == Side::Either && matches!(c, '"' | '“' | '”');
                        skip = offset + if two { c.len_utf8() } else { length };
                        self.marks.push(Mark { token: token as u32, after_break, ..mark });
                    }
                    None if c.is_whitespace() => spaced = true,
                    None => flags |= gap::ANY,
                },
            }
        }
        flags
    }

    fn placed(&self, text: &str, byte: usize, length: usize, family: Family, glyph: Side) -> Mark {
        let left = text[..byte].chars().rev().take(RUN).find(|&c| !is_mark(c)).unwrap_or('\n');
        let right = text[byte + length..].chars().take(RUN).find(|&c| !is_mark(c)).unwrap_or('\n');
        // "word »." ends with a full stop; "« ..." begins with an ellipsis.
        let full_stop = right == '.' && !text[byte + length..].trim_start_matches(is_mark).starts_with("..");
        let right = if full_stop { ';' } else { right };
        let before = text[..byte].chars().next_back().unwrap_or('\n');
        Mark {
            token: 0,
            family,
            place: place_of(left, right),
            glyph,
            after_digit: before.is_ascii_digit(),
            after_punctuation: matches!(left, '.' | ',' | '!' | '?' | '…' | ';' | ':' | '—' | '–' | '-'),
            after_s: matches!(before, 's' | 'S'),
            after_break: false,
        }
    }
}

/// Whether a word ends in `'s`, which folding took off.
pub(super) fn possessive(word: &[u8]) -> bool {
    word.ends_with(b"'s") || word.ends_with("’s".as_bytes())
}

/// With how many capitals a word begins: none, one, or two and more. ASCII at once, others by the tables.
pub(super) fn capitals(word: &[u8]) -> u8 {
    let upper = match word {
        [a, b, ..] if a.is_ascii() && b.is_ascii() => [a.is_ascii_uppercase(), b.is_ascii_uppercase()],
        [a] => [a.is_ascii_uppercase(), false],
        _ => {
            let head = &word[..word.len().min(8)];
            let valid = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            let mut chars = valid.chars().map(char::is_uppercase);
            [chars.next() == Some(true), chars.next() == Some(true)]
        }
    };
    u8::from(upper[0]) + u8::from(upper[0] && upper[1])
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

/// The mark that begins here: family, what its glyph says, length in bytes. Doubled marks are one.
fn mark_at(text: &str, c: char) -> Option<(Family, Side, usize)> {
    let width = c.len_utf8();
    let twin = text[width..].starts_with(c);
    let once_or_twice = if twin { 2 * width } else { width };
    Some(match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => (Family::Double, Side::Either, once_or_twice),
        '\'' | '‘' | '’' | '‚' | '‛' if run_of(text, c) == 4 => (Family::Double, Side::Either, 4 * width),
        '\'' | '‘' | '’' | '‚' | '‛' if twin => (Family::Double, Side::Either, 2 * width),
        '`' if twin => (Family::Double, Side::Open, 2 * width),
        '‘' if text[width..].starts_with('’') => return None,
        '\'' | '’' | '‘' | '‚' | '‛' | '`' => (Family::Single, Side::Either, width),
        '«' => (Family::Guillemet, Side::Open, once_or_twice),
        '»' => (Family::Guillemet, Side::Close, once_or_twice),
        '‹' => (Family::Guillemet, Side::Open, width),
        '›' => (Family::Guillemet, Side::Close, width),
        '「' | '『' => (Family::Corner, Side::Open, width),
        '」' | '』' => (Family::Corner, Side::Close, width),
        _ => return None,
    })
}

fn run_of(text: &str, c: char) -> usize {
    text.chars().take(5).take_while(|&x| x == c).count()
}

/// What the neighbours of a mark say about its direction.
fn place_of(left: char, right: char) -> Side {
    let space_left = left.is_whitespace();
    let space_right = right.is_whitespace();
    let opener = |c: char| matches!(c, '(' | '[' | '{' | '¿' | '¡' | '/');
    let dash = |c: char| matches!(c, '—' | '–' | '-' | '―' | '=');
    let closer = |c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '.' | '…');
    if space_left && space_right {
        Side::Either
    } else if space_right {
        if opener(left) { Side::Open } else { Side::Close }
    } else if space_left || opener(left) {
        if closer(right) && !matches!(right, '.' | '…') { Side::Either } else { Side::Open }
    } else if closer(right) || dash(right) {
        Side::Close
    } else if dash(left) {
        Side::Open
    } else {
        Side::Either
    }
}
