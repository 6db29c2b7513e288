//! Profiles of Polaris' command line, `~/.polaris/.polaris.json`: an object of client, host, port, realm and the
//! realm's header for each name. Before profiles the file was one such object.

use super::draft::Draft;
use super::left::Left;
use super::why::Why;
use super::words::Means;
use super::{Catalogs, NotRead, Source, bounded};
use crate::keys;
use serde_json::{Map, Value};

/// What the command line calls unless a profile says so.
const HOST: &str = "localhost";
const PORT: &str = "8181";
/// The header that names the realm unless a profile names another.
const REALM_HEADER: &str = "Polaris-Realm";
/// What the command line asks for.
const SCOPE: &str = "PRINCIPAL_ROLE:ALL";

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let file: Map<String, Value> = serde_json::from_str(text).map_err(|error| NotRead::Broken {
        source: Source::Polaris,
        line: Some(error.line().max(1)),
    })?;
    let mut catalogs = Catalogs::default();
    if file.contains_key("client_id") {
        catalogs.drafts.push(draft("", &file));
        return Ok(catalogs);
    }
    let keys = file.values().filter_map(Value::as_object).map(Map::len);
    bounded(keys.sum::<usize>().max(file.len()))?;
    for (name, profile) in &file {
        match profile.as_object() {
            Some(profile) => catalogs.drafts.push(draft(name, profile)),
            None => catalogs.left.push(Left::new(name, Why::Shape("a profile"))),
        }
    }
    Ok(catalogs)
}

fn draft(name: &str, profile: &Map<String, Value>) -> Draft {
    let mut draft = Draft::new(name);
    let text = |key: &str| match profile.get(key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let host = text("host").unwrap_or_else(|| HOST.to_owned());
    let port = text("port").unwrap_or_else(|| PORT.to_owned());
    let base = match host.contains("://") {
        true => host,
        false => format!("http://{host}:{port}"),
    };
    let url = format!("{}/api/catalog", base.trim_end_matches('/'));
    draft.take("host", Means::Key(keys::URL), Ok(url));
    for (key, value) in profile {
        let value = match value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Null => Ok(String::new()),
            _ => Err(Why::Shape("a text")),
        };
        match key.as_str() {
            "client_id" => draft.take(key, Means::Key(keys::CLIENT_ID), value),
            "client_secret" => draft.take(key, Means::Key(keys::CLIENT_SECRET), value),
            "access_token" => draft.take(key, Means::Key(keys::TOKEN), value),
            "realm" => {
                let header = text("header").unwrap_or_else(|| REALM_HEADER.to_owned());
                let realm = value.ok().filter(|realm| !realm.is_empty());
                let taken = realm.map_or(Ok(()), |realm| draft.header(&header, &realm));
                if let Err(why) = taken {
                    draft.leave(key, why);
                }
            }
            "host" | "port" | "header" => {}
            _ => {
                let known = [
                    "client_id",
                    "client_secret",
                    "host",
                    "port",
                    "realm",
                    "header",
                ];
                draft.leave(key, Why::Unknown(keys::nearest(key, known)));
            }
        }
    }
    if profile.contains_key("client_id") {
        draft.take("scope", Means::Key(keys::SCOPE), Ok(SCOPE.to_owned()));
    }
    draft
}
