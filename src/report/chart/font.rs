//! The embedded font: words come in; widths and outlines go out.
//!
//! Invariant: the width that is measured is the width that is drawn: both come from the same advances and the same
//! kerning pairs. Units are those of the font, so an outline is exact at every size.
//!
//! It deliberately does not shape: Latin, Cyrillic and Greek need none. Other characters become the font's empty box.

use std::fmt::Write;
use std::sync::OnceLock;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

use super::ChartError;

/// The faces that charts use.
pub(super) struct Fonts {
    regular: Font,
    bold: Font,
}

struct Font {
    face: Face<'static>,
    /// The kerning lookups, each a list of subtables of which the first that covers a pair decides.
    kerning: Vec<Vec<PairAdjustment<'static>>>,
    units_per_em: f64,
    advances_ascii: [f64; 128],
}

/// The fonts, parsed once in the life of the program.
pub(super) fn fonts() -> Result<&'static Fonts, ChartError> {
    static FONTS: OnceLock<Result<Fonts, ChartError>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            Ok(Fonts { regular: Font::parse(notosans::REGULAR_TTF)?, bold: Font::parse(notosans::BOLD_TTF)? })
        })
        .as_ref()
        .map_err(Clone::clone)
}

impl Fonts {
    fn face(&self, bold: bool) -> &Font {
        if bold { &self.bold } else { &self.regular }
    }

    /// Width in pixels at a size in pixels.
    pub(super) fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let font = self.face(bold);
        let mut units = 0.0;
        font.walk(text, |_, _, end| units = end);
        units / font.units_per_em * size
    }

    /// The length in bytes of the longest beginning of `text` that fits.
    pub(super) fn fitting(&self, text: &str, size: f64, bold: bool, room: f64) -> usize {
        let font = self.face(bold);
        let room = room / size * font.units_per_em;
        let (mut fits, mut full) = (0, false);
        let mut sizes = text.chars().map(char::len_utf8);
        font.walk(text, |_, _, end| {
            full |= end > room;
            let length = sizes.next().unwrap_or(0);
            if !full {
                fits += length;
            }
        });
        fits
    }

    /// The outline as SVG path data in font units, y upwards.
    pub(super) fn outline(&self, text: &str, bold: bool) -> String {
        let font = self.face(bold);
        let mut pen = Pen::default();
        font.walk(text, |glyph, start, _| {
            pen.offset = start as i32;
            font.face.outline_glyph(glyph, &mut pen);
        });
        pen.path
    }

    /// Units of an em, the size of the square that an outline is drawn in.
    pub(super) fn units_per_em(&self, bold: bool) -> f64 {
        self.face(bold).units_per_em
    }

    /// Whether the font can draw this character.
    pub(super) fn has(&self, c: char) -> bool {
        self.regular.face.glyph_index(c).is_some()
    }
}

impl Font {
    fn parse(data: &'static [u8]) -> Result<Font, ChartError> {
        let face = Face::parse(data, 0).map_err(|e| ChartError(format!("the embedded font does not parse: {e}")))?;
        let mut font = Font {
            kerning: kerning(&face),
            units_per_em: f64::from(face.units_per_em()),
            advances_ascii: [0.0; 128],
            face,
        };
        for byte in 0..128_u8 {
            font.advances_ascii[usize::from(byte)] = font.advance(font.glyph(char::from(byte)));
        }
        Ok(font)
    }

    fn glyph(&self, c: char) -> GlyphId {
        self.face.glyph_index(c).unwrap_or_default()
    }

    fn advance(&self, glyph: GlyphId) -> f64 {
        f64::from(self.face.glyph_hor_advance(glyph).unwrap_or(0))
    }

    /// Visits each glyph with where it starts and ends.
    fn walk(&self, text: &str, mut visit: impl FnMut(GlyphId, f64, f64)) {
        let mut at = 0.0;
        let mut last = None;
        for c in text.chars() {
            let glyph = self.glyph(c);
            if let Some(last) = last {
                at += self.kern(last, glyph);
            }
            let advance = if c.is_ascii() { self.advances_ascii[c as usize] } else { self.advance(glyph) };
            visit(glyph, at, at + advance);
            at += advance;
            last = Some(glyph);
        }
    }

    fn kern(&self, left: GlyphId, right: GlyphId) -> f64 {
        self.kerning.iter().filter_map(|lookup| lookup.iter().find_map(|pairs| adjustment(pairs, left, right))).sum()
    }
}

/// The change of advance that a subtable orders; `None` where it says nothing on the pair.
fn adjustment(pairs: &PairAdjustment, left: GlyphId, right: GlyphId) -> Option<f64> {
    let record = match pairs {
        PairAdjustment::Format1 { coverage, sets } => sets.get(coverage.get(left)?)?.get(right)?.0,
        PairAdjustment::Format2 { coverage, classes, matrix } => {
            coverage.get(left)?;
            matrix.get((classes.0.get(left), classes.1.get(right)))?.0
        }
    };
    Some(f64::from(record.x_advance))
}

fn kerning(face: &Face<'static>) -> Vec<Vec<PairAdjustment<'static>>> {
    let Some(table) = face.tables().gpos else {
        return Vec::new();
    };
    let mut lookups: Vec<u16> = table
        .features
        .into_iter()
        .filter(|feature| feature.tag == Tag::from_bytes(b"kern"))
        .flat_map(|feature| feature.lookup_indices.into_iter())
        .collect();
    lookups.sort_unstable();
    lookups.dedup();
    lookups
        .into_iter()
        .filter_map(|index| table.lookups.get(index))
        .map(|lookup| {
            lookup
                .subtables
                .into_iter::<PositioningSubtable>()
                .filter_map(|subtable| if let PositioningSubtable::Pair(pairs) = subtable { Some(pairs) } else { None })
                .collect()
        })
        .collect()
}

/// Writes relative path commands with whole numbers and no needless byte: short, and the same everywhere.
#[derive(Default)]
struct Pen {
    path: String,
    offset: i32,
    at: (i32, i32),
    start: (i32, i32),
    last: char,
}

impl Pen {
    fn go(&mut self, command: char, points: &[(f32, f32)]) {
        // A repeated command needs no letter; after m it would mean l.
        let mut is_open = command == self.last && command != 'm';
        if !is_open {
            self.path.push(command);
        }
        self.last = command;
        let from = self.at;
        for &(x, y) in points {
            self.at = (x as i32 + self.offset, y as i32);
            for number in [self.at.0 - from.0, self.at.1 - from.1] {
                if is_open && number >= 0 {
                    self.path.push(' ');
                }
                // Writing to a string cannot fail.
                let _ = write!(self.path, "{number}");
                is_open = true;
            }
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.go('m', &[(x, y)]);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.go('l', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.go('q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.go('c', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('z');
        self.last = 'z';
        self.at = self.start;
    }
}
