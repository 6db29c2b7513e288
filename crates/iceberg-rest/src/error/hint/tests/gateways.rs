use super::{generic, iceberg};
use crate::{error::Hint, operation::Operation as Op};

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

#[test]
fn a_read_changes_nothing_that_could_be_in_conflict() {
    let conflict = iceberg("ConflictException", "Concurrent");
    assert_eq!(generic(Op::LoadTable, 409, &conflict), Some(Hint::Log));
    assert_eq!(generic(Op::DropTable, 409, &conflict), None);
    let gone = iceberg("Gone", "Table was removed");
    assert_eq!(generic(Op::LoadTable, 410, &gone), Some(Hint::Hidden));
}
