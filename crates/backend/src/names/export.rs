//! A whole list of tables as a file, with what is known of them: nothing is read for it but the names.

use std::{mem, sync::Arc, time::Duration};

use model::{
    error::AppError,
    names::{Arrival, Column, Facts, NameKind},
    paths::Place,
};
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::{
    facts::Rows,
    listing::{arrival, list, namespace},
};
use crate::{
    Session,
    csv::{Format, line},
    reading::catalog,
};

/// How long the rest of a list is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Rows that are written together.
const TOGETHER: usize = 500;

/// A file that is written as it is taken.
pub struct Export {
    rows: Rows,
    names: Arc<Vec<String>>,
    namespace: Vec<String>,
    format: Format,
    /// Why there may be more names, where that is so.
    cut: Option<String>,
    next: usize,
    known: usize,
    state: State,
}

enum State {
    Begins,
    Goes,
    Over,
}

/// Of the tables of a namespace; `None` where a link elsewhere led here.
///
/// # Errors
/// Those of the list.
pub async fn export(
    session: &Session,
    place: &Place,
    format: Format,
) -> Result<Option<Export>, AppError> {
    if session.came_from_another_site() {
        return Ok(None);
    }
    let (connection, client) = catalog(session, place).await?;
    let look = list(&connection, &client, place, NameKind::Tables, false)?;
    let ended = timeout(PATIENCE, look.ended()).await;
    let state = look.now();
    let cut = match arrival(&state) {
        Err(error) => return Err(error.clone().into()),
        Ok(Arrival::Complete) if ended.is_ok() => None,
        Ok(Arrival::Capped(reason)) => Some(reason),
        Ok(_) => Some("the list had not arrived whole.".to_owned()),
    };
    Ok(Some(Export {
        rows: Rows::new(NameKind::Tables, &connection, &client, namespace(place)?),
        names: state.names,
        namespace: place.namespace.clone(),
        format,
        cut,
        next: 0,
        known: 0,
        state: State::Begins,
    }))
}

fn columns() -> impl Iterator<Item = Column> {
    Column::all(NameKind::Tables).iter().copied()
}

impl Export {
    fn head(&self) -> String {
        match self.format {
            Format::Csv => {
                let heads = ["name"].into_iter().chain(columns().map(Column::slug));
                let heads: Vec<_> = heads.chain(["finding", "failed"]).collect();
                let mut text = String::new();
                line(&mut text, &heads);
                text
            }
            Format::Json => format!("{{\"namespace\":{},\"tables\":[", json!(self.namespace)),
        }
    }

    fn row(&self, text: &mut String, name: &str, facts: Option<Result<Facts, String>>) {
        let (facts, failed) = match facts {
            None => (None, "not read".to_owned()),
            Some(Ok(facts)) => (Some(facts), String::new()),
            Some(Err(why)) => (None, why),
        };
        let facts = facts.as_ref();
        let found = facts.map_or("", Facts::finding);
        let values = columns().map(|column| facts.map(|it| it.plain(column)).unwrap_or_default());
        let values: Vec<_> = values.collect();
        match self.format {
            Format::Csv => {
                let cells = [name].into_iter().chain(values.iter().map(String::as_str));
                let cells: Vec<_> = cells.chain([found, &failed]).collect();
                line(text, &cells);
            }
            Format::Json => {
                let columns = columns().map(Column::slug).zip(&values);
                let columns = columns.map(|(key, value)| (key, value.as_str()));
                let rest = [("finding", found), ("failed", &failed)];
                let told = columns.chain(rest).filter(|(_, value)| !value.is_empty());
                let row = [("name", name)].into_iter().chain(told);
                let row: Map<_, _> = row
                    .map(|(key, value)| (key.to_owned(), json!(value)))
                    .collect();
                text.push_str(if self.next == 0 { "\n" } else { ",\n" });
                text.push_str(&Value::Object(row).to_string());
            }
        }
    }

    /// What is not in it stands at its end.
    fn end(&self) -> String {
        let (count, known) = (self.names.len(), self.known);
        let unread = format!("{known} of {count} tables were read, the others have no figures.");
        let unread = (known < count).then_some(unread);
        let incomplete: Vec<_> = self.cut.iter().chain(&unread).collect();
        match self.format {
            Format::Csv => {
                let mut text = String::new();
                for why in incomplete {
                    line(&mut text, &[&format!("incomplete: {why}")]);
                }
                text
            }
            Format::Json => {
                let incomplete = json!(incomplete);
                format!("\n],\"count\":{count},\"read\":{known},\"incomplete\":{incomplete}}}\n")
            }
        }
    }
}

/// Piece by piece.
impl Iterator for Export {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        match mem::replace(&mut self.state, State::Goes) {
            State::Begins => return Some(self.head()),
            State::Goes if self.next < self.names.len() => {}
            State::Goes => {
                self.state = State::Over;
                return Some(self.end());
            }
            State::Over => {
                self.state = State::Over;
                return None;
            }
        }
        let (names, mut text) = (self.names.clone(), String::new());
        for name in names.iter().skip(self.next).take(TOGETHER) {
            let facts = self.rows.facts(name);
            self.known += usize::from(facts.is_some());
            self.row(&mut text, name, facts);
            self.next += 1;
        }
        Some(text)
    }
}
