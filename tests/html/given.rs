//! Pages to look at: one with every kind of thing and hostile texts, one of a single cell.

use framescope::report::html::{
    Cell, Chart, Checks, Counted, Entry, Example, Explore, File, Frame, Group, KeyGroup, KeyWord, LabelShare, Labels,
    Lost, Measure, Overall, Page, Problems, Row, Sentiment, TargetHits, Tone, Trouble, Versus, Voice,
};
use std::ops::RangeInclusive;

/// Texts that no two fields share, each one hostile.
#[derive(Default)]
pub struct Texts {
    pub given: Vec<String>,
}

impl Texts {
    pub fn next(&mut self) -> String {
        let text = format!("<nasty a=\"1\">&amp;'x{}'</nasty>]]>", self.given.len());
        self.given.push(text.clone());
        text
    }
}

pub fn measure(value: f64, ends: RangeInclusive<f64>) -> Measure {
    Measure { value: Some(value), low: Some(*ends.start()), high: Some(*ends.end()), why: String::new() }
}

pub fn missing(why: &str) -> Measure {
    Measure { why: why.to_string(), ..Measure::default() }
}

pub fn example(texts: &mut Texts) -> Example {
    Example {
        outlet: texts.next(),
        date: texts.next(),
        language: texts.next(),
        left: texts.next(),
        surface: texts.next(),
        right: texts.next(),
        voice: texts.next(),
        flags: vec![texts.next()],
        file: texts.next(),
        byte_start: 12,
        byte_end: 22,
        entry: texts.next(),
        entry_at: texts.next(),
    }
}

pub fn cell(texts: &mut Texts, versus: Versus) -> Cell {
    Cell {
        hits: 13,
        articles_with_hit: 7,
        rate: measure(3.97432, 1.62359..=8.47441),
        prevalence: measure(0.7, 0.396778..=0.892209),
        voices: vec![9, 4],
        versus: Some(versus),
        examples: vec![example(texts), example(texts)],
    }
}

pub fn versus(log2_ratio: Measure, q: Option<f64>) -> Versus {
    Versus { articles: 29, words: 10_232, hits: 43, log2_ratio, q }
}

pub fn frame(texts: &mut Texts, name: &str) -> Frame {
    Frame {
        name: name.to_string(),
        label: texts.next(),
        function: texts.next(),
        definition: texts.next(),
        validation: Some(texts.next()),
        hits: 26,
        entries: 37,
        entries_with_hits: 6,
        top: vec![Entry {
            text: texts.next(),
            at: texts.next(),
            forms: texts.next(),
            hits: 20,
            articles: 19,
            by_group: vec![6],
        }],
    }
}

pub fn file(name: &str) -> File {
    File { name: name.to_string(), about: String::new(), bytes: Some(1_234) }
}

