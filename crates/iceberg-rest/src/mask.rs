//! Takes a connection's own secrets out of what its server says. Servers and the gateways before them
//! echo what they were sent: in messages, request ids, properties, encoded and cut.
//!
//! Every secret is kept as the set of its windows of eight bytes, in each of its encodings, and
//! texts are read with their escapes undone ([`reading`]): any piece of that length is found, wherever
//! a text was cut.

mod reading;
mod windows;

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

pub(crate) use crate::secret::MASKED;
use crate::{error::Error, secret};
use windows::Windows;

/// Shorter secrets would take ordinary words out of every text.
const SHORTEST: usize = 4;
/// How much of the end of a piece waits for the next one, in bytes: tokens are shorter.
const HELD: usize = 16 * 1024;
/// A server's current and former tokens that are remembered.
const TOKENS: usize = 8;

/// The secrets of one connection.
pub(crate) struct Mask {
    configured: Vec<Hidden>,
    learnt: RwLock<Learnt>,
}

#[derive(Default)]
struct Learnt {
    tokens: VecDeque<SecretString>,
    windows: Arc<Windows>,
}

/// A secret, and how sure it is that nothing else looks the same.
#[derive(Clone)]
pub(crate) struct Hidden {
    text: SecretString,
    /// Taken out of whole answers too, where names stand that are sent back as they are shown.
    anywhere: bool,
}

impl Hidden {
    pub fn new(text: &SecretString) -> Self {
        Self {
            text: text.clone(),
            anywhere: is_unmistakable(text.expose_secret()),
        }
    }

    /// A part of a connection that is probably no secret: a user, a tenant.
    pub fn in_messages(text: &str) -> Self {
        Self {
            text: text.into(),
            anywhere: false,
        }
    }
}

/// Long, or a mixture that is nobody's name: `admin` may be a password and is also a namespace.
fn is_unmistakable(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    text.len() >= 16 || text.len() >= 8 && letters > 0 && letters < text.len()
}

impl Mask {
    pub fn new(secrets: impl IntoIterator<Item = Hidden>) -> Self {
        let mask = Self {
            configured: secrets.into_iter().collect(),
            learnt: RwLock::default(),
        };
        mask.rebuild(&mut mask.learnt.write().unwrap_or_else(PoisonError::into_inner));
        mask
    }

