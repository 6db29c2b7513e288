//! A catalog while its keys are read, and the connection that comes of them.

mod finish;
mod headers;

use super::auth;
use super::left::{Left, shown};
use super::value::readable;
use super::why::Why;
use super::words::Means;
use crate::keys::{self, AUTH_TYPES};
use crate::{Settings, Value};
use url::Url;

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
}

/// True or false, in any case.
pub(super) fn flag(text: &str) -> Result<bool, Why> {
    match readable(text, false)?.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Why::Shape("true or false")),
    }
}

/// The ways to sign in by name: what is stated has the life of the table.
pub(super) fn known_auth_type(text: &str) -> Option<&'static str> {
    let known = AUTH_TYPES.iter().map(|(name, _)| *name);
    known.into_iter().find(|name| *name == text)
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
