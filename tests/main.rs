//! One test binary: each more would link polars again.

mod cache;
mod chart;
mod clean;
mod compare;
mod hints;
mod house;
mod html;
mod inference;
mod inspect;
mod lexicon;
mod lookup;
mod oracle;
mod read;
mod rerun;
mod results;
mod run;
mod safety;
mod sentiment;
mod statistics;
mod study;
mod targets;
mod tokenise;
mod voice;
mod voice_gold;
mod words;
