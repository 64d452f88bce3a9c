//! Columns of weights: which they are, and what is refused rather than left out.

use super::{read, refused};

// 05-numbers-as-words
#[test]
fn case_05_a_mean_beside_its_spread_is_the_weight_and_flags_are_not() {
    let text = "Word\tBigram\tConc.M\tConc.SD\tUnknown\tTotal\nbrawl\t0\t4.8\t0.4\t1\t27\ntruce\t0\t1.6\t0.9\t0\t28\n";
    let lexicon = read("norms.tsv", text);
    assert_eq!(lexicon.frames.len(), 1);
    assert_eq!(lexicon.entries.iter().map(|entry| entry.weight).collect::<Vec<_>>(), [4800, 1600]);
}

#[test]
fn a_weight_that_is_no_number_is_refused_and_never_one() {
    let percent = refused("p.csv", "word,score\nbrawl,-50%\ntruce,75%\n");
    assert!(percent.contains("`score` is called a weight and holds `-50%`"), "{percent}");
    let missing = refused("m.csv", "word,score\nbrawl,-2\ndesk,NA\ntruce,3\n");
    assert!(missing.contains("m.csv:3") && missing.contains("`NA` beside `desk`"), "{missing}");
}
