use iceberg_rest::types::{LoadViewResult, ViewMetadata, ViewVersion};

use super::{VersionRow, ViewOverview, ViewSql};
use crate::{format::Moment, shown::plain, sql::Sql, window::Window};

const VERSIONS: usize = 200;

impl From<&LoadViewResult> for ViewOverview {
    fn from(view: &LoadViewResult) -> Self {
        let metadata = &view.metadata;
        let current = metadata.current_version();
        Self {
            uuid: metadata.view_uuid.clone(),
            format_version: metadata.format_version,
            location: metadata.location.as_deref().map(plain),
            metadata_location: view.metadata_location.as_deref().map(plain),
            current: current.map(|version| row(metadata, version)),
            versions: metadata.versions.len(),
            schemas: metadata.schemas.len(),
            columns: current
                .and_then(|version| metadata.schema_of(version))
                .map_or(0, |schema| schema.fields.len()),
            properties: metadata.properties.len(),
        }
    }
}

impl ViewSql {
    /// The version called `wanted`, else the current one.
    pub fn new(metadata: &ViewMetadata, wanted: &str) -> Option<Self> {
        let version = metadata
            .versions
            .iter()
            .find(|version| !wanted.is_empty() && version.version_id.to_string() == wanted)
            .or(metadata.current_version())?;
        Some(Self {
            version: row(metadata, version),
            texts: version.representations.iter().map(Sql::from).collect(),
        })
    }
}

/// Newest first.
pub fn versions(metadata: &ViewMetadata, page: usize) -> Window<VersionRow> {
    let total = metadata.versions.len();
    Window::new(total, page, VERSIONS, |index| {
        row(metadata, &metadata.versions[total - 1 - index])
    })
}

/// Writers put their name and version into the summary under keys of their own.
fn engine(version: &ViewVersion) -> Option<String> {
    let name = version.summary.get("engine-name")?;
    Some(plain(&match version.summary.get("engine-version") {
        Some(version) => format!("{name} {version}"),
        None => name.to_owned(),
    }))
}

fn row(metadata: &ViewMetadata, version: &ViewVersion) -> VersionRow {
    VersionRow {
        id: version.version_id.to_string(),
        current: metadata.current_version_id.as_ref() == Some(&version.version_id),
        at: version.timestamp_ms.map(Moment::from_ms),
        operation: version.summary.get("operation").map(plain),
        engine: engine(version),
        schema: version.schema_id.as_ref().map(ToString::to_string),
        dialects: version
            .representations
            .iter()
            .filter_map(|text| text.dialect.clone())
            .collect(),
        default_catalog: version.default_catalog.clone(),
        default_namespace: version.default_namespace.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> ViewMetadata {
        serde_json::from_str(
            r#"{
                "view-uuid": "u", "format-version": 1, "location": "s3://b/v", "current-version-id": 2,
                "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "n", "type": "long"}]}],
                "versions": [
                    {"version-id": 2, "schema-id": 0, "timestamp-ms": 1700000000000, "default-namespace": ["a", "b.c"],
                     "summary": {"engine-name": "spark", "engine-version": "4.0"},
                     "representations": [{"type": "sql", "sql": "select 1", "dialect": "spark"},
                                         {"type": "sql", "sql": "select 1 from dual", "dialect": "trino"}]},
                    {"version-id": 1, "schema-id": 0}
                ]
            }"#,
        )
        .unwrap()
    }

    #[test]
    fn the_newest_version_comes_first() {
        let versions = versions(&metadata(), 1);
        let ids: Vec<_> = versions
            .rows
            .iter()
            .map(|row| (row.id.as_str(), row.current))
            .collect();
        assert_eq!(ids, [("2", true), ("1", false)]);
        assert_eq!(versions.rows[0].engine.as_deref(), Some("spark 4.0"));
        assert_eq!(versions.rows[0].dialects, ["spark", "trino"]);
        assert_eq!(versions.rows[0].default_namespace, ["a", "b.c"]);
    }

    #[test]
    fn a_version_is_chosen_by_its_id() {
        let sql =
            |wanted| ViewSql::new(&metadata(), wanted).map(|sql| (sql.version.id, sql.texts.len()));
        assert_eq!(sql("1"), Some(("1".to_owned(), 0)));
        assert_eq!(sql("nope"), Some(("2".to_owned(), 2)));
        assert!(ViewSql::new(&ViewMetadata::default(), "").is_none());
    }
}
