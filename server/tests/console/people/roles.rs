//! What each role may, and what is on record of it.

use axum::http::StatusCode;
use model::person::Role;

use super::{Browser, console, record};

#[tokio::test]
async fn each_role_may_what_it_says() {
    let (console, store) = console().await;
    let onboard = "/c/sample-polaris/principal-new";
    let principal = [("name", "svc-new"), ("once", "p1")];
    for role in Role::ALL {
        let browser = Browser::signed_in(&console, role.word()).await;
        let name = format!("orders_of_{}", role.word());
        let create = browser
            .confirmed(
                "/c/sample-generic/namespace-new?ns=sales",
                &[("name", &name)],
            )
            .await;
        let made = create.status == StatusCode::SEE_OTHER;
        assert_eq!(
            made,
            role >= Role::Editor,
            "{} {}",
            role.word(),
            create.body
        );
        let granted = browser.post(onboard, &principal).await;
        assert_eq!(
            granted.body.contains("Client secret"),
            role == Role::Admin,
            "{}",
            role.word()
        );
        for path in ["/people", "/api/people"] {
            let people = browser.get(path).await;
            assert_eq!(
                people.status == StatusCode::OK,
                role == Role::Admin,
                "{path} {}",
                role.word()
            );
        }
        let page = browser.get("/c/sample-polaris/principal-new").await.body;
        assert_eq!(
            page.contains("You are signed in as"),
            role < Role::Admin,
            "{}",
            role.word()
        );
    }
    let record = record(&store).await;
    let of = |what: &str| {
        record
            .iter()
            .filter(|line| line.contains(what))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("authz_fail people refused").len(), 4, "{record:?}");
    assert_eq!(of("authz_fail").len(), 4 + 3, "{record:?}");
    assert_eq!(of("sensitive_create principal").len(), 1, "{record:?}");
}

#[tokio::test]
async fn what_a_role_rules_out_is_on_record_also_where_it_is_several_calls() {
    let (console, store) = console().await;
    let viewer = Browser::signed_in(&console, "viewer").await;
    let polaris = |page: &str| format!("/c/sample-polaris/{page}");
    let onboard = "onboard?w=lakehouse&principal=svc&preset=reader&step=review";
    let offboard = "offboard?principal=finance_reports&delete=yes&step=review";
    let grants = "grants?role=reader&w=lakehouse&ns=sales&t=orders";
    let (many, table) = (
        "/c/sample-generic/tables-change?ns=sales",
        ("table", "orders"),
    );
    for (path, fields, object) in [
        (polaris(onboard), vec![], "principal svc"),
        (polaris(offboard), vec![], "principal finance_reports"),
        (
            polaris(grants),
            vec![("action", "grant"), ("privilege", "TABLE_READ_DATA")],
            "sales.orders for catalog role reader",
        ),
        (
            many.into(),
            vec![
                table,
                ("do", "set"),
                ("key", "a"),
                ("value", "b"),
                ("once", "1"),
                ("shown", "x"),
            ],
            "namespace lakehouse.sales",
        ),
        (
            many.into(),
            vec![("operation", "stop")],
            "namespace lakehouse.sales",
        ),
        (
            "/people".into(),
            vec![("operation", "add-person")],
            "people",
        ),
    ] {
        let before = record(&store).await.len();
        let answer = viewer.post(&path, &fields).await;
        let record = record(&store).await.split_off(before);
        let found = record
            .iter()
            .any(|line| line.starts_with("authz_fail") && line.contains(object));
        assert!(found, "{path} {record:?} {}", answer.body);
    }
    let record = record(&store).await;
    assert!(
        record
            .iter()
            .all(|line| !line.ends_with("done") || line.starts_with("authn")),
        "{record:?}"
    );
}

#[tokio::test]
async fn what_was_changed_is_on_record_with_who_and_what() {
    let (console, store) = console().await;
    let browser = Browser::signed_in(&console, "editor").await;
    let answer = browser
        .confirmed(
            "/c/sample-generic/namespace-new?ns=sales",
            &[("name", "recorded")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let own = browser.get("/audit?object=recorded").await.body;
    for words in ["editor", "createNamespace", "recorded", "done", "generic"] {
        assert!(own.contains(words), "{words}: {own}");
    }
    assert!(own.contains("This is what you did yourself"));
    let admin = Browser::signed_in(&console, "admin").await;
    let csv = admin.get("/audit/export?format=csv&object=recorded").await;
    assert!(
        csv.body.lines().count() == 2 && csv.body.contains("\"editor\""),
        "{}",
        csv.body
    );
    let viewer = Browser::signed_in(&console, "viewer").await;
    for path in [
        "/audit",
        "/audit/export?format=json",
        "/api/audit?ask=object%3Drecorded",
    ] {
        let others = viewer.get(path).await.body;
        assert!(
            !others.contains("recorded"),
            "{path} shows what others did: {others}"
        );
    }
    let checked = store.check_chain().await.unwrap();
    assert_eq!(checked.broken_at, None);
}
