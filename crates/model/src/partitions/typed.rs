use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    evolve::fields,
    lines::{order_lines, spec_lines},
};
use crate::{
    schema::{columns, lines::Column},
    written::Written,
};

/// The partition spec and the sort order of a table as lines to type in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutLines {
    /// As [`super::lines::partitions`] reads them.
    pub partitions: String,
    /// As [`super::lines::sorts`] reads them.
    pub sorts: String,
    /// The id of that spec; empty where format 1 has none.
    pub spec: String,
    /// The id of that order; empty where there is none.
    pub order: String,
}

impl LayoutLines {
    /// What writers use, to be typed in.
    ///
    /// # Errors
    /// Why it cannot be; a sentence.
    pub fn new(written: &Written) -> Result<Self, String> {
        let spec = written
            .current_spec()
            .ok_or("The metadata names no partition spec that writers use.")?;
        let order = written.current_order();
        let id = |of: Option<&Value>, key: &str| {
            let id = of.and_then(|of| of[key].as_i64());
            id.map(|id| id.to_string()).unwrap_or_default()
        };
        Ok(Self {
            partitions: text(written, fields(spec), spec_lines)?,
            sorts: text(written, order.map_or(&[], fields), order_lines)?,
            spec: id(Some(spec), "spec-id"),
            order: id(order, "order-id"),
        })
    }
}

type Lines = fn(&[Value], &[Column]) -> Result<String, String>;

fn text(written: &Written, of: &[Value], lines: Lines) -> Result<String, String> {
    let schema = written
        .current_schema()
        .ok_or("The metadata names no schema that writers use.")?;
    let cannot = |why: String| format!("It cannot be edited here: {why}");
    let columns = columns(schema).map_err(|wrong| cannot(wrong.why))?;
    lines(of, &columns).map_err(cannot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_writers_use_is_typed_in_lines() {
        let metadata = r#"{"format-version": 2, "current-schema-id": 0, "schemas": [
            {"schema-id": 0, "fields": [{"id": 1, "name": "at", "required": false, "type": "date"}]}],
            "default-spec-id": 2, "partition-specs": [
                {"spec-id": 2, "fields": [{"source-id": 1, "field-id": 1000, "name": "d", "transform": "day"}]}],
            "default-sort-order-id": 1, "sort-orders": [{"order-id": 1, "fields": [
                {"source-id": 1, "transform": "identity", "direction": "desc", "null-order": "nulls-last"}]}]}"#;
        let lines = |metadata: &str| LayoutLines::new(&Written::new(metadata).unwrap());
        let told = lines(metadata).unwrap();
        assert_eq!((&*told.partitions, &*told.spec), ("day(at) as d\n", "2"));
        assert_eq!((&*told.sorts, &*told.order), ("at desc nulls last\n", "1"));
        let odd = metadata.replace("\"day\"", "\"zorder\"");
        assert!(lines(&odd).unwrap_err().contains("cannot be edited here"));
    }
}
