//! The form of the file: envelope, JSON types, placeholders.

use super::report::{Report, shown};
use super::rule::Rule;
use crate::destination::TYPE;
use crate::edit::Edit;
use crate::keys::{self, Key, Type};
use crate::placeholder::{has_placeholder, is_expanded_elsewhere, is_stand_in};
use crate::value::{Json, Position, Value};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// `type` is exactly `ICEBERG` and `writer` is an object. False: there is nothing more to judge.
pub(super) fn envelope(report: &mut Report) -> bool {
    let file = report.file;
    let outside = |name: &str| {
        file.envelope
            .iter()
            .rev()
            .find(|entry| keys::same(&entry.key, name))
    };
    // What is missing has no place of its own.
    let beginning = file.writer_at.map(|_| Position::START);
    let stated = outside("type");
    if !matches!(stated.map(|entry| &entry.value), Some(Value::Text(text)) if text == TYPE) {
        let message = match stated {
            None => "The file has no \"type\".",
            Some(_) => "\"type\" is not exactly ICEBERG.",
        };
        report
            .found(
                Rule::EnvelopeType,
                "type",
                format!("{message} OLake compares it letter by letter and stops with: invalid destination type has been passed."),
                "Set \"type\" to \"ICEBERG\".",
            )
            .at(stated.map_or(beginning, |entry| entry.at))
            .edit(Edit::SetType);
    }
    if file.slot.is_some() {
        return true;
    }
    let stated = outside("writer");
    let bare = stated.is_none()
        && file
            .envelope
            .iter()
            .any(|entry| keys::find(&entry.key).is_some());
    let around = file
        .envelope
        .iter()
        .find(|entry| holds_writer(&entry.value));
    let (message, fix) = if stated.is_some() {
        (
            "\"writer\" is not an object, so OLake finds no settings in it.",
            "Make \"writer\" an object with the catalog's settings.",
        )
    } else if bare {
        (
            "The settings stand beside \"type\" instead of under \"writer\", where OLake looks for them.",
            "Move them into a \"writer\" object.",
        )
    } else if around.is_some() {
        (
            "The settings stand inside of another object, where OLake does not look for them.",
            "Keep the inner object, the one that holds \"writer\", and nothing around it.",
        )
    } else {
        (
            "The file has no \"writer\" object, so OLake finds no settings in it.",
            "Add a \"writer\" object with the catalog's settings.",
        )
    };
    let finding = report
        .found(Rule::EnvelopeWriter, "writer", message, fix)
        .at(stated.or(around).map_or(beginning, |entry| entry.at));
    if bare {
        finding.edit(Edit::Wrap);
    }
    false
}

/// Whether it is a whole destination: `{"destination": {"type": …, "writer": …}}`.
fn holds_writer(value: &Value) -> bool {
    let Value::Json(json) = value else {
        return false;
    };
    let inner: Result<BTreeMap<String, IgnoredAny>, _> = serde_json::from_str(json.as_str());
    inner.is_ok_and(|inner| inner.keys().any(|key| keys::same(key, "writer")))
}

/// Go's decoder refuses the whole file for one value of the wrong type.
pub(super) fn types(report: &mut Report) {
    for entry in report.file.entries() {
        let Some(Key { name, ty, .. }) = keys::find(&entry.key).filter(|key| key.is_read()) else {
            continue;
        };
        let Value::Json(json) = &entry.value else {
            continue;
        };
        if json.is_null() {
            report
                .found(
                    Rule::NullValue,
                    &entry.key,
                    format!("{name} is null, which OLake reads as if it were absent."),
                    "Remove the key.",
                )
                .at(entry.at)
                .edit(Edit::Remove(name));
            continue;
        }
        let found = json.ty();
        let refused = "OLake refuses the whole file: cannot unmarshal into Go struct field";
        match ty {
            Type::Bool => {
                let meant = json.string().and_then(|text| {
                    match text.trim().to_ascii_lowercase().as_str() {
                        "true" | "yes" | "on" | "1" => Some(true),
                        "false" | "no" | "off" | "0" | "" => Some(false),
                        _ => None,
                    }
                });
                let fix = match meant {
                    Some(on) => format!("Write {on} without quotation marks."),
                    None => "Write true or false, without quotation marks.".to_owned(),
                };
                let finding = report
                    .found(
                        Rule::NotBool,
                        &entry.key,
                        format!(
                            "{name} must be true or false, but is {found}. {refused} of type bool."
                        ),
                        fix,
                    )
                    .at(entry.at);
                if let Some(on) = meant {
                    finding.edit(Edit::flag(name, on));
                }
            }
            Type::Text => {
                let finding = report
                    .found(
                        Rule::NotText,
                        &entry.key,
                        format!(
                            "{name} must be a string, but is {found}. {refused} of type string."
                        ),
                        "Put the value in quotation marks.",
                    )
                    .at(entry.at);
                if found == "a number" {
                    finding.edit(Edit::Quote(name));
                }
            }
            Type::Int if json.as_str().parse::<i64>().is_ok() => {}
            Type::Int => {
                let digits = json
                    .string()
                    .filter(|text| text.trim().parse::<i64>().is_ok());
                let finding = report
                    .found(
                        Rule::NotInt,
                        &entry.key,
                        format!(
                            "{name} must be a whole number, but is {found}. {refused} of type int."
                        ),
                        "Write a whole number without quotation marks.",
                    )
                    .at(entry.at);
                if let Some(digits) = digits {
                    finding.edit(Edit::Set(name, Value::Json(Json(digits.trim().to_owned()))));
                }
            }
        }
    }
}

/// Placeholders are fine in a template and refused by every catalog.
pub(super) fn placeholders(report: &mut Report) {
    const FILL: &str =
        "Put the value in its place; OLake reads no environment variables and no templates.";
    for entry in report.file.entries() {
        let json;
        let text = match &entry.value {
            Value::Text(text) => text.as_str(),
            Value::Secret(secret) => secret.expose(),
            Value::Json(raw) => {
                json = raw.string().unwrap_or_default();
                json.as_str()
            }
            Value::Bool(_) => continue,
        };
        let key = shown(&entry.key);
        let (message, fix) = if is_expanded_elsewhere(text) {
            (
                format!("{key} holds a variable, which OLake takes as it is written."),
                FILL,
            )
        } else if has_placeholder(text) {
            (
                format!("{key} still holds a placeholder."),
                "Replace it, its brackets included. A template may keep it.",
            )
        } else if is_stand_in(text)
            // One way to sign in is none.
            && !keys::same(&entry.key, keys::AUTH_TYPE)
            && keys::find(&entry.key).is_some_and(Key::is_read)
        {
            (
                format!("{key} looks like an example that was not replaced."),
                "Put the real value in its place, unless it is called so.",
            )
        } else {
            continue;
        };
        report
            .found(Rule::Placeholder, &key, message, fix)
            .at(entry.at);
    }
}
