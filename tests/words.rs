//! Keyness, dispersion, collocates and co-occurrence: by hand, against reference scores, and the laws.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use super::run::shared;
use crate::run::rows;
use framescope::statistics::Unit;
use framescope::statistics::carriers::carriers;
use framescope::statistics::dispersion::{
    deviation, juilland, kullback_leibler, pairwise_differences, range, sparse::Corpus,
};
use framescope::statistics::seed::Stream;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Row = BTreeMap<String, String>;

/// A new empty folder for a test.
fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("framescope-words-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn framescope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(arguments).output().unwrap()
}

#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let done = framescope(folder, arguments);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[track_caller]
fn fails(folder: &Path, arguments: &[&str]) -> String {
    let done = framescope(folder, arguments);
    assert_eq!(done.status.code(), Some(2), "{}", String::from_utf8_lossy(&done.stdout));
    String::from_utf8_lossy(&done.stderr).into_owned()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// To the six digits that are printed.
#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 6e-6 * expected.abs() + 1e-12, "{what}: found {found}, expected {expected}");
}

/// A corpus of (id, outlet, text).
fn corpus(folder: &Path, articles: &[(&str, &str, &str)]) {
    let mut writer = csv::Writer::from_path(folder.join("corpus.csv")).unwrap();
    writer.write_record(["id", "outlet", "text"]).unwrap();
    articles.iter().for_each(|(id, outlet, text)| writer.write_record([id, outlet, text]).unwrap());
    writer.flush().unwrap();
}

const FRAMES: &str = r##"
[lexicon]
name = "small"
[[frame]]
name = "violence"
terms = ["terror", "attack*"]
[[frame]]
name = "order"
terms = ["police", "law"]
[[frame]]
name = "order/army"
terms = ["soldiers"]
[[target]]
name = "minister"
terms = ["minister", "Ivanov"]
"##;

fn study(folder: &Path, further: &str) {
    let text = format!(
        "[corpus]\npaths = [\"corpus.csv\"]\nlanguage = \"en\"\n[lexicons]\npaths = [\"small.toml\"]\n\
         [report]\nout = \"out\"\ncharts = false\n{further}"
    );
    fs::write(folder.join("study.toml"), text).unwrap();
    fs::write(folder.join("small.toml"), FRAMES).unwrap();
}

const RUN: [&str; 4] = ["run", "--quiet", "--study", "study.toml"];

/// Collocates of a term in one article: word → times together, and the number of words within reach.
fn beside(text: &str, settings: &str, term: &str) -> (BTreeMap<String, u64>, u64) {
    let folder = temporary(&format!("beside-{}", blake3::hash(format!("{text}{settings}{term}").as_bytes()).to_hex()));
    // a second article, far from the term: every collocate then stands above chance
    corpus(&folder, &[("a", "A", text), ("b", "A", &"Nothing else was heard of it here. ".repeat(40))]);
    let further = format!(
        "[clean]\nrepeats = false\n[collocates]\nterms = [{term:?}]\nmin_hits = 1\nmin_articles = 1\ntop = 0\n{settings}"
    );
    study(&folder, &further);
    succeeds(&folder, &RUN);
    let found = rows(&folder.join("out/collocates.csv"));
    let places = found.first().map_or(0, |row| row["places"].parse().unwrap());
    let words = found.iter().map(|row| (row["word"].clone(), row["together"].parse().unwrap()));
    (words.collect(), places)
}

fn set<const N: usize>(words: [&str; N]) -> BTreeSet<String> {
    words.map(str::to_string).into()
}

fn words_of(found: &(BTreeMap<String, u64>, u64)) -> BTreeSet<String> {
    found.0.keys().cloned().collect()
}

#[test]
fn a_window_ends_at_the_sentence_unless_it_may_go_on() {
    let text = "Fear ruled. One two terror three four. Peace followed soon.";
    assert_eq!(words_of(&beside(text, "", "terror")), set(["one", "two", "three", "four"]));
    assert_eq!(words_of(&beside(text, "window = 1", "terror")), set(["two", "three"]));
    assert_eq!(words_of(&beside(text, "sentence = true", "terror")), set(["one", "two", "three", "four"]));
    let on = beside(text, "window = 3\nacross_sentences = true", "terror");
    assert_eq!(words_of(&on), set(["ruled", "one", "two", "three", "four", "peace"]));
}

