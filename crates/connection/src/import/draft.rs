//! A catalog while its keys are read, and the connection that comes of them.

use super::left::{Left, Why, shown};
use super::value::readable;
use super::words::Means;
use super::{Found, MAX_KEY, auth};
use crate::aws;
use crate::keys::{self, AUTH_TYPES, KEYS};
use crate::presets::Preset;
use crate::{Settings, Value};
use url::Url;

/// Headers that Crowsnest sends itself, or that belong to HTTP; with those that begin `x-amz-`.
const OWN_HEADERS: [&str; 22] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-iceberg-access-delegation",
];
/// Longest name of a connection, in characters.
const LONGEST_NAME: usize = 64;
/// What Iceberg signs for where no service is named.
const DEFAULT_SERVICE: &str = "execute-api";

/// What was read of one catalog so far.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) settings: Settings,
    pub(super) left: Vec<Left>,
    /// The keys that were meant, whatever their value, each with what the text calls it.
    meant: Vec<(&'static str, String)>,
    /// Keys of the object store, which sign calls to the catalog too where these are signed.
    signing: Vec<(String, &'static str, Result<String, Why>)>,
    /// What is said of signing.
    signs: Option<bool>,
    /// What is said of signing in.
    stated: Option<&'static str>,
    /// It is our own file: nothing follows from what is there.
    pub(super) is_own: bool,
}

impl Draft {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            settings: Settings::new(),
            left: Vec::new(),
            meant: Vec::new(),
            signing: Vec::new(),
            signs: None,
            stated: None,
            is_own: false,
        }
    }

    pub(super) fn leave(&mut self, key: &str, why: Why) {
        self.left.push(Left::new(key, why));
    }

    /// Leaves a key that nobody knows, unless it is still to be filled in itself.
    pub(super) fn unknown(&mut self, key: &str, near: Option<&'static str>) {
        let why = match readable(key, false) {
            Err(why) => why,
            Ok(_) => Why::Unknown(near),
        };
        self.leave(key, why);
    }

    /// Says how to sign in where the text's own form does.
    pub(super) fn state(&mut self, auth_type: &'static str) {
        self.stated = Some(auth_type);
    }

    /// Takes a key as it is meant, or leaves it and says why.
    pub(super) fn take(&mut self, key: &str, means: Means, value: Result<String, Why>) {
        let taken = match means {
            Means::Said => Ok(()),
            Means::Storage => Err(Why::Storage),
            Means::Engine => Err(Why::Engine),
            Means::File => Err(Why::File),
            Means::NoSuchSignIn(advice) => Err(Why::NoSuchSignIn(advice)),
            Means::Signing(ours) => {
                self.signing.push((key.to_owned(), ours, value));
                Ok(())
            }
            Means::Key(ours) => self.put(key, ours, value),
            Means::Credential => self.credential(key, value),
            Means::Header(name) => value.and_then(|value| self.header(name, &value)),
            Means::Headers => self.headers(key, value),
            Means::Signs => value.and_then(|value| {
                self.signs = Some(flag(&value)?);
                Ok(())
            }),
            Means::AuthType => value.and_then(|value| {
                self.stated = Some(auth::auth_type(readable(&value, false)?)?);
                Ok(())
            }),
        };
        if let Err(why) = taken {
            self.leave(key, why);
        }
    }

    fn put(
        &mut self,
        key: &str,
        ours: &'static str,
        value: Result<String, Why>,
    ) -> Result<(), Why> {
        let before = self.meant.iter().find(|(known, _)| *known == ours);
        if let (Some((_, before)), true) = (before, self.settings.get(ours).is_some()) {
            return Err(Why::Twice(shown(before)));
        }
        self.meant.push((ours, key.to_owned()));
        let value = value?;
        let is_secret = keys::find(ours).is_some_and(|key| key.secret);
        let text = readable(&value, is_secret)?;
        let (text, whole) = match ours {
            keys::URL | keys::STS_ENDPOINT => address(text)?,
            keys::TOKEN_URL if !text.contains([':', '@', '?', '#']) => (text.to_owned(), true),
            keys::TOKEN_URL => address(text)?,
            _ => (text.to_owned(), true),
        };
        self.settings
            .set(ours, Value::Text(text))
            .map_err(|_| Why::Shape("a text of at most 64 KiB"))?;
        match whole {
            true => Ok(()),
            false => Err(Why::InAddress),
        }
    }

    fn credential(&mut self, key: &str, value: Result<String, Why>) -> Result<(), Why> {
        let value = match value {
            Ok(value) => value,
            Err(why) => {
                self.meant.push((keys::CLIENT_SECRET, key.to_owned()));
                return Err(why);
            }
        };
        // Without an id the whole is the secret.
        let (id, secret) = match value.split_once(':').filter(|_| !value.starts_with("${")) {
            Some((id, secret)) => (Some(id), secret),
            None => (None, value.as_str()),
        };
        let id = id.map_or(Ok(()), |id| {
            self.put(key, keys::CLIENT_ID, Ok(id.to_owned()))
        });
        let secret = self.put(key, keys::CLIENT_SECRET, Ok(secret.to_owned()));
        id.and(secret)
    }

    /// One header. A bearer token in `Authorization` is the way to sign in.
    pub(super) fn header(&mut self, name: &str, value: &str) -> Result<(), Why> {
        let name = name.trim();
        if name.eq_ignore_ascii_case("authorization") {
            let token = value.trim().split_once(' ');
            return match token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) {
                Some((_, token)) => {
                    self.put("Authorization", keys::TOKEN, Ok(token.trim().to_owned()))
                }
                None => Err(Why::NoSuchSignIn(super::words::NO_PASSWORD)),
            };
        }
        let lower = name.to_ascii_lowercase();
        if OWN_HEADERS.contains(&lower.as_str()) || lower.starts_with("x-amz-") {
            return Err(Why::OwnHeader);
        }
        let is_name = !name.is_empty()
            && name.len() <= MAX_KEY
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
        if !is_name || value.contains(|c: char| c.is_control() && c != '\t') {
            return Err(Why::Shape("a header"));
        }
        // A header may hold a secret, which may hold anything.
        let value = readable(value, true)?;
        let mut pairs = self.settings.table(keys::HEADERS).to_vec();
        pairs.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        pairs.push((name.to_owned(), value.to_owned()));
        self.settings
            .set(keys::HEADERS, Value::Table(pairs))
            .map_err(|_| Why::Shape("one of at most 100 headers"))
    }

    fn headers(&mut self, key: &str, value: Result<String, Why>) -> Result<(), Why> {
        let value = value?;
        let mut parts: Vec<(String, String)> = Vec::new();
        for part in value.split(',') {
            match (part.split_once(':'), parts.last_mut()) {
                (Some((name, value)), _) => parts.push((name.trim().to_owned(), value.to_owned())),
                // A comma of the value.
                (None, Some((_, before))) => *before = format!("{before},{part}"),
                (None, None) => return Err(Why::Shape("a list of headers")),
            }
        }
        for (name, value) in parts {
            if let Err(why) = self.header(&name, &value) {
                self.leave(&format!("{key}: {name}"), why);
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Found {
        let auth_type = self.auth_type();
        if self.is_own {
            self.part(auth_type);
            return self.found();
        }
        self.sign(auth_type);
        self.part(auth_type);
        // An address of Iceberg's may be relative to the catalog's.
        if let (Some(url), Some(token_url)) = (
            self.settings.text(keys::URL),
            self.settings.text(keys::TOKEN_URL),
        ) && !token_url.contains("://")
        {
            let whole = format!("{url}/{}", token_url.trim_start_matches('/'));
            let _ = self.settings.set(keys::TOKEN_URL, whole);
        }
        let _ = self.settings.set(keys::AUTH_TYPE, auth_type);
        let preset = Preset::of(&self.settings);
        if self.settings.get(keys::KIND).is_none() && preset.id != "generic" {
            let _ = self.settings.set(keys::KIND, preset.kind);
        }
        self.found()
    }

    fn found(mut self) -> Found {
        let preset = Preset::of(&self.settings);
        let name = name(&self.name, &self.settings, preset);
        let _ = self.settings.set(keys::NAME, name.as_str());
        Found {
            name,
            settings: self.settings,
            left: self.left,
        }
    }

    fn auth_type(&self) -> &'static str {
        let meant = |key: &str| self.meant.iter().any(|(known, _)| *known == key);
        let is_client = meant(keys::CLIENT_ID) || meant(keys::CLIENT_SECRET);
        match (self.stated, self.signs) {
            // To Iceberg a token alone is a case of OAuth 2.
            (Some("oauth2"), _) if meant(keys::TOKEN) && !is_client => "bearer",
            (Some(stated), _) => stated,
            (None, Some(true)) => "sigv4",
            (None, _) if is_client => "oauth2",
            (None, _) if meant(keys::TOKEN) => "bearer",
            (None, None) if meant(keys::SIGNING_NAME) => "sigv4",
            (None, _) => "none",
        }
    }

    /// What signs calls, and what follows from the address.
    fn sign(&mut self, auth_type: &'static str) {
        for (key, ours, value) in std::mem::take(&mut self.signing) {
            let is_set = self.settings.get(ours).is_some();
            let taken = match auth_type {
                "sigv4" if !is_set => self.put(&key, ours, value),
                _ => Err(Why::Storage),
            };
            if let Err(why) = taken {
                self.leave(&key, why);
            }
        }
        if auth_type != "sigv4" {
            return;
        }
        let host = self.settings.text(keys::URL).and_then(host);
        let host = host.unwrap_or_default();
        let (service, region) = match aws::endpoint(&host) {
            Some((service, region)) => (service, Some(region)),
            None => (DEFAULT_SERVICE, None),
        };
        let known = [(keys::SIGNING_NAME, Some(service)), (keys::REGION, region)];
        for (key, text) in known {
            if let (None, Some(text)) = (self.settings.get(key), text) {
                let _ = self.settings.set(key, text);
            }
        }
    }

    /// A key of another way to sign in would be without effect.
    fn part(&mut self, auth_type: &'static str) {
        for key in KEYS.iter().filter(|key| !key.is_for(auth_type)) {
            if self.settings.remove(key.name).is_some() {
                let called = self.meant.iter().find(|(known, _)| *known == key.name);
                let called = called.map_or(key.name, |(_, called)| called).to_owned();
                self.leave(&called, Why::OtherSignIn(auth_type));
            }
        }
    }
}

/// An address without a user, a query or a slash at its end, and whether it had no more than that.
fn address(text: &str) -> Result<(String, bool), Why> {
    let plain = crate::settings::without_user(text);
    let end = plain.find(['?', '#']).unwrap_or(plain.len());
    let address = plain[..end].trim_end_matches('/');
    let is_http = Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    // What has one in its path was probably meant otherwise.
    if !is_http || !address.contains("://") || address.contains('@') {
        return Err(Why::Shape("an address such as https://catalog.example.com"));
    }
    let whole = plain == text && end == plain.len();
    Ok((address.to_owned(), whole))
}

fn host(address: &str) -> Option<String> {
    Some(Url::parse(address).ok()?.host_str()?.to_ascii_lowercase())
}

/// True or false, in any case.
pub(super) fn flag(text: &str) -> Result<bool, Why> {
    match readable(text, false)?.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Why::Shape("true or false")),
    }
}

/// The name that the text has, or the host's, as a connection may be called.
fn name(told: &str, settings: &Settings, preset: &Preset) -> String {
    let host = settings.text(keys::URL).and_then(host);
    let is_own = |host: &String| host.contains('.') && host.contains(|c: char| c.is_alphabetic());
    let host = host.filter(is_own);
    let plain = |text: &str| {
        let text: String = text
            .chars()
            .filter(|c| !c.is_control())
            .map(|c| if c == '/' { '-' } else { c })
            .take(LONGEST_NAME)
            .collect();
        text.trim().trim_matches(['{', '}']).trim().to_owned()
    };
    [plain(told), plain(host.as_deref().unwrap_or_default())]
        .into_iter()
        .find(|name| !matches!(name.as_str(), "" | "." | ".."))
        .unwrap_or_else(|| preset.id.to_owned())
}

/// The ways to sign in by name: what is stated has the life of the table.
pub(super) fn known_auth_type(text: &str) -> Option<&'static str> {
    let known = AUTH_TYPES.iter().map(|(name, _)| *name);
    known.into_iter().find(|name| *name == text)
}
