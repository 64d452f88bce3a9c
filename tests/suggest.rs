//! Growing a lexicon: candidates from a corpus, accepted ones in the file, entries that something speaks against.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use crate::kwic::temporary;
use framescope::Study;
use framescope::inspect;
use framescope::lexicon;
use framescope::suggest::{DropReason, SuggestQuery, Suggestion, accept, suggest, suggest_drop};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const LEXICON: &str = "\
# ours, read by two
[lexicon]
name = \"storms\"
language = \"en\"

# what comes down
[[frame]]
name = \"weather\"
terms = [
  \"storm\", # the plain word
  \"blizzard\", \"hurricane\",
  # to be looked at again
  { term = \"mudslide\", precision = \"3/20\" }, # doubtful
]
misses = [\"She took the town by rain.\"]

[[frame]]
name = \"money\" # and what it costs
terms = [\"budget\", \"finance\"]
";

/// Sentences of two kinds; `flooding` keeps company with storms, `hurricaine` is misspelt.
fn corpus(folder: &Path) -> String {
    let mut text = String::from("id,outlet,text\n");
    let outlets = ["North", "South", "East"];
    for i in 0..60 {
        let weather = match i % 3 {
            0 => "The storm and the flooding closed the harbour road. A blizzard followed the flooding in the valley.",
            1 => "A hurricane brought flooding to the coast. The storm took the harbour roofs away.",
            _ => "The blizzard stopped every train. One hurricaine warning stood for the harbour town.",
        };
        let money = match i % 2 {
            0 => "The budget grew while the deficit shrank. Parliament read the finance bill about the deficit.",
            _ => "The team scored a goal late. The keeper said the goal was fair.",
        };
        let _ = writeln!(text, "a{i},{},\"{weather} Number {i} of many. {money}\"", outlets[i % 3]);
    }
    let path = folder.join("news.csv");
    fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

fn setting(name: &str) -> (std::path::PathBuf, String, Study) {
    let folder = temporary(name);
    let lexicon = folder.join("storms.toml");
    fs::write(&lexicon, LEXICON).unwrap();
    let mut study = Study::of([corpus(&folder)]);
    study.clean.repeats = false;
    study.clean.duplicates = false;
    (folder, lexicon.to_string_lossy().into_owned(), study)
}

fn query() -> SuggestQuery {
    SuggestQuery { most: 12, min_hits: 3, ..SuggestQuery::default() }
}

fn find<'r>(rows: &'r [Suggestion], frame: &str, entry: &str) -> Option<&'r Suggestion> {
    rows.iter().find(|row| row.frame == frame && row.entry == entry)
}

#[test]
fn candidates_are_what_keeps_company_with_a_frame_or_is_written_as_it() {
    let (folder, lexicon, study) = setting("candidates");
    let stop = AtomicBool::new(false);
    let found = suggest(&lexicon, &study, &query(), &stop).unwrap_or_else(|e| panic!("{e}"));
    let flooding = find(&found.rows, "weather", "flooding").expect("flooding is a candidate");
    assert_eq!((flooding.hits, flooding.articles, flooding.outlets), (60, 40, 2));
    assert_eq!(flooding.sentences, (60, 60), "every sentence of it has a storm");
    assert_eq!(flooding.expected_precision.value(), Some(1.0));
    assert_eq!(flooding.examples.len(), 3);
    assert!(flooding.examples.iter().all(|sentence| sentence.contains("flooding")), "{:?}", flooding.examples);
    let misspelt = find(&found.rows, "weather", "hurricaine").expect("a misspelling is a candidate");
    assert!(misspelt.why.contains("spelling") && misspelt.nearest == "hurricane", "{misspelt:?}");
    assert!(find(&found.rows, "money", "deficit").is_some());
    for row in &found.rows {
        let own = if row.frame == "money" { ["budget", "finance", ""] } else { ["storm", "blizzard", "hurricane"] };
        assert!(!own.contains(&row.entry.as_str()), "{row:?}");
    }
    // the same whatever the shards and threads; another seed draws other sentences
    for (threads, shard_articles) in [(1, 7), (2, 1)] {
        let other = Study { threads, shard_articles, ..study.clone() };
        assert_eq!(suggest(&lexicon, &other, &query(), &stop).unwrap().rows, found.rows);
    }
    let one = SuggestQuery { frame: Some("money".to_string()), ..query() };
    assert!(suggest(&lexicon, &study, &one, &stop).unwrap().rows.iter().all(|row| row.frame == "money"));
    let wrong = SuggestQuery { frame: Some("wether".to_string()), ..query() };
    let error = suggest(&lexicon, &study, &wrong, &stop).unwrap_err().to_string();
    assert!(error.contains("did you mean `weather`?"), "{error}");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn accepted_rows_go_into_the_file_and_no_comment_is_lost() {
    let table = "frame,entry,accept,note\nweather,flooding,x,suggested by keyness\nweather,harbour,,\nmoney,deficit,yes,\nweather,storm,1,\n";
    let done = accept("storms.toml", LEXICON, ("s.csv", table), "2026-11-28").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(done.added.len(), 2);
    assert_eq!(done.existing, [("weather".to_string(), "storm".to_string())]);
    for comment in [
        "# ours, read by two",
        "# what comes down",
        "# the plain word",
        "# to be looked at again",
        "# doubtful",
        "# and what it costs",
    ] {
        assert!(done.text.contains(comment), "{comment}\n{}", done.text);
    }
    // a comment stays behind its own entry
    assert!(done.text.contains("precision = \"3/20\" }, # doubtful\n  { term = \"flooding\""), "{}", done.text);
    let read = lexicon::parse("storms.toml", done.text.as_bytes()).unwrap();
    let entry = read.entries.iter().find(|entry| entry.text == "flooding").unwrap();
    assert_eq!((entry.added.as_str(), entry.note.as_str()), ("2026-11-28", "suggested by keyness"));
    // once is enough
    let again = accept("storms.toml", &done.text, ("s.csv", table), "2026-11-29").unwrap();
    assert_eq!((again.text.as_str(), again.added.len()), (done.text.as_str(), 0));
    // as spreadsheets save it
    for table in [
        "\u{feff}Frame;Entry;Accept;note\nweather;hail;x;a\n",
        "sep=,\r\nframe,entry,accept,note\r\nweather,hail,1,a\r\n",
        "frame\tentry\taccept\nweather\thail\t1.0\n",
    ] {
        let done = accept("storms.toml", LEXICON, ("s.csv", table), "").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(done.added, [("weather".to_string(), "hail".to_string())], "{table}");
    }
    let fails = |table: &str| accept("storms.toml", LEXICON, ("s.csv", table), "").unwrap_err().to_string();
    assert!(fails("frame,entry,accept\nweather,hail,perhaps\n").contains("s.csv:2: `perhaps`"));
    assert!(fails("sep=;\nframe;entry;accept\nweather;hail;perhaps\n").contains("s.csv:3: `perhaps`"));
    assert!(fails("frame,entry,accept\nwether,hail,x\n").contains("s.csv:2: no frame `wether`"));
    assert!(fails("frame,entry\nweather,hail\n").contains("accept"));
    assert!(fails("frame,entry,accept\nweather,a NEAR/0 b,x\n").contains("NEAR"));
}

#[test]
fn entries_that_something_speaks_against_are_named_with_the_number() {
    let (folder, lexicon, study) = setting("drop");
    let stop = AtomicBool::new(false);
    let found = suggest_drop(&lexicon, &study, &SuggestQuery::default(), &stop).unwrap();
    let mudslide = found.iter().find(|of| of.entry == "mudslide").expect("3 of 20 right");
    assert_eq!((mudslide.reasons.as_slice(), mudslide.hits), (&[DropReason::Precision(3, 20)][..], 0));
    assert!(mudslide.at.ends_with("storms.toml:13"), "{}", mudslide.at);
    assert!(found.iter().all(|of| of.entry != "storm"), "{found:?}");
    let text = inspect::dropped_text(&found, inspect::Form::Csv);
    assert!(text.contains("precision 3/20 by hand"), "{text}");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn coded_texts_tell_what_a_list_gains() {
    let (folder, lexicon, study) = setting("coded");
    let mut table = String::from("sentence,weather,money\n");
    for i in 0..60 {
        let (text, code) = match i % 4 {
            0 => ("The flooding came at night", "1,0"),
            1 => ("A storm was seen far out", "1,0"),
            2 => ("The budget is read again", "0,1"),
            _ => ("The goal was scored late", "0,0"),
        };
        let _ = writeln!(table, "{text} on day {i},{code}");
    }
    let path = folder.join("coded.csv").to_string_lossy().into_owned();
    fs::write(&path, &table).unwrap();
    let with = SuggestQuery { coded: Some(path.clone()), ..query() };
    let found = suggest(&lexicon, &study, &with, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"));
    let weather = &found.gains[0];
    assert_eq!((weather.frame.as_str(), weather.texts), ("weather", (60, 30)));
    // the list finds half of the coded texts: half a pair is a tie
    assert_eq!(weather.before.value(), Some(0.75));
    assert!(weather.after.value().unwrap() > 0.95, "{weather:?}");
    let flooding = find(&found.rows, "weather", "flooding").unwrap();
    assert!(flooding.why.contains("coded") && flooding.coded == Some((15, 15)), "{flooding:?}");
    fs::write(&path, table.replace("on day 5,1,0", "on day 5,2,0")).unwrap();
    let error = suggest(&lexicon, &study, &with, &AtomicBool::new(false)).unwrap_err().to_string();
    assert!(error.contains("coded.csv:7: the code `2`"), "{error}");
    fs::write(&path, "sentence,code\nA storm,weather;wind\n").unwrap();
    let error = suggest(&lexicon, &study, &with, &AtomicBool::new(false)).unwrap_err().to_string();
    assert!(error.contains("coded.csv:2: no frame `wind`"), "{error}");
    let _ = fs::remove_dir_all(folder);
}

/// On public sets of coded texts the words that tell best raise the AUC of a word list.
#[test]
fn words_that_tell_raise_the_auc_of_a_list_on_public_sets() {
    let Some(shared) = crate::run::shared() else { return };
    let gold = shared.join("samples/gold/frames");
    let Ok(seeds) = fs::read_to_string(gold.join("seeds.json")) else { return };
    let seeds: serde_json::Value = serde_json::from_str(&seeds).unwrap();
    let folder = temporary("gold");
    let mut gains = Vec::new();
    for set in ["gvfc", "narrative"] {
        let mut text = format!("[lexicon]\nname = \"{set}\"\nlanguage = \"en\"\nmatch = \"exact\"\n");
        for (frame, words) in seeds[set].as_object().unwrap() {
            let _ = writeln!(text, "[[frame]]\nname = \"{frame}\"\nterms = {words}");
        }
        let lexicon = folder.join(format!("{set}.toml")).to_string_lossy().into_owned();
        fs::write(&lexicon, text).unwrap();
        let coded = gold.join(format!("dev/{set}.csv")).to_string_lossy().into_owned();
        let study = Study::of([coded.clone()]);
        let query = SuggestQuery { most: 1, coded: Some(coded), min_hits: 3, ..SuggestQuery::default() };
        let found = suggest(&lexicon, &study, &query, &AtomicBool::new(false)).unwrap();
        let mean = |of: fn(&framescope::suggest::Gain) -> framescope::statistics::Measured| {
            found.gains.iter().map(|gain| of(gain).value().unwrap()).sum::<f64>() / found.gains.len() as f64
        };
        gains.push((set, mean(|gain| gain.before), mean(|gain| gain.after), mean(|gain| gain.whole)));
    }
    println!("{gains:?}");
    assert!(gains[0].2 - gains[0].1 >= 0.05, "{gains:?}");
    // articles of unlike length: a word is no less there in a long one
    assert!(gains[1].2 - gains[1].1 >= 0.025 && gains[1].3 - gains[1].1 >= 0.05, "{gains:?}");
    assert!(gains[0].3 - gains[0].1 >= 0.05, "{gains:?}");
    let _ = fs::remove_dir_all(folder);
}
