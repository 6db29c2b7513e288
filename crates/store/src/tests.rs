//! What the store promises, on each database that it may stand on.

mod attempts;
mod away;
mod bound;
mod connections;
mod copies;
mod database;
mod faults;
mod keys;
mod killed;
mod only_read;
mod openings;
mod people;
mod postgres;
mod record;
mod rekeyed;
mod retained;
mod secrets;
mod session_ends;
mod sessions;
mod several;
mod tampered;
mod tampered_anyhow;
mod texts;
mod tokens;
mod tools;
mod two;

use tools::{At, Folder, LASTS, NOW, entry, everywhere, session_of, somebody};
