//! OLake's `destination.json`, in every spelling that the editor for it reads.

use super::draft::Draft;
use super::left::{Left, shown};
use super::why::Why;
use super::words::{self, Means, NO_GOOGLE};
use super::{Catalogs, NotRead, Source, bounded};
use crate::keys;
use destination::{CATALOG_TYPES, Destination, ImportError, Kind, Protocol, Value, keys as olake};
use serde::de::IgnoredAny;

const NAMES: &[(&str, Means)] = &[
    (olake::CATALOG_TYPE, Means::Said),
    (olake::URL, Means::Key(keys::URL)),
    (olake::WAREHOUSE, Means::Key(keys::WAREHOUSE)),
    (olake::TOKEN, Means::Key(keys::TOKEN)),
    (olake::CREDENTIAL, Means::Credential),
    (olake::OAUTH_URL, Means::Key(keys::TOKEN_URL)),
    (olake::SCOPE, Means::Key(keys::SCOPE)),
    (olake::AUTH_TYPE, Means::AuthType),
    (olake::SIGV4, Means::Signs),
    (olake::SIGNING_NAME, Means::Key(keys::SIGNING_NAME)),
    (olake::SIGNING_REGION, Means::Key(keys::REGION)),
    (olake::REGION, Means::Signing(keys::REGION)),
    (olake::ACCESS_KEY, Means::Signing(keys::ACCESS_KEY_ID)),
    (olake::SECRET_KEY, Means::Signing(keys::SECRET_ACCESS_KEY)),
    (olake::SESSION_TOKEN, Means::Signing(keys::SESSION_TOKEN)),
    (olake::PROFILE, Means::File),
    ("gcp_project_id", Means::Header("x-goog-user-project")),
];
const PREFIXES: &[(&str, Means)] = &[
    ("s3_", Means::Storage),
    ("gcp_", Means::NoSuchSignIn(NO_GOOGLE)),
];

/// Longest text that is mended where it is no JSON, in bytes: that takes time, and a destination has two thousand.
const MAX_MENDED: usize = 32 * 1024;

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let json = serde_json::from_str::<IgnoredAny>(text);
    if let (Err(error), true) = (json, text.len() > MAX_MENDED) {
        return Err(NotRead::Broken {
            source: Source::Olake,
            line: Some(error.line().max(1)),
        });
    }
    let (file, _) = Destination::mended(text.as_bytes()).map_err(not_read)?;
    bounded(file.entries().len())?;
    let mut catalogs = Catalogs::default();
    let Some(kind) = file.kind().filter(|_| file.is_set(olake::URL)) else {
        let kind = shown(file.text(olake::CATALOG_TYPE));
        let kind = if kind.is_empty() {
            "glue".to_owned()
        } else {
            kind
        };
        let left = Left::new(olake::CATALOG_TYPE, Why::NotRest(kind));
        catalogs.left.push(left);
        return Ok(catalogs);
    };
    let name = file.text(olake::CATALOG_NAME).to_owned();
    let mut draft = Draft::new(&name);
    if kind == Kind::S3Tables {
        draft.state("sigv4");
    }
    for entry in file.entries() {
        let known = olake::find(&entry.key);
        let name = known.map_or(entry.key.as_str(), |key| key.meant.unwrap_or(key.name));
        let value = match &entry.value {
            Value::Text(text) => Ok(text.clone()),
            Value::Secret(secret) => Ok(secret.expose().to_owned()),
            Value::Bool(flag) => Ok(flag.to_string()),
            Value::Json(json) => {
                serde_json::from_str(json.as_str()).map_err(|_| Why::Shape("a text"))
            }
        };
        // The last of several wins.
        if file
            .entry(&entry.key)
            .is_some_and(|last| !std::ptr::eq(last, entry))
        {
            draft.leave(&entry.key, Why::Twice(shown(name)));
            continue;
        }
        match words::find(NAMES, PREFIXES, name) {
            Some(means) => draft.take(&entry.key, means, value),
            None if name == olake::CATALOG_NAME => {}
            None if known.is_some() => draft.leave(&entry.key, Why::Engine),
            None => draft.leave(&entry.key, Why::Unknown(olake::nearest(&entry.key))),
        }
    }
    // What the file says of the kind, unless it is a guess from the address, which ours is as good at.
    if !file.is_guess() && kind != Kind::Generic {
        let row = CATALOG_TYPES.iter().find(|row| row.kind == Some(kind));
        if row.is_some_and(|row| row.protocol == Protocol::Rest) {
            let _ = draft.settings.set(keys::KIND, slug(kind));
        }
    }
    catalogs.drafts.push(draft);
    Ok(catalogs)
}

fn slug(kind: Kind) -> &'static str {
    match kind {
        Kind::Generic => "generic",
        Kind::Lakekeeper => "lakekeeper",
        Kind::Nessie => "nessie",
        Kind::S3Tables => "s3-tables",
        Kind::Unity => "unity",
        Kind::Polaris => "polaris",
    }
}

fn not_read(error: ImportError) -> NotRead {
    let source = Source::Olake;
    match error {
        ImportError::Empty => NotRead::Empty,
        ImportError::TooLarge => NotRead::TooLarge,
        ImportError::TooManyKeys { .. } => NotRead::TooManyKeys,
        ImportError::Parquet { .. } => NotRead::Nothing {
            source,
            left: Vec::new(),
        },
        ImportError::Syntax { at, .. }
        | ImportError::NotUtf8 { at }
        | ImportError::NotObject { at, .. }
        | ImportError::Encrypted { at } => NotRead::Broken {
            source,
            line: Some(at.line),
        },
    }
}
