//! The tables of hits: a file for each frame, whatever it is called, cut where a spreadsheet would not open it.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::temporary;
use crate::run::{hits, rows, tables};
use framescope::progress::Silent;
use framescope::report::{HitFiles, HitForm, columns, file_names};
use framescope::study::Study;
use polars::prelude::*;
use polars_io::parquet::read::ParquetReader;
use polars_io::prelude::SerReader;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

fn run(folder: &Path, lexicon: &str, tweak: impl FnOnce(&mut Study)) -> PathBuf {
    let corpus = "id,outlet,date,text\n\
        1,East,2022-01-05,The police met a riot and the market fell. The police did not leave.\n\
        2,West,,\"A riot, said \"\"police\"\", was a riot.\n\nThe market? A riot.\"\n\
        3,West,2022-01-07,No market without police and no riot without a market.\n";
    fs::write(folder.join("corpus.csv"), corpus).unwrap();
    fs::write(folder.join("lexicon.toml"), lexicon).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study =
        Study { corpus: vec![path("corpus.csv")], lexicons: vec![path("lexicon.toml")], ..Study::default() };
    (study.report.out, study.report.charts, study.report.hits) = (path("out"), false, HitFiles::Both);
    tweak(&mut study);
    framescope::run(&study, &Silent, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"));
    folder.join("out")
}

const LEXICON: &str = "[lexicon]\nname = 'l'\nlanguage = 'en'\n\
    [[frame]]\nname = 'order/state'\nterms = ['police']\n[[frame]]\nname = 'order/street'\nterms = ['riot']\n\
    [[frame]]\nname = 'Market: prices'\nterms = ['market', '=fell']\n";

fn frame(path: &Path) -> DataFrame {
    ParquetReader::new(fs::File::open(path).unwrap()).finish().unwrap()
}

#[test]
fn a_top_level_frame_with_the_frames_in_it_is_a_file_and_flags_and_dates_are_what_they_are() {
    let folder = temporary("hits-units");
    let out = run(&folder, LEXICON, |_| ());
    let names = |folder: &Path| -> Vec<String> {
        tables(folder).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(&out.join("hits")), ["Market__prices.csv", "order.csv"]);
    let found = hits(&out);
    assert_eq!(found.len(), 14);
    assert!(found.iter().all(|hit| hit["lexicon"] == "l" && ["true", "false"].contains(&hit["negated"].as_str())));
    assert!(!found[0].contains_key("entry_at"), "a moved line rewrites no hit");
    // every hit leads to its entry, and the entry to its line
    let terms = rows(&out.join("terms.csv"));
    for hit in &found {
        let is_it = |row: &&std::collections::BTreeMap<String, String>| {
            ["lexicon", "frame", "entry"].iter().all(|name| row[*name] == hit[*name])
        };
        assert_eq!(terms.iter().filter(is_it).count(), 1, "{hit:?}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["hits"][0]["frames"], serde_json::json!(["order", "order/state", "order/street"]));
    assert_eq!(manifest["hits"][0]["files"], serde_json::json!(["hits/order.csv", "hits/order.parquet"]));
    let table = frame(&out.join("hits/order.parquet"));
    let csv = rows(&out.join("hits/order.csv"));
    assert_eq!((table.height(), table.width()), (csv.len(), columns::HITS.columns.len()));
    assert_eq!(table.column("negated").unwrap().dtype(), &DataType::Boolean);
    assert_eq!(table.column("date").unwrap().dtype(), &DataType::Date);
    assert_eq!(table.column("date").unwrap().null_count(), csv.iter().filter(|row| row["date"].is_empty()).count());
    for (i, row) in csv.iter().enumerate() {
        assert_eq!(table.column("surface").unwrap().str().unwrap().get(i), Some(row["surface"].as_str()));
        assert_eq!(table.column("negated").unwrap().bool().unwrap().get(i), Some(row["negated"] == "true"));
        let byte = table.column("byte_start").unwrap().i64().unwrap().get(i);
        assert_eq!(byte.map(|byte| byte.to_string()).as_ref(), Some(&row["byte_start"]));
    }
}

#[test]
fn parquet_is_written_on_request() {
    let folder = temporary("hits-csv");
    let out = run(&folder, LEXICON, |study| study.report.hits = HitFiles::Csv);
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["hits"][0]["files"], serde_json::json!(["hits/order.csv"]));
    assert!(!out.join("hits/order.parquet").exists() && !out.join("counts.parquet").exists());
    let both = run(&folder, LEXICON, |_| ());
    assert!(both.join("hits/order.parquet").exists() && both.join("counts.parquet").exists());
}

#[test]
fn the_name_of_a_file_says_its_form() {
    for (path, form) in
        [("h.parquet", "Parquet"), ("a.b/h.JSONL", "Jsonl"), ("h.csv", "Csv"), ("-", "Csv"), ("h", "Csv")]
    {
        assert_eq!(format!("{:?}", HitForm::of_path(path)), form, "{path}");
    }
}

#[test]
fn a_table_is_cut_where_it_is_full_whatever_the_shards() {
    let folder = temporary("hits-cut");
    let whole = hits(&run(&folder, LEXICON, |study| study.cache = false));
    let mut before = None;
    for shard_articles in [1, 2, 100] {
        let out = run(&folder, LEXICON, |study| {
            (study.shard_articles, study.report.rows_of_a_file, study.cache) = (shard_articles, 4, false);
        });
        let lengths: Vec<usize> = tables(&out.join("hits")).iter().map(|path| rows(path).len()).collect();
        // order-2.csv and order-3.csv stand before order.csv
        assert_eq!(lengths, [1, 4, 4, 1, 4], "{:?}", tables(&out.join("hits")));
        let parquet = |name: &str| frame(&out.join("hits").join(name)).height();
        assert_eq!(["order.parquet", "order-2.parquet", "order-3.parquet"].map(parquet), [4, 4, 1]);
        assert_eq!(hits(&out), whole);
        let bytes: Vec<Vec<u8>> = tables(&out.join("hits")).iter().map(|path| fs::read(path).unwrap()).collect();
        assert_eq!(before.get_or_insert_with(|| bytes.clone()), &bytes);
    }
    // the parts of a unit are its own: another frame's name cannot be one of them
    let lexicon = LEXICON.replace("Market: prices", "order-2");
    let out = run(&folder, &lexicon, |study| study.report.rows_of_a_file = 4);
    assert_eq!(hits(&out).len(), whole.len());
    assert!(framescope::compare::Snapshot::read(&out, "out").is_ok(), "a diff finds every part");
}

#[test]
fn a_frame_without_a_hit_has_a_table_too() {
    let folder = temporary("hits-none");
    let out = run(&folder, &LEXICON.replace("'police'", "'zebra'").replace("'riot'", "'quagga'"), |_| ());
    assert!(rows(&out.join("hits/order.csv")).is_empty());
    let table = frame(&out.join("hits/order.parquet"));
    assert_eq!((table.height(), table.column("negated").unwrap().dtype()), (0, &DataType::Boolean));
}

#[test]
fn frames_of_any_name_have_files_of_their_own() {
    let names = |names: &[&str]| file_names(&names.iter().map(|name| (*name).to_string()).collect::<Vec<_>>());
    assert_eq!(names(&["coup", "Переворот", "human rights", "a.b"]), ["coup", "Переворот", "human_rights", "a_b"]);
    let long = "long ".repeat(100);
    let odd = [
        "CON",
        "com1",
        "lpt¹",
        "nul",
        "",
        "..",
        "/",
        "-x",
        "coup-2",
        "***",
        long.as_str(),
        "Coup",
        "coup",
        "e\u{301}",
        "\u{e9}",
        "ß",
        "SS",
    ];
    let files = names(&odd);
    let folded: BTreeSet<String> = files.iter().map(|file| file.to_uppercase().to_lowercase()).collect();
    assert_eq!(folded.len(), odd.len(), "{files:?}");
    for file in &files {
        assert!(file.len() <= 120 && !file.contains(['/', '\\', '.', ':', '*']) && !file.starts_with('-'), "{file}");
        assert!(!["con", "nul", "com1", "coup-2"].contains(&file.to_lowercase().as_str()), "{file}");
    }
    // the name of a file is that of its frame alone where no other is like it
    assert_eq!(names(&["other", "CON", "coup-2"])[1..], names(&["CON", "coup-2", "x"])[..2]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_two_frames_have_the_same_file(names in prop::collection::btree_set("[a-cA-C \u{e9}\u{df}_/.0-2-]{0,5}", 1..12)) {
        let names: Vec<String> = names.into_iter().collect();
        let files = file_names(&names);
        let folded: BTreeSet<String> = files.iter().map(|file| file.to_uppercase().to_lowercase()).collect();
        prop_assert_eq!(folded.len(), names.len(), "{:?}", files);
        for file in files {
            let is_numbered = file.rsplit_once('-').is_some_and(|(_, end)| end.chars().all(|c| c.is_ascii_digit()));
            prop_assert!(!file.is_empty() && !is_numbered, "{}", file);
        }
    }
}

#[test]
fn hits_of_sentiment_are_left_out_of_a_large_corpus_and_that_is_said() {
    let folder = temporary("hits-sentiment");
    let sentiment = format!("{}/lexicons/sentiment-en.toml", env!("CARGO_MANIFEST_DIR"));
    let with = |wanted: Option<bool>, articles: usize| {
        let out = run(&folder, LEXICON, |study| {
            study.lexicons.push(sentiment.clone());
            (study.report.sentiment_hits, study.report.articles_with_sentiment_hits) = (wanted, articles);
        });
        let said = fs::read_to_string(out.join("problems.csv")).unwrap().contains("sentiment-hits-left-out");
        let scores = fs::read_to_string(out.join("sentiment.csv")).unwrap();
        (out.join("sentiment_hits").is_dir(), said, scores)
    };
    let (is_there, said, scores) = with(None, 3);
    assert_eq!((is_there, said), (true, false), "three articles are not too many");
    let left_out = with(None, 2);
    assert_eq!((left_out.0, left_out.1), (false, true));
    assert_eq!(left_out.2, scores, "no score moves");
    assert_eq!((with(Some(true), 2).0, with(Some(true), 2).1), (true, false), "who asks gets them");
    assert_eq!((with(Some(false), 3).0, with(Some(false), 3).1), (false, false), "who asks for none hears nothing");
    assert_eq!(framescope::report::Options::default().articles_with_sentiment_hits, 20_000);
    fs::remove_dir_all(folder).unwrap();
}
