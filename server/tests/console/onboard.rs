//! A service is set up in one flow, and what was made can be undone.

use std::sync::atomic::Ordering;

use crate::{
    access::{page, polaris},
    support::{ask, get, post},
};

pub(crate) const PLAN: &str =
    "/c/p/onboard?w=lakehouse&principal=new_svc&preset=reader&step=review";

#[tokio::test]
async fn a_service_is_onboarded_and_its_secret_told_once() {
    let (console, _) = polaris(false).await;
    let review = ask(&console, get(PLAN)).await.body;
    assert!(
        review
            .contains("/api/management/v1/catalogs/lakehouse/catalog-roles/new_svc_access/grants"),
        "{review}"
    );
    let report = post(&console, PLAN, &[]).await;
    assert!(
        report.body.contains("The service is set up"),
        "{}",
        report.body
    );
    assert_eq!(report.header("cache-control"), "no-store");
    assert!(report.body.contains("Client secret"));
    let again = post(&console, PLAN, &[]).await.body;
    assert!(
        again.contains("There is a principal new_svc already"),
        "{again}"
    );
    let reach = page(&console, "/c/p/reach?principal=new_svc").await.body;
    assert!(reach.contains("TABLE_READ_DATA"), "{reach}");
}

#[tokio::test]
async fn what_was_made_before_a_failure_is_undone() {
    let (console, _) = polaris(false).await;
    let plan = format!("{PLAN}&privileges=TABLE_SING").replace("new_svc", "half");
    let report = post(&console, &plan, &[]).await.body;
    assert!(
        report.contains("It stopped where a call failed"),
        "{report}"
    );
    assert!(!report.contains("Client secret"), "no principal was made");
    let undone = post(
        &console,
        &plan,
        &[
            ("undo", "catalog-role"),
            ("undo", "grant:NAMESPACE_READ_PROPERTIES"),
        ],
    )
    .await
    .body;
    assert!(undone.contains("What was made is undone"), "{undone}");
    let roles = ask(&console, get("/c/p/grants?w=lakehouse")).await.body;
    assert!(!roles.contains("half_access"), "{roles}");
}

const REUSED: &str = "/c/p/onboard?w=lakehouse&principal=new_svc&preset=reader&catalog-role=reader&principal-role=analysts&step=review";

#[tokio::test]
async fn an_undo_leaves_what_a_reused_role_held_before() {
    let (console, wire) = polaris(false).await;
    let review = ask(&console, get(REUSED)).await.body;
    assert!(review.contains("TABLE_READ_DATA"), "{review}");
    assert!(!review.contains("&quot;NAMESPACE_READ_PROPERTIES&quot;"));
    assert!(!review.contains("Give reader to analysts"));

    wire.loses_secrets.store(true, Ordering::SeqCst);
    let report = post(&console, REUSED, &[]).await.body;
    let undo = report.matches(r#"name="undo" value="#).count();
    assert_eq!(undo, 1, "{report}");
    assert!(report.contains(r#"value="grant:TABLE_READ_DATA""#));
    assert!(report.contains("reset its credentials"));
    assert!(report.contains("/c/p/principal-credentials?name=new_svc"));
    post(&console, REUSED, &[("undo", "grant:TABLE_READ_DATA")]).await;
    let desk = ask(&console, get("/c/p/grants?role=reader&w=lakehouse"))
        .await
        .body;
    assert!(desk.contains("Revoke NAMESPACE_READ_PROPERTIES"), "{desk}");
    assert!(!desk.contains("Revoke TABLE_READ_DATA"));
}

#[tokio::test]
async fn an_undo_leaves_what_a_reused_role_may_have_held() {
    let (console, wire) = polaris(false).await;
    wire.refuses_grants.store(true, Ordering::SeqCst);
    wire.loses_secrets.store(true, Ordering::SeqCst);
    // The principal role is new: what was made stands among what may have been there.
    let plan = REUSED.replace("analysts", "new_role");
    let report = post(&console, &plan, &[]).await.body;
    assert!(
        report.contains("Grant NAMESPACE_READ_PROPERTIES"),
        "{report}"
    );
    assert!(!report.contains(r#"value="grant:"#), "{report}");
    assert!(report.contains(r#"value="principal-role""#));
    assert!(report.contains("may have held before stays"));
}

#[tokio::test]
async fn credentials_whose_answer_was_lost_lead_to_the_reset() {
    let (console, wire) = polaris(false).await;
    wire.loses_secrets.store(true, Ordering::SeqCst);
    let reset = "/c/p/principal-credentials?name=svc";
    for status in [502, 409] {
        let answer = post(&console, "/c/p/principal-new", &[("name", "svc")]).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.body.contains("reset its credentials"));
        assert!(answer.body.contains(&format!("href=\"{reset}\"")));
    }
    let fields = [("operation", "reset"), ("confirm", "svc")];
    let lost = post(&console, reset, &fields).await;
    assert_eq!(lost.status, 502, "{}", lost.body);
    assert!(lost.body.contains("may have been replaced"));
    wire.loses_secrets.store(false, Ordering::SeqCst);
    let again = post(&console, reset, &fields).await;
    assert!(again.body.contains("Client secret"), "{}", again.body);
}
