//! What was counted in a shard is kept in parts: a rerun counts what an edit touches, and nobody can tell from its output.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::{temporary, write_old};
use framescope::Study;
use framescope::error::Problem;
use framescope::progress::{Progress, Stage};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

const SENTIMENT: &str = "[lexicon]\nname = 's'\nkind = 'sentiment'\nlanguage = 'en'\n[[frame]]\nname = 'bad'\n\
    terms = [{ term = 'violence', weight = -2 }, { term = 'dead', weight = -2 }, { term = 'calm', weight = 1 }]\n";

/// Frames in a tree, one that asks for another, one that gets an entry by the test; who is talked about, and by which names.
fn frames() -> String {
    let frame = |name: &str, terms: &str| format!("[[frame]]\nname = '{name}'\nterms = [{terms}]\n");
    let frames = [
        frame("order", "'police', 'order', { term = 'Order', match = 'case' }, 'state of emergency', 'violence'"),
        frame("economy", "'fuel', 'gas'"),
        frame("economy/prices", "'price*', 'fuel price', 'gas'"),
        frame("power", "'president NEAR/9 #order', 'power', 'troops'"),
        frame("crowd", "'protest*', 'crowd', 'square'"),
    ];
    let subjects = "[[target]]\nname = 'Tokayev'\nterms = ['Tokayev', 'president']\n[[target]]\nname = 'Russia'\nterms = ['Russia', 'Moscow']\n\
        [[labels]]\nreferent = 'people'\n[labels.choices]\nprotesters = ['protester']\nrioters = ['rioter', 'terrorist']\n";
    format!("[lexicon]\nname = 'f'\nlanguage = 'en'\n{}{subjects}", frames.concat())
}

const STUDY: &str = "[corpus]\npaths = ['articles']\n[lexicons]\npaths = ['f.toml', 's.toml']\n\
    [statistics]\nsensitivity = true\npermutations = 199\n[stories]\nmin_outlets = 2\n[report]\nout = 'again'\ncharts = false\nhits = 'both'\n";

/// Articles of the sample in English, each outlet with some.
fn begin(name: &str) -> PathBuf {
    let folder = temporary(name);
    fs::create_dir_all(folder.join("articles")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let mut names: Vec<_> = fs::read_dir(sample).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in &names[..18] {
        let text = fs::read_to_string(path).unwrap();
        write_old(&folder.join("articles").join(path.file_name().unwrap()), &text);
    }
    fs::write(folder.join("f.toml"), frames()).unwrap();
    fs::write(folder.join("s.toml"), SENTIMENT).unwrap();
    fs::write(folder.join("study.toml"), STUDY).unwrap();
    folder
}

/// Notes how many parts of each shard were counted.
#[derive(Default)]
struct Work(Mutex<Vec<usize>>);

impl Progress for Work {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn reach(&self, _: Stage, _: u64) {}
    fn end(&self, _: Stage) {}
    fn note(&self, _: &Problem) {}
    fn counted(&self, parts: usize) {
        self.0.lock().unwrap().push(parts);
    }
}

type Files = BTreeMap<String, Vec<u8>>;

/// Runs the study into a folder; every file that its manifest lists, and the parts that were counted of each shard.
fn run(folder: &Path, out: &str, cache: bool) -> (Files, Vec<usize>) {
    let mut study = Study::from_file(&folder.join("study.toml").to_string_lossy()).unwrap_or_else(|e| panic!("{e}"));
    study.report.out = folder.join(out).to_string_lossy().into_owned();
    (study.cache, study.shard_articles) = (cache, 5);
    let work = Work::default();
    framescope::run(&study, &work, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join(out).join("manifest.json")).unwrap()).unwrap();
    let names = manifest["outputs"].as_array().unwrap().iter().map(|output| output["file"].as_str().unwrap());
    let names = names.chain(["manifest.json"]);
    let files = names.map(|name| (name.to_string(), fs::read(folder.join(out).join(name)).unwrap())).collect();
    (files, work.0.into_inner().unwrap())
}

