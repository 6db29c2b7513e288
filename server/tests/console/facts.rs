//! What a list says of its tables beside their names, on a page without scripts.

use crate::support::{OFTEN, ask, get, sample_console};

const SALES: &str = "/c/sample-polaris/ns?ns=sales&tab=tables";
const PARTNERS: &str = "/c/sample-polaris/ns?ns=partners&tab=tables";
const LINK: &str = "Show figures of this page";
const UNREAD: &str = "Not read yet";

/// A row of the list, without the marks of its rendering.
fn row(page: &str, name: &str) -> String {
    let rest = page.split(&format!("title=\"{name}\"")).nth(1).unwrap();
    rest.split("</tr>").next().unwrap().replace("<!>", "")
}

#[tokio::test]
async fn rows_have_their_figures_or_a_link_that_reads_them() {
    let console = sample_console().await;
    let first = ask(&console, get(PARTNERS)).await.body;
    assert!(
        first.contains("feed_001") && first.contains(LINK),
        "{first}"
    );
    assert!(row(&first, "feed_200").contains(UNREAD));
    let link = "figures=page";
    let mut page = String::new();
    for _ in 0..OFTEN {
        page = ask(&console, get(&format!("{PARTNERS}&{link}"))).await.body;
        if !page.contains(LINK) {
            break;
        }
    }
    assert!(!page.contains(UNREAD) && !page.contains(LINK), "{page}");
    let row = row(&page, "feed_200");
    assert!(row.contains("UTC") && row.contains("KiB"), "{row}");
}

#[tokio::test]
async fn a_list_says_how_big_a_table_is_and_how_it_fares() {
    let console = sample_console().await;
    let page = ask(&console, get(&format!("{SALES}&figures=page")))
        .await
        .body;
    let row = row(&page, "orders");
    for says in ["Bad", "delete files to", "MiB", "UTC"] {
        assert!(row.contains(says), "{says}: {row}");
    }
}
