//! A run in parts: what was counted apart is, put together, what one run counts, byte for byte.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "parts/hits.rs"]
mod hits;
#[path = "parts/laws.rs"]
mod laws;
#[path = "parts/survey.rs"]
mod survey;
#[path = "parts/tasks.rs"]
mod tasks;
