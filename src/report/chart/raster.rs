//! From SVG to PNG, for print at 300 dots an inch.
//!
//! Invariant: the picture is that of the SVG and of nothing else: its texts are outlines, so no font is looked for.
//!
//! It deliberately takes any SVG of this folder's making and nothing about what is drawn in it. It holds a band of the picture at a
//! time: a whole one is tens of megabytes.

use super::ChartError;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::io::Write;

/// Dots of a metre at 300 dots an inch.
const DENSITY: u32 = 11_811;

/// Rows of pixels that are drawn at a time.
const BAND: u32 = 512;

/// Rasters a [`super::Drawing::svg`] with so many dots for each of its pixels.
///
/// # Errors
/// When the text is no SVG, or too large to be a picture.
pub fn png(svg: &str, zoom: f32) -> Result<Vec<u8>, ChartError> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(|e| ChartError(format!("not an SVG drawing: {e}")))?;
    let size = tree.size();
    let (width, height) = ((size.width() * zoom).ceil() as u32, (size.height() * zoom).ceil() as u32);
    let mut bytes = Vec::new();
    encode(&tree, zoom, (width, height), &mut bytes)
        .map_err(|e| ChartError(format!("the PNG could not be encoded: {e}")))?;
    Ok(bytes)
}

/// Draws and encodes band after band. Charts hide what is behind them: their alpha is left out.
fn encode(tree: &Tree, zoom: f32, (width, height): (u32, u32), bytes: &mut Vec<u8>) -> Result<(), png::EncodingError> {
    let too_large = || std::io::Error::other("the drawing is too large");
    let mut encoder = png::Encoder::new(bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(png::ColorType::Rgb);
    let density = png::PixelDimensions { xppu: DENSITY, yppu: DENSITY, unit: png::Unit::Meter };
    encoder.set_pixel_dims(Some(density));
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut band = Pixmap::new(width, BAND.min(height)).ok_or_else(too_large)?;
    let mut row = Vec::with_capacity(width as usize * 3);
    for top in (0..height).step_by(BAND as usize) {
        band.data_mut().fill(u8::MAX);
        let place = Transform::from_scale(zoom, zoom).post_translate(0.0, -(top as f32));
        resvg::render(tree, place, &mut band.as_mut());
        for pixels in band.data().chunks_exact(width as usize * 4).take((height - top) as usize) {
            row.clear();
            row.extend(pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
            stream.write_all(&row)?;
        }
    }
    stream.finish()
}
