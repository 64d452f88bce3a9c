//! Keyword in context and lists of words: what is shown is what a run counts.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use framescope::Study;
use framescope::inspect::{self, Concordance, Form, KwicQuery, Line, Order};
use framescope::progress::Silent;
use framescope::voice::Voice;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// A new empty folder.
pub(crate) fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("framescope-kwic-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The sample study in a folder of its own, run.
fn sample(name: &str) -> (PathBuf, String) {
    let folder = temporary(name);
    let demo = folder.join("demo");
    inspect::demo(demo.to_str().unwrap()).unwrap_or_else(|e| panic!("{e}"));
    // files that were written just now are read again, whatever is kept of them
    std::thread::sleep(std::time::Duration::from_millis(80));
    let mut study = Study::from_file(demo.join("study.toml").to_str().unwrap()).unwrap();
    study.report.charts = false;
    framescope::run(&study, &Silent, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"));
    (folder, study.report.out)
}

fn kwic(study: &Study, query: &KwicQuery) -> Concordance {
    inspect::kwic(study, query, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"))
}

fn of(term: &str) -> KwicQuery {
    KwicQuery { term: term.to_string(), ..KwicQuery::default() }
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    let row = |row: csv::StringRecord| names.iter().cloned().zip(row.iter().map(str::to_string)).collect();
    reader.records().map(|found| row(found.unwrap())).collect()
}

/// A hit as both tables tell it.
type Told = (String, u64, u64, [String; 6]);

fn told(line: &Line) -> Told {
    let (frame, _) = line.of_frame.clone().unwrap_or_default();
    let voice = line.voice.name().to_string();
    let source = line.source.clone().unwrap_or_default();
    let texts = [frame, line.left.clone(), line.hit.clone(), line.right.clone(), voice, source];
    (line.article.clone(), line.bytes.0, line.bytes.1, texts)
}

#[test]
fn the_lines_of_a_frame_are_the_rows_of_its_hits() {
    let (folder, out) = sample("law");
    let study = Study::of_run(&out).unwrap();
    let mut seen = 0;
    let mut tables: Vec<PathBuf> =
        fs::read_dir(Path::new(&out).join("hits")).unwrap().map(|e| e.unwrap().path()).collect();
    tables.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    for table in tables {
        let rows = rows(&table);
        let frames: BTreeSet<String> = rows.iter().map(|row| row["frame"].clone()).collect();
        for frame in frames {
            let own = |row: &&BTreeMap<String, String>| row["frame"] == frame;
            let hit = |row: &BTreeMap<String, String>| -> (Told, String) {
                let cell = |name: &str| framescope::text::csv::unescaped(&row[name]).to_string();
                let texts = ["frame", "left", "surface", "right", "voice", "source"].map(cell);
                let number = |name: &str| row[name].parse().unwrap();
                ((cell("article"), number("byte_start"), number("byte_end"), texts), cell("counted"))
            };
            let mut expected: Vec<(Told, String)> = rows.iter().filter(own).map(hit).collect();
            let query = KwicQuery { uncounted: true, of_run: Some(out.clone()), ..of(&format!("#{frame}")) };
            let found = kwic(&study, &query);
            assert!(found.notes.iter().all(|note| note.kind != "run-is-older"), "{:?}", found.notes);
            let mut lines: Vec<(Told, String)> =
                found.lines.iter().map(|line| (told(line), line.counted.to_string())).collect();
            expected.sort();
            lines.sort();
            assert_eq!(lines, expected, "{frame}");
            seen += lines.len();
        }
    }
    assert!(seen > 100, "{seen} hits");
    let _ = fs::remove_dir_all(folder);
}

/// Files of the cache that end so.
fn cached(out: &str, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(Path::new(out).join(".cache")).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

#[test]
fn a_pattern_that_says_something_else_is_told() {
    let folder = temporary("doubtful");
    let corpus = folder.join("news.csv");
    fs::write(&corpus, "outlet,text\nEcho,The coup failed and a riot began.\n").unwrap();
    let study = Study::of([corpus.to_string_lossy().into_owned()]);
    for (term, kind) in [("coup|riot", "entry-list"), ("coup OR riot", "entry-operator"), ("[Cc]oup", "entry-regex")] {
        let found = kwic(&study, &of(term));
        assert!(found.notes.iter().any(|note| note.kind == kind), "{term}: {:?}", found.notes);
    }
    let found = kwic(&study, &of("coup NEAR/6 riot"));
    assert!(found.hits == 1 && !found.notes.iter().any(|note| note.kind.starts_with("entry")), "{:?}", found.notes);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn lines_are_the_same_with_the_index_without_it_and_with_a_damaged_one() {
    let (folder, out) = sample("index");
    let study = Study::of_run(&out).unwrap();
    let queries = ["terrorist", "protest*", "a", "state of emergency", "#coup", "@Tokayev", "zzz"].map(|term| {
        let voices = if term == "a" { vec![Voice::Quoted] } else { Vec::new() };
        KwicQuery { most: Some(7), uncounted: term == "#coup", voices, ..of(term) }
    });
    let all = |study: &Study| {
        queries.clone().map(|query| {
            let found = kwic(study, &query);
            (found.lines, found.hits, found.articles, found.words, found.among)
        })
    };
    let expected = all(&study);
    assert!(expected.iter().map(|found| found.1).sum::<u64>() > 50);
    // no index: nothing is kept that could be taken over
    let elsewhere = Study {
        report: framescope::report::Options { out: "nowhere".into(), ..study.report.clone() },
        ..study.clone()
    };
    assert!(all(&elsewhere) == expected, "without an index");
    // what was counted before is gone, then the shards are others than their heads promise, then they are cut
    cached(&out, ".value").iter().for_each(|path| fs::remove_file(path).unwrap());
    assert!(all(&study) == expected, "without values");
    let shards = cached(&out, ".shard");
    let whole: Vec<Vec<u8>> = shards.iter().map(|path| fs::read(path).unwrap()).collect();
    for path in &shards {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    }
    assert!(all(&study) == expected, "with damaged shards");
    for (path, whole) in shards.iter().zip(&whole) {
        fs::write(path, &whole[..whole.len() - 9]).unwrap();
    }
    assert!(all(&study) == expected, "with shards that are cut");
    let _ = fs::remove_dir_all(folder);
}

/// A query's lines are read of a few blocks of the shards: whichever of these is another than it was, and wherever, is found.
#[test]
fn what_is_read_of_the_index_was_checked() {
    let (folder, out) = sample("blocks");
    let study = Study::of_run(&out).unwrap();
    let queries = ["terrorist", "state of emergency", "#coup"].map(|term| KwicQuery {
        most: Some(7),
        of_run: Some(out.clone()),
        ..of(term)
    });
    let all = || {
        queries.clone().map(|query| {
            let found = kwic(&study, &query);
            (found.lines, found.hits)
        })
    };
    let expected = all();
    assert!(expected.iter().all(|found| found.1 > 2));
    let mut found = 0;
    for ending in [".shard", ".value"] {
        for path in cached(&out, ending) {
            let whole = fs::read(&path).unwrap();
            let step = (whole.len() / if ending == ".shard" { 12 } else { 2 }).max(40);
            for at in (30..whole.len()).step_by(step).chain([8, 40]) {
                let mut bytes = whole.clone();
                bytes[at] ^= 1;
                fs::write(&path, bytes).unwrap();
                assert!(all() == expected, "{ending}, byte {at} of {}", whole.len());
                found += u32::from(fs::read(&path).unwrap() == whole);
                fs::write(&path, &whole).unwrap();
            }
        }
    }
    assert!(found > 3, "{found} were mended");
    let _ = fs::remove_dir_all(folder);
}

/// What was read of a lexicon is kept; its file decides.
#[test]
fn an_edited_lexicon_is_read_again() {
    let folder = temporary("edited");
    let (news, lexicon, out) = (folder.join("news.csv"), folder.join("order.toml"), folder.join("out"));
    fs::write(&news, "outlet,text\nEcho,The riot began. Then a march began.\n").unwrap();
    let write = |terms: &str| fs::write(&lexicon, format!("[[frame]]\nname = \"order\"\nterms = [{terms}]\n")).unwrap();
    write("\"riot\"");
    std::thread::sleep(std::time::Duration::from_millis(80));
    let mut study = Study::of([news.to_string_lossy().into_owned()]);
    study.lexicons = vec![lexicon.to_string_lossy().into_owned()];
    study.report.out = out.to_string_lossy().into_owned();
    study.report.charts = false;
    framescope::run(&study, &Silent, &AtomicBool::new(false)).unwrap_or_else(|e| panic!("{e}"));
    let ask = || {
        let found = kwic(&study, &KwicQuery { of_run: Some(study.report.out.clone()), ..of("#order") });
        (found.hits, found.notes.iter().any(|note| note.kind == "run-is-older"))
    };
    assert_eq!([ask(), ask()], [(1, false); 2]);
    write("\"riot\", \"march\"");
    assert_eq!([ask(), ask()], [(2, true); 2]);
    write("\"riot\"");
    assert_eq!([ask(), ask()], [(1, false); 2]);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_hits_behind_a_number_are_as_many_as_it_says() {
    let (folder, out) = sample("numbers");
    let study = Study::of_run(&out).unwrap();
    for row in rows(&Path::new(&out).join("frames.csv")).iter().step_by(7) {
        let query = KwicQuery { group: Some(row["outlet"].clone()), ..of(&format!("#{}", row["frame"])) };
        let found = kwic(&study, &query);
        assert_eq!(found.hits.to_string(), row["hits"], "{} {}", row["outlet"], row["frame"]);
        assert_eq!(found.lines.len().to_string(), row["hits"]);
        assert_eq!(found.articles.to_string(), row["articles_with_hit"]);
        assert_eq!((found.among.to_string(), found.words.to_string()), (row["articles"].clone(), row["words"].clone()));
        assert!(found.lines.iter().all(|line| line.outlet == row["outlet"]));
    }
    let query = KwicQuery { group: Some("Steppe Observr".to_string()), ..of("#coup") };
    let error = inspect::kwic(&study, &query, &AtomicBool::new(false)).unwrap_err().to_string();
    assert!(error.contains("did you mean `Steppe Observer`?"), "{error}");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn what_is_drawn_depends_on_the_seed_alone() {
    let (folder, out) = sample("draw");
    let study = Study::of_run(&out).unwrap();
    let all = kwic(&study, &of("the"));
    assert!(all.hits > 500 && all.lines.len() as u64 == all.hits);
    let few = KwicQuery { most: Some(12), ..of("the") };
    let drawn = kwic(&study, &few);
    assert_eq!((drawn.hits, drawn.articles, drawn.lines.len()), (all.hits, all.articles, 12));
    assert!(drawn.lines.iter().all(|line| all.lines.contains(line)));
    // not the first ones: of twelve drawn of thousands, hardly two are of one article
    assert!(drawn.lines.iter().map(|line| &line.article).collect::<BTreeSet<_>>().len() >= 7);
    for (threads, shard_articles) in [(1, 1), (2, 3), (1, 0)] {
        let other = Study { threads, shard_articles, cache: false, ..study.clone() };
        assert_eq!(kwic(&other, &few).lines, drawn.lines, "{threads} threads, {shard_articles} articles a shard");
    }
    let again = kwic(&study, &KwicQuery { seed: Some(1), ..few.clone() });
    assert_ne!(again.lines, drawn.lines);
    for order in [Order::Left, Order::Right, Order::Date] {
        let mut sorted = kwic(&study, &KwicQuery { order, ..few.clone() }).lines;
        let key = |line: &Line| (line.article.clone(), line.bytes);
        sorted.sort_by_key(key);
        let mut plain = drawn.lines.clone();
        plain.sort_by_key(key);
        assert_eq!(sorted, plain, "{order:?} shows the same lines");
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn lines_are_chosen_by_voice_outlet_and_condition_and_counts_stay() {
    let (folder, out) = sample("choice");
    let study = Study::of_run(&out).unwrap();
    let all = kwic(&study, &of("terrorists"));
    let quoted = kwic(&study, &KwicQuery { voices: vec![Voice::Quoted], ..of("terrorists") });
    assert!(quoted.hits > 0 && quoted.hits < all.hits);
    assert_eq!(quoted.lines, all.lines.iter().filter(|line| line.voice == Voice::Quoted).cloned().collect::<Vec<_>>());
    let one = KwicQuery { outlets: vec!["Eastern Standard".to_string()], ..of("terrorists") };
    let same = KwicQuery { only: Some("outlet = \"Eastern Standard\"".to_string()), ..of("terrorists") };
    assert_eq!(kwic(&study, &one).lines, kwic(&study, &same).lines);
    let dated = KwicQuery { only: Some("date < 2022-01-10 and text ~ \"Almaty*\"".to_string()), ..of("terrorists") };
    let dated = kwic(&study, &dated);
    assert!(dated.hits > 0 && dated.hits < all.hits);
    let fails = |query: KwicQuery| inspect::kwic(&study, &query, &AtomicBool::new(false)).unwrap_err().to_string();
    let error = fails(KwicQuery { outlets: vec!["Eastern Standart".to_string()], ..of("terrorists") });
    assert!(error.contains("did you mean `Eastern Standard`?"), "{error}");
    let error = fails(KwicQuery { voices: vec![Voice::Furniture], ..of("terrorists") });
    assert!(error.contains("--uncounted"), "{error}");
    let error = fails(of("@Tokayef"));
    assert!(error.contains("did you mean `@Tokayev`?") && error.matches("`@Tokayev`").count() == 2, "{error}");
    let error = fails(of("a NEAR/0 b"));
    assert!(error.contains("NEAR"), "{error}");
    // a run that is not as it was says so
    fs::write(folder.join("demo/articles/new.txt"), "The terrorists went home.\n").unwrap();
    let later = kwic(&study, &KwicQuery { of_run: Some(out), ..of("terrorists") });
    assert!(later.hits == all.hits + 1 && later.notes.iter().any(|note| note.kind == "run-is-older"));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn data_are_data_in_every_form() {
    let folder = temporary("data");
    let path = folder.join("articles.csv");
    let mut writer = csv::Writer::from_path(&path).unwrap();
    writer.write_record(["id", "outlet", "url", "text"]).unwrap();
    writer
        .write_record(["a1", "=cmd()", "javascript:alert(1)", "=1+1 < 3 the coup & \u{1b}[31mred words of a day."])
        .unwrap();
    writer
        .write_record(["a2", "B", "https://example.org/?a=1&b=\"2\"", "Nobody saw the coup coming at all that day."])
        .unwrap();
    writer.flush().unwrap();
    let study = Study::of([path.to_str().unwrap()]);
    let found = kwic(&study, &of("coup"));
    assert_eq!(found.hits, 2);
    let csv = found.text(Form::Csv, false);
    assert!(csv.contains(",'=cmd(),") && csv.lines().count() == 3, "{csv}");
    let html = found.text(Form::Html, false);
    assert!(html.contains("1 &lt; 3 the</td>") && !html.contains("href=\"javascript"), "{html}");
    assert!(html.contains("href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\"") && !html.contains('\u{1b}'));
    let painted = found.text(Form::Table, true);
    assert!(painted.contains("\u{1b}[1;33mcoup") && !painted.contains("\u{1b}[31m") && painted.contains("\\u{1b}"));
    for line in found.text(Form::Jsonl, false).lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(value["date"].is_null() && value["hit"] == "coup", "{line}");
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_hits_of_all_words_of_a_group_are_its_words() {
    let (folder, out) = sample("words");
    let study = Study::of_run(&out).unwrap();
    let query = inspect::FrequencyQuery { by_group: true, ..inspect::FrequencyQuery::default() };
    let list = inspect::frequencies(&study, &query, &AtomicBool::new(false)).unwrap();
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    list.rows.iter().for_each(|row| *sums.entry(row.group[0].clone()).or_default() += row.hits);
    for row in rows(&Path::new(&out).join("frames.csv")) {
        assert_eq!(sums[&row["outlet"]].to_string(), row["words"], "{}", row["outlet"]);
    }
    assert_eq!(sums.values().sum::<u64>(), list.words);
    let query = inspect::FrequencyQuery { by_group: false, ..query };
    let whole = inspect::frequencies(&study, &query, &AtomicBool::new(false)).unwrap();
    let coup = whole.rows.iter().find(|row| row.word == "coup").unwrap();
    let read = kwic(&study, &of("=coup"));
    assert_eq!((coup.hits, coup.articles), (read.hits, read.articles));
    assert_eq!(coup.range, read.lines.iter().map(|line| &line.outlet).collect::<BTreeSet<_>>().len() as u64);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_plot_has_a_stroke_for_every_hit_at_its_place() {
    let (folder, out) = sample("plot");
    let study = Study::of_run(&out).unwrap();
    let query = KwicQuery { plot: true, most: Some(2), ..of("#terrorism") };
    let found = kwic(&study, &query);
    assert_eq!(found.lines.len(), 2, "the lines are drawn at random, the plot has all");
    let hits = || found.plotted.iter().flat_map(|article| &article.hits);
    assert_eq!((hits().count() as u64, found.plotted.len() as u64), (found.hits, found.articles));
    let all = kwic(&study, &KwicQuery { most: None, ..of("#terrorism") });
    let own = all.lines.iter().filter(|line| line.voice == Voice::Own).count();
    assert_eq!(hits().filter(|(_, is_own)| *is_own).count(), own);
    assert!(all.plotted.is_empty(), "nobody asked for it");
    let options = &study.report;
    let drawing = found.plot(options).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(drawing.points.len() as u64, found.hits);
    // the first word of an article stands left of its last
    let long = found.plotted.iter().max_by_key(|article| article.hits.len()).unwrap();
    let inside = long.hits.iter().all(|(at, _)| *at < long.words);
    assert!(inside && long.hits.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{long:?}");
    for form in ["svg", "png", "pdf"] {
        let file = folder.join(format!("p.{form}"));
        found.plot_into(file.to_str().unwrap(), options).unwrap_or_else(|e| panic!("{e}"));
        found.plot_into(file.to_str().unwrap(), options).unwrap_or_else(|e| panic!("again: {e}"));
        assert!(fs::metadata(&file).unwrap().len() > 500, "{form}");
    }
    let notes = folder.join("notes.svg");
    fs::write(&notes, "my notes").unwrap();
    assert!(found.plot_into(notes.to_str().unwrap(), options).unwrap_err().to_string().contains("something else"));
    assert_eq!(fs::read_to_string(&notes).unwrap(), "my notes");
    assert!(inspect::form_of_plot("plot.gif").unwrap_err().to_string().contains(".svg, .png or .pdf"));
    let _ = fs::remove_dir_all(folder);
}
