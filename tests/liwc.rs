//! `liwc.csv`: the numbers of LIWC's definitions, counted by hand and by other tables.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::temporary;
use crate::run::rows;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

type Row = BTreeMap<String, String>;

const LEXICON: &str = "[lexicon]\nname = 'l'\nmatch = 'exact'\n\
    [[frame]]\nname = 'violence'\nterms = ['riot']\n\
    [[frame]]\nname = 'violence/looting'\nterms = ['looted', 'loot*']\n\
    [[frame]]\nname = 'place'\nterms = ['big shop', 'shop']\n\
    [[frame]]\nname = 'crowd'\nterms = ['people', 'looted']\n";

fn run(folder: &Path, further: &[&str]) {
    let words = ["run", "c.csv", "-l", "l.toml", "--out", "o", "--quiet", "--no-charts"];
    let out =
        Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(words).args(further).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

fn is(row: &Row, column: &str, expected: f64) {
    assert!((number(row, column) - expected).abs() < 1e-3, "{column}: {} is not {expected}: {row:?}", row[column]);
}

#[test]
fn percentages_are_those_counted_by_hand() {
    let folder = temporary("liwc-hand");
    let repeated = "One two three four five six riot eight nine ten eleven twelve thirteen.";
    let csv = format!(
        "id,outlet,text\n\
         a,A,\"The riot grew today. People looted and looted a big shop.\"\n\
         b,A,\"Nothing came of it. It was quiet.\"\n\
         c,B,\"{repeated}\n\n{repeated}\"\n"
    );
    fs::write(folder.join("c.csv"), csv).unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    run(&folder, &["--table", "liwc"]);
    let found = rows(&folder.join("o/liwc.csv"));
    let of = |id: &str| found.iter().find(|row| row["article"] == id).unwrap();
    // eleven words in two sentences; captured: riot, people, looted twice, big shop
    for (column, expected) in [
        ("WC", 11.0),
        ("WPS", 5.5),
        ("Dic", 600.0 / 11.0),
        // its own riot and what the frame inside it captures
        ("violence", 300.0 / 11.0),
        ("violence/looting", 200.0 / 11.0),
        // the longest entry, with both its words; `shop` once
        ("place", 200.0 / 11.0),
        // words that another frame has too
        ("crowd", 300.0 / 11.0),
    ] {
        is(of("a"), column, expected);
    }
    for (column, expected) in [("WC", 7.0), ("WPS", 3.5), ("Dic", 0.0), ("violence", 0.0), ("crowd", 0.0)] {
        is(of("b"), column, expected);
    }
    // a passage that is said again is no part of the words, nor its sentence of the sentences
    for (column, expected) in [("WC", 13.0), ("WPS", 13.0), ("Dic", 100.0 / 13.0), ("violence", 100.0 / 13.0)] {
        is(of("c"), column, expected);
    }
    run(&folder, &["--table", "liwc", "--keep-repeats"]);
    let found = rows(&folder.join("o/liwc.csv"));
    let whole = found.iter().find(|row| row["article"] == "c").unwrap();
    for (column, expected) in [("WC", 26.0), ("WPS", 13.0), ("Dic", 200.0 / 26.0)] {
        is(whole, column, expected);
    }
    run(&folder, &[]);
    assert!(!folder.join("o/liwc.csv").exists(), "nobody asked for it");
    fs::remove_dir_all(folder).unwrap();
}

/// In a lexicon of single words, a category's share is its hits over the words; whatever the lexicon, a frame that holds another captures
/// no less, and all of them together no less than any.
#[test]
fn percentages_agree_with_the_counts_of_single_words() {
    let folder = temporary("liwc-laws");
    let words = ["riot", "looted", "police", "town", "order", "said", "people", "big", "shop", "quiet"];
    let mut csv = "id,outlet,text\n".to_string();
    let mut state = 7_u64;
    for article in 0..60 {
        let mut text = String::new();
        for word in 0..(5 + article * 3) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(state >> 40) as usize % words.len()]);
            text.push_str(if word % 9 == 8 { ". " } else { " " });
        }
        csv.push_str(&format!("{article},{},\"{text}\"\n", ["A", "B"][article % 2]));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    fs::write(folder.join("l.toml"), LEXICON.replace("'big shop', ", "")).unwrap();
    run(&folder, &["--table", "liwc", "--keep-repeats"]);
    let counts = rows(&folder.join("o/counts.csv"));
    let found = rows(&folder.join("o/liwc.csv"));
    assert_eq!(found.len(), 60);
    for (row, counted) in found.iter().zip(&counts) {
        assert_eq!((&row["article"], &row["WC"]), (&counted["article"], &counted["words"]));
        for frame in ["violence", "violence/looting", "place", "crowd"] {
            is(row, frame, 100.0 * number(counted, frame) / number(counted, "words"));
            assert!(number(row, frame) <= number(row, "Dic") + 1e-9, "{row:?}");
        }
        assert!(number(row, "violence/looting") <= number(row, "violence"), "{row:?}");
        // looted stands in two of the frames
        let once = ["violence", "place", "crowd"].iter().map(|frame| number(row, frame)).sum::<f64>();
        is(row, "Dic", once - number(row, "violence/looting"));
    }
    fs::remove_dir_all(folder).unwrap();
}
