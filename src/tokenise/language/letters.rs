//! What the letters of a text say of its language.
//!
//! In: a sample of a text, and the script it is written in. Out: a language that they prove, those that they exclude, or whether they fit one.
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

/// The language that the letters of a text prove, where no list of words knows it. [`Language::UNKNOWN`] where letters only show that it is
/// not Russian.
pub(super) fn by_letters(sample: &str, script: Script) -> Option<Language> {
    match script {
        Script::Cyrillic => cyrillic(sample).or_else(|| proven(sample, script)),
        Script::Latin => {
            // oʻ and gʻ of Uzbek, with the sign of their own or with a quotation mark
            let signs: [&[char]; 2] = [&['o', 'g', 'O', 'G'], &['ʻ', '‘']];
            let pairs = sample.chars().zip(sample.chars().skip(1));
            let letters = pairs.filter(|(c, next)| signs[0].contains(c) && signs[1].contains(next)).count();
            if letters >= 3 { Language::parse("uz") } else { proven(sample, script) }
        }
        Script::Arabic => arabic(sample),
        Script::Greek | Script::Other => eastern(sample),
        Script::Any => None,
    }
}

fn count(sample: &str, is: impl Fn(char) -> bool) -> usize {
    sample.chars().filter(|&c| is(c)).count()
}

fn count_of(sample: &str, letters: &str) -> usize {
    count(sample, |c| !c.is_ascii() && c.to_lowercase().any(|lower| letters.contains(lower)))
}

/// By [`PROOF`]: three such letters, and one in a hundred.
fn proven(sample: &str, script: Script) -> Option<Language> {
    let marked: String = sample.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).collect();
    let proofs = PROOF.iter().filter(|(of, ..)| *of == script && !marked.is_empty());
    let counted = proofs.map(|(_, code, letters)| (count_of(&marked, letters), *code));
    // Lithuanian has a letter of Polish, Slovak one of Romanian names: the most decides
    let (most, code) = counted.max_by_key(|(n, _)| *n).unwrap_or_default();
    if most >= 3 && most * 100 >= count(sample, char::is_alphabetic) {
        Language::parse(code)
    } else {
        bulgarian(sample, script)
    }
}

/// Bulgarian writes ъ as a vowel, and none of ы, э and ё; in Russian it stands before е, ё, ю and я alone.
fn bulgarian(sample: &str, script: Script) -> Option<Language> {
    if script != Script::Cyrillic || count_of(sample, "ыэёіїєґ") > 0 {
        return None;
    }
    let pairs = sample.chars().zip(sample.chars().skip(1));
    let vowels = pairs.filter(|(c, next)| matches!(c, 'ъ' | 'Ъ') && !"еёюяЕЁЮЯ".contains(*next)).count();
    if vowels >= 3 { Language::parse("bg") } else { None }
}

/// Kazakh, Kyrgyz, Uzbek, Mongolian and others, which trigrams take for Russian.
fn cyrillic(sample: &str) -> Option<Language> {
    let has = |letters: &str| count_of(sample, letters);
    let all = count(sample, |c| ('\u{400}'..='\u{52f}').contains(&c));
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
fn arabic(sample: &str) -> Option<Language> {
    let (urdu, pashto) = (count_of(sample, "ٹڈڑےں"), count_of(sample, "ټډړږښڼې"));
    let (persian, arabic) = (count_of(sample, "پچژگیک"), count_of(sample, "يكىةإ"));
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
fn eastern(sample: &str) -> Option<Language> {
    let han = count(sample, |c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'));
    let kana = count(sample, |c| matches!(c, '\u{3040}'..='\u{30ff}'));
    let hangul = count(sample, |c| matches!(c, '\u{ac00}'..='\u{d7af}'));
    let letters = |block: &std::ops::RangeInclusive<char>| count(sample, |c| block.contains(&c));
    let (most, code) = BLOCKS.iter().map(|(code, block)| (letters(block), *code)).max_by_key(|(n, _)| *n)?;
    if most > han + kana + hangul {
        // several languages are written in the letters of Hindi
        let devanagari = (code == "hi").then(|| whatlang::detect(sample)).flatten();
        let other = devanagari.filter(whatlang::Info::is_reliable).and_then(|info| Language::parse(info.lang().code()));
        return other.or_else(|| Language::parse(code));
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

/// The languages of [`ALPHABETS`], a bit each, that a text is not in: several of its letters are foreign to them, and it has hardly any of
/// their function words.
pub(super) fn excluded(sample: &str, script: Script, words: &FunctionWords) -> u32 {
    /// A headline may be made of foreign names.
    const LEAST_WORDS: usize = 10;
    if words.all < LEAST_WORDS || script == Script::Latin && sample.is_ascii() {
        return 0;
    }
    let all = count(sample, char::is_alphabetic);
    let is_foreign = |(of, code, alphabet): &(Script, &str, &str)| {
        let is_letter = |c: char| c.is_alphabetic() && !c.is_ascii();
        let foreign = count(sample, |c| is_letter(c) && !c.to_lowercase().all(|lower| alphabet.contains(lower)));
        *of == script && foreign >= 3 && foreign * 50 >= all && words.count(code) as usize * 12 < words.all
    };
    let bit = |(i, alphabet): (usize, &_)| u32::from(is_foreign(alphabet)) << i;
    ALPHABETS.iter().enumerate().map(bit).sum()
}

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

/// True for letters that one language of its script has and its neighbours have not; a name may hold one of them.
pub(super) fn has_letters_of(language: Language, sample: &str) -> bool {
    let (own, least): (&str, usize) = match language.code() {
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
    sample.chars().flat_map(char::to_lowercase).filter(|&c| own.contains(c)).count() >= least
}
