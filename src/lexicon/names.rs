//! Names that columns of other people's tables have.
//!
//! In: the name of a column. Out: what such a column usually holds.
//! Invariant: a name is a witness, the cells are the proof: nothing is read for its name alone.
//! It deliberately does not look at cells.

/// Names of the column of words.
pub(super) const TERMS: &[&str] = &[
    "term",
    "terms",
    "word",
    "words",
    "token",
    "entry",
    "lemma",
    "pattern",
    "ngram",
    "dicterm",
    "phrase",
    "keyword",
    "unigram",
    "bigram",
    "lexeme",
    "expression",
    "wort",
    "mot",
    "palabra",
    "parola",
    "слово",
    "термин",
    "лемма",
    "synsetterms",
    "emoji",
    "englishword",
];

/// Names of the column of categories.
pub(super) const CATEGORIES: &[&str] = &[
    "category",
    "frame",
    "sentiment",
    "polarity",
    "label",
    "class",
    "emotion",
    "dimension",
    "affect",
    "key",
    "group",
    "topic",
    "foundation",
    "affectdimension",
    "tag",
    "priorpolarity",
    "тональность",
];

/// Names of the column of weights, the plainest first.
pub(super) const SCORES: &[&str] = &[
    "weight",
    "score",
    "value",
    "valence",
    "polarity",
    "sentiment",
    "happiness_average",
    "happinessaverage",
    "happiness",
    "sentimentscore",
    "compound",
    "tone",
    "rating",
    "intensity",
    "strength",
    "mean",
];

/// Names under which numbers are codes of categories, not weights.
const CODED: &[&str] =
    &["category", "frame", "class", "dimension", "key", "group", "topic", "foundation", "tag", "label"];

/// How far raters disagree.
pub(super) const SPREADS: &[&str] =
    &["sd", "std", "stdev", "stddev", "happinessstandarddeviation", "standarddeviation", "se", "variance", "var"];

/// What counts words or rows, and weighs none.
const COUNTERS: &[&str] = &[
    "id",
    "index",
    "rank",
    "freq",
    "frequency",
    "count",
    "counts",
    "n",
    "number",
    "occurrences",
    "position",
    "offset",
    "synset",
    "syllables",
    "length",
    "len",
    "seqnum",
    "sequencenumber",
    "wordcount",
    "wordproportion",
    "averageproportion",
    "doccount",
    "happinessrank",
    "rat",
    "raters",
    "votes",
    "year",
    "line",
    "row",
    "unnamed",
];

/// What tells about an entry and is no category.
const METADATA: &[&str] = &[
    "note",
    "notes",
    "source",
    "precision",
    "added",
    "addedby",
    "date",
    "comment",
    "comments",
    "match",
    "pos",
    "partofspeech",
    "pos1",
    "gloss",
    "definition",
    "definitions",
    "defined",
    "example",
    "examples",
    "translation",
    "language",
    "lang",
    "reference",
    "url",
    "description",
    "stem",
    "except",
    "unmatchable",
    "othtags",
];

/// What articles have and lexicons have not.
const OF_ARTICLES: &[&str] = &[
    "text",
    "body",
    "content",
    "article",
    "fulltext",
    "articletext",
    "headline",
    "title",
    "outlet",
    "publisher",
    "published",
    "publishedat",
    "publicationdate",
    "url",
    "link",
    "author",
    "byline",
    "date",
    "newspaper",
];

/// Polarities, as values of a column.
const POLARITIES: &[&str] = &[
    "positive",
    "negative",
    "neutral",
    "both",
    "pos",
    "neg",
    "neut",
    "neu",
    "positive/negative",
    "negative/positive",
    "pstv",
    "ngtv",
    "mixed",
    "+",
    "-",
    "0",
];

/// Parts of speech, as values of a column.
const PARTS_OF_SPEECH: &[&str] = &[
    "noun",
    "verb",
    "adj",
    "adv",
    "adjective",
    "adverb",
    "anypos",
    "n",
    "v",
    "a",
    "r",
    "s",
    "nn",
    "vb",
    "jj",
    "rb",
    "ng",
    "vg",
    "prep",
    "pron",
    "intj",
    "propn",
    "num",
    "conj",
    "part",
    "adjx",
    "vvinf",
];

/// A name in lower case without spaces and signs.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True where a table is likely to have a column of this name (as [`normal`] gives it).
pub(super) fn is_known(name: &str) -> bool {
    [TERMS, CATEGORIES, SCORES, SPREADS, COUNTERS, METADATA].iter().any(|list| list.contains(&name))
        || matches!(name, "posscore" | "negscore" | "arousal" | "dominance")
}

pub(super) fn is_coded(name: &str) -> bool {
    CODED.contains(&name)
}

/// `V.SD.Sum` has the part `SD`; `sd` is one.
fn has_part(name: &str, list: &[&str]) -> bool {
    let parts = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    list.contains(&normal(name).as_str())
        || parts.filter(|part| part.len() > 1).any(|part| list.contains(&part.as_str()))
}

pub(super) fn is_spread(name: &str) -> bool {
    has_part(name, SPREADS)
}

/// What a column of means is the mean of: `conc.` of `Conc.M`.
pub(super) fn mean_of(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let stem = ["mean", "avg", "m"].iter().find_map(|end| name.strip_suffix(end))?;
    (stem.len() > 1 && stem.ends_with(['.', '_', ' ', '-'])).then(|| stem.to_string())
}

pub(super) fn is_counter(name: &str) -> bool {
    has_part(name, COUNTERS)
}

/// A column that tells about an entry and is no category.
pub(super) fn is_metadata(name: &str) -> bool {
    METADATA.contains(&normal(name).as_str())
}

pub(super) fn is_of_articles(name: &str) -> bool {
    OF_ARTICLES.contains(&normal(name).as_str())
}

/// True where every value is a polarity.
pub(super) fn are_polarities<'v>(mut values: impl Iterator<Item = &'v String>) -> bool {
    values.all(|value| POLARITIES.contains(&value.as_str()))
}

/// True where every value is a part of speech.
pub(super) fn are_parts_of_speech<'v>(mut values: impl Iterator<Item = &'v String>) -> bool {
    values.all(|value| PARTS_OF_SPEECH.contains(&value.as_str()))
}
