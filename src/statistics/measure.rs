//! What every measure says of itself, in six lines.
//!
//! In: the lines, written once beside the code. Out: the item's documentation and its entry in the registry.
//! Invariant: both come from the same text, so that `explain` and the documentation cannot drift apart.
//! It deliberately computes nothing.

use std::fmt;

/// The six lines of a measure, and whether it may be read as a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The name that tables and `explain` use.
    pub name: &'static str,
    /// `estimate`, `test`, `effect` or `descriptive`; a descriptive score takes words as independent and is no test.
    pub label: &'static str,
    /// What it says, in plain words.
    pub what: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Unit and range.
    pub unit: &'static str,
    /// When it is missing, and with which reason.
    pub missing: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// How it misleads.
    pub beware: &'static str,
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.name, self.label)?;
        writeln!(f, "{}", self.what)?;
        writeln!(f, "Formula: {}", self.formula)?;
        writeln!(f, "Unit and range: {}", self.unit)?;
        writeln!(f, "Missing: {}", self.missing)?;
        writeln!(f, "Source: {}", self.source)?;
        write!(f, "Beware: {}", self.beware)
    }
}

/// Writes a measure's constant: its documentation, its example and its registry entry from one text.
macro_rules! measure {
    (
        $id:ident, $label:literal, $name:literal;
        what: $what:literal;
        formula: $formula:literal;
        unit: $unit:literal;
        missing: $missing:literal;
        source: $source:literal;
        beware: $beware:literal;
        example: $example:literal;
    ) => {
        #[doc = concat!($what, "\n\n")]
        #[doc = concat!("Formula: `", $formula, "`\n\n")]
        #[doc = concat!("Unit and range: ", $unit, "\n\n")]
        #[doc = concat!("Missing: ", $missing, "\n\n")]
        #[doc = concat!("Source: ", $source, "\n\n")]
        #[doc = concat!("Beware: ", $beware, "\n\n")]
        #[doc = concat!("```\nuse framescope::statistics::*;\n", $example, "\n```")]
        pub const $id: $crate::statistics::measure::Measure = $crate::statistics::measure::Measure {
            name: $name,
            label: $label,
            what: $what,
            formula: $formula,
            unit: $unit,
            missing: $missing,
            source: $source,
            beware: $beware,
        };
    };
}
pub(super) use measure;
