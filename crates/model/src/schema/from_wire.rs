use std::collections::{HashMap, HashSet};

use iceberg_rest::{
    Id,
    types::{
        ViewMetadata,
        metadata::{Field, Schema, TableMetadata, Type},
    },
};

use super::{Differences, FieldRow, SchemaChoice, SchemaPage};
use crate::{shown::plain, window::Window};

/// Rows of one page: a table of thousands of columns stays light.
const SIZE: usize = 500;

/// The schemas of a table or a view, and which of them it names as current.
pub struct Schemas<'a> {
    /// In order of id.
    pub all: &'a [Schema],
    /// The one that is current, among them.
    pub current: Option<&'a Schema>,
    /// Why none is, a sentence.
    pub without: String,
}

impl<'a> From<&'a TableMetadata> for Schemas<'a> {
    fn from(metadata: &'a TableMetadata) -> Self {
        Self {
            all: &metadata.schemas,
            current: metadata.current_schema(),
            without: without("schema", metadata.current_schema_id.as_ref()),
        }
    }
}

/// That of the current version is current.
impl<'a> From<&'a ViewMetadata> for Schemas<'a> {
    fn from(metadata: &'a ViewMetadata) -> Self {
        let version = metadata.current_version();
        Self {
            all: &metadata.schemas,
            current: version.and_then(|version| metadata.schema_of(version)),
            without: match version {
                Some(version) => without("schema", version.schema_id.as_ref()),
                None => without("version", metadata.current_version_id.as_ref()),
            },
        }
    }
}

fn without(noun: &str, current: Option<&Id>) -> String {
    match current {
        Some(id) => format!("The current {noun} is {id}, which is not in the metadata."),
        None => format!("The metadata does not say which {noun} is current."),
    }
}

impl Schemas<'_> {
    /// What changed from one schema to another. Fails with the id of the one that is not there.
    fn differences<'a>(&self, from: &'a Id, to: &'a Id) -> Result<Differences, &'a Id> {
        let found = |id: &'a Id| {
            let schema = self
                .all
                .iter()
                .find(|one| one.schema_id.as_ref() == Some(id));
            schema.map(flat).ok_or(id)
        };
        Ok(Differences::new(&found(from)?, &found(to)?))
    }

    /// How two schemas relate, a sentence, and what is different; `None` where there is nothing, or one is
    /// not there.
    pub fn compared(&self, from: &Id, to: &Id) -> (String, Option<Differences>) {
        match self.differences(from, to) {
            Err(missing) => (
                format!(
                    "Schema {missing} is not in the metadata, so what changed from schema {from} to {to} is not known."
                ),
                None,
            ),
            Ok(differences) if differences.rows.is_empty() => (
                format!(
                    "Schemas {from} and {to} differ in nothing but their ids, or the order of columns."
                ),
                None,
            ),
            Ok(differences) => (
                format!("From schema {from} to schema {to}, by field id:"),
                Some(differences),
            ),
        }
    }

    /// Why another one than the current is shown.
    fn note(&self, shown: &Schema) -> Option<String> {
        self.current.is_none().then(|| {
            format!(
                "{} Schema {}, the last that is there, stands below.",
                self.without,
                name(shown)
            )
        })
    }
}

impl SchemaPage {
    /// The schema called `wanted`; without that, the current one. `None` where there is no such schema.
    pub fn new(schemas: &Schemas, wanted: &str, filter: &str, page: usize) -> Option<Self> {
        let (all, current) = (schemas.all, schemas.current);
        let shown = match wanted {
            "" => current.or(all.last())?,
            _ => all.iter().find(|schema| name(schema) == wanted)?,
        };
        let rows = filtered(flat(shown), filter);
        Some(Self {
            note: schemas.note(shown).filter(|_| wanted.is_empty()),
            schemas: all
                .iter()
                .rev()
                .map(|schema| SchemaChoice {
                    id: name(schema),
                    current: current.is_some_and(|current| current.schema_id == schema.schema_id),
                    shown: schema.schema_id == shown.schema_id,
                })
                .collect(),
            columns: shown.fields.len(),
            fields: Window::new(rows.len(), page, SIZE, |index| rows[index].clone()),
        })
    }
}

