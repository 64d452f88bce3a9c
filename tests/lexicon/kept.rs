//! What is kept of a lexicon is the lexicon: in every field, for the very bytes that it was read of.

use framescope::lexicon::{Kept, Lexicon, Options, Set};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

fn all(set: &Set) -> Vec<Lexicon> {
    set.all().cloned().collect()
}

#[test]
fn a_lexicon_that_is_kept_comes_back_in_every_field() {
    let folder = std::env::temp_dir().join(format!("framescope-kept-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let circles = "[lexicon]\nlanguage = \"en\"\n[[frame]]\nname = \"a\"\nterms = [\"riot NEAR/3 #b\", \"riot\"]\nexcept = [\"riot gear\"]\n\
                   [[frame]]\nname = \"b\"\nterms = [\"march NEAR/3 #a\", \"unrest*\"]\n[[target]]\nname = \"City\"\nterms = [\"town hall\"]\n";
    let files = [
        ("circles.toml", circles),
        ("words.csv", "term,weight\ngood,1.5\nbad,-2\n"),
        ("list.dic", "%\n1\tanger\n%\nhate*\t1\nrage\t1\n"),
        ("tree.yml", "order:\n  riot: [riot*, unrest]\n  calm: [calm, peace of mind]\n"),
    ];
    let mut paths: Vec<String> = ["framing-en", "sentiment-en", "furniture-ru"].map(str::to_string).to_vec();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
        paths.push(folder.join(name).to_string_lossy().into_owned());
    }
    let cues = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/context")).unwrap();
    paths.extend(cues.map(|entry| entry.unwrap().path().to_string_lossy().into_owned()));
    let known: Mutex<HashMap<[u8; 32], Vec<u8>>> = Mutex::default();
    let load = |paths: &[String], options: &Options| {
        let kept = Kept::of(|made_of| known.lock().unwrap().get(made_of).cloned());
        let set = Set::load_by(paths, options, &kept).unwrap_or_else(|e| panic!("{e}"));
        let fresh = kept.fresh();
        let number = fresh.len();
        known.lock().unwrap().extend(fresh);
        (set, number)
    };
    let options = Options::default();
    let expected = all(&Set::load(&paths, &options).unwrap());
    assert!(expected.iter().any(|of| of.frames.iter().any(|frame| frame.is_circular)));
    assert!(expected.iter().any(|of| !of.problems.is_empty()) && expected.iter().any(|of| !of.report.rows.is_empty()));
    let fingerprints = |all: &[Lexicon]| all.iter().map(Lexicon::fingerprint).collect::<Vec<_>>();
    for fresh in [paths.len(), 0] {
        let (set, number) = load(&paths, &options);
        assert_eq!(number, fresh, "every one is kept, once");
        assert!(all(&set) == expected && fingerprints(&all(&set)) == fingerprints(&expected));
    }
    // read otherwise, it is another; so is an edited one; what is kept and cut is none
    let strict = Options { language: framescope::text::Language::parse("it"), ..Options::default() };
    assert_eq!(load(&paths, &strict).1, paths.len());
    fs::write(folder.join("words.csv"), "term,weight\ngood,1.5\nbad,-1\n").unwrap();
    assert_eq!(load(&paths, &options).1, 1);
    known.lock().unwrap().values_mut().for_each(|bytes| bytes.truncate(bytes.len() / 2));
    assert!(all(&load(&paths, &options).0) == all(&Set::load(&paths, &options).unwrap()));
    let _ = fs::remove_dir_all(folder);
}
