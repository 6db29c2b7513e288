//! Why nothing was read.

use super::{Left, MAX_BYTES, MAX_CATALOGS, MAX_KEYS, Source};
use std::fmt;

/// Why nothing was read. Never repeats the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// There is no text.
    Empty,
    /// Longer than [`MAX_BYTES`].
    TooLarge,
    /// More catalogs than [`MAX_CATALOGS`].
    TooManyCatalogs,
    /// More keys than [`MAX_KEYS`].
    TooManyKeys,
    /// Written for none of the programs that are known.
    Unknown,
    /// Its form is broken, or deeper than such a file is.
    Broken {
        /// What it seems to be for.
        source: Source,
        /// Where, from 1.
        line: Option<usize>,
    },
    /// It holds no REST catalog.
    Nothing {
        /// What it is for.
        source: Source,
        /// What it holds instead.
        left: Vec<Left>,
    },
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There is nothing to read."),
            Self::TooLarge => write!(f, "The text is longer than {} KiB.", MAX_BYTES / 1024),
            Self::TooManyCatalogs => write!(f, "There are more than {MAX_CATALOGS} catalogs."),
            Self::TooManyKeys => write!(f, "There are more than {MAX_KEYS} settings."),
            Self::Unknown => f.write_str(
                "This is none of: Spark's settings, a catalog file of Trino, PyIceberg's file or load_catalog, Flink's CREATE CATALOG, DuckDB's ATTACH, OLake's destination.json, profiles of Polaris' CLI, crowsnest.toml.",
            ),
            Self::Broken { source, line } => {
                write!(f, "This seems to be for {}, but cannot be read", source.name())?;
                match line {
                    Some(line) => write!(f, ": look at line {line}."),
                    None => f.write_str("."),
                }
            }
            Self::Nothing { source, .. } => {
                write!(f, "This is for {}, and holds no Iceberg REST catalog.", source.name())
            }
        }
    }
}

impl std::error::Error for NotRead {}
