//! The folded form of words: what is matched and counted.
//!
//! In: a word as it stands, the language of its text. Out: its folded form.
//! Invariant: folding is defined here alone; articles, lexicons of every form, cue words and word lists use it, so two spellings are
//! the same everywhere or nowhere. A folded word stays as it is when it is folded again, unless endings are nested in it.
//! It deliberately knows no lexicon and no stemmer.

use super::Language;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The rules in the order in which they are applied, as `framescope explain words` prints them: name, what it does, an example.
pub const FOLDING: &[(&str, &str, &str)] = &[
    ("case", "capitals are small letters; in Turkish and Azeri I is ı and İ is i, elsewhere both are i", "COUP = coup"),
    (
        "invisible",
        "soft hyphens, zero-width spaces and joiners, direction marks, variation selectors, the Arabic tatweel take no part",
        "terror\u{200b}ists = terrorists",
    ),
    (
        "forms",
        "letters have one encoding (NFC); ligatures, full-width and raised letters are plain ones (NFKC) *",
        "ﬁre = fire",
    ),
    ("spelling", "ё is е, ß is ss, œ is oe, final ς is σ *", "Straße = STRASSE = Strasse"),
    ("stress", "the acute accent over a Cyrillic or Greek vowel takes no part *", "террори́сты = террористы"),
    (
        "vowel signs",
        "Arabic and Hebrew vowel signs take no part; the kaf and yeh of Persian and Urdu, and yeh without dots, are those of Arabic *",
        "كودتای = کودتای",
    ),
    (
        "marks in a word",
        "Armenian marks of question, exclamation and stress inside a word take no part",
        "գնո՞ւմ = գնում",
    ),
    ("apostrophes", "curly and straight ones are the same", "don’t = don't"),
    ("possessive", "'s and a bare apostrophe at the end are split off", "Nazarbayev’s = Nazarbayev"),
    (
        "elision",
        "in Italian, French and Catalan an article or pronoun before an apostrophe is split off",
        "dell’economia = economia",
    ),
    ("endings", "in Turkish and Azeri endings after an apostrophe are split off", "Erdoğan’ın = Erdoğan"),
    (
        "line ends",
        "a word that is joined over a line end has neither the hyphen nor the break in it",
        "mili-⏎tants = militants",
    ),
];

/// How far spellings are made the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Fold {
    /// By every rule that `framescope explain words` lists.
    #[default]
    Usual,
    /// By every rule but those marked `*`: ё is not е, ß is not ss.
    Strict,
}

/// In which language a word is folded, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Of the text in which the word stands.
    pub language: Language,
    /// How far.
    pub fold: Fold,
}

impl From<Language> for Folding {
    fn from(language: Language) -> Folding {
        Folding { language, fold: Fold::Usual }
    }
}

/// The folded form of a word: by the rules of [`FOLDING`].
///
/// ```
/// use framescope::text::{Fold, Folding, Language, fold};
/// let turkish = Language::parse("tr").unwrap_or(Language::UNKNOWN);
/// assert_eq!(fold("İSYAN", turkish), "isyan");
/// assert_eq!(fold("Straße", Language::UNKNOWN), "strasse");
/// assert_eq!(fold("Straße", Folding { language: Language::UNKNOWN, fold: Fold::Strict }), "straße");
/// ```
pub fn fold(word: &str, folding: impl Into<Folding>) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, folding.into(), &mut folded);
    folded
}

/// [`fold()`] into a buffer that is used again; it is cleared first.
pub fn fold_into(word: &str, folding: Folding, out: &mut String) {
    letters(word, folding, out);
    endings(out, folding.language);
    if out.is_empty() {
        out.push_str(word);
    }
}

/// The folded form of a pattern that holds wildcards: no ending and no elision is split off, since `*` may stand for it.
pub fn fold_pattern(pattern: &str, folding: impl Into<Folding>) -> String {
    let mut folded = String::with_capacity(pattern.len());
    letters(pattern, folding.into(), &mut folded);
    folded
}

/// The words of a phrase, each folded as a pattern; one space between two stays.
pub fn fold_phrase(phrase: &str, folding: impl Into<Folding>) -> String {
    let folding = folding.into();
    phrase.split(' ').map(|word| fold_pattern(word, folding)).collect::<Vec<_>>().join(" ")
}

/// A folded word without what only [`Fold::Usual`] folds: for words that are compared with types of either kind.
pub fn spelling(folded: &str) -> Cow<'_, str> {
    if folded.is_ascii() {
        return Cow::Borrowed(folded);
    }
    let mut out = String::with_capacity(folded.len());
    letters(folded, Language::UNKNOWN.into(), &mut out);
    if out == folded { Cow::Borrowed(folded) } else { Cow::Owned(out) }
}

/// A word as readers see it, its capitals left alone: invisible characters gone, apostrophes straight, no break of a line in it.
pub fn as_read(surface: &str) -> Cow<'_, str> {
    if surface.is_ascii() && !is_broken(surface) {
        return Cow::Borrowed(surface);
    }
    let broken = is_broken(surface);
    let seen = surface.chars().filter(|&c| !is_invisible(c)).nfc().filter(|&c| !(broken && is_of_break(c)));
    Cow::Owned(seen.map(straight).collect())
}

