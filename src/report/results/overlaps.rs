//! `overlaps.csv`: frames that count the same tokens.

use super::{Bytes, bytes, integer};
use crate::aggregate::Cell;
use crate::report::columns::OVERLAPS;
use crate::report::sheet::Sheet;
use crate::report::tables::Finished;

/// Pairs of frames that share tokens.
pub(in crate::report) fn overlaps(found: &Finished) -> Bytes {
    let mut sheet = Sheet::new(Vec::new(), &OVERLAPS, &[], &[])?;
    for (&(one, other), &(tokens, articles)) in &found.shared {
        let name = |frame: u32| Cell::Text(&found.counts.frames[frame as usize]);
        sheet.row(&[name(one), name(other), integer(tokens), integer(articles)])?;
    }
    bytes(sheet)
}
