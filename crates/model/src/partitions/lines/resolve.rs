use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::{PartitionLine, SortLine, Transform};
use crate::schema::lines::{Column, Wrong, by_path, quoted};

/// The fields of a partition spec, as JSON without their own ids, and what each does, in sentences. All `columns`
/// have ids.
///
/// # Errors
/// The first line that these columns do not take.
pub fn spec(
    lines: &[PartitionLine],
    columns: &[Column],
) -> Result<(Vec<Value>, Vec<String>), Wrong> {
    let paths = by_path(columns);
    let (mut names, mut sources) = (HashSet::new(), HashSet::new());
    let (mut fields, mut says) = (Vec::new(), Vec::new());
    for PartitionLine {
        line,
        transform,
        column,
        name,
    } in lines
    {
        let wrong = |why: String| Wrong::new(*line, why);
        let (id, kind) = source(*transform, column, &paths).map_err(wrong)?;
        let name = name.clone().unwrap_or_else(|| transform.name(column));
        if name.trim().is_empty() {
            return Err(wrong("a partition field has an empty name.".to_owned()));
        }
        let same = matches!(transform, Transform::Identity | Transform::Void) && name == *column;
        if paths.contains_key(&name) && !same {
            let why =
                format!("{name} is a column: give the partition field another name, with “as”.");
            return Err(wrong(why));
        }
        if !names.insert(name.clone()) {
            let why = format!("there are two partition fields called {name}.");
            return Err(wrong(why));
        }
        let splits = match transform.dates() {
            true => "time".to_owned(),
            false => transform.to_string(),
        };
        if !sources.insert((id, splits)) {
            let why = format!(
                "{} splits what another line splits already.",
                transform.of(column)
            );
            return Err(wrong(why));
        }
        says.push(transform.says(column, kind));
        fields.push(json!({"source-id": id, "name": name, "transform": transform.to_string()}));
    }
    Ok((fields, says))
}

/// The fields of a sort order, as JSON. All `columns` have ids.
///
/// # Errors
/// The first line that these columns do not take.
pub fn order(lines: &[SortLine], columns: &[Column]) -> Result<Vec<Value>, Wrong> {
    let paths = by_path(columns);
    let mut sources = HashSet::new();
    let field = |sort: &SortLine| {
        let wrong = |why: String| Wrong::new(sort.line, why);
        let transform = sort.transform;
        let (id, _) = source(transform, &sort.column, &paths).map_err(wrong)?;
        let of = transform.of(&sort.column);
        if transform == Transform::Void {
            return Err(wrong(format!("{of} is always null, and sorts nothing.")));
        }
        if !sources.insert((id, transform.to_string())) {
            return Err(wrong(format!("{of} stands there twice.")));
        }
        Ok(json!({
            "transform": transform.to_string(),
            "source-id": id,
            "direction": if sort.descending { "desc" } else { "asc" },
            "null-order": if sort.nulls_first { "nulls-first" } else { "nulls-last" },
        }))
    };
    lines.iter().map(field).collect()
}

/// `Rows of a file are sorted by …`; `None` where nothing sorts them.
pub fn order_words(lines: &[SortLine]) -> Option<String> {
    let word = |sort: &SortLine| {
        let direction = if sort.descending {
            "descending"
        } else {
            "ascending"
        };
        let nulls = if sort.nulls_first { "first" } else { "last" };
        format!(
            "{} {direction} with nulls {nulls}",
            sort.transform.of(&sort.column)
        )
    };
    let words: Vec<_> = lines.iter().map(word).collect();
    (!words.is_empty()).then(|| {
        format!(
            "Writers sort the rows of each file by {}.",
            words.join(", then ")
        )
    })
}

/// Field id and type of a column that a value is made from.
fn source<'a>(
    transform: Transform,
    column: &str,
    paths: &HashMap<String, &'a Column>,
) -> Result<(i32, &'a str), String> {
    let Some(found) = paths.get(column) else {
        return Err(format!("there is no column {column}."));
    };
    let Some(kind) = found.kind.primitive() else {
        return Err(format!(
            "{column} is a struct, a list or a map: only a plain value can be taken."
        ));
    };
    transform.fits(kind)?;
    match found.id {
        Some(id) => Ok((id, kind)),
        None => Err(format!("{column} has no field id.")),
    }
}

/// The lines of a spec's fields, from JSON.
///
/// # Errors
/// What lines cannot say; a sentence.
pub fn spec_lines(fields: &[Value], columns: &[Column]) -> Result<String, String> {
    let names = names(columns);
    let line = |field: &Value| {
        let (transform, path) = read(field, &names)?;
        let (of, name) = (transform.of(&typed(path)), field["name"].as_str());
        Ok(match name.filter(|name| *name != transform.name(path)) {
            Some(name) => format!("{of} as {}\n", quoted(name)),
            None => format!("{of}\n"),
        })
    };
    fields.iter().map(line).collect()
}

/// The lines of an order's fields, from JSON.
///
/// # Errors
/// What lines cannot say; a sentence.
pub fn order_lines(fields: &[Value], columns: &[Column]) -> Result<String, String> {
    let names = names(columns);
    let line = |field: &Value| {
        let (transform, path) = read(field, &names)?;
        let of = transform.of(&typed(path));
        let direction = field["direction"].as_str().unwrap_or("asc");
        let nulls = field["null-order"].as_str().unwrap_or("nulls-first");
        Ok(format!("{of} {direction} {}\n", nulls.replace('-', " ")))
    };
    fields.iter().map(line).collect()
}

fn names(columns: &[Column]) -> HashMap<i64, String> {
    let named = |(path, column): (String, &Column)| Some((column.id?.into(), path));
    by_path(columns).into_iter().filter_map(named).collect()
}

fn read<'a>(
    field: &Value,
    names: &'a HashMap<i64, String>,
) -> Result<(Transform, &'a str), String> {
    let written = field["transform"].as_str().unwrap_or_default();
    let transform = Transform::parse(written);
    let transform =
        transform.ok_or_else(|| format!("“{written}” is no transform that is known."))?;
    // Format 3 may have several sources, and may write one of them so.
    let source = match field["source-ids"].as_array().map(Vec::as_slice) {
        Some([one]) => one.as_i64(),
        Some(_) => None,
        None => field["source-id"].as_i64(),
    };
    let path = source.and_then(|id| names.get(&id));
    match path {
        Some(path) => Ok((transform, path)),
        None => Err(format!(
            "{written} is made of a column that is not in the schema."
        )),
    }
}

/// A full name as lines have it. A name that holds a dot itself reads as the same.
fn typed(path: &str) -> String {
    path.split('.').map(quoted).collect::<Vec<_>>().join(".")
}
