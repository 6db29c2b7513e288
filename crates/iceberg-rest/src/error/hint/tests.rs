mod gateways;
mod names;
mod tokens;

use super::*;
use crate::{
    decode::{Headers, Response},
    error::{Error, ErrorKind},
    operation::Operation as Op,
};

fn iceberg(kind: &str, message: &str) -> String {
    serde_json::json!({"error": {"message": message, "type": kind}}).to_string()
}

fn asked(dialect: Dialect, sign_in: SignIn) -> Asked {
    Asked {
        address: Some("http://catalog:8181/api".to_owned()),
        sign_in: Some(sign_in),
        dialect: Some(dialect),
        ..Asked::default()
    }
}

fn answered(operation: Op, asked: Asked, status: u16, body: &str) -> Option<Hint> {
    let response = Response {
        status,
        headers: &Headers::default(),
        body: body.as_bytes(),
    };
    let mut error = Error::from_response(operation.route(), &response);
    error.details_mut().asked = asked;
    error.hint()
}

/// Of a catalog that nothing else is known of.
fn generic(operation: Op, status: u16, body: &str) -> Option<Hint> {
    let asked = asked(Dialect::Generic, SignIn::Bearer);
    answered(operation, asked, status, body)
}

#[test]
fn a_catalog_of_one_level_is_told_by_its_words_and_supposed_without_them() {
    let inside = |status, message: &str| {
        let asked = Asked {
            inside: true,
            ..asked(Dialect::Polaris, SignIn::OAuth2)
        };
        let body = iceberg("BadRequestException", message);
        answered(Op::ListNamespaces, asked, status, &body)
    };
    for message in [
        "Glue dataCatalog does not support multipart namespace",
        "Nested namespaces are not supported",
        "Hierarchical namespaces are disabled",
        "This catalog only supports a single level of namespaces",
    ] {
        for status in [400, 406, 500, 501] {
            assert_eq!(inside(status, message), Some(Hint::OneLevel), "{message}");
        }
    }
    assert_eq!(inside(400, "Invalid"), Some(Hint::PerhapsOneLevel));
    let odd = "Suspicious Path Character";
    assert_eq!(inside(400, odd), Some(Hint::Name));
    assert_eq!(inside(404, "Namespace does not exist: x"), Some(Hint::Gone));
    assert_eq!(inside(404, "Words"), Some(Hint::PerhapsOneLevel));
    assert_eq!(inside(500, "Oops"), Some(Hint::Log));
}

#[test]
fn a_missing_warehouse_is_told_by_the_call_or_by_the_words() {
    use Op::{GetConfig, ListNamespaces, ListTables, LoadTable};
    for (operation, status, kind, message, hint) in [
        (
            ListNamespaces,
            500,
            "InternalServerError",
            "all filers failed, last error: table bucket warehouse not found",
            Hint::Warehouse,
        ),
        (
            ListNamespaces,
            404,
            "NoSuchNamespaceException",
            "Namespace does not exist: ",
            Hint::Warehouse,
        ),
        (
            ListNamespaces,
            404,
            "BaseException",
            "Catalog not found: u",
            Hint::Warehouse,
        ),
        (
            ListTables,
            404,
            "BaseException",
            "Catalog not found: u",
            Hint::Warehouse,
        ),
        (
            GetConfig,
            404,
            "NotFoundException",
            "Unable to find warehouse x",
            Hint::Warehouse,
        ),
        (
            GetConfig,
            400,
            "BadRequestException",
            "Please specify a warehouse",
            Hint::Warehouse,
        ),
        (
            LoadTable,
            404,
            "NoSuchWarehouseException",
            "It is gone",
            Hint::Warehouse,
        ),
        (
            ListNamespaces,
            404,
            "NoSuchReferenceException",
            "Named reference 'dev' not found",
            Hint::Reference,
        ),
        // A name that holds the word.
        (
            LoadTable,
            404,
            "NoSuchTableException",
            "Table does not exist: ns.warehouse",
            Hint::Hidden,
        ),
        (
            ListNamespaces,
            500,
            "InternalServerError",
            "Disk full",
            Hint::Log,
        ),
    ] {
        let body = iceberg(kind, message);
        assert_eq!(generic(operation, status, &body), Some(hint), "{message}");
    }
    let lakekeeper = asked(Dialect::Lakekeeper, SignIn::OAuth2);
    let body = iceberg("NoSuchWarehouseException", "A warehouse 'x' does not exist");
    let hint = answered(GetConfig, lakekeeper, 404, &body);
    assert_eq!(hint, Some(Hint::Project));
}

