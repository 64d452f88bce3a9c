//! A run against the one before it in the same folder: what is kept, what depends on what, and what a killed run leaves.

use super::{CORPUS, LEXICON, run, snapshot, temporary};
use framescope::compare::{self, Snapshot};
use framescope::disk::{self, Claim, Disk};
use framescope::report::Folder;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder with its bytes.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside)).unwrap().flatten() {
            let name = inside.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(name);
            } else if ![".corpus", ".shard", ".parts", ".value", "settled.json", "study.json", "looks.json"]
                .iter()
                .any(|end| name.to_string_lossy().ends_with(end))
            {
                // the index and its clock are of the cache's own tests
                found.insert(name.to_string_lossy().into_owned(), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// The files that the manifest lists, and the manifest.
fn listed(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = bytes_of(folder);
    files.retain(|name, _| !name.starts_with(".cache") && !name.starts_with("diff") && !name.starts_with("history"));
    files
}

#[test]
fn what_a_run_lists_does_not_depend_on_what_was_run_before_and_a_rerun_of_nothing_changes_nothing() {
    let folder = temporary();
    let edited = LEXICON.replace("\"plot\"", "\"army\"");
    let fresh = run(&folder, "fresh", CORPUS, &edited);
    assert!(!fresh.join(compare::FOLDER).exists() && !compare::previous(fresh.to_str().unwrap()).exists());
    let out = run(&folder, "out", CORPUS, LEXICON);
    run(&folder, "out", CORPUS, &edited);
    assert_eq!(listed(&fresh), listed(&out));
    // the last run is kept, and the diff is the one against it
    let last = compare::previous(out.to_str().unwrap());
    let (before, after) = (snapshot(&last), snapshot(&out));
    let text = compare::diff(&before, &after).text();
    assert!(text.contains("plot") && text.contains("army"), "{text}");
    assert!(fs::read_to_string(out.join("diff/README.md")).unwrap().contains(&text));
    assert!(!last.join(".cache/previous").exists(), "the last run holds no run before it");
    let all = bytes_of(&out);
    run(&folder, "out", CORPUS, &edited);
    assert_eq!(all, bytes_of(&out), "nothing was edited");
    // back again: the same tables, and three runs that saw two versions
    run(&folder, "out", CORPUS, LEXICON);
    let again = run(&folder, "again", CORPUS, LEXICON);
    assert_eq!(listed(&again), listed(&out));
    let history = fs::read_to_string(out.join(compare::HISTORY)).unwrap();
    assert_eq!(history.matches("\"lexicons\"").count(), 2, "{history}");
    assert!(fs::read_to_string(out.join("diff/README.md")).unwrap().contains("2 versions of the lexicons"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_last_run_that_cannot_be_read_stops_no_run_and_leaves_no_stale_diff() {
    let folder = temporary();
    let out = run(&folder, "out", CORPUS, LEXICON);
    run(&folder, "out", CORPUS, &LEXICON.replace("\"plot\"", "\"army\""));
    assert!(out.join("diff/rates.csv").exists());
    fs::write(out.join("counts.csv"), "mine").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!out.join("diff/rates.csv").exists());
    let readme = fs::read_to_string(out.join("diff/README.md")).unwrap();
    assert!(readme.contains("cannot be compared") && readme.contains("counts.csv"), "{readme}");
    assert!(Snapshot::read(&compare::previous(out.to_str().unwrap()), "last").is_err());
    run(&folder, "out", CORPUS, &LEXICON.replace("\"plot\"", "\"army\""));
    assert!(out.join("diff/rates.csv").exists() && !readme.is_empty());
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_run_left_is_finished_or_taken_away_by_the_next() {
    let folder = temporary();
    let out = run(&folder, "out", CORPUS, LEXICON);
    let expected = bytes_of(&out);
    // what a process that is no more had in the making
    let begun = || {
        let claim = Claim::folder(&Disk::default(), &folder, ".out.partial-").unwrap();
        let partial = claim.path().join("new");
        fs::create_dir(&partial).unwrap();
        claim.leave();
        partial
    };
    let partial = begun();
    let copy = |into: &Path| {
        for (name, bytes) in &expected {
            let path = into.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    };
    // killed after the exchange: the old run holds the user's files and caches
    copy(&partial);
    fs::write(partial.join("notes.md"), "mine").unwrap();
    fs::create_dir_all(partial.join(".cache/index")).unwrap();
    fs::write(partial.join(".cache/index/shard"), "tokens").unwrap();
    fs::write(out.join(".cache/landing"), "").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert_eq!(fs::read_to_string(out.join("notes.md")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(out.join(".cache/index/shard")).unwrap(), "tokens");
    assert!(!partial.exists() && !out.join(".cache/landing").exists());
    let partial = begun();
    // killed before the exchange: nothing of the new run is taken over
    copy(&partial);
    fs::create_dir_all(partial.join("diff")).unwrap();
    fs::write(partial.join("diff/rates.csv"), "of a run that never was").unwrap();
    fs::write(partial.join(".cache/landing"), "").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!partial.exists() && !out.join("diff").exists());
    // killed while it wrote
    let partial = begun();
    fs::write(partial.join("hits.csv"), "article,").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!partial.parent().unwrap().exists());
    // killed while it took an old run away: what is left of that is nobody's
    let partial = begun();
    copy(&partial);
    fs::remove_dir_all(partial.join(".cache")).unwrap();
    fs::write(partial.join(compare::HISTORY), "{}").unwrap();
    fs::rename(&partial, partial.with_file_name("gone-0")).unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!partial.parent().unwrap().exists());
    // a run in the making is never taken for one that was in its place, also where it has all its files already
    let folder_of_run = Folder::create(out.to_str().unwrap(), &Disk::default()).unwrap();
    assert!(folder_of_run.partial().join(".cache/landing").exists());
    drop(folder_of_run);
    fs::remove_file(out.join("notes.md")).unwrap();
    fs::remove_dir_all(out.join(".cache/index")).unwrap();
    assert_eq!(expected, bytes_of(&out), "nothing was taken for edited");
    fs::remove_dir_all(folder).unwrap();
}

/// Fails at one step, and at all that follow: the process is no more.
struct Killed {
    left: std::sync::atomic::AtomicUsize,
}

impl disk::Faults for Killed {
    fn before(&self, _: disk::Step, _: &Path, bytes: usize) -> std::io::Result<usize> {
        use std::sync::atomic::Ordering;
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(bytes),
            Err(_) => Err(std::io::Error::other("the process is no more")),
        }
    }
}

#[test]
fn whoever_is_killed_while_an_old_run_is_taken_away_leaves_its_mark_and_no_run() {
    let folder = temporary();
    for steps in 0..9 {
        let claim = Claim::folder(&Disk::default(), &folder, ".out.partial-").unwrap();
        let (path, old) = (claim.path().to_path_buf(), claim.path().join("new"));
        fs::create_dir(&old).unwrap();
        fs::write(old.join("manifest.json"), "{\"framescope\": \"0.1.0\", \"outputs\": []}").unwrap();
        fs::write(path.join("shard"), "tokens").unwrap();
        claim.leave();
        let killed = std::sync::Arc::new(Killed { left: steps.into() });
        let is_done = disk::take_away(&Disk::with_faults(killed), &path).is_ok();
        assert_eq!(is_done, !path.exists(), "{steps}");
        assert!(is_done || path.join("lock").exists(), "{steps}: its mark goes last");
        assert!(steps < 2 || !old.exists(), "{steps}: what is half there is no run");
        assert!(is_done == (steps >= 4), "{steps}");
        let _ = fs::remove_dir_all(&path);
    }
    fs::remove_dir_all(folder).unwrap();
}
