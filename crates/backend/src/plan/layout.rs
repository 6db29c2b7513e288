//! How a table is partitioned and sorted: from lines as they were typed to one commit.

use iceberg_rest::{
    Client, Error, Id, SnapshotsMode, TableIdent,
    types::{LAST_ADDED, Requirement, Update, metadata::TableMetadata},
};
use model::{
    error::AppError,
    form::{Field, PARTITION_LINES, SEEN_ORDER, SEEN_SPEC, SORT_LINES, operation::SAVE},
    open::Noun,
    page::TableTab,
    partitions::{
        Layout,
        evolve::{Choice, Specs, choose_order, fields, fields_of, same_order, same_spec},
        lines::{order, order_lines, order_words, partitions, sorts, spec, spec_lines},
    },
    paths::Query,
    schema::lines::{Column, Wrong, from_json},
    written::Written,
};
use serde_json::Value;

use super::{
    Asked, Beside, Plan, Text, objects::change, schema::unread, table::raw, wanted::Wanted,
};
use crate::{blocking::blocking, forms::refused};

/// As it was typed.
struct Typed {
    partitions: String,
    sorts: String,
    seen_spec: Id,
    seen_order: Id,
}

/// What was typed comes to.
struct Edited {
    metadata: TableMetadata,
    updates: Vec<Update>,
    says: Vec<String>,
    wanted: LaidOut,
    texts: Vec<Text>,
}

/// The fields of a partition spec and of a sort order.
pub struct LaidOut {
    spec: Vec<Value>,
    order: Vec<Value>,
}

pub async fn edit(asked: Asked<'_>) -> Result<Plan, AppError> {
    let typed = Typed::new(asked.fields);
    let (table, raw) = raw(&asked).await?;
    let Asked {
        connection,
        client,
        place,
        ..
    } = asked;
    let Edited {
        metadata,
        updates,
        says,
        wanted,
        texts,
    } = blocking(move || read(&raw.metadata, &typed)).await??;
    let requirements = Requirement::of_table(&updates, &metadata);
    let off = updates.is_empty();
    let TableMetadata {
        table_uuid,
        current_schema_id,
        default_spec_id,
        default_sort_order_id,
        ..
    } = metadata;
    Ok(Plan {
        says,
        beside: Beside {
            texts,
            ..Beside::default()
        },
        read: format!(
            "{table_uuid:?} {current_schema_id:?} {default_spec_id:?} {default_sort_order_id:?}"
        ),
        confirm: None,
        off: off.then(|| "Nothing would be different.".to_owned()),
        to: (place.table_path(TableTab::Partitions), SAVE),
        change: change("updateTable", &client, &connection, place, Noun::Table),
        write: client.commit_table(&table, &updates, &requirements)?,
        wanted: Wanted::LaidOut(table, Box::new(wanted)),
        client,
        connection,
    })
}

impl Typed {
    fn new(fields: &Query) -> Self {
        let id = |field: Field| Id::from(&*fields.text(field.name));
        Self {
            partitions: fields.text(PARTITION_LINES.name),
            sorts: fields.text(SORT_LINES.name),
            seen_spec: id(SEEN_SPEC),
            seen_order: id(SEEN_ORDER),
        }
    }
}

