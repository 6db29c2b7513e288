//! Between the fields of a form and the objects of the API.

use std::collections::BTreeMap;

use iceberg_rest::secret;
use serde_json::{Map, Value};
use vendors::polaris::types::ConnectionConfig;

use super::*;
use crate::{
    query::Query,
    settings::{Setting, settings},
    shown::{MASKED, Reveal, Shown, plain},
};

/// The fields that an object of the API fills: texts as they are, lists a line each.
pub fn read(prefix: &str, object: &impl Serialize, into: &mut Vec<(String, String)>) {
    let Ok(Value::Object(object)) = serde_json::to_value(object) else {
        return;
    };
    for (key, value) in object {
        let text = match value {
            Value::String(text) => text,
            Value::Bool(true) => "yes".into(),
            Value::Array(items) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                items.join("\n")
            }
            _ => continue,
        };
        if text.is_empty() {
            continue;
        }
        let name = format!("{prefix}.{key}");
        // Those that the API has are no secrets; one that is newer may be.
        let known = label(&name) != name && !secret::looks_like_a_key(&text);
        let text = match known {
            true => plain(&text),
            false => MASKED.to_owned(),
        };
        into.push((name, text));
    }
}

/// What the server says of the catalog behind a federated one, and of whom it acts as there.
pub fn read_connection(
    config: &ConnectionConfig,
    reveal: &Reveal,
    into: &mut Vec<(String, String)>,
) {
    read("connection", config, into);
    let pair = |Setting { key, value }: Setting| match value {
        Shown::Masked => format!("{key}: masked, may be a secret"),
        _ => format!("{key}={}", value.text()),
    };
    let pairs: Vec<String> = settings(&config.properties, reveal)
        .into_iter()
        .map(pair)
        .collect();
    if !pairs.is_empty() {
        into.push(("connection.properties".into(), pairs.join("\n")));
    }
    read("auth", &config.authentication_parameters, into);
    read("identity", &config.service_identity, into);
}

/// The pairs of [`Input::Pairs`], or the line that is none.
pub fn pairs(typed: &str) -> Result<BTreeMap<String, String>, &str> {
    let pair = |line| match str::split_once(line, '=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err(line),
    };
    lines(typed).into_iter().map(pair).collect()
}

/// Writes what was typed for `chosen` into an object of the API. A field that was emptied goes.
pub fn write(groups: &[Group], chosen: &str, typed: &Query, into: &mut Map<String, Value>) {
    let of = |group: &&Group| group.of.is_empty() || group.of == chosen;
    // Hive and BigQuery have the fields of Hadoop.
    let like = |group: &&Group| group.of == "HADOOP" && matches!(chosen, "HIVE" | "BIGQUERY");
    let groups = groups.iter().filter(|group| of(group) || like(group));
    for field in groups.flat_map(|group| group.fields) {
        let Some((_, key)) = field.name.split_once('.') else {
            continue;
        };
        let typed = typed.get(field.name).map(str::trim).unwrap_or_default();
        let value = match field.input {
            Input::Text | Input::Secret if !typed.is_empty() => Value::from(typed),
            Input::Check if !typed.is_empty() => Value::from(true),
            // What was never said stays unsaid: servers tell no from nothing.
            Input::Check if into.contains_key(key) => Value::from(false),
            Input::Lines => Value::from(lines(typed)),
            // Read by `pairs`, which may refuse them.
            Input::Pairs => continue,
            _ => Value::Null,
        };
        match value {
            Value::Null => into.remove(key),
            Value::Array(items) if items.is_empty() => into.remove(key),
            value => into.insert(key.to_owned(), value),
        };
    }
}

fn lines(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_may_be_a_secret_is_masked() {
        let storage = json!({
            "endpoint": "https://id:hunter2@s3.example", "roleArn": "arn:aws:iam::1:role/lake",
            "allowedLocations": ["s3://lake/", "https://a.blob.core.windows.net/c?sig=abc"],
            "newer": "hunter2",
        });
        let mut fields = Vec::new();
        read("storage", &storage, &mut fields);
        fields.sort();
        let expected = [
            ("storage.allowedLocations", MASKED),
            ("storage.endpoint", "https://[masked]@s3.example"),
            ("storage.newer", MASKED),
            ("storage.roleArn", "arn:aws:iam::1:role/lake"),
        ];
        assert_eq!(
            fields,
            expected.map(|(key, text)| (key.into(), text.into()))
        );
    }
}
