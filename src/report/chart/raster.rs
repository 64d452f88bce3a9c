//! From SVG to PNG, at twice the size.
//!
//! Invariant: the picture is that of the SVG and of nothing else: its texts are outlines, so no font is looked for.
//!
//! It deliberately takes any SVG of this folder's making and nothing about what is drawn in it.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::ChartError;

/// PNG pixels of an SVG pixel.
const ZOOM: f32 = 2.0;

/// Rasters a [`super::Drawing::svg`] at twice its size.
///
/// # Errors
/// When the text is no SVG, or too large to be a picture.
pub fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(|e| ChartError(format!("not an SVG drawing: {e}")))?;
    let size = tree.size();
    let mut picture = Pixmap::new((size.width() * ZOOM).ceil() as u32, (size.height() * ZOOM).ceil() as u32)
        .ok_or_else(|| ChartError("the drawing is too large for a PNG".to_string()))?;
    resvg::render(&tree, Transform::from_scale(ZOOM, ZOOM), &mut picture.as_mut());
    encode(picture).map_err(|e| ChartError(format!("the PNG could not be encoded: {e}")))
}

/// Charts hide what is behind them: their alpha is left out.
fn encode(picture: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    let mut pixels = picture.take_demultiplied();
    let is_opaque = pixels.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    if is_opaque {
        pixels = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    }
    encoder.set_color(if is_opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}
