//! From SVG to PDF, for print.
//!
//! Invariant: the picture is that of the SVG: its texts are outlines, so no font is embedded and none is looked for; the same bytes from
//! the same drawing, without a date.
//!
//! It deliberately knows what the drawings of this folder hold: paths with one colour, filled or stroked.

use super::ChartError;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::writers::ExtGraphicsState;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};
use resvg::tiny_skia::{PathSegment, Point, Transform};
use resvg::usvg::{Group, Node, Options, Paint, Path, Tree};
use std::collections::BTreeSet;
use std::io::Write;

/// Points of a millimetre.
const POINTS: f32 = 72.0 / 25.4;

/// A PDF of one page with a [`super::Drawing::svg`], so many millimetres wide.
///
/// # Errors
/// When the text is no SVG.
pub fn pdf(svg: &str, millimetres: f32) -> Result<Vec<u8>, ChartError> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(|e| ChartError(format!("not an SVG drawing: {e}")))?;
    let scale = millimetres * POINTS / tree.size().width();
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let mut page = Sheet { content: Content::new(), opacities: opacities(tree.root()) };
    // upwards in PDF
    page.group(tree.root(), Transform::from_row(scale, 0.0, 0.0, -scale, 0.0, height));
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let drawn = page.content.finish();
    let packed = packed.write_all(&drawn).and_then(|()| packed.finish());
    let packed = packed.map_err(|e| ChartError(format!("the PDF could not be packed: {e}")))?;
    let [catalog, pages, only, content] = [1, 2, 3, 4].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([only]).count(1);
    let mut written = pdf.page(only);
    written.media_box(Rect::new(0.0, 0.0, width, height)).parent(pages).contents(content);
    let mut resources = written.resources();
    let mut states = resources.ext_g_states();
    for opacity in &page.opacities {
        let mut state = states.insert(Name(name(*opacity).as_bytes())).start::<ExtGraphicsState<'_>>();
        state.non_stroking_alpha(f32::from(*opacity) / 255.0).stroking_alpha(f32::from(*opacity) / 255.0);
    }
    states.finish();
    resources.finish();
    written.finish();
    pdf.stream(content, &packed).filter(Filter::FlateDecode);
    Ok(pdf.finish())
}

/// The state of an opacity.
fn name(opacity: u8) -> String {
    format!("a{opacity}")
}

fn of_255(opacity: f32) -> u8 {
    (opacity * 255.0).round() as u8
}

/// Every opacity in a drawing: what is drawn over another thing must let it through.
fn opacities(group: &Group) -> BTreeSet<u8> {
    let mut all = BTreeSet::new();
    for node in group.children() {
        match node {
            Node::Group(inner) => all.extend(opacities(inner)),
            Node::Path(path) => {
                all.extend(path.fill().map(|fill| of_255(fill.opacity().get())));
                all.extend(path.stroke().map(|stroke| of_255(stroke.opacity().get())));
            }
            _ => {}
        }
    }
    all
}

struct Sheet {
    content: Content,
    /// Opacities, of 255.
    opacities: BTreeSet<u8>,
}

impl Sheet {
    fn group(&mut self, group: &Group, place: Transform) {
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, place),
                Node::Path(path) => self.path(path, place.pre_concat(path.abs_transform())),
                _ => {}
            }
        }
    }

    fn path(&mut self, path: &Path, place: Transform) {
        let colour = |paint: &Paint| match paint {
            Paint::Color(colour) => [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0),
            _ => [0.0; 3],
        };
        self.content.save_state();
        if let Some(fill) = path.fill() {
            let [red, green, blue] = colour(fill.paint());
            self.content.set_parameters(Name(name(of_255(fill.opacity().get())).as_bytes()));
            self.content.set_fill_rgb(red, green, blue);
            self.outline(path, place);
            self.content.fill_nonzero();
        }
        if let Some(stroke) = path.stroke() {
            let [red, green, blue] = colour(stroke.paint());
            self.content.set_parameters(Name(name(of_255(stroke.opacity().get())).as_bytes()));
            let scale = (place.sx * place.sy - place.kx * place.ky).abs().sqrt();
            self.content.set_stroke_rgb(red, green, blue);
            self.content.set_line_width(stroke.width().get() * scale);
            let dashes = stroke.dasharray().unwrap_or_default().iter().map(|length| length * scale);
            self.content.set_dash_pattern(dashes, 0.0);
            self.outline(path, place);
            self.content.stroke();
        }
        self.content.restore_state();
    }

    fn outline(&mut self, path: &Path, place: Transform) {
        let at = |mut point: Point| {
            place.map_point(&mut point);
            (point.x, point.y)
        };
        let (mut from, content) = (Point::zero(), &mut self.content);
        for segment in path.data().segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    let (x, y) = at(to);
                    content.move_to(x, y);
                    from = to;
                }
                PathSegment::LineTo(to) => {
                    let (x, y) = at(to);
                    content.line_to(x, y);
                    from = to;
                }
                PathSegment::QuadTo(bend, to) => {
                    // a cubic with the same course
                    let third = |end: Point| {
                        Point::from_xy(end.x + (bend.x - end.x) * 2.0 / 3.0, end.y + (bend.y - end.y) * 2.0 / 3.0)
                    };
                    let ((a, b), (c, d), (x, y)) = (at(third(from)), at(third(to)), at(to));
                    content.cubic_to(a, b, c, d, x, y);
                    from = to;
                }
                PathSegment::CubicTo(one, two, to) => {
                    let ((a, b), (c, d), (x, y)) = (at(one), at(two), at(to));
                    content.cubic_to(a, b, c, d, x, y);
                    from = to;
                }
                PathSegment::Close => {
                    content.close_path();
                }
            }
        }
    }
}
