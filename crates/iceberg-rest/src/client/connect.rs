use std::fmt;

use percent_encoding::percent_decode_str;
use url::Url;

use super::{
    Catalog, Client, Server,
    address::{Base, encode_prefix},
    refusals::Refusals,
};
use crate::{
    decode,
    dialect::{self, Dialect},
    error::{Error, ErrorKind},
    ident::{decode_segment, encode_segment},
    operation::Operation,
    outbound::Way,
    types::CatalogConfig,
};

/// A setting of the server that was not followed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredOverride {
    /// As in the config.
    pub key: String,
    /// Why not.
    pub reason: Ignored,
}

/// Why a setting of the server is not followed. `Display` is a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// `uri` leads off the address in [`Settings`](super::Settings), or below it.
    Elsewhere,
    /// A server may not name the address that secrets are sent to.
    TokenAddress,
    /// A server may not choose as whom it is called.
    Credentials,
    /// A server may not choose what is sent besides.
    Header,
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Elsewhere => "It leads to another address than the one that was given.",
            Self::TokenAddress => "Secrets are sent only to the token address that was given.",
            Self::Credentials => "Credentials are only those that were given.",
            Self::Header => "Headers are only those that were given.",
        })
    }
}

impl Server {
    /// How long the way to it takes, step by step: see [`Way`]. `None` where it does not lead there, and through a proxy,
    /// which goes it alone.
    pub async fn way(&self) -> Option<Way> {
        let url = Url::parse(self.address()).ok()?;
        self.0.http.way(&url).await
    }

    /// Asks for the token, or the keys, that the next call needs, where none is at hand. Whether it did: how it went is
    /// told by that call.
    pub async fn sign_in(&self) -> bool {
        self.0.auth.prepare().await
    }

    /// Opens a warehouse: `GET /v1/config?warehouse=`.
    ///
    /// `reference` is a branch or tag of Nessie; other servers have none and it is left aside.
    pub async fn connect(
        &self,
        warehouse: Option<&str>,
        reference: Option<&str>,
    ) -> Result<Client, Error> {
        let warehouse = warehouse.filter(|name| !name.is_empty());
        let query = warehouse
            .map(|name| format!("?warehouse={}", encode_segment(name)))
            .unwrap_or_default();
        let route = Operation::GetConfig.route();
        let url = self.0.base.join(&format!("/v1/config{query}"))?;
        let received = self
            .get(route, url)
            .await
            .map_err(|error| self.explain(error))?;
        let config = received
            .understood(decode::config)
            .await
            .map_err(|error| self.explain(error))?;
        let dialect = self
            .0
            .configured_dialect
            .unwrap_or_else(|| dialect::detect(self.0.base.as_str(), &config));
        *self.seen_dialect() = Some(dialect);

        let (base, ignored) = follow(&self.0.base, &config);
        let mut prefix = encode_prefix(config.prefix());
        let mut shown = None;
        if dialect == Dialect::Nessie {
            let reference = reference.filter(|name| !name.is_empty());
            if let Some(reference) = reference {
                prefix = nessie_prefix(reference, &prefix, warehouse);
            }
            shown = reference
                .map(str::to_owned)
                .or_else(|| nessie_reference(&prefix));
        }
        base.join(&format!("/v1/{prefix}")).map_err(|_| {
            let message = "The server sent a prefix that cannot be part of an address.";
            let mut error = Error::new(ErrorKind::Malformed, route, message);
            error.details_mut().field = Some("prefix".to_owned());
            error
        })?;
        Ok(Client(std::sync::Arc::new(Catalog {
            server: self.clone(),
            base,
            dialect,
            warehouse: warehouse.map(str::to_owned),
            reference: shown,
            separator: config.separator(),
            config,
            prefix,
            ignored,
            refused: Refusals::default(),
        })))
    }

    /// What an answer to the first call means, and what it was asked with.
    fn explain(&self, mut error: Error) -> Error {
        if error.path_template != Operation::GetConfig.route().template {
            return error;
        }
        // Nessie answers 500 to a warehouse it does not have.
        if error.status == Some(500)
            && error.message.contains("is not known")
            && error.message.starts_with("Warehouse")
        {
            error.details_mut().kind = ErrorKind::NotFound;
        }
        if error.asked.address.is_none() {
            error.details_mut().asked = self.asked(false);
        }
        error
    }
}

/// The base to call, and the settings that were left aside.
fn follow(base: &Base, config: &CatalogConfig) -> (Base, Vec<IgnoredOverride>) {
    let mut ignored = Vec::new();
    let mut ignore = |key: &str, reason| {
        ignored.push(IgnoredOverride {
            key: key.to_owned(),
            reason,
        })
    };
    let mut followed = base.clone();
    if let Some(uri) = config.get("uri") {
        match base.adopt(uri) {
            Some(adopted) => followed = adopted,
            None => ignore("uri", Ignored::Elsewhere),
        }
    }
    for key in config.defaults.keys().chain(config.overrides.keys()) {
        match key.as_str() {
            "oauth2-server-uri" => ignore(key, Ignored::TokenAddress),
            "token" | "credential" | "scope" => ignore(key, Ignored::Credentials),
            key if key.starts_with("header.") => ignore(key, Ignored::Header),
            _ => {}
        }
    }
    (followed, ignored)
}

/// `nessie.prefix-pattern` is `{ref}|{warehouse}`; a slash in a reference is sent as U+001F.
fn nessie_prefix(reference: &str, announced: &str, warehouse: Option<&str>) -> String {
    let reference = encode_segment(&reference.replace('/', "\u{1f}"));
    let announced = percent_decode_str(announced).decode_utf8_lossy();
    match announced
        .split_once('|')
        .map(|(_, warehouse)| warehouse)
        .or(warehouse)
    {
        Some(warehouse) => format!("{reference}%7C{}", encode_segment(warehouse)),
        None => reference,
    }
}

fn nessie_reference(prefix: &str) -> Option<String> {
    let decoded = decode_segment(prefix).ok()?;
    let reference = decoded.split('|').next().filter(|name| !name.is_empty())?;
    Some(reference.replace('\u{1f}', "/"))
}
