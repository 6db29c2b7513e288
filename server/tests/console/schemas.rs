//! Schemas of tables are edited as lines: many edits are one commit, shown before it is sent.

use crate::{
    polaris_support::Console,
    support::Answer,
    writes::{TABLES, filled, has},
};

const EDIT: &str = "/c/sample-generic/schema-edit?ns=sales&t=returns";
const LINES: &str = "\
1: return_id uuid not null
2: order_id long
3: reason string
4: received_on date
";

/// The form as it is opened, with these lines.
fn with(opened: &Answer, lines: &str) -> Vec<(String, String)> {
    filled(&opened.body, "schema_lines", &[("schema_lines", lines)])
}

async fn shown(console: &Console, edit: &str, lines: &str) -> Answer {
    let opened = console.get(edit).await;
    assert_eq!(opened.status, 200, "{edit}: {}", opened.body);
    has(&opened.body, &["1: return_id uuid not null"]);
    console.send(edit, &with(&opened, lines)).await
}

#[tokio::test]
async fn a_schema_is_changed_and_changed_back_in_each_dialect() {
    let console = Console::start().await;
    for connection in TABLES {
        let edit = EDIT.replace("sample-generic", connection);
        let tab = edit.replace("schema-edit", "t/schema");
        has(&console.get(&tab).await.body, &["/schema-edit?"]);
        let typed = "1: return_id uuid not null comment 'given by the shop'\n3: why string\n2: order_id long\n4: received_on date\nchannel string\n";
        let told = shown(&console, &edit, typed).await;
        assert_eq!(told.status, 200, "{connection}: {}", told.body);
        has(
            &told.body,
            &[
                "The column “reason” will be called “why”.",
                "The comment of “return_id” will be “given by the shop”.",
                "There will be a column “channel”: string.",
                "name what goes or is renamed fail",
                "Before and after",
                "− 3: reason string</td>",
                "+ 5: channel string</td>",
                "\"action\": \"add-schema\"",
                "\"last-column-id\": 5",
                "\"schema-id\": -1",
                "\"type\": \"assert-current-schema-id\"",
                "\"type\": \"assert-last-assigned-field-id\"",
            ],
        );
        let before = console.get(&tab).await.body;
        assert!(!before.contains(">channel<"), "{connection}: only shown");
        let saved = console.confirm(&edit, &told, &[]).await;
        has(
            &console.leads(&saved).await,
            &["Saved.", ">channel<", ">why<"],
        );

        let back = shown(&console, &edit, LINES).await;
        has(
            &back.body,
            &[
                "The column “channel” goes: string.",
                "which it had before",
                "\"action\": \"set-current-schema\"",
            ],
        );
        assert!(!back.body.contains("add-schema"), "{}", back.body);
        let wrong = console.confirm(&edit, &back, &[("confirm", "x")]).await;
        assert_eq!(wrong.status, 400, "{connection}: {}", wrong.body);
        let saved = console
            .confirm(&edit, &wrong, &[("confirm", "returns")])
            .await;
        let page = console.leads(&saved).await;
        assert!(!page.contains(">channel<"), "{connection}: {page}");
        has(&page, &["Saved.", ">reason<"]);
    }
    let changes = console.changes();
    assert_eq!(changes.len(), 2 * TABLES.len(), "{changes:?}");
    assert!(changes.iter().all(|line| line["outcome"] == "done"));
}

