use serde::{Deserialize, Serialize};

/// A list, and whether it is all there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// In the server's order.
    pub items: Vec<T>,
    /// Whether these are all.
    pub completeness: Completeness,
}

/// Whether a list is all there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Completeness {
    /// It is, by the server's word.
    Complete,
    /// There may be more; the reason is a sentence for people.
    Capped {
        /// Why it may be cut.
        reason: String,
    },
}

impl Completeness {
    /// Why there may be more, where that is so; a sentence for people.
    pub fn capped(self) -> Option<String> {
        match self {
            Self::Complete => None,
            Self::Capped { reason } => Some(reason),
        }
    }
}

impl<T> Listing<T> {
    /// A list that is all there is.
    pub fn complete(items: Vec<T>) -> Self {
        Self {
            items,
            completeness: Completeness::Complete,
        }
    }

    /// The same list of what `of` makes of each.
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> Listing<U> {
        Listing {
            items: self.items.into_iter().map(of).collect(),
            completeness: self.completeness,
        }
    }
}
