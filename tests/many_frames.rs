//! Runs of more than a hundred frames: the numbers of a frame are its own, and rows grow with what is found.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use framescope::aggregate::{ArticleCounts, Counts, GroupId, VoiceCounts};
use framescope::estimates::{Estimates, MANY_FRAMES, Options, SHOWN_FRAMES, TimeRow};
use framescope::lookup::FrameId;
use framescope::read::Date;
use framescope::voice::Voice;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const GROUPS: u32 = 5;
const ARTICLES: u32 = 200;

/// Articles of several groups; each has hits of ten frames, wherever these lie among so many.
fn counts(frames: u32) -> Counts {
    let names = (0..frames).map(|frame| format!("frame {frame}")).collect();
    let mut counts = Counts::new(names, Vec::new());
    counts.groups = (0..GROUPS).map(|group| vec![format!("group {group}")]).collect();
    for article in 0..ARTICLES {
        let mut hits = VoiceCounts::new();
        for i in 0..10 {
            // the frames of an article are spread over all of them, some are in many articles and some in few
            let frame = (article * (i + 1) * (i + 1) + 31 * i) % 97 * (frames / 97);
            let voice = if (article + i) % 3 == 0 { Voice::Quoted } else { Voice::Own };
            *hits.entry((FrameId::new(frame as usize), voice)).or_default() += 1 + (article * 7 + i) % 4;
        }
        let (group, words) = (article * article % 13 % GROUPS, 300 + 17 * (article % 23));
        let date = Date::new(2022, 1 + article % 4, 1 + article % 27);
        let of = ArticleCounts { words, hits, ..ArticleCounts::default() };
        counts.push(format!("article {article}"), GroupId::new(group as usize), date, &of);
    }
    counts
}

/// The same articles, of one frame alone.
fn alone(counts: &Counts, frame: FrameId) -> Counts {
    let mut one = Counts::new(vec![counts.frames[frame.index()].clone()], Vec::new());
    one.groups.clone_from(&counts.groups);
    let mut hits: BTreeMap<u32, VoiceCounts> = BTreeMap::new();
    for &(article, _, voice, n) in counts.voices.iter().filter(|cell| cell.1 == frame) {
        hits.entry(article).or_default().insert((FrameId::new(0), voice), n);
    }
    for (article, id) in counts.articles.iter().enumerate() {
        let hits = hits.remove(&(article as u32)).unwrap_or_default();
        let of = ArticleCounts { words: counts.words[article], hits, ..ArticleCounts::default() };
        one.push(id.clone(), counts.group_of[article], counts.dates[article], &of);
    }
    one
}

fn estimates(counts: &Counts) -> Estimates {
    Estimates::of(counts, &Options::default()).expect("estimates")
}

/// The rows of the timeline that have a hit, of all groups.
fn timeline(estimates: &Estimates, counts: &Counts) -> Vec<TimeRow> {
    let course = estimates.course(counts);
    (0..counts.groups.len()).flat_map(|group| course.rows(group)).collect()
}

#[test]
fn a_frame_has_the_numbers_that_it_has_alone() {
    let all = counts(4 * 97);
    assert!(all.frames.len() > MANY_FRAMES);
    let of_all = estimates(&all);
    let over_time = timeline(&of_all, &all);
    let with_hits = (0..all.frames.len()).filter(|&frame| all.hits_of(frame).sum::<u32>() > 0);
    let found: Vec<FrameId> = with_hits.map(FrameId::new).collect();
    assert!(found.len() > 60, "{}", found.len());
    for frame in found {
        let one = alone(&all, frame);
        let of_one = estimates(&one);
        let rows: Vec<_> = of_all.frames.iter().filter(|row| row.frame == frame.index()).collect();
        assert_eq!(rows.len(), of_one.frames.len());
        for (row, own) in rows.iter().zip(&of_one.frames) {
            assert_eq!(
                (row.group, row.hits, &row.rate, &row.prevalence),
                (own.group, own.hits, &own.rate, &own.prevalence)
            );
            assert_eq!((row.macro_rate, row.intensity, row.units), (own.macro_rate, own.intensity, own.units));
        }
        for own in &of_one.comparisons {
            // whatever has a hit or a p has a row
            let Some(row) = of_all.comparison(own.group, frame.index()) else {
                assert!(own.hits[0] == 0 && own.p.value().is_none(), "{own:?}");
                continue;
            };
            assert_eq!((row.smoothed_log_ratio, row.with_hits), (own.smoothed_log_ratio, own.with_hits));
            // no side is drawn: where a frame alone has a p, this one has that of Student's t, which is near
            let (p, near) = (row.p.value(), own.p.value());
            assert_eq!(p.is_some(), near.is_some());
            if let (Some(p), Some(near)) = (p, near) {
                assert_eq!(row.p_method, "t of the log rates");
                assert!(p > 0.3 * near - 0.01 && p < 3.0 * near + 0.02, "{p} {near}");
            }
        }
        // of many frames there are the voices and periods that have a hit
        for row in of_all.voices.iter().filter(|row| row.frame == frame) {
            let own = of_one.voice(row.group.index(), 0, row.voice).expect("a row");
            assert_eq!((row.rate, row.share, row.rest_share), (own.rate, own.share, own.rest_share));
        }
        let voices = of_one.voices.iter().filter(|row| row.rate.value.value().is_some_and(|rate| rate > 0.0)).count();
        assert_eq!(of_all.voices.iter().filter(|row| row.frame == frame).count(), voices);
        let own = of_one.timeline.rows.iter().filter(|row| row.rate.value.value().is_some_and(|rate| rate > 0.0));
        let own: Vec<TimeRow> = own.map(|row| TimeRow { frame, ..*row }).collect();
        let rows: Vec<TimeRow> = over_time.iter().filter(|row| row.frame == frame).copied().collect();
        assert_eq!(rows, own);
    }
}

