//! A comparison as a file.

use model::{
    catalog_comparison::{Ask, Row, State},
    error::{AppError, Kind},
};
use serde_json::json;

use super::{find, key};
use crate::{
    Session,
    blocking::blocking,
    csv::{Format, line},
};

/// All rows of what was compared before. Reads nothing; what it lacks stands in it.
///
/// # Errors
/// Nothing was compared.
pub async fn export(session: &Session, ask: &Ask, format: Format) -> Result<String, AppError> {
    let job = find(&key(session, ask)?).ok_or_else(|| {
        let why = "These two were not compared yet, or too long ago.";
        AppError::new(Kind::NotFound, why)
            .hint("Open the comparison, and export it once it is done.")
    })?;
    let (rows, told) = (job.rows(), job.shown(ask));
    let mut cut = told.notes;
    if told.state != State::Done {
        cut.insert(0, "The comparison is not done.".to_owned());
    }
    let (ask, same) = (ask.clone(), told.totals.same);
    blocking(move || match format {
        Format::Csv => csv(&rows, &cut),
        Format::Json => written(&ask, &rows, &cut, same),
    })
    .await
}

fn csv(rows: &[Row], cut: &[String]) -> String {
    let mut text = String::new();
    line(&mut text, &["kind", "namespace", "name", "found", "what"]);
    for row in rows {
        let (name, namespace) = row.levels.split_last().unzip();
        let namespace = namespace.unwrap_or_default().join(".");
        let (name, what) = (name.map_or("", String::as_str), row.found.said());
        let found = row.found.show().slug();
        line(
            &mut text,
            &[row.kind.noun(), &namespace, name, found, &what],
        );
    }
    if !cut.is_empty() {
        line(&mut text, &["not complete", "", "", "", &cut.join(" ")]);
    }
    text
}

fn written(ask: &Ask, rows: &[Row], cut: &[String], same: usize) -> String {
    let row = |row: &Row| {
        json!({
            "kind": row.kind.noun(),
            "levels": row.levels,
            "found": row.found.show().slug(),
            "what": row.found.said(),
        })
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    json!({
        "first": ask.from.connection,
        "second": ask.to.connection,
        "complete": cut.is_empty(),
        "notes": cut,
        "same": same,
        "rows": rows,
    })
    .to_string()
}
