//! Metadata as writers really leave it: old, new, odd, incomplete.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod odd;

use iceberg_rest::{
    Id,
    secret::names_a_secret,
    types::{
        CatalogConfig, LoadTableResult, Page, ViewMetadata,
        metadata::{TableMetadata, Type},
    },
};
use serde_json::{from_str, from_value, json};

fn table(metadata: serde_json::Value) -> TableMetadata {
    // Through text, as an answer comes.
    from_str(&metadata.to_string()).unwrap()
}

#[test]
fn format_1_has_one_schema_and_one_spec_without_lists() {
    let table = table(json!({
        "format-version": 1, "location": "s3://b/t", "last-updated-ms": 1_700_000_000_000_i64, "last-column-id": 2,
        "schema": {"type": "struct", "fields": [{"id": 1, "name": "a", "required": true, "type": "long"}]},
        "partition-spec": [{"source-id": 1, "field-id": 1000, "name": "a_bucket", "transform": "bucket[16]"}],
    }));
    assert_eq!(table.current_schema().unwrap().fields[0].name, "a");
    let spec = table.default_spec().unwrap();
    assert_eq!(
        (spec.spec_id.clone(), spec.fields[0].transform.as_str()),
        (Id::Exact(0), "bucket[16]")
    );
    assert_eq!(spec.fields[0].sources(), [Id::Exact(1)]);
    assert!(table.refs.is_empty() && table.snapshots.is_empty());
}

#[test]
fn lists_win_over_the_single_schema_that_format_1_repeats() {
    let table = table(json!({
        "format-version": 1, "current-schema-id": 1,
        "schema": {"schema-id": 1, "fields": []},
        "schemas": [{"schema-id": 1, "fields": []}, {"schema-id": 0, "fields": []}],
    }));
    assert_eq!(
        table
            .schemas
            .iter()
            .map(|schema| schema.schema_id.clone())
            .collect::<Vec<_>>(),
        [Some(Id::Exact(0)), Some(Id::Exact(1))]
    );
}

#[test]
fn format_3_has_row_lineage_keys_and_new_types() {
    let table = table(json!({
        "format-version": 3, "next-row-id": 9_007_199_254_740_993_i64, "current-schema-id": 0,
        "schemas": [{"schema-id": 0, "identifier-field-ids": [1], "fields": [
            {"id": 1, "name": "v", "required": false, "type": "variant", "initial-default": 9_007_199_254_740_993_i64},
            {"id": 2, "name": "g", "required": false, "type": "geometry(srid:4326)"},
            {"id": 3, "name": "n", "required": false, "type": {"type": "tensor", "rank": 2}},
        ]}],
        "partition-specs": [{"spec-id": 0, "fields": [{"source-ids": [1, 2], "name": "m", "transform": "hilbert[8]"}]}],
        "encryption-keys": [{"key-id": "k1", "encrypted-key-metadata": "c2VjcmV0", "encrypted-by-id": "k0"}],
        "snapshots": [{"snapshot-id": 1, "first-row-id": 0, "added-rows": 10, "summary": {"operation": "append"}, "key-id": "k1"}],
    }));
    assert_eq!(table.next_row_id, Some(Id::Exact(9_007_199_254_740_993)));
    let schema = table.current_schema().unwrap();
    assert_eq!(
        schema.fields[0].field_type,
        Type::Primitive("variant".to_owned())
    );
    assert_eq!(
        schema.fields[0].initial_default.as_deref(),
        Some("9007199254740993")
    );
    assert_eq!(
        schema.fields[1].field_type,
        Type::Primitive("geometry(srid:4326)".to_owned())
    );
    assert!(matches!(&schema.fields[2].field_type, Type::Unknown(json) if json.contains("tensor")));
    assert_eq!(
        table.partition_specs[0].fields[0].sources(),
        [Id::Exact(1), Id::Exact(2)]
    );
    assert_eq!(table.snapshots[0].added_rows, Some(Id::Exact(10)));
    assert!(
        !format!("{:?}", table.encryption_keys).contains("c2VjcmV0"),
        "key material is not kept"
    );
}

