//! What is pressed twice, sent again or asked for from two tabs is done once, and the second answer
//! says so.

use crate::{polaris_support::Console, support::Answer, writes::filled};

/// What the sample takes for a policy.
const POLICY: &str = r#"{"version": "2025-02-03", "enable": true}"#;

type Fields<'a> = &'a [(&'a str, &'a str)];

impl Console {
    /// The id that a page gives its forms.
    async fn once(&self, page: &str) -> String {
        let page = self.page(page).await.body;
        let id = page.split("name=\"once\" value=\"").nth(1);
        let id = id.and_then(|rest| rest.split('"').next());
        id.unwrap_or_else(|| panic!("no id in {page}")).to_owned()
    }

    /// Sends the form of a page twice, as it is.
    async fn submit_twice(&self, page: &str, fields: Fields<'_>) -> [Answer; 2] {
        let id = self.once(page).await;
        let fields = [fields, &[("once", &id)]].concat();
        [
            self.submit(page, &fields).await,
            self.submit(page, &fields).await,
        ]
    }

    /// Presses a button of a page twice.
    async fn press_twice(&self, page: &str, operation: &str, fields: Fields<'_>) -> [Answer; 2] {
        let fields = [&[("operation", operation)], fields].concat();
        self.submit_twice(page, &fields).await
    }
}

fn is_said(answer: &Answer) {
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert!(answer.body.contains("done already"), "{}", answer.body);
}

#[tokio::test]
async fn what_is_made_twice_is_made_once() {
    let console = Console::start().await;
    let (catalog, namespace) = ("w=lakehouse", "w=lakehouse&ns=sales");
    let lake = [
        ("type", "INTERNAL"),
        ("storage.storageType", "S3"),
        ("default-base-location", "s3://other/"),
    ];
    let policy = [("type", "system.snapshot-expiry"), ("content", POLICY)];
    for (operation, page, fields) in [
        (
            "createPrincipalRole",
            "principal-role-new".to_owned(),
            &[][..],
        ),
        (
            "createCatalogRole",
            format!("catalog-role-new?{catalog}"),
            &[],
        ),
        ("createCatalog", "catalog-new".to_owned(), &lake),
        ("createPolicy", format!("policy-new?{namespace}"), &policy),
        (
            "createGenericTable",
            format!("generic-table-new?{namespace}"),
            &[("format", "delta")],
        ),
    ] {
        let fields = [fields, &[("name", "made")]].concat();
        let [first, second] = console.submit_twice(&page, &fields).await;
        assert_eq!(first.status, 303, "{page}: {}", first.body);
        is_said(&second);
        assert!(second.body.contains("See it"), "{page}: it leads on");
        assert_eq!(console.change(operation)["outcome"], "done");

        let elsewhere = console.submit(&page, &fields).await;
        assert_eq!(elsewhere.status, 409, "{page}");
        assert!(
            elsewhere.body.contains("made” already"),
            "{}",
            elsewhere.body
        );
    }
}

#[tokio::test]
async fn a_secret_is_made_once_and_shown_once() {
    let console = Console::start().await;
    let [first, second] = console
        .submit_twice("principal-new", &[("name", "svc")])
        .await;
    assert!(
        first.body.contains("This is the only time"),
        "{}",
        first.body
    );
    is_said(&second);
    assert!(
        second.body.contains("shown in the first answer"),
        "{}",
        second.body
    );
    assert!(second.body.contains("principal-credentials?name=svc"));
    assert!(!second.body.contains("This is the only time"));
    console.change("createPrincipal");

    let page = "principal-credentials?name=svc";
    let tab = console.once(page).await;
    let reset = [("operation", "reset"), ("confirm", "svc")];
    let [first, second] = console.submit_twice(page, &reset).await;
    assert!(
        first.body.contains("This is the only time"),
        "{}",
        first.body
    );
    is_said(&second);
    assert!(!second.body.contains("This is the only time"));
    let other_tab = [&reset[..], &[("once", &tab)]].concat();
    let refused = console.submit(page, &other_tab).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("renewed already"), "{}", refused.body);
    console.change("resetCredentials");

    let [first, _] = console.submit_twice(page, &reset).await;
    assert!(
        first.body.contains("This is the only time"),
        "a page opened since renews them again"
    );
    assert_eq!(console.changes().len(), 3);
}

