//! The three choices everything else follows from: which catalog, how to sign in, which OLake.

use crate::release::Release;

/// A catalog that speaks the Iceberg REST protocol and that OLake documents. What is known of each
/// stands in [`CATALOG_TYPES`](crate::CATALOG_TYPES), at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any server that asks for nothing special.
    Generic,
    /// Lakekeeper.
    Lakekeeper,
    /// Project Nessie.
    Nessie,
    /// Amazon S3 Tables.
    S3Tables,
    /// Databricks Unity Catalog.
    Unity,
    /// Apache Polaris.
    Polaris,
}

/// How OLake speaks to a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// The Iceberg REST protocol.
    Rest,
    /// AWS Glue's own.
    Glue,
    /// Tables of a database.
    Jdbc,
    /// A Hive metastore.
    Hive,
}

/// How OLake signs in to the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Auth {
    /// Not at all.
    None,
    /// A bearer token as it is.
    Token,
    /// Client credentials, exchanged for a token.
    OAuth2,
    /// Requests signed with AWS Signature Version 4.
    SigV4,
}

impl Auth {
    /// In the order they are offered.
    pub const ALL: [Auth; 4] = [Auth::None, Auth::Token, Auth::OAuth2, Auth::SigV4];

    /// The name used in URLs and forms.
    pub fn slug(self) -> &'static str {
        match self {
            Auth::None => "none",
            Auth::Token => "token",
            Auth::OAuth2 => "oauth2",
            Auth::SigV4 => "sigv4",
        }
    }

    /// The reverse of `slug`.
    pub fn from_slug(slug: &str) -> Option<Auth> {
        Auth::ALL.into_iter().find(|auth| auth.slug() == slug)
    }
}

/// Which OLake reads the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Target {
    /// `catalog_type` is `rest` for every catalog, as every release takes it.
    #[default]
    Classic,
    /// `catalog_type` names the catalog. Older releases stop with `unsupported catalog_type`.
    Typed,
}

impl Target {
    /// In the order they are offered.
    pub const ALL: [Target; 2] = [Target::Classic, Target::Typed];

    /// The name used in URLs and forms.
    pub fn slug(self) -> &'static str {
        match self {
            Target::Classic => "classic",
            Target::Typed => "typed",
        }
    }

    /// The first release that reads it.
    pub fn since(self) -> Release {
        match self {
            Target::Classic => Release::V0_1_4,
            Target::Typed => Release::V0_9_1,
        }
    }

    /// The reverse of `slug`.
    pub fn from_slug(slug: &str) -> Option<Target> {
        Target::ALL.into_iter().find(|target| target.slug() == slug)
    }
}
