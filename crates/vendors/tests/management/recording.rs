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

    /// What matters in the answer, as [`crate::call`] shows it.
    pub fn expected(&self) -> Value {
        let Ok(body) = serde_json::from_str::<Value>(&self.text()) else {
            return Value::Null;
        };
        for list in ["catalogs", "principals", "roles"] {
            if let Some(items) = body[list].as_array() {
                return items.iter().map(entity).collect();
            }
        }
        if body["grants"].is_array() {
            return body["grants"].clone();
        }
        if let Some(items) = body["identifiers"].as_array() {
            return items.iter().map(|item| item["name"].clone()).collect();
        }
        if let Some(items) = body["applicable-policies"].as_array() {
            let item = |item: &Value| {
                json!([
                    item["name"],
                    item["version"],
                    item["inherited"],
                    item["namespace"]
                ])
            };
            return items.iter().map(item).collect();
        }
        if body["credentials"].is_object() {
            return json!([entity(&body["principal"]), body["credentials"]["clientId"]]);
        }
        if body["policy"].is_object() {
            let policy = &body["policy"];
            return json!([
                policy["name"],
                policy["policy-type"],
                policy["description"],
                policy["content"],
                policy["version"]
            ]);
        }
        if body["table"].is_object() {
            return body["table"].clone();
        }
        entity(&body)
    }
}

fn entity(shown: &Value) -> Value {
    json!([
        shown["name"],
        shown["entityVersion"],
        shown["createTimestamp"],
        shown["properties"],
        shown["clientId"],
        shown["storageConfigInfo"]
    ])
}
