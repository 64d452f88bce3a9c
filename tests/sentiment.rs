//! Sentiment: VADER against the package, negation and degrees, sentences, targets against hand-coded news, contributions, agreement.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod charts;
mod gold;
mod model;
mod runs;
mod vader;
mod weighing;

use framescope::index::{Attached, Draft, Shard};
use framescope::lookup::Voices;
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::voice::{self, Marker, Voice};
use std::path::PathBuf;

/// A shard that knows who speaks.
fn shard(articles: Vec<Article>, stems: &mut Stems) -> Shard {
    let voices = Voices::shipped(voice::Options::default(), Voice::ALL[1..].to_vec()).unwrap();
    let (draft, mut attached) = (Draft::of(articles, None, stems), Attached::default());
    voices.mark(&draft, &mut Marker::default(), &mut attached);
    Shard::of(&draft, &attached)
}

/// The folder of samples beside the crate, where it is there.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let named = std::env::var_os("FRAMESCOPE_SHARED").map(PathBuf::from);
    let found =
        named.into_iter().chain([beside]).map(|folder| folder.join("samples").join(path)).find(|path| path.exists());
    if found.is_none() {
        println!("not tested: no samples/{path}");
    }
    found
}

/// Rows of a CSV file with their columns.
fn rows(path: &std::path::Path) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}
