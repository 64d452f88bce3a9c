//! Bytes to text, in whatever encoding the file was saved.
//!
//! In: bytes, and the label of an encoding where one is declared. Out: text, and the encoding where it is not UTF-8, with the first byte that showed it.
//! Invariant: valid UTF-8 is never taken for anything else; a guess is always told. Lexicons and articles are decoded by this one decoder.
//! It deliberately does not know formats. A few letters say little: they are weighed by the alphabets that they would belong to; from
//! `ENOUGH` bytes on `chardetng`, which knows which letters follow which, decides.

use encoding_rs::{
    EUC_JP, Encoding, ISO_8859_2, ISO_8859_5, ISO_8859_7, ISO_8859_14, KOI8_R, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254, X_MAC_CYRILLIC,
};
use std::borrow::Cow;

/// So many bytes beyond ASCII are enough for `chardetng`.
const ENOUGH: usize = 10;

/// Text, and how it was found in the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, without a byte-order mark.
    pub text: Cow<'b, str>,
    /// Name of the encoding where it is not plain UTF-8.
    pub encoding: Option<&'static str>,
    /// True where the encoding was weighed, not declared.
    pub guessed: bool,
    /// Offset and value of the first byte that is not ASCII; in a file that is not UTF-8, of the first that shows it.
    pub invalid: Option<(usize, u8)>,
    /// Characters that could not be read.
    pub lost: usize,
}

/// The encoding that a label names (`windows-1251`, `cp1251`, `latin1`); `None` where no encoding is called so.
pub fn by_name(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).or_else(|| {
        // Python and Excel write cp1251 for what the web calls windows-1251
        let number = label.trim().to_lowercase();
        let number = number.strip_prefix("cp").or_else(|| number.strip_prefix("cp-"))?;
        Encoding::for_label(format!("windows-{number}").as_bytes())
    })
}

/// Decodes bytes; `declared` is an encoding that settles it.
pub fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Decoded<'b> {
    let invalid = bytes.iter().position(|b| !b.is_ascii()).map(|at| (at, bytes[at]));
    // what is declared holds for files that need it: text beyond ASCII that reads as UTF-8 is UTF-8
    let is_utf8 = invalid.is_some() && std::str::from_utf8(bytes).is_ok();
    if let Some(encoding) = declared.filter(|_| !is_utf8) {
        return decoded(encoding, bytes, invalid, false);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decoded(encoding, bytes, invalid, false);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(encoding, bytes, invalid, true);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => decoded(UTF_8, bytes, invalid, false),
        Err(error) => {
            let invalid = bytes.get(error.valid_up_to()).map(|&byte| (error.valid_up_to(), byte));
            match of_xml_declaration(bytes) {
                Some(encoding) => decoded(encoding, bytes, invalid, false),
                None => decoded(guess(bytes), bytes, invalid, true),
            }
        }
    }
}

fn decoded<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
    invalid: Option<(usize, u8)>,
    guessed: bool,
) -> Decoded<'b> {
    let (text, used, failed) = encoding.decode(bytes);
    let lost = if failed { text.chars().filter(|&c| c == '\u{fffd}').count() } else { 0 };
    Decoded { text, encoding: (used != UTF_8).then(|| used.name()), guessed, invalid, lost }
}

/// Latin text in UTF-16 has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs >= 4 && odd * 10 >= pairs * 6 && even == 0 {
        Some(UTF_16LE)
    } else if pairs >= 4 && even * 10 >= pairs * 6 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// `<?xml version="1.0" encoding="ISO-8859-2"?>`
