//! Emoji of a sentence, put into words before it is scored.
//!
//! In: a sentence and what its emoji are called. Out: the sentence in words.
//! Invariant: the plain form is vaderSentiment's: a space comes before a description unless one is there, none comes behind it, so that
//! a word which touches the emoji grows together with its description. The corrected form parts them, and takes the signs away that only
//! say how an emoji is drawn or joined.
//! It deliberately knows no emoji: the lexicon does.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The sentence in words; unchanged where no character has a description.
pub(super) fn translate<'t>(text: &'t str, names: &BTreeMap<char, String>, corrected: bool) -> Cow<'t, str> {
    let Some((&first, _)) = names.first_key_value() else { return Cow::Borrowed(text) };
    let name = |c: char| if c < first { None } else { names.get(&c) };
    if !text.chars().any(|c| name(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len() * 2);
    let (mut after_space, mut after_name) = (true, false);
    for c in text.chars() {
        if let Some(name) = name(c) {
            if !after_space {
                words.push(' ');
            }
            words.push_str(name);
            (after_space, after_name) = (false, true);
            continue;
        }
        if corrected && after_name {
            if is_joint(c) {
                continue;
            }
            words.push(' ');
        }
        words.push(c);
        (after_space, after_name) = (c == ' ', false);
    }
    Cow::Owned(words)
}

/// A variation selector, a joiner or a tone of skin.
fn is_joint(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}