pub(super) fn name(schema: &Schema) -> String {
    schema
        .schema_id
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// A column as a line of others names it.
pub(crate) fn name_and_type(field: &Field) -> (String, String) {
    (field.name.clone(), word(&field.field_type))
}

/// A row for each column, and for each member of a nested one.
pub(crate) fn flat(schema: &Schema) -> Vec<FieldRow> {
    let mut walk = Walk {
        identifiers: schema.identifier_field_ids.iter().collect(),
        rows: Vec::new(),
    };
    walk.fields(&schema.fields, 0);
    walk.rows
}

struct Walk<'a> {
    identifiers: HashSet<&'a Id>,
    rows: Vec<FieldRow>,
}

impl Walk<'_> {
    fn fields(&mut self, fields: &[Field], depth: usize) {
        for field in fields {
            self.row(
                &field.id,
                &field.name,
                field.required,
                &field.field_type,
                depth,
            );
            if let Some(row) = self.rows.last_mut() {
                row.doc = field.doc.as_deref().map(plain);
                row.initial_default = field.initial_default.as_deref().map(plain);
                row.write_default = field.write_default.as_deref().map(plain);
            }
            self.members(&field.field_type, depth + 1);
        }
    }

    fn members(&mut self, of: &Type, depth: usize) {
        match of {
            Type::Primitive(_) | Type::Unknown(_) => {}
            Type::Struct(fields) => self.fields(fields, depth),
            Type::List {
                element_id,
                element_required,
                element,
            } => {
                self.row(element_id, "element", *element_required, element, depth);
                self.members(element, depth + 1);
            }
            Type::Map {
                key_id,
                key,
                value_id,
                value_required,
                value,
            } => {
                self.row(key_id, "key", true, key, depth);
                self.members(key, depth + 1);
                self.row(value_id, "value", *value_required, value, depth);
                self.members(value, depth + 1);
            }
        }
    }

    fn row(&mut self, id: &Id, name: &str, required: bool, kind: &Type, depth: usize) {
        self.rows.push(FieldRow {
            depth,
            id: id.to_string(),
            name: name.to_owned(),
            kind: word(kind),
            required,
            identifier: self.identifiers.contains(id),
            doc: None,
            initial_default: None,
            write_default: None,
        });
    }
}

/// A type in a word; its members have rows of their own.
fn word(kind: &Type) -> String {
    match kind {
        Type::Primitive(name) => name.clone(),
        Type::Struct(_) => "struct".into(),
        Type::List { element, .. } => format!("list<{}>", word(element)),
        Type::Map { key, value, .. } => format!("map<{}, {}>", word(key), word(value)),
        Type::Unknown(json) => json.clone(),
    }
}

/// Rows whose name, type or doc holds `filter` in any case, with those they belong to.
fn filtered(rows: Vec<FieldRow>, filter: &str) -> Vec<FieldRow> {
    if filter.is_empty() {
        return rows;
    }
    let filter = filter.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&filter);
    let mut kept = Vec::new();
    let mut around: Vec<(FieldRow, bool)> = Vec::new();
    for row in rows {
        around.truncate(row.depth);
        let found = holds(&row.name)
            || holds(&row.kind)
            || row.id == filter
            || row.doc.as_deref().is_some_and(holds);
        around.push((row, false));
        if found {
            for (row, taken) in &mut around {
                if !std::mem::replace(taken, true) {
                    kept.push(row.clone());
                }
            }
        }
    }
    kept
}

/// Full names of fields by id: `address.city`. Ids that several schemas use keep the name of the
/// current one, else of the newest.
pub fn paths<'a>(
    schemas: impl DoubleEndedIterator<Item = &'a Schema>,
    current: Option<&'a Schema>,
) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for schema in current.into_iter().chain(schemas.rev()) {
        let mut around: Vec<String> = Vec::new();
        for row in flat(schema) {
            around.truncate(row.depth);
            around.push(row.name);
            names.entry(row.id).or_insert_with(|| around.join("."));
        }
    }
    names
}
