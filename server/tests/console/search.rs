//! The search over all connections, as a page without scripts.

use axum::{Router, http::StatusCode};

use crate::support::{ask, ask_while, get, post, request, sample_console};

/// The page once nothing is being read for it.
async fn page(console: &Router, path: &str) -> String {
    let answer = ask_while(console, path, "Being read").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    // Leptos marks where texts end.
    answer.body.replace("<!>", "").replace("<!---->", "")
}

#[tokio::test]
async fn a_word_is_found_in_all_connections_and_marked() {
    let console = sample_console().await;
    let body = page(&console, "/search?q=orders").await;
    for connection in ["sample-generic", "sample-polaris", "sample-nessie"] {
        let link = format!("href=\"/c/{connection}/t/overview?ns=sales&amp;t=orders\"");
        assert!(body.contains(&link), "{link}: {body}");
    }
    assert!(body.contains(">orders</mark>"), "{body}");
    assert!(body.contains("namespaces were read."), "{body}");
    assert!(body.contains("As of "), "{body}");
    let of_opened = "Columns, properties and ids are found of tables that were opened.";
    assert!(body.contains(of_opened), "{body}");
    // Those that have more than a few lead to all of them.
    let body = page(&console, "/search?q=feed").await;
    let all = "href=\"/search?q=feed&amp;in=sample-generic\"";
    assert!(body.contains(all), "{body}");
    let own = page(&console, "/search?q=feed&in=sample-generic").await;
    assert!(own.matches(">feed</mark>").count() > 100, "{own}");
    assert!(!own.contains("/c/sample-polaris"), "{own}");
    assert!(own.contains("Page 1 of 2"), "{own}");
    let more = page(&console, "/search?q=feed&in=sample-generic&page=2").await;
    assert!(more.contains("Page 2 of 2"), "{more}");
    assert!(more.matches(">feed</mark>").count() < 100, "{more}");
}

#[tokio::test]
async fn a_kind_a_whole_name_and_a_mistake_are_understood() {
    let console = sample_console().await;
    let views = page(&console, "/search?q=revenue&kind=view&in=sample-generic").await;
    assert!(
        views.contains("/c/sample-generic/v/overview?ns=sales&amp;v=revenue_by_day"),
        "{views}"
    );
    assert!(!views.contains("/c/sample-generic/t/"), "{views}");
    let whole = page(&console, "/search?q=sales.orders&in=sample-generic").await;
    assert!(whole.contains(">sales.orders</mark>"), "{whole}");
    assert!(!whole.contains("Open the table of this name"), "{whole}");
    let unread = page(&console, "/search?q=sales.nothing&in=sample-generic").await;
    assert!(
        unread.contains("href=\"/c/sample-generic/open?name=sales.nothing\""),
        "{unread}"
    );
    let mistake = page(&console, "/search?q=ordres&in=sample-generic").await;
    assert!(
        mistake.contains("/c/sample-generic/t/overview?ns=sales&amp;t=orders\""),
        "{mistake}"
    );
}

#[tokio::test]
async fn the_field_stands_on_every_page_and_an_empty_search_says_what_may_be_typed() {
    let console = sample_console().await;
    for path in ["/", "/destination", "/c/sample-generic/ns", "/no/such/page"] {
        let body = ask(&console, get(path)).await.body;
        assert!(body.contains("action=\"/search\""), "{path}: {body}");
    }
    let body = page(&console, "/search").await;
    assert!(body.contains("Type a part of a name"), "{body}");
    let answer = ask(&console, get("/search?q=x&in=nobody")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn more_is_read_for_a_form_of_this_console_alone() {
    let console = sample_console().await;
    let fields = [("in", "sample-generic"), ("back", "/search?q=x")];
    let answer = post(&console, "/search/more", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.header("location"), "/search?q=x");
    let answer = post(
        &console,
        "/search/more",
        &[("in", "nobody"), ("back", "/search")],
    )
    .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let elsewhere = [("sec-fetch-site", "cross-site")];
    let answer = ask(&console, request("POST", "/search/more", &elsewhere)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
}

#[tokio::test]
async fn the_tree_leads_on_to_the_search_and_denies_nothing() {
    let console = sample_console().await;
    let body = page(&console, "/c/sample-generic/ns?find=orders").await;
    assert!(
        body.contains("Not among the namespaces that are shown"),
        "{body}"
    );
    let link = "href=\"/search?q=orders&amp;in=sample-generic\"";
    assert!(body.contains(link), "{body}");
}

#[tokio::test]
async fn people_roles_pages_and_what_was_opened_are_found() {
    let console = sample_console().await;
    for (ask, href) in [
        (
            "q=anna&kind=principal",
            "/c/sample-polaris/principal?name=anna.steward",
        ),
        (
            "q=analysts&kind=principal-role",
            "/c/sample-polaris/principal-role?name=analysts",
        ),
        (
            "q=reader&kind=catalog-role",
            "/c/sample-polaris/catalog-role?w=lakehouse&amp;name=reader",
        ),
        ("q=new+principal", "/c/sample-polaris/principal-new"),
        ("q=import", "/destination/import"),
    ] {
        let body = page(&console, &format!("/search?{ask}")).await;
        assert!(body.contains(&format!("href=\"{href}\"")), "{href}: {body}");
    }
    let column = "/search?q=customer_id&in=sample-generic";
    assert!(
        !page(&console, column).await.contains("column customer_id"),
        "not opened"
    );
    page(&console, "/c/sample-generic/t/overview?ns=sales&t=orders").await;
    let body = page(&console, column).await;
    assert!(body.contains("column customer_id"), "{body}");
    assert!(
        body.contains("/c/sample-generic/t/schema?ns=sales&amp;t=orders\""),
        "{body}"
    );
}
