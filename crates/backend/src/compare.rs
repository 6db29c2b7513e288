//! Two tables beside each other, each read with what its own connection may.

use std::time::SystemTime;

use iceberg_rest::SnapshotsMode::Refs;
use model::{
    Read,
    comparison::{
        OTHER_CONNECTION, OTHER_NAME, Shape, TableComparison, TableDifferences, TableSide,
    },
    error::{AppError, Kind},
    open::Noun,
    page::TableTab,
    paths::Place,
};

use crate::{Session, blocking::blocking, open::find_by_name, reading::table};

/// `place` beside `other`; where a name was `typed`, beside the table of that name there. One that cannot be read does
/// not hide the other.
pub async fn load_table_comparison(
    session: &Session,
    place: Place,
    other: Place,
    typed: String,
    fresh: bool,
) -> Result<Read<TableComparison>, AppError> {
    let second = async {
        let found = found(session, &other, &typed).await?;
        let read = read(session, &found, fresh).await;
        // What explains a refusal on this page knows the first table's connection alone.
        let leading = |error: AppError| match error.link {
            Some(_) => error,
            None => error.link(
                "Open the second table",
                found.table_path(TableTab::Overview),
            ),
        };
        Ok((found.clone(), read.map_err(leading)))
    };
    let (from, second) = tokio::join!(read(session, &place, fresh), second);
    let (other, to) = match second {
        Ok((found, to)) => (found, to),
        Err(error) => (other, Err(error)),
    };
    let mut notes = Vec::new();
    for (which, side) in [("first", &from), ("second", &to)] {
        let said = side.iter().flat_map(|side| &side.notes);
        notes.extend(said.map(|note| format!("Of the {which} table: {note}")));
    }
    let read_at = [&from, &to].into_iter().flatten();
    let read_at = read_at.map(|side| &side.at).min_by_key(|at| at.ms).cloned();
    let differences = match (&from, &to) {
        (Ok(from), Ok(to)) => {
            let (from, to) = (from.data.clone(), to.data.clone());
            let reveal = session.reveal().clone();
            let compared = move || TableDifferences::new(&from, &to, &reveal);
            Some(blocking(compared).await?)
        }
        _ => None,
    };
    let side = |read: Read<Shape>| TableSide::new(&read.data, read.at);
    Ok(Read {
        data: TableComparison {
            other,
            from: from.map(side),
            to: to.map(side),
            differences,
        },
        at: read_at.unwrap_or_else(|| SystemTime::now().into()),
        notes,
    })
}

async fn read(session: &Session, place: &Place, fresh: bool) -> Result<Read<Shape>, AppError> {
    let shape = |table: &iceberg_rest::types::LoadTableResult, _| Shape::from(&table.metadata);
    table(session, place, Refs, fresh, shape).await
}

/// The table of a name that was typed: one that is there, or else one of which the catalog does not say that it is not.
async fn found(session: &Session, other: &Place, typed: &str) -> Result<Place, AppError> {
    if typed.is_empty() {
        return Ok(other.clone());
    }
    let separator = ".".to_owned();
    let ways = find_by_name(
        session,
        other.clone(),
        typed.to_owned(),
        separator,
        Noun::Table,
    );
    let ways = ways.await.map_err(|error| match error.kind {
        Kind::NoConnection => error.at(&OTHER_CONNECTION),
        _ => error,
    })?;
    let unfound = || {
        let message = match ways.is_empty() {
            true => format!(
                "“{typed}” is no full name of a table: it needs a namespace, a dot and a name."
            ),
            false => format!(
                "The connection {} shows no table “{typed}”, in whichever way its dots are read.",
                other.connection
            ),
        };
        AppError::new(Kind::NotFound, message).at(&OTHER_NAME)
    };
    let there = ways.iter().find(|way| way.exists == Some(true));
    let unsure = || ways.iter().find(|way| way.exists.is_none());
    let levels = &there.or_else(unsure).ok_or_else(unfound)?.levels;
    let (name, around) = levels.split_last().ok_or_else(unfound)?;
    Ok(other.with_namespace(around).with_object(name))
}
