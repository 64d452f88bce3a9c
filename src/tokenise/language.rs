//! The language of an article that does not say its own.
//!
//! In: a text. Out: a language, or none.
//! Invariant: the answer depends on the first few thousand bytes of the text alone.
//! It deliberately counts function words first, which decides nearly every article in a microsecond a line; only where these are
//! too few or too even does it ask whatlang's trigrams, and believes them only where they call themselves reliable.

use crate::text::Language;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::sync::OnceLock;

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

/// The language of `text`, if it can be told.
pub fn detect(text: &str) -> Option<Language> {
    let mut cut = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let sample = &text[..cut];
    by_function_words(sample).or_else(|| by_trigrams(sample))
}

fn by_function_words(sample: &str) -> Option<Language> {
    let table = function_words();
    let mut counts = [0u32; FUNCTION_WORDS.len()];
    let mut words = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        if word.len() > LONGEST {
            continue;
        }
        let mut lower = [0; LONGEST];
        let languages = if word.is_ascii() {
            let lower = &mut lower[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            table.get(&*lower)
        } else {
            table.get(word.to_lowercase().as_bytes())
        };
        for &language in languages.into_iter().flatten() {
            counts[language] += 1;
        }
    }
    let best = (0..counts.len()).max_by_key(|&i| (counts[i], std::cmp::Reverse(i)))?;
    let second = (0..counts.len()).filter(|&i| i != best).map(|i| counts[i]).max().unwrap_or(0);
    let clear = counts[best] >= 5 && counts[best] * 10 >= words && counts[best] * 2 >= second * 3;
    clear.then(|| Language::parse(FUNCTION_WORDS[best].0)).flatten()
}

/// Each function word with the languages that have it.
fn function_words() -> &'static HashMap<&'static [u8], Vec<usize>, FixedState> {
    static TABLE: OnceLock<HashMap<&'static [u8], Vec<usize>, FixedState>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<_, Vec<usize>, _> = HashMap::with_hasher(FixedState::with_seed(0));
        for (language, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
            for word in *words {
                table.entry(word.as_bytes()).or_default().push(language);
            }
        }
        table
    })
}

fn by_trigrams(sample: &str) -> Option<Language> {
    let info = whatlang::detect(sample)?;
    info.is_reliable().then(|| Language::parse(info.lang().code())).flatten()
}
