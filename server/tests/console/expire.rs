//! Snapshots of a table expire: by its own policy, by what is typed, and one by one.

use serde_json::{Value, json};

use crate::{
    objects::Shared,
    polaris_support::Console,
    support::Answer,
    writes::{filled, has},
};

/// Those that let snapshots expire.
const ALL: [&str; 4] = [
    "sample-generic",
    "sample-polaris",
    "sample-lakekeeper",
    "sample-s3-tables",
];
/// The day after the sample's newest snapshot: 2026-10-02 UTC.
const AS_OF: &str = "1790899200000";
const MAIN_AT: &str = "8145831873349918782";

fn at(connection: &str, page: &str) -> String {
    format!("/c/{connection}/{page}?ns=sales&t=orders")
}

/// What the form comes to, with these typed into it.
async fn shown(console: &Console, connection: &str, typed: &[(&str, &str)]) -> Answer {
    let path = at(connection, "snapshots-expire");
    let opened = console.get(&path).await;
    assert_eq!(opened.status, 200, "{path}: {}", opened.body);
    let typed = [typed, &[("as_of", AS_OF)]].concat();
    console
        .send(&path, &filled(&opened.body, "as_of", &typed))
        .await
}

impl Console {
    /// A table's metadata, as the catalog has it.
    pub async fn metadata(&self, connection: &str) -> Value {
        let file = self.get(&at(connection, "t/metadata.json")).await.body;
        serde_json::from_str(&file).unwrap_or_else(|error| panic!("{error}: {file}"))
    }

    async fn snapshots(&self, connection: &str) -> Vec<i64> {
        oldest_first(&self.metadata(connection).await)
    }
}

