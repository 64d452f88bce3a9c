//! A sentence in the tokens of VADER: pieces between white space, without the ASCII marks around them.
//!
//! Invariant: a piece of which two characters or fewer would be left is kept as it stands: it may be an emoticon.

/// The tokens of a sentence.
pub(super) struct Tokens {
    /// Lower case.
    pub lower: Vec<String>,
    /// Written in capitals, while others are not.
    pub loud: Vec<bool>,
}

impl Tokens {
    pub(super) fn of(text: &str) -> Tokens {
        let pieces: Vec<&str> = text.split(is_space).filter(|piece| !piece.is_empty()).map(stripped).collect();
        let capitals: Vec<bool> = pieces.iter().map(|piece| is_upper(piece)).collect();
        let loud = capitals.iter().filter(|&&upper| upper).count();
        let differs = loud > 0 && loud < pieces.len();
        Tokens {
            lower: pieces.iter().map(|piece| piece.to_lowercase()).collect(),
            loud: capitals.into_iter().map(|upper| upper && differs).collect(),
        }
    }
}

/// White space as Python has it: Unicode's, and four control characters.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

fn stripped(piece: &str) -> &str {
    let inner = piece.trim_matches(|c: char| c.is_ascii_punctuation());
    if inner.chars().count() <= 2 { piece } else { inner }
}

/// At least one letter that has a case, and none in small.
fn is_upper(piece: &str) -> bool {
    piece.chars().any(char::is_uppercase) && !piece.chars().any(char::is_lowercase)
}

/// Curly marks and guillemets as ASCII, dashes and ellipses as white space.
pub(super) fn straighten(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{2bc}' | '\u{ff07}' => {
                plain.push('\'');
            }
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => plain.push('"'),
            '\u{2013}' | '\u{2014}' | '\u{2026}' => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain
}
