//! A table's format version goes up, its location changes, and statistics leave its metadata.

use serde_json::json;

use crate::{
    objects::Shared,
    polaris_support::Console,
    writes::{TABLES, filled, has},
};

fn at(connection: &str, page: &str) -> String {
    format!("/c/{connection}/{page}?ns=sales&t=orders")
}

#[tokio::test]
async fn a_format_version_goes_up_and_never_down() {
    let console = Console::start().await;
    for connection in TABLES {
        let path = at(connection, "format-upgrade");
        let overview = console.get(&at(connection, "t/overview")).await.body;
        has(&overview, &["/format-upgrade?"]);
        let form = console.get(&path).await.body;
        has(&form, &["The table has format version 2."]);
        let fields = filled(&form, "format_version", &[("format_version", "3")]);
        let preview = console.send(&path, &fields).await;
        has(
            &preview.body,
            &[
                "The table will have format version 3; now it has 2.",
                "deletion vectors",
                "do not know format version 3",
                "There is no way back.",
                "\"action\": \"upgrade-format-version\"",
                "\"type\": \"assert-table-uuid\"",
            ],
        );
        let wrong = console.confirm(&path, &preview, &[]).await;
        assert_eq!(wrong.status, 400, "{connection}: {}", wrong.body);
        let done = console
            .confirm(&path, &wrong, &[("confirm", "orders")])
            .await;
        has(&console.leads(&done).await, &["Saved."]);
        let metadata = console.metadata(connection).await;
        assert_eq!(metadata["format-version"], 3, "{connection}");
        has(&console.get(&path).await.body, &["there is no higher one"]);
        for (typed, status, why) in [
            ("2", 200, "it only goes up"),
            ("3", 200, "it only goes up"),
            ("4", 400, "no format version"),
            ("", 400, "no format version"),
        ] {
            let fields = [("format_version".to_owned(), typed.to_owned())];
            let told = console.send(&path, &fields).await;
            assert_eq!(told.status, status, "{connection} {typed}: {}", told.body);
            has(&told.body, &[why]);
        }
    }
}

#[tokio::test]
async fn a_location_changes_where_the_catalog_lets_it() {
    let console = Console::start().await;
    for connection in ["sample-generic", "sample-polaris"] {
        let path = at(connection, "location-edit");
        let overview = console.get(&at(connection, "t/overview")).await.body;
        has(&overview, &["/location-edit?"]);
        let form = console.get(&path).await.body;
        let now = console.metadata(connection).await["location"].clone();
        let now = now.as_str().unwrap();
        has(&form, &[now]);
        let same = console.send(&path, &filled(&form, "location", &[])).await;
        has(&same.body, &["Nothing would be different", "disabled"]);
        let wrong = filled(&form, "location", &[("location", "elsewhere")]);
        let wrong = console.send(&path, &wrong).await;
        assert_eq!(wrong.status, 400, "{}", wrong.body);
        has(&wrong.body, &["It is no location", "value=\"elsewhere\""]);

        let to = format!("{now}-2");
        let slash = format!("{to}/");
        let fields = filled(&form, "location", &[("location", &slash)]);
        let preview = console.send(&path, &fields).await;
        has(
            &preview.body,
            &[
                &format!("New files of the table go below {to}; now they go below {now}."),
                "Files that are there stay where they are",
                "\"action\": \"set-location\"",
            ],
        );
        let overlaps = preview.body.contains("Apache Polaris refuses a location");
        assert_eq!(overlaps, connection == "sample-polaris");
        let done = console.confirm(&path, &preview, &[]).await;
        has(&console.leads(&done).await, &["Saved."]);
        assert_eq!(console.metadata(connection).await["location"], to);
    }
    for (connection, why) in [
        ("sample-nessie", "answers as if it had moved it"),
        ("sample-lakekeeper", "decides itself where a table lies"),
        ("sample-s3-tables", "decides itself where a table lies"),
    ] {
        let overview = console.get(&at(connection, "t/overview")).await.body;
        assert!(!overview.contains("/location-edit?"), "{overview}");
        has(&overview, &[why]);
        let path = at(connection, "location-edit");
        let fields = [("location".to_owned(), "s3://b/t".to_owned())];
        let shown = console.send(&path, &fields).await;
        has(&shown.body, &[why, "disabled"]);
        let forced = console.confirm(&path, &shown, &[]).await;
        assert_eq!(forced.status, 400, "{connection}: {}", forced.body);
    }
}

#[tokio::test]
async fn statistics_leave_the_metadata() {
    let console = Console::start().await;
    let connection = "sample-generic";
    let metadata = console.metadata(connection).await;
    for (kind, list, action) in [
        ("table", "statistics", "\"remove-statistics\""),
        (
            "partitions",
            "partition-statistics",
            "\"remove-partition-statistics\"",
        ),
    ] {
        let file = &metadata[list][0];
        let (id, where_) = (&file["snapshot-id"], &file["statistics-path"]);
        let tab = console.get(&at(connection, "t/statistics")).await.body;
        has(
            &tab,
            &[&format!("type={kind}&amp;snapshot={id}"), "Remove…"],
        );
        let more = format!("&type={kind}&snapshot={id}");
        let path = at(connection, "statistics-drop") + &more;
        let form = console.get(&path).await.body;
        let preview = console.send(&path, &filled(&form, "snapshot", &[])).await;
        has(
            &preview.body,
            &[
                where_.as_str().unwrap(),
                "The file itself stays in the storage.",
                action,
                "\"type\": \"assert-ref-snapshot-id\"",
            ],
        );
        let done = console.confirm(&path, &preview, &[]).await;
        has(&console.leads(&done).await, &["Deleted."]);
        let now = console.metadata(connection).await;
        let left = now[list].as_array().map_or(0, Vec::len);
        assert_eq!(left, 0, "{list}: {now}");
        let again = console.send(&path, &filled(&form, "snapshot", &[])).await;
        has(&again.body, &["any more", "disabled"]);
    }
}

#[tokio::test]
async fn what_others_did_meanwhile_is_shown_and_a_lost_answer_is_resolved() {
    let shared = Shared::start("").await;
    let path = "/c/p/location-edit?ns=sales&t=orders";
    let typed = [("location", "s3://bucket/mine")];
    let preview = shared.preview(path, &typed).await;
    let theirs = json!({"updates": [{"action": "set-location", "location": "s3://bucket/theirs"}]});
    shared
        .others("/v1/namespaces/sales/tables/orders", theirs)
        .await;
    let again = shared.confirm(path, &preview, &[]).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &["now they go below s3://bucket/theirs", "s3://bucket/mine"],
    );

    let schema = json!({"type": "struct", "schema-id": 0, "fields": [
        {"id": 1, "name": "id", "required": true, "type": "long"}]});
    for (name, made) in [
        ("commit-cut-before", false),
        ("commit-cut-after", true),
        ("commit-500-after", true),
    ] {
        let table = json!({"name": name, "schema": schema});
        shared.others("/v1/namespaces/sandbox/tables", table).await;
        let path = format!("/c/p/format-upgrade?ns=sandbox&t={name}");
        let preview = shared.preview(&path, &[("format_version", "3")]).await;
        let answer = shared.confirm(&path, &preview, &[("confirm", name)]).await;
        if made {
            assert_eq!(answer.status, 303, "{name}: {}", answer.body);
            let page = shared.get(answer.header("location")).await.body;
            has(&page, &["it is as it was to be"]);
        } else {
            assert_eq!(answer.status, 502, "{name}: {}", answer.body);
            has(&answer.body, &["nothing of it is to be seen"]);
        }
    }
}
