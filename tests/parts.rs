//! A run in parts: what was counted apart is, put together, what one run counts, byte for byte.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "parts/survey.rs"]
mod survey;
