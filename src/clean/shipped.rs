//! The furniture lexicons that come with the program, for runs that name none.

use super::Furniture;
use crate::error::Result;
use crate::lexicon;

const FILES: [(&str, &str); 3] = [
    ("furniture-en.toml", include_str!("../../lexicons/furniture-en.toml")),
    ("furniture-it.toml", include_str!("../../lexicons/furniture-it.toml")),
    ("furniture-ru.toml", include_str!("../../lexicons/furniture-ru.toml")),
];

impl Furniture {
    /// The shipped lexicons.
    pub fn shipped() -> Result<Furniture> {
        let lexicons = FILES.iter().map(|(file, text)| lexicon::parse(&format!("shipped:{file}"), text.as_bytes()));
        Ok(Furniture { lexicons: lexicons.collect::<Result<_>>()? })
    }
}