#[test]
fn a_window_neither_enters_nor_leaves_a_quotation() {
    let text = "The minister said: “We saw the terror gangs march into our quiet town that night,” and people left.";
    let inside = beside(text, "window = 20", "terror");
    let quoted = "we saw the gangs march into our quiet town that night";
    assert_eq!(words_of(&inside), quoted.split(' ').map(str::to_string).collect());
    assert_eq!(words_of(&beside(text, "window = 20", "minister")), set(["the", "said"]));
    assert_eq!(words_of(&beside(text, "window = 20", "people")), set(["and", "left"]));
    assert_eq!(words_of(&beside(text, "sentence = true", "@minister")), set(["the", "said"]));
}

#[test]
fn a_scare_quote_is_part_of_its_sentence() {
    let text = "The “terror” story spread through the town.";
    assert_eq!(words_of(&beside(text, "window = 2", "terror")), set(["the", "story", "spread"]));
    assert_eq!(words_of(&beside(text, "window = 2", "story")), set(["the", "terror", "spread", "through"]));
}

#[test]
fn furniture_and_repeats_are_borders_and_no_collocates() {
    let folder = temporary("furniture");
    let passage = "The crowd of many thousand people went down the long avenue to the old palace square";
    let text = format!("One terror two.\nShare this article\nThree four.\n{passage}.\nTerror. {passage}. Again.");
    corpus(&folder, &[("a", "A", &text), ("b", "A", "Nothing else was heard of it here.")]);
    let settings =
        "[collocates]\nterms = [\"=terror\"]\nwindow = 30\nacross_sentences = true\nmin_hits = 1\nmin_articles = 1\n";
    study(&folder, settings);
    succeeds(&folder, &RUN);
    let found: BTreeSet<String> =
        rows(&folder.join("out/collocates.csv")).iter().map(|row| row["word"].clone()).collect();
    let removed: BTreeSet<String> =
        rows(&folder.join("out/removed.csv")).iter().map(|row| row["rule"].clone()).collect();
    assert_eq!(removed, set(["furniture", "repeat"]));
    assert!(!found.contains("share") && !found.contains("again"), "{found:?}");
    assert!(found.contains("two") && found.contains("square"), "{found:?}");
    assert!(
        !found.contains("three") || found.contains("crowd"),
        "the second hit reaches back to the furniture: {found:?}"
    );
}

#[test]
fn a_word_between_two_hits_counts_once_and_a_hit_is_not_beside_itself() {
    let (found, places) = beside("alpha terror beta terror gamma", "", "terror");
    let expected = [("alpha", 1), ("beta", 1), ("gamma", 1), ("terror", 2)];
    assert_eq!(found, expected.map(|(word, n)| (word.to_string(), n)).into());
    assert_eq!(places, 5);
    let (alone, _) = beside("alpha terror beta", "", "terror");
    assert!(!alone.contains_key("terror"));
}

#[test]
fn a_frame_an_entry_and_a_target_are_looked_at_as_they_are_found() {
    let text = "Masked soldiers chased Ivanov. The attackers hit our law school. Police came late.";
    assert_eq!(words_of(&beside(text, "", "#violence")), set(["the", "hit", "our", "law", "school"]));
    let order = set(["masked", "chased", "ivanov", "attackers", "hit", "the", "our", "school", "came", "late"]);
    assert_eq!(words_of(&beside(text, "", "#order")), order);
    assert_eq!(words_of(&beside(text, "", "@minister")), set(["masked", "soldiers", "chased"]));
    assert_eq!(words_of(&beside(text, "", "law school")), set(["the", "attackers", "hit", "our"]));
    assert_eq!(words_of(&beside(text, "", "hit BEFORE/3 school")), set(["the", "attackers"]));
}

