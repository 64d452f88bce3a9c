//! The keys of the TOML form, each list in the order of the normal form: the reader knows no others, the formatter sorts by them.

/// Keys of `[lexicon]`.
pub(crate) const HEADER: &[&str] =
    &["name", "version", "language", "licence", "source", "kind", "match", "overlap", "validated"];
/// Keys of `[[frame]]`.
pub(crate) const FRAME: &[&str] = &[
    "name",
    "label",
    "function",
    "definition",
    "include",
    "exclude",
    "examples",
    "notes",
    "colour",
    "may_be_empty",
    "terms",
    "except",
    "hits",
    "misses",
];
/// Keys of a term's table.
pub(crate) const TERM: &[&str] =
    &["term", "weight", "class", "match", "sd", "precision", "note", "source", "added", "unmatchable"];
/// Keys of `[[target]]`.
pub(crate) const TARGET: &[&str] = &["name", "match", "terms", "except"];
/// Keys of `[[labels]]`.
pub(crate) const LABELS: &[&str] = &["referent", "match", "choices", "except"];
