//! Whose the files in and beside a run folder are.

use super::{files, framescope, names, stderr, whole};
use crate::cache::{corpus, run, temporary};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

const RUN: [&str; 5] = ["run", "texts", "-l", "lexicon.toml", "--no-charts"];

fn runs(folder: &Path, extra: &[&str]) -> std::process::Output {
    framescope(folder, &[&RUN[..], extra].concat())
}

/// 52-foreign-manifest-data-loss
#[test]
fn a_folder_with_somebody_elses_manifest_is_refused_and_not_touched() {
    let folder = temporary("foreign-manifest");
    corpus(&folder);
    let manifests = [
        r#"{"name": "app", "version": "1.0.0"}"#,
        r#"{"framescope": true, "outputs": []}"#,
        r#"{"framescope": "a", "outputs": []}"#,
        r#"["framescope", "0.1.0"]"#,
        "not JSON",
        "",
    ];
    for (number, manifest) in manifests.iter().enumerate() {
        let app = format!("app-{number}");
        let mine = folder.join(&app);
        fs::create_dir_all(mine.join("charts")).unwrap();
        for name in ["index.html", "README.md", "articles.csv", "hits.csv", "charts/mine.svg", "keep.js"] {
            fs::write(mine.join(name), format!("mine: {name}")).unwrap();
        }
        fs::write(mine.join("manifest.json"), manifest).unwrap();
        let before = files(&mine);
        let done = runs(&folder, &["--quiet", "--out", &app]);
        assert_eq!(done.status.code(), Some(2), "{manifest}");
        assert!(stderr(&done).contains("holds files and no earlier run"), "{}", stderr(&done));
        assert_eq!(before, files(&mine));
        assert!(!mine.join(".cache").exists());
    }
    assert!(names(&folder).iter().all(|name| !name.contains("partial")), "{:?}", names(&folder));
}

