//! Field by field, by their ids.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use serde_json::{Value, json};

use super::{
    Now, Refused,
    fits::{default_stays, fits, name_fits},
    json::{self, Shape, given, is, name, shape, word},
    moves::moved,
    widen,
};
use crate::shown::plain;

/// A field of a schema, or what a list or a map is made of.
pub struct Member {
    /// What it belongs to: the id of that, and its path. The schema: 0.
    pub parent: (i64, String),
    /// With the names of what it belongs to: `price.net`.
    pub path: String,
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”", self.path)
    }
}

/// Everything in a schema that has an id.
pub fn index(schema: &Value) -> HashMap<i64, Member> {
    let mut all = HashMap::new();
    within(&mut all, schema, (0, ""));
    all
}

/// What a struct, a list or a map is made of.
fn within(all: &mut HashMap<i64, Member>, kind: &Value, parent: (i64, &str)) {
    let mut found = |id: i64, name: &str, kind: &Value| {
        let path = joined(parent.1, name);
        within(all, kind, (id, &path));
        let parent = (parent.0, parent.1.to_owned());
        all.insert(id, Member { parent, path });
    };
    for field in json::fields(kind) {
        found(json::id(field), name(field), &field["type"]);
    }
    for part in ["element", "key", "value"] {
        if let Some(id) = kind[format!("{part}-id")].as_i64() {
            found(id, part, &kind[part]);
        }
    }
}

fn joined(around: &str, name: &str) -> String {
    match around {
        "" => name.to_owned(),
        around => format!("{around}.{name}"),
    }
}

pub struct Walk<'a> {
    now: &'a Now<'a>,
    old: &'a HashMap<i64, Member>,
    pub edits: Vec<String>,
    pub notes: Vec<String>,
    pub drops: bool,
    /// Those that nobody finds any more, without the names around them.
    pub names: Vec<String>,
}

impl<'a> Walk<'a> {
    pub fn new(now: &'a Now<'a>, old: &'a HashMap<i64, Member>) -> Self {
        Self {
            now,
            old,
            edits: Vec::new(),
            notes: Vec::new(),
            drops: false,
            names: Vec::new(),
        }
    }

    /// The members of a struct, as they are to be.
    pub fn members(
        &mut self,
        before: &[Value],
        after: &[Value],
        around: &str,
    ) -> Result<Vec<Value>, Refused> {
        let was = before.iter().map(|field| (json::id(field), field));
        let was: HashMap<i64, &Value> = was.collect();
        let ids: Vec<i64> = after.iter().map(json::id).collect();
        let kept: HashSet<i64> = ids.iter().copied().collect();
        let mut dropped: HashSet<&str> = HashSet::new();
        for field in before
            .iter()
            .filter(|field| !kept.contains(&json::id(field)))
        {
            let kind = word(&field["type"]);
            self.edits.push(format!(
                "{} goes: {kind}.",
                capital(&noun(around, name(field)))
            ));
            dropped.insert(name(field));
            self.drops = true;
            self.names.push(name(field).to_owned());
        }
        let mut fields = Vec::with_capacity(after.len());
        for field in after {
            let path = joined(around, name(field));
            fields.push(match was.get(&json::id(field)) {
                Some(was) => self.field(was, field, around)?,
                None => self.added(field, around)?,
            });
            let is_new = !was.contains_key(&json::id(field));
            if is_new && dropped.contains(name(field)) {
                self.notes.push(format!(
                    "“{path}” is another one than that which goes: what the files have under the old one does not show in it."
                ));
            }
        }
        let order: Vec<i64> = before.iter().map(json::id).collect();
        for at in moved(&order, &ids) {
            let path = joined(around, name(&after[at]));
            let place = match at.checked_sub(1) {
                Some(before) => format!("behind “{}”", name(&after[before])),
                None => "first".to_owned(),
            };
            self.edits.push(format!("“{path}” will stand {place}."));
        }
        Ok(fields)
    }

