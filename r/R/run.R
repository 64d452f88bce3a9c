# Runs: the main job of the program, and what it wrote.

fs_run <- function(corpus = NULL, dictionary = NULL, by = NULL, voices = NULL, columns = NULL, study = NULL, out = NULL,
                   seed = NULL, charts = TRUE, options = character()) {
  if (is.null(out)) out <- tempfile("framescope-")
  done <- call_program(c(
    "run", article_files(corpus), "--out", out, settings(dictionary, study, by, voices, corpus_columns(corpus, columns)),
    if (!is.null(seed)) c("--seed", format(seed, scientific = FALSE)),
    if (!charts) "--no-charts",
    options
  ))
  fs_open(out, done$problems)
}

fs_open <- function(path, problems = parse_problems(character())) {
  if (!file.exists(file.path(path, "manifest.json"))) stop(path, " holds no run: no manifest.json in it", call. = FALSE)
  structure(list(path = path, problems = problems, files = table_files(path), read = new.env(parent = emptyenv())), class = "fs_run")
}

# The files of every table: hits of all frames are one table.
table_files <- function(path) {
  tables <- sort(list.files(path, "\\.csv$", full.names = TRUE))
  files <- as.list(stats_names(tables))
  # what the run wrote, and not what lies beside it, such as a table that was edited and moved aside
  written <- jsonlite::fromJSON(file.path(path, "manifest.json"))$outputs$file
  for (folder in c("hits", "sentiment_hits")) {
    of <- written[startsWith(written, paste0(folder, "/"))]
    packed <- file.path(path, grep("\\.parquet$", of, value = TRUE))
    plain <- file.path(path, grep("\\.csv$", of, value = TRUE))
    found <- if (length(packed) == length(plain) && can_read_parquet()) packed else plain
    if (length(found) > 0) files[[folder]] <- sort(found)
  }
  files
}

stats_names <- function(tables) {
  names(tables) <- sub("\\.csv$", "", basename(tables))
  tables
}

`[[.fs_run` <- function(x, i, ...) {
  run <- unclass(x)
  if (!is.character(i) || length(i) != 1 || !i %in% names(run$files)) {
    stop("no table \"", i, "\"; there are ", paste(names(run$files), collapse = ", "), call. = FALSE)
  }
  if (is.null(run$read[[i]])) {
    files <- run$files[[i]]
    name <- basename(files[1])
    if (basename(dirname(files[1])) %in% c("hits", "sentiment_hits")) name <- paste0(basename(dirname(files[1])), "/*.csv")
    types <- column_types(run$path)
    assign(i, read_files(files, if (is.null(types[[name]])) character() else types[[name]]), envir = run$read)
  }
  run$read[[i]]
}

`$.fs_run` <- function(x, name) x[[name]]

names.fs_run <- function(x) names(unclass(x)$files)

print.fs_run <- function(x, ...) {
  run <- unclass(x)
  cat("<framescope run in ", run$path, ": ", paste(names(run$files), collapse = ", "), ">\n", sep = "")
  for (row in seq_len(nrow(run$problems))) cat(run$problems$severity[row], ": ", run$problems$found[row], "\n", sep = "")
  invisible(x)
}

summary.fs_run <- function(object, ...) object[["frames"]]

fs_manifest <- function(run) jsonlite::fromJSON(file.path(run_path(run), "manifest.json"))

fs_charts <- function(run) {
  files <- list.files(file.path(run_path(run), "charts"), "\\.png$", full.names = TRUE)
  names(files) <- sub("\\.png$", "", basename(files))
  files
}

fs_show <- function(run) utils::browseURL(paste0("file://", normalizePath(file.path(run_path(run), "index.html"))))

fs_diff <- function(before, after) {
  done <- call_program(c("diff", run_path(before), run_path(after)))
  structure(done$output, class = "noquote")
}

run_path <- function(run) if (inherits(run, "fs_run")) unclass(run)$path else run

fs_hits <- function(corpus, dictionary = NULL, voices = NULL, columns = NULL, study = NULL, options = character()) {
  form <- if (can_read_parquet()) "parquet" else "csv"
  file <- tempfile("hits-", fileext = paste0(".", form))
  on.exit(unlink(file))
  done <- call_program(c(
    "hits", article_files(corpus), "--format", form, "--out", file,
    settings(dictionary, study, NULL, voices, corpus_columns(corpus, columns)), options
  ))
  warn_of(done)
  read_files(file, HIT_TYPES)
}

# Passes the warnings of the program on to R's, where it gave a table all the same.
warn_of <- function(done) {
  problems <- done$problems[done$problems$severity == "warning", ]
  for (row in seq_len(nrow(problems))) {
    hint <- if (nzchar(problems$hint[row])) paste0("\n  hint: ", problems$hint[row]) else ""
    warning(problems$place[row], ": ", problems$found[row], hint, call. = FALSE)
  }
}

# Columns of hits that are no text, where they are read from CSV.
HIT_TYPES <- c(
  article = "text", outlet = "text", date = "date", lexicon = "text", frame = "text", entry = "text", left = "text", surface = "text",
  right = "text", voice = "text", rule = "text", cue = "text", source = "text", source_name = "text", negated = "flag",
  hedged = "flag", question = "flag", target = "text", position = "text", cell = "text", counted = "text", story = "text"
)

fs_kwic <- function(term, source, dictionary = NULL, n = 20, voices = NULL, where = NULL, seed = NULL, options = character()) {
  files <- if (inherits(source, "fs_run")) run_path(source) else article_files(source)
  done <- call_program(c(
    "kwic", "--format", "csv", if (is.null(n)) "--all" else c("-n", n), repeated("--lexicon", lexicon_files(dictionary)),
    if (!is.null(voices)) c("--voice", paste(voices, collapse = ",")),
    if (!is.null(where)) c("--where", where), if (!is.null(seed)) c("--seed", format(seed, scientific = FALSE)),
    # a term may begin with a hyphen
    options, "--", term, files
  ))
  warn_of(done)
  file <- tempfile("kwic-", fileext = ".csv")
  on.exit(unlink(file))
  writeLines(done$output, file, useBytes = TRUE)
  read_files(file, c(HIT_TYPES, at = "text", hit = "text", title = "text", url = "text", byte_start = "integer", byte_end = "integer"))
}