#[tokio::test]
async fn what_cannot_be_is_told_at_its_line_with_what_was_typed() {
    let console = Console::start().await;
    for (line, by, why) in [
        ("2: order_id long", "2: order_id lon", "Line 2: "),
        (
            "2: order_id long",
            "2: order_id int",
            "Line 2: “order_id” is long.",
        ),
        (
            "3: reason string",
            "3: reason string not null",
            "Line 3: “reason” may be null",
        ),
        (
            "4: received_on date\n",
            "",
            "The partition field received_on_month of the current spec goes by it.",
        ),
        (
            "3: reason",
            "9: reason",
            "Line 3: the schema has no field with the id 9",
        ),
        (
            "3: reason string",
            "3: reason string default 'x'",
            "from format version 3 on",
        ),
        (LINES, "", "A table has columns"),
    ] {
        let lines = LINES.replace(line, by);
        let told = shown(&console, EDIT, &lines).await;
        assert_eq!(told.status, 400, "{by}: {}", told.body);
        has(&told.body, &[why]);
        let again = filled(&told.body, "schema_lines", &[]);
        let typed = again.iter().find(|(name, _)| name == "schema_lines");
        let typed = typed.map(|(_, value)| value.trim_start_matches('\n'));
        assert_eq!(typed, Some(&*lines), "{by}");
    }
    let same = shown(&console, EDIT, LINES).await;
    has(&same.body, &["Nothing would be different."]);
    let sent = console.confirm(EDIT, &same, &[]).await;
    assert_eq!(sent.status, 400, "{}", sent.body);
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn what_others_changed_meanwhile_is_shown_and_stays() {
    let console = Console::start().await;
    let mine = LINES.replace("3: reason", "3: why");
    let theirs = format!("{LINES}channel string\n");
    let mine = shown(&console, EDIT, &mine).await;
    let theirs = shown(&console, EDIT, &theirs).await;
    let saved = console.confirm(EDIT, &theirs, &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let again = console.confirm(EDIT, &mine, &[]).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &[
            "Nothing was sent",
            "Somebody else changed the schema meanwhile",
            "Theirs: “channel” added: string.",
            "The column “reason” will be called “why”.",
        ],
    );
    assert!(!again.body.contains("goes: string"), "{}", again.body);
    let saved = console.confirm(EDIT, &again, &[]).await;
    has(
        &console.leads(&saved).await,
        &["Saved.", ">channel<", ">why<"],
    );
}

#[tokio::test]
async fn a_lost_answer_is_resolved_by_reading_again() {
    let console = Console::start().await;
    let edit = console.losing(EDIT).await;
    let told = shown(&console, &edit, &format!("{LINES}channel string\n")).await;
    let answer = console.confirm(&edit, &told, &[]).await;
    has(
        &console.leads(&answer).await,
        &["the catalog was asked again", ">channel<"],
    );
}

#[tokio::test]
async fn where_tables_are_not_changed_the_way_is_off() {
    let console = Console::start().await;
    let tab = console
        .get("/c/sample-unity/t/schema?ns=sales&t=returns")
        .await;
    assert_eq!(tab.status, 200, "{}", tab.body);
    has(&tab.body, &["Edit the schema"]);
    assert!(!tab.body.contains("/schema-edit?"), "{}", tab.body);
}

/// One between two edits, that nothing was written by.
#[tokio::test]
async fn a_schema_that_no_snapshot_was_made_with_leaves_the_metadata() {
    let console = Console::start().await;
    let edit = EDIT.replace("returns", "orders");
    let remove = edit.replace("schema-edit", "unused-remove");
    for column in ["one", "two"] {
        let opened = console.get(&edit).await;
        let fields = filled(&opened.body, "schema_lines", &[]);
        let lines = fields.iter().find(|(name, _)| name == "schema_lines");
        let lines = format!("{}\n{column} string\n", lines.unwrap().1.trim_end());
        let told = console.send(&edit, &with(&opened, &lines)).await;
        let saved = console.confirm(&edit, &told, &[]).await;
        has(&console.leads(&saved).await, &["Saved."]);
    }
    let ids = |metadata: &serde_json::Value| -> Vec<i64> {
        let schemas = metadata["schemas"].as_array().unwrap().iter();
        schemas
            .map(|it| it["schema-id"].as_i64().unwrap())
            .collect()
    };
    let before = ids(&console.metadata("sample-generic").await);
    let between = before[before.len() - 2];
    let shown = console.get(&remove).await;
    has(
        &shown.body,
        &[
            &format!("The schema {between} goes: no snapshot was made with it"),
            "remove-schemas",
            "assert-current-schema-id",
            "assert-ref-snapshot-id",
        ],
    );
    let done = console.confirm(&remove, &shown, &[]).await;
    has(&console.leads(&done).await, &["Deleted."]);
    let after = ids(&console.metadata("sample-generic").await);
    assert_eq!(after.len(), before.len() - 1, "{after:?}");
    assert!(!after.contains(&between), "{after:?}");
    has(
        &console.get(&remove).await.body,
        &["Nothing is known to be unused.", "disabled"],
    );
    let nessie = remove.replace("sample-generic", "sample-nessie");
    has(
        &console.get(&nessie).await.body,
        &["Nessie shows one snapshot of a table"],
    );
}
