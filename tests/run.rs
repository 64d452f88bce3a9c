//! The whole run: the committed output, the laws of §1.5 of the design, and every way in which input can be bad.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of shared samples, where it is there.
pub fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("../shared is absent: skipped");
    None
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A new empty folder for a test.
fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("framescope-test-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn framescope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder with its bytes, but for those that depend on what was run before and so are in no manifest.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
            // the cache: no result
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found.retain(|name, _| !name.starts_with(".cache/") && !name.starts_with("diff/") && !name.starts_with("history"));
    found
}

#[track_caller]
fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{name} differs");
    }
}

/// Rows of a CSV file by column name.
pub(crate) fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| header.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The hits of a run, of all its frames, by article and place.
pub(crate) fn hits(folder: &Path) -> Vec<BTreeMap<String, String>> {
    let mut found: Vec<BTreeMap<String, String>> =
        tables(&folder.join("hits")).iter().flat_map(|path| rows(path)).collect();
    let order: Vec<String> =
        rows(&folder.join("articles.csv")).into_iter().map(|mut row| row.remove("article").unwrap()).collect();
    let order: BTreeMap<&str, usize> = order.iter().map(String::as_str).zip(0..).collect();
    found.sort_by_key(|hit| {
        let byte = |name: &str| hit[name].parse::<u64>().unwrap();
        (order[hit["article"].as_str()], byte("byte_start"), byte("byte_end"))
    });
    found
}

/// The CSV files of a folder, by name.
pub(crate) fn tables(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    found.sort();
    found
}

const FOUR: &str = r#"
[lexicon]
name = "four"
[[frame]]
name = "coup"
terms = ["coup"]
[[frame]]
name = "terrorists"
terms = ["terrorists"]
[[frame]]
name = "occupiers"
terms = ["occupiers"]
[[frame]]
name = "multivectoral"
terms = ["multivectoral"]
"#;