#[test]
fn a_table_that_is_there_and_cannot_be_read_is_not_called_missing_or_misspelt() {
    let body = |kind: &str, message: &str| iceberg(kind, message);
    for (status, body) in [
        (
            404,
            r#"{"error":{"code":"NotFound","message":"List call on metadata folder failed [x]"}}"#
                .to_owned(),
        ),
        (
            404,
            body(
                "NotFoundException",
                "Location does not exist: gs://b/m.json",
            ),
        ),
        (
            400,
            body(
                "BadRequestException",
                "The specified metadata location does not exist.",
            ),
        ),
        (
            500,
            body(
                "NotFoundException",
                "Location does not exist: s3://w/t/metadata/0.metadata.json",
            ),
        ),
        (
            500,
            body(
                "S3Exception",
                "The specified key does not exist. (Service: S3, Status Code: 404)",
            ),
        ),
        (
            403,
            body(
                "ForbiddenException",
                "Access Denied (Service: S3, Status Code: 403)",
            ),
        ),
        (404, "No such file: s3://b/t/metadata/1.json".to_owned()),
    ] {
        for operation in [Op::LoadTable, Op::LoadView] {
            assert_eq!(
                generic(operation, status, &body),
                Some(Hint::Metadata),
                "{body}"
            );
        }
        assert_ne!(generic(Op::ListTables, status, &body), Some(Hint::Metadata));
    }
    for (status, kind, message, hint) in [
        (
            404,
            "NoSuchTableException",
            "Table does not exist: metadata.location",
            Hint::Hidden,
        ),
        (
            404,
            "NotFoundException",
            "Table metadata not found",
            Hint::Hidden,
        ),
        (
            403,
            "AccessDeniedException",
            "not authorized to perform: glue:GetIcebergTableMetadata",
            Hint::Right,
        ),
        (
            400,
            "BadRequestException",
            "Invalid table identifier",
            Hint::Name,
        ),
        (500, "RuntimeException", "null", Hint::Log),
    ] {
        let body = iceberg(kind, message);
        assert_eq!(
            generic(Op::LoadTable, status, &body),
            Some(hint),
            "{message}"
        );
    }
}

#[test]
fn who_hides_what_may_not_be_seen_is_taken_into_account() {
    for dialect in Dialect::ALL {
        let body = iceberg("NoSuchTableException", "Table does not exist: a.b");
        let hint = answered(Op::LoadTable, asked(dialect, SignIn::OAuth2), 404, &body);
        let hides = dialect.profile().hides;
        let expected = |signs_in| match hides.from(signs_in) {
            true => Hint::Hidden,
            false => Hint::Gone,
        };
        assert_eq!(hint, Some(expected(true)), "{dialect}");
        let hint = answered(Op::LoadTable, asked(dialect, SignIn::None), 404, &body);
        assert_eq!(hint, Some(expected(false)), "{dialect}");
    }
    let body = iceberg(
        "NotFoundException",
        "Object does not exist or not authorized",
    );
    let hint = answered(
        Op::LoadTable,
        asked(Dialect::Polaris, SignIn::OAuth2),
        404,
        &body,
    );
    assert_eq!(hint, Some(Hint::Hidden));
}

