//! The language of an article that does not say its own.
//!
//! In: a text; for short texts, what the others of its outlet and corpus are in. Out: a language, or none.
//! Invariant: a guess depends on the first few thousand bytes of the text alone, and a majority on the guesses of all articles, not on
//! their order.
//! It deliberately counts function words first, which decides nearly every article in a microsecond a line; only where these are
//! too few or too even does it ask whatlang's trigrams. Texts of a few words are believed where their letters or several function
//! words leave no doubt; the rest takes the language of the majority.

mod letters;

use crate::text::Language;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use letters::{by_letters, has_letters_of};
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

    fn of_text(text: &str) -> Script {
        let mut counts = [0u32; 6];
        for c in text.chars() {
            let script = match c {
                'a'..='z' | 'A'..='Z' => Script::Latin,
                _ if !c.is_alphabetic() => continue,
                '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
                '\u{400}'..='\u{52f}' => Script::Cyrillic,
                '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
                _ => Script::Other,
            };
            counts[script as usize] += 1;
        }
        let all: u32 = counts.iter().sum();
        Script::ALL.into_iter().find(|&script| counts[script as usize] * 4 > all * 3).unwrap_or_default()
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

/// What a text says of its own language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The best guess, or not known.
    pub language: Language,
    /// It needs no other article to be believed.
    pub is_clear: bool,
    /// Its letters.
    pub script: Script,
}

impl Guess {
    /// Of an article that says its language, or whose language is declared.
    pub fn certain(language: Language) -> Guess {
        Guess { language, is_clear: true, script: Script::Any }
    }

    /// From a text.
    pub fn of(text: &str) -> Guess {
        let mut cut = text.len().min(SAMPLE_BYTES);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let sample = &text[..cut];
        let words = FunctionWords::of(sample);
        let script = Script::of_text(sample);
        if let Some(language) = by_letters(sample, script) {
            return Guess { language, is_clear: true, script };
        }
        if let Some(language) = words.clear() {
            return Guess { language, is_clear: true, script };
        }
        if words.all >= SHORT {
            // what the trigrams of a long text do not settle is in no language that is known
            let reliable = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
            let language = reliable.and_then(|info| Language::parse(info.lang().code()));
            return Guess { language: language.unwrap_or(Language::UNKNOWN), is_clear: true, script };
        }
        let language = of_few_words(sample, script, &words).unwrap_or(Language::UNKNOWN);
        Guess { language, is_clear: has_letters_of(language, sample), script }
    }

    /// As a number, without the language.
    pub(crate) fn flags(self) -> u64 {
        u64::from(self.is_clear) | (self.script as u64) << 1
    }

    /// From [`Guess::flags`].
    pub(crate) fn from_flags(language: Language, flags: u64) -> Guess {
        let script = Script::ALL.get((flags >> 1) as usize).copied().unwrap_or_default();
        Guess { language, is_clear: flags & 1 == 1, script }
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
            let fitting = votes.iter().filter(|(language, n)| n[place] > 0 && guess.script.fits(**language));
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

/// No function word of the list is longer, in bytes.
const LONGEST: usize = 14;

/// The most frequent words that one language of the list has and the others have not, or rarely.
const FUNCTION_WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "to", "that", "was", "with", "is", "for", "his", "by", "from", "have", "has", "were",
            "this",
        ],
    ),
    (
        "fr",
        &["le", "les", "et", "des", "une", "du", "est", "dans", "qui", "sur", "pas", "au", "aux", "avec", "ce", "ont"],
    ),
    (
        "de",
        &[
            "der", "die", "und", "das", "den", "von", "mit", "nicht", "ist", "dem", "auf", "ein", "eine", "sich",
            "auch", "zu",
        ],
    ),
    (
        "es",
        &["el", "los", "las", "y", "del", "por", "una", "que", "con", "para", "como", "pero", "su", "sus", "ha", "más"],
    ),
    (
        "it",
        &[
            "il", "di", "che", "della", "del", "per", "non", "gli", "nel", "dei", "alla", "sono", "anche", "delle",
            "dal", "è",
        ],
    ),
    ("pt", &["o", "os", "e", "da", "do", "das", "dos", "um", "uma", "não", "em", "no", "na", "com", "ao", "são"]),
    (
        "nl",
        &[
            "de", "het", "een", "van", "niet", "dat", "zijn", "voor", "met", "ook", "maar", "aan", "bij", "naar",
            "wordt", "hij",
        ],
    ),
    ("ru", &["и", "в", "не", "на", "что", "по", "как", "из", "это", "для", "был", "его", "от", "также", "было", "во"]),
    ("uk", &["і", "та", "що", "не", "на", "у", "до", "як", "це", "від", "був", "але", "його", "або", "її", "є"]),
    (
        "tr",
        &[
            "ve", "bir", "bu", "için", "ile", "olarak", "olan", "çok", "daha", "gibi", "ise", "kadar", "sonra",
            "değil", "da", "de",
        ],
    ),
    ("pl", &["w", "i", "na", "nie", "się", "że", "do", "jest", "o", "jak", "za", "od", "po", "przez", "był", "ale"]),
];

