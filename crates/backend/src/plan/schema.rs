//! The columns of a table: from lines as they were typed to one commit.

use std::collections::BTreeSet;

use iceberg_rest::{
    Id,
    SnapshotsMode::Refs,
    types::{
        LAST_ADDED, Requirement, Update,
        metadata::{Schema, TableMetadata},
    },
};
use model::{
    error::{AppError, Kind},
    form::{SCHEMA_LINES, SEEN_SCHEMA, operation::SAVE},
    format::counted,
    open::Noun,
    page::TableTab,
    schema::{
        Schemas,
        evolve::{Evolved, Now, Use, evolve},
        lines::{from_json, parse},
        shown_lines,
    },
    written::Written,
};
use serde_json::Value;

use super::{
    Asked, Beside, Plan, Text,
    objects::change,
    table::{Holds, raw},
    wanted::Wanted,
};
use crate::{blocking::blocking, forms::refused};

/// Edits that are listed.
const LISTED: usize = 200;

/// What was typed comes to.
struct Edited {
    written: Written,
    evolved: Evolved,
    uses: Vec<Use>,
    /// What others changed meanwhile, in sentences.
    others: Vec<String>,
    texts: Vec<Text>,
}

pub async fn edit(asked: Asked<'_>) -> Result<Plan, AppError> {
    let [lines, seen] = [&SCHEMA_LINES, &SEEN_SCHEMA].map(|field| asked.fields.text(field.name));
    let (table, raw) = raw(&asked).await?;
    let Asked {
        connection,
        client,
        place,
        ..
    } = asked;
    let edited = blocking(move || read(&raw.metadata, &lines, &seen)).await??;
    let Edited {
        written,
        evolved,
        uses,
        others,
        texts,
    } = edited;
    let profile = client.dialect().profile();
    let identifiers = evolved.schema["identifier-field-ids"].as_array();
    if !profile.identifier_fields && identifiers.is_some_and(|ids| !ids.is_empty()) {
        let why = format!("{} takes no identifier fields.", profile.title);
        return Err(refused(why).at(&SCHEMA_LINES));
    }
    let metadata = &written.metadata;
    let wanted = understood(&evolved.schema)?;
    let (updates, before) = updates(&evolved, &written, &wanted);
    let requirements = Requirement::of_table(&updates, metadata);
    let off = evolved.edits.is_empty();
    let off = off.then(|| "Nothing would be different.".to_owned());
    let confirm = evolved.drops.then(|| place.object.clone()).flatten();
    let told = match &off {
        Some(_) => Vec::new(),
        None => told(&evolved, metadata),
    };
    let holds: Holds =
        Box::new(move |now| now.current_schema().is_some_and(|now| same(now, &wanted)));
    Ok(Plan {
        says: others.into_iter().chain(told).chain(before).collect(),
        beside: Beside {
            texts,
            columns: evolved.names,
            ..Beside::default()
        },
        read: format!(
            "{:?} {:?} {uses:?}",
            metadata.table_uuid, metadata.current_schema_id
        ),
        confirm,
        off,
        to: (place.table_path(TableTab::Schema), SAVE),
        change: change("updateTable", &client, &connection, place, Noun::Table),
        write: client.commit_table(&table, &updates, &requirements)?,
        wanted: Wanted::Holding(table, Refs, holds),
        client,
        connection,
    })
}

