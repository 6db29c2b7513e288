//! The record, page by page: all of it for an admin, for others what they did themselves.

use model::{
    audit::{AuditAsk, AuditPage, AuditRow, ROWS},
    error::{AppError, Kind},
    format::{Moment, counted},
    paths::Query,
    person::Role,
};
use store::{
    Store,
    audit::{Filter, Recorded},
    copies::Copies,
};

use crate::Session;

/// A page of the record, the newest first.
pub async fn load_audit(session: &Session, ask: String) -> Result<AuditPage, AppError> {
    let ask = AuditAsk::read(&Query::parse(&ask));
    let (filter, whole) = filter(session, &ask)?;
    let before = match ask.before.as_str() {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| odd("before", "the number of a row"))?,
        ),
    };
    let most = ROWS as i64;
    let store = session.store()?;
    let mut rows = store
        .recorded(&filter, before, most + 1)
        .await
        .map_err(unread)?;
    let more = (rows.len() > ROWS).then(|| {
        rows.truncate(ROWS);
        let last = rows.last().map(|row| row.seq.to_string());
        AuditAsk {
            before: last.unwrap_or_default(),
            ..ask.clone()
        }
        .path()
    });
    let connections = session.connections();
    Ok(AuditPage {
        rows: rows.into_iter().map(row).collect(),
        more,
        note: note(store, whole),
        whole,
        connections: connections
            .map(|connection| connection.spec.name.clone())
            .collect(),
    })
}

/// Above the rows: whose they are, and for an admin what is missing where they are copied to.
fn note(store: &Store, whole: bool) -> String {
    if !whole {
        return "This is what you did yourself. An admin of Crowsnest sees the whole record."
            .into();
    }
    match store.copies().and_then(Copies::missed) {
        Some(missed) => format!(
            "Since Crowsnest started {} could not be copied. The last time: {}. The record here has all of it.",
            counted(missed.rows, "row"),
            missed.why
        ),
        None => String::new(),
    }
}

pub(super) fn filter(session: &Session, ask: &AuditAsk) -> Result<(Filter, bool), AppError> {
    let who = session.who();
    who.must_be(Role::Viewer)?;
    let whole = who.lacks(Role::Admin).is_none();
    let own = &who.said().id;
    Ok((
        Filter {
            person: if whole {
                ask.person.clone()
            } else {
                own.clone()
            },
            connection: ask.connection.clone(),
            object: ask.object.clone(),
            event: ask.event.clone(),
            outcome: ask.outcome.clone(),
            from: day("from", &ask.from)?,
            until: day("until", &ask.until)?.map(|from| from + DAY),
            as_of: None,
        },
        whole,
    ))
}

/// Milliseconds.
const DAY: i64 = 86_400_000;

/// The beginning of a day, in milliseconds since 1970.
fn day(name: &str, text: &str) -> Result<Option<i64>, AppError> {
    if text.is_empty() {
        return Ok(None);
    }
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let day = time::Date::parse(text, format).map_err(|_| odd(name, "a day such as 2026-11-30"))?;
    Ok(Some(day.midnight().assume_utc().unix_timestamp() * 1000))
}

fn odd(name: &str, wanted: &str) -> AppError {
    AppError::new(Kind::NotSent, format!("“{name}” is to be {wanted}."))
}

/// The record could not be read.
pub(super) fn unread(error: store::Error) -> AppError {
    AppError::new(Kind::Store, format!("The record cannot be read: {error}."))
}

pub(super) fn row(row: Recorded) -> AuditRow {
    AuditRow {
        seq: row.seq.to_string(),
        at: Moment::from_ms(row.at),
        event: row.event,
        person: row.person,
        connection: row.connection,
        object: row.object,
        outcome: row.outcome,
        record: serde_json::from_str(&row.record).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use model::audit::Record;
    use store::audit::Entry;

    use super::*;
    use crate::audit::export::copied;

    #[tokio::test]
    async fn an_admin_is_told_of_rows_that_were_not_copied() {
        let copies = Copies::new(copied).file("/dev/full".as_ref()).unwrap();
        let store = Store::memory().await.unwrap().copying(copies);
        assert_eq!(note(&store, true), "");
        store.note(&Entry::default(), 0).await.unwrap();
        let told = note(&store, true);
        assert!(told.contains("1 row could not be copied"), "{told}");
        assert!(told.contains("/dev/full"), "{told}");
        assert!(!note(&store, false).contains("/dev/full"));
    }

    #[test]
    fn what_is_copied_is_the_row_on_one_line_with_its_moment() {
        let record = Record {
            says: vec!["a\nb".into()],
            ..Record::default()
        };
        let recorded = Recorded {
            seq: 7,
            at: 1_800_000_000_042,
            change: "c".into(),
            event: "sensitive_update".into(),
            person: "p".into(),
            connection: String::new(),
            object: "table a.b".into(),
            outcome: "done".into(),
            record: serde_json::to_string(&record).unwrap(),
        };
        let line = copied(&recorded);
        assert_eq!(line.at, "2027-01-15T08:00:00.042Z");
        assert!(!line.json.contains('\n'));
        let read: AuditRow = serde_json::from_str(&line.json).unwrap();
        assert_eq!(read, row(recorded));
        assert!(line.json.ends_with(r#","change":"c"}"#), "{}", line.json);
    }
}
