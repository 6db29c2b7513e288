//! What Nessie keeps itself: branches, tags, and what a table held before.

use crate::{
    polaris_support::Console,
    properties::with,
    writes::{filled, has},
};

#[tokio::test]
async fn a_tag_is_offered_no_change_and_none_is_sent_to_it() {
    let console = Console::start().await;
    let is_fixed = "release-2026-09 is a tag: it stays as it is. Change a branch.";
    for (reference, why) in [
        ("release-2026-09", is_fixed),
        ("nowhere", "There is no branch or tag nowhere."),
        ("staging", ""),
    ] {
        let form = format!("/c/sample-nessie/namespace-new?ref={reference}");
        let page = console.get(&form).await.body;
        assert_eq!(page.contains(is_fixed), why == is_fixed, "{page}");
        let fields = filled(&page, "name", &[("name", "walk")]);
        let shown = console.send(&form, &fields).await.body;
        assert!(shown.contains(why), "{reference}: {shown}");
        let button =
            shown.contains(">Create namespace</button>") && !shown.contains("disabled title");
        assert_eq!(button, why.is_empty(), "{reference}: {shown}");
    }
}

#[tokio::test]
async fn what_the_catalog_keeps_is_not_called_good_or_none() {
    let console = Console::start().await;
    let page = console.get("/c/sample-nessie/t/overview?ns=sales&t=orders");
    let page = page.await.body;
    for told in [
        "1 in the metadata; the catalog keeps earlier ones",
        "1 in the metadata; the catalog has branches and tags of its own",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let unknown = page.matches("how many there are is not known").count();
    assert!(unknown >= 2, "old snapshots and metadata files: {page}");
}

#[tokio::test]
async fn an_engine_is_led_to_the_branch_that_is_open() {
    let console = Console::start().await;
    let of = async |reference: &str| {
        let page = format!("/c/sample-nessie/connect{reference}");
        console.get(&page).await.body
    };
    assert!(of("?ref=staging").await.contains("/iceberg/staging"));
    assert!(!of("").await.contains("/iceberg/staging"));
}

/// Each answer names the commit that it was read at, which is another one after each commit to the branch.
#[tokio::test]
async fn a_commit_to_something_else_is_no_change_of_a_table() {
    let console = Console::start().await;
    let edit = "/c/sample-nessie/table-edit?ns=sales&t=returns";
    let all = "/c/sample-nessie/tables-change?ns=sales";
    let one = [("key", "tier"), ("value", "gold")];
    let both = [
        ("table", "orders"),
        ("table", "customers"),
        ("do", "set"),
        ("key", "owner"),
        ("value", "ana"),
        ("together", "yes"),
    ];
    for (form, typed, name) in [(edit, &one[..], "first"), (all, &both[..], "second")] {
        let shown = console.preview(form, typed).await;
        let new = "/c/sample-nessie/namespace-new";
        let other = console.preview(new, &[("name", name)]).await;
        assert_eq!(console.confirm(new, &other, &[]).await.status, 303);
        let done = console.confirm(form, &shown, &[]).await;
        assert_eq!(done.status, 303, "{form}: {}", done.body);
    }
    let opened = console.get(edit).await;
    let own = with(&opened, "nessie.commit.id", "0");
    let refused = console.send(edit, &own).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    has(&refused.body, &["the catalog writes it itself"]);
    let like = console.get("/c/sample-nessie/table-new?ns=sales&from=returns");
    let like = like.await.body;
    assert!(like.contains("value=\"tier\""), "{like}");
    assert!(!like.contains("nessie.commit"), "{like}");
}
