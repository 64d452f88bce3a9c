//! The font of a page: the letters of its drawings, as wide and as shaped as they were measured.

use framescope::report::chart::{FAMILY, faces, subset};
use std::collections::BTreeSet;
use ttf_parser::{Face, OutlineBuilder};

/// An outline as numbers.
#[derive(Default, Debug, PartialEq)]
struct Outline(Vec<f32>);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.extend([x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.extend([x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.extend([x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.extend([x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.0.push(f32::INFINITY);
    }
}

#[test]
fn each_letter_has_its_outline_and_its_advance() {
    for data in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        // composites (é, ў), one glyph twice (space and no-break space), a character that the font lacks
        let characters: BTreeSet<char> = "Aa éÉў–×0123 «Ж»\u{a0}ﬁ\u{10F3A7}".chars().collect();
        let font = subset(data, &characters).expect("a font");
        assert_eq!(Some(&font), subset(data, &characters).as_ref());
        let (whole, part) = (Face::parse(data, 0).expect("a font"), Face::parse(&font, 0).expect("a font"));
        assert_eq!((whole.units_per_em(), whole.ascender()), (part.units_per_em(), part.ascender()));
        for &c in characters.iter().filter(|c| whole.glyph_index(**c).is_some()) {
            let (old, new) = (whole.glyph_index(c).expect("there"), part.glyph_index(c).expect("the letter is there"));
            assert_eq!(whole.glyph_hor_advance(old), part.glyph_hor_advance(new), "{c}");
            assert_eq!(whole.glyph_hor_side_bearing(old), part.glyph_hor_side_bearing(new), "{c}");
            let (mut outline, mut expected) = (Outline::default(), Outline::default());
            whole.outline_glyph(old, &mut expected);
            part.outline_glyph(new, &mut outline);
            assert_eq!(outline, expected, "{c}");
        }
        assert!(part.glyph_index('Z').is_none() && part.glyph_index('\u{10F3A7}').is_none());
        assert!(font.len() < 8_000, "{} bytes", font.len());
    }
}

#[test]
fn a_page_has_the_fonts_of_the_texts_of_its_drawings() {
    assert!(faces("<p>No drawing</p>").is_empty());
    let regular = faces("<text x=\"1\">A&amp;B</text>");
    assert_eq!(regular.matches("@font-face").count(), 1);
    assert!(
        regular.starts_with(&format!(
            "@font-face{{font-family:{FAMILY};font-weight:400;src:url(data:font/ttf;base64,AAEAAA"
        ))
    );
    let both = faces("<text x=\"1\">A&amp;B</text><text font-weight=\"700\"><title>Whole</title>W…</text>");
    assert!(both.starts_with(&regular) && both.contains("font-weight:700"));
    // the words in full are a title, which no font of the page draws
    assert_eq!(both, faces("<text x=\"1\">BA&amp;</text><text font-weight=\"700\">W…</text>"));
}
