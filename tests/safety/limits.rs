//! What is too much, damaged or no file is told by name, and the rest goes on.

use super::{framescope, stderr, whole};
use crate::cache::temporary;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const LEXICON: &str = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\nterms = ['police']\n";

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_refused_as_study_and_as_list_of_frequencies() {
    let folder = temporary("not-files");
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    fs::write(folder.join("c.csv"), "id,outlet,text\n1,a,the police came\n2,b,the police went\n").unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    for odd in ["pipe", "/dev/zero", "."] {
        let done = framescope(&folder, &["run", "--study", odd]);
        assert_eq!(done.status.code(), Some(2), "{odd}");
        assert!(stderr(&done).contains("not a regular file"), "{odd}: {}", stderr(&done));
        let study = format!(
            "[corpus]\npaths = ['c.csv']\n[lexicons]\npaths = ['l.toml']\n[keyness]\nreference = '{odd}'\n[report]\nout = 'o'\n"
        );
        fs::write(folder.join("study.toml"), study).unwrap();
        let done = framescope(&folder, &["run", "--study", "study.toml", "--quiet"]);
        assert_eq!(done.status.code(), Some(2), "{odd}");
        assert!(stderr(&done).contains("not a regular file"), "{odd}: {}", stderr(&done));
        let done = framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--export", odd, "--out", "e", "--quiet"]);
        assert_eq!(done.status.code(), Some(2), "{odd}");
        assert!(stderr(&done).contains("not a regular file"), "{odd}: {}", stderr(&done));
    }
}

#[test]
fn damaged_parquet_is_a_problem_of_its_file_and_the_others_are_counted() {
    let folder = temporary("damaged-parquet");
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let mut csv = "id,outlet,text\n".to_string();
    for i in 0..300 {
        let _ = writeln!(csv, "{i},paper {},the police said that day {i} was over", i % 3);
    }
    fs::write(folder.join("made.csv"), csv).unwrap();
    let done = framescope(
        &folder,
        &["run", "made.csv", "-l", "l.toml", "--no-charts", "--parquet", "--quiet", "--out", "made"],
    );
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let parquet = fs::read(folder.join("made/hits/order.parquet")).unwrap();
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/good.csv"), "id,outlet,text\ngood-1,a,the police came\n").unwrap();
    let mut state = 3_u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for round in 0..60 {
        let mut bytes = parquet.clone();
        // the footer, where lengths and offsets are, twice as often as the pages
        let from = if round % 3 == 0 { 4 } else { bytes.len() - bytes.len().min(1500) };
        for _ in 0..=below(4) {
            let at = from + below(bytes.len() - from - 8);
            bytes[at] = [0, 0xff, 0x80, 1, bytes[at] ^ 0x40][below(5)];
        }
        fs::write(folder.join("in/bad.parquet"), bytes).unwrap();
        let arguments =
            ["run", "in", "-l", "l.toml", "--no-charts", "--quiet", "--no-cache", "--text", "left", "--out", "o"];
        let columns = ["run", "in", "-l", "l.toml", "--no-charts", "--quiet", "--no-cache", "--out", "o"];
        for arguments in [&arguments[..], &columns[..]] {
            let done = framescope(&folder, arguments);
            let said = stderr(&done);
            assert!(matches!(done.status.code(), Some(0..=2)), "round {round}: {:?} {said}", done.status);
            assert!(!said.contains("panicked"), "round {round}: {said}");
        }
    }
}

/// A lexicon of so many frames, and articles in which they meet.
fn many(folder: &Path, frames: usize) {
    let mut lexicon = "[lexicon]\nname = 'many'\nlanguage = 'en'\n".to_string();
    for frame in 0..frames {
        let _ = writeln!(lexicon, "[[frame]]\nname = 'f{frame:04}'\nterms = ['=word{}']", letters(frame));
    }
    fs::write(folder.join("l.toml"), lexicon).unwrap();
    let mut csv = "id,outlet,text\n".to_string();
    for article in 0..60 {
        let words: Vec<String> = (0..20).map(|k| format!("word{}", letters(article * 7 + k))).collect();
        let _ = writeln!(csv, "{article},paper {},The {} came.", article % 12, words.join(" and "));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
}

fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}

/// 51-many-frames-explode
#[test]
fn of_many_frames_only_pairs_that_met_have_rows_and_charts_show_a_page_of_them() {
    let folder = temporary("many-frames");
    many(&folder, 400);
    let done = framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--quiet", "--out", "o"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let out = folder.join("o");
    whole(&out);
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    // 60 articles of one sentence with 20 frames each: 190 pairs an article, each in at most a row for sentences and one for articles
    let rows = read("cooccurrence.csv").lines().count() - 1;
    assert!(rows > 2 * 190 && rows <= 2 * 60 * 190, "{rows}");
    assert!(read("cooccurrence.csv").lines().skip(1).all(|row| row.starts_with("(all)")));
    assert_eq!(read("frames.csv").lines().count(), 1 + 12 * 400, "tables have all frames");
    for chart in ["frames", "heatmap", "cooccurrence", "comparisons", "voices"] {
        let svg = read(&format!("charts/{chart}.svg"));
        let height: f64 = svg.split("height=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(height < 40_000.0, "{chart}: {height}");
        assert!(svg.contains("370 more"), "{chart} says how many are left out");
    }
    let page = read("index.html");
    assert!(page.len() < 8_000_000, "{}", page.len());
    assert!(page.contains("370 more"));
    // where it is asked for, groups have rows too
    let study = "[corpus]\npaths = ['c.csv']\n[lexicons]\npaths = ['l.toml']\n[cooccurrence]\nby_group = true\n[report]\nout = 'g'\ncharts = false\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let done = framescope(&folder, &["run", "--study", "study.toml", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let grouped = fs::read_to_string(folder.join("g/cooccurrence.csv")).unwrap();
    assert!(grouped.lines().any(|row| row.starts_with("paper 3,")));
    assert_eq!(grouped.lines().filter(|row| row.starts_with("(all)")).count(), rows);
}

#[test]
fn more_frames_than_any_machine_could_hold_are_refused_before_they_are_counted() {
    let folder = temporary("too-many-frames");
    many(&folder, 20_001);
    let done = framescope(&folder, &["run", "c.csv", "-l", "l.toml", "--quiet", "--out", "o"]);
    assert_eq!(done.status.code(), Some(2));
    let said = stderr(&done);
    assert!(said.contains("20001 frames") && said.contains("20000 at most"), "{said}");
    assert!(!folder.join("o/manifest.json").exists());
    // nor are fewer frames in too many groups
    assert!(framescope::estimates::refuse_too_many(2_000, 183, 3_719).is_ok());
    let refused = framescope::estimates::refuse_too_many(10_000, 900, 30_000).unwrap_err().to_string();
    assert!(refused.contains("10000 frames in 900 groups") && refused.contains("--by"), "{refused}");
}

/// 73-quoted-lines-quadratic
#[test]
fn one_text_of_many_quoted_lines_is_read() {
    let folder = temporary("quoted-lines");
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let text: String = (0..100_000).map(|i| format!("“the police came on day {i}”\n\n")).collect();
    fs::write(folder.join("long.txt"), text).unwrap();
    let done = framescope(&folder, &["run", "long.txt", "-l", "l.toml", "--no-charts", "--quiet", "--out", "o"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let hits = fs::read_to_string(folder.join("o/hits/order.csv")).unwrap();
    assert_eq!(hits.lines().count(), 100_001);
}
