//! The dialects of the Iceberg REST API, and what about them `GET /v1/config` does not tell.

mod detect;
mod names;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::operation::Operation as Op;

pub use detect::{detect, from_url};

/// Whose reading of the specification a server follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// None that is known: the specification is taken at its word.
    Generic,
    /// Lakekeeper.
    Lakekeeper,
    /// Project Nessie.
    Nessie,
    /// Amazon S3 Tables, and what speaks as it does.
    S3Tables,
    /// Unity Catalog, of Databricks or open source.
    Unity,
    /// Apache Polaris.
    Polaris,
}

/// Whether a table's files go with it when it is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purge {
    /// As `purgeRequested` says.
    Asked,
    /// They do, and the server wants to be asked for it.
    Always,
    /// They stay, whatever it is asked.
    Never,
}

/// Whether a server says of what an identity may not see that it does not exist, and leaves it out of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hides {
    /// It refuses it.
    Never,
    /// Where its rules are on, which they may be where somebody signs in.
    ByRules,
    /// It does, or may: nobody knows of every server.
    Always,
}

impl Hides {
    /// Whether it may from somebody who signs in, or from who does not.
    pub fn from(self, signs_in: bool) -> bool {
        match self {
            Self::Never => false,
            Self::ByRules => signs_in,
            Self::Always => true,
        }
    }
}

/// One row of the table of differences. Sources: each project's code and documentation, and recorded answers.
#[derive(Debug)]
pub struct Profile {
    /// In configuration files and addresses.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// Has namespaces in namespaces. Where not, `?parent=` is never sent: S3 Tables answers 400, Unity nothing.
    pub nested: bool,
    /// Vends storage keys on a plain load unless told not to.
    pub opts_out_of_credentials: bool,
    /// Items asked for per page.
    pub page_size: u32,
    /// `HEAD` can be trusted to answer.
    pub head: bool,
    /// A table shows its current snapshot only; history lives elsewhere.
    pub single_snapshot: bool,
    /// `GET /v1/config` fails without `?warehouse=`.
    pub needs_warehouse: bool,
    /// Looks names up in any case, and echoes the case of the request.
    pub ignores_case: bool,
    /// What becomes of what an identity may not see.
    pub hides: Hides,
    /// What dropping a table does to its files.
    pub purge: Purge,
    /// Chooses itself where a table goes, and takes no location.
    pub chooses_location: bool,
    /// Takes schemas with identifier fields.
    pub identifier_fields: bool,
    /// Registers a table in the place of another one.
    pub registers_over: bool,
    /// Of commits to several tables in one call it makes all or none.
    pub commits_together: bool,
    /// Drops a namespace with all that it holds, and what is protected, where it is asked to.
    pub drops_recursively: bool,
    /// Works when the server sends no `endpoints`.
    pub assumed: &'static [Op],
    /// Works although `endpoints` does not list it.
    pub unlisted: &'static [Op],
    /// Does not work whatever `endpoints` says.
    pub never: &'static [(Op, &'static str)],
    /// Where tokens come from unless configured, relative to the catalog's address.
    pub token_path: Option<&'static str>,
}

/// What the specification lets a client assume of a server that sends no `endpoints`.
const SPEC_DEFAULT: &[Op] = &[
    Op::GetConfig,
    Op::ListNamespaces,
    Op::CreateNamespace,
    Op::LoadNamespace,
    Op::DropNamespace,
    Op::UpdateNamespaceProperties,
    Op::ListTables,
    Op::CreateTable,
    Op::LoadTable,
    Op::CommitTable,
    Op::DropTable,
    Op::RegisterTable,
    Op::ReportMetrics,
    Op::RenameTable,
    Op::CommitTransaction,
];

const NESSIE: &[Op] = &[
    Op::GetConfig,
    Op::ListNamespaces,
    Op::CreateNamespace,
    Op::LoadNamespace,
    Op::NamespaceExists,
    Op::DropNamespace,
    Op::UpdateNamespaceProperties,
    Op::ListTables,
    Op::CreateTable,
    Op::LoadTable,
    Op::TableExists,
    Op::CommitTable,
    Op::DropTable,
    Op::RegisterTable,
    Op::ReportMetrics,
    Op::RenameTable,
    Op::CommitTransaction,
    Op::ListViews,
    Op::CreateView,
    Op::LoadView,
    Op::ViewExists,
    Op::ReplaceView,
    Op::DropView,
    Op::RenameView,
];

