//! What servers say, wherever they say it.

use iceberg_rest::{
    ErrorKind, Hint, Operation,
    decode::{Headers, Response, decode},
    error::Shape,
};

use crate::error;

#[test]
fn an_object_without_its_fields_is_told_by_the_one_that_it_lacks() {
    for (operation, lacks) in [
        (Operation::ListNamespaces, "namespaces"),
        (Operation::ListTables, "identifiers"),
        (Operation::LoadTable, "metadata"),
    ] {
        let message = error(operation, 200, "{}").message.clone();
        assert!(
            message.contains(&format!("expected `{lacks}`")),
            "{message}"
        );
        assert!(!message.contains("line 0"), "{message}");
    }
}

#[test]
fn another_shape_is_of_the_catalog_once_it_has_said_how_it_is_set_up() {
    for (operation, body, hint) in [
        (Operation::GetConfig, "{\"data\":{}}", Hint::NotACatalog),
        (Operation::ListTables, "{}", Hint::Shape),
        (Operation::LoadTable, "{\"format-version\":2}", Hint::Shape),
        (Operation::LoadTable, "{\"metadata\":null}", Hint::Field),
        (Operation::ListTables, "<html></html>", Hint::NotACatalog),
        (Operation::ListTables, "pong", Hint::NotACatalog),
    ] {
        let error = error(operation, 200, body);
        assert_eq!(error.hint(), Some(hint), "{operation:?} {body}");
    }
    // Serde would read an object's fields from a list, too.
    let error = error(
        Operation::ListTables,
        200,
        r#"[{"namespace":["a"],"name":"t"}]"#,
    );
    assert!(
        error.message.contains("expected an object"),
        "{}",
        error.message
    );
    assert!(!error.message.contains("[0]"), "{}", error.message);
}

