//! Charts on paper: what stands in a column of 89 mm can be read, overlaps nothing, and is no higher than a page.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use super::*;
use framescope::report::chart::{
    ContributionBar, Contributions, Cooccurrence, LabelShare, Labels, PAGE_HEIGHT, Pair, contributions,
};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Pixels of a column and of a page of a journal.
const WIDTHS: [u16; 2] = [396, 815];

/// The smallest letters that may stand on paper: 6 points, of which a pixel is 0.2245 mm.
const SMALLEST: f64 = 6.0 * 25.4 / 72.0 / 0.2245;

fn on(width: u16) -> Words {
    Words { width: Some(width), ..words() }
}

/// Every two of so many frames; large counts, pairs that never met and one that is nested.
fn pairs(n: usize) -> Vec<Vec<Pair>> {
    let pair = |seed: usize| match seed % 7 {
        2 => Pair::Apart,
        _ => Pair::Met { lift: 30.0 * noise(seed).powi(4), times: (noise(seed + 1).powi(6) * 12_345.0) as u64 + 1 },
    };
    let mut cells: Vec<Vec<Pair>> = (0..n).map(|i| (0..i).map(|j| pair(i * 31 + j)).collect()).collect();
    if let Some(cell) = cells.get_mut(2).and_then(|row| row.first_mut()) {
        *cell = Pair::Nested;
    }
    cells
}

pub(super) fn frame_sentences(n: usize, words: Words) -> Cooccurrence {
    Cooccurrence { words, frames: frames(n), hits: (0..n as u64).map(|i| (i * 7) % 16).collect(), cells: pairs(n) }
}

pub(super) fn labels_of(panels: Vec<Label>, rows: Vec<Label>, words: Words) -> Labels {
    let share = |seed: usize| {
        let all = (noise(seed) * 900.0) as u64;
        LabelShare {
            share: estimate(seed, 1.0),
            own: (!seed.is_multiple_of(3)).then(|| noise(seed + 2)),
            hits: all / 3,
            all: if seed.is_multiple_of(11) { 3 } else { all },
        }
    };
    let cells = (0..panels.len()).map(|i| (0..rows.len()).map(|j| share(i * 29 + j)).collect()).collect();
    Labels { words, panels, rows, cells }
}

fn shift(words: Words) -> Contributions {
    let bar = |i: usize| {
        let contribution = (noise(i) - 0.4) / (i + 1) as f64;
        let interval = (!i.is_multiple_of(3))
            .then(|| (contribution - noise(i + 5), contribution + if i == 4 { 90.0 } else { noise(i + 7) }));
        let bare = if interval.is_none() { "no hits on one side" } else { "" }.to_string();
        ContributionBar {
            name: format!("an entry of several words {i}"),
            contribution,
            interval,
            bare,
            hits: Some([1_234, 56]),
            entry: None,
        }
    };
    let herald = "The Western Morning Herald of Kazakhstan";
    Contributions {
        words,
        unit: "part of the difference, hits per 1,000 words".to_string(),
        heading: "hits   adds".to_string(),
        less: format!("{herald} less often"),
        more: format!("{herald} more often"),
        bars: (0..20).map(bar).collect(),
        sum: "Difference, not distinguishable from 0".to_string(),
        interval: Some((-0.2, 0.9)),
    }
}

