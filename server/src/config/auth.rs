use backend::{Acts, Exchange, TokenEndpoint};
use iceberg_rest::{Auth, Dialect, TokenRequest};
use url::Url;

use super::{
    aws,
    connection::http_url,
    entry::{Entries, Value},
    env::Variables,
    error::Error,
    keys, secret,
    server::is_remote,
    suggest::unknown,
};

/// Of a client that asks for tokens, for itself or in exchange for a person's.
const CLIENT: &[&str] = &[
    "client_id",
    "client_secret",
    "client_secret_basic",
    "token_url",
    "scope",
    "audience",
    "resource",
    "fields",
];

/// Each way to authenticate, and the settings it has.
const TYPES: [(&str, &[&str]); 7] = [
    ("none", &[]),
    ("bearer", &["token"]),
    ("oauth2", CLIENT),
    (
        "sigv4",
        &[
            "region",
            "signing_name",
            "access_key_id",
            "secret_access_key",
            "session_token",
            "credentials",
            "profile",
            "role_arn",
            "external_id",
            "role_session_name",
            "web_identity_token_file",
            "web_identity_role_arn",
            "sts_endpoint",
            "double_encode_path",
        ],
    ),
    (
        "person",
        &[
            "client_secret_basic",
            "token_url",
            "scope",
            "audience",
            "resource",
            "fields",
        ],
    ),
    ("passed-on", &[]),
    ("exchanged", CLIENT),
];

/// What the client needs.
pub fn read(
    entries: &Entries,
    variables: &Variables,
    connection: &str,
    url: &str,
    kind: Option<Dialect>,
) -> Result<Auth, Error> {
    let kind = kind.or_else(|| iceberg_rest::dialect::from_url(url));
    let (name, settings) = auth_type(entries, connection)?;
    refuse_others(entries, name, settings)?;
    let missing = |what: &str| {
        let setting = what.split(':').next().unwrap_or_default();
        Error::new(format_args!(
            "connection “{connection}”: auth of type {name} needs {what}"
        ))
        .about(&format!("auth.{setting}"))
    };
    let text = |key: &str| entries.text(&format!("auth.{key}")).map(str::to_owned);
    let named = |key: &str| entries.parse(&format!("auth.{key}"), region);
    let needed = |key: &str| text(key).ok_or_else(|| missing(key));
    let secret = |key: &str| secret::read(entries, variables, &format!("auth.{key}"));
    let needed_secret = |key: &str| secret(key)?.ok_or_else(|| missing(key));
    Ok(match name {
        "bearer" => Auth::Bearer(needed_secret("token")?),
        "oauth2" => Auth::OAuth2 {
            client_id: needed("client_id")?,
            client_secret: needed_secret("client_secret")?,
            token_url: match entries.parse("auth.token_url", http_url)? {
                Some(token_url) => token_url.into(),
                None => default_token_url(url, kind).ok_or_else(|| {
                    missing("token_url: this kind of catalog gives no tokens of its own")
                })?,
            },
            asks: asks(entries)?,
            subject: None,
        },
        "sigv4" => Auth::SigV4 {
            region: named("region")?.ok_or_else(|| missing("region"))?,
            signing_name: match (named("signing_name")?, kind) {
                (Some(signing_name), _) => signing_name,
                (None, Some(Dialect::S3Tables)) => "s3tables".into(),
                (None, _) => return Err(missing("signing_name")),
            },
            credentials: aws::credentials(entries, variables, connection)?,
            double_encode_path: entries.flag("auth.double_encode_path").unwrap_or(true),
        },
        _ => Auth::None,
    })
}

/// Whom a connection acts as.
pub fn acts(
    entries: &Entries,
    variables: &Variables,
    connection: &str,
    url: &str,
    kind: Option<Dialect>,
) -> Result<Acts, Error> {
    let kind = kind.or_else(|| iceberg_rest::dialect::from_url(url));
    Ok(match entries.text("auth.type") {
        Some("passed-on") => Acts::PassedOn,
        Some("exchanged") => Acts::Exchanged(exchange(entries, variables, connection)?),
        Some("person") => {
            let told = entries.parse("auth.token_url", guarded_url)?;
            let address = told
                .map(String::from)
                .or_else(|| default_token_url(url, kind));
            let asks = asks(entries)?;
            Acts::Person(address.map(|url| TokenEndpoint { url, asks }))
        }
        _ => Acts::Connection,
    })
}

