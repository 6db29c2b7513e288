//! Answers of real servers: each Iceberg REST exchange is decoded to the right value or the right kind of error.
//! What is right is read from the recording itself, or written down here: a value is written back as JSON, and must be
//! what was sent.
#![cfg(feature = "client")]

#[path = "../examples/recorded/exchange.rs"]
mod exchange;
#[path = "recorded/written.rs"]
mod written;

use std::{collections::BTreeSet, path::PathBuf};

use exchange::{Exchange, Understood};
use iceberg_rest::{
    Error, ErrorKind, Operation,
    decode::{self, Answer, Headers, Response},
    types::{LoadTableResult, metadata::TableMetadata},
};
use serde_json::{Map, Value};

#[derive(Debug, Default, PartialEq)]
struct Tally {
    iceberg: usize,
    other: usize,
    cut: usize,
    values: usize,
    errors: usize,
}

#[test]
fn lakekeeper() {
    let tally = check("lakekeeper-0.13.3");
    assert_eq!(
        tally,
        Tally {
            iceberg: 282,
            other: 114,
            cut: 10,
            values: 155,
            errors: 116
        }
    );
}

#[test]
fn polaris() {
    let tally = check("polaris-1.7.0");
    assert_eq!(
        tally,
        Tally {
            iceberg: 92,
            other: 144,
            cut: 0,
            values: 40,
            errors: 52
        }
    );
}

#[test]
fn unity() {
    let tally = check("unity-0.6.0");
    assert_eq!(
        tally,
        Tally {
            iceberg: 81,
            other: 23,
            cut: 0,
            values: 35,
            errors: 46
        }
    );
}

#[test]
fn unity_with_authorization() {
    let tally = check("unity-0.6.0-authorization");
    assert_eq!(
        tally,
        Tally {
            iceberg: 25,
            other: 6,
            cut: 0,
            values: 2,
            errors: 23
        }
    );
}

#[test]
fn rustfs() {
    let tally = check("rustfs-1.0.1");
    assert_eq!(
        tally,
        Tally {
            iceberg: 58,
            other: 1,
            cut: 0,
            values: 28,
            errors: 30
        }
    );
}

#[test]
fn every_field_of_the_specification_is_kept() {
    let sent = [
        (
            Operation::LoadTable,
            include_str!("recorded/every_field.json"),
        ),
        (
            Operation::LoadView,
            include_str!("recorded/every_field_of_a_view.json"),
        ),
    ];
    for (operation, sent) in sent {
        let response = Response {
            status: 200,
            headers: &Headers::default(),
            body: sent.as_bytes(),
        };
        let answer = decode::decode(operation, &response).unwrap();
        let sent = serde_json::from_str(sent).unwrap();
        assert_eq!(written::answer(&answer), written::kept(sent));
    }
}

#[test]
fn ids_are_exact_to_the_last_digit() {
    let orders = table("unity-0.6.0", "/namespaces/sales/tables/orders");
    assert_eq!(orders.metadata.snapshots.len(), 61);
    assert_eq!(
        orders
            .metadata
            .current_snapshot_id
            .clone()
            .unwrap()
            .to_string(),
        "5276181347125030587"
    );
    let current = orders.metadata.current_snapshot().unwrap();
    assert_eq!(current.sequence_number.clone().unwrap().to_string(), "61");
    assert_eq!(
        orders.metadata.snapshots.last(),
        Some(current),
        "snapshots stand oldest first"
    );

    let orders = table("lakekeeper-0.13.3", "/namespaces/sales/tables/orders");
    assert_eq!(
        orders.metadata.current_snapshot_id.unwrap().to_string(),
        "232064445632500839"
    );
}

#[test]
fn an_empty_table_has_no_current_snapshot() {
    // Unity writes -1, Lakekeeper leaves the field out.
    for (server, path) in [
        ("unity-0.6.0", "/hr/tables/no_snapshots"),
        ("lakekeeper-0.13.3", "/sales/tables/v1table"),
    ] {
        let metadata = table(server, path).metadata;
        assert_eq!(
            (metadata.current_snapshot_id, metadata.snapshots.len()),
            (None, 0),
            "{server}"
        );
    }
}

#[test]
fn a_shuffled_answer_is_decoded_to_the_same_order() {
    let loads: Vec<TableMetadata> = tables("lakekeeper-0.13.3", "/namespaces/sales/tables/orders")
        .map(|table| table.metadata)
        .collect();
    let of_one_state: Vec<&TableMetadata> = loads
        .iter()
        .filter(|metadata| metadata.last_updated_ms == loads[0].last_updated_ms)
        .collect();
    assert!(of_one_state.len() > 5);
    assert!(
        of_one_state
            .iter()
            .all(|metadata| metadata.schemas == loads[0].schemas
                && metadata.snapshots == loads[0].snapshots)
    );
}

