//! How results name a file: the same on every machine, and wherever the program was started.
//!
//! Invariant: nothing here asks the disk but for the current folder, and no absolute path comes out.

use crate::disk::absolute;
use std::path::{Component, Path, PathBuf};

/// A path that may stand in a result: seen from the folder of the study, where there is one; else as typed where that was relative, and the
/// name alone where it was not.
pub fn shown(folder: Option<&Path>, path: &str) -> String {
    let typed = Path::new(path);
    match (folder, typed.file_name()) {
        (Some(folder), Some(_)) if !path.starts_with(super::shipped::SIGN) => seen_from(folder, path),
        (None, Some(name)) if typed.is_absolute() => name.to_string_lossy().into_owned(),
        _ => path.to_string(),
    }
}

/// A path, seen from a folder; its name alone where the two have no folder in common.
fn seen_from(folder: &Path, path: &str) -> String {
    let (from, to) = (absolute(folder), absolute(Path::new(path)));
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if !to.components().take(common).any(|part| matches!(part, Component::Normal(_))) {
        return to.file_name().map_or_else(|| path.to_string(), |name| name.to_string_lossy().into_owned());
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    let seen: PathBuf = up.chain(to.components().skip(common)).collect();
    let text = seen.to_string_lossy().replace('\\', "/");
    if text.is_empty() { ".".to_string() } else { text }
}
