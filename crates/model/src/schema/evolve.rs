//! From the schema that a table has, and its lines as they were typed, to the schema that it is to have: what is
//! different in words, and what the specification does not allow ("Schema Evolution").

mod fields;
mod fits;
mod json;
mod merge;
mod moves;
mod touched;
mod widen;

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Value, json};

use super::{
    columns,
    lines::{self, Column, Ids, from_json},
};
use fields::{Member, Walk, index};
use merge::merged;
pub use touched::Use;

/// What a schema is changed in.
pub struct Now<'a> {
    /// The current schema, as metadata has it.
    pub schema: &'a Value,
    /// The highest field id that was ever given.
    pub last_column_id: i32,
    /// Of the table.
    pub format_version: i64,
    /// What goes by its columns.
    pub uses: &'a [Use],
}

/// A schema as it is to be.
#[derive(Debug, PartialEq)]
pub struct Evolved {
    /// As metadata has it: what is not changed says all that it said.
    pub schema: Value,
    /// The highest field id that was ever given, with those of this schema.
    pub last_column_id: i32,
    /// What is different, in sentences; none where nothing is.
    pub edits: Vec<String>,
    /// What that touches, in sentences.
    pub notes: Vec<String>,
    /// Something goes.
    pub drops: bool,
    /// What goes or is called otherwise, by the names that nobody finds any more, without those around them.
    pub names: Vec<String>,
}

/// Why a schema cannot be so.
#[derive(Debug)]
struct Refused {
    /// The field that it is about, where it has a line.
    id: Option<i64>,
    why: String,
}

impl Refused {
    fn new(id: i64, why: String) -> Self {
        Self { id: Some(id), why }
    }
}

/// What becomes of the current schema where these columns are wanted. `base` is the schema that they were typed from,
/// where that is another by now: what is typed as it was there stays as others made it.
///
/// # Errors
/// The first thing that cannot be, a sentence, with its line where it has one.
pub fn evolve(now: &Now, typed: &[Column], base: Option<&Value>) -> Result<Evolved, String> {
    let highest = |columns: &[Column]| Ids::above_all(0, columns).last();
    let unknown = |column: &&Column| highest(std::slice::from_ref(column)) > now.last_column_id;
    if let Some(column) = typed.iter().find(unknown) {
        let id = highest(std::slice::from_ref(column));
        return Err(format!(
            "Line {}: the schema has no field with the id {id}. What is new has none yet.",
            column.line
        ));
    }
    let wanted = with_ids(typed, now.last_column_id);
    let told = |refused: Refused| {
        let lines = typed.iter().zip(json::fields(&wanted));
        let mut lines = lines.filter(|(_, field)| {
            index(&json!({"fields": [field]})).contains_key(&refused.id.unwrap_or_default())
        });
        match lines.next() {
            Some((column, _)) => format!("Line {}: {}", column.line, refused.why),
            None => refused.why,
        }
    };
    let merged = match base {
        Some(base) => merged(&as_shown(base)?, &as_shown(now.schema)?, &wanted).map_err(told)?,
        None => wanted.clone(),
    };
    let evolved = evolved(now, &merged).map_err(told)?;
    // Two changes that are right each by itself may not be so together.
    from_json(&evolved.schema).map_err(|wrong| format!("It cannot be so: {}", wrong.why))?;
    Ok(evolved)
}

/// A schema as its lines say it.
fn as_shown(schema: &Value) -> Result<Value, String> {
    let columns = columns(schema).map_err(|wrong| wrong.why)?;
    Ok(with_ids(&columns, i32::MAX))
}

/// As metadata has it; what has no id gets one above the highest that was ever given.
fn with_ids(columns: &[Column], last_column_id: i32) -> Value {
    let (mut ids, mut identifiers) = (Ids::above(last_column_id), Vec::new());
    let field = |column| lines::field(column, &mut ids, &mut identifiers, true);
    let fields: Vec<Value> = columns.iter().map(field).collect();
    json!({"fields": fields, "identifier-field-ids": identifiers})
}

fn evolved(now: &Now, typed: &Value) -> Result<Evolved, Refused> {
    let old = index(now.schema);
    let mut walk = Walk::new(now, &old);
    let fields = walk.members(json::fields(now.schema), json::fields(typed), "")?;
    let Walk {
        mut edits,
        mut notes,
        drops,
        names,
        ..
    } = walk;
    let mut schema = now.schema.clone();
    schema["type"] = json!("struct");
    schema["fields"] = Value::from(fields);
    let new = index(&schema);
    notes.extend(gone(now, &old, &new)?);
    let (was, is) = (json::identifiers(now.schema), json::identifiers(typed));
    if was != is {
        schema["identifier-field-ids"] = is.iter().copied().collect();
        edits.extend(identifiers(&was, &is, &new));
    }
    notes.extend(alike(&new));
    let highest = new.keys().max().and_then(|id| i32::try_from(*id).ok());
    Ok(Evolved {
        last_column_id: now.last_column_id.max(highest.unwrap_or_default()),
        schema,
        edits,
        notes,
        drops,
        names,
    })
}

/// What goes, writers may not need; what that touches.
fn gone(
    now: &Now,
    old: &HashMap<i64, Member>,
    new: &HashMap<i64, Member>,
) -> Result<Vec<String>, Refused> {
    let identifiers = json::identifiers(now.schema);
    let mut gone: Vec<_> = old.iter().filter(|(id, _)| !new.contains_key(id)).collect();
    gone.sort_by_key(|(id, _)| **id);
    let mut notes = Vec::new();
    for (id, field) in gone {
        let stays = |why: String| Refused {
            id: None,
            why: format!("{field} (id {id}) cannot go, and its line is missing. {why}"),
        };
        if identifiers.contains(id) {
            let why = "It is an identifier field: take “identifier” off its line and save that, then drop it.";
            return Err(stays(why.to_owned()));
        }
        for used in now.uses.iter().filter(|used| used.source == *id) {
            if used.holds() {
                return Err(stays(format!("The {} goes by it.", used.what)));
            }
            notes.push(format!(
                "The {} went by {field}. Older engines fail to read a table whose column is gone so.",
                used.what
            ));
        }
    }
    Ok(notes)
}

/// Which fields tell rows apart from then on.
fn identifiers(was: &BTreeSet<i64>, is: &BTreeSet<i64>, new: &HashMap<i64, Member>) -> Vec<String> {
    let said = |id: &i64, becomes: &str| Some(format!("{} {becomes}", new.get(id)?));
    let made = is.difference(was);
    let made = made.filter_map(|id| said(id, "will be an identifier field."));
    let no_more = was.difference(is);
    let no_more = no_more.filter_map(|id| said(id, "will be no identifier field any more."));
    made.chain(no_more).collect()
}

/// Names that some engines do not tell apart.
fn alike(new: &HashMap<i64, Member>) -> Vec<String> {
    let mut all: Vec<_> = new.iter().collect();
    all.sort_by_key(|(id, _)| **id);
    let mut names = HashSet::new();
    let alike = all
        .into_iter()
        .filter(|(_, field)| !names.insert(field.path.to_lowercase()));
    let note = |(_, field): (&i64, &Member)| {
        format!(
            "There is another {field}, but for upper and lower case: engines that ignore case cannot tell them apart."
        )
    };
    alike.map(note).collect()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod together;
