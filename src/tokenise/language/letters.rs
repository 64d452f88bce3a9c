//! What the letters of a text say of its language.
//!
//! In: a sample of a text. Out: its script, a language that they prove, those that they exclude, or whether they fit one.
//! Invariant: a name in a foreign spelling proves nothing: there must be several such letters among few others.
//! It deliberately counts no words: [`super`] does.

use super::Script;
use super::function_words::FunctionWords;
use crate::text::Language;

/// Scripts that one language of news is written in, by their Unicode blocks.
const BLOCKS: &[(&str, std::ops::RangeInclusive<char>)] = &[
    ("el", '\u{370}'..='\u{3ff}'),
    ("hy", '\u{530}'..='\u{58f}'),
    ("he", '\u{590}'..='\u{5ff}'),
    ("hi", '\u{900}'..='\u{97f}'),
    ("bn", '\u{980}'..='\u{9ff}'),
    ("pa", '\u{a00}'..='\u{a7f}'),
    ("gu", '\u{a80}'..='\u{aff}'),
    ("or", '\u{b00}'..='\u{b7f}'),
    ("ta", '\u{b80}'..='\u{bff}'),
    ("te", '\u{c00}'..='\u{c7f}'),
    ("kn", '\u{c80}'..='\u{cff}'),
    ("ml", '\u{d00}'..='\u{d7f}'),
    ("si", '\u{d80}'..='\u{dff}'),
    ("th", '\u{e00}'..='\u{e7f}'),
    ("lo", '\u{e80}'..='\u{eff}'),
    ("bo", '\u{f00}'..='\u{fff}'),
    ("my", '\u{1000}'..='\u{109f}'),
    ("ka", '\u{10a0}'..='\u{10ff}'),
    ("am", '\u{1200}'..='\u{137f}'),
    ("km", '\u{1780}'..='\u{17ff}'),
];

/// Letters that one language has and its neighbours in the same script have not.
const PROOF: &[(Script, &str, &str)] = &[
    (Script::Latin, "cs", "řěů"),
    (Script::Latin, "sk", "ľĺŕ"),
    (Script::Latin, "hu", "őű"),
    (Script::Latin, "ro", "ășț"),
    (Script::Latin, "lv", "ēīūķļņģ"),
    (Script::Latin, "lt", "ėųį"),
    (Script::Latin, "vi", "ơưđạảấầậắằặẹẻếềệ"),
    (Script::Latin, "az", "ə"),
    (Script::Latin, "is", "ðþ"),
    (Script::Cyrillic, "mk", "ќѓѕ"),
    (Script::Cyrillic, "sr", "ћђ"),
    (Script::Cyrillic, "be", "ў"),
    (Script::Cyrillic, "tg", "ӣӯҷ"),
];

/// The letters of a text, counted once.
pub(super) struct Letters<'a> {
    sample: &'a str,
    /// Letters of all scripts.
    all: u32,
    /// How often each character beyond ASCII stands there.
    beyond: Vec<(char, u32)>,
    pub script: Script,
}

