//! Voice against what people marked: the gold labels beside the project, where they are at hand.
//!
//! `cargo test --test all voice_gold -- --nocapture` prints the tables of docs/lab/voice.md.

#![allow(clippy::expect_used, clippy::print_stdout)]

use crate::voice::{Read, english};
use framescope::voice::Voice;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let named = std::env::var_os("FRAMESCOPE_SHARED").map(PathBuf::from);
    let found = named.into_iter().chain([beside]).find(|path| path.is_dir());
    if found.is_none() {
        println!("../shared is absent: skipped");
    }
    found
}

/// The rows of a CSV file, by column name.
fn rows(path: &std::path::Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the gold is there");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn the_four_terms_of_the_seeds_get_the_voice_a_reader_gave_them() {
    let Some(shared) = shared() else { return };
    let mut wrong = Vec::new();
    let rows = rows(&shared.join("samples/gold/seeds-four-terms.csv"));
    assert_eq!(rows.len(), 15);
    for row in rows {
        let text = std::fs::read_to_string(shared.join("seeds").join(&row["file"])).expect("a seed");
        let verdict = english(&text).at_byte(row["byte_start"].parse().expect("a number"));
        let voice = verdict.voice.name();
        let flags = verdict.hedged.to_string() == row["hedged"] && verdict.question.to_string() == row["question"];
        if voice != row["voice"] && voice != row["alt"] || !flags {
            wrong.push(format!(
                "{} {}: {voice} by {}, wanted {}",
                row["file"], row["surface"], verdict.rule, row["voice"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How often a call was right and wrong: called and so, called and not so, not called and so, neither.
#[derive(Clone, Copy, Default)]
struct Calls {
    both: f64,
    called: f64,
    missed: f64,
    neither: f64,
}

impl Calls {
    fn add(&mut self, called: bool, so: bool) {
        *match (called, so) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.called,
            (false, true) => &mut self.missed,
            (false, false) => &mut self.neither,
        } += 1.0;
    }

    /// Precision, recall, F1.
    fn scores(&self) -> String {
        let precision = self.both / (self.both + self.called);
        let recall = self.both / (self.both + self.missed);
        format!("{precision:.3} | {recall:.3} | {:.3}", f1(self.both, self.called + self.missed))
    }

    /// The mean of the F1 of attributed and of own.
    fn macro_f1(&self) -> f64 {
        let wrong = self.called + self.missed;
        f64::midpoint(f1(self.both, wrong), f1(self.neither, wrong))
    }
}

fn f1(right: f64, wrong: f64) -> f64 {
    2.0 * right / (2.0 * right + wrong)
}

#[test]
fn framing_words_of_polnear_are_told_apart() {
    let Some(shared) = shared() else { return };
    let gold = shared.join("samples/gold/polnear/dev");
    let articles = rows(&gold.join("articles.csv"));
    let reads: HashMap<String, Read> = articles.iter().map(|row| (row["id"].clone(), english(&row["text"]))).collect();
    for (terms, least) in [("core", 0.869), ("wide", 0.873)] {
        let mut calls: BTreeMap<String, [Calls; 2]> = BTreeMap::new();
        for row in rows(&gold.join(format!("gold_terms_{terms}.csv"))) {
            if row["gold"] == "ignore" {
                continue;
            }
            let voice = reads[&row["article_id"]].at_byte(row["byte_start"].parse().expect("a number")).voice;
            let so = row["gold"] == "attributed";
            for publisher in [row["outlet"].as_str(), "all"] {
                let [quoted, attributed] = calls.entry(publisher.to_string()).or_default();
                quoted.add(voice == Voice::Quoted, so);
                attributed.add(matches!(voice, Voice::Quoted | Voice::Attributed), so);
            }
        }
        println!("\n| {terms}: publisher | words | quoted alone: P | R | F1 | all attributed: P | R | F1 | macro-F1 |");
        println!("|---|---|---|---|---|---|---|---|---|");
        for (publisher, [quoted, attributed]) in &calls {
            let words = quoted.both + quoted.called + quoted.missed + quoted.neither;
            let (alone, all, mean) = (quoted.scores(), attributed.scores(), attributed.macro_f1());
            println!("| {publisher} | {words} | {alone} | {all} | {mean:.3} |");
            assert!(mean >= 0.84, "{terms}, {publisher}: {mean:.3}");
        }
        let mean = calls["all"][1].macro_f1();
        assert!(mean >= least, "{terms}: {mean:.4}");
    }
}

#[test]
fn short_quotations_are_wording_scare_quotes_or_names() {
    let Some(shared) = shared() else { return };
    let gold = shared.join("samples/gold/scare");
    let texts: HashMap<String, String> =
        rows(&gold.join("dev_articles.csv")).into_iter().map(|row| (row["id"].clone(), row["text"].clone())).collect();
    let (mut right, mut all, mut scare, mut true_scare, mut marked) = (0, 0, 0, 0, HashMap::<_, u32>::new());
    for row in rows(&gold.join("dev.csv")) {
        let voice = english(&texts[&row["article_id"]]).at_byte(row["byte_start"].parse().expect("a number")).voice;
        let called = match voice {
            Voice::Quoted | Voice::Attributed | Voice::Marked => "quote",
            Voice::Scare => "scare",
            Voice::Furniture | Voice::Mention | Voice::Own => "name",
        };
        if voice == Voice::Marked {
            *marked.entry(row["label"].clone()).or_default() += 1;
        }
        let label = if matches!(row["label"].as_str(), "quote" | "scare") { row["label"].as_str() } else { "name" };
        all += 1;
        right += u32::from(called == label);
        scare += u32::from(called == "scare");
        true_scare += u32::from(called == "scare" && label == "scare");
    }
    println!(
        "short quotations: {right} of {all}; scare quotes {true_scare} of {scare} called; in marks without a speaker {marked:?}"
    );
    assert!(right * 100 >= all * 80, "{right} of {all}");
    assert!(true_scare * 2 >= scare, "{true_scare} of {scare}");
}

/// What people marked as somebody's, by first byte: `content`, or `discard` and `tie`, which are not scored.
fn segments(gold: &std::path::Path) -> HashMap<String, Vec<(usize, usize, bool)>> {
    let mut found: HashMap<String, Vec<(usize, usize, bool)>> = HashMap::new();
    for row in rows(&gold.join("gold_segments.csv")) {
        let byte = |column: &str| row[column].parse().expect("a number");
        let is_content = row["label"] == "content";
        if is_content || matches!(row["label"].as_str(), "discard" | "tie") {
            let place = (byte("byte_start"), byte("byte_end"), is_content);
            found.entry(row["article_id"].clone()).or_default().push(place);
        }
    }
    found.values_mut().for_each(|places| places.sort_unstable());
    found
}

/// Words that are wrongly called somebody's, by the rule that did it, and words that are missed, by what else their sentence holds.
#[test]
fn errors_are_counted_by_kind_and_publisher() {
    let Some(shared) = shared() else { return };
    let gold = shared.join("samples/gold/polnear/dev");
    let segments = segments(&gold);
    let mut kinds: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    let mut words = BTreeMap::<String, u32>::new();
    for article in rows(&gold.join("articles.csv")) {
        let read = english(&article["text"]);
        let is_theirs =
            |verdict: &framescope::voice::Verdict| matches!(verdict.voice, Voice::Quoted | Voice::Attributed);
        let each: Vec<_> = read.each().collect();
        let mut holds = std::collections::BTreeSet::new();
        holds.extend(each.iter().filter(|(.., verdict)| is_theirs(verdict)).map(|(_, sentence, _)| *sentence));
        let places = segments.get(&article["id"]).map_or(&[][..], Vec::as_slice);
        for (byte, sentence, verdict) in &each {
            let at = places[..places.partition_point(|place| place.0 <= *byte)].last().filter(|place| *byte < place.1);
            let so = match at {
                Some((.., false)) => continue,
                Some((.., true)) => true,
                None => false,
            };
            *words.entry(article["outlet"].clone()).or_default() += 1;
            let kind = match (is_theirs(verdict), so) {
                (true, false) => format!("wrong, by the rule `{}`", verdict.rule),
                (false, true) if verdict.voice != Voice::Own => format!("missed, called {}", verdict.voice.name()),
                (false, true) if holds.contains(sentence) => {
                    "missed, beside what is attributed in the sentence".to_string()
                }
                (false, true) => "missed, nothing is attributed in the sentence".to_string(),
                _ => continue,
            };
            *kinds.entry(kind).or_default().entry(article["outlet"].clone()).or_default() += 1;
        }
    }
    let mut sorted: Vec<_> = kinds.iter().map(|(kind, by)| (by.values().sum::<u32>(), kind, by)).collect();
    sorted.sort_unstable_by_key(|(all, kind, _)| (std::cmp::Reverse(*all), *kind));
    let publishers: Vec<&String> = words.keys().collect();
    let names: Vec<&str> = publishers.iter().map(|publisher| publisher.as_str()).collect();
    println!("\n| kind | all | {} |\n|---|---{}|", names.join(" | "), "|---".repeat(names.len()));
    for (all, kind, by) in &sorted {
        let rates = publishers.iter().map(|publisher| {
            let count = by.get(*publisher).copied().unwrap_or(0);
            format!("{:.1}", 1000.0 * f64::from(count) / f64::from(words[*publisher]))
        });
        println!("| {kind} | {all} | {} |", rates.collect::<Vec<_>>().join(" | "));
    }
    let total =
        |what: &str| sorted.iter().filter(|(_, kind, _)| kind.starts_with(what)).map(|(all, ..)| all).sum::<u32>();
    println!("missed {}, wrong {} of {}", total("missed"), total("wrong"), words.values().sum::<u32>());
    assert!(total("missed") < 46_000 && total("wrong") < 42_000);
}
