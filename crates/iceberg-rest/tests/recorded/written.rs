//! What was decoded, written back as the JSON that it was read from.

use std::collections::BTreeMap;

use iceberg_rest::{
    Id,
    decode::Answer,
    types::{
        CatalogConfig, Strings, ViewMetadata, ViewVersion,
        metadata::{Blob, Field, Schema, Snapshot, Statistics, TableMetadata, Type},
    },
};
use serde_json::{Map, Value, json};

/// Lists that are kept in an order of their own, and what orders them.
const ORDERED: [(&str, &str); 10] = [
    ("schemas", "schema-id"),
    ("partition-specs", "spec-id"),
    ("sort-orders", "order-id"),
    ("snapshots", "sequence-number"),
    ("snapshot-log", "timestamp-ms"),
    ("metadata-log", "timestamp-ms"),
    ("statistics", "snapshot-id"),
    ("partition-statistics", "snapshot-id"),
    ("versions", "version-id"),
    ("version-log", "timestamp-ms"),
];

/// Keys of storage and of encryption, what format 1 repeats beside its lists, and what vendors add.
const NOT_KEPT: [&str; 13] = [
    "config",
    "storage-credentials",
    "encrypted-key-metadata",
    "schema",
    "partition-spec",
    "admin_discovery",
    "commit-id",
    "generation",
    "version-token",
    "namespace-uuid",
    "namespace-uuids",
    "table-uuids",
    "protection-status",
];

/// What of a body is kept, in the order in which it is kept.
pub fn kept(mut body: Value) -> Value {
    if let Some(metadata) = body.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.retain(|key, value| key != "current-snapshot-id" || *value != -1);
        for (list, key) in ORDERED {
            if let Some(items) = metadata.get_mut(list).and_then(Value::as_array_mut) {
                items.sort_by_key(|item| item[key].as_i64());
            }
        }
    }
    plain(&body)
}

/// Numbers as text, as ids are; without what is null or empty, which counts as missing.
fn plain(value: &Value) -> Value {
    let says_something = |value: &Value| match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => !items.is_empty(),
        other => !other.is_null(),
    };
    match value {
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .filter(|(key, _)| !NOT_KEPT.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), plain(value)));
            Value::Object(fields.filter(|(_, value)| says_something(value)).collect())
        }
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Number(number) => json!(number.to_string()),
        other => other.clone(),
    }
}

/// What was read of a body.
pub fn answer(answer: &Answer) -> Value {
    let loaded = |location: Option<&String>, metadata: Value| json!({"metadata-location": location, "metadata": metadata});
    let page = |key: &str, items: Value, next: &Option<String>| json!({key: items, "next-page-token": next});
    plain(&match answer {
        Answer::Config(config) => self::config(config),
        Answer::Namespaces(all) => page("namespaces", json!(all.items), &all.next),
        Answer::Tables(all) => page("identifiers", json!(all.items), &all.next),
        Answer::Views(all) => page("identifiers", json!(all.items), &all.next),
        Answer::Namespace(one) => {
            json!({"namespace": one.namespace, "properties": one.properties})
        }
        Answer::UpdatedProperties(keys) => {
            json!({"updated": keys.updated, "removed": keys.removed, "missing": keys.missing})
        }
        Answer::Table(one) => loaded(one.metadata_location.as_ref(), table(&one.metadata)),
        Answer::Committed(one) => loaded(Some(&one.metadata_location), table(&one.metadata)),
        Answer::View(one) => loaded(one.metadata_location.as_ref(), view(&one.metadata)),
        Answer::Keys(keys) => json!(keys),
        Answer::NotModified | Answer::Done => Value::Null,
    })
}

fn config(config: &CatalogConfig) -> Value {
    let among = config.get("idempotency-key-lifetime").is_some();
    json!({
        "defaults": config.defaults,
        "overrides": config.overrides,
        "endpoints": config.endpoints,
        "idempotency-key-lifetime": config.idempotency_key_lifetime().filter(|_| !among),
    })
}

