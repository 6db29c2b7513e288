//! What Nessie keeps itself: branches, tags, and what a table held before.

use crate::{polaris_support::Console, writes::filled};

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