#[test]
fn scores_of_collocates_are_those_of_their_counts() {
    let folder = temporary("scores");
    let articles = [
        ("1", "A", "The old terror came back. Nobody knew the old man."),
        ("2", "A", "An old terror again, an old story."),
        ("3", "B", "The terror of the old days was gone and the days were long."),
    ];
    corpus(&folder, &articles);
    study(&folder, "[collocates]\nterms = [\"terror\"]\nmin_hits = 1\nmin_articles = 1\ntop = 0\n");
    succeeds(&folder, &RUN);
    let found = rows(&folder.join("out/collocates.csv"));
    let row = found.iter().find(|row| row["outlet"] == "(all)" && row["word"] == "old").unwrap();
    // counted by hand: one window has 4 words, the second 6 with `old` twice, the third 6
    let of = |column: &str| number(row, column);
    assert_eq!(
        ["hits", "places", "together", "articles", "frequency", "words"].map(of),
        [3.0, 16.0, 4.0, 3.0, 5.0, 30.0]
    );
    let expected = 16.0 * 5.0 / 30.0;
    close(of("expected"), expected, "expected");
    close(of("log_dice"), 14.0 + f64::log2(8.0 / 8.0), "logDice");
    close(of("pmi"), f64::log2(4.0 / expected), "PMI");
    close(of("npmi"), f64::log2(4.0 / expected) / -f64::log2(4.0 / 30.0), "NPMI");
    close(of("mi3"), f64::log2(64.0 / expected), "MI3");
    close(of("t"), (4.0 - expected) / 2.0, "t");
    let cell = |o: f64, row: f64, column: f64| o * (o / (row * column / 30.0)).ln();
    let g2 = cell(4.0, 5.0, 16.0) + cell(1.0, 5.0, 14.0) + cell(12.0, 25.0, 16.0) + cell(13.0, 25.0, 14.0);
    close(of("g2"), 2.0 * g2, "G²");
    let of_b = found.iter().find(|row| row["outlet"] == "B" && row["word"] == "days").unwrap();
    assert_eq!((of_b["hits"].as_str(), of_b["frequency"].as_str(), of_b["words"].as_str()), ("1", "2", "13"));
}

#[test]
fn frames_meet_in_the_sentences_and_articles_in_which_a_person_finds_both() {
    let folder = temporary("meet");
    let articles = [
        ("1", "A", "Police stopped the attack and the attackers. The law is clear. Terror."),
        ("2", "A", "Soldiers came. An attack followed."),
        ("3", "B", "Quiet day. The law says so."),
    ];
    corpus(&folder, &articles);
    study(&folder, "[cooccurrence]\nby_group = true\n");
    succeeds(&folder, &RUN);
    let found = rows(&folder.join("out/cooccurrence.csv"));
    let row = |outlet: &str, within: &str, other: &str| {
        let is = |row: &&Row| {
            row["outlet"] == outlet
                && row["within"] == within
                && row["frame"] == "violence"
                && row["other_frame"] == other
        };
        let row = found.iter().find(is).unwrap_or_else(|| panic!("{outlet} {within} {other}"));
        ["units", "with_frame", "with_other", "both"].map(|column| row[column].parse::<u64>().unwrap())
    };
    // sentences: 3 + 2 + 2; violence in 3 of them; order (with the army inside it) in 4; together in the first
    assert_eq!(row("(all)", "sentence", "order"), [7, 3, 4, 1]);
    // a pair that never met in a sentence has no row there
    let apart = |row: &Row| row["within"] == "sentence" && row["other_frame"] == "order/army";
    assert!(!found.iter().any(|row| apart(row) && row["frame"] == "violence" && row["both"] != "0"));
    assert_eq!(row("(all)", "article", "order"), [3, 2, 3, 2]);
    assert_eq!(row("(all)", "article", "order/army"), [3, 2, 1, 1]);
    assert_eq!(row("A", "sentence", "order"), [5, 3, 3, 1]);
    assert!(
        !found.iter().any(|row| row["frame"] == "order" && row["other_frame"] == "order/army"),
        "one holds the other"
    );
    let all = found
        .iter()
        .find(|row| row["outlet"] == "(all)" && row["within"] == "sentence" && row["other_frame"] == "order");
    let all = all.unwrap();
    close(number(all, "jaccard"), 1.0 / 6.0, "Jaccard");
    close(number(all, "phi"), (1.0 * 1.0 - 2.0 * 3.0) / f64::sqrt(3.0 * 4.0 * 3.0 * 4.0), "φ");
    close(number(all, "log_dice"), 14.0 + f64::log2(2.0 / 7.0), "logDice");
    close(number(all, "lift"), 1.0 * 7.0 / (3.0 * 4.0), "lift");
}

