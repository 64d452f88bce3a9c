//! Paths of a study: written relative to its file, opened from the current folder.
//!
//! Invariant: nothing here asks the disk; a path names the same file before and after.

use std::path::{Component, Path, PathBuf};

/// A path of a study file, seen from the current folder, without `..` where it can be resolved on paper.
pub(super) fn below(folder: &Path, path: &str) -> String {
    let mut clean = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    let text = clean.to_string_lossy().replace('\\', "/");
    if text.is_empty() { ".".to_string() } else { text }
}

/// The folder of a study file.
pub(super) fn folder_of(file: &str) -> PathBuf {
    Path::new(file).parent().unwrap_or(Path::new("")).to_path_buf()
}