fn of_xml_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let xml = head.trim_start().strip_prefix("<?xml")?;
    let rest = xml.split_once("encoding=")?.1;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = rest[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// In the order of preference: the first of the best wins.
const CANDIDATES: &[&Encoding] = &[
    WINDOWS_1252,
    EUC_JP,
    SHIFT_JIS,
    WINDOWS_1251,
    KOI8_R,
    ISO_8859_2,
    WINDOWS_1250,
    ISO_8859_7,
    ISO_8859_5,
    ISO_8859_14,
    WINDOWS_1254,
];

/// The likeliest encoding of bytes that are not UTF-8. A sample of a long file is enough.
pub fn guess(bytes: &[u8]) -> &'static Encoding {
    if is_mac_roman(bytes) {
        return MACINTOSH;
    }
    match guess_of_windows(bytes) {
        encoding if encoding == WINDOWS_1251 && is_mac_cyrillic(bytes) => X_MAC_CYRILLIC,
        encoding => encoding,
    }
}

/// True for Cyrillic text from an old Macintosh: its small letters are those of windows-1251, but for the last of the alphabet, which stands
/// where Windows has the capital; and its capitals are signs there.
fn is_mac_cyrillic(bytes: &[u8]) -> bool {
    let is_small = |byte: u8| (0xe0..=0xfe).contains(&byte);
    let pairs = || bytes.windows(2).map(|two| (two[0], two[1]));
    let last = pairs().filter(|&(before, byte)| is_small(before) && byte == 0xdf).count();
    let capitals = pairs().filter(|&(byte, after)| (0x80..=0x9f).contains(&byte) && is_small(after)).count();
    let of_windows = bytes.iter().filter(|&&byte| byte == 0xff).count()
        + pairs().filter(|&(byte, after)| (0xc0..=0xde).contains(&byte) && is_small(after)).count();
    last + capitals > 1 && of_windows * 4 < last + capitals
}

/// True for text in Latin letters from an old Macintosh, which no detector knows: in the Windows code pages its accented letters and
/// marks are capitals inside words (`cafŽ`, `townÕs`) and dashes of letters (` Ð `).
fn is_mac_roman(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0, 0);
    for three in bytes.windows(3) {
        let [before, byte, after] = [three[0], three[1], three[2]];
        if byte.is_ascii() {
            continue;
        }
        // letters of two bytes, and Cyrillic words
        windows += usize::from(!before.is_ascii());
        let inside = before.is_ascii_lowercase();
        let ends = inside || matches!(before, b'.' | b',' | b'?' | b'!');
        match byte {
            0x8a | 0x8d | 0x8e | 0x8f | 0xd5 if inside && !after.is_ascii_uppercase() => mac += 1,
            0xd3 if ends && !after.is_ascii_alphabetic() => mac += 1,
            0xd0 | 0xd1 if before == b' ' && after == b' ' => mac += 1,
            0x91..=0x97 if inside || after.is_ascii_lowercase() => windows += 1,
            0xd8..=0xff => windows += 1,
            _ => {}
        }
    }
    mac > windows * 2
}

