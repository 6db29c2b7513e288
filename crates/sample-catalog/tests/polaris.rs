//! What the sample Polaris starts with, and how tokens bound what one may do.

mod support;

use axum::Router;
use sample_catalog::{Dialect, Options, router};
use serde_json::{Value, json};
use support::{Answer, send, server};

const MANAGEMENT: &str = "/api/management/v1";

async fn token(server: &Router, id: &str, secret: &str, scope: &str) -> Answer {
    let form = format!(
        "grant_type=client_credentials&client_id={id}&client_secret={secret}&scope={scope}"
    );
    send(server, "POST", "/api/catalog/v1/oauth/tokens", &[], &form).await
}

async fn bearer(server: &Router, id: &str, secret: &str, scope: &str) -> String {
    let answer = token(server, id, secret, scope).await.json();
    format!(
        "Bearer {}",
        answer["access_token"].as_str().expect("a token")
    )
}

async fn root(server: &Router) -> String {
    bearer(server, "root", "s3cr3t", "PRINCIPAL_ROLE:ALL").await
}

async fn ask(server: &Router, bearer: &str, method: &str, path: &str, body: Value) -> Answer {
    let path = match path.starts_with("/api/") {
        true => path.to_owned(),
        false => format!("{MANAGEMENT}{path}"),
    };
    send(
        server,
        method,
        &path,
        &[("authorization", bearer)],
        &body.to_string(),
    )
    .await
}

