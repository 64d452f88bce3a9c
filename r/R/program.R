# Finds the program, calls it, and turns what it refuses into a condition.

find_program <- function() {
  override <- Sys.getenv("FRAMESCOPE")
  if (nzchar(override)) {
    if (!file.exists(override)) stop("FRAMESCOPE names no file: ", override, call. = FALSE)
    return(override)
  }
  found <- unname(Sys.which("framescope"))
  if (!nzchar(found)) {
    stop("the program `framescope` is not on the PATH; set the environment variable FRAMESCOPE to its path", call. = FALSE)
  }
  found
}

# Calls the program. Gives back what it printed, and whether it asks for attention (exit code 1); refuses with the class `fs_refused`.
call_program <- function(arguments) {
  files <- c(tempfile("framescope-out-"), tempfile("framescope-err-"))
  on.exit(unlink(files))
  arguments <- enc2utf8(as.character(arguments))
  code <- suppressWarnings(system2(find_program(), shQuote(arguments), stdout = files[1], stderr = files[2]))
  printed <- lapply(files, function(file) readLines(file, encoding = "UTF-8", warn = FALSE))
  problems <- parse_problems(printed[[2]])
  if (!code %in% c(0, 1)) refuse(problems[problems$severity == "error", ], code, printed[[2]])
  list(output = printed[[1]], problems = problems, needs_attention = code == 1)
}

refuse <- function(problems, code, printed) {
  message <- paste(printed, collapse = "\n")
  if (!nzchar(message)) message <- paste("exit code", code)
  stop(structure(class = c("fs_refused", "error", "condition"), list(message = message, call = NULL, problems = problems, code = code)))
}

# Problems that the program printed, a row each; other lines are left out.
parse_problems <- function(lines) {
  head <- regmatches(lines, regexec("^(error|warning|note): (.*?): (.*)$", lines, perl = TRUE))
  is_head <- lengths(head) == 4
  of <- cumsum(is_head)
  head <- head[is_head]
  rest <- strsplit(vapply(head, `[`, "", 4), "; expected ", fixed = TRUE)
  hint <- rep("", length(head))
  for (at in grep("^\\s+hint: ", lines)) if (of[at] > 0) hint[of[at]] <- sub("^\\s+hint: ", "", lines[at])
  tibble::tibble(
    severity = vapply(head, `[`, "", 2),
    place = vapply(head, `[`, "", 3),
    found = vapply(rest, `[`, "", 1),
    expected = vapply(rest, function(both) if (length(both) > 1) paste(both[-1], collapse = "; expected ") else "", ""),
    hint = hint
  )
}

fs_version <- function() {
  sub("^.* ", "", call_program("--version")$output)
}

# Arguments that decide the numbers of a run.
settings <- function(dictionary = NULL, study = NULL, by = NULL, voices = NULL, columns = NULL) {
  if (length(columns) > 0 && (is.null(names(columns)) || !all(nzchar(names(columns))))) {
    stop("`columns` needs names, as in c(text = \"body\", outlet = \"publisher\")", call. = FALSE)
  }
  c(
    repeated("--lexicon", lexicon_files(dictionary)),
    if (!is.null(study)) c("--study", study),
    if (!is.null(by)) c("--by", paste(by, collapse = ",")),
    if (!is.null(voices)) c("--voice", paste(voices, collapse = ",")),
    repeated(paste0("--", names(columns)), columns)
  )
}

repeated <- function(option, values) {
  if (length(values) == 0) character() else as.vector(rbind(rep_len(option, length(values)), as.character(values)))
}