    /// For what stands in one request only.
    pub fn of<'a>(secrets: impl IntoIterator<Item = &'a SecretString>) -> Self {
        Self::new(secrets.into_iter().map(Hidden::new))
    }

    fn rebuild(&self, learnt: &mut Learnt) {
        let tokens = learnt.tokens.iter().map(Hidden::new);
        let mut windows = Windows::default();
        for secret in self.configured.iter().cloned().chain(tokens) {
            for form in forms(secret.text.expose_secret()) {
                windows.add(&form, secret.anywhere);
            }
        }
        windows.seal();
        learnt.windows = Arc::new(windows);
    }

    /// Adds a token that is about to be sent. The last few are remembered: a server may echo an old one.
    pub fn learn(&self, token: &SecretString) {
        let known = |learnt: &Learnt| {
            let mut tokens = learnt.tokens.iter();
            tokens.any(|known| known.expose_secret() == token.expose_secret())
        };
        if known(&self.learnt.read().unwrap_or_else(PoisonError::into_inner)) {
            return;
        }
        let mut learnt = self.learnt.write().unwrap_or_else(PoisonError::into_inner);
        if known(&learnt) {
            return;
        }
        if learnt.tokens.len() == TOKENS {
            learnt.tokens.pop_front();
        }
        learnt.tokens.push_back(token.clone());
        self.rebuild(&mut learnt);
    }

    /// Those of now. A long answer is searched without the lock: who learns a token does not wait for it.
    fn windows(&self) -> Arc<Windows> {
        let learnt = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
        learnt.windows.clone()
    }

    /// Takes secrets out of an answer, whatever it is: JSON stays JSON.
    pub fn body(&self, body: &mut Vec<u8>) {
        let found = self.windows().find_whole(body);
        if !found.is_empty() {
            *body = windows::replaced(body, &found);
        }
    }

    /// What of an answer that arrives piece by piece can be given on, without secrets: not its end, `held` for the
    /// next piece, in which a secret may begin. All of it where that was the `last`.
    pub fn piece(&self, held: &mut Vec<u8>, last: bool) -> Vec<u8> {
        let mut found = self.windows().find_whole(held);
        let mut end = match last {
            true => held.len(),
            false => held.len().saturating_sub(HELD),
        };
        if let Some(cut) = found.iter().find(|it| it.start < end && end < it.end) {
            end = cut.start;
        }
        found.retain(|it| it.end <= end);
        let rest = held.split_off(end);
        windows::replaced(&std::mem::replace(held, rest), &found)
    }

    /// Takes secrets, and pieces of them, out of a text that people or logs get.
    pub fn text(&self, text: &str) -> Option<String> {
        let found = self.windows().find(text.as_bytes());
        let masked = || windows::replaced(text.as_bytes(), &found);
        (!found.is_empty()).then(|| String::from_utf8_lossy(&masked()).into_owned())
    }

    /// An id that holds a piece of a secret says nothing: it goes as a whole.
    pub fn id(&self, id: Option<String>) -> Option<String> {
        id.filter(|id| self.text(id).is_none())
    }

    /// All that an error says in a server's words.
    pub fn error(&self, mut error: Error) -> Error {
        let details = error.details_mut();
        if let Some(message) = self.text(&details.message) {
            details.message = message;
        }
        if let Some(kind) = details.type_on_wire.as_deref().and_then(|it| self.text(it)) {
            details.type_on_wire = Some(kind);
        }
        if let Some(address) = details
            .asked
            .address
            .as_deref()
            .and_then(|it| self.text(it))
        {
            details.asked.address = Some(address);
        }
        if let Some(cause) = &mut details.cause {
            cause.replace(&|words| self.text(words));
        }
        details.request_id = self.id(details.request_id.take());
        error
    }
}

/// A secret as gateways, libraries and people write it. Percent, JSON and HTML escapes, both alphabets
/// of base64 and upper case are the [`reading`]'s business.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    // RFC 6749 §2.3.1 encodes id and secret as a form before the Basic header encodes them once more.
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![secret.as_bytes().to_vec(), hex.into_bytes()];
    forms.extend(base64(secret.as_bytes()));
    if form != secret {
        forms.extend(base64(form.as_bytes()));
    }
    forms
}

/// The characters of base64 that a text determines alone, behind 0, 1 and 2 bytes of something else.
fn base64(text: &[u8]) -> [Vec<u8>; 3] {
    [0, 1, 2].map(|before| {
        let padded = [&[0; 2][..before], text].concat();
        let encoded = STANDARD.encode(&padded).into_bytes();
        let (start, end) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
        encoded[start.min(end)..end].to_vec()
    })
}

/// What a connection's configured headers hide: their values, what stands behind a scheme or a cookie's
/// name, and both halves of a Basic credential.
pub(crate) fn of_headers(headers: &HeaderMap) -> Vec<Hidden> {
    let mut hidden = Vec::new();
    for (name, value) in headers {
        let Ok(value) = std::str::from_utf8(value.as_bytes()) else {
            continue;
        };
        let telling = secret::names_a_secret(name.as_str());
        let mut hide = |text: &str| {
            hidden.push(match telling || secret::looks_like_a_key(text) {
                true => Hidden::new(&text.into()),
                false => Hidden::in_messages(text),
            });
        };
        hide(value);
        for word in value
            .split([' ', ';', ',', '='])
            .filter(|it| it.len() >= 8 && *it != value)
        {
            hide(word);
            let decoded = STANDARD_NO_PAD
                .decode(word)
                .ok()
                .and_then(|it| String::from_utf8(it).ok());
            if let Some((_, password)) = decoded.as_deref().and_then(|it| it.split_once(':')) {
                hide(password);
            }
        }
    }
    hidden
}

#[cfg(test)]
mod tests;
