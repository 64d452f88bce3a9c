//! Conditions that ask for frames whose conditions ask for frames: chains, and circles.

use super::{english, found, lexicon, surface};
use framescope::error::Error;
use framescope::lexicon::{Lexicon, parse};
use std::fmt::Write;

/// Frames `f0` … in which each asks for the one before.
fn chain(frames: usize) -> String {
    let mut text = "[[frame]]\nname = \"f0\"\nterms = [\"coup\"]\n".to_string();
    for i in 1..=frames {
        let _ = write!(text, "[[frame]]\nname = \"f{i}\"\nterms = [\"(w{i} | v{i}) BEFORE/1 #f{}\"]\n", i - 1);
    }
    text
}

fn surfaces(lexicon: Lexicon, text: &str) -> Vec<(String, String)> {
    let shard = english(text);
    let (hits, _) = found(&[lexicon], &shard);
    hits.into_iter().map(|(frame, hit)| (frame, surface(&shard, &hit))).collect()
}

#[test]
fn a_chain_of_frames_is_followed_to_its_end() {
    let words: Vec<String> = (1..=20).rev().map(|i| format!("w{i}")).collect();
    let text = format!("{} coup.", words.join(" "));
    let found = surfaces(lexicon("overlap = \"frame\"", &chain(20)), &text);
    assert_eq!(found.len(), 21, "{found:?}");
    let last = found.iter().find(|(frame, _)| frame == "f20").expect("the longest");
    assert_eq!(format!("{}.", last.1), text);
}

#[test]
fn a_chain_that_would_never_end_is_refused() {
    let text = format!("[lexicon]\nname = \"t\"\n{}", chain(80));
    let refused = parse("t.toml", text.as_bytes());
    let Err(Error::Refused(problems)) = refused else { panic!("accepted") };
    let problem = problems.iter().find(|problem| problem.kind == "frame-chain").expect("told");
    assert!(problem.found.contains("`(w65 | v65) BEFORE/1 #f64`"), "{}", problem.found);
}

#[test]
fn a_condition_that_leads_back_to_its_frame_looks_for_its_plain_words_and_says_so() {
    let own = lexicon("", "[[frame]]\nname = \"f\"\nterms = [\"coup\", \"armed BEFORE/1 #f\"]");
    assert_eq!(own.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), ["frame-circle"]);
    assert!(
        own.problems[0].found.contains("`armed BEFORE/1 #f` leads back to its own frame `#f`"),
        "{}",
        own.problems[0].found
    );
    let pair = |found: &[(&str, &str)]| found.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect::<Vec<_>>();
    assert_eq!(surfaces(own, "An armed coup. An armed armed coup."), pair(&[("f", "armed coup"), ("f", "armed coup")]));
    let two = "[[frame]]\nname = \"a\"\nterms = [\"coup\", \"armed BEFORE/1 #b\"]\n\
               [[frame]]\nname = \"b\"\nterms = [\"putsch\", \"bloody BEFORE/1 #a\"]\n\
               [[frame]]\nname = \"c\"\nterms = [\"talk BEFORE/2 #a\"]";
    let two = lexicon("overlap = \"frame\"", two);
    let problem = two.problems.iter().find(|problem| problem.kind == "frame-circle").expect("told");
    assert!(problem.found.contains("`#a`, `#b`"), "{}", problem.found);
    assert_eq!(two.problems.len(), 1, "{:?}", two.problems);
    let found = surfaces(two, "Talk of coup. Bloody coup. Armed putsch. Talk of armed putsch.");
    let expected = [
        ("a", "coup"),
        ("c", "Talk of coup"),
        ("a", "coup"),
        ("b", "Bloody coup"),
        ("a", "Armed putsch"),
        ("b", "putsch"),
        ("a", "armed putsch"),
        ("b", "putsch"),
    ];
    let (mut found, mut expected) = (found, pair(&expected));
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}
