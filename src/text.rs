//! Coordinates in a text, and the one way in which a word is folded.
//!
//! In: text. Out: spans, lines, folded words, language codes; rows of CSV.
//! Invariant: a span never leaves its text and never splits a character; every room folds with [`fold()`].
//! It deliberately does not find words: `tokenise` does.

pub mod csv;
pub mod encoding;
mod folding;

pub use folding::{
    FOLDING, Fold, Folding, as_read, fold, fold_into, fold_pattern, fold_phrase, is_invisible, spelling,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The coordinate space of bytes of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Byte;

/// The coordinate space of tokens of a shard: its articles stand one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardToken;

/// The coordinate space of tokens of one article: its first word is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleToken;

/// A half-open range in one coordinate space; spans of two spaces cannot be mixed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<Space> {
    /// First unit inside.
    pub start: u32,
    /// First unit after.
    pub end: u32,
    space: PhantomData<Space>,
}

impl<Space> Span<Space> {
    /// The range `start..end`.
    pub fn new(start: u32, end: u32) -> Span<Space> {
        debug_assert!(start <= end, "a span runs forward: {start}..{end}");
        Span { start, end, space: PhantomData }
    }

    /// Number of units.
    pub fn len(&self) -> u32 {
        self.end - self.start
    }

    /// True where nothing is inside.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// True where `other` lies wholly inside.
    pub fn covers(&self, other: &Span<Space>) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two share a unit.
    pub fn overlaps(&self, other: &Span<Space>) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// As a range for slicing.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Span<ShardToken> {
    /// The same tokens, counted from the first of their article, which is this one of the shard.
    pub fn in_article(self, first: u32) -> Span<ArticleToken> {
        Span::new(self.start - first, self.end - first)
    }
}

impl Span<ArticleToken> {
    /// The same tokens, counted from the first of the shard, in which their article begins with this one.
    pub fn in_shard(self, first: u32) -> Span<ShardToken> {
        Span::new(first + self.start, first + self.end)
    }
}

