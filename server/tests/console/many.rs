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
