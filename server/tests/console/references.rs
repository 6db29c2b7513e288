//! Branches and tags of a table are made, moved and deleted.

use crate::{
    polaris_support::Console,
    support::Answer,
    writes::{filled, has},
};

const MAIN_AT: &str = "8145831873349918782";
const AUDIT_AT: &str = "7632946500881206207";

fn at(page: &str, more: &str) -> String {
    format!("/c/sample-generic/{page}?ns=sales&t=orders{more}")
}

/// The form of a page with these typed into it, shown.
async fn shown(console: &Console, path: &str, typed: &[(&str, &str)]) -> Answer {
    let opened = console.get(path).await;
    assert_eq!(opened.status, 200, "{path}: {}", opened.body);
    let fields = filled(&opened.body, "name", typed);
    console.send(path, &fields).await
}

#[tokio::test]
async fn a_tag_is_made_kept_and_deleted() {
    let console = Console::start().await;
    let snapshot = console
        .get(&at("t/snapshots", &format!("&snapshot={AUDIT_AT}")))
        .await;
    has(&snapshot.body, &["Branch or tag it", "ref-new?"]);
    let new = at("ref-new", &format!("&snapshot={AUDIT_AT}"));
    let typed = [("name", "kept"), ("type", "tag"), ("max_ref_age", "30 d")];
    let preview = shown(&console, &new, &typed).await;
    assert_eq!(preview.status, 200, "{}", preview.body);
    has(
        &preview.body,
        &[
            &format!("There will be a tag “kept” at snapshot {AUDIT_AT}."),
            "it goes itself 30 d after its snapshot",
            // A number, digit by digit, and nothing of this name before.
            &format!("\"snapshot-id\": {AUDIT_AT}"),
            "\"snapshot-id\": null",
            "\"max-ref-age-ms\": 2592000000",
        ],
    );
    let made = console.confirm(&new, &preview, &[]).await;
    let page = console.leads(&made).await;
    has(&page, &["Created.", "Change kept", "30 d"]);

    let again = shown(&console, &new, &typed).await;
    has(&again.body, &["There is a tag kept already."]);

    let edit = at("ref-edit", "&name=kept");
    let preview = shown(&console, &edit, &[("max_ref_age", "")]).await;
    assert!(
        !preview.body.contains("\"max-ref-age-ms\""),
        "{}",
        preview.body
    );
    let saved = console.confirm(&edit, &preview, &[]).await;
    has(&console.leads(&saved).await, &["Saved."]);

    let remove = at("ref-drop", "&name=kept");
    let preview = shown(&console, &remove, &[]).await;
    has(
        &preview.body,
        &["The tag kept goes.", "none is lost", "remove-snapshot-ref"],
    );
    let wrong = console
        .confirm(&remove, &preview, &[("confirm", "x")])
        .await;
    assert_eq!(wrong.status, 400, "{}", wrong.body);
    let gone = console
        .confirm(&remove, &wrong, &[("confirm", "kept")])
        .await;
    let page = console.leads(&gone).await;
    has(&page, &["Deleted."]);
    assert!(!page.contains("Change kept"), "{page}");
    assert_eq!(console.get(&remove).await.status, 404);
}

#[tokio::test]
async fn main_is_rolled_back_and_taken_forward_with_what_it_comes_to() {
    let console = Console::start().await;
    let list = console.get(&at("t/snapshots", "")).await.body;
    let parent = list
        .split("snapshot=")
        .filter_map(|rest| rest.split(['"', '&']).next())
        .find(|id| *id != MAIN_AT && id.parse::<i64>().is_ok());
    let parent = parent.unwrap_or_else(|| panic!("{list}"));
    let edit = at("ref-edit", "&name=main");
    let back = shown(&console, &edit, &[("snapshot", parent)]).await;
    has(
        &back.body,
        &[
            &format!(
                "The branch main will point at snapshot {parent}; now it points at {MAIN_AT}."
            ),
            "It goes back by 1 commit",
            "everybody reads who names no branch",
            &format!("\"snapshot-id\": {MAIN_AT}"),
        ],
    );
    let done = console.confirm(&edit, &back, &[("confirm", "main")]).await;
    has(&console.leads(&done).await, &["Saved."]);
    // Who was shown that main is elsewhere is told.
    let stale = console.confirm(&edit, &back, &[("confirm", "main")]).await;
    assert_ne!(stale.status, 303, "{}", stale.body);

    let forward = shown(&console, &edit, &[("snapshot", MAIN_AT)]).await;
    has(&forward.body, &["It goes forward by 1 commit"]);
    let done = console
        .confirm(&edit, &forward, &[("confirm", "main")])
        .await;
    has(&console.leads(&done).await, &["Saved."]);

    let drop = shown(&console, &at("ref-drop", "&name=main"), &[]).await;
    has(&drop.body, &["The branch main stays"]);
}

#[tokio::test]
async fn what_is_typed_wrong_is_told_at_its_field() {
    let console = Console::start().await;
    let new = at("ref-new", "");
    for (typed, why) in [
        (&[("name", "x"), ("snapshot", "7")][..], "has no snapshot 7"),
        (&[("name", "x"), ("max_ref_age", "soon")], "such as 7 d"),
        (
            &[("name", "x"), ("type", "tag"), ("min_snapshots", "3")],
            "A tag holds one snapshot",
        ),
        (&[("name", "x"), ("min_snapshots", "-1")], "no number"),
        (&[("name", " ")], "needs a name"),
        (&[("name", "main"), ("type", "tag")], "cannot be a tag"),
    ] {
        let told = shown(&console, &new, typed).await;
        assert_eq!(told.status, 400, "{typed:?}: {}", told.body);
        has(&told.body, &[why]);
    }
    let nessie = at("t/refs", "").replace("sample-generic", "sample-nessie");
    let page = console.get(&nessie).await.body;
    has(
        &page,
        &["branches and tags of its own", "of the whole catalog"],
    );
    assert!(!page.contains("/ref-new?"), "{page}");
    assert!(console.changes().is_empty(), "nothing was sent");
}
