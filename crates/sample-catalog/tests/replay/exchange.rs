//! Recorded exchanges with real servers, kept beside the client's own tests.

use std::{fs::File, io::Read, path::Path};

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One request to a real server, and its answer.
#[derive(Deserialize)]
pub struct Exchange {
    pub method: String,
    pub path: String,
    pub request_headers: Option<Map<String, Value>>,
    pub request_body: Option<Value>,
    /// Null when the server never answered.
    pub status: Option<u16>,
    #[serde(default)]
    pub headers: Map<String, Value>,
    pub body: Option<Value>,
}

impl Exchange {
    /// The request's body as it was sent.
    pub fn sent(&self) -> String {
        match &self.request_body {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Object(form)) if self.path.ends_with("/oauth/tokens") => {
                let pairs = form
                    .iter()
                    .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
                pairs.collect::<Vec<_>>().join("&")
            }
            Some(body) => body.to_string(),
            None => String::new(),
        }
    }

    /// The answer's body as text.
    pub fn text(&self) -> String {
        match &self.body {
            Some(Value::String(text)) => text.clone(),
            Some(body) => body.to_string(),
            None => String::new(),
        }
    }
}

/// Every exchange of `name`, in recorded order.
pub fn read(name: &str) -> Vec<Exchange> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../iceberg-rest/tests/recorded");
    let file = File::open(folder.join(format!("{name}.jsonl.gz"))).expect("the recording");
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .expect("gzip");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("an exchange"))
        .collect()
}
