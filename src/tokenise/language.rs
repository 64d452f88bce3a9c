//! The language of an article that does not say its own.
//!
//! In: a text; for short texts, what the others of its outlet and corpus are in. Out: a language, or none.
//! Invariant: a guess depends on the first few thousand bytes of the text alone, and a majority on the guesses of all articles, not on
//! their order.
//! It deliberately counts function words first, which decides nearly every article in a microsecond a line; only where these are
//! too few or too even does it ask whatlang's trigrams. Letters that only one language has come first. Texts of a few words are believed where their letters or several function
//! words leave no doubt; the rest takes the language of the majority.

mod function_words;
mod letters;

use crate::text::Language;
use function_words::FunctionWords;
use letters::{Letters, is_excluded};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Texts of fewer words are short: their guess alone is not believed.
const SHORT: usize = 40;

/// The letters that a text, or a language, is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// No letters, or several scripts.
    #[default]
    Any,
    /// English, Italian, Turkish …
    Latin,
    /// Russian, Ukrainian …
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic, Persian …
    Arabic,
    /// Another.
    Other,
}

impl Script {
    const ALL: [Script; 6] =
        [Script::Any, Script::Latin, Script::Cyrillic, Script::Greek, Script::Arabic, Script::Other];

    /// Of a letter beyond ASCII.
    fn of_letter(c: char) -> Script {
        match c {
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
            _ => Script::Other,
        }
    }

    fn of_language(language: Language) -> Script {
        match language.code() {
            "en" | "fr" | "de" | "es" | "it" | "pt" | "nl" | "tr" | "pl" | "az" | "ca" | "cs" | "da" | "et" | "fi"
            | "hr" | "hu" | "lt" | "lv" | "no" | "ro" | "sk" | "sl" | "sv" | "vi" => Script::Latin,
            "ru" | "uk" | "be" | "bg" | "mk" | "ky" | "tg" => Script::Cyrillic,
            "el" => Script::Greek,
            "ar" | "fa" | "ur" | "ps" => Script::Arabic,
            "zh" | "ja" | "ko" | "he" | "hi" | "hy" | "ka" | "ta" | "th" => Script::Other,
            // Kazakh, Serbian, Uzbek are written in two
            _ => Script::Any,
        }
    }

    fn fits(self, language: Language) -> bool {
        let of = Script::of_language(language);
        self == of || self == Script::Any || of == Script::Any
    }
}

/// True where articles in this language are recognised: one that is not is in another.
pub fn is_recognised(language: Language) -> bool {
    letters::is_recognised(language)
}

/// What a text says of its own language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The best guess, or not known.
    pub language: Language,
    /// It needs no other article to be believed.
    pub is_clear: bool,
    /// Its letters.
    pub script: Script,
    /// Languages whose alphabets exclude it, a bit each.
    pub excluded: u32,
}

impl Guess {
    /// Of an article that says its language, or whose language is declared.
    pub fn certain(language: Language) -> Guess {
        Guess::clear(language, Script::Any)
    }

    /// From a text.
    pub fn of(text: &str) -> Guess {
        let mut cut = text.len().min(SAMPLE_BYTES);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let sample = &text[..cut];
        let words = FunctionWords::of(sample);
        let letters = Letters::of(sample);
        let script = letters.script;
        if let Some(language) = letters.language().or_else(|| words.clear()) {
            return Guess::clear(language, script);
        }
        let reliable = || whatlang::detect(sample).filter(whatlang::Info::is_reliable);
        let by_trigrams = || reliable().and_then(|info| Language::parse(info.lang().code()));
        if words.all >= SHORT {
            // what the trigrams of a long text do not settle is in no language that is known
            return Guess::clear(by_trigrams().unwrap_or(Language::UNKNOWN), script);
        }
        if words.all >= SHORT / 2
            && words.are_few()
            && let Some(language) = by_trigrams()
        {
            return Guess::clear(language, script);
        }
        let excluded = letters.excluded(&words);
        let language = of_few_words(sample, &letters, &words).filter(|language| !is_excluded(*language, excluded));
        let is_clear = language.is_some_and(|language| letters.are_of(language));
        Guess { language: language.unwrap_or(Language::UNKNOWN), is_clear, script, excluded }
    }

    fn clear(language: Language, script: Script) -> Guess {
        Guess { language, is_clear: true, script, excluded: 0 }
    }

    /// True where the letters of the text allow a language.
    fn fits(self, language: Language) -> bool {
        self.script.fits(language) && !is_excluded(language, self.excluded)
    }

