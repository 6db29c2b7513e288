//! What the pages about Polaris tell beyond their object, and where they lead.

use crate::{
    polaris_support::{Console, POLARIS},
    support::ask_while,
};

const PLATFORM: &str = "PRINCIPAL_ROLE:platform";

/// A console whose Polaris lets it act with one principal role only.
async fn as_platform() -> Console {
    Console::with(|connection| {
        if let iceberg_rest::Auth::OAuth2 { asks, .. } = &mut connection.auth {
            asks.scope = Some(PLATFORM.into());
        }
    })
    .await
}

#[tokio::test]
async fn a_table_says_which_policies_hold_for_it() {
    let console = Console::start().await;
    let at = "w=lakehouse&ns=sales&t=orders";
    let table = console.page(&format!("t/overview?{at}")).await.body;
    let link = "/c/sample-polaris/policies?w=lakehouse&amp;ns=sales&amp;t=orders";
    assert!(table.contains(link), "{table}");
    let policies = console.page(&format!("policies?{at}")).await.body;
    assert!(
        policies.contains(">compact_orders<") && policies.contains("inherited"),
        "{policies}"
    );
    assert!(policies.contains("name=\"t\" value=\"orders\""));
    assert!(!policies.contains("Policies that live here"));

    let at = "w=lakehouse&ns=sales&v=revenue_by_day";
    let view = console.page(&format!("v/overview?{at}")).await.body;
    assert!(view.contains("/policies?w=lakehouse&amp;ns=sales&amp;v=revenue_by_day"));
    let policies = console.page(&format!("policies?{at}")).await.body;
    assert!(
        policies.contains("no Iceberg table sales.revenue_by_day"),
        "{policies}"
    );
    let elsewhere = console
        .get("/c/sample-nessie/t/overview?ns=sales&t=orders")
        .await;
    assert!(!elsewhere.body.contains("/policies?"));
}

#[tokio::test]
async fn what_is_in_the_way_of_deleting_a_catalog_is_named() {
    let console = Console::start().await;
    let page = console.page("catalog?w=lakehouse").await.body;
    let contents = page.split("goes only when it is empty").nth(1).unwrap();
    for said in [
        "namespaces at its top",
        ">finance<",
        "catalog roles besides catalog_admin",
        ">sales_writer<",
    ] {
        assert!(contents.contains(said), "{said}: {contents}");
    }
    assert!(!contents.contains(">catalog_admin<"));

    let page = as_platform().await.page("catalog?w=lakehouse").await.body;
    let contents = page.split("goes only when it is empty").nth(1).unwrap();
    assert!(contents.contains(">unknown<"), "its roles: {contents}");
}

#[tokio::test]
async fn the_table_page_of_a_generic_table_leads_to_its_own() {
    let console = Console::start().await;
    let at = "w=lakehouse&ns=sales";
    let fields = [("name", "clicks"), ("format", "delta")];
    let made = console
        .submit(&format!("generic-table-new?{at}"), &fields)
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    let page = console.page(&format!("t/overview?{at}&t=clicks")).await;
    assert_eq!(page.status, 404);
    let link = "generic-table?w=lakehouse&amp;ns=sales&amp;name=clicks";
    assert!(page.body.contains("is a generic table"), "{}", page.body);
    assert!(page.body.contains(link), "{}", page.body);
    let page = console.page(&format!("t/overview?{at}&t=nothing")).await;
    assert!(!page.body.contains("generic table:"), "{}", page.body);
}

#[tokio::test]
async fn a_refusal_leads_to_its_explanation() {
    let console = as_platform().await;
    let refused = console.page("principals").await.body;
    let link = "/c/sample-polaris/explain?message=Principal%20%27root%27";
    assert!(refused.contains(link), "{refused}");
    assert!(refused.contains("LIST_PRINCIPALS"), "{refused}");
    let part = console.page("catalog?w=lakehouse").await.body;
    assert!(
        part.contains("LIST_CATALOG_ROLES&amp;w=lakehouse"),
        "{part}"
    );
}

#[tokio::test]
async fn the_graph_says_why_an_object_is_not_in_it() {
    let console = Console::start().await;
    let role = console.page("principal-role?name=analysts").await.body;
    let graph = "/c/sample-polaris/graph?on=principal-role&amp;name=analysts";
    assert!(role.contains(graph), "{role}");
    let missing = collected(&console, "graph?w=lakehouse&ns=sales&t=orders").await;
    assert!(
        missing.contains("Nothing is granted on it directly"),
        "{missing}"
    );
    let gone = collected(&console, "graph?on=principal&name=ghost").await;
    assert!(gone.contains("it may have been deleted"), "{gone}");
}

#[tokio::test]
async fn catalogs_that_are_not_asked_are_counted() {
    let console = Console::start().await;
    for number in 0..50 {
        let (name, base) = (format!("more_{number}"), format!("s3://more-{number}/"));
        let fields = [
            ("name", name.as_str()),
            ("type", "INTERNAL"),
            ("default-base-location", base.as_str()),
            ("storage.storageType", "S3"),
        ];
        assert_eq!(console.submit("catalog-new", &fields).await.status, 303);
    }
    let page = console.page("principal-role?name=analysts").await.body;
    assert!(
        page.contains("Only the first 50 catalogs were asked"),
        "{page}"
    );
}

#[tokio::test]
async fn a_catalog_opened_by_hand_is_collected_where_none_may_be_listed() {
    let console = as_platform().await;
    let unread = "The roles of the catalog lab";
    let page = collected(&console, "access").await;
    assert!(page.contains("Not everything could be read"), "{page}");
    assert!(!page.contains(unread), "{page}");
    console.page("ns?w=lab").await;
    let page = collected(&console, "access").await;
    assert!(page.contains(unread), "{page}");
}

#[tokio::test]
async fn a_federated_catalog_shows_its_properties() {
    let console = Console::start().await;
    let mut fields = vec![
        ("name", "far"),
        ("type", "EXTERNAL"),
        ("default-base-location", "gs://far/"),
        ("storage.storageType", "GCS"),
        ("connection.connectionType", "ICEBERG_REST"),
        ("connection.uri", "https://far.example/api/catalog"),
        ("connection.properties", "no pair"),
    ];
    let refused = console.submit("catalog-new", &fields).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.body.contains("“no pair” is no property"),
        "{}",
        refused.body
    );
    fields[6].1 = "rest.timeout=5\r\nuser.token=CANARY";
    let made = console.submit("catalog-new", &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let page = console.page("catalog?w=far").await.body;
    assert!(page.contains("rest.timeout=5"), "{page}");
    assert!(!page.contains("CANARY"));
}

/// A page of collected grants, once they are.
async fn collected(console: &Console, page: &str) -> String {
    let path = format!("/c/{POLARIS}/{page}");
    ask_while(&console.router, &path, "Collecting who may do what")
        .await
        .body
}
