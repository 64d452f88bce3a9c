//! There is one way to count: what a command tells of a corpus is what a run counts, and parts of a corpus merge to the whole.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::temporary;
use framescope::inspect;
use framescope::lexicon::Options;
use framescope::progress::Silent;
use framescope::voice::Voice;
use framescope::{Corpus, Counted, Study};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Numbers that are the same every time.
struct Lots(u64);

impl Lots {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

fn study(folder: &Path, lexicons: &[&str]) -> Study {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study = Study {
        corpus: vec![path("articles.csv")],
        lexicons: lexicons.iter().map(|name| path(name)).collect(),
        voices: Voice::ALL[1..].to_vec(),
        cache: false,
        ..Study::default()
    };
    study.report.out = path("out");
    study.report.charts = false;
    study
}

fn articles(folder: &Path, rows: &[(String, String, String)]) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "outlet", "date", "language", "title", "text"]).unwrap();
    for (i, (outlet, title, text)) in rows.iter().enumerate() {
        let date = format!("2022-01-{:02}", 1 + i % 28);
        writer.write_record([&format!("a{i}"), outlet, &date, "en", title, text]).unwrap();
    }
    fs::write(folder.join("articles.csv"), writer.into_inner().unwrap()).unwrap();
}

/// Hits and articles by lexicon, frame, entry and line.
type Usage = BTreeMap<[String; 4], Vec<[u64; 2]>>;

fn of_terms(folder: &Path) -> Usage {
    let mut usage = Usage::new();
    let mut reader = csv::Reader::from_path(folder.join("out/terms.csv")).unwrap();
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|known| known == name).unwrap();
    let of = ["lexicon", "frame", "entry", "entry_at", "hits", "articles"].map(at);
    for row in reader.records().map(Result::unwrap).filter(|row| !row[of[4]].is_empty()) {
        let key = [0, 1, 2, 3].map(|i| row[of[i]].to_string());
        usage.entry(key).or_default().push([4, 5].map(|i| row[of[i]].parse().unwrap()));
    }
    usage
}

fn of_forms(study: &Study) -> Usage {
    let stop = AtomicBool::new(false);
    let forms = inspect::forms(&study.lexicons, study, &Options::default(), &stop).unwrap_or_else(|e| panic!("{e}"));
    let mut usage = Usage::new();
    for row in forms.rows.iter().filter(|row| !row.frame.starts_with("target ") && !row.frame.starts_with("label ")) {
        let at = Path::new(&row.entry_at).file_name().unwrap().to_string_lossy().into_owned();
        let key = [row.lexicon.clone(), row.frame.clone(), row.entry.clone(), at];
        assert_eq!(row.forms.iter().map(|(_, n)| n).sum::<u64>(), row.hits, "{key:?}");
        usage.entry(key).or_default().push([row.hits, row.articles]);
    }
    usage
}

