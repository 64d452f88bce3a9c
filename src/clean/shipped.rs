//! The furniture lexicons that come with the program, for runs that name none.

use super::Furniture;
use crate::error::Result;
use crate::lexicon;
use rayon::prelude::*;

impl Furniture {
    /// The shipped lexicons.
    pub fn shipped() -> Result<Furniture> {
        let names = lexicon::shipped_names().filter(|name| name.starts_with("furniture-"));
        let texts: Vec<_> = names.filter_map(lexicon::shipped).collect();
        let lexicons = texts.par_iter().map(|(file, text)| lexicon::parse(file, text.as_bytes()));
        Ok(Furniture { lexicons: lexicons.collect::<Result<_>>()? })
    }
}