/// Every kind of thing, every text hostile.
pub fn full(texts: &mut Texts) -> Page {
    let q = versus(measure(1.39187, 0.659292..=2.12444), Some(0.01056));
    let unsure = versus(missing(&texts.next()), None);
    let frames = vec![frame(texts, "a b"), frame(texts, "a-b"), frame(texts, "паника")];
    let mut group = |versus: &Versus| Group {
        label: texts.next(),
        articles: 10,
        words: 3_271,
        cells: (0..3).map(|_| cell(texts, versus.clone())).collect(),
    };
    let groups = vec![group(&q), group(&unsure)];
    let tone = Tone {
        articles: 10,
        positive: Some(109),
        negative: Some(191),
        valence: measure(-0.653333, -0.967687..=-0.346102),
        balance: missing(&texts.next()),
        logit: measure(-0.558963, -1.03062..=-0.148836),
        compound: None,
    };
    let trouble = Trouble {
        severity: texts.next(),
        kind: texts.next(),
        place: texts.next(),
        found: texts.next(),
        expected: texts.next(),
        hint: texts.next(),
    };
    let share = |share: Measure, q| LabelShare { articles: 8, hits: 6, share, own_hits: 2, own_share: Some(0.4), q };
    let shares = vec![
        vec![share(measure(0.15, 0.0396..=0.324), Some(0.01)), share(missing(&texts.next()), None)],
        vec![share(Measure { low: None, ..measure(0.0, 0.0..=0.25) }, None), LabelShare::default()],
    ];
    let labels = Labels { referent: texts.next(), names: vec![texts.next(), texts.next()], shares };
    let chart = |texts: &mut Texts, name: &str| Chart {
        title: texts.next(),
        caption: texts.next(),
        svg: format!(
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{name}\"><path d=\"m0 0\"/></svg>\n"
        ),
        axes: "r:g p:f",
        marks: Vec::new(),
        files: vec![format!("charts/{name}.svg"), texts.next()],
    };
    let target = |texts: &mut Texts, group, rate| TargetHits {
        group,
        frame: 1,
        frame_label: texts.next(),
        target: texts.next(),
        articles: 5,
        mentions: 15,
        hits: 3,
        own_hits: 2,
        rate,
    };
    let unknown = missing(&texts.next());
    Page {
        smaller: None,
        title: texts.next(),
        program: texts.next(),
        grouping: texts.next(),
        level: "95 %".to_string(),
        counted: Counted {
            articles_read: 40,
            articles: 39,
            outlets: 5,
            words: 1_234_567,
            hits: 485,
            left_out: vec![(texts.next(), 119)],
            languages: vec![(texts.next(), 36)],
        },
        notes: vec![texts.next()],
        tests: 48,
        checks: Checks {
            overall: vec![
                Overall { frame: texts.next(), q: Some(0.0004), why: String::new() },
                Overall { frame: texts.next(), q: None, why: texts.next() },
            ],
            checked: 3,
            lost: vec![Lost {
                group: texts.next(),
                frame: texts.next(),
                check: texts.next(),
                left_out: texts.next(),
                q: Some(0.07),
                is_turned: true,
            }],
        },
        voices: vec![
            Voice { name: "own".to_string(), label: texts.next() },
            Voice { name: "quoted".to_string(), label: texts.next() },
        ],
        frames,
        groups,
        scoring: "Negation is ignored.".to_string(),
        sentiment: vec![Sentiment {
            role: "primary".to_string(),
            lexicon: texts.next(),
            validation: Some(texts.next()),
            rows: vec![tone.clone(), tone],
        }],
        label_charts: vec![(labels.referent.clone(), chart(texts, "labels"))],
        labels: vec![labels],
        targets: vec![target(texts, 0, measure(20.0, 2.9..=78.3)), target(texts, 1, unknown)],
        target_rows: 40,
        keyness: vec![KeyGroup {
            label: texts.next(),
            against: texts.next(),
            more: vec![KeyWord { word: texts.next(), hits: 12, against: 3, q: Some(0.01), is_weak: true }],
            less: vec![KeyWord { word: texts.next(), hits: 1, against: 40, q: None, is_weak: false }],
        }],
        keyness_notes: texts.next(),
        charts: vec![chart(texts, "frames")],
        sampling: texts.next(),
        problems: Problems { errors: 0, warnings: 2, notes: 4, rows: vec![trouble] },
        settings: vec![(texts.next(), texts.next())],
        explore: Explore {
            groups: vec![Row {
                number: 0,
                label: "]]></script><nasty>".to_string(),
                articles: 10,
                words: 3_271,
                cells: vec![(13, measure(3.97432, 1.62359..=8.47441)), (0, missing("one <article>"))],
            }],
            more: 2,
            files: vec![vec!["sentences/a b.js".to_string()]],
            further: Vec::new(),
            inline: vec![("sentences/a b.js".to_string(), "[[\"</script><nasty>]]>\"]]".to_string())],
        },
        files: vec![
            file("charts/frames.svg"),
            file("frames.csv"),
            File { name: "a b#?:%.csv".to_string(), about: texts.next(), bytes: None },
        ],
    }
}

/// A page of one group and one frame, for looking at numbers.
pub fn small(cell: Cell) -> Page {
    Page {
        level: "95 %".to_string(),
        voices: vec![Voice { name: "own".to_string(), label: "own voice".to_string() }],
        frames: vec![Frame { name: "coup".to_string(), label: "Coup".to_string(), ..Frame::default() }],
        groups: vec![Group { label: "Eastern".to_string(), articles: 10, words: 3_271, cells: vec![cell] }],
        ..Page::default()
    }
}
