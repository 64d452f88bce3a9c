//! One test binary: each more would link polars again.

mod chart;
mod house;
mod html;
mod inspect;
mod lexicon;
mod lookup;
mod oracle;
mod read;
mod run;
mod statistics;
mod tokenise;
mod voice;
mod voice_gold;
