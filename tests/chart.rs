//! Charts: nothing clipped, nothing overlapping, nothing absent drawn as a number, the same bytes each time.

#![allow(clippy::expect_used, clippy::panic)] // helpers outside the test functions

#[path = "chart/fallback.rs"]
mod fallback;
#[path = "chart/language.rs"]
mod language;
#[path = "chart/paper.rs"]
mod paper;
#[path = "chart/said.rs"]
mod said;
#[path = "chart/subset.rs"]
mod subset;

use std::sync::OnceLock;

use framescope::report::chart::{
    ChartError, Comparison, Contrast, Diverging, Dots, Drawing, Estimate, Heatmap, Keyness, Label, Moving, Scale,
    Sentiment, Shade, Shares, Stacked, Theme, Timeline, Word, Words, cooccurrence, diverging, dots, heatmap, keyness,
    labels, png, sentiment, stacked, timeline,
};
use resvg::tiny_skia::Pixmap;
use resvg::usvg::{self, roxmltree};

const FRAMES: [&str; 2] = [
    "Coup|Terrorism|Occupation|Popular protest|Repression|Foreign interference|Multivectoral foreign policy|Clan struggle",
    "Economic grievance of the provinces|Order and stability|Democracy and rights|Energy|Национальная безопасность|Ξένη παρέμβαση|Labour|Corruption",
];

/// Numbers that look like data and are the same each time.
fn noise(seed: usize) -> f64 {
    let mixed = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 11) as f64 / (1_u64 << 53) as f64
}

fn words() -> Words {
    Words {
        title: "How often each outlet uses each frame, and how sure we can be of the difference between outlets"
            .to_string(),
        subtitle:
            "Hits per 1,000 words; denominator: words without furniture and repeats; 95 % interval, article level. "
                .repeat(2),
        notes: vec![
            "Not shown: 178 outlets with fewer articles than those above (in frames.csv). ".repeat(3),
            "Веса слов и интервалы: см. таблицы. Οι πίνακες έχουν όλους τους αριθμούς.".to_string(),
        ],
        ..Words::default()
    }
}

fn frames(n: usize) -> Vec<Label> {
    FRAMES.iter().flat_map(|names| names.split('|')).take(n).map(Label::plain).collect()
}

/// Outlets with names of 40 characters that differ at the end, in three scripts; the last ones have few articles.
fn outlets(n: usize) -> Vec<Label> {
    let stems = [
        "The Western Morning Herald of Kazakhstan",
        "Независимая Алматинская вечерняя газета ",
        "Η Εφημερίδα των Συντακτών της Θεσσαλίας ",
    ];
    (0..n)
        .map(|i| {
            let name: String = stems[i % 3].chars().take(37).chain(format!(" {i:02}").chars()).collect();
            assert_eq!(name.chars().count(), 40);
            Label::counted(name, if i < 22 { 12_345 - 500 * i as u64 } else { (25 - i) as u64 * 3 - 2 })
        })
        .collect()
}

fn estimate(seed: usize, scale: f64) -> Estimate {
    let (value, half) = (noise(seed) * scale, noise(seed + 7919) * scale / 3.0);
    match seed % 23 {
        3 => Estimate::missing("one article"),
        7 => Estimate::bare(value, "one article"),
        11 => Estimate::at_most(0.0, half),
        _ => Estimate::between(value, (value - half).max(0.0), value + half),
    }
}

fn grid(columns: usize, rows: usize, scale: f64) -> Vec<Vec<Estimate>> {
    (0..columns).map(|i| (0..rows).map(|j| estimate(i * 31 + j, scale)).collect()).collect()
}

fn dots_of(frames: Vec<Label>, outlets: Vec<Label>, cells: Vec<Vec<Estimate>>, scale: Scale) -> Dots {
    Dots { words: words(), unit: "hits per 1,000 words".to_string(), frames, outlets, cells, means: Vec::new(), scale }
}

fn heatmap_of(frames: Vec<Label>, outlets: Vec<Label>, cells: Vec<Vec<Estimate>>, shade: Shade) -> Heatmap {
    Heatmap { words: words(), unit: "hits per 1,000 words".to_string(), frames, outlets, cells, shade }
}

fn diverging_of(panels: Vec<Label>, rows: Vec<Label>, scale: f64) -> Diverging {
    let contrast = |seed: usize| {
        let (value, half) = ((noise(seed) - 0.5) * scale, noise(seed + 5) * scale / 4.0);
        Contrast {
            estimate: if seed % 19 == 4 {
                Estimate::missing("too few articles for a test")
            } else {
                Estimate::between(value, value - half, value + half)
            },
            q: (seed % 17 != 2).then(|| noise(seed + 3).powi(4)),
        }
    };
    Diverging {
        words: words(),
        unit: "log2 ratio (+1: twice as often)".to_string(),
        less: panels.iter().map(|panel| format!("less in {}", panel.name)).collect(),
        more: panels.iter().map(|panel| format!("more in {}", panel.name)).collect(),
        cells: (0..panels.len()).map(|i| (0..rows.len()).map(|j| contrast(i * 37 + j)).collect()).collect(),
        panels,
        rows,
        scale: Scale::Shared,
    }
}

