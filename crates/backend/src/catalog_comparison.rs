//! Two catalogs beside each other: read in the background, once for each who asks, for as long as they ask.

mod export;
mod job;
mod walk;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{
    catalog_comparison::{Ask, ComparisonPage},
    error::{AppError, Kind},
    paths::Place,
};

use crate::{
    Session,
    cache::{About, Grant},
};
use job::Job;

pub use export::export;

/// How long a page waits before it says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// Of everybody, and of each.
const MOST: usize = 8;
const OF_ONE: usize = 2;

static JOBS: Mutex<Vec<Arc<Job>>> = Mutex::new(Vec::new());

/// Whose comparison it is of what: a connection that is another one now, or called as somebody else, is another one.
#[derive(Clone, PartialEq, Eq)]
struct Key {
    person: String,
    sides: [(Place, Grant); 2],
}

/// What the page shows. Begins to compare where that was not done yet, or `fresh` asks for it, unless a link on another
/// site led here: that takes hundreds of calls.
pub async fn load_catalog_comparison(
    session: &Session,
    ask: &Ask,
    fresh: bool,
) -> Result<ComparisonPage, AppError> {
    let names = session.signed_in().map(|it| it.spec.name.clone());
    let connections = names.collect();
    let comparison = match ask.is_whole() {
        false => None,
        true => match session.load(compared(session, ask, fresh)).await {
            Ok(job) => job.map(|job| Ok(job.shown(ask))),
            Err(error) => Some(Err(error)),
        },
    };
    Ok(ComparisonPage {
        connections,
        comparison,
    })
}

async fn compared(session: &Session, ask: &Ask, fresh: bool) -> Result<Option<Arc<Job>>, AppError> {
    let key = key(session, ask)?;
    let known = find(&key).filter(|job| !fresh && !job.is_over());
    let job = match known {
        Some(job) => job,
        None if session.came_from_another_site() => return Ok(None),
        None => {
            let [from, to] = [&ask.from, &ask.to].map(|side| async {
                let catalog = session.connection(&side.connection)?;
                let client = catalog.client(side.warehouse.as_deref(), side.reference.as_deref());
                Ok::<_, AppError>(client.await?)
            });
            let (from, to) = tokio::join!(from, to);
            let of = |which: &str, error: AppError| {
                let message = format!("The {which} catalog: {}", error.message);
                AppError { message, ..error }
            };
            let from = from.map_err(|error| of("first", error))?;
            let to = to.map_err(|error| of("second", error))?;
            begin(&key, fresh, || Job::begin(key.clone(), from, to))?
        }
    };
    let _here = job.attend();
    job.wait(PATIENCE).await;
    Ok(Some(job))
}

/// Stops what is under way; what was found stays.
pub fn stop(session: &Session, ask: &Ask) -> Result<(), AppError> {
    if let Some(job) = find(&key(session, ask)?) {
        job.stop();
    }
    Ok(())
}

fn key(session: &Session, ask: &Ask) -> Result<Key, AppError> {
    let side = |place: &Place| {
        let catalog = session.connection(&place.connection)?;
        Ok::<_, AppError>((place.clone(), catalog.grant(About::Content)))
    };
    let sides = [side(&ask.from)?, side(&ask.to)?];
    if sides[0] == sides[1] {
        let why = "Both are the same: choose another connection, warehouse, or branch or tag.";
        return Err(AppError::new(Kind::NotSent, why));
    }
    Ok(Key {
        person: session.who().said().id.clone(),
        sides,
    })
}

fn find(key: &Key) -> Option<Arc<Job>> {
    let jobs = JOBS.lock().unwrap_or_else(PoisonError::into_inner);
    jobs.iter().find(|job| job.key == *key).cloned()
}

/// In the place of one that is over, or of somebody's own earlier one; nobody's is ended by others.
fn begin(key: &Key, fresh: bool, job: impl FnOnce() -> Arc<Job>) -> Result<Arc<Job>, AppError> {
    let mut jobs = JOBS.lock().unwrap_or_else(PoisonError::into_inner);
    jobs.retain(|job| !job.is_over());
    match jobs.iter().position(|job| job.key == *key) {
        // Somebody asked for the same meanwhile.
        Some(at) if !fresh => return Ok(jobs[at].clone()),
        Some(at) => jobs.remove(at).stop(),
        None => {}
    }
    let own = |job: &Arc<Job>| job.key.person == key.person;
    if jobs.iter().filter(|job| own(job)).count() >= OF_ONE
        && let Some(oldest) = jobs.iter().position(own)
    {
        jobs.remove(oldest).stop();
    }
    if jobs.len() >= MOST {
        match jobs.iter().position(|job| job.is_done()) {
            Some(done) => jobs.remove(done).stop(),
            None => {
                let why = "Others are comparing catalogs, as many as Crowsnest does at once.";
                return Err(AppError::new(Kind::RateLimited, why).hint("Try again in a minute."));
            }
        }
    }
    let job = job();
    jobs.push(job.clone());
    Ok(job)
}
