//! For any cut, order, repetition and killing of tasks: what is merged is what a run writes, every byte that the manifest lists.

use crate::cache::{temporary, write_old};
use framescope::part;
use framescope::progress::Silent;
use framescope::report::HitFiles;
use framescope::study::Study;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub(super) const LEXICON: &str = "[lexicon]\nname = 'l'\nlanguage = 'en'\n\
    [[frame]]\nname = 'order'\nterms = ['police', 'riot', 'state of emergency']\n\
    [[frame]]\nname = 'money'\nterms = ['market', 'price', 'debt of the state']\n\
    [[target]]\nname = 'police'\nterms = ['police']\n";

const TONES: &str = "[lexicon]\nname = 'tone'\nkind = 'sentiment'\nlanguage = 'en'\n\
    [[frame]]\nname = 'tone'\nterms = [{ term = 'good', weight = 2.0 }, { term = 'bad', weight = -2.0 }, { term = 'riot', weight = -1.0 }]\n";

pub(super) fn go() -> AtomicBool {
    AtomicBool::new(false)
}

/// Articles, each (id, outlet, text): a line that recurs, an id that many have, copies far apart, broken words, quoted line breaks, an
/// article without words, cells that are no dates, a language that nobody knows, two odd encodings.
fn rows(number: usize) -> Vec<[String; 5]> {
    let words = ["police", "protest", "riot", "market", "\u{201c}riot\u{201d}", "weather", "price", "good", "bad"];
    let sentence = |i: usize, k: usize| {
        let pick = |n: usize| words[n % words.len()];
        format!("The {} said on day {k} that the {} was \"over\", not the {}.", pick(i + k), pick(i * 5 + k), pick(k))
    };
    let row = |i: usize| {
        // every sixth says what one far before it said
        let of = if i % 6 == 5 { i / 6 } else { i };
        let mut text: Vec<String> = (0..14).map(|k| sentence(of, k)).collect();
        text.push("Subscribe to our newsletter for the best of the town.".to_string());
        if i % 9 == 4 {
            text.push("It was a mili-\ntants affair. The militants of the town went home.".to_string());
        }
        let text =
            if i % 11 == 7 { String::new() } else { text.join(if i.is_multiple_of(2) { "\n\n" } else { "\r\n" }) };
        let id = if i % 4 == 1 { "same".to_string() } else { format!("a{i}") };
        let date = if i % 7 == 3 { "someday".to_string() } else { format!("2022-01-{:02}", 1 + i % 28) };
        let language = if i % 8 == 6 { "klingonic" } else { "" };
        [id, ["East", "West", ""][i % 3].to_string(), date, language.to_string(), text]
    };
    (0..number).map(row).collect()
}

/// The same articles in one of several forms.
fn corpus(folder: &Path, form: usize, number: usize) -> Vec<String> {
    let rows = rows(number);
    let names = ["id", "outlet", "date", "language", "text"];
    let csv = |rows: &[[String; 5]]| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(names).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.into_inner().unwrap()
    };
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    };
    match form {
        // a table with bytes that are no UTF-8, a row of too many fields, and a field that is never closed
        0 => {
            let mut bytes = csv(&rows);
            bytes.extend_from_slice(
                b"odd,East,2022-02-01,,The police of M\xfcnchen said that the riot was over and the market was good.\n",
            );
            bytes.extend_from_slice(b"a,b,c,d,e,f,g\n");
            bytes.extend_from_slice(&csv(&rows)[names.join(",").len() + 1..]);
            bytes.extend_from_slice(b"open,West,2022-02-02,,\"The police said nothing of the riot in the market.\n");
            bytes.extend_from_slice(
                b"last,West,2022-02-03,,The market was bad and the riot was over before the police came.\n",
            );
            vec![write("articles.csv", &bytes)]
        }
        1 => {
            let object = |row: &[String; 5]| {
                let cells = names.iter().zip(row).map(|(name, cell)| (*name, serde_json::Value::from(cell.as_str())));
                serde_json::Value::Object(cells.map(|(name, cell)| (name.to_string(), cell)).collect()).to_string()
            };
            let mut lines: Vec<String> = rows.iter().map(object).collect();
            lines.insert(number / 2, "{ this is none".to_string());
            lines.insert(
                number / 3,
                r#"{"id": "late", "late": 1, "outlet": "East", "text": "The riot was late."}"#.to_string(),
            );
            vec![write("articles.jsonl", lines.join("\n").as_bytes())]
        }
        // files of a folder, with a sidecar that knows one too many
        2 => {
            let texts = folder.join("texts");
            fs::create_dir_all(&texts).unwrap();
            let mut sidecar = "file,outlet,date,id\ngone.txt,East,2022-01-01,gone\n".to_string();
            for (i, [id, outlet, date, _, text]) in rows.iter().enumerate() {
                write_old(&texts.join(format!("{i:03}.txt")), text);
                sidecar.push_str(&format!("{i:03}.txt,{outlet},{date},{id}\n"));
            }
            write_old(&texts.join("articles.csv"), &sidecar);
            vec![texts.to_string_lossy().into_owned()]
        }
        // two tables, one of them packed, and texts
        _ => {
            let (one, two) = rows.split_at(number / 2);
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut packed, &csv(one)).unwrap();
            vec![write("b.csv.gz", &packed.finish().unwrap()), write("c.csv", &csv(two)), write("d.txt", b"A riot.\n")]
        }
    }
}