#[test]
fn an_error_in_a_success_is_the_error_that_it_says_it_is() {
    let said = |code: &str, kind: &str| {
        format!(r#"{{"error":{{"message":"You may not","type":"{kind}","code":{code}}}}}"#)
    };
    for operation in [
        Operation::GetConfig,
        Operation::ListNamespaces,
        Operation::LoadTable,
        Operation::LoadView,
    ] {
        for (code, name, kind) in [
            ("403", "ForbiddenException", ErrorKind::Forbidden),
            (
                "\"401\"",
                "NotAuthorizedException",
                ErrorKind::Unauthenticated,
            ),
            ("404", "NoSuchTableException", ErrorKind::NotFound),
            ("503", "ServiceUnavailable", ErrorKind::ServerError),
            ("null", "Odd", ErrorKind::BadRequest),
        ] {
            let error = error(operation, 200, &said(code, name));
            assert_eq!(
                (error.kind, error.said),
                (kind, true),
                "{operation:?} {code}"
            );
            assert_eq!(error.message, "You may not");
            assert_eq!(error.type_on_wire.as_deref(), Some(name));
        }
    }
    let oauth = error(
        Operation::ListTables,
        200,
        r#"{"error":"invalid_token","error_description":"It is over"}"#,
    );
    assert_eq!(oauth.message, "It is over");
}

#[test]
fn an_answer_that_breaks_off_is_no_other_program() {
    for body in [
        r#"{"namespaces":[["a"],["b"#,
        r#"{"namespaces":[["a"]"#,
        "[",
    ] {
        let error = error(Operation::ListNamespaces, 200, body);
        assert!(error.message.contains("breaks off"), "{}", error.message);
        assert_eq!(error.hint(), Some(Hint::Broken));
    }
}

#[test]
fn words_are_found_wherever_frameworks_put_them() {
    for (body, words) in [
        (
            r#"{"errors":[{"code":"E1","message":"words"},{"message":"more"}]}"#,
            "words",
        ),
        (r#"{"errors":["words"]}"#, "words"),
        (r#"{"message":["words","more"],"statusCode":400}"#, "words"),
        (
            r#"{"fault":{"faultstring":"words","detail":{"errorcode":"x"}}}"#,
            "words",
        ),
        (
            r#"{"errorCode":"E0000022","errorSummary":"words"}"#,
            "words",
        ),
        (r#"{"reason":"words"}"#, "words"),
        ("\u{feff}{\"error\":{\"message\":\"words\"}}", "words"),
        (r#"{"error":{"message":{"message":"words"}}}"#, "words"),
        (r#"{"error":[{"message":"words"}]}"#, "words"),
        (
            r#"{"detail":[{"loc":["query","parent"],"msg":"words","type":"value_error"}]}"#,
            "words",
        ),
        (r#"{"detail":{"message":"words"}}"#, "words"),
        (
            r#"{"title":"One or more validation errors","errors":{"name":["words"],"at":["more"]}}"#,
            "words",
        ),
        (r#"{"title":"words","status":400}"#, "words"),
        (r#"{"error":{"message":{"text":"words"}}}"#, "words"),
        (r#"{"details":"words","stack":"org.x.Y: thrown"}"#, "words"),
        (r#"{"errorMessage":"words","moreInfo":""}"#, "words"),
        (r#"{"error":{"description":"words","type":"X"}}"#, "words"),
        (r#"{"err":"words"}"#, "words"),
        (
            r#"[{"message":"words","errorCode":"INVALID_SESSION_ID"}]"#,
            "words",
        ),
        (
            r#"[{"error":{"code":401,"message":"words","status":"UNAUTHENTICATED"}},{}]"#,
            "words",
        ),
        (r#"{"message":"","details":"words"}"#, "words"),
        (r#"{"error":{"message":" "},"message":"words"}"#, "words"),
        (r#"{"error":"words","error_description":""}"#, "words"),
        (r#"{"title":"words","detail":""}"#, "words"),
        (r#"["words","more"]"#, "words"),
        (r#"[null,{},["words"],"more"]"#, "words"),
        (r#"[{"message":"words"},{"message":"mo"#, "words"),
        ("\"words\"\n", "words"),
        (
            r#"{"errors":[{"status":"400","title":"Bad","detail":"words"}]}"#,
            "words",
        ),
        (
            "<soap:Envelope><soap:Body><soap:Fault><faultcode>x</faultcode><faultstring>words</faultstring></soap:Fault></soap:Body></soap:Envelope>",
            "words",
        ),
        (
            r#"{"error":{"message":"words","details":[{"@type":"x"}]}}"#,
            "words",
        ),
        (
            "<html><title>HTTP Status 400</title><p><b>Message</b> words</p></html>",
            "words",
        ),
    ] {
        let error = error(Operation::ListNamespaces, 400, body);
        assert_eq!((&*error.message, error.said), (words, true), "{body}");
    }
    let latin = decode(
        Operation::ListNamespaces,
        &Response {
            status: 500,
            headers: &Headers::default(),
            body: b"{\"error\":{\"message\":\"gr\xfc\",\"type\":\"X\"}}",
        },
    );
    let latin = latin.unwrap_err();
    assert_eq!(
        (&*latin.message, latin.type_on_wire.as_deref()),
        ("gr\u{fffd}", Some("X"))
    );
    for wordless in [r#"{"error":{}}"#, "[]", "[{}]", "[1,null]", "\"\""] {
        assert!(
            !error(Operation::ListNamespaces, 500, wordless).said,
            "{wordless}"
        );
    }
    // No list, though it begins like one.
    let log = error(Operation::ListNamespaces, 500, "[main] ERROR: words");
    assert_eq!(log.message, "[main] ERROR: words");
}

#[test]
fn a_list_or_a_text_in_quotes_is_nobodys_shape() {
    for (body, shape, name) in [
        (
            r#"[{"error":{"message":"No","type":"Odd"}}]"#,
            Shape::Json,
            Some("Odd"),
        ),
        (
            r#"[{"error":"invalid_client","error_description":"No"}]"#,
            Shape::Json,
            Some("invalid_client"),
        ),
        ("\"Not Found\"", Shape::Text, None),
    ] {
        let error = error(Operation::ListViews, 404, body);
        assert_eq!(error.shape, Some(shape), "{body}");
        assert_eq!(error.type_on_wire.as_deref(), name, "{body}");
        // Where the answer should stand, it is no error of a catalog's.
        let instead = crate::error(Operation::ListViews, 200, body);
        assert_eq!(instead.kind, ErrorKind::Malformed, "{body}");
    }
}

#[test]
fn a_servers_words_keep_no_secret_of_somebody_else() {
    for (said, shown) in [
        (
            "Failed: https://a.blob.core.windows.net/c?sv=2024&sig=hunter2%3D&se=1 not readable",
            "Failed: https://a.blob.core.windows.net/c?sv=2024&sig=[masked]&se=1 not readable",
        ),
        (
            "Denied for jdbc:postgresql://u:hunter2@db/x",
            "Denied for jdbc:postgresql://[masked]@db/x",
        ),
        (
            "fs.azure.account.key=hunter2== rejected",
            "fs.azure.account.key=[masked] rejected",
        ),
        (
            r#"{"access_key":"AKIAIOSFODNN7EXAMPLE","secret_key":"hunter2"}"#,
            r#"{"access_key":"[masked]","secret_key":"[masked]"}"#,
        ),
        (
            "Authorization: Basic aHVudGVyMjpodW50ZXIy",
            "Authorization: Basic [masked]",
        ),
        (
            "aws_secret_access_key = hunter2, region = x",
            "aws_secret_access_key = [masked], region = x",
        ),
        (
            "client_secret=hunter2&grant_type=x",
            "client_secret=[masked]&grant_type=x",
        ),
        (
            "s3://k:hunter2@b/m.json is missing",
            "s3://[masked]@b/m.json is missing",
        ),
        ("the password is: hunter2", "the password is: [masked]"),
    ] {
        let body = serde_json::json!({"error": {"message": said, "type": said}}).to_string();
        let error = error(Operation::LoadTable, 500, &body);
        assert_eq!(error.message, shown);
        assert_eq!(error.type_on_wire.as_deref(), Some(shown));
    }
    for said in [
        "User: arn:aws:sts::123456789012:assumed-role/r/session is not authorized to perform: secretsmanager:GetSecretValue",
        "Token expired: it was valid until 2026-01-01",
        "The specified key does not exist. Key: warehouse/m1.json",
        "Basic authentication is not supported",
        "missing TABLE_LIST on NAMESPACE 'sales'; bearer token required",
    ] {
        let body = serde_json::json!({"error": {"message": said}}).to_string();
        assert_eq!(error(Operation::LoadTable, 500, &body).message, said);
    }
}

#[test]
fn gone_is_what_the_catalog_says_so_of_and_no_answer_without_a_word() {
    let gone =
        r#"{"error":{"message":"Table was removed","type":"NoSuchTableException","code":410}}"#;
    for operation in [
        Operation::LoadTable,
        Operation::ListTables,
        Operation::LoadView,
    ] {
        assert_eq!(error(operation, 410, gone).kind, ErrorKind::NotFound);
        for nothing in ["", "<html></html>", "Gone"] {
            let error = error(operation, 410, nothing);
            assert_eq!(error.kind, ErrorKind::Unsupported, "{nothing}");
            assert_ne!(error.hint(), Some(Hint::Gone), "{nothing}");
        }
    }
    assert_eq!(
        error(Operation::TableExists, 410, "").kind,
        ErrorKind::NotFound
    );
}
