use serde::{Deserialize, Serialize};

use crate::{format::Moment, sql::Sql};

/// A view at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewOverview {
    pub uuid: Option<String>,
    pub format_version: Option<i64>,
    pub location: Option<String>,
    pub metadata_location: Option<String>,
    pub current: Option<VersionRow>,
    pub versions: usize,
    pub schemas: usize,
    pub columns: usize,
    pub properties: usize,
}

/// A version of a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionRow {
    pub id: String,
    pub current: bool,
    pub at: Option<Moment>,
    pub operation: Option<String>,
    pub engine: Option<String>,
    pub schema: Option<String>,
    /// SQL dialects that it is written in.
    pub dialects: Vec<String>,
    /// Where unqualified names are looked up.
    pub default_catalog: Option<String>,
    pub default_namespace: Vec<String>,
}

/// One version with its texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewSql {
    pub version: VersionRow,
    pub texts: Vec<Sql>,
}

mod from_wire;
pub use from_wire::versions;
