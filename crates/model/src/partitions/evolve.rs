//! From the partition spec and the sort order that a table has to those that it is to have. Java:
//! `BaseUpdatePartitionSpec`, `TableMetadata.Builder`.

use std::collections::HashSet;

use serde_json::{Value, json};

/// Ids of partition fields begin above it.
const BEFORE_FIRST: i64 = 999;

/// What a spec or an order that is wanted comes to.
#[derive(Debug, PartialEq)]
pub enum Choice {
    /// It is the one that writers use.
    Same,
    /// The table has it, under this id: servers do not add it again.
    Known(i32),
    /// As metadata has it.
    New(Value),
}

/// The partition specs of a table.
pub struct Specs<'a> {
    /// All of them, as metadata has them.
    pub all: &'a [Value],
    /// The one that writers use.
    pub current: &'a Value,
    /// The highest id that was given to a field, where that is known.
    pub last_partition_id: Option<i64>,
    /// Of the table.
    pub format_version: i64,
}

impl Specs<'_> {
    /// What these fields come to, in which none has an id. One that is there, or was, keeps its id; format 1 keeps
    /// the places of those that go, as `void`.
    pub fn choose(&self, wanted: &[Value]) -> Choice {
        let fields = self.fields(wanted);
        let id = |spec: &Value| spec["spec-id"].as_i64();
        let same = |spec: &&Value| same_spec(self::fields(spec), &fields);
        if same(&self.current) {
            return Choice::Same;
        }
        if let Some(known) = known(self.all.iter().find(same).and_then(id)) {
            return known;
        }
        let last = self.all.iter().filter_map(id).max().unwrap_or_default();
        Choice::New(json!({"spec-id": last + 1, "fields": fields}))
    }

    fn fields(&self, wanted: &[Value]) -> Vec<Value> {
        let current = numbered(self::fields(self.current));
        let earlier = self.all.iter().flat_map(self::fields);
        let earlier: Vec<&Value> = earlier.filter(|_| self.format_version > 1).collect();
        let given = current.iter().chain(earlier.iter().copied());
        let highest = given.filter_map(field_id).max();
        let mut last = self.last_partition_id.max(highest).unwrap_or(BEFORE_FIRST);
        let mut taken = HashSet::new();
        let mut made: Vec<Value> = Vec::with_capacity(wanted.len());
        for field in wanted {
            let here = current
                .iter()
                .find(|one| is(one, field) && free(one, &taken));
            let before = || {
                let mut all = earlier.iter().copied();
                all.find(|one| is(one, field) && one["name"] == field["name"] && free(one, &taken))
            };
            let mut one = here.or_else(before).cloned().unwrap_or_else(|| {
                last += 1;
                let mut one = field.clone();
                one["field-id"] = last.into();
                one
            });
            one["name"] = field["name"].clone();
            taken.extend(field_id(&one));
            made.push(one);
        }
        match self.format_version {
            1 => in_place(&current, made),
            _ => made,
        }
    }
}

/// Fields that format 1 wrote without ids have those of their places.
fn numbered(fields: &[Value]) -> Vec<Value> {
    let field = |(at, field): (usize, &Value)| {
        let mut field = field.clone();
        if field_id(&field).is_none() {
            field["field-id"] = (BEFORE_FIRST + 1 + i64::try_from(at).unwrap_or_default()).into();
        }
        field
    };
    fields.iter().enumerate().map(field).collect()
}

/// Format 1 tells fields apart by their places: those that go stay as `void`, and new ones follow.
fn in_place(current: &[Value], mut made: Vec<Value>) -> Vec<Value> {
    let mut fields = Vec::with_capacity(current.len() + made.len());
    for field in current {
        let kept = made.iter().position(|one| field_id(one) == field_id(field));
        let field = kept.map(|at| made.remove(at)).unwrap_or_else(|| {
            let mut gone = field.clone();
            gone["transform"] = json!("void");
            gone
        });
        fields.push(field);
    }
    let names: HashSet<Value> = made.iter().map(|one| one["name"].clone()).collect();
    for field in fields
        .iter_mut()
        .filter(|field| names.contains(&field["name"]))
    {
        let name = field["name"].as_str().unwrap_or_default();
        field["name"] = format!("{name}_{}", field["field-id"]).into();
    }
    fields.extend(made);
    fields
}