fn read(metadata: &str, lines: &str, seen: &str) -> Result<Edited, AppError> {
    let wrong = |why: String| refused(why).at(&SCHEMA_LINES);
    let typed = parse(lines).map_err(|why| wrong(why.to_string()))?;
    let written = Written::new(metadata).map_err(unread)?;
    let metadata = &written.metadata;
    let Some(current) = written.current_schema() else {
        return Err(refused("The metadata names no schema that writers use."));
    };
    if typed.is_empty() {
        return Err(wrong(
            "A table has columns: type those that stay.".to_owned(),
        ));
    }
    let (seen, uses) = (Id::from(seen), Use::all(metadata));
    let is_other = metadata
        .current_schema_id
        .as_ref()
        .is_some_and(|id| *id != seen);
    let base = match written.schema(&seen) {
        None if is_other => {
            let why = "The schema that this form was filled in from is not in the metadata any more. Open the form again, in another tab, and bring over what you typed.";
            return Err(wrong(why.to_owned()));
        }
        base => base.filter(|_| is_other),
    };
    let last_column_id = metadata.last_column_id.as_ref().and_then(Id::exact);
    let last_column_id = last_column_id.and_then(|id| i32::try_from(id).ok());
    let now = Now {
        schema: current,
        last_column_id: last_column_id
            .ok_or_else(|| refused("The metadata does not say which field ids were given."))?,
        format_version: metadata.format_version.unwrap_or(1),
        uses: &uses,
    };
    let evolved = evolve(&now, &typed, base).map_err(wrong)?;
    let others = match base {
        Some(_) => others(metadata, &seen),
        None => Vec::new(),
    };
    let lines = |schema: &Value| Some(shown_lines(&from_json(schema).ok()?));
    let both = lines(current).zip(lines(&evolved.schema));
    let text = both.map(|(before, after)| Text::new("Columns", before, after));
    Ok(Edited {
        texts: text.into_iter().collect(),
        evolved,
        uses,
        others,
        written,
    })
}

pub fn unread(error: serde_json::Error) -> AppError {
    let why = format!("The metadata of this table is none that can be read here: {error}");
    AppError::new(Kind::Malformed, why)
}

fn understood(schema: &Value) -> Result<Schema, AppError> {
    serde_json::from_value(schema.clone()).map_err(unread)
}

/// What became of the schema that the form was filled in from.
fn others(metadata: &TableMetadata, seen: &Id) -> Vec<String> {
    let current = metadata.current_schema_id.clone().unwrap_or_default();
    let (_, differences) = Schemas::from(metadata).compared(seen, &current);
    let first = format!(
        "Somebody else changed the schema meanwhile, from {seen} to {current}. What you left as it was stays as they made it."
    );
    let rows = differences.into_iter().flat_map(|all| all.rows);
    let rows = rows.map(|row| format!("Theirs: “{}” {}: {}.", row.column, row.kind, row.said));
    [first].into_iter().chain(rows).collect()
}

/// In sentences.
fn told(evolved: &Evolved, metadata: &TableMetadata) -> Vec<String> {
    let Evolved { edits, notes, .. } = evolved;
    let more = edits.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| format!("And {} that are not listed.", counted(more, "change")));
    let listed = edits.iter().take(LISTED).cloned().chain(more);
    let gone = evolved.drops.then(|| {
        "What goes stays in the files that there are, and nobody reads it from then on: what is added under its name later is another column.".to_owned()
    });
    let named = (!evolved.names.is_empty()).then(|| {
        "Views, jobs and queries that name what goes or is renamed fail from then on.".to_owned()
    });
    let branches = metadata
        .refs
        .values()
        .filter(|to| to.kind == "branch")
        .count()
        > 1;
    let branches = branches.then(|| {
        "A table has one schema for all of its branches: whatever is written from then on has it. What is read by a tag or as of a snapshot keeps its own.".to_owned()
    });
    let rest = [gone, named, branches].into_iter().flatten();
    listed.chain(notes.iter().cloned()).chain(rest).collect()
}

/// What is sent; and a sentence where the table has had this schema before, which servers do not add again.
fn updates(evolved: &Evolved, written: &Written, wanted: &Schema) -> (Vec<Update>, Option<String>) {
    let mut all = written.metadata.schemas.iter();
    let before = all.find(|schema| same(schema, wanted));
    let before = before.and_then(|schema| schema.schema_id.as_ref()?.exact());
    if let Some(schema_id) = before.and_then(|id| i32::try_from(id).ok()) {
        let said = format!("That is its schema {schema_id}, which it had before.");
        return (vec![Update::SetCurrentSchema { schema_id }], Some(said));
    }
    let mut schema = evolved.schema.clone();
    schema["schema-id"] = (written.last_schema_id() + 1).into();
    let updates = vec![
        Update::AddSchema {
            schema,
            last_column_id: Some(evolved.last_column_id),
        },
        Update::SetCurrentSchema {
            schema_id: LAST_ADDED,
        },
    ];
    (updates, None)
}

/// But for their ids.
fn same(one: &Schema, other: &Schema) -> bool {
    let identifiers =
        |schema: &Schema| -> BTreeSet<Id> { schema.identifier_field_ids.iter().cloned().collect() };
    one.fields == other.fields && identifiers(one) == identifiers(other)
}
