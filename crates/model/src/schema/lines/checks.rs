use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Column, Kind, Wrong, kinds};

/// Names that readers give columns of their own.
const RESERVED: [&str; 10] = [
    "_file",
    "_pos",
    "_deleted",
    "_spec_id",
    "_partition",
    "_row_id",
    "_last_updated_sequence_number",
    "_change_type",
    "_change_ordinal",
    "_commit_snapshot_id",
];

/// Whether readers give a column of this name themselves.
pub fn reserved(name: &str) -> bool {
    RESERVED.contains(&name.to_ascii_lowercase().as_str())
}

/// What holds of each schema: every name and every id once, and identifier fields that can be some.
pub(super) fn sound(columns: &[Column]) -> Result<(), Wrong> {
    let mut ids = HashSet::new();
    let mut named = HashSet::new();
    walk(columns, &mut |column: &Column, around: &Around| {
        let wrong = |why: String| Err(Wrong::new(column.line, why));
        let name = &column.name;
        if name.trim().is_empty() {
            return wrong("a column has an empty name.".to_owned());
        }
        if !named.insert(around.path(name)) {
            return wrong(format!(
                "there are two columns called {}.",
                around.path(name)
            ));
        }
        if column.identifier {
            let why = match column.kind.primitive() {
                None | Some("variant" | "unknown") => Some("its type is no plain value"),
                Some("float" | "double") => Some("float and double tell no rows apart"),
                Some(kind) if kind.starts_with("geo") => Some("its type is no plain value"),
                Some(_) if around.in_members => Some("it is inside a list or a map"),
                Some(_) if !column.required || around.optional => {
                    Some("it can be null: say not null")
                }
                Some(_) => None,
            };
            if let Some(why) = why {
                return wrong(format!("{name} cannot be an identifier field: {why}."));
            }
        }
        if column.required && column.kind.primitive() == Some("unknown") {
            return wrong(format!(
                "{name} is of type unknown, whose values are all null."
            ));
        }
        let mut once = |id: &i32| match ids.insert(*id) {
            true => Ok(()),
            false => Err(Wrong::new(
                column.line,
                format!("the field id {id} stands there twice."),
            )),
        };
        column.id.iter().try_for_each(&mut once)?;
        members(&column.kind, &mut once)
    })
}

/// Columns and members of structs by their full names, `address.city`: not what lists and maps hold.
pub fn by_path<'a>(columns: &'a [Column]) -> HashMap<String, &'a Column> {
    let mut found = HashMap::new();
    let mut level: Vec<(String, &'a Column)> = Vec::new();
    level.extend(columns.iter().map(|column| (column.name.clone(), column)));
    while let Some((path, column)) = level.pop() {
        if let Kind::Struct(members) = &column.kind {
            let within = |member: &'a Column| (format!("{path}.{}", member.name), member);
            level.extend(members.iter().map(within));
        }
        found.insert(path, column);
    }
    found
}

/// The first of two siblings whose names differ in case alone: engines that fold names see one column.
pub fn duplicate_by_case(columns: &[Column]) -> Option<Wrong> {
    let mut named = HashSet::new();
    walk(columns, &mut |column: &Column, around: &Around| {
        let path = around.path(&column.name);
        match named.insert(path.to_lowercase()) {
            true => Ok(()),
            false => Err(Wrong::new(
                column.line,
                format!("another column is called {path}, but for upper and lower case."),
            )),
        }
    })
    .err()
}

/// What a new table's columns may not be, though a table that is there may have them: names that differ in case alone,
/// names that readers use, defaults that do not fit.
///
/// # Errors
/// The first line that is wrong.
pub fn fresh(columns: &[Column]) -> Result<(), Wrong> {
    if let Some(wrong) = duplicate_by_case(columns) {
        return Err(wrong);
    }
    walk(columns, &mut |column: &Column, around: &Around| {
        let wrong = |why: String| Err(Wrong::new(column.line, why));
        if around.path.is_empty() && reserved(&column.name) {
            return wrong(format!("readers give {} themselves.", column.name));
        }
        let fits = column.default.as_ref();
        let fits = fits.map_or(Ok(()), |value| default_fits(&column.kind, value));
        fits.or_else(wrong)
    })
}

/// The first line that only a table of format version 3 can have.
pub fn needs_format_3(columns: &[Column]) -> Option<Wrong> {
    walk(columns, &mut |column: &Column, _: &Around| {
        let what = match newer(&column.kind) {
            Some(kind) => format!("the type {kind}"),
            None if column.default.is_some() => "a default".to_owned(),
            None => return Ok(()),
        };
        Err(Wrong::new(
            column.line,
            format!("{what} needs format version 3."),
        ))
    })
    .err()
}

/// The first type of format 3 in it, but for those of the members of structs.
fn newer(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Primitive(name) => kinds::needs_3(name).then_some(name),
        Kind::Struct(_) => None,
        Kind::List(element) => newer(&element.kind),
        Kind::Map(key, value) => newer(&key.kind).or_else(|| newer(&value.kind)),
    }
}

