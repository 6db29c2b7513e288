//! The forms on which connections are made and changed: what they are filled in with, and how they are read.

use connection::{
    Settings, Value,
    keys::{self, Input, KEYS},
    presets::Preset,
    toml,
};
use model::{
    connection_form::{ConnectionAsk, ConnectionForm, PersonChoice},
    error::{AppError, Kind},
    paths::Query,
    person::Role,
};
use secrecy::{ExposeSecret, SecretString};
use store::connections::Connection;

use crate::{Session, people::unusable};

/// Stands in a table for a value that is kept and never shown.
pub const KEPT: &str = "********";
/// Most people who are offered by name.
const PEOPLE: i64 = 1_000;

/// A connection that was made in a browser, as it is kept; an error where there is none.
pub async fn kept(session: &Session, name: &str) -> Result<Connection, AppError> {
    let all = session.store()?.connections().await.map_err(unusable)?;
    let found = all.into_iter().find_map(|found| match found {
        Ok(one) => (one.name == name).then_some(Ok(one)),
        Err(its) => (its == name).then_some(Err(its)),
    });
    match found {
        Some(Ok(one)) => Ok(one),
        Some(Err(_)) => Err(AppError::new(
            Kind::Store,
            format!("What is stored of “{name}” was changed from outside: nothing of it is used."),
        )
        .hint("Remove it, and add it anew.")),
        None => Err(AppError::new(
            Kind::NotFound,
            format!("No connection called “{name}” was made here."),
        )
        .hint("Those of the configuration are changed there.")),
    }
}

/// Its settings, secrets among them.
pub fn settings(kept: &Connection) -> Result<Settings, AppError> {
    let odd = || {
        AppError::new(
            Kind::Store,
            "What is stored of this connection cannot be read.",
        )
    };
    let open: Settings = serde_json::from_str(&kept.settings).map_err(|_| odd())?;
    let secrets: Vec<(String, String)> =
        serde_json::from_str(kept.secrets.expose_secret()).map_err(|_| odd())?;
    let secrets = secrets.iter().map(|(key, text)| (&**key, &**text));
    Ok(open.with_secrets(secrets))
}

/// The two texts that settings are kept as: what is open, and what is not.
pub fn parted(settings: &Settings) -> (String, SecretString) {
    let secrets: Vec<(String, String)> = settings.secrets().into_iter().collect();
    // Texts can be written.
    let text = |json: serde_json::Result<String>| json.unwrap_or_default();
    (
        text(serde_json::to_string(&settings.without_secrets())),
        text(serde_json::to_string(&secrets)).into(),
    )
}

/// What a form is filled in with. For admins.
pub async fn load_connection_form(
    session: &Session,
    ask: ConnectionAsk,
) -> Result<ConnectionForm, AppError> {
    session.must_be(Role::Admin, "connections").await?;
    let (settings, kept) = match (&ask.name, &ask.from) {
        (Some(name), _) => {
            let kept = kept(session, name).await?;
            (settings(&kept)?, Some(kept))
        }
        (None, Some(from)) => {
            let mut copy = settings(&kept(session, from).await?)?.without_secrets();
            copy.remove(keys::NAME);
            (copy, None)
        }
        (None, None) => (Settings::new(), None),
    };
    let preset = match ask.kind.as_deref().and_then(Preset::find) {
        Some(preset) => preset,
        None => Preset::of(&settings),
    };
    let mut shown = settings.without_secrets();
    if settings.is_empty() {
        preset.fill(&mut shown);
    }
    let tested = ask.name.as_ref().and_then(|name| {
        let catalog = session.shared(name).ok()?;
        let is_it = catalog.spec.origin.is_browser();
        is_it.then(|| catalog.tested())?
    });
    Ok(ConnectionForm {
        version: kept.as_ref().map_or(0, |kept| kept.version).to_string(),
        preset: preset.id.to_owned(),
        values: values(&settings, &shown),
        kept: settings.secrets().into_keys().collect(),
        people: people(session, settings.text(keys::PEOPLE)).await?,
        disabled: kept.is_some_and(|kept| kept.disabled),
        tested,
        toml: toml::write(std::slice::from_ref(&settings)),
        name: ask.name,
    })
}

/// As inputs hold them.
fn values(settings: &Settings, shown: &Settings) -> Vec<(String, String)> {
    let value = |key: &keys::Key| {
        let text = match shown.get(key.name) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Flag(flag)) => if *flag { "yes" } else { "" }.to_owned(),
            Some(Value::Table(_)) | None => {
                let pairs = settings.table(key.name).iter();
                let open = shown.table(key.name);
                let line = |(name, text): &(String, String)| {
                    let is_open = open.iter().any(|(known, _)| known == name);
                    format!("{name}: {}", if is_open { text } else { KEPT })
                };
                pairs.map(line).collect::<Vec<_>>().join("\n")
            }
        };
        (!text.is_empty()).then(|| (key.name.to_owned(), text))
    };
    KEYS.iter()
        .filter(|key| !key.secret)
        .filter_map(value)
        .collect()
}

