//! A connection's settings: their keys, the form that is filled in, presets for kinds of catalogs, reading what
//! other programs are configured with, and writing TOML.
//!
//! Pure: no I/O and no framework, so that the same rules run in the browser and on the server.
//!
//! - [`keys::KEYS`]: every setting of a `[[connection]]` that may come from a browser, with what its input says.
//! - [`Settings`]: values by key; [`Settings::without_secrets`] and [`Settings::secrets`] part them, [`clears`]
//!   tells which secrets a change of address takes with it.
//! - [`presets`]: what is known of each kind of catalog beforehand.
//! - [`read`]: from what Spark, Trino, PyIceberg, Flink, DuckDB, OLake or Polaris' command line is configured
//!   with to connections, and why a part of it is left.
//! - [`toml::write`]: `[[connection]]` blocks for `crowsnest.toml`.
//!
//! What changes most has one place: a key is a row of `keys/table.rs`, a kind of catalog a row of
//! `presets/table.rs`, a word of another program a row of the table in that program's file below `import/`.

#![warn(missing_docs)]

mod import;
pub mod keys;
pub mod presets;
mod settings;
pub mod toml;

pub use import::{
    Found, Left, MAX_BYTES, MAX_CATALOGS, MAX_KEYS, NotRead, Read, Source, Why, read,
};
pub use settings::{Settings, Unfit, Value, clears};