/// 67-subfolder-with-manifest-skipped
#[test]
fn a_corpus_folder_with_any_manifest_is_read_and_one_with_a_runs_is_not() {
    let folder = temporary("manifest-in-corpus");
    corpus(&folder);
    fs::create_dir_all(folder.join("texts/scrape")).unwrap();
    fs::write(folder.join("texts/scrape/manifest.json"), r#"{"crawler": "x", "outputs": ["a"]}"#).unwrap();
    fs::write(folder.join("texts/scrape/more.txt"), "The police said that the riot was over.").unwrap();
    run(&folder, "texts/results", &[]);
    let found = run(&folder, "out", &[]);
    let articles = String::from_utf8(found["articles.csv"].clone()).unwrap();
    assert_eq!(articles.lines().count(), 1 + 41, "forty, and the one of the crawl; none of the results");
}

/// 54-out-symlink
#[cfg(unix)]
#[test]
fn results_are_written_through_a_link_and_the_link_stays() {
    let folder = temporary("link");
    corpus(&folder);
    fs::create_dir(folder.join("far")).unwrap();
    run(&folder, "far/results", &[]);
    fs::write(folder.join("far/results/notes.txt"), "mine").unwrap();
    std::os::unix::fs::symlink("far/results", folder.join("near")).unwrap();
    std::os::unix::fs::symlink("near", folder.join("nearer")).unwrap();
    for (out, seed) in [("near", "77"), ("nearer", "78")] {
        let done = runs(&folder, &["--quiet", "--out", out, "--seed", seed]);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        assert!(fs::symlink_metadata(folder.join(out)).unwrap().is_symlink());
        whole(&folder.join("far/results"));
        let manifest = fs::read_to_string(folder.join("far/results/manifest.json")).unwrap();
        assert!(manifest.contains(seed), "the new run is where the link leads");
        assert_eq!(fs::read_to_string(folder.join("far/results/notes.txt")).unwrap(), "mine");
    }
    assert_eq!(names(&folder.join("far")), ["results"]);
    // to a folder that is not there yet
    std::os::unix::fs::symlink("far/new", folder.join("to-new")).unwrap();
    assert_eq!(runs(&folder, &["--quiet", "--out", "to-new"]).status.code(), Some(0));
    whole(&folder.join("far/new"));
    // to itself
    std::os::unix::fs::symlink("round", folder.join("round")).unwrap();
    let done = runs(&folder, &["--quiet", "--out", "round"]);
    assert!(done.status.code() == Some(2) && stderr(&done).contains("leads to itself"), "{}", stderr(&done));
}

/// 72-dot-cache-litter
#[test]
fn a_folder_that_cannot_be_replaced_is_refused_before_anything_is_made() {
    let folder = temporary("irreplaceable");
    corpus(&folder);
    fs::create_dir_all(folder.join("empty/inner")).unwrap();
    let here = folder.join("empty");
    let full = here.to_string_lossy().into_owned();
    for out in [".", "", " ", "..", "./", "inner/..", "/", full.as_str()] {
        let before = (names(&folder), names(&here));
        let texts = folder.join("texts").to_string_lossy().into_owned();
        let lexicon = folder.join("lexicon.toml").to_string_lossy().into_owned();
        let done = framescope(&here, &["run", &texts, "-l", &lexicon, "--quiet", "--out", out]);
        assert_eq!(done.status.code(), Some(2), "{out:?}");
        assert!(stderr(&done).contains("--out"), "{out:?}: {}", stderr(&done));
        assert_eq!(before, (names(&folder), names(&here)), "{out:?}");
    }
}

/// 74-sweep-deletes-lookalike
#[test]
fn only_what_a_dead_run_of_this_machine_left_is_swept() {
    let folder = temporary("sweep");
    corpus(&folder);
    let marks = [
        (".out.partial-anything", None),
        (".out.partial-4711", None),
        (".out.partial-0a1b", Some("framescope-claim 1\nsome other machine\nnone of our starts\n")),
        (".out.partial-0a1c", Some("a lock of somebody else\n")),
    ];
    for (name, mark) in marks {
        fs::create_dir_all(folder.join(name).join("new")).unwrap();
        fs::write(folder.join(name).join("mydata.csv"), "mine").unwrap();
        fs::write(folder.join(name).join("new/hits.csv"), "mine").unwrap();
        if let Some(mark) = mark {
            fs::write(folder.join(name).join("lock"), mark).unwrap();
        }
    }
    // and one that was really killed
    let mut child = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(&folder)
        .args(RUN)
        .args(["--out", "out", "--quiet", "--no-cache", "--shard-articles", "1"])
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let is_begun = || names(&folder).iter().filter(|name| name.starts_with(".out.partial-")).count() > marks.len();
    while !is_begun() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let _ = child.kill();
    child.wait().unwrap();
    run(&folder, "out", &[]);
    let left: Vec<String> = names(&folder).into_iter().filter(|name| name.contains("partial")).collect();
    let mut expected: Vec<&str> = marks.iter().map(|(name, _)| *name).collect();
    expected.sort_unstable();
    assert_eq!(left, expected);
    for name in expected {
        assert_eq!(fs::read_to_string(folder.join(name).join("mydata.csv")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(folder.join(name).join("new/hits.csv")).unwrap(), "mine");
    }
}

#[test]
fn own_files_anywhere_in_a_run_folder_stay() {
    let folder = temporary("own-files");
    corpus(&folder);
    let out = folder.join("out");
    let done = framescope(&folder, &["run", "texts", "-l", "lexicon.toml", "--quiet", "--out", "out"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let other = fs::read_to_string(folder.join("lexicon.toml")).unwrap().replace("'riot'", "'riot', 'market'");
    fs::write(folder.join("other.toml"), other).unwrap();
    let mine =
        ["notes.md", "charts/mine.svg", "charts/deep/er/mine.csv", "diff/mine.txt", ".cache/mine.txt", "paper/a.tex"];
    for name in mine {
        fs::create_dir_all(out.join(name).parent().unwrap()).unwrap();
        fs::write(out.join(name), format!("mine: {name}")).unwrap();
    }
    fs::create_dir(out.join("empty")).unwrap();
    for lexicon in ["other.toml", "lexicon.toml", "lexicon.toml", "other.toml"] {
        let done = framescope(&folder, &["run", "texts", "-l", lexicon, "--quiet", "--out", "out"]);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        whole(&out);
        for name in mine {
            let text = fs::read_to_string(out.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(text, format!("mine: {name}"));
        }
        assert!(out.join("empty").is_dir());
        assert!(files(&out).keys().all(|name| !name.contains(".edited-")), "{:?}", files(&out).keys());
    }
    assert!(out.join("diff/README.md").is_file(), "the diff of the last run that was different is there");
}

#[test]
fn a_table_that_a_hand_has_changed_is_moved_aside_and_that_is_said() {
    let folder = temporary("edited");
    corpus(&folder);
    let right = run(&folder, "out", &[]);
    let out = folder.join("out");
    let edit = |name: &str, text: &str| {
        let path = out.join(name);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, text).unwrap();
        (path, before)
    };
    edit("hits/order.csv", "coded by hand, once");
    let done = runs(&folder, &["--out", "out", "--shard-articles", "9"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let said = stderr(&done);
    assert!(said.contains("hits/order.csv") && said.contains("hits/order.csv.edited-1"), "{said}");
    assert_eq!(fs::read_to_string(out.join("hits/order.csv.edited-1")).unwrap(), "coded by hand, once");
    assert_eq!(fs::read(out.join("hits/order.csv")).unwrap(), right["hits/order.csv"]);
    // of the same size, at the same time: nothing but the bytes tells
    let frames = String::from_utf8(right["frames.csv"].clone()).unwrap();
    let forged: String = frames.chars().map(|c| if c == '1' { '7' } else { c }).collect();
    assert_ne!(frames, forged);
    let (path, before) = edit("frames.csv", &forged);
    fs::File::options().append(true).open(&path).unwrap().set_modified(before).unwrap();
    edit("hits/order.csv", "coded by hand, twice");
    assert_eq!(runs(&folder, &["--out", "out", "--shard-articles", "9"]).status.code(), Some(0));
    whole(&out);
    assert_eq!(fs::read(out.join("frames.csv")).unwrap(), right["frames.csv"]);
    assert_eq!(fs::read_to_string(out.join("frames.csv.edited-1")).unwrap(), forged);
    assert_eq!(fs::read_to_string(out.join("hits/order.csv.edited-1")).unwrap(), "coded by hand, once");
    assert_eq!(fs::read_to_string(out.join("hits/order.csv.edited-2")).unwrap(), "coded by hand, twice");
    // what was moved aside is the user's, and stays
    let other = fs::read_to_string(folder.join("lexicon.toml")).unwrap().replace("'riot'", "'riot', 'market'");
    fs::write(folder.join("lexicon.toml"), other).unwrap();
    run(&folder, "out", &[]);
    assert_eq!(fs::read_to_string(out.join("hits/order.csv.edited-2")).unwrap(), "coded by hand, twice");
    assert!(!out.join("hits/order.csv.edited-3").exists());
}

#[test]
fn a_copy_of_a_run_folder_is_not_taken_for_edited() {
    let folder = temporary("copied-run");
    corpus(&folder);
    run(&folder, "first", &[]);
    assert!(Command::new("cp").args(["-r", "first", "out"]).current_dir(&folder).status().unwrap().success());
    let touched = folder.join("out/hits/order.csv");
    fs::File::options().append(true).open(touched).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    run(&folder, "out", &["--seed", "5"]);
    assert!(names(&folder.join("out")).iter().all(|name| !name.contains("edited")));
}

/// Two hosts or containers on one disk: to each its own process is number 1 or so, and nobody sees the other.
#[cfg(target_os = "linux")]
#[test]
fn runs_in_two_namespaces_of_processes_do_not_take_each_others_files() {
    let can = Command::new("unshare").args(["--pid", "--fork", "true"]).stderr(Stdio::null()).status();
    if !can.is_ok_and(|status| status.success()) {
        return;
    }
    let folder = temporary("namespaces");
    corpus(&folder);
    let right = run(&folder, "fresh", &["--no-cache"]);
    let start = |seed: &str| {
        Command::new("unshare")
            .args(["--pid", "--fork", "--kill-child", env!("CARGO_BIN_EXE_framescope")])
            .current_dir(&folder)
            .args(RUN)
            .args(["--quiet", "--out", "out", "--shard-articles", "2", "--seed", seed])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    for round in 0..3 {
        for child in [start("1"), start("2"), start("3")] {
            let done = child.wait_with_output().unwrap();
            assert_eq!(done.status.code(), Some(0), "round {round}: {}", stderr(&done));
        }
        whole(&folder.join("out"));
    }
    let out = run(&folder, "out", &[]);
    assert_eq!(right["hits/order.csv"], out["hits/order.csv"]);
    assert!(names(&folder).iter().all(|name| !name.contains("partial")), "{:?}", names(&folder));
}
