//! What a field may be called, of which type, and with which default.

use serde_json::{Value, json};

use super::{
    Refused,
    json::{self, Shape, given, name, shape},
    widen,
};
use crate::schema::lines::{self, Column, Kind, default_fits, reserved};

/// Whether a name is free for people to give.
pub fn name_fits(id: i64, field: &Value) -> Result<(), Refused> {
    let name = name(field);
    let why = || format!("readers give a column “{name}” themselves: choose another name.");
    match reserved(name) {
        true => Err(Refused::new(id, why())),
        false => Ok(()),
    }
}

/// Types and defaults that came with format version 3, and whether a default is one of its type.
pub fn fits(id: i64, field: &Value, version: i64, noun: &str) -> Result<(), Refused> {
    let has_default = |field: &Value| {
        given(field, "initial-default").is_some() || given(field, "write-default").is_some()
    };
    if version >= 3 {
        let columns = lines::from_json(&json!([field]));
        let wrong = columns.map_or_else(|wrong| Some(wrong.why), |all| unfit(&all));
        return wrong.map_or(Ok(()), |why| {
            Err(Refused::new(id, format!("{noun}: {why}")))
        });
    }
    let mut kinds = Vec::new();
    json::primitives(&field["type"], &mut kinds);
    let new = kinds.into_iter().find(|kind| widen::is_new_in_3(kind));
    let why = match new {
        Some(kind) => format!("{noun} cannot be {kind}"),
        None if has_default(field) => format!("{noun} cannot have a default"),
        None => return Ok(()),
    };
    Err(Refused::new(
        id,
        format!("{why}: tables have that from format version 3 on, and this one has {version}."),
    ))
}

/// Defaults that are there must be some of the type that a field gets.
pub fn default_stays(id: i64, field: &Value, path: &str) -> Result<(), Refused> {
    let Shape::Primitive(kind) = shape(&field["type"]) else {
        return Ok(());
    };
    let kind = Kind::Primitive(kind.to_owned());
    let defaults = ["initial-default", "write-default"];
    let mut defaults = defaults.iter().filter_map(|key| given(field, key));
    match defaults.find_map(|value| default_fits(&kind, value).err()) {
        Some(why) => Err(Refused::new(
            id,
            format!("“{path}” has a default of its old type, and {why}"),
        )),
        None => Ok(()),
    }
}

/// Why a default is none of its type.
fn unfit(columns: &[Column]) -> Option<String> {
    columns.iter().find_map(|column| {
        let default = column.default.as_ref();
        let wrong = default.and_then(|value| default_fits(&column.kind, value).err());
        wrong.or_else(|| unfit_in(&column.kind))
    })
}

fn unfit_in(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Primitive(_) => None,
        Kind::Struct(members) => unfit(members),
        Kind::List(element) => unfit_in(&element.kind),
        Kind::Map(key, value) => unfit_in(&key.kind).or_else(|| unfit_in(&value.kind)),
    }
}
