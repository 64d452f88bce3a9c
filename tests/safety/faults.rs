//! Each write of a run fails once, in every way in which a disk fails: the old output is whole or the new one is.

use super::{files, names, whole};
use crate::cache::{corpus, temporary};
use framescope::disk::{Disk, Faults, Step};
use framescope::error::Problem;
use framescope::progress::{Progress, Stage};
use framescope::report;
use framescope::study::Study;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    /// One step fails with a number of the system.
    Error(i32),
    /// Half of a write is done.
    Short,
    /// From one step on nothing is done any more.
    Kill,
}

const NO_SPACE: i32 = 28;
const INPUT_OUTPUT: i32 = 5;
const INVALID: i32 = 22;
const NO_ACCESS: i32 = 13;
const OTHER_DEVICE: i32 = 18;

struct Once {
    at: usize,
    how: How,
    steps: AtomicUsize,
    hit: Mutex<Option<(Step, PathBuf)>>,
    /// The system cannot exchange two folders.
    by_renames: bool,
}

impl Faults for Once {
    fn before(&self, step: Step, path: &Path, bytes: usize) -> io::Result<usize> {
        if step == Step::Exchange && self.by_renames {
            return Err(io::Error::from_raw_os_error(INVALID));
        }
        let number = self.steps.fetch_add(1, Ordering::SeqCst);
        if number < self.at || number > self.at && self.how != How::Kill {
            return Ok(bytes);
        }
        if number == self.at {
            *self.hit.lock().unwrap() = Some((step, path.to_path_buf()));
        }
        match self.how {
            How::Error(code) => Err(io::Error::from_raw_os_error(code)),
            How::Short | How::Kill if step == Step::Write && number == self.at => Ok(bytes / 2),
            How::Short => Err(io::Error::from_raw_os_error(INPUT_OUTPUT)),
            How::Kill => Err(io::Error::other("the process is no more")),
        }
    }
}

#[derive(Default)]
struct Heard(Mutex<Vec<Problem>>);

impl Progress for Heard {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn reach(&self, _: Stage, _: u64) {}
    fn end(&self, _: Stage) {}
    fn note(&self, problem: &Problem) {
        self.0.lock().unwrap().push(problem.clone());
    }
}

struct Scene {
    folder: PathBuf,
}

impl Scene {
    fn study(&self, out: &str, lexicon: &str) -> Study {
        let at = |name: &str| self.folder.join(name).to_string_lossy().into_owned();
        Study {
            corpus: vec![at("texts")],
            lexicons: vec![at(lexicon)],
            report: report::Options { out: at(out), charts: false, ..report::Options::default() },
            estimates: framescope::estimates::Options { permutations: 99, ..Default::default() },
            shard_articles: 15,
            threads: 1,
            ..Study::default()
        }
    }

    fn run(&self, out: &str, lexicon: &str, disk: &Disk, heard: &Heard) -> framescope::error::Result<report::Outcome> {
        framescope::run_on(&self.study(out, lexicon), heard, &AtomicBool::new(false), disk)
    }

    fn plain(&self, out: &str, lexicon: &str) {
        self.run(out, lexicon, &Disk::default(), &Heard::default()).unwrap();
    }

    fn stray(&self) -> Vec<String> {
        let known = ["lexicon.toml", "old", "other.toml", "out", "right", "texts"];
        names(&self.folder).into_iter().filter(|name| !known.contains(&name.as_str())).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(|_| ()).unwrap() }
    }
}

/// The user's own, in the old run.
const MINE: [(&str, &str); 3] = [("notes.md", "mine"), ("diff/mine.txt", "mine too"), ("frames.csv", "coded by hand")];

/// Where it is after the new run.
const THEN: [&str; 3] = ["notes.md", "diff/mine.txt", "frames.csv.edited-1"];

fn scene(name: &str) -> Scene {
    let folder = temporary(name);
    corpus(&folder);
    let text = fs::read_to_string(folder.join("lexicon.toml")).unwrap();
    fs::write(folder.join("other.toml"), text.replace("'riot'", "'riot', 'market'")).unwrap();
    let scene = Scene { folder };
    scene.plain("right", "other.toml");
    scene.plain("old", "lexicon.toml");
    for (name, text) in MINE {
        fs::create_dir_all(scene.folder.join("old").join(name).parent().unwrap()).unwrap();
        fs::write(scene.folder.join("old").join(name), text).unwrap();
    }
    scene
}