fn table(table: &TableMetadata) -> Value {
    let refs = table.refs.iter().map(|(name, one)| {
        let written = json!({
            "snapshot-id": one.snapshot_id,
            "type": one.kind,
            "min-snapshots-to-keep": one.min_snapshots_to_keep,
            "max-snapshot-age-ms": one.max_snapshot_age_ms,
            "max-ref-age-ms": one.max_ref_age_ms,
        });
        (name.clone(), written)
    });
    json!({
        "format-version": table.format_version,
        "table-uuid": table.table_uuid,
        "location": table.location,
        "last-sequence-number": table.last_sequence_number,
        "last-updated-ms": table.last_updated_ms,
        "last-column-id": table.last_column_id,
        "schemas": each(&table.schemas, schema),
        "current-schema-id": table.current_schema_id,
        "partition-specs": each(&table.partition_specs, |spec| json!({
            "spec-id": spec.spec_id,
            "fields": each(&spec.fields, |field| with_sources(field.sources(), json!({
                "field-id": field.field_id, "name": field.name, "transform": field.transform,
            }))),
        })),
        "default-spec-id": table.default_spec_id,
        "last-partition-id": table.last_partition_id,
        "sort-orders": each(&table.sort_orders, |order| json!({
            "order-id": order.order_id,
            "fields": each(&order.fields, |field| with_sources(field.sources(), json!({
                "transform": field.transform, "direction": field.direction, "null-order": field.null_order,
            }))),
        })),
        "default-sort-order-id": table.default_sort_order_id,
        "snapshots": each(&table.snapshots, snapshot),
        "current-snapshot-id": table.current_snapshot_id,
        "refs": refs.collect::<Map<_, _>>(),
        "snapshot-log": each(&table.snapshot_log, |entry| json!({
            "timestamp-ms": entry.timestamp_ms, "snapshot-id": entry.snapshot_id,
        })),
        "metadata-log": each(&table.metadata_log, |entry| json!({
            "timestamp-ms": entry.timestamp_ms, "metadata-file": entry.metadata_file,
        })),
        "properties": table.properties,
        "statistics": each(&table.statistics, statistics),
        "partition-statistics": each(&table.partition_statistics, |one| json!({
            "snapshot-id": one.snapshot_id,
            "statistics-path": one.statistics_path,
            "file-size-in-bytes": one.file_size_in_bytes,
        })),
        "next-row-id": table.next_row_id,
        "encryption-keys": each(&table.encryption_keys, |key| json!({
            "key-id": key.key_id, "encrypted-by-id": key.encrypted_by_id,
        })),
    })
}

fn view(view: &ViewMetadata) -> Value {
    json!({
        "view-uuid": view.view_uuid,
        "format-version": view.format_version,
        "location": view.location,
        "schemas": each(&view.schemas, schema),
        "current-version-id": view.current_version_id,
        "versions": each(&view.versions, version),
        "version-log": each(&view.version_log, |entry| json!({
            "timestamp-ms": entry.timestamp_ms, "version-id": entry.version_id,
        })),
        "properties": view.properties,
    })
}

fn version(version: &ViewVersion) -> Value {
    json!({
        "version-id": version.version_id,
        "schema-id": version.schema_id,
        "timestamp-ms": version.timestamp_ms,
        "summary": pairs(&version.summary),
        "representations": each(&version.representations, |text| json!({
            "type": text.kind, "sql": text.sql, "dialect": text.dialect,
        })),
        "default-catalog": version.default_catalog,
        "default-namespace": version.default_namespace,
    })
}

fn schema(schema: &Schema) -> Value {
    json!({
        "type": "struct",
        "schema-id": schema.schema_id,
        "identifier-field-ids": schema.identifier_field_ids,
        "fields": each(&schema.fields, field),
    })
}

fn field(field: &Field) -> Value {
    let parsed = |text: &Option<String>| text.as_deref().map(json);
    json!({
        "id": field.id,
        "name": field.name,
        "required": field.required,
        "type": written_type(&field.field_type),
        "doc": field.doc,
        "initial-default": parsed(&field.initial_default),
        "write-default": parsed(&field.write_default),
    })
}

fn written_type(kind: &Type) -> Value {
    match kind {
        Type::Primitive(name) => json!(name),
        Type::Struct(fields) => json!({"type": "struct", "fields": each(fields, field)}),
        Type::List {
            element_id,
            element_required,
            element,
        } => json!({
            "type": "list",
            "element-id": element_id,
            "element-required": element_required,
            "element": written_type(element),
        }),
        Type::Map {
            key_id,
            key,
            value_id,
            value_required,
            value,
        } => json!({
            "type": "map",
            "key-id": key_id,
            "key": written_type(key),
            "value-id": value_id,
            "value-required": value_required,
            "value": written_type(value),
        }),
        Type::Unknown(text) => json(text),
    }
}

fn snapshot(snapshot: &Snapshot) -> Value {
    json!({
        "snapshot-id": snapshot.snapshot_id,
        "parent-snapshot-id": snapshot.parent_snapshot_id,
        "sequence-number": snapshot.sequence_number,
        "timestamp-ms": snapshot.timestamp_ms,
        "manifest-list": snapshot.manifest_list,
        "summary": pairs(&snapshot.summary),
        "schema-id": snapshot.schema_id,
        "first-row-id": snapshot.first_row_id,
        "added-rows": snapshot.added_rows,
        "key-id": snapshot.key_id,
    })
}

fn statistics(one: &Statistics) -> Value {
    json!({
        "snapshot-id": one.snapshot_id,
        "statistics-path": one.statistics_path,
        "file-size-in-bytes": one.file_size_in_bytes,
        "file-footer-size-in-bytes": one.file_footer_size_in_bytes,
        "blob-metadata": each(&one.blobs, |blob: &Blob| json!({
            "type": blob.kind,
            "snapshot-id": blob.snapshot_id,
            "sequence-number": blob.sequence_number,
            "fields": blob.fields,
            "properties": pairs(&blob.properties),
        })),
    })
}

fn each<T>(items: &[T], written: impl Fn(&T) -> Value) -> Value {
    items.iter().map(written).collect()
}

fn pairs(strings: &Strings) -> BTreeMap<&str, &str> {
    strings.iter().collect()
}

/// One column under one key, several under another.
fn with_sources(sources: &[Id], mut field: Value) -> Value {
    match sources {
        [one] => field["source-id"] = json!(one),
        several => field["source-ids"] = json!(several),
    }
    field
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
