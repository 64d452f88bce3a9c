//! How wide charts are.
//!
//! In: a setting or an argument. Out: pixels of the drawing, millimetres on paper, pixels of the picture.
//! Invariant: letters are of the same size on paper, so a narrow chart has fewer panels beside each other.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A width with a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum NamedWidth {
    /// For a screen: 900 pixels.
    #[default]
    Screen,
    /// A column of a journal: 89 mm.
    Column,
    /// A column and a half: 136 mm.
    Wide,
    /// A page of a journal: 183 mm.
    Page,
}

/// How wide charts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Width {
    /// By name.
    Named(NamedWidth),
    /// So many millimetres on paper.
    Millimetres(u16),
}

impl Default for Width {
    fn default() -> Width {
        Width::Named(NamedWidth::default())
    }
}

/// Millimetres of a pixel of the drawing, by which letters have some 7 points on paper.
const PIXEL: f32 = 0.2245;

/// Dots of a millimetre at 300 dots an inch.
const DOTS: f32 = 300.0 / 25.4;

impl Width {
    /// The narrowest and the widest that may be asked for, in millimetres.
    pub const LEAST: u64 = 80;
    /// The widest.
    pub const MOST: u64 = 600;

    /// Pixels of the drawing; none where it is made for a screen.
    pub(crate) fn pixels(self) -> Option<u16> {
        match self {
            Width::Named(NamedWidth::Screen) => None,
            Width::Named(NamedWidth::Column) => Some(396),
            Width::Named(NamedWidth::Wide) => Some(606),
            Width::Named(NamedWidth::Page) => Some(815),
            Width::Millimetres(width) => Some((f32::from(width) / PIXEL).round() as u16),
        }
    }

    /// Width on paper; for a screen that of a PNG with 300 dots an inch.
    pub(crate) fn millimetres(self) -> f32 {
        match self {
            Width::Named(NamedWidth::Screen) => 152.4,
            Width::Named(NamedWidth::Column) => 89.0,
            Width::Named(NamedWidth::Wide) => 136.0,
            Width::Named(NamedWidth::Page) => 183.0,
            Width::Millimetres(width) => f32::from(width),
        }
    }

    /// Pixels of the PNG for a pixel of the drawing: with 300 dots an inch it is as wide as it is called.
    pub(crate) fn zoom(self) -> f32 {
        match (self, self.pixels()) {
            (Width::Named(NamedWidth::Screen), _) | (_, None) => 2.0,
            (Width::Named(_), _) => 2.6544,
            (Width::Millimetres(width), Some(pixels)) => f32::from(width) * DOTS / f32::from(pixels),
        }
    }
}

impl FromStr for Width {
    type Err = String;

    fn from_str(text: &str) -> Result<Width, String> {
        if let Ok(named) = NamedWidth::from_str(text, false) {
            return Ok(Width::Named(named));
        }
        let number = text.parse().ok().filter(|&number| (Width::LEAST..=Width::MOST).contains(&u64::from(number)));
        number.map(Width::Millimetres).ok_or_else(|| {
            format!(
                "expected `screen`, `column`, `wide`, `page`, or millimetres from {} to {}",
                Width::LEAST,
                Width::MOST
            )
        })
    }
}
