use super::{SignIn, answered, asked, generic, iceberg};
use crate::{dialect::Dialect, error::Hint, operation::Operation as Op};

#[test]
fn a_server_that_is_busy_or_out_of_reach_is_no_failure_of_the_catalog() {
    let list = |status, body: &str| generic(Op::ListTables, status, body);
    let words = iceberg("ServiceUnavailable", "In maintenance");
    assert_eq!(list(503, &words), Some(Hint::Slow));
    assert_eq!(list(503, ""), Some(Hint::Slow));
    assert_eq!(list(503, "<html></html>"), Some(Hint::Gateway));
    for status in [502, 504] {
        assert_eq!(list(status, ""), Some(Hint::Gateway));
        assert_eq!(
            list(status, "upstream request timeout"),
            Some(Hint::Gateway)
        );
        assert_eq!(list(status, &words), Some(Hint::Log));
    }
    assert_eq!(list(500, ""), Some(Hint::Log));
}

#[test]
fn a_call_that_something_else_refuses_leads_on() {
    for status in [404, 405, 501] {
        for body in ["", "nope", "<html><title>Nope</title></html>"] {
            let hint = generic(Op::LoadTable, status, body);
            assert_eq!(hint, Some(Hint::NoSuchCall), "{status} {body}");
        }
    }
}

/// Whoever lists what stands in a namespace has listed namespaces, and has said how it is set up.
#[test]
fn what_answers_other_calls_is_a_catalog() {
    for (operation, hint) in [
        (Op::GetConfig, Hint::Path),
        (Op::ListNamespaces, Hint::Path),
        (Op::LoadNamespace, Hint::NoSuchCall),
        (Op::ListTables, Hint::NoSuchCall),
    ] {
        for status in [404, 410] {
            assert_eq!(generic(operation, status, ""), Some(hint), "{operation:?}");
        }
    }
}

#[test]
fn who_is_refused_by_the_store_is_the_catalog() {
    let refused = iceberg(
        "ForbiddenException",
        "Access Denied (Service: S3, Status Code: 403)",
    );
    for sign_in in [SignIn::None, SignIn::Bearer, SignIn::OAuth2] {
        let by = |operation| answered(operation, asked(Dialect::Generic, sign_in), 403, &refused);
        assert_eq!(by(Op::LoadTable), Some(Hint::Metadata), "{sign_in:?}");
        assert_ne!(by(Op::ListTables), Some(Hint::Metadata), "{sign_in:?}");
    }
}

#[test]
fn a_read_changes_nothing_that_could_be_in_conflict() {
    let conflict = iceberg("ConflictException", "Concurrent");
    assert_eq!(generic(Op::LoadTable, 409, &conflict), Some(Hint::Log));
    assert_eq!(generic(Op::DropTable, 409, &conflict), None);
    let gone = iceberg("Gone", "Table was removed");
    assert_eq!(generic(Op::LoadTable, 410, &gone), Some(Hint::Hidden));
}
