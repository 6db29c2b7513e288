//! Connections that end before a change is made, after it, and within its answer: the page tells what is true each
//! time, and nothing is made twice.

mod died;

use axum::Router;
use sample_catalog::Options;
use serde_json::{Value, json};

use crate::{
    objects::Shared,
    proxy::{Cut, Proxy},
    support::Answer,
    writes::has,
};

const FOUND: &str = "the catalog was asked again: it is as it was to be";

type Fields<'a> = &'a [(&'a str, &'a str)];

/// A change, and how to see whether it is made.
struct Change<'a> {
    path: &'a str,
    typed: Fields<'a>,
    confirm: &'a str,
    /// Method and path of its call.
    call: &'a str,
    /// Where the catalog says so.
    raw: &'a str,
    made: fn(&Value) -> bool,
}

/// A catalog, the way to it, and a console behind that.
struct Stand {
    proxy: Proxy,
    shared: Shared,
    /// A metadata file.
    file: String,
}

impl Stand {
    async fn start() -> Self {
        let catalog: Router = sample_catalog::router(Options::default());
        let proxy = Proxy::start(catalog.clone()).await;
        let shared = Shared::over(catalog, &proxy.settings());
        let mut stand = Self {
            proxy,
            shared,
            file: String::new(),
        };
        for (name, of) in [("gone", "orders"), ("old", "returns"), ("kept", "returns")] {
            let of = format!("/v1/namespaces/sales/tables/{of}");
            let file = &stand.raw(&of).await["metadata-location"];
            file.as_str().unwrap().clone_into(&mut stand.file);
            let known = json!({"name": name, "metadata-location": stand.file});
            let register = "/v1/namespaces/sandbox/register";
            stand.shared.others(register, known).await;
        }
        let shared = &stand.shared;
        for name in ["owned", "empty"] {
            let new = json!({"namespace": [name], "properties": {}});
            shared.others("/v1/namespaces", new).await;
        }
        stand
    }

    /// What the catalog says; null where there is no such thing.
    async fn raw(&self, path: &str) -> Value {
        self.shared.raw(path).await.unwrap_or_default()
    }

    async fn confirm(&self, change: &Change<'_>, shown: &Answer) -> Answer {
        let confirm = [("confirm", change.confirm)];
        self.shared.confirm(change.path, shown, &confirm).await
    }

    /// What a change ends in whose connection is cut so.
    async fn cut(&self, change: &Change<'_>, cut: Cut) -> (Answer, Answer) {
        let shown = self.shared.preview(change.path, change.typed).await;
        self.proxy.cut(change.call, cut);
        let told = self.confirm(change, &shown).await;
        (shown, told)
    }

    async fn is_told(&self, change: &Change<'_>, cut: Cut) {
        let what = format!("{} {cut:?}", change.path);
        let (shown, told) = self.cut(change, cut).await;
        let made = (change.made)(&self.raw(change.raw).await);
        assert_eq!(made, cut != Cut::Before, "{what}");
        let again = self.confirm(change, &shown).await;
        if made {
            assert_eq!(told.status, 303, "{what}: {}", told.body);
            let page = self.shared.get(told.header("location")).await;
            has(&page.body, &[FOUND]);
            has(&again.body, &["Nothing was done again."]);
        } else {
            assert_eq!(told.status, 502, "{what}: {}", told.body);
            let told = told.body.replace("<!>", "");
            has(
                &told,
                &["nothing of it is to be seen", "It may still be made"],
            );
            has(&again.body, &["was not sent again"]);
            assert_eq!(self.proxy.sent(change.call), 0, "{what}");
            let done = self.confirm(change, &again).await;
            assert_eq!(done.status, 303, "{what}: {}", done.body);
            assert!((change.made)(&self.raw(change.raw).await), "{what}");
        }
        assert_eq!(self.proxy.sent(change.call), 1, "{what}");
    }
}

