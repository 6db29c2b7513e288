use super::*;

#[test]
fn a_token_endpoint_that_is_none_is_told_by_its_address() {
    let token = |status, body: &str| generic(Op::GetToken, status, body);
    let oauth = |error: &str| format!(r#"{{"error":"{error}"}}"#);
    for (status, body, hint) in [
        (400, String::new(), Hint::TokenAddress),
        (
            400,
            "<html><title>Bad request</title></html>".to_owned(),
            Hint::TokenAddress,
        ),
        (404, String::new(), Hint::TokenAddress),
        (405, String::new(), Hint::TokenAddress),
        (403, "<html></html>".to_owned(), Hint::TokenAddress),
        (502, "<html></html>".to_owned(), Hint::TokenAddress),
        (302, String::new(), Hint::TokenAddress),
        (400, oauth("invalid_request"), Hint::TokenRequest),
        (400, oauth("unsupported_grant_type"), Hint::TokenAddress),
        (400, oauth("invalid_scope"), Hint::Scope),
        (400, oauth("invalid_client"), Hint::ClientCredentials),
        (401, oauth("unauthorized_client"), Hint::ClientCredentials),
        (
            404,
            iceberg("MissingOrInvalidRealm", "Missing or invalid realm"),
            Hint::Realm,
        ),
        (
            401,
            "<html><title>Sign in</title></html>".to_owned(),
            Hint::TokenAddress,
        ),
        (401, String::new(), Hint::ClientCredentials),
        (
            400,
            iceberg("OAuthException", "Unknown client"),
            Hint::ClientCredentials,
        ),
        (400, iceberg("X", "Bad"), Hint::TokenRequest),
        (403, oauth("access_denied"), Hint::TokenRequest),
        // Keycloak has realms of another kind: they stand in the address.
        (404, oauth("Realm does not exist"), Hint::TokenAddress),
    ] {
        assert_eq!(token(status, &body), Some(hint), "{status} {body}");
    }
}
