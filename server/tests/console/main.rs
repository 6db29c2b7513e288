#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod command;
mod config;
mod http;
mod leaks;
mod support;