#[test]
fn in_a_column_and_on_a_page_nothing_overlaps_and_no_letter_is_smaller_than_six_points() {
    for width in WIDTHS {
        let moving = Timeline {
            moving: Some(Moving { window: 3, cells: timeline_of(frames(4), outlets(6), months(14), 40).cells }),
            ..timeline_of(frames(4), outlets(6), months(14), 40)
        };
        let all = [
            ("cooccurrence", cooccurrence(&frame_sentences(16, on(width)))),
            ("labels", labels(&labels_of(frames(6), outlets(25), on(width)))),
            ("shift", contributions(&shift(on(width)))),
            (
                "heatmap",
                heatmap(&Heatmap {
                    words: on(width),
                    ..heatmap_of(frames(16), outlets(25), grid(16, 25, 3.0), Shade::PerFrame)
                }),
            ),
            (
                "timeline",
                timeline(&Timeline { words: on(width), ..timeline_of(frames(4), outlets(6), months(30), 40) }),
            ),
            ("moving", timeline(&Timeline { words: on(width), ..moving })),
            ("keyness", keyness(&Keyness { words: on(width), ..keyness_of(3, 20) })),
            ("stacked", stacked(&Stacked { words: on(width), ..stacked_of(frames(3), outlets(25)) })),
            (
                "dots",
                dots(&Dots { words: on(width), ..dots_of(frames(3), outlets(25), grid(3, 25, 3.0), Scale::PerPanel) }),
            ),
        ];
        for (name, drawing) in all {
            let drawing = drawn(name, drawing);
            assert_eq!(drawing.width, u32::from(width), "{name}");
            for (i, a) in drawing.texts.iter().enumerate() {
                let inside = a.left >= 4.0 && a.top >= 4.0 && a.right <= f64::from(width) - 4.0;
                assert!(
                    inside && a.bottom <= f64::from(drawing.height) - 4.0,
                    "{name} at {width}: {a:?} leaves the chart"
                );
                // of a turned text the box is as wide as its letters are high
                let size = (a.bottom - a.top).min(a.right - a.left);
                let is_letter = a.text.chars().count() > 1;
                assert!(size >= SMALLEST - 0.05 || !is_letter, "{name} at {width}: {a:?} is too small");
                for b in &drawing.texts[i + 1..] {
                    let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                    assert!(apart, "{name} at {width}: {a:?} overlaps {b:?}");
                }
            }
        }
    }
}

#[test]
fn every_pair_stands_once_with_its_lift_and_its_number_and_what_never_met_is_blank() {
    let cells = vec![
        vec![],
        vec![Pair::Met { lift: 2.04, times: 12 }],
        vec![Pair::Apart, Pair::Met { lift: 0.25, times: 4 }],
        vec![Pair::Nested, Pair::Met { lift: 16.0, times: 1_234 }, Pair::Met { lift: 0.004, times: 5 }],
    ];
    let chart = Cooccurrence { frames: frames(4), hits: vec![9; 4], cells, words: Words::default() };
    let drawing = drawn("cooccurrence", cooccurrence(&chart));
    let marked: Vec<(usize, usize)> = drawing.points.iter().map(|point| (point.row, point.column)).collect();
    assert_eq!(marked, [(1, 0), (2, 1), (3, 1), (3, 2)]);
    for text in ["2.0", "0.2", "16", "<0.1", "12", "4", "1,234", "5"] {
        assert!(drawing.texts.iter().any(|placed| placed.text == text), "{text} is not written");
    }
    assert!(!drawing.texts.iter().any(|placed| placed.text.starts_with("0.00")));
    assert!(says(&drawing, "Pale: n below 5. Blank: never together. Crossed out: one frame contains the other."));
    // each name once
    for label in &chart.frames {
        assert_eq!(drawing.texts.iter().filter(|placed| placed.text == label.name).count(), 1, "{label:?}");
    }
    // a name stands right of its row, and above its column
    let name = |frame: usize| drawing.texts.iter().find(|placed| placed.text == chart.frames[frame].name).unwrap();
    for point in &drawing.points {
        assert!(
            name(point.row).left > point.x && name(point.row).top < point.y && point.y < name(point.row).bottom + 9.0
        );
        assert!(name(point.column).bottom < point.y && (name(point.column).left - point.x).abs() < 60.0);
    }
    let alone = Cooccurrence { frames: frames(1), ..Cooccurrence::default() };
    assert!(says(&drawn("alone", cooccurrence(&alone)), "Nothing to draw"));
}

