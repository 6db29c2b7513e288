//! The record as a file, of any length: written as it is taken, and of one moment.

use model::{
    audit::{AuditAsk, AuditRow},
    error::AppError,
};
use serde::Serialize;
use store::{
    Store,
    audit::{Filter, Recorded},
    copies::Line,
};
use tokio::sync::Semaphore;

use super::page::{filter, row, unread};
use crate::{
    Session,
    csv::{Format, line},
};

/// Files at a time: each keeps one of the store's few connections busy.
const AT_ONCE: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Rows that are read together.
const TOGETHER: i64 = 500;
const HEADS: [&str; 17] = [
    "seq",
    "at",
    "event",
    "outcome",
    "person",
    "name",
    "issuer",
    "role",
    "way",
    "address",
    "connection",
    "identity",
    "operation",
    "object",
    "what",
    "why",
    "request",
];

/// A file that is written as it is taken.
pub struct Export {
    store: Store,
    filter: Filter,
    format: Format,
    /// Rows before this one are next; `None` before the first.
    before: Option<i64>,
    over: bool,
}

/// What is asked for, whole.
pub async fn export(session: &Session, ask: &AuditAsk, format: Format) -> Result<Export, AppError> {
    let (filter, _) = filter(session, ask)?;
    let store = session.store()?.clone();
    // What is written from now on is of another moment.
    let top = store.last_row().await.map_err(unread)?;
    Ok(Export {
        store,
        filter: Filter {
            as_of: Some(top),
            ..filter
        },
        format,
        before: None,
        over: false,
    })
}

impl Export {
    /// The next piece; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<String, AppError>> {
        if self.over {
            return None;
        }
        let begins = self.before.is_none();
        let Ok(_turn) = TURNS.acquire().await else {
            return None;
        };
        let rows = self
            .store
            .recorded(&self.filter, self.before, TOGETHER)
            .await;
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                self.over = true;
                return Some(Err(unread(error)));
            }
        };
        let last = rows.last().map(|row| row.seq);
        self.before = last.or(Some(0));
        self.over = last.is_none();
        let mut text = String::new();
        match self.format {
            Format::Csv if begins => line(&mut text, &HEADS),
            Format::Json if begins => text.push('['),
            _ => {}
        }
        for (number, recorded) in rows.into_iter().enumerate() {
            let change = recorded.change.clone();
            let row = row(recorded);
            match self.format {
                Format::Csv => csv(&mut text, &row),
                Format::Json => {
                    let comma = if begins && number == 0 { "\n" } else { ",\n" };
                    text.push_str(comma);
                    text.push_str(&json(&row, &change));
                }
            }
        }
        if self.over && self.format == Format::Json {
            text.push_str("\n]\n");
        }
        Some(Ok(text))
    }
}

/// A row as it is copied to what collects logs.
pub fn copied(recorded: &Recorded) -> Line {
    let row = row(recorded.clone());
    Line {
        // `2026-11-21 07:29:21.042 UTC`
        at: row.at.utc.replace(" UTC", "Z").replace(' ', "T"),
        json: json(&row, &recorded.change),
    }
}

/// On one line. `change` is what intention and outcome have in common.
fn json(row: &AuditRow, change: &str) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        #[serde(flatten)]
        row: &'a AuditRow,
        change: &'a str,
    }
    serde_json::to_string(&Whole { row, change }).unwrap_or_default()
}

fn csv(text: &mut String, row: &AuditRow) {
    let record = &row.record;
    let changed = record.changed.iter().map(|changed| {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "(none)".into());
        format!(
            "{}: {} → {}",
            changed.key,
            side(&changed.before),
            side(&changed.after)
        )
    });
    let what: Vec<String> = record.says.iter().cloned().chain(changed).collect();
    let cells: [&str; HEADS.len()] = [
        &row.seq,
        &row.at.utc,
        &row.event,
        &row.outcome,
        &row.person,
        &record.name,
        &record.issuer,
        &record.role,
        &record.way,
        &record.address,
        &row.connection,
        &record.identity,
        &record.operation,
        &row.object,
        &what.join(" "),
        record.why.as_deref().unwrap_or_default(),
        &record.request,
    ];
    line(text, &cells);
}
