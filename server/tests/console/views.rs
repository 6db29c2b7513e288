//! Views: made, written anew, and taken back.

use crate::{polaris_support::Console, writes::has};

/// Connections to catalogs that have views.
const ALL: [&str; 4] = [
    "sample-generic",
    "sample-polaris",
    "sample-lakekeeper",
    "sample-nessie",
];

const SPARK: &str = "SELECT day, sum(total) AS revenue FROM orders GROUP BY day";

#[tokio::test]
async fn a_view_is_made_written_anew_and_taken_back_in_each_dialect() {
    let console = Console::start().await;
    for connection in ALL {
        let at = |page: &str| format!("/c/{connection}/{page}");
        let list = at("ns?ns=sales&tab=views");
        has(&console.get(&list).await.body, &["/view-new?ns=sales"]);
        let new = at("view-new?ns=sales");
        let typed = [
            ("name", "daily"),
            ("dialect", "spark"),
            ("sql", SPARK),
            ("dialect", ""),
            ("sql", ""),
            ("columns", "day date comment 'UTC'\nrevenue decimal(12, 2)"),
            ("levels", "sales"),
            ("key", "owner"),
            ("value", "ana"),
        ];
        let shown = console.preview(&new, &typed).await;
        has(
            &shown.body,
            &[
                "a view “sales.daily” with 2 columns, written for spark",
                "\"dialect\": \"spark\"",
                "\"default-namespace\": [",
            ],
        );
        let made = console.confirm(&new, &shown, &[]).await;
        has(
            &console.leads(&made).await,
            &["Created.", ">daily</h1>", "(current)"],
        );

        let edit = at("view-replace?ns=sales&v=daily");
        let form = console.get(&edit).await.body;
        has(&form, &[SPARK, "1: day date comment 'UTC'"]);
        let second =
            "SELECT day, sum(total) AS revenue, count(*) AS orders FROM orders GROUP BY day";
        let typed = [
            ("version", "1"),
            ("dialect", "spark"),
            ("sql", second),
            ("dialect", "trino"),
            ("sql", SPARK),
            (
                "columns",
                "1: day date\n2: revenue decimal(12, 2)\norders bigint",
            ),
            ("levels", "sales"),
        ];
        let shown = console.preview(&edit, &typed).await;
        has(
            &shown.body,
            &[
                "Another text for spark.",
                "Before and after",
                "aria-label=\"SQL for spark\"",
                "+ 3: orders long</td>",
                "For the first time a text for trino.",
                "Its columns change; new: orders.",
                "assert-view-uuid",
                "\"schema-id\": -1",
            ],
        );
        let done = console.confirm(&edit, &shown, &[]).await;
        has(&console.leads(&done).await, &["Saved.", "count", ">trino"]);
        has(
            &console.get(&at("v/schema?ns=sales&v=daily")).await.body,
            &[">orders<"],
        );

        // One dialect fewer is what catalogs refuse.
        let back = at("view-rollback?ns=sales&v=daily&version=1");
        let versions = console.get(&at("v/versions?ns=sales&v=daily")).await.body;
        has(
            &versions,
            &["/view-rollback?ns=sales&amp;v=daily&amp;version=1"],
        );
        let shown = console.preview(&back, &[("version", "1")]).await;
        has(
            &shown.body,
            &[
                "No text any more for trino.",
                "replace.drop-dialect.allowed",
                "disabled",
            ],
        );
        let allow = at("view-edit?ns=sales&v=daily");
        let allowed = [("key", "replace.drop-dialect.allowed"), ("value", "true")];
        let set = console.preview(&allow, &allowed).await;
        console
            .leads(&console.confirm(&allow, &set, &[]).await)
            .await;
        let shown = console.preview(&back, &[("version", "1")]).await;
        let done = console.confirm(&back, &shown, &[]).await;
        let page = console.leads(&done).await;
        has(&page, &["Rolled back."]);
        assert!(!page.contains(">trino"), "{connection}: {page}");
    }
}

#[tokio::test]
async fn what_a_view_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost() {
    let console = Console::start().await;
    let new = "/c/sample-generic/view-new?ns=sales";
    let good = [
        ("name", "daily"),
        ("dialect", "spark"),
        ("sql", SPARK),
        ("columns", "day date"),
    ];
    for (field, value, why) in [
        ("name", "", "It cannot have this name"),
        ("dialect", "", "A text has no dialect."),
        ("sql", " ", "There is no SQL for spark."),
        ("columns", "", "A view needs its columns"),
        ("columns", "day date\nday int", "Line 2"),
        ("columns", "{]", "begin as JSON and are none"),
    ] {
        let typed = good.map(|(name, typed)| (name, if name == field { value } else { typed }));
        let answer = console.post(new, "text/html", new, &typed).await;
        assert_eq!(answer.status, 400, "{field} {value:?}: {}", answer.body);
        has(&answer.body, &[why]);
        if field != "sql" {
            has(&answer.body, &[SPARK]);
        }
    }
    let twice = [("name", "orders"), good[1], good[2], good[3]];
    let shown = console.preview(new, &twice).await;
    has(
        &shown.body,
        &["There is a table sales.orders already.", "disabled"],
    );
    assert!(console.changes().is_empty(), "nothing was sent");
}

/// The form says which version it was filled in from.
#[tokio::test]
async fn who_wrote_meanwhile_is_shown_beside_what_was_typed() {
    let console = Console::start().await;
    let edit = "/c/sample-generic/view-replace?ns=sales&v=revenue_by_day";
    let form = console.get(edit).await.body;
    let mine = crate::writes::filled(&form, "dialect", &[]);
    let typed = |text: &'static str| {
        let mut first = true;
        mine.iter()
            .map(
                move |(name, value)| match name == "sql" && std::mem::take(&mut first) {
                    true => (name.clone(), text.to_owned()),
                    false => (name.clone(), value.clone()),
                },
            )
            .collect::<Vec<_>>()
    };
    let shown = console.send(edit, &typed("SELECT 1 AS mine")).await;
    let other = console.send(edit, &typed("SELECT 2 AS theirs")).await;
    let done = console.confirm(edit, &other, &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let refused = console.confirm(edit, &shown, &[]).await;
    has(
        &refused.body,
        &[
            "This is not what was shown before",
            "As read",
            "SELECT 2 AS theirs",
            "SELECT 1 AS mine",
        ],
    );
    let again = console.confirm(edit, &refused, &[]).await;
    has(&console.leads(&again).await, &["Saved.", "mine"]);
}
