//! A sheet of paper: shapes and texts in pixels come in, in the order of drawing; `drawn` turns them into SVG.
//!
//! Invariant: every text is measured when it is placed, and its box recorded, so that a test can see overlaps.
//!
//! It deliberately knows no plotters and no SVG: the height of a chart is known only when all is placed.

use super::font::{Fonts, fonts};
use super::palette::{INK, Rgb, SOFT, Shape, WHITE};
use super::{ChartError, ChartLanguage, Placed, Point};

/// Where a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) rgb: Rgb,
    /// Which part of the text stands at the point.
    pub(super) side: Side,
    /// Read from bottom to top.
    pub(super) turned: bool,
}

impl Type {
    pub(super) const fn new(size: f64) -> Type {
        Type { size, bold: false, rgb: INK, side: Side::Left, turned: false }
    }
    pub(super) const fn bold(mut self) -> Type {
        self.bold = true;
        self
    }
    pub(super) const fn rgb(mut self, rgb: Rgb) -> Type {
        self.rgb = rgb;
        self
    }
    pub(super) const fn soft(self) -> Type {
        self.rgb(SOFT)
    }
    pub(super) const fn middle(mut self) -> Type {
        self.side = Side::Middle;
        self
    }
    pub(super) const fn right(mut self) -> Type {
        self.side = Side::Right;
        self
    }
    pub(super) const fn turned(mut self) -> Type {
        self.turned = true;
        self
    }
}

/// A stroke.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pencil {
    pub(super) rgb: Rgb,
    pub(super) width: f64,
    pub(super) dash: &'static [f64],
}

impl Pencil {
    pub(super) const fn new(rgb: Rgb, width: f64) -> Pencil {
        Pencil { rgb, width, dash: &[] }
    }
}

/// A box in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// One element of the drawing.
#[derive(Clone, Debug)]
pub(super) enum Shaped {
    Line {
        points: Vec<(f64, f64)>,
        pencil: Pencil,
    },
    Area {
        points: Vec<(f64, f64)>,
        rgb: Rgb,
        opacity: f64,
        outline: Option<Pencil>,
    },
    Box {
        frame: Frame,
        rgb: Rgb,
    },
    Disc {
        x: f64,
        y: f64,
        radius: f64,
        rgb: Rgb,
        outline: Option<Pencil>,
    },
    /// Many separate lines of one kind.
    Lines {
        ends: Vec<[(f64, f64); 2]>,
        pencil: Pencil,
    },
    Text {
        /// The words as drawn.
        text: String,
        /// The words in full.
        label: String,
        x: f64,
        y: f64,
        look: Type,
    },
}

/// What of the data a shape belongs to, where it belongs to a part of them: a page can then show or fade that part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) panel: Option<usize>,
    pub(super) row: Option<usize>,
    pub(super) column: Option<usize>,
}

impl Part {
    pub(super) const ALL: Part = Part { panel: None, row: None, column: None };

    pub(super) const fn panel(index: usize) -> Part {
        Part { panel: Some(index), ..Part::ALL }
    }
    pub(super) const fn row(index: usize) -> Part {
        Part { row: Some(index), ..Part::ALL }
    }
    pub(super) const fn column(index: usize) -> Part {
        Part { column: Some(index), ..Part::ALL }
    }
    pub(super) const fn and_row(self, index: usize) -> Part {
        Part { row: Some(index), ..self }
    }
    pub(super) const fn and_column(self, index: usize) -> Part {
        Part { column: Some(index), ..self }
    }
}

/// The sheet.
pub(super) struct Canvas {
    pub(super) fonts: &'static Fonts,
    /// Pixels between the margins.
    pub(super) room: f64,
    /// In the order of drawing, each with what it belongs to.
    pub(super) shapes: Vec<(Part, Shaped)>,
    /// What is drawn now belongs to this.
    pub(super) part: Part,
    pub(super) texts: Vec<Placed>,
    pub(super) points: Vec<Point>,
    /// Some text was shortened to fit.
    pub(super) is_shortened: bool,
    /// Language of all words but names.
    pub(super) language: ChartLanguage,
}

impl Canvas {
    pub(super) fn new(room: f64, language: ChartLanguage) -> Result<Canvas, ChartError> {
        Ok(Canvas {
            fonts: fonts()?,
            room,
            shapes: Vec::new(),
            part: Part::ALL,
            texts: Vec::new(),
            points: Vec::new(),
            is_shortened: false,
            language,
        })
    }

    /// Words of a chart, as its reader reads them.
    pub(super) fn say(&self, words: &str) -> String {
        self.language.say(words)
    }

    /// Room for names, on a narrow sheet less than what was asked for: the rest is for what is drawn.
    pub(super) fn room_of_names(&self, most: f64) -> f64 {
        most.min(0.42 * self.room)
    }

    pub(super) fn width_of(&self, text: &str, look: Type) -> f64 {
        self.fonts.width(text, look.size, look.bold)
    }

    fn push(&mut self, shape: Shaped) {
        self.shapes.push((self.part, shape));
    }

    pub(super) fn line(&mut self, points: Vec<(f64, f64)>, pencil: Pencil) {
        self.push(Shaped::Line { points, pencil });
    }