/// What these fields of a sort order come to. `current`: the order that writers use.
pub fn choose_order(all: &[Value], current: Option<&Value>, wanted: &[Value]) -> Choice {
    let id = |order: &Value| order["order-id"].as_i64();
    let same = |order: &&Value| same_order(fields(order), wanted);
    match current {
        Some(current) if same(&current) => return Choice::Same,
        None if wanted.is_empty() => return Choice::Same,
        _ => {}
    }
    if let Some(known) = known(all.iter().find(same).and_then(id)) {
        return known;
    }
    // Order 0 is that of rows in no order.
    let next = all.iter().filter_map(id).max().unwrap_or_default() + 1;
    let next = if wanted.is_empty() { 0 } else { next };
    Choice::New(json!({"order-id": next, "fields": wanted}))
}

fn known(id: Option<i64>) -> Option<Choice> {
    id.and_then(|id| i32::try_from(id).ok()).map(Choice::Known)
}

/// The fields of a spec or an order.
pub fn fields(of: &Value) -> &[Value] {
    of["fields"].as_array().map_or(&[], Vec::as_slice)
}

/// Those of a spec or an order that may be none.
pub fn fields_of(of: Option<&Value>) -> &[Value] {
    of.map_or(&[], fields)
}

fn field_id(field: &Value) -> Option<i64> {
    field["field-id"].as_i64()
}

fn free(field: &Value, taken: &HashSet<i64>) -> bool {
    field_id(field).is_none_or(|id| !taken.contains(&id))
}

/// Whether two are made of one column in one way.
fn is(one: &Value, other: &Value) -> bool {
    source(one) == source(other) && one["transform"] == other["transform"]
}

/// Format 3 may write the one column as a list.
fn source(field: &Value) -> Option<i64> {
    let first = || field["source-ids"].as_array()?.first()?.as_i64();
    field["source-id"].as_i64().or_else(first)
}

/// Whether fields are the same, in these respects, too.
fn alike(some: &[Value], others: &[Value], keys: &[&str]) -> bool {
    let same = |(one, other)| is(one, other) && keys.iter().all(|key| one[*key] == other[*key]);
    some.len() == others.len() && some.iter().zip(others).all(same)
}

/// Whether a spec splits rows as these fields do, whatever their ids.
pub fn same_spec(some: &[Value], others: &[Value]) -> bool {
    alike(some, others, &["name"])
}

