//! One recorded exchange with a server, read by the code that reads live answers.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use flate2::read::GzDecoder;
use iceberg_rest::{
    Error, ErrorKind, Operation, Route,
    decode::{self, Answer, Headers, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A line of a recording. Fields besides these do not matter here.
#[derive(Deserialize)]
pub struct Exchange {
    pub method: String,
    pub path: String,
    /// `None`: the server never answered.
    pub status: Option<u16>,
    #[serde(default)]
    pub headers: Value,
    #[serde(default)]
    pub body: Value,
    #[serde(default)]
    note: Value,
}

pub enum Understood {
    /// Management and native APIs, pages, health checks.
    OtherApi,
    NoAnswer,
    /// The recording holds the beginning of the body only.
    Cut,
    Value(Operation, Box<Answer>),
    /// A request that is no operation of the specification, with an answer that carries nothing.
    Nothing,
    Error(Option<Operation>, Error),
    Not(Error),
}

/// The exchanges of a `.jsonl` or `.jsonl.gz` file.
pub fn read(file: &Path) -> io::Result<Vec<Exchange>> {
    let plain = File::open(file)?;
    let reader: Box<dyn Read> = if file.extension().is_some_and(|end| end == "gz") {
        Box::new(GzDecoder::new(plain))
    } else {
        Box::new(plain)
    };
    let mut exchanges = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let exchange = serde_json::from_str(&line).map_err(|error| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("line {}: {error}", number + 1),
            )
        })?;
        exchanges.push(exchange);
    }
    Ok(exchanges)
}

impl Exchange {
    pub fn understand(&self) -> Understood {
        let Some(path) = self.iceberg_path() else {
            return Understood::OtherApi;
        };
        let Some(status) = self.status else {
            return Understood::NoAnswer;
        };
        let body = match &self.body {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let headers = self.headers();
        let response = Response {
            status,
            headers: &headers,
            body: body.as_bytes(),
        };
        let operation = Operation::from_path(&self.method, path);
        match self.decode(operation, &response) {
            Ok(Some((operation, answer))) => Understood::Value(operation, Box::new(answer)),
            Ok(None) => Understood::Nothing,
            Err(error) if error.kind != ErrorKind::Malformed => Understood::Error(operation, error),
            Err(_) if self.is_cut() => Understood::Cut,
            Err(error) => Understood::Not(error),
        }
    }

    fn decode(
        &self,
        operation: Option<Operation>,
        response: &Response<'_>,
    ) -> Result<Option<(Operation, Answer)>, Error> {
        if let Some(operation) = operation {
            return decode::decode(operation, response).map(|answer| Some((operation, answer)));
        }
        let method = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
            .into_iter()
            .find(|name| *name == self.method);
        let route = Route {
            method: method.unwrap_or("OTHER"),
            template: "",
        };
        decode::check(route, response)?;
        if response.body.is_empty() || self.method == "OPTIONS" {
            return Ok(None);
        }
        Err(Error::new(
            ErrorKind::Malformed,
            route,
            "There is no such operation, yet it succeeded.",
        ))
    }

    /// What follows the catalog's base, from `v1` on, without the query; `None` for other APIs.
    fn iceberg_path(&self) -> Option<&str> {
        const OTHER_APIS: [&str; 6] = [
            "api-docs",
            "management",
            "polaris",
            "lakekeeper",
            "delta",
            "openlineage",
        ];
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        let at = if path.starts_with("/v1/") {
            0
        } else {
            path.find("/v1/")?
        };
        let base: Vec<&str> = path[..at]
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        // Nessie's first native API.
        let other = base == ["api"] || base.iter().any(|segment| OTHER_APIS.contains(segment));
        (!other).then_some(&path[at + 1..])
    }

    /// A body that was compressed is recorded by its length: `(gzip, 173 bytes on the wire)`.
    fn is_cut(&self) -> bool {
        let by_length = self
            .body
            .as_str()
            .is_some_and(|body| body.starts_with('(') && body.ends_with("on the wire)"));
        by_length || self.note.as_str().is_some_and(|note| note.contains("cut"))
    }

    fn headers(&self) -> Headers {
        let empty = Map::new();
        let headers = self.headers.as_object().unwrap_or(&empty);
        Headers::from_pairs(
            headers
                .iter()
                .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))),
        )
    }
}
