//! The index that runs keep beside their results: what is in it, whether it is whole, and how it is dropped.
//!
//! In: a run folder. Out: text for people.
//! Invariant: nothing here changes a result; what is dropped is made again by the next run.
//! It deliberately opens no article: what is listed stands in the records of the cache.

use super::{Finding, counted};
use crate::disk::{Disk, Maker};
use crate::error::{Place, Problem, Result};
use crate::index::{Entry, Store};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::time::SystemTime;

fn store(out: &str) -> Result<Store> {
    let folder = Path::new(out).join(".cache");
    if folder.is_dir() {
        return Ok(Store::cache(folder, &Disk::default(), Maker::here(false)));
    }
    let problem = Problem::error("no-cache", Place::file(out), "no index is kept here");
    Err(problem.expected("the folder of a run").hint("give the folder of its results with --out").into())
}

/// Lists the corpora of a cache, the one used last first.
pub fn list_cache(out: &str) -> Result<Finding> {
    let store = store(out)?;
    let sizes = store.sizes();
    let size = |hex: &str| sizes.iter().find(|(other, _)| other == hex).map_or(0, |(_, bytes)| *bytes);
    let mut text = String::new();
    let mut named = BTreeSet::new();
    for Entry { name, corpus, used } in store.corpora() {
        let bytes: u64 = corpus.shards.iter().map(|(hex, _)| size(hex)).sum();
        let articles: u64 = corpus.shards.iter().map(|(_, articles)| articles).sum();
        let read: u64 = corpus.files.iter().map(|file| file.bytes).sum();
        let first = corpus.files.first().map_or_else(String::new, |file| file.path.to_string_lossy().into_owned());
        let more = match corpus.files.len() {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let ago = SystemTime::now().duration_since(used).unwrap_or_default().as_secs();
        let _ = writeln!(
            text,
            "{}  {}, {}, {:.1} MB for {:.1} MB of files, used {} ago: {first}{more}",
            &name[..name.len().min(8)],
            counted(articles, "article"),
            counted(corpus.shards.len() as u64, "shard"),
            bytes as f64 / 1e6,
            read as f64 / 1e6,
            duration(ago)
        );
        named.extend(corpus.shards.into_iter().map(|(hex, _)| hex));
    }
    let unnamed: Vec<u64> = sizes.iter().filter(|(hex, _)| !named.contains(hex)).map(|(_, bytes)| *bytes).collect();
    if !unnamed.is_empty() {
        let bytes: u64 = unnamed.iter().sum();
        let _ = writeln!(
            text,
            "{} of corpora that have changed, {:.1} MB",
            counted(unnamed.len() as u64, "shard"),
            bytes as f64 / 1e6
        );
    }
    let (files, bytes) = store.size_of_parts();
    if files > 0 {
        let _ = writeln!(text, "counts by frame ({}): {:.1} MB", counted(files as u64, "shard"), bytes as f64 / 1e6);
    }
    let total: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
    let _ = write!(text, "{}, {:.1} MB in all", counted(sizes.len() as u64, "shard"), total as f64 / 1e6);
    Ok(Finding { text, needs_decision: false })
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Reads every shard through; damaged ones are named. A run makes them again by itself.
pub fn verify_cache(out: &str) -> Result<Finding> {
    let store = store(out)?;
    let shards = store.sizes();
    let is_whole = |hex: &str| store.is_whole(hex);
    let damaged: Vec<&String> = shards.par_iter().map(|(hex, _)| hex).filter(|hex| !is_whole(hex)).collect();
    let mut text =
        format!("{}, {} of them intact", counted(shards.len() as u64, "shard"), shards.len() - damaged.len());
    for hex in &damaged {
        let _ = write!(text, "\ndamaged, of another version, or made by another user or on another machine: {hex}");
    }
    if !damaged.is_empty() {
        text.push_str("\nthe next run rebuilds them");
    }
    Ok(Finding { text, needs_decision: !damaged.is_empty() })
}

/// Drops everything.
pub fn clear_cache(out: &str) -> Result<Finding> {
    let bytes = store(out)?.clear();
    Ok(Finding {
        text: format!("{:.1} MB deleted; the next run will read the articles again", bytes as f64 / 1e6),
        needs_decision: false,
    })
}