fn timeline_of(frames: Vec<Label>, outlets: Vec<Label>, periods: Vec<String>, articles: u64) -> Timeline {
    let (n, m) = (outlets.len(), periods.len());
    let count = |i: usize, j: usize| (noise(i * 101 + j) * articles as f64) as u64;
    let cell = |f: usize, i: usize, j: usize| {
        if count(i, j) == 0 { Estimate::missing("no articles") } else { estimate(f * 997 + i * 101 + j, 2.0) }
    };
    Timeline {
        words: words(),
        unit: "hits per 1,000 words".to_string(),
        articles: (0..n).map(|i| (0..m).map(|j| Some(count(i, j))).collect()).collect(),
        cells: (0..frames.len()).map(|f| (0..n).map(|i| (0..m).map(|j| cell(f, i, j)).collect()).collect()).collect(),
        periods,
        are_weeks: false,
        outlets,
        frames,
        moving: None,
        scale: Scale::PerPanel,
    }
}

fn months(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{}-{:02}", 2018 + i / 12, i % 12 + 1)).collect()
}

fn sentiment_of(outlets: Vec<Label>, scale: f64) -> Sentiment {
    let value = |i: usize| {
        let (value, half) = ((noise(i) - 0.6) * scale, noise(i + 40) * scale);
        if i % 9 == 8 {
            Estimate::bare(value, "one article")
        } else {
            Estimate::between(value, value - half, value + half)
        }
    };
    Sentiment {
        words: words(),
        unit: "mean valence per hit (−3 to +3)".to_string(),
        heading: "mean [95 % interval]".to_string(),
        less: "more negative".to_string(),
        more: "more positive".to_string(),
        values: (0..outlets.len()).map(value).collect(),
        outlets,
    }
}

fn stacked_of(panels: Vec<Label>, rows: Vec<Label>) -> Stacked {
    let shares = |seed: usize| match seed % 13 {
        5 => Shares { why: "no hits".to_string(), ..Shares::default() },
        6 => Shares { counts: Some(vec![0; 5]), ..Shares::default() },
        _ => Shares {
            counts: Some((0..5).map(|k| (noise(seed * 5 + k) * 3000.0) as u64).collect()),
            ..Shares::default()
        },
    };
    Stacked {
        words: words(),
        parts: ["own", "attributed", "quoted", "scare", "mention"].map(str::to_string).to_vec(),
        cases: "hits".to_string(),
        cells: (0..panels.len()).map(|i| (0..rows.len()).map(|j| shares(i * 29 + j)).collect()).collect(),
        panels,
        rows,
    }
}

/// Comparisons of words; of zero words all stand in one place, on one side never.
fn keyness_of(panels: usize, words_of_a_side: usize) -> Keyness {
    let word = |seed: usize| Word {
        text: format!("{}{seed}", ["protesters", "protesta", "беспорядки", "i", "a"][seed % 5]),
        rates: match words_of_a_side {
            0 => [5.0, 0.0],
            _ => [
                noise(seed).powi(4) * 900.0,
                if seed.is_multiple_of(7) { 0.0 } else { noise(seed + 1).powi(4) * 900.0 },
            ],
        },
        is_weak: seed.is_multiple_of(3),
        is_sure: seed.is_multiple_of(2),
    };
    let side =
        |panel: usize, side: usize| (0..words_of_a_side.max(3)).map(|i| word(panel * 997 + side * 101 + i)).collect();
    let comparison = |panel: usize, label: Label| Comparison {
        group: label.name,
        against: "all others".to_string(),
        sides: [side(panel, 0), side(panel, 1)],
        others: (0..300).map(|i| [noise(i), noise(i + 3)].map(|x| x.powi(6) * 900.0)).collect(),
    };
    let panels = outlets(panels).into_iter().enumerate().map(|(panel, label)| comparison(panel, label)).collect();
    Keyness { words: words(), unit: "in 10,000 words".to_string(), panels }
}

type Named = (&'static str, Result<Drawing, ChartError>);

/// Every chart under every stress, with a name for the message; drawn once for all tests.
fn stressed() -> &'static [Named] {
    static ONCE: OnceLock<Vec<Named>> = OnceLock::new();
    ONCE.get_or_init(draw_stressed)
}

