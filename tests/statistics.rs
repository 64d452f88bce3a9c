//! Statistics: golden values, independent tools as oracles, calibration by simulation, laws.

// Golden values keep the digits that their tool printed; helpers may fail the test that calls them.
#![allow(clippy::excessive_precision, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "statistics/calibration.rs"]
mod calibration;
#[path = "statistics/golden.rs"]
mod golden;
#[path = "statistics/measures.rs"]
mod measures;
#[path = "statistics/overall.rs"]
mod overall;
#[path = "statistics/program.rs"]
mod program;
#[path = "statistics/quanteda.rs"]
mod quanteda;
#[path = "statistics/reference.rs"]
mod reference;
#[path = "statistics/resampling.rs"]
mod resampling;
#[path = "statistics/robustness.rs"]
mod robustness;
#[path = "statistics/silent.rs"]
mod silent;
#[path = "statistics/simulate.rs"]
mod simulate;
#[path = "statistics/special.rs"]
mod special;
#[path = "statistics/unlike.rs"]
mod unlike;
#[path = "statistics/validation.rs"]
mod validation;
#[path = "statistics/vocabulary.rs"]
mod vocabulary;
#[path = "statistics/voice_shares.rs"]
mod voice_shares;

use framescope::statistics::Measured;
use std::path::PathBuf;

/// The p that G² or χ² would have if words were independent: erfc(√(x/2)).
fn descriptive_p(statistic: Measured) -> Measured {
    // even where it underflows a p is not zero
    statistic.map(|x| libm::erfc(libm::sqrt(0.5 * x)).max(f64::MIN_POSITIVE))
}

/// The folder of shared samples, where it is there.
fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var_os("FRAMESCOPE_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("../shared is absent: skipped");
    None
}

/// `found` within `tolerance` of `expected`, relative to it.
#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = (found - expected).abs();
    assert!(error <= tolerance * expected.abs().max(1e-300), "{what}: found {found}, expected {expected}");
}