fn recording(server: &str) -> Vec<Exchange> {
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recorded/{server}.jsonl.gz"));
    exchange::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn tables(server: &str, path: &str) -> impl Iterator<Item = Box<LoadTableResult>> {
    let exchanges = recording(server).into_iter().filter(move |exchange| {
        exchange.method == "GET"
            && exchange
                .path
                .split('?')
                .next()
                .is_some_and(|found| found.ends_with(path))
    });
    exchanges.filter_map(|exchange| match exchange.understand() {
        Understood::Value(_, answer) => match *answer {
            Answer::Table(table) => Some(table),
            _ => None,
        },
        _ => None,
    })
}

fn table(server: &str, path: &str) -> LoadTableResult {
    *tables(server, path)
        .next()
        .unwrap_or_else(|| panic!("{server} has no {path}"))
}

/// Checks every exchange of a recording and counts what it was.
fn check(server: &str) -> Tally {
    let mut tally = Tally::default();
    for (index, exchange) in recording(server).iter().enumerate() {
        let context = format!(
            "{server} line {}: {} {}",
            index + 1,
            exchange.method,
            exchange.path
        );
        let understood = exchange.understand();
        tally.iceberg += usize::from(!matches!(understood, Understood::OtherApi));
        match understood {
            Understood::OtherApi => tally.other += 1,
            Understood::Cut => tally.cut += 1,
            Understood::NoAnswer => assert_eq!(exchange.status, None, "{context}"),
            Understood::Nothing => assert_eq!(
                exchange.status.map(|status| status / 100),
                Some(2),
                "{context}"
            ),
            Understood::Not(error) => panic!("{context}: {error}"),
            Understood::Value(operation, answer) => {
                tally.values += 1;
                check_value(exchange, operation, &answer, &context);
            }
            Understood::Error(operation, error) => {
                tally.errors += 1;
                let template = operation.map_or("", |operation| operation.route().template);
                assert_eq!(error.path_template, template, "{context}");
                check_error(exchange, operation, &error, &context);
            }
        }
    }
    tally
}

fn check_error(exchange: &Exchange, operation: Option<Operation>, error: &Error, context: &str) {
    let body = body(exchange);
    let structured = body.get("error").is_some() || body.get("error_code").is_some();
    let expected = match exchange.status.unwrap_or_default() {
        400 | 415 | 422 => ErrorKind::BadRequest,
        401 => ErrorKind::Unauthenticated,
        403 => ErrorKind::Forbidden,
        404 if structured || exchange.method == "HEAD" => ErrorKind::NotFound,
        404 | 405 | 406 | 501 => ErrorKind::Unsupported,
        409 => ErrorKind::Conflict,
        500 | 503 if operation.is_some_and(Operation::is_commit) => ErrorKind::CommitStateUnknown,
        500 | 503 => ErrorKind::ServerError,
        status => panic!("{context}: no rule for status {status}"),
    };
    assert_eq!(error.kind, expected, "{context}: {error}");
    assert_eq!(error.status, exchange.status, "{context}");
    let told = body["error"]["message"]
        .as_str()
        .or(body["message"].as_str());
    let beginning: String = told.unwrap_or_default().chars().take(60).collect();
    assert!(error.message.starts_with(&beginning), "{context}: {error}");
    assert!(!error.message.is_empty(), "{context}");
    let on_wire = body["error"]["type"]
        .as_str()
        .or(body["error_code"].as_str())
        .or(body["error"].as_str());
    assert_eq!(error.type_on_wire.as_deref(), on_wire, "{context}");
    assert_eq!(
        error.request_id.as_deref(),
        exchange.headers["x-request-id"].as_str(),
        "{context}"
    );
}

fn check_value(exchange: &Exchange, operation: Operation, answer: &Answer, context: &str) {
    let body = body(exchange);
    match answer {
        Answer::NotModified => return assert_eq!(exchange.status, Some(304), "{context}"),
        Answer::Done => return assert!(operation.route().method != "GET", "{context}"),
        Answer::Keys(keys) => {
            let sent: BTreeSet<&String> =
                body.as_object().into_iter().flat_map(Map::keys).collect();
            return assert_eq!(keys.iter().collect::<BTreeSet<_>>(), sent, "{context}");
        }
        Answer::Config(config) => {
            let prefix = body["overrides"]["prefix"]
                .as_str()
                .or(body["defaults"]["prefix"].as_str())
                .unwrap_or_default();
            assert_eq!(config.prefix(), prefix.trim_matches('/'), "{context}");
        }
        Answer::Table(table) => assert!(table.metadata.current_schema().is_some(), "{context}"),
        Answer::Committed(table) => assert!(table.metadata.current_schema().is_some(), "{context}"),
        Answer::View(view) => assert!(view.metadata.current_version().is_some(), "{context}"),
        _ => {}
    }
    assert_eq!(written::answer(answer), written::kept(body), "{context}");
}

fn body(exchange: &Exchange) -> Value {
    exchange
        .body
        .as_str()
        .and_then(|body| serde_json::from_str(body).ok())
        .unwrap_or_default()
}
