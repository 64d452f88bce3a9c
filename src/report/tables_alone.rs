//! The tables of a library call, written without a run: no hits, charts or page.
//!
//! In: [`Results`]. Out: a folder with each table as CSV, and what its columns are.
//! Invariant: the bytes of a table are those that a run writes; nothing but an earlier folder of this kind is written over.

use super::readme;
use crate::disk::Disk;
use crate::error::{Error, Place, Problem, Result};
use crate::results::{Results, csv};
use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::Path;

/// How the README of such a folder begins.
const TITLE: &str = "# Tables of framescope\n";

impl Results {
    /// Writes every table as CSV (`frames.csv`), and a `README.md` that describes their columns, into a folder: a new one, an empty one, or
    /// one that was written by this. Tables that these results have none of are taken away there. A run folder, with hits, charts and a page, is what
    /// [`run`](crate::run()) writes.
    ///
    /// # Errors
    /// Where the folder holds something else, or cannot be written.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<()> {
        let (folder, disk) = (folder.as_ref(), Disk::default());
        let place = |path: &Path| Place::file(path.display().to_string());
        let unwritable = |path: &Path, error: &dyn Display| -> Error {
            Problem::error("output-unwritable", place(path), format!("cannot be written: {error}")).into()
        };
        let index = folder.join("README.md");
        let is_ours = fs::read(&index).is_ok_and(|text| text.starts_with(TITLE.as_bytes()));
        if !is_ours && fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
            let problem = Problem::error("output-foreign", place(folder), "holds files, and not tables alone");
            return Err(problem.expected("a new or empty folder, or one of tables that a program wrote").into());
        }
        disk.create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let write = |path: &Path, bytes: &[u8]| {
            disk.write_whole(path, |out| out.write_all(bytes)).map_err(|error| unwritable(path, &error))
        };
        let mut text = format!("{TITLE}\nA missing value is an empty cell, never zero; a column beside it says why.\n");
        for (table, frame) in self.tables() {
            let names = frame.get_column_names_owned().into_iter().map(|name| name.to_string());
            let dimensions: Vec<String> = names.take_while(|name| *name != table.columns[0].name).collect();
            text.push_str(&readme::described(table, &dimensions));
        }
        write(&index, text.as_bytes())?;
        for table in super::columns::TABLES {
            let path = folder.join(table.file);
            match self.table(table.name()) {
                Some(frame) => write(&path, &csv(frame).map_err(|error| unwritable(&path, &error))?)?,
                None if path.is_file() => disk.remove_file(&path).map_err(|error| unwritable(&path, &error))?,
                None => {}
            }
        }
        Ok(())
    }
}