const S3_TABLES: &[Op] = &[
    Op::GetConfig,
    Op::ListNamespaces,
    Op::CreateNamespace,
    Op::LoadNamespace,
    Op::NamespaceExists,
    Op::DropNamespace,
    Op::ListTables,
    Op::CreateTable,
    Op::LoadTable,
    Op::TableExists,
    Op::CommitTable,
    Op::DropTable,
    Op::RenameTable,
];

const UNITY: &[Op] = &[
    Op::GetConfig,
    Op::ListNamespaces,
    Op::LoadNamespace,
    Op::ListTables,
    Op::LoadTable,
    Op::TableExists,
    Op::ReportMetrics,
];

const NO_VIEWS_UNITY: &str = "Unity Catalog has no Iceberg views";
const NO_PROPERTIES_UNITY: &str =
    "Unity Catalog does not change the properties of namespaces over Iceberg REST";

const GENERIC: Profile = Profile {
    name: "generic",
    title: "Iceberg REST",
    nested: true,
    opts_out_of_credentials: false,
    page_size: 1000,
    head: true,
    single_snapshot: false,
    needs_warehouse: false,
    ignores_case: false,
    hides: Hides::Always,
    purge: Purge::Asked,
    chooses_location: false,
    identifier_fields: true,
    registers_over: false,
    commits_together: false,
    drops_recursively: false,
    assumed: SPEC_DEFAULT,
    unlisted: &[Op::GetConfig],
    never: &[],
    token_path: Some("/v1/oauth/tokens"),
};

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 6] = [
        Self::Generic,
        Self::Lakekeeper,
        Self::Nessie,
        Self::S3Tables,
        Self::Unity,
        Self::Polaris,
    ];

    /// Its row of the table of differences.
    pub const fn profile(self) -> &'static Profile {
        match self {
            Self::Generic => &GENERIC,
            Self::Lakekeeper => &Profile {
                name: "lakekeeper",
                title: "Lakekeeper",
                registers_over: true,
                commits_together: true,
                drops_recursively: true,
                opts_out_of_credentials: true,
                needs_warehouse: true,
                ignores_case: true,
                token_path: None,
                ..GENERIC
            },
            Self::Nessie => &Profile {
                name: "nessie",
                title: "Nessie",
                opts_out_of_credentials: true,
                page_size: 500,
                single_snapshot: true,
                hides: Hides::ByRules,
                purge: Purge::Never,
                commits_together: true,
                assumed: NESSIE,
                token_path: None,
                ..GENERIC
            },
            Self::S3Tables => &Profile {
                name: "s3-tables",
                title: "Amazon S3 Tables",
                nested: false,
                needs_warehouse: true,
                hides: Hides::Never,
                purge: Purge::Always,
                chooses_location: true,
                assumed: S3_TABLES,
                token_path: None,
                ..GENERIC
            },
            Self::Unity => {
                &Profile {
                    name: "unity",
                    title: "Unity Catalog",
                    nested: false,
                    // Up to 0.5.1 a HEAD never answers.
                    head: false,
                    needs_warehouse: true,
                    chooses_location: true,
                    identifier_fields: false,
                    assumed: UNITY,
                    unlisted: &[Op::GetConfig, Op::NamespaceExists],
                    never: &[
                        (Op::ListViews, NO_VIEWS_UNITY),
                        (Op::LoadView, NO_VIEWS_UNITY),
                        (Op::ViewExists, NO_VIEWS_UNITY),
                        (Op::DropView, NO_VIEWS_UNITY),
                        (Op::RenameView, NO_VIEWS_UNITY),
                        (Op::UpdateNamespaceProperties, NO_PROPERTIES_UNITY),
                    ],
                    token_path: None,
                    ..GENERIC
                }
            }
            Self::Polaris => &Profile {
                name: "polaris",
                title: "Apache Polaris",
                registers_over: true,
                commits_together: true,
                needs_warehouse: true,
                hides: Hides::Never,
                unlisted: &[Op::GetConfig, Op::LoadCredentials],
                ..GENERIC
            },
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.profile().name)
    }
}

/// A name that is no dialect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no kind of catalog: use generic, lakekeeper, nessie, s3-tables, unity or polaris"
)]
pub struct UnknownDialect(String);

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        Self::ALL
            .into_iter()
            .find(|dialect| dialect.profile().name == name)
            .ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}
