//! Catalogs, policies and generic tables; read-only connections; those who may do little.

use serde_json::Value;

use crate::polaris_support::{Console, POLARIS};

/// Fields of a line of the log.
fn parts<'a, const N: usize>(line: &'a Value, names: [&str; N]) -> [Option<&'a str>; N] {
    names.map(|name| line[name].as_str())
}

#[tokio::test]
async fn a_catalog_is_made_edited_and_deleted() {
    let console = Console::start().await;
    let fields = [
        ("name", "archive"),
        ("type", "INTERNAL"),
        ("default-base-location", "s3://archive/"),
        ("storage.storageType", "S3"),
        ("storage.roleArn", "arn:aws:iam::123456789012:role/archive"),
        ("storage.allowedLocations", "s3://archive/\r\ns3://more/"),
        ("storage.pathStyleAccess", "yes"),
        ("storage.tenantId", "typed before the type was changed"),
    ];
    let made = console.submit("catalog-new", &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    assert_eq!(
        made.header("location"),
        "/c/sample-polaris/catalog?w=archive&done=create"
    );
    let page = console.page("catalog?w=archive&done=create").await.body;
    assert!(page.contains("Created."));
    assert!(page.contains("arn:aws:iam::123456789012:role/archive"));
    assert!(!page.contains("typed before"));

    let form = console.page("catalog-edit?w=archive").await.body;
    let version = form.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let edit = [
        ("version", version),
        ("storage.storageType", "S3"),
        ("default-base-location", "s3://archive/"),
        ("storage.roleArn", "arn:aws:iam::123456789012:role/archive"),
        ("storage.allowedLocations", "s3://archive/"),
        ("storage.region", "eu-central-1"),
        ("key", "team"),
        ("value", "records"),
    ];
    let saved = console.submit("catalog-edit?w=archive", &edit).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let stale = console.submit("catalog-edit?w=archive", &edit).await;
    assert_eq!(stale.status, 409);
    assert!(stale.body.contains("Both versions") && stale.body.contains("records"));
    let page = console.page("catalog?w=archive").await.body;
    assert!(page.contains("eu-central-1") && !page.contains("s3://more/"));

    let full = [("confirm", "lakehouse")];
    let refused = console.press("catalog?w=lakehouse", "delete", &full).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.body.contains("goes when it is empty"),
        "{}",
        refused.body
    );
    console
        .press("catalog?w=archive", "delete", &[("confirm", "archive")])
        .await
        .ok();
    assert_eq!(console.page("catalog?w=archive").await.status, 404);
}

#[tokio::test]
async fn a_federated_catalogs_secret_comes_back_nowhere() {
    let console = Console::start().await;
    let mut fields = vec![
        ("name", "far"),
        ("type", "EXTERNAL"),
        ("default-base-location", ""),
        ("storage.storageType", "GCS"),
        (
            "storage.gcsServiceAccount",
            "lake@project.iam.gserviceaccount.com",
        ),
        ("connection.connectionType", "ICEBERG_REST"),
        ("connection.uri", "https://far.example/api/catalog"),
        ("connection.remoteCatalogName", "lake"),
        ("auth.authenticationType", "OAUTH"),
        ("auth.clientId", "crow"),
        ("auth.clientSecret", "CANARY-federated"),
        ("auth.scopes", "PRINCIPAL_ROLE:ALL"),
    ];
    let refused = console.submit("catalog-new", &fields).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused
            .body
            .contains("value=\"https://far.example/api/catalog\"")
    );
    assert!(!refused.body.contains("CANARY"));
    fields[2].1 = "gs://far/";
    let made = console.submit("catalog-new", &fields).await;
    assert!(!made.body.contains("CANARY"));
    assert!(!console.log().contains("CANARY"));
}

