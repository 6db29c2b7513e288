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
async fn of_a_conflict_theirs_can_be_taken_key_by_key() {
    let console = Console::start().await;
    let page = "principal?name=spark_etl";
    let seen = version(&console.page(page).await.body);
    let of = |value| {
        [
            ("version", seen.as_str()),
            ("key", "owner"),
            ("value", value),
            ("key", "tier"),
            ("value", value),
        ]
    };
    assert_eq!(console.submit(page, &of("anna")).await.status, 303);
    let conflict = console.submit(page, &of("ben")).await;
    let box_of = "name=\"theirs\" value=\"owner\" form=\"properties\"";
    assert!(conflict.body.contains(box_of), "{}", conflict.body);
    let now = version(&conflict.body);
    let mut mixed = of("ben").to_vec();
    mixed[0] = ("version", now.as_str());
    mixed.extend([("theirs", "owner"), ("theirs", "never there")]);
    assert_eq!(console.submit(page, &mixed).await.status, 303);
    let saved = console.page(page).await.body;
    assert!(
        saved.contains("<td>anna</td>") && saved.contains("<td>ben</td>"),
        "{saved}"
    );
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

    let page = "principal-role?name=night_shift";
    let put_in = [("principal", "legacy_loader")];
    console.press(page, "put-in", &put_in).await.ok();
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

    let give = [("catalog", "lakehouse"), ("catalog_role", "watcher")];
    console.press(page, "assign", &give).await.ok();
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

    let held = "catalog-role?w=lakehouse&name=watcher";
    let holder = [("principal_role", "night_shift")];
    console.press(held, "revoke", &holder).await.ok();
    let own = "principal?name=legacy_loader";
    let role = [("role", "night_shift")];
    console.press(own, "revoke", &role).await.ok();
    assert!(
        !console
            .page("principal?name=legacy_loader")
            .await
            .body
            .contains("principal-role?name=night_shift")
    );

    let unsure = console.press(page, "delete", &[("confirm", "")]).await;
    assert_eq!(unsure.status, 400);
    console
        .press(page, "delete", &[("confirm", "night_shift")])
        .await
        .ok();
    console
        .press(held, "delete", &[("confirm", "watcher")])
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
    let admin = [("catalog", "lakehouse"), ("catalog_role", "catalog_admin")];
    for (page, operation, fields) in [
        (
            "principal?name=root",
            "revoke",
            &[("role", "service_admin")][..],
        ),
        (
            "principal-role?name=service_admin",
            "take-out",
            &[("principal", "root")],
        ),
        ("principal?name=root", "delete", &[("confirm", "root")]),
        ("principal-role?name=service_admin", "revoke", &admin),
        (
            "catalog-role?w=lakehouse&name=catalog_admin",
            "revoke",
            &[("principal_role", "service_admin")],
        ),
    ] {
        let refused = console.press(page, operation, fields).await;
        assert_eq!(refused.status, 400, "{page} {operation}");
    }
    assert!(console.changes().is_empty(), "nothing was sent");
    let page = "principal?name=audit_bot";
    let sure = [("confirm", "audit_bot")];
    console.press(page, "delete", &sure).await.ok();
    assert_eq!(console.page(page).await.status, 404);
}

#[tokio::test]
async fn a_catalog_role_that_is_the_own_last_way_to_manage_access_stays() {
    let console = Console::start().await;
    let keeper = "catalog-role?w=lab&name=keeper";
    let made = console.submit("principal-role-new", &[("name", "ops")]);
    assert_eq!(made.await.status, 303);
    let own = [("role", "ops")];
    console
        .press("principal?name=root", "assign", &own)
        .await
        .ok();
    let made = console.submit("catalog-role-new?w=lab", &[("name", "keeper")]);
    assert_eq!(made.await.status, 303);
    let held = |holder| [("principal_role", holder)];
    for holder in ["ops", "platform"] {
        console.press(keeper, "assign", &held(holder)).await.ok();
    }
    for (role, action) in [("keeper", "grant"), ("catalog_admin", "revoke")] {
        let page = format!("grants?role={role}&w=lab");
        let fields = [("action", action), ("privilege", "CATALOG_MANAGE_ACCESS")];
        let answer = console.submit(&page, &fields).await.body;
        assert!(!answer.contains("the last way of root"), "{answer}");
    }

    let refused = console.press(keeper, "delete", &[("confirm", "")]).await;
    let asked = refused.body.contains("keeper and lock myself out");
    assert!(asked, "at once: {}", refused.body);
    let plainly = [("confirm", "keeper")];
    let refused = console.press(keeper, "delete", &plainly).await;
    assert_eq!(refused.status, 400, "both ways end at once");
    assert!(
        refused.body.contains("the last way of root"),
        "{}",
        refused.body
    );
    console.press(keeper, "revoke", &held("ops")).await.ok();
    let refused = console.press(keeper, "revoke", &held("platform")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("keeper and lock myself out"));
    let typed = ("confirm", "keeper and lock myself out");
    let typed = [&held("platform")[..], &[typed]].concat();
    console.press(keeper, "revoke", &typed).await.ok();
}

