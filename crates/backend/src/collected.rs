//! Answers from collected grants.

use std::time::Duration;

use access::polaris::{Access, Object};
use model::{
    access::{Collected, Progress, Ready, Unknown, lost::Lost},
    error::AppError,
    paths::Place,
};

use crate::{
    Catalog, Session,
    blocking::blocking,
    catalog::{Age, State},
};

/// How long an answer waits for a collection that is under way; then it tells how far that is.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// What follows from the grants of the place's connection. Begins to collect them where nobody has, or
/// where they are too old for what they are asked for, unless a link on another site led here: dozens of
/// calls are for a person to ask for.
pub async fn collected<T>(
    session: &Session,
    place: &Place,
    age: Age,
    show: impl FnOnce(&Access) -> Result<T, AppError>,
) -> Result<Collected<T>, AppError> {
    let connection = session.connection(&place.connection)?;
    let management = connection.management()?;
    if session.came_from_another_site() && !connection.is_collected() {
        return Ok(Collected::Unasked);
    }
    let age = match session.came_from_another_site() {
        true => Age::Any,
        false => age,
    };
    let collection = connection.collection(management, age);
    let progress = |progress: vendors::polaris::Progress| Progress {
        done: progress.done,
        total: progress.total,
    };
    Ok(match collection.state(PATIENCE).await {
        State::Running(now) => Collected::Running(progress(now)),
        State::Stopped(then) => Collected::Stopped(progress(then)),
        State::Failed(error) => return Err(error.into()),
        State::Collected(collected) => Collected::Ready(Ready {
            at: collected.at.into(),
            old: collected.is_old(),
            requests: collected.requests,
            unknown: Unknown::of(&collected.access),
            data: show(&collected.access)?,
        }),
    })
}

/// What would be lost if the object went, by the grants that are collected: nobody is asked for it.
pub async fn lost(connection: &Catalog, object: Object) -> Result<Lost, AppError> {
    let Some(collected) = connection.collected_before() else {
        return Ok(Lost::not_collected());
    };
    blocking(move || Lost::new(&collected.access, &object, collected.at.into())).await
}
