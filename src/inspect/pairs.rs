//! Neighbouring words that, written as one, are near a word that the corpus lacks: `multi vector` near *multivectoral*.
//!
//! In: the words that are missing, and the corpus once more. Out: such pairs, with counts.
//! Invariant: memory grows with what is near, not with the pairs of the corpus. The left word is as the missing one begins.
//! It deliberately reads the corpus a second time: what is missing is known only at the end of the first.

use super::batch::each_batch;
use crate::error::{Result, edit_distance};
use crate::read::{Article, Batch};
use crate::study::Study;
use crate::tokenise::Tokens;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// Two words and how often the one follows the other.
pub(super) type Pairs = BTreeMap<(String, String), u64>;

/// Lengths of words that have a near form.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=40;

/// Shorter words on the right are mostly the next word of the sentence.
const RIGHT: usize = 4;

/// A missing word, ready to be compared.
struct Missing {
    word: String,
    letters: u64,
    limit: usize,
}

/// Pairs near one of the `missing` words (lower case, without wildcards).
pub(super) fn near(missing: &[String], study: &Study, stop: &AtomicBool) -> Result<Pairs> {
    let mut by_length: BTreeMap<usize, Vec<Missing>> = BTreeMap::new();
    for word in missing {
        let length = word.chars().count();
        if LENGTHS.contains(&length) {
            let limit = (length / 5).clamp(1, 3);
            for near in length - limit..=length + limit {
                let missing = Missing { word: word.clone(), letters: letters(word), limit };
                by_length.entry(near).or_default().push(missing);
            }
        }
    }
    let mut pairs = Pairs::new();
    if by_length.is_empty() {
        return Ok(pairs);
    }
    let work = |(): &mut (), batch: Batch| of_batch(&batch.articles, &by_length, study);
    each_batch(
        study,
        stop,
        || (),
        work,
        |found| {
            for (pair, n) in found {
                *pairs.entry(pair).or_default() += n;
            }
        },
    )?;
    Ok(pairs)
}

fn of_batch(articles: &[Article], missing: &BTreeMap<usize, Vec<Missing>>, study: &Study) -> Pairs {
    let mut tokens = Tokens::default();
    for article in articles {
        tokens.push(&article.text, article.language, study.language);
    }
    let vocabulary = &tokens.vocabulary;
    let shape = |(_, word): (u32, &str)| (word.chars().count(), letters(word));
    let shapes: Vec<(usize, u64)> = vocabulary.iter().map(shape).collect();
    let mut counts: HashMap<(u32, u32), u64, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    for article in 0..tokens.articles() {
        for pair in tokens.types[tokens.range(article).range()].windows(2) {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
        }
    }
    let mut found = Pairs::new();
    let mut near: Vec<((u32, u32), u64)> = counts.into_iter().collect();
    near.sort_unstable();
    for ((a, b), n) in near {
        let ((a_length, a_letters), (b_length, b_letters)) = (shapes[a as usize], shapes[b as usize]);
        if a_length < 2 || b_length < RIGHT {
            continue;
        }
        let own = a_letters | b_letters;
        let left = vocabulary.folded(a);
        let fits = |missing: &Missing| {
            missing.word.starts_with(left)
                && (own ^ missing.letters).count_ones() as usize <= 2 * missing.limit
                && edit_distance(&missing.word, &format!("{left}{}", vocabulary.folded(b))) <= missing.limit
        };
        if missing.get(&(a_length + b_length)).is_some_and(|missing| missing.iter().any(fits)) {
            found.insert((left.to_string(), vocabulary.folded(b).to_string()), n);
        }
    }
    found
}

/// One bit for each letter that occurs: words whose sets differ much cannot be near.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| set | 1 << (c as u32 % 61))
}
