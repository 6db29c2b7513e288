//! Changes of what a catalog holds: shown first, sent once and as they were shown, and what became of them told
//! as it is.

use crate::{
    forms::forms,
    polaris_support::Console,
    support::{Answer, ask, connection, console, get, post},
};

type Fields<'a> = &'a [(&'a str, &'a str)];

/// Connections to catalogs that change namespaces.
const ALL: [&str; 4] = [
    "sample-generic",
    "sample-polaris",
    "sample-lakekeeper",
    "sample-nessie",
];

/// Connections to catalogs that change tables.
pub const TABLES: [&str; 5] = [
    "sample-generic",
    "sample-polaris",
    "sample-lakekeeper",
    "sample-nessie",
    "sample-s3-tables",
];

/// What a browser sends with the form on a page that has this field, `more` typed into it.
pub fn filled(body: &str, field: &str, more: Fields<'_>) -> Vec<(String, String)> {
    let all = forms(body);
    let form = all
        .iter()
        .find(|form| form.inputs.iter().any(|input| input.name == field));
    let form = form.unwrap_or_else(|| panic!("no form with {field}: {body}"));
    let typed = |name: &str| more.iter().any(|(field, _)| *field == name);
    let fields = form.inputs.iter().filter(|input| {
        let sent = match input.kind.as_str() {
            "checkbox" | "radio" => input.on,
            kind => kind != "button",
        };
        sent && !typed(&input.name)
    });
    let fields = fields.map(|input| (input.name.clone(), input.value.clone()));
    let more = more.iter();
    let more = more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    fields.chain(more).collect()
}

impl Console {
    pub async fn send(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        self.post(path, "text/html", path, &fields).await
    }

    /// What a form comes to.
    pub async fn preview(&self, path: &str, fields: Fields<'_>) -> Answer {
        let form = self.get(path).await;
        assert_eq!(form.status, 200, "{path}: {}", form.body);
        let shown = self.post(path, "text/html", path, fields).await;
        assert_eq!(shown.status, 200, "{path}: {}", shown.body);
        shown
    }

    /// Confirms what was shown.
    pub async fn confirm(&self, path: &str, shown: &Answer, more: Fields<'_>) -> Answer {
        self.send(path, &filled(&shown.body, "shown", more)).await
    }

    /// Gives the table `returns` of a form a name under which changes are made, and answered with an error of the
    /// server. Answers where the form is then.
    pub async fn losing(&self, form: &str) -> String {
        const NAME: &str = "commit-500-after";
        let (page, table) = form.split_once('?').unwrap();
        let (place, _) = page.rsplit_once('/').unwrap();
        let rename = format!("{place}/table-rename?{table}");
        let shown = self
            .preview(&rename, &[("name", NAME), ("levels", "sales")])
            .await;
        self.confirm(&rename, &shown, &[]).await;
        form.replace("returns", NAME)
    }

    /// The page that a change leads to.
    pub async fn leads(&self, answer: &Answer) -> String {
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.get(answer.header("location")).await.body
    }
}

pub fn has(body: &str, texts: &[&str]) {
    for text in texts {
        assert!(body.contains(text), "“{text}” is not in {body}");
    }
}