impl<'a> Letters<'a> {
    pub fn of(sample: &'a str) -> Letters<'a> {
        let ascii = sample.bytes().filter(u8::is_ascii_alphabetic).count() as u32;
        let mut letters = Letters { sample, all: ascii, beyond: characters(sample), script: Script::Any };
        letters.all += letters.count(char::is_alphabetic);
        let mut scripts = [0; Script::ALL.len()];
        scripts[Script::Latin as usize] = ascii;
        for &(c, n) in letters.beyond.iter().filter(|(c, _)| c.is_alphabetic()) {
            scripts[Script::of_letter(c) as usize] += n;
        }
        let most = |script: &Script| scripts[*script as usize] * 4 > letters.all * 3;
        letters.script = Script::ALL.into_iter().find(most).unwrap_or_default();
        letters
    }

    /// Characters beyond ASCII that are so.
    fn count(&self, is: impl Fn(char) -> bool) -> u32 {
        self.beyond.iter().filter(|(c, _)| is(*c)).map(|(_, n)| n).sum()
    }

    /// Letters that are, in lower case, one of these; none of these is ASCII.
    fn count_of(&self, letters: &str) -> u32 {
        self.count(|c| c.to_lowercase().any(|lower| letters.contains(lower)))
    }

    /// Places where a letter of the first list stands before a character that is so.
    fn pairs(&self, first: &[char], is: impl Fn(char) -> bool) -> usize {
        let pairs = self.sample.chars().zip(self.sample.chars().skip(1));
        pairs.filter(|(c, next)| first.contains(c) && is(*next)).count()
    }

    /// The language that the letters prove, where no list of words knows it. [`Language::UNKNOWN`] where letters only show that it is
    /// not Russian.
    pub fn language(&self) -> Option<Language> {
        match self.script {
            Script::Cyrillic => self.cyrillic().or_else(|| self.proven()),
            Script::Latin if self.beyond.is_empty() => None,
            Script::Latin => {
                // oʻ and gʻ of Uzbek, with the sign of their own or with a quotation mark
                let is_sign = |c: char| matches!(c, 'ʻ' | '‘');
                let is_uzbek = self.count(is_sign) >= 3 && self.pairs(&['o', 'g', 'O', 'G'], is_sign) >= 3;
                if is_uzbek { Language::parse("uz") } else { self.proven() }
            }
            Script::Arabic => self.arabic(),
            Script::Greek | Script::Other => self.eastern(),
            Script::Any => None,
        }
    }

    /// By [`PROOF`]: three such letters, and one in a hundred.
    fn proven(&self) -> Option<Language> {
        let proofs = PROOF.iter().filter(|(of, ..)| *of == self.script);
        let counted = proofs.map(|(_, code, letters)| (self.count_of(letters), *code));
        // Lithuanian has a letter of Polish, Slovak one of Romanian names: the most decides
        let (most, code) = counted.max_by_key(|(n, _)| *n).unwrap_or_default();
        if most >= 3 && most * 100 >= self.all { Language::parse(code) } else { self.bulgarian() }
    }

    /// Bulgarian writes ъ as a vowel, and none of ы, э and ё; in Russian it stands before е, ё, ю and я alone.
    fn bulgarian(&self) -> Option<Language> {
        if self.script != Script::Cyrillic || self.count_of("ыэёіїєґ") > 0 {
            return None;
        }
        let vowels = self.pairs(&['ъ', 'Ъ'], |next| !"еёюяЕЁЮЯ".contains(next));
        if vowels >= 3 { Language::parse("bg") } else { None }
    }

    /// Kazakh, Kyrgyz, Uzbek, Mongolian and others, which trigrams take for Russian.
    fn cyrillic(&self) -> Option<Language> {
        let has = |letters: &str| self.count_of(letters);
        let all = self.count(|c| ('\u{400}'..='\u{52f}').contains(&c));
        let foreign = has("әғқңөұүһҳҷҙҫҡҗ");
        // a Russian text may have a Kazakh name
        if foreign == 0 || foreign + has("і") < 2 || foreign * 20 < all {
            return None;
        }
        if has("ҳҷҙҫҡҗ") > 0 {
            let code = if has("ӣӯҷ") > 0 {
                "tg"
            } else if has("ў") > 0 {
                "uz"
            } else {
                return Some(Language::UNKNOWN);
            };
            return Language::parse(code);
        }
        if has("ғқұі") > 0 {
            return Language::parse("kk");
        }
        match (has("өү") == foreign, has("өүң") == foreign) {
            // Kyrgyz has ң in every other sentence
            (true, _) if foreign >= 10 => Language::parse("mn"),
            (false, true) => Language::parse("ky"),
            _ => Some(Language::UNKNOWN),
        }
    }

    /// Arabic, Persian, Urdu and Pashto by the letters that Arabic has not.
    fn arabic(&self) -> Option<Language> {
        let (urdu, pashto) = (self.count_of("ٹڈڑےں"), self.count_of("ټډړږښڼې"));
        let (persian, arabic) = (self.count_of("پچژگیک"), self.count_of("يكىةإ"));
        let code = if pashto >= 2 && pashto > urdu {
            "ps"
        } else if urdu >= 2 {
            "ur"
        } else if persian > arabic {
            "fa"
        } else if arabic > 0 {
            "ar"
        } else {
            return None;
        };
        Language::parse(code)
    }

    /// Chinese, Japanese and Korean, whose words stand without spaces, and scripts of [`BLOCKS`].
    fn eastern(&self) -> Option<Language> {
        let han = self.count(|c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'));
        let kana = self.count(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
        let hangul = self.count(|c| matches!(c, '\u{ac00}'..='\u{d7af}'));
        let letters = |block: &std::ops::RangeInclusive<char>| self.count(|c| block.contains(&c));
        let (most, code) = BLOCKS.iter().map(|(code, block)| (letters(block), *code)).max_by_key(|(n, _)| *n)?;
        if most > han + kana + hangul {
            // several languages are written in the letters of Hindi
            let devanagari = (code == "hi").then(|| whatlang::detect(self.sample)).flatten();
            let other = devanagari.filter(whatlang::Info::is_reliable);
            return other.and_then(|info| Language::parse(info.lang().code())).or_else(|| Language::parse(code));
        }
        if hangul > han + kana {
            Language::parse("ko")
        } else if kana > 0 && kana * 10 > han {
            Language::parse("ja")
        } else if han >= 20 && kana * 20 < han {
            // a Japanese headline may have no kana, a longer text has some
            Language::parse("zh")
        } else {
            None
        }
    }

    /// The languages of [`ALPHABETS`], a bit each, that the text is not in: several of its letters are foreign to them, and it has hardly
    /// any of their function words.
    pub fn excluded(&self, words: &FunctionWords) -> u32 {
        /// A headline may be made of foreign names.
        const LEAST_WORDS: usize = 10;
        if words.all < LEAST_WORDS || self.script == Script::Latin && self.beyond.is_empty() {
            return 0;
        }
        let is_foreign = |(of, code, alphabet): &(Script, &str, &str)| {
            let is_of = |c: char| c.to_lowercase().all(|lower| alphabet.contains(lower));
            let foreign = self.count(|c| c.is_alphabetic() && !is_of(c));
            *of == self.script
                && foreign >= 3
                && foreign * 50 >= self.all
                && words.count(code) as usize * 12 < words.all
        };
        let bit = |(i, alphabet): (usize, &_)| u32::from(is_foreign(alphabet)) << i;
        ALPHABETS.iter().enumerate().map(bit).sum()
    }

    /// True for letters that one language of its script has and its neighbours have not; a name may hold one of them.
    pub fn are_of(&self, language: Language) -> bool {
        let (own, least) = match language.code() {
            "ru" => ("ыэъё", 1),
            "uk" => ("їєґ", 1),
            "kk" => ("әғқңөұүһ", 1),
            "be" => ("ў", 1),
            "de" => ("ß", 1),
            "tr" => ("ğşı", 3),
            "pl" => ("ąęłśżź", 3),
            "es" => ("¿¡", 1),
            _ => return false,
        };
        self.count_of(own) >= least
    }

    /// True for one of these characters, none of which is ASCII.
    pub fn has(&self, is: impl Fn(char) -> bool) -> bool {
        self.beyond.iter().any(|(c, _)| is(*c))
    }
}

/// How often each character beyond ASCII stands in a text, ascending.
fn characters(text: &str) -> Vec<(char, u32)> {
    /// The alphabets of most languages lie below.
    const TABLE: usize = 0x800;
    if text.is_ascii() {
        return Vec::new();
    }
    let (mut table, mut rest) = ([0u16; TABLE], Vec::new());
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match table.get_mut(c as usize) {
            Some(n) => *n += 1,
            None => rest.push(c),
        }
    }
    rest.sort_unstable();
    let low = (0..).zip(table).filter(|&(_, n)| n > 0);
    let low = low.filter_map(|(c, n)| Some((char::from_u32(c)?, u32::from(n))));
    low.chain(rest.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32))).collect()
}

