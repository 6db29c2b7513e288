use toml::Value as Toml;
use url::Url;

use super::{
    Settings,
    entry::{Entries, Value},
    keys::{CONNECTION, Key, PROVIDER, SERVER},
};

const MASK: &str = "********";

/// The settings in force, as a file would hold them, each with its place. Secrets, and values of
/// headers, which may hold some, are masked, but for those that name a realm or a project.
pub fn print(settings: &Settings) -> String {
    let mut lines = Vec::new();
    section(&mut lines, &settings.server, SERVER, "");
    for provider in &settings.providers {
        lines.push(String::new());
        lines.push("[[provider]]".to_owned());
        section(&mut lines, provider, PROVIDER, "");
    }
    for connection in &settings.connections {
        lines.push(String::new());
        lines.push("[[connection]]".to_owned());
        section(&mut lines, connection, CONNECTION, "");
        let before = lines.len();
        section(&mut lines, connection, CONNECTION, "auth.");
        if lines.len() > before {
            lines.insert(before, "[connection.auth]".to_owned());
        }
    }
    lines.join("\n")
}

fn section(lines: &mut Vec<String>, entries: &Entries, keys: &[Key], prefix: &str) {
    for (key, name) in keys
        .iter()
        .flat_map(|key| key.names().into_iter().map(move |name| (key, name)))
    {
        let Some(short) = name
            .strip_prefix(prefix)
            .filter(|short| !short.contains('.'))
        else {
            continue;
        };
        if let Some(entry) = entries.get(&name) {
            let value = shown(key, &name, &entry.value);
            lines.push(format!("{short} = {value}  # {}", entry.place));
        }
    }
}

fn shown(key: &Key, name: &str, value: &Value) -> Toml {
    match value {
        Value::Text(_) if key.secret && name == key.name => Toml::from(MASK),
        Value::Text(text) => Toml::from(without_userinfo(text)),
        Value::Flag(flag) => Toml::from(*flag),
        Value::List(items) => Toml::from(items.clone()),
        Value::Table(pairs) => Toml::Table(
            pairs
                .iter()
                .map(|(name, value)| match is_plain(name) {
                    true => (name.clone(), Toml::from(value.as_str())),
                    false => (name.clone(), Toml::from(MASK)),
                })
                .collect(),
        ),
    }
}

/// Headers that say which part of a server is meant: nobody's secret, and the first thing to look at where
/// everything is refused.
const PLAIN: [&str; 3] = ["polaris-realm", "x-project-id", "x-goog-user-project"];

fn is_plain(header: &str) -> bool {
    PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(header))
}

/// A proxy's address may hold a user and a password, and the user may be a token.
fn without_userinfo(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else {
        return text.to_owned();
    };
    if url.username().is_empty() && url.password().is_none() {
        return text.to_owned();
    }
    // Both fail only where a URL can hold neither, which this one does.
    let _ = url.set_username(MASK);
    if url.password().is_some() {
        let _ = url.set_password(Some(MASK));
    }
    url.into()
}
