//! Which values are secrets, and which of them may stay when a connection changes.

use super::{Settings, Value};
use crate::keys::{self, HEADERS};
use std::collections::BTreeMap;
use url::Url;

/// Headers that say which part of a server is meant, or what is asked of it.
const PLAIN_HEADERS: [&str; 3] = ["polaris-realm", "x-project-id", "x-goog-user-project"];
/// The same of fields of a token request.
const PLAIN_FIELDS: [&str; 4] = [
    "grant_type",
    "organization",
    "tenant",
    "requested_token_type",
];

/// Where calls go, and secrets with them.
pub(crate) const ADDRESSES: [&str; 4] =
    [keys::URL, keys::PROXY, keys::TOKEN_URL, keys::STS_ENDPOINT];

impl Settings {
    /// These settings as they may be shown and kept in the open: without secret keys, without the values of
    /// headers and fields that may be secrets, without the users that addresses may hold.
    pub fn without_secrets(&self) -> Self {
        let mut open = Self::new();
        for (place, value) in &self.0 {
            let key = &keys::KEYS[*place];
            let value = match value {
                _ if key.secret => continue,
                Value::Text(text) if ADDRESSES.contains(&key.name) => {
                    Value::Text(without_user(text))
                }
                Value::Table(pairs) => {
                    let pairs = pairs.iter().filter(|(name, _)| is_plain(key.name, name));
                    match pairs.cloned().collect::<Vec<_>>() {
                        pairs if pairs.is_empty() => continue,
                        pairs => Value::Table(pairs),
                    }
                }
                other => other.clone(),
            };
            open.0.insert(*place, value);
        }
        open
    }

    /// The rest, by key: `auth.token`, `headers.X-Api-Key`, `auth.fields.password`, and `proxy` where it holds a
    /// user.
    pub fn secrets(&self) -> BTreeMap<String, String> {
        let mut secrets = BTreeMap::new();
        for (key, value) in self.iter() {
            match value {
                Value::Text(text)
                    if key.secret || (ADDRESSES.contains(&key.name) && has_user(text)) =>
                {
                    secrets.insert(key.name.to_owned(), text.clone());
                }
                Value::Table(pairs) => {
                    let hidden = pairs.iter().filter(|(name, _)| !is_plain(key.name, name));
                    secrets.extend(
                        hidden.map(|(name, text)| (format!("{}.{name}", key.name), text.clone())),
                    );
                }
                _ => {}
            }
        }
        secrets
    }

    /// Puts secrets back where these settings have none. What has no place here is left out.
    pub fn with_secrets<'a>(
        mut self,
        secrets: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        for (name, text) in secrets {
            let known = keys::find(name);
            if ADDRESSES.contains(&name) {
                if self
                    .text(name)
                    .is_some_and(|open| open == without_user(text))
                {
                    let _ = self.set(name, text);
                }
            } else if known.is_some() {
                if self.get(name).is_none() {
                    let _ = self.set(name, text);
                }
            } else if let Some((table, pair)) = pair_of(name)
                && !self.table(table).iter().any(|(known, _)| known == pair)
            {
                let mut pairs = self.table(table).to_vec();
                pairs.push((pair.to_owned(), text.to_owned()));
                let _ = self.set(table, Value::Table(pairs));
            }
        }
        self
    }
}

/// Which secrets of `before` are gone in `after`, which holds what was filled in and no stored secret: all that are
/// not given anew, where they would now go somewhere else, or be used in another way. That is so when scheme, host or
/// port of the address, of the token endpoint, of STS or of the proxy change, or region, service or the way to sign
/// in. What is not cleared is put back by [`Settings::with_secrets`].
pub fn clears(before: &Settings, after: &Settings) -> Vec<String> {
    let moved = ADDRESSES
        .iter()
        .any(|key| origin(before.text(key)) != origin(after.text(key)));
    let changed = [keys::REGION, keys::SIGNING_NAME]
        .iter()
        .any(|key| before.text(key) != after.text(key));
    if !moved && !changed && before.auth_type() == after.auth_type() {
        return Vec::new();
    }
    let given = after.secrets();
    let is_given = |key: &String| given.get(key).is_some_and(|text| !text.is_empty());
    let stored = before.secrets().into_keys();
    stored.filter(|key| !is_given(key)).collect()
}

/// Scheme, host and port; the text itself where it is no address.
fn origin(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    Some(match Url::parse(text) {
        Ok(url) => format!(
            "{}://{}:{}",
            url.scheme(),
            url.host_str().unwrap_or_default(),
            url.port_or_known_default().unwrap_or_default()
        ),
        Err(_) => text.to_owned(),
    })
}

pub(crate) fn is_plain(table: &str, name: &str) -> bool {
    let plain: &[&str] = match table {
        HEADERS => &PLAIN_HEADERS,
        _ => &PLAIN_FIELDS,
    };
    plain.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// `headers.X-Api-Key` by table and name.
fn pair_of(name: &str) -> Option<(&'static str, &str)> {
    [HEADERS, keys::FIELDS].into_iter().find_map(|table| {
        let pair = name.strip_prefix(table)?.strip_prefix('.')?;
        Some((table, pair))
    })
}

fn has_user(address: &str) -> bool {
    without_user(address) != address
}

/// A password may have a slash in it, which leaves no URL.
pub(crate) fn without_user(address: &str) -> String {
    let start = address.find("://").map_or(0, |at| at + 3);
    let rest = &address[start..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let cut = || rest.rfind('@').filter(|_| Url::parse(address).is_err());
    match rest[..end].rfind('@').or_else(cut) {
        Some(at) => format!("{}{}", &address[..start], &rest[at + 1..]),
        None => address.to_owned(),
    }
}