#[tokio::test]
async fn whom_one_may_not_see_may_be_oneself() {
    let console = Console::with(|connection| {
        if let iceberg_rest::Auth::OAuth2 { asks, .. } = &mut connection.auth {
            asks.scope = Some("PRINCIPAL_ROLE:platform".into());
        }
    })
    .await;
    for (page, name) in [
        ("principal?name=root", "root"),
        ("principal-role?name=platform", "platform"),
    ] {
        let refused = console.press(page, "delete", &[("confirm", name)]).await;
        assert_eq!(refused.status, 400, "{page}");
        assert!(refused.body.contains("cannot tell"), "{}", refused.body);
    }
    let own = [("role", "platform")];
    let refused = console.press("principal?name=root", "revoke", &own).await;
    assert_eq!(refused.status, 400);
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_button_is_answered_on_its_page_with_the_reason_or_what_came_of_it() {
    let console = Console::start().await;
    let page = "principal?name=audit_bot";
    let refused = console.press(page, "delete", &[("confirm", "no")]).await;
    assert_eq!(refused.status, 400);
    let reason = "Nothing was changed. To go on, type “audit_bot”.";
    assert!(refused.body.contains(reason), "{}", refused.body);
    assert!(refused.body.contains("value=\"no\""), "what was typed");

    let assigned = console.press(page, "assign", &[("role", "analysts")]).await;
    assert_eq!(assigned.status, 303);
    let to = assigned.header("location");
    let on = "/c/sample-polaris/principal?name=audit_bot&done=assign&undo=";
    assert!(to.starts_with(on), "{to}");
    let assigned = console.get(to).await.body;
    assert!(assigned.contains(">Assigned. <a"), "{assigned}");
    assert!(assigned.contains("principal-role?name=analysts"));
    let made_up = format!("/c/sample-polaris/{page}&done=Call+us");
    assert!(!console.get(&made_up).await.body.contains("Call us."));
    // A way elsewhere that a form names leads nowhere.
    let fields = [("confirm", "audit_bot"), ("back", "//evil.test/")];
    let deleted = console.press(page, "delete", &fields).await;
    assert_eq!(
        (deleted.status.as_u16(), deleted.header("location")),
        (303, "/c/sample-polaris/principals?done=delete")
    );
    let list = console.get(deleted.header("location")).await.body;
    assert!(list.contains("Deleted."), "{list}");
    let nobody = "principal?name=%3Cb%3Enobody";
    let failed = console.press(nobody, "delete", &[("confirm", "<b>nobody")]);
    let failed = failed.await;
    assert!(!failed.status.is_success());
    assert!(!failed.body.contains("<b>"), "{}", failed.body);
}

#[tokio::test]
async fn a_confirmation_stands_open_while_it_is_refused_and_beside_others_that_are_pressed() {
    let console = Console::start().await;
    let page = "principal-role?name=platform";
    for principal in ["audit_bot", "spark_etl"] {
        let fields = [("principal", principal)];
        console.press(page, "put-in", &fields).await.ok();
    }
    let open = |body: &str, principal: &str| {
        let row = body
            .split(&format!("Take out {principal}…"))
            .next()
            .unwrap();
        let details = row.rsplit("<details").next().unwrap();
        details.split('>').next().unwrap().contains(" open")
    };
    let about = |principal: &'static str| {
        let names = match principal {
            "audit_bot" => "audit_bot ← platform",
            _ => "spark_etl ← platform",
        };
        [("principal", principal), ("names", names)]
    };
    let shown = console.page(page).await.body;
    assert!(!open(&shown, "audit_bot") && !open(&shown, "spark_etl"));
    let wrong = [&about("spark_etl")[..], &[("confirm", "oops")]].concat();
    let refused = console.press(page, "take-out", &wrong).await.body;
    assert!(
        !open(&refused, "audit_bot") && open(&refused, "spark_etl"),
        "{refused}"
    );
    let beside = r#"name="opened" value="spark_etl ← platform""#;
    assert!(refused.contains(beside), "{refused}");
    let other = ("opened", "spark_etl ← platform");
    let pressed = [&about("audit_bot")[..], &[other]].concat();
    let taken = console.press(page, "take-out", &pressed).await;
    let taken = console.get(taken.header("location")).await.body;
    assert!(!taken.contains("Take out audit_bot…"), "{taken}");
    assert!(open(&taken, "spark_etl"), "{taken}");
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
