//! Two snapshots of a table beside each other.

use crate::support::{ask, ask_while, get, sample_console};

#[tokio::test]
async fn the_newest_two_are_compared_by_a_form_of_the_list() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/t/snapshots?w=lakehouse&ns=sales&t=orders";
    let list = ask(&console, get(path)).await;
    let typed = |name: &str| {
        let mut inputs = list.body.split("<input ");
        let input = inputs.find(|it| it.contains(&format!("name=\"{name}\"")));
        let value = input.and_then(|it| it.split("value=\"").nth(1)?.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    let (from, to) = (typed("from"), typed("to"));
    assert!(from != to && !from.is_empty(), "{from} {to}");
    let both = ask(&console, get(&format!("{path}&from={from}&to={to}"))).await;
    for words in [
        from.as_str(),
        to.as_str(),
        "by one commit",
        "What the commits between did",
        "spark 3.5.6",
        "Both were made with schema",
    ] {
        assert!(both.body.contains(words), "{words}: {}", both.body);
    }
}

#[tokio::test]
async fn the_history_of_a_schema_leads_to_two_of_them_compared() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/t/schema?w=lakehouse&ns=sales&t=orders";
    let columns = ask(&console, get(path)).await.body;
    assert!(columns.contains("show=history"), "{columns}");
    let history = ask(&console, get(&format!("{path}&show=history")))
        .await
        .body;
    for words in [
        "What each schema changed",
        "The first that the metadata holds",
        "from=0&amp;to=2",
        ">added<",
        "since ",
    ] {
        assert!(history.contains(words), "{words}: {history}");
    }
    let both = ask(&console, get(&format!("{path}&from=0&to=1")))
        .await
        .body;
    assert!(both.contains("From schema 0 to schema 1"), "{both}");
    assert!(both.contains(">added<"), "{both}");
    let gone = ask(&console, get(&format!("{path}&from=0&to=77")))
        .await
        .body;
    assert!(gone.contains("Schema 77 is not in the metadata"), "{gone}");
}

#[tokio::test]
async fn a_partition_spec_is_compared_with_the_current_one() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/t/partitions?w=lakehouse&ns=sales&t=orders";
    let all = ask(&console, get(path)).await.body;
    assert!(all.contains("Compare with the current one"), "{all}");
    assert!(all.contains("from=0&amp;to="), "{all}");
    let both = ask(&console, get(&format!("{path}&from=0&to=1")))
        .await
        .body;
    for words in [
        "From spec 0 to spec 1",
        "Changes of the partition spec",
        ">added<",
    ] {
        assert!(both.contains(words), "{words}: {both}");
    }
    let gone = ask(&console, get(&format!("{path}&from=0&to=77")))
        .await
        .body;
    assert!(gone.contains("Partition spec 77 is not"), "{gone}");
}

#[tokio::test]
async fn the_charts_of_a_table_lead_to_the_snapshots_of_a_span_of_time() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/t/overview?w=lakehouse&ns=sales&t=orders";
    let page = ask_while(&console, path, "The catalog has not answered yet").await;
    let page = page.body.replace("<!>", "");
    for words in [
        "Commits by operation",
        "Written by spark 3.5.6",
        ">Identity<",
        "Partitioned by ",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let href = page.split("href=\"").find(|it| it.contains("&amp;within="));
    let href = href
        .and_then(|it| it.split('"').next())
        .expect("a link in a chart");
    let list = ask(&console, get(&href.replace("&amp;", "&"))).await.body;
    assert!(list.contains("Those made "), "{list}");
    assert!(list.contains("Show those of all time"), "{list}");
    assert!(
        list.contains("/t/snapshots?w=lakehouse&amp;ns=sales&amp;t=orders&amp;snapshot="),
        "{list}"
    );
}

#[tokio::test]
async fn a_version_of_a_view_is_compared_with_the_one_before() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/v/versions?w=lakehouse&ns=sales&v=revenue_by_day";
    let list = ask(&console, get(path)).await.body;
    assert!(list.contains("with the one before"), "{list}");
    let both = ask(&console, get(&format!("{path}&from=1&to=2")))
        .await
        .body;
    for words in [
        "Two versions compared",
        "Lines that differ",
        "SQL for spark",
        "What their writers say of them",
    ] {
        assert!(both.contains(words), "{words}: {both}");
    }
    let gone = ask(&console, get(&format!("{path}&from=1&to=9"))).await;
    assert_eq!(gone.status, 404);
    assert!(gone.body.contains("no version 9"), "{}", gone.body);
}