#[test]
fn main_and_the_current_snapshot_fill_each_other() {
    let by_main = |rest: &str| -> TableMetadata {
        let refs = r#"{"main": {"snapshot-id": 7, "type": "branch"}, "v1": {"snapshot-id": 6, "type": "TAG"}}"#;
        from_str(&format!(r#"{{"refs": {refs}{rest}}}"#)).unwrap()
    };
    for rest in [
        "",
        r#", "current-snapshot-id": -1"#,
        r#", "current-snapshot-id": null"#,
    ] {
        let table = by_main(rest);
        assert_eq!(table.current_snapshot_id, Some(Id::Exact(7)), "{rest}");
        assert_eq!(table.refs["v1"].kind, "tag");
    }
    let table: TableMetadata = from_str(r#"{"current-snapshot-id": 7}"#).unwrap();
    let main = &table.refs["main"];
    assert_eq!(
        (&main.snapshot_id, main.kind.as_str()),
        (&Id::Exact(7), "branch")
    );
    let table = by_main(r#", "current-snapshot-id": 5"#);
    assert_eq!(
        table.current_snapshot_id,
        Some(Id::Exact(5)),
        "as it is given"
    );
    assert_eq!(
        table.refs["main"].snapshot_id,
        Id::Exact(7),
        "as it is given"
    );
    let empty: TableMetadata =
        from_str(r#"{"refs": {"main": {"snapshot-id": -1, "type": "branch"}}}"#).unwrap();
    assert_eq!(empty.current_snapshot_id, None);
}

#[test]
fn a_parent_of_minus_one_is_none() {
    for parent in ["-1", "null", r#""-1""#, r#""""#] {
        let text =
            format!(r#"{{"snapshots": [{{"snapshot-id": 1, "parent-snapshot-id": {parent}}}]}}"#);
        let table: TableMetadata = from_str(&text).unwrap();
        assert_eq!(table.snapshots[0].parent_snapshot_id, None, "{parent}");
    }
}

#[test]
fn no_schema_is_current_where_the_metadata_does_not_say_which() {
    let two = json!([{"schema-id": 0, "fields": []}, {"schema-id": 1, "fields": []}]);
    let specs = json!([{"spec-id": 0, "fields": []}, {"spec-id": 1, "fields": []}]);
    for id in [json!(2), json!(null)] {
        let table = table(
            json!({"schemas": two, "current-schema-id": id, "partition-specs": specs, "default-spec-id": id}),
        );
        assert_eq!(table.current_schema(), None, "{id}");
        assert_eq!(table.default_spec(), None, "{id}");
    }
}

#[test]
fn ids_reach_the_browser_as_strings() {
    assert_eq!(
        serde_json::to_string(&Id::Exact(9_007_199_254_740_993)).unwrap(),
        r#""9007199254740993""#
    );
    assert_eq!(
        from_str::<Id>(r#""9007199254740993""#).unwrap(),
        Id::Exact(9_007_199_254_740_993)
    );
}

#[test]
fn no_current_snapshot_is_written_in_three_ways() {
    for metadata in [
        json!({}),
        json!({"current-snapshot-id": null}),
        json!({"current-snapshot-id": -1}),
    ] {
        assert_eq!(
            table(metadata.clone()).current_snapshot_id,
            None,
            "{metadata}"
        );
    }
}

#[test]
fn snapshots_stand_oldest_first_whatever_the_server_sent() {
    let table = table(json!({"snapshots": [
        {"snapshot-id": 30, "sequence-number": 3, "timestamp-ms": 3}, {"snapshot-id": 12, "timestamp-ms": 2},
        {"snapshot-id": 20, "sequence-number": 2, "timestamp-ms": 9}, {"snapshot-id": 11, "timestamp-ms": 1},
    ]}));
    assert_eq!(
        table
            .snapshots
            .iter()
            .map(|snapshot| snapshot.snapshot_id.to_string())
            .collect::<Vec<_>>(),
        ["11", "12", "20", "30"]
    );
}

#[test]
fn nested_types_keep_their_ids() {
    let table = table(json!({"schemas": [{"fields": [
        {"id": 1, "name": "m", "required": true, "type": {"type": "map", "key-id": 2, "key": "string", "value-id": 3, "value-required": true,
            "value": {"type": "list", "element-id": 4, "element-required": false, "element":
                {"type": "struct", "fields": [{"id": 5, "name": "d", "type": "decimal(12, 2)"}]}}}},
    ]}]}));
    let Type::Map { key_id, value, .. } = &table.schemas[0].fields[0].field_type else {
        panic!("a map")
    };
    let Type::List {
        element_id,
        element,
        ..
    } = value.as_ref()
    else {
        panic!("a list")
    };
    let Type::Struct(fields) = element.as_ref() else {
        panic!("a struct")
    };
    assert_eq!(
        (key_id, element_id, &fields[0].id),
        (&Id::Exact(2), &Id::Exact(4), &Id::Exact(5))
    );
    assert_eq!(
        fields[0].field_type,
        Type::Primitive("decimal(12, 2)".to_owned())
    );
}

#[test]
fn config_and_credentials_beside_the_metadata_are_not_kept() {
    let result: LoadTableResult = from_value(json!({
        "metadata-location": "s3://b/m.json", "metadata": {"format-version": 2},
        "config": {"s3.secret-access-key": "hunter2"}, "storage-credentials": [{"prefix": "s3://b", "config": {"s3.session-token": "hunter3"}}],
    }))
    .unwrap();
    assert!(!format!("{result:?}").contains("hunter"));
}

#[test]
fn config_values_may_be_no_strings_and_overrides_win() {
    let config: CatalogConfig = from_value(json!({
        "defaults": {"prefix": "a", "rest-page-size": 100}, "overrides": {"prefix": "/b/", "namespace-separator": "%2E", "none": null},
        "idempotency-key-lifetime": "PT30M",
    }))
    .unwrap();
    assert_eq!(
        (
            config.prefix(),
            config.get("rest-page-size"),
            config.get("none")
        ),
        ("b", Some("100"), None)
    );
    assert_eq!(config.separator().encoded(), "%2E");
    assert_eq!(
        (
            config.endpoints.as_deref(),
            config.idempotency_key_lifetime()
        ),
        (None, Some("PT30M"))
    );
}

#[test]
fn secret_keys_are_known_by_their_names() {
    for key in [
        "s3.secret-access-key",
        "s3.access-key-id",
        "s3.session-token",
        "gcs.oauth2.token",
        "adls.sas-token.x",
        "token",
        "credential",
        "adls.connection-string.x",
        "header.Authorization",
        "urn:ietf:params:oauth:token-type:jwt",
        "db_password",
        "client_secret",
    ] {
        assert!(names_a_secret(key), "{key}");
    }
    for key in [
        "prefix",
        "uri",
        "client.region",
        "s3.endpoint",
        "io-impl",
        "default-base-location",
        "warehouse",
    ] {
        assert!(!names_a_secret(key), "{key}");
    }
}

#[test]
fn lists_page_with_either_spelling_and_count_names_that_no_request_can_carry() {
    use iceberg_rest::{Namespace, TableIdent};
    let page: Page<TableIdent> =
        from_value(json!({"identifiers": [{"namespace": ["a"], "name": "t"}, {"namespace": ["a"], "name": ".."}, 7], "nextPageToken": "x"})).unwrap();
    assert_eq!(
        (page.items.len(), page.unusable, page.next.as_deref()),
        (1, 2, Some("x"))
    );
    for last in [
        json!({"namespaces": []}),
        json!({"namespaces": [], "next-page-token": null}),
        json!({"namespaces": [], "next-page-token": ""}),
    ] {
        assert_eq!(from_value::<Page<Namespace>>(last).unwrap().next, None);
    }
    assert!(from_value::<Page<Namespace>>(json!({"identifiers": []})).is_err());
}

#[test]
fn views_keep_every_representation_and_version() {
    let view: ViewMetadata = from_value(json!({
        "view-uuid": "u", "format-version": 1, "current-version-id": 2, "schemas": [{"schema-id": 0, "fields": []}],
        "versions": [
            {"version-id": 2, "schema-id": 0, "timestamp-ms": 2, "default-namespace": ["a"], "summary": {"engine-name": "spark"},
             "representations": [{"type": "sql", "sql": "select 1", "dialect": "spark"}, {"type": "substrait", "plan": "…"}]},
            {"version-id": 1, "representations": null},
        ],
    }))
    .unwrap();
    let current = view.current_version().unwrap();
    assert_eq!(
        current
            .representations
            .iter()
            .map(|text| text.kind.as_str())
            .collect::<Vec<_>>(),
        ["sql", "substrait"]
    );
    assert_eq!(view.versions[0].version_id, Id::Exact(1));
    assert!(view.schema_of(current).is_some());
}
