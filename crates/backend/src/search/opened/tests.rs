use std::sync::Arc;

use serde_json::json;

use super::*;

fn orders() -> KeptTable {
    let table = json!({
        "metadata-location": "s3://lake/sales/orders/metadata/3.json",
        "metadata": {
            "format-version": 2,
            "table-uuid": "9c12d441-03fe-4693-9a96-a0705ddf69c1",
            "location": "s3://lake/sales/orders/",
            "current-schema-id": 1,
            "schemas": [
                { "schema-id": 0, "type": "struct", "fields": [{ "id": 1, "name": "dropped", "type": "long" }] },
                { "schema-id": 1, "type": "struct", "fields": [
                    { "id": 2, "name": "old_total", "type": "long" },
                    { "id": 3, "name": "total", "type": "long" },
                    { "id": 4, "name": "lines", "type": { "type": "list", "element-id": 5, "element": {
                        "type": "struct", "fields": [{ "id": 6, "name": "sku", "type": "string" }] } } },
                ] },
            ],
            "snapshots": [{ "snapshot-id": 9223372036854775807_i64, "timestamp-ms": 1 }],
            "properties": { "owner": "finance", "acme.note": "hidden-one", "write.format.default": "orc" },
            "refs": { "audit": { "snapshot-id": 9223372036854775807_i64, "type": "branch" } },
        },
    });
    KeptTable {
        place: Place::connection("c")
            .with_namespace(&["sales".into()])
            .with_object("orders"),
        table: Arc::new(serde_json::from_value(table).unwrap()),
    }
}

#[test]
fn an_opened_table_is_found_by_what_its_metadata_says() {
    for (text, note) in [
        ("9C12D441-03fe-4693-9a96-a0705ddf69c1", "its UUID"),
        ("9223372036854775807", "a snapshot of it"),
        ("s3://lake/sales/orders", "its location"),
        (
            "s3://lake/sales/orders/metadata/3.json",
            "its metadata file",
        ),
        ("s3://lake/sales/orders/data/1.parquet", "a file inside it"),
        ("s3://lake/sales", "lies there"),
        ("audit", "its branch or tag audit"),
        ("total", "column total"),
        ("Tot", "column old_total"),
        ("sku", "column lines.sku"),
        ("lines.sku", "column lines.sku"),
        ("FORMAT.default", "property write.format.default = orc"),
        ("financ", "property owner = finance"),
        ("ACME.note", "property acme.note"),
    ] {
        let ask = SearchAsk {
            text: text.into(),
            ..SearchAsk::default()
        };
        // Read with all of its snapshots and, before that, without.
        let mut without = orders();
        Arc::get_mut(&mut without.table)
            .unwrap()
            .metadata
            .snapshots
            .clear();
        let hits = matching(&[without, orders()], &ask);
        let notes: Vec<_> = hits.iter().filter_map(|hit| hit.note.as_deref()).collect();
        assert_eq!(notes, [note], "{text}");
    }
    for text in [
        "922337203685477580",
        "s3://lake/sale",
        "dropped",
        "t",
        "9c12d441",
        "hidden-one",
        "or",
    ] {
        let ask = SearchAsk {
            text: text.into(),
            ..SearchAsk::default()
        };
        assert_eq!(matching(&[orders()], &ask), [], "{text}");
    }
}
