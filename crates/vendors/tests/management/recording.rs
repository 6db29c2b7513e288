//! Recorded exchanges, and what reading them should give.

use std::io::Read;

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Deserialize)]
pub struct Exchange {
    pub method: String,
    pub path: String,
    pub request_body: Option<Value>,
    pub status: u16,
    pub body: Option<String>,
}

pub fn read() -> Vec<Exchange> {
    let mut text = String::new();
    let file = include_bytes!("../../../iceberg-rest/tests/recorded/polaris-1.7.0.jsonl.gz");
    GzDecoder::new(file.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl Exchange {
    /// The decoded path below the management API (`m`) or Polaris' catalog API (`n`), without the query.
    pub fn segments(&self) -> Option<Vec<String>> {
        let path = self.path.split('?').next()?;
        let (api, rest) = match path.strip_prefix("/api/management/v1/") {
            Some(rest) => ("m", rest),
            None => ("n", path.strip_prefix("/api/catalog/polaris/v1/")?),
        };
        let decode = |part| iceberg_rest::ident::decode_segment(part).unwrap();
        Some(
            [api]
                .into_iter()
                .chain(rest.split('/'))
                .map(decode)
                .collect(),
        )
    }

    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        Some(iceberg_rest::ident::decode_segment(value).unwrap())
    }

    pub fn text(&self) -> String {
        self.body.clone().unwrap_or_default()
    }

    /// The request's body; without what says nothing: an attachment's empty parameters, a false that is the default.
    pub fn sent(&self) -> Value {
        let mut body = self.request_body.clone().unwrap_or(Value::Null);
        if let Some(fields) = body.as_object_mut() {
            fields.remove("parameters");
            if fields.get("credentialRotationRequired") == Some(&json!(false)) {
                fields.remove("credentialRotationRequired");
            }
        }
        body
    }

    /// What is read of the answer: all of it, but that a list of names does not repeat where they were asked for.
    pub fn expected(&self) -> Value {
        let mut body = serde_json::from_str(&self.text()).unwrap_or(Value::Null);
        if let Some(identifiers) = body.get_mut("identifiers").and_then(Value::as_array_mut) {
            for identifier in identifiers {
                identifier["namespace"].take();
            }
        }
        plain(&body)
    }
}

/// Without what says nothing: null, false, an empty list or object.
pub fn plain(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)));
            let told = |value: &Value| match value {
                Value::Object(fields) => !fields.is_empty(),
                Value::Array(items) => !items.is_empty(),
                other => !other.is_null() && *other != false,
            };
            Value::Object(fields.filter(|(_, value)| told(value)).collect())
        }
        Value::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}
