//! Does a run keep what it promises? Articles of made-up words, through the program, with known truth; and laws that its tables keep.

use super::simulate::{gamma, poisson};
use framescope::statistics::seed::Stream;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Hits per 1,000 words of every frame, in every outlet.
const RATE: f64 = 2.0;

type Rows = Vec<BTreeMap<String, String>>;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("framescope-program-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    /// Runs over articles; the tables of frames and of comparisons.
    fn run(&self, articles: &[Article], frames: usize, more: &str) -> (Rows, Rows) {
        let mut table = String::from("id,outlet,date,text\n");
        articles.iter().for_each(|article| {
            table.push_str(&format!("{},{},{},\"{}\"\n", article.id, article.outlet, article.date, article.text));
        });
        fs::write(self.0.join("news.csv"), table).expect("written");
        fs::write(self.0.join("frames.toml"), lexicon(frames)).expect("written");
        let study = format!(
            "[corpus]\npaths = [\"news.csv\"]\nlanguage = \"en\"\n[lexicons]\npaths = [\"frames.toml\"]\n[report]\nout = \"out\"\ncharts = false\n\
             parquet = false\n[run]\ncache = false\n{more}"
        );
        fs::write(self.0.join("study.toml"), study).expect("written");
        let mut program = Command::new(env!("CARGO_BIN_EXE_framescope"));
        let output = program.current_dir(&self.0).args(["run", "--study", "study.toml", "-q"]).output().expect("a run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (rows(&self.0.join("out/frames.csv")), rows(&self.0.join("out/comparisons.csv")))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn rows(path: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let header = reader.headers().expect("a header").clone();
    let row = |row: csv::StringRecord| header.iter().map(str::to_string).zip(row.iter().map(str::to_string)).collect();
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

#[derive(Clone)]
struct Article {
    id: String,
    outlet: String,
    date: String,
    text: String,
}

/// A word that no language has; the same number gives the same word.
fn word(number: usize) -> String {
    let letters: Vec<char> = "bcdfghjklmnprstvwz".chars().collect();
    let vowels: Vec<char> = "aeiou".chars().collect();
    let syllable = |n: usize| format!("{}{}", letters[n % 18], vowels[n / 18 % 5]);
    format!("{}{}{}k", syllable(number), syllable(number / 90), syllable(number / 8100 * 7 + 3))
}

fn lexicon(frames: usize) -> String {
    let frame = |i: usize| format!("[[frame]]\nname = \"f{i}\"\nterms = [\"{}\"]\n", word(i));
    let head = "[lexicon]\nname = \"made-up\"\nversion = \"1.0.0\"\nlanguage = \"en\"\nmatch = \"exact\"\n".to_string();
    head + &(0..frames).map(frame).collect::<String>()
}

/// Articles of an outlet: each frame's hits are bursty by themselves, the other words come from 2,000.
fn articles(outlet: &str, n: usize, words: usize, shape: f64, frames: usize, stream: &mut Stream) -> Vec<Article> {
    let article = |i: usize| {
        let mut text: Vec<String> = Vec::new();
        for frame in 0..frames {
            let expected = RATE / 1000.0 * words as f64 * gamma(shape, stream) / shape;
            text.extend((0..poisson(expected, stream)).map(|_| word(frame)));
        }
        assert!(text.len() < words, "room for other words");
        while text.len() < words {
            text.push(word(1000 + stream.below(2000) as usize));
        }
        (1..text.len()).rev().for_each(|at| text.swap(at, stream.below(at as u32 + 1) as usize));
        Article { id: format!("{outlet}-{i}"), outlet: outlet.to_string(), date: String::new(), text: text.join(" ") }
    };
    (0..n).map(article).collect()
}

/// Tests and intervals of whole runs, every frame at one rate in two outlets that are unlike in number, length and bursts of articles. In
/// each run 90 frames are 90 trials.
#[test]
fn a_run_calls_no_more_different_than_it_says() {
    let folder = Folder::new("calibration");
    let frames = 90;
    let (mut tests, mut wrong, mut intervals, mut covered) = (0u32, 0u32, 0u32, 0u32);
    for (at, sides) in [[(20, 500, 0.3), (40, 900, 1.0)], [(12, 900, 1.0), (60, 400, 0.3)]].into_iter().enumerate() {
        let mut stream = Stream::named(7, &["program", &at.to_string()]);
        let [one, other] = sides;
        let mut all = articles("Atlas", one.0, one.1, one.2, frames, &mut stream);
        all.extend(articles("Borealis", other.0, other.1, other.2, frames, &mut stream));
        let (of_frames, comparisons) = folder.run(&all, frames, "");
        assert_eq!(of_frames.len(), 2 * frames);
        for row in comparisons.iter().filter(|row| row["outlet"] == "Atlas" && !row["p"].is_empty()) {
            tests += 1;
            wrong += u32::from(row["p"].parse::<f64>().expect("a p") <= 0.05);
        }
        for row in of_frames.iter().filter(|row| !row["rate_low"].is_empty()) {
            let [low, high] = ["rate_low", "rate_high"].map(|end| row[end].parse::<f64>().expect("a rate"));
            intervals += 1;
            covered += u32::from((low..=high).contains(&RATE));
        }
    }
    let share = |part: u32, all: u32| f64::from(part) / f64::from(all);
    println!("{wrong} of {tests} tests, {covered} of {intervals} intervals");
    assert!(tests >= 150 && intervals >= 300, "{tests} tests, {intervals} intervals");
    // three standard errors of the simulation around .035 to .065, and around .92
    assert!((0.0..=0.065 + 0.055).contains(&share(wrong, tests)), "{wrong} of {tests}");
    assert!(wrong > 0, "of {tests} tests at 5 % some are wrong, or nothing is tested");
    assert!(share(covered, intervals) >= 0.92 - 0.045, "{covered} of {intervals}");
}

/// Articles of an outlet on each of so many events: their bursts are those of the event, and so are 70 of their words.
fn on_events(outlet: &str, events: usize, each: usize, frames: usize, stream: &mut Stream) -> Vec<Article> {
    let mut all = Vec::new();
    for event in 0..events {
        let bursts: Vec<f64> = (0..frames).map(|_| gamma(0.3, stream) / 0.3).collect();
        for i in 0..each {
            let mut text: Vec<String> = Vec::new();
            for (frame, burst) in bursts.iter().enumerate() {
                text.extend((0..poisson(RATE / 1000.0 * 400.0 * burst, stream)).map(|_| word(frame)));
            }
            text.extend((0..70).map(|_| word(10_000 + event * 40 + stream.below(30) as usize)));
            while text.len() < 400 {
                text.push(word(1000 + stream.below(4000) as usize));
            }
            (1..text.len()).rev().for_each(|at| text.swap(at, stream.below(at as u32 + 1) as usize));
            let date = format!("2021-0{}-{:02}", 1 + event / 25, 1 + event % 25);
            all.push(Article {
                id: format!("{outlet}-{event}-{i}"),
                outlet: outlet.to_string(),
                date,
                text: text.join(" "),
            });
        }
    }
    all
}

/// Articles on one event share their burst. A run finds the stories, and takes them for the units; articles as units fail.
#[test]
fn articles_on_one_event_are_one_unit() {
    let folder = Folder::new("events");
    let frames = 90;
    let mut stream = Stream::named(5, &["events"]);
    let mut all = on_events("Atlas", 20, 4, frames, &mut stream);
    all.extend(on_events("Borealis", 20, 4, frames, &mut stream));
    let measure = |more: &str| {
        let (of_frames, comparisons) = folder.run(&all, frames, more);
        let tested: Vec<f64> =
            comparisons.iter().filter(|row| row["outlet"] == "Atlas").filter_map(|row| row["p"].parse().ok()).collect();
        let wrong = tested.iter().filter(|p| **p <= 0.05).count() as f64 / tested.len() as f64;
        (of_frames[0]["units"].clone(), tested.len(), wrong)
    };
    let (units, tested, wrong) = measure("");
    assert!(units == "20" && tested > 80 && wrong <= 0.065 + 0.08, "{units} units: {wrong} of {tested}");
    let (units, _, wrong) = measure("[statistics]\nclusters = \"articles\"\n");
    assert!(units == "80" && wrong > 0.2, "articles as units: {wrong}");
}

/// What must not move: of each outlet and frame, every p, q and interval.
fn said(frames: &Rows, comparisons: &Rows, name: impl Fn(&str) -> String) -> BTreeMap<String, Vec<String>> {
    let mut said = BTreeMap::new();
    for (table, columns) in [
        (
            frames,
            &["rate", "rate_low", "rate_high", "prevalence_low", "units", "headline_rate", "lead_rate", "body_rate"][..],
        ),
        (comparisons, &["p", "q", "log2_ratio_low", "log2_ratio_high"][..]),
    ] {
        for row in table {
            let values = columns.iter().map(|column| row.get(*column).cloned().unwrap_or_default()).collect();
            said.insert(format!("{} {} {}", columns[0], name(&row["outlet"]), row["frame"]), values);
        }
    }
    said
}

#[test]
fn order_names_and_copies_move_no_p_and_no_interval_of_a_run() {
    let folder = Folder::new("laws");
    let mut stream = Stream::named(11, &["laws"]);
    let frames = 6;
    let mut all = articles("Atlas", 14, 300, 0.5, frames, &mut stream);
    all.extend(articles("Borealis", 11, 500, 1.0, frames, &mut stream));
    all.extend(articles("Cygnus", 12, 200, 0.5, frames, &mut stream));
    let same = str::to_string;
    let copies = "[clean]\nduplicates = false\n";
    let (of_frames, comparisons) = folder.run(&all, frames, copies);
    let one = said(&of_frames, &comparisons, same);
    let printed = |column: &str| comparisons.iter().filter(|row| !row[column].is_empty()).count();
    assert!(printed("p") > 12 && printed("log2_ratio_low") > 12, "there is something to move: {}", printed("p"));

    let mut turned = all.clone();
    turned.reverse();
    let (a, b) = folder.run(&turned, frames, copies);
    assert_eq!(said(&a, &b, same), one, "the order of articles");

    let rename = |name: &str| match name {
        "Atlas" => "Zephyr".to_string(),
        "Zephyr" => "Atlas".to_string(),
        other => other.to_string(),
    };
    let renamed: Vec<Article> = all.iter().map(|of| Article { outlet: rename(&of.outlet), ..of.clone() }).collect();
    let (a, b) = folder.run(&renamed, frames, copies);
    assert_eq!(said(&a, &b, rename), one, "the names of outlets");

    let copy = |k: usize| all.iter().map(move |of| Article { id: format!("{}-{k}", of.id), ..of.clone() });
    let (a, b) = folder.run(&copy(0).chain(copy(1)).chain(copy(2)).collect::<Vec<_>>(), frames, copies);
    assert_eq!(a[0]["articles"].parse::<u32>().ok(), of_frames[0]["articles"].parse::<u32>().ok().map(|n| 3 * n));
    assert_eq!(said(&a, &b, same), one, "three copies of each article");
}
