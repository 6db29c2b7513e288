use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Column, Kind, MAX_COLUMNS, MAX_DEPTH, MAX_ID, Member, Wrong, checks, kinds};

/// Gives ids to fields that have none.
pub struct Ids {
    last: i32,
}

impl Ids {
    /// Above this one.
    pub fn above(last: i32) -> Self {
        Self {
            last: last.clamp(0, MAX_ID),
        }
    }

    /// Above this one and all that stand in the columns.
    pub fn above_all(last: i32, columns: &[Column]) -> Self {
        let mut ids = Self::above(last);
        columns.iter().for_each(|column| ids.see(column));
        ids
    }

    /// The last one that was given or seen.
    pub fn last(&self) -> i32 {
        self.last
    }

    fn see(&mut self, column: &Column) {
        self.last = self.last.max(column.id.unwrap_or_default());
        self.see_kind(&column.kind);
    }

    fn see_kind(&mut self, kind: &Kind) {
        match kind {
            Kind::Primitive(_) => {}
            Kind::Struct(columns) => columns.iter().for_each(|column| self.see(column)),
            Kind::List(element) => self.see_member(element),
            Kind::Map(key, value) => {
                self.see_member(key);
                self.see_member(value);
            }
        }
    }

    fn see_member(&mut self, member: &Member) {
        self.last = self.last.max(member.id.unwrap_or_default());
        self.see_kind(&member.kind);
    }

    /// Its own one, or the next. A schema holds too few columns for the ids to run out.
    fn of(&mut self, id: Option<i32>) -> i32 {
        id.unwrap_or_else(|| {
            self.last += 1;
            self.last
        })
    }
}

/// The JSON of a new table's schema: specification, appendix C. Fields without ids get some above all others.
pub fn to_json(columns: &[Column], schema_id: i32) -> Value {
    let mut ids = Ids::above_all(0, columns);
    let mut identifiers = Vec::new();
    let fields = fields(columns, &mut ids, &mut identifiers, false);
    let mut schema = json!({"type": "struct", "schema-id": schema_id});
    if !identifiers.is_empty() {
        schema["identifier-field-ids"] = identifiers.into();
    }
    schema["fields"] = fields;
    schema
}

/// The JSON of one column, and the ids of the identifier fields in it. One that is `added` to a table which is
/// there has its default for the rows that are there, too.
pub fn field(column: &Column, ids: &mut Ids, identifiers: &mut Vec<i32>, added: bool) -> Value {
    let id = ids.of(column.id);
    if column.identifier {
        identifiers.push(id);
    }
    let mut field = Map::new();
    field.insert("id".into(), id.into());
    field.insert("name".into(), column.name.clone().into());
    field.insert("required".into(), column.required.into());
    let kind = kind(&column.kind, ids, identifiers, added);
    field.insert("type".into(), kind);
    if let Some(doc) = &column.doc {
        field.insert("doc".into(), doc.clone().into());
    }
    if let Some(value) = &column.default {
        if added {
            field.insert("initial-default".into(), value.clone());
        }
        field.insert("write-default".into(), value.clone());
    }
    field.into()
}

fn fields(columns: &[Column], ids: &mut Ids, identifiers: &mut Vec<i32>, added: bool) -> Value {
    let field = |column| field(column, ids, identifiers, added);
    columns.iter().map(field).collect()
}

fn kind(of: &Kind, ids: &mut Ids, identifiers: &mut Vec<i32>, added: bool) -> Value {
    match of {
        Kind::Primitive(name) => name.clone().into(),
        Kind::Struct(columns) => {
            json!({"type": "struct", "fields": fields(columns, ids, identifiers, added)})
        }
        Kind::List(element) => json!({
            "type": "list",
            "element-id": ids.of(element.id),
            "element-required": element.required,
            "element": kind(&element.kind, ids, identifiers, added),
        }),
        Kind::Map(key, value) => json!({
            "type": "map",
            "key-id": ids.of(key.id),
            "value-id": ids.of(value.id),
            "key": kind(&key.kind, ids, identifiers, added),
            "value-required": value.required,
            "value": kind(&value.kind, ids, identifiers, added),
        }),
    }
}

/// The columns of a schema's JSON, or of an array of its fields. [`unheld`] says what of it they do not have.
///
/// # Errors
/// What cannot be said in lines: a type of another kind, a field without a name, more than there may be.
pub fn from_json(schema: &Value) -> Result<Vec<Column>, Wrong> {
    let fields = schema.as_array().or_else(|| schema["fields"].as_array());
    let Some(fields) = fields else {
        return Err(Wrong::new(1, "the JSON of a schema has “fields”."));
    };
    let identifiers = schema["identifier-field-ids"].as_array();
    let identifiers = identifiers.into_iter().flatten().filter_map(Value::as_i64);
    let mut reader = Reader {
        identifiers: identifiers.collect(),
        count: 0,
        line: 0,
    };
    let columns = reader.top(fields)?;
    checks::sound(&columns)?;
    Ok(columns)
}

struct Reader {
    identifiers: HashSet<i64>,
    count: usize,
    line: usize,
}

