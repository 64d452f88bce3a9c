//! The sidecars of the folders that are read.

use super::{Maker, add};
use crate::read::decode;
use crate::read::files::{InputFile, Kind};
use crate::read::sidecar::{self, Sidecar};
use crate::read::source::{HEAD_BYTES, InputStream, head};
use std::collections::BTreeMap;

pub(super) fn is_sidecar_name(found: &InputFile) -> bool {
    found.own_name().eq_ignore_ascii_case(sidecar::NAME)
}

impl Maker<'_> {
    /// Opens a sidecar; gives the file back where it is a table of articles.
    pub(super) fn sidecar(&mut self, found: InputFile) -> Option<InputFile> {
        let Ok(head) = head(&found.path, HEAD_BYTES, self.declared) else { return Some(found) };
        if decode::is_binary(&head.bytes) || head.bytes.is_empty() {
            return Some(found);
        }
        let Ok(stream) = InputStream::open(&found.path, self.progress) else { return Some(found) };
        let Some((sidecar, note)) = Sidecar::open(&found, &stream, &head, self.options) else { return Some(found) };
        for name in sidecar.other_names() {
            add(&mut self.plan.others, name);
        }
        self.plan.notes.extend(note);
        let input = self.input(&found, "table about the files of its folder".to_string());
        self.sidecars.push((sidecar, stream, input));
        None
    }

    /// A text that was named itself, or by a wildcard, has the sidecar of its folder all the same.
    pub(super) fn sidecars_of_typed_files(&mut self, files: &[InputFile]) {
        let texts = files.iter().filter(|found| matches!(found.kind, Kind::Text | Kind::Page));
        let folders: BTreeMap<_, _> = texts.filter_map(|found| Some((found.key.parent()?, found))).collect();
        for (folder, found) in folders {
            let key = folder.join(sidecar::NAME);
            let has_sidecar = self.sidecars.iter().any(|(sidecar, _, _)| sidecar.is_of(folder));
            if has_sidecar || !key.is_file() {
                continue;
            }
            let name = found.name.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
            let path = found.path.with_file_name(sidecar::NAME);
            let name = format!("{name}{}", sidecar::NAME);
            self.sidecar(InputFile { path, name, kind: Kind::Delimited { tab: false }, key, typed: false });
        }
    }
}
