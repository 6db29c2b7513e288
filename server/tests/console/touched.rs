//! What a change touches besides: views that look as if they read a column, and what is granted on what goes.

use crate::{
    polaris_support::Console,
    support::Answer,
    writes::{filled, has},
};

const NOTES: &str = "What else it may touch";

/// What comes of the schema of `sales.orders` with its lines changed.
async fn edited(console: &Console, connection: &str, change: impl Fn(&str) -> String) -> Answer {
    let edit = format!("/c/{connection}/schema-edit?ns=sales&t=orders");
    let opened = console.get(&edit).await;
    assert_eq!(opened.status, 200, "{connection}: {}", opened.body);
    let fields = filled(&opened.body, "schema_lines", &[]);
    let lines = fields.iter().find(|(name, _)| name == "schema_lines");
    let lines = change(lines.unwrap().1.trim_start_matches('\n'));
    let fields = filled(&opened.body, "schema_lines", &[("schema_lines", &lines)]);
    console.send(&edit, &fields).await
}

#[tokio::test]
async fn views_that_look_as_if_they_read_a_column_are_named() {
    let console = Console::start().await;
    for connection in [
        "sample-generic",
        "sample-lakekeeper",
        "sample-polaris",
        "sample-nessie",
    ] {
        let rename = |lines: &str| lines.replace(": total ", ": gross ");
        let shown = edited(&console, connection, rename).await;
        has(
            &shown.body,
            &[
                "“total” will be called “gross”",
                NOTES,
                "The view revenue_by_day looks as if it reads “total”",
                "/v/sql?",
                "the only one was looked at",
                "Those of other namespaces were not looked at.",
            ],
        );
        let other = |lines: &str| lines.replace(": channel ", ": shop ");
        let shown = edited(&console, connection, other).await;
        has(&shown.body, &[NOTES, "the only one was looked at"]);
        assert!(!shown.body.contains("looks as if"), "{}", shown.body);
        let added = |lines: &str| format!("{lines}note string\n");
        let shown = edited(&console, connection, added).await;
        has(&shown.body, &["There will be a column “note”"]);
        assert!(!shown.body.contains(NOTES), "{}", shown.body);
    }
    let rename = |lines: &str| lines.replace(": total ", ": gross ");
    let shown = edited(&console, "sample-s3-tables", rename).await;
    has(&shown.body, &["“total” will be called “gross”"]);
    assert!(
        !shown.body.contains(NOTES),
        "it has no views: {}",
        shown.body
    );
}

#[tokio::test]
async fn what_is_granted_on_what_goes_is_named() {
    let console = Console::start().await;
    for (page, typed, said) in [
        (
            "table-drop?ns=logistics&t=shipments",
            &[("purge", "no")][..],
            "The catalog role reader holds TABLE_READ_DATA on it, which goes with it.",
        ),
        (
            "table-rename?ns=logistics&t=shipments",
            &[("name", "sent"), ("levels", "logistics")],
            "The catalog role reader holds TABLE_READ_DATA on it, which stays with it.",
        ),
        (
            "view-drop?ns=sales&v=revenue_by_day",
            &[],
            "The catalog role finance_reader holds VIEW_READ_PROPERTIES on it, which goes with it.",
        ),
    ] {
        let shown = console
            .preview(&format!("/c/sample-polaris/{page}"), typed)
            .await;
        has(&shown.body, &[NOTES, said, "/c/sample-polaris/grants?"]);
    }
    let shown = console
        .get("/c/sample-polaris/namespace-drop?ns=sandbox")
        .await;
    has(
        &shown.body,
        &[
            NOTES,
            "No catalog role holds anything on it itself.",
            "/c/sample-polaris/who?",
        ],
    );
    let shown = console
        .get("/c/sample-generic/namespace-drop?ns=sandbox")
        .await;
    has(&shown.body, &["it holds nothing"]);
    assert!(!shown.body.contains(NOTES), "{}", shown.body);
}
