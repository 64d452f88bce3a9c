//! A drawing as SVG: a backend of plotters that writes no attribute which says what is so anyway.
//!
//! Beside what plotters can ask of a backend it has what SVG has more: texts, dashes, many strokes in one path, and groups.
//!
//! Invariant: one shape, one element, in the order of drawing.

use std::convert::Infallible;
use std::fmt::Write;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::canvas::Part;
use super::palette::{INK, Rgb, Theme};
use super::subset::FAMILY;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Where a drawing stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a file of its own.
    File,
    /// Inside the page.
    Page,
}

/// Size of most letters of a page in units: the drawing says it once.
pub(super) const LETTERS: i32 = 200;

/// An SVG in the making.
pub(super) struct Svg<'s> {
    out: &'s mut String,
    size: (u32, u32),
    place: Place,
    theme: Theme,
    /// The group that is open.
    part: Part,
    /// Dashes of the next path, as an attribute.
    dash: String,
    /// The line around the next polygon or circle, as attributes.
    outline: String,
}

impl<'s> Svg<'s> {
    /// Begins a drawing of this size in pixels, each of so many units.
    pub(super) fn begin(
        out: &'s mut String,
        title: &str,
        (width, height): (u32, u32),
        units: u32,
        (place, theme): (Place, Theme),
    ) -> Svg<'s> {
        let size = (width * units, height * units);
        let role = match place {
            Place::File => "role=\"img\"".to_string(),
            Place::Page => {
                let family = format!("{FAMILY}, Noto Sans, Helvetica, Arial, sans-serif");
                format!("role=\"group\" font-family=\"{family}\" font-size=\"{LETTERS}\" fill=\"{}\"", hex(INK))
            }
        };
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" {role} \
             aria-label=\"{}\" stroke-linejoin=\"round\">",
            size.0,
            size.1,
            escaped(title)
        );
        Svg { out, size, place, theme, part: Part::ALL, dash: String::new(), outline: String::new() }
    }

    /// A colour on the ground of the drawing.
    pub(super) fn shade(&self, rgb: Rgb) -> Rgb {
        self.theme.shade(rgb)
    }

    /// An element as it is.
    pub(super) fn push(&mut self, element: &str) {
        self.out.push_str(element);
        self.out.push('\n');
    }

    /// What is drawn from here on belongs to this part of the data; only a page asks.
    pub(super) fn belongs_to(&mut self, part: Part) {
        if self.place == Place::File || part == self.part {
            return;
        }
        if self.part != Part::ALL {
            self.out.push_str("</g>");
        }
        if part != Part::ALL {
            self.out.push_str("<g");
            for (name, place) in [("p", part.panel), ("r", part.row), ("c", part.column)] {
                if let Some(place) = place {
                    let _ = write!(self.out, " data-{name}=\"{place}\"");
                }
            }
            self.out.push_str(">\n");
        }
        self.part = part;
    }

    /// Lengths of dashes and gaps of the next path; none for a solid one.
    pub(super) fn dash(&mut self, lengths: impl Iterator<Item = i32>) {
        let lengths: Vec<String> = lengths.map(|length| length.to_string()).collect();
        self.dash = match lengths.is_empty() {
            true => String::new(),
            false => format!(" stroke-dasharray=\"{}\"", lengths.join(",")),
        };
    }

    /// The line around the next polygon or circle.
    pub(super) fn outline<S: BackendStyle>(&mut self, style: Option<&S>) {
        self.outline = style.map_or(String::new(), |style| self.stroke(style));
    }

    fn stroke<S: BackendStyle>(&self, style: &S) -> String {
        let colour = hex(self.shade(style.color().rgb));
        format!(" stroke=\"{colour}\" stroke-width=\"{}\"", style.stroke_width())
    }

    /// Fill or stroke as attributes.
    fn paint<S: BackendStyle>(&self, style: &S, is_filled: bool) -> String {
        let BackendColor { alpha, rgb } = style.color();
        let (opacity, colour) =
            (if alpha < 1.0 { format!(" opacity=\"{alpha}\"") } else { String::new() }, hex(self.shade(rgb)));
        match is_filled {
            true => format!("{opacity} fill=\"{colour}\""),
            false => {
                // the page says once, in its style, that strokes are not filled
                let unfilled = if self.place == Place::File { " fill=\"none\"" } else { "" };
                format!("{opacity}{unfilled}{}", self.stroke(style))
            }
        }
    }

    /// Many separate strokes as one element: each from one point to the next one.
    pub(super) fn strokes<S: BackendStyle>(&mut self, ends: &[BackendCoord], style: &S) -> Drawn {
        let mut path = format!("<path{} d=\"", self.paint(style, false));
        for pair in ends.as_chunks::<2>().0 {
            let [(x0, y0), (x1, y1)] = *pair;
            let _ = match (x1 - x0, y1 - y0) {
                (across, 0) => write!(path, "M{x0} {y0}h{across}"),
                (0, down) => write!(path, "M{x0} {y0}v{down}"),
                (across, down) => write!(path, "M{x0} {y0}l{across} {down}"),
            };
        }
        path.push_str("\"/>");
        self.push(&path);
        Ok(())
    }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.belongs_to(Part::ALL);
        self.push("</svg>");
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (width, height) = (right - left, bottom - top);
        // the page says it once, in its style
        let crisp = if self.place == Place::File { " shape-rendering=\"crispEdges\"" } else { "" };
        self.push(&format!(
            "<rect{crisp} x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{}/>",
            self.paint(style, fill)
        ));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let dash = std::mem::take(&mut self.dash);
        self.push(&format!("<polyline{dash}{} points=\"{}\"/>", self.paint(style, false), listed(path)));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        let outline = std::mem::take(&mut self.outline);
        self.push(&format!("<polygon{}{outline} points=\"{}\"/>", self.paint(style, true), listed(corners)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let outline = std::mem::take(&mut self.outline);
        self.push(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}{outline}/>", self.paint(style, fill)));
        Ok(())
    }
}

fn listed(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let points: Vec<String> = points.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

pub(super) fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
