//! From the sheet to SVG: plotters' SVG backend draws every element once; then texts become outlines, and the few
//! attributes that plotters cannot set are added.
//!
//! Invariant: one shape, one element, in the same order; a difference is an error, not a wrong picture.
//!
//! The same elements make two drawings: in the file texts are outlines, so that it needs no font; in the page they are texts, which can be
//! searched, copied and read aloud, each set to the width that was measured, whatever font is there.
//! In the page shapes stand in groups that say which panel, row and column of the data they belong to.
//! It deliberately adds no ids: several charts can stand in one HTML page.

use std::fmt::Write;

use plotters::prelude::{
    Circle, Color, DrawingArea, IntoDrawingArea, IntoFont, PathElement, Polygon, RGBColor, Rectangle, SVGBackend,
    ShapeStyle, Text,
};
use plotters::{coord::Shift, style::FontFamily};

use super::canvas::{Canvas, Frame, Part, Pencil, Shaped, Side, Type};
use super::font::Fonts;
use super::palette::{INK, Rgb, WHITE};
use super::{ChartError, Drawing};

/// SVG units of a pixel: plotters knows whole coordinates only.
const UNITS: f64 = 20.0;

/// The distance from the centre of capitals to the baseline, in ems.
const BASELINE: f64 = 0.357;

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn place(&(x, y): &(f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

fn colour((red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

/// Finishes a sheet of this size.
pub(super) fn finish(canvas: Canvas, title: &str, width: u32, height: u32) -> Result<Drawing, ChartError> {
    let raw = plot(&canvas.shapes, width, height)?;
    let svg = rewrite(&raw, &canvas, title, (width, height), Place::File)?;
    let inline = rewrite(&raw, &canvas, title, (width, height), Place::Page)?;
    Ok(Drawing { title: title.to_string(), svg, inline, width, height, texts: canvas.texts, points: canvas.points })
}

fn plot(shapes: &[(Part, Shaped)], width: u32, height: u32) -> Result<String, ChartError> {
    let mut raw = String::new();
    {
        let size = (width * UNITS as u32, height * UNITS as u32);
        let root = SVGBackend::with_string(&mut raw, size).into_drawing_area();
        root.fill(&colour(WHITE)).map_err(fault)?;
        for (_, shape) in shapes {
            element(&root, shape)?;
        }
        root.present().map_err(fault)?;
    }
    Ok(raw)
}

fn fault(error: impl std::fmt::Display) -> ChartError {
    ChartError(format!("plotters refused to draw: {error}"))
}

fn stroke(pencil: &Pencil) -> ShapeStyle {
    colour(pencil.rgb).stroke_width(units(pencil.width).max(1) as u32)
}

fn element(root: &DrawingArea<SVGBackend, Shift>, shape: &Shaped) -> Result<(), ChartError> {
    match shape {
        Shaped::Line { points, pencil } => {
            root.draw(&PathElement::new(points.iter().map(place).collect::<Vec<_>>(), stroke(pencil)))
        }
        Shaped::Area { points, rgb, opacity } => {
            root.draw(&Polygon::new(points.iter().map(place).collect::<Vec<_>>(), colour(*rgb).mix(*opacity).filled()))
        }
        Shaped::Box { frame: Frame { left, top, right, bottom }, rgb } => root.draw(&Rectangle::new(
            [(units(*left), units(*top)), (units(*right), units(*bottom))],
            colour(*rgb).filled(),
        )),
        Shaped::Disc { x, y, radius, rgb, outline } => {
            let style = outline.map_or(colour(*rgb).filled(), |width| stroke(&Pencil::new(*rgb, width)));
            root.draw(&Circle::new((units(*x), units(*y)), units(*radius), style))
        }
        // The two that plotters has no element for leave a place to be filled in.
        Shaped::Lines { .. } => root.draw(&PathElement::new(vec![(0, 0), (0, 0)], stroke(&Pencil::new(WHITE, 1.0)))),
        Shaped::Text { x, y, look, .. } => {
            let style = (FontFamily::SansSerif, look.size * UNITS).into_font().color(&colour(look.rgb));
            root.draw(&Text::new("", (units(*x), units(*y)), style))
        }
    }
    .map_err(fault)
}

/// Where a drawing stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a file of its own.
    File,
    /// Inside the page.
    Page,
}

fn rewrite(
    raw: &str,
    canvas: &Canvas,
    title: &str,
    (width, height): (u32, u32),
    place: Place,
) -> Result<String, ChartError> {
    let lost = || ChartError("plotters drew another number of elements than asked".to_string());
    let mut lines = raw.lines();
    // The opening tag, and the white ground.
    lines.next().ok_or_else(lost)?;
    let ground = lines.next().ok_or_else(lost)?;
    let mut svg = String::with_capacity(raw.len() * 2);
    let (unit_width, unit_height) = (width * UNITS as u32, height * UNITS as u32);
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {unit_width} \
         {unit_height}\" {} aria-label=\"{}\" stroke-linejoin=\"round\">",
        match place {
            Place::File => "role=\"img\"".to_string(),
            Place::Page =>
                format!("role=\"group\" font-family=\"Noto Sans, Helvetica, Arial, sans-serif\" fill=\"{}\"", hex(INK)),
        },
        escaped(title)
    );
    svg.push_str(&plain(ground));
    let mut open = Part::ALL;
    for (part, shape) in &canvas.shapes {
        if place == Place::Page && *part != open {
            svg.push_str(&between(open, *part));
            open = *part;
        }
        let line = lines.next().ok_or_else(lost)?;
        match shape {
            Shaped::Text { text, label, x, y, look } => {
                // Three lines: the tag, the words, the end.
                if !line.starts_with("<text") || lines.nth(1) != Some("</text>") {
                    return Err(lost());
                }
                svg.push_str(&match place {
                    Place::File => outlined(canvas.fonts, text, label, (*x, *y), *look),
                    Place::Page => written(canvas.fonts, text, label, (*x, *y), *look),
                });
            }
            Shaped::Lines { ends, pencil } => svg.push_str(&strokes(ends, pencil)),
            Shaped::Line { pencil, .. } if !pencil.dash.is_empty() => {
                let dashes: Vec<String> = pencil.dash.iter().map(|length| units(*length).to_string()).collect();
                let attribute = format!("<polyline stroke-dasharray=\"{}\"", dashes.join(","));
                svg.push_str(&plain(line).replacen("<polyline", &attribute, 1));
            }
            Shaped::Box { .. } => {
                svg.push_str(&plain(line).replacen("<rect", "<rect shape-rendering=\"crispEdges\"", 1));
            }
            Shaped::Line { .. } | Shaped::Area { .. } | Shaped::Disc { .. } => svg.push_str(&plain(line)),
        }
        svg.push('\n');
    }
    if lines.next() != Some("</svg>") {
        return Err(lost());
    }
    svg.push_str(if open == Part::ALL { "</svg>\n" } else { "</g></svg>\n" });
    Ok(svg)
}

/// Ends the group of one part and begins that of another; what belongs to no part stands in none.
fn between(open: Part, next: Part) -> String {
    let mut tags = if open == Part::ALL { String::new() } else { "</g>".to_string() };
    if next != Part::ALL {
        tags.push_str("<g");
        for (name, place) in [("p", next.panel), ("r", next.row), ("c", next.column)] {
            if let Some(place) = place {
                let _ = write!(tags, " data-{name}=\"{place}\"");
            }
        }
        tags.push_str(">\n");
    }
    tags
}

/// Without the attributes that say what is so anyway.
fn plain(line: &str) -> String {
    line.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "").replace(" \"/>", "\"/>")
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
    let RGBColor(red, green, blue) = colour(look.rgb);
    format!(
        "<path aria-label=\"{}\" fill=\"#{red:02X}{green:02X}{blue:02X}\" transform=\"matrix({matrix} {} {})\" d=\"{}\"/>",
        escaped(label),
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
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{bold}{anchor}{turned}{fill} textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{full}{}</text>",
        units(look.size),
        units(fonts.width(text, look.size, look.bold)),
        escaped(text)
    )
}

fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn strokes(ends: &[[(f64, f64); 2]], pencil: &Pencil) -> String {
    let (red, green, blue) = pencil.rgb;
    let mut path = format!(
        "<path fill=\"none\" stroke=\"#{red:02X}{green:02X}{blue:02X}\" stroke-width=\"{}\" d=\"",
        units(pencil.width).max(1)
    );
    for [from, to] in ends {
        let ((x0, y0), (x1, y1)) = (place(from), place(to));
        let _ = write!(path, "M{x0} {y0}l{} {}", x1 - x0, y1 - y0);
    }
    path.push_str("\"/>");
    path
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
