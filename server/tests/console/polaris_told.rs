//! What a page of Polaris tells of a change: what undoes it, and what it would take away.

use crate::{polaris_support::Console, support::OFTEN};

/// Where the page's flash leads to what undoes the change.
fn undo(page: &str) -> String {
    let (before, _) = page.split_once(">Undo…<").expect("a way to undo it");
    let (_, href) = before.rsplit_once("href=\"").expect("a link");
    let (href, _) = href.split_once('"').expect("its address");
    href.replace("&amp;", "&")
}

#[tokio::test]
async fn what_undoes_a_change_is_one_link_away_and_asks_first() {
    let console = Console::start().await;
    for (page, operation, given, inverse) in [
        (
            "principal?name=audit_bot",
            "assign",
            &[("role", "analysts")][..],
            "revoke",
        ),
        (
            "principal-role?name=auditors",
            "put-in",
            &[("principal", "trino_bi")],
            "take-out",
        ),
        (
            "principal-role?name=analysts",
            "assign",
            &[("catalog", "lab"), ("catalog_role", "experimenter")],
            "revoke",
        ),
        (
            "catalog-role?w=lakehouse&name=content_manager",
            "assign",
            &[("principal_role", "analysts")],
            "revoke",
        ),
    ] {
        let done = console.press(page, operation, given).await;
        assert_eq!(done.status, 303, "{page}: {}", done.body);
        let told = console.get(done.header("location")).await.body;
        let before = console.changes().len();
        let asked = console.get(&undo(&told)).await.body;
        assert!(asked.contains("<details open"), "{page}: {asked}");
        assert!(!asked.contains("done="), "it is asked, not done");

        let (catalog, role) = match page {
            "principal-role?name=analysts" => ("lab", "analysts"),
            _ => ("lakehouse", "analysts"),
        };
        let named = match (page, operation) {
            ("principal-role?name=analysts", _) => {
                vec![("catalog", catalog), ("principal_role", role), given[1]]
            }
            ("catalog-role?w=lakehouse&name=content_manager", _) => vec![
                ("catalog", catalog),
                given[0],
                ("catalog_role", "content_manager"),
            ],
            _ => given.to_vec(),
        };
        let taken = console.press(page, inverse, &named).await;
        assert_eq!(taken.status, 303, "{page}: {}", taken.body);
        let told = console.get(taken.header("location")).await.body;
        let asked = console.get(&undo(&told)).await.body;
        let (_, name) = given[given.len() - 1];
        let chosen = [
            format!("value=\"{name}\" selected"),
            format!("value=\"{name}\""),
        ];
        assert!(
            asked.contains(&chosen[usize::from(given.len() > 1)]),
            "{page}: {asked}"
        );
        assert_eq!(console.changes().len(), before + 1, "links change nothing");
    }
}

#[tokio::test]
async fn who_loses_what_is_told_before_it_goes() {
    let console = Console::start().await;
    let pages = [
        "principal?name=trino_bi",
        "principal-role?name=analysts",
        "catalog-role?w=lakehouse&name=sales_writer",
    ];
    for page in pages {
        let unknown = console.page(page).await.body;
        assert!(unknown.contains("Who would lose what is unknown"), "{page}");
    }
    for _ in 0..OFTEN {
        if !console
            .page("access")
            .await
            .body
            .contains("Collecting who may")
        {
            break;
        }
    }
    for (page, losing) in pages
        .into_iter()
        .zip(["1 principal loses", " lose ", " lose "])
    {
        let told = console.page(page).await.body;
        assert!(told.contains(losing), "{page}: {told}");
        assert!(told.contains("can no longer"), "{page}: {told}");
    }
    let offboard = "/c/sample-polaris/offboard?principal=trino_bi";
    let principal = console.page("principal?name=trino_bi").await.body;
    assert!(principal.contains(offboard), "{principal}");
}
