//! One test binary: each more would link polars again.

// a case is told from its input to its last number
#![allow(clippy::too_many_lines)]

mod browser;
mod cache;
mod cached_parts;
mod cached_tests;
mod cases;
mod cases_words;
mod chart;
mod clean;
mod compare;
mod counting;
mod doors;
mod entries;
mod first_hour;
mod hints;
mod hits;
mod house;
mod how_to;
mod html;
mod in_place;
mod inference;
mod inspect;
mod kwic;
mod lexicon;
mod liwc;
mod lookup;
mod many_frames;
mod oracle;
mod parts;
mod read;
mod reference;
mod rerun;
mod results;
mod run;
mod safety;
mod sentiment;
mod statistics;
mod stories;
mod study;
mod suggest;
mod targets;
mod tokenise;
mod validate;
mod voice;
mod voice_gold;
mod words;