#[tokio::test]
async fn a_namespace_is_made_edited_and_dropped_in_each_dialect() {
    let console = Console::start().await;
    for connection in ALL {
        let at = |page: &str| format!("/c/{connection}/{page}");
        let list = at("ns?ns=sales&tab=namespaces");
        let before = console.get(&list).await.body;
        assert!(!before.contains(">tmp<"), "{before}");

        let new = at("namespace-new?ns=sales");
        let typed = [("name", "tmp"), ("key", "owner"), ("value", "ana")];
        let shown = console.preview(&new, &typed).await;
        has(
            &shown.body,
            &[
                "“tmp” in the namespace sales",
                "The exact request",
                "\"owner\": \"ana\"",
            ],
        );
        let unchanged = console.get(&list).await.body;
        assert!(!unchanged.contains(">tmp<"), "{connection}: only shown");
        let made = console.confirm(&new, &shown, &[]).await;
        let page = console.leads(&made).await;
        has(&page, &["Created.", ">tmp</h1>", "tab=properties"]);
        has(&console.get(&list).await.body, &[">tmp<"]);
        has(&page, &["data-key=\"/sales/tmp\""]);

        let edit = at("namespace-edit?ns=sales&ns=tmp");
        let form = console.get(&edit).await.body;
        let mut fields = filled(&form, "key", &[]);
        let owner = fields
            .iter()
            .position(|(name, value)| name == "key" && value == "owner");
        let owner = owner.unwrap_or_else(|| panic!("{connection}: {form}"));
        fields[owner].1 = "team".into();
        fields[owner + 1].1 = "a".into();
        let shown = console.send(&edit, &fields).await;
        assert_eq!(shown.status, 200, "{connection}: {}", shown.body);
        has(&shown.body, &["<td>team</td>", "<td>owner</td>"]);
        let saved = console.confirm(&edit, &shown, &[]).await;
        let page = console.leads(&saved).await;
        has(&page, &["Saved.", "<td>team</td>"]);
        assert!(!page.contains("<td>owner</td>"), "{connection}: {page}");

        let drop = at("namespace-drop?ns=sales&ns=tmp");
        let shown = console.get(&drop).await;
        has(&shown.body, &["it holds nothing", "DELETE /"]);
        let wrong = console
            .confirm(&drop, &shown, &[("confirm", "sales")])
            .await;
        assert_eq!(wrong.status, 400, "{connection}: {}", wrong.body);
        has(&wrong.body, &["type “tmp”", "value=\"sales\""]);
        let gone = console.confirm(&drop, &wrong, &[("confirm", "tmp")]).await;
        let page = console.leads(&gone).await;
        has(&page, &["Dropped."]);
        assert!(!page.contains(">tmp<"), "{connection}: {page}");
    }
    let changes = console.changes();
    let count = |operation: &str, outcome: &str| {
        let of = changes.iter().filter(|line| line["operation"] == operation);
        of.filter(|line| line["outcome"] == outcome).count()
    };
    assert_eq!(count("createNamespace", "done"), ALL.len());
    assert_eq!(count("updateProperties", "done"), ALL.len());
    assert_eq!(count("dropNamespace", "done"), ALL.len());
    assert_eq!(changes.len(), 3 * ALL.len(), "{changes:?}");
}

#[tokio::test]
async fn what_moved_meanwhile_is_shown_again_with_all_three_and_nothing_is_lost() {
    let console = Console::start().await;
    let new = "/c/sample-generic/namespace-new";
    let typed = [("name", "moved"), ("key", "team"), ("value", "a")];
    let shown = console.preview(new, &typed).await;
    console.confirm(new, &shown, &[]).await.ok();
    let edit = "/c/sample-generic/namespace-edit?ns=moved";
    let opened = console.get(edit).await.body;
    let fields = |value| filled(&opened, "key", &[("key", "team"), ("value", value)]);
    let (mine, theirs) = (fields("mine"), fields("theirs"));
    let shown = console.send(edit, &mine).await;
    let other = console.send(edit, &theirs).await;
    console.confirm(edit, &other, &[]).await.ok();

    let again = console.confirm(edit, &shown, &[]).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &[
            "Nothing was sent",
            "As read",
            "<td>team</td><td>a</td><td>theirs</td><td>mine</td>",
            "value=\"mine\"",
        ],
    );
    let saved = console.confirm(edit, &again, &[]).await;
    has(&console.leads(&saved).await, &["<td>team</td><td>mine"]);

    let same = console.send(edit, &mine).await;
    has(&same.body, &["Nothing would be different"]);
    let forced = console.confirm(edit, &same, &[]).await;
    assert_eq!(forced.status, 400, "{}", forced.body);
}

