//! Several tables of a namespace at once.

use crate::{
    objects::outcomes,
    polaris_support::Console,
    support::ask_while,
    writes::{filled, has},
};

const FORM: &str = "/c/sample-generic/tables-change?ns=sales";

impl Console {
    /// The form once nothing is under way any more.
    async fn ended(&self, form: &str) -> String {
        ask_while(&self.router, form, "is under way").await.body
    }
}

#[tokio::test]
async fn several_tables_are_set_moved_and_dropped_each_by_a_call_of_its_own() {
    let console = Console::start().await;
    let form = console.get(FORM).await.body;
    has(
        &form,
        &["value=\"orders\"", "value=\"returns\"", "Drop them"],
    );
    let two = |more: &[(&'static str, &'static str)]| {
        let chosen = [("table", "orders"), ("table", "returns")];
        [&chosen[..], more].concat()
    };
    let set = two(&[
        ("others", "nowhere"),
        ("do", "set"),
        ("key", "owner"),
        ("value", "ana"),
    ]);
    let shown = console.preview(FORM, &set).await;
    has(
        &shown.body,
        &[
            "Set a property of 3 tables of sales: 2 of them",
            "One of them stays as it is",
            "Stays: ",
            "assert-table-uuid",
        ],
    );
    let begun = console.confirm(FORM, &shown, &[]).await;
    console.leads(&begun).await;
    has(
        &console.ended(FORM).await,
        &["Set a property of 3 tables of sales: 2 of 2 done"],
    );
    let properties = "/c/sample-generic/t/properties?ns=sales&t=returns";
    has(&console.get(properties).await.body, &["owner", "ana"]);
    assert_eq!(outcomes(&console, "updateTable"), ["done"; 2]);

    let moved = two(&[("do", "move"), ("levels", "sandbox")]);
    let shown = console.preview(FORM, &moved).await;
    has(
        &shown.body,
        &["The table sales.orders will be sandbox.orders."],
    );
    console.confirm(FORM, &shown, &[]).await;
    has(
        &console.ended(FORM).await,
        &["Move 2 tables of sales: 2 of 2 done"],
    );

    let there = "/c/sample-generic/tables-change?ns=sandbox";
    let drop = two(&[("do", "drop"), ("purge", "no")]);
    let shown = console.preview(there, &drop).await;
    has(
        &shown.body,
        &["Drop 2 tables of sandbox", "2 tables</code>"],
    );
    let refused = console
        .confirm(there, &shown, &[("confirm", "tables")])
        .await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    let begun = console
        .confirm(there, &refused, &[("confirm", "2 tables")])
        .await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = console.ended(there).await;
    has(&page, &["Drop 2 tables of sandbox: 2 of 2 done"]);
    assert!(!page.contains("value=\"returns\""), "{page}");
}

/// One that another call refuses stays, and is chosen again by a link.
#[tokio::test]
async fn what_one_call_fails_in_stops_no_other_and_what_is_left_can_be_chosen() {
    let console = Console::start().await;
    let form = "/c/sample-polaris/tables-change?ns=sales";
    let drop = [
        ("table", "orders"),
        ("table", "returns"),
        ("do", "drop"),
        ("purge", "yes"),
    ];
    let shown = console.preview(form, &drop).await;
    let begun = console
        .confirm(form, &shown, &[("confirm", "2 tables")])
        .await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = console.ended(form).await;
    has(
        &page,
        &[
            "0 of 2 done, 2 failed",
            "DROP_WITH_PURGE_ENABLED",
            "Choose 2 tables that were not changed",
        ],
    );
    let again = format!("{form}&table=orders");
    let page = console.get(&again).await.body;
    let fields = filled(&page, "do", &[]);
    let chosen: Vec<_> = fields.iter().filter(|(name, _)| name == "table").collect();
    assert_eq!(chosen.len(), 1, "{chosen:?}");
}

#[tokio::test]
async fn what_is_not_chosen_is_asked_for_at_its_field() {
    let console = Console::start().await;
    for (fields, why) in [
        (vec![("do", "drop")], "No table is chosen."),
        (vec![("table", "orders")], "Choose what is done with them."),
        (
            vec![("table", "orders"), ("do", "move")],
            "It takes a namespace to move them to.",
        ),
        (
            vec![("table", "orders"), ("do", "set")],
            "It takes a key to set.",
        ),
        (
            vec![("table", "orders"), ("do", "move"), ("levels", "nowhere")],
            "shows no namespace nowhere",
        ),
    ] {
        let answer = console.post(FORM, "text/html", FORM, &fields).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
        has(&answer.body, &[why]);
    }
    assert!(console.changes().is_empty(), "nothing was sent");
}

