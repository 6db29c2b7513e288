//! A request, read to its end.

use axum::{
    body::Bytes,
    http::{HeaderMap, Method, Uri, request::Parts},
};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

pub(crate) struct Ask {
    pub method: Method,
    /// As sent: signatures are made over it.
    pub uri: Uri,
    /// The raw path below the mount point.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Ask {
    pub fn new(parts: Parts, path: String, body: Bytes) -> Self {
        Self {
            method: parts.method,
            uri: parts.uri,
            path,
            headers: parts.headers,
            body,
        }
    }

    /// Whether it changes nothing.
    pub fn reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// A query parameter, decoded once; an unreadable one counts as absent.
    pub fn query(&self, name: &str) -> Option<String> {
        let pair = |text: &str| {
            let (key, value) = text.split_once('=').unwrap_or((text, ""));
            (key == name).then(|| decode_form(value)).flatten()
        };
        self.uri.query()?.split('&').find_map(pair)
    }

    /// Whether a query parameter is `true`, in any case: Python clients send `True`.
    pub fn flag(&self, name: &str) -> bool {
        self.query(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A header, when it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_slice(&self.body).map_err(|error| {
            if error.is_data() {
                Problem::BadBody(error.to_string())
            } else {
                Problem::BadJson(error.to_string())
            }
        })
    }

    /// A field of a form body (`application/x-www-form-urlencoded`).
    pub fn form(&self, name: &str) -> Option<String> {
        let text = std::str::from_utf8(&self.body).ok()?;
        text.split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .and_then(|(_, v)| decode_form(v))
    }

    /// The address that the client used, down to the mount point.
    pub fn base(&self) -> String {
        let mount = self
            .uri
            .path()
            .strip_suffix(self.path.as_str())
            .unwrap_or_default();
        format!("{}{mount}", self.origin())
    }

    /// Scheme and authority that the client used, `X-Forwarded-*` first.
    pub fn origin(&self) -> String {
        let scheme = self.header("x-forwarded-proto").unwrap_or("http");
        let host = self
            .header("x-forwarded-host")
            .or(self.header("host"))
            .unwrap_or("localhost");
        format!("{scheme}://{host}")
    }
}

fn decode_form(value: &str) -> Option<String> {
    let spaced = value.replace('+', " ");
    Some(percent_decode_str(&spaced).decode_utf8().ok()?.into_owned())
}