    fn added(&mut self, field: &Value, around: &str) -> Result<Value, Refused> {
        let (id, noun) = (json::id(field), noun(around, name(field)));
        self.is_new(field)?;
        let default = given(field, "initial-default");
        let is_required = is(field, "required");
        if is_required && default.is_none() {
            let why = format!(
                "{noun} cannot be required: rows that are there have no value in it. Leave “not null” out{}.",
                match self.now.format_version {
                    3.. => ", or give it a default",
                    _ => "",
                }
            );
            return Err(Refused::new(id, why));
        }
        name_fits(id, field)?;
        fits(id, field, self.now.format_version, &noun)?;
        let required = if is_required { ", required" } else { "" };
        let rows = match default {
            Some(value) => format!(" Rows that are there read it as {value}."),
            None => String::new(),
        };
        let kind = word(&field["type"]);
        self.edits.push(format!(
            "There will be {}: {kind}{required}.{rows}",
            indefinite(&noun)
        ));
        Ok(field.clone())
    }

    /// Neither a new field nor what is in it has an id that was given before.
    fn is_new(&self, field: &Value) -> Result<(), Refused> {
        let within = index(&json!({"fields": [field]})).into_keys();
        let was_given = |id: &i64| *id <= self.now.last_column_id.into();
        let own = Some(json::id(field)).filter(was_given);
        let Some(id) = own.or_else(|| within.filter(was_given).min()) else {
            return Ok(());
        };
        let why = match self.old.get(&id) {
            None => format!("the schema has no field with the id {id}. What is new has none yet."),
            Some(elsewhere) => {
                let at = match &elsewhere.parent {
                    (0, _) => "among the columns".to_owned(),
                    (_, path) => format!("in “{path}”"),
                };
                format!("the id {id} is that of {elsewhere}, which stands {at} and stays there.")
            }
        };
        Err(Refused::new(id, why))
    }

    /// One that is there.
    fn field(&mut self, was: &Value, now: &Value, around: &str) -> Result<Value, Refused> {
        let id = json::id(was);
        let path = joined(around, name(now));
        let mut field = was.clone();
        if name(was) != name(now) {
            self.edits.push(format!(
                "{} will be called “{}”.",
                capital(&noun(around, name(was))),
                name(now)
            ));
            name_fits(id, now)?;
            self.names.push(name(was).to_owned());
            field["name"] = now["name"].clone();
            self.touches(id, "keeps its name");
        }
        match (is(was, "required"), is(now, "required")) {
            (false, true) => {
                let why = format!(
                    "“{path}” may be null, and cannot be made required: rows that are there may have no value in it."
                );
                return Err(Refused::new(id, why));
            }
            (true, false) => {
                self.edits
                    .push(format!("“{path}” may be null from then on."));
                field["required"] = json!(false);
            }
            _ => {}
        }
        self.comment(was, now, &mut field, &path);
        self.default(was, now, &mut field, &path)?;
        field["type"] = self.kind(id, &was["type"], &now["type"], &path)?;
        if field["type"] != was["type"] {
            default_stays(id, &field, &path)?;
        }
        Ok(field)
    }

    fn comment(&mut self, was: &Value, now: &Value, field: &mut Value, path: &str) {
        if same(was, now, "doc") {
            return;
        }
        match given(now, "doc") {
            Some(doc) => {
                let text = plain(doc.as_str().unwrap_or_default());
                self.edits
                    .push(format!("The comment of “{path}” will be “{text}”."));
                field["doc"] = doc.clone();
            }
            None => {
                self.edits.push(format!("The comment of “{path}” goes."));
                without(field, "doc");
            }
        }
    }

    /// What writers write that give no value. What rows have that were there before it stays as it is.
    fn default(
        &mut self,
        was: &Value,
        now: &Value,
        field: &mut Value,
        path: &str,
    ) -> Result<(), Refused> {
        let key = "write-default";
        if same(was, now, key) {
            return Ok(());
        }
        match given(now, key) {
            Some(value) => {
                let version = self.now.format_version;
                fits(json::id(was), now, version, &format!("“{path}”"))?;
                self.edits
                    .push(format!("Writers that give no “{path}” will write {value}."));
                field[key] = value.clone();
            }
            None => {
                self.edits.push(format!(
                    "Writers that give no “{path}” will write no default."
                ));
                without(field, key);
            }
        }
        Ok(())
    }

