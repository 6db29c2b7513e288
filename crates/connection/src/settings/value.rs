//! One value, and what does not fit as one.

use std::fmt;

/// Longest text of one value, in bytes: as much as the file of a secret may hold.
pub const MAX_VALUE: usize = 64 * 1024;
/// Most pairs of one table.
pub const MAX_PAIRS: usize = 100;

/// One value. May be a secret, so that `Debug` shows none.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A line.
    Text(String),
    /// On or off.
    Flag(bool),
    /// Names and values, in order; no name is there twice.
    Table(Vec<(String, String)>),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(…)"),
            Self::Flag(flag) => write!(f, "Flag({flag})"),
            Self::Table(pairs) => {
                let names = pairs.iter().map(|(name, _)| name);
                f.write_str("Table")?;
                f.debug_list().entries(names).finish()
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// A value that is not set, and why. Never repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no such key, and perhaps this one was meant.
    Unknown(Option<&'static str>),
    /// The key takes another shape, as this says.
    Shape(&'static str),
    /// Longer than a value may be.
    TooLong,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(Some(near)) => write!(f, "no such setting: “{near}” may be meant"),
            Self::Unknown(None) => f.write_str("no setting that may come from here"),
            Self::Shape(wanted) => write!(f, "must be {wanted}"),
            Self::TooLong => write!(f, "is longer than {} KiB", MAX_VALUE / 1024),
        }
    }
}

impl std::error::Error for Unfit {}
