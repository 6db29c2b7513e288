//! What hostile answers cost: every allocation is counted.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use iceberg_rest::{
    ErrorKind, HttpOptions, Limits, Operation as Op, Server, Settings,
    decode::{Answer, Headers, Response, decode},
    http_client,
    types::MAX_ENTRIES,
};
use peak_alloc::PeakAlloc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

const MIB: usize = 1024 * 1024;

/// The peak is the process's: one measurement at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// What `work` takes at its peak beside what was taken before, and what its result keeps, in bytes.
fn cost<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = COUNTED.current_usage();
    COUNTED.reset_peak_usage();
    let value = work();
    let peak = COUNTED.peak_usage() - before;
    (value, peak, COUNTED.current_usage() - before)
}

/// `start`, as many entries as make it half a MiB long, `end`.
fn filled(start: &str, entry: impl Fn(usize) -> String, end: &str) -> Vec<u8> {
    let mut body = start.to_owned();
    let mut count = 0;
    while body.len() < MIB / 2 {
        body.push_str(&entry(count));
        body.push(',');
        count += 1;
    }
    body.pop();
    body.push_str(end);
    body.into_bytes()
}

fn repeated(start: &str, entry: &str, end: &str) -> Vec<u8> {
    filled(start, |_| entry.to_owned(), end)
}

fn answer(operation: Op, status: u16, body: &[u8]) -> Result<Answer, iceberg_rest::Error> {
    let headers = Headers::default();
    let response = Response {
        status,
        headers: &headers,
        body,
    };
    decode(operation, &response)
}

/// What one answer may take besides itself: twice its length and 16 MiB, and a quarter of it where it grows.
fn allowed(body: &[u8]) -> usize {
    (2 * body.len() + 16 * MIB) * 9 / 4
}