#[test]
fn a_refusal_leads_to_what_the_server_names() {
    const SIGNED: SignIn = SignIn::SigV4 {
        double_encode_path: true,
    };
    let signature = Hint::Signature {
        double_encode_path: true,
    };
    let roles = "Principal 'b' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_NAMESPACES";
    for (sign_in, status, kind, message, hint) in [
        (
            SIGNED,
            403,
            "InvalidSignatureException",
            "Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z",
            Hint::Clock,
        ),
        (
            SIGNED,
            403,
            "RequestTimeTooSkewed",
            "The difference is too large",
            Hint::Clock,
        ),
        (
            SIGNED,
            403,
            "SignatureDoesNotMatch",
            "Signature not yet current: x is still later than y",
            Hint::Clock,
        ),
        (
            SignIn::Bearer,
            401,
            "NotAuthorizedException",
            "Token used before issued",
            Hint::Clock,
        ),
        (
            SignIn::Bearer,
            401,
            "NotAuthorizedException",
            "Not authorized for the table o_clock",
            Hint::Token,
        ),
        (
            SIGNED,
            403,
            "ExpiredTokenException",
            "The security token included in the request is expired",
            Hint::ExpiredKeys,
        ),
        (
            SIGNED,
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            Hint::AccessKey,
        ),
        (
            SIGNED,
            403,
            "SignatureDoesNotMatch",
            "Credential should be scoped to a valid region, not 'us-east-1'.",
            Hint::SignedFor,
        ),
        (
            SIGNED,
            403,
            "X",
            "Credential should be scoped to correct service: 's3tables'.",
            Hint::SignedFor,
        ),
        (
            SignIn::OAuth2,
            401,
            "NotAuthorizedException",
            "The token has an invalid audience",
            Hint::Audience,
        ),
        (
            SIGNED,
            403,
            "X",
            "The request signature we calculated does not match",
            signature,
        ),
        (
            SIGNED,
            403,
            "AccessDeniedException",
            "User: arn is not authorized to perform: glue:GetDatabases",
            Hint::RightToList,
        ),
        (
            SignIn::None,
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            Hint::SignRequests,
        ),
        (
            SignIn::Bearer,
            403,
            "X",
            "Missing Authentication Token",
            Hint::SignRequests,
        ),
        (SIGNED, 403, "X", "Missing Authentication Token", Hint::Path),
        (
            SignIn::None,
            401,
            "NotAuthorizedException",
            "No",
            Hint::NoCredentials,
        ),
        (
            SignIn::Bearer,
            401,
            "NotAuthorizedException",
            "No",
            Hint::Token,
        ),
        (
            SignIn::OAuth2,
            401,
            "NotAuthorizedException",
            "No",
            Hint::ForeignToken,
        ),
        (SIGNED, 401, "NotAuthorizedException", "No", Hint::AccessKey),
        (
            SignIn::OAuth2,
            403,
            "ForbiddenException",
            roles,
            Hint::Roles,
        ),
        (
            SignIn::OAuth2,
            403,
            "ForbiddenException",
            &roles.replace("via '[]'", "via '[r]'"),
            Hint::RightToList,
        ),
        (
            SignIn::OAuth2,
            403,
            "ForbiddenException",
            &roles.replace("Roles '[]'", "Roles '[r]'"),
            Hint::RightToList,
        ),
    ] {
        let body = iceberg(kind, message);
        let asked = asked(Dialect::Polaris, sign_in);
        let found = answered(Op::ListNamespaces, asked, status, &body);
        assert_eq!(found, Some(hint), "{sign_in:?} {message}");
    }
    let body = "<html><title>403 Forbidden</title></html>";
    assert_eq!(generic(Op::LoadTable, 403, body), Some(Hint::Gateway));
    assert_eq!(generic(Op::LoadTable, 502, body), Some(Hint::Gateway));
    let body = iceberg("AuthorizationBackendError", "It did not answer");
    assert_eq!(generic(Op::LoadTable, 503, &body), Some(Hint::Authorizer));
}

#[test]
fn an_address_that_holds_the_version_is_told_where_no_route_is_found() {
    let at = |address: &str, status| {
        let asked = Asked {
            address: Some(address.to_owned()),
            ..asked(Dialect::Generic, SignIn::Bearer)
        };
        answered(Op::GetConfig, asked, status, "")
    };
    for address in [
        "http://h/catalog/v1",
        "http://h/V1/",
        "http://h/v1/config",
        "http://h/x/v1/namespaces",
    ] {
        assert_eq!(at(address, 404), Some(Hint::Version), "{address}");
        assert_eq!(at(address, 500), Some(Hint::Log), "{address}");
    }
    for address in [
        "http://h/iceberg/v1/restcatalog",
        "http://v1",
        "http://h/v10",
    ] {
        assert_eq!(at(address, 404), Some(Hint::Path), "{address}");
    }
}

#[test]
fn a_change_that_may_have_happened_is_looked_for_whatever_was_said() {
    let body = iceberg("X", "Location does not exist: s3://b/m.json");
    let hint = generic(Op::CommitTable, 500, &body);
    assert_eq!(hint, Some(Hint::MayHaveHappened));
    assert_eq!(Error::invalid("No name.").hint(), None);
}

#[test]
fn a_server_that_hides_is_known_to_be_slow_at_saying_no() {
    let silent = |dialect| {
        let mut error = Error::new(ErrorKind::TimedOut, Op::ListTables.route(), "Silent.");
        error.details_mut().asked = asked(dialect, SignIn::Bearer);
        error.hint()
    };
    assert_eq!(silent(Dialect::Lakekeeper), Some(Hint::SlowToRefuse));
    assert_eq!(silent(Dialect::Polaris), Some(Hint::Slow));
}

#[test]
fn of_a_change_that_is_refused_with_a_reason_the_log_says_no_more() {
    let body = iceberg("BadRequestException", "The location may not change");
    let refused = |operation| generic(operation, 400, &body);
    assert_eq!(refused(Op::UpdateNamespaceProperties), Some(Hint::Refused));
    assert_eq!(refused(Op::ListTables), Some(Hint::Log), "a read");
    assert_eq!(
        generic(Op::UpdateNamespaceProperties, 400, ""),
        Some(Hint::Log),
        "no reason"
    );
}
