//! What a list says of its tables beside their names, on a page without scripts.

use crate::support::{OFTEN, ask, get, request, sample_console};

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

#[tokio::test]
async fn a_list_says_what_a_view_is() {
    let console = sample_console().await;
    let views = "/c/sample-polaris/ns?ns=sales&tab=views";
    let page = ask(&console, get(&format!("{views}&figures=page"))).await;
    let row = row(&page.body, "revenue_by_day");
    for says in ["spark", "UTC"] {
        assert!(row.contains(says), "{says}: {row}");
    }
    assert!(!page.body.contains("Records</a>"), "{}", page.body);
    let by = ask(&console, get(&format!("{views}&by=columns&figures=all"))).await;
    let all = "Sorted by columns: the one view was read.";
    assert!(by.body.contains(all), "{}", by.body);
}

#[tokio::test]
async fn how_lists_look_is_remembered_and_an_address_says_otherwise() {
    let console = sample_console().await;
    let of = async |path: &str| {
        let cookie = [("cookie", "a=b; liked=hide=owner&hide=health&rows=tall")];
        let page = ask(&console, request("GET", path, &cookie)).await.body;
        let first = page.split("<tr aria-rowindex=\"2\"").nth(1).unwrap();
        let tall = first.split('>').next().unwrap().contains("h-9");
        (page.replace("<!>", "").contains("Owner<span"), tall)
    };
    assert_eq!(of(SALES).await, (false, true));
    assert_eq!(
        of(&format!("{SALES}&rows=dense&hide=")).await,
        (true, false)
    );
    assert_eq!(of(&format!("{SALES}&hide=files")).await, (true, true));
}

#[tokio::test]
async fn a_list_is_ordered_by_what_is_known_until_all_was_read() {
    let console = sample_console().await;
    let by = format!("{PARTNERS}&by=records&sort=desc");
    let first = ask(&console, get(&by)).await.body;
    for says in [
        "Sorted by records, by what is known: ",
        "of 230 tables were read",
        "Read all 230",
    ] {
        assert!(first.contains(says), "{says}: {first}");
    }
    let mut page = String::new();
    for _ in 0..OFTEN {
        page = ask(&console, get(&format!("{by}&figures=all"))).await.body;
        if page.contains("all 230 tables were read") {
            break;
        }
        assert!(page.contains("<progress"), "{page}");
    }
    assert!(
        page.contains("Sorted by records: all 230") && !page.contains("Read all"),
        "{page}"
    );
    assert!(page.contains("aria-sort=\"descending\""));
    let good = ask(&console, get(&format!("{PARTNERS}&format=9")))
        .await
        .body;
    assert!(good.contains("Chosen by figures: all 230"), "{good}");
    assert!(!good.contains("title=\"feed_001\""));
}

#[tokio::test]
async fn columns_are_hidden_and_rows_have_more_room_by_the_address() {
    let console = sample_console().await;
    let page = ask(
        &console,
        get(&format!(
            "{SALES}&figures=page&hide=owner&hide=health&rows=tall"
        )),
    )
    .await
    .body;
    let row = row(&page, "orders");
    assert!(
        !row.contains("sales-platform") && !row.contains("Bad") && row.contains("MiB"),
        "{row}"
    );
    let first = page.split("<tr aria-rowindex=\"2\"").nth(1).unwrap();
    let class = first.split('>').next().unwrap();
    assert!(class.contains("h-9") && !class.contains("h-7"), "{class}");
}

#[tokio::test]
async fn the_whole_list_is_a_file_and_says_what_is_missing() {
    let console = sample_console().await;
    let path = |format: &str| format!("/c/sample-polaris/ns/export?ns=partners&format={format}");
    let csv = ask(&console, get(&path("csv"))).await;
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename=\"tables.csv\""
    );
    assert_eq!(csv.body.lines().count(), 232, "{}", csv.body);
    assert!(
        csv.body.contains("incomplete: 0 of 230 tables were read"),
        "{}",
        csv.body
    );
    let json = ask(&console, get(&path("json"))).await.body;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["tables"].as_array().map(Vec::len), Some(230));
    let linked = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    let elsewhere = ask(&console, request("GET", &path("csv"), &linked)).await;
    assert_eq!(elsewhere.status, 303);
    assert!(elsewhere.header("location").contains("tab=tables"));
    let none = ask(
        &console,
        get("/c/sample-polaris/ns/export?ns=none&format=csv"),
    )
    .await;
    assert!(none.status.is_client_error(), "{}", none.status);
}
