//! What a chart says of itself: where its words stand, and that its notes are true of what is drawn.

use super::*;
use framescope::progress::Silent;
use framescope::study::Study;
use std::fs;
use std::sync::atomic::AtomicBool;

fn contrasts(rows: Vec<Contrast>, panels: usize) -> Drawing {
    let labels = (0..rows.len()).map(|i| Label::counted(format!("outlet {i}"), 40)).collect();
    let chart = Diverging { cells: vec![rows; panels], ..diverging_of(frames(panels), labels, 1.0) };
    drawn("diverging", diverging(&chart))
}

#[test]
fn a_reason_never_stands_across_the_line_of_zero_nor_on_a_mark() {
    let value = |i: i32| Contrast { estimate: Estimate::bare(f64::from(i) / 4.0, "too few articles"), q: Some(0.5) };
    let drawing = contrasts((-24..=24).map(value).collect(), 3);
    for panel in 0..3 {
        let points: Vec<_> = drawing.points.iter().filter(|point| point.panel == panel).collect();
        let zero = points[24].x;
        let beside = |point: &&&framescope::report::chart::Point| {
            let is_level = |placed: &&framescope::report::chart::Placed| {
                placed.text == "too few articles" && placed.top < point.y && point.y < placed.bottom
            };
            let near = |x: f64| (x - point.x).abs() < 250.0;
            let mut words = drawing.texts.iter().filter(is_level).filter(|placed| near(placed.left));
            words.any(|placed| {
                assert!(placed.right < zero || placed.left > zero || (placed.left - zero).abs() > 200.0, "{placed:?}");
                true
            })
        };
        assert!(points.iter().filter(beside).count() == 49, "every row of panel {panel} has its reason");
    }
}

#[test]
fn where_q_and_interval_disagree_a_note_says_so_and_nowhere_else() {
    let contrast = |low: f64, high: f64, q: Option<f64>| Contrast { estimate: Estimate::between(1.0, low, high), q };
    let agreed = [contrast(0.5, 1.5, Some(0.01)), contrast(-0.5, 1.5, Some(0.4)), contrast(0.5, 1.5, None)];
    let bare = Contrast { estimate: Estimate::bare(1.0, "too few articles"), q: Some(0.01) };
    let mut rows = [&agreed[..], &[bare]].concat();
    let odds = "so they may disagree, especially near 0.05: here";
    assert!(!says(&contrasts(rows.clone(), 1), odds));
    rows.extend([contrast(-0.1, 1.5, Some(0.01)), contrast(0.1, 1.5, Some(0.06))]);
    let drawing = contrasts(rows, 1);
    assert!(says(&drawing, &format!("{odds} 2 times.")));
    assert!(
        says(&drawing, "Filled mark: q < 0.05 and an interval.")
            && says(&drawing, "Blue: above 0; orange: 0 or below.")
    );
}

#[test]
fn a_heat_map_says_what_its_small_numbers_are_and_why_one_has_none() {
    let rows = vec![Label::counted("A", 40), Label::counted("B", 1)];
    let draw = |cell: Estimate| {
        let cells = (0..12).map(|_| vec![cell.clone(), Estimate::bare(1.0, "too few articles")]).collect();
        drawn("heatmap", heatmap(&heatmap_of(frames(12), rows.clone(), cells, Shade::Overall)))
    };
    let drawing = draw(Estimate::between(1.0, 0.5, 1.5));
    assert!(says(&drawing, "Small numbers below a rate: its 95 % interval."));
    let times = |word: &str| drawing.texts.iter().filter(|placed| placed.text == word).count();
    assert_eq!((times("too few"), times("articles")), (12, 12), "two lines in each cell");
    assert!(says(&draw(Estimate::at_most(0.0, 0.5)), "its 95 % interval (≤ or ≥: only a bound)."));
    let bare = || vec![vec![Estimate::bare(0.5, ""); 2]; 2];
    let drawing = drawn("heatmap", heatmap(&heatmap_of(frames(2), rows.clone(), bare(), Shade::Overall)));
    assert!(
        !says(&drawing, "interval (") && !says(&drawing, "Small numbers"),
        "where none has an interval, the caller says so"
    );
}

