//! Files that lie where articles are due and are none: what a run wrote, what a browser saved beside a page, locks of Office.
//!
//! In: a path. Out: what it is, in words that a note shows; nothing where it may be an article.
//! Invariant: of a run folder only the files that its manifest lists are results; what a user put beside them is the user's.
//! It deliberately opens no file but manifests.

use crate::disk;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Run folders and what they list, asked once for the files of a folder.
#[derive(Default)]
pub(super) struct LeftOut {
    listed: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl LeftOut {
    /// What a path that was not typed itself is, if it is no article.
    pub(super) fn what(&mut self, path: &Path) -> Option<&'static str> {
        let name = path.file_name()?.to_string_lossy();
        if name.starts_with("~$") {
            return Some("lock files");
        }
        let folders = path.ancestors().take(3).filter(|folder| folder.to_string_lossy().ends_with("_files"));
        if folders.into_iter().any(is_of_page) {
            return Some("files of pages");
        }
        self.is_of_run(path).then_some("run folders")
    }

    /// True for a run folder, for its folders, and for what its manifest lists.
    pub(super) fn is_of_run(&mut self, path: &Path) -> bool {
        let path = disk::absolute(path);
        if path.is_dir() && disk::is_run_folder(&path) {
            return true;
        }
        path.ancestors().skip(1).take(2).any(|folder| {
            let listed = self.listed.entry(folder.to_path_buf()).or_insert_with(|| disk::listed_by_run(folder));
            let inside = path.strip_prefix(folder).map(|inside| inside.to_string_lossy().replace('\\', "/"));
            inside.is_ok_and(|name| listed.contains(&name))
        })
    }
}

/// True for the folder `X_files` beside the page `X.html`: a browser saves there what the page shows, other pages among it.
fn is_of_page(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(page) = name.strip_suffix("_files").filter(|page| !page.is_empty()) else { return false };
    folder.is_dir() && ["html", "htm"].iter().any(|end| folder.with_file_name(format!("{page}.{end}")).is_file())
}
