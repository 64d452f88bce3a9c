//! Do coders agree, and does the dictionary agree with them?
//!
//! In: codings. Out: Krippendorff's α, precision, recall and F1 with intervals.
//! Invariant: units coded once say nothing of agreement; the order of units and of coders never enters.
//! It deliberately draws no sample and reads no sheet: `validate` does.

pub mod alpha;
pub mod classification;
pub mod correction;
pub mod homogeneity;
pub mod stratified;
