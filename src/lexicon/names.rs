//! Names that columns of other people's tables have.
//!
//! In: the name of a column. Out: what such a column usually holds.
//! Invariant: a name is a witness, the cells are the proof: nothing is read for its name alone.
//! It deliberately does not look at cells.

/// Names of the column of words.
const TERMS: &[&str] = &[
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

/// The same in other languages, and rarer names.
const MORE_TERMS: &str = "wörter begriff ausdruck mots terme termes expresión expresion palabras término termino espressione parole termine \
    palavra palavras termo ord woord wyraz słowo slovo слова термины лексема фраза выражение kelime sözcük";

/// Names of the column of categories.
const CATEGORIES: &[&str] = &[
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

/// The same in other languages.
const MORE_CATEGORIES: &str = "kategorie kategorien klasse gruppe rahmen thema gefühl catégorie catégories categorie categories classe groupe \
    cadre thème thèmes émotion categoría categorías categoria categorias clase grupo marco tema emoción classe gruppo emozione kategori \
    kategoria kategória kategorija категория категории рубрика фрейм тема группа класс эмоция тип";

/// Names that a column of categories often has, and another column now and then.
const LIKELY_CATEGORIES: &str = "cat categoryname subcategory theme themes concept concepts domain domains cluster code issue moral type tone \
    construct variable scale section list subject stance orientation family emotions topics frames classes groups labels";

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
    "gewicht",
    "wert",
    "poids",
    "peso",
    "вес",
    "оценка",
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
    "hits",
    "matches",
    "page",
    "documents",
];

/// How frequent a word is, as a share or a rate.
const RATES: &str = "pct percent percentage prop proportion tfidf tf idf normfreq relfreq docfreq permillion perthousand pmw ipm fpm dispersion";

/// What counts the same words in a corpus.
const FREQUENCIES: &[&str] =
    &["freq", "frequency", "count", "counts", "n", "occurrences", "hits", "matches", "wordcount"];

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

/// The same, less usual or in other languages.
const MORE_METADATA: &str = "coder coderid annotator annotatorid rater author reviewer creator origin status register updated modified version \
    remark remarks context synonym synonyms translations anmerkung bemerkung kommentar quelle beispiel wortart übersetzung commentaire \
    remarque exemple traduction nota notas comentario ejemplo fuente traducción esempio fonte traduzione примечание комментарий \
    источник пример перевод частьречи dompos";

/// Names of columns that say something of an entry by yes and no.
const FLAGS: &str = "exclude excluded include included ignore ignored remove removed drop dropped delete deleted skip skipped keep kept use used \
    active inactive enabled disabled flag flagged checked verified valid validated approved reviewed ambiguous multiword mwe stopword regex \
    wildcard stemmed stem casesensitive duplicate unsure uncertain except unmatchable match";

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
    "pronoun",
    "preposition",
    "conjunction",
    "interjection",
    "determiner",
    "number",
    "name",
    "unclassified",
    "#n/a",
];

/// A name in lower case without spaces and signs.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_among(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|other| other == name)
}

/// True for a name that columns of words have (as [`normal`] gives it).
pub(super) fn is_term(name: &str) -> bool {
    TERMS.contains(&name) || is_among(MORE_TERMS, name)
}

/// True for a name that columns of categories have (as [`normal`] gives it).
pub(super) fn is_category(name: &str) -> bool {
    CATEGORIES.contains(&name) || is_among(MORE_CATEGORIES, name)
}

/// True for a name that columns of categories often have (as [`normal`] gives it): the cells have to agree.
pub(super) fn is_likely_category(name: &str) -> bool {
    is_among(LIKELY_CATEGORIES, name)
}

/// True for a column that says of an entry whether something is so: `exclude`, `is_phrase`.
pub(super) fn is_flag(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let asks = ["is", "has", "was"]
        .iter()
        .any(|verb| lower.strip_prefix(verb).is_some_and(|rest| rest.starts_with(['_', '.', ' ', '-'])));
    asks || is_among(FLAGS, &normal(name))
}

/// True where a table is likely to have a column of this name (as [`normal`] gives it).
pub(super) fn is_known(name: &str) -> bool {
    is_term(name)
        || is_category(name)
        || is_among(MORE_METADATA, name)
        || [SCORES, SPREADS, COUNTERS, METADATA].iter().any(|list| list.contains(&name))
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
    has_part(name, COUNTERS) || is_among(RATES, &normal(name))
}

/// True for a column that says how often each word occurs.
pub(super) fn is_frequency(name: &str) -> bool {
    has_part(name, FREQUENCIES)
}

/// True for a column that is called a weight, alone or with more (`sent_score`).
pub(super) fn is_score(name: &str) -> bool {
    has_part(name, SCORES)
}

/// A column that tells about an entry and is no category.
pub(super) fn is_metadata(name: &str) -> bool {
    let name = normal(name);
    METADATA.contains(&name.as_str()) || is_among(MORE_METADATA, &name)
}

pub(super) fn is_of_articles(name: &str) -> bool {
    OF_ARTICLES.contains(&normal(name).as_str())
}

/// True where every value is a polarity's sign, and one is not zero.
pub(super) fn are_signs<'v>(mut values: impl Iterator<Item = &'v String>) -> bool {
    let mut signed = false;
    values.all(|value| {
        signed |= sign_name(value).is_some_and(|name| name != "neutral");
        sign_name(value).is_some()
    }) && signed
}

/// The polarity that a sign stands for.
pub(super) fn sign_name(sign: &str) -> Option<&'static str> {
    match sign {
        "+" => Some("positive"),
        "-" | "−" | "–" => Some("negative"),
        "0" => Some("neutral"),
        _ => None,
    }
}

/// True where every value is a polarity.
pub(super) fn are_polarities<'v>(mut values: impl Iterator<Item = &'v String>) -> bool {
    values.all(|value| sign_name(value).is_some() || super::polarity::sign_of(value).is_some())
}

/// What is said of terms that shall not count, and of the others.
const DENIALS: &str =
    "exclude excluded drop dropped remove removed delete deleted ignored rejected skip exception exceptions except";
const CONSENTS: &str = "include included keep kept use used accepted term terms entry word ok active yes";

/// True for what says that a term shall not count.
pub(super) fn is_denial(value: &str) -> bool {
    is_among(DENIALS, value)
}

/// True where values say of each term whether it counts.
pub(super) fn are_verdicts(values: &hashbrown::HashSet<String>) -> bool {
    values.iter().all(|value| is_denial(value) || is_among(CONSENTS, value))
        && values.iter().any(|value| is_denial(value))
}

/// True where every value is a part of speech.
pub(super) fn are_parts_of_speech<'v>(mut values: impl Iterator<Item = &'v String>) -> bool {
    values.all(|value| PARTS_OF_SPEECH.contains(&value.as_str()))
}