/// True for a character that nobody sees and that is no space.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Case, forms of letters, spelling.
fn letters(word: &str, folding: Folding, out: &mut String) {
    out.clear();
    let dotless = folding.language.has_dotless_i();
    if word.is_ascii() && !is_broken(word) && !(dotless && word.contains('I')) {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    let broken = is_broken(word);
    let mut put = |c: char| {
        if is_invisible(c) || is_armenian_mark(c) || c.is_whitespace() || (broken && is_of_break(c)) {
            return;
        }
        match c {
            'I' if dotless => out.push('ı'),
            'İ' => out.push('i'),
            // what is left of a capital İ that was taken apart
            '\u{307}' if out.ends_with('i') => {}
            _ => c.to_lowercase().for_each(|c| spell(straight(c), folding.fold, out)),
        }
    };
    // gone before letters and their signs are put together, between which they may stand
    let seen = word.chars().filter(|&c| !is_invisible(c));
    match folding.fold {
        Fold::Usual => seen.nfkc().for_each(&mut put),
        Fold::Strict => seen.nfc().for_each(&mut put),
    }
    if !is_nfc(out) {
        *out = out.nfc().collect();
    }
}

/// Appends a small letter, spelt as it is compared.
fn spell(c: char, fold: Fold, out: &mut String) {
    if fold == Fold::Strict {
        return out.push(c);
    }
    match c {
        'ё' => out.push('е'),
        'ß' => out.push_str("ss"),
        'œ' => out.push_str("oe"),
        'ς' => out.push('σ'),
        // Greek capitals are written without it
        'ά' => out.push('α'),
        'έ' => out.push('ε'),
        'ή' => out.push('η'),
        'ί' => out.push('ι'),
        'ό' => out.push('ο'),
        'ύ' => out.push('υ'),
        'ώ' => out.push('ω'),
        'ΐ' => out.push('ϊ'),
        'ΰ' => out.push('ϋ'),
        'ک' => out.push('ك'),
        'ی' | 'ى' => out.push('ي'),
        c if is_vowel_sign(c) => {}
        '\u{301}' if out.ends_with(is_cyrillic_vowel) => {}
        _ => out.push(c),
    }
}

/// True for the points and strokes by which Arabic and Hebrew write vowels where a reader may not know them.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{5b0}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{670}')
}

/// True for a mark of Armenian that stands over a vowel, within its word.
fn is_armenian_mark(c: char) -> bool {
    matches!(c, '\u{55b}' | '\u{55c}' | '\u{55e}')
}

fn is_cyrillic_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'і' | 'ї' | 'є' | 'ѣ' | 'ә' | 'ө' | 'ү' | 'ұ')
}

/// Curly apostrophes made straight.
fn straight(c: char) -> char {
    if matches!(c, '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{ff07}') { '\'' } else { c }
}

/// True for a word that goes on after a line end.
fn is_broken(word: &str) -> bool {
    memchr::memchr2(b'\n', b'\r', word.as_bytes()).is_some()
}

/// True for what stands in a word where a line ends.
fn is_of_break(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{ac}' | '\u{2010}' | '\u{2011}')
}

/// Splits off what an apostrophe joins to a word.
fn endings(out: &mut String, language: Language) {
    if !out.contains('\'') {
        return;
    }
    if out.ends_with("'s") && out.len() > 2 {
        out.truncate(out.len() - 2);
    }
    match language.code() {
        "it" | "fr" | "ca" => {
            if let Some(at) = out.rfind('\'')
                && at + 1 < out.len()
                && is_elided(&out[..at])
            {
                out.drain(..=at);
            }
        }
        "tr" | "az" => {
            if let Some(at) = out.rfind('\'')
                && is_named(&out[..at])
                && is_case_ending(&out[at + 1..])
            {
                out.truncate(at);
            }
        }
        _ => {}
    }
    let bare = out.trim_matches('\'');
    if bare.len() != out.len() && !bare.is_empty() {
        *out = bare.to_string();
    }
}

/// True for the article, preposition or pronoun of an elision, without its apostrophe.
fn is_elided(prefix: &str) -> bool {
    const ELIDED: &[&str] = &[
        "l", "d", "c", "s", "n", "m", "t", "v", "j", "qu", "un", "gl", "all", "dall", "dell", "nell", "sull", "coll",
        "quell", "quest", "bell", "sant", "tutt", "mezz", "dev", "senz", "anch", "com", "dov", "jusqu", "lorsqu",
        "puisqu", "quoiqu",
    ];
    ELIDED.contains(&prefix)
}

/// True for what Turkish puts an apostrophe behind: a name or a number, not a single letter (`O'Hara`).
fn is_named(prefix: &str) -> bool {
    prefix.chars().nth(1).is_some() || prefix.starts_with(|c: char| c.is_ascii_digit())
}

/// True for one or several endings of Turkish nouns: `ın`, `da`, `dan`, `lılar`, `ndaki`; not for the rest of *Kur'an*.
fn is_case_ending(rest: &str) -> bool {
    /// Each with one vowel for all of its harmony: a for e, ı for i, u and ü; c, d for ç, t.
    const ENDINGS: &[&str] = &[
        "ı", "yı", "nı", "ın", "nın", "a", "ya", "na", "da", "nda", "dan", "ndan", "la", "yla", "lı", "lık", "sız",
        "ca", "nca", "cı", "dır", "ydı", "ymış", "ysa", "kı", "dakı", "ndakı", "nınkı", "lar", "sı", "m", "ım", "mız",
        "ımız", "ınız", "ncı", "ıncı", "ar", "sar",
    ];
    let plain: String = rest
        .chars()
        .map(|c| match c {
            'e' => 'a',
            'i' | 'u' | 'ü' => 'ı',
            'ç' => 'c',
            't' => 'd',
            c => c,
        })
        .collect();
    fn parses(rest: &str, depth: u8) -> bool {
        let goes_on = |ending: &&str| rest.strip_prefix(*ending).is_some_and(|rest| parses(rest, depth + 1));
        rest.is_empty() && depth > 0 || depth < 5 && ENDINGS.iter().any(&goes_on)
    }
    plain.len() <= 24 && parses(&plain, 0)
}
