//! The tree beside every page of a connection, without scripts.

use axum::Router;

use crate::support::{ask, get, sample_console};

/// The lines of the tree on a page, each from its beginning to its end.
async fn lines(console: &Router, path: &str) -> Vec<String> {
    let body = ask(console, get(path)).await.body;
    // Leptos marks where texts end.
    let body = body.replace("<!>", "").replace("<!---->", "");
    let (_, tree) = body.split_once("role=\"tree\"").expect("a tree");
    let (tree, _) = tree.split_once("</ul>").expect("its end");
    tree.split("<li").skip(1).map(str::to_owned).collect()
}

/// The one line that holds all of this.
fn line<'a>(lines: &'a [String], parts: &[&str]) -> &'a str {
    let mut found = lines
        .iter()
        .filter(|line| parts.iter().all(|part| line.contains(part)));
    let first = found.next();
    assert!(found.next().is_none(), "{parts:?} twice: {lines:?}");
    first.unwrap_or_else(|| panic!("{parts:?}: {lines:?}"))
}

#[tokio::test]
async fn the_tree_is_open_to_the_object_of_the_page_and_marks_it() {
    let console = sample_console().await;
    let tree = lines(
        &console,
        "/c/sample-polaris/t/schema?w=lakehouse&ns=sales&t=orders",
    )
    .await;
    let sales = line(&tree, &["data-key=\"/sales\""]);
    assert!(sales.contains("aria-expanded=\"true\""), "{sales}");
    assert!(!sales.contains("aria-current"), "{sales}");
    let href = "href=\"/c/sample-polaris/t/overview?w=lakehouse&amp;ns=sales&amp;t=orders\"";
    let orders = line(&tree, &[href]);
    for part in [
        "aria-current=\"page\"",
        "aria-level=\"2\"",
        ">orders</span>",
        ">table</span>",
    ] {
        assert!(orders.contains(part), "{part}: {orders}");
    }
    assert_eq!(
        tree.iter()
            .filter(|line| line.contains("aria-current"))
            .count(),
        1
    );
    line(&tree, &["revenue_by_day", ">view</span>", "/v/overview?"]);
    // What is around stands before what is inside, and what comes after it later.
    let at = |part: &str| tree.iter().position(|line| line.contains(part)).unwrap();
    assert!(at("data-key=\"/sales\"") < at("data-key=\"/sales/eu\""));
    assert!(at("data-key=\"/sales/eu\"") < at(href));
}

#[tokio::test]
async fn a_view_is_marked_as_one() {
    let console = sample_console().await;
    let tree = lines(
        &console,
        "/c/sample-generic/v/sql?ns=sales&v=revenue_by_day",
    )
    .await;
    line(
        &tree,
        &[
            "aria-current=\"page\"",
            ">revenue_by_day</span>",
            ">view</span>",
        ],
    );
}

#[tokio::test]
async fn of_many_tables_the_first_are_there_and_the_one_of_the_page_and_the_way_to_the_list() {
    let console = sample_console().await;
    let page = "/c/sample-generic/t/overview?ns=partners&t=feed_230";
    let tree = lines(&console, page).await;
    let tables = tree.iter().filter(|line| line.contains(">table</span>"));
    assert_eq!(tables.count(), 51);
    line(&tree, &["aria-current=\"page\"", ">feed_230</span>"]);
    line(
        &tree,
        &[
            "230 tables: open the list",
            "href=\"/c/sample-generic/ns?ns=partners&amp;tab=tables\"",
        ],
    );
    let found = lines(&console, &format!("{page}&find=feed_22")).await;
    assert_eq!(
        found
            .iter()
            .filter(|line| line.contains(">feed_22"))
            .count(),
        10
    );
}

#[tokio::test]
async fn one_level_of_namespaces_opens_as_well_and_says_how_much_is_in_it() {
    let console = sample_console().await;
    for connection in ["sample-unity", "sample-s3-tables"] {
        let page = format!("/c/{connection}/ns?open=%2Fsales");
        lines(&console, &page).await;
        let tree = lines(&console, &page).await;
        line(&tree, &[">orders</span>", ">table</span>"]);
        let sales = line(&tree, &["data-key=\"/sales\""]);
        assert!(sales.contains("aria-expanded=\"true\""), "{sales}");
        assert!(sales.contains(">inside</span>"), "{sales}");
    }
}

/// What is told between the lines is no line: it has no level either.
#[tokio::test]
async fn a_note_is_text_alone() {
    let console = sample_console().await;
    let page = "/c/sample-generic/ns?ns=sandbox&open=%2Fsandbox";
    lines(&console, page).await;
    let tree = lines(&console, page).await;
    let note = line(&tree, &["Nothing is listed inside"]);
    assert!(note.contains("role=\"none\""), "{note}");
    assert!(!note.contains("aria-level"), "{note}");
}
