//! From the sheet to SVG: plotters draws every shape, as an element of its own, on the backend of `svg`.
//!
//! The same shapes make two drawings: in the file texts are outlines, so that it needs no font; in the page they are texts, which can be
//! searched, copied and read aloud, each set to the width that was measured, whatever font is there.
//! In the page shapes stand in groups that say which panel, row and column of the data they belong to.
//! It deliberately adds no ids: several charts can stand in one HTML page.

use std::fmt::Display;

use plotters::element::{Drawable, PointCollection};
use plotters::prelude::{Color, DrawingBackend, IntoDrawingArea, RGBColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::canvas::{Canvas, Frame, Part, Pencil, Shaped, Side, Type};
use super::font::Fonts;
use super::palette::{INK, Rgb, Theme, WHITE};
use super::svg::{LETTERS, Place, Svg, escaped, hex};
use super::{ChartError, Drawing};

/// SVG units of a pixel: plotters knows whole coordinates only.
const UNITS: f64 = 20.0;

/// The distance from the centre of capitals to the baseline, in ems.
const BASELINE: f64 = 0.357;

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn place(&(x, y): &(f64, f64)) -> BackendCoord {
    (units(x), units(y))
}

fn colour((red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn stroke(pencil: &Pencil) -> ShapeStyle {
    colour(pencil.rgb).stroke_width(units(pencil.width).max(1) as u32)
}

/// Finishes a sheet of this size.
pub(super) fn finish(
    canvas: Canvas,
    title: &str,
    (width, height): (u32, u32),
    theme: Theme,
) -> Result<Drawing, ChartError> {
    let svg = draw(&canvas, title, (width, height), Place::File, theme)?;
    let inline = draw(&canvas, title, (width, height), Place::Page, Theme::Light)?;
    Ok(Drawing { title: title.to_string(), svg, inline, width, height, texts: canvas.texts, points: canvas.points })
}

fn draw(canvas: &Canvas, title: &str, size: (u32, u32), place: Place, theme: Theme) -> Result<String, ChartError> {
    let mut drawn = String::new();
    let root = Svg::begin(&mut drawn, title, size, UNITS as u32, (place, theme)).into_drawing_area();
    root.fill(&colour(WHITE)).map_err(fault)?;
    for (part, shape) in &canvas.shapes {
        root.draw(&Element { part: *part, shape, fonts: canvas.fonts, place }).map_err(fault)?;
    }
    root.present().map_err(fault)?;
    drop(root);
    Ok(drawn)
}

fn fault(error: impl Display) -> ChartError {
    ChartError(format!("plotters refused to draw: {error}"))
}

/// A shape as plotters draws it.
struct Element<'c> {
    part: Part,
    shape: &'c Shaped,
    fonts: &'c Fonts,
    place: Place,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Element<'_> {
    type Point = BackendCoord;
    type IntoIter = Vec<BackendCoord>;

    fn point_iter(self) -> Vec<BackendCoord> {
        match self.shape {
            Shaped::Line { points, .. } | Shaped::Area { points, .. } => points.iter().map(place).collect(),
            Shaped::Box { frame: Frame { left, top, right, bottom }, .. } => {
                vec![place(&(*left, *top)), place(&(*right, *bottom))]
            }
            Shaped::Lines { ends, .. } => ends.iter().flatten().map(place).collect(),
            Shaped::Disc { x, y, .. } | Shaped::Text { x, y, .. } => vec![place(&(*x, *y))],
        }
    }
}

impl Drawable<Svg<'_>> for Element<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        svg: &mut Svg<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<std::convert::Infallible>> {
        svg.belongs_to(self.part);
        let points: Vec<BackendCoord> = points.collect();
        match (self.shape, points.as_slice()) {
            (Shaped::Line { pencil, .. }, _) => {
                svg.dash(pencil.dash.iter().map(|length| units(*length)));
                svg.draw_path(points, &stroke(pencil))
            }
            (Shaped::Area { rgb, opacity, outline, .. }, _) => {
                svg.outline(outline.as_ref().map(stroke).as_ref());
                svg.fill_polygon(points, &colour(*rgb).mix(*opacity).filled())
            }
            (Shaped::Box { rgb, .. }, [from, to]) => svg.draw_rect(*from, *to, &colour(*rgb).filled(), true),
            (Shaped::Disc { radius, rgb, outline, .. }, [centre]) => {
                svg.outline(outline.as_ref().map(stroke).as_ref());
                svg.draw_circle(*centre, units(*radius) as u32, &colour(*rgb).filled(), true)
            }
            (Shaped::Lines { pencil, .. }, ends) => svg.strokes(ends, &stroke(pencil)),
            (Shaped::Text { text, label, x, y, look }, _) => {
                let write = if self.place == Place::File { outlined } else { written };
                let look = Type { rgb: svg.shade(look.rgb), ..*look };
                svg.push(&write(self.fonts, text, label, (*x, *y), look));
                Ok(())
            }
            (Shaped::Box { .. } | Shaped::Disc { .. }, _) => Ok(()),
        }
    }
}

fn outlined(fonts: &Fonts, text: &str, label: &str, (x, y): (f64, f64), look: Type) -> String {
    let width = fonts.width(text, look.size, look.bold);
    let before = match look.side {
        Side::Left => 0.0,
        Side::Middle => width / 2.0,
        Side::Right => width,
    };
    let scale = look.size * UNITS / fonts.units_per_em(look.bold);
    let scale = format!("{scale:.5}");
    let scale = scale.trim_end_matches('0').trim_end_matches('.');
    let down = BASELINE * look.size;
    let (matrix, x, y) = if look.turned {
        (format!("0 -{scale} -{scale} 0"), x + down, y + before)
    } else {
        (format!("{scale} 0 0 -{scale}"), x - before, y + down)
    };
    format!(
        "<path aria-label=\"{}\" fill=\"{}\" transform=\"matrix({matrix} {} {})\" d=\"{}\"/>",
        escaped(label),
        hex(look.rgb),
        units(x),
        units(y),
        fonts.outline(text, look.bold)
    )
}

/// A text as a text, as wide as it was measured; the words in full as its title where it was shortened.
fn written(fonts: &Fonts, text: &str, label: &str, (x, y): (f64, f64), look: Type) -> String {
    let anchor = match look.side {
        Side::Left => "",
        Side::Middle => " text-anchor=\"middle\"",
        Side::Right => " text-anchor=\"end\"",
    };
    let down = BASELINE * look.size;
    let (x, y) = if look.turned { (units(x + down), units(y)) } else { (units(x), units(y + down)) };
    let turned = if look.turned { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
    let bold = if look.bold { " font-weight=\"700\"" } else { "" };
    let full = if text == label { String::new() } else { format!("<title>{}</title>", escaped(label)) };
    // most texts are as dark as the drawing says of itself
    let fill = if look.rgb == INK { String::new() } else { format!(" fill=\"{}\"", hex(look.rgb)) };
    let size = if units(look.size) == LETTERS { String::new() } else { format!(" font-size=\"{}\"", units(look.size)) };
    format!(
        "<text x=\"{x}\" y=\"{y}\"{size}{bold}{anchor}{turned}{fill} textLength=\"{}\">{full}{}</text>",
        units(fonts.width(text, look.size, look.bold)),
        escaped(text)
    )
}