/// The listed files of the new run.
fn is_new(out: &Path, right: &BTreeMap<String, Vec<u8>>) -> bool {
    let manifest = fs::read(out.join("manifest.json")).unwrap();
    manifest == right["manifest.json"]
}

fn fail_everywhere(how: impl Fn(usize) -> How, by_renames: bool, name: &str) {
    let scene = scene(name);
    let (old, out) = (scene.folder.join("old"), scene.folder.join("out"));
    let (before, right) = (files(&old), files(&scene.folder.join("right")));
    let mut at = 0;
    loop {
        let _ = fs::remove_dir_all(&out);
        copy(&old, &out);
        let faults = Arc::new(Once { at, how: how(at), steps: AtomicUsize::new(0), hit: Mutex::new(None), by_renames });
        let heard = Heard::default();
        let done = scene.run("out", "other.toml", &Disk::with_faults(faults.clone()), &heard);
        let Some(hit) = faults.hit.lock().unwrap().clone() else {
            assert!(done.is_ok() && at > 60, "{at} steps and a run without a fault: {:?}", done.err());
            break;
        };
        let what = format!("{:?} at step {at}, {hit:?}", how(at));
        let is_killed = how(at) == How::Kill;
        let problems = heard.0.lock().unwrap();
        let left_behind = problems.iter().any(|problem| problem.kind == "output-left-behind");
        if is_killed && !out.exists() {
            // between two renames; the next run ends it
            assert!(by_renames, "{what}: no output at all");
        } else if is_new(&out, &right) {
            whole(&out);
            assert!(done.is_ok() || is_killed, "{what}: the new run is there, and yet {:?}", done.err());
            for ((_, text), name) in MINE.iter().zip(THEN) {
                let is_there = fs::read_to_string(out.join(name)).is_ok_and(|found| found == *text);
                assert!(is_there || left_behind || is_killed, "{what}: {name} is gone");
            }
        } else {
            let error = done.expect_err(&what).to_string();
            let now = files(&out);
            for (name, bytes) in &before {
                assert!(now.get(name) == Some(bytes), "{what}: {name} of the old run is another");
            }
            let is_said = error.contains("previous output is untouched") || error.contains("choose another folder");
            assert!(is_said || is_killed, "{what}: {error}");
        }
        let stray = scene.stray();
        let may_stay = is_killed || left_behind || hit.0 == Step::Remove;
        assert!(stray.is_empty() || may_stay, "{what}: {stray:?} is left");
        if !stray.is_empty() || is_killed {
            scene.plain("out", "other.toml");
            whole(&out);
            assert!(is_new(&out, &right), "{what}");
            for ((_, text), name) in MINE.iter().zip(THEN) {
                assert_eq!(fs::read_to_string(out.join(name)).ok().as_deref(), Some(*text), "{what}: {name}");
            }
            assert!(scene.stray().is_empty(), "{what}: {:?} is still left", scene.stray());
            let cache = names(&out.join(".cache"));
            let is_litter =
                |name: &&String| [".partial", ".lease", ".new", "landing"].iter().any(|e| name.ends_with(e));
            assert_eq!(cache.iter().find(is_litter), None, "{what}: {cache:?}");
        }
        at += 1;
    }
}

#[test]
fn each_step_that_the_system_refuses_once_leaves_one_whole_output() {
    let codes = [NO_SPACE, INPUT_OUTPUT, NO_ACCESS, OTHER_DEVICE, INVALID];
    for turn in 0..2 {
        fail_everywhere(|at| How::Error(codes[(at + turn) % codes.len()]), turn == 1, &format!("faults-{turn}"));
    }
}

#[test]
fn each_write_that_ends_halfway_leaves_one_whole_output() {
    fail_everywhere(|_| How::Short, false, "faults-short");
}

#[test]
fn a_run_that_dies_at_any_step_leaves_one_whole_output_and_the_next_one_tidies_up() {
    fail_everywhere(|_| How::Kill, false, "faults-kill");
    fail_everywhere(|_| How::Kill, true, "faults-kill-renames");
}
