//! The three choices everything else follows from: which catalog, how to sign in, which OLake.

use std::fmt;

/// A catalog that speaks the Iceberg REST protocol and that OLake documents.
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

impl Kind {
    /// In the order they are offered.
    pub const ALL: [Kind; 6] = [
        Kind::Generic,
        Kind::Lakekeeper,
        Kind::Nessie,
        Kind::S3Tables,
        Kind::Unity,
        Kind::Polaris,
    ];

    /// The name used in URLs and configuration files.
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Generic => "generic",
            Kind::Lakekeeper => "lakekeeper",
            Kind::Nessie => "nessie",
            Kind::S3Tables => "s3-tables",
            Kind::Unity => "unity",
            Kind::Polaris => "polaris",
        }
    }

    /// The reverse of `slug`.
    pub fn from_slug(slug: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The value of `catalog_type` for a target.
    pub fn catalog_type(self, target: Target) -> &'static str {
        match (target, self) {
            (Target::Classic, _) | (Target::Typed, Kind::Generic) => "rest",
            (Target::Typed, Kind::S3Tables) => "s3tables",
            (Target::Typed, other) => other.slug(),
        }
    }

    /// The ways to sign in that make sense here, the usual one first.
    pub fn auth_modes(self) -> &'static [Auth] {
        match self {
            Kind::Generic => &[Auth::None, Auth::Token, Auth::OAuth2, Auth::SigV4],
            Kind::Lakekeeper | Kind::Nessie => &[Auth::None, Auth::Token, Auth::OAuth2],
            Kind::S3Tables => &[Auth::SigV4],
            Kind::Unity => &[Auth::Token, Auth::OAuth2],
            Kind::Polaris => &[Auth::OAuth2, Auth::Token],
        }
    }

    /// What `iceberg_s3_path` means to this catalog.
    pub fn warehouse_label(self) -> &'static str {
        match self {
            Kind::Generic | Kind::Nessie => "S3 path",
            Kind::Lakekeeper => "Lakekeeper warehouse",
            Kind::S3Tables => "Table bucket ARN",
            Kind::Unity => "Unity catalog name",
            Kind::Polaris => "Polaris catalog name",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Generic => "Generic REST",
            Kind::Lakekeeper => "Lakekeeper",
            Kind::Nessie => "Nessie",
            Kind::S3Tables => "S3 Tables",
            Kind::Unity => "Databricks Unity Catalog",
            Kind::Polaris => "Apache Polaris",
        })
    }
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
    /// `catalog_type` is `rest` for every catalog: OLake 0.1.4 and later, to this day.
    #[default]
    Classic,
    /// `catalog_type` names the catalog: OLake 0.9.1 and later only. Older ones stop with
    /// `unsupported catalog_type`.
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

    /// The reverse of `slug`.
    pub fn from_slug(slug: &str) -> Option<Target> {
        Target::ALL.into_iter().find(|target| target.slug() == slug)
    }
}