#[tokio::test]
async fn a_policy_is_made_attached_inherited_and_dropped() {
    let console = Console::start().await;
    let content = r#"{"version": "2025-02-03", "enable": true}"#;
    let fields = [
        ("name", "expire"),
        ("type", "system.snapshot-expiry"),
        ("content", content),
    ];
    let broken = [fields[0], fields[1], ("content", "{oops")];
    let refused = console
        .submit("policy-new?w=lakehouse&ns=sales", &broken)
        .await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("The content is no JSON") && refused.body.contains("{oops"));
    let made = console
        .submit("policy-new?w=lakehouse&ns=sales", &fields)
        .await;
    assert_eq!(made.status, 303, "{}", made.body);

    let page = "policy?w=lakehouse&ns=sales&name=expire";
    let update = [
        ("version", "0"),
        ("description", "nightly"),
        ("content", content),
    ];
    assert_eq!(console.submit(page, &update).await.status, 303);
    let stale = console
        .submit(page, &[update[0], ("description", "weekly"), update[2]])
        .await;
    assert_eq!(stale.status, 409);
    assert!(
        stale.body.contains("<td>nightly</td><td>weekly</td>"),
        "{}",
        stale.body
    );

    let target = [("levels", "sales"), ("target", "")];
    let attached = console.press(page, "attach", &target).await;
    let attached = console.get(attached.header("location")).await;
    assert!(attached.body.contains("Attached."), "{}", attached.body);
    let below = console
        .page("policies?w=lakehouse&ns=sales&ns=eu")
        .await
        .body;
    assert!(
        below.contains(">expire<") && below.contains("inherited"),
        "{below}"
    );
    let sure = [("confirm", "expire")];
    assert_eq!(console.press(page, "delete", &sure).await.status, 400);
    let wrong = [("levels", ""), ("target", "orders")];
    let refused = console.press(page, "attach", &wrong).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("value=\"orders\""), "what was typed");
    console.press(page, "detach", &target).await.ok();
    console.press(page, "delete", &sure).await.ok();
    assert_eq!(console.page(page).await.status, 404);
    for (operation, on) in [
        ("createPolicy", [None, None]),
        ("attachPolicy", [Some("namespace"), Some("sales")]),
        ("detachPolicy", [Some("namespace"), Some("sales")]),
    ] {
        let line = console.change(operation);
        assert_eq!(line["outcome"], "done");
        let policy = ["policy", "lakehouse", "sales", "expire"].map(Some);
        assert_eq!(
            parts(&line, ["kind", "catalog", "namespace", "name"]),
            policy
        );
        assert_eq!(parts(&line, ["grantee_kind", "grantee"]), on);
    }
}

#[tokio::test]
async fn a_generic_table_is_registered_and_dropped() {
    let console = Console::start().await;
    let fields = [
        ("name", "clicks"),
        ("format", "delta"),
        ("location", "s3://lake/clicks"),
        ("doc", "raw"),
    ];
    let made = console
        .submit("generic-table-new?w=lakehouse&ns=sales", &fields)
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    let page = "generic-table?w=lakehouse&ns=sales&name=clicks";
    let shown = console.page(page).await;
    assert!(shown.body.contains("s3://lake/clicks") && shown.body.contains("delta"));
    let marked = "aria-current=\"page\" data-key=\"generic table /sales/clicks\"";
    assert!(shown.body.contains(marked), "{}", shown.body);
    assert!(
        console
            .page("generic-tables?w=lakehouse&ns=sales")
            .await
            .body
            .contains(">clicks<")
    );
    let drop = [("confirm", "clicks")];
    console.press(page, "delete", &drop).await.ok();
    assert_eq!(console.page(page).await.status, 404);
    for operation in ["createGenericTable", "dropGenericTable"] {
        let line = console.change(operation);
        let table = ["table", "lakehouse", "sales", "clicks"].map(Some);
        assert_eq!(
            parts(&line, ["kind", "catalog", "namespace", "name"]),
            table
        );
    }
}

