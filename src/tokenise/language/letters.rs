//! What the letters of a text say of its language.
//!
//! In: a sample of a text, and the script it is written in. Out: a language that they prove, or whether they fit one.
//! Invariant: a name in a foreign spelling proves nothing: there must be several such letters among few others.
//! It deliberately counts no words: [`super`] does.

use super::Script;
use crate::text::Language;

/// The language that the letters of a text prove, where no list of words knows it: Kazakh, Kyrgyz and Uzbek, which trigrams take for Russian
/// or Turkish; and Chinese, Japanese and Korean, whose words stand without spaces. Not known where letters only show that it is not
/// Russian.
pub(super) fn by_letters(sample: &str, script: Script) -> Option<Language> {
    let count = |is: &dyn Fn(char) -> bool| sample.chars().filter(|&c| is(c)).count();
    let has = |letters: &'static str| move |c: char| c.to_lowercase().any(|lower| letters.contains(lower));
    match script {
        Script::Cyrillic => {
            let all = count(&|c| ('\u{400}'..='\u{52f}').contains(&c));
            let foreign = count(&has("әғқңөұүһҳҷҙҫҡҗ"));
            // a Russian text may have a Kazakh name
            if foreign == 0 || foreign + count(&has("і")) < 2 || foreign * 20 < all {
                return None;
            }
            let (kazakh, kyrgyz) = (count(&has("ғқұі")), count(&has("өүң")));
            let other = count(&has("ҳҷҙҫҡҗ"));
            if other == 0 && kazakh > 0 {
                Language::parse("kk")
            } else if other == 0 && kyrgyz == foreign && count(&has("ң")) > 0 {
                Language::parse("ky")
            } else {
                Some(Language::UNKNOWN)
            }
        }
        Script::Latin => {
            // oʻ and gʻ, with the sign of their own or with a quotation mark
            let signs: [&[char]; 2] = [&['o', 'g', 'O', 'G'], &['ʻ', '‘']];
            let pairs = sample.chars().zip(sample.chars().skip(1));
            let letters = pairs.filter(|(c, next)| signs[0].contains(c) && signs[1].contains(next)).count();
            if letters >= 3 { Language::parse("uz") } else { None }
        }
        Script::Other => {
            let han = count(&|c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'));
            let kana = count(&|c| matches!(c, '\u{3040}'..='\u{30ff}'));
            let hangul = count(&|c| matches!(c, '\u{ac00}'..='\u{d7af}'));
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
        Script::Any | Script::Greek | Script::Arabic => None,
    }
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
