//! What no writer should leave and no server should answer costs itself alone.

use iceberg_rest::{
    ErrorKind, Id, Namespace, Operation,
    decode::{Answer, Headers, Response, decode},
    types::{CatalogConfig, Page, metadata::TableMetadata},
};
use serde_json::{from_str, json};

use crate::table;

#[test]
fn ids_beyond_64_bits_degrade_their_own_field_alone() {
    let text = r#"{"current-snapshot-id": 9223372036854775808, "last-sequence-number": 1.5, "last-updated-ms": "soon",
        "snapshots": [{"snapshot-id": 4.59e18, "sequence-number": 1}, {"snapshot-id": 9223372036854775807, "sequence-number": 2}]}"#;
    let table: TableMetadata = from_str(text).unwrap();
    assert_eq!(
        table.current_snapshot_id,
        Some(Id::Text("9223372036854775808".to_owned()))
    );
    assert_eq!(table.last_sequence_number, Some(Id::Text("1.5".to_owned())));
    assert_eq!(table.last_updated_ms, None);
    assert_eq!(
        table.snapshots[0].snapshot_id,
        Id::Text("4.59e18".to_owned())
    );
    assert_eq!(table.snapshots[1].snapshot_id, Id::Exact(i64::MAX));
}

#[test]
fn an_id_that_is_no_integer_keeps_the_digits_it_was_sent_with() {
    for written in [
        "4.5982866113522427e+18",
        "4.59E18",
        "12.0",
        "1e3",
        "123456789012345678901234567890",
        "-9223372036854775809",
        "0.1000",
    ] {
        let text = format!(r#"{{"snapshots": [{{"snapshot-id": {written}}}]}}"#);
        let table: TableMetadata = from_str(&text).unwrap();
        assert_eq!(table.snapshots[0].snapshot_id.to_string(), written);
    }
    let odd = r#"[true, null, "x\u0041", [1, [2]], {"a": 1}]"#;
    let ids: Vec<Id> = from_str(odd).unwrap();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["true", "", "xA", "[…]", "{…}"]);
}

#[test]
fn null_and_misshapen_fields_count_as_missing() {
    let table = table(json!({
        "schemas": null, "snapshots": null, "refs": null, "properties": {"a": 1, "b": null, "c": true}, "statistics": null,
        "partition-spec": "none", "table-uuid": 7, "metadata-log": [{"timestamp-ms": 1.0}],
        "sort-orders": [{"order-id": 1, "fields": [{"source-id": 1, "direction": null}]}],
    }));
    assert_eq!(
        table
            .properties
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect::<Vec<_>>(),
        ["a=1", "c=true"]
    );
    assert_eq!(table.table_uuid.as_deref(), Some("7"));
    assert_eq!(table.metadata_log[0].timestamp_ms, Some(1));
}

/// What a server may answer to the load of a table, and what is left out of it.
fn loaded(body: &str) -> (TableMetadata, Vec<String>) {
    let response = Response {
        status: 200,
        headers: &Headers::default(),
        body: body.as_bytes(),
    };
    match decode(Operation::LoadTable, &response) {
        Ok(Answer::Table(table)) => (table.metadata, table.oddities),
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_a_field_that_comes_twice_the_last_holds() {
    let (table, oddities) = loaded(
        r#"{"metadata":{"location":"s3://old"},"metadata":{"format-version":2,"format-version":3,
            "schemas":[{"schema-id":1,"schema-id":2,"fields":[{"id":1,"id":5,"name":"a","type":"long","type":"int"}]}],
            "snapshots":[{"snapshot-id":1,"snapshot-id":9007199254740993}],"properties":{"a":"1","a":"2"}}}"#,
    );
    assert_eq!((table.location, table.format_version), (None, Some(3)));
    assert_eq!(table.schemas[0].schema_id, Some(Id::Exact(2)));
    assert_eq!(table.schemas[0].fields[0].id, Id::Exact(5));
    assert_eq!(
        table.snapshots[0].snapshot_id,
        Id::Exact(9_007_199_254_740_993)
    );
    assert_eq!(table.properties["a"], "2");
    assert_eq!(
        oddities[..3],
        [
            "metadata stands twice",
            "metadata.format-version stands twice",
            "metadata.schemas[0].schema-id stands twice"
        ]
    );
}

