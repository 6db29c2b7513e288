//! Views and their versions.

use serde::{Deserialize, Serialize};

use crate::{format::Moment, sql::Sql};

/// A view at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewOverview {
    /// Stays when the view is renamed.
    pub uuid: Option<String>,
    /// 1, so far.
    pub format_version: Option<i64>,
    /// URI below which its metadata lies.
    pub location: Option<String>,
    /// URI of the metadata file.
    pub metadata_location: Option<String>,
    /// The version that readers see.
    pub current: Option<VersionRow>,
    /// Those that are kept.
    pub versions: usize,
    /// Every schema it has had.
    pub schemas: usize,
    /// Of the current version's schema, at the top level. `None` where the metadata does not hold it.
    pub columns: Option<usize>,
    /// What is odd about it, or missing in its metadata: sentences.
    pub notes: Vec<String>,
    /// How many it has.
    pub properties: usize,
}

/// A version of a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionRow {
    /// Unique in the view.
    pub id: String,
    /// Readers see it.
    pub current: bool,
    /// When it was made.
    pub at: Option<Moment>,
    /// What its writer did, where it says so.
    pub operation: Option<String>,
    /// What wrote it: `spark 3.5`.
    pub engine: Option<String>,
    /// The id of the schema of its result.
    pub schema: Option<String>,
    /// SQL dialects that it is written in.
    pub dialects: Vec<String>,
    /// Where unqualified names are looked up.
    pub default_catalog: Option<String>,
    /// Likewise, in that catalog: levels, outermost first.
    pub default_namespace: Vec<String>,
}

/// One version with its texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewSql {
    /// Which one.
    pub version: VersionRow,
    /// One for each dialect.
    pub texts: Vec<Sql>,
}

mod comparison;
mod from_wire;
mod text;
pub use comparison::{TextComparison, VersionComparison};
pub use from_wire::versions;
pub use text::{ViewText, lines_of};
