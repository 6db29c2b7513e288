//! Settings as `[[connection]]` blocks of `crowsnest.toml`.

use crate::keys::{self, KEYS, Key};
use crate::{Settings, Value};
use std::fmt::Write;

/// One block a connection, without secrets: in place of one stands the variable that the server is to read it from.
/// Headers and fields that may be secrets are remarks. Texts are quoted as TOML wants them.
pub fn write(connections: &[Settings]) -> String {
    let blocks: Vec<String> = connections.iter().map(block).collect();
    blocks.join("\n")
}

fn block(settings: &Settings) -> String {
    let mut out = "[[connection]]\n".to_owned();
    let hidden = settings.secrets();
    let open = settings.without_secrets();
    let is_auth = |key: &&Key| key.name.starts_with("auth.");
    for key in KEYS
        .iter()
        .filter(|key| !is_auth(key) && key.name != keys::PEOPLE)
    {
        line(&mut out, key, open.get(key.name));
        remarks(&mut out, key, &hidden);
    }
    let mut auth = String::new();
    for key in KEYS.iter().filter(is_auth) {
        if key.secret && is_wanted(settings, key) {
            let variable = variable(settings, key);
            let _ = writeln!(auth, "{}_env = {}", key.short(), quoted(&variable));
        }
        line(&mut auth, key, open.get(key.name));
        remarks(&mut auth, key, &hidden);
    }
    if !auth.is_empty() {
        out.push_str("[connection.auth]\n");
        out.push_str(&auth);
    }
    out
}

/// A secret that is set, or that this way to sign in cannot do without.
fn is_wanted(settings: &Settings, key: &Key) -> bool {
    let needed: &[&str] = match settings.auth_type() {
        "bearer" => &[keys::TOKEN],
        "oauth2" => &[keys::CLIENT_SECRET],
        "exchanged" if settings.get(keys::CLIENT_ID).is_some() => &[keys::CLIENT_SECRET],
        "sigv4" => &[keys::ACCESS_KEY_ID, keys::SECRET_ACCESS_KEY],
        _ => &[],
    };
    needed.contains(&key.name) || settings.get(key.name).is_some()
}

fn line(out: &mut String, key: &Key, value: Option<&Value>) {
    let value = match value {
        None => return,
        Some(Value::Text(text)) => quoted(text),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::Table(pairs)) => {
            let pairs = pairs
                .iter()
                .map(|(name, text)| format!("{} = {}", bare(name), quoted(text)));
            let pairs = pairs.collect::<Vec<_>>().join(", ");
            match pairs.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {pairs} }}"),
            }
        }
    };
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{} = {value}", key.short());
}

/// Pairs of a table that may be secrets, by their names.
fn remarks(out: &mut String, key: &Key, hidden: &std::collections::BTreeMap<String, String>) {
    let start = format!("{}.", key.name);
    for name in hidden.keys().filter_map(|name| name.strip_prefix(&start)) {
        let _ = writeln!(out, "# {}: add {} = \"…\"", key.short(), bare(name));
    }
}

/// `PROD_CLIENT_SECRET`: the connection's name and the key's.
fn variable(settings: &Settings, key: &Key) -> String {
    let name = settings.text(keys::NAME).unwrap_or("connection");
    let letter = |c: char| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_uppercase(),
        false => '_',
    };
    let name: String = name.chars().map(letter).collect();
    let name = name.trim_matches('_');
    let start = match name.chars().next() {
        None => "CATALOG_",
        Some(first) if first.is_ascii_digit() => "CATALOG_",
        Some(_) => "",
    };
    let joint = if name.is_empty() { "" } else { "_" };
    format!("{start}{name}{joint}{}", key.short().to_ascii_uppercase())
}

/// A key as it may stand: bare, or in quotes.
fn bare(name: &str) -> String {
    let is_bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    match !name.is_empty() && name.bytes().all(is_bare) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// A basic string of TOML 1.0: control characters, DEL among them, are escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
