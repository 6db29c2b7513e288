//! Two of a kind beside each other: snapshots, schemas, specs and sort orders of a table, versions of a view, and tables.

use crate::{
    polaris_support::Console,
    support::{NOT_YET, ask, ask_while, get, sample_console},
    writes::has,
};

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
async fn a_sort_order_is_compared_with_the_current_one() {
    let console = Console::start().await;
    let path = "/c/sample-polaris/t/partitions?w=lakehouse&ns=sales&t=orders";
    has(
        &console.get(path).await.body,
        &["show=orders&amp;from=1&amp;to=2"],
    );
    let both = console
        .get(&format!("{path}&show=orders&from=1&to=2"))
        .await;
    has(
        &both.body,
        &[
            "Two sort orders compared",
            "From order 1 to order 2",
            "direction from asc to desc",
            "bucket[16](customer_id)",
        ],
    );
    let gone = console
        .get(&format!("{path}&show=orders&from=1&to=77"))
        .await;
    has(&gone.body, &["Sort order 77 is not"]);
}

#[tokio::test]
async fn the_charts_of_a_table_lead_to_the_snapshots_of_a_span_of_time() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/t/overview?w=lakehouse&ns=sales&t=orders";
    let page = ask_while(&console, path, NOT_YET).await;
    let page = page.body.replace("<!>", "");
    for words in [
        "Commits by operation",
        "300 commits: 300 by spark 3.5.6 (100 %)",
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

/// The page of `sales.customers` of a connection.
fn of_customers(connection: &str, more: &str) -> String {
    format!("/c/{connection}/compare?ns=sales&t=customers{more}")
}

#[tokio::test]
async fn two_tables_of_two_catalogs_are_compared_by_a_form_of_the_first() {
    let console = Console::start().await;
    let all = ["sample-generic", "sample-polaris", "sample-nessie"];
    for (connection, other) in all.into_iter().zip(["sample-nessie", all[0], all[1]]) {
        let table = format!("/c/{connection}/t/overview?ns=sales&t=customers");
        let way = "/compare?ns=sales&amp;t=customers";
        has(&console.get(&table).await.body, &[way, "Compare…"]);
        let form = console.get(&of_customers(connection, "")).await;
        assert_eq!(form.status, 200, "{}", form.body);
        has(
            &form.body,
            &["Compare sales.customers", "value=\"sales.customers\""],
        );
        let option = format!("<option value=\"{other}\"");
        has(&form.body, &[&option]);
        let typed = format!("&to-c={other}&to-name=sales.customer_addresses");
        let both = console.get(&of_customers(connection, &typed)).await;
        assert_eq!(both.status, 200, "{connection}: {}", both.body);
        let title = format!("sales.customers and sales.customer_addresses on {other}</h1>");
        has(
            &both.body,
            &[
                &title,
                "comment “Never reused” removed",
                "renamed from name, made required",
                "type changed from struct to date",
                "<td>removed</td><td>loyalty</td>",
                "Columns that differ",
                "truncate[2](postcode)",
                "Partition fields that differ",
                "<td>owner</td><td>crm</td><td>—",
                "Swap the sides",
            ],
        );
    }
}

#[tokio::test]
async fn sides_are_swapped_and_what_was_added_is_removed() {
    let console = Console::start().await;
    let there = "&to-c=sample-nessie&to-ns=sales&to-t=customer_addresses";
    let both = console
        .get(&of_customers("sample-generic", there))
        .await
        .body;
    has(&both, &["<td>removed</td><td>loyalty</td>"]);
    let mut links = both.split("href=\"");
    let swap = links.find(|rest| rest.contains(">Swap the sides"));
    let swap = swap.and_then(|rest| rest.split('"').next()).unwrap();
    assert!(swap.starts_with("/c/sample-nessie/compare?"), "{swap}");
    let turned = console.get(&swap.replace("&amp;", "&")).await.body;
    has(
        &turned,
        &[
            "sales.customer_addresses and sales.customers on sample-generic",
            "<td>added</td><td>loyalty</td>",
            "<td>owner</td><td>—</td><td>crm",
        ],
    );
}

#[tokio::test]
async fn columns_of_one_name_and_other_ids_are_said_to_be_others() {
    let console = Console::start().await;
    let path = "/c/sample-generic/compare?ns=sales&t=orders&to-w=lab&to-name=archive.orders_2024";
    let both = console.get(path).await.body;
    has(
        &both,
        &[
            "1 column has the same name in both and another field id",
            "<td>total</td><td>5</td><td>2</td>",
        ],
    );
    // The warehouse is that of the second from then on.
    has(
        &both,
        &[
            "name=\"to-w\" value=\"lab\"",
            "/t/overview?w=lab&amp;ns=archive&amp;t=orders_2024",
        ],
    );
}

#[tokio::test]
async fn one_table_on_two_branches_is_said_to_be_one() {
    let console = Console::start().await;
    let there = "&to-c=sample-nessie&to-ref=staging&to-ns=sales&to-t=customers";
    let both = console
        .get(&of_customers("sample-nessie", there))
        .await
        .body;
    has(
        &both,
        &[
            "it is one table",
            "Nothing of what is compared here differs.",
            "staging",
        ],
    );
}

#[tokio::test]
async fn a_side_that_cannot_be_read_does_not_hide_the_other() {
    let console = Console::start().await;
    let first = "Partitioned by address.country";
    for (there, status, why) in [
        (
            "&to-c=sample-generic&to-w=lab&to-ns=faults&to-t=err-403",
            403,
            "Open the second table",
        ),
        (
            "&to-c=sample-nessie&to-ns=sales&to-t=nothing",
            404,
            "sales.nothing",
        ),
    ] {
        let both = console.get(&of_customers("sample-polaris", there)).await;
        assert_eq!(both.status, status, "{there}: {}", both.body);
        has(&both.body, &[first, why]);
        assert!(!both.body.contains("Columns that differ"), "{}", both.body);
    }
    let path = "/c/sample-generic/compare?w=lab&ns=faults&t=err-403&to-c=sample-polaris&to-ns=sales&to-t=customers";
    let turned = console.get(path).await;
    assert_eq!(turned.status, 403, "{}", turned.body);
    has(&turned.body, &[first, "Swap the sides"]);
}

#[tokio::test]
async fn what_is_not_found_is_told_at_its_field_and_stays_typed() {
    let console = Console::start().await;
    for (typed, at, why) in [
        (
            "to-c=sample-nessie&to-name=sales.nothing",
            "to-name",
            "shows no table “sales.nothing”",
        ),
        (
            "to-c=sample-nessie&to-name=orders",
            "to-name",
            "is no full name of a table",
        ),
        ("to-c=ghost&to-name=sales.orders", "to-c", "ghost"),
        (
            "to-name=a.%3Cx-planted%3E%22",
            "to-name",
            "in whichever way",
        ),
    ] {
        let path = of_customers("sample-generic", &format!("&{typed}&to-ref=kept"));
        let told = console.get(&path).await;
        assert_eq!(told.status, 200, "{typed}: {}", told.body);
        has(&told.body, &[why, "Partitioned by address.country"]);
        assert!(!told.body.contains("<x-planted>"), "{}", told.body);
        let forms = told
            .body
            .split("<form method=\"get\" action=\"/c/sample-generic/compare\"");
        let form = forms.last().unwrap_or_default();
        let tag = |name: &str| {
            let named = format!("name=\"{name}\"");
            let mut inputs = form.split(&named);
            let rest = inputs
                .nth(1)
                .unwrap_or_else(|| panic!("no {name}: {}", told.body));
            rest.split('>').next().unwrap_or_default().to_owned()
        };
        let name = model::paths::Query::parse(typed).text("to-name");
        let stays = format!(
            "value=\"{}\"",
            html_escape::encode_double_quoted_attribute(&name)
        );
        assert!(tag("to-name").contains(&stays), "{}", tag("to-name"));
        assert!(tag("to-ref").contains("value=\"kept\""), "{typed}");
        assert!(tag("t").contains("value=\"customers\""), "{typed}");
        assert!(
            tag(at).contains("aria-invalid=\"true\""),
            "{at}: {}",
            tag(at)
        );
    }
    let nothing = console.get("/c/sample-generic/compare").await;
    has(&nothing.body, &["This address names no table."]);
}
