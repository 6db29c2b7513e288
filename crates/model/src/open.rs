//! What a name that somebody typed may mean.

use serde::{Deserialize, Serialize};

/// What a typed name is said to name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Noun {
    /// An Iceberg table.
    #[default]
    Table,
    /// An Iceberg view.
    View,
    /// A namespace.
    Namespace,
}

impl Noun {
    /// A table, unless another kind is named.
    pub fn read(text: Option<&str>) -> Self {
        match text {
            Some("view") => Self::View,
            Some("namespace") => Self::Namespace,
            _ => Self::Table,
        }
    }

    /// As in addresses, and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::View => "view",
            Self::Namespace => "namespace",
        }
    }

    /// What an object of its kind stands under in a query.
    pub fn key(self) -> &'static str {
        match self {
            Self::View => "v",
            Self::Table | Self::Namespace => "t",
        }
    }
}

/// One way to read a name that was typed: names may hold the separator themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Outermost first; a table's or view's own name is the last.
    pub levels: Vec<String>,
    /// `None`: the catalog did not say, so it may be worth a try.
    pub exists: Option<bool>,
}

mod readings;
pub use readings::readings;