/// How many function words of each language a text has.
struct FunctionWords {
    counts: [u32; FUNCTION_WORDS.len()],
    /// All of its words.
    all: usize,
    best: usize,
    second: u32,
}

impl FunctionWords {
    fn of(sample: &str) -> FunctionWords {
        let table = function_words();
        let mut counts = [0u32; FUNCTION_WORDS.len()];
        let mut all = 0;
        let mut rest = sample;
        while let Some((word, after)) = next_word(rest) {
            (all, rest) = (all + 1, after);
            let languages = match short(word) {
                Some(short) => table.short.get(&short),
                None if word.len() > LONGEST => continue,
                None => table.long.get(word.to_lowercase().as_bytes()),
            };
            for &language in languages.into_iter().flatten() {
                counts[language] += 1;
            }
        }
        let best = (0..counts.len()).max_by_key(|&i| (counts[i], std::cmp::Reverse(i))).unwrap_or(0);
        let second = (0..counts.len()).filter(|&i| i != best).map(|i| counts[i]).max().unwrap_or(0);
        FunctionWords { counts, all, best, second }
    }

    /// The language that they leave no doubt of.
    fn clear(&self) -> Option<Language> {
        let most = self.counts[self.best];
        let many = most >= 5 && most as usize * 10 >= self.all && most * 2 >= self.second * 3;
        let few = self.all < SHORT && most >= 3 && self.second == 0;
        if many || few { Language::parse(FUNCTION_WORDS[self.best].0) } else { None }
    }

    /// The language that has more of them than any other.
    fn leading(&self) -> Option<Language> {
        if self.counts[self.best] > self.second { Language::parse(FUNCTION_WORDS[self.best].0) } else { None }
    }
}

/// The first run of letters, and the text behind it.
fn next_word(text: &str) -> Option<(&str, &str)> {
    let is_letter = |rest: &str| match rest.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic().then_some(1),
        _ => rest.chars().next().filter(|c| c.is_alphabetic()).map(char::len_utf8),
    };
    let start = text.find(char::is_alphabetic)?;
    let mut end = start;
    while let Some(len) = is_letter(&text[end..]) {
        end += len;
    }
    Some((&text[start..end], &text[end..]))
}

/// The languages that have a function word.
type Having = Vec<usize>;

/// Function words by their letters.
#[derive(Default)]
struct Table {
    /// Those that [`short`] makes a number of.
    short: HashMap<u64, Having, FixedState>,
    /// All others.
    long: HashMap<&'static [u8], Having, FixedState>,
}

/// The small letters of a word of up to eight ASCII letters, as a number.
fn short(word: &str) -> Option<u64> {
    let mut letters = [0; 8];
    letters.get_mut(..word.len()).filter(|_| word.is_ascii())?.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    Some(u64::from_le_bytes(letters))
}

/// Each function word with the languages that have it.
fn function_words() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        for (language, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
            for word in *words {
                let having = match short(word) {
                    Some(short) => table.short.entry(short).or_default(),
                    None => table.long.entry(word.as_bytes()).or_default(),
                };
                having.push(language);
            }
        }
        table
    })
}

/// The best guess for a text of a few words.
///
/// Of 3,719 English headlines whichlang's n-grams know 96 %, whatlang's trigrams 75 %, lingua's models 99 %, which take seventy times
/// as long and minutes to build. whichlang has neither Ukrainian nor Polish: these are whatlang's.
fn of_few_words(sample: &str, script: Script, words: &FunctionWords) -> Option<Language> {
    if script == Script::Latin && !sample.contains(['ą', 'ę', 'ł', 'ś', 'ż', 'ź', 'ć']) {
        return Language::parse(whichlang::detect_language(sample).three_letter_code());
    }
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    if script == Script::Other && sample.contains(is_han) {
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