/// What a person's token is exchanged for. Without a word on that the provider would give one for anything.
fn exchange(entries: &Entries, variables: &Variables, connection: &str) -> Result<Exchange, Error> {
    let wrong = |what: &str| {
        Error::new(format_args!(
            "connection “{connection}”: auth of type exchanged needs {what}"
        ))
    };
    let secret = secret::read(entries, variables, "auth.client_secret")?;
    let (url, client) = (
        entries.parse("auth.token_url", guarded_url)?,
        match (entries.text("auth.client_id"), secret) {
            (Some(id), Some(secret)) => Some((id.to_owned(), secret)),
            (None, None) => None,
            _ => return Err(wrong("client_id and client_secret together, or neither")),
        },
    );
    // A secret is for one address: the provider's own for its own, and people may come from several.
    if url.is_some() != client.is_some() {
        return Err(wrong(
            "client_id and client_secret with a token_url, or none of the three",
        ));
    }
    let exchange = Exchange {
        url: url.map(String::from),
        client,
        asks: asks(entries)?,
    };
    let TokenRequest {
        scope,
        audience,
        resource,
        ..
    } = &exchange.asks;
    match (audience, resource, scope) {
        (None, None, None) => Err(wrong("audience, resource or scope: what the token is for")),
        _ => Ok(exchange),
    }
}

/// What a token is asked for with.
fn asks(entries: &Entries) -> Result<TokenRequest, Error> {
    let text = |key: &str| entries.text(&format!("auth.{key}")).map(str::to_owned);
    let fields = match entries.get("auth.fields").map(|entry| &entry.value) {
        Some(Value::Table(fields)) => fields.as_slice(),
        _ => &[],
    };
    if let Some((name, _)) = fields.iter().find(|(name, _)| !TokenRequest::is_free(name)) {
        let why = format_args!("“{name}” has a setting of its own, or is no name");
        return Err(entries.error("auth.fields", why));
    }
    Ok(TokenRequest {
        scope: text("scope"),
        audience: text("audience"),
        resource: text("resource"),
        fields: fields
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().into()))
            .collect(),
        basic: entries.flag("auth.client_secret_basic").unwrap_or(false),
    })
}

fn auth_type(
    entries: &Entries,
    connection: &str,
) -> Result<(&'static str, &'static [&'static str]), Error> {
    match entries.text("auth.type") {
        Some(text) => TYPES
            .into_iter()
            .find(|(name, _)| *name == text)
            .ok_or_else(|| {
                entries.error(
                    "auth.type",
                    unknown("type of auth", text, TYPES.map(|(name, _)| name)),
                )
            }),
        None if entries.iter().any(|(name, _)| name.starts_with("auth.")) => {
            Err(Error::new(format_args!(
                "connection “{connection}”: auth needs type: bearer, oauth2, sigv4, person, passed-on or exchanged"
            )))
        }
        None => Ok(TYPES[0]),
    }
}

/// A region or a service, which may become part of a host name.
fn region(text: &str) -> Result<String, String> {
    match iceberg_rest::auth::is_region(text) {
        true => Ok(text.to_owned()),
        false => Err("letters, digits and hyphens, such as eu-central-1 or s3tables".into()),
    }
}

/// A setting of another type would be silently without effect.
fn refuse_others(entries: &Entries, name: &str, settings: &[&str]) -> Result<(), Error> {
    for (given, _) in entries.iter() {
        let Some(key) =
            keys::find(keys::CONNECTION, given).and_then(|key| key.name.strip_prefix("auth."))
        else {
            continue;
        };
        if key != "type" && !settings.contains(&key) {
            return Err(entries.error(
                given,
                format_args!("“{key}” has no meaning for auth of type {name}"),
            ));
        }
    }
    Ok(())
}

/// A server of unknown kind is taken at the specification's word.
fn default_token_url(url: &str, kind: Option<Dialect>) -> Option<String> {
    let profile = kind.unwrap_or(Dialect::Generic).profile();
    profile.token_path.map(|path| format!("{url}{path}"))
}

/// Where people's tokens, or keys that open an account, may go: nobody reads them on the way.
pub fn guarded_url(text: &str) -> Result<Url, String> {
    let url = http_url(text)?;
    match url.scheme() == "https" || !is_remote(&url) {
        true => Ok(url),
        false => {
            Err("an address that secrets are sent to begins with https://, unless it is on this machine".into())
        }
    }
}
