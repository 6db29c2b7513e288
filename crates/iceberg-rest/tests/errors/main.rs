//! Error bodies in every shape that servers write.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod words;

use iceberg_rest::{
    Error, ErrorKind, Operation,
    decode::{Headers, Response, decode},
    error::MAX_MESSAGE,
};

fn error(operation: Operation, status: u16, body: &str) -> Error {
    decode(
        operation,
        &Response {
            status,
            headers: &Headers::default(),
            body: body.as_bytes(),
        },
    )
    .unwrap_err()
}

#[test]
fn each_shape_gives_its_message_and_type() {
    let cases = [
        (
            404,
            r#"{"error":{"message":"Table does not exist: a.b","type":"NoSuchTableException","code":404,"stack":["x"]}}"#,
            ErrorKind::NotFound,
            "Table does not exist: a.b",
            Some("NoSuchTableException"),
        ),
        (
            401,
            r#"{"error":"unauthorized_client","error_description":"The client is not authorized","error_uri":null}"#,
            ErrorKind::Unauthenticated,
            "The client is not authorized",
            Some("unauthorized_client"),
        ),
        (
            403,
            r#"{"error_code":"PERMISSION_DENIED","details":[],"message":"Access denied."}"#,
            ErrorKind::Forbidden,
            "Access denied.",
            Some("PERMISSION_DENIED"),
        ),
        (
            404,
            r#"{"status":404,"reason":"Not Found","message":"Named reference 'x' not found","errorCode":"REFERENCE_NOT_FOUND"}"#,
            ErrorKind::NotFound,
            "Named reference 'x' not found",
            Some("REFERENCE_NOT_FOUND"),
        ),
        (
            400,
            r#"{"servlet":"s","message":"Suspicious Path Character","url":"/v1/a%1Fb","status":"400"}"#,
            ErrorKind::BadRequest,
            "Suspicious Path Character",
            None,
        ),
        (
            409,
            r#"{"type":"https://x/conflict","title":"Conflict","detail":"It changed","status":409}"#,
            ErrorKind::Conflict,
            "It changed",
            Some("https://x/conflict"),
        ),
        (
            405,
            "Status: 405\nDescription: Method Not Allowed\n",
            ErrorKind::Unsupported,
            "Status: 405 Description: Method Not Allowed",
            None,
        ),
        (
            502,
            "<!DOCTYPE html><html><head><title>Bad gateway</title></head></html>",
            ErrorKind::ServerError,
            "Bad gateway",
            None,
        ),
        (
            404,
            "<UnknownOperationException/>",
            ErrorKind::Unsupported,
            "The server has no such operation.",
            Some("UnknownOperationException"),
        ),
        (
            403,
            r#"<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>No</Message></Error>"#,
            ErrorKind::Forbidden,
            "No",
            Some("AccessDenied"),
        ),
        (
            403,
            r#"{"Message":"User is not authorized"}"#,
            ErrorKind::Forbidden,
            "User is not authorized",
            None,
        ),
        (
            501,
            r#"{"error":"NotImplemented","error_description":"Endpoint not implemented"}"#,
            ErrorKind::Unsupported,
            "Endpoint not implemented",
            Some("NotImplemented"),
        ),
    ];
    for (status, body, kind, message, on_wire) in cases {
        let error = error(Operation::LoadTable, status, body);
        assert_eq!(
            (
                error.kind,
                error.message.as_str(),
                error.type_on_wire.as_deref()
            ),
            (kind, message, on_wire),
            "{body}"
        );
        assert_eq!(
            (error.status, error.method, error.path_template),
            (
                Some(status),
                "GET",
                "/v1/{prefix}/namespaces/{namespace}/tables/{table}"
            )
        );
    }
}

#[test]
fn without_a_body_the_status_speaks() {
    for (status, kind) in [
        (302, ErrorKind::Redirect),
        (400, ErrorKind::BadRequest),
        (401, ErrorKind::Unauthenticated),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::Unsupported),
        (405, ErrorKind::Unsupported),
        (406, ErrorKind::Unsupported),
        (408, ErrorKind::TimedOut),
        (409, ErrorKind::Conflict),
        (419, ErrorKind::Unauthenticated),
        (422, ErrorKind::BadRequest),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::ServerError),
        (501, ErrorKind::Unsupported),
        (503, ErrorKind::ServerError),
    ] {
        let error = error(Operation::LoadTable, status, "");
        assert_eq!(error.kind, kind, "{status}");
        assert!(!error.message.is_empty());
    }
    // HEAD never has a body, so a missing one says nothing about the route.
    assert_eq!(
        error(Operation::TableExists, 404, "").kind,
        ErrorKind::NotFound
    );
}

