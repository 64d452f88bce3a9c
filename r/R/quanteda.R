# Corpora and dictionaries of quanteda, and how they become files.

# Files of articles: paths as they are; a data frame or a corpus of quanteda as a temporary table.
article_files <- function(corpus) {
  if (is.null(corpus)) return(character())
  if (is_quanteda(corpus, "corpus")) return(write_articles(table_of_corpus(corpus)))
  if (is.data.frame(corpus)) return(write_articles(corpus))
  if (!is.character(corpus)) {
    stop("`corpus` is a ", class(corpus)[1], "; expected paths, a data frame with one article a row, or a corpus of quanteda", call. = FALSE)
  }
  missing <- corpus[!file.exists(corpus) & !grepl("[*?[]", corpus)]
  if (length(missing) > 0) stop("no such file or folder: ", missing[1], "; texts go into a data frame with a column `text`", call. = FALSE)
  corpus
}

is_quanteda <- function(thing, class) {
  is_it <- inherits(thing, class) && (class == "corpus" || isS4(thing))
  if (is_it && !requireNamespace("quanteda", quietly = TRUE)) {
    stop("this object is one of quanteda, which is not installed: install.packages(\"quanteda\")", call. = FALSE)
  }
  is_it
}

# Texts, names of documents and docvars as columns.
table_of_corpus <- function(corpus) {
  docvars <- quanteda::docvars(corpus)
  if (any(c("framescope_id", "framescope_text") %in% names(docvars))) stop("a docvar is called framescope_id or framescope_text", call. = FALSE)
  table <- data.frame(
    framescope_id = quanteda::docnames(corpus), framescope_text = as.vector(as.character(corpus)), stringsAsFactors = FALSE
  )
  if (length(docvars) > 0) cbind(table, docvars) else table
}

# Which columns mean what: of a corpus of quanteda, texts and names are known.
corpus_columns <- function(corpus, columns) {
  if (!is_quanteda(corpus, "corpus")) return(columns)
  known <- c(id = "framescope_id", text = "framescope_text")
  c(columns, known[setdiff(names(known), names(columns))])
}

# Files of lexicons: paths and names of shipped lexicons as they are; dictionaries of quanteda and lists as temporary files.
lexicon_files <- function(dictionary) {
  if (is.null(dictionary) || is.character(dictionary)) dictionary else as_framescope_lexicon(dictionary)
}

as_framescope_lexicon <- function(dictionary, file = NULL) {
  if (is_quanteda(dictionary, "dictionary2")) dictionary <- as.list(dictionary)
  if (!is.list(dictionary)) stop("`dictionary` is a ", class(dictionary)[1], "; expected paths, a named list, or a dictionary of quanteda", call. = FALSE)
  if (is.null(file)) {
    file <- tempfile("dictionary-")
    dir.create(file)
    file <- file.path(file, "dictionary.yml")
  }
  writeLines(enc2utf8(yaml_lines(dictionary, "", "the dictionary")), file, useBytes = TRUE)
  file
}

# A key in each line, its words or further keys below it.
yaml_lines <- function(level, indent, where) {
  keys <- names(level)
  if (length(level) == 0) stop(where, " is empty", call. = FALSE)
  if (is.null(keys) || !all(nzchar(keys))) stop(where, ": expected a name for every key", call. = FALSE)
  unlist(lapply(seq_along(level), function(at) {
    value <- level[[at]]
    inner <- paste0(indent, "  ")
    key <- paste0(indent, yaml_text(keys[at]), ":")
    if (is.list(value) && length(names(value)) > 0) return(c(key, yaml_lines(value, inner, keys[at])))
    words <- unlist(value, use.names = FALSE)
    if (!is.character(words) || length(words) == 0) stop(keys[at], ": expected words", call. = FALSE)
    if (anyNA(words)) stop(keys[at], ": one of the words is NA; expected words", call. = FALSE)
    c(key, paste0(inner, "- ", yaml_text(words)))
  }))
}

# A text in double quotation marks, as JSON writes it, which YAML reads as it is.
yaml_text <- function(text) vapply(enc2utf8(text), function(one) as.character(jsonlite::toJSON(one, auto_unbox = TRUE)), "", USE.NAMES = FALSE)

as_quanteda_dictionary <- function(lexicon) {
  if (!requireNamespace("quanteda", quietly = TRUE)) stop("quanteda is not installed: install.packages(\"quanteda\")", call. = FALSE)
  if (!is.character(lexicon) || length(lexicon) != 1) stop("expected one file, or the name of a shipped lexicon", call. = FALSE)
  file <- tempfile("dictionary-", fileext = ".yml")
  on.exit(unlink(file))
  done <- call_program(c("lexicon", "convert", lexicon, file))
  left_out <- c(done$output, if (nrow(done$problems) > 0) done$problems$found)
  left_out <- grep("cannot be expressed", left_out, value = TRUE)
  if (length(left_out) > 0) warning("what a dictionary of quanteda cannot hold:\n", paste(left_out, collapse = "\n"), call. = FALSE)
  quanteda::dictionary(file = file, format = "YAML")
}