fn draw_stressed() -> Vec<Named> {
    let (f, o) = (|| frames(16), || outlets(25));
    let one = || vec![Label::counted("Reuters", 212)];
    let missing = |n: usize, m: usize| vec![vec![Estimate::missing("too few articles"); m]; n];
    let equal = |x: f64| vec![vec![Estimate::between(x, x, x); 25]; 16];
    let days = |n: usize| (1..=n).map(|d| format!("2022-01-{d:02}")).collect();
    vec![
        ("dots", dots(&dots_of(f(), o(), grid(16, 25, 3.0), Scale::Shared))),
        ("dots per panel", dots(&dots_of(f(), o(), grid(16, 25, 0.003), Scale::PerPanel))),
        ("dots huge", dots(&dots_of(f(), o(), grid(16, 25, 4e12), Scale::PerPanel))),
        ("dots tiny", dots(&dots_of(f(), o(), grid(16, 25, 4e-12), Scale::PerPanel))),
        ("dots at the end of numbers", dots(&dots_of(f(), o(), grid(16, 25, f64::MAX), Scale::Shared))),
        ("dots equal", dots(&dots_of(f(), o(), equal(123_456.0), Scale::Shared))),
        ("dots zero", dots(&dots_of(f(), o(), equal(0.0), Scale::Shared))),
        ("dots missing", dots(&dots_of(f(), o(), missing(16, 25), Scale::Shared))),
        ("dots one", dots(&dots_of(frames(1), one(), grid(1, 1, 1.0), Scale::Shared))),
        ("dots five frames", dots(&dots_of(frames(5), outlets(3), grid(5, 3, 1.0), Scale::PerPanel))),
        ("dots ragged", dots(&dots_of(f(), o(), grid(3, 2, 1.0), Scale::Shared))),
        ("heatmap", heatmap(&heatmap_of(f(), o(), grid(16, 25, 3.0), Shade::Overall))),
        ("heatmap of large numbers", heatmap(&heatmap_of(f(), o(), grid(16, 25, 654_321.0), Shade::PerFrame))),
        ("heatmap tiny", heatmap(&heatmap_of(f(), o(), grid(16, 25, 4e-12), Shade::PerFrame))),
        ("heatmap missing", heatmap(&heatmap_of(f(), o(), missing(16, 25), Shade::PerFrame))),
        ("heatmap one", heatmap(&heatmap_of(frames(1), one(), grid(1, 1, 1.0), Shade::Overall))),
        ("heatmap seven frames", heatmap(&heatmap_of(frames(7), outlets(4), grid(7, 4, 1.0), Shade::Overall))),
        ("diverging by frame", diverging(&diverging_of(f(), o(), 4.0))),
        ("diverging by outlet", diverging(&diverging_of(o(), f(), 4.0))),
        ("diverging huge", diverging(&diverging_of(f(), o(), 1e9))),
        ("timeline", timeline(&timeline_of(f(), o(), months(60), 300))),
        ("timeline of thousands", timeline(&timeline_of(f(), outlets(6), months(60), 99_999))),
        ("timeline of two lines", timeline(&timeline_of(frames(4), outlets(2), days(9), 20))),
        ("timeline of one day", timeline(&timeline_of(frames(3), outlets(2), days(1), 20))),
        (
            "timeline of names",
            timeline(&timeline_of(
                frames(3),
                outlets(2),
                vec!["before the vote of January".to_string(), "после".to_string()],
                20,
            )),
        ),
        ("sentiment", sentiment(&sentiment_of(o(), 0.4))),
        ("sentiment huge", sentiment(&sentiment_of(o(), 4e7))),
        ("keyness", keyness(&keyness_of(6, 20))),
        ("keyness one", keyness(&keyness_of(1, 1))),
        ("keyness of equal words", keyness(&keyness_of(2, 0))),
        ("stacked", stacked(&stacked_of(f(), o()))),
        ("labels", labels(&paper::labels_of(frames(6), o(), words()))),
        ("cooccurrence", cooccurrence(&paper::frame_sentences(16, words()))),
        ("stacked one", stacked(&stacked_of(frames(1), outlets(4)))),
    ]
}

fn drawn(name: &str, drawing: Result<Drawing, ChartError>) -> Drawing {
    drawing.expect(name)
}

fn says(drawing: &Drawing, words: &str) -> bool {
    drawing.texts.iter().map(|placed| placed.text.as_str()).collect::<Vec<_>>().join(" ").contains(words)
}

#[test]
fn every_text_lies_inside_its_chart_and_overlaps_no_other() {
    for (name, drawing) in stressed() {
        let drawing = drawing.as_ref().expect(name);
        assert_eq!(drawing.width, 900, "{name}");
        for (i, a) in drawing.texts.iter().enumerate() {
            let inside = a.left >= 4.0 && a.top >= 4.0;
            let inside =
                inside && a.right <= f64::from(drawing.width) - 4.0 && a.bottom <= f64::from(drawing.height) - 4.0;
            assert!(inside, "{name}: {a:?} leaves the chart of {} × {}", drawing.width, drawing.height);
            for b in &drawing.texts[i + 1..] {
                let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                assert!(apart, "{name}: {a:?} overlaps {b:?}");
            }
        }
    }
}