/// Whether an order sorts rows as these fields do.
pub fn same_order(some: &[Value], others: &[Value]) -> bool {
    alike(some, others, &["direction", "null-order"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: i64, source: i64, name: &str, transform: &str) -> Value {
        json!({"field-id": id, "source-id": source, "name": name, "transform": transform})
    }

    fn wanted(source: i64, name: &str, transform: &str) -> Value {
        json!({"source-id": source, "name": name, "transform": transform})
    }

    fn all() -> Vec<Value> {
        let mut month = field(1000, 3, "at_month", "month");
        month["x-note"] = true.into();
        vec![
            json!({"spec-id": 0, "fields": [field(1000, 3, "at_month", "month")]}),
            json!({"spec-id": 1, "fields": [field(1001, 3, "at_day", "day"), field(1002, 2, "b", "bucket[16]")]}),
            json!({"spec-id": 3, "fields": [month, field(1002, 2, "b", "bucket[16]")]}),
        ]
    }

    fn chosen(format_version: i64, fields: &[Value]) -> Choice {
        let all = all();
        let specs = Specs {
            all: &all,
            current: &all[2],
            last_partition_id: Some(1004),
            format_version,
        };
        specs.choose(fields)
    }

    fn new(choice: Choice) -> (i64, Vec<Value>) {
        match choice {
            Choice::New(spec) => (spec["spec-id"].as_i64().unwrap(), fields(&spec).to_vec()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_field_that_is_there_or_was_keeps_its_id() {
        let (id, fields) = new(chosen(
            2,
            &[
                wanted(2, "spread", "bucket[16]"),
                wanted(3, "at_month", "month"),
                wanted(3, "at_day", "day"),
                wanted(4, "shop", "identity"),
            ],
        ));
        assert_eq!(id, 4);
        let ids: Vec<_> = fields.iter().filter_map(field_id).collect();
        assert_eq!(ids, [1002, 1000, 1001, 1005]);
        assert_eq!(
            (&fields[0]["name"], &fields[1]["x-note"]),
            (&json!("spread"), &json!(true))
        );
        let renamed = [wanted(3, "another", "day")];
        assert_eq!(field_id(&new(chosen(2, &renamed)).1[0]), Some(1005));
        assert_eq!(new(chosen(2, &[])), (4, vec![]));
    }

    #[test]
    fn what_the_table_has_is_not_added_again() {
        let [month, day, bucket] = [
            wanted(3, "at_month", "month"),
            wanted(3, "at_day", "day"),
            wanted(2, "b", "bucket[16]"),
        ];
        assert_eq!(chosen(2, &[month, bucket.clone()]), Choice::Same);
        assert_eq!(chosen(2, &[day, bucket]), Choice::Known(1));
    }

    #[test]
    fn format_1_keeps_the_places_of_those_that_go() {
        let (_, fields) = new(chosen(
            1,
            &[
                wanted(2, "at_month", "bucket[8]"),
                wanted(2, "b", "bucket[16]"),
            ],
        ));
        assert_eq!(
            fields[1..],
            [
                field(1002, 2, "b", "bucket[16]"),
                field(1005, 2, "at_month", "bucket[8]")
            ]
        );
        assert_eq!(
            (
                &fields[0]["name"],
                &fields[0]["transform"],
                field_id(&fields[0])
            ),
            (&json!("at_month_1000"), &json!("void"), Some(1000))
        );
        let spec = json!({"spec-id": 0, "fields": [wanted(1, "a", "identity")]});
        let specs = Specs {
            all: std::slice::from_ref(&spec),
            current: &spec,
            last_partition_id: None,
            format_version: 1,
        };
        let (_, fields) =
            new(specs.choose(&[wanted(1, "a", "identity"), wanted(1, "b", "bucket[4]")]));
        assert_eq!(
            fields.iter().filter_map(field_id).collect::<Vec<_>>(),
            [1000, 1001]
        );
    }

    #[test]
    fn an_order_is_new_known_or_the_same() {
        let sort = |source: i64, direction: &str| json!({"source-id": source, "transform": "identity", "direction": direction, "null-order": "nulls-first"});
        let all = [
            json!({"order-id": 0, "fields": []}),
            json!({"order-id": 1, "fields": [sort(1, "asc")]}),
        ];
        let chosen = |fields: &[Value]| choose_order(&all, Some(&all[1]), fields);
        assert_eq!(chosen(&[sort(1, "asc")]), Choice::Same);
        assert_eq!(chosen(&[]), Choice::Known(0));
        assert_eq!(new_order(chosen(&[sort(1, "desc")])), 2);
        assert_eq!(choose_order(&[], None, &[]), Choice::Same);
        let lone = [json!({"order-id": 1, "fields": [sort(1, "asc")]})];
        assert_eq!(new_order(choose_order(&lone, Some(&lone[0]), &[])), 0);
    }

    fn new_order(choice: Choice) -> i64 {
        match choice {
            Choice::New(order) => order["order-id"].as_i64().unwrap(),
            other => panic!("{other:?}"),
        }
    }
}
