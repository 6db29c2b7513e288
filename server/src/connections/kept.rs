//! From the connections that were made in a browser to those that are called, on each of Crowsnest that shares a store.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, PoisonError},
    time::Duration,
};

use backend::{Audience, Origin, Registry, Spec, connections::form};
use connection::keys;
use model::error::{AppError, Kind};
use store::connections::Connection;
use tokio::{sync::Mutex, time::sleep};

use crate::config;

/// Between two looks for what another one changed.
const EVERY: Duration = Duration::from_secs(5);

/// How a connection is called. An error names the field that it is about.
pub fn spec(settings: &connection::Settings, version: i64) -> Result<Spec, AppError> {
    let spec = config::browser(settings).map_err(|error| AppError {
        field: error.field.clone().map(Into::into),
        ..AppError::new(Kind::NotSent, sentence(&error.to_string()))
    })?;
    let people = settings.text(keys::PEOPLE).unwrap_or_default();
    Ok(Spec {
        origin: Origin::Browser(version),
        audience: Audience {
            people: people.split_whitespace().map(str::to_owned).collect(),
            ..spec.audience.clone()
        },
        ..spec
    })
}

/// Who changes what is called, one after the other: what an earlier look found lacks what was added since, which it would
/// take out again.
pub(super) static TURN: Mutex<()> = Mutex::const_new(());

/// Says something of a connection in the log, and not again at each look.
fn once(name: &str, why: &str) {
    static SAID: LazyLock<std::sync::Mutex<BTreeMap<String, String>>> =
        LazyLock::new(Default::default);
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.insert(name.to_owned(), why.to_owned()).as_deref() != Some(why) {
        tracing::error!(connection = name, "{why}");
    }
}

/// Brings what is called in line with what is kept. One that cannot be called is left out, and said in the log.
pub async fn bring(registry: &Registry) -> Result<(), store::Error> {
    let _turn = TURN.lock().await;
    let Some(store) = registry.store() else {
        return Ok(());
    };
    let mut names = Vec::new();
    for found in store.connections().await? {
        match found {
            Ok(kept) if kept.disabled => {}
            Ok(kept) => match put(registry, &kept) {
                Ok(()) => names.push(kept.name),
                Err(error) => once(
                    &kept.name,
                    &format!("a connection cannot be called: {error}"),
                ),
            },
            Err(name) => once(
                &name,
                "what is stored of a connection was changed from outside: it is not called (crowsnest check-store)",
            ),
        }
    }
    let made_here = registry.now();
    let made_here = made_here
        .iter()
        .filter(|catalog| catalog.spec.origin.is_browser());
    for gone in made_here.filter(|catalog| !names.contains(&catalog.spec.name)) {
        registry.remove(&gone.spec.name);
    }
    registry.arrange(&names);
    Ok(())
}

fn taken(by: &str) -> AppError {
    let why = format!("One of this name {by}, and is the one that is called.");
    AppError::new(Kind::Already, why)
}

fn put(registry: &Registry, kept: &Connection) -> Result<(), AppError> {
    let origin = Origin::Browser(kept.version);
    let called = registry.now().named(&kept.name).ok();
    match called.map(|catalog| catalog.spec.origin) {
        Some(its) if its == origin => return Ok(()),
        Some(Origin::File) => return Err(taken("stands in the configuration")),
        Some(Origin::Sample) => return Err(taken("is a sample")),
        Some(Origin::Browser(_)) | None => {}
    }
    let settings = form::settings(kept)?;
    Ok(registry.put(spec(&settings, kept.version)?)?)
}

/// Does that now and then, for ever: others may share the store.
pub async fn follow(registry: Registry) {
    loop {
        sleep(EVERY).await;
        if let Err(error) = bring(&registry).await {
            tracing::warn!(%error, "nobody could look for connections that were changed");
        }
    }
}

/// Of a message of the configuration.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}
