//! What is written in the metadata of tables that somebody opened: ids, locations, columns, properties, branches
//! and tags.

use iceberg_rest::{
    Id,
    types::{
        LoadTableResult,
        metadata::{Field, TableMetadata, Type},
    },
};
use model::{
    page::TableTab,
    paths::Place,
    search::{Hit, Piece, SearchAsk, What},
    settings::Setting,
    shown::{Reveal, Shown},
};

use crate::{Catalog, catalog::KeptTable};

/// Tables that are looked through.
const TABLES: usize = 500;
/// Columns of a table that are.
const COLUMNS: usize = 5_000;
/// Properties of a table that are.
const PROPERTIES: usize = 1_000;
/// Letters of a property's value that are told.
const VALUE: usize = 100;
/// Letters of a part of a column's name; fewer are in almost all.
const LETTERS: usize = 2;

/// The tables of which this is an id, a location, or a part of a column's name or a property, in order of name.
pub fn hits(catalog: &Catalog, ask: &SearchAsk) -> Vec<Hit> {
    if ask.kind.is_some_and(|kind| kind != What::Table) {
        return Vec::new();
    }
    // One twice that was read with all of its snapshots and without.
    let mut opened = catalog.opened_tables(TABLES);
    opened.sort_by_cached_key(|one| one.place.to_string());
    matching(&opened, ask)
}

fn matching(opened: &[KeptTable], ask: &SearchAsk) -> Vec<Hit> {
    let mut found = None;
    let hit = |KeptTable { place, table }: &KeptTable| {
        if found.as_ref() == Some(place) {
            return None;
        }
        let (note, href) = told(table, place, &ask.text)?;
        let note = match &place.reference {
            Some(reference) => format!("{note}, at {reference}"),
            None => note,
        };
        found = Some(place.clone());
        let piece = Piece {
            text: place.dotted(),
            marked: false,
        };
        Some(Hit {
            what: What::Table,
            pieces: vec![piece],
            warehouse: place.warehouse.clone(),
            href,
            note: Some(note),
        })
    };
    opened.iter().filter_map(hit).collect()
}

/// What of a table it is, and its page.
fn told(table: &LoadTableResult, place: &Place, text: &str) -> Option<(String, String)> {
    let metadata = &table.metadata;
    let is = |one: &str| one.eq_ignore_ascii_case(text);
    if metadata.table_uuid.as_deref().is_some_and(is) {
        return Some(("its UUID".into(), place.table_path(TableTab::Overview)));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let id = Id::from(text);
        // Only as it is written: “007” is none.
        let has = id.to_string() == text && metadata.snapshot(&id).is_some();
        return has.then(|| ("a snapshot of it".into(), place.snapshot_path(text)));
    }
    if text.contains("://") {
        let note = located(table, text)?;
        return Some((note.into(), place.table_path(TableTab::Overview)));
    }
    if metadata.refs.contains_key(text) {
        return Some((
            format!("its branch or tag {text}"),
            place.table_path(TableTab::Refs),
        ));
    }
    if let Some(column) = column(metadata, text) {
        return Some((
            format!("column {column}"),
            place.table_path(TableTab::Schema),
        ));
    }
    let property = property(metadata, text)?;
    Some((property, place.table_path(TableTab::Properties)))
}

/// The first property whose key has this in it, or its value as far as that is shown to everybody.
fn property(metadata: &TableMetadata, text: &str) -> Option<String> {
    if text.chars().count() <= LETTERS {
        return None;
    }
    let text = text.to_lowercase();
    let mut settings = metadata
        .properties
        .iter()
        .take(PROPERTIES)
        .map(|(key, value)| Setting {
            value: Shown::new(key, value, &Reveal::default()),
            key: key.clone(),
        });
    let found = settings.find(|setting| setting.holds(&text))?;
    let value: String = found.value.text().chars().take(VALUE).collect();
    Some(match found.value {
        Shown::Masked => format!("property {}", found.key),
        _ => format!("property {} = {value}", found.key),
    })
}

fn located(table: &LoadTableResult, text: &str) -> Option<&'static str> {
    if table.metadata_location.as_deref() == Some(text) {
        return Some("its metadata file");
    }
    let (location, text) = (
        table.metadata.location.as_deref()?,
        text.trim_end_matches('/'),
    );
    let location = location.trim_end_matches('/');
    let inside = |whole: &str, part: &str| {
        let rest = whole.strip_prefix(part);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    match location == text {
        true => Some("its location"),
        false if inside(text, location) => Some("a file inside it"),
        false => inside(location, text).then_some("lies there"),
    }
}

/// The first column whose name, with those that it is in, has this in it; one that is called so before others.
fn column(metadata: &TableMetadata, text: &str) -> Option<String> {
    if text.chars().count() < LETTERS {
        return None;
    }
    let schema = metadata.current_schema().or(metadata.schemas.last())?;
    let text = text.to_lowercase();
    let mut left = COLUMNS;
    let mut names = Vec::new();
    gather(&schema.fields, "", &text, &mut left, &mut names);
    let is = |name: &&String| name.to_lowercase() == text;
    names.iter().find(is).or(names.first()).cloned()
}

fn gather(fields: &[Field], around: &str, text: &str, left: &mut usize, names: &mut Vec<String>) {
    for field in fields {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let name = match around {
            "" => field.name.clone(),
            around => format!("{around}.{}", field.name),
        };
        let inner = members(&field.field_type);
        if field.name.to_lowercase().contains(text) || name.to_lowercase() == text {
            names.push(name.clone());
        }
        gather(inner, &name, text, left, names);
    }
}

/// Of a struct, or of the structs in a list.
fn members(of: &Type) -> &[Field] {
    match of {
        Type::Struct(fields) => fields,
        Type::List { element, .. } => members(element),
        Type::Map { value, .. } => members(value),
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
