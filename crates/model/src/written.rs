//! A table's metadata, and of it what is edited as it is written: what nobody here knows of it survives.

use iceberg_rest::{Id, types::metadata::TableMetadata};
use serde::Deserialize;
use serde_json::{Value, json};

/// Schemas, partition specs and sort orders as the metadata has them.
pub struct Written {
    /// As it is understood.
    pub metadata: TableMetadata,
    schemas: Vec<Value>,
    /// Every partition spec.
    pub specs: Vec<Value>,
    /// Every sort order.
    pub orders: Vec<Value>,
}

impl Written {
    /// Of JSON.
    ///
    /// # Errors
    /// What of the text is no metadata.
    pub fn new(metadata: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Wire {
            schemas: Option<Vec<Value>>,
            schema: Option<Value>,
            partition_specs: Option<Vec<Value>>,
            partition_spec: Option<Value>,
            sort_orders: Option<Vec<Value>>,
        }
        let wire: Wire = serde_json::from_str(metadata)?;
        let some = |all: Option<Vec<Value>>| all.filter(|all| !all.is_empty());
        // Format 1 may have one alone.
        let spec = wire.partition_spec;
        let spec = spec.map(|fields| json!({"spec-id": 0, "fields": fields}));
        Ok(Self {
            metadata: serde_json::from_str(metadata)?,
            schemas: some(wire.schemas).unwrap_or_else(|| wire.schema.into_iter().collect()),
            specs: some(wire.partition_specs).unwrap_or_else(|| spec.into_iter().collect()),
            orders: wire.sort_orders.unwrap_or_default(),
        })
    }

    /// A schema by its id.
    pub fn schema(&self, id: &Id) -> Option<&Value> {
        find(&self.schemas, "schema-id", id)
    }

    /// The schema that writers use.
    pub fn current_schema(&self) -> Option<&Value> {
        named(
            &self.schemas,
            "schema-id",
            self.metadata.current_schema_id.as_ref(),
        )
    }

    /// The highest id of a schema.
    pub fn last_schema_id(&self) -> i64 {
        let ids = self
            .schemas
            .iter()
            .filter_map(|one| one["schema-id"].as_i64());
        ids.max().unwrap_or_default()
    }

    /// A partition spec by its id.
    pub fn spec(&self, id: &Id) -> Option<&Value> {
        find(&self.specs, "spec-id", id)
    }

    /// The partition spec that writers use.
    pub fn current_spec(&self) -> Option<&Value> {
        named(
            &self.specs,
            "spec-id",
            self.metadata.default_spec_id.as_ref(),
        )
    }

    /// A sort order by its id.
    pub fn order(&self, id: &Id) -> Option<&Value> {
        find(&self.orders, "order-id", id)
    }

    /// The sort order that writers use.
    pub fn current_order(&self) -> Option<&Value> {
        self.order(self.metadata.default_sort_order_id.as_ref()?)
    }
}

fn find<'a>(all: &'a [Value], key: &str, id: &Id) -> Option<&'a Value> {
    let id = id.exact()?;
    all.iter().find(|one| one[key].as_i64() == Some(id))
}

/// By its id; without one (format 1) the only one.
fn named<'a>(all: &'a [Value], key: &str, id: Option<&Id>) -> Option<&'a Value> {
    match (id, all) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(id), all) => find(all, key, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_writers_use_is_found_as_it_is_written() {
        let metadata = r#"{"format-version": 2, "current-schema-id": 1, "schemas": [
            {"schema-id": 1, "fields": [{"id": 1, "name": "a", "required": true, "type": "int", "x-owner": "me"}]},
            {"schema-id": 0, "fields": []}],
            "default-spec-id": 2, "partition-specs": [{"spec-id": 2, "x": 1, "fields": []}],
            "default-sort-order-id": 0, "sort-orders": [{"order-id": 0, "fields": []}]}"#;
        let written = Written::new(metadata).unwrap();
        assert_eq!(
            written.current_schema().unwrap()["fields"][0]["x-owner"],
            "me"
        );
        assert_eq!(written.last_schema_id(), 1);
        assert_eq!(written.current_spec().unwrap()["x"], 1);
        assert!(written.current_order().is_some());
        let lost = metadata.replace("\"current-schema-id\": 1", "\"current-schema-id\": 7");
        assert_eq!(Written::new(&lost).unwrap().current_schema(), None);
    }

    #[test]
    fn format_1_may_have_one_of_each() {
        let first = r#"{"format-version": 1, "schema": {"type": "struct", "fields": [{"id": 1, "name": "a", "required": false, "type": "int"}]},
            "partition-spec": [{"source-id": 1, "name": "a", "transform": "identity"}]}"#;
        let written = Written::new(first).unwrap();
        assert_eq!(written.current_schema().unwrap()["fields"][0]["name"], "a");
        assert_eq!(
            written.current_spec().unwrap()["fields"][0]["transform"],
            "identity"
        );
        assert_eq!(written.current_order(), None);
    }
}