/// A rerun gives the bytes of a run without a cache; the parts that it counted of each shard.
#[track_caller]
fn same_as_new(folder: &Path, what: &str) -> Vec<usize> {
    let (again, parts) = run(folder, "again", true);
    let (new, _) = run(folder, "new", false);
    assert_eq!(new.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in &new {
        assert!(*bytes == again[name], "{name} differs: {what}");
    }
    parts
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn parts_files(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder.join("again/.cache")).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|ending| ending == "parts")).collect();
    found.sort();
    found
}

/// Articles, sentiment, and four units: the tree of `economy` is one.
const PARTS: usize = 6;

#[test]
fn an_edit_counts_what_it_touches_and_moves_no_other_byte() {
    let folder = begin("kept-parts-edits");
    let first = same_as_new(&folder, "a first run");
    assert!(first.len() > 3 && first.iter().all(|&parts| parts == PARTS), "{first:?}");
    assert_eq!(parts_files(&folder).len(), first.len());
    // entries: only shards that have their words are counted, so some of them, and no part but these
    let entries: [(&str, &str, usize); 4] = [
        ("'crowd', 'square'", "'crowd', 'thousand', 'square'", 1),
        ("'crowd', 'thousand', 'square'", "'square', 'crowd'", 1),
        ("'gas']", "'gas', 'market']", 1),
        ("'state of emergency'", "'state of emergency', 'airport'", 2),
    ];
    for (from, to, touched) in entries {
        edit(&folder, "f.toml", from, to);
        let parts = same_as_new(&folder, to);
        assert!(parts.iter().all(|&parts| parts == touched || parts == 0), "{to}: {parts:?}");
        assert!(parts.contains(&touched) && parts.len() == first.len(), "{to}: {parts:?}");
    }
    // file, what, by what, and how many parts it touches
    let edits: [(&str, &str, &str, usize); 10] = [
        ("s.toml", "'calm', weight = 1 }", "'calm', weight = 1 }, { term = 'fear', weight = -1 }", 1),
        ("f.toml", "language = 'en'\n", "language = 'en'\n\n# every line moves\n\n", 0),
        ("f.toml", "[[target]]", "[[frame]]\nname = 'abroad'\nterms = ['Russia', 'West']\n[[target]]", 1),
        ("f.toml", "name = 'abroad'", "name = 'elsewhere'", 1),
        ("f.toml", "[[frame]]\nname = 'elsewhere'\nterms = ['Russia', 'West']\n", "", 0),
        ("f.toml", "name = 'Russia'\nterms = ['Russia'", "name = 'Russia'\nterms = ['Russia', 'CSTO'", PARTS),
        ("study.toml", "[stories]", "[voice]\ncount = ['own', 'quoted']\n[stories]", PARTS),
        ("study.toml", "permutations = 199", "permutations = 299", PARTS),
        ("study.toml", "'s.toml']", "'s.toml', 'furniture.toml', 'cues.toml']", PARTS),
        ("cues.toml", "'told'", "'told', 'murmured'", PARTS),
    ];
    let furniture =
        "[lexicon]\nname = 'lines'\nkind = 'furniture'\nlanguage = 'en'\n[[frame]]\nname = 'x'\nterms = ['the *']\n";
    fs::write(folder.join("furniture.toml"), furniture).unwrap();
    let cues = "[lexicon]\nname = 'said'\nkind = 'cues'\nlanguage = 'en'\n[[frame]]\nname = 'say'\nterms = ['told']\n";
    fs::write(folder.join("cues.toml"), cues).unwrap();
    for (file, from, to, touched) in edits {
        edit(&folder, file, from, to);
        let parts = same_as_new(&folder, to);
        assert!(parts.iter().all(|&parts| parts == touched), "{to}: {parts:?}");
        assert_eq!(parts.len(), first.len(), "{to}");
    }
    // another article, and one less
    let more = fs::read_to_string(folder.join("articles/02-steppe-end-of-the-cap.txt")).unwrap();
    write_old(&folder.join("articles/99-more.txt"), &format!("{more}\n\nThe police said more.\n"));
    assert!(same_as_new(&folder, "one more article").iter().all(|&parts| parts == PARTS));
    fs::remove_file(folder.join("articles/03-eastern-fuel-question-settled.txt")).unwrap();
    assert!(same_as_new(&folder, "one article less").iter().all(|&parts| parts == PARTS));
    assert_eq!(same_as_new(&folder, "nothing"), Vec::<usize>::new());
}