#[test]
fn a_404_of_a_program_is_about_the_object_unless_it_says_otherwise() {
    use Operation::{GetConfig, ListViews, LoadTable};
    for (operation, body, kind) in [
        (
            LoadTable,
            r#"{"message":"Table not there"}"#,
            ErrorKind::NotFound,
        ),
        (LoadTable, r#"{"message":"Not Found"}"#, ErrorKind::NotFound),
        (
            LoadTable,
            r#"{"__type":"NoSuchTableException"}"#,
            ErrorKind::NotFound,
        ),
        (
            LoadTable,
            r#"{"__type":"com.x#EntityNotFoundException"}"#,
            ErrorKind::NotFound,
        ),
        (
            LoadTable,
            r#"{"title":"Not Found","status":404,"detail":"no table t"}"#,
            ErrorKind::NotFound,
        ),
        (
            LoadTable,
            r#"{"error_code":"TABLE_DOES_NOT_EXIST","message":"t"}"#,
            ErrorKind::NotFound,
        ),
        (
            LoadTable,
            r#"{"servlet":"s","message":"gone","url":"/v1/t","status":"404"}"#,
            ErrorKind::NotFound,
        ),
        (
            LoadTable,
            "<Error><Code>NoSuchKey</Code></Error>",
            ErrorKind::NotFound,
        ),
        (
            LoadTable,
            r#"{"message":"no Route matched with those values"}"#,
            ErrorKind::Unsupported,
        ),
        (
            ListViews,
            r#"{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found"}"#,
            ErrorKind::Unsupported,
        ),
        (
            ListViews,
            r#"{"error":{"type":"UnsupportedOperationException","message":"views","code":404}}"#,
            ErrorKind::Unsupported,
        ),
        (
            ListViews,
            "<UnknownOperationException/>",
            ErrorKind::Unsupported,
        ),
        (
            LoadTable,
            "<html><title>404</title></html>",
            ErrorKind::Unsupported,
        ),
        (LoadTable, "not found", ErrorKind::Unsupported),
        // What has no object in its address is missing itself, unless a catalog says what is.
        (
            GetConfig,
            r#"{"servlet":"s","message":"Not Found","url":"/v1/config","status":"404"}"#,
            ErrorKind::Unsupported,
        ),
        (
            GetConfig,
            r#"{"status":404,"error":"Not Found","path":"/v1/config"}"#,
            ErrorKind::Unsupported,
        ),
        (
            GetConfig,
            r#"{"detail":"Not Found"}"#,
            ErrorKind::Unsupported,
        ),
        (
            GetConfig,
            r#"{"error":{"message":"Unable to find warehouse W","type":"NotFoundException","code":404}}"#,
            ErrorKind::NotFound,
        ),
        (
            GetConfig,
            r#"{"__type":"NoSuchWarehouse"}"#,
            ErrorKind::NotFound,
        ),
    ] {
        assert_eq!(
            error(operation, 404, body).kind,
            kind,
            "{operation:?} {body}"
        );
    }
}

#[test]
fn a_fixture_without_the_route_says_400() {
    let body = r#"{"error":{"message":"No route for request: GET v1/nope","type":"BadRequestException","code":400}}"#;
    assert_eq!(
        error(Operation::ListViews, 400, body).kind,
        ErrorKind::Unsupported
    );
}

#[test]
fn a_failing_commit_leaves_its_outcome_open() {
    for status in [408, 500, 502, 503, 504, 522] {
        assert_eq!(
            error(Operation::CommitTable, status, "").kind,
            ErrorKind::CommitStateUnknown
        );
        assert_ne!(
            error(Operation::LoadTable, status, "").kind,
            ErrorKind::CommitStateUnknown
        );
    }
    assert_eq!(
        error(Operation::CommitTable, 501, "").kind,
        ErrorKind::Unsupported
    );
}

#[test]
fn a_success_must_be_what_the_operation_promises() {
    for (body, word) in [
        ("<html><body>Sign in</body></html>", "HTML"),
        ("<a/>", "XML"),
        ("", "nothing"),
        ("hello", "text"),
        (
            r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"}}"#,
            "another shape",
        ),
        (r#"{"metadata":"#, "text"),
        ("[]", "another shape"),
    ] {
        for operation in [
            Operation::GetConfig,
            Operation::LoadTable,
            Operation::ListTables,
            Operation::ListNamespaces,
            Operation::LoadView,
        ] {
            let error = error(operation, 200, body);
            assert_eq!(error.kind, ErrorKind::Malformed, "{operation:?} {body}");
            assert!(
                error.message.contains(word),
                "{operation:?} {body}: {}",
                error.message
            );
        }
    }
}

#[test]
fn a_field_that_does_not_fit_is_named() {
    use Operation::{ListTables, LoadTable, LoadView};
    for (operation, body, field, why) in [
        (
            LoadTable,
            r#"{"metadata":null,"metadata_location":"s3://b/m.json"}"#,
            "metadata",
            "an object, not null",
        ),
        (LoadView, r#"{"metadata":7}"#, "metadata", "an object"),
        (
            ListTables,
            r#"{"identifiers":{"sales":["orders"]}}"#,
            "identifiers",
            "a list",
        ),
    ] {
        let error = error(operation, 200, body);
        assert_eq!(error.kind, ErrorKind::Malformed);
        assert_eq!(error.field.as_deref(), Some(field), "{body}");
        let said = format!("`{field}`: expected {why}");
        assert!(error.message.contains(&said), "{}", error.message);
        assert!(!error.message.contains("address"), "{}", error.message);
        let located = body.contains("s3://b/m.json");
        assert_eq!(error.message.contains("s3://b/m.json"), located);
    }
}

#[test]
fn messages_are_bounded_single_lines_without_tokens() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb290In0.c2lnbmF0dXJl";
    let body = serde_json::json!({"error": {"message": format!("bad\u{1b}[31m\nBearer abc123 and {token} {}", "x".repeat(100_000)), "type": "T".repeat(10_000)}});
    let error = error(Operation::LoadTable, 401, &body.to_string());
    assert!(error.message.chars().count() <= MAX_MESSAGE + 1);
    assert!(
        error
            .message
            .starts_with("bad [31m Bearer [masked] and [masked] xxx"),
        "{}",
        error.message
    );
    assert!(error.type_on_wire.as_ref().unwrap().chars().count() <= MAX_MESSAGE + 1);
}

#[test]
fn retry_after_is_seconds_or_a_date_within_a_minute() {
    let retry_after =
        |pairs: &[(&str, &str)]| Headers::from_pairs(pairs.iter().copied()).retry_after;
    assert_eq!(retry_after(&[("Retry-After", "7")]), Some(7));
    assert_eq!(retry_after(&[("retry-after", "99999999")]), Some(60));
    assert_eq!(retry_after(&[("Retry-After", "-5")]), Some(0));
    assert_eq!(retry_after(&[("Retry-After", "soon")]), None);
    let date = ("Date", "Sat, 21 Nov 2026 04:00:00 GMT");
    assert_eq!(
        retry_after(&[date, ("Retry-After", "Sat, 21 Nov 2026 04:00:30 GMT")]),
        Some(30)
    );
    assert_eq!(
        retry_after(&[date, ("Retry-After", "Sat, 21 Nov 2026 03:00:00 GMT")]),
        Some(0)
    );
}

#[test]
fn a_part_of_an_answer_is_no_answer() {
    let headers = Headers::default();
    let whole = br#"{"namespaces":[["a"]]}"#;
    for (status, body, said) in [
        (206, &whole[..], "a part of an answer"),
        (207, whole, "a part of an answer"),
        (208, whole, "a part of an answer"),
        (226, whole, "a part of an answer"),
        (204, b"", "204 with nothing"),
        (205, b"", "205 with nothing"),
        (200, b"", "200 with nothing"),
    ] {
        let response = Response {
            status,
            headers: &headers,
            body,
        };
        let error = decode(Operation::ListNamespaces, &response).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed, "{status}");
        assert_eq!(error.status, Some(status));
        assert!(error.message.contains(said), "{error}");
    }
    for status in [200, 201, 202, 203] {
        let response = Response {
            status,
            headers: &headers,
            body: whole,
        };
        assert!(
            decode(Operation::ListNamespaces, &response).is_ok(),
            "{status}"
        );
    }
}

#[test]
fn json_that_nests_too_deeply_is_called_so() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + "1" + &close.repeat(100_000);
    let table = format!(
        r#"{{"metadata":{{"schemas":[{{"fields":[{{"type":{}}}]}}]}}}}"#,
        deep(r#"{"element":"#, "}")
    );
    let error = error(Operation::LoadTable, 200, &table);
    assert!(error.message.contains("nested too deeply"), "{error}");
    // What is shown as it stands is not gone into.
    let config = format!(r#"{{"defaults":{{"a":{}}}}}"#, deep("[", "]"));
    let response = Response {
        status: 200,
        headers: &Headers::default(),
        body: config.as_bytes(),
    };
    assert!(decode(Operation::GetConfig, &response).is_ok());
}