#[test]
fn the_boxes_of_texts_hold_the_ink_that_is_drawn() {
    let drawing = drawn("dots", dots(&dots_of(frames(16), outlets(25), grid(16, 25, 3.0), Scale::Shared)));
    let tree = usvg::Tree::from_str(&drawing.svg, &usvg::Options::default()).expect("SVG");
    let document = roxmltree::Document::parse(&drawing.svg).expect("XML");
    let is_text = |node: &roxmltree::Node| node.attribute("aria-label").is_some() && node.has_tag_name("path");
    let number = document.descendants().filter(is_text).count();
    assert_eq!(number, drawing.texts.len());
    // All hangs in the group that turns units into pixels; in it only texts have a transform, and so a group, of their own.
    let usvg::Node::Group(all) = &tree.root().children()[0] else {
        panic!("no group");
    };
    let boxes: Vec<usvg::Rect> = all
        .children()
        .iter()
        .filter_map(|node| if let usvg::Node::Group(group) = node { Some(group.abs_bounding_box()) } else { None })
        .collect();
    assert_eq!(boxes.len(), drawing.texts.len());
    for (ink, placed) in boxes.iter().zip(&drawing.texts) {
        let slack = 1.5;
        let holds = f64::from(ink.left()) > placed.left - slack
            && f64::from(ink.right()) < placed.right + slack
            && f64::from(ink.top()) > placed.top - slack
            && f64::from(ink.bottom()) < placed.bottom + slack;
        assert!(holds, "{placed:?} does not hold its ink {ink:?}");
        let fills = f64::from(ink.width()) > 0.6 * (placed.right - placed.left) - 3.0;
        assert!(fills, "{placed:?} is much larger than its ink {ink:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_thread() {
    let one_of_each = || {
        let (f, o) = (frames(4), outlets(5));
        [
            dots(&dots_of(f.clone(), o.clone(), grid(4, 5, 1.0), Scale::PerPanel)),
            heatmap(&heatmap_of(f.clone(), o.clone(), grid(4, 5, 1.0), Shade::PerFrame)),
            diverging(&diverging_of(f.clone(), o.clone(), 1.0)),
            timeline(&timeline_of(f.clone(), o.clone(), months(14), 40)),
            sentiment(&sentiment_of(o.clone(), 1.0)),
            stacked(&stacked_of(f, o)),
        ]
    };
    let again = std::thread::spawn(one_of_each).join().expect("thread");
    assert!(one_of_each() == again);
    let drawing = drawn("sentiment", sentiment(&sentiment_of(outlets(5), 0.4)));
    assert!(png(&drawing.svg, 2.0) == png(&drawing.svg, 2.0));
}

#[test]
fn every_file_is_well_formed_and_needs_no_font() {
    for (name, drawing) in stressed() {
        let drawing = drawing.as_ref().expect(name);
        let document = roxmltree::Document::parse(&drawing.svg).unwrap_or_else(|e| panic!("{name}: {e}"));
        let root = document.root_element();
        assert_eq!(root.attribute("width"), Some("900"), "{name}");
        assert_eq!(root.attribute("height"), Some(drawing.height.to_string().as_str()), "{name}");
        assert!(!drawing.svg.contains("<text") && !drawing.svg.contains("font-"), "{name} needs a font");
        assert!(
            !drawing.svg.contains(" id=") && !drawing.svg.contains("NaN") && !drawing.svg.contains("inf"),
            "{name}"
        );
    }
}

#[test]
fn names_with_markup_and_control_characters_are_harmless() {
    let wild = vec![
        Label::counted("<b>A&B</b> \"quoted\"\u{0}\u{8}\n\tTimes", 30),
        Label::counted("", 30),
        Label::counted("   ", 0),
    ];
    let drawing = drawn("dots", dots(&dots_of(frames(1), wild, grid(1, 3, 1.0), Scale::Shared)));
    let document = roxmltree::Document::parse(&drawing.svg).expect("XML");
    let labels: Vec<&str> = document.descendants().filter_map(|node| node.attribute("aria-label")).collect();
    assert!(labels.contains(&"<b>A&B</b> \"quoted\"  Times (n = 30)"), "{labels:?}");
}

#[test]
fn a_png_decodes_and_has_twice_the_size() {
    for (name, drawing) in [
        ("heatmap", heatmap(&heatmap_of(frames(6), outlets(4), grid(6, 4, 1.0), Shade::Overall))),
        ("timeline", timeline(&timeline_of(frames(2), outlets(3), months(14), 40))),
    ] {
        let drawing = drawn(name, drawing);
        let picture = Pixmap::decode_png(&png(&drawing.svg, 2.0).expect("PNG")).expect("decodes");
        assert_eq!((picture.width(), picture.height()), (2 * drawing.width, 2 * drawing.height), "{name}");
        assert!(picture.pixels().iter().all(|pixel| pixel.alpha() == 255), "{name} is see-through");
        let dark = picture.pixels().iter().filter(|pixel| pixel.red() < 60 && pixel.green() < 60).count();
        assert!(dark > 2000, "{name}: the words are not drawn ({dark} dark pixels)");
    }
    assert!(png("no drawing", 2.0).is_err());
}

#[test]
fn an_absent_value_is_words_and_no_mark() {
    let cells = vec![vec![
        Estimate::between(2.0, 1.0, 3.0),
        Estimate::missing("no words in these articles"),
        Estimate::at_most(0.0, 1.0),
        Estimate::between(f64::NAN, 0.0, 1.0),
        Estimate::bare(f64::INFINITY, ""),
    ]];
    let rows: Vec<Label> = (0..6).map(|i| Label::counted(format!("outlet {i}"), 20)).collect();
    let check = |drawing: &Drawing, rows: &[usize]| {
        let marked: Vec<usize> = drawing.points.iter().map(|point| point.row).collect();
        assert_eq!(marked, rows);
        assert!(says(drawing, "no words in these articles"));
        assert!(says(drawing, "not computed"), "the sixth row has no estimate at all");
        assert!(says(drawing, "no finite number"));
    };
    let drawing = drawn("dots", dots(&dots_of(frames(1), rows.clone(), cells.clone(), Scale::Shared)));
    check(&drawing, &[0, 2]);
    let (two, zero) = (drawing.points[0].x, drawing.points[1].x);
    assert!(two > zero + 100.0);
    // Nothing round is drawn but the two marks.
    assert_eq!(drawing.svg.matches("<circle").count(), 2);
    check(&drawn("heatmap", heatmap(&heatmap_of(frames(1), rows.clone(), cells.clone(), Shade::Overall))), &[0, 2]);
    let tone = Sentiment { values: cells[0].clone(), ..sentiment_of(rows, 1.0) };
    check(&drawn("sentiment", sentiment(&tone)), &[0, 2]);
}

#[test]
fn an_axis_without_values_has_no_numbers() {
    let cells = vec![vec![Estimate::missing("one article"); 3]; 2];
    let drawing = drawn("dots", dots(&dots_of(frames(2), outlets(3), cells, Scale::Shared)));
    assert!(drawing.points.is_empty());
    assert!(!drawing.texts.iter().any(|placed| placed.text.parse::<f64>().is_ok()), "{:?}", drawing.texts);
}

#[test]
fn a_value_without_an_interval_is_hollow_and_says_why() {
    let cells = vec![vec![Estimate::bare(1.0, "one article"), Estimate::between(2.0, 1.0, 3.0)]];
    let rows = vec![Label::counted("A", 1), Label::counted("B", 50)];
    let drawing = drawn("dots", dots(&dots_of(frames(1), rows, cells, Scale::Shared)));
    assert_eq!(drawing.points.len(), 2);
    assert!(says(&drawing, "Hollow without a line: no interval (one article: 1)."));
    // A white disc in a grey ring, and one filled disc.
    assert_eq!(drawing.svg.matches("<circle").count(), 2);
    assert_eq!(drawing.svg.matches("fill=\"#FFFFFF\" stroke=\"#8E939B\"").count(), 1);
}

#[test]
fn groups_of_fewer_than_ten_articles_are_grey_with_a_footnote() {
    let cells = || vec![vec![Estimate::between(2.0, 1.0, 3.0); 2]];
    let draw = |n: u64| {
        let rows = vec![Label::counted("A", n), Label::counted("B", 50)];
        drawn("dots", dots(&dots_of(frames(1), rows, cells(), Scale::Shared)))
    };
    for (n, grey) in [(9, true), (10, false)] {
        let drawing = draw(n);
        assert_eq!(says(&drawing, "Grey: fewer than 10 articles."), grey, "n = {n}");
        assert_eq!(drawing.svg.contains("#8E939B"), grey, "n = {n}");
        assert!(says(&drawing, &format!("A (n = {n})")));
    }
}

#[test]
fn names_that_differ_only_at_the_end_stay_different_when_shortened() {
    let drawing = drawn("dots", dots(&dots_of(frames(16), outlets(25), grid(16, 25, 3.0), Scale::Shared)));
    let mut names: Vec<&str> =
        drawing.texts.iter().map(|placed| placed.text.as_str()).filter(|text| text.contains("(n = ")).collect();
    let bare = |text: &str| text.split(" (n").next().unwrap_or_default().to_string();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 25);
    let mut without: Vec<String> = names.iter().map(|text| bare(text)).collect();
    without.sort_unstable();
    without.dedup();
    assert_eq!(without.len(), 25, "{without:?}");
    assert!(without.iter().all(|name| name.chars().count() >= 20), "{without:?}");
    assert!(names.contains(&"The Western M…d of Kazakhs 00 (n = 12,345)"), "{names:?}");
}

#[test]
fn ticks_are_round_with_the_same_decimals_and_a_true_minus() {
    let tone = Sentiment {
        values: vec![Estimate::between(-0.31, -0.42, -0.2), Estimate::between(0.1, -0.1, 0.3)],
        words: Words::default(),
        ..sentiment_of(vec![Label::plain("A"), Label::plain("B")], 1.0)
    };
    let drawing = drawn("sentiment", sentiment(&tone));
    let texts: Vec<&str> = drawing.texts.iter().map(|placed| placed.text.as_str()).collect();
    let ticks: Vec<&str> =
        texts.iter().copied().filter(|text| text.trim_start_matches(['+', '−']).parse::<f64>().is_ok()).collect();
    assert_eq!(ticks, ["−0.6", "−0.4", "−0.2", "0.0", "+0.2", "+0.4", "+0.6"]);
    assert!(texts.contains(&"−0.310 [−0.420, −0.200]"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains('-')), "{texts:?}");
}

#[test]
fn large_and_small_numbers_state_their_power_of_ten() {
    let draw = |x: f64| {
        let cells = vec![vec![Estimate::between(x, x / 2.0, 2.0 * x)]];
        drawn("dots", dots(&dots_of(frames(1), vec![Label::counted("A", 50)], cells, Scale::Shared)))
    };
    assert!(says(&draw(3e9), "×10^9") && says(&draw(3e-9), "×10^−9"));
    assert!(!says(&draw(3.0), "×10") && says(&draw(40_000.0), "80,000"));
}

#[test]
fn a_wild_interval_ends_in_an_arrowhead_and_does_not_flatten_the_rest() {
    let rows: Vec<Label> =
        (0..20).map(|i| Label::counted(format!("outlet {i}"), if i == 19 { 3 } else { 40 })).collect();
    let mut cells = vec![Estimate::between(1.0, 0.5, 1.5); 20];
    cells[19] = Estimate::between(1.0, 0.0, 900.0);
    let drawing = drawn("dots", dots(&dots_of(frames(1), rows, vec![cells], Scale::Shared)));
    assert!(says(&drawing, "Arrowhead: the interval continues beyond the axis."));
    assert_eq!(drawing.svg.matches("<polygon").count(), 1);
    assert!(drawing.points[0].x > 300.0);
}

#[test]
fn contrasts_are_filled_below_a_q_of_five_per_cent_and_write_it() {
    let contrast = |q| Contrast { estimate: Estimate::between(1.0, 0.5, 1.5), q };
    let row = [Some(0.000_2), Some(0.049_9), Some(0.05), Some(0.8), None, Some(f64::NAN)].map(contrast).to_vec();
    let rows: Vec<Label> = (0..6).map(|i| Label::counted(format!("outlet {i}"), 40)).collect();
    let chart = Diverging { cells: vec![row], ..diverging_of(frames(1), rows, 1.0) };
    let drawing = drawn("diverging", diverging(&chart));
    for word in ["<0.001", "<0.050", "0.050", "0.800", "–", "← less in Coup", "more in Coup →"] {
        assert!(drawing.texts.iter().any(|placed| placed.text == word), "{word} is not written");
    }
    // Two filled discs; four white ones in a ring each.
    assert_eq!(drawing.svg.matches("<circle").count(), 2 + 4);
    assert_eq!(drawing.svg.matches("fill=\"#FFFFFF\" stroke=").count(), 4);
    let zero = drawing.texts.iter().find(|placed| placed.text.trim_matches(['0', '.']).is_empty()).expect("a zero");
    assert!(drawing.points.iter().all(|point| point.x > zero.right), "more is right of zero");
}

/// The lines of the first outlet in a drawing of one frame: numbers of points.
fn blue_lines(drawing: &Drawing) -> Vec<usize> {
    let document = roxmltree::Document::parse(&drawing.svg).expect("XML");
    document
        .descendants()
        .filter(|node| node.has_tag_name("polyline") && node.attribute("stroke") == Some("#0072B2"))
        .map(|node| node.attribute("points").unwrap_or_default().split_whitespace().count())
        .skip(1) // the sample in the key
        .collect()
}

fn one_line(periods: &[&str], missing: &[usize]) -> Drawing {
    let value = |i: usize| {
        if missing.contains(&i) { Estimate::missing("no articles") } else { Estimate::between(1.0, 0.5, 1.5) }
    };
    let chart = Timeline {
        articles: vec![vec![Some(20); periods.len()]],
        cells: vec![vec![(0..periods.len()).map(value).collect()]],
        ..timeline_of(
            frames(1),
            vec![Label::counted("Reuters", 212)],
            periods.iter().map(|p| (*p).to_string()).collect(),
            30,
        )
    };
    drawn("timeline", timeline(&chart))
}

#[test]
fn a_gap_in_time_is_a_gap_whether_it_is_missing_or_left_out() {
    let whole = ["2022-01", "2022-02", "2022-03", "2022-04", "2022-05", "2022-06"];
    assert_eq!(blue_lines(&one_line(&whole, &[])), [6]);
    let missing = one_line(&whole, &[2]);
    assert_eq!(blue_lines(&missing), [2, 3]);
    let left_out = one_line(&["2022-01", "2022-02", "2022-04", "2022-05", "2022-06"], &[]);
    assert_eq!(blue_lines(&left_out), [2, 3]);
    let places = |drawing: &Drawing| drawing.points.iter().map(|point| point.x).collect::<Vec<_>>();
    assert_eq!(places(&missing), places(&left_out));
}

#[test]
fn a_moving_rate_is_drawn_in_place_of_single_periods_which_stay_as_pale_marks_on_its_scale() {
    let (frame, outlets, periods) = (frames(1), vec![Label::counted("Reuters", 212)], months(9));
    let single: Vec<Estimate> = (0..9).map(|i| Estimate::between(if i == 4 { 50.0 } else { 1.0 }, 0.5, 60.0)).collect();
    // the window of three begins and ends within the periods; one of its rates has no interval
    let rate = |i: usize| match i {
        0 | 8 => Estimate::missing("window beyond the periods"),
        6 => Estimate::bare(2.0, "too few articles"),
        _ => Estimate::between(2.0, 1.0, 3.0),
    };
    let plain = Timeline {
        cells: vec![vec![single]],
        articles: vec![vec![Some(4); 9]],
        ..timeline_of(frame, outlets, periods, 30)
    };
    let moving = Moving { window: 3, cells: vec![vec![(0..9).map(rate).collect()]] };
    let drawing = drawn("timeline", timeline(&Timeline { moving: Some(moving), ..plain.clone() }));
    assert_eq!(blue_lines(&drawing), [7], "one line from the second period to the last but one");
    assert_eq!(drawing.points.iter().map(|point| point.column).collect::<Vec<_>>(), (1..8).collect::<Vec<_>>());
    for note in ["Pale marks: single periods; 1 of them above", "window beyond the periods: 2", "too few articles: 1"] {
        assert!(says(&drawing, note), "{note}");
    }
    assert_eq!(drawing.svg.matches("#80B9D9").count(), 8);
    // twelve articles stand behind each window, four behind each period
    let hollow = |drawing: &Drawing| says(drawing, "Hollow: fewer than 10 articles.");
    assert!(!hollow(&drawing) && hollow(&drawn("timeline", timeline(&plain))));
    // two bands, to both sides of the rate without an interval
    assert_eq!(drawing.svg.matches("opacity=\"0.13\"").count(), 2);
}

#[test]
fn days_follow_the_calendar_and_other_names_stand_side_by_side() {
    let steps = |periods: &[&str]| -> Vec<f64> {
        let points = one_line(periods, &[]).points;
        points.windows(2).map(|pair| pair[1].x - pair[0].x).collect()
    };
    let leap = steps(&["2020-02-27", "2020-02-28", "2020-03-01", "2020-03-02"]);
    assert!((leap[1] - 2.0 * leap[0]).abs() < 1e-6 && (leap[2] - leap[0]).abs() < 1e-6, "{leap:?}");
    let plain = steps(&["2021-02-27", "2021-02-28", "2021-03-01", "2021-03-02"]);
    assert!((plain[1] - plain[0]).abs() < 1e-6, "{plain:?}");
    let century = steps(&["1900-02-27", "1900-02-28", "1900-03-01"]);
    assert!((century[1] - century[0]).abs() < 1e-6, "{century:?}");
    let years = steps(&["2015", "2016", "2019"]);
    assert!((years[1] - 3.0 * years[0]).abs() < 1e-6, "{years:?}");
    // The thirtieth of February is no day, so these are names.
    let names = steps(&["2021-02-27", "2021-02-30", "2021-03-15"]);
    assert!((names[1] - names[0]).abs() < 1e-6, "{names:?}");
}

#[test]
fn a_time_chart_draws_six_lines_names_the_rest_and_shows_the_articles() {
    let drawing = drawn("timeline", timeline(&timeline_of(frames(2), outlets(8), months(14), 60)));
    assert!(says(&drawing, "Not drawn (2 outlets): The Western Morning Herald of Kazakhs 06,"));
    assert!(drawing.points.iter().all(|point| point.row < 6));
    assert!(says(&drawing, "Articles per month"));
    let numbers = drawing.texts.iter().filter(|placed| placed.text.parse::<u64>().is_ok()).count();
    assert!(numbers >= 6 * 14, "{numbers} numbers");
}

#[test]
fn a_heat_map_shades_by_one_value_or_by_frame_and_says_which() {
    let cells = || vec![vec![Estimate::between(1.0, 0.5, 1.5)], vec![Estimate::between(10.0, 5.0, 15.0)]];
    let draw = |shade| drawn("heatmap", heatmap(&heatmap_of(frames(2), vec![Label::counted("A", 40)], cells(), shade)));
    let darkest = |drawing: &Drawing| drawing.svg.matches("fill=\"#083868\"").count();
    // One is the end of the key.
    assert_eq!((darkest(&draw(Shade::Overall)), darkest(&draw(Shade::PerFrame))), (2, 3));
    assert!(says(&draw(Shade::PerFrame), "highest of each frame; hits per 1,000 words"));
    assert!(says(&draw(Shade::Overall), "0.5–1.5"), "intervals are written where they fit");
}

#[test]
fn a_bar_of_no_cases_is_words_and_shares_fill_the_whole() {
    let cells = vec![vec![
        Shares { counts: Some(vec![1, 0, 3]), ..Shares::default() },
        Shares { counts: Some(vec![0, 0, 0]), ..Shares::default() },
        Shares { why: "no hits".to_string(), ..Shares::default() },
    ]];
    let rows: Vec<Label> = (0..3).map(|i| Label::counted(format!("outlet {i}"), 40)).collect();
    let parts = ["own", "quoted", "scare"].map(str::to_string).to_vec();
    let drawing = drawn("stacked", stacked(&Stacked { parts, cells, ..stacked_of(frames(1), rows) }));
    let drawn: Vec<(usize, usize)> = drawing.points.iter().map(|point| (point.row, point.column)).collect();
    assert_eq!(drawn, [(0, 0), (0, 2)]);
    assert!(says(&drawing, "no cases") && says(&drawing, "no hits") && says(&drawing, "25") && says(&drawing, "75"));
}

#[test]
fn characters_that_the_font_lacks_are_confessed() {
    let draw = |name: &str| drawn("sentiment", sentiment(&sentiment_of(vec![Label::counted(name, 40)], 1.0)));
    // of no script: no machine has a font for it
    assert!(says(&draw("\u{10F3A7}"), "a character that no font here has"));
    for name in ["Қазақстан әңгіме ғұмыр", "Ελληνικά ώρες", "Ústí Źródło Şırnak", "Її ґанок ўсё"]
    {
        assert!(!says(&draw(name), "a character that no font here has"), "{name}");
    }
}

#[test]
fn empty_charts_say_that_there_is_nothing() {
    for drawing in [
        dots(&Dots::default()),
        heatmap(&Heatmap::default()),
        diverging(&Diverging::default()),
        timeline(&Timeline::default()),
        sentiment(&Sentiment::default()),
        stacked(&Stacked::default()),
    ] {
        assert!(says(&drawn("empty", drawing), "Nothing to draw"));
    }
}

#[test]
fn key_words_stand_on_both_axes_and_what_has_no_room_for_its_name_is_counted() {
    let rates = [([10.0, 1.0], true), ([100.0, 100.0], true), ([1.0, 0.0], false), ([0.0, 10.0], false)];
    let word = |(rates, is_sure)| Word { text: "strike".to_string(), rates, is_weak: false, is_sure };
    let all: Vec<Word> = rates.map(word).to_vec();
    let panel = Comparison {
        group: "Reuters".to_string(),
        against: "all others".to_string(),
        sides: [all[..3].to_vec(), all[3..].to_vec()],
        others: vec![[1000.0, 1000.0], [0.1, 0.1]],
    };
    let chart = Keyness { words: words(), unit: "in 10,000 words".to_string(), panels: vec![panel] };
    let drawing = drawn("keyness", keyness(&chart));
    let points: Vec<(usize, usize, f64, f64)> = drawing.points.iter().map(|p| (p.column, p.row, p.x, p.y)).collect();
    let [more, equal, never_there, less] = points[..] else { panic!("{points:?}") };
    assert_eq!((more.0, equal.1, never_there.1, less.0), (0, 1, 2, 1));
    // to the right is the rate in the rest, upwards that in the group
    assert!(more.2 < equal.2 && more.3 > equal.3, "{points:?}");
    assert!(never_there.2 < more.2 && less.3 > never_there.3, "zero is beyond the lowest rate: {points:?}");
    let count = |text: &str| drawing.texts.iter().filter(|placed| placed.text == text).count();
    assert_eq!((count("strike"), count("1,000"), count("0")), (4, 2, 2), "each word named, both axes the same ticks");
    let crowded = drawn("crowded", keyness(&keyness_of(2, 0)));
    assert!(says(&crowded, "Marks with no room for their word:"));
}