#[test]
fn charts_of_all_groups_or_of_the_largest_say_which() {
    let folder = std::env::temp_dir().join(format!("framescope-said-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut corpus = "id,outlet,date,text\n".to_string();
    for i in 0..40 {
        corpus.push_str(&format!(
            "{i},Outlet {},2022-0{}-05,The coup and the riot of day {i} were told in the city\n",
            i % 10,
            i / 10 + 1
        ));
    }
    fs::write(folder.join("corpus.csv"), corpus).unwrap();
    let lexicon = "[lexicon]\nname = \"two\"\n[[frame]]\nname = \"coup\"\nterms = [\"coup\"]\n[[frame]]\nname = \"street\"\nterms = [\"riot\"]\n";
    fs::write(folder.join("lexicon.toml"), lexicon).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study = Study {
        corpus: vec![path("corpus.csv")],
        lexicons: vec![path("lexicon.toml")],
        threads: 1,
        ..Study::default()
    };
    study.report.out = path("out");
    study.report.max_groups = 8;
    study.estimates.permutations = 99;
    framescope::run(&study, &Silent, &AtomicBool::new(false)).unwrap();
    let said = |name: &str| {
        let svg = fs::read_to_string(folder.join(format!("out/charts/{name}.svg"))).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let lines = document.descendants().filter_map(|node| node.attribute("aria-label"));
        lines.collect::<Vec<_>>().join(" ")
    };
    let eight = "The 8 groups with most articles; 2 more";
    assert!(
        said("frames").contains(eight) && said("comparisons").contains("filled: q < 0.05 and an interval; blue: more")
    );
    assert!(!said("cooccurrence").contains("groups with most articles"));
    assert!(!said("cooccurrence").contains("Number without"));
    let timeline = said("timeline");
    assert!(
        timeline.contains("Drawn: the 6 groups with most articles; the other 4, with 16 articles in all"),
        "{timeline}"
    );
    assert!(!timeline.contains(eight) && !timeline.contains("Not drawn"));
    let html = fs::read_to_string(folder.join("out/index.html")).unwrap();
    assert!(html.contains("Filled: q below .05 and an interval; blue: more than in the rest, orange: less; bars are"));
    assert!(!html.contains(". bars are"));
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn comparisons_fit_a_page_begin_with_the_smallest_q_and_say_what_is_left_out() {
    let q = |seed: usize| (!seed.is_multiple_of(5)).then(|| noise(seed + 11).powi(2));
    let contrast = |seed: usize| Contrast { estimate: Estimate::between(0.5, -0.5, 1.0 + noise(seed)), q: q(seed) };
    let of = |width: u16, panels: usize, rows: usize| {
        let cells = (0..panels).map(|panel| (0..rows).map(|row| contrast(panel * 31 + row)).collect()).collect();
        let chart = diverging_of(frames(panels), outlets(rows), 1.0);
        diverging(&Diverging { cells, words: Words { width: Some(width), ..words() }, ..chart }).unwrap()
    };
    for (width, panels, rows) in [(396, 12, 5), (396, 16, 25), (815, 12, 5), (815, 16, 25), (396, 1, 5), (396, 2, 3)] {
        let drawing = of(width, panels, rows);
        assert!(drawing.height <= 1_100, "{width}: {} pixels", drawing.height);
        let shown: Vec<(usize, usize)> = drawing.points.iter().map(|point| (point.panel, point.row)).collect();
        let left_out = panels * rows - shown.len();
        let note = format!("Drawn: {} of {}, those with the smallest q first.", shown.len(), panels * rows);
        assert_eq!(says(&drawing, &note), left_out > 0, "{width} {panels} {rows}");
        let of_q = |(panel, row): (usize, usize)| q(panel * 31 + row).unwrap_or(f64::INFINITY);
        let all = (0..panels).flat_map(|panel| (0..rows).map(move |row| (panel, row)));
        let hidden = all.clone().filter(|place| !shown.contains(place)).map(of_q).fold(f64::INFINITY, f64::min);
        assert!(shown.iter().all(|place| of_q(*place) <= hidden), "what is left out says least");
        let best = all.min_by(|a, b| of_q(*a).total_cmp(&of_q(*b))).unwrap();
        assert_eq!(shown[0].0, best.0, "the panel with the smallest q is the first");
    }
}

#[test]
fn a_dark_file_has_the_same_shapes_on_a_dark_ground_and_the_page_stays_light() {
    let of = |theme| {
        let chart = diverging_of(frames(3), outlets(4), 1.0);
        diverging(&Diverging { words: Words { theme, ..words() }, ..chart }).unwrap()
    };
    let [light, dark] = [Theme::Light, Theme::Dark].map(of);
    assert_eq!((&light.inline, &light.points), (&dark.inline, &dark.points));
    assert!(light.svg.contains("fill=\"#FFFFFF\"") && !dark.svg.contains("#FFFFFF"));
    let shapes = |svg: &str| svg.split('#').map(|part| part[part.len().min(6)..].to_string()).collect::<Vec<_>>();
    assert_eq!(shapes(&light.svg)[1..], shapes(&dark.svg)[1..], "colours alone differ");
    // readable: text is as light as the ground is dark
    let bright = |colour: &str| u32::from_str_radix(&colour[..2], 16).unwrap();
    let grounds: Vec<u32> = dark.svg.split("fill=\"#").skip(1).map(bright).collect();
    assert!(grounds[0] < 40 && grounds[1] > 200, "{:?}", &grounds[..2]);
}
