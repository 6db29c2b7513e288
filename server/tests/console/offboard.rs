//! A principal goes with what nobody else uses, call by call.

use std::sync::atomic::Ordering;

use crate::{
    access::{page, polaris},
    support::{ask, get, post},
};

const FINANCE: &str = "/c/p/offboard?principal=finance_reports";
const REVIEW: &str = "/c/p/offboard?principal=finance_reports&leave=finance&principal-role=finance&delete=yes&step=review";
const CONFIRM: (&str, &str) = ("confirm", "finance_reports");

/// The boxes that a page offers, by their value; those that are off are left out.
fn boxes(page: &str) -> Vec<&str> {
    let boxes = page.split("<input").skip(1);
    let boxes = boxes.filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
    boxes
        .filter(|tag| tag.contains("checkbox") && !tag.contains(" disabled"))
        .filter_map(|tag| tag.split_once("value=\"")?.1.split('"').next())
        .collect()
}

#[tokio::test]
async fn only_what_nobody_else_uses_is_offered_to_go() {
    let (console, _) = polaris(false).await;
    let finance = page(&console, FINANCE).await.body;
    let offered = boxes(&finance);
    assert!(offered.contains(&"finance"), "{finance}");
    assert!(offered.contains(&"yes"), "the principal itself");
    let dbt = page(&console, "/c/p/offboard?principal=dbt_runner")
        .await
        .body;
    assert_eq!(boxes(&dbt), ["yes"], "{dbt}");
    assert!(dbt.contains("spark_etl. They lose nothing."), "{dbt}");
    let choose = page(&console, "/c/p/offboard").await.body;
    assert!(
        choose.contains(r#"<option value="dbt_runner">"#),
        "{choose}"
    );
    let none = page(&console, "/c/p/offboard?principal=nobody").await;
    assert_eq!(none.status, 404, "{}", none.body);
}

#[tokio::test]
async fn the_calls_are_seen_confirmed_made_once_and_told() {
    let (console, wire) = polaris(false).await;
    let review = ask(&console, get(REVIEW)).await.body;
    let calls = [
        "/principals/finance_reports/principal-roles/finance",
        "/principal-roles/finance",
        "/principals/finance_reports",
    ];
    let order = calls.map(|call| review.find(&format!("/api/management/v1{call}<")));
    assert!(order.is_sorted() && order[0].is_some(), "{review}");
    assert_eq!(
        wire.changes.load(Ordering::SeqCst),
        0,
        "nothing is sent yet"
    );

    let refused = post(&console, REVIEW, &[]).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(refused.body.contains("type “finance_reports”"));
    assert!(refused.body.contains("Make these calls"), "the calls stay");
    assert_eq!(wire.changes.load(Ordering::SeqCst), 0);

    let report = post(&console, REVIEW, &[CONFIRM]).await;
    assert!(
        report.body.contains("is offboarded as chosen"),
        "{}",
        report.body
    );
    assert_eq!(wire.changes.load(Ordering::SeqCst), 3);
    let again = ask(&console, get(REVIEW)).await.body;
    assert!(again.contains("Nothing is left to be done"), "{again}");
}

#[tokio::test]
async fn what_failed_half_way_is_gone_on_with() {
    let (console, wire) = polaris(false).await;
    wire.refuses_changes_after(1);
    let report = post(&console, REVIEW, &[CONFIRM]).await.body;
    assert!(
        report.contains("It stopped where a call failed"),
        "{report}"
    );
    assert!(report.contains("Take finance from finance_reports"));
    assert!(report.contains("1 call not made any more"), "{report}");
    assert!(report.contains("Go on with what is left"));
    wire.refuses_changes_after(usize::MAX);
    let rest = ask(&console, get(REVIEW)).await.body;
    assert!(
        rest.contains("1 of 3 done, 1 failed, 1 not tried"),
        "{rest}"
    );
    assert!(rest.contains("2 calls, in this order"), "{rest}");
    let report = post(&console, REVIEW, &[CONFIRM]).await.body;
    assert!(report.contains("is offboarded as chosen"), "{report}");
    assert!(!report.contains("Take finance from"), "it was done before");
}

#[tokio::test]
async fn what_somebody_uses_by_now_stays() {
    let (console, wire) = polaris(false).await;
    let shared = "/c/p/offboard?principal=dbt_runner&principal-role=analysts&principal-role=service_admin&catalog-role=lakehouse/reader&step=review";
    let review = ask(&console, get(shared)).await.body;
    for why in [
        "Others are in the principal role analysts: anna.steward, trino_bi",
        "Roles that stay hold the catalog role reader in lakehouse: data_scientists",
        "service_admin belongs to the server",
    ] {
        assert!(review.contains(why), "{why}: {review}");
    }
    let refused = post(&console, shared, &[("confirm", "dbt_runner")]).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert_eq!(wire.changes.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn crowsnest_asks_for_more_before_it_takes_itself_away() {
    let (console, wire) = polaris(false).await;
    let own = "/c/p/offboard?principal=root&delete=yes&step=review";
    let review = ask(&console, get(own)).await.body;
    assert!(review.contains("root and lock myself out"), "{review}");
    assert!(review.contains("gives nobody a token any more"));
    let refused = post(&console, own, &[("confirm", "root")]).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert_eq!(wire.changes.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_names_it_as_owner_is_told() {
    let (console, _) = polaris(false).await;
    let fields = [
        ("name", "orphan"),
        ("key", "owner"),
        ("value", "finance_reports"),
    ];
    let made = post(&console, "/c/p/principal-new", &fields).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let page = page(&console, FINANCE).await.body;
    assert!(page.contains("would be left without one"), "{page}");
    assert!(page.contains("orphan"), "{page}");
}

#[tokio::test]
async fn of_tables_it_is_said_which_it_owns_and_of_how_many() {
    let (console, _) = polaris(false).await;
    let made = post(
        &console,
        "/c/p/principal-new",
        &[("name", "sales-platform")],
    )
    .await;
    assert_eq!(made.status, 200, "{}", made.body);
    let offboard = "/c/p/offboard?principal=sales-platform";
    let none = page(&console, offboard).await.body;
    assert!(none.contains("No table was read lately"), "{none}");
    let listed = ask(&console, get("/c/p/ns?ns=sales&tab=tables&figures=page")).await;
    assert!(listed.body.contains("sales-platform"), "{}", listed.body);
    let some = page(&console, offboard).await.body;
    let owns = some.split("It owns ").nth(1).unwrap();
    let owns = owns.split("</section>").next().unwrap();
    assert!(owns.starts_with("1 of the "), "{owns}");
    assert!(owns.contains("tables that were read lately"), "{owns}");
    let orders = "href=\"/c/p/t/overview?ns=sales&amp;t=orders\"";
    assert!(owns.contains(orders), "{owns}");
    let other = page(&console, FINANCE).await.body;
    assert!(other.contains("None of the "), "{other}");
    assert!(other.contains("Others were not looked at."), "{other}");
}
