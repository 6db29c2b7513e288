//! Who may do what on a Polaris, according to the grants that were collected. `ask` is the query of
//! the page's own address.

pub mod export;

use access::polaris::{Access, Object};
use model::{
    access::{
        Collected, Ready,
        explain::{Explain, elsewhere},
        graph::Graph,
        overview::Overview,
        reach::{Reach, ReachAsk},
        unlisted,
        who::{Who, WhoAsk},
    },
    error::{AppError, Kind},
    paths::{Place, Query, read_object},
    section::Section,
};

use crate::{Session, catalog::Age, collected::collected, place::is_there};

/// What was collected, in numbers.
pub async fn load_overview(
    session: &Session,
    place: Place,
) -> Result<Collected<Overview>, AppError> {
    collected(session, &place, Age::Any, |access| {
        Ok(Overview::new(access))
    })
    .await
}

/// Who can do what with one object, which is an address' query.
pub async fn load_who(
    session: &Session,
    place: Place,
    object: String,
    ask: WhoAsk,
) -> Result<Collected<Who>, AppError> {
    let object = object_of(session, &place, &object)?;
    if is_there(session, &place, &object).await == Some(false) {
        return Err(AppError::new(
            Kind::NotFound,
            format!("There is no {object}, so nobody can use it."),
        )
        .hint("It may have been dropped or renamed. Grants above it would reach a new one of that name."));
    }
    collected(session, &place, Age::Any, |access| {
        match unlisted(access, &object) {
            None => Ok(Who::new(access, object, &ask)),
            Some(why) => Err(AppError::new(
                Kind::NotFound,
                format!("Who could use the {object} is unknown: {why}"),
            )
            .hint("Check the spelling, or collect again from the page on access.")
            .link("Access", place.access_path())),
        }
    })
    .await
}

/// What a principal, or one principal role, can reach.
pub async fn load_reach(
    session: &Session,
    place: Place,
    ask: ReachAsk,
) -> Result<Collected<Reach>, AppError> {
    collected(session, &place, Age::Any, |access| {
        Ok(Reach::new(access, &ask))
    })
    .await
}

/// Why somebody may do something, or may not; `ask` is an address' query.
pub async fn load_explanation(
    session: &Session,
    place: Place,
    ask: String,
) -> Result<Collected<Explain>, AppError> {
    let connection = session.connection(&place.connection)?;
    let catalog = connection.spec.warehouse.as_deref();
    let query = Query::parse(&ask);
    if let Some(dialect) = connection.known_dialect()
        && let Some(missing) = Section::Access.missing(&connection.spec.name, dialect)
    {
        return Err(elsewhere(&place, dialect, &missing, &query));
    }
    let asks = ["message", "operation", "privilege"];
    let age = match asks.iter().any(|key| query.get(key).is_some()) {
        true => Age::Verdict,
        false => Age::Any,
    };
    let explain = |access: &Access| Ok(Explain::new(access, &query, catalog));
    let mut collected = collected(session, &place, age, explain).await?;
    if let Collected::Ready(Ready { data: explain, .. }) = &mut collected
        && let Some(answer) = &explain.answer
        && is_there(session, &place, &answer.object).await == Some(false)
    {
        explain.is_not_there();
    }
    Ok(collected)
}

/// Who is in which role, and what each is granted.
pub async fn load_graph(
    session: &Session,
    place: Place,
    ask: String,
) -> Result<Collected<Graph>, AppError> {
    let query = Query::parse(&ask);
    collected(session, &place, Age::Any, |access| {
        Ok(Graph::new(access.world(), &query))
    })
    .await
}

/// The object that an address names, in the connection's own catalog where it names none.
pub fn object_of(session: &Session, place: &Place, query: &str) -> Result<Object, AppError> {
    let connection = session.connection(&place.connection)?;
    read_object(
        &Query::parse(query),
        "",
        connection.spec.warehouse.as_deref(),
    )
    .ok_or_else(|| {
        AppError::new(Kind::NotFound, "This address names no object.")
            .hint("Choose a catalog, then walk to the object: its page links to who can use it.")
    })
}
