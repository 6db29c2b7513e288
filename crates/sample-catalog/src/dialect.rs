//! The six servers that the sample can be, and where each keeps its APIs.

use std::{fmt, str::FromStr};

/// Which vendor's server the sample speaks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The Iceberg REST specification with nothing added.
    Generic,
    /// Apache Polaris 1.7.
    Polaris,
    /// Project Nessie 0.99.
    Nessie,
    /// Lakekeeper 0.13.
    Lakekeeper,
    /// Unity Catalog OSS 0.6.
    Unity,
    /// Amazon S3 Tables.
    S3Tables,
}

impl Dialect {
    /// Every dialect, in the order in which the console shows them.
    pub const ALL: [Dialect; 6] = [
        Dialect::Generic,
        Dialect::Polaris,
        Dialect::Nessie,
        Dialect::Lakekeeper,
        Dialect::Unity,
        Dialect::S3Tables,
    ];

    /// The name used on the command line, in paths and in configuration.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Generic => "generic",
            Dialect::Polaris => "polaris",
            Dialect::Nessie => "nessie",
            Dialect::Lakekeeper => "lakekeeper",
            Dialect::Unity => "unity",
            Dialect::S3Tables => "s3-tables",
        }
    }

    /// The vendor's own base path of the Iceberg REST API: a client's `uri` ends in it.
    pub fn base_path(self) -> &'static str {
        match self {
            Dialect::Generic => "",
            Dialect::Polaris => "/api/catalog",
            Dialect::Nessie | Dialect::S3Tables => "/iceberg",
            Dialect::Lakekeeper => "/catalog",
            Dialect::Unity => "/api/2.1/unity-catalog/iceberg",
        }
    }

    /// Unity and S3 Tables know one level of namespaces, and plain names only.
    pub(crate) fn is_flat(self) -> bool {
        matches!(self, Dialect::Unity | Dialect::S3Tables)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is none of the six; holds the name.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownDialect(pub String);

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Dialect::ALL.map(Dialect::name).join(", ");
        write!(f, "unknown dialect `{}`, expected one of: {names}", self.0)
    }
}

impl std::error::Error for UnknownDialect {}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Dialect::ALL
            .into_iter()
            .find(|dialect| dialect.name() == name)
            .ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}
