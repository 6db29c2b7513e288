//! What an admin changes of the connections that are made here.

use axum::Router;
use backend::{
    Registry, Session, audit,
    check::often,
    connections::form::{kept, parted, settings, typed},
    people::unusable,
};
use connection::{Settings, keys, presets::Preset};
use model::{
    connection_form::{CONNECTIONS, EDIT_CONNECTION, Imported, NEW_CONNECTION, edit_path},
    error::{AppError, Kind},
    form::{
        NAME, OPERATION,
        operation::{CREATE, DELETE, DISABLE, DOWN, ENABLE, IMPORT, SAVE, TEST, UP},
    },
    format::counted,
    person::Role,
};
use store::{Error, Store, connections::Connection, now};

use super::{
    imported::{self, Pasted},
    kept::{bring, spec},
};
use crate::forms::{Answer, Form, Limit, form};

/// What is pasted: no declared field, so that it never comes back.
const PASTED: &str = "pasted";
/// Of what is pasted.
const LIMIT: Limit = Limit {
    sent: 3 * connection::MAX_BYTES,
    said: connection::MAX_BYTES,
};

pub fn routes() -> Router {
    Router::new()
        .route(CONNECTIONS, form(LIMIT, all))
        // As their pages stand: under one pattern.
        .route(&format!("{CONNECTIONS}/{{form}}"), form(LIMIT, one))
}

/// A form of one of them.
async fn one(form: Form) -> Result<Answer<()>, AppError> {
    match form.uri.path() {
        NEW_CONNECTION => new(form).await,
        EDIT_CONNECTION => edit(form).await,
        _ => Err(refused("There is no such form.")),
    }
}

/// The list: its order, and what is pasted.
async fn all(form: Form) -> Result<Answer<Imported>, AppError> {
    let desk = Desk::of(&form.session).await?;
    let name = form.fields.text(NAME.name);
    match &*form.fields.text(OPERATION.name) {
        up @ (UP | DOWN) => {
            if_there(kept(&form.session, &name).await)?;
            let moving = desk.store.move_connection(&name, up == UP);
            let moved = desk.record("connection_moved", &name, "", moving).await;
            moved.map_err(unusable)?;
            desk.bring().await?;
        }
        IMPORT => {
            let pasted = Pasted::read(&form.fields.text(PASTED))?;
            return Ok(Answer::Page(imported::keep(&form.session, pasted)));
        }
        CREATE => return desk.take(&form).await,
        _ => return Err(refused("There is no such form.")),
    }
    Ok(Answer::Go(CONNECTIONS.to_owned()))
}

/// A new one.
async fn new(form: Form) -> Result<Answer<()>, AppError> {
    let desk = Desk::of(&form.session).await?;
    let mut given = typed(&form.fields, &Settings::new())?;
    if let Some(preset) = Preset::find(&form.query().text("kind")) {
        // What follows from the rest, such as an address from a region.
        preset.fill(&mut given);
    }
    let name = desk.add(given).await?;
    desk.test(&name).await;
    Ok(Answer::Go(edit_path(&name)))
}

/// One that is there.
async fn edit(form: Form) -> Result<Answer<()>, AppError> {
    let desk = Desk::of(&form.session).await?;
    let name = form.query().text("name");
    let before = kept(&form.session, &name).await;
    let operation = form.fields.text(OPERATION.name);
    if operation == DELETE {
        if_there(before)?;
        let removing = desk.store.remove_connection(&name);
        let removed = desk.record("connection_removed", &name, "", removing).await;
        removed.map_err(unusable)?;
        desk.bring().await?;
        return Ok(Answer::Go(CONNECTIONS.to_owned()));
    }
    let before = before?;
    let version: i64 = form.fields.text("version").parse().unwrap_or_default();
    match &*operation {
        SAVE => {
            let kept = settings(&before)?;
            let mut given = typed(&form.fields, &kept)?;
            let _ = given.set(keys::NAME, &*name);
            desk.accepted(&given)?;
            desk.may_call()?;
            let says = said(&kept, &given);
            let (settings, secrets) = parted(&given);
            let changed = Connection {
                settings,
                secrets,
                version,
                ..before
            };
            desk.change(changed, &says).await?;
            desk.test(&name).await;
        }
        DISABLE | ENABLE => {
            let disabled = operation == DISABLE;
            if !disabled {
                desk.may_call()?;
            }
            let says = if disabled {
                "Nobody uses it."
            } else {
                "It is used again."
            };
            desk.change(
                Connection {
                    disabled,
                    version,
                    ..before
                },
                says,
            )
            .await?;
        }
        TEST => {
            desk.may_call()?;
            desk.test(&name).await;
        }
        _ => return Err(refused("There is no such form.")),
    }
    Ok(Answer::Go(edit_path(&name)))
}