#[tokio::test]
async fn wherever_the_connection_ends_the_page_tells_what_is_true() {
    for cut in [Cut::Before, Cut::After, Cut::During] {
        let stand = Stand::start().await;
        let there: fn(&Value) -> bool = Value::is_object;
        let gone: fn(&Value) -> bool = Value::is_null;
        let view = [
            ("name", "seen"),
            ("dialect", "spark"),
            ("sql", "SELECT 1 AS id"),
            ("columns", "id bigint"),
            ("levels", "sales"),
        ];
        let anew = [
            ("version", "1"),
            view[1],
            ("sql", "SELECT 2 AS id"),
            view[3],
            view[4],
        ];
        let tier = [("key", "tier"), ("value", "gold")];
        let file = [("name", "known"), ("metadata_location", &*stand.file)];
        let change = |path, typed, call, raw, made| Change {
            path,
            typed,
            confirm: "",
            call,
            raw,
            made,
        };
        let dropping = |path, confirm, call, raw| Change {
            confirm,
            ..change(path, &[], call, raw, gone)
        };
        let gold: fn(&Value) -> bool = |now| now["metadata"]["properties"]["tier"] == "gold";
        for change in [
            change(
                "/c/p/table-edit?ns=sandbox&t=kept",
                &tier,
                "POST /v1/namespaces/sandbox/tables/kept",
                "/v1/namespaces/sandbox/tables/kept",
                gold,
            ),
            change(
                "/c/p/table-new?ns=sandbox",
                &[
                    ("name", "made"),
                    ("columns", "id bigint\nat timestamptz"),
                    ("partitions", "day(at)\nbucket(16, id) as b"),
                    ("sort", "at desc nulls last"),
                    ("format_version", "2"),
                    ("key", "tier"),
                    ("value", "gold"),
                ],
                "POST /v1/namespaces/sandbox/tables",
                "/v1/namespaces/sandbox/tables/made",
                there,
            ),
            change(
                "/c/p/table-register?ns=sandbox",
                &file,
                "POST /v1/namespaces/sandbox/register",
                "/v1/namespaces/sandbox/tables/known",
                there,
            ),
            change(
                "/c/p/table-rename?ns=sandbox&t=old",
                &[("name", "new"), ("levels", "sandbox")],
                "POST /v1/tables/rename",
                "/v1/namespaces/sandbox/tables/new",
                there,
            ),
            dropping(
                "/c/p/table-drop?ns=sandbox&t=gone",
                "gone",
                "DELETE /v1/namespaces/sandbox/tables/gone",
                "/v1/namespaces/sandbox/tables/gone",
            ),
            change(
                "/c/p/view-new?ns=sandbox",
                &view,
                "POST /v1/namespaces/sandbox/views",
                "/v1/namespaces/sandbox/views/seen",
                there,
            ),
            change(
                "/c/p/view-replace?ns=sandbox&v=seen",
                &anew,
                "POST /v1/namespaces/sandbox/views/seen",
                "/v1/namespaces/sandbox/views/seen",
                |now| now["metadata"]["current-version-id"] == 2,
            ),
            change(
                "/c/p/view-rename?ns=sandbox&v=seen",
                &[("name", "looked"), ("levels", "sandbox")],
                "POST /v1/views/rename",
                "/v1/namespaces/sandbox/views/looked",
                there,
            ),
            dropping(
                "/c/p/view-drop?ns=sandbox&v=looked",
                "looked",
                "DELETE /v1/namespaces/sandbox/views/looked",
                "/v1/namespaces/sandbox/views/looked",
            ),
            change(
                "/c/p/namespace-new",
                &[("name", "fresh"), ("key", "tier"), ("value", "gold")],
                "POST /v1/namespaces",
                "/v1/namespaces/fresh",
                there,
            ),
            change(
                "/c/p/namespace-edit?ns=owned",
                &tier,
                "POST /v1/namespaces/owned/properties",
                "/v1/namespaces/owned",
                |now| now["properties"]["tier"] == "gold",
            ),
            dropping(
                "/c/p/namespace-drop?ns=empty",
                "empty",
                "DELETE /v1/namespaces/empty",
                "/v1/namespaces/empty",
            ),
        ] {
            stand.proxy.forget();
            stand.is_told(&change, cut).await;
        }
    }
}

fn ident(name: &str) -> Value {
    json!({"namespace": ["sandbox"], "name": name})
}

fn renamed(from: &str, to: &str) -> Value {
    json!({"source": ident(from), "destination": ident(to)})
}