#[tokio::test]
async fn what_is_pressed_twice_is_changed_once() {
    let console = Console::start().await;
    let in_lake = "catalog-role?w=lakehouse&name=reader";
    let (role, policy) = (
        "principal-role?name=night",
        "policy?w=lakehouse&ns=sales&name=keep",
    );
    console
        .submit("principal-role-new", &[("name", "night")])
        .await
        .ok();
    let fields = [
        ("name", "keep"),
        ("type", "system.snapshot-expiry"),
        ("content", POLICY),
    ];
    console
        .submit("policy-new?w=lakehouse&ns=sales", &fields)
        .await
        .ok();
    let fields = [("name", "clicks"), ("format", "csv")];
    console
        .submit("generic-table-new?w=lakehouse&ns=sales", &fields)
        .await
        .ok();

    let own = "principal?name=legacy_loader";
    let (put_in, in_role) = ([("principal", "legacy_loader")], [("role", "night")]);
    let given = [("catalog", "lakehouse"), ("catalog_role", "reader")];
    let holder = [("principal_role", "night")];
    let on = [("levels", "sales")];
    let named = |name| [("confirm", name)];
    for (page, operation, fields) in [
        (role, "put-in", &put_in[..]),
        (role, "take-out", &put_in),
        (own, "assign", &in_role),
        (own, "revoke", &in_role),
        (role, "assign", &given),
        (role, "revoke", &given),
        (in_lake, "assign", &holder),
        (in_lake, "revoke", &holder),
        (policy, "attach", &on),
        (policy, "detach", &on),
        (policy, "delete", &named("keep")),
        (
            "generic-table?w=lakehouse&ns=sales&name=clicks",
            "delete",
            &named("clicks"),
        ),
        (role, "delete", &named("night")),
        ("principal?name=audit_bot", "delete", &named("audit_bot")),
        (
            "catalog-role?w=lakehouse&name=sales_writer",
            "delete",
            &named("sales_writer"),
        ),
    ] {
        let before = console.changes().len();
        let [first, second] = console.press_twice(page, operation, fields).await;
        first.ok();
        is_said(&second);
        // From another tab, opened before.
        let third = console.press(page, operation, fields).await;
        assert!(
            [404, 409].contains(&third.status.as_u16()),
            "{page} {operation}: {}",
            third.body
        );
        assert!(
            ["already", "any more"]
                .iter()
                .any(|said| third.body.contains(said)),
            "{page} {operation}: {}",
            third.body
        );
        let changes = console.changes();
        let made = changes[before..]
            .iter()
            .filter(|change| change["outcome"] == "done");
        assert_eq!(made.count(), 1, "{page} {operation}: {changes:?}");
    }
}