#[test]
fn the_default_run_gives_the_committed_output() {
    let out = temporary("default").join("output");
    let done = framescope(root(), &["run", "--quiet", "--out", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert_same(&bytes_of(&out), &bytes_of(&root().join("output")));
}

#[test]
fn threads_shards_and_the_order_of_paths_move_no_byte() {
    let folder = temporary("laws");
    let run = |name: &str, extra: &[&str]| {
        let out = folder.join(name);
        let mut arguments = vec!["run", "--quiet", "--out", out.to_str().unwrap()];
        arguments.extend(extra);
        let done = framescope(root(), &arguments);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        bytes_of(&out)
    };
    let reference = run("reference", &["--threads", "1"]);
    assert_same(&reference, &run("threads-4", &["--threads", "4"]));
    assert_same(&reference, &run("shard-1", &["--threads", "3", "--shard-articles", "1"]));
    assert_same(&reference, &run("shard-7", &["--threads", "2", "--shard-articles", "7"]));
    let lexicons = ["--lexicon", "lexicons/framing-en.toml", "--lexicon", "lexicons/sentiment-en.toml"];
    let backwards = ["--lexicon", "lexicons/sentiment-en.toml", "--lexicon", "lexicons/framing-en.toml"];
    let one = "seeds/articles/0*.txt";
    let other = "seeds/articles/1*.txt";
    let forwards = run("forwards", &[&[one, other][..], &lexicons[..]].concat());
    assert_same(&forwards, &run("backwards", &[&[other, one][..], &backwards[..]].concat()));
}

#[test]
fn two_runs_at_once_do_not_disturb_each_other() {
    let folder = temporary("twice");
    let start = |name: &str| {
        let out = folder.join(name);
        Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(root())
            .args(["run", "--quiet", "--no-charts", "--out", out.to_str().unwrap()])
            .spawn()
            .unwrap()
    };
    let mut both = [start("a"), start("b")];
    for child in &mut both {
        assert!(child.wait().unwrap().success());
    }
    assert_same(&bytes_of(&folder.join("a")), &bytes_of(&folder.join("b")));
}

#[test]
fn the_four_terms_are_found_where_a_person_found_them() {
    let Some(shared) = shared() else { return };
    let folder = temporary("four");
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    let seeds = shared.join("seeds");
    let done = framescope(&folder, &["run", seeds.to_str().unwrap(), "--lexicon", "four.toml", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let hits = hits(&folder.join("output"));
    let count = |frame: &str| hits.iter().filter(|hit| hit["frame"] == frame && hit["counted"] == "yes").count();
    assert_eq!(["coup", "terrorists", "occupiers", "multivectoral"].map(count), [4, 8, 1, 2]);
    for hit in &hits {
        let file = seeds.join(format!("{}.txt", hit["article"]));
        let bytes = fs::read(file).unwrap();
        let span = hit["byte_start"].parse().unwrap()..hit["byte_end"].parse().unwrap();
        assert_eq!(String::from_utf8_lossy(&bytes[span]), hit["surface"]);
    }
    let gold = rows(&shared.join("samples/gold/seeds-four-terms.csv"));
    for expected in gold {
        let at = |hit: &&BTreeMap<String, String>| {
            format!("{}.txt", hit["article"]) == expected["file"] && hit["byte_start"] == expected["byte_start"]
        };
        let hit = hits
            .iter()
            .find(at)
            .unwrap_or_else(|| panic!("{} {} is not found", expected["file"], expected["byte_start"]));
        assert!(hit["voice"] == expected["voice"] || hit["voice"] == expected["alt"], "{hit:?}");
    }
}

#[test]
fn every_hit_reads_again_as_its_surface_and_every_rate_is_its_hits() {
    let folder = root().join("output");
    let hits = hits(&folder);
    let articles: BTreeMap<String, BTreeMap<String, String>> =
        rows(&folder.join("articles.csv")).into_iter().map(|row| (row["article"].clone(), row)).collect();
    for hit in &hits {
        let file = root().join("seeds/articles").join(&articles[&hit["article"]]["file"]);
        let bytes = fs::read(&file).unwrap();
        let span: std::ops::Range<usize> = hit["byte_start"].parse().unwrap()..hit["byte_end"].parse().unwrap();
        // one file is not UTF-8: its spans count in its conversion
        let text =
            String::from_utf8(bytes).unwrap_or_else(|e| encoding_rs::WINDOWS_1252.decode(e.as_bytes()).0.into_owned());
        assert_eq!(text.get(span), Some(hit["surface"].as_str()), "{file:?}");
        let line = text[..hit["byte_start"].parse().unwrap()].matches('\n').count() + 1;
        assert_eq!(line.to_string(), hit["line"], "{file:?}");
    }
    for row in rows(&folder.join("frames.csv")) {
        let of_row = |hit: &&BTreeMap<String, String>| {
            hit["outlet"] == row["outlet"] && hit["frame"] == row["frame"] && hit["counted"] == "yes"
        };
        let found = hits.iter().filter(of_row).count();
        assert_eq!(found.to_string(), row["hits"], "{} {}", row["outlet"], row["frame"]);
        let by_voice = ["own_hits", "scare_hits", "marked_hits", "quoted_hits", "attributed_hits", "mention_hits"];
        assert_eq!(by_voice.iter().map(|voice| row[*voice].parse::<usize>().unwrap()).sum::<usize>(), found);
        let rate: f64 = row["rate"].parse().unwrap();
        let words: f64 = row["words"].parse().unwrap();
        assert!((rate - found as f64 / words * 1000.0).abs() < 1e-4 * rate.max(1.0));
    }
    for row in rows(&folder.join("articles.csv")) {
        let expected = if row["duplicate_of"].is_empty() { "yes" } else { "duplicate" };
        assert_eq!(row["counted"], expected, "{}", row["article"]);
    }
}

#[test]
fn an_article_without_a_lexicon_for_its_language_is_missing_and_not_zero() {
    let folder = temporary("language");
    fs::write(
        folder.join("lexicon.toml"),
        "[lexicon]\nname='l'\nlanguage='en'\n[[frame]]\nname='coup'\nterms=['coup']\n",
    )
    .unwrap();
    fs::create_dir(folder.join("a")).unwrap();
    fs::write(folder.join("a/de.txt"), "Der Präsident des Landes sagte, dass die Regierung nicht zurücktreten werde und dass der Coup von den Soldaten kam.").unwrap();
    fs::write(
        folder.join("a/en.txt"),
        "The president of the country said that the coup was over and that the order was to return to the city.",
    )
    .unwrap();
    let done = framescope(&folder, &["run", "a", "--lexicon", "lexicon.toml", "--by", "language", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let frames = rows(&folder.join("output/frames.csv"));
    assert_eq!(frames.len(), 1, "{frames:?}");
    assert_eq!((frames[0]["language"].as_str(), frames[0]["hits"].as_str()), ("en", "1"));
    let articles = rows(&folder.join("output/articles.csv"));
    assert_eq!(articles[0]["counted"], "no lexicon in its language");
}

#[test]
fn only_the_voices_that_are_asked_for_are_counted() {
    let folder = temporary("voices");
    let out = folder.join("o");
    let done = framescope(root(), &["run", "--quiet", "--no-charts", "--voice", "own", "--out", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let hits = hits(&out);
    assert!(hits.iter().any(|hit| hit["counted"] == "voice"));
    assert!(hits.iter().all(|hit| (hit["voice"] == "own") == (hit["counted"] == "yes") || hit["counted"] == "repeat"));
    let all = rows(&root().join("output/frames.csv"));
    for (own, all) in rows(&out.join("frames.csv")).iter().zip(all) {
        assert_eq!(own["hits"], all["own_hits"], "{} {}", all["outlet"], all["frame"]);
    }
}

#[test]
fn articles_can_be_grouped_by_any_column() {
    let folder = temporary("by");
    let csv = "id,text,source,country,published\n1,a coup in the city,A,X,2022-01-05\n2,no event,A,Y,2022-02-05\n3,coup coup,B,X,2023-01-05\n";
    fs::write(folder.join("c.csv"), csv).unwrap();
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    let done = framescope(&folder, &["run", "c.csv", "--lexicon", "four.toml", "--by", "country,year", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let frames = rows(&folder.join("output/frames.csv"));
    let coup: Vec<(&str, &str, &str)> = frames
        .iter()
        .filter(|row| row["frame"] == "coup")
        .map(|row| (row["country"].as_str(), row["year"].as_str(), row["hits"].as_str()))
        .collect();
    assert_eq!(coup, [("X", "2022", "1"), ("X", "2023", "2"), ("Y", "2022", "0")]);
    let wrong = framescope(&folder, &["run", "c.csv", "--lexicon", "four.toml", "--by", "countri"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("did you mean `country`"), "{}", stderr(&wrong));
}

#[test]
fn tokens_that_count_in_several_frames_are_reported_and_a_parent_counts_each_place_once() {
    let folder = temporary("overlaps");
    let lexicon = "[lexicon]\nname='l'\n[[frame]]\nname='power/coup'\nterms=['coup', 'attempted coup']\n\
                   [[frame]]\nname='power/force'\nterms=['coup', 'army']\n[[frame]]\nname='doubt'\nterms=['attempted']\n";
    fs::write(folder.join("l.toml"), lexicon).unwrap();
    fs::write(folder.join("c.csv"), "id,text\n1,An attempted coup by the army.\n2,The coup and the coup.\n").unwrap();
    let done = framescope(&folder, &["run", "c.csv", "--lexicon", "l.toml", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let frames = rows(&folder.join("output/frames.csv"));
    let hits: BTreeMap<&str, &str> = frames.iter().map(|row| (row["frame"].as_str(), row["hits"].as_str())).collect();
    let expected = [("doubt", "1"), ("power", "4"), ("power/coup", "3"), ("power/force", "4")];
    assert_eq!(hits, BTreeMap::from(expected), "{frames:?}");
    let overlaps: Vec<[String; 4]> = rows(&folder.join("output/overlaps.csv"))
        .into_iter()
        .map(|row| ["frame", "other_frame", "tokens", "articles"].map(|column| row[column].clone()))
        .collect();
    let pair = |a: &str, b: &str, tokens: &str, articles: &str| [a, b, tokens, articles].map(str::to_string);
    assert_eq!(overlaps, [pair("power/coup", "power/force", "3", "2"), pair("power/coup", "doubt", "1", "1")]);
    let page = fs::read_to_string(folder.join("output/index.html")).unwrap();
    assert!(page.contains("attempted coup"), "the page quotes the sentences");
}

#[test]
fn results_name_files_in_the_same_way_on_every_machine() {
    let folder = temporary("absolute");
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    fs::write(folder.join("c.csv"), "id,text\n1,a coup of terrorists\n").unwrap();
    let absolute = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let done = framescope(&folder, &["run", &absolute("c.csv"), "--lexicon", &absolute("four.toml"), "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let here = folder.to_string_lossy().into_owned();
    for (name, bytes) in bytes_of(&folder.join("output")) {
        assert!(!String::from_utf8_lossy(&bytes).contains(&here), "{name} holds a path of this machine");
    }
}

/// Runs that must be refused: what is on disk, the arguments, and what the message must hold.
#[test]
fn bad_input_is_refused_in_one_shape_and_leaves_the_last_output_whole() {
    let folder = temporary("bad");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    write("four.toml", FOUR.as_bytes());
    write("good.csv", b"id,text\n1,a coup\n");
    write("no-text.csv", b"id,boddy,n\n1,a coup,2\n");
    write("empty.csv", b"");
    write("binary.txt", &[0, 159, 146, 150, 0, 0, 1, 2, 3]);
    write("unknown-key.toml", b"[lexicon]\nname = 'x'\n[[frame]]\nname = 'a'\nterms = ['b']\ncolor = 'red'\n");
    write("twice.toml", b"[lexicon]\nname = 'x'\n[[frame]]\nname = 'a'\nterms = [\n 'coup',\n 'coup',\n]\n");
    write("empty-frame.toml", b"[lexicon]\nname = 'x'\n[[frame]]\nname = 'a'\nterms = []\n");
    write("broken.toml", b"[lexicon\nname = 'x'\n");
    write("study.toml", b"[study]\nname = 'x'\n[statistics]\npermutation = 3\n");
    write("file", b"not a folder");
    fs::create_dir(folder.join("nothing")).unwrap();
    fs::create_dir(folder.join("foreign")).unwrap();
    fs::write(folder.join("foreign/thesis.txt"), "mine").unwrap();
    let first = framescope(&folder, &["run", "good.csv", "--lexicon", "four.toml", "--quiet"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    let before = bytes_of(&folder.join("output"));
    let cases: &[(&[&str], &[&str])] = &[
        (&["run", "absent.csv", "-l", "four.toml"], &["error: absent.csv", "no such"]),
        (&["run", "nothing", "-l", "four.toml"], &["error: nothing"]),
        (&["run", "no-text.csv", "-l", "four.toml"], &["error: no-text.csv", "boddy", "--text"]),
        (&["run", "good.csv", "-l", "four.toml", "--text", "txt"], &["error:", "txt", "text"]),
        (&["run", "binary.txt", "-l", "four.toml"], &["binary.txt"]),
        (&["run", "empty.csv", "-l", "four.toml"], &["empty.csv"]),
        (&["run", "good.csv", "-l", "absent.toml"], &["error: absent.toml"]),
        (
            &["run", "good.csv", "-l", "unknown-key.toml"],
            &["error: unknown-key.toml:6:1", "color", "did you mean `colour`"],
        ),
        (&["run", "good.csv", "-l", "twice.toml"], &["error: twice.toml:7", "6"]),
        (&["run", "good.csv", "-l", "empty-frame.toml"], &["error: empty-frame.toml:"]),
        (&["run", "good.csv", "-l", "broken.toml"], &["error: broken.toml:1"]),
        (&["run", "good.csv", "-l", "unknown-key.toml", "-l", "twice.toml"], &["unknown-key.toml:6", "twice.toml:7"]),
        (&["run", "--study", "study.toml"], &["error: study.toml:4:1", "did you mean `permutations`"]),
        (&["run", "--study", "absent-study.toml"], &["error: absent-study.toml"]),
        (&["run", "good.csv", "-l", "four.toml", "--out", "file"], &["error: file", "--out"]),
        (&["run", "good.csv", "-l", "four.toml", "--out", "foreign"], &["error: foreign", "--out"]),
        (&["run", "good.csv", "-l", "four.toml", "--voice", "mine"], &["error:", "--voice", "attributed"]),
        (&["run", "good.csv"], &["error:", "lexicon"]),
    ];
    for (arguments, expected) in cases {
        let done = framescope(&folder, arguments);
        let message = stderr(&done);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}\n{message}");
        for part in *expected {
            assert!(message.contains(part), "{arguments:?} does not say {part:?}:\n{message}");
        }
        assert!(!message.contains("panicked"), "{message}");
        assert_same(&before, &bytes_of(&folder.join("output")));
    }
    assert!(fs::read_dir(&folder).unwrap().flatten().all(|e| !e.file_name().to_string_lossy().contains("partial")));
    assert_eq!(fs::read_to_string(folder.join("foreign/thesis.txt")).unwrap(), "mine");
}

/// Records that are bad beside good ones: the run goes on, the bad are rows in problems.csv.
#[test]
fn bad_records_are_rows_and_the_run_goes_on() {
    let folder = temporary("records");
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    fs::create_dir(folder.join("a")).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join("a").join(name), bytes).unwrap();
    write(
        "rows.csv",
        b"id,text,date\n1,the first coup,2022-01-05\n2,too few\n3,terrorists,2022-13-45\n4,\xff\xfe odd bytes coup,\n",
    );
    write("punctuation.txt", "… — !!! ???".as_bytes());
    write("empty.txt", b"");
    write("binary.txt", &[0, 1, 2, 0, 255, 0, 7]);
    write("utf16.txt", &"\u{feff}A coup in UTF-16".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    write("long.txt", format!("{}coup", "word ".repeat(400_000)).as_bytes());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &b"id,text\n9,a coup\n".repeat(4000)).unwrap();
    let packed = packed.finish().unwrap();
    write("broken.csv.gz", &packed[..packed.len() / 2]);
    let done = framescope(&folder, &["run", "a", "--lexicon", "four.toml", "--quiet"]);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", stderr(&done));
    assert!(!stderr(&done).contains("panicked"));
    let problems = rows(&folder.join("output/problems.csv"));
    for kind in ["row-fields", "date-impossible", "empty-file", "binary-file", "file-damaged"] {
        assert!(problems.iter().any(|row| row["kind"] == kind), "{kind} is not among {problems:?}");
    }
    let articles = rows(&folder.join("output/articles.csv"));
    let counted = |id: &str| articles.iter().find(|row| row["article"] == id).map(|row| row["counted"].clone());
    assert_eq!(counted("punctuation").as_deref(), Some("no words"));
    assert_eq!(counted("1").as_deref(), Some("yes"));
    let hits = hits(&folder.join("output"));
    for article in ["1", "3", "4", "utf16", "long"] {
        assert!(hits.iter().any(|hit| hit["article"] == article), "nothing found in {article}");
    }
}

#[test]
fn what_the_user_put_into_the_run_folder_is_kept() {
    let folder = temporary("kept");
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    fs::write(folder.join("c.csv"), "id,text\n1,a coup\n").unwrap();
    let run = || framescope(&folder, &["run", "c.csv", "--lexicon", "four.toml", "--quiet"]);
    assert_eq!(run().status.code(), Some(0));
    let before = bytes_of(&folder.join("output"));
    fs::write(folder.join("output/notes.md"), "mine").unwrap();
    fs::create_dir(folder.join("output/paper")).unwrap();
    fs::write(folder.join("output/paper/draft.txt"), "mine too").unwrap();
    assert_eq!(run().status.code(), Some(0));
    let mut after = bytes_of(&folder.join("output"));
    assert_eq!(after.remove("notes.md").as_deref(), Some(&b"mine"[..]));
    assert_eq!(after.remove("paper/draft.txt").as_deref(), Some(&b"mine too"[..]));
    assert_same(&before, &after);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_the_last_output_whole() {
    let folder = temporary("interrupt");
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    let row = "x,\"a coup in the city of terrorists and occupiers, said the minister who was there\"\n".repeat(400);
    fs::write(folder.join("small.csv"), format!("id,text\n{row}")).unwrap();
    fs::write(folder.join("large.csv"), format!("id,text\n{}", row.repeat(500))).unwrap();
    let first = framescope(&folder, &["run", "small.csv", "--lexicon", "four.toml", "--quiet", "--no-charts"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    let before = bytes_of(&folder.join("output"));
    for (wait_ms, signal) in [(20, "INT"), (120, "INT"), (60, "KILL"), (300, "KILL")] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(["run", "large.csv", "--lexicon", "four.toml", "--quiet", "--no-charts"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        let sent = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
        let status = child.wait().unwrap();
        if sent.is_ok_and(|sent| sent.success()) && !status.success() {
            assert_same(&before, &bytes_of(&folder.join("output")));
        }
    }
    let again = framescope(&folder, &["run", "small.csv", "--lexicon", "four.toml", "--quiet", "--no-charts"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert_same(&before, &bytes_of(&folder.join("output")));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("partial")), "{left:?}");
}

#[test]
fn the_shipped_lexicons_pass_their_own_tests() {
    let mut files: Vec<String> = fs::read_dir(root().join("lexicons"))
        .unwrap()
        .flatten()
        .map(|entry| format!("lexicons/{}", entry.file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".toml"))
        .collect();
    files.sort();
    let mut arguments = vec!["lexicon", "check"];
    arguments.extend(files.iter().map(String::as_str));
    let done = framescope(root(), &arguments);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(!text.contains("is not found in") && !text.contains("is found in"), "{text}");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", stderr(&done));
}

#[test]
fn the_voices_of_an_article_are_shown_with_their_rules() {
    let folder = temporary("show");
    let text =
        "The minister said that the coup had failed. The “liberators” left. The army stayed. So did the “liberators”.";
    fs::write(folder.join("a.txt"), text).unwrap();
    let done = framescope(&folder, &["show", "voice", "a.txt", "--explain"]);
    let shown = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    for part in [
        "[attributed: ",
        "[scare: liberators]",
        "scare-quotes",
        "cue: said",
        "source: The minister",
        "The army stayed.",
    ] {
        assert!(shown.contains(part), "{part:?} is not in\n{shown}");
    }
    let rules = framescope(&folder, &["explain", "voice"]);
    assert!(String::from_utf8_lossy(&rules.stdout).contains("scare-quotes"));
    let measure = framescope(&folder, &["explain", "log-ratoi"]);
    assert_eq!(measure.status.code(), Some(2));
    assert!(stderr(&measure).contains("did you mean `log-ratio`"), "{}", stderr(&measure));
}

#[test]
fn a_corpus_is_described_and_its_sidecar_begun() {
    let folder = temporary("corpus");
    for entry in fs::read_dir(root().join("seeds/articles")).unwrap().flatten() {
        if entry.file_name() != "articles.csv" {
            fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
        }
    }
    let done = framescope(root(), &["corpus", "check", folder.to_str().unwrap()]);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    for part in ["40 articles", "en 36", "ru 2", "it 2", "exact duplicates (counted once): 1"] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let done = framescope(root(), &["corpus", "init", folder.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let sidecar = rows(&folder.join("articles.csv"));
    assert_eq!(sidecar.len(), 40);
    assert!(sidecar.iter().all(|row| !row["confidence"].is_empty() && !row["language"].is_empty()));
    let again = framescope(root(), &["corpus", "init", folder.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2), "an existing sidecar is not overwritten");
}

#[test]
fn no_table_has_a_chance_of_nothing() {
    // three hundred articles a side and a difference that no dealing would give
    let folder = temporary("chance");
    let mut corpus = String::from("id,outlet,text\n");
    for i in 0..600 {
        let (outlet, word) = if i % 2 == 0 { ("Atlas", "coup") } else { ("Borealis", "weather") };
        let more = "and the day was long ".repeat(1 + i % 7);
        corpus.push_str(&format!("{i},{outlet},The {word} of number {i} came {more}and the {word} went.\n"));
    }
    fs::write(folder.join("corpus.csv"), corpus).unwrap();
    fs::write(folder.join("four.toml"), FOUR).unwrap();
    let done = framescope(&folder, &["run", "corpus.csv", "-l", "four.toml", "--quiet", "--no-charts", "--out", "out"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let mut seen = 0;
    for table in ["comparisons.csv", "overall.csv", "pairwise.csv", "length.csv"] {
        for row in rows(&folder.join("out").join(table)) {
            for column in ["p", "q", "p_holm"] {
                if let Some(p) = row.get(column).filter(|p| !p.is_empty()) {
                    let p: f64 = p.parse().unwrap();
                    assert!(p > 0.0 && p <= 1.0, "{table}: {column} = {p}");
                    seen += u32::from(p < 1e-9);
                }
            }
        }
    }
    assert!(seen > 0, "a difference beyond doubt is there");
}

#[test]
fn a_speed_that_would_be_nought_is_not_told() {
    let folder = temporary("speed");
    fs::write(folder.join("lexicon.toml"), "[lexicon]\nname='l'\n[[frame]]\nname='coup'\nterms=['coup']\n").unwrap();
    fs::write(folder.join("a.txt"), "The coup was over.").unwrap();
    let done = framescope(&folder, &["run", "a.txt", "--lexicon", "lexicon.toml"]);
    let told = format!("{}{}", String::from_utf8_lossy(&done.stdout), stderr(&done));
    assert!(told.contains(" s; open output/index.html") && !told.contains("MB of text"), "{told}");
}
