//! The index on disk is believed only where it is ours, whole, and fits together.

use super::{framescope, names, stderr};
use crate::cache::{corpus, run, same, temporary};
use framescope::disk::{Disk, Maker};
use framescope::index::{Attached, Draft, Key, Shard, Store};
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::text::Language;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_128;

/// The bytes of a shard of one article, so many words long.
fn bytes(words: usize, word: &str) -> Vec<u8> {
    let text = (0..words).map(|i| format!("{word}{i} ")).collect();
    let article = Article { text, language: Some(Language::ENGLISH), ..Article::default() };
    Draft::of(vec![article], None, &mut Stems::default()).encode(&Attached::default()).unwrap()
}

fn shards(folder: &Path) -> Vec<PathBuf> {
    let cache = folder.join("out/.cache");
    names(&cache).iter().filter(|name| name.ends_with(".shard")).map(|name| cache.join(name)).collect()
}

/// What a forger can do: the checksum is right again.
fn mend(bytes: &mut [u8]) {
    let sum = xxh3_128(&bytes[64..]);
    bytes[32..48].copy_from_slice(&sum.to_ne_bytes());
}

fn run_as(folder: &Path, home: &str, extra: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(folder)
        .args(["run", "texts", "-l", "lexicon.toml", "--no-charts", "--out", "out", "--shard-articles", "9"])
        .args(extra)
        .env("XDG_CACHE_HOME", folder.join(home))
        .output()
        .unwrap()
}

struct Lots(u64);