#[test]
fn where_not_all_frames_have_room_those_with_most_hits_are_drawn_and_the_chart_says_so() {
    let chart = frame_sentences(16, on(396));
    let drawing = drawn("cooccurrence", cooccurrence(&chart));
    let shown: Vec<usize> = (0..16)
        .filter(|frame| {
            drawing
                .texts
                .iter()
                .any(|placed| chart.frames[*frame].name.starts_with(&placed.text) && placed.text.len() > 3)
        })
        .collect();
    assert!((5..16).contains(&shown.len()), "{shown:?}");
    assert!(says(&drawing, &format!("Drawn: {} of 16 frames, those with most hits.", shown.len())), "{shown:?}");
    let least = shown.iter().map(|&frame| chart.hits[frame]).min().unwrap();
    let hidden = (0..16).filter(|frame| !shown.contains(frame)).map(|frame| chart.hits[frame]).max().unwrap();
    assert!(least >= hidden, "{shown:?}");
    assert!(!says(&drawn("wide", cooccurrence(&frame_sentences(16, words()))), "Drawn:"));
}

#[test]
fn a_share_has_its_interval_its_hits_and_a_diamond_for_the_own_voice() {
    let share = |hits: u64, all: u64, own: Option<f64>| LabelShare {
        share: Estimate::between(hits as f64 / all as f64, 0.1, 0.6),
        own,
        hits,
        all,
    };
    let none = LabelShare { share: Estimate::missing("no hits"), ..LabelShare::default() };
    let rows = (0..3).map(|i| Label::counted(format!("outlet {i}"), 40)).collect();
    let chart = Labels {
        words: Words::default(),
        panels: vec![Label::plain("rioters")],
        rows,
        cells: vec![vec![share(12, 40, Some(0.5)), share(1, 4, None), none]],
    };
    let drawing = drawn("labels", labels(&chart));
    let marked: Vec<(usize, usize)> = drawing.points.iter().map(|point| (point.row, point.column)).collect();
    assert_eq!(marked, [(0, 0), (0, 1), (1, 0)]);
    for text in ["12 / 40", "1 / 4", "no hits"] {
        assert!(drawing.texts.iter().any(|placed| placed.text == text), "{text}");
    }
    assert!(says(&drawing, "Pale: fewer than 5 hits of all labels."));
    // 30 % and 50 % on one axis
    let zero = drawing.texts.iter().find(|placed| placed.text == "0").unwrap();
    let from = (zero.left + zero.right) / 2.0;
    let [share, own] = [0, 1].map(|i| drawing.points[i].x - from);
    assert!((share / own - 0.6).abs() < 0.02, "{share} {own}");
}

#[test]
fn a_bar_without_an_interval_says_why_and_one_that_reaches_too_far_ends_in_an_arrowhead() {
    let drawing = drawn("shift", contributions(&shift(words())));
    assert!(says(&drawing, "Bar without a line: no interval (no hits on one side: 7)."));
    assert!(says(&drawing, "Lines: 95 % intervals, each bar taken by itself."));
    assert!(says(&drawing, "Arrowhead: the interval continues beyond the axis."));
    assert!(says(&drawing, "Difference, not distinguishable from 0"));
}

#[test]
fn weeks_are_neighbours_and_are_called_weeks() {
    let weeks = ["2022-01-03", "2022-01-10", "2022-01-17", "2022-01-31"].map(str::to_string).to_vec();
    let chart = |are_weeks: bool| Timeline {
        are_weeks,
        cells: vec![vec![vec![Estimate::between(1.0, 0.5, 1.5); 4]]],
        articles: vec![vec![Some(20); 4]],
        ..timeline_of(frames(1), vec![Label::counted("Reuters", 212)], weeks.clone(), 30)
    };
    let by_week = drawn("weeks", timeline(&chart(true)));
    assert!(says(&by_week, "Articles per week") && says(&by_week, "2022-01-31"));
    assert_eq!(blue_lines(&by_week), [3], "the first three are neighbours, the fourth is not");
    let by_day = drawn("days", timeline(&chart(false)));
    assert!(says(&by_day, "Articles per day") && blue_lines(&by_day).is_empty());
}

