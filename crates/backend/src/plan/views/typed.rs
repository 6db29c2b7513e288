use iceberg_rest::types::Representation;
use model::{
    error::AppError,
    form::{AT, LEVELS, SQL, SQL_DIALECT},
    paths::Query,
};
use serde_json::{Value, json};

use super::said::is_of;
use crate::{forms::refused, plan::now_ms};

const KIND: &str = "sql";

/// A version as metadata has it.
pub fn version(
    id: i64,
    schema_id: Value,
    texts: &[Representation],
    namespace: &[String],
    at: i64,
) -> Value {
    let text =
        |text: &Representation| json!({"type": KIND, "sql": text.sql, "dialect": text.dialect});
    json!({
        "version-id": id,
        "timestamp-ms": at,
        "schema-id": schema_id,
        "summary": {"engine-name": "crowsnest", "engine-version": env!("CARGO_PKG_VERSION")},
        "representations": texts.iter().map(text).collect::<Vec<_>>(),
        "default-namespace": namespace,
    })
}

/// When the preview was made, and after the last version.
pub fn moment(fields: &Query, last: i64) -> i64 {
    let at = fields.text(AT.name).parse().unwrap_or(0);
    now_ms().min(at).max(last.saturating_add(1))
}

/// One for each dialect.
pub fn typed_texts(fields: &Query) -> Result<Vec<Representation>, AppError> {
    let (dialects, texts) = (fields.all(SQL_DIALECT.name), fields.all(SQL.name));
    let mut typed: Vec<Representation> = Vec::new();
    for (dialect, sql) in dialects.zip(texts) {
        let dialect = dialect.trim();
        match (dialect, sql.trim()) {
            ("", "") => continue,
            ("", _) => return Err(refused("A text has no dialect.").at(&SQL_DIALECT)),
            (_, "") => return Err(refused(format!("There is no SQL for {dialect}.")).at(&SQL)),
            _ if typed.iter().any(|text| is_of(text, dialect)) => {
                return Err(refused(format!("There are two texts for {dialect}.")).at(&SQL_DIALECT));
            }
            _ => typed.push(Representation {
                kind: KIND.to_owned(),
                sql: Some(sql.replace("\r\n", "\n")),
                dialect: Some(dialect.to_owned()),
            }),
        }
    }
    match typed.is_empty() {
        true => Err(refused("A view needs a text in one dialect at least.").at(&SQL)),
        false => Ok(typed),
    }
}

/// Where unqualified names are looked up.
pub fn levels(fields: &Query) -> Vec<String> {
    let levels = fields.text(LEVELS.name);
    let levels = levels
        .lines()
        .map(str::trim)
        .filter(|level| !level.is_empty());
    levels.map(str::to_owned).collect()
}
