//! Polaris' objects are made, changed and removed through the console's own pages.

use crate::polaris_support::{Console, POLARIS};

#[tokio::test]
async fn a_new_principals_secret_is_in_the_answer_and_nowhere_else() {
    let console = Console::start().await;
    let fields = [("name", "svc"), ("key", "purpose"), ("value", "nightly")];
    let made = console.submit("principal-new", &fields).await;
    assert_eq!(made.status, 200);
    assert_eq!(made.header("cache-control"), "no-store");
    let secret = shown(&made.body, "Client secret");
    assert!(secret.len() > 10, "{secret}");
    assert!(made.body.contains("If this answer is lost"));
    assert!(made.body.contains("name=\"kept\" value=\"yes\" required"));

    for page in [
        "principal?name=svc",
        "principals",
        "principal-credentials?name=svc",
        "principal-new",
    ] {
        let page = console.page(page).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains(&secret));
    }
    assert!(console.page("principals").await.body.contains("nightly"));

    let wrong = console
        .submit(
            "principal-credentials?name=svc",
            &[("operation", "reset"), ("confirm", "x")],
        )
        .await;
    assert_eq!(wrong.status, 400);
    let chosen = [
        ("operation", "reset"),
        ("clientId", "svc-2"),
        ("clientSecret", "CANARY-chosen"),
        ("confirm", "svc"),
    ];
    let reset = console
        .submit("principal-credentials?name=svc", &chosen)
        .await;
    assert_eq!(
        (reset.status.as_u16(), reset.header("cache-control")),
        (200, "no-store")
    );
    assert_eq!(shown(&reset.body, "Client id"), "svc-2");
    assert!(
        !console
            .page("principal?name=svc")
            .await
            .body
            .contains("CANARY")
    );

    let log = console.log();
    for secret in [secret.as_str(), "CANARY"] {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
    let line = console.change("createPrincipal");
    assert_eq!(line["connection"], POLARIS);
    assert_eq!(line["identity"], "root");
    assert_eq!(
        (&line["kind"], &line["name"]),
        (&"principal".into(), &"svc".into())
    );
    assert_eq!(line["outcome"], "done");
    assert!(line["span"]["request_id"].is_string(), "{line}");
}

#[tokio::test]
async fn only_oneself_may_rotate_and_that_takes_more_than_the_name() {
    let console = Console::start().await;
    let page = "principal-credentials?name=root";
    let refused = console
        .submit(page, &[("operation", "rotate"), ("confirm", "root")])
        .await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("root and lock myself out"));
    let rotate = [
        ("operation", "rotate"),
        ("confirm", "root and lock myself out"),
    ];
    let rotated = console.submit(page, &rotate).await;
    assert_eq!(
        (rotated.status.as_u16(), rotated.header("cache-control")),
        (200, "no-store")
    );
    assert!(
        !console
            .log()
            .contains(&shown(&rotated.body, "Client secret"))
    );

    let console = Console::start().await;
    let other = [("operation", "rotate"), ("confirm", "spark_etl")];
    let refused = console
        .submit("principal-credentials?name=spark_etl", &other)
        .await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn what_was_typed_survives_a_refusal() {
    let console = Console::start().await;
    let fields = [
        ("name", "system$x"),
        ("key", "team"),
        ("value", "blue & green"),
    ];
    for page in [
        "principal-new",
        "principal-role-new",
        "catalog-role-new?w=lakehouse",
    ] {
        let refused = console.submit(page, &fields).await;
        assert_eq!(refused.status, 400, "{page}");
        assert!(refused.body.contains("cannot begin with SYSTEM$"), "{page}");
        assert!(
            refused.body.contains("value=\"blue &amp; green\""),
            "{page}"
        );
    }
    let taken = console
        .submit("principal-new", &[("name", "spark_etl")])
        .await;
    assert_eq!(taken.status, 409);
    assert!(taken.body.contains("value=\"spark_etl\""));
}