#[tokio::test]
async fn a_confirmation_of_another_object_changes_nothing() {
    let console = Console::start().await;
    let own = "principal?name=spark_etl";
    let role = "principal-role?name=analysts";
    let held = [("role", "data_engineers")];
    let given = [("catalog", "lakehouse"), ("catalog_role", "reader")];
    for (page, operation, fields, more) in [
        (own, "revoke", &held[..], ("names", "spark_etl ← analysts")),
        (own, "revoke", &held, ("confirm", "analysts")),
        (
            role,
            "revoke",
            &given,
            ("names", "analysts ← lakehouse.writer"),
        ),
        (role, "revoke", &given, ("confirm", "writer")),
        (
            "principal?name=audit_bot",
            "delete",
            &[],
            ("confirm", "spark_etl"),
        ),
        (role, "delete", &[], ("confirm", "platform")),
    ] {
        let fields = [fields, &[more]].concat();
        let refused = console.press(page, operation, &fields).await;
        assert!(
            [400, 409].contains(&refused.status.as_u16()),
            "{page} {more:?}: {}",
            refused.body
        );
        assert!(refused.body.contains("Nothing was"), "{}", refused.body);
    }
    let page = "grants?role=reader&w=lakehouse&ns=sales&on=namespace";
    let fields = [
        ("action", "revoke"),
        ("privilege", "TABLE_LIST"),
        ("confirm", "writer"),
    ];
    let refused = console.submit(page, &fields).await;
    assert!(
        refused.body.contains("was to be changed. Nothing was."),
        "{}",
        refused.body
    );
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn grants_and_onboarding_are_sent_once() {
    let console = Console::start().await;
    let page = "grants?role=experimenter&w=lab&step=preview&privilege=CATALOG_MANAGE_ACCESS";
    let grant = [("action", "grant"), ("privilege", "CATALOG_MANAGE_ACCESS")];
    let [first, second] = console.submit_twice(page, &grant).await;
    assert!(!first.body.contains("sent again"), "{}", first.body);
    assert!(
        second.body.contains("Nothing was sent again"),
        "{}",
        second.body
    );
    console.change("addGrantToCatalogRole");
    let third = console.submit(page, &grant).await.body;
    assert!(third.contains("granted already"), "{third}");
    console.change("addGrantToCatalogRole");

    let plan = "onboard?w=lakehouse&principal=svc&preset=olake&step=review";
    let before = console.changes().len();
    let [first, second] = console.submit_twice(plan, &[]).await;
    assert!(
        first.body.contains("This is the only time"),
        "{}",
        first.body
    );
    let made = console.changes().len() - before;
    assert!(made > 3, "{made}");
    assert!(
        second.body.contains("Nothing was sent again"),
        "{}",
        second.body
    );
    assert!(!second.body.contains("This is the only time"));
    let third = console.submit(plan, &[]).await.body;
    assert!(
        third.contains("There is a principal svc already"),
        "{third}"
    );
    assert_eq!(console.changes().len() - before, made);
}

#[tokio::test]
async fn a_change_that_was_shown_is_sent_once() {
    let console = Console::start().await;
    let new = "/c/sample-generic/namespace-new";
    let shown = console.preview(new, &[("name", "twice")]).await;
    let fields = filled(&shown.body, "shown", &[]);
    let first = console.send(new, &fields).await;
    assert_eq!(first.status, 303, "{}", first.body);
    let second = console.send(new, &fields).await;
    is_said(&second);
    assert!(second.body.contains("See it"), "it leads on");
    assert_eq!(console.change("createNamespace")["outcome"], "done");

    let drop = "/c/sample-generic/namespace-drop?ns=twice";
    let shown = console.get(drop).await;
    let fields = filled(&shown.body, "shown", &[("confirm", "twice")]);
    assert_eq!(console.send(drop, &fields).await.status, 303);
    let second = console.send(drop, &fields).await;
    is_said(&second);
    assert_eq!(console.change("dropNamespace")["outcome"], "done");

    let drop = "/c/sample-generic/table-drop?ns=sales&t=returns";
    let shown = console.preview(drop, &[("purge", "no")]).await;
    let fields = filled(&shown.body, "shown", &[("confirm", "returns")]);
    assert_eq!(console.send(drop, &fields).await.status, 303);
    is_said(&console.send(drop, &fields).await);
    assert_eq!(console.change("dropTable")["outcome"], "done");
}

#[tokio::test]
async fn every_form_that_changes_something_has_an_id() {
    let console = Console::start().await;
    let mut forms = 0;
    for page in [
        "catalog?w=lakehouse",
        "catalog-new",
        "catalog-edit?w=lakehouse",
        "principal?name=spark_etl",
        "principal-new",
        "principal-credentials?name=spark_etl",
        "principal-role?name=analysts",
        "principal-role-new",
        "catalog-role?w=lakehouse&name=reader",
        "catalog-role-new?w=lakehouse",
        "policy?w=lakehouse&ns=sales&name=compact_orders",
        "policy-new?w=lakehouse&ns=sales",
        "generic-table-new?w=lakehouse&ns=sales",
        "table-new?ns=sales",
        "table-register?ns=sales",
        "namespace-new?ns=sales",
        "namespace-edit?ns=sales",
        "namespace-drop?ns=sales&ns=eu",
        "schema-edit?ns=sales&t=orders",
        "spec-edit?ns=sales&t=orders",
        "table-rename?ns=sales&t=orders",
        "table-drop?ns=sales&t=orders",
        "snapshots-expire?ns=sales&t=orders",
        "format-upgrade?ns=sales&t=orders",
        "location-edit?ns=sales&t=orders",
        "statistics-drop?ns=sales&t=orders&type=table&snapshot=1",
        "unused-remove?ns=sales&t=orders",
        "tables-change?ns=sales",
        "view-new?ns=sales",
        "view-replace?ns=sales&v=revenue_by_day",
        "view-rollback?ns=sales&v=revenue_by_day&version=1",
        "view-rename?ns=sales&v=revenue_by_day",
        "view-drop?ns=sales&v=revenue_by_day",
        "grants?role=reader&w=lakehouse&revoke=TABLE_LIST",
        "grants?role=reader&w=lakehouse&step=preview&privilege=VIEW_DROP",
        "onboard?w=lakehouse&principal=svc&preset=olake&step=review",
        "offboard?principal=spark_etl&delete=yes&step=review",
    ] {
        let answer = console.page(page).await;
        assert_eq!(answer.status, 200, "{page}");
        let posted = answer
            .body
            .split("<form")
            .skip(1)
            .filter(|form| form.contains("method=\"post\"") && !form.contains("/access/"));
        for form in posted {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("name=\"once\" value=\"0"), "{page}: {form}");
            forms += 1;
        }
    }
    assert!(forms > 25, "{forms}");
}