/// The ids of its snapshots, whatever order the catalog has.
pub fn oldest_first(metadata: &Value) -> Vec<i64> {
    let mut all: Vec<_> = metadata["snapshots"].as_array().unwrap().iter().collect();
    all.sort_by_key(|one| one["sequence-number"].as_i64());
    let ids = all.into_iter();
    ids.map(|one| one["snapshot-id"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn snapshots_expire_in_each_dialect_by_policy_and_by_what_is_typed() {
    let console = Console::start().await;
    for connection in ALL {
        let path = at(connection, "snapshots-expire");
        let tab = console.get(&at(connection, "t/snapshots")).await.body;
        has(&tab, &["/snapshots-expire?", ">Expire snapshots</a>"]);
        let before = console.snapshots(connection).await;
        let main = &console.metadata(connection).await["refs"]["main"]["snapshot-id"];
        let form = console.get(&path).await.body;
        has(
            &form,
            &[
                "Snapshots older than 30 d go, but for the last 1 of each branch.",
                "By the table’s own policy",
                "main points at it",
            ],
        );

        let preview = shown(&console, connection, &[("expire_by", "policy")]).await;
        assert_eq!(preview.status, 200, "{connection}: {}", preview.body);
        has(
            &preview.body,
            &[
                "As of 2026-10-02 00:00:00 UTC: Snapshots older than 30 d go",
                &format!("of {} snapshots go.", before.len()),
                "What stays was made from 2026-09-02",
                "What goes was made from 2026-",
                "The files stay until an engine removes them",
                "\"action\": \"remove-snapshots\"",
                &format!("\"snapshot-id\": {main}"),
            ],
        );
        let own = preview.body.contains("expires snapshots itself");
        assert_eq!(own, connection == "sample-s3-tables");
        assert!(!preview.body.contains("remove-snapshot-ref"));
        assert_eq!(console.snapshots(connection).await, before, "only shown");
        let wrong = console.confirm(&path, &preview, &[]).await;
        assert_eq!(wrong.status, 400, "{connection}: {}", wrong.body);
        let done = console
            .confirm(&path, &wrong, &[("confirm", "orders")])
            .await;
        has(&console.leads(&done).await, &["Expired: what goes is out"]);
        let after = console.snapshots(connection).await;
        assert!(after.len() < before.len() && after.len() > 280, "{after:?}");
        assert!(before.ends_with(&after), "the oldest went");

        let again = shown(&console, connection, &[("expire_by", "policy")]).await;
        has(&again.body, &["nothing of the table expires", "disabled"]);

        let typed = [
            ("expire_by", "typed"),
            ("older_than", "1 ms"),
            ("retain_last", "2"),
        ];
        let preview = shown(&console, connection, &typed).await;
        has(
            &preview.body,
            &[
                "older than 1 ms go, but for the last 2 of each branch",
                "By the age and number typed",
                "one of the last of backfill-2025, however old",
                "snapshots go: the newest 100 of them",
            ],
        );
        let done = console
            .confirm(&path, &preview, &[("confirm", "orders")])
            .await;
        has(&console.leads(&done).await, &["Expired: what goes is out"]);
        let metadata = console.metadata(connection).await;
        let refs = metadata["refs"].as_object().unwrap();
        let kept = console.snapshots(connection).await;
        for (name, to) in refs {
            let at = to["snapshot-id"].as_i64().unwrap();
            assert!(kept.contains(&at), "{connection}: {name}");
        }
        assert_eq!(refs.len(), 6, "{connection}: {refs:?}");
        // audit says itself that it keeps 7 days, which are about 50, and backfill-2025 that it keeps 5.
        assert!((50..80).contains(&kept.len()), "{kept:?}");
    }
    let changes = console.changes();
    assert_eq!(changes.len(), 2 * ALL.len(), "{changes:?}");
    assert!(changes.iter().all(|line| line["outcome"] == "done"));
}

#[tokio::test]
async fn chosen_ones_go_and_what_is_wrong_stands_at_its_field() {
    let console = Console::start().await;
    let connection = "sample-generic";
    let before = console.snapshots(connection).await;
    let (first, second) = (before[3].to_string(), before[9].to_string());
    let one = console
        .get(&format!(
            "{}&snapshot={first}",
            at(connection, "t/snapshots")
        ))
        .await;
    has(&one.body, &["Expire it", "/snapshots-expire?"]);
    let opened = format!("{}&snapshot={first}", at(connection, "snapshots-expire"));
    let form = filled(&console.get(&opened).await.body, "as_of", &[]);
    let says = |name: &str, value: &str| {
        let mut fields = form.iter();
        fields.any(|(field, typed)| field == name && typed.trim() == value)
    };
    assert!(
        says("expire_by", "chosen") && says("snapshots", &first),
        "{form:?}"
    );

    for (typed, why) in [
        (
            &[("expire_by", "chosen"), ("snapshots", "7")][..],
            "Line 1: the table has no snapshot 7.",
        ),
        (
            &[
                ("expire_by", "chosen"),
                ("snapshots", &format!("{first}\n\nx")),
            ],
            "Line 3: “x” is no id",
        ),
        (
            &[("expire_by", "chosen"), ("snapshots", MAIN_AT)],
            "“main” points at snapshot",
        ),
        (&[("expire_by", "chosen")], "id of one at least"),
        (
            &[("expire_by", "policy"), ("snapshots", &first)],
            "Choose above that these go",
        ),
        (
            &[("expire_by", "policy"), ("older_than", "7 d")],
            "Choose above that this holds",
        ),
        (
            &[("expire_by", "typed"), ("older_than", "soon")],
            "such as 7 d",
        ),
        (
            &[("expire_by", "typed"), ("retain_last", "0")],
            "one at least",
        ),
        (&[("expire_by", "typed")], "an age, a number, or both"),
    ] {
        let told = shown(&console, connection, typed).await;
        assert_eq!(told.status, 400, "{typed:?}: {}", told.body);
        has(&told.body, &[why]);
        for (_, value) in typed {
            has(&told.body, &[value]);
        }
    }
    assert!(console.changes().is_empty(), "nothing was sent");

    let both = format!("{second}\r\n {first} \r\n");
    let typed = [("expire_by", "chosen"), ("snapshots", both.as_str())];
    let preview = shown(&console, connection, &typed).await;
    has(
        &preview.body,
        &[&format!("2 of {} snapshots go.", before.len())],
    );
    let path = at(connection, "snapshots-expire");
    let done = console
        .confirm(&path, &preview, &[("confirm", "orders")])
        .await;
    has(&console.leads(&done).await, &["Expired"]);
    let after = console.snapshots(connection).await;
    let expected = before.iter().copied();
    let expected: Vec<_> = expected
        .filter(|id| *id != before[3] && *id != before[9])
        .collect();
    assert_eq!(after, expected);
}

#[tokio::test]
async fn where_nothing_expires_the_reason_is_told() {
    let console = Console::start().await;
    for (connection, why) in [
        ("sample-nessie", "keeps earlier ones in commits of its own"),
        ("sample-unity", ""),
    ] {
        let tab = console.get(&at(connection, "t/snapshots")).await.body;
        assert!(!tab.contains("/snapshots-expire?"), "{tab}");
        has(&tab, &[why, ">Expire snapshots</button>"]);
    }
    let shared = Shared::start("").await;
    let set =
        json!({"updates": [{"action": "set-properties", "updates": {"gc.enabled": "false"}}]});
    let path = "/c/p/snapshots-expire?ns=sales&t=orders";
    let preview = shared.preview(path, &[("as_of", AS_OF)]).await;
    shared
        .others("/v1/namespaces/sales/tables/orders", set)
        .await;
    // What others did meanwhile is told, and nothing is sent.
    let confirm = [("confirm", "orders")];
    let again = shared.confirm(path, &preview, &confirm).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(&again.body, &["Nothing was sent", "gc.enabled is off"]);
    let forced = shared.confirm(path, &again, &confirm).await;
    assert_eq!(forced.status, 400, "{}", forced.body);
    has(&shared.get(path).await.body, &["gc.enabled is off"]);
}

#[tokio::test]
async fn a_branch_that_moved_meanwhile_is_looked_at_again() {
    let shared = Shared::start("").await;
    let path = "/c/p/snapshots-expire?ns=sales&t=orders";
    let preview = shared.preview(path, &[("as_of", AS_OF)]).await;
    has(&preview.body, &["snapshots go."]);
    let ids = shared.get("/c/p/t/metadata.json?ns=sales&t=orders").await;
    let metadata: Value = serde_json::from_str(&ids.body).unwrap();
    let oldest = oldest_first(&metadata)[0];
    let tag = json!({"action": "set-snapshot-ref", "ref-name": "kept", "type": "tag", "snapshot-id": oldest});
    let tag = json!({"updates": [tag]});
    shared
        .others("/v1/namespaces/sales/tables/orders", tag)
        .await;
    let confirm = [("confirm", "orders")];
    let again = shared.confirm(path, &preview, &confirm).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(&again.body, &["Nothing was sent", "kept points at it"]);
    let done = shared.confirm(path, &again, &confirm).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let ids = shared.get("/c/p/t/metadata.json?ns=sales&t=orders").await;
    let metadata: Value = serde_json::from_str(&ids.body).unwrap();
    assert_eq!(oldest_first(&metadata)[0], oldest);
}