#[test]
fn rows_of_details_grow_with_what_is_found_and_not_with_the_frames() {
    let rows = |times: u32| {
        let counts = counts(times * 97);
        let found = estimates(&counts);
        let cells = found.frames.iter().filter(|row| row.hits > 0).count();
        (cells, found.voices.len(), timeline(&found, &counts).len(), found.frames.len(), found.comparisons.len())
    };
    let ((cells, voices, periods, frames, compared), more) = (rows(2), rows(16));
    assert_eq!((more.0, more.1, more.2), (cells, voices, periods), "the same hits lie in other frames");
    assert_eq!(more.3, 8 * frames, "the table of rates grows with the frames");
    // but for the frames that charts show, which were others
    let most = SHOWN_FRAMES * frames / (2 * 97);
    assert!(more.4 <= compared + most && compared <= more.4 + most, "{compared} {}", more.4);
    assert!(voices <= 2 * cells && periods <= 4 * cells, "{cells} {voices} {periods}");
}

/// Of many frames, those that the page shows have their sentences beside it; the tables of hits have all.
#[test]
fn sentences_beside_the_page_are_those_of_the_frames_that_it_shows() {
    use std::fs;
    let folder = crate::cache::temporary("many-sentences");
    let frames = MANY_FRAMES + 30;
    let word = |n: usize| format!("w{}{}", char::from(b'a' + (n / 26) as u8), char::from(b'a' + (n % 26) as u8));
    let lexicon: String =
        (0..frames).map(|n| format!("[[frame]]\nname = 'frame-{n}x'\nterms = ['={}']\n", word(n))).collect();
    fs::write(folder.join("l.toml"), format!("[lexicon]\nname = 'l'\n{lexicon}")).unwrap();
    let mut csv = "id,outlet,text\n".to_string();
    for article in 0..frames {
        // a word stands in as many articles as its number says, from the last
        let words: Vec<String> = (0..frames).filter(|n| n + article >= frames - 1).map(word).collect();
        csv.push_str(&format!("{article},{},\"Day {article}: {}.\"\n", article % 3, words.join(" ")));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    let words = ["run", "c.csv", "-l", "l.toml", "--language", "en", "--out", "o", "--no-charts"];
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // so does the terminal: a screen of them, and what is left out
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    let (table, _) = printed.split_once("100 more with 5,050 hits in all").expect("what is left out");
    let named = (0..frames).filter(|n| table.contains(&format!("frame-{n}x"))).count();
    assert!(named == SHOWN_FRAMES && printed.lines().count() < 100, "{printed}");
    // a sentence that names frames names ten of them
    assert!(printed.lines().all(|line| line.matches("frame-").count() <= 10), "{printed}");
    let names = |below: &str| -> Vec<String> {
        let entries = fs::read_dir(folder.join("o").join(below)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("hits").len(), frames, "every frame has its hits");
    let mut sentences = names("sentences");
    sentences.sort();
    let mut shown: Vec<String> = (frames - SHOWN_FRAMES..frames).map(|n| format!("frame-{n}x.js")).collect();
    shown.sort();
    assert_eq!(sentences, shown, "those with most hits");
    let manifest = fs::read_to_string(folder.join("o/manifest.json")).unwrap();
    assert_eq!(manifest.matches("sentences/").count(), SHOWN_FRAMES);
    // who counts in parts quotes every frame, and drops what the page does not show: the same is left
    let part = |words: &str| {
        let words = words.split(' ');
        let done =
            std::process::Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    part("part plan c.csv -l l.toml --language en --out p --no-charts --part-bytes 4K --work w");
    ["lay", "survey", "count", "merge"].iter().for_each(|step| part(&format!("part {step} w")));
    assert!(listed(&folder.join("p")) == listed(&folder.join("o")), "parts merge to the run");
    fs::remove_dir_all(folder).unwrap();
}

/// The files that a manifest lists, with their digests.
fn listed(out: &Path) -> Vec<String> {
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    manifest["outputs"].as_array().unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn an_edit_that_moves_frames_in_and_out_of_sight_leaves_what_a_first_run_leaves() {
    let folder = crate::cache::temporary("many-frames");
    // frame 120 has a hit in each article, frame 119 in all but one, and so on
    for article in 0..120 {
        let words: Vec<String> = (0..=120).filter(|word| *word >= article).map(|word| format!("word{word}x")).collect();
        fs::create_dir_all(folder.join("texts")).unwrap();
        fs::write(folder.join(format!("texts/{article}.txt")), format!("They said {}.", words.join(" "))).unwrap();
    }
    let entry = |frame: usize, word: usize| format!("[[frame]]\nname = \"f{frame}\"\nterms = [\"=word{word}x\"]\n");
    let lexicon = |last: usize| -> String {
        let frames = (0..120).map(|frame| entry(frame, frame)).chain([entry(120, last)]);
        ["[lexicon]\nname = \"l\"\nlanguage = \"en\"\n".to_string()].into_iter().chain(frames).collect()
    };
    let run = |out: &str, last: usize| {
        fs::write(folder.join("l.toml"), lexicon(last)).unwrap();
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(["run", "texts", "-l", "l.toml", "--no-charts", "--quiet", "--language", "en", "--out", out])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        listed(&folder.join(out))
    };
    let first = run("out", 120);
    // the frame with most hits has nearly none: another one is shown in its place
    assert_eq!(run("out", 0), run("fresh-1", 0));
    assert_eq!(run("out", 120), first);
    assert!(!folder.join("out/sentences/f0.js").exists() && folder.join("out/sentences/f120.js").exists());
    let _ = fs::remove_dir_all(&folder);
}
