//! The rules of voice, in the order in which they decide.
//!
//! In: nothing. Out: one table, from which `explain voice` is printed and by which each rule is switched off.
//! Invariant: the first rule of the table that covers a word decides it; all rules look at the same words whatever is switched off,
//! so taking one away moves only the words that it had decided.
//! It deliberately holds no code of the rules: `quotes`, `scare`, `attribution` do.

use super::Voice;

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, as in the column `rule` and in the study file.
    pub name: &'static str,
    /// The voice it gives.
    pub voice: Voice,
    /// What it decides.
    pub decides: &'static str,
    /// A sentence in which `[…]` is what it decides.
    pub example: &'static str,
}

macro_rules! rules {
    ($($id:ident, $name:literal, $voice:ident, $decides:literal, $example:literal;)*) => {
        /// Which rule; the order is the order in which they decide.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(super) enum Id { $($id),* }

        /// All rules, first to last.
        pub const RULES: &[Rule] = &[$(Rule { name: $name, voice: Voice::$voice, decides: $decides, example: $example }),*];
    };
}

rules! {
    Title, "title", Mention, "words in quotation marks written like a title, or beside a noun for a work", "Her book, \u{201c}[The Long Winter]\u{201d}, sold well.";
    Nickname, "nickname", Mention, "one quoted name between two names", "Ivan \u{201c}[Bear]\u{201d} Petrov won.";
    Word, "word-as-word", Mention, "quoted words after \u{201c}the word\u{201d}, \u{201c}the term\u{201d} and the like, or that are given as a name", "The word \u{201c}[shutdown]\u{201d} misleads.";
    Term, "term", Mention, "quoted words that qualify the noun after them, two or more or joined by a hyphen", "The state tried \u{201c}[red flag]\u{201d} measures.";
    SoCalled, "so-called", Scare, "the words after \u{201c}so-called\u{201d} and its kin", "The so-called [liberators] left.";
    Quotation, "quotation", Quoted, "more words in quotation marks than a scare quote has, or words that end like an utterance", "\u{201c}[We saw no soldiers in the square],\u{201d} she said.";
    ShortQuotation, "short-quotation", Quoted, "a few words in quotation marks with a speaker or a verb of saying or judging over them", "The minister called it \u{201c}[treason]\u{201d}.";
    QuotationNearby, "quotation-nearby", Quoted, "a few words in quotation marks beside other quoted words", "It was \u{201c}[grim]\u{201d}, \u{201c}worse than war\u{201d}.";
    Dash, "dash-speech", Quoted, "a paragraph that a dash opens, as far as somebody speaks in it; the text's own words after the next dash are not", "\u{2014} [The rebels have gone], \u{2014} said the mayor.";
    Block, "block-quotation", Quoted, "the paragraph after a verb of saying and a colon at the end of the one before", "The ministry said in a statement:\n\n[The airport is open again and all flights leave on time.]";
    Scare, "scare-quotes", Scare, "a few words that stand in quotation marks twice or more in the article, and nobody who says them", "The \u{201c}[liberators]\u{201d} came at dawn. By noon the \u{201c}liberators\u{201d} had left.";
    InMarks, "in-marks", Marked, "a few words in quotation marks, and no speaker found", "The \u{201c}[liberators]\u{201d} left the town empty.";
    Turn, "turn", Attributed, "all that a speaker of a transcript or an interview says, up to the next one's name", "SMITH: Did you see them leave? JONES: No.\n\nSMITH: Why not?\n\nJONES: It was dark. [The rebels] had gone.";
    Last, "name-last", Attributed, "a headline that names who says so after a dash, a colon, or a comma and a verb of saying, at its end", "[Rebels seized the airport] - minister";
    Name, "name-colon", Attributed, "what follows a name and a colon at the start of a paragraph", "Putin: [no troops were sent]";
    Before, "before-cue", Attributed, "a clause before a comma, a speaker and a verb of saying", "[The airport had fallen], the ministry said.";
    Resumed, "resumed", Attributed, "what goes on after such a speaker and verb", "The airport, he said, [had fallen].";
    According, "according-to", Attributed, "the sentence of \u{201c}according to\u{201d}", "According to the ministry, [the airport had fallen].";
    Said, "said", Attributed, "what follows a verb of saying or thinking, to the end of its clause", "The ministry said that [the airport had fallen].";
    Passive, "passive", Attributed, "what is reported by somebody", "[The call] was first reported by the paper.";
    Embedded, "embedded-question", Attributed, "a question that somebody asks", "They argued over [whether he would resign].";
    Wanted, "wanted", Attributed, "what somebody wants, plans or refuses", "He wants [to restore order].";
    Judged, "judged", Attributed, "whom and what somebody praises or blames", "He accused [foreign agents].";
    Noun, "noun", Attributed, "what follows a claim, a fear, an allegation", "The claim that [terrorists came from abroad] fell apart.";
    Adjective, "state-of-mind", Attributed, "what somebody is afraid, proud or glad of", "He was afraid that [order would return].";
    Seem, "seem", Attributed, "what seems so to somebody", "The crowd seemed [ready to storm the hall].";
    Evidential, "evidential", Attributed, "what follows \u{201c}alleged\u{201d} and its kin", "the alleged [terrorist attack]";
}

/// The bit of a rule in the set of those switched off.
pub(super) fn bit(id: Id) -> u32 {
    1 << id as u8
}

/// The position of a rule by its name.
pub(super) fn position(name: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.name == name)
}
