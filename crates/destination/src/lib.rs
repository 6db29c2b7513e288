//! OLake's `destination.json` for Iceberg REST catalogs: read it, judge it, mend it, write it,
//! and everything around it that follows from its values.
//!
//! Pure: no I/O and no framework, so that the same rules run in the browser, on the server and on
//! the command line. Facts about OLake are those of the release [`Release::READ`].
//!
//! - [`Destination`]: the file. [`Destination::import`] reads any, [`Destination::mended`] one that is
//!   nearly JSON, [`Destination::new`] starts one, [`Destination::render`] writes it,
//!   [`Destination::decode`] reads it as OLake does.
//! - [`lint`]: what is wrong with it; [`Destination::fixed`] mends what needs no person.
//! - [`fields`], [`guide`], [`steps`]: the form and what comes before it; [`other_settings`]: files that
//!   no form is made for.
//! - [`probes`], [`olake`], [`stack`], [`local`], [`snippet`], [`connection`]: what comes after it.
//! - [`keys::KEYS`], [`CATALOG_TYPES`] and [`Release`]: the tables that all of it follows from.
//! - [`diff`]: a file before and after.
//! - [`diagnose`]: from a pasted error to its cause and fix.
//!
//! What changes most has one place. A key is a row of `keys/table.rs` (and a constant in `keys.rs`
//! if code means it by name), a `catalog_type` a row of `catalog_type.rs`, a release of OLake a
//! line of `release.rs`. A rule is a line of `lint/rule.rs`, the check that finds it, and a file
//! that breaks it in `tests/lint/rules.rs`.

#![warn(missing_docs)]

mod catalog_type;
mod choices;
mod commands;
mod compose;
mod connection;
mod decode;
pub mod derive;
mod destination;
mod detect;
mod diff;
mod edit;
mod error;
mod fields;
mod fill;
mod fix;
mod guide;
mod import;
pub mod keys;
mod kind;
mod lint;
mod order;
mod others;
mod placeholder;
mod quoting;
mod release;
mod render;
mod repair;
mod secret;
mod snippets;
mod troubleshooting;
pub mod url;
mod value;

pub use catalog_type::{CATALOG_TYPES, CatalogType};
pub use commands::{Command, SOURCES, bucket_probe, olake, probes};
pub use compose::{Port, Stack, listed_ports, local, stack};
pub use connection::connection;
pub use decode::{Decoded, Refused};
pub use destination::Destination;
pub use diff::diff;
pub use edit::Edit;
pub use error::{ImportError, MAX_BYTES, MAX_KEYS};
pub use fields::{Field, fields, label};
pub use fill::env_name;
pub use guide::{Guide, Step, guide, steps};
pub use kind::{Auth, Kind, Protocol, Target};
pub use lint::{Finding, Rule, Severity, lint};
pub use others::{Setting, other_settings, other_title};
pub use placeholder::has_placeholder;
pub use release::Release;
pub use render::Secrets;
pub use repair::Slip;
pub use secret::{MASK, Secret, hushed};
pub use snippets::{Around, Engine, Store, snippet};
pub use troubleshooting::{Problem, diagnose, problem, problems};
pub use value::{Entry, Json, Position, Value};