/// The letters beyond a to z, or of Cyrillic, of languages that short texts are taken for.
const ALPHABETS: &[(Script, &str, &str)] = &[
    (Script::Latin, "en", ""),
    (Script::Latin, "id", ""),
    (Script::Latin, "sw", ""),
    (Script::Latin, "fr", "àâæçéèêëîïôœùûüÿ"),
    (Script::Latin, "de", "äöüß"),
    (Script::Latin, "es", "áéíñóúü"),
    (Script::Latin, "it", "àèéìíîòóùú"),
    (Script::Latin, "pt", "àáâãçéêíóôõúü"),
    (Script::Latin, "nl", "áäéèêëíïóöúü"),
    (Script::Latin, "pl", "ąćęłńóśźż"),
    (Script::Latin, "tr", "çğıiöşüâîû\u{307}"),
    (Script::Latin, "sv", "åäöé"),
    (Script::Latin, "fi", "äöå"),
    (Script::Latin, "ca", "àçèéíïòóúü"),
    (Script::Cyrillic, "ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    (Script::Cyrillic, "uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
];

/// True where a language is one of those that are excluded.
pub(super) fn is_excluded(language: Language, excluded: u32) -> bool {
    excluded != 0
        && ALPHABETS.iter().enumerate().any(|(i, (_, code, _))| excluded >> i & 1 == 1 && *code == language.code())
}

/// True where articles in this language are recognised, so that one that is not recognised is not in it.
pub(super) fn is_recognised(language: Language) -> bool {
    let code = language.code();
    ["kk", "ky", "uz", "zh", "ja", "ko", "bg", "ar", "fa", "ur", "ps"].contains(&code)
        || BLOCKS.iter().any(|(of, _)| *of == code)
        // Serbian is written in two scripts, of which one has letters of its own
        || PROOF.iter().any(|(_, of, _)| *of == code && code != "sr")
        || ALPHABETS.iter().any(|(_, of, _)| *of == code)
}
