//! VADER against vaderSentiment 3.3.2: stored scores, the package itself where it is installed, and the faults that `corrected` mends.

use super::{rows, shared};
use framescope::lexicon::{self, Lexicon};
use framescope::sentiment::vader::{Polarity, Rules, Vader};
use std::io::Write;
use std::process::{Command, Stdio};

fn own() -> Option<Lexicon> {
    let path = shared("lexicons/vader_lexicon.txt")?;
    Some(lexicon::load(path.to_str().unwrap()).unwrap())
}

fn with<R>(corrected: bool, look: impl FnOnce(&Vader<'_>) -> R) -> Option<R> {
    let lexicon = [own()?];
    let rules = Rules::shipped().unwrap();
    Some(look(&Vader::new(&rules, &lexicon, corrected, |_, entry| Some(lexicon[0].entries[entry].weight))))
}

fn compound(text: &str, corrected: bool) -> Option<f64> {
    with(corrected, |vader| f64::from(vader.score(text).compound) / 10_000.0)
}

#[test]
fn five_hundred_sentences_have_the_scores_of_the_package() {
    let Some(path) = shared("reference/vader_500.csv") else { return };
    with(false, |vader| {
        let rows = rows(&path);
        assert!(rows.len() > 200);
        for row in rows {
            let told = |column: &str, units: f64| (row[column].parse::<f64>().unwrap() * units).round() as i32;
            let expected = Polarity {
                compound: told("compound", 10_000.0),
                positive: told("pos", 1000.0),
                neutral: told("neu", 1000.0),
                negative: told("neg", 1000.0),
            };
            assert_eq!(vader.score(&row["text"]), expected, "{}", row["text"]);
        }
    });
}

#[test]
fn the_traps_of_the_package_are_reproduced_and_mended_in_the_corrected_mode() {
    let cases = [
        ("The regime speaks of \"terrorists\" today", -0.6249, -0.6249),
        ("The regime speaks of “terrorists” today", 0.0, -0.6249),
        ("The regime speaks of ‘terrorists’ today", 0.0, -0.6249),
        ("The regime speaks of «terrorists» today", 0.0, -0.6249),
        ("It isn't a horrible book", 0.431, 0.431),
        ("It isn’t a horrible book", -0.5423, 0.431),
        ("Kazakhstan’s natural gas, the United Nations Security Council and the ruling party", 0.8555, 0.8555),
    ];
    for (text, parity, corrected) in cases {
        let (Some(a), Some(b)) = (compound(text, false), compound(text, true)) else { return };
        assert!((a - parity).abs() < 5e-5 && (b - corrected).abs() < 5e-5, "{text}: {a}, {b}");
    }
}

#[test]
fn but_weighs_each_word_by_its_own_place_only_in_the_corrected_mode() {
    // outstanding is 3.0, half of it natural's 1.5: the package takes the second for the first and halves that once more
    let text = "Outstanding view but natural";
    let (Some(parity), Some(corrected)) = (compound(text, false), compound(text, true)) else { return };
    let norm = |sum: f64| (sum / (sum * sum + 15.0).sqrt() * 10_000.0).round() / 10_000.0;
    assert!((parity - norm(3.0 * 0.5 * 0.5 + 1.5)).abs() < 1e-9, "{parity}");
    assert!((corrected - norm(3.0 * 0.5 + 1.5 * 1.5)).abs() < 1e-9, "{corrected}");
}

/// The folder of the installed package.
fn installed() -> Option<std::path::PathBuf> {
    let script = "import os,vaderSentiment as v;print(os.path.dirname(v.__file__))";
    let output = Command::new("python3").args(["-c", script]).stderr(Stdio::null()).output().ok()?;
    let folder = std::path::PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    folder.join("emoji_utf8_lexicon.txt").exists().then_some(folder)
}

#[test]
fn sentences_with_emoji_have_the_scores_of_the_installed_package() {
    let Some(folder) = installed() else {
        println!("not tested: python3 has no vaderSentiment");
        return;
    };
    let options = lexicon::Options { emoji: true, ..lexicon::Options::default() };
    let read = [lexicon::load_with(folder.join("vader_lexicon.txt").to_str().unwrap(), &options).unwrap()];
    let emoji: Vec<char> = read[0].emoji.as_ref().unwrap().descriptions.keys().copied().collect();
    let words = [
        "The", "GOOD", "not", "horrible", "very", "but", "least", "news,", "isn't", "love!!", "war", "so", "never",
        "kind of", "why??", "no", "\u{fe0f}", "\u{200d}", "\u{a0}", "\n", "🏽",
    ];
    let mut stream = framescope::statistics::seed::Stream::named(1, &["emoji"]);
    let mut pick = |n: usize| stream.below(n as u32) as usize;
    let mut texts = Vec::new();
    for i in 0..1000 {
        let mut text = String::new();
        for _ in 0..=pick(11) {
            if pick(3) == 0 {
                text.push(emoji[(i + pick(emoji.len())) % emoji.len()]);
            } else {
                text.push_str(words[pick(words.len())]);
            }
            text.push_str(["", " ", " ", "  "][pick(4)]);
        }
        texts.push(text);
    }
    texts.extend(emoji.iter().map(|sign| format!("Oh {sign}")));
    let expected = package(&texts).unwrap();
    let rules = Rules::shipped().unwrap();
    let vader = Vader::new(&rules, &read, false, |_, entry| Some(read[0].entries[entry].weight));
    for (text, expected) in texts.iter().zip(&expected) {
        assert_eq!(vader.score(text), *expected, "{text:?}");
    }
    let moved = expected.iter().filter(|polarity| polarity.compound != 0).count();
    println!("{} sentences with emoji, {moved} of them not neutral", texts.len());
    assert!(moved > 300);
}

/// Python with the package on the path; else nothing is tested.
fn package(texts: &[String]) -> Option<Vec<Polarity>> {
    const SCRIPT: &str = "import json,sys\nfrom vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer as A\na=A()\n\
        for line in sys.stdin:\n s=a.polarity_scores(json.loads(line)); print(s['compound'],s['pos'],s['neu'],s['neg'])";
    let mut python = Command::new("python3");
    python.args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = python.spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    let lines: Vec<String> = texts.iter().map(|text| serde_json::to_string(text).unwrap()).collect();
    let writer = std::thread::spawn(move || stdin.write_all((lines.join("\n") + "\n").as_bytes()));
    let output = child.wait_with_output().ok()?;
    let _ = writer.join();
    let text = String::from_utf8(output.stdout).ok()?;
    let scores: Vec<Polarity> = text
        .lines()
        .map(|line| {
            let figures: Vec<f64> = line.split(' ').map(|figure| figure.parse().unwrap()).collect();
            let units = |at: usize, units: f64| (figures[at] * units).round() as i32;
            Polarity {
                compound: units(0, 10_000.0),
                positive: units(1, 1000.0),
                neutral: units(2, 1000.0),
                negative: units(3, 1000.0),
            }
        })
        .collect();
    (scores.len() == texts.len()).then_some(scores)
}

#[test]
fn news_sentences_have_the_scores_of_the_installed_package() {
    let Some(path) = shared("gold/sentiment/dev/newsmtsc.csv") else { return };
    let mut texts: Vec<String> = rows(&path).into_iter().map(|row| row["text"].clone()).collect();
    texts.extend(
        rows(&shared("gold/sentiment/dev/nyt_editorials.csv").unwrap()).into_iter().map(|row| row["text"].clone()),
    );
    // what news does not have: capitals, boosters, idioms, doubled marks
    let odd = [
        "",
        "!",
        "no",
        "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!",
        "Today only kinda sux! But I'll get by, lol",
        "Make sure you :) or :D today!",
        "It was never so good, never this great",
        "without a doubt, without doubt a bad idea",
        "that was the bomb and the kiss of death",
        "At least it isn't a horrible book.",
        "the very least bad, the least good",
        "no good or great, no bad nor ugly thing",
        "kind of good, sort of bad, just enough evil",
        "WHAT??? Really?? GREAT????",
        "He said so happy so sad this bad",
        "GOOD good BUT bad BAD",
        "a =) b :* c \u{1c}good\u{1f}bad",
        "yeah right, beating heart of it to die for",
    ];
    texts.extend(odd.map(str::to_string));
    texts.sort();
    texts.dedup();
    let Some(expected) = package(&texts) else {
        println!("not tested: python3 has no vaderSentiment");
        return;
    };
    with(false, |vader| {
        for (text, expected) in texts.iter().zip(&expected) {
            assert_eq!(vader.score(text), *expected, "{text}");
        }
        println!("{} sentences", texts.len());
    });
}