async fn count(server: &Router, bearer: &str, path: &str, key: &str) -> usize {
    let answer = ask(server, bearer, "GET", path, Value::Null).await;
    answer.json()[key].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn the_seed_has_people_services_and_grants_of_every_kind() {
    let server = server(Dialect::Polaris);
    let root = root(&server).await;
    assert!(count(&server, &root, "/principals", "principals").await >= 10);
    assert!(count(&server, &root, "/principal-roles", "roles").await >= 8);
    let roles = ask(
        &server,
        &root,
        "GET",
        "/catalogs/lakehouse/catalog-roles",
        Value::Null,
    )
    .await
    .json();
    let mut kinds = std::collections::BTreeSet::new();
    for role in roles["roles"].as_array().expect("roles") {
        let path = format!(
            "/catalogs/lakehouse/catalog-roles/{}/grants",
            role["name"].as_str().expect("a name")
        );
        let grants = ask(&server, &root, "GET", &path, Value::Null).await.json();
        for grant in grants["grants"].as_array().expect("grants") {
            kinds.insert(grant["type"].as_str().expect("a type").to_owned());
            // Every grant of the seed is one that the API would take.
            let again = ask(&server, &root, "PUT", &path, json!({"grant": grant})).await;
            assert_eq!(again.status, 201, "{grant}");
        }
    }
    assert!(
        kinds
            .iter()
            .eq(["catalog", "namespace", "policy", "table", "view"]),
        "{kinds:?}"
    );
}

#[tokio::test]
async fn it_scales_to_a_thousand_roles() {
    let options = Options {
        dialect: Dialect::Polaris,
        roles: 1_000,
        ..Options::default()
    };
    let server = router(options);
    let root = root(&server).await;
    assert!(count(&server, &root, "/catalogs/lakehouse/catalog-roles", "roles").await > 1_000);
    assert!(count(&server, &root, "/principals", "principals").await > 200);
    let grants = "/catalogs/lakehouse/catalog-roles/role_0999/grants";
    assert_eq!(count(&server, &root, grants, "grants").await, 100);
}

#[tokio::test]
async fn a_scope_activates_the_roles_it_names_and_no_others() {
    let server = server(Dialect::Polaris);
    let tables = "/api/catalog/v1/lakehouse/namespaces/sales/tables/orders";
    let data = [("x-iceberg-access-delegation", "vended-credentials")];
    for (scope, catalogs, load) in [
        ("PRINCIPAL_ROLE:ALL", 200, 200),
        ("PRINCIPAL_ROLE:service_admin", 200, 403),
        ("PRINCIPAL_ROLE:platform", 403, 200),
        ("PRINCIPAL_ROLE:nope", 403, 403),
    ] {
        let bearer = bearer(&server, "root", "s3cr3t", scope).await;
        let listed = ask(&server, &bearer, "GET", "/catalogs", Value::Null).await;
        assert_eq!(listed.status, catalogs, "{scope}: {}", listed.text);
        let headers = [("authorization", bearer.as_str()), data[0]];
        let loaded = send(&server, "GET", tables, &headers, "").await;
        assert_eq!(loaded.status, load, "{scope}: {}", loaded.text);
    }
}

#[tokio::test]
async fn a_token_ends_with_its_principal_and_cannot_be_made_up() {
    let server = server(Dialect::Polaris);
    let root = root(&server).await;
    let made = ask(
        &server,
        &root,
        "POST",
        "/principals",
        json!({"principal": {"name": "svc"}}),
    )
    .await
    .json();
    let credential = |key: &str| {
        made["credentials"][key]
            .as_str()
            .expect("a credential")
            .to_owned()
    };
    let (id, secret) = (credential("clientId"), credential("clientSecret"));
    let bearer = bearer(&server, &id, &secret, "PRINCIPAL_ROLE:ALL").await;
    let config = "/api/catalog/v1/config?warehouse=lakehouse";
    assert_eq!(
        ask(&server, &bearer, "GET", config, Value::Null)
            .await
            .status,
        200
    );

    let (body, signature) = bearer.rsplit_once('.').expect("a signature");
    let (other, _) = root.rsplit_once('.').expect("a signature");
    for forged in [
        format!("{other}.{signature}"),
        format!("{body}."),
        format!("{body}.{}", "A".repeat(43)),
    ] {
        assert_eq!(
            ask(&server, &forged, "GET", config, Value::Null)
                .await
                .status,
            401,
            "{forged}"
        );
    }

    assert_eq!(
        ask(&server, &root, "DELETE", "/principals/svc", Value::Null)
            .await
            .status,
        204
    );
    ask(
        &server,
        &root,
        "POST",
        "/principals",
        json!({"principal": {"name": "svc"}}),
    )
    .await;
    assert_eq!(
        ask(&server, &bearer, "GET", config, Value::Null)
            .await
            .status,
        401
    );
    assert_eq!(
        token(&server, &id, &secret, "PRINCIPAL_ROLE:ALL")
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn root_can_lock_everybody_out() {
    let server = server(Dialect::Polaris);
    let root = root(&server).await;
    assert_eq!(
        ask(&server, &root, "DELETE", "/principals/root", Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        ask(&server, &root, "GET", "/catalogs", Value::Null)
            .await
            .status,
        401
    );
    assert_eq!(
        token(&server, "root", "s3cr3t", "PRINCIPAL_ROLE:ALL")
            .await
            .status,
        500
    );
}

#[tokio::test]
async fn grants_move_with_a_renamed_table_and_end_with_a_dropped_one() {
    let server = server(Dialect::Polaris);
    let root = root(&server).await;
    let grants = "/catalogs/lakehouse/catalog-roles/retired/grants";
    let grant = |name: &str| json!({"type": "table", "namespace": ["sales"], "tableName": name, "privilege": "TABLE_DROP"});
    let given = ask(
        &server,
        &root,
        "PUT",
        grants,
        json!({"grant": grant("returns")}),
    )
    .await;
    assert_eq!(given.status, 201, "{}", given.text);
    let held = async |name: &str| {
        let listed = ask(&server, &root, "GET", grants, Value::Null).await.json();
        listed["grants"]
            .as_array()
            .expect("grants")
            .iter()
            .any(|one| one["tableName"] == name)
    };
    let rename = json!({"source": {"namespace": ["sales"], "name": "returns"},
        "destination": {"namespace": ["sales"], "name": "refunds"}});
    let renamed = ask(
        &server,
        &root,
        "POST",
        "/api/catalog/v1/lakehouse/tables/rename",
        rename,
    )
    .await;
    assert_eq!(renamed.status, 204, "{}", renamed.text);
    assert!(held("refunds").await && !held("returns").await);
    let table = "/api/catalog/v1/lakehouse/namespaces/sales/tables/refunds";
    assert_eq!(
        ask(&server, &root, "DELETE", table, Value::Null)
            .await
            .status,
        204
    );
    assert!(!held("refunds").await);
}

#[tokio::test(start_paused = true)]
async fn a_token_ends_after_the_time_that_it_was_given_for() {
    let server = server(Dialect::Polaris);
    let given = token(&server, "root", "s3cr3t", "PRINCIPAL_ROLE:ALL")
        .await
        .json();
    let bearer = format!(
        "Bearer {}",
        given["access_token"].as_str().expect("a token")
    );
    let seconds = given["expires_in"].as_u64().expect("seconds");
    let config = "/api/catalog/v1/config?warehouse=lakehouse";
    for (wait, status) in [(seconds - 1, 200), (1, 401)] {
        tokio::time::advance(std::time::Duration::from_secs(wait)).await;
        for path in ["/catalogs", config] {
            let answer = ask(&server, &bearer, "GET", path, Value::Null).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.text);
        }
    }
    let root = root(&server).await;
    let answer = ask(&server, &root, "GET", config, Value::Null).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_iceberg_table_or_view_is_not_made_over_a_generic_table() {
    let server = server(Dialect::Polaris);
    let root = root(&server).await;
    let base = "/api/catalog/v1/lakehouse";
    let generic = "/api/catalog/polaris/v1/lakehouse/namespaces/sandbox/generic-tables";
    let body = json!({"name": "g", "format": "delta"});
    assert_eq!(ask(&server, &root, "POST", generic, body).await.status, 200);
    let schema = json!({"type": "struct", "schema-id": 0, "fields": [{"id": 1, "name": "id", "required": true, "type": "long"}]});
    let create = json!({"name": "g", "schema": schema});
    let staged = json!({"requirements": [{"type": "assert-create"}], "updates": [
        {"action": "add-schema", "schema": schema, "last-column-id": 1}, {"action": "set-current-schema", "schema-id": -1}]});
    let ident = |name: &str| json!({"namespace": ["sandbox"], "name": name});
    let made = ask(
        &server,
        &root,
        "POST",
        &format!("{base}/namespaces/sandbox/tables"),
        json!({"name": "t", "schema": schema}),
    )
    .await;
    assert_eq!(made.status, 200, "{}", made.text);
    let place = made.json()["metadata-location"].clone();
    for (path, body) in [
        ("namespaces/sandbox/tables", create),
        ("namespaces/sandbox/tables/g", staged),
        (
            "namespaces/sandbox/register",
            json!({"name": "g", "metadata-location": place, "overwrite": true}),
        ),
        (
            "tables/rename",
            json!({"source": ident("t"), "destination": ident("g")}),
        ),
    ] {
        let refused = ask(&server, &root, "POST", &format!("{base}/{path}"), body).await;
        assert_eq!(refused.status, 409, "{path}: {}", refused.text);
    }
}
