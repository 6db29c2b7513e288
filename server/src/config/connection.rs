use std::str::FromStr;

use axum::http::{HeaderName, HeaderValue};
use backend::{Audience, Origin, Spec};
use iceberg_rest::{Auth, Dialect, Settings, client::RefusedHeader};
use model::person::Role;
use url::{ParseError, Url};

use super::{
    auth,
    entry::{Entries, Value},
    env::Variables,
    error::Error,
    secret, time,
};

/// Longest file of certificates, in bytes: a system's own bundle has 250 KiB.
const LARGEST_PEM: u64 = 4 * 1024 * 1024;

/// What is configured of one connection.
pub fn read(entries: &Entries, variables: &Variables) -> Result<Spec, Error> {
    let name = entries.parse("name", name)?.unwrap_or_default();
    let missing =
        |what: &str| Error::new(format_args!("connection “{name}” has no {what}")).about(what);
    let url = entries
        .parse("url", http_url)?
        .ok_or_else(|| missing("url"))?;
    let url = url.as_str().trim_end_matches('/').to_owned();
    let kind = entries.parse("kind", kind)?.flatten();
    let auth = auth::read(entries, variables, &name, &url, kind)?;
    Ok(Spec {
        kind,
        warehouse: entries.text("warehouse").map(str::to_owned),
        headers: headers(entries, &auth)?,
        ca_pem: entries.parse("ca_file", read_pem)?,
        proxy: entries.parse("proxy", proxy)?,
        connect_timeout: entries.parse("connect_timeout", time::read)?,
        limits: time::limits(entries)?,
        read_only: entries.flag("read_only").unwrap_or(false),
        acts: auth::acts(entries, variables, &name, &url, kind)?,
        origin: Origin::File,
        audience: Audience {
            role: entries.parse("role", role)?.unwrap_or(Role::Viewer),
            people: Vec::new(),
        },
        auth,
        url,
        name,
    })
}

/// Two of one name could not be told apart in an address.
pub fn refuse_duplicates(noun: &str, connections: &[Entries]) -> Result<(), Error> {
    for (index, entries) in connections.iter().enumerate() {
        let name = entries.text("name");
        if let Some(earlier) = connections[..index]
            .iter()
            .find(|earlier| earlier.text("name") == name)
            && let Some(first) = earlier.get("name")
        {
            return Err(entries.error(
                "name",
                format_args!(
                    "there is already a {noun} “{}”, see {}",
                    name.unwrap_or_default(),
                    first.place
                ),
            ));
        }
    }
    Ok(())
}

/// In an address the name is one path segment, so it cannot be empty, `.` or `..`.
fn name(text: &str) -> Result<String, String> {
    let fits = (1..=64).contains(&text.chars().count());
    if fits
        && text.trim() == text
        && !matches!(text, "." | "..")
        && !text.contains(|c: char| c.is_control() || c == '/')
    {
        Ok(text.to_owned())
    } else {
        Err("a connection's name is 1 to 64 printable characters without /".into())
    }
}

/// An http or https address without user, query or fragment. The reason never repeats the text:
/// it may hold a password.
pub fn http_url(text: &str) -> Result<Url, String> {
    let begins = || "an address begins with http:// or https://".to_owned();
    let url = Url::parse(text).map_err(|error| match error {
        ParseError::RelativeUrlWithoutBase => begins(),
        _ => format!("not an address such as https://catalog.example.com: {error}"),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(begins());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("credentials do not belong into an address: they have settings of their own, below auth".into());
    }
    if url.host_str().is_some_and(|host| host.contains('*')) {
        return Err("a host name holds no *".into());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("an address has neither ? nor #".into());
    }
    Ok(url)
}

fn proxy(text: &str) -> Result<String, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(text.to_owned()),
        _ => Err("not the address of an HTTP proxy such as http://proxy.example.com:3128".into()),
    }
}

/// The least that somebody has to be to see it.
fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| format!("“{text}” is no role: viewer, editor or admin"))
}

fn kind(text: &str) -> Result<Option<Dialect>, String> {
    match text {
        "auto" => Ok(None),
        _ => Dialect::from_str(text)
            .map(Some)
            .map_err(|error| format!("{error}, or auto")),
    }
}

fn read_pem(path: &str) -> Result<Vec<u8>, String> {
    secret::read_regular(path, LARGEST_PEM)
}

/// The words of the client, with the place.
fn headers(entries: &Entries, auth: &Auth) -> Result<Vec<(String, String)>, Error> {
    let Some(Value::Table(headers)) = entries.get("headers").map(|entry| &entry.value) else {
        return Ok(Vec::new());
    };
    for (name, value) in headers {
        if HeaderName::from_str(name).is_err() || HeaderValue::from_str(value).is_err() {
            return Err(entries.error(
                "headers",
                format_args!("“{name}” is not an HTTP header, or its value is not"),
            ));
        }
        if let Some(refused) = Settings::refused_header(name, auth) {
            let why = match refused {
                RefusedHeader::Client => "Crowsnest sets it itself".to_owned(),
                RefusedHeader::Auth => "the connection's auth section sets it".to_owned(),
                RefusedHeader::NoName | RefusedHeader::Http => refused.to_string(),
            };
            return Err(entries.error(
                "headers",
                format_args!("“{name}” cannot be set on a connection: {why}"),
            ));
        }
    }
    Ok(headers.clone())
}
