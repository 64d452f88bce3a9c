//! Words of the corpus that are written nearly as an entry is, and that the frame does not find.
//!
//! In: a text, the words of a frame's entries, which stems it finds. Out: for each such stem, the entry and what kind of variant it is.
//! Invariant: the nearest entry is named; of equally near ones the first of the alphabet.
//! It deliberately knows no language: one letter in so many, one skeleton of consonants, one beginning.

use super::text::Text;
use crate::error::edit_distance;
use std::collections::BTreeMap;

/// Shorter words are near too many others.
const SHORTEST: usize = 5;

/// What a word is beside an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub entry: String,
    pub kind: &'static str,
    /// Less is nearer.
    pub distance: usize,
}

/// Variants by stem; `found` says which stems the frame finds already.
pub(super) fn variants(text: &Text, entries: &[String], found: &[bool]) -> BTreeMap<u32, Variant> {
    let mut by_initial: BTreeMap<char, Vec<(&String, usize, String)>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.chars().count() >= SHORTEST) {
        let spelt_entry = (entry, entry.chars().count(), skeleton(entry));
        if let Some(initial) = spelt_entry.2.chars().next() {
            by_initial.entry(initial).or_default().push(spelt_entry);
        }
    }
    let mut variants = BTreeMap::new();
    for stem in (0..text.stems() as u32).filter(|&stem| !found[stem as usize]) {
        let word = text.shown(stem);
        let length = word.chars().count();
        if length < SHORTEST || !word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-') {
            continue;
        }
        let bones = skeleton(word);
        let near = bones.chars().next().and_then(|initial| by_initial.get(&initial)).into_iter().flatten();
        let kinds = near.filter_map(|(entry, other, of_entry)| {
            let longest = length.max(*other);
            let reach = longest / 6;
            let distance =
                if length.abs_diff(*other) <= reach.max(1) { edit_distance(word, entry) } else { usize::MAX };
            let kind = match () {
                () if distance <= reach => "spelling",
                () if *of_entry == bones && bones.chars().count() >= 3 => "transliteration",
                () if begin_alike(word, entry) => "inflection",
                () => return None,
            };
            Some(Variant { entry: (*entry).clone(), kind, distance: distance.min(longest) })
        });
        if let Some(nearest) = kinds.min_by(|a, b| (a.distance, &a.entry).cmp(&(b.distance, &b.entry))) {
            variants.insert(stem, nearest);
        }
    }
    variants
}

/// Two words of which the shorter but for an ending of two letters begins the other.
fn begin_alike(a: &str, b: &str) -> bool {
    /// Letters that they must share.
    const LEAST: usize = 6;
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    let longer = a.chars().count().max(b.chars().count());
    same >= LEAST && same + 2 >= shorter && longer <= shorter + 4
}

/// What different ways to write a name from another script leave alike: consonants, doubled ones once, some of them as one.
fn skeleton(word: &str) -> String {
    const ALIKE: [(&str, &str); 12] = [
        ("shch", "c"),
        ("tch", "c"),
        ("sch", "s"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
        ("zh", "j"),
        ("dj", "j"),
        ("ch", "c"),
        ("sh", "s"),
        ("ph", "f"),
        ("ck", "k"),
    ];
    let mut rest: String = word.to_lowercase();
    for (written, alike) in ALIKE {
        rest = rest.replace(written, alike);
    }
    let mut bones = String::new();
    for (i, c) in rest.chars().enumerate() {
        let c = match c {
            'q' => 'k',
            'w' => 'v',
            'y' | 'i' | 'j' if c != 'j' => 'i',
            other => other,
        };
        let is_vowel =
            matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'я' | 'ю' | 'ё');
        if (!is_vowel || i == 0) && !bones.ends_with(c) {
            bones.push(c);
        }
    }
    bones
}
