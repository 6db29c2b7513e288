use iceberg_rest::types::metadata::TableMetadata;

use super::{Layout, PartitionRow, Version, order_differences};
use crate::schema::{Difference, Differences, SchemaComparison};

/// What differs between the sort orders called `from` and `to`, by source column and transform.
pub fn compared_orders(metadata: &TableMetadata, from: &str, to: &str) -> SchemaComparison {
    let orders = Layout::from(metadata).sort_orders;
    let (old, new) = match both(&orders, from, to) {
        Ok(both) => both,
        Err(missing) => {
            return only(format!(
                "Sort order {missing} is not in the metadata, so what changed from order {from} to {to} is not known."
            ));
        }
    };
    told(
        order_differences(old, new),
        format!("Sort orders {from} and {to} differ in nothing but their ids."),
        format!(
            "From order {from} to order {to}. Files that are there stay sorted as they were written."
        ),
    )
}

/// What changed from one partition spec to another, by field id; in format 1, which may have none, by name.
pub fn compared(metadata: &TableMetadata, from: &str, to: &str) -> SchemaComparison {
    let specs = Layout::from(metadata).specs;
    let (old, new) = match both(&specs, from, to) {
        Ok(both) => both,
        Err(missing) => {
            return only(format!(
                "Partition spec {missing} is not in the metadata, so what changed from spec {from} to {to} is not known."
            ));
        }
    };
    told(
        differences(old, new),
        format!("Specs {from} and {to} differ in nothing but their ids, or the order of fields."),
        format!(
            "From spec {from} to spec {to}. Files that are there stay as they were written: a new spec holds for what is written with it."
        ),
    )
}

/// The fields of two versions; the id of one that is not there.
fn both<'a, T>(
    all: &'a [Version<T>],
    from: &'a str,
    to: &'a str,
) -> Result<(&'a [T], &'a [T]), &'a str> {
    let found = |id: &'a str| {
        let found = all.iter().find(|version| version.id == id);
        found.map(|version| &version.fields[..]).ok_or(id)
    };
    Ok((found(from)?, found(to)?))
}

/// A sentence alone.
fn only(said: String) -> SchemaComparison {
    SchemaComparison {
        said,
        differences: None,
    }
}

fn told(differences: Differences, same: String, differ: String) -> SchemaComparison {
    match differences.rows.is_empty() {
        true => only(same),
        false => SchemaComparison {
            said: differ,
            differences: Some(differences),
        },
    }
}

fn differences(old: &[PartitionRow], new: &[PartitionRow]) -> Differences {
    let is_same = |one: &PartitionRow, other: &PartitionRow| match (&one.id, &other.id) {
        (Some(one), Some(other)) => one == other,
        _ => one.name == other.name,
    };
    let among = |field: &PartitionRow, all: &[PartitionRow]| {
        all.iter().find(|other| is_same(field, other)).cloned()
    };
    let row = |kind: &str, field: &PartitionRow, said: String| Difference {
        kind: kind.to_owned(),
        column: field.name.clone(),
        said,
    };
    let (mut all, mut same) = (Vec::new(), 0);
    for field in new {
        match among(field, old) {
            None => all.push(row("added", field, field.in_words())),
            Some(was) => {
                let mut said = Vec::new();
                if was.name != field.name {
                    said.push(format!("renamed from {}", was.name));
                }
                if was.in_words() != field.in_words() {
                    said.push(format!("from {} to {}", was.in_words(), field.in_words()));
                }
                match said.is_empty() {
                    true => same += 1,
                    false => all.push(row("changed", field, said.join(", "))),
                }
            }
        }
    }
    let gone = old.iter().filter(|field| among(field, new).is_none());
    all.extend(gone.map(|field| row("removed", field, field.in_words())));
    Differences::listed(all, same)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn metadata(old: Value, new: Value) -> TableMetadata {
        serde_json::from_value(json!({
            "current-schema-id": 0,
            "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "at", "type": "timestamp"}, {"id": 2, "name": "shop", "type": "int"}]}],
            "partition-specs": [{"spec-id": 0, "fields": old}, {"spec-id": 1, "fields": new}]
        }))
        .unwrap()
    }

    fn said(compared: &SchemaComparison) -> Vec<String> {
        let rows = compared.differences.iter().flat_map(|all| &all.rows);
        rows.map(|row| format!("{} {}: {}", row.kind, row.column, row.said))
            .collect()
    }

    #[test]
    fn fields_are_the_same_by_their_ids() {
        let field = |id: i64, source: i64, name: &str, transform: &str| json!({"field-id": id, "source-id": source, "name": name, "transform": transform});
        let metadata = metadata(
            json!([
                field(1000, 1, "at_day", "day"),
                field(1001, 2, "shop", "identity"),
                field(1003, 2, "s", "void")
            ]),
            json!([
                field(1000, 1, "day", "day"),
                field(1002, 2, "shop", "bucket[16]"),
                field(1003, 2, "s", "truncate[4]")
            ]),
        );
        let both = compared(&metadata, "0", "1");
        assert!(
            both.said.starts_with("From spec 0 to spec 1."),
            "{}",
            both.said
        );
        assert_eq!(
            said(&both),
            [
                "changed day: renamed from at_day",
                "added shop: bucket[16](shop)",
                "changed s: from void(shop) to truncate[4](shop)",
                "removed shop: shop",
            ]
        );
        let same = compared(&metadata, "1", "1");
        assert!(same.said.contains("nothing but their ids"), "{}", same.said);
        assert_eq!(same.differences, None);
        let gone = compared(&metadata, "0", "9");
        assert!(
            gone.said.contains("Partition spec 9 is not"),
            "{}",
            gone.said
        );
    }

    #[test]
    fn two_sort_orders_are_compared_field_by_field() {
        let field = |source: i64, direction: &str| json!({"source-id": source, "transform": "identity", "direction": direction, "null-order": "nulls-first"});
        let mut metadata = metadata(json!([]), json!([]));
        metadata.sort_orders = serde_json::from_value(json!([
            {"order-id": 1, "fields": [field(1, "asc")]},
            {"order-id": 2, "fields": [field(2, "asc"), field(1, "desc")]}
        ]))
        .unwrap();
        let both = compared_orders(&metadata, "1", "2");
        assert!(both.said.starts_with("From order 1 to order 2."));
        assert_eq!(
            said(&both),
            [
                "added shop: asc, nulls-first, position 1",
                "changed at: direction from asc to desc, position from 1 to 2",
            ]
        );
        assert_eq!(compared_orders(&metadata, "2", "2").differences, None);
        let gone = compared_orders(&metadata, "1", "7").said;
        assert!(gone.contains("Sort order 7 is not"), "{gone}");
    }

    #[test]
    fn fields_without_ids_are_the_same_by_their_names() {
        let field = |transform: &str| json!({"source-id": 1, "name": "at", "transform": transform});
        let both = compared(
            &metadata(json!([field("day")]), json!([field("hour")])),
            "0",
            "1",
        );
        assert_eq!(said(&both), ["changed at: from day(at) to hour(at)"]);
    }
}
