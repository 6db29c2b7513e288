//! Names are the server's words, too: what something is called tells nothing of what is wrong.

use super::*;

fn polaris(operation: Op, inside: bool, status: u16, kind: &str, message: &str) -> Option<Hint> {
    let asked = Asked {
        inside,
        ..asked(Dialect::Polaris, SignIn::OAuth2)
    };
    answered(operation, asked, status, &iceberg(kind, message))
}

#[test]
fn what_is_called_nested_is_no_sign_of_one_level() {
    for message in [
        "Namespace does not exist: nested_events",
        "Namespace hierarchy.a does not exist",
        "Parent namespace not found: a",
    ] {
        let hint = polaris(
            Op::ListNamespaces,
            true,
            404,
            "NoSuchNamespaceException",
            message,
        );
        assert_eq!(hint, Some(Hint::Gone), "{message}");
    }
    let refused = "Principal 'b' with activated PrincipalRoles '[x]' and activated grants via '[x]' is not authorized for op LIST_NAMESPACES; missing NAMESPACE_LIST on NAMESPACE 'nested'";
    let hint = polaris(Op::ListNamespaces, true, 403, "ForbiddenException", refused);
    assert_eq!(hint, Some(Hint::RightToList));
    for status in [400, 404] {
        let message = "Nested namespaces do not exist here: they are not supported";
        let hint = polaris(
            Op::ListNamespaces,
            true,
            status,
            "NoSuchNamespaceException",
            message,
        );
        assert_eq!(hint, Some(Hint::OneLevel), "{status}");
    }
}

#[test]
fn what_is_called_realm_is_no_sign_of_a_wrong_one() {
    for (operation, message) in [
        (Op::LoadTable, "Table does not exist: sales.realm"),
        (Op::LoadTable, "Table does not exist: sales.realm_events"),
        (Op::ListTables, "Namespace does not exist: realm"),
    ] {
        let hint = polaris(operation, false, 404, "NoSuchTableException", message);
        assert_eq!(hint, Some(Hint::Gone), "{message}");
    }
    let refused = "Principal 'b' with activated PrincipalRoles '[x]' and activated grants via '[x]' is not authorized for op LOAD_TABLE; missing TABLE_READ_PROPERTIES on TABLE 'realms'";
    let hint = polaris(Op::LoadTable, false, 403, "ForbiddenException", refused);
    assert_eq!(hint, Some(Hint::Right));
    for (status, kind, message) in [
        (404, "MissingOrInvalidRealm", "Missing or invalid realm"),
        (404, "NotFoundException", "Unknown realm: prod"),
        (500, "RuntimeException", "Realm is not bootstrapped"),
        (500, "RuntimeException", "No such realm 'prod'."),
    ] {
        let hint = polaris(Op::GetConfig, false, status, kind, message);
        assert_eq!(hint, Some(Hint::Realm), "{message}");
    }
}

#[test]
fn what_is_called_metadata_and_is_missing_is_no_file_that_is_lost() {
    for status in [400, 500] {
        let hint = polaris(
            Op::LoadTable,
            false,
            status,
            "RuntimeException",
            "Table does not exist: sales.metadata_locations",
        );
        assert_ne!(hint, Some(Hint::Metadata), "{status}");
    }
}