#[test]
fn dispersion_of_a_run_has_the_golden_values() {
    let folder = temporary("gries");
    // Gries' corpus of 50 words in five parts, `a` 1, 2, 3, 4, 5 times
    let part = |hits: usize, words: usize| format!("{}{}", "police ".repeat(hits), "x ".repeat(words - hits));
    let texts: Vec<String> = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)].map(|(hits, words)| part(hits, words)).into();
    let ids = ["1", "2", "3", "4", "5"];
    let articles: Vec<(&str, &str, &str)> =
        ids.iter().zip(&texts).map(|(id, text)| (*id, "A", text.as_str())).collect();
    corpus(&folder, &articles);
    study(&folder, "[clean]\nrepeats = false\n");
    succeeds(&folder, &RUN);
    let found = rows(&folder.join("out/dispersion.csv"));
    let of = |kind: &str| found.iter().find(|row| row["kind"] == kind && row["frame"] == "order").unwrap();
    for row in [of("frame"), of("entry")] {
        assert_eq!((row["hits"].as_str(), row["range"].as_str(), row["words"].as_str()), ("15", "5", "50"));
        let golden = [("dp", 0.18), ("dp_norm", 0.219512), ("juilland_d", 0.785150), ("kld", 0.136972)];
        for (column, expected) in golden {
            assert!((number(row, column) - expected).abs() < 6e-7, "{column} {}", row[column]);
        }
    }
    let absent = found.iter().find(|row| row["frame"] == "violence").unwrap();
    assert_eq!((absent["range"].as_str(), absent["dp"].as_str(), absent["missing"].as_str()), ("0", "", "no hits"));
}

#[test]
fn dispersion_by_the_articles_with_hits_is_that_of_all_articles() {
    let mut stream = Stream::named(11, &["sparse"]);
    for round in 0..60 {
        let n = 1 + stream.below(40) as usize;
        let share = 1 + stream.below(6);
        let unit = |stream: &mut Stream| {
            let hits = if stream.below(share) == 0 { stream.below(9) } else { 0 };
            Unit { hits, words: if stream.below(9) == 0 && hits == 0 { 0 } else { 10 + stream.below(500) } }
        };
        let units: Vec<Unit> = (0..n).map(|_| unit(&mut stream)).collect();
        let mut carriers: Vec<Unit> = units.iter().copied().filter(|unit| unit.hits > 0).collect();
        carriers.reverse();
        let found = Corpus::of(units.iter().map(|unit| unit.words)).dispersion(carriers);
        assert_eq!(found.range, range::range(&units));
        let pairs = [
            (found.deviation, deviation::deviation(&units)),
            (found.deviation_normed, deviation::deviation_normed(&units)),
            (found.juilland, juilland::juilland(&units)),
            (found.pairwise_differences, pairwise_differences::pairwise_differences(&units)),
            (found.kullback_leibler, kullback_leibler::kullback_leibler(&units)),
        ];
        for (number, (sparse, dense)) in pairs.into_iter().enumerate() {
            assert_eq!(sparse.why(), dense.why(), "{round} {number}");
            if let (Some(sparse), Some(dense)) = (sparse.value(), dense.value()) {
                assert!((sparse - dense).abs() < 1e-11, "{round} {number}: {sparse} {dense}");
            }
        }
    }
}

#[test]
fn rare_words_are_tested_as_the_sum_over_every_outcome_says() {
    let mut stream = Stream::named(5, &["carriers"]);
    for round in 0..120 {
        let n = 3 + stream.below(if round % 3 == 0 { 700 } else { 25 });
        let mark = |stream: &mut Stream| if stream.below(3) > 0 { 1 } else { 1 + stream.below(7) };
        let marks: Vec<u32> = (0..n).map(|_| mark(&mut stream)).collect();
        let total: u32 = marks.iter().sum();
        let (c, d) = (u64::from(500 + stream.below(40_000)), u64::from(50_000 + stream.below(90_000)));
        let share = c as f64 / (c + d) as f64;
        let near = (f64::from(total) * share) as u32 + stream.below(12);
        let found = near.min(total);
        let mut chances = vec![1.0_f64];
        for &mark in &marks {
            let mut next = vec![0.0; chances.len() + mark as usize];
            for (y, chance) in chances.iter().enumerate() {
                next[y] += chance * (1.0 - share);
                next[y + mark as usize] += chance * share;
            }
            chances = next;
        }
        let extremity = |hits: usize| (hits as f64 - f64::from(total) * share).abs();
        let seen = extremity(found as usize);
        let weight = |y: usize| match extremity(y) - seen {
            more if more > 1e-9 => 1.0,
            less if less < -1e-9 => 0.0,
            _ => 0.5,
        };
        let expected: f64 = chances.iter().enumerate().map(|(y, chance)| chance * weight(y)).sum();
        let test = carriers(&marks, found.into(), c, d);
        if let Some(p) = test.p.value() {
            assert!((p / expected - 1.0).abs() < 1e-9, "{round}: {p} {expected}");
        }
    }
}

