//! A Polaris with what not every Polaris has: generic tables, roles of an identity provider, grants of
//! kinds that are newer than the console.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    polaris_support::Console,
    verdicts::{MANAGEMENT, Polaris},
};

const SALES: &str = "w=lakehouse&ns=sales";

#[tokio::test]
async fn a_namespace_lists_its_generic_tables_beside_its_tables() {
    let console = Console::start().await;
    let fields = [("name", "clicks / ü"), ("format", "delta")];
    let form = format!("generic-table-new?{SALES}");
    assert_eq!(console.submit(&form, &fields).await.status, 303);
    let tab = "href=\"/c/sample-polaris/ns?w=lakehouse&amp;ns=sales&amp;tab=generic-tables\"";
    let tables = console.page(&format!("ns?{SALES}")).await.body;
    assert!(tables.contains(tab), "{tables}");
    let listed = console
        .page(&format!("ns?{SALES}&tab=generic-tables"))
        .await
        .body;
    for said in [
        "generic-table?w=lakehouse&amp;ns=sales&amp;name=clicks%20%2F%20%C3%BC\"",
        ">clicks / ü<",
        "1 generic table<",
        "New generic table",
    ] {
        assert!(listed.contains(said), "{said}: {listed}");
    }
    let none = console
        .page("ns?w=lakehouse&ns=finance&tab=generic-tables")
        .await
        .body;
    assert!(none.contains("0 generic tables"), "{none}");
    let elsewhere = console.get("/c/sample-nessie/ns?ns=sales").await.body;
    assert!(!elsewhere.contains("generic-tables"), "{elsewhere}");
    let asked = console
        .get("/c/sample-nessie/ns?ns=sales&tab=generic-tables")
        .await
        .body;
    assert!(
        asked.contains("only Apache Polaris has generic tables"),
        "{asked}"
    );
}

#[tokio::test]
async fn a_list_of_generic_tables_that_is_refused_is_not_empty() {
    let polaris = Polaris::start().await;
    polaris.refuses(
        "/generic-tables",
        "Principal 'root' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_TABLES",
    );
    let page = polaris.page("/c/p/ns?ns=sales&tab=generic-tables").await;
    assert_eq!(page.status, 403, "{}", page.body);
    assert!(!page.body.contains("0 generic tables"), "{}", page.body);
    assert!(page.body.contains("Open by full name"), "{}", page.body);
}

