//! Tables and views are renamed, moved and dropped: shown first, sent once, and told as it came out.

use axum::Router;
use sample_catalog::{Dialect, Options};
use serde_json::json;

use crate::{
    polaris_support::Console,
    support::{Answer, LISTEN, ask, connection, console, get, post, request},
    writes::{filled, has},
};

/// Connections to catalogs that change tables, and what is said of the files of one that is dropped.
const ALL: [(&str, bool, &str); 5] = [
    ("sample-generic", false, "files stay where they are"),
    ("sample-polaris", false, "files stay where they are"),
    ("sample-lakekeeper", true, "Lakekeeper deletes"),
    ("sample-nessie", false, "Nessie never deletes files"),
    ("sample-s3-tables", true, "Amazon S3 Tables deletes"),
];
const VIEWS: [&str; 3] = ["sample-generic", "sample-lakekeeper", "sample-nessie"];

pub fn outcomes(console: &Console, operation: &str) -> Vec<String> {
    let changes = console.changes().into_iter();
    let of = changes.filter(|line| line["operation"] == operation);
    of.map(|line| line["outcome"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_table_is_renamed_moved_and_dropped_in_each_dialect() {
    let console = Console::start().await;
    for (connection, purge, files) in ALL {
        let at = |page: &str| format!("/c/{connection}/{page}");
        let table = console.get(&at("t/overview?ns=sales&t=returns")).await.body;
        has(&table, &["/table-rename?", "/table-drop?"]);

        let rename = at("table-rename?ns=sales&t=returns");
        let typed = [("name", "back"), ("levels", "sales")];
        let shown = console.preview(&rename, &typed).await;
        has(
            &shown.body,
            &[
                "The table sales.returns will be sales.back.",
                "/tables/rename",
                "\"name\": \"back\"",
                "fail until they name the new one",
            ],
        );
        assert_eq!(
            console.get(&at("t/overview?ns=sales&t=back")).await.status,
            404,
            "{connection}: only shown"
        );
        let done = console.confirm(&rename, &shown, &[]).await;
        has(
            &console.leads(&done).await,
            &["Renamed.", ">back</h1>", "Current snapshot"],
        );
        let old = at("t/overview?ns=sales&t=returns");
        assert_eq!(console.get(&old).await.status, 404, "{connection}");

        let rename = at("table-rename?ns=sales&t=back");
        let form = console.get(&rename).await.body;
        let fields = filled(&form, "name", &[("levels", "sandbox")]);
        let shown = console.send(&rename, &fields).await;
        has(&shown.body, &["The table sales.back will be sandbox.back."]);
        let done = console.confirm(&rename, &shown, &[]).await;
        let moved = console.leads(&done).await;
        has(&moved, &["Renamed.", "ns=sandbox"]);

        let drop = at("table-drop?ns=sandbox&t=back");
        let form = console.get(&drop).await.body;
        has(&form, &[files]);
        let fields = match form.contains("type=\"radio\"") {
            true => filled(
                &form,
                "purge",
                &[("purge", if purge { "yes" } else { "no" })],
            ),
            false => filled(&form, "once", &[]),
        };
        let shown = console.send(&drop, &fields).await;
        let asked = format!("?purgeRequested={purge}");
        has(
            &shown.body,
            &["The table sandbox.back goes.", files, "DELETE /", &asked],
        );
        let wrong = console
            .confirm(&drop, &shown, &[("confirm", "sandbox.back")])
            .await;
        assert_eq!(wrong.status, 400, "{connection}: {}", wrong.body);
        has(&wrong.body, &["type “back”", "value=\"sandbox.back\""]);
        let gone = console.confirm(&drop, &wrong, &[("confirm", "back")]).await;
        let list = console.leads(&gone).await;
        has(&list, &["Dropped: sandbox.back", ">sandbox</h1>"]);
        assert!(!list.contains(">back<"), "{connection}: {list}");
    }
    let done = |operation, number: usize| {
        assert_eq!(outcomes(&console, operation), vec!["done"; number]);
    };
    done("renameTable", 2 * ALL.len());
    done("dropTable", ALL.len());
}

#[tokio::test]
async fn a_view_is_renamed_moved_and_dropped() {
    let console = Console::start().await;
    for connection in VIEWS {
        let at = |page: &str| format!("/c/{connection}/{page}");
        let view = at("v/overview?ns=sales&v=revenue_by_day");
        let view = console.get(&view).await.body;
        has(&view, &["/view-rename?", "/view-drop?"]);
        let rename = at("view-rename?ns=sales&v=revenue_by_day");
        let typed = [("name", "daily"), ("levels", "sandbox")];
        let shown = console.preview(&rename, &typed).await;
        has(
            &shown.body,
            &[
                "The view sales.revenue_by_day will be sandbox.daily.",
                "/views/rename",
            ],
        );
        let done = console.confirm(&rename, &shown, &[]).await;
        has(&console.leads(&done).await, &["Renamed.", ">daily</h1>"]);

        let drop = at("view-drop?ns=sandbox&v=daily");
        let shown = console.get(&drop).await;
        has(&shown.body, &["The view sandbox.daily goes.", "DELETE /"]);
        let gone = console
            .confirm(&drop, &shown, &[("confirm", "daily")])
            .await;
        let list = console.leads(&gone).await;
        has(&list, &["Dropped: sandbox.daily"]);
        assert!(!list.contains(">daily<"), "{connection}: {list}");
    }
    assert_eq!(outcomes(&console, "renameView"), ["done"; VIEWS.len()]);
    assert_eq!(outcomes(&console, "dropView"), ["done"; VIEWS.len()]);
}

#[tokio::test]
async fn what_a_catalog_does_not_do_with_files_is_told_before_it_is_asked_or_as_it_says() {
    let console = Console::start().await;
    for (connection, purge, why) in [
        ("sample-s3-tables", "no", "drops no table whose files"),
        ("sample-nessie", "yes", "Nessie deletes no files"),
    ] {
        let drop = format!("/c/{connection}/table-drop?ns=sales&t=orders");
        let form = console.get(&drop).await.body;
        assert!(!form.contains("type=\"radio\""), "{connection}: {form}");
        let shown = console.preview(&drop, &[("purge", purge)]).await;
        has(&shown.body, &[why, "disabled"]);
        let forced = console
            .confirm(&drop, &shown, &[("confirm", "orders")])
            .await;
        assert_eq!(forced.status, 400, "{connection}: {}", forced.body);
    }
    assert!(console.changes().is_empty(), "nothing was sent");

    // As it is shipped.
    let drop = "/c/sample-polaris/table-drop?ns=sales&t=orders";
    let shown = console.preview(drop, &[("purge", "yes")]).await;
    has(
        &shown.body,
        &[
            "purgeRequested=true",
            "as shipped it refuses",
            "privileges granted on it go with it",
        ],
    );
    let refused = console
        .confirm(drop, &shown, &[("confirm", "orders")])
        .await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    has(
        &refused.body,
        &[
            "DROP_WITH_PURGE_ENABLED",
            "Nothing was changed.",
            "value=\"orders\"",
        ],
    );
    let drop = "/c/sample-polaris/view-drop?ns=sales&v=revenue_by_day";
    let shown = console.get(drop).await;
    has(&shown.body, &["refuses to drop views"]);
    let refused = console
        .confirm(drop, &shown, &[("confirm", "revenue_by_day")])
        .await;
    assert_eq!(refused.status, 403, "{}", refused.body);

    let nessie = "/c/sample-nessie/table-drop?ref=staging&ns=sales&t=orders";
    let shown = console.preview(nessie, &[]).await;
    has(&shown.body, &["one commit on the branch staging"]);
    let tag = "/c/sample-nessie/t/overview?ref=release-2026-09&ns=sales&t=orders";
    has(
        &console.get(tag).await.body,
        &["is a tag: it stays as it is"],
    );
}

#[tokio::test]
async fn a_name_that_cannot_be_is_told_at_its_field() {
    let console = Console::start().await;
    for (connection, name, levels, why) in [
        ("sample-generic", "", "sales", "cannot be empty"),
        ("sample-generic", "..", "sales", "cannot have this name"),
        ("sample-generic", "x", "", "at least one level"),
        ("sample-generic", "x", "nowhere", "no namespace nowhere"),
        ("sample-lakekeeper", "a+b", "sales", "as a space"),
        ("sample-s3-tables", "Upper", "sales", "lower-case"),
        ("sample-s3-tables", "x", "sales\r\neu", "one level of"),
    ] {
        let path = format!("/c/{connection}/table-rename?ns=sales&t=orders");
        let typed = [("name", name), ("levels", levels)];
        let refused = console.post(&path, "text/html", &path, &typed).await;
        assert_eq!(refused.status, 400, "{connection} {name}: {}", refused.body);
        let at_field = refused.body.split("class=\"text-error").nth(1);
        has(at_field.unwrap_or(&refused.body), &[why]);
        has(&refused.body, &[&format!("value=\"{name}\"")]);
    }
    for (typed, why) in [
        (
            [("name", "customers"), ("levels", "sales")],
            "There is a table sales.customers already.",
        ),
        (
            [("name", "orders"), ("levels", "sales")],
            "Nothing would be different",
        ),
    ] {
        for connection in ["sample-lakekeeper", "sample-generic"] {
            let path = format!("/c/{connection}/table-rename?ns=sales&t=orders");
            let shown = console.preview(&path, &typed).await;
            has(&shown.body, &[why, "disabled"]);
            let forced = console.confirm(&path, &shown, &[]).await;
            assert_eq!(forced.status, 400, "{}", forced.body);
        }
    }
    let unity = "/c/sample-unity/t/overview?ns=sales&t=orders";
    let unity = console.get(unity).await.body;
    for change in ["Rename or move", "Drop…"] {
        let button = unity.split(&format!(">{change}</button>")).next().unwrap();
        let button = button.rsplit('<').next().unwrap();
        has(button, &["disabled", "title=\""]);
    }
    for missing in ["table-drop?ns=sales&t=nothing", "table-drop?ns=sales"] {
        let path = format!("/c/sample-generic/{missing}");
        let told = console.post(&path, "text/html", &path, &[]).await;
        assert_eq!(told.status, 404, "{missing}: {}", told.body);
    }
    let view = "/c/sample-generic/view-drop?ns=sales&v=orders";
    assert_eq!(console.get(view).await.status, 404);
    assert!(console.changes().is_empty(), "nothing was sent");
}

/// A catalog that others change, too, and a console over it.
pub struct Shared {
    pub catalog: Router,
    console: Router,
}

impl Shared {
    pub async fn start(lines: &str) -> Self {
        Self::of(Dialect::Generic, lines).await
    }

    pub async fn of(dialect: Dialect, lines: &str) -> Self {
        let catalog = sample_catalog::router(Options {
            dialect,
            ..Options::default()
        });
        let lines = format!("kind = \"{dialect}\"\n{lines}");
        let settings = connection(catalog.clone(), dialect.base_path(), &lines).await;
        Self::over(catalog, &settings)
    }

    /// A console by these settings.
    pub fn over(catalog: Router, settings: &str) -> Self {
        let console = console(settings);
        Self { catalog, console }
    }

    /// Somebody else's change.
    pub async fn others(&self, path: &str, body: serde_json::Value) {
        let mut asked = request("POST", path, &[("host", LISTEN)]);
        let json = "application/json".parse().unwrap();
        asked.headers_mut().insert("content-type", json);
        *asked.body_mut() = body.to_string().into();
        let made = ask(&self.catalog, asked).await;
        assert!(made.status.is_success(), "{path}: {}", made.body);
    }

    /// What the catalog itself says of something; `None` where there is no such thing.
    pub async fn raw(&self, path: &str) -> Option<serde_json::Value> {
        let told = ask(&self.catalog, request("GET", path, &[("host", LISTEN)])).await;
        let there = told.status.is_success();
        there.then(|| serde_json::from_str(&told.body).unwrap())
    }

    pub async fn get(&self, path: &str) -> Answer {
        ask(&self.console, get(path)).await
    }

    pub async fn preview(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = post(&self.console, path, fields).await;
        assert_eq!(shown.status, 200, "{path}: {}", shown.body);
        shown
    }

    pub async fn confirm(&self, path: &str, shown: &Answer, more: &[(&str, &str)]) -> Answer {
        let fields = filled(&shown.body, "shown", more);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        post(&self.console, path, &fields).await
    }

    pub async fn commit(&self, path: &str) {
        let updates = json!([{"action": "set-properties", "updates": {"touched": "yes"}}]);
        self.others(path, json!({"requirements": [], "updates": updates}))
            .await;
    }
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_shown_again_and_not_dropped() {
    let shared = Shared::start("").await;
    let (drop, confirm) = ("/c/p/table-drop?ns=sales&t=orders", [("confirm", "orders")]);
    let shown = shared.preview(drop, &[("purge", "yes")]).await;
    shared.commit("/v1/namespaces/sales/tables/orders").await;
    let again = shared.confirm(drop, &shown, &confirm).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &[
            "Nothing was sent",
            "purgeRequested=true",
            "value=\"orders\"",
        ],
    );

    // Another one of the same name.
    let ident = |name: &str| json!({"namespace": ["sales"], "name": name});
    let renamed = |from, to| json!({"source": ident(from), "destination": ident(to)});
    let rename = "/c/p/table-rename?ns=sales&t=orders";
    let typed = [("name", "x"), ("levels", "sales")];
    let other = shared.preview(rename, &typed).await;
    shared
        .others("/v1/tables/rename", renamed("orders", "old"))
        .await;
    shared
        .others("/v1/tables/rename", renamed("customers", "orders"))
        .await;
    for (path, shown) in [(drop, &again), (rename, &other)] {
        let refused = shared.confirm(path, shown, &confirm).await;
        assert_eq!(refused.status, 409, "{path}: {}", refused.body);
    }
    let there = shared.get("/c/p/t/overview?ns=sales&t=orders").await;
    assert_eq!(there.status, 200, "{}", there.body);

    // Who writes to a table changes nothing about which one is renamed.
    let shown = shared.preview(rename, &typed).await;
    shared.commit("/v1/namespaces/sales/tables/orders").await;
    let done = shared.confirm(rename, &shown, &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);

    let view = "/c/p/view-drop?ns=sales&v=revenue_by_day";
    let shown = shared.get(view).await;
    shared
        .commit("/v1/namespaces/sales/views/revenue_by_day")
        .await;
    let again = shared
        .confirm(view, &shown, &[("confirm", "revenue_by_day")])
        .await;
    assert_eq!(again.status, 409, "{}", again.body);
    let gone = shared.confirm(view, &again, &[]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
}

#[tokio::test]
async fn what_cannot_be_read_is_dropped_all_the_same() {
    let console = Console::start().await;
    for name in ["err-403", "err-500"] {
        let drop = format!("/c/sample-generic/table-drop?w=lab&ns=faults&t={name}");
        let shown = console.preview(&drop, &[("purge", "no")]).await;
        has(&shown.body, &["Its metadata cannot be read", "DELETE /"]);
        let gone = console.confirm(&drop, &shown, &[("confirm", name)]).await;
        has(&console.leads(&gone).await, &["Dropped: faults.err-"]);
    }
    // The way to the catalog is another matter.
    let drop = "/c/sample-generic/table-drop?w=lab&ns=faults&t=err-401";
    let told = console.post(drop, "text/html", drop, &[]).await;
    assert_eq!(told.status, 502, "{}", told.body);
    assert!(!told.body.contains("name=\"shown\""), "{}", told.body);
}

#[tokio::test]
async fn a_name_that_is_taken_meanwhile_is_told_and_nothing_is_lost() {
    let shared = Shared::start("").await;
    let rename = "/c/p/table-rename?ns=sales&t=orders";
    // Of the other kind, whose names are the same ones.
    let typed = [("name", "revenue_by_day"), ("levels", "sales")];
    let shown = shared.preview(rename, &typed).await;
    let refused = shared.confirm(rename, &shown, &[]).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    has(
        &refused.body,
        &[
            "Nothing was changed.",
            "choose another one",
            "value=\"revenue_by_day\"",
        ],
    );
}

#[tokio::test]
async fn a_read_only_connection_drops_and_renames_nothing() {
    let shared = Shared::start("read_only = true").await;
    for (page, noun, fields) in [
        (
            "t/overview?ns=sales&t=orders",
            "table",
            &[("name", "x"), ("levels", "sales")],
        ),
        (
            "v/overview?ns=sales&v=revenue_by_day",
            "view",
            &[("name", "x"), ("levels", "sales")],
        ),
    ] {
        let at = format!("/c/p/{page}");
        let body = shared.get(&at).await.body;
        for change in ["rename", "drop"] {
            let link = format!("/{noun}-{change}?");
            assert!(!body.contains(&link), "{body}");
            let path = at.replace(page.split('?').next().unwrap(), &format!("{noun}-{change}"));
            let shown = post(&shared.console, &path, fields).await;
            has(&shown.body, &["configured read-only"]);
            let forced = shared.confirm(&path, &shown, &[]).await;
            assert_eq!(forced.status, 403, "{path}: {}", forced.body);
        }
        has(&body, &["configured read-only"]);
        assert_eq!(shared.get(&at).await.status, 200);
    }
}