/// Articles of two outlets, with words of different use.
fn two_outlets() -> Vec<(String, &'static str, String)> {
    let mut stream = Stream::named(3, &["two outlets"]);
    let words = ["terror", "law", "police", "market", "price", "rally", "square", "night", "said", "people"];
    let article = |i: u32| {
        let outlet = if i.is_multiple_of(2) { "Meridian" } else { "Observer" };
        let mut text = String::new();
        for _ in 0..(60 + stream.below(90)) {
            let most = if outlet == "Meridian" { 10 } else { 7 };
            let _ = write!(text, "{} ", words[stream.below(most) as usize]);
        }
        (format!("{i:02}"), outlet, text)
    };
    (0..30).map(article).collect()
}

fn write_two(folder: &Path, articles: &[(String, &str, String)]) {
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, o, text)| (id.as_str(), *o, text.as_str())).collect();
    corpus(folder, &articles);
}

#[test]
fn keyness_counts_what_a_count_by_hand_finds_and_swapping_flips_every_sign() {
    let folder = temporary("two");
    let articles = two_outlets();
    write_two(&folder, &articles);
    study(&folder, "[clean]\nrepeats = false\n[keyness]\ntop = 0\nagainst = \"both\"\n");
    succeeds(&folder, &RUN);
    let found = rows(&folder.join("out/keyness.csv"));
    let of = |outlet: &str, against: &str, word: &str| {
        let is = |row: &&Row| {
            row["outlet"] == outlet && row["against"] == against && row["word"] == word && row["kind"] != "frame"
        };
        found.iter().find(is).unwrap_or_else(|| panic!("{outlet} {against} {word}"))
    };
    let kind = |word: &str| {
        let row = found.iter().find(|row| row["word"] == word && row["kind"] != "frame").unwrap();
        (row["kind"].as_str(), row["is_function_word"].as_str())
    };
    assert_eq!(kind("said"), ("reporting verb", "false"));
    assert_eq!(kind("terror"), ("word", "false"));
    let english = framescope::voice::Cues::shipped(framescope::text::Language::ENGLISH).unwrap().unwrap();
    let kinds = ["the", "not", "tuesday", "said", "coup"].map(|word| english.kind(word).name());
    assert_eq!(kinds, ["function word", "function word", "house style", "reporting verb", "word"]);
    assert!(found.iter().filter(|row| row["kind"] == "frame").all(|row| row["is_function_word"].is_empty()));
    for word in ["terror", "people", "said"] {
        let count = |of: &str| {
            articles.iter().filter(|a| a.1 == of).map(|a| a.2.split(' ').filter(|w| *w == word).count()).sum()
        };
        let (a, b): (usize, usize) = (count("Meridian"), count("Observer"));
        let row = of("Meridian", "(rest)", word);
        assert_eq!((number(row, "hits") as usize, number(row, "against_hits") as usize), (a, b), "{word}");
        let with = articles.iter().filter(|x| x.1 == "Meridian" && x.2.split(' ').any(|w| w == word)).count();
        assert_eq!((number(row, "articles_with") as usize, row["articles"].as_str()), (with, "15"));
        let direction = if number(row, "z") > 0.0 { "more in Meridian" } else { "more in all others" };
        assert_eq!(row["direction"], direction);
        let swapped = of("Observer", "(rest)", word);
        let opposite = |text: &str| text.strip_prefix('-').map_or(format!("-{text}"), str::to_string);
        for column in ["log2_ratio", "z", "z_uninformative", "log_ratio_hardie"] {
            assert_eq!(row[column], opposite(&swapped[column]), "{word} {column}");
        }
        for column in ["p", "q", "g2", "g2_rayson", "chi2", "chi2_yates", "text_dispersion"] {
            assert_eq!(row[column], swapped[column], "{word} {column}");
        }
        let pair = of("Meridian", "Observer", word);
        assert_eq!((&pair["g2"], &pair["z"], &pair["hits"]), (&row["g2"], &row["z"], &row["hits"]));
    }
    let people = of("Meridian", "Observer", "people");
    assert!(number(people, "q") < 0.001 && people["direction"] == "more in Meridian", "{people:?}");
    let frames = rows(&folder.join("out/comparisons.csv"));
    for row in found.iter().filter(|row| row["kind"] == "frame" && row["against"] == "(rest)") {
        let same = frames.iter().find(|f| f["outlet"] == row["outlet"] && f["frame"] == row["word"]).unwrap();
        assert_eq!((&same["p"], &same["q"], &same["hits"]), (&row["p"], &row["q"], &row["hits"]));
    }
}

