//! The classes of cue, one bit each.

pub const SAY: u64 = bit("say");
pub const SAY_AFTER: u64 = bit("say-after");
pub const SAY_INVERTED: u64 = bit("say-inverted");
pub const TELL: u64 = bit("tell");
pub const WANT: u64 = bit("want");
pub const WANT_NOUN: u64 = bit("want-noun");
pub const JUDGE: u64 = bit("judge");
pub const NOUN: u64 = bit("noun");
pub const NOUN_TO: u64 = bit("noun-to");
pub const ADJECTIVE: u64 = bit("adjective");
pub const SEEM: u64 = bit("seem");
pub const AMBIGUOUS: u64 = bit("ambiguous");
pub const ACCORDING: u64 = bit("according");
pub const EVIDENTIAL: u64 = bit("evidential");
pub const AUXILIARY: u64 = bit("auxiliary");
pub const PAST: u64 = bit("past");
pub const GERUND: u64 = bit("gerund");
pub const ADJUNCT: u64 = bit("adjunct");
pub const DETERMINER: u64 = bit("determiner");
pub const PREPOSITION: u64 = bit("preposition");
pub const SUBORDINATOR: u64 = bit("subordinator");
pub const COORDINATOR: u64 = bit("coordinator");
pub const RELATIVE: u64 = bit("relative");
pub const PRONOUN: u64 = bit("pronoun");
pub const SPEAKER: u64 = bit("speaker");
pub const THAT: u64 = bit("that");
pub const TO: u64 = bit("to");
pub const SO_CALLED: u64 = bit("so-called");
pub const WORK: u64 = bit("work");
pub const NAMING: u64 = bit("naming");
pub const WORD: u64 = bit("word");
pub const NEGATION: u64 = bit("negation");
pub const HEDGE: u64 = bit("hedge");
pub const QUESTION: u64 = bit("question");
pub const ELISION: u64 = bit("elision");
pub const SAY_WEAK: u64 = bit("say-weak");
pub const NOUN_THAT: u64 = bit("noun-that");
pub const LIKE_SAID: u64 = bit("as");
pub const GOVERNED: u64 = bit("governed");
pub const PARTICLE: u64 = bit("particle");
pub const WHETHER: u64 = bit("whether");
pub const IMPERSONAL: u64 = bit("impersonal");
pub const SAY_ALONE: u64 = bit("say-alone");
pub const DISTANCE: u64 = bit("distance");
pub const AGAIN: u64 = bit("again");
pub const BRIEF: u64 = bit("judge-brief");
pub const BE: u64 = bit("be");
pub const ABOUT: u64 = bit("about");
pub const FIRST_PERSON: u64 = bit("first-person");
pub const ADVERB: u64 = bit("adverb");
pub const HEADING: u64 = bit("heading");
pub const SECOND_PERSON: u64 = bit("second-person");
pub const SPEAKER_LAST: u64 = bit("speaker-last");
pub const VERB: u64 = bit("verb");
pub const PERSON: u64 = bit("person");
pub const NO_SPEAKER: u64 = bit("no-speaker");
pub const PERCEIVE: u64 = bit("perceive");
pub const FUNCTION_WORD: u64 = bit("function-word");
pub const HOUSE_STYLE: u64 = bit("house-style");
/// The type is a later word of some phrase.
pub const LATER: u64 = 1 << 61;
/// A later word of a phrase whose first word carries the class.
pub const INSIDE: u64 = 1 << 62;
/// The type begins a phrase.
pub const PHRASE: u64 = 1 << 63;

/// The bit of a name; a name that is not in the list does not compile.
const fn bit(name: &str) -> u64 {
    let mut i = 0;
    while !same(NAMES[i].as_bytes(), name.as_bytes()) {
        i += 1;
    }
    1 << i
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Names of the classes in cue files; the position is the bit.
pub const NAMES: &[&str] = &[
    "say",
    "say-after",
    "say-inverted",
    "tell",
    "want",
    "want-noun",
    "judge",
    "noun",
    "noun-to",
    "adjective",
    "seem",
    "ambiguous",
    "according",
    "evidential",
    "auxiliary",
    "past",
    "gerund",
    "adjunct",
    "determiner",
    "preposition",
    "subordinator",
    "coordinator",
    "relative",
    "pronoun",
    "speaker",
    "that",
    "to",
    "so-called",
    "work",
    "naming",
    "word",
    "negation",
    "hedge",
    "question",
    "elision",
    "say-weak",
    "noun-that",
    "as",
    "governed",
    "particle",
    "whether",
    "impersonal",
    "say-alone",
    "distance",
    "again",
    "judge-brief",
    "be",
    "about",
    "first-person",
    "adverb",
    "heading",
    "second-person",
    "speaker-last",
    "verb",
    "person",
    "no-speaker",
    "perceive",
    "function-word",
    "house-style",
];
