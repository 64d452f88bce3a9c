//! The function words of a text, counted by language.
//!
//! In: a sample of a text. Out: how many function words of each language it has, and whether they decide.
//! Invariant: a word of up to eight ASCII letters is looked up as a number, so that a line costs a microsecond.

use super::SHORT;
use crate::text::Language;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::sync::OnceLock;

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
    ("sv", &["och", "att", "är", "för", "inte", "ett", "från", "också", "när", "då", "under", "skulle"]),
    ("fi", &["ja", "on", "ei", "että", "oli", "joka", "mutta", "kuin", "myös", "sekä", "ovat", "mukaan"]),
    (
        "ca",
        &[
            "els", "les", "i", "amb", "per", "com", "però", "són", "dels", "aquest", "aquesta", "als", "més", "seva",
            "també", "va",
        ],
    ),
    (
        "id",
        &[
            "yang", "dan", "di", "dengan", "untuk", "dari", "pada", "tidak", "ini", "itu", "dalam", "akan", "oleh",
            "adalah",
        ],
    ),
    (
        "sw",
        &["na", "ya", "wa", "kwa", "ni", "za", "katika", "hiyo", "kuwa", "cha", "alisema", "watu", "baada", "zaidi"],
    ),
];

/// How many function words of each language a text has.
pub(super) struct FunctionWords {
    counts: [u32; FUNCTION_WORDS.len()],
    /// All of its words.
    pub all: usize,
    best: usize,
    second: u32,
}

impl FunctionWords {
    pub fn of(sample: &str) -> FunctionWords {
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
    pub fn clear(&self) -> Option<Language> {
        let most = self.counts[self.best];
        let many = most >= 5 && most as usize * 10 >= self.all && most * 2 >= self.second * 3;
        let few = self.all < SHORT && most >= 3 && self.second == 0;
        if many || few { Language::parse(FUNCTION_WORDS[self.best].0) } else { None }
    }

    /// True where the words of no language make up a tenth of the text.
    pub fn are_few(&self) -> bool {
        self.counts[self.best] as usize * 10 < self.all
    }

    /// How many of a language's the text has.
    pub fn count(&self, code: &str) -> u32 {
        FUNCTION_WORDS.iter().zip(self.counts).find(|((of, _), _)| *of == code).map_or(0, |(_, count)| count)
    }

    /// The language that has more of them than any other.
    pub fn leading(&self) -> Option<Language> {
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
