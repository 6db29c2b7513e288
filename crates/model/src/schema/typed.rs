use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lines::{Column, Kind, Wrong, from_json, print};
use crate::{shown::plain, written::Written};

/// The current schema of a table as lines to type in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaLines {
    /// As [`super::lines::parse`] reads them.
    pub lines: String,
    /// The id of that schema; empty where format 1 has none.
    pub schema: String,
}

impl SchemaLines {
    /// The current schema, to be typed in.
    ///
    /// # Errors
    /// Why it cannot be; a sentence.
    pub fn new(written: &Written) -> Result<Self, String> {
        let current = written
            .current_schema()
            .ok_or("The metadata names no schema that writers use.")?;
        let columns = columns(current)
            .map_err(|wrong| format!("This schema cannot be edited here: {}", wrong.why))?;
        let id = current["schema-id"].as_i64();
        Ok(Self {
            lines: print(&columns),
            schema: id.map(|id| id.to_string()).unwrap_or_default(),
        })
    }
}

/// The columns of a schema as people see them: comments and defaults without what is secret in them, or looks so.
///
/// # Errors
/// What lines cannot say.
pub(crate) fn columns(schema: &Value) -> Result<Vec<Column>, Wrong> {
    let mut columns = from_json(schema)?;
    columns.iter_mut().for_each(shown);
    Ok(columns)
}

/// Their lines as people see them.
pub fn shown_lines(columns: &[Column]) -> String {
    let mut columns = columns.to_vec();
    columns.iter_mut().for_each(shown);
    print(&columns)
}

fn shown(column: &mut Column) {
    column.doc = column.doc.as_deref().map(plain);
    if let Some(Value::String(text)) = &mut column.default {
        *text = plain(text);
    }
    shown_in(&mut column.kind);
}

fn shown_in(kind: &mut Kind) {
    match kind {
        Kind::Primitive(_) => {}
        Kind::Struct(members) => members.iter_mut().for_each(shown),
        Kind::List(element) => shown_in(&mut element.kind),
        Kind::Map(key, value) => {
            shown_in(&mut key.kind);
            shown_in(&mut value.kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_schema_is_typed_in_lines() {
        let lines = |metadata: &str| SchemaLines::new(&Written::new(metadata).unwrap());
        let metadata = r#"{"format-version": 2, "current-schema-id": 1, "schemas": [
            {"schema-id": 1, "fields": [{"id": 1, "name": "a", "required": true, "type": "int"}]},
            {"schema-id": 0, "fields": []}]}"#;
        let told = lines(metadata).unwrap();
        assert_eq!((&*told.lines, &*told.schema), ("1: a int not null\n", "1"));
        let lost = metadata.replace("\"current-schema-id\": 1", "\"current-schema-id\": 7");
        assert!(lines(&lost).unwrap_err().contains("names no schema"));
        let odd = metadata.replace("\"int\"", "\"interval\"");
        assert!(lines(&odd).unwrap_err().contains("cannot be edited here"));
    }
}
