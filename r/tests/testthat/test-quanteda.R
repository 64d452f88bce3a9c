everything <- c("--headline", "leave", "--keep-furniture", "--keep-repeats", "--keep-duplicates")

test_that("a corpus and a dictionary of quanteda are counted as quanteda counts them", {
  skip_without_program()
  skip_if_not_installed("quanteda")
  corpus <- quanteda::corpus(articles(), docid_field = "id", text_field = "text")
  dictionary <- quanteda::dictionary(who)
  run <- fs_run(corpus, dictionary, charts = FALSE, options = everything)
  theirs <- quanteda::tokens_lookup(quanteda::tokens(corpus), dictionary, levels = 1:2)
  theirs <- quanteda::convert(quanteda::dfm(theirs, tolower = FALSE), to = "data.frame")
  ours <- run$counts
  expect_setequal(ours$article, quanteda::docnames(corpus))
  at <- match(theirs$doc_id, ours$article)
  expect_equal(ours$terrorism[at], theirs$terrorism)
  expect_equal(ours[["crowd/protest"]][at], theirs$crowd.protest)
  expect_setequal(run$articles$outlet, c("Gazette", "Herald"))
})

test_that("inaugural addresses: the words of a dictionary are those that quanteda finds", {
  skip_without_program()
  skip_if_not_installed("quanteda")
  corpus <- quanteda::data_corpus_inaugural
  dictionary <- quanteda::dictionary(list(war = c("war", "wars", "enem*"), freedom = c("freedom*", "libert*")))
  counts <- fs_run(corpus, dictionary, by = "Party", charts = FALSE, options = everything)$counts
  # to quanteda a possessive is a word of its own
  possessive <- quanteda::dictionary(list(war = c("war", "war's", "wars", "enem*"), freedom = c("freedom*", "libert*")))
  theirs <- quanteda::dfm_lookup(quanteda::dfm(quanteda::tokens(corpus, split_hyphens = TRUE)), possessive)
  theirs <- quanteda::convert(theirs, to = "data.frame")
  at <- match(theirs$doc_id, counts$article)
  expect_false(anyNA(at))
  expect_equal(counts$war[at], theirs$war)
  expect_equal(counts$freedom[at], theirs$freedom)
})

test_that("dictionaries travel both ways", {
  skip_without_program()
  skip_if_not_installed("quanteda")
  dictionary <- quanteda::dictionary(who)
  back <- as_quanteda_dictionary(as_framescope_lexicon(dictionary))
  expect_equal(as.list(back), as.list(dictionary))
  expect_warning(shipped <- as_quanteda_dictionary("framing-en"), "cannot be expressed")
  expect_true("coup" %in% names(shipped))
})
