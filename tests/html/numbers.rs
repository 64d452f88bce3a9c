//! Numbers of the page: what is missing, what is zero, what is said in words and in which order.

use super::given::{measure, missing, small, versus};
use super::{body, by_id, elements, has_class, parse, text};
use framescope::report::html::{Cell, Counted, File, Group, Measure, Sentiment, Tone, Versus};

#[test]
fn a_missing_value_is_its_reason_and_never_zero() {
    let nothing = || missing("too few articles");
    let undefined =
        Measure { value: Some(f64::NAN), low: Some(f64::INFINITY), high: None, why: "no words".to_string() };
    for absent in [nothing(), undefined] {
        let mut page = small(Cell {
            hits: 3,
            articles_with_hit: 3,
            rate: absent.clone(),
            prevalence: absent.clone(),
            versus: Some(versus(absent.clone(), None)),
            ..Cell::default()
        });
        let tone = Tone {
            articles: 7,
            positive: Some(5),
            negative: Some(6),
            valence: absent.clone(),
            balance: absent.clone(),
            logit: absent.clone(),
            compound: None,
        };
        page.sentiment = vec![Sentiment { rows: vec![tone], ..Sentiment::default() }];
        page.counted = Counted { articles_read: 9, articles: 9, outlets: 1, words: 9, hits: 9, ..Counted::default() };
        page.tests = 9;
        (page.frames[0].hits, page.frames[0].entries, page.frames[0].entries_with_hits) = (3, 5, 3);
        page.files = vec![File { name: "manifest.json".to_string(), ..File::default() }];
        let html = page.html();
        let parsed = parse(&html);
        for word in ["NaN", "inf,", "−0", ">0<", ">0 "] {
            assert!(!body(&html).contains(word), "{word}");
        }
        let said = elements(&parsed, "span").filter(|span| has_class(*span, "na")).map(text);
        // rate; own voice, for which nothing was given; three of sentiment; the comparison
        let expected = [&absent.why, &absent.why, "not counted", &absent.why, &absent.why, &absent.why];
        assert_eq!(said.collect::<Vec<_>>(), expected);
        assert!(text(by_id(&parsed, "findings")).contains(&format!("Coup: {}. 3 hits in 3,271 words", absent.why)));
        let size = elements(&parsed, "td").last().map(text);
        assert_eq!(size.as_deref(), Some(""), "a size that is not known");
    }
}

#[test]
fn a_group_without_a_cell_for_a_frame_says_so() {
    let mut page = small(Cell::default());
    page.groups[0].cells.clear();
    let html = page.html();
    assert!(text(by_id(&parse(&html), "rates")).contains("not counted"));
}

#[test]
fn no_hits_are_a_zero_with_an_upper_limit() {
    let rate = Measure { value: Some(0.0), low: None, high: Some(0.917151), why: String::new() };
    let html = small(Cell { rate, ..Cell::default() }).html();
    let page = parse(&html);
    let shown = elements(&page, "span").find(|span| has_class(*span, "t")).map(text);
    assert_eq!(shown.as_deref(), Some("0 95 % interval at most 0.917; 0 hits in 0 articles"));
    assert!(text(by_id(&page, "voices")).ends_with("Eastern Coup 0 no hits"), "a share of nothing is no share");
}

#[test]
fn an_interval_says_when_it_is_weak_or_absent() {
    let shown = |rate: Measure, articles: u64| {
        let mut page = small(Cell { hits: 2, articles_with_hit: 1, rate, ..Cell::default() });
        page.groups[0].articles = articles;
        let html = page.html();
        let page = parse(&html);
        elements(&page, "span").find(|span| has_class(*span, "t")).map(text).unwrap_or_default()
    };
    let sure = || measure(2.0, 1.0..=3.0);
    assert_eq!(shown(sure(), 10), "2.00 95 % interval 1.00–3.00; 2 hits in 1 article");
    assert_eq!(shown(sure(), 9), "2.00* 95 % interval 1.00–3.00; 2 hits in 1 article");
    let alone = Measure { value: Some(2.0), ..missing("one article") };
    assert_eq!(shown(alone, 1), "2.00† no interval: one article; 2 hits in 1 article");
}

#[test]
fn what_is_not_zero_never_reads_as_zero() {
    for exponent in -12..9 {
        for digits in [1.0, 1.5, 3.333_333, 9.994, 9.996, 9.999_9] {
            let value = digits * 10_f64.powi(exponent);
            let html =
                small(Cell { rate: Measure { value: Some(value), ..Measure::default() }, ..Cell::default() }).html();
            let page = parse(&html);
            let shown = elements(&page, "span").find(|span| has_class(*span, "t")).and_then(|span| span.text());
            let shown = shown.unwrap_or_default().trim_end_matches('†').replace(',', "");
            let plain = match shown.split_once(" × 10^") {
                Some((mantissa, power)) => format!("{mantissa}e{}", power.replace('−', "-")),
                None => shown.clone(),
            };
            let read: f64 = plain.parse().unwrap_or_else(|_| panic!("{shown}"));
            assert!((read / value - 1.0).abs() < 0.005_1, "{value} reads as {shown}");
        }
    }
}

