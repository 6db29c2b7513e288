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
async fn a_branch_gets_another_name_and_points_where_another_one_does() {
    let console = Console::start().await;
    let edit = at("ref-edit", "&name=audit");
    let taken = shown(&console, &edit, &[("new_name", "main")]).await;
    assert_eq!(taken.status, 400, "{}", taken.body);
    has(&taken.body, &["There is a branch main already."]);
    let renamed = shown(&console, &edit, &[("new_name", "checked")]).await;
    has(
        &renamed.body,
        &[
            "The branch audit will be called checked.",
            "\"action\": \"set-snapshot-ref\"",
            "\"action\": \"remove-snapshot-ref\"",
            // Nothing of the new name before, and the old one where it was seen.
            "\"snapshot-id\": null",
        ],
    );
    let done = console.confirm(&edit, &renamed, &[]).await;
    let page = console.leads(&done).await;
    has(&page, &["Saved.", "Change checked", AUDIT_AT]);
    assert!(!page.contains("Change audit"), "{page}");
    let refs = console.metadata("sample-generic").await["refs"].clone();
    assert_eq!(refs["checked"]["snapshot-id"].to_string(), AUDIT_AT);
    assert_eq!(refs["audit"], serde_json::Value::Null);

    let main = at("ref-edit", "&name=main");
    assert!(!console.get(&main).await.body.contains("new_name"));
    let to = shown(&console, &main, &[("snapshot", "checked")]).await;
    has(
        &to.body,
        &[&format!(
            "The branch main will point at snapshot {AUDIT_AT}"
        )],
    );
    let forged = console
        .send(&main, &filled(&to.body, "name", &[("new_name", "x")]))
        .await;
    has(&forged.body, &["The branch main keeps its name"]);
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
        (
            &[("name", "x"), ("snapshot", "7")][..],
            "has no snapshot, branch or tag 7",
        ),
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

/// What one of them made of how long it is kept, the other's form does not say.
#[tokio::test]
async fn who_moves_a_branch_sees_what_another_one_made_of_it_meanwhile() {
    let console = Console::start().await;
    let edit = at("ref-edit", "&name=audit");
    let mine = shown(&console, &edit, &[("snapshot", MAIN_AT)]).await;
    assert!(!mine.body.contains("Now: "), "{}", mine.body);
    let theirs = shown(&console, &edit, &[("max_snapshot_age", "9 d")]).await;
    has(&theirs.body, &["Now: its snapshots are kept for 7 d"]);
    let saved = console.confirm(&edit, &theirs, &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let again = console.confirm(&edit, &mine, &[]).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &[
            "When snapshots expire: its snapshots are kept for 7 d",
            "Now: its snapshots are kept for 9 d",
        ],
    );
}