    pub(super) fn area(&mut self, points: Vec<(f64, f64)>, rgb: Rgb, opacity: f64) {
        self.push(Shaped::Area { points, rgb, opacity, outline: None });
    }

    pub(super) fn fill(&mut self, frame: Frame, rgb: Rgb) {
        self.push(Shaped::Box { frame, rgb });
    }

    pub(super) fn lines(&mut self, ends: Vec<[(f64, f64); 2]>, pencil: Pencil) {
        if !ends.is_empty() {
            self.push(Shaped::Lines { ends, pencil });
        }
    }

    /// A marker, filled or hollow.
    pub(super) fn mark(&mut self, (x, y): (f64, f64), shape: Shape, radius: f64, rgb: Rgb, filled: bool) {
        let outline = |width: f64| (!filled).then(|| Pencil::new(rgb, width));
        let rgb = if filled { rgb } else { WHITE };
        if shape == Shape::Circle {
            let radius = if filled { radius } else { radius - 0.2 };
            self.push(Shaped::Disc { x, y, radius, rgb, outline: outline(1.3) });
            return;
        }
        let points = corners(shape).iter().map(|&(dx, dy)| (x + dx * radius, y + dy * radius)).collect();
        self.push(Shaped::Area { points, rgb, opacity: 1.0, outline: outline(1.2) });
    }

    /// Places a text whose capitals are centred on `y` (on `x` when turned).
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, look: Type) {
        self.text_as(x, y, text, text, look);
    }

    /// Places a text that is perhaps a shorter form of `label`.
    pub(super) fn text_as(&mut self, x: f64, y: f64, text: &str, label: &str, look: Type) {
        let text = printable(text);
        if text.trim().is_empty() {
            return;
        }
        self.is_shortened |= text != printable(label);
        let width = self.width_of(&text, look);
        let before = match look.side {
            Side::Left => 0.0,
            Side::Middle => width / 2.0,
            Side::Right => width,
        };
        let (above, below) = (0.425 * look.size, 0.575 * look.size);
        let (left, top, right, bottom) = if look.turned {
            (x - above, y + before - width, x + below, y + before)
        } else {
            (x - before, y - above, x - before + width, y + below)
        };
        self.texts.push(Placed { text: text.clone(), left, top, right, bottom });
        self.push(Shaped::Text { text, label: printable(label), x, y, look });
    }

    /// Places a text cut to a width, with an ellipsis for what is missing.
    pub(super) fn text_within(&mut self, x: f64, y: f64, text: &str, look: Type, room: f64) {
        let cut = self.cut(text, look, room);
        self.text_as(x, y, &cut, text, look);
    }

    /// The text, or its beginning and an ellipsis.
    pub(super) fn cut(&self, text: &str, look: Type, room: f64) -> String {
        let text = printable(text);
        if self.width_of(&text, look) <= room {
            return text;
        }
        let room = room - self.width_of("…", look) - 0.02 * look.size;
        let fits = self.fonts.fitting(&text, look.size, look.bold, room);
        format!("{}…", text[..fits].trim_end())
    }

    /// The beginning and the end of the text around an ellipsis, for names that differ only at their ends.
    pub(super) fn cut_middle(&self, text: &str, look: Type, room: f64) -> String {
        let text = printable(text);
        if self.width_of(&text, look) <= room {
            return text;
        }
        let half = (room - self.width_of("…", look)) / 2.0 - 0.04 * look.size;
        let head = self.fonts.fitting(&text, look.size, look.bold, half);
        let backwards: String = text.chars().rev().collect();
        let tail = self.fonts.fitting(&backwards, look.size, look.bold, half);
        format!("{}…{}", text[..head].trim_end(), text[text.len() - tail..].trim_start())
    }

    /// Breaks a text into lines at spaces; a longer word is broken where it must.
    pub(super) fn wrap(&self, text: &str, look: Type, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in printable(text).split_whitespace() {
            let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
            if self.width_of(&longer, look) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut rest = word;
            while self.width_of(rest, look) > room {
                let first = rest.chars().next().map_or(0, char::len_utf8);
                let fits = self.fonts.fitting(rest, look.size, look.bold, room).max(first);
                lines.push(rest[..fits].to_string());
                rest = &rest[fits..];
            }
            line = rest.to_string();
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// As [`Canvas::wrap`], with the last of `most` lines cut.
    pub(super) fn wrap_to(&self, text: &str, look: Type, room: f64, most: usize) -> Vec<String> {
        let mut lines = self.wrap(text, look, room);
        if lines.len() > most {
            let rest = lines[most - 1..].join(" ");
            lines.truncate(most - 1);
            lines.push(self.cut(&rest, look, room));
        }
        lines
    }
}

/// One line of characters that XML can hold.
fn printable(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => None,
            c => Some(c),
        })
        .collect()
}

fn corners(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Circle | Shape::Square => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        Shape::Triangle => &[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        Shape::Drop => &[(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
        Shape::Diamond => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        Shape::Bar => &[(-1.3, -0.5), (1.3, -0.5), (1.3, 0.5), (-1.3, 0.5)],
    }
}