#[tokio::test]
async fn what_a_catalog_refuses_is_told_at_the_field_or_before_the_button() {
    let console = Console::start().await;
    for (connection, name, why) in [
        ("sample-lakekeeper", "a.b", "no dot"),
        ("sample-lakekeeper", "system", "for itself"),
        ("sample-polaris", "a/b", "no slash"),
        ("sample-s3-tables", "Upper", "lower-case"),
        ("sample-generic", "..", "cannot be"),
        ("sample-generic", "", "empty"),
    ] {
        let path = format!("/c/{connection}/namespace-new");
        let typed = [("name", name), ("key", "owner"), ("value", "ana")];
        let refused = console.post(&path, "text/html", &path, &typed).await;
        assert_eq!(refused.status, 400, "{connection} {name}: {}", refused.body);
        let at_field = refused.body.split("aria-invalid=\"true\"").nth(1);
        let at_field = at_field.and_then(|rest| rest.split("</label>").next());
        has(at_field.unwrap_or(&refused.body), &[why]);
        has(&refused.body, &["value=\"ana\""]);
    }
    let path = "/c/sample-generic/namespace-new";
    for (typed, why) in [
        (
            &[
                ("name", "x"),
                ("key", "a"),
                ("value", "1"),
                ("key", "a"),
                ("value", "2"),
            ][..],
            "stands twice",
        ),
        (
            &[
                ("name", "x"),
                ("location", "s3://a"),
                ("key", "location"),
                ("value", "s3://b"),
            ],
            "location stands twice",
        ),
        (
            &[("name", "x"), ("key", ""), ("value", "lost")],
            "has no key",
        ),
    ] {
        let refused = console.post(path, "text/html", path, typed).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        has(&refused.body, &[why]);
    }
    let there = console.preview(path, &[("name", "sales")]).await;
    has(
        &there.body,
        &["There is a namespace sales already.", "disabled"],
    );
    let unity = console.get("/c/sample-unity/ns?ns=sales").await.body;
    for change in ["New namespace", "Edit properties", "Drop…"] {
        let button = unity.split(&format!(">{change}</button>")).next().unwrap();
        let button = button.rsplit('<').next().unwrap();
        has(button, &["disabled", "title=\""]);
    }
    let s3 = console.get("/c/sample-s3-tables/ns?ns=sales").await.body;
    assert!(!s3.contains("/namespace-edit?"), "{s3}");
    assert!(!s3.contains("/namespace-new?"), "flat: {s3}");
    has(&s3, &["/namespace-drop?", "one level of namespaces"]);
    let top = console.get("/c/sample-s3-tables/ns").await.body;
    has(&top, &["/namespace-new\""]);
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_namespace_that_holds_something_says_what() {
    let console = Console::start().await;
    for (connection, off) in [("sample-nessie", true), ("sample-generic", false)] {
        let drop = format!("/c/{connection}/namespace-drop?ns=sales");
        let shown = console.get(&drop).await;
        has(
            &shown.body,
            &["it still holds", " tables", "view", "namespace"],
        );
        assert_eq!(
            shown.body.contains("refuses to drop"),
            off,
            "{}",
            shown.body
        );
        let tried = console
            .confirm(&drop, &shown, &[("confirm", "sales")])
            .await;
        let status = if off { 400 } else { 409 };
        assert_eq!(tried.status, status, "{connection}: {}", tried.body);
    }
    let missing = console
        .get("/c/sample-generic/namespace-drop?ns=nowhere")
        .await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn a_lost_answer_is_resolved_by_reading_again() {
    let console = Console::start().await;
    let new = "/c/sample-generic/namespace-new";
    for (name, made) in [
        ("commit-cut-before", false),
        ("commit-cut-during", true),
        ("commit-cut-after", true),
        ("commit-500-after", true),
    ] {
        let shown = console.preview(new, &[("name", name)]).await;
        let answer = console.confirm(new, &shown, &[]).await;
        let page = format!("/c/sample-generic/ns?ns={name}");
        let is_there = console.get(&page).await.status == 200;
        assert_eq!(is_there, made, "{name}");
        match made {
            true => has(
                &console.leads(&answer).await,
                &["the catalog was asked again: it is as it was to be"],
            ),
            false => {
                assert_eq!(answer.status, 502, "{name}: {}", answer.body);
                has(
                    &answer.body,
                    &[
                        "nothing of it is to be seen",
                        "It may still be made",
                        "name=\"shown\"",
                    ],
                );
                // The same form sent again is told the same, and nothing more is sent.
                let again = console.confirm(new, &shown, &[]).await;
                has(&again.body, &["was not sent again"]);
            }
        }
    }
    let outcomes = console.changes();
    let outcomes: Vec<_> = outcomes
        .iter()
        .map(|line| line["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["unknown", "done", "done", "done"]);
}

#[tokio::test]
async fn a_read_only_connection_offers_nothing_and_sends_nothing() {
    let lines = "kind = \"generic\"\nread_only = true";
    let catalog = sample_catalog::router(sample_catalog::Options::default());
    let console = console(&connection(catalog, "", lines).await);
    let page = ask(&console, get("/c/p/ns?ns=sales")).await.body;
    assert!(!page.contains("/c/p/namespace-"), "{page}");
    has(&page, &["configured read-only"]);
    let path = "/c/p/namespace-new";
    let shown = post(&console, path, &[("name", "x")]).await;
    has(&shown.body, &["configured read-only"]);
    let fields = filled(&shown.body, "shown", &[]);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let refused = post(&console, path, &fields).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert_eq!(ask(&console, get("/c/p/ns?ns=x")).await.status, 404);
}