#[test]
fn null_in_a_list_or_a_map_costs_itself_alone() {
    let (table, oddities) = loaded(
        r#"{"metadata":{"schemas":[null,{"schema-id":1,"fields":[null,{"id":1,"name":"a","type":"int"}]}],
            "partition-specs":[{"spec-id":0,"fields":[null]}],"sort-orders":[null],"snapshots":[null,{"snapshot-id":7}],
            "refs":{"gone":null,"main":{"snapshot-id":7,"type":5}},"snapshot-log":[null],"metadata-log":[null],
            "statistics":[null,{"snapshot-id":7,"statistics-path":null,"blob-metadata":[null]}],"encryption-keys":[null],
            "partition-statistics":[null]}}"#,
    );
    assert_eq!((table.schemas.len(), table.snapshots.len()), (1, 1));
    assert_eq!(table.schemas[0].fields.len(), 1);
    assert!(table.partition_specs[0].fields.is_empty() && table.sort_orders.is_empty());
    assert_eq!(table.refs.keys().collect::<Vec<_>>(), ["main"]);
    assert_eq!(table.refs["main"].kind, "5");
    assert_eq!(table.statistics.len(), 1);
    assert_eq!(oddities.len(), 5);
    assert_eq!(oddities[0], "metadata.schemas[0] is null");
    let (_, oddities) = loaded(r#"{"metadata":{"properties":{"a":"1","a":"2"},"location":null}}"#);
    assert_eq!(oddities, ["metadata.properties.a stands twice"]);
    let (_, oddities) = loaded(r#"{"metadata":{"properties":{"a":null},"refs":null}}"#);
    assert!(oddities.is_empty(), "a map's null is as good as nothing");
    let (_, oddities) = loaded(r#"{"metadata":{"schemas":[{"schema-id":0,"fields":null}]}}"#);
    assert_eq!(oddities, ["metadata.schemas[0].fields is null"]);
    let config: CatalogConfig =
        serde_json::from_value(serde_json::json!({"endpoints": ["GET /v1/config", null, 7]}))
            .unwrap();
    assert_eq!(config.endpoints.unwrap(), ["GET /v1/config"]);
}

#[test]
fn a_config_has_any_of_its_fields_or_none() {
    let config = |body: &str| {
        let response = Response {
            status: 200,
            headers: &Headers::default(),
            body: body.as_bytes(),
        };
        match decode(Operation::GetConfig, &response) {
            Ok(Answer::Config(config)) => Ok(config),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error),
        }
    };
    for (body, prefix) in [
        (r#"{"defaults":{"prefix":"p"}}"#, "p"),
        (r#"{"overrides":{"prefix":"p"}}"#, "p"),
        (
            r#"{"defaults":null,"overrides":{"prefix":"p","x":null}}"#,
            "p",
        ),
        (r#"{"overrides":{},"overrides":{"prefix":"p"}}"#, "p"),
        (r#"{"defaults":null,"overrides":null}"#, ""),
        (r#"{"endpoints":["GET /v1/{prefix}/namespaces"]}"#, ""),
        (r#"{"endpoints":[]}"#, ""),
        ("{}", ""),
        ("\u{feff}{\"defaults\":{\"prefix\":\"p\"}}", "p"),
    ] {
        assert_eq!(config(body).unwrap().prefix(), prefix, "{body}");
    }
    for body in [r#"{"status":"ok"}"#, r#"{"message":"hello","id":1}"#, "[]"] {
        assert_eq!(
            config(body).unwrap_err().kind,
            ErrorKind::Malformed,
            "{body}"
        );
    }
}

#[test]
fn a_list_that_is_null_is_empty() {
    let none: Page<Namespace> = serde_json::from_str(r#"{"namespaces":null}"#).unwrap();
    assert!(none.items.is_empty() && none.unusable == 0);
    serde_json::from_str::<Page<Namespace>>(r#"{"identifiers":null}"#).unwrap_err();
}

#[test]
fn a_type_of_great_depth_is_refused_not_fatal() {
    let deep = format!(
        "{}\"int\"{}",
        r#"{"type":"list","element":"#.repeat(5_000),
        "}".repeat(5_000)
    );
    let text = format!(r#"{{"schemas":[{{"fields":[{{"id":1,"name":"a","type":{deep}}}]}}]}}"#);
    assert!(from_str::<TableMetadata>(&text).is_err());
}

#[test]
fn what_is_of_another_kind_is_named_and_the_rest_is_read() {
    let (table, oddities) = loaded(
        r#"{"metadata":{"location":"s3://b/t","schemas":{"schema-id":0},"snapshots":[{"snapshot-id":1},7],
            "refs":{"main":{"snapshot-id":1},"hunter 2":7},"properties":[],"metadata-log":5,"last-updated-ms":1e30,
            "statistics":[{"snapshot-id":1,"blob-metadata":"x"},[]]}}"#,
    );
    assert_eq!(table.location.as_deref(), Some("s3://b/t"));
    assert_eq!((table.snapshots.len(), table.statistics.len()), (1, 1));
    assert_eq!(table.refs.len(), 1);
    let first = [
        "metadata.schemas is no list",
        "metadata.snapshots[1] is no object",
        "metadata.refs.… is no object",
        "metadata.properties is no object",
        "metadata.metadata-log is no list",
    ];
    assert_eq!(oddities, first);
    let (table, oddities) = loaded(r#"{"metadata":{"last-updated-ms":9007199254740993.0}}"#);
    assert_eq!(
        table.last_updated_ms, None,
        "a float that names no integer any more"
    );
    assert_eq!(
        oddities,
        ["metadata.last-updated-ms is 9007199254740993.0, which is no 64-bit integer"]
    );
}

#[test]
fn doubled_keys_are_named_in_every_answer_that_is_shown() {
    let decoded = |operation, body: &str| {
        let response = Response {
            status: 200,
            headers: &Headers::default(),
            body: body.as_bytes(),
        };
        decode(operation, &response).unwrap()
    };
    let config = r#"{"defaults":{},"defaults":{"prefix":"b"},"overrides":{"x":"1","x":"2"}}"#;
    let Answer::Config(config) = decoded(Operation::GetConfig, config) else {
        panic!("a config")
    };
    assert_eq!(config.prefix(), "b");
    assert_eq!(
        config.oddities,
        ["defaults stands twice", "overrides.x stands twice"]
    );
    let namespace = r#"{"namespace":["a"],"properties":{"k":"1"},"properties":{"z":1.50}}"#;
    let Answer::Namespace(namespace) = decoded(Operation::LoadNamespace, namespace) else {
        panic!("a namespace")
    };
    assert_eq!(namespace.properties["z"], "1.50");
    assert_eq!(namespace.oddities, ["properties stands twice"]);
}