/// Others come between a change and the look at what became of it.
#[tokio::test]
async fn what_others_did_meanwhile_is_neither_ours_nor_nothing() {
    let stand = Stand::start().await;
    let tier = Change {
        path: "/c/p/table-edit?ns=sandbox&t=kept",
        typed: &[("key", "tier"), ("value", "gold")],
        confirm: "",
        call: "POST /v1/namespaces/sandbox/tables/kept",
        raw: "/v1/namespaces/sandbox/tables/kept",
        made: |now| now["metadata"]["properties"]["tier"] == "gold",
    };
    let set = json!([{"action": "set-properties", "updates": {"tier": "silver"}}]);
    let theirs = json!({"requirements": [], "updates": set});
    let file = [("name", "known"), ("metadata_location", &*stand.file)];
    let bare = Change {
        path: "/c/p/namespace-new",
        typed: &[("name", "fresh"), ("key", "tier"), ("value", "gold")],
        call: "POST /v1/namespaces",
        raw: "/v1/namespaces/fresh",
        made: |now| now["properties"]["tier"] == "gold",
        ..tier
    };
    let split = Change {
        path: "/c/p/table-new?ns=sandbox",
        typed: &[
            ("name", "made"),
            ("columns", "id bigint"),
            ("partitions", "bucket(16, id)"),
            ("format_version", "2"),
        ],
        call: "POST /v1/namespaces/sandbox/tables",
        raw: "/v1/namespaces/sandbox/tables/made",
        made: Value::is_object,
        ..tier
    };
    let column = json!({"id": 1, "name": "id", "type": "long", "required": false});
    let schema = json!({"type": "struct", "schema-id": 0, "fields": [column]});
    let moved = Change {
        path: "/c/p/table-rename?ns=sandbox&t=old",
        typed: &[("name", "new"), ("levels", "sandbox")],
        call: "POST /v1/tables/rename",
        raw: "/v1/namespaces/sandbox/tables/old",
        made: Value::is_object,
        ..tier
    };
    let known = Change {
        path: "/c/p/table-register?ns=sandbox",
        typed: &file,
        call: "POST /v1/namespaces/sandbox/register",
        raw: "/v1/namespaces/sandbox/tables/known",
        made: |now| now["metadata"]["properties"]["tier"] == "silver",
        ..tier
    };
    for (change, cut, meanwhile) in [
        // It was made, and somebody else took it back.
        (
            &tier,
            Cut::After,
            vec![("/v1/namespaces/sandbox/tables/kept", theirs.clone())],
        ),
        (
            &known,
            Cut::After,
            vec![("/v1/namespaces/sandbox/tables/known", theirs)],
        ),
        // It was not made, and somebody else made what looks like it.
        (
            &bare,
            Cut::Before,
            vec![(
                "/v1/namespaces",
                json!({"namespace": ["fresh"], "properties": {"tier": "silver"}}),
            )],
        ),
        (
            &split,
            Cut::Before,
            vec![(
                "/v1/namespaces/sandbox/tables",
                json!({"name": "made", "schema": schema}),
            )],
        ),
        (
            &moved,
            Cut::Before,
            vec![
                ("/v1/tables/rename", renamed("old", "elsewhere")),
                ("/v1/tables/rename", renamed("gone", "new")),
            ],
        ),
    ] {
        for (path, body) in meanwhile {
            stand.proxy.meanwhile(path, body);
        }
        let (_, told) = stand.cut(change, cut).await;
        let body = told.body.replace("<!>", "");
        assert_eq!(told.status, 502, "{}: {body}", change.path);
        has(
            &body,
            &[
                "it was not as it was to be",
                "Now it is not as it was before: it was made after all, or somebody else changed it",
            ],
        );
        assert!(!body.contains("as it was before: nothing"), "{body}");
    }
    // What was typed can be confirmed again, knowing that.
    let shown = stand.shared.preview(tier.path, tier.typed).await;
    has(&shown.body, &["silver"]);
    let done = stand.confirm(&tier, &shown).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert!((tier.made)(&stand.raw(tier.raw).await));
}

#[tokio::test]
async fn what_cannot_be_read_again_is_told_so() {
    let stand = Stand::start().await;
    let change = |path, typed, confirm, call| Change {
        path,
        typed,
        confirm,
        call,
        raw: "",
        made: Value::is_null,
    };
    let kept = "POST /v1/namespaces/sandbox/tables/kept";
    let tier = [("key", "tier"), ("value", "gold")];
    for change in [
        change("/c/p/table-edit?ns=sandbox&t=kept", &tier, "", kept),
        change(
            "/c/p/format-upgrade?ns=sandbox&t=kept",
            &[("format_version", "3")],
            "kept",
            kept,
        ),
        change(
            "/c/p/namespace-edit?ns=owned",
            &tier,
            "",
            "POST /v1/namespaces/owned/properties",
        ),
        change(
            "/c/p/table-drop?ns=sandbox&t=gone",
            &[],
            "gone",
            "DELETE /v1/namespaces/sandbox/tables/gone",
        ),
    ] {
        stand.proxy.forget();
        stand.proxy.then_deaf();
        let (shown, told) = stand.cut(&change, Cut::After).await;
        assert_eq!(told.status, 502, "{}: {}", change.path, told.body);
        let told = in_words(&told.body);
        has(
            told,
            &[
                "It may have happened",
                "It could not be read again right after.",
            ],
        );
        assert!(!told.contains("as it was before: nothing"), "{told}");
        stand.proxy.hears();
        let again = stand.confirm(&change, &shown).await;
        has(
            in_words(&again.body),
            &["was not sent again", "Now it is not as it was before"],
        );
        assert_eq!(stand.proxy.sent(change.call), 1);
    }
}

/// A page, without what its code goes on with.
fn in_words(body: &str) -> &str {
    body.split("</main>").next().unwrap_or_default()
}