impl Lots {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

#[test]
fn a_crafted_shard_with_a_right_checksum_is_a_miss_and_where_it_is_trusted_it_breaks_nothing() {
    let folder = temporary("crafted");
    corpus(&folder);
    // each seed in its turn, as a run that changes nothing looks at no shard
    let seeds = ["1", "2"];
    let right = seeds.map(|seed| run(&folder, "fresh", &["--no-cache", "--seed", seed]));
    run(&folder, "out", &["--seed", seeds[1]]);
    let mut lots = Lots(11);
    for round in 0..40 {
        for shard in shards(&folder) {
            let mut bytes = fs::read(&shard).unwrap();
            for _ in 0..=lots.below(3) {
                let at = 64 + lots.below(bytes.len() - 64);
                match lots.below(3) {
                    0 => bytes[at] = bytes[at].wrapping_add(1),
                    1 => bytes[at] = 0xff,
                    _ => bytes[at] ^= 1 << lots.below(8),
                }
            }
            mend(&mut bytes);
            fs::write(&shard, bytes).unwrap();
        }
        if round % 4 == 0 {
            let turn = round / 4 % 2;
            same(&right[turn], &run(&folder, "out", &["--seed", seeds[turn]]));
        } else {
            // somebody asked for it: other results may come out, or a refusal, but no panic
            let done = framescope(
                &folder,
                &[
                    "run",
                    "texts",
                    "-l",
                    "lexicon.toml",
                    "--no-charts",
                    "--out",
                    "out",
                    "--shard-articles",
                    "9",
                    "--trust-cache",
                    "--quiet",
                ],
            );
            assert!(matches!(done.status.code(), Some(0..=2)), "{:?}: {}", done.status, stderr(&done));
            let _ = fs::remove_dir_all(folder.join("out"));
            run(&folder, "out", &["--seed", "3"]);
        }
    }
}

#[test]
fn the_index_of_another_user_or_machine_is_not_used_unless_that_is_asked_for() {
    let folder = temporary("strangers");
    corpus(&folder);
    assert_eq!(run_as(&folder, "me", &["--quiet"]).status.code(), Some(0));
    let written = |folder: &Path| -> Vec<_> {
        shards(folder).iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect()
    };
    let mine = written(&folder);
    let done = run_as(&folder, "me", &["--seed", "2"]);
    assert!(!stderr(&done).contains("--trust-cache"), "{}", stderr(&done));
    assert_eq!(mine, written(&folder), "one's own is used");
    let done = run_as(&folder, "somebody-else", &["--seed", "3", "--trust-cache"]);
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(mine, written(&folder), "that of others where it is asked for");
    let done = run_as(&folder, "somebody-else", &["--seed", "4"]);
    assert!(stderr(&done).contains("--trust-cache"), "{}", stderr(&done));
    assert!(mine.iter().zip(written(&folder)).all(|(old, new)| *old != new), "else it is made anew");
}

#[test]
fn a_shard_under_another_name_is_a_miss() {
    let folder = temporary("swapped");
    corpus(&folder);
    let fresh = |seed: &str| run(&folder, "fresh", &["--no-cache", "--seed", seed]);
    run(&folder, "out", &[]);
    let all = shards(&folder);
    fs::copy(&all[0], &all[1]).unwrap();
    same(&fresh("5"), &run(&folder, "out", &["--seed", "5"]));
    let _ = fs::remove_file(&all[2]);
    fs::rename(&all[3], &all[2]).unwrap();
    same(&fresh("6"), &run(&folder, "out", &["--seed", "6"]));
}

#[cfg(unix)]
#[test]
fn a_pipe_a_folder_or_a_link_in_the_place_of_a_shard_is_a_miss() {
    let folder = temporary("pipes");
    corpus(&folder);
    let right = run(&folder, "fresh", &["--no-cache", "--seed", "5"]);
    run(&folder, "out", &[]);
    for record in names(&folder.join("out/.cache")).iter().filter(|name| name.ends_with(".corpus")) {
        let path = folder.join("out/.cache").join(record);
        fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    }
    let all = shards(&folder);
    fs::remove_file(&all[0]).unwrap();
    assert!(Command::new("mkfifo").arg(&all[0]).status().unwrap().success());
    fs::rename(&all[1], folder.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(folder.join("elsewhere"), &all[1]).unwrap();
    same(&right, &run(&folder, "out", &["--seed", "5"]));
}

#[test]
fn what_is_cut_short_or_changed_after_it_was_checked_gives_no_bytes() {
    let folder = temporary("cut");
    let store = Store::cache(folder.join("c"), &Disk::default(), Maker::here(false));
    let key = |text: &str| Key::of(blake3::Hasher::new().update(text.as_bytes()));
    let kept = store.put(key("a"), &mut bytes(5_000, "a"));
    assert!(kept.load().is_some());
    let path = folder.join("c").join(format!("{}.shard", key("a").hex()));
    let written = fs::read(&path).unwrap();
    assert!(written.len() > 100_000, "several blocks");
    fs::File::options().write(true).open(&path).unwrap().set_len(50_000).unwrap();
    assert!(kept.load().is_none());
    fs::write(&path, &written).unwrap();
    assert!(kept.load().is_some());
    let mut changed = written;
    changed[70_000] ^= 1;
    fs::write(&path, changed).unwrap();
    assert!(kept.load().is_none() && Shard::open(&kept).is_none());
    let passing = Store::passing(folder.clone(), &Disk::default());
    let (mut one, mut other) = (bytes(100, "a"), bytes(200, "b"));
    let (a, b) = (passing.put(key("a"), &mut one), passing.put(key("b"), &mut other));
    assert_eq!((a.load().unwrap().bytes(), b.load().unwrap().bytes()), (one.as_slice(), other.as_slice()));
    assert_eq!(names(&folder), ["c"], "it has no name");
}

#[test]
fn a_shard_that_is_on_its_way_to_the_place_of_another_run_is_waited_for() {
    let folder = temporary("on-its-way");
    let store = Store::cache(folder.join("c"), &Disk::default(), Maker::here(false));
    let key = Key::of(blake3::Hasher::new().update(b"a"));
    let kept = store.put(key, &mut bytes(100, "a"));
    fs::rename(folder.join("c"), folder.join("away")).unwrap();
    std::thread::scope(|scope| {
        let loaded = scope.spawn(|| kept.load().is_some());
        std::thread::sleep(Duration::from_millis(200));
        fs::rename(folder.join("away"), folder.join("c")).unwrap();
        assert!(loaded.join().unwrap());
    });
}

#[test]
fn shards_of_a_run_that_is_at_work_are_left_alone() {
    let folder = temporary("leases");
    let open = || Store::cache(folder.join("c"), &Disk::default(), Maker::here(false));
    let (one, other) = (open(), open());
    let key = Key::of(blake3::Hasher::new().update(b"a"));
    let mut written = bytes(100, "a");
    let kept = one.put(key, &mut written);
    let shard = folder.join("c").join(format!("{}.shard", key.hex()));
    let long_ago = SystemTime::now() - Duration::from_secs(4000);
    fs::File::options().append(true).open(&shard).unwrap().set_modified(long_ago).unwrap();
    assert_eq!(other.tidy(0), 0, "nothing goes while the first is at work");
    assert!(kept.load().is_some());
    drop(one);
    assert_eq!(other.tidy(1 << 20), written.len() as u64);
    drop(other);
    assert_eq!(names(&folder.join("c")), Vec::<String>::new());
}
