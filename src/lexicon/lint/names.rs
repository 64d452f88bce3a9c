//! Spellings of a name that the corpus has and the lexicon lacks.
//!
//! In: the view of a corpus, and the lexicon's targets. Out: findings of kind `name-variant`.
//! Invariant: a spelling is compared by its sound in Latin letters: `Назарбаев`, `Nazarbaev` and `Nazarbayev` are alike.
//! It deliberately does not know names: a word may be near by chance, a person decides.

use super::super::glob;
use super::super::model::{MatchMode, Pattern, Target, Word};
use super::{Finding, View};
use crate::error::{Place, Severity, edit_distance};

/// Shorter names are near to too many words.
const SHORTEST: usize = 5;

pub(super) fn variants(view: &View<'_>, found: &mut Vec<Finding>) {
    if view.lexicon.targets.is_empty() {
        return;
    }
    let keys: Vec<(String, usize)> = view.sorted.iter().enumerate().map(|(at, (word, _))| (sound(word), at)).collect();
    for target in &view.lexicon.targets {
        let names: Vec<&Word> = target.patterns.iter().filter_map(|(_, pattern)| single(pattern)).collect();
        let mut forms = Vec::new();
        for name in &names {
            let own = sound(&name.text.to_lowercase().replace(['*', '?'], ""));
            let length = own.chars().count();
            if length < SHORTEST {
                continue;
            }
            for (key, at) in keys.iter().filter(|(key, _)| is_near(&own, key, length)) {
                let (word, n) = view.sorted[*at];
                let is_name = names.iter().any(|name| matches(view, name, word));
                if !is_name && !key.is_empty() {
                    forms.push((word.to_string(), n));
                }
            }
        }
        let forms = view.top(forms);
        if !forms.is_empty() {
            found.push(finding(view, target, forms));
        }
    }
}

fn finding(view: &View<'_>, target: &Target, forms: Vec<(String, u64)>) -> Finding {
    let list: Vec<String> = forms.iter().map(|(form, _)| format!("\"{form}\"")).collect();
    Finding {
        place: Place::line(view.lexicon.file.clone(), target.line),
        kind: "name-variant",
        severity: Severity::Warning,
        frame: target.name.clone(),
        entry: target.name.clone(),
        found: "the corpus has words near this name".to_string(),
        edit: format!("add those that you mean to its terms: {}", list.join(", ")),
        forms,
    }
}

fn single(pattern: &Pattern) -> Option<&Word> {
    match pattern {
        Pattern::Words(words) if words.len() == 1 => words.first(),
        _ => None,
    }
}

fn matches(view: &View<'_>, name: &Word, word: &str) -> bool {
    let lower = name.text.to_lowercase();
    match name.mode {
        MatchMode::Stem => (view.corpus.stem)(&lower) == (view.corpus.stem)(word),
        MatchMode::Exact | MatchMode::Case => glob::covers(&lower, word),
    }
}

/// One error in four letters, two at most, and the same first letter.
fn is_near(own: &str, other: &str, length: usize) -> bool {
    let limit = (length / 4).clamp(1, 2);
    let near_length = other.chars().count().abs_diff(length) <= limit;
    near_length && own.chars().next() == other.chars().next() && edit_distance(own, other) <= limit
}

/// A word by its sound: Latin letters without marks, one letter for what transliterations write in several ways.
fn sound(word: &str) -> String {
    let latin: String = word.chars().map(latin).collect();
    let mut out = latin;
    for (from, to) in [("kh", "h"), ("zh", "j"), ("sch", "sh"), ("ck", "k"), ("ks", "x"), ("ph", "f"), ("ou", "u")] {
        out = out.replace(from, to);
    }
    let written: Vec<char> = out.chars().collect();
    let is_vowel = |at: usize| written.get(at).is_some_and(|&c| "aeiou".contains(c));
    let mut letters = Vec::with_capacity(written.len());
    for (at, &c) in written.iter().enumerate() {
        let after_vowel = at > 0 && is_vowel(at - 1);
        match c {
            // A glide beside a vowel is written or not: `ayev`, `aev`, `ajev`.
            'y' | 'j' if at > 0 && (after_vowel || is_vowel(at + 1)) => {}
            'i' if after_vowel => {}
            'y' | 'j' => letters.push('i'),
            'w' => letters.push('v'),
            'q' => letters.push('k'),
            c => letters.push(c),
        }
    }
    letters.dedup();
    letters.into_iter().collect()
}

/// A Cyrillic or accented letter in Latin letters; anything else as it is.
fn latin(c: char) -> &'static str {
    const LATIN: &[(&str, &str)] = &[
        ("aаáàâäãåā", "a"),
        ("bб", "b"),
        ("cçćč", "c"),
        ("dдđ", "d"),
        ("eеэéèêëēě", "e"),
        ("fф", "f"),
        ("gгғğ", "g"),
        ("hхһ", "h"),
        ("iиіíìîïīı", "i"),
        ("jй", "j"),
        ("kкқ", "k"),
        ("lлł", "l"),
        ("mм", "m"),
        ("nнңñń", "n"),
        ("oоóòôöõøөō", "o"),
        ("pп", "p"),
        ("qq", "q"),
        ("rр", "r"),
        ("sсśş", "s"),
        ("tт", "t"),
        ("uуұүúùûüū", "u"),
        ("vв", "v"),
        ("ww", "w"),
        ("xx", "x"),
        ("yыýÿ", "y"),
        ("zзżź", "z"),
        ("š", "sh"),
        ("ш", "sh"),
        ("щ", "sh"),
        ("ч", "ch"),
        ("ж", "zh"),
        ("ž", "zh"),
        ("ц", "ts"),
        ("ю", "yu"),
        ("я", "ya"),
        ("ё", "e"),
        ("ə", "a"),
    ];
    LATIN.iter().find(|(letters, _)| letters.contains(c)).map_or("", |&(_, latin)| latin)
}