#[test]
fn an_answer_takes_no_more_than_a_few_times_its_length_however_small_its_parts() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let table = |start: &str, entry: &str, end: &str| {
        filled(
            &format!(r#"{{"metadata":{{{start}"#),
            |at| entry.replace('#', &at.to_string()),
            &format!("{end}}}}}"),
        )
    };
    let column = r#""schemas":[{"fields":[{"#;
    let cases = [
        (
            "snapshots",
            Op::LoadTable,
            table(r#""snapshots":["#, "{}", "]"),
        ),
        (
            "summaries",
            Op::LoadTable,
            table(r#""snapshots":["#, r#"{"summary":{"":0}}"#, "]"),
        ),
        (
            "a summary",
            Op::LoadTable,
            table(r#""snapshots":[{"summary":{"#, r##""#":0"##, "}}]"),
        ),
        (
            "a log",
            Op::LoadTable,
            table(r#""snapshot-log":["#, "{}", "]"),
        ),
        ("schemas", Op::LoadTable, table(r#""schemas":["#, "{}", "]")),
        (
            "columns",
            Op::LoadTable,
            table(r#""schemas":[{"fields":["#, "{}", "]}]"),
        ),
        (
            "schemas of columns",
            Op::LoadTable,
            table(r#""schemas":["#, r#"{"fields":[{},{},{},{},{}]}"#, "]"),
        ),
        (
            "ids of columns",
            Op::LoadTable,
            table(r#""schemas":[{"identifier-field-ids":["#, "0", "]}]"),
        ),
        (
            "a column's id",
            Op::LoadTable,
            table(&format!(r#"{column}"id":["#), "0", "]}]}]"),
        ),
        (
            "a column's type",
            Op::LoadTable,
            table(&format!(r#"{column}"type":["#), "0", "]}]}]"),
        ),
        (
            "an unknown type",
            Op::LoadTable,
            table(
                &format!(r#"{column}"type":{{"type":"x","y":["#),
                "0",
                "]}}]}]",
            ),
        ),
        (
            "a type of many keys",
            Op::LoadTable,
            table(&format!(r#"{column}"type":{{"#), r##""#":0"##, "}}]}]"),
        ),
        (
            "a default",
            Op::LoadTable,
            table(&format!(r#"{column}"initial-default":["#), "0", "]}]}]"),
        ),
        (
            "a flag",
            Op::LoadTable,
            table(&format!(r#"{column}"required":["#), "0", "]}]}]"),
        ),
        (
            "a list as property",
            Op::LoadTable,
            table(r#""properties":{"p":["#, "0", "]}"),
        ),
        (
            "an object as property",
            Op::LoadTable,
            table(r#""properties":{"p":{"#, r##""#":0"##, "}}"),
        ),
        (
            "properties",
            Op::LoadTable,
            table(r#""properties":{"#, r##""#":0"##, "}"),
        ),
        (
            "properties of one name",
            Op::LoadTable,
            table(r#""properties":{"#, r#""p":0"#, "}"),
        ),
        (
            "properties in a list",
            Op::LoadTable,
            table(r#""properties":["#, "0", "]"),
        ),
        (
            "branches",
            Op::LoadTable,
            table(r#""refs":{"#, r##""#":{}"##, "}"),
        ),
        (
            "a format",
            Op::LoadTable,
            table(r#""format-version":["#, "0", "]"),
        ),
        (
            "a uuid",
            Op::LoadTable,
            table(r#""table-uuid":["#, "0", "]"),
        ),
        (
            "an old spec",
            Op::LoadTable,
            table(r#""partition-spec":["#, "{}", "]"),
        ),
        (
            "specs of fields",
            Op::LoadTable,
            table(r#""partition-specs":["#, r#"{"fields":[{}]}"#, "]"),
        ),
        (
            "columns of a field",
            Op::LoadTable,
            table(
                r#""partition-specs":[{"fields":[{"source-ids":["#,
                "0",
                "]}]}]",
            ),
        ),
        (
            "sketches",
            Op::LoadTable,
            table(r#""statistics":["#, r#"{"blob-metadata":[{}]}"#, "]"),
        ),
        (
            "keys",
            Op::LoadTable,
            table(r#""encryption-keys":["#, "{}", "]"),
        ),
        (
            "a field that nobody knows",
            Op::LoadTable,
            table(r#""news":["#, "0", "]"),
        ),
        (
            "versions",
            Op::LoadView,
            table(r#""versions":["#, "{}", "]"),
        ),
        (
            "texts",
            Op::LoadView,
            table(r#""versions":["#, r#"{"representations":[{}]}"#, "]"),
        ),
        (
            "a default namespace",
            Op::LoadView,
            table(r#""versions":[{"default-namespace":["#, r#""""#, "]}]"),
        ),
        (
            "wrong tables",
            Op::ListTables,
            repeated(r#"{"identifiers":["#, r#"["a"]"#, "]}"),
        ),
        (
            "numbers as tables",
            Op::ListTables,
            repeated(r#"{"identifiers":["#, "0", "]}"),
        ),
        (
            "one table of a long name",
            Op::ListTables,
            repeated(
                r#"{"identifiers":[{"name":"a","namespace":["#,
                r#""a""#,
                "]}]}",
            ),
        ),
        (
            "equal namespaces",
            Op::ListNamespaces,
            repeated(r#"{"namespaces":["#, r#"["a"]"#, "]}"),
        ),
        (
            "other namespaces",
            Op::ListNamespaces,
            filled(r#"{"namespaces":["#, |at| format!(r#"["{at}"]"#), "]}"),
        ),
        (
            "deep namespaces",
            Op::ListNamespaces,
            filled(
                r#"{"namespaces":["#,
                |_| format!("[{}\"a\"]", r#""a","#.repeat(1000)),
                "]}",
            ),
        ),
        (
            "a page token",
            Op::ListViews,
            repeated(r#"{"identifiers":[],"next-page-token":["#, "0", "]}"),
        ),
        (
            "levels",
            Op::LoadNamespace,
            repeated(r#"{"namespace":["#, r#""""#, "]}"),
        ),
        (
            "settings",
            Op::GetConfig,
            filled(r#"{"defaults":{"#, |at| format!(r#""{at}":0"#), "}}"),
        ),
        (
            "a setting",
            Op::GetConfig,
            repeated(r#"{"defaults":{"prefix":["#, "0", "]}}"),
        ),
        (
            "endpoints",
            Op::GetConfig,
            repeated(r#"{"defaults":{},"endpoints":["#, r#""""#, "]}"),
        ),
        (
            "a config that nobody knows",
            Op::GetConfig,
            repeated(r#"{"defaults":{},"news":["#, "0", "]}"),
        ),
        (
            "removed keys",
            Op::UpdateNamespaceProperties,
            repeated(r#"{"updated":[],"removed":["#, r#""""#, "]}"),
        ),
        (
            "a token answer",
            Op::GetToken,
            filled(r#"{"access_token":0"#, |at| format!(r#","{at}":0"#), "}"),
        ),
    ];
    for (what, operation, body) in cases {
        let (_, peak, kept) = cost(|| answer(operation, 200, &body));
        eprintln!(
            "{what}: peak {} KiB, kept {} KiB, body {}",
            peak / 1024,
            kept / 1024,
            body.len()
        );
        assert!(
            peak <= allowed(&body),
            "{what}: {peak} bytes for {}",
            body.len()
        );
        assert!(
            kept <= 2 * body.len() + 17 * MIB,
            "{what}: {kept} bytes are kept of {}",
            body.len()
        );
    }
}

#[test]
fn an_error_takes_no_more_than_its_length() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let cases = [
        repeated("[", "0", "]"),
        repeated(r#"{"error":{"message":"no","stack":["#, "0", "]}}"),
        repeated(r#"{"error":["#, "0", "]}"),
        repeated(r#"{"message":["#, "0", r#"],"status":400}"#),
        filled("{", |at| format!(r#""{at}":0"#), "}"),
    ];
    for body in cases {
        let (error, peak, _) = cost(|| answer(Op::LoadTable, 400, &body).unwrap_err());
        assert_eq!(error.kind, ErrorKind::BadRequest);
        assert!(peak <= body.len() + MIB, "{peak} bytes for {}", body.len());
    }
}

#[test]
fn what_the_specification_allows_has_room() {
    let snapshots = filled(
        r#"{"metadata":{"snapshots":["#,
        |at| {
            format!(
                r#"{{"snapshot-id":{at},"timestamp-ms":1,"summary":{{"operation":"append","total-records":"1"}}}}"#
            )
        },
        "]}}",
    );
    let Ok(Answer::Table(table)) = answer(Op::LoadTable, 200, &snapshots) else {
        panic!("a table")
    };
    assert!(table.metadata.snapshots.len() > 5_000);
    let columns = filled(
        r#"{"metadata":{"schemas":[{"fields":["#,
        |at| format!(r#"{{"id":{at},"name":"c{at}","required":false,"type":"int"}}"#),
        "]}]}}",
    );
    let Ok(Answer::Table(table)) = answer(Op::LoadTable, 200, &columns) else {
        panic!("a table")
    };
    assert!(table.metadata.schemas[0].fields.len() > 7_000);
}

#[test]
fn a_page_is_read_up_to_a_number_of_entries_and_the_rest_is_counted() {
    let tables = |count: usize| {
        let entry = r#"{"namespace":["a"],"name":"t"},"#;
        format!(r#"{{"identifiers":[{}"..",7]}}"#, entry.repeat(count)).into_bytes()
    };
    let page = |count| match answer(Op::ListTables, 200, &tables(count)) {
        Ok(Answer::Tables(page)) => (page.items.len(), page.unusable, page.left_out),
        other => panic!("{other:?}"),
    };
    assert_eq!(page(10), (10, 2, 0));
    assert_eq!(page(MAX_ENTRIES + 5), (MAX_ENTRIES, 0, 7));
}

#[test]
fn an_answer_that_outgrows_its_text_says_so() {
    let body = repeated(r#"{"metadata":{"snapshots":["#, "{}", "]}}");
    let error = answer(Op::LoadTable, 200, &body).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::TooLarge { .. }), "{error}");
    assert!(error.message.contains("more entries"), "{error}");
}

/// Sends as much of an endless answer as the other side takes, to everybody who connects.
async fn endless(listener: TcpListener) {
    static CHUNK: [u8; 64 * 1024] = [b' '; 64 * 1024];
    while let Ok((mut stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
            let mut going = stream.read(&mut [0; 4096]).await.is_ok();
            going = going && stream.write_all(head).await.is_ok();
            for _ in 0..9 * MIB / CHUNK.len() {
                going = going && stream.write_all(&CHUNK).await.is_ok();
            }
            std::future::pending::<()>().await;
        });
    }
}

#[tokio::test]
#[expect(clippy::await_holding_lock, reason = "the peak is the process's")]
async fn long_answers_at_once_share_one_budget() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(endless(listener));
    let server = Server::new(
        http_client(HttpOptions::default()).unwrap(),
        Settings {
            limits: Limits {
                read_time: Duration::from_secs(4),
                ..Limits::default()
            },
            ..Settings::new(url)
        },
    )
    .unwrap();
    let before = COUNTED.current_usage();
    COUNTED.reset_peak_usage();
    let calls = (0..20).map(|_| server.connect(None, None));
    let answers = futures_util::future::join_all(calls).await;
    assert!(answers.iter().all(Result::is_err));
    let peak = COUNTED.peak_usage() - before;
    // One of 9 MiB, one of 8 that waits for its end, and 14 of 1 MiB, with what they are copied through. Those beyond
    // 1 MiB have reserved as much as they may grow to, and written to what they hold.
    assert!(peak > 16 * MIB && peak < 96 * MIB, "{peak} bytes");
}