#[tokio::test]
async fn a_conflict_shows_both_versions_and_saving_again_wins() {
    let console = Console::start().await;
    for page in [
        "principal?name=spark_etl",
        "principal-role?name=analysts",
        "catalog-role?w=lakehouse&name=reader",
    ] {
        let seen = version(&console.page(page).await.body);
        let first = [
            ("version", seen.as_str()),
            ("key", "owner"),
            ("value", "anna"),
        ];
        assert_eq!(console.submit(page, &first).await.status, 303, "{page}");
        let second = [
            ("version", seen.as_str()),
            ("key", "owner"),
            ("value", "ben"),
        ];
        let conflict = console.submit(page, &second).await;
        assert_eq!(conflict.status, 409, "{page}");
        assert!(
            conflict.body.contains("<td>anna</td><td>ben</td>"),
            "{page}: {}",
            conflict.body
        );
        let now = version(&conflict.body);
        assert_ne!(now, seen);
        let again = [
            ("version", now.as_str()),
            ("key", "owner"),
            ("value", "ben"),
        ];
        assert_eq!(console.submit(page, &again).await.status, 303, "{page}");
        assert!(
            console.page(page).await.body.contains("<td>ben</td>"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn roles_are_assigned_and_taken_away_from_both_sides() {
    let console = Console::start().await;
    let role = [("name", "night_shift")];
    assert_eq!(
        console.submit("principal-role-new", &role).await.status,
        303
    );
    assert_eq!(
        console
            .submit("catalog-role-new?w=lakehouse", &[("name", "watcher")])
            .await
            .status,
        303
    );

    let put_in = [("principal", "legacy_loader"), ("role", "night_shift")];
    console.call("principal-role-assign", &put_in).await.ok();
    assert!(
        console
            .page("principal?name=legacy_loader")
            .await
            .body
            .contains("principal-role?name=night_shift")
    );
    assert!(
        console
            .page("principal-role?name=night_shift")
            .await
            .body
            .contains("principal?name=legacy_loader")
    );

    let give = [
        ("catalog", "lakehouse"),
        ("principal_role", "night_shift"),
        ("catalog_role", "watcher"),
    ];
    console.call("catalog-role-assign", &give).await.ok();
    assert!(
        console
            .page("principal-role?name=night_shift")
            .await
            .body
            .contains("w=lakehouse&amp;name=watcher")
    );
    assert!(
        console
            .page("catalog-role?w=lakehouse&name=watcher")
            .await
            .body
            .contains("principal-role?name=night_shift")
    );

    console.call("catalog-role-revoke", &give).await.ok();
    console.call("principal-role-unassign", &put_in).await.ok();
    assert!(
        !console
            .page("principal?name=legacy_loader")
            .await
            .body
            .contains("principal-role?name=night_shift")
    );

    let unsure = console
        .call(
            "principal-role-delete",
            &[("name", "night_shift"), ("confirm", "")],
        )
        .await;
    assert_eq!(unsure.status, 400);
    console
        .call(
            "principal-role-delete",
            &[("name", "night_shift"), ("confirm", "night_shift")],
        )
        .await
        .ok();
    let at = "/c/sample-polaris?w=lakehouse";
    console
        .call_at(
            at,
            "catalog-role-delete",
            &[("name", "watcher"), ("confirm", "watcher")],
        )
        .await
        .ok();
    assert_eq!(
        console.page("principal-role?name=night_shift").await.status,
        404
    );
    assert_eq!(
        console
            .page("catalog-role?w=lakehouse&name=watcher")
            .await
            .status,
        404
    );
    for operation in [
        "createPrincipalRole",
        "createCatalogRole",
        "assignPrincipalRole",
        "revokePrincipalRole",
        "assignCatalogRoleToPrincipalRole",
        "revokeCatalogRoleFromPrincipalRole",
        "deletePrincipalRole",
        "deleteCatalogRole",
    ] {
        assert_eq!(console.change(operation)["outcome"], "done", "{operation}");
    }
}

#[tokio::test]
async fn one_does_not_lock_oneself_out_by_a_slip() {
    let console = Console::start().await;
    let own = [("principal", "root"), ("role", "service_admin")];
    assert_eq!(
        console.call("principal-role-unassign", &own).await.status,
        400
    );
    let own = [("name", "root"), ("confirm", "root")];
    assert_eq!(console.call("principal-delete", &own).await.status, 400);
    let admin = [
        ("catalog", "lakehouse"),
        ("principal_role", "service_admin"),
        ("catalog_role", "catalog_admin"),
    ];
    assert_eq!(
        console.call("catalog-role-revoke", &admin).await.status,
        400
    );
    assert!(console.changes().is_empty(), "nothing was sent");
    let sure = [("name", "audit_bot"), ("confirm", "audit_bot")];
    console.call("principal-delete", &sure).await.ok();
    assert_eq!(console.page("principal?name=audit_bot").await.status, 404);
}

#[tokio::test]
async fn a_catalog_role_that_is_the_own_last_way_to_manage_access_stays() {
    let console = Console::start().await;
    let at = "/c/sample-polaris?w=lab";
    let own = [("principal", "root"), ("role", "ops")];
    let made = console.submit("principal-role-new", &[("name", "ops")]);
    assert_eq!(made.await.status, 303);
    console.call("principal-role-assign", &own).await.ok();
    let made = console.submit("catalog-role-new?w=lab", &[("name", "keeper")]);
    assert_eq!(made.await.status, 303);
    let held = |holder| {
        [
            ("catalog", "lab"),
            ("principal_role", holder),
            ("catalog_role", "keeper"),
        ]
    };
    for holder in ["ops", "platform"] {
        console
            .call("catalog-role-assign", &held(holder))
            .await
            .ok();
    }
    for (role, action) in [("keeper", "grant"), ("catalog_admin", "revoke")] {
        let page = format!("grants?role={role}&w=lab");
        let fields = [("action", action), ("privilege", "CATALOG_MANAGE_ACCESS")];
        let answer = console.submit(&page, &fields).await.body;
        assert!(!answer.contains("the last way of root"), "{answer}");
    }

    let plainly = [("name", "keeper"), ("confirm", "keeper")];
    let refused = console.call_at(at, "catalog-role-delete", &plainly).await;
    assert_eq!(refused.status, 400, "both ways end at once");
    assert!(
        refused.body.contains("the last way of root"),
        "{}",
        refused.body
    );
    console.call("catalog-role-revoke", &held("ops")).await.ok();
    let refused = console.call("catalog-role-revoke", &held("platform")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("keeper and lock myself out"));
    let typed = ("confirm", "keeper and lock myself out");
    let typed = [&held("platform")[..], &[typed]].concat();
    console.call("catalog-role-revoke", &typed).await.ok();
}

#[tokio::test]
async fn whom_one_may_not_see_may_be_oneself() {
    let console = Console::with(|connection| {
        if let iceberg_rest::Auth::OAuth2 { scope, .. } = &mut connection.auth {
            *scope = Some("PRINCIPAL_ROLE:platform".into());
        }
    })
    .await;
    for (function, name) in [
        ("principal-delete", "root"),
        ("principal-role-delete", "platform"),
    ] {
        let fields = [("name", name), ("confirm", name)];
        let refused = console.call(function, &fields).await;
        assert_eq!(refused.status, 400, "{function}");
        assert!(refused.body.contains("cannot tell"), "{}", refused.body);
    }
    let own = [("principal", "root"), ("role", "platform")];
    let refused = console.call("principal-role-unassign", &own).await;
    assert_eq!(refused.status, 400);
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_form_without_scripts_comes_back_with_the_reason() {
    let console = Console::start().await;
    let fields = [("name", "audit_bot"), ("confirm", "no")];
    let page = "/c/sample-polaris/principal?name=audit_bot";
    let answer = console.call_from(page, "principal-delete", &fields).await;
    assert_eq!(answer.status, 303);
    let told = answer.header("location");
    assert!(told.starts_with(&format!("{page}&")), "{told}");
    let reason = "Nothing was changed. To go on, type “audit_bot”.";
    let back = console.get_as("same-origin", told).await;
    assert!(back.body.contains(reason), "{}", back.body);
    for site in ["none", "cross-site"] {
        let back = console.get_as(site, told).await;
        assert!(!back.body.contains(reason), "{site}: {}", back.body);
    }
    let fields = [("place", page), ("back", told), fields[0], fields[1]];
    let again = console
        .post("/api/principal-delete", "text/html", "/", &fields)
        .await;
    assert_eq!(again.header("location"), told, "one error at a time");
}

#[tokio::test]
async fn a_form_without_scripts_leads_to_pages_of_the_console_alone() {
    let console = Console::start().await;
    let page = "/c/sample-polaris/principal?name=audit_bot";
    let fields = [("principal", "audit_bot"), ("role", "analysts")];
    let done = console
        .call_from(page, "principal-role-assign", &fields)
        .await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, page));
    for back in [
        "//evil.test/",
        "http://evil.test/",
        "/\\evil.test",
        "/c/x\r\nset-cookie: a=b",
    ] {
        let fields = [("name", "nobody"), ("confirm", "nobody"), ("back", back)];
        let place = ("place", "/c/sample-polaris");
        let fields = [&[place], &fields[..]].concat();
        let failed = console
            .post("/api/principal-delete", "text/html", "/", &fields)
            .await;
        assert!(
            failed.body.contains("<a href=\"/\">"),
            "{back}: {}",
            failed.body
        );
        assert_eq!(failed.header("location"), "", "{back}");
    }
    let named = [
        ("place", "/c/sample-polaris"),
        ("name", "<b>nobody"),
        ("confirm", "<b>nobody"),
    ];
    let failed = console
        .post("/api/principal-delete", "text/html", "/", &named)
        .await;
    assert!(!failed.status.is_success());
    assert!(!failed.body.contains("<b>"), "{}", failed.body);
}

/// The value beside a name in a list of facts.
fn shown(page: &str, name: &str) -> String {
    let after = page.split(&format!("{name}</dt>")).nth(1).unwrap();
    let value = after.split("wrap-anywhere\">").nth(1).unwrap();
    value.split('<').next().unwrap().to_owned()
}

fn version(page: &str) -> String {
    let field = page.split("name=\"version\" value=\"").nth(1).unwrap();
    field.split('"').next().unwrap().to_owned()
}