fn run(study: &Study) -> framescope::report::Outcome {
    framescope::run(study, &Silent, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"))
}

/// A line that eight articles of one outlet share is furniture for whoever counts.
#[test]
fn a_line_that_recurs_counts_nowhere() {
    let folder = temporary("counting-recurring");
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Easter"];
    let rows = days.iter().enumerate().map(|(i, day)| {
        let text = format!(
            "The protest of {day} grew to {i} hundred people in the main square.\n\n\
             Our desk has followed the protest and the coup from the first hour, and will go on.\n\n\
             Shops on {day} closed at {i} in the afternoon and nobody said why they did so."
        );
        ("Herald".to_string(), format!("A {day} in town"), text)
    });
    articles(&folder, &rows.collect::<Vec<_>>());
    let lexicon = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'f'\nterms = ['protest', 'coup']\n";
    fs::write(folder.join("l.toml"), lexicon).unwrap();
    let study = study(&folder, &["l.toml"]);
    run(&study);
    let (terms, forms) = (of_terms(&folder), of_forms(&study));
    let counts: Vec<_> = terms.values().flatten().copied().collect();
    assert_eq!(counts, [[0, 0], [8, 8]], "coup, protest");
    assert_eq!(terms, forms);
}

const WORDS: [&str; 18] = [
    "police",
    "riot",
    "rioters",
    "protest",
    "protests",
    "coup",
    "market",
    "good",
    "terrible",
    "not",
    "minister",
    "said",
    "allegedly",
    "square",
    "Security",
    "Council",
    "the",
    "a",
];

fn sentence(lots: &mut Lots) -> String {
    let words: Vec<&str> = (0..5 + lots.below(9)).map(|_| lots.one(&WORDS)).collect();
    let text = words.join(" ");
    match lots.below(5) {
        0 => format!("\u{201c}{text},\u{201d} the minister said."),
        1 => format!("They spoke of a \u{201c}{}\u{201d} near the {text}.", lots.one(&WORDS)),
        _ => format!("The {text}."),
    }
}

fn random_articles(lots: &mut Lots) -> Vec<(String, String, String)> {
    let shared: Vec<String> = (0..3).map(|_| sentence(lots)).collect();
    let mut rows: Vec<(String, String, String)> = Vec::new();
    for _ in 0..20 + lots.below(20) {
        let outlet = lots.one(&["Herald", "Tribune", "Courier"]).to_string();
        let mut paragraphs: Vec<String> =
            (0..1 + lots.below(5)).map(|_| sentence(lots) + " " + &sentence(lots)).collect();
        if lots.below(2) == 0 {
            // a line that recurs, a passage that is said twice
            paragraphs.push(shared[lots.below(3)].clone());
        }
        if lots.below(4) == 0 {
            let again = paragraphs[0].clone();
            paragraphs.extend([sentence(lots), again]);
        }
        let copy = rows.len() > 3 && lots.below(6) == 0;
        let text = if copy { rows[lots.below(3)].2.clone() } else { paragraphs.join("\n\n") };
        rows.push((outlet, lots.one(&["", "The riot", "Coup"]).to_string(), text));
    }
    rows
}

/// Two lexicons that share a frame, one of weights, one of site furniture, one of cue words.
fn random_lexicons(lots: &mut Lots, folder: &Path) -> Vec<&'static str> {
    let mut frames = |name: &str, overlap: &str| {
        let mut text = format!("[lexicon]\nname = '{name}'\nlanguage = 'en'\noverlap = '{overlap}'\n");
        for frame in ["order", "order/street", "other"] {
            let mut terms: Vec<&str> =
                ["'police'", "'riot'", "'protest*'", "'coup'", "'market NEAR/4 riot'", "'security council'"]
                    .into_iter()
                    .filter(|_| lots.below(2) == 0)
                    .collect();
            terms.push("'minister'");
            text.push_str(&format!("[[frame]]\nname = '{frame}'\nterms = [{}]\n", terms.join(", ")));
            if lots.below(3) == 0 {
                text.push_str("except = ['the riot']\n");
            }
        }
        text.push_str("[[target]]\nname = 'council'\nterms = ['Security Council', 'Council']\n");
        fs::write(folder.join(format!("{name}.toml")), text).unwrap();
    };
    frames("one", "frame");
    frames("two", "lexicon");
    let weights = "[lexicon]\nname = 'weights'\nkind = 'sentiment'\nlanguage = 'en'\n[[frame]]\nname = 'tone'\nterms = \
                   [{ term = 'good', weight = 2 }, { term = 'terrible', weight = -3 }, { term = 'riot', weight = -1 }]\n";
    fs::write(folder.join("weights.toml"), weights).unwrap();
    let furniture =
        "[lexicon]\nname = 'lines'\nkind = 'furniture'\n[[frame]]\nname = 'line'\nterms = ['the police *']\n";
    fs::write(folder.join("lines.toml"), furniture).unwrap();
    let cues =
        "[lexicon]\nname = 'cues'\nkind = 'cues'\nlanguage = 'en'\n[[frame]]\nname = 'hedge'\nterms = ['square']\n";
    fs::write(folder.join("cues.toml"), cues).unwrap();
    ["one.toml", "two.toml", "weights.toml", "lines.toml", "cues.toml"]
        .into_iter()
        .filter(|&name| name == "one.toml" || lots.below(3) > 0)
        .collect()
}

