# Articles whose hits can be counted by eye.
articles <- function() {
  data.frame(
    id = c("a1", "a2", "a3", "a4"),
    outlet = c("Gazette", "Gazette", "Herald", "Herald"),
    date = as.Date(c("2022-01-05", "2022-01-06", "2022-01-05", "2022-01-06")),
    text = c(
      "The terrorists seized the airport and the terrorists stayed there for two days, officers of the town said.",
      "The market was quiet, and the shops of the old town \u201cde la R\u00e9publique\u201d were open for all of the morning.",
      "The protesters went home, and the protesters were tired after the long march to the square.",
      "A terrorist was seen near the station, the mayor of the town wrote on the wall, \"with a quote\", of the hall."
    ),
    stringsAsFactors = FALSE
  )
}

who <- list(terrorism = c("terrorist*", "armed gang*"), crowd = list(protest = "protester*", riot = c("rioter*", "mob \"rule\"")))

skip_without_program <- function() {
  found <- tryCatch(nzchar(framescope:::find_program()), error = function(error) FALSE)
  if (!found) skip("the program framescope is not on the PATH, nor named by FRAMESCOPE")
}

hits_of <- function(run, outlet, frame) {
  rows <- run$frames
  sum(rows$hits[rows$outlet %in% outlet & rows$frame == frame])
}