impl Reader {
    fn wrong<T>(&self, why: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong::new(self.line, why))
    }

    fn top(&mut self, fields: &[Value]) -> Result<Vec<Column>, Wrong> {
        let column = |(at, field)| {
            self.line = at + 1;
            self.column(field, 0)
        };
        fields.iter().enumerate().map(column).collect()
    }

    fn counted(&mut self, depth: usize) -> Result<(), Wrong> {
        self.count += 1;
        if self.count > MAX_COLUMNS {
            return self.wrong(format!("there are more than {MAX_COLUMNS} columns."));
        }
        match depth > MAX_DEPTH {
            true => self.wrong(format!("types nest more than {MAX_DEPTH} deep.")),
            false => Ok(()),
        }
    }

    fn id(&self, id: &Value) -> Result<Option<i32>, Wrong> {
        let small = |id: i64| {
            i32::try_from(id)
                .ok()
                .filter(|id| (0..=MAX_ID).contains(id))
        };
        match id {
            Value::Null => Ok(None),
            id => match id.as_i64().and_then(small) {
                None => self.wrong(format!("{id} cannot be the id of a field.")),
                id => Ok(id),
            },
        }
    }

    fn column(&mut self, field: &Value, depth: usize) -> Result<Column, Wrong> {
        self.counted(depth)?;
        let Some(name) = field["name"].as_str() else {
            return self.wrong("a field has no name.");
        };
        let id = self.id(&field["id"])?;
        let default = Some(&field["write-default"]).filter(|value| !value.is_null());
        Ok(Column {
            line: self.line,
            id,
            name: name.to_owned(),
            required: field["required"].as_bool().unwrap_or_default(),
            identifier: id.is_some_and(|id| self.identifiers.contains(&id.into())),
            kind: self.kind(&field["type"], depth, name)?,
            default: default.cloned(),
            doc: field["doc"].as_str().map(str::to_owned),
        })
    }

    fn kind(&mut self, of: &Value, depth: usize, name: &str) -> Result<Kind, Wrong> {
        if let Some(text) = of.as_str() {
            let kind = kinds::written(text);
            return kind.map(Kind::Primitive).or_else(|why| self.wrong(why));
        }
        match (of["type"].as_str(), of["fields"].as_array()) {
            (Some("struct"), Some(fields)) => {
                let column = |field| self.column(field, depth + 1);
                fields
                    .iter()
                    .map(column)
                    .collect::<Result<_, _>>()
                    .map(Kind::Struct)
            }
            (Some("list"), _) => {
                let element = self.member(of, "element", depth + 1, name)?;
                Ok(Kind::List(element.into()))
            }
            (Some("map"), _) => {
                let key = self.member(of, "key", depth + 1, name)?;
                let value = self.member(of, "value", depth + 1, name)?;
                Ok(Kind::Map(key.into(), value.into()))
            }
            _ => self.wrong(format!("the type of {name} is none that is known.")),
        }
    }

    fn member(
        &mut self,
        of: &Value,
        part: &str,
        depth: usize,
        name: &str,
    ) -> Result<Member, Wrong> {
        self.counted(depth)?;
        let required = of[format!("{part}-required")].as_bool();
        Ok(Member {
            id: self.id(&of[format!("{part}-id")])?,
            required: required.unwrap_or(part == "key"),
            kind: self.kind(&of[part], depth, name)?,
        })
    }
}

/// Calls it for each column, with the members of structs in all depths.
pub fn each_mut(columns: &mut [Column], each: &mut impl FnMut(&mut Column)) {
    for column in columns {
        each(column);
        each_in(&mut column.kind, each);
    }
}

fn each_in(kind: &mut Kind, each: &mut impl FnMut(&mut Column)) {
    match kind {
        Kind::Primitive(_) => {}
        Kind::Struct(columns) => each_mut(columns, each),
        Kind::List(element) => each_in(&mut element.kind, each),
        Kind::Map(key, value) => {
            each_in(&mut key.kind, each);
            each_in(&mut value.kind, each);
        }
    }
}

/// The same columns, for another table: their ids are left to it.
pub fn without_ids(columns: Vec<Column>) -> Vec<Column> {
    let without = |mut column: Column| {
        column.id = None;
        column.kind = kind_without_ids(column.kind);
        column
    };
    columns.into_iter().map(without).collect()
}

fn kind_without_ids(kind: Kind) -> Kind {
    let member = |member: Box<Member>| {
        Box::new(Member {
            id: None,
            required: member.required,
            kind: kind_without_ids(member.kind),
        })
    };
    match kind {
        Kind::Primitive(name) => Kind::Primitive(name),
        Kind::Struct(columns) => Kind::Struct(without_ids(columns)),
        Kind::List(element) => Kind::List(member(element)),
        Kind::Map(key, value) => Kind::Map(member(key), member(value)),
    }
}

/// What of a schema's JSON lines do not say, as `name: key`: an edit keeps it by field id, a copy loses it.
pub fn unheld(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let fields = schema.as_array().or_else(|| schema["fields"].as_array());
    fields
        .into_iter()
        .flatten()
        .for_each(|field| unheld_in(field, 0, &mut found));
    found
}

fn unheld_in(field: &Value, depth: usize, found: &mut Vec<String>) {
    const HELD: [&str; 6] = ["id", "name", "required", "type", "doc", "write-default"];
    let name = field["name"].as_str().unwrap_or_default();
    for key in field.as_object().into_iter().flat_map(Map::keys) {
        if !HELD.contains(&key.as_str()) {
            found.push(format!("{name}: {key}"));
        }
    }
    unheld_kind(&field["type"], depth, found);
}

fn unheld_kind(kind: &Value, depth: usize, found: &mut Vec<String>) {
    if depth > MAX_DEPTH || !kind.is_object() {
        return;
    }
    let fields = kind["fields"].as_array().into_iter().flatten();
    fields.for_each(|field| unheld_in(field, depth + 1, found));
    for part in ["element", "key", "value"] {
        unheld_kind(&kind[part], depth + 1, found);
    }
}