#[test]
fn forms_and_lint_count_what_a_run_counts() {
    let folder = temporary("counting-forms");
    let mut lots = Lots(11);
    for case in 0..10 {
        articles(&folder, &random_articles(&mut lots));
        let lexicons = random_lexicons(&mut lots, &folder);
        let mut study = study(&folder, &lexicons);
        study.shard_articles = 1 + lots.below(9);
        if lots.below(2) == 0 {
            study.voices = vec![Voice::Own];
        }
        study.clean.repeats = lots.below(3) > 0;
        study.clean.recurring = lots.below(3) > 0;
        study.clean.duplicates = lots.below(3) > 0;
        if lots.below(2) == 0 {
            study.clean.near_duplicates = framescope::clean::NearDuplicates::First;
        }
        let outcome = run(&study);
        let (terms, mut forms) = (of_terms(&folder), of_forms(&study));
        // lines and cues are in no table of terms
        forms.retain(|[lexicon, ..], _| !["lines", "cues"].contains(&lexicon.as_str()));
        assert_eq!(terms, forms, "case {case}: {lexicons:?}");
        let stop = AtomicBool::new(false);
        let lint = inspect::lint_lexicons(&study.lexicons, &study, &Options::default(), &stop).unwrap();
        let totals = outcome.totals;
        assert_eq!(lint.articles, totals.counted, "case {case}");
        assert_eq!(lint.words, totals.words - totals.furniture_words - totals.repeat_words, "case {case}");
        for linted in &lint.lexicons {
            let name = Path::new(&linted.file).file_stem().unwrap().to_string_lossy().into_owned();
            let of_lexicon = terms.iter().filter(|([lexicon, ..], _)| *lexicon == name);
            let with_hits = of_lexicon.flat_map(|(_, found)| found).filter(|[hits, _]| *hits > 0).count();
            assert!(["lines", "cues"].contains(&name.as_str()) || linted.with_hits == with_hits, "case {case}: {name}");
        }
    }
}

/// With a study, the furniture and the cues that it names are those of its run.
#[test]
fn a_study_brings_its_furniture_and_its_cues() {
    let folder = temporary("counting-study");
    articles(&folder, &random_articles(&mut Lots(3)));
    random_lexicons(&mut Lots(3), &folder);
    let text = "[corpus]\npaths = ['articles.csv']\n[lexicons]\npaths = ['one.toml', 'lines.toml', 'cues.toml']\n\
                [report]\nout = 'out'\ncharts = false\n[run]\ncache = false\n";
    fs::write(folder.join("study.toml"), text).unwrap();
    let study = Study::from_file(&folder.join("study.toml").to_string_lossy()).unwrap();
    run(&study);
    let look = Study { lexicons: vec![folder.join("one.toml").to_string_lossy().into_owned()], ..study.clone() };
    let stop = AtomicBool::new(false);
    let forms = inspect::forms(&look.lexicons, &study, &Options::default(), &stop).unwrap();
    let hits: u64 = forms.rows.iter().filter(|row| !row.frame.starts_with("target ")).map(|row| row.hits).sum();
    assert_eq!(hits, of_terms(&folder).values().flatten().map(|[hits, _]| hits).sum::<u64>());
    let without =
        inspect::forms(&look.lexicons, &Study { file: None, ..look.clone() }, &Options::default(), &stop).unwrap();
    let more: u64 = without.rows.iter().filter(|row| !row.frame.starts_with("target ")).map(|row| row.hits).sum();
    assert!(more > hits, "without the lines of the study more is counted: {more}, {hits}");
}

fn parts(study: &Study) -> Vec<Counted> {
    let mut parts = Vec::new();
    framescope::hits_in_parts(study, &Corpus::of_study(study), &AtomicBool::new(false), |counted| {
        parts.push(counted);
        Ok(())
    })
    .unwrap_or_else(|e| panic!("{e}"));
    parts
}

/// Merges neighbours in some order.
fn merged(mut parts: Vec<Counted>, lots: &mut Lots) -> Counted {
    while parts.len() > 1 {
        let at = lots.below(parts.len() - 1);
        let next = parts.remove(at + 1);
        let one = std::mem::take(&mut parts[at]);
        parts[at] = one.merge(next);
    }
    parts.pop().unwrap_or_default()
}