/// A word that one article has and no other.
fn rare_word(folder: &Path) -> String {
    let files = fs::read_dir(folder.join("articles")).unwrap().map(|entry| entry.unwrap().path());
    let texts: Vec<String> = files.map(|path| fs::read_to_string(path).unwrap().to_lowercase()).collect();
    let is_rare = |word: &&str| texts.iter().filter(|text| text.contains(&word[..7])).count() == 1;
    // of the bodies: what stands above them may be no text
    let bodies = texts.iter().flat_map(|text| text.lines().skip(10));
    let mut words =
        bodies.flat_map(|line| line.split(|c: char| !c.is_ascii_alphabetic())).filter(|word| word.len() > 7);
    words.find(is_rare).unwrap().to_string()
}

#[test]
fn an_entry_is_counted_in_the_shards_that_have_its_words() {
    let folder = begin("kept-parts-rare");
    let shards = same_as_new(&folder, "a first run").len();
    let sum = |parts: Vec<usize>| parts.iter().sum::<usize>();
    edit(&folder, "f.toml", "'crowd', ", "'crowd', 'zebra crossing', 'zebra NEAR police', ");
    assert_eq!(same_as_new(&folder, "words of no article"), vec![0; shards]);
    let rare = rare_word(&folder);
    edit(&folder, "f.toml", "'crowd', ", &format!("'crowd', '{rare}', 'zebra NEAR {rare}', "));
    assert_eq!(sum(same_as_new(&folder, &rare)), 1);
    edit(&folder, "f.toml", "'zebra crossing', ", "");
    assert_eq!(same_as_new(&folder, "an entry without hits goes"), vec![0; shards]);
    // what takes hits away, what stands beside something else, and a condition of another frame
    edit(&folder, "f.toml", "'crowd', ", &format!("'crowd', '{rare} NOT NEAR/3 zebra', "));
    assert_eq!(sum(same_as_new(&folder, "what stands beside no zebra")), 1);
    edit(&folder, "f.toml", "'police', 'order'", &format!("'police', 'order', '{rare}'"));
    assert_eq!(sum(same_as_new(&folder, "a frame that another asks for")), 2);
    edit(&folder, "f.toml", &format!("'police', 'order', '{rare}'"), "'police', 'order'");
    assert_eq!(sum(same_as_new(&folder, "and without it")), 2);
    edit(&folder, "f.toml", "'protest*', 'crowd', ", "'protest*', 'crowd', 'zeb*', '*zebra', ");
    assert_eq!(same_as_new(&folder, "wildcards without a word"), vec![0; shards]);
}

#[test]
fn values_that_are_lost_or_damaged_are_made_again() {
    let folder = begin("kept-parts-values");
    let shards = same_as_new(&folder, "a first run").len();
    let damages: [fn(&Path); 3] = [
        |path| fs::remove_file(path).unwrap(),
        |path| {
            let mut bytes = fs::read(path).unwrap();
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            fs::write(path, bytes).unwrap();
        },
        |path| fs::write(path, b"").unwrap(),
    ];
    for (number, damage) in damages.iter().enumerate() {
        let all = fs::read_dir(folder.join("again/.cache")).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| path.extension().is_some_and(|ending| ending == "value")).for_each(|path| damage(&path));
        edit(&folder, "f.toml", "'crowd', ", &format!("'crowd', 'w{number}', "));
        // the words of stories are read of the articles again, and no frame is looked up
        assert_eq!(same_as_new(&folder, "values are damaged"), vec![1; shards], "damage {number}");
    }
}