#[test]
fn the_order_of_articles_shards_and_threads_move_no_byte() {
    let folder = temporary("laws");
    let further = "[keyness]\ntop = 0\nunit = \"stem\"\nagainst = \"both\"\n[collocates]\nterms = [\"#violence\", \"market\"]\nmin_hits = 1\n[cooccurrence]\nby_group = true\n";
    let tables = ["keyness.csv", "collocates.csv", "cooccurrence.csv", "dispersion.csv"];
    let run = |extra: &[&str]| {
        succeeds(&folder, &[&RUN[..], extra].concat());
        tables.map(|table| fs::read(folder.join("out").join(table)).unwrap())
    };
    study(&folder, further);
    let mut articles = two_outlets();
    write_two(&folder, &articles);
    let reference = run(&["--threads", "1"]);
    assert!(reference.iter().all(|bytes| bytes.iter().filter(|&&b| b == b'\n').count() > 5));
    assert!(reference == run(&["--threads", "3", "--shard-articles", "1"]), "one article a shard");
    assert!(reference == run(&["--threads", "2", "--shard-articles", "7"]), "seven articles a shard");
    articles.reverse();
    write_two(&folder, &articles);
    assert!(reference == run(&[]), "backwards");
}

#[test]
fn asking_for_words_moves_no_other_table() {
    let folder = temporary("moves");
    write_two(&folder, &two_outlets());
    let tables = || {
        let files = fs::read_dir(folder.join("out"))
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_file());
        let files = files.map(|entry| entry.file_name().into_string().unwrap());
        let own = ["keyness.csv", "collocates.csv", "manifest.json", "index.html", "history.json"];
        let files: BTreeSet<String> = files.filter(|file| !own.contains(&file.as_str())).collect();
        files.into_iter().map(|file| (fs::read(folder.join("out").join(&file)).unwrap(), file)).collect::<Vec<_>>()
    };
    study(&folder, "");
    succeeds(&folder, &RUN);
    assert!(!folder.join("out/keyness.csv").exists());
    let without = tables();
    study(&folder, "[keyness]\ncounted_voices = true\n[collocates]\nterms = [\"night\"]\ncounted_voices = true\n");
    succeeds(&folder, &RUN);
    assert!(folder.join("out/keyness.csv").exists() && folder.join("out/collocates.csv").exists());
    let with = tables();
    for ((bytes, file), (other, name)) in without.iter().zip(&with) {
        assert!(file == name && bytes == other, "{file} moved");
    }
}

#[test]
fn commands_write_what_a_run_writes() {
    let folder = temporary("commands");
    write_two(&folder, &two_outlets());
    study(&folder, "[keyness]\ntop = 5\n[collocates]\nterms = [\"#violence\"]\n");
    succeeds(&folder, &RUN);
    let said = succeeds(&folder, &["keyness", "--study", "study.toml", "--top", "5"]);
    assert!(said.contains("Meridian against all others") && said.contains("more in Meridian"), "{said}");
    let same =
        |file: &str| assert!(fs::read(folder.join(file)).unwrap() == fs::read(folder.join("out").join(file)).unwrap());
    same("keyness.csv");
    let said = succeeds(&folder, &["collocates", "#violence", "--study", "study.toml"]);
    assert!(said.contains("#violence in all articles") && said.contains("logDice"), "{said}");
    same("collocates.csv");
    // again: our own table is replaced; somebody else's is not
    succeeds(&folder, &["keyness", "corpus.csv", "--all", "--out", "keyness.csv"]);
    let told = fails(&folder, &["keyness", "corpus.csv", "--out", "corpus.csv"]);
    assert!(told.contains("holds something else"), "{told}");
}

