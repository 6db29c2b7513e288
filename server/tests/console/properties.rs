//! Properties of tables and views are edited: one commit of what was changed, shown before it is sent.

use crate::{
    polaris_support::Console,
    support::Answer,
    writes::{TABLES, filled, has},
};

const EDIT: &str = "/c/sample-generic/table-edit?ns=sales&t=returns";

/// The form as it is opened, with a key more.
pub fn with(opened: &Answer, key: &str, value: &str) -> Vec<(String, String)> {
    let mut fields = filled(&opened.body, "key", &[]);
    let blank = fields
        .iter()
        .position(|(name, value)| name == "key" && value.is_empty());
    let blank = blank.unwrap_or_else(|| panic!("no empty row: {}", opened.body));
    fields[blank].1 = key.to_owned();
    fields[blank + 1].1 = value.to_owned();
    fields
}

#[tokio::test]
async fn a_table_s_properties_are_edited_in_each_dialect() {
    let console = Console::start().await;
    for connection in TABLES {
        let edit = EDIT.replace("sample-generic", connection);
        let table = edit.replace("table-edit", "t/properties");
        has(&console.get(&table).await.body, &["/table-edit?"]);
        let opened = console.get(&edit).await;
        let shown = console.send(&edit, &with(&opened, "tier", "gold")).await;
        assert_eq!(shown.status, 200, "{connection}: {}", shown.body);
        has(
            &shown.body,
            &[
                "1 property will be as below.",
                "<td>tier</td><td>—</td><td>gold</td>",
                "Before and after",
                "+ tier = gold</td>",
                "\"action\": \"set-properties\"",
                "\"type\": \"assert-table-uuid\"",
                "data file",
            ],
        );
        assert!(!shown.body.contains("remove-properties"), "{}", shown.body);
        let before = console.get(&table).await.body;
        assert!(
            !before.contains("<td>tier</td>"),
            "{connection}: only shown"
        );
        let saved = console.confirm(&edit, &shown, &[]).await;
        has(
            &console.leads(&saved).await,
            &["Saved.", "<td>tier</td><td>gold"],
        );

        let opened = console.get(&edit).await;
        let fields = filled(&opened.body, "key", &[]);
        let emptied = fields.iter().map(|(name, value)| {
            let value = if value == "tier" && name == "key" {
                ""
            } else {
                value
            };
            let value = if value == "gold" && name == "value" {
                ""
            } else {
                value
            };
            (name.clone(), value.to_owned())
        });
        let shown = console.send(&edit, &emptied.collect::<Vec<_>>()).await;
        has(
            &shown.body,
            &[
                "1 property will be removed.",
                "\"tier\"",
                "remove-properties",
            ],
        );
        let saved = console.confirm(&edit, &shown, &[]).await;
        let page = console.leads(&saved).await;
        assert!(!page.contains("<td>tier</td>"), "{connection}: {page}");
    }
    let changes = console.changes();
    assert_eq!(changes.len(), 2 * TABLES.len(), "{changes:?}");
    assert!(changes.iter().all(|line| line["outcome"] == "done"));
}

#[tokio::test]
async fn a_view_s_properties_are_edited() {
    let console = Console::start().await;
    let edit = "/c/sample-generic/view-edit?ns=sales&v=revenue_by_day";
    let opened = console.get(edit).await;
    let shown = console.send(edit, &with(&opened, "tier", "gold")).await;
    has(&shown.body, &["assert-view-uuid", "set-properties"]);
    let saved = console.confirm(edit, &shown, &[]).await;
    let page = console.leads(&saved).await;
    has(&page, &["Saved.", "<td>tier</td><td>gold"]);
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_shown_and_what_nobody_sets_is_refused() {
    let console = Console::start().await;
    let opened = console.get(EDIT).await;
    let mine = console.send(EDIT, &with(&opened, "team", "mine")).await;
    let theirs = console.send(EDIT, &with(&opened, "team", "theirs")).await;
    console.confirm(EDIT, &theirs, &[]).await;
    let again = console.confirm(EDIT, &mine, &[]).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &[
            "Nothing was sent",
            "<td>team</td><td>—</td><td>theirs</td><td>mine</td>",
        ],
    );
    let saved = console.confirm(EDIT, &again, &[]).await;
    has(&console.leads(&saved).await, &["<td>team</td><td>mine"]);

    let reserved = console
        .send(EDIT, &with(&opened, "format-version", "3"))
        .await;
    assert_eq!(reserved.status, 400, "{}", reserved.body);
    has(
        &reserved.body,
        &["says elsewhere", "value=\"format-version\""],
    );
    let odd = with(&opened, "write.format.default", "csv");
    let odd = console.send(EDIT, &odd).await;
    has(&odd.body, &["takes one of parquet, avro, orc"]);
    let missing = console.get(&EDIT.replace("returns", "none")).await;
    assert_eq!(missing.status, 404, "{}", missing.body);
}

#[tokio::test]
async fn a_secret_that_is_typed_is_not_read_out() {
    let console = Console::start().await;
    let opened = console.get(EDIT).await;
    let fields = with(&opened, "s3.secret-access-key", "hunter2hunter2");
    let shown = console.send(EDIT, &fields).await;
    has(
        &shown.body,
        &[
            "<td>s3.secret-access-key</td><td>—</td><td>[masked]</td>",
            "sent as it was typed",
        ],
    );
    // In the forms alone, and in what they are made of, to be sent again.
    let shown = shown.body.replace("value=\"hunter2hunter2\"", "");
    let scripts = shown.split("<script");
    let text = scripts.map(|part| part.split_once("</script>").map_or(part, |(_, text)| text));
    let text: String = text.collect();
    assert!(!text.contains("hunter2hunter2"), "{text}");
}

#[tokio::test]
async fn a_lost_answer_is_resolved_by_reading_again() {
    let console = Console::start().await;
    let edit = console.losing(EDIT).await;
    let opened = console.get(&edit).await;
    let shown = console.send(&edit, &with(&opened, "tier", "gold")).await;
    let answer = console.confirm(&edit, &shown, &[]).await;
    let told = ["the catalog was asked again", "<td>tier</td><td>gold"];
    has(&console.leads(&answer).await, &told);
}
