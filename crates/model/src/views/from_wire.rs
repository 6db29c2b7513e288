use iceberg_rest::types::{LoadViewResult, ViewMetadata, ViewVersion};

use super::{VersionRow, ViewOverview, ViewSql};
use crate::{
    format::Moment,
    oddities::{doubled, missing},
    shown::plain,
    sql::Sql,
    window::Window,
};

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
                .map(|schema| schema.fields.len()),
            notes: notes(metadata),
            properties: metadata.properties.len(),
        }
    }
}

/// The only format that there is.
const NEWEST: i64 = 1;

fn notes(metadata: &ViewMetadata) -> Vec<String> {
    let newer = metadata.format_version.filter(|version| *version > NEWEST);
    let newer = newer.map(|version| {
        format!("The view has format version {version}, which is newer than {NEWEST}, the newest that is known here. What is known of it is shown.")
    });
    let schema = metadata.current_version().and_then(|version| {
        missing(
            "schema",
            metadata.schemas.len(),
            metadata.schema_of(version).is_some(),
            &version.schema_id,
        )
    });
    let version = metadata
        .current_version()
        .is_none()
        .then(|| without_current(metadata));
    let versions = doubled(
        "versions",
        metadata.versions.iter().map(|it| &it.version_id),
    );
    let schemas = metadata.schemas.iter();
    let schemas = doubled("schemas", schemas.filter_map(|it| it.schema_id.as_ref()));
    [version, newer, schema, versions, schemas]
        .into_iter()
        .flatten()
        .collect()
}

/// Why a view has no text to show.
fn without_current(metadata: &ViewMetadata) -> String {
    match &metadata.current_version_id {
        None => {
            "The metadata names no current version, so the view has no text to show.".to_owned()
        }
        Some(id) => format!(
            "The current version is {id}, which is not in the metadata, so there is no text to show. Its versions are those that are."
        ),
    }
}

impl ViewSql {
    /// The version called `wanted`; without that, the current one. Or why there is none.
    pub fn new(metadata: &ViewMetadata, wanted: &str) -> Result<Self, String> {
        let version = match wanted {
            "" => metadata
                .current_version()
                .ok_or_else(|| without_current(metadata))?,
            _ => metadata
                .versions
                .iter()
                .find(|version| version.version_id.to_string() == wanted)
                .ok_or_else(|| format!("The metadata holds no version {wanted}."))?,
        };
        Ok(Self {
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
        assert_eq!(sql("1"), Ok(("1".to_owned(), 0)));
        assert_eq!(sql(""), Ok(("2".to_owned(), 2)));
        assert!(sql("77").is_err_and(|why| why.contains("no version 77")));
        let why = ViewSql::new(&ViewMetadata::default(), "").unwrap_err();
        assert!(why.contains("names no current version"), "{why}");
    }

    #[test]
    fn a_current_version_or_schema_that_is_not_there_is_said() {
        let mut view = metadata();
        view.current_version_id = Some(1234.into());
        let why = ViewSql::new(&view, "").unwrap_err();
        assert!(why.contains("1234"), "{why}");
        let of = |metadata| {
            ViewOverview::from(&LoadViewResult {
                metadata_location: None,
                metadata,
                oddities: Vec::new(),
            })
        };
        let overview = of(view);
        assert_eq!((overview.columns, overview.notes.len()), (None, 1));
        assert!(overview.notes[0].contains("1234"), "{:?}", overview.notes);

        let mut view = metadata();
        view.versions = vec![view.versions[0].clone(), view.versions[0].clone()];
        let notes = of(view).notes.join(" ");
        assert!(notes.contains("several versions of the id"), "{notes}");

        let mut view = metadata();
        view.schemas.clear();
        view.format_version = Some(2);
        view.versions[1].schema_id = Some(5.into());
        let overview = of(view);
        assert_eq!(overview.columns, None);
        let notes = overview.notes.join(" ");
        assert!(
            notes.contains("schema 5") && notes.contains("format version 2"),
            "{notes}"
        );
    }
}
