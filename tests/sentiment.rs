//! Sentiment: VADER against the package, negation and degrees, sentences, targets against hand-coded news, contributions, agreement.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod gold;
mod runs;
mod vader;
mod weighing;

use std::path::PathBuf;

/// The folder of samples beside the crate, where it is there.
fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(path);
    if !found.exists() {
        println!("not tested: no {}", found.display());
    }
    found.exists().then_some(found)
}

/// Rows of a CSV file with their columns.
fn rows(path: &std::path::Path) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}