fn read(metadata: &str, typed: &Typed) -> Result<Edited, AppError> {
    let written = Written::new(metadata).map_err(unread)?;
    let names = |what: &str| refused(format!("The metadata names no {what} that writers use."));
    let schema = written.current_schema().ok_or_else(|| names("schema"))?;
    let columns = from_json(schema)
        .map_err(|wrong| refused(format!("This table cannot be edited here: {}", wrong.why)))?;
    let at = |field: &'static Field| move |wrong: Wrong| refused(wrong.to_string()).at(field);
    let lines = partitions(&typed.partitions).map_err(at(&PARTITION_LINES))?;
    let (split, sentences) = spec(&lines, &columns).map_err(at(&PARTITION_LINES))?;
    let sorting = sorts(&typed.sorts).map_err(at(&SORT_LINES))?;
    let sorted = order(&sorting, &columns).map_err(at(&SORT_LINES))?;

    let metadata = &written.metadata;
    let (current, now) = (
        written
            .current_spec()
            .ok_or_else(|| names("partition spec"))?,
        written.current_order(),
    );
    let specs = Specs {
        all: &written.specs,
        current,
        last_partition_id: metadata.last_partition_id.as_ref().and_then(Id::exact),
        format_version: metadata.format_version.unwrap_or(1),
    };
    let moved = |id: &Option<Id>, seen: &Id| id.as_ref().is_some_and(|id| id != seen);
    let [spec_moved, order_moved] = [
        moved(&metadata.default_spec_id, &typed.seen_spec),
        moved(&metadata.default_sort_order_id, &typed.seen_order),
    ];
    // What was left as it was read stays as others made it.
    let seen = written.spec(&typed.seen_spec).filter(|_| spec_moved);
    let new_spec = match seen.is_some_and(|seen| same_spec(fields(seen), &split)) {
        true => Choice::Same,
        false => specs.choose(&split),
    };
    let seen = written.order(&typed.seen_order).filter(|_| order_moved);
    let new_order = match seen.is_some_and(|seen| same_order(fields(seen), &sorted)) {
        true => Choice::Same,
        false => choose_order(&written.orders, now, &sorted),
    };

    let mut says = Vec::new();
    if spec_moved || order_moved {
        says.push("Somebody else changed the partition spec or the sort order meanwhile. What you left as it was stays as they made it.".to_owned());
    }
    says.push(format!(
        "As it is now: {}",
        Layout::from(metadata).in_words()
    ));
    if new_spec != Choice::Same {
        let none = split.is_empty();
        let none = none.then(|| "It will not be partitioned any more.".to_owned());
        says.extend(none.into_iter().chain(sentences));
        says.push(
            "What is written stays where it is. New data goes by this, and queries read both."
                .to_owned(),
        );
        if specs.format_version == 1 {
            says.push("In format version 1 a field that goes keeps its place, as void.".to_owned());
        }
    }
    if new_order != Choice::Same {
        let none = || "Writers will not sort rows any more.".to_owned();
        says.push(order_words(&sorting).unwrap_or_else(none));
        says.push("Files that are there stay sorted as they are.".to_owned());
    }
    let wanted = LaidOut {
        spec: of(&new_spec, Some(current), |id| written.spec(id)),
        order: of(&new_order, now, |id| written.order(id)),
    };
    let before = as_lines(fields(current), fields_of(now), &columns);
    let after = as_lines(&wanted.spec, &wanted.order, &columns);
    let both = before.into_iter().zip(after);
    let titles = ["Partition fields", "Sort order"].into_iter();
    // What lines do not hold is told in sentences alone.
    let texts = titles
        .zip(both)
        .filter_map(|(title, (before, after))| Some(Text::new(title, before.ok()?, after.ok()?)));
    Ok(Edited {
        texts: texts.collect(),
        updates: updates(new_spec, new_order),
        metadata: written.metadata,
        says,
        wanted,
    })
}

/// The lines of a spec's fields and of an order's, or why there are none; a sentence.
pub fn as_lines(
    spec: &[Value],
    order: &[Value],
    columns: &[Column],
) -> [Result<String, String>; 2] {
    [spec_lines(spec, columns), order_lines(order, columns)]
}

/// The fields that are chosen.
fn of<'a>(
    choice: &'a Choice,
    current: Option<&'a Value>,
    known: impl Fn(&Id) -> Option<&'a Value>,
) -> Vec<Value> {
    let chosen = match choice {
        Choice::Same => current,
        Choice::Known(id) => known(&Id::from(i64::from(*id))),
        Choice::New(new) => Some(new),
    };
    fields_of(chosen).to_vec()
}

fn updates(spec: Choice, order: Choice) -> Vec<Update> {
    let mut updates = Vec::new();
    match spec {
        Choice::Same => {}
        Choice::Known(spec_id) => updates.push(Update::SetDefaultSpec { spec_id }),
        Choice::New(spec) => updates.extend([
            Update::AddSpec { spec },
            Update::SetDefaultSpec {
                spec_id: LAST_ADDED,
            },
        ]),
    }
    match order {
        Choice::Same => {}
        Choice::Known(sort_order_id) => {
            updates.push(Update::SetDefaultSortOrder { sort_order_id });
        }
        Choice::New(sort_order) => updates.extend([
            Update::AddSortOrder { sort_order },
            Update::SetDefaultSortOrder {
                sort_order_id: LAST_ADDED,
            },
        ]),
    }
    updates
}

impl LaidOut {
    /// Whether writers partition and sort a table so.
    pub async fn is_so(&self, client: &Client, table: &TableIdent) -> Result<bool, Error> {
        let raw = client.load_table_raw(table, SnapshotsMode::Refs).await?;
        let is_so = |written: Written| {
            same_spec(fields_of(written.current_spec()), &self.spec)
                && same_order(fields_of(written.current_order()), &self.order)
        };
        Ok(Written::new(&raw.metadata).is_ok_and(is_so))
    }
}
