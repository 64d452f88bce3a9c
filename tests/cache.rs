//! The index on disk: with it, without it, damaged, foreign, gone, or shared, the same bytes come out.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

const LEXICON: &str =
    "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\nterms = ['police', 'riot', 'state of emergency']\n";

/// A folder of its own for a test.
pub(crate) fn temporary(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("framescope-test-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Forty short articles, old enough to be trusted, and a lexicon.
pub(crate) fn corpus(folder: &Path) {
    let texts = folder.join("texts");
    fs::create_dir_all(&texts).unwrap();
    for i in 0..40 {
        let words = ["police", "protest", "riot", "market", "\u{201c}riot\u{201d}", "weather"];
        let sentence = |k: usize| {
            format!("The {} said on day {k} that the {} was over.", words[(i + k) % 6], words[(i * 5 + k) % 6])
        };
        let text: Vec<String> = (0..12).map(sentence).collect();
        write_old(&texts.join(format!("{i:02}.txt")), &text.join("\n\n"));
    }
    fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
}

pub(crate) fn write_old(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    let file = fs::File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
}

pub(crate) fn run(folder: &Path, out: &str, extra: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(folder)
        .args(["run", "texts", "-l", "lexicon.toml", "--quiet", "--no-charts", "--parquet", "--out", out])
        .args(if extra.contains(&"--shard-articles") { &[][..] } else { &["--shard-articles", "9"][..] })
        .args(extra)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let out = folder.join(out);
    let mut found = BTreeMap::new();
    for inside in ["", "hits", "sentences", "sentiment_hits"] {
        for entry in fs::read_dir(out.join(inside)).into_iter().flatten() {
            let path = entry.unwrap().path();
            // the history is of earlier runs, and a table that was moved aside is the user's
            let is_mine = path.to_string_lossy().contains(".edited-");
            if path.is_file() && !path.ends_with("history.json") && !is_mine {
                let name = path.strip_prefix(&out).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[track_caller]
pub(crate) fn same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{name} differs");
    }
}

fn files(cache: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(cache).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(ending));
    found.sort();
    found
}

#[test]
fn with_the_cache_without_it_and_again_the_same_bytes_come_out() {
    let folder = temporary("cache-same");
    corpus(&folder);
    let without = run(&folder, "a", &["--no-cache"]);
    assert!(files(&folder.join("a/.cache"), ".shard").is_empty(), "no cache was asked for");
    same(&without, &run(&folder, "b", &[]));
    assert_eq!(files(&folder.join("b/.cache"), ".shard").len(), 5, "forty articles, nine a shard");
    same(&without, &run(&folder, "b", &[]));
    // another cut of shards finds its own
    same(&without, &run(&folder, "b", &["--shard-articles", "7", "--threads", "3"]));
}

#[test]
fn a_damaged_cut_empty_or_foreign_shard_is_made_again() {
    let folder = temporary("cache-damaged");
    corpus(&folder);
    let right = run(&folder, "out", &[]);
    let cache = folder.join("out/.cache");
    let damages: [fn(&mut Vec<u8>); 5] = [
        |bytes| bytes[40] ^= 1,
        |bytes| {
            let last = bytes.len() - 1;
            bytes[last] ^= 0x80;
        },
        |bytes| bytes.truncate(bytes.len() / 2),
        Vec::clear,
        |bytes| bytes[..8].copy_from_slice(b"notours!"),
    ];
    for (number, damage) in damages.iter().enumerate() {
        let shard = files(&cache, ".shard")[number % 3].clone();
        let mut bytes = fs::read(&shard).unwrap();
        damage(&mut bytes);
        fs::write(&shard, bytes).unwrap();
        same(&right, &run(&folder, "out", &[]));
        // it was mended, not only passed over
        assert_eq!(files(&cache, ".shard").len(), 5);
    }
    for record in files(&cache, ".corpus") {
        fs::write(record, "{\"files\": 3}").unwrap();
    }
    same(&right, &run(&folder, "out", &[]));
    fs::remove_file(&files(&cache, ".shard")[1]).unwrap();
    same(&right, &run(&folder, "out", &[]));
}

#[test]
fn an_article_that_changed_was_added_or_is_gone_is_seen() {
    let folder = temporary("cache-change");
    corpus(&folder);
    run(&folder, "out", &[]);
    let text = fs::read_to_string(folder.join("texts/05.txt")).unwrap();
    // the same length, the same time of writing
    write_old(&folder.join("texts/05.txt"), &text.replacen("police", "market", 1));
    same(&run(&folder, "fresh-1", &["--no-cache"]), &run(&folder, "out", &[]));
    write_old(&folder.join("texts/99.txt"), "One more riot.");
    same(&run(&folder, "fresh-2", &["--no-cache"]), &run(&folder, "out", &[]));
    fs::remove_file(folder.join("texts/00.txt")).unwrap();
    same(&run(&folder, "fresh-3", &["--no-cache"]), &run(&folder, "out", &[]));
    // a change of what decides a voice, too
    fs::write(
        folder.join("study.toml"),
        "[corpus]\npaths = ['texts']\n[lexicons]\npaths = ['lexicon.toml']\n[voice]\noff = ['quotation']\n",
    )
    .unwrap();
    let off = |out: &str, extra: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(["run", "--study", "study.toml", "--quiet", "--no-charts", "--out", out])
            .args(extra)
            .status()
            .unwrap();
        assert!(done.success());
        fs::read(folder.join(out).join("hits/order.csv")).unwrap()
    };
    assert_eq!(off("fresh-4", &["--no-cache"]), off("out", &[]));
}

#[test]
fn a_survey_is_kept_and_a_damaged_one_is_made_again() {
    let folder = temporary("cache-survey");
    corpus(&folder);
    let right = run(&folder, "out", &[]);
    let cache = folder.join("out/.cache");
    // words and stories are kept beside it; behind the sign the head says which is which
    let surveys = || -> Vec<_> {
        files(&cache, ".value")
            .into_iter()
            .filter(|path| fs::read(path).unwrap()[45..49] == 1_u32.to_le_bytes())
            .collect()
    };
    let kept = surveys();
    let whole = fs::read(&kept[0]).unwrap();
    assert_eq!(kept.len(), 1);
    // after an edit of the lexicon the same survey is used, as far as its file tells
    let written = fs::metadata(&kept[0]).unwrap().len();
    let edited = LEXICON.replace("'riot'", "'riot', 'protest'");
    fs::write(folder.join("lexicon.toml"), &edited).unwrap();
    let fresh = run(&folder, "fresh", &["--no-cache"]);
    same(&fresh, &run(&folder, "out", &[]));
    assert_eq!(surveys(), kept, "an edit surveys nothing");
    assert_eq!(fs::metadata(&kept[0]).unwrap().len(), written);
    fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
    for at in [0, 40, 70, 120, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fs::write(&kept[0], &bytes).unwrap();
        same(&right, &run(&folder, "out", &[]));
        assert_eq!(fs::read(&kept[0]).unwrap(), whole, "byte {at}: mended");
        fs::write(folder.join("lexicon.toml"), if at % 2 == 0 { &edited } else { LEXICON }).unwrap();
        let _ = run(&folder, "out", &[]);
        fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
    }
    for cut in [0, 20, 60, whole.len() - 1] {
        fs::write(&kept[0], &whole[..cut]).unwrap();
        fs::write(folder.join("lexicon.toml"), &edited).unwrap();
        same(&fresh, &run(&folder, "out", &[]));
        fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
        same(&right, &run(&folder, "out", &[]));
    }
    // other rules of cleaning, other groups: another survey
    same(&run(&folder, "fresh", &["--no-cache", "--by", "language"]), &run(&folder, "out", &["--by", "language"]));
    assert_eq!(surveys().len(), 2);
}

#[test]
fn an_edit_of_the_lexicon_makes_no_shard_again() {
    let folder = temporary("cache-edit");
    corpus(&folder);
    run(&folder, "out", &[]);
    fs::write(folder.join("lexicon.toml"), LEXICON.replace("'riot'", "'riot', 'protest', 'was over'")).unwrap();
    let right = run(&folder, "fresh", &["--no-cache"]);
    let shards = files(&folder.join("out/.cache"), ".shard");
    let written: Vec<SystemTime> = shards.iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect();
    same(&right, &run(&folder, "out", &[]));
    let again: Vec<SystemTime> = shards.iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect();
    assert_eq!(written, again, "no shard was made again");
}

#[test]
fn two_runs_at_once_may_share_a_cache() {
    let folder = temporary("cache-shared");
    corpus(&folder);
    let right = run(&folder, "fresh", &["--no-cache"]);
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args([
                "run",
                "texts",
                "-l",
                "lexicon.toml",
                "--quiet",
                "--no-charts",
                "--shard-articles",
                "9",
                "--out",
                "out",
            ])
            .spawn()
            .unwrap()
    };
    for _ in 0..3 {
        let mut both = [start(), start(), start()];
        for child in &mut both {
            assert!(child.wait().unwrap().success());
        }
    }
    same(&right, &run(&folder, "out", &[]));
}

#[test]
fn killed_at_any_moment_a_run_leaves_a_whole_output_and_the_next_one_gives_the_same_bytes() {
    let folder = temporary("cache-killed");
    corpus(&folder);
    let other = LEXICON.replace("'riot'", "'riot', 'market'");
    fs::write(folder.join("other.toml"), other).unwrap();
    let right = run(&folder, "fresh", &["--no-cache"]);
    let mut killed = 0;
    for number in 0..40u64 {
        if number % 4 == 0 {
            let _ = fs::remove_dir_all(folder.join("out/.cache"));
        }
        let lexicon = if number % 2 == 0 { "other.toml" } else { "lexicon.toml" };
        let mut child = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(["run", "texts", "-l", lexicon, "--quiet", "--no-charts", "--shard-articles", "9", "--out", "out"])
            .spawn()
            .unwrap();
        // moments spread over the whole run
        std::thread::sleep(Duration::from_millis(number * 61 % 173));
        killed += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        let manifest = folder.join("out/manifest.json");
        if manifest.exists() {
            let manifest: serde_json::Value = serde_json::from_slice(&fs::read(manifest).unwrap()).unwrap();
            for output in manifest["outputs"].as_array().unwrap() {
                let file = folder.join("out").join(output["file"].as_str().unwrap());
                let digest = blake3::hash(&fs::read(file).unwrap()).to_hex().to_string();
                assert_eq!(output["blake3"].as_str(), Some(digest.as_str()), "{output}");
            }
        }
        if number % 8 == 7 {
            same(&right, &run(&folder, "out", &[]));
        }
    }
    assert!(killed > 5, "{killed} of 40 runs were still at work when they were killed");
}

#[test]
fn the_cache_is_listed_verified_cleared_and_kept_below_its_limit() {
    let folder = temporary("cache-commands");
    corpus(&folder);
    run(&folder, "out", &[]);
    let cache = |what: &str| {
        let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(["cache", what, "--out", "out"])
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let (code, text) = cache("list");
    assert!(code == Some(0) && text.contains("40 articles, 5 shards"), "{text}");
    assert_eq!(cache("verify").0, Some(0));
    let shard = files(&folder.join("out/.cache"), ".shard")[2].clone();
    let mut bytes = fs::read(&shard).unwrap();
    bytes[50] ^= 4;
    fs::write(&shard, bytes).unwrap();
    let (code, text) = cache("verify");
    assert!(code == Some(1) && text.contains("5 shards, 4 of them intact"), "{text}");
    // another corpus, and no room for two: the one that was used last stays
    let study =
        "[corpus]\npaths = ['texts/0*.txt']\n[lexicons]\npaths = ['lexicon.toml']\n[run]\ncache_gigabytes = 0\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(&folder)
        .args(["run", "--study", "study.toml", "--quiet", "--no-charts", "--out", "out"])
        .status()
        .unwrap();
    assert!(done.success());
    assert_eq!(files(&folder.join("out/.cache"), ".corpus").len(), 1);
    let (_, text) = cache("list");
    assert!(text.contains("10 articles, 1 shard,") && text.ends_with("in all\n"), "{text}");
    assert_eq!(cache("clear").0, Some(0));
    assert!(files(&folder.join("out/.cache"), ".shard").is_empty());
    assert_eq!(cache("list").0, Some(0));
}
