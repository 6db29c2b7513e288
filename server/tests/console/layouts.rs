//! Partition specs and sort orders are edited as lines: both in one commit, shown before it is sent.

use crate::{
    polaris_support::Console,
    support::Answer,
    writes::{TABLES, filled, has},
};

const EDIT: &str = "/c/sample-generic/spec-edit?ns=sales&t=returns";
const PARTITIONS: &str = "void(received_on) as received_on_year\nmonth(received_on)\n";
const SPREAD: &str = "month(received_on)\nbucket(8, order_id) as spread\n";

/// The form as it is opened, with these lines.
fn with(opened: &Answer, partitions: &str, sorts: &str) -> Vec<(String, String)> {
    let typed = [("partition_lines", partitions), ("sort_lines", sorts)];
    filled(&opened.body, "partition_lines", &typed)
}

async fn shown(console: &Console, edit: &str, partitions: &str, sorts: &str) -> Answer {
    let opened = console.get(edit).await;
    assert_eq!(opened.status, 200, "{edit}: {}", opened.body);
    console.send(edit, &with(&opened, partitions, sorts)).await
}

#[tokio::test]
async fn a_table_is_partitioned_and_sorted_otherwise_and_back_in_each_dialect() {
    let console = Console::start().await;
    for connection in TABLES {
        let edit = EDIT.replace("sample-generic", connection);
        let tab = edit.replace("spec-edit", "t/partitions");
        has(&console.get(&tab).await.body, &["/spec-edit?"]);
        has(&console.get(&edit).await.body, &[PARTITIONS]);
        let told = shown(&console, &edit, SPREAD, "received_on desc").await;
        assert_eq!(told.status, 200, "{connection}: {}", told.body);
        has(
            &told.body,
            &[
                "As it is now: Partitioned by",
                "Each month of received_on has a partition of its own.",
                "A hash spreads order_id over 8 buckets",
                "New data goes by this",
                "Before and after",
                "− void(received_on) as received_on_year</td>",
                "+ bucket(8, order_id) as spread</td>",
                "+ received_on desc nulls last</td>",
                "Writers sort the rows of each file by received_on descending",
                "\"action\": \"add-spec\"",
                "\"name\": \"spread\"",
                "\"action\": \"add-sort-order\"",
                "\"type\": \"assert-default-spec-id\"",
                "\"type\": \"assert-last-assigned-partition-id\"",
                "\"type\": \"assert-default-sort-order-id\"",
            ],
        );
        let before = console.get(&tab).await.body;
        assert!(!before.contains("spread"), "{connection}: only shown");
        let saved = console.confirm(&edit, &told, &[]).await;
        has(
            &console.leads(&saved).await,
            &["Saved.", "spread", "bucket[8]"],
        );

        let back = shown(&console, &edit, PARTITIONS, "").await;
        has(
            &back.body,
            &[
                "Writers will not sort rows any more.",
                "\"action\": \"set-default-spec\"",
            ],
        );
        assert!(!back.body.contains("add-spec"), "{}", back.body);
        let saved = console.confirm(&edit, &back, &[]).await;
        has(&console.leads(&saved).await, &["Saved."]);
        has(&console.get(&edit).await.body, &[PARTITIONS]);
    }
    let changes = console.changes();
    assert_eq!(changes.len(), 2 * TABLES.len(), "{changes:?}");
    assert!(changes.iter().all(|line| line["outcome"] == "done"));
}

#[tokio::test]
async fn what_cannot_be_is_told_at_its_line_with_what_was_typed() {
    let console = Console::start().await;
    for (partitions, sorts, why) in [
        (
            "month(received_on)\nday(order_id)",
            "",
            "Line 2: day is made of dates",
        ),
        ("bucket(8, nobody)", "", "Line 1: there is no column nobody"),
        (PARTITIONS, "reason up", "Line 1: "),
        (
            PARTITIONS,
            "reason\nreason desc",
            "Line 2: reason stands there twice",
        ),
    ] {
        let told = shown(&console, EDIT, partitions, sorts).await;
        assert_eq!(told.status, 400, "{partitions}: {}", told.body);
        has(&told.body, &[why]);
        let again = filled(&told.body, "partition_lines", &[]);
        for (name, value) in [("partition_lines", partitions), ("sort_lines", sorts)] {
            let typed = again.iter().find(|(field, _)| field == name);
            let typed = typed.map(|(_, value)| value.trim_start_matches('\n'));
            assert_eq!(typed, Some(value));
        }
    }
    let same = shown(&console, EDIT, PARTITIONS, "").await;
    has(&same.body, &["Nothing would be different."]);
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn what_others_changed_meanwhile_is_shown_and_stays() {
    let console = Console::start().await;
    let mine = shown(&console, EDIT, PARTITIONS, "reason").await;
    let theirs = shown(&console, EDIT, SPREAD, "").await;
    let saved = console.confirm(EDIT, &theirs, &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let again = console.confirm(EDIT, &mine, &[]).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(&again.body, &["Nothing was sent", "Somebody else changed"]);
    assert!(!again.body.contains("-spec\""), "{}", again.body);
    let saved = console.confirm(EDIT, &again, &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    has(
        &console.get(EDIT).await.body,
        &[SPREAD, "reason asc nulls first"],
    );
}

#[tokio::test]
async fn format_1_keeps_the_places_of_fields_that_go() {
    let console = Console::start().await;
    let edit = "/c/sample-generic/spec-edit?ns=sales&ns=us&t=tax_jurisdictions";
    let told = shown(&console, edit, "bucket(4, name)", "").await;
    has(
        &told.body,
        &[
            "keeps its place, as void",
            "\"transform\": \"void\"",
            "\"field-id\": 1001",
        ],
    );
    let saved = console.confirm(edit, &told, &[]).await;
    has(&console.leads(&saved).await, &["Saved.", "bucket[4]"]);
}

#[tokio::test]
async fn a_lost_answer_is_resolved_by_reading_again() {
    let console = Console::start().await;
    let edit = console.losing(EDIT).await;
    let told = shown(&console, &edit, SPREAD, "reason").await;
    let answer = console.confirm(&edit, &told, &[]).await;
    has(
        &console.leads(&answer).await,
        &["the catalog was asked again", "spread"],
    );
}