async fn people(session: &Session, chosen: Option<&str>) -> Result<Vec<PersonChoice>, AppError> {
    let chosen: Vec<&str> = chosen.unwrap_or_default().split_whitespace().collect();
    let people = session.store()?.people(PEOPLE).await.map_err(unusable)?;
    let people = people.into_iter().map(|person| PersonChoice {
        chosen: chosen.contains(&&*person.id),
        id: person.id,
        name: person.name,
    });
    let mut people: Vec<_> = people.collect();
    // Who was chosen stays so, also beyond those that are offered.
    for id in chosen {
        if people.iter().all(|person| person.id != id) {
            let found = session.store()?.person(id).await.map_err(unusable)?;
            people.push(PersonChoice {
                chosen: true,
                id: id.to_owned(),
                name: found.map_or_else(|| "somebody who is gone".to_owned(), |it| it.name),
            });
        }
    }
    Ok(people)
}

/// What was typed, over what is kept: a secret that is left empty stays, unless calls would go elsewhere with it or be
/// made in another way. What belongs to another way to sign in is left out.
pub fn typed(fields: &Query, kept: &Settings) -> Result<Settings, AppError> {
    let mut typed = Settings::new();
    let auth = fields.text(keys::AUTH_TYPE);
    let auth = if auth.is_empty() { "none" } else { &*auth };
    for key in KEYS.iter().filter(|key| key.is_for(auth)) {
        let text = fields.text(key.name);
        let text = text.trim();
        let value = match key.input {
            // Not among the fields: what was imported stays.
            Input::Flag if key.name == keys::DOUBLE_ENCODE_PATH => match kept.flag(key.name) {
                Some(flag) => Value::Flag(flag),
                None => continue,
            },
            Input::Flag => match text {
                "" => continue,
                _ => Value::Flag(true),
            },
            Input::Pairs => Value::Table(pairs(text, key)?),
            Input::Text | Input::Secret | Input::Choice(_) => match key.name {
                keys::PEOPLE => chosen(fields).into(),
                _ => text.into(),
            },
        };
        let is_empty = match &value {
            Value::Text(text) => text.is_empty(),
            Value::Table(pairs) => pairs.is_empty(),
            Value::Flag(_) => false,
        };
        if !is_empty {
            let set = typed.set(key.name, value);
            set.map_err(|unfit| wrong(key, format!("{} {unfit}.", key.label)))?;
        }
    }
    let cleared = connection::clears(kept, &without_kept(&typed));
    let stays = kept.secrets().into_iter();
    let stays: Vec<(String, String)> = stays
        .filter(|(key, _)| !cleared.contains(key))
        // What stands in a table stays line by line.
        .filter(|(key, _)| keys::find(key).is_some_and(|key| key.is_for(auth)))
        .collect();
    let stays = stays.iter().map(|(key, text)| (&**key, &**text));
    lines_kept(typed.with_secrets(stays), kept, &cleared)
}

/// Without the lines of tables whose value is kept.
fn without_kept(typed: &Settings) -> Settings {
    let mut bare = typed.clone();
    for key in tables() {
        let pairs = typed.table(key.name).iter();
        let given = pairs.filter(|(_, value)| value != KEPT).cloned();
        let given: Vec<_> = given.collect();
        bare.remove(key.name);
        if !given.is_empty() {
            // As it was set before.
            let _ = bare.set(key.name, Value::Table(given));
        }
    }
    bare
}

/// With the values of those lines. One that may not stay is told.
fn lines_kept(
    mut typed: Settings,
    kept: &Settings,
    cleared: &[String],
) -> Result<Settings, AppError> {
    for key in tables() {
        let mut pairs = typed.table(key.name).to_vec();
        for (name, value) in pairs.iter_mut().filter(|(_, value)| value == KEPT) {
            let stays = kept.table(key.name).iter().find(|(known, _)| known == name);
            let gone = cleared.contains(&format!("{}.{name}", key.name));
            *value = match stays.filter(|_| !gone) {
                Some((_, stays)) => stays.clone(),
                None => {
                    let why = format!("The value of “{name}” is not kept: type it anew.");
                    return Err(wrong(key, why));
                }
            };
        }
        if !pairs.is_empty() {
            let _ = typed.set(key.name, Value::Table(pairs));
        }
    }
    Ok(typed)
}

fn tables() -> impl Iterator<Item = &'static keys::Key> {
    KEYS.iter().filter(|key| matches!(key.input, Input::Pairs))
}

/// Those who were chosen, by our ids.
fn chosen(fields: &Query) -> String {
    let ids = fields.pairs().iter().filter(|(key, _)| key == keys::PEOPLE);
    ids.map(|(_, id)| id.trim()).collect::<Vec<_>>().join(" ")
}

/// Lines of `name: value`.
fn pairs(text: &str, key: &keys::Key) -> Result<Vec<(String, String)>, AppError> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |line: &str| {
        let (name, value) = line.split_once(':').ok_or_else(|| {
            let line = short(line);
            wrong(key, format!("“{line}” is no name, a colon and a value."))
        })?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    };
    lines.map(pair).collect()
}

/// The beginning of a line that may hold a secret.
fn short(line: &str) -> String {
    line.chars().take(20).collect()
}

fn wrong(key: &keys::Key, why: String) -> AppError {
    AppError {
        field: Some(key.name.into()),
        ..AppError::new(Kind::NotSent, why)
    }
}
