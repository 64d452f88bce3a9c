# Tables in and out.

# Writes articles for the program to read: Parquet where a package for it is there, else CSV. Gives back the file.
write_articles <- function(articles) {
  articles <- as.data.frame(articles, stringsAsFactors = FALSE, optional = TRUE)
  for (name in names(articles)) {
    column <- articles[[name]]
    if (is.factor(column)) column <- as.character(column)
    if (is.list(column)) stop("column `", name, "` is a list; expected one value for each article", call. = FALSE)
    articles[[name]] <- if (is.character(column)) enc2utf8(column) else column
  }
  if (requireNamespace("nanoparquet", quietly = TRUE)) {
    file <- tempfile("articles-", fileext = ".parquet")
    nanoparquet::write_parquet(articles, file)
  } else if (requireNamespace("arrow", quietly = TRUE)) {
    file <- tempfile("articles-", fileext = ".parquet")
    arrow::write_parquet(articles, file)
  } else {
    file <- tempfile("articles-", fileext = ".csv")
    utils::write.csv(articles, file, row.names = FALSE, na = "", fileEncoding = "UTF-8")
  }
  file
}

# One tibble out of files with the same columns; `types` has the type of each column of a CSV file, where the run says it.
read_files <- function(files, types = character()) {
  parts <- lapply(files, function(file) if (endsWith(file, ".parquet")) read_packed(file) else read_csv(file, types))
  tibble::as_tibble(if (length(parts) == 1) parts[[1]] else do.call(rbind, parts))
}

can_read_parquet <- function() {
  requireNamespace("nanoparquet", quietly = TRUE) || requireNamespace("arrow", quietly = TRUE)
}

read_packed <- function(file) {
  if (requireNamespace("nanoparquet", quietly = TRUE)) nanoparquet::read_parquet(file) else arrow::read_parquet(file)
}

# Only an empty cell is a missing one: an outlet may be called NA, T or 1843.
read_csv <- function(file, types) {
  table <- utils::read.csv(file, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8", quote = "\"", comment.char = "")
  for (name in names(table)) {
    type <- if (name %in% names(types)) types[[name]] else "unknown"
    table[[name]] <- of_type(table[[name]], type)
  }
  table
}

of_type <- function(cells, type) {
  switch(type,
    text = unescaped(cells),
    date = as.Date(cells),
    flag = cells == "true",
    integer = if (fits_integer(cells)) as.integer(cells) else as.numeric(cells),
    real = as.numeric(cells),
    # a column of a frame or of the corpus, which the program cannot name beforehand
    # `007` is no number, it would be 7; nor are digits of which R would lose the last
    if (all(is.na(cells) | grepl("^-?(0|[1-9][0-9]{0,14})(\\.[0-9]+)?([eE][+-]?[0-9]+)?$", cells)) && !all(is.na(cells))) as.numeric(cells) else unescaped(cells)
  )
}

# A text that a spreadsheet would run as a formula has an apostrophe in front in CSV.
unescaped <- function(cells) sub("^'('*[-=+@\t\r])", "\\1", cells)

fits_integer <- function(cells) {
  all(is.na(cells) | abs(as.numeric(cells)) <= .Machine$integer.max)
}

# Types of the columns of every table, as the README of a run folder tells them: a list of named vectors, by file name.
column_types <- function(folder) {
  file <- file.path(folder, "README.md")
  if (!file.exists(file)) return(list())
  lines <- readLines(file, encoding = "UTF-8", warn = FALSE)
  is_title <- grepl("^### .*\\.csv$", lines)
  title <- sub("^### ", "", lines[is_title])[cumsum(is_title)[cumsum(is_title) > 0]]
  rows <- lines[cumsum(is_title) > 0]
  cells <- regmatches(rows, regexec("^\\| `([^`]+)` \\| (text|integer|real|flag|date) \\|", rows))
  is_row <- lengths(cells) == 3
  types <- vapply(cells[is_row], `[`, "", 3)
  names(types) <- vapply(cells[is_row], `[`, "", 2)
  split(types, title[is_row])
}
