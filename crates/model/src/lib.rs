//! What both sides of the console know: what pages show, their addresses, errors and formats. No page, no
//! call, and nothing of Leptos.

#![warn(missing_docs)]

pub mod access;
pub mod age;
pub mod asks;
pub mod audit;
pub mod batch;
pub mod catalog_comparison;
pub mod change;
pub mod codec;
pub mod comparison;
pub mod connection_form;
pub mod connections;
pub mod destination;
pub mod draft;
pub mod error;
mod field;
pub mod figures;
pub mod files;
pub mod form;
pub mod format;
pub mod growth;
pub mod health;
pub mod history;
pub mod issued;
pub mod names;
pub mod namespaces;
mod oddities;
pub mod open;
pub mod own;
pub mod page;
pub mod partitions;
pub mod paths;
pub mod people;
pub mod person;
pub mod polaris;
pub mod posted;
pub mod preview;
pub mod properties;
mod query;
pub mod rail;
pub mod raw;
pub mod refs;
mod refusal;
pub mod schema;
pub mod search;
pub mod section;
pub mod settings;
pub mod shown;
pub mod snapshots;
pub mod sql;
pub mod statistics;
pub mod tables;
pub mod template;
pub mod text;
pub mod tree;
pub mod views;
pub mod waiting;
pub mod window;
pub mod written;

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// Something and when the catalog was asked for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read<T> {
    /// What was read.
    pub data: T,
    /// When it was read.
    pub at: Moment,
    /// What of the catalog's answer is left out; sentences.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl<T> Read<T> {
    /// All of what was read.
    pub fn new(data: T, at: Moment) -> Self {
        Self {
            data,
            at,
            notes: Vec::new(),
        }
    }

    /// What `show` makes of it.
    ///
    /// # Errors
    /// Those of `show`.
    pub fn try_map<U, E>(self, show: impl FnOnce(T) -> Result<U, E>) -> Result<Read<U>, E> {
        Ok(Read {
            data: show(self.data)?,
            at: self.at,
            notes: self.notes,
        })
    }
}

impl<T> Read<(T, Vec<String>)> {
    /// With the notes that were made beside it.
    pub fn with_notes(self) -> Read<T> {
        let (data, notes) = self.data;
        Read {
            data,
            at: self.at,
            notes,
        }
    }
}