/// Names and files as they come from a sheet. What is wrong with a line is told by its number, what is there already
/// stays, and what the catalog cannot read fails alone and is chosen again by a link.
#[tokio::test]
async fn several_tables_are_registered_by_their_metadata_files() {
    let console = Console::start().await;
    let file = console.dropped("sample-generic").await;
    let form = "/c/sample-generic/tables-change?ns=sandbox";
    let page = console
        .get("/c/sample-generic/table-register?ns=sandbox")
        .await;
    has(&page.body, &["Register several at once"]);
    for (typed, why) in [
        ("", "No table is chosen."),
        ("back", "Line 1: it takes a name, a comma"),
        ("back, x y", "Line 1: “x y” is no place of a file."),
        (
            "a, s3://b/c.json\n\na, s3://b/d.json",
            "Line 3: this name stands above already.",
        ),
        (
            "a, s3://b/c.json\n, s3://b/d.json",
            "Line 2: it takes a name",
        ),
    ] {
        let fields = [("do", "register"), ("files", typed)];
        let told = console.post(form, "text/html", form, &fields).await;
        assert_eq!(told.status, 400, "{typed}: {}", told.body);
        has(&told.body, &[why]);
    }
    let nowhere = "s3://nowhere/00000-x.metadata.json";
    let lines = format!("back, {file}\r\n\"other\"\t\"{nowhere}\"\r\n");
    let register = [("do", "register"), ("files", &*lines)];
    let shown = console.preview(form, &register).await;
    has(
        &shown.body,
        &["Register 2 tables of sandbox: 2 of them", "/register"],
    );
    let begun = console.confirm(form, &shown, &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = console.ended(form).await;
    has(
        &page,
        &[
            "Register 2 tables of sandbox: 1 of 2 done, 1 failed",
            "Choose 1 table that was not changed",
            "files=other",
        ],
    );
    let again = format!("{form}&files=other%2C%20{nowhere}");
    has(
        &console.get(&again).await.body,
        &[&format!("\nother, {nowhere}</textarea>")],
    );
    let there = console.preview(form, &register).await;
    has(
        &there.body,
        &[
            "Stays: ",
            "There is a table sandbox.back already.",
            "1 of them",
        ],
    );
}

/// One call for all of them, where the catalog keeps its promise: what one cannot be set on is set on none.
#[tokio::test]
async fn a_property_is_set_on_several_tables_in_one_commit_or_on_none() {
    let console = Console::start().await;
    for connection in ["sample-polaris", "sample-lakekeeper", "sample-nessie"] {
        let form = FORM.replace("sample-generic", connection);
        has(&console.get(&form).await.body, &["all of them or none"]);
        let set = [
            ("table", "orders"),
            ("table", "returns"),
            ("do", "set"),
            ("key", "owner"),
            ("value", "ana"),
            ("together", "yes"),
        ];
        let missing = [&set[..], &[("table", "nowhere")]].concat();
        let told = console.post(&form, "text/html", &form, &missing).await;
        assert_eq!(told.status, 400, "{connection}: {}", told.body);
        has(&told.body, &["One of them cannot be changed, so none is"]);
        let shown = console.preview(&form, &set).await;
        has(
            &shown.body,
            &[
                "Set a property of 2 tables of sales: all of them in one commit, or none.",
                "/transactions/commit",
                "\"table-changes\"",
                "assert-table-uuid",
            ],
        );
        let done = console.confirm(&form, &shown, &[]).await;
        has(&console.leads(&done).await, &["Saved."]);
        for table in ["orders", "returns"] {
            let page = format!("/c/{connection}/t/properties?ns=sales&t={table}");
            has(&console.get(&page).await.body, &["<td>owner</td>", "ana"]);
        }
    }
    assert_eq!(outcomes(&console, "changeTables"), ["done"; 3]);
    let forged = [
        ("table", "orders"),
        ("do", "set"),
        ("key", "owner"),
        ("value", "ana"),
        ("together", "yes"),
    ];
    assert!(!console.get(FORM).await.body.contains("name=\"together\""));
    let told = console.post(FORM, "text/html", FORM, &forged).await;
    assert_eq!(told.status, 400, "{}", told.body);
    has(&told.body, &["is not known to make all or none"]);
}

#[tokio::test]
async fn a_second_change_of_several_waits_for_the_first() {
    let console = Console::start().await;
    let rename = "/c/sample-generic/table-rename?ns=sales&t=returns";
    let slow = [("name", "commit-slow"), ("levels", "sales")];
    let shown = console.preview(rename, &slow).await;
    console.confirm(rename, &shown, &[]).await;
    let set = |table| {
        [
            ("table", table),
            ("do", "set"),
            ("key", "owner"),
            ("value", "ana"),
        ]
    };
    let first = console.preview(FORM, &set("commit-slow")).await;
    let begun = console.confirm(FORM, &first, &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let second = console.preview(FORM, &set("orders")).await;
    has(
        &second.body,
        &["is under way: wait until it has ended", "disabled"],
    );
    let forced = console.confirm(FORM, &second, &[]).await;
    assert_eq!(forced.status, 400, "{}", forced.body);
}