#[test]
fn a_term_that_means_nothing_is_refused_before_any_work() {
    let folder = temporary("unknown");
    write_two(&folder, &two_outlets());
    study(&folder, "[collocates]\nterms = [\"#violance\", \"@ministr\", \"*\"]\nwindow = 0\n");
    let told = fails(&folder, &RUN);
    assert!(told.contains("window = 0"), "{told}");
    study(&folder, "[collocates]\nterms = [\"#violance\", \"@ministr\", \"*\"]\n");
    let told = fails(&folder, &RUN);
    assert!(told.contains("did you mean `#violence`?") && told.contains("did you mean `@minister`?"), "{told}");
    assert!(told.contains("`*` would match every word"), "{told}");
}

#[test]
fn only_counted_voices_are_words_where_that_is_asked() {
    let folder = temporary("voices");
    let quoting = "The crowd waited. “They are gangsters and gangsters must be stopped by every means we have,” the minister said. Night fell.";
    let plain = "The crowd waited. The gangsters left. Night fell over the town and the crowd.";
    let ids: Vec<String> = (0..24).map(|i| i.to_string()).collect();
    let outlets = ["A", "B"];
    let article = |(i, id): (usize, &String)| {
        (id.clone(), outlets[i % 2], format!("{i}. {}", if i % 2 == 0 { quoting } else { plain }))
    };
    let articles: Vec<(String, &str, String)> = ids.iter().enumerate().map(article).collect();
    write_two(&folder, &articles);
    let hits = |extra: &[&str]| {
        succeeds(&folder, &[&["keyness", "corpus.csv", "--all"][..], extra].concat());
        let found = rows(&folder.join("keyness.csv"));
        let row = found.iter().find(|row| row["outlet"] == "A" && row["word"] == "gangsters").unwrap();
        (row["hits"].clone(), row["against_hits"].clone())
    };
    assert_eq!(hits(&[]), ("24".to_string(), "12".to_string()));
    assert_eq!(hits(&["--voice", "own"]), ("0".to_string(), "12".to_string()));
}

#[test]
fn stems_show_what_they_stand_for() {
    let folder = temporary("stems");
    let texts = ["The protesters protested. A protester spoke of protests.", "The markets rose, the market fell."];
    let article = |i: usize| (format!("{i}"), ["A", "B"][i % 2], format!("Number {i}. {}", texts[i % 2]));
    let articles: Vec<(String, &str, String)> = (0..24).map(article).collect();
    write_two(&folder, &articles);
    succeeds(&folder, &["keyness", "corpus.csv", "--unit", "stem", "--language", "en"]);
    let found = rows(&folder.join("keyness.csv"));
    let row = found.iter().find(|row| row["outlet"] == "B" && row["word"] == "market").unwrap();
    assert_eq!((row["forms"].as_str(), row["hits"].as_str()), ("market 12, markets 12", "24"));
}

/// A stem that several languages have is listed once, and so is a form of it.
#[test]
fn a_form_of_several_languages_is_listed_once() {
    let folder = temporary("stems-languages");
    let article = |i: usize| {
        let (outlet, text) = [
            ("A", "The minister spoke of the market and of the long road to the old town near the river."),
            ("B", "Il ministro ha parlato di market e della lunga strada verso la vecchia città vicino al fiume."),
        ][i % 2];
        (format!("{i}"), outlet, format!("{text} {i}."))
    };
    write_two(&folder, &(0..10).map(article).collect::<Vec<_>>());
    let text = succeeds(&folder, &["words", "corpus.csv", "--unit", "stem", "--all", "--format", "csv"]);
    let line = text.lines().find(|line| line.starts_with("market,")).unwrap();
    assert_eq!(line, "market,market 10,10,10,2", "{text}");
}

