use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    names::{Arrival, Cell, NamesAsk},
    paths::{Place, Query},
};
use serde_json::json;

use super::*;
use crate::{
    Session,
    csv::Format,
    mock::{Mock, polaris},
    names::{export::export, load_names},
};

const COUNT: usize = 60;

/// A namespace of [`COUNT`] tables, each of which is answered by `table` with its number.
async fn tables<F>(table: impl Fn(usize) -> F + Clone + Send + Sync + 'static) -> Mock
where
    F: Future<Output = Response> + Send + 'static,
{
    Mock::serve(move |request: Request| {
        let path = request.uri().path().to_owned();
        let table = table.clone();
        async move {
            let Some(name) = path.strip_prefix("/api/catalog/v1/namespaces/sales/tables") else {
                return polaris(&request);
            };
            match name.strip_prefix("/t") {
                Some(number) => table(number.parse().unwrap()).await,
                None => list(),
            }
        }
    })
    .await
}

fn list() -> Response {
    let name = |number| json!({"namespace": ["sales"], "name": format!("t{number:02}")});
    let names: Vec<_> = (0..COUNT).map(name).collect();
    Json(json!({"identifiers": names})).into_response()
}

fn good(records: &str) -> Response {
    let snapshot =
        json!({"snapshot-id": 7, "timestamp-ms": 1, "summary": {"total-records": records}});
    let metadata = json!({"format-version": 2, "current-snapshot-id": 7, "snapshots": [snapshot]});
    Json(json!({"metadata-location": "s3://lake", "metadata": metadata})).into_response()
}

fn refused(status: u16) -> Response {
    let error = json!({"error": {"message": "not now", "type": "Odd", "code": status}});
    (StatusCode::from_u16(status).unwrap(), Json(error)).into_response()
}

fn session(mock: &Mock) -> (Session, Place) {
    let uri = "/api/names".parse().unwrap();
    let session = Session::new(
        mock.registry(),
        crate::Who::local(),
        &uri,
        &HeaderMap::new(),
    );
    let place = Place::connection("c").with_namespace(&["sales".to_owned()]);
    (session, place)
}

async fn look(mock: &Mock, start: usize, figures: Figures, fresh: bool) -> Names {
    let ask = NamesAsk {
        start,
        figures,
        ..NamesAsk::default()
    };
    asked(mock, ask, fresh).await
}

async fn asked(mock: &Mock, ask: NamesAsk, fresh: bool) -> Names {
    let (session, place) = session(mock);
    let ask = NamesAsk { count: 10, ..ask };
    let read = load_names(&session, place, model::names::NameKind::Tables, ask, fresh);
    read.await.unwrap().data
}

/// Until all rows are there.
async fn whole(mock: &Mock, start: usize) -> Names {
    for _ in 0..1000 {
        let names = look(mock, start, Figures::View, false).await;
        if names.pause.is_none() {
            return names;
        }
    }
    panic!("it does not end")
}

fn records(row: &RowFacts) -> &str {
    match row {
        // Records come first.
        RowFacts::Known(cells) => match &cells[0] {
            Cell::Text(text, _) => text,
            other => panic!("{other:?}"),
        },
        RowFacts::Failed(why) => why,
        RowFacts::Unread => "unread",
    }
}

#[tokio::test]
async fn only_rows_that_are_looked_at_are_read_and_each_once() {
    let mock = tables(async |number| good(&number.to_string())).await;
    let names = look(&mock, 0, Figures::None, false).await;
    assert_eq!((names.facts.len(), names.matching), (0, COUNT));
    let names = whole(&mock, 20).await;
    assert_eq!(records(&names.facts[3]), "23");
    assert!(names.oldest.is_some());
    whole(&mock, 20).await;
    assert_eq!(mock.asked("tables/t"), 10);
    assert_eq!(mock.asked("snapshots=refs"), 10);
    assert_eq!(names.arrival, Arrival::Complete);
}

#[tokio::test]
async fn a_refresh_reads_them_anew() {
    let count = Arc::new(AtomicUsize::new(0));
    let mock = tables(move |_| {
        let count = count.fetch_add(1, Ordering::SeqCst) / 10;
        async move { good(&count.to_string()) }
    })
    .await;
    assert_eq!(records(&whole(&mock, 0).await.facts[0]), "0");
    look(&mock, 0, Figures::View, true).await;
    assert_eq!(records(&whole(&mock, 0).await.facts[9]), "1");
}

#[tokio::test]
async fn a_table_that_is_refused_costs_its_own_row() {
    let mock = tables(async |number| match number {
        3 => refused(403),
        4 => refused(500),
        5 => (StatusCode::OK, "<html>").into_response(),
        6 => good("many"),
        _ => good("1"),
    })
    .await;
    let names = whole(&mock, 0).await;
    for (number, row) in names.facts.iter().enumerate() {
        match number {
            3..=5 => assert!(
                matches!(row, RowFacts::Failed(why) if !why.is_empty()),
                "{row:?}"
            ),
            6 => assert_eq!(records(row), "many"),
            _ => assert_eq!(records(row), "1"),
        }
    }
    whole(&mock, 0).await;
    assert_eq!(
        mock.asked("tables/t03"),
        1,
        "it is not asked again and again"
    );
}

#[tokio::test]
async fn a_catalog_that_has_had_enough_is_left_alone_for_a_while() {
    let mock = tables(async |number| match number {
        0 => {
            let wait = [(header::RETRY_AFTER, "30")];
            (wait, refused(429)).into_response()
        }
        _ => std::future::pending().await,
    })
    .await;
    let names = look(&mock, 0, Figures::Page, false).await;
    assert_eq!(names.pause, Some(30_000), "{names:?}");
    assert!(matches!(names.facts[0], RowFacts::Failed(_)));
    assert_eq!(names.facts[1], RowFacts::Unread);
}

#[tokio::test]
async fn a_slow_catalog_is_asked_for_a_few_rows_and_for_none_that_were_left() {
    let mock = tables(async |_| std::future::pending().await).await;
    for start in [0, 10, 20, 30] {
        let names = look(&mock, start, Figures::Glance, false).await;
        assert_eq!(names.facts, vec![RowFacts::Unread; 10]);
    }
    assert_eq!(mock.asked("tables/t"), 8);
    assert_eq!(mock.asked("tables/t2"), 0);
}

#[tokio::test]
async fn an_order_by_facts_tells_what_it_knows_and_reads_the_rest_where_it_is_asked_for() {
    let mock = tables(async |number| match number {
        7 => refused(403),
        _ => good(&(number * 10).to_string()),
    })
    .await;
    let by_records = |figures| NamesAsk {
        figures,
        ..NamesAsk::read(&Query::parse("by=records&sort=desc"))
    };
    let names = asked(&mock, by_records(Figures::None), false).await;
    assert_eq!(
        (names.read, names.names[0].as_str()),
        (Some((0, COUNT)), "t00")
    );
    let mut names = asked(&mock, by_records(Figures::View), false).await;
    assert_eq!(names.names[0], "t09", "of the ten that were looked at");
    for _ in 0..1000 {
        names = asked(&mock, by_records(Figures::All), false).await;
        if names.pause.is_none() {
            break;
        }
    }
    assert_eq!(
        (names.read, names.names[0].as_str()),
        (Some((COUNT, COUNT)), "t59")
    );
    assert_eq!(records(&names.facts[0]), "590");
    assert_eq!(mock.asked("tables/t"), COUNT);
    let only = NamesAsk::read(&Query::parse("format=2&sort=desc"));
    let names = asked(&mock, only, false).await;
    assert_eq!(
        (names.matching, names.total, names.names[0].as_str()),
        (COUNT - 1, COUNT, "t59")
    );
}

#[tokio::test]
async fn a_file_holds_the_whole_list_and_says_what_of_it_was_not_read() {
    let mock = tables(async |number| match number {
        1 => refused(403),
        _ => good("9007199254740993"),
    })
    .await;
    whole(&mock, 0).await;
    let (session, place) = session(&mock);
    let file = async |format| {
        let export = export(&session, &place, format).await.unwrap().unwrap();
        let pieces: Vec<String> = export.collect();
        (pieces.len(), pieces.concat())
    };
    let (pieces, csv) = file(Format::Csv).await;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((pieces, lines.len()), (3, COUNT + 2));
    assert!(
        lines[0].starts_with("\"name\",\"records\",\"size\""),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].starts_with("\"t00\",\"9007199254740993\",\"\","),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].contains("not now") || lines[2].len() > 40,
        "{}",
        lines[2]
    );
    assert!(lines[30].ends_with("\"not read\""), "{}", lines[30]);
    assert!(
        lines[COUNT + 1].contains("incomplete: 10 of 60 tables were read"),
        "{csv}"
    );
    let json: serde_json::Value = serde_json::from_str(&file(Format::Json).await.1).unwrap();
    assert_eq!(json["tables"].as_array().map(Vec::len), Some(COUNT));
    assert_eq!(json["tables"][0]["records"], "9007199254740993");
    assert_eq!(
        (json["count"].as_u64(), json["read"].as_u64()),
        (Some(60), Some(10))
    );
    assert_eq!(mock.asked("tables/t"), 10, "nothing is read for a file");
}

#[test]
fn a_table_is_judged_once_for_as_long_as_it_is_as_it_was_written() {
    let grant = Grant::next();
    let table = |location: Option<&str>| LoadTableResult {
        metadata_location: location.map(str::to_owned),
        metadata: serde_json::from_value(json!({"format-version": 2})).unwrap(),
        oddities: Vec::new(),
    };
    let first = judged(grant, &table(Some("s3://lake/1")), 1, false);
    let same = |location, grant| Arc::ptr_eq(&first, &judged(grant, &table(location), 2, false));
    assert!(same(Some("s3://lake/1"), grant));
    assert!(!same(Some("s3://lake/2"), grant), "it was written anew");
    assert!(!same(None, grant), "nobody knows");
    assert!(
        !same(Some("s3://lake/1"), Grant::next()),
        "to somebody else"
    );
}