/// Articles of 25 outlets in three months, and 16 frames.
fn large(folder: &Path) {
    let mut csv = "id,outlet,date,text\n".to_string();
    for i in 0..300 {
        let words: Vec<String> =
            (0..16).filter(|frame| (i * 7 + frame * 5) % 4 < 2).map(|frame| format!("word{frame}x")).collect();
        csv.push_str(&format!(
            "{i},The Western Morning Herald {},2022-0{}-05,They said {} today.\n",
            i % 25,
            i % 3 + 1,
            words.join(" ")
        ));
    }
    let frame = |n: usize| {
        format!("[[frame]]\nname = 'frame-{n}x'\nlabel = 'Frame with the number {n}x'\nterms = ['=word{n}x']\n")
    };
    let lexicon: String = (0..16).map(frame).collect();
    fs::write(folder.join("c.csv"), csv).unwrap();
    fs::write(folder.join("l.toml"), format!("[lexicon]\nname = 'l'\nlanguage = 'en'\n{lexicon}")).unwrap();
}

fn lines(path: &Path) -> (u32, String) {
    let svg = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let document = roxmltree::Document::parse(&svg).unwrap();
    let height = document.root_element().attribute("height").unwrap().parse().unwrap();
    let lines = document.descendants().filter_map(|node| node.attribute("aria-label"));
    (height, lines.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_chart_that_is_higher_than_a_page_is_several_pictures_that_say_what_they_leave_out() {
    let folder = crate::cache::temporary("chart-pages");
    large(&folder);
    let run = ["run", "c.csv", "-l", "l.toml", "--language", "en", "--out", "o", "--quiet", "--width", "column"];
    let done = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(run).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let charts = folder.join("o/charts");
    let page = fs::read_to_string(folder.join("o/index.html")).unwrap();
    let readme = fs::read_to_string(folder.join("o/README.md")).unwrap();
    for kind in ["frames", "heatmap", "voices", "positions", "timeline"] {
        let mut names: Vec<String> = vec![kind.to_string()];
        names.extend(
            (2..)
                .map(|page| format!("{kind}-page-{page}"))
                .take_while(|name| charts.join(format!("{name}.svg")).exists()),
        );
        assert!(names.len() > 1, "{kind} is one picture");
        let drawn: Vec<(u32, String)> = names.iter().map(|name| lines(&charts.join(format!("{name}.svg")))).collect();
        for (i, ((height, text), name)) in drawn.iter().zip(&names).enumerate() {
            assert!(*height <= PAGE_HEIGHT, "{name}: {height}");
            assert!(text.contains(&format!("Part {} of {}.", i + 1, names.len())), "{name}: {text}");
            assert!(charts.join(format!("{name}.png")).is_file());
            assert!(
                page.contains(&format!("charts/{name}.png")) && readme.contains(&format!("charts/{name}.png")),
                "{name}"
            );
        }
        let pages = |frame: usize| {
            drawn.iter().filter(|(_, text)| text.replace(' ', "").contains(&format!("number{frame}x"))).count()
        };
        let shown = (0..16).filter(|frame| pages(*frame) == 1).count();
        assert!((0..16).all(|frame| pages(frame) <= 1), "{kind}: a frame stands twice");
        // eight pages at most; what has no room is said on each
        assert!(names.len() <= 8 && (shown == 16 || names.len() == 8), "{kind}: {shown} on {}", names.len());
        let note = format!("Drawn: {shown} of 16 frames, those with most hits.");
        assert!(drawn.iter().all(|(_, text)| text.contains(&note) == (shown < 16)), "{kind}: {shown}");
        assert!(kind != "heatmap" || shown == 16, "{shown}");
    }
    for entry in fs::read_dir(&charts).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "svg") {
            assert!(lines(&path).0 <= PAGE_HEIGHT, "{}", path.display());
        }
    }
    fs::remove_dir_all(folder).unwrap();
}
