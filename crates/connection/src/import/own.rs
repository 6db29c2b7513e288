//! Our own `crowsnest.toml`.

use super::draft::{Draft, known_auth_type};
use super::left::Left;
use super::why::Why;
use super::{Catalogs, NotRead, Source, bounded};
use crate::keys::{self, KEYS};
use crate::{Unfit, Value};
use ::toml::de::{DeTable, DeValue};

/// Keys of the file that read the server's own files, environment or identity.
const SERVER: [&str; 5] = [
    "ca_file",
    "auth.credentials",
    "auth.profile",
    "auth.web_identity_token_file",
    "auth.web_identity_role_arn",
];

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let table = DeTable::parse(text).map_err(|error| {
        let start = error.span().unwrap_or_default().start;
        let before = text.get(..start).unwrap_or(text);
        NotRead::Broken {
            source: Source::Crowsnest,
            line: Some(before.matches('\n').count() + 1),
        }
    })?;
    let mut catalogs = Catalogs::default();
    let mut count = 0;
    for (name, value) in table.get_ref() {
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("connection", DeValue::Array(tables)) => {
                if tables.len() > super::MAX_CATALOGS {
                    return Err(NotRead::TooManyCatalogs);
                }
                for table in tables {
                    match table.get_ref() {
                        DeValue::Table(table) => catalogs.drafts.push(draft(table, &mut count)?),
                        _ => catalogs
                            .left
                            .push(Left::new("connection", Why::Shape("a table"))),
                    }
                }
            }
            ("connection", DeValue::Table(table)) => {
                catalogs.drafts.push(draft(table, &mut count)?);
            }
            (name, _) => {
                count += 1;
                catalogs.left.push(Left::new(name, Why::Engine));
            }
        }
    }
    bounded(count)?;
    Ok(catalogs)
}

fn draft(table: &DeTable, count: &mut usize) -> Result<Draft, NotRead> {
    let mut draft = Draft::new("");
    draft.is_own = true;
    for (name, value) in table {
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("auth", DeValue::Table(auth)) => {
                for (name, value) in auth {
                    *count += 1;
                    let key = format!("auth.{}", name.get_ref());
                    take(&mut draft, &key, value.get_ref());
                }
            }
            (name, value) => {
                *count += 1;
                take(&mut draft, name, value);
            }
        }
        bounded(*count)?;
    }
    let name = draft.settings.text(keys::NAME).map(str::to_owned);
    draft.name = name.unwrap_or_default();
    let stated = draft.settings.text(keys::AUTH_TYPE);
    let stated = stated.map_or(Some("none"), known_auth_type);
    match stated {
        Some(stated) => draft.state(stated),
        None => {
            let options = keys::AUTH_TYPES.map(|(name, _)| name);
            let wrong = draft.settings.text(keys::AUTH_TYPE).unwrap_or_default();
            let near = keys::nearest(wrong, options);
            draft.leave(keys::AUTH_TYPE, Why::Unknown(near));
        }
    }
    Ok(draft)
}

fn take(draft: &mut Draft, key: &str, value: &DeValue) {
    let is_elsewhere = |end: &str| {
        let secret = key.strip_suffix(end).and_then(keys::find);
        secret.is_some_and(|key| key.secret)
    };
    if SERVER.contains(&key) || is_elsewhere("_file") || is_elsewhere("_env") {
        return draft.leave(key, Why::Server);
    }
    let taken = match value {
        DeValue::String(text) => draft.settings.set(key, Value::Text(text.to_string())),
        DeValue::Boolean(flag) => draft.settings.set(key, *flag),
        DeValue::Table(table) => {
            let pairs = table.iter().map(|(name, value)| {
                let text = value.get_ref().as_str()?.to_owned();
                Some((name.get_ref().to_string(), text))
            });
            match pairs.collect::<Option<Vec<_>>>() {
                Some(pairs) => draft.settings.set(key, Value::Table(pairs)),
                None => Err(Unfit::Shape("a table of texts")),
            }
        }
        _ => match keys::find(key) {
            Some(_) => Err(Unfit::Shape("a value of its kind")),
            None => Err(Unfit::Unknown(keys::nearest(
                key,
                KEYS.iter().map(|key| key.name),
            ))),
        },
    };
    if let Err(unfit) = taken {
        draft.leave(
            key,
            match unfit {
                Unfit::Unknown(near) => Why::Unknown(near),
                Unfit::Shape(wanted) => Why::Shape(wanted),
                Unfit::TooLong => Why::Shape("a text of at most 64 KiB"),
            },
        );
    }
}
