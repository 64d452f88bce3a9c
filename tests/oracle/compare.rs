//! Two lists of places in one article: which are in one only, and by which rule.

use super::corpus::Place;
use framescope::index::Shard;
use framescope::text::{Language, fold, is_invisible};
use framescope::tokenise::is_address;
use std::collections::BTreeMap;

/// Why a place is in one list only. Every rule but the last is a sentence of DESIGN §4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// `'s` and a bare `'` are split off: `Iran’s` is *iran*.
    Possessive,
    /// Curly apostrophes are made straight: `can’t` is *can't*.
    Apostrophe,
    /// Soft hyphens and other characters that nobody sees are no part of a folded word, and do not part it.
    Invisible,
    /// UAX #29 and our own rules: a full stop between letters joins in abbreviations, a comma or full stop between digits; a full stop
    /// or colon that nobody put a space after parts.
    Joined,
    /// Web and e-mail addresses, `#tag` and `@name` are one token each, as far as both take them for one.
    Address,
    /// A phrase stays inside a sentence.
    Sentence,
    /// A pattern may contain a hyphen, and an underscore of WordStat is a space: both are several words.
    SeveralWords,
    /// Longest match first, and a token counts once.
    Once,
    /// None of these.
    Unexplained,
}

/// One place that only one side has.
#[derive(Clone, Debug)]
pub struct Difference {
    pub rule: Rule,
    /// True where it is ours.
    pub ours: bool,
    /// The stretch of text that the words of both sides make.
    pub text: String,
}

/// What one article looks like to both.
pub struct Article<'a> {
    pub shard: &'a Shard,
    pub number: usize,
    /// Words of the reference, with their forms.
    pub words: &'a [(Place, &'a str)],
}

impl Article<'_> {
    /// Places that only one side has. `ours` tells beside a place whether its pattern has more words than the reference sees in it;
    /// `rivals` are all our places that a token cannot be in twice.
    pub fn differences(&self, ours: &[(Place, bool)], theirs: &[Place], rivals: &[Place]) -> Vec<Difference> {
        let mut left: BTreeMap<Place, (Vec<bool>, usize)> = BTreeMap::new();
        ours.iter().for_each(|&(place, several)| left.entry(place).or_default().0.push(several));
        theirs.iter().for_each(|&place| left.entry(place).or_default().1 += 1);
        let mut found = Vec::new();
        for (place, (own, of_reference)) in left {
            for &several in own.iter().skip(of_reference) {
                found.push(self.explain(place, true, several, theirs));
            }
            for _ in own.len()..of_reference {
                found.push(self.explain(place, false, false, rivals));
            }
        }
        found
    }

    fn explain(&self, place: Place, ours: bool, several: bool, others: &[Place]) -> Difference {
        let mut reader = self.shard.reader();
        let article = reader.article(self.number);
        let meets = |other: Place| other.0 < place.1 && place.0 < other.1;
        let own: Vec<(Place, &str)> = article
            .spans
            .iter()
            .zip(article.types)
            .map(|(span, &id)| ((span.start, span.end), self.shard.types().folded(id)))
            .filter(|(other, _)| meets(*other))
            .collect();
        let their: Vec<(Place, &str)> = self.words.iter().copied().filter(|(other, _)| meets(*other)).collect();
        let from = own.iter().chain(&their).map(|word| word.0.0).min().unwrap_or(place.0);
        let to = own.iter().chain(&their).map(|word| word.0.1).max().unwrap_or(place.1);
        let text = article.text[from as usize..to as usize].to_lowercase();
        let same_words = own.iter().map(|word| word.0).eq(their.iter().map(|word| word.0));
        let is_address = |form: &str| form.contains(['@', '#', '/']) || is_address(form);
        let joins = |form: &str| {
            form.char_indices().any(|(at, c)| at > 0 && matches!(c, '.' | ':' | ',' | '\'' | '’' | ';' | '_'))
        };
        let crosses = article.sentences.iter().any(|&begin| {
            let start = article.spans[begin as usize].start;
            place.0 < start && start < place.1
        });
        let rule = if text.contains(is_invisible) {
            Rule::Invisible
        } else if !ours && crosses {
            Rule::Sentence
        } else if !same_words {
            if own.iter().chain(&their).any(|(_, form)| is_address(form)) {
                Rule::Address
            } else if own.iter().any(|(_, form)| joins(form)) || their.iter().any(|(_, form)| joins(form)) {
                Rule::Joined
            } else {
                Rule::Unexplained
            }
        } else if !ours && own.iter().any(|(_, form)| is_address(form)) {
            // the same token for both; its wildcard finds it, ours is of words
            Rule::Address
        } else if ours && several {
            Rule::SeveralWords
        } else if own.iter().zip(&their).any(|(a, b)| a.1 != straight(b.1) && a.1 == fold(b.1, Language::ENGLISH)) {
            Rule::Possessive
        } else if ours && their.iter().any(|(_, form)| straight(form) != *form) {
            Rule::Apostrophe
        } else if others.iter().any(|&other| meets(other) && other != place) || (!ours && others.contains(&place)) {
            Rule::Once
        } else {
            Rule::Unexplained
        };
        // of an address, what the reference found in it
        let text =
            if rule == Rule::Address { article.text[place.0 as usize..place.1 as usize].to_lowercase() } else { text };
        Difference { rule, ours, text }
    }
}

fn straight(form: &str) -> String {
    form.replace(['’', '‘'], "'")
}
