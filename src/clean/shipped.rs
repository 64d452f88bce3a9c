//! The furniture lexicons that come with the program, for runs that name none.

use super::Furniture;
use crate::error::Result;
use crate::lexicon;

impl Furniture {
    /// The shipped lexicons.
    pub fn shipped() -> Result<Furniture> {
        let names = lexicon::shipped_names().filter(|name| name.starts_with("furniture-"));
        let texts = names.filter_map(lexicon::shipped);
        let lexicons = texts.map(|(file, text)| lexicon::parse(&file, text.as_bytes()));
        Ok(Furniture { lexicons: lexicons.collect::<Result<_>>()? })
    }
}
