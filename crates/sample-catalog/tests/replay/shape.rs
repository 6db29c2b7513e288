//! What two JSON bodies have in common when only what a server makes up differs.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

/// Keys whose values come from a clock, a random number, the place of the storage, or are words for people: of
/// these the types are compared alone. Ids and addresses are known by their looks.
const MADE_UP: [&str; 22] = [
    "access_token",
    "client.refresh-credentials-endpoint",
    "client.region",
    "clientId",
    "clientSecret",
    "created-at",
    "createTimestamp",
    "expiration-time",
    "last-updated-ms",
    "lastUpdateTimestamp",
    "message",
    "next-page-token",
    "region",
    "s3.access-key-id",
    "s3.region",
    "s3.secret-access-key",
    "s3.session-token",
    "s3.session-token-expires-at-ms",
    "s3.signer.endpoint",
    "signer.endpoint",
    "stack",
    "timestamp-ms",
];

/// Every path of keys with what stands there, with `[]` for the items of a list.
pub fn of(value: &Value) -> BTreeSet<String> {
    let mut leaves = BTreeSet::new();
    walk(value, "", false, &mut leaves);
    leaves
}

fn walk(value: &Value, path: &str, made_up: bool, leaves: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, inner) in fields {
                let made_up = made_up || MADE_UP.contains(&key.as_str());
                walk(inner, &format!("{path}.{key}"), made_up, leaves);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                walk(item, &format!("{path}[]"), made_up, leaves);
            }
        }
        leaf => {
            let shown = match leaf {
                Value::String(_) if made_up => "a text".to_owned(),
                Value::Number(_) if made_up => "a number".to_owned(),
                Value::String(text) if Uuid::parse_str(text).is_ok() => "an id".to_owned(),
                Value::String(text) if is_address(text) => "an address".to_owned(),
                leaf => leaf.to_string(),
            };
            leaves.insert(format!("{path} {shown}"));
        }
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with('/') || text.starts_with("file:")
}