    /// As a number, without the language.
    pub(crate) fn flags(self) -> u64 {
        u64::from(self.is_clear) | (self.script as u64) << 1 | u64::from(self.excluded) << 8
    }

    /// From [`Guess::flags`].
    pub(crate) fn from_flags(language: Language, flags: u64) -> Guess {
        let script = Script::ALL.get((flags >> 1 & 7) as usize).copied().unwrap_or_default();
        Guess { language, is_clear: flags & 1 == 1, script, excluded: (flags >> 8) as u32 }
    }
}

/// Clear guesses and others, by language.
type Votes = BTreeMap<Language, [u64; 2]>;

/// What the articles of each outlet, and of the corpus, are in.
#[derive(Clone, Debug, Default)]
pub struct Majority {
    outlets: BTreeMap<String, Votes>,
    all: Votes,
}

impl Majority {
    /// Adds an article.
    pub fn add(&mut self, outlet: Option<&str>, guess: Guess) {
        if guess.language == Language::UNKNOWN {
            return;
        }
        let place = usize::from(!guess.is_clear);
        self.all.entry(guess.language).or_default()[place] += 1;
        if let Some(outlet) = outlet {
            match self.outlets.get_mut(outlet) {
                Some(votes) => votes.entry(guess.language).or_default()[place] += 1,
                None => {
                    let votes = self.outlets.entry(outlet.to_string()).or_default();
                    votes.entry(guess.language).or_default()[place] += 1;
                }
            }
        }
    }

    /// The language of an article: its own where that is clear; else that of most articles of its outlet, of its corpus, or, where
    /// none is clear, of most guesses, as far as they are written in its letters. More than half of an outlet's guesses, where they are
    /// several, come before the corpus.
    pub fn language(&self, outlet: Option<&str>, guess: Guess) -> Language {
        if guess.is_clear {
            return guess.language;
        }
        let most = |votes: &Votes, place: usize| {
            let fitting = votes.iter().filter(|(language, n)| n[place] > 0 && guess.fits(**language));
            fitting.max_by_key(|(language, n)| (n[place], std::cmp::Reverse(**language))).map(|(language, _)| *language)
        };
        let own = outlet.and_then(|outlet| self.outlets.get(outlet));
        // short texts of one outlet that are mostly like one language are in it, whatever the others of the corpus are in
        let alike = |votes: &Votes| {
            let language = most(votes, 1)?;
            let (votes, all) = (votes.get(&language)?[1], votes.values().map(|votes| votes[1]).sum::<u64>());
            (votes >= ENOUGH && votes * 2 > all).then_some(language)
        };
        let found = own.and_then(|votes| most(votes, 0)).or_else(|| own.and_then(alike));
        found.or_else(|| most(&self.all, 0)).or_else(|| most(&self.all, 1)).unwrap_or(guess.language)
    }
}

/// So many unclear guesses of an outlet are more than chance.
const ENOUGH: u64 = 3;

/// How much of a text is looked at.
const SAMPLE_BYTES: usize = 2_000;

/// The best guess for a text of a few words.
///
/// Of 3,719 English headlines whichlang's n-grams know 96 %, whatlang's trigrams 75 %, lingua's models 99 %, which take seventy times
/// as long and minutes to build. whichlang has neither Ukrainian nor Polish: these are whatlang's.
fn of_few_words(sample: &str, letters: &Letters<'_>, words: &FunctionWords) -> Option<Language> {
    if letters.script == Script::Latin && !letters.has(|c| "ąęłśżźć".contains(c)) {
        return Language::parse(whichlang::detect_language(sample).three_letter_code());
    }
    if letters.script == Script::Other && letters.has(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) {
        return Language::parse("zh");
    }
    words.leading().or_else(|| by_trigrams(sample))
}

/// The language that the trigrams of a short text are most like, of those that news is mostly in: of seventy, many are like any few words.
fn by_trigrams(sample: &str) -> Option<Language> {
    use whatlang::{Detector, Lang};
    static DETECTOR: OnceLock<Detector> = OnceLock::new();
    let detector = DETECTOR.get_or_init(|| {
        Detector::with_allowlist(vec![Lang::Eng, Lang::Fra, Lang::Deu, Lang::Pol, Lang::Rus, Lang::Ukr, Lang::Tur])
    });
    let lang = detector.detect_lang(sample).or_else(|| whatlang::detect_lang(sample))?;
    Language::parse(lang.code())
}
