//! What two made of one schema: what each changed, of all three as lines say them.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    Refused,
    json::{self, Shape, name, shape, word},
    moves::moved,
};

/// What was `typed` from `base`, and what others made of that by `now`, together.
///
/// # Errors
/// Where both changed one thing each in its way.
pub fn merged(base: &Value, now: &Value, typed: &Value) -> Result<Value, Refused> {
    let [was, is, wanted] = [base, now, typed].map(json::identifiers);
    let kept = is
        .iter()
        .filter(|id| wanted.contains(id) || !was.contains(id));
    let added = wanted.difference(&was);
    let identifiers: Vec<i64> = kept.chain(added).copied().collect();
    let fields = members([base, now, typed].map(json::fields))?;
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), fields.into());
    schema.insert("identifier-field-ids".to_owned(), identifiers.into());
    Ok(schema.into())
}

fn members([base, now, typed]: [&[Value]; 3]) -> Result<Vec<Value>, Refused> {
    let by_id = |fields: &[Value]| -> HashMap<i64, Value> {
        fields
            .iter()
            .map(|field| (json::id(field), field.clone()))
            .collect()
    };
    let ids = |fields: &[Value]| -> Vec<i64> { fields.iter().map(json::id).collect() };
    let (was, is) = (by_id(base), by_id(now));
    let mut all = HashMap::new();
    for field in typed {
        let id = json::id(field);
        match (was.get(&id), is.get(&id)) {
            (Some(was), Some(is)) => {
                all.insert(id, one(was, is, field)?);
            }
            (Some(was), None) if was == field => {}
            (Some(_), None) => {
                let why = format!(
                    "“{}” was dropped by somebody else meanwhile: take this line out, or its id for a new one.",
                    name(field)
                );
                return Err(Refused::new(id, why));
            }
            (None, _) => {
                all.insert(id, field.clone());
            }
        }
    }
    let theirs = is.iter().filter(|(id, _)| !was.contains_key(id));
    for (id, field) in theirs {
        all.entry(*id).or_insert_with(|| field.clone());
    }
    // The order is theirs, unless it was changed here.
    let orders = match moved(&ids(base), &ids(typed)).is_empty() {
        true => [ids(now), ids(typed)],
        false => [ids(typed), ids(now)],
    };
    let order = placed(orders, |id| all.contains_key(id));
    Ok(order.iter().filter_map(|id| all.remove(id)).collect())
}

/// The first order, with those that the second alone has behind what they stand behind there.
fn placed([first, second]: [Vec<i64>; 2], stays: impl Fn(&i64) -> bool) -> Vec<i64> {
    let mut order: Vec<i64> = first.into_iter().filter(&stays).collect();
    let there: HashSet<i64> = order.iter().copied().collect();
    let mut before = None;
    for id in second.into_iter().filter(&stays) {
        if !there.contains(&id) {
            let place = order.iter().position(|one| Some(*one) == before);
            order.insert(place.map_or(0, |place| place + 1), id);
        }
        before = Some(id);
    }
    order
}

/// A field that all three have.
fn one(was: &Value, is: &Value, wanted: &Value) -> Result<Value, Refused> {
    let mut field = wanted.clone();
    for key in ["name", "required", "doc", "write-default"] {
        take(key, [was, is], &mut field);
    }
    field["type"] = kind(
        json::id(wanted),
        name(wanted),
        [was, is, wanted].map(|of| &of["type"]),
    )?;
    Ok(field)
}

/// As it is by now, where it was not changed here.
fn take(key: &str, [was, is]: [&Value; 2], field: &mut Value) {
    if was[key] != field[key] {
        return;
    }
    match (is.get(key), field.as_object_mut()) {
        (Some(value), _) => field[key] = value.clone(),
        (None, Some(members)) => {
            members.remove(key);
        }
        (None, None) => {}
    }
}

fn kind(id: i64, name: &str, [was, is, wanted]: [&Value; 3]) -> Result<Value, Refused> {
    if wanted == was {
        return Ok(is.clone());
    }
    if is == was || is == wanted {
        return Ok(wanted.clone());
    }
    let mut kind_of = wanted.clone();
    let mut part = |part: &str| -> Result<(), Refused> {
        take(&format!("{part}-required"), [was, is], &mut kind_of);
        kind_of[part] = kind(id, name, [was, is, wanted].map(|of| &of[part]))?;
        Ok(())
    };
    match [was, is, wanted].map(shape) {
        [Shape::Struct, Shape::Struct, Shape::Struct] => {
            kind_of["fields"] = members([was, is, wanted].map(json::fields))?.into();
        }
        [Shape::List, Shape::List, Shape::List] => part("element")?,
        [Shape::Map, Shape::Map, Shape::Map] => {
            part("key")?;
            part("value")?;
        }
        _ => {
            let why = format!(
                "somebody else made “{name}” {} meanwhile: say that here, too, or something wider.",
                word(is)
            );
            return Err(Refused::new(id, why));
        }
    }
    Ok(kind_of)
}