impl<Space> fmt::Debug for Span<Space> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// An ISO 639-1 code, or `und` where the language is not known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// Not known.
    pub const UNKNOWN: Language = Language(*b"und");
    /// English.
    pub const ENGLISH: Language = Language(*b"en\0");
    /// Italian.
    pub const ITALIAN: Language = Language(*b"it\0");
    /// Russian.
    pub const RUSSIAN: Language = Language(*b"ru\0");
    /// Spanish, `es`.
    pub const SPANISH: Language = Language(*b"es\0");
    /// French, `fr`.
    pub const FRENCH: Language = Language(*b"fr\0");
    /// Polish, `pl`.
    pub const POLISH: Language = Language(*b"pl\0");
    /// Ukrainian, `uk`.
    pub const UKRAINIAN: Language = Language(*b"uk\0");

    /// True where capital I is the capital of a dotless ı, and İ that of i.
    pub fn has_dotless_i(&self) -> bool {
        matches!(self.code(), "tr" | "az")
    }

    /// From `en`, `en-GB`, `eng`, `English` and the like, and from the code of a country that is no language's (`ua`); `None` where no language
    /// is meant.
    pub fn parse(text: &str) -> Option<Language> {
        let text = text.trim().to_lowercase();
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        let is_code = primary.len() == 2 && CODES.as_bytes().chunks(3).any(|code| code.starts_with(primary.as_bytes()));
        let code = is_code.then_some(primary);
        let of_country = || COUNTRIES.iter().find(|(country, _)| *country == primary).map(|(_, code)| *code);
        if let Some(b) = code.or_else(of_country).map(str::as_bytes) {
            return Some(Language([b[0], b[1], 0]));
        }
        let own = OWN_NAMES.iter().find(|(name, _)| *name == primary).map(|(_, code)| *code);
        let found = || NAMES.iter().find(|(_, iso3, name)| *iso3 == primary || *name == primary).map(|found| found.0);
        let b = own.or_else(found)?.as_bytes();
        Some(Language([b[0], b[1], 0]))
    }

    /// The code.
    pub fn code(&self) -> &str {
        let len = self.0.iter().position(|&b| b == 0).unwrap_or(3);
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        let text = String::deserialize(deserializer)?;
        Language::parse(&text).ok_or_else(|| de::Error::custom(format!("no language is called `{text}`")))
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// All codes of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu \
    fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku \
    kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm \
    rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo \
    xh yi yo za zh zu";

/// Codes of countries that are no code of a language, and library codes (ISO 639-2/B), as columns of languages have them.
const COUNTRIES: &[(&str, &str)] = &[
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gb", "en"),
    ("gr", "el"),
    ("jp", "ja"),
    ("kz", "kk"),
    ("ua", "uk"),
    ("us", "en"),
    ("alb", "sq"),
    ("arm", "hy"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("fre", "fr"),
    ("geo", "ka"),
    ("ger", "de"),
    ("gre", "el"),
    ("ice", "is"),
    ("kir", "ky"),
    ("mac", "mk"),
    ("per", "fa"),
    ("rum", "ro"),
    ("slo", "sk"),
    ("zho", "zh"),
];

/// ISO 639-1, ISO 639-3 and English name of the languages that news collections name in words.
const NAMES: &[(&str, &str, &str)] = &[
    ("ar", "ara", "arabic"),
    ("az", "aze", "azerbaijani"),
    ("be", "bel", "belarusian"),
    ("bg", "bul", "bulgarian"),
    ("ca", "cat", "catalan"),
    ("cs", "ces", "czech"),
    ("da", "dan", "danish"),
    ("de", "deu", "german"),
    ("el", "ell", "greek"),
    ("en", "eng", "english"),
    ("es", "spa", "spanish"),
    ("et", "est", "estonian"),
    ("fa", "fas", "persian"),
    ("fi", "fin", "finnish"),
    ("fr", "fra", "french"),
    ("he", "heb", "hebrew"),
    ("hi", "hin", "hindi"),
    ("hr", "hrv", "croatian"),
    ("hu", "hun", "hungarian"),
    ("hy", "hye", "armenian"),
    ("it", "ita", "italian"),
    ("ja", "jpn", "japanese"),
    ("ka", "kat", "georgian"),
    ("kk", "kaz", "kazakh"),
    ("ko", "kor", "korean"),
    ("lt", "lit", "lithuanian"),
    ("lv", "lav", "latvian"),
    ("nl", "nld", "dutch"),
    ("no", "nob", "norwegian"),
    ("pl", "pol", "polish"),
    ("pt", "por", "portuguese"),
    ("ro", "ron", "romanian"),
    ("ru", "rus", "russian"),
    ("sk", "slk", "slovak"),
    ("sl", "slv", "slovenian"),
    ("sr", "srp", "serbian"),
    ("sv", "swe", "swedish"),
    ("ta", "tam", "tamil"),
    ("tr", "tur", "turkish"),
    ("uk", "ukr", "ukrainian"),
    ("uz", "uzb", "uzbek"),
    ("vi", "vie", "vietnamese"),
    ("zh", "cmn", "chinese"),
];

/// What speakers call their language, as exports do.
const OWN_NAMES: [(&str, &str); 14] = [
    ("deutsch", "de"),
    ("español", "es"),
    ("français", "fr"),
    ("francais", "fr"),
    ("italiano", "it"),
    ("nederlands", "nl"),
    ("polski", "pl"),
    ("português", "pt"),
    ("türkçe", "tr"),
    ("русский", "ru"),
    ("українська", "uk"),
    ("қазақша", "kk"),
    ("中文", "zh"),
    ("日本語", "ja"),
];

/// Where the lines of a text begin, to turn a byte offset into a line and a column. A column costs the reading of a block, not of a
/// line: a dictionary may be one line of megabytes.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<u32>,
    /// Characters before each block; none where every character is one byte.
    blocks: Vec<u32>,
}

impl Lines {
    /// Bytes of a block.
    pub const BLOCK: usize = 512;

    /// Finds the lines; `\n`, `\r\n` and a lone `\r` each end one.
    pub fn of(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for i in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n') {
                starts.push(i as u32 + 1);
            }
        }
        let mut blocks = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for block in bytes.chunks(Lines::BLOCK) {
                blocks.push(before);
                before += begun(block);
            }
        }
        Lines { starts, blocks }
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, byte: u32) -> u32 {
        self.starts.partition_point(|&start| start <= byte) as u32
    }

    /// Line and column (in characters) of a byte offset, both from 1.
    pub fn line_column(&self, text: &str, byte: u32) -> (u32, u32) {
        let line = self.line(byte);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or(0) as usize;
        let bytes = text.as_bytes();
        let byte = (byte as usize).min(bytes.len());
        (line, (self.characters(bytes, byte) - self.characters(bytes, start)) + 1)
    }

    /// Characters that begin before a byte offset.
    fn characters(&self, bytes: &[u8], byte: usize) -> u32 {
        match self.blocks.get((byte / Lines::BLOCK).min(self.blocks.len().saturating_sub(1))) {
            Some(before) => {
                let block = (byte / Lines::BLOCK).min(self.blocks.len() - 1) * Lines::BLOCK;
                before + begun(&bytes[block..byte])
            }
            None => byte as u32,
        }
    }
}

/// Number of characters that begin in these bytes.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

/// A noun with its number.
///
/// ```
/// # use framescope::text::several;
/// let said = [several(1, "outlet"), several(2, "entry"), several(0, "day"), several(3, "class")];
/// assert_eq!(said, ["1 outlet", "2 entries", "0 days", "3 classes"]);
/// ```
pub fn several<N: Copy + fmt::Display + PartialEq + From<u8>>(n: N, noun: &str) -> String {
    let is_one = n == N::from(1);
    match noun.strip_suffix('y') {
        _ if is_one => format!("{n} {noun}"),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{n} {stem}ies"),
        _ if noun.ends_with("s") || noun.ends_with("ch") || noun.ends_with("sh") => format!("{n} {noun}es"),
        _ => format!("{n} {noun}s"),
    }
}

/// A path or a name as it is typed into a shell: quoted where it has a space or a sign that a shell reads.
///
/// ```
/// # use framescope::text::shell_word;
/// assert_eq!([shell_word("out/läx.toml"), shell_word("my run"), shell_word("Ann's run")], ["out/läx.toml", "'my run'", "\"Ann's run\""]);
/// ```
pub fn shell_word(path: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "_./\\-:@%+=,".contains(c);
    if !path.is_empty() && path.chars().all(is_plain) {
        Cow::Borrowed(path)
    } else if path.contains('\'') && !path.contains(['"', '$', '`', '!']) {
        Cow::Owned(format!("\"{path}\""))
    } else {
        Cow::Owned(format!("'{}'", path.replace('\'', "'\\''")))
    }
}

/// A text as a terminal may show it: control characters, and those that turn the direction of writing about, are spelt out.
/// Ends of lines and tabs stay.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.replace("\r\n", "\n").chars() {
        if is_hidden(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}