/// Also one that was changed from outside, and cannot be read any more, is there.
fn if_there(read: Result<Connection, AppError>) -> Result<(), AppError> {
    match read {
        Err(error) if error.kind == Kind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Where an admin changes connections.
#[derive(Clone)]
struct Desk {
    session: Session,
    store: Store,
    registry: Registry,
}

impl Desk {
    async fn of(session: &Session) -> Result<Self, AppError> {
        session.must_be(Role::Admin, "connections").await?;
        Ok(Self {
            store: session.store()?.clone(),
            registry: session.registry().clone(),
            session: session.clone(),
        })
    }

    /// The name of a connection that can be called; an error where it cannot.
    fn accepted(&self, given: &Settings) -> Result<String, AppError> {
        let spec = spec(given, 0)?;
        let name = spec.name.clone();
        self.registry.accepts(spec).map_err(|error| AppError {
            field: Some(keys::URL.into()),
            ..error.into()
        })?;
        Ok(name)
    }

    /// Adds one, and gives its name.
    async fn add(&self, given: Settings) -> Result<String, AppError> {
        let name = self.accepted(&given)?;
        if self.registry.now().named(&name).is_ok() {
            return Err(taken(&name));
        }
        // From now on it is called.
        self.may_call()?;
        let (settings, secrets) = parted(&given);
        let connection = Connection {
            name,
            settings,
            secrets,
            disabled: false,
            version: 1,
            changed: now(),
        };
        let adding = self.store.add_connection(&connection, now());
        let (name, says) = (connection.name.clone(), said(&Settings::new(), &given));
        match self.record("connection_added", &name, &says, adding).await {
            Err(Error::Taken) if self.store.is_full().await.map_err(unusable)? => {
                let why = format!(
                    "There are {} connections, and no more can be kept.",
                    store::connections::MOST
                );
                return Err(refused(why));
            }
            Err(Error::Taken) => return Err(taken(&name)),
            other => other.map_err(unusable)?,
        }
        self.bring().await?;
        Ok(name)
    }

    /// Adds those that were chosen of what was pasted.
    async fn take(&self, form: &Form) -> Result<Answer<Imported>, AppError> {
        let chosen: Vec<&str> = form.fields.all("chosen").collect();
        let pasted = imported::kept(&self.session, &form.fields.text("import"))?;
        if chosen.is_empty() {
            return Err(refused("Nothing was chosen."));
        }
        let found = pasted.found.into_iter();
        let taken = found.filter(|found| chosen.contains(&&*found.name));
        for (before, found) in taken.enumerate() {
            let mut given = found.settings;
            Preset::of(&given).fill(&mut given);
            let name = self.add(given).await.map_err(|error| match before {
                0 => error,
                _ => error.hint(format!(
                    "{} added before it. Paste the rest again.",
                    counted(before, "connection")
                )),
            })?;
            // Each shows on its page what came of it; nobody waits for all of them.
            let desk = self.clone();
            tokio::spawn(async move { desk.test(&name).await });
        }
        imported::forget(&form.fields.text("import"));
        Ok(Answer::Go(CONNECTIONS.to_owned()))
    }

    async fn change(&self, changed: Connection, says: &str) -> Result<(), AppError> {
        let changing = self.store.change_connection(&changed, now());
        let saved = self.record("connection_changed", &changed.name, says, changing);
        if !saved.await.map_err(unusable)? {
            let why = "Somebody else changed this connection after this page was opened. Nothing was saved.";
            return Err(AppError::new(Kind::Conflict, why)
                .hint("Open the page anew, look at what is there now, and change that."));
        }
        self.bring().await
    }

    /// Does something that is on record.
    async fn record<T>(
        &self,
        event: &str,
        name: &str,
        says: &str,
        change: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        audit::doing(&self.store, self.session.who(), event, name, says, change).await
    }

    async fn bring(&self) -> Result<(), AppError> {
        bring(&self.registry).await.map_err(unusable)
    }

    /// That whoever asks may have one more address called.
    fn may_call(&self) -> Result<(), AppError> {
        often::may(self.session.who())
    }

    /// What comes of it stands on its page.
    async fn test(&self, name: &str) {
        if let Ok(catalog) = self.registry.now().named(name)
            && catalog.spec.origin.is_browser()
        {
            catalog.test().await;
        }
    }
}

/// What became different, without any value that may be a secret.
fn said(before: &Settings, after: &Settings) -> String {
    let (open, now) = (before.without_secrets(), after.without_secrets());
    let mut says = Vec::new();
    for key in &keys::KEYS {
        let (was, is) = (before.get(key.name), after.get(key.name));
        if was == is {
            continue;
        }
        let shown = (open.text(key.name), now.text(key.name));
        says.push(match shown {
            _ if key.secret => format!("{}: another secret.", key.label),
            (Some(was), Some(is)) => format!("{}: {was} becomes {is}.", key.label),
            (None, Some(is)) => format!("{}: {is}.", key.label),
            _ => format!("{}: changed.", key.label),
        });
    }
    says.join(" ")
}

fn taken(name: &str) -> AppError {
    refused(format!("There is a connection called “{name}” already.")).at(&NAME)
}

fn refused(why: impl Into<String>) -> AppError {
    AppError::new(Kind::NotSent, why)
}