/// Whether a value can be the default of a column of this type.
///
/// # Errors
/// What would; a sentence.
pub fn default_fits(kind: &Kind, value: &Value) -> Result<(), String> {
    let Some(kind) = kind.primitive() else {
        return Err("a struct, a list or a map takes no default.".to_owned());
    };
    let base = kind.split(['(', '[']).next().unwrap_or(kind);
    let (fits, expected) = match base {
        "boolean" => (value.is_boolean(), "true or false"),
        "int" => (
            value
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok()),
            "a whole number of 32 bits",
        ),
        "long" => (value.is_i64(), "a whole number of 64 bits"),
        "float" | "double" => (value.is_number(), "a number"),
        "decimal" => (
            value.as_str().is_some_and(|text| decimal_fits(kind, text)),
            "a number with as many digits behind the point as it has",
        ),
        "unknown" | "variant" | "geometry" | "geography" => {
            return Err(format!("{base} takes no default."));
        }
        "date" => (shaped(value, "dddd-dd-dd"), "a date: '2026-01-31'"),
        "time" => (shaped(value, "dd:dd:dd"), "a time: '10:30:00'"),
        "timestamp" | "timestamp_ns" => (
            shaped(value, "dddd-dd-ddTdd:dd:dd") && !zoned(value),
            "a time without zone: '2026-01-31T10:30:00'",
        ),
        "timestamptz" | "timestamptz_ns" => (
            shaped(value, "dddd-dd-ddTdd:dd:dd") && zoned(value),
            "a time in UTC: '2026-01-31T10:30:00+00:00'",
        ),
        _ => (value.is_string(), "a text in single quotes"),
    };
    match fits {
        true => Ok(()),
        false => Err(format!("the default of a {kind} is {expected}.")),
    }
}

fn decimal_fits(kind: &str, text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.trim_start_matches('-');
    let mut numbers = kind
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|number| number.parse::<usize>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(precision), Some(scale)) => {
            digits(whole)
                && digits(behind)
                && !whole.is_empty()
                && behind.len() == scale
                && whole.trim_start_matches('0').len() + scale <= precision
        }
        _ => false,
    }
}

/// Whether a text begins so, `d` for a digit.
fn shaped(value: &Value, shape: &str) -> bool {
    let text = value.as_str().unwrap_or_default().as_bytes();
    text.len() >= shape.len()
        && text
            .iter()
            .zip(shape.bytes())
            .all(|(byte, wanted)| match wanted {
                b'd' => byte.is_ascii_digit(),
                wanted => *byte == wanted,
            })
}

fn zoned(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.ends_with("+00:00"))
}

/// Where a column stands.
#[derive(Default)]
struct Around {
    path: String,
    /// Something around it may be null.
    optional: bool,
    in_members: bool,
}

impl Around {
    fn path(&self, name: &str) -> String {
        match self.path.is_empty() {
            true => name.to_owned(),
            false => format!("{}.{name}", self.path),
        }
    }

    fn within(&self, name: &str, required: bool, in_members: bool) -> Self {
        Self {
            path: self.path(name),
            optional: self.optional || !required,
            in_members: self.in_members || in_members,
        }
    }
}

/// Calls it for each column, with the members of structs in all depths.
fn walk(
    columns: &[Column],
    each: &mut impl FnMut(&Column, &Around) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    walk_in(columns, &Around::default(), each)
}

fn walk_in(
    columns: &[Column],
    around: &Around,
    each: &mut impl FnMut(&Column, &Around) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    for column in columns {
        each(column, around)?;
        let within = around.within(&column.name, column.required, false);
        walk_kind(&column.kind, &within, each)?;
    }
    Ok(())
}

fn walk_kind(
    kind: &Kind,
    around: &Around,
    each: &mut impl FnMut(&Column, &Around) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    match kind {
        Kind::Primitive(_) => Ok(()),
        Kind::Struct(columns) => walk_in(columns, around, each),
        Kind::List(element) => walk_kind(
            &element.kind,
            &around.within("element", element.required, true),
            each,
        ),
        Kind::Map(key, value) => {
            walk_kind(&key.kind, &around.within("key", true, true), each)?;
            let within = around.within("value", value.required, true);
            walk_kind(&value.kind, &within, each)
        }
    }
}

/// The ids of elements, keys and values, but for those inside structs.
fn members(kind: &Kind, each: &mut impl FnMut(&i32) -> Result<(), Wrong>) -> Result<(), Wrong> {
    let inner: &[&super::Member] = match kind {
        Kind::Primitive(_) | Kind::Struct(_) => &[],
        Kind::List(element) => &[element],
        Kind::Map(key, value) => &[key, value],
    };
    for member in inner {
        member.id.iter().try_for_each(&mut *each)?;
        members(&member.kind, each)?;
    }
    Ok(())
}