#[tokio::test]
async fn a_principal_role_may_be_said_to_be_of_an_identity_provider() {
    let console = Console::start().await;
    for (name, fields, federated) in [
        ("own", &[("name", "own")][..], false),
        ("idp", &[("name", "idp"), ("federated", "yes")][..], true),
    ] {
        let made = console.submit("principal-role-new", fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let page = console.page(&format!("principal-role?name={name}")).await;
        let said = page.body.contains("an identity provider");
        assert_eq!(said, federated, "{name}: {}", page.body);
        let empty = page.body.contains("Nobody is in it");
        assert_eq!(empty, !federated, "tokens name who is: {}", page.body);
    }
    let form = console.page("catalog-role-new?w=lakehouse").await.body;
    assert!(!form.contains("name=\"federated\""), "{form}");
}

#[tokio::test]
async fn a_policy_says_what_is_known_of_where_it_is_attached() {
    let console = Console::start().await;
    let at = "policy?w=lakehouse&ns=sales&name=compact_orders";
    let page = console.page(at).await.body;
    for said in [
        "No call of Polaris lists where a policy is attached",
        "href=\"/c/sample-polaris/policies?w=lakehouse&amp;ns=sales\"",
        "href=\"/c/sample-polaris/policies?w=lakehouse\"",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test]
async fn grants_of_an_unknown_kind_are_shown_counted_and_leave_verdicts_open() {
    let polaris = Polaris::start().await;
    let made = json!({"principal": {"name": "curious"}});
    let path = format!("{MANAGEMENT}/principals");
    polaris.elsewhere("POST", &path, made).await;
    let role = json!({"principalRole": {"name": "newer"}});
    let path = format!("{MANAGEMENT}/principals/curious/principal-roles");
    polaris
        .elsewhere(
            "POST",
            &format!("{MANAGEMENT}/principal-roles"),
            role.clone(),
        )
        .await;
    polaris.elsewhere("PUT", &path, role).await;
    let role = json!({"catalogRole": {"name": "newer_grants"}});
    let path = format!("{MANAGEMENT}/catalogs/lakehouse/catalog-roles");
    polaris.elsewhere("POST", &path, role.clone()).await;
    let path = format!("{MANAGEMENT}/principal-roles/newer/catalog-roles/lakehouse");
    polaris.elsewhere("PUT", &path, role).await;
    let grants = json!({"grants": [
        {"type": "semantic-model", "namespace": ["sales"], "semanticModelName": "revenue", "privilege": "SEMANTIC_MODEL_READ"},
        {"type": "semantic-model", "namespace": ["sales"], "semanticModelName": "revenue", "privilege": "SEMANTIC_MODEL_WRITE"},
        {"type": "table", "namespace": ["sales"], "tableName": "orders", "privilege": "TABLE_LIST"},
        {"privilege": "ODD"},
        {"type": "table", "namespace": ["sales"], "privilege": "TABLE_DROP"},
    ]});
    polaris.answers(
        "/catalog-roles/newer_grants/grants",
        StatusCode::OK,
        &grants,
    );
    let page = polaris
        .page("/c/p/catalog-role?w=lakehouse&name=newer_grants")
        .await
        .body;
    for said in [
        "semantic-model",
        "a kind that Crowsnest does not know",
        "SEMANTIC_MODEL_READ, SEMANTIC_MODEL_WRITE",
        "ODD",
        "TABLE_DROP",
        "5 grants go with it",
        "4 grants on a kind that Crowsnest does not know",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let desk = polaris
        .page("/c/p/grants?w=lakehouse&ns=sales&t=orders&role=newer_grants")
        .await
        .body;
    assert!(
        desk.contains("4 grants on a kind that Crowsnest does not know"),
        "{desk}"
    );
    let why = polaris
        .page("/c/p/explain?principal=curious&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=orders")
        .await
        .body;
    assert!(why.contains(">Unknown<"), "{why}");
    assert!(!why.contains(">Denied<"), "{why}");
}

const ANALYST: &str = "principal=trino_bi&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=orders";

#[tokio::test]
async fn what_one_list_leaves_out_is_open_and_the_rest_is_known() {
    let error = |status: u16, message: &str| json!({"error": {"message": message, "type": "ServiceFailureException", "code": status}});
    let server = StatusCode::INTERNAL_SERVER_ERROR;
    for (end, page, said, never) in [
        (
            "/catalog-roles/reader/grants",
            "catalog-role?w=lakehouse&name=reader",
            ">unknown<",
            "It has no grants",
        ),
        (
            "/catalog-roles/reader/grants",
            "who?w=lakehouse&ns=sales&t=orders",
            "perhaps",
            "No principal holds anything",
        ),
        (
            "/catalog-roles/reader/principal-roles",
            "catalog-role?w=lakehouse&name=reader",
            ">unknown<",
            "No principal role holds it",
        ),
        (
            "/principal-roles/analysts/principals",
            "principal-role?name=analysts",
            ">unknown<",
            "Nobody is in it",
        ),
        (
            "/principals/trino_bi/principal-roles",
            "principal?name=trino_bi",
            ">unknown<",
            "It is in no principal role",
        ),
        (
            "/catalogs/lakehouse/catalog-roles",
            "reach?principal=trino_bi",
            "there may be more",
            "No grant leads there",
        ),
        (
            "/applicable-policies",
            "policy?w=lakehouse&ns=sales&name=compact_orders",
            ">unknown<",
            "Attached to the catalog</dt><dd>no",
        ),
    ] {
        let polaris = Polaris::start().await;
        polaris.answers(end, server, &error(500, "Invalid entity sub type"));
        let page = polaris.page(&format!("/c/p/{page}")).await.body;
        assert!(page.contains(said), "{end}: {said}: {page}");
        assert!(!page.contains(never), "{end}: {never}: {page}");
    }
    for end in [
        "/catalog-roles/reader/grants",
        "/catalog-roles/reader/principal-roles",
        "/principal-roles/analysts/principals",
        "/catalogs/lakehouse/catalog-roles",
    ] {
        let polaris = Polaris::start().await;
        polaris.answers(end, server, &error(500, "down"));
        let why = polaris.page(&format!("/c/p/explain?{ANALYST}")).await.body;
        assert!(why.contains(">Unknown<"), "{end}: {why}");
        assert!(!why.contains(">Denied<"), "{end}: {why}");
    }
}

#[tokio::test]
async fn what_is_listed_nowhere_is_unknown_and_not_without_rights() {
    let polaris = Polaris::start().await;
    let reach = polaris.page("/c/p/reach?principal=ghost").await.body;
    assert!(reach.contains("What it can reach is unknown"), "{reach}");
    for never in ["No grant leads there", "Principal roles: none"] {
        assert!(!reach.contains(never), "{never}: {reach}");
    }
}

#[tokio::test]
async fn names_that_look_like_something_else_stay_names() {
    let console = Console::start().await;
    for name in [
        "a, b",
        "x]' and activated grants via '[",
        "<b>bold</b>",
        "50% & more?",
        "catalog_admin/..",
        "is not authorized for op LIST_TABLES",
    ] {
        let made = console
            .submit("principal-role-new", &[("name", name)])
            .await;
        assert_eq!(made.status, 303, "{name}: {}", made.body);
        let query = url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>();
        let page = console.page(&format!("principal-role?name={query}")).await;
        assert_eq!(page.status, 200, "{name}: {}", page.body);
        assert!(
            page.body.contains("Nobody is in it"),
            "{name}: {}",
            page.body
        );
        assert!(!page.body.contains("<b>bold"), "{}", page.body);
        let held = [("role", name)];
        console
            .press("principal?name=audit_bot", "assign", &held)
            .await
            .ok();
    }
    let page = console.page("principal?name=audit_bot").await.body;
    assert!(page.contains("50% &amp; more?"), "{page}");
}

#[tokio::test]
async fn where_no_grants_can_be_read_explain_tells_whom_to_ask_and_what_was_said() {
    let console = Console::start().await;
    for (connection, words) in [
        ("sample-nessie", "nessie.server.authorization.rules"),
        ("sample-lakekeeper", "OpenFGA"),
        ("sample-unity", "EXTERNAL USE SCHEMA"),
        ("sample-generic", "its log says which right was missing"),
    ] {
        let asked = "message=No+way&principal=ann&ns=sales&t=orders";
        let page = console
            .get(&format!("/c/{connection}/explain?{asked}"))
            .await;
        let link = format!("href=\"/c/{connection}\"");
        for said in [
            words,
            "only Apache Polaris has",
            "message: No way",
            "t: orders",
            "What this identity may do",
            &link,
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
    }
}
