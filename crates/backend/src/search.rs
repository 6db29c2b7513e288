//! Search over everything that a person may use: through the names that were read, never by reading all.

mod fill;
mod group;
mod matching;
mod opened;
mod pages;
mod people;
mod rank;
mod walk;

use std::time::Duration;

use model::{
    error::AppError,
    paths::Query,
    search::{Found, SearchAsk},
};
use tokio::task::JoinSet;

use crate::{Session, cache::About, listing::known, search::fill::Fill};

/// How long an answer waits for names that are being read.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long somebody who asked for more of them waits.
const LONGER: Duration = Duration::from_secs(1);

/// What is found of an ask ([`SearchAsk`] as a query) in the names that were read. Has them read, within
/// bounds, unless a link on another site led here.
pub async fn search(session: &Session, ask: String) -> Result<Found, AppError> {
    let ask = SearchAsk::read(&Query::parse(&ask));
    if ask.text.is_empty() {
        return Ok(Found::default());
    }
    let fills = !session.came_from_another_site();
    let catalogs = match &ask.within {
        Some(name) => vec![session.connection(name)?],
        None => session.signed_in().collect(),
    };
    let mut looks = JoinSet::new();
    for (number, catalog) in catalogs.into_iter().enumerate() {
        let ask = ask.clone();
        looks.spawn(async move {
            let fill = fills.then(|| Fill::begin(&catalog));
            (number, group::group(&catalog, &ask, fill).await)
        });
    }
    let mut groups = Vec::new();
    while let Some(look) = looks.join_next().await {
        let (number, (closest, group)) = look.map_err(|_| AppError::lost())?;
        groups.push((closest, number, group?));
    }
    // Those with the closest first, others in their order.
    groups.sort_by(|(one, first, _), (other, second, _)| other.cmp(one).then(first.cmp(second)));
    let mut groups: Vec<_> = groups.into_iter().map(|(_, _, group)| group).collect();
    if ask.within.is_none() {
        groups.extend(group::of_console(&ask, session.who()));
    }
    Ok(Found { groups })
}

/// Reads more of a connection's names than are read by themselves, and asks again for what failed.
pub async fn more(session: &Session, connection: &str) -> Result<(), AppError> {
    let catalog = session.connection(connection)?;
    known::forget_failed(catalog.grant(About::Content));
    catalog.forget_people();
    catalog.allow_more();
    Fill::begin(&catalog).ends(LONGER).await;
    Ok(())
}

#[cfg(test)]
mod tests;
