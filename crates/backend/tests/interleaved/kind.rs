//! What people do to a table.

use std::sync::Arc;

use backend::{
    Session,
    tables::{load_layout_lines, load_schema_lines},
};
use model::paths::{Place, Query};
use serde_json::{Value, json};

/// What somebody does. What two do who do the same differs, but for what ends the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Tier,
    Own,
    Column,
    Rename,
    Spec,
    Sort,
    Branch,
    SameBranch,
    Keep,
    Move,
    CallBranch,
    DropBranch,
    Expire,
    Format,
    Location,
    Statistics,
}

use Kind::*;

pub const ALL: [Kind; 16] = [
    Tier, Own, Column, Rename, Spec, Sort, Branch, SameBranch, Keep, Move, CallBranch, DropBranch,
    Expire, Format, Location, Statistics,
];

/// The table that all of them change.
#[derive(Clone)]
pub struct Table {
    pub name: String,
    /// Of its snapshots, oldest first.
    pub ids: Vec<i64>,
    pub first: Arc<Value>,
}

impl Kind {
    pub fn page(self) -> &'static str {
        match self {
            Tier | Own => "table-edit",
            Column | Rename => "schema-edit",
            Spec | Sort => "spec-edit",
            Branch | SameBranch => "ref-new",
            Keep | Move | CallBranch => "ref-edit",
            DropBranch => "ref-drop",
            Expire => "snapshots-expire",
            Format => "format-upgrade",
            Location => "location-edit",
            Statistics => "statistics-drop",
        }
    }

    /// The form as this writer fills it in.
    pub async fn typed(self, writer: usize, session: &Session, table: &Table) -> Query {
        let form = Query::default();
        let place = Place::connection("c")
            .with_namespace(&["sandbox".to_owned()])
            .with_object(&table.name);
        let at = |index: usize| table.ids[index].to_string();
        match self {
            Tier => form.and("key", "tier").and("value", &format!("v{writer}")),
            Own => form.and("key", &format!("own{writer}")).and("value", "x"),
            Column | Rename => {
                let read = load_schema_lines(session, place).await.unwrap().data;
                let lines = match self {
                    Column => format!("{}column{writer} string\n", read.lines),
                    _ => read.lines.replace(": sku ", &format!(": article{writer} ")),
                };
                form.and("schema_lines", &lines)
                    .and("seen_schema", &read.schema)
            }
            Spec | Sort => {
                let read = load_layout_lines(session, place).await.unwrap().data;
                let (spec, sort) = match self {
                    Spec => (
                        format!("bucket({}, line) as spread{writer}", writer + 8),
                        read.sorts,
                    ),
                    _ => (
                        read.partitions,
                        ["line desc", "quantity", "line, quantity"][writer].replace(", ", "\n"),
                    ),
                };
                form.and("partition_lines", &spec)
                    .and("sort_lines", &sort)
                    .and("seen_spec", &read.spec)
                    .and("seen_order", &read.order)
            }
            Branch => form
                .and("name", &format!("branch{writer}"))
                .and("snapshot", &at(0)),
            SameBranch => form.and("name", "dev").and("snapshot", &at(writer)),
            Keep => form
                .and("name", "audit")
                .and("max_snapshot_age", &format!("{} d", writer + 20)),
            Move => form.and("name", "audit").and("snapshot", &at(writer + 3)),
            CallBranch => form
                .and("name", "audit")
                .and("new_name", &format!("audit{writer}")),
            DropBranch => form.and("name", "audit"),
            Expire => form.and("expire_by", "chosen").and("snapshots", &at(0)),
            Format => form.and("format_version", "3"),
            Location => form.and("location", &format!("s3://elsewhere/{writer}")),
            Statistics => {
                let id = &table.first["statistics"][0]["snapshot-id"];
                form.and("type", "table").and("snapshot", &id.to_string())
            }
        }
    }

    /// Whether metadata has it.
    pub fn is_in(self, writer: usize, table: &Table, now: &Value) -> bool {
        let list = |name: &str| now[name].as_array().cloned().unwrap_or_default();
        let current = |all: &str, id: &str, current: &str| {
            let found = list(all).into_iter().find(|one| one[id] == now[current]);
            found.unwrap_or_default()["fields"].clone()
        };
        let named = |fields: Value, name: String| {
            let fields = fields.as_array().cloned().unwrap_or_default();
            fields.iter().any(|field| field["name"] == name)
        };
        let schema = || current("schemas", "schema-id", "current-schema-id");
        let refs = &now["refs"];
        match self {
            Tier => now["properties"]["tier"] == format!("v{writer}"),
            Own => now["properties"][format!("own{writer}")] == "x",
            Column => named(schema(), format!("column{writer}")),
            Rename => named(schema(), format!("article{writer}")),
            Spec => named(
                current("partition-specs", "spec-id", "default-spec-id"),
                format!("spread{writer}"),
            ),
            Sort => {
                let fields = current("sort-orders", "order-id", "default-sort-order-id");
                let all = fields.as_array().cloned().unwrap_or_default();
                let of =
                    |field: &Value| (field["source-id"].as_i64(), field["direction"] == "desc");
                let all: Vec<_> = all.iter().map(of).collect();
                let expected: &[(Option<i64>, bool)] = match writer {
                    0 => &[(Some(2), true)],
                    1 => &[(Some(4), false)],
                    _ => &[(Some(2), false), (Some(4), false)],
                };
                all == expected
            }
            Branch => refs[format!("branch{writer}")]["snapshot-id"] == table.ids[0],
            SameBranch => refs["dev"]["snapshot-id"] == table.ids[writer],
            Keep => {
                let age = (writer as i64 + 20) * 86_400_000;
                refs["audit"]["max-snapshot-age-ms"] == age
            }
            Move => refs["audit"]["snapshot-id"] == table.ids[writer + 3],
            CallBranch => refs["audit"].is_null() && refs[format!("audit{writer}")].is_object(),
            DropBranch => refs["audit"].is_null(),
            Expire => {
                let mut all = list("snapshots").into_iter();
                !all.any(|one| one["snapshot-id"] == table.ids[0])
            }
            Format => now["format-version"] == 3,
            Location => now["location"] == format!("s3://elsewhere/{writer}"),
            Statistics => list("statistics").is_empty(),
        }
    }

    /// What of metadata it goes by.
    pub fn part(self, writer: usize, now: &Value) -> Value {
        let refs = &now["refs"];
        match self {
            Tier | Own => now["properties"].clone(),
            Column | Rename => now["current-schema-id"].clone(),
            Spec | Sort => json!([now["default-spec-id"], now["default-sort-order-id"]]),
            Branch => refs[format!("branch{writer}")].clone(),
            SameBranch => refs["dev"].clone(),
            Keep | Move | CallBranch | DropBranch => refs["audit"].clone(),
            Expire => json!(oldest_first(now)),
            Format => now["format-version"].clone(),
            Location => now["location"].clone(),
            Statistics => now["statistics"].clone(),
        }
    }

    /// Whether a commit of this kind may undo one of the other kind that came after its writer looked: the
    /// specification has no requirement for it.
    pub fn is_unheld(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Tier, Tier)
                | (Location, Location)
                | (Keep | Move | CallBranch | DropBranch, Keep)
                | (Expire, Branch | SameBranch)
        )
    }

    /// Whether nobody else makes the same.
    pub fn is_own(self) -> bool {
        !matches!(self, DropBranch | Expire | Format | Statistics)
    }
}

pub fn oldest_first(metadata: &Value) -> Vec<i64> {
    let mut all: Vec<_> = metadata["snapshots"].as_array().unwrap().iter().collect();
    all.sort_by_key(|one| one["sequence-number"].as_i64());
    let ids = all.into_iter();
    ids.map(|one| one["snapshot-id"].as_i64().unwrap())
        .collect()
}