#[test]
fn a_reference_list_gives_the_prior() {
    let folder = temporary("list");
    write_two(&folder, &two_outlets());
    fs::write(folder.join("list.csv"), "word,count\nPeople,700\npeople,300\nlaw,\"9,000\"\n").unwrap();
    succeeds(&folder, &["keyness", "corpus.csv", "--all", "--reference", "list.csv"]);
    let found = rows(&folder.join("keyness.csv"));
    let of = |word: &str| found.iter().find(|row| row["outlet"] == "Meridian" && row["word"] == word).unwrap();
    let row = of("people");
    let [a, b, c, d] = ["hits", "against_hits", "words", "against_words"].map(|column| number(row, column));
    let alpha = 1_000.0 * 1_000.0 / 10_000.0;
    let odds = |y: f64, n: f64| ((y + alpha) / (n + 1_000.0 - y - alpha)).ln();
    let z = (odds(a, c) - odds(b, d)) / f64::sqrt(1.0 / (a + alpha) + 1.0 / (b + alpha));
    close(number(row, "z_reference"), z, "z");
    assert_eq!(of("rally")["z_reference"], "", "a word that the list does not have");
    fs::write(folder.join("list.csv"), "word,count\npeople,many\n").unwrap();
    let told = fails(&folder, &["keyness", "corpus.csv", "--reference", "list.csv"]);
    assert!(told.contains("list.csv:2:1") && told.contains("a word and a whole number"), "{told}");
}

#[test]
fn scores_of_a_run_are_those_of_the_reference_programs() {
    let Some(shared) = shared() else { return };
    let reference = rows(&shared.join("samples/reference/keyness_reference.csv"));
    let folder = temporary("reference");
    let (sizes, vocabulary) = ([2_658_814_usize, 3_868_748], 61_603);
    // texts with the counts of the reference; fillers make up the sizes and the vocabulary
    let text = |side: usize| {
        let mut text = String::with_capacity(sizes[side] * 3);
        let mut left = sizes[side];
        for row in &reference {
            let n: usize = row[["a", "b"][side]].parse().unwrap();
            text.push_str(&format!("{} ", row["term"]).repeat(n));
            left -= n;
        }
        for i in 0..vocabulary - reference.len() - 1 {
            let _ = write!(text, "q{i}q ");
            left -= 1;
        }
        text.push_str(&"x ".repeat(left));
        text
    };
    corpus(&folder, &[("t", "target", &text(0)), ("r", "reference", &text(1))]);
    let settings = "[corpus]\npaths = [\"corpus.csv\"]\n[clean]\nrepeats = false\nfurniture = false\n\
                    [keyness]\ntop = 0\nmin_hits = 1\nmin_articles = 1\nmin_group = 1\nalpha = 0.1\nagainst = \"each\"\n";
    fs::write(folder.join("study.toml"), settings).unwrap();
    succeeds(&folder, &["keyness", "--study", "study.toml"]);
    let found: BTreeMap<String, Row> =
        rows(&folder.join("keyness.csv")).into_iter().map(|row| (row["word"].clone(), row)).collect();
    assert_eq!(found.len(), vocabulary);
    // the groups stand in the order of their names: reference against target
    let columns = [
        ("g2", "G2_4cell", 1.0),
        ("g2_rayson", "G2_2cell_rayson", 1.0),
        ("chi2", "chi2_pearson", 1.0),
        ("chi2_yates", "chi2_yates", 1.0),
        ("log_ratio_hardie", "log_ratio_hardie", -1.0),
        ("z_uninformative", "fw_z2_flat01", -1.0),
    ];
    for row in &reference {
        let own = &found[&row["term"]];
        assert_eq!((&own["hits"], &own["against_hits"]), (&row["b"], &row["a"]));
        for (column, of_reference, sign) in columns {
            let (value, expected) = (number(own, column), sign * number(row, of_reference));
            assert!(
                (value - expected).abs() < 6e-6 * expected.abs() + 1e-9,
                "{} {column}: {value} {expected}",
                row["term"]
            );
        }
        close(number(own, "odds_ratio"), 1.0 / number(row, "odds_ratio"), "odds ratio");
        let percent = 100.0 * (1.0 / (1.0 + number(row, "pct_diff") / 100.0) - 1.0);
        assert!((number(own, "percent_difference") - percent).abs() < 1e-5 * percent.abs() + 1e-9, "{}", row["term"]);
        assert_eq!((own["p"].as_str(), own["missing"].as_str()), ("", "one article"));
    }
}
