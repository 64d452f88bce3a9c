//! Colours, line styles, marker shapes and hatchings.
//!
//! Invariant: nothing is told by colour alone: lines differ in dash and marker, parts in lightness and hatching, signs in
//! the side of the axis. The hues are those that Okabe and Ito chose for all kinds of colour vision.
//!
//! It deliberately does not draw.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// Red, green, blue.
pub(super) type Rgb = (u8, u8, u8);

pub(super) const WHITE: Rgb = (255, 255, 255);
pub(super) const INK: Rgb = (32, 34, 38);
/// Secondary text: still 5.5 to 1 on white.
pub(super) const SOFT: Rgb = (96, 101, 109);
/// Marks and names of groups with few articles.
pub(super) const FAINT: Rgb = (142, 147, 155);
pub(super) const RULE: Rgb = (120, 125, 133);
pub(super) const GRID: Rgb = (222, 225, 229);
pub(super) const BAND: Rgb = (245, 246, 248);
pub(super) const BLUE: Rgb = (0, 114, 178);
pub(super) const VERMILLION: Rgb = (213, 94, 0);

/// Shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    Drop,
    Bar,
}

/// How a line of a time chart looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) rgb: Rgb,
    /// Dash and gap lengths in pixels; empty for a solid line.
    pub(super) dash: &'static [f64],
    pub(super) shape: Shape,
}

/// The lines of a time chart, most different first.
pub(super) const STROKES: [Stroke; 6] = [
    Stroke { rgb: BLUE, dash: &[], shape: Shape::Circle },
    Stroke { rgb: VERMILLION, dash: &[6.0, 3.0], shape: Shape::Square },
    Stroke { rgb: (0, 158, 115), dash: &[1.8, 2.2], shape: Shape::Triangle },
    Stroke { rgb: (40, 42, 46), dash: &[9.0, 3.0, 2.0, 3.0], shape: Shape::Diamond },
    Stroke { rgb: (204, 121, 167), dash: &[4.0, 2.0], shape: Shape::Drop },
    Stroke { rgb: (200, 140, 0), dash: &[12.0, 3.0], shape: Shape::Bar },
];

/// Lines drawn over a fill, to be told apart in grey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hatch {
    None,
    /// Rising to the right.
    Rising,
    /// Falling to the right.
    Falling,
    Upright,
    Level,
    Crossed,
}

/// The fill of a part of a bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    pub(super) rgb: Rgb,
    pub(super) hatch: Hatch,
    pub(super) line: Rgb,
}

/// The parts of a bar: neighbours differ strongly in lightness and in hatching.
pub(super) const FILLS: [Fill; 8] = [
    Fill { rgb: (0, 84, 132), hatch: Hatch::None, line: WHITE },
    Fill { rgb: (240, 182, 74), hatch: Hatch::Rising, line: (122, 74, 0) },
    Fill { rgb: (86, 180, 233), hatch: Hatch::None, line: INK },
    Fill { rgb: (236, 240, 244), hatch: Hatch::Falling, line: (90, 96, 104) },
    Fill { rgb: (0, 128, 94), hatch: Hatch::Upright, line: WHITE },
    Fill { rgb: (224, 180, 205), hatch: Hatch::Level, line: (120, 50, 90) },
    Fill { rgb: (110, 114, 120), hatch: Hatch::None, line: WHITE },
    Fill { rgb: (250, 250, 250), hatch: Hatch::Crossed, line: (120, 125, 133) },
];

/// Steps of the ramp of the heat map, light to dark: one hue, lightness falling evenly.
const RAMP: [Rgb; 6] =
    [(246, 249, 252), (211, 227, 240), (158, 196, 224), (94, 156, 201), (32, 108, 167), (8, 56, 104)];

/// The colour for a share between 0 and 1.
pub(super) fn ramp(share: f64) -> Rgb {
    let place = share.clamp(0.0, 1.0) * (RAMP.len() - 1) as f64;
    let below = (place as usize).min(RAMP.len() - 2);
    let part = place - below as f64;
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    let (a, b) = (RAMP[below], RAMP[below + 1]);
    (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

/// A colour for a share between −1 and 1: orange below 0, blue above, nearly white at 0; `strength` is how much of it is left.
pub(super) fn either_side(share: f64, strength: f64) -> Rgb {
    let (end, part) = (if share < 0.0 { VERMILLION } else { BLUE }, share.abs().min(1.0) * strength);
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    (mix(BAND.0, end.0), mix(BAND.1, end.1), mix(BAND.2, end.2))
}

/// The ground that a chart is drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark on white, as in print.
    #[default]
    Light,
    /// Light on black, for slides.
    Dark,
}

impl Theme {
    /// A colour on this ground: on a dark one what was light is dark, with the same hue.
    pub(super) fn shade(self, (red, green, blue): Rgb) -> Rgb {
        /// The darkest ground: not black, so that thin lines do not glow.
        const DARKEST: u16 = 24;
        if self == Theme::Light {
            return (red, green, blue);
        }
        let parts = [red, green, blue].map(i16::from);
        let turn = 255 - parts[0].max(parts[1]).max(parts[2]) - parts[0].min(parts[1]).min(parts[2]);
        let lifted = parts.map(|part| (DARKEST + (part + turn).unsigned_abs() * (255 - DARKEST) / 255) as u8);
        lifted.into()
    }
}

/// Black or white, whichever stands out from this ground.
pub(super) fn ink_on(ground: Rgb) -> Rgb {
    let light = 0.30 * f64::from(ground.0) + 0.59 * f64::from(ground.1) + 0.11 * f64::from(ground.2);
    if light < 140.0 { WHITE } else { INK }
}
