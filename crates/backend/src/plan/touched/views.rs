//! Views of a table's namespace whose SQL names columns of it that go or are called otherwise.

use std::collections::HashSet;

use futures_util::{StreamExt, stream};
use iceberg_rest::{Completeness, Error, Namespace, ViewIdent, types::ViewMetadata};
use model::{
    error::AppError,
    format::{count, counted},
    names::NameKind,
    page::ViewTab,
    paths::Place,
    preview::Note,
    sql::names,
};
use tokio::time::{Instant, timeout_at};

use super::{AT_ONCE, MOST};
use crate::{
    listing::ListKind,
    names::kinds_inside,
    plan::{Beside, Plan},
};

pub async fn notes(plan: &Plan, place: &Place, end: Instant) -> Vec<Note> {
    let Plan {
        connection,
        client,
        beside: Beside { columns, .. },
        ..
    } = plan;
    let (Ok(namespace), Some(table)) = (Namespace::try_new(&place.namespace), &place.object) else {
        return Vec::new();
    };
    if !kinds_inside(connection, client).contains(&NameKind::Views) {
        return Vec::new();
    }
    let list = ListKind::Views(namespace.clone());
    let list = connection.list(client, list, true).by(end).await;
    let look = |name: String| {
        let namespace = namespace.clone();
        async move {
            let view = ViewIdent::try_new(namespace, &name).ok()?;
            let read = timeout_at(end, client.load_view(&view)).await.ok()?.ok()?;
            Some((named(&read.metadata, table, columns), name))
        }
    };
    let looks = list.names.iter().take(MOST).cloned().map(look);
    let looks: Vec<_> = stream::iter(looks).buffered(AT_ONCE).collect().await;
    let read: Vec<_> = looks.into_iter().flatten().collect();
    let looked = read.len();
    let naming = read.into_iter().filter(|(columns, _)| !columns.is_empty());
    let mut notes: Vec<_> = naming
        .map(|(columns, name)| {
            let sql = place.with_object(&name).view_path(ViewTab::Sql);
            Note::new(format!(
                "The view {} looks as if it reads {}: its SQL names that and {}.",
                name,
                columns.join(", "),
                table,
            ))
            .link("Its SQL", sql)
        })
        .collect();
    notes.push(Note::new(extent(
        list.names.len(),
        list.end.as_ref(),
        looked,
    )));
    notes
}

/// Which of the columns a view's text names, where it names the table as well.
fn named(view: &ViewMetadata, table: &str, columns: &[String]) -> Vec<String> {
    let texts = view.current_version();
    let texts = texts.map_or(&[][..], |version| &version.representations);
    let texts = texts.iter().filter_map(|text| text.sql.as_deref());
    let mut found = HashSet::new();
    for text in texts {
        let names = names(text);
        if names.contains(&table.to_lowercase()) {
            let columns = columns.iter();
            found.extend(columns.filter(|column| names.contains(&column.to_lowercase())));
        }
    }
    let columns = columns.iter().filter(|column| found.contains(column));
    columns.map(|column| format!("“{column}”")).collect()
}

/// What was looked at, and what was not.
fn extent(all: usize, end: Option<&Result<Completeness, Error>>, looked: usize) -> String {
    let whole = matches!(end, Some(Ok(Completeness::Complete)));
    let seen = match (all, end) {
        (0, Some(Err(error))) => {
            let why = AppError::from(error.clone()).sentence();
            format!(
                "The views of its namespace were not looked at: they could not be listed. {why}"
            )
        }
        (0, _) if whole => "Its namespace has no views.".to_owned(),
        (0, _) => "The views of its namespace were not looked at: they were not listed in time."
            .to_owned(),
        _ if whole && looked == all => format!(
            "Of the views of its namespace, {} was looked at, by the words of its SQL alone.",
            if all == 1 { "the only one" } else { "each" }
        ),
        _ => format!(
            "Of the views of its namespace, {} of {}{} looked at, by the words of the SQL alone: the others may name it, too.",
            count(looked),
            if whole { "" } else { "at least " },
            counted_were(all),
        ),
    };
    format!("{seen} Those of other namespaces were not looked at.")
}

fn counted_were(all: usize) -> String {
    let were = if all == 1 { "was" } else { "were" };
    format!("{} {were}", counted(all, "view"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn view(sql: &[&str]) -> ViewMetadata {
        let texts: Vec<_> = sql
            .iter()
            .map(|sql| json!({"type": "sql", "sql": sql, "dialect": "spark"}))
            .collect();
        let old = json!({"type": "sql", "sql": "select gone from orders", "dialect": "spark"});
        serde_json::from_value(json!({
            "current-version-id": 2,
            "versions": [
                {"version-id": 1, "representations": [old]},
                {"version-id": 2, "representations": texts},
            ],
        }))
        .unwrap()
    }

    #[test]
    fn a_view_is_told_that_names_the_table_and_the_column_in_one_text() {
        let columns = ["total".to_owned(), "Gone".to_owned()];
        let of = |sql: &[&str]| named(&view(sql), "Orders", &columns);
        assert_eq!(of(&["select TOTAL from sales.orders"]), ["“total”"]);
        assert_eq!(
            of(&["select 1 from orders", "select gone, total from \"orders\""]),
            ["“total”", "“Gone”"]
        );
        for sql in [
            &["select total from returns"][..],
            &["select id from orders -- total"],
            &["select total from x", "select id from orders"],
            &["select id from orders"],
            &[],
        ] {
            assert!(of(sql).is_empty(), "{sql:?}");
        }
    }

    #[test]
    fn what_was_not_looked_at_is_said() {
        let whole = Ok(Completeness::Complete);
        let failed = Err(Error::invalid("No."));
        for (all, end, looked, said) in [
            (0, Some(&whole), 0, "has no views"),
            (0, Some(&failed), 0, "could not be listed. No."),
            (0, None, 0, "not listed in time"),
            (3, Some(&whole), 3, "each was looked at"),
            (3, Some(&whole), 2, "2 of 3 views were looked at"),
            (60, None, 50, "50 of at least 60 views were looked at"),
        ] {
            let extent = extent(all, end, looked);
            assert!(extent.contains(said), "{said}: {extent}");
            assert!(extent.contains("other namespaces were not"), "{extent}");
        }
    }
}
