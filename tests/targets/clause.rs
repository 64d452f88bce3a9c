//! Whom a hit speaks of: by its own words or its clause; what merely stands near is left open.

use super::{LEADERS, Looked, lexicon};

/// A text, and whom each of its hits speaks of.
const CASES: &[(&str, &[&str])] = &[
    ("Trump called them terrorists.", &["Trump"]),
    ("The terrorists of Obama fled.", &["Obama"]),
    // named in the hit itself, whoever stands beside it
    ("Obama saw the Trump crackdown.", &["Trump"]),
    // a mark or a word that joins clauses stands between
    ("Terrorists, said Trump.", &["-"]),
    ("Trump left and the terrorists stayed.", &["-"]),
    ("Trump slept because terrorists stayed.", &["-"]),
    ("Trump (the terrorists say) slept.", &["-"]),
    ("Trump spoke. Terrorists came.", &["-"]),
    ("Trump\u{2014}terrorists say so.", &["-"]),
    // the nearer one of a clause, and one of the clause before one that is nearer in another
    ("Trump met the terrorists of Obama.", &["Obama"]),
    ("Trump called them terrorists, Obama slept.", &["Trump"]),
    // too far
    ("Trump saw one two three four five six terrorists.", &["-"]),
    ("Trump saw one two three four five terrorists.", &["Trump"]),
    // inside a longer name; the first word of a sentence is none of it
    ("He met terrorists of Trump Tower.", &["-"]),
    ("He met terrorists at the Melania Trump show.", &["-"]),
    ("Even Trump met terrorists.", &["Trump"]),
    ("Yesterday Obama met terrorists.", &["Obama"]),
    // behind a hyphen a name is a quality of somebody else, before one it is the doer
    ("The anti-Trump terrorists came.", &["-"]),
    ("He met terrorists of the pro-Obama camp.", &["-"]),
    ("The Trump-backed terrorists came.", &["Trump"]),
    // an abbreviation ends no sentence
    ("He said Obama met U.S. terrorists.", &["Obama"]),
    ("A terrorist came.", &["-"]),
];

fn spoken_of(looked: &Looked) -> Vec<String> {
    let name = |hit: &framescope::lookup::Hit| {
        hit.spoken_of.map_or("-".to_string(), |target| looked.subjects.targets[target.index()].clone())
    };
    looked.found.hits.iter().map(name).collect()
}

#[test]
fn a_hit_speaks_of_the_target_in_its_words_or_its_clause() {
    let lexicons = [lexicon(LEADERS)];
    for (text, wanted) in CASES {
        let found = spoken_of(&Looked::of(&lexicons, &[text], 0));
        assert_eq!(found, *wanted, "{text}");
        // among other articles it is no other
        let among = spoken_of(&Looked::of(&lexicons, &["Obama sang.", text, "Trump sang. Terrorists sang."], 0));
        assert_eq!(among[..wanted.len()], **wanted, "{text}");
    }
}

#[test]
fn what_speaks_of_a_target_is_counted_by_frame_and_voice() {
    let lexicons = [lexicon(LEADERS)];
    let texts = ["Trump has terrorists. Terrorists, said Obama. \u{201c}We met Trump terrorists,\u{201d} said Reed."];
    let counts = Looked::of(&lexicons, &texts, 0).counts();
    let spoken: Vec<_> = counts[0].spoken_of.iter().map(|(&(target, _), n)| (target.index(), n.all, n.own)).collect();
    assert_eq!(spoken, [(0, 2, 1)]);
}