    /// A type, as it is to be.
    fn kind(&mut self, id: i64, was: &Value, now: &Value, path: &str) -> Result<Value, Refused> {
        match (shape(was), shape(now)) {
            (Shape::Primitive(one), Shape::Primitive(other)) => {
                self.primitive(id, one, other, path)
            }
            (Shape::Struct, Shape::Struct) => {
                let fields = self.members(json::fields(was), json::fields(now), path)?;
                let mut kind = was.clone();
                kind["fields"] = Value::from(fields);
                Ok(kind)
            }
            (Shape::List, Shape::List) => {
                let mut kind = was.clone();
                self.part(id, "element", (was, now, &mut kind), path)?;
                Ok(kind)
            }
            (Shape::Map, Shape::Map) => {
                let mut kind = was.clone();
                let edits = self.edits.len();
                self.part(id, "key", (was, now, &mut kind), path)?;
                if self.edits.len() > edits {
                    let why =
                        format!("the keys of “{path}” cannot be changed: rows are found by them.");
                    return Err(Refused::new(id, why));
                }
                self.part(id, "value", (was, now, &mut kind), path)?;
                Ok(kind)
            }
            _ => {
                let why = format!(
                    "“{path}” is {}, and cannot become {}: drop it, and add another one without an id.",
                    word(was),
                    word(now)
                );
                Err(Refused::new(id, why))
            }
        }
    }

    fn primitive(&mut self, id: i64, was: &str, now: &str, path: &str) -> Result<Value, Refused> {
        if widen::same(was, now) {
            return Ok(json!(was));
        }
        let refused = |why: String| Refused::new(id, format!("“{path}” is {was}. {why}"));
        if let Some(why) = widen::refused(was, now, self.now.format_version) {
            return Err(refused(why));
        }
        if was == "date" {
            let mut uses = self.now.uses.iter();
            let other =
                uses.find(|used| used.source == id && used.is_partition && !used.is_of_days());
            if let Some(used) = other {
                return Err(refused(format!(
                    "The {} goes by it, and would have another value for the same day.",
                    used.what
                )));
            }
        }
        self.edits
            .push(format!("“{path}” will be {now}; now it is {was}."));
        self.touches(id, "stays as it is");
        Ok(json!(now))
    }

    /// What a list or a map is made of: its part keeps its id, typed or not.
    fn part(
        &mut self,
        id: i64,
        part: &str,
        (was, now, kind): (&Value, &Value, &mut Value),
        path: &str,
    ) -> Result<(), Refused> {
        let [own, required] = [format!("{part}-id"), format!("{part}-required")];
        let around = joined(path, part);
        let (old, typed) = (was[&own].as_i64(), now[&own].as_i64());
        let old = old.unwrap_or_default();
        if typed.is_some_and(|typed| typed != old && typed <= self.now.last_column_id.into()) {
            let why = format!("“{around}” has the id {old}, and keeps it.");
            return Err(Refused::new(id, why));
        }
        match (is(was, &required), is(now, &required)) {
            (false, true) => {
                let why = format!(
                    "“{around}” may be null, and cannot be made required: rows that are there may have no value in it."
                );
                return Err(Refused::new(id, why));
            }
            (true, false) => {
                self.edits
                    .push(format!("“{around}” may be null from then on."));
                kind[&required] = json!(false);
            }
            _ => {}
        }
        kind[part] = self.kind(old, &was[part], &now[part], &around)?;
        Ok(())
    }

    /// What goes by a field that is changed.
    fn touches(&mut self, id: i64, becomes: &str) {
        let used = self.now.uses.iter();
        let used = used.filter(|used| used.source == id && used.is_current);
        self.notes
            .extend(used.map(|used| format!("The {} goes by it, and {becomes}.", used.what)));
    }
}

/// Whether a text was left as it was shown.
fn same(was: &Value, now: &Value, key: &str) -> bool {
    match (given(was, key), given(now, key)) {
        (Some(Value::String(was)), Some(Value::String(now))) => was == now || plain(was) == *now,
        (was, now) => was == now,
    }
}

fn without(field: &mut Value, key: &str) {
    if let Some(members) = field.as_object_mut() {
        members.remove(key);
    }
}

/// A column, or a member of one.
fn noun(around: &str, name: &str) -> String {
    match around {
        "" => format!("the column “{name}”"),
        around => format!("the field “{around}.{name}”"),
    }
}

fn capital(sentence: &str) -> String {
    let mut rest = sentence.chars();
    let first = rest.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(rest)
        .collect()
}

fn indefinite(noun: &str) -> String {
    noun.replacen("the ", "a ", 1)
}
