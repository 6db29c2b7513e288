//! What somebody pasted, until they say what of it is added: it may hold secrets, so that it stays here.

use std::{
    collections::VecDeque,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use backend::{Session, new_id};
use connection::{Found, Left, Read, read};
use model::{
    connection_form::{FoundConnection, Imported},
    error::{AppError, Kind},
};

use tokio::time::sleep;

use super::kept::spec;

/// How long it is kept.
const LASTS: Duration = Duration::from_secs(15 * 60);
/// Of everybody together.
const MOST: usize = 50;

static KEPT: LazyLock<Mutex<VecDeque<Kept>>> = LazyLock::new(Mutex::default);

struct Kept {
    id: String,
    /// Whose it is, by our id.
    person: String,
    at: Instant,
    pasted: Pasted,
}

/// What was read of it.
#[derive(Clone)]
pub struct Pasted {
    source: &'static str,
    pub found: Vec<Found>,
    left: Vec<Left>,
}

impl Pasted {
    pub fn read(text: &str) -> Result<Self, AppError> {
        let Read {
            source,
            found,
            left,
        } = read(text).map_err(|why| {
            let why = why.to_string();
            let why = why.trim_end_matches('.');
            AppError::new(Kind::NotSent, format!("Nothing was read: {why}."))
                .hint("Paste what Spark, Trino, PyIceberg, Flink, DuckDB, OLake, Polaris' command line or another Crowsnest is configured with.")
        })?;
        Ok(Self {
            source: source.name(),
            found,
            left,
        })
    }
}

/// Keeps it for whoever pasted it, and says what it is.
pub fn keep(session: &Session, pasted: Pasted) -> Imported {
    let id = new_id();
    let shown = Imported {
        id: id.clone(),
        source: pasted.source.to_owned(),
        found: pasted
            .found
            .iter()
            .map(|found| shown(session, found))
            .collect(),
        left: pasted.left.iter().map(left).collect(),
    };
    let mut all = all();
    if all.len() == MOST {
        all.pop_front();
    }
    all.push_back(Kept {
        id,
        person: session.who().said().id.clone(),
        at: Instant::now(),
        pasted,
    });
    shown
}

/// What was kept under that id; an error where that is too long ago, or it was somebody else's.
pub fn kept(session: &Session, id: &str) -> Result<Pasted, AppError> {
    let person = &session.who().said().id;
    let found = all()
        .iter()
        .find(|kept| kept.id == id && kept.person == *person)
        .map(|kept| kept.pasted.clone());
    found.ok_or_else(|| {
        let why = "What was pasted is not kept any more.";
        AppError::new(Kind::NotSent, why).hint("Paste it again.")
    })
}

/// Once it is added.
pub fn forget(id: &str) {
    all().retain(|kept| kept.id != id);
}

/// What may be secret does not wait for the next one who pastes.
pub async fn sweep() {
    loop {
        sleep(LASTS / 15).await;
        drop(all());
    }
}

fn all() -> MutexGuard<'static, VecDeque<Kept>> {
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|kept| kept.at.elapsed() < LASTS);
    all
}

fn shown(session: &Session, found: &Found) -> FoundConnection {
    let open = found.settings.without_secrets();
    let secrets = found.settings.secrets();
    let taken = open.iter().map(|(key, _)| {
        let text = open.text(key.name).unwrap_or("set").to_owned();
        (key.label.to_owned(), text)
    });
    let hidden = secrets.keys().map(|key| {
        let label = connection::keys::find(key).map_or(&**key, |key| key.label);
        (label.to_owned(), "••••••••".to_owned())
    });
    let there = session.connection(&found.name).is_ok();
    FoundConnection {
        name: found.name.clone(),
        taken: taken.chain(hidden).collect(),
        left: found.left.iter().map(left).collect(),
        off: match there {
            true => Some("There is a connection of this name already.".into()),
            false => spec(&found.settings, 1).err().map(|error| error.message),
        },
    }
}

fn left(left: &Left) -> (String, String) {
    (left.key.clone(), left.why.to_string())
}