#[test]
fn the_order_of_frames_and_files_makes_no_part_anew() {
    let folder = begin("kept-parts-order");
    let shards = same_as_new(&folder, "a first run").len();
    let text = frames();
    let (head, rest) = text.split_once("[[frame]]").unwrap();
    let (order, rest) = rest.split_once("[[frame]]").unwrap();
    let (rest, subjects) = rest.split_once("[[target]]").unwrap();
    let turned = format!("{head}[[frame]]{rest}[[frame]]{order}[[target]]{subjects}");
    fs::write(folder.join("f.toml"), turned).unwrap();
    assert_eq!(same_as_new(&folder, "the first frame stands last"), vec![0; shards]);
    edit(&folder, "f.toml", "'police', 'order'", "'order', 'police'");
    assert_eq!(same_as_new(&folder, "entries change places"), vec![0; shards]);
}

#[test]
fn damaged_cut_foreign_or_missing_parts_are_counted_anew() {
    let folder = begin("kept-parts-damaged");
    let shards = same_as_new(&folder, "a first run").len();
    let damages: [fn(&mut Vec<u8>); 5] = [
        |bytes| bytes[60] ^= 1,
        |bytes| {
            let last = bytes.len() - 1;
            bytes[last] ^= 0x80;
        },
        |bytes| bytes.truncate(bytes.len() / 2),
        Vec::clear,
        |bytes| bytes[..33].fill(b'0'),
    ];
    for (number, damage) in damages.iter().enumerate() {
        let file = parts_files(&folder)[1].clone();
        let mut bytes = fs::read(&file).unwrap();
        damage(&mut bytes);
        fs::write(&file, bytes).unwrap();
        edit(&folder, "f.toml", "'crowd', ", &format!("'crowd', 'w{number}', "));
        let mut parts = same_as_new(&folder, "one file is damaged");
        parts.sort_unstable();
        assert_eq!(parts, [vec![0; shards - 1], vec![PARTS]].concat(), "damage {number}");
    }
    // the parts of one shard under the name of another
    let files = parts_files(&folder);
    fs::copy(&files[0], &files[1]).unwrap();
    edit(&folder, "f.toml", "'crowd', ", "'crowd', 'one', ");
    same_as_new(&folder, "the parts of another shard");
    parts_files(&folder).iter().for_each(|file| fs::remove_file(file).unwrap());
    edit(&folder, "f.toml", "'crowd', ", "'crowd', 'two', ");
    assert_eq!(same_as_new(&folder, "no parts"), vec![PARTS; shards]);
    // and with other shards, whose parts take the place of these
    edit(&folder, "f.toml", "'crowd', ", "'crowd', 'three', ");
    let mut study = Study::from_file(&folder.join("study.toml").to_string_lossy()).unwrap();
    (study.report.out, study.shard_articles) = (folder.join("again").to_string_lossy().into_owned(), 3);
    framescope::run(&study, &Work::default(), &AtomicBool::new(false)).unwrap();
    same_as_new(&folder, "other shards");
}

#[test]
fn the_cache_says_what_it_keeps_and_drops_it() {
    let folder = begin("kept-parts-listed");
    let shards = run(&folder, "again", true).1.len();
    let out = folder.join("again").to_string_lossy().into_owned();
    let text = framescope::inspect::list_cache(&out).unwrap().text;
    assert!(text.contains(&format!("counts by frame ({shards} shard")), "{text}");
    framescope::inspect::clear_cache(&out).unwrap();
    assert!(parts_files(&folder).is_empty());
}