/// The finding of a comparison, as text.
fn finding(hits: u64, versus: Versus) -> String {
    let html = small(Cell { hits, versus: Some(versus), ..Cell::default() }).html();
    let page = parse(&html);
    let found = by_id(&page, "findings").descendants().find(|node| node.tag_name().name() == "li").map(text);
    found.unwrap_or_default()
}

#[test]
fn a_difference_is_said_in_words() {
    let terrorism = versus(measure(1.39187, 0.659292..=2.12444), Some(0.01056));
    assert_eq!(
        finding(36, terrorism.clone()),
        "Eastern, Coup: 2.6 times as often as in the rest (95 % interval 1.6–4.4; q = .011; 10 against 29 articles). \
½×1×2×4×8×11.0 against 4.20 hits per 1,000 words: 36 hits in 3,271 words, against 43 in 10,232. UNVALIDATED Show the words of the frame"
    );
    let one_end = Measure { value: Some(-4.28575), low: None, high: Some(-1.09583), why: String::new() };
    assert_eq!(
        finding(0, versus(one_end, Some(0.000_2))),
        "Eastern, Coup: not found at all, unlike in the rest (95 % interval at most 0.47 times as often; q < .001; \
         10 against 29 articles). 1/32×1/16×1/8×¼×½×1×2×0 against 4.20 hits per 1,000 words: 0 hits in 3,271 words, against 43 in 10,232. UNVALIDATED Show the words of the frame"
    );
    let bare = Measure { value: Some(-1.0), ..missing("too few articles") };
    assert!(
        finding(3, versus(bare, Some(0.6)))
            .contains(": 0.50 times as often as in the rest (no interval: too few articles; q = .600;")
    );
    assert!(
        finding(3, Versus { hits: 0, ..terrorism.clone() })
            .contains(": found here, nowhere in the rest (95 % interval 1.6–4.4 times")
    );
    assert!(
        finding(3, Versus { q: Some(0.049_96), ..terrorism.clone() }).contains("q = .0499"),
        "not on the other side of .05"
    );
    assert!(finding(3, Versus { q: Some(1.0), ..terrorism }).contains("q = 1;"));
}

#[test]
fn the_surest_difference_comes_first_and_chance_is_kept_apart() {
    let far_but_unsure = versus(measure(5.0, 0.1..=9.0), Some(0.04));
    let near_but_sure = versus(measure(-1.5, -2.0..=-1.0), Some(0.049));
    let chance = versus(measure(3.0, 0.5..=6.0), Some(0.05));
    let unknown = versus(missing("one article"), None);
    let no_interval = versus(Measure { value: Some(9.0), ..missing("too few articles") }, Some(0.001));
    let all = [
        ("chance", chance),
        ("far", far_but_unsure),
        ("unknown", unknown),
        ("bare", no_interval),
        ("sure", near_but_sure),
    ];
    let mut page = small(Cell::default());
    page.groups = all
        .into_iter()
        .map(|(label, versus)| Group {
            label: label.to_string(),
            cells: vec![Cell { hits: 3, versus: Some(versus), ..Cell::default() }],
            ..Group::default()
        })
        .collect();
    let html = page.html();
    let parsed = parse(&html);
    let lists: Vec<Vec<&str>> = by_id(&parsed, "findings")
        .descendants()
        .filter(|node| has_class(*node, "findings"))
        .map(|list| list.children().filter_map(|item| item.attribute("data-g")).collect())
        .collect();
    assert_eq!(lists, [vec!["sure", "far", "bare"], vec!["chance"], vec!["unknown"]]);
}

#[test]
fn groups_that_were_tested_together_are_a_finding() {
    let mut page = small(Cell::default());
    let pooled = versus(measure(1.0, 0.5..=1.5), Some(0.001));
    page.smaller = Some(Group {
        label: "2 smaller groups together".to_string(),
        articles: 7,
        words: 2_000,
        cells: vec![Cell { hits: 5, versus: Some(pooled), ..Cell::default() }],
    });
    let html = page.html();
    let found = text(by_id(&parse(&html), "findings"));
    let said = "2 smaller groups together, Coup: 2.0 times as often as in the rest (95 % interval 1.4–2.8; q = .001; 7 against";
    assert!(found.contains(said), "{found}");
}
