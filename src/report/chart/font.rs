//! The embedded font: words come in; widths and outlines go out.
//!
//! Invariant: the width that is measured is the width that is drawn: both come from the same advances and the same
//! kerning pairs. Units are those of the font, so an outline is exact at every size.
//!
//! It deliberately does not shape what it has: Latin, Cyrillic and Greek need none. Other characters are those of a font of this machine
//! ([`fallback`]), which shapes them, or become the font's empty box.

use super::fallback::Fallback;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::OnceLock;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

use super::ChartError;
use super::fallback;
use unicode_bidi::{BidiInfo, Level};

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
        if !font.has_all(text) {
            let fits = |end: &usize| self.width(&text[..*end], size, bold) <= room;
            return text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(fits).last().unwrap_or(0);
        }
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
        font.walk(text, |drawn, start, _| {
            (pen.offset, pen.rise, pen.scale) = (start as i32, drawn.rise as i32, drawn.scale);
            drawn.face.outline_glyph(drawn.glyph, &mut pen);
        });
        pen.path
    }

    /// Units of an em, the size of the square that an outline is drawn in.
    pub(super) fn units_per_em(&self, bold: bool) -> f64 {
        self.face(bold).units_per_em
    }

    /// Whether a font here can draw this character.
    pub(super) fn has(&self, c: char) -> bool {
        self.regular.face.glyph_index(c).is_some() || fallback::of(c).is_some()
    }

    /// The file names of the fonts of this machine that a text needs, and the characters of it that no font here has.
    pub(super) fn needs(&self, text: &str) -> (BTreeSet<&'static str>, BTreeSet<char>) {
        let (mut files, mut missing) = (BTreeSet::new(), BTreeSet::new());
        for c in text.chars().filter(|c| !c.is_control() && self.regular.face.glyph_index(*c).is_none()) {
            match fallback::of(c) {
                Some(font) => drop(files.insert(font.name.as_str())),
                None => drop(missing.insert(c)),
            }
        }
        (files, missing)
    }
}

/// A glyph that is drawn.
struct DrawnGlyph<'f> {
    face: &'f Face<'static>,
    glyph: GlyphId,
    /// Units of the embedded font in one of its own.
    scale: f32,
    /// How far above the line.
    rise: f64,
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

    fn has_all(&self, text: &str) -> bool {
        text.chars().all(|c| self.face.glyph_index(c).is_some())
    }

    /// Visits each glyph from left to right with where it starts and ends.
    fn walk(&self, text: &str, mut visit: impl FnMut(DrawnGlyph<'_>, f64, f64)) {
        if self.has_all(text) {
            self.walk_own(text, 0.0, &mut visit);
            return;
        }
        let bidi = BidiInfo::new(text, Some(Level::ltr()));
        let mut at = 0.0;
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let is_rtl = levels[run.start].is_rtl();
                let mut pieces = self.pieces(&text[run]);
                if is_rtl {
                    pieces.reverse();
                }
                for (piece, font) in pieces {
                    at = match font {
                        None => self.walk_own(piece, at, &mut visit),
                        Some(font) => self.walk_other(font, &font.shape(piece, is_rtl), at, &mut visit),
                    };
                }
            }
        }
    }

    /// Stretches of one font: none is this one.
    fn pieces<'t>(&self, text: &'t str) -> Vec<(&'t str, Option<&'static Fallback>)> {
        let font = |c: char| if self.face.glyph_index(c).is_some() { None } else { fallback::of(c) };
        let is_same =
            |a: Option<&Fallback>, b: Option<&Fallback>| a.map(std::ptr::from_ref) == b.map(std::ptr::from_ref);
        let (mut pieces, mut start) = (Vec::new(), 0);
        let mut last: Option<Option<&'static Fallback>> = None;
        for (at, c) in text.char_indices() {
            let own = font(c);
            if let Some(before) = last.filter(|before| !is_same(*before, own)) {
                pieces.push((&text[start..at], before));
                start = at;
            }
            last = Some(own);
        }
        pieces.extend(last.map(|font| (&text[start..], font)));
        pieces
    }

    /// Visits the glyphs of a text that another font has shaped; gives back where they end.
    fn walk_other(
        &self,
        font: &'static Fallback,
        shaped: &[fallback::Shaped],
        mut at: f64,
        visit: &mut impl FnMut(DrawnGlyph<'_>, f64, f64),
    ) -> f64 {
        let scale = self.units_per_em / f64::from(font.face.units_per_em());
        for glyph in shaped {
            let end = at + glyph.advance * scale;
            let (shift, rise) = (glyph.shift.0 * scale, glyph.shift.1 * scale);
            let drawn = DrawnGlyph { face: &font.face, glyph: glyph.glyph, scale: scale as f32, rise };
            visit(drawn, at + shift, end);
            at = end;
        }
        at
    }

    /// Visits the glyphs of a text of this font alone; gives back where they end.
    fn walk_own(&self, text: &str, mut at: f64, visit: &mut impl FnMut(DrawnGlyph<'_>, f64, f64)) -> f64 {
        let mut last = None;
        for c in text.chars() {
            let glyph = self.glyph(c);
            if let Some(last) = last {
                at += self.kern(last, glyph);
            }
            let advance = if c.is_ascii() { self.advances_ascii[c as usize] } else { self.advance(glyph) };
            visit(DrawnGlyph { face: &self.face, glyph, scale: 1.0, rise: 0.0 }, at, at + advance);
            at += advance;
            last = Some(glyph);
        }
        at
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
    rise: i32,
    scale: f32,
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
            self.at = ((x * self.scale) as i32 + self.offset, (y * self.scale) as i32 + self.rise);
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