fn study(folder: &Path, corpus: Vec<String>) -> Study {
    fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
    fs::write(folder.join("tone.toml"), TONES).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study =
        Study { corpus, lexicons: vec![path("lexicon.toml"), path("tone.toml")], threads: 2, ..Study::default() };
    study.report.charts = false;
    study.report.out = path("run");
    study.report.rows_of_a_file = 1_000_000;
    study.max_bad_share = 1.0;
    study
}

/// Every file that the manifest lists, and the manifest.
pub(super) fn listed(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let manifest = fs::read(out.join("manifest.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let files = json["outputs"].as_array().unwrap_or_else(|| panic!("{json:#}"));
    let name = |file: &serde_json::Value| file["file"].as_str().or_else(|| file["path"].as_str()).unwrap().to_string();
    let mut all: BTreeMap<String, Vec<u8>> =
        files.iter().map(name).map(|name| (name.clone(), fs::read(out.join(name)).unwrap())).collect();
    all.insert("manifest.json".to_string(), manifest);
    all
}

/// The files that are not the same.
pub(super) fn others(run: &Path, merged: &Path) -> Vec<String> {
    let (run, merged) = (listed(run), listed(merged));
    let names: std::collections::BTreeSet<&String> = run.keys().chain(merged.keys()).collect();
    names.into_iter().filter(|name| run.get(*name) != merged.get(*name)).cloned().collect()
}

/// Numbers of parts in another order, some of them twice.
fn order(parts: usize, seed: u64) -> Vec<usize> {
    let mut all: Vec<usize> = (0..parts).chain((0..parts).filter(|part| (seed >> (part % 61)) & 1 == 1)).collect();
    all.sort_by_key(|&part| (part as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
    all
}

/// Cuts a file of the work folder, or changes a byte of it.
fn damage(folder: &Path, seed: u64) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    if files.is_empty() {
        return false;
    }
    let file = &files[seed as usize % files.len()];
    let mut bytes = fs::read(file).unwrap();
    let at = (seed >> 8) as usize % bytes.len();
    if seed & 1 == 0 {
        bytes.truncate(at);
    } else {
        bytes[at] ^= 0x40;
    }
    fs::write(file, bytes).unwrap();
    true
}

fn in_parts(study: &Study, folder: &Path, part_bytes: u64, seed: u64) -> usize {
    let work = folder.join("work");
    let text = work.to_string_lossy().into_owned();
    let planned = part::plan(study, &text, part_bytes, &Silent, &go()).unwrap();
    let all = order(planned.parts, seed);
    let refused = part::survey(&text, &go()).unwrap_err();
    assert!(refused.to_string().contains("missing"), "{refused}");
    for part in &all {
        part::lay(&text, Some(&part.to_string()), None, &Silent, &go()).unwrap();
    }
    if seed & 2 == 0 && (damage(&work.join("lay"), seed) | damage(&work.join("index"), seed.rotate_left(9))) {
        part::lay(&text, None, None, &Silent, &go()).unwrap();
    }
    assert!(part::merge(&text, None, &Silent, &go()).unwrap_err().to_string().contains("survey"));
    assert!(part::survey(&text, &go()).unwrap());
    assert!(!part::survey(&text, &go()).unwrap());
    for part in all.iter().rev() {
        part::count(&text, Some(&part.to_string()), None, &Silent, &go()).unwrap();
    }
    let counts = fs::read_dir(work.join("count")).unwrap().next().unwrap().unwrap().path();
    if seed & 4 == 0 && damage(&counts, seed) {
        let status = part::status(&text).unwrap();
        assert_eq!((status.step, status.is_complete()), ("count", false));
        assert!(part::merge(&text, None, &Silent, &go()).unwrap_err().to_string().contains(&status.missing));
        assert_eq!(part::count(&text, Some(&status.missing), None, &Silent, &go()).unwrap(), 1);
    }
    assert!(part::status(&text).unwrap().is_complete());
    let merged = folder.join("merged").to_string_lossy().into_owned();
    part::merge(&text, Some(&merged), &Silent, &go()).unwrap();
    planned.parts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_merge_to_the_bytes_of_a_run(
        form in 0..4usize,
        number in 2..40usize,
        part_bytes in prop_oneof![Just(1u64), 500..30_000u64],
        shard_articles in prop_oneof![Just(0usize), 1..9usize],
        seed in any::<u64>(),
    ) {
        let folder = temporary(&format!("parts-{form}-{seed:x}"));
        let corpus = corpus(&folder, form, number);
        let mut study = study(&folder, corpus);
        study.estimates.sensitivity = seed & 8 == 0;
        framescope::run(&study, &Silent, &go()).unwrap();
        let in_parts = in_parts(&Study { shard_articles, ..study }, &folder, part_bytes, seed);
        prop_assert!(in_parts >= 1);
        let others = others(&folder.join("run"), &folder.join("merged"));
        prop_assert!(others.is_empty(), "{} parts: {others:?} in {}", in_parts, folder.display());
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn every_article_can_be_a_part() {
    for form in 0..4 {
        let folder = temporary(&format!("parts-single-{form}"));
        let mut study = study(&folder, corpus(&folder, form, 13));
        study.estimates.sensitivity = true;
        study.lexical.keyness = Some(Default::default());
        let terms = vec!["#order".to_string(), "police".to_string()];
        study.lexical.collocates =
            Some(framescope::estimates::lexical::collocates::Options { terms, ..Default::default() });
        framescope::run(&study, &Silent, &go()).unwrap();
        let parts = in_parts(&study, &folder, 1, 7);
        assert!(parts >= if form == 3 { 7 } else { 12 }, "form {form}: {parts} parts");
        assert_eq!(others(&folder.join("run"), &folder.join("merged")), Vec::<String>::new());
    }
}

#[test]
fn rows_of_parquet_are_parts() {
    let folder = temporary("parts-parquet");
    let mut first = study(&folder, corpus(&folder, 0, 20));
    first.report.hits = HitFiles::Both;
    framescope::run(&first, &Silent, &go()).unwrap();
    // any table of texts will do: the hits of a run, read as articles; where they lie in the run they are results
    let hits = folder.join("order.parquet");
    fs::copy(folder.join("run/hits/order.parquet"), &hits).unwrap();
    let mut study = Study { corpus: vec![hits.to_string_lossy().into_owned()], ..study(&folder, Vec::new()) };
    study.read.text = Some("left".to_string());
    study.report.out = folder.join("second").to_string_lossy().into_owned();
    framescope::run(&study, &Silent, &go()).unwrap();
    assert!(in_parts(&study, &folder, 200, 6) > 3);
    assert_eq!(others(&folder.join("second"), &folder.join("merged")), Vec::<String>::new());
}