#[tokio::test]
async fn the_log_names_what_onboarding_changes_and_takes_back() {
    let console = Console::start().await;
    let plan = "onboard?w=lakehouse&principal=svc&preset=olake&step=review";
    console.submit(plan, &[]).await.ok();
    let undo = ["principal", "principal-role", "catalog-role"].map(|step| ("undo", step));
    console.submit(plan, &undo).await.ok();
    let told = [
        "kind",
        "catalog",
        "name",
        "privilege",
        "grantee_kind",
        "grantee",
    ];
    let catalog_role = ["catalog role", "lakehouse", "svc_access"].map(Some);
    let principal_role = [Some("principal role"), None, Some("svc_role")];
    let principal = [Some("principal"), None, Some("svc")];
    for (operation, [kind, catalog, name], more) in [
        ("createCatalogRole", catalog_role, [None; 3]),
        (
            "addGrantToCatalogRole",
            [Some("catalog"), Some("lakehouse"), None],
            ["CATALOG_MANAGE_CONTENT", "catalog role", "svc_access"].map(Some),
        ),
        (
            "assignCatalogRoleToPrincipalRole",
            catalog_role,
            [None, Some("principal role"), Some("svc_role")],
        ),
        (
            "assignPrincipalRole",
            principal_role,
            [None, Some("principal"), Some("svc")],
        ),
        ("deletePrincipal", principal, [None; 3]),
        ("deletePrincipalRole", principal_role, [None; 3]),
        ("deleteCatalogRole", catalog_role, [None; 3]),
    ] {
        let [privilege, grantee_kind, grantee] = more;
        assert_eq!(
            parts(&console.change(operation), told),
            [kind, catalog, name, privilege, grantee_kind, grantee],
            "{operation}"
        );
    }
    for operation in ["onboard", "undoOnboarding"] {
        let lines = console.changes();
        let mut lines = lines.iter().filter(|line| line["operation"] == operation);
        let (planned, ended) = (lines.next().unwrap(), lines.next().unwrap());
        assert_eq!(
            (&planned["outcome"], &ended["outcome"]),
            (&"planned".into(), &"ended".into())
        );
        assert_eq!(planned["untried"], ended["done"], "{operation}");
        assert_eq!(
            parts(ended, ["kind", "name"]),
            [Some("principal"), Some("svc")]
        );
    }
}

#[tokio::test]
async fn a_read_only_connection_changes_nothing_and_says_so() {
    let console = Console::with(|connection| connection.read_only = true).await;
    for page in [
        "principals",
        "principal?name=spark_etl",
        "catalog?w=lakehouse",
        "catalog-role?w=lakehouse&name=reader",
    ] {
        let body = console.page(page).await.body;
        assert!(body.contains("configured read-only"), "{page}");
        assert!(!body.contains("name=\"confirm\""), "{page}");
    }
    for page in [
        "catalog-new",
        "principal-new",
        "principal-role-new",
        "catalog-role-new?w=lakehouse",
        "policy-new?w=lakehouse&ns=sales",
        "generic-table-new?w=lakehouse&ns=sales",
        "grants?role=reader&w=lakehouse&revoke=TABLE_LIST",
    ] {
        let body = console.page(page).await.body;
        assert!(
            body.contains(
                r#" disabled title="The connection sample-polaris is configured read-only"#
            ),
            "{page}: {body}"
        );
    }
    let made = console.submit("principal-new", &[("name", "svc")]).await;
    assert_eq!(made.status, 403);
    assert!(made.body.contains("configured read-only") && made.body.contains("value=\"svc\""));
    let (page, give) = ("principal?name=spark_etl", [("role", "analysts")]);
    assert_eq!(console.press(page, "assign", &give).await.status, 403);
    let refused = console.change("createPrincipal");
    assert_eq!(
        parts(&refused, ["outcome", "why"]),
        ["refused", "Forbidden"].map(Some)
    );
    assert!(
        !console
            .page("principal?name=spark_etl")
            .await
            .body
            .contains("principal-role?name=analysts")
    );
}

#[tokio::test]
async fn what_is_gone_is_said_to_be_gone() {
    let console = Console::start().await;
    let missing = console.page("principal?name=ghost").await;
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("There is no principal “ghost”"));
    let (page, give) = ("principal?name=ghost", [("role", "analysts")]);
    assert_eq!(console.press(page, "assign", &give).await.status, 404);
}

#[tokio::test]
async fn who_may_list_nothing_still_opens_what_they_know() {
    let console = Console::with(|connection| {
        if let iceberg_rest::Auth::OAuth2 { asks, .. } = &mut connection.auth {
            asks.scope = Some("PRINCIPAL_ROLE:platform".into());
        }
    })
    .await;
    let refused = console.page("catalogs").await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("Open a catalog by its name"));
    let opened = console.page("catalog?w=lakehouse").await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert!(opened.body.contains(">unknown<"), "its roles are unknown");
}

#[tokio::test]
async fn other_kinds_of_catalog_have_no_principals() {
    let console = Console::start().await;
    let page = console.get("/c/sample-nessie/principals").await;
    assert_eq!(page.status, 501);
    assert!(page.body.contains("only Apache Polaris"), "{}", page.body);
    assert!(!page.body.contains("href=\"/c/sample-nessie/principals\""));
    let own = console.page("principals").await.body;
    assert!(own.contains(&format!("href=\"/c/{POLARIS}/principals\"")));
}
