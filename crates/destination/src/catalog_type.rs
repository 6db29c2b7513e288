//! Every `catalog_type` that OLake knows, and what this crate knows of the catalog.

use crate::keys::{HIVE_URL, JDBC_URL, URL};
use crate::kind::{Auth, Kind, Protocol, Target};
use crate::release::Release;
use std::fmt;

/// One value of `catalog_type`.
#[derive(Debug)]
pub struct CatalogType {
    /// As OLake compares it, letter by letter.
    pub name: &'static str,
    /// The first release that takes it; older ones stop with `unsupported catalog_type`.
    pub since: Release,
    /// How OLake speaks to it.
    pub protocol: Protocol,
    /// Which of the catalogs that this crate judges and writes files for; `None`: a file for it is
    /// kept as it is.
    pub kind: Option<Kind>,
    /// The name used in URLs and configuration files.
    pub slug: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The ways to sign in that make sense here, the usual one first.
    pub auth: &'static [Auth],
    /// What `iceberg_s3_path` means to it.
    pub warehouse: &'static str,
}

/// Each [`Kind`] at its own place, then the others.
pub static CATALOG_TYPES: [CatalogType; 11] = [
    CatalogType {
        slug: "generic",
        since: Release::V0_1_0,
        auth: &Auth::ALL,
        ..rest("rest", Kind::Generic, "Generic REST", "S3 path")
    },
    CatalogType {
        auth: &[Auth::None, Auth::Token, Auth::OAuth2],
        ..rest(
            "lakekeeper",
            Kind::Lakekeeper,
            "Lakekeeper",
            "Lakekeeper warehouse",
        )
    },
    CatalogType {
        auth: &[Auth::None, Auth::Token, Auth::OAuth2],
        ..rest("nessie", Kind::Nessie, "Nessie", "S3 path")
    },
    CatalogType {
        slug: "s3-tables",
        auth: &[Auth::SigV4],
        ..rest("s3tables", Kind::S3Tables, "S3 Tables", "Table bucket ARN")
    },
    CatalogType {
        auth: &[Auth::Token, Auth::OAuth2],
        ..rest(
            "unity",
            Kind::Unity,
            "Databricks Unity Catalog",
            "Unity catalog name",
        )
    },
    CatalogType {
        auth: &[Auth::OAuth2, Auth::Token],
        ..rest(
            "polaris",
            Kind::Polaris,
            "Apache Polaris",
            "Polaris catalog name",
        )
    },
    other("glue", Release::V0_1_0, Protocol::Glue, "AWS Glue"),
    other("jdbc", Release::V0_1_0, Protocol::Jdbc, "JDBC"),
    other("hive", Release::V0_1_0, Protocol::Hive, "Hive Metastore"),
    other("biglake", Release::V0_9_1, Protocol::Rest, "BigLake"),
    other(
        "horizon",
        Release::V0_10_0,
        Protocol::Rest,
        "Snowflake Horizon",
    ),
];

const fn rest(
    name: &'static str,
    kind: Kind,
    title: &'static str,
    warehouse: &'static str,
) -> CatalogType {
    CatalogType {
        name,
        since: Release::V0_9_1,
        protocol: Protocol::Rest,
        kind: Some(kind),
        slug: name,
        title,
        auth: &[],
        warehouse,
    }
}

const fn other(
    name: &'static str,
    since: Release,
    protocol: Protocol,
    title: &'static str,
) -> CatalogType {
    CatalogType {
        name,
        since,
        protocol,
        kind: None,
        slug: name,
        title,
        auth: &[],
        warehouse: "warehouse",
    }
}

/// The row of this name, in the same case.
pub fn find(name: &str) -> Option<&'static CatalogType> {
    CATALOG_TYPES.iter().find(|row| row.name == name)
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

    fn row(self) -> &'static CatalogType {
        &CATALOG_TYPES[self as usize]
    }

    /// The name used in URLs and configuration files.
    pub fn slug(self) -> &'static str {
        self.row().slug
    }

    /// The reverse of `slug`.
    pub fn from_slug(slug: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// The value of `catalog_type` for a target.
    pub fn catalog_type(self, target: Target) -> &'static str {
        match target {
            Target::Classic => Kind::Generic.row().name,
            Target::Typed => self.row().name,
        }
    }

    /// The ways to sign in that make sense here, the usual one first.
    pub fn auth_modes(self) -> &'static [Auth] {
        self.row().auth
    }

    /// What `iceberg_s3_path` means to this catalog.
    pub fn warehouse_label(self) -> &'static str {
        self.row().warehouse
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl Protocol {
    /// The key that OLake stops without, and what it says then.
    pub(crate) fn needs(self) -> Option<(&'static str, &'static str)> {
        match self {
            Protocol::Rest => Some((URL, "rest_catalog_url is required when using REST catalog")),
            Protocol::Jdbc => Some((JDBC_URL, "jdbc_url is required when using JDBC catalog")),
            Protocol::Hive => Some((HIVE_URL, "hive_uri is required when using Hive catalog")),
            Protocol::Glue => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_the_row_at_its_place() {
        for kind in Kind::ALL {
            assert_eq!(kind.row().kind, Some(kind));
            assert!(!kind.auth_modes().is_empty(), "{kind}");
        }
        let others = &CATALOG_TYPES[Kind::ALL.len()..];
        assert!(others.iter().all(|row| row.kind.is_none()));
    }
}