fn guess_of_windows(bytes: &[u8]) -> &'static Encoding {
    // A file of any size shows its encoding in its first lines with odd bytes.
    let sample: Vec<u8> = bytes
        .split(|&b| b == b'\n' || b == b'\r')
        .filter(|line| !line.is_ascii())
        .take(2000)
        .flat_map(|line| line.iter().take(400).copied().chain([b'\n']))
        .collect();
    if sample.iter().filter(|byte| !byte.is_ascii()).count() >= ENOUGH {
        let mut detector = chardetng::EncodingDetector::new();
        detector.feed(&sample, true);
        return detector.guess(None, false);
    }
    let mut best = (WINDOWS_1252, f64::MIN);
    for &encoding in CANDIDATES {
        let score = plausibility(encoding, &sample);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

/// A character between its neighbours.
#[derive(Clone, Copy)]
struct CharInContext {
    before: char,
    c: char,
    after: char,
}

/// How much the text looks like words: mean over its characters beyond ASCII, in the language that suits it best.
fn plausibility(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let chars: Vec<char> = std::iter::once('\n').chain(text.chars()).chain(['\n']).collect();
    let odd: Vec<CharInContext> = chars
        .windows(3)
        .filter(|three| !three[1].is_ascii())
        .map(|three| CharInContext { before: three[0], c: three[1], after: three[2] })
        .collect();
    let mean = |worth: &dyn Fn(CharInContext) -> f64| {
        odd.iter().map(|&among| worth(among)).sum::<f64>() / odd.len().max(1) as f64
    };
    let latin = ALPHABETS.iter().map(|(letters, value)| mean(&|among| in_alphabet(among.c, letters, *value)));
    latin.chain([mean(&cyrillic), mean(&greek), mean(&japanese)]).fold(f64::MIN, f64::max)
}

/// Letters beyond ASCII of languages, and what one of them is worth; the unions come last and are worth less.
const ALPHABETS: &[(&str, f64)] = &[
    ("äöüß", 1.0),
    ("éèêëàâçîïôûùœæÿ", 1.0),
    ("áéíóúñüª", 1.0),
    ("ãõáâàçéêíóôúü", 1.0),
    ("àèéìòùî", 1.0),
    ("åäöéæø", 1.0),
    ("ðþáéíóúýæö", 1.0),
    ("ąćęłńóśźż", 1.0),
    ("áčďéěíňóřšťúůýžäôľĺŕ", 1.0),
    ("áéíóöőúüű", 1.0),
    ("ăâîșțşţ", 1.0),
    ("čćđšž", 1.0),
    // the small letter of İ is an i and a dot
    ("çğıöşüâi", 1.0),
    ("ḃċḋḟġṁṗṡṫẁẃẅŵŷâêîôûáéíóú", 0.9),
    ("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšž", 0.7),
    ("ąćęłńóśźżáčďéěíňřšťúůýžôľĺŕőöüűăâîşţđäçë", 0.65),
];

fn in_alphabet(c: char, letters: &str, value: f64) -> f64 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    if letters.contains(lower) { value } else { other(c, if c.is_alphabetic() { -0.3 } else { -0.6 }) }
}

/// What no alphabet holds: signs of print are harmless, unreadable and control characters are not.
fn other(c: char, value: f64) -> f64 {
    match c {
        '“' | '”' | '‘' | '’' | '„' | '«' | '»' | '–' | '—' | '…' | '\u{a0}' | '、' | '。' | 'ー' => {
            0.4
        }
        '\u{fffd}' => -8.0,
        c if c.is_control() => -3.0,
        _ => value,
    }
}

fn cyrillic(CharInContext { before, c, .. }: CharInContext) -> f64 {
    if !matches!(c, '\u{400}'..='\u{45f}' | '\u{490}' | '\u{491}') {
        return other(c, -0.6);
    }
    let common = "оеаинтсрвлкмдпуяызьбгч".contains(c);
    let lonely = if before.is_ascii_alphabetic() { -2.0 } else { 0.0 };
    let grown = if before.is_lowercase() && c.is_uppercase() { -1.0 } else { 0.0 };
    let first = if before.is_alphabetic() { 0.0 } else { -0.3 };
    (if common { 1.1 } else { 0.5 }) + lonely + grown + first
}

fn greek(CharInContext { before, c, .. }: CharInContext) -> f64 {
    match c {
        '\u{386}'..='\u{3ce}' if before.is_ascii_alphabetic() => -2.0,
        '\u{386}'..='\u{3ce}' if before.is_lowercase() && c.is_uppercase() => -1.0,
        '\u{386}'..='\u{3ce}' => {
            if c.is_lowercase() {
                0.95
            } else {
                0.5
            }
        }
        _ => other(c, -0.6),
    }
}

/// Latin letters are glued to no ideograph: where they are, a byte beyond ASCII and the letter after it were taken for one.
fn japanese(CharInContext { before, c, after }: CharInContext) -> f64 {
    let glued = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    match c {
        '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' if glued => -2.0,
        '\u{3040}'..='\u{30ff}' => 1.6,
        '\u{4e00}'..='\u{9fff}' => 1.2,
        '\u{ff61}'..='\u{ff9f}' => -0.3,
        _ => other(c, -0.6),
    }
}
