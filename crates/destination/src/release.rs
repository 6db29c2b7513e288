//! Releases of OLake that changed what a destination file may say.

use std::fmt;

/// A release of OLake, the oldest first. Only those that the tables of keys and of catalogs tell
/// apart, and the one that was read: a further one is a line here and its number below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// The oldest that is described here; requests can be signed.
    V0_1_0,
    /// REST catalogs with a token or OAuth2, and tables without identifier fields.
    V0_1_4,
    /// `discover` names a `destination_database` for each stream.
    V0_2_0,
    /// `catalog_name`.
    V0_3_5,
    /// `arrow_writes`.
    V0_3_7,
    /// Settings of AWS Glue.
    V0_3_17,
    /// `catalog_type` names the catalog.
    V0_9_1,
    /// See [`Release::READ`].
    V0_9_4,
    /// `horizon`, as merged changes tell; this code was not read.
    V0_10_0,
}

impl Release {
    /// The one whose code these facts come from, and whose image the commands name.
    pub const READ: Self = Self::V0_9_4;

    /// The number, such as `0.9.4`.
    pub fn number(self) -> &'static str {
        match self {
            Self::V0_1_0 => "0.1.0",
            Self::V0_1_4 => "0.1.4",
            Self::V0_2_0 => "0.2.0",
            Self::V0_3_5 => "0.3.5",
            Self::V0_3_7 => "0.3.7",
            Self::V0_3_17 => "0.3.17",
            Self::V0_9_1 => "0.9.1",
            Self::V0_9_4 => "0.9.4",
            Self::V0_10_0 => "0.10.0",
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}