#[test]
fn neighbouring_parts_merge_in_any_order_to_the_same() {
    let folder = temporary("counting-merge");
    let mut lots = Lots(5);
    for case in 0..4 {
        articles(&folder, &random_articles(&mut lots));
        random_lexicons(&mut lots, &folder);
        let mut study = study(&folder, &["one.toml", "two.toml", "weights.toml"]);
        study.estimates.sensitivity = true;
        study.estimates.strata = Some("month".to_string());
        study.lexical.keyness = Some(framescope::estimates::lexical::keyness::Options::default());
        // an index of earlier cuts would be used again
        let _ = fs::remove_dir_all(folder.join("out"));
        study.shard_articles = 1000;
        let whole = merged(parts(&study), &mut lots);
        assert!(whole.totals.hits > 0 && whole.hits.len() as u64 == whole.totals.hits + whole.totals.uncounted_hits);
        assert_eq!(whole.articles.len() as u64, whole.totals.articles);
        for articles in [1, 2, 3, 7] {
            study.shard_articles = articles;
            let parts = parts(&study);
            assert!(parts.len() > 2, "{} parts", parts.len());
            assert!(merged(parts, &mut lots) == whole, "case {case}, {articles} articles a part");
        }
        study.shard_articles = 5;
        let mut counted = framescope::hits(&study, &Corpus::of_study(&study), &AtomicBool::new(false)).unwrap();
        let mut finished = whole.clone();
        finished.lexical.finish();
        assert!(counted == finished, "case {case}");
        // and the run's own totals are these
        counted.totals.problems.clear();
        let totals = run(&study).totals;
        assert_eq!(
            (totals.hits, totals.words, totals.counted),
            (whole.totals.hits, whole.totals.words, whole.totals.counted)
        );
    }
}

/// A hit points at the words that it says.
#[test]
fn a_hit_is_integers_that_lead_to_its_words() {
    let folder = temporary("counting-hits");
    let text = "Nobody saw it.\n\nThe police met rioters. A riot, said the police.".to_string();
    articles(&folder, &[("Herald".to_string(), String::new(), text.clone())]);
    let lexicon = "[lexicon]\nname = 'l'\nlanguage = 'en'\n[[frame]]\nname = 'f'\nterms = ['police', 'riot*']\n";
    fs::write(folder.join("l.toml"), lexicon).unwrap();
    let study = study(&folder, &["l.toml"]);
    let counted = framescope::hits(&study, &Corpus::of_study(&study), &AtomicBool::new(false)).unwrap();
    let found: Vec<&str> = counted.hits.iter().map(|hit| &text[hit.bytes.range()]).collect();
    assert_eq!(found, ["police", "rioters", "riot", "police"]);
    let usage = counted.frame_usage();
    assert_eq!(usage.values().map(|usage| usage.hits).collect::<Vec<_>>(), [2, 2]);
}

/// The tables of a library call are those that a run writes.
#[test]
fn tables_without_a_folder_are_those_of_a_run() {
    let folder = temporary("counting-tables");
    articles(&folder, &random_articles(&mut Lots(9)));
    random_lexicons(&mut Lots(9), &folder);
    let study = study(&folder, &["one.toml", "two.toml", "weights.toml"]);
    run(&study);
    let results = study.count(&Corpus::of_study(&study)).unwrap_or_else(|e| panic!("{e}"));
    // into a new folder, and over its own
    for _ in 0..2 {
        results.write(folder.join("alone")).unwrap();
    }
    assert!(results.table("frames").is_some_and(|frames| frames.height() > 0));
    let mut written = 0;
    for file in fs::read_dir(folder.join("alone")).unwrap().map(|entry| entry.unwrap().file_name()) {
        if file != "README.md" {
            let read = |under: &str| fs::read(folder.join(under).join(&file)).unwrap();
            assert!(read("alone") == read("out"), "{}", file.display());
            written += 1;
        }
    }
    assert_eq!(written, results.tables().count());
    // another folder is not written over
    let refused = results.write(folder.join("out")).unwrap_err().to_string();
    assert!(refused.contains("holds files"), "{refused}");
}
