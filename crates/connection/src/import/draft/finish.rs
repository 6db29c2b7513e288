//! From a draft to a connection.

use super::Draft;
use super::headers::AUTHORIZATION;
use crate::import::Found;
use crate::import::why::Why;
use crate::keys::{self, KEYS};
use crate::presets::Preset;
use crate::{Settings, Value};
use destination::derive;
use url::Url;

/// Longest name of a connection, in characters.
const LONGEST_NAME: usize = 64;
/// What Iceberg signs for where no service is named.
const DEFAULT_SERVICE: &str = "execute-api";

impl Draft {
    /// The connection, with why each key of the text is not in it.
    pub(in crate::import) fn finish(mut self) -> Found {
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
            (Some("none"), _) if self.meant.iter().any(|(_, called)| called == AUTHORIZATION) => {
                "bearer"
            }
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
        let (service, region) = match derive::endpoint(&host) {
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
        let (own, headers): (Vec<_>, Vec<_>) = self
            .settings
            .table(keys::HEADERS)
            .iter()
            .cloned()
            .partition(|(name, _)| name.eq_ignore_ascii_case(AUTHORIZATION));
        if auth_type == "none" || own.is_empty() {
            return;
        }
        self.leave(AUTHORIZATION, Why::OtherSignIn(auth_type));
        self.settings.remove(keys::HEADERS);
        if !headers.is_empty() {
            let _ = self.settings.set(keys::HEADERS, Value::Table(headers));
        }
    }
}

fn host(address: &str) -> Option<String> {
    Some(Url::parse(address).ok()?.host_str()?.to_ascii_lowercase())
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
