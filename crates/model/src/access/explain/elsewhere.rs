//! A refusal of a server whose grants nobody here can read.

use iceberg_rest::Dialect;

use crate::{
    error::{AppError, Kind},
    paths::{OBJECT_KEYS, Place, Query},
};

/// What can be told of a refusal where the server is no Polaris: whom its rights are kept by, and what was said, in
/// parts. `missing` is why its grants cannot be read.
pub fn elsewhere(place: &Place, dialect: Dialect, missing: &str, query: &Query) -> AppError {
    let keys = ["message", "principal", "operation", "privilege"];
    let keys = keys.into_iter().chain(OBJECT_KEYS);
    let parts = keys.flat_map(|key| query.all(key).map(move |value| format!("{key}: {value}")));
    let parts: Vec<String> = parts.collect();
    let parts = (!parts.is_empty()).then(|| parts.join("\n"));
    AppError::new(
        Kind::Unsupported,
        format!("{missing} Which right was missing is for that server to say: its answer is under Details on the page of the refusal, with the request’s id where it sent one."),
    )
    .hint(decides(dialect))
    .detail(parts)
    .link("What this identity may do", place.connection_path())
}

/// Who decides there, and where to look.
fn decides(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Lakekeeper => {
            "Lakekeeper asks its authoriser (OpenFGA, or OPA): look at the permissions of the project, the warehouse and the namespace in Lakekeeper’s own console. The connection’s page lists what it lets this identity do with the warehouse."
        }
        Dialect::Nessie => {
            "Nessie goes by rules in its own settings (nessie.server.authorization.rules): look there for the role, the reference and the path. The connection’s page lists what works."
        }
        Dialect::Unity => {
            "Unity Catalog goes by its grants: this takes USE CATALOG, USE SCHEMA and the privilege on the object, and from outside of Databricks EXTERNAL USE SCHEMA. SHOW GRANTS lists them there. The connection’s page lists what works."
        }
        Dialect::S3Tables => {
            "AWS goes by the IAM policies of the identity, the policy of the table bucket, and Lake Formation: the answer names the action and the resource. The connection’s page lists what works."
        }
        Dialect::Generic | Dialect::Polaris => {
            "Give whoever runs the catalog the answer and the request’s id: its log says which right was missing. The connection’s page lists what works."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_told_in_parts_and_leads_on() {
        let place = Place::connection("lake");
        let query = Query::parse("message=No+%3Cb%3E&principal=ann&ns=a&ns=b&t=orders&x=1");
        for dialect in [
            Dialect::Lakekeeper,
            Dialect::Nessie,
            Dialect::Unity,
            Dialect::S3Tables,
            Dialect::Generic,
        ] {
            let error = elsewhere(
                &place,
                dialect,
                "The connection lake is no Polaris.",
                &query,
            );
            let detail = error.detail.as_deref().unwrap_or_default();
            assert_eq!(
                detail,
                "message: No <b>\nprincipal: ann\nns: a\nns: b\nt: orders"
            );
            assert!(error.hint.is_some_and(|hint| hint.ends_with('.')));
            assert_eq!(error.link.map(|link| link.href), Some("/c/lake".to_owned()));
        }
        let nothing = elsewhere(&place, Dialect::Generic, "No.", &Query::default());
        assert_eq!(nothing.detail, None);
    }
}
