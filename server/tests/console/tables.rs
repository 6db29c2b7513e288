//! Tables are created and registered: shown first, sent once, and told as it came out.

use crate::{
    polaris_support::Console,
    support::Answer,
    writes::{TABLES, filled, has},
};

/// Connections to catalogs that make tables.
const COLUMNS: &str = "id bigint not null identifier, -- the key\r\nat timestamp with time zone\r\n`ship to` struct<city string not null comment 'or town', spots list<int>>";
const TYPED: [(&str, &str); 7] = [
    ("name", "made"),
    ("columns", COLUMNS),
    ("partitions", "day(at)\r\nbucket(4, id) as b"),
    ("sort", "at desc"),
    ("format_version", "2"),
    ("key", "owner"),
    ("value", "ana"),
];

/// What is typed where nothing is wrong, but for one field.
fn but<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = TYPED.iter().copied().filter(|(name, _)| *name != field);
    others.chain([(field, value)]).collect()
}

async fn refused(console: &Console, path: &str, typed: &[(&str, &str)]) -> Answer {
    let refused = console.post(path, "text/html", path, typed).await;
    assert_eq!(refused.status, 400, "{path} {typed:?}: {}", refused.body);
    refused
}

#[tokio::test]
async fn a_table_is_made_in_each_dialect_and_another_one_like_it() {
    let console = Console::start().await;
    for connection in TABLES {
        let at = |page: &str| format!("/c/{connection}/{page}");
        let list = at("ns?ns=sandbox");
        has(
            &console.get(&list).await.body,
            &["/table-new?ns=sandbox", ">New table</a>"],
        );
        let new = at("table-new?ns=sandbox");
        let shown = console.preview(&new, &TYPED).await;
        has(
            &shown.body,
            &[
                "There will be a table sandbox.made with 3 columns, of format version 2.",
                "Rows are told apart by id.",
                "Each day of at, in UTC, has a partition of its own.",
                "over 4 buckets",
                "Writers sort the rows of each file by at descending with nulls last.",
                "\"stage-create\": false",
                "\"owner\": \"ana\"",
                "\"format-version\": \"2\"",
                "\"name\": \"ship to\"",
            ],
        );
        let table = at("t/schema?ns=sandbox&t=made");
        assert_eq!(console.get(&table).await.status, 404, "{connection}");
        let made = console.confirm(&new, &shown, &[]).await;
        let page = console.leads(&made).await;
        has(&page, &["Created.", ">made</h1>", "from=made"]);
        has(&console.get(&list).await.body, &[">made<"]);
        let schema = console.get(&table).await.body;
        has(
            &schema,
            &["timestamptz", "ship to", "or town", "identifier"],
        );
        let layout = at("t/partitions?ns=sandbox&t=made");
        has(
            &console.get(&layout).await.body,
            &["bucket[4]", "day", "desc"],
        );

        let there = console.preview(&new, &TYPED).await;
        has(
            &there.body,
            &["There is a table sandbox.made already.", "disabled"],
        );
        let forced = console.confirm(&new, &there, &[]).await;
        assert_eq!(forced.status, 400, "{connection}: {}", forced.body);

        let like = at("table-new?ns=sandbox&from=made");
        let form = console.get(&like).await.body;
        let fields = filled(&form, "columns", &[("name", "like")]);
        let field = |name: &str| {
            let found = fields.iter().find(|(field, _)| field == name);
            found
                .map(|(_, value)| value.trim_start_matches('\n'))
                .unwrap_or_default()
        };
        assert_eq!(
            field("columns"),
            "id long not null identifier\nat timestamptz\n`ship to` struct<city string not null comment 'or town', spots list<int>>\n",
            "{connection}"
        );
        assert_eq!(field("partitions"), "day(at)\nbucket(4, id) as b\n");
        assert_eq!(field("sort"), "at desc nulls last\n");
        assert!(
            fields.iter().any(|(_, value)| value == "owner"),
            "{fields:?}"
        );
        let shown = console.send(&like, &fields).await;
        let made = console.confirm(&like, &shown, &[]).await;
        has(&console.leads(&made).await, &["Created.", ">like</h1>"]);
    }
    let changes = console.changes();
    let made = changes
        .iter()
        .filter(|line| line["operation"] == "createTable");
    assert!(
        made.clone().all(|line| line["outcome"] == "done"),
        "{changes:?}"
    );
    assert_eq!(
        (made.count(), changes.len()),
        (2 * TABLES.len(), 2 * TABLES.len())
    );
}

#[tokio::test]
async fn what_a_table_cannot_be_is_told_at_its_field_with_its_line() {
    let console = Console::start().await;
    for (connection, field, value, why) in [
        ("sample-generic", "name", "..", "cannot have this name"),
        ("sample-generic", "name", "", "cannot be empty"),
        (
            "sample-unity",
            "columns",
            COLUMNS,
            "Line 1: Unity Catalog takes no identifier fields.",
        ),
        ("sample-s3-tables", "name", "Upper", "lower-case"),
        ("sample-lakekeeper", "name", "a+b", "as a space"),
        ("sample-generic", "columns", "", "at least one column"),
        (
            "sample-generic",
            "columns",
            "id long\r\nid int",
            "Line 2: there are two columns called id.",
        ),
        (
            "sample-generic",
            "columns",
            "id long\r\nID int",
            "Line 2: another column",
        ),
        (
            "sample-generic",
            "columns",
            "id long\r\n\r\nat datum",
            "Line 3: “datum” is no type",
        ),
        (
            "sample-generic",
            "columns",
            "_file string",
            "Line 1: readers give",
        ),
        (
            "sample-generic",
            "columns",
            "id long\r\nv variant",
            "Line 2: the type variant needs format version 3.",
        ),
        (
            "sample-generic",
            "columns",
            "id long default 5",
            "Line 1: a default needs format version 3.",
        ),
        (
            "sample-generic",
            "columns",
            "[{]",
            "begin as JSON and are none",
        ),
        (
            "sample-generic",
            "columns",
            "{\"fields\": [{\"name\": \"a\", \"type\": \"x\"}]}",
            "Column 1: “x” is no type",
        ),
        (
            "sample-generic",
            "partitions",
            "day(at)\r\nday(nobody)",
            "Line 2: there is no column nobody.",
        ),
        (
            "sample-generic",
            "partitions",
            "hour(id)",
            "Line 1: hour is made of timestamps, not of long.",
        ),
        (
            "sample-generic",
            "sort",
            "id up",
            "Line 1: “id” is no transform",
        ),
        ("sample-generic", "format_version", "4", "no format version"),
        ("sample-generic", "location", "here", "no place of files"),
        (
            "sample-s3-tables",
            "location",
            "s3://bucket/x",
            "chooses itself where",
        ),
    ] {
        let path = format!("/c/{connection}/table-new?ns=sandbox");
        let told = refused(&console, &path, &but(field, value)).await;
        let at_field = told.body.split("class=\"text-error").nth(1);
        let at_field = at_field.and_then(|rest| rest.split("</span>").next());
        // A note stands in the place of the field.
        let at_field = at_field.unwrap_or(&told.body);
        has(&at_field.replace("<!>", ""), &[why]);
        has(&told.body, &["value=\"ana\""]);
    }
    let path = "/c/sample-generic/table-new?ns=sandbox";
    let told = refused(&console, path, &but("key", "format-version")).await;
    has(&told.body, &["format-version cannot be set"]);
    let top = refused(&console, "/c/sample-generic/table-new", &TYPED).await;
    has(&top.body, &["A table stands in a namespace"]);
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn what_is_in_the_way_is_told_before_the_button() {
    let console = Console::start().await;
    for (connection, query, name, why) in [
        (
            "sample-generic",
            "ns=sales",
            "orders",
            "There is a table sales.orders already.",
        ),
        (
            "sample-nessie",
            "ns=sales",
            "revenue_by_day",
            "There is a view sales.revenue_by_day already.",
        ),
        (
            "sample-generic",
            "ns=nowhere",
            "x",
            "shows no namespace nowhere",
        ),
    ] {
        let path = format!("/c/{connection}/table-new?{query}");
        let shown = console.preview(&path, &but("name", name)).await;
        has(&shown.body, &[why, "disabled"]);
        let forced = console.confirm(&path, &shown, &[]).await;
        assert_eq!(forced.status, 400, "{connection}: {}", forced.body);
    }
    let unity = "/c/sample-unity/table-new?ns=sales";
    let typed = [("name", "x"), ("columns", "id int")];
    let shown = console.preview(unity, &typed).await;
    has(&shown.body, &["disabled"]);
    let forced = console.confirm(unity, &shown, &[]).await;
    assert_eq!(forced.status, 400, "{}", forced.body);
    for (connection, buttons) in [
        ("sample-unity", &["New table", "Register a table"][..]),
        ("sample-s3-tables", &["Register a table"]),
    ] {
        let page = console
            .get(&format!("/c/{connection}/ns?ns=sales"))
            .await
            .body;
        for change in buttons {
            let button = page.split(&format!(">{change}</button>")).next().unwrap();
            let button = button.rsplit('<').next().unwrap();
            has(button, &["disabled", "title=\""]);
        }
    }
    assert!(console.changes().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_schema_is_pasted_as_json() {
    let console = Console::start().await;
    let path = "/c/sample-generic/table-new?ns=sandbox";
    let json = r#"{"type": "struct", "identifier-field-ids": [3], "fields": [
        {"id": 3, "name": "key", "required": true, "type": "string", "x-owner": "me"},
        {"id": 5, "name": "price", "required": false, "type": "decimal(9,2)"}]}"#;
    let typed = [("name", "pasted"), ("columns", json), ("partitions", "key")];
    let shown = console.preview(path, &typed).await;
    has(
        &shown.body,
        &[
            "sandbox.pasted with 2 columns",
            "Not taken over of the JSON, since there are no lines for it: key: x-owner.",
            "decimal(9, 2)",
            "\"source-id\": 3",
        ],
    );
    let made = console.confirm(path, &shown, &[]).await;
    has(&console.leads(&made).await, &["Created."]);
}

#[tokio::test]
async fn a_lost_answer_is_resolved_by_reading_again() {
    let console = Console::start().await;
    let path = "/c/sample-generic/table-new?ns=sandbox";
    for (name, made) in [
        ("new-commit-cut-before", false),
        ("new-commit-cut-during", true),
        ("new-commit-cut-after", true),
        ("new-commit-500-after", true),
    ] {
        let shown = console.preview(path, &but("name", name)).await;
        let answer = console.confirm(path, &shown, &[]).await;
        match made {
            true => has(
                &console.leads(&answer).await,
                &["the catalog was asked again: it is as it was to be"],
            ),
            false => {
                assert_eq!(answer.status, 502, "{name}: {}", answer.body);
                has(
                    &answer.body,
                    &["nothing of it is to be seen", "name=\"shown\"", "day(at)"],
                );
                let again = console.confirm(path, &shown, &[]).await;
                has(&again.body, &["was not sent again"]);
            }
        }
    }
}

/// Where a page says that the metadata lies.
fn metadata_file(page: &str) -> &str {
    const END: &str = ".metadata.json";
    let end = page.find(END).unwrap_or_else(|| panic!("no file: {page}")) + END.len();
    let begin = page[..end].rfind(['>', '"', ' ']).unwrap() + 1;
    &page[begin..end]
}

impl Console {
    /// The metadata file of a table that was made in `sandbox` and dropped; its files stay.
    pub async fn dropped(&self, connection: &str) -> String {
        let new = format!("/c/{connection}/table-new?ns=sandbox");
        let shown = self.preview(&new, &TYPED).await;
        let made = self.confirm(&new, &shown, &[]).await;
        let page = self.leads(&made).await;
        let drop = format!("/c/{connection}/table-drop?ns=sandbox&t=made");
        let shown = self.preview(&drop, &[("purge", "no")]).await;
        self.confirm(&drop, &shown, &[("confirm", "made")]).await;
        metadata_file(&page).to_owned()
    }
}

#[tokio::test]
async fn a_table_is_registered_by_its_metadata_file() {
    let console = Console::start().await;
    for connection in [
        "sample-generic",
        "sample-polaris",
        "sample-lakekeeper",
        "sample-nessie",
    ] {
        let at = |page: &str| format!("/c/{connection}/{page}");
        let file = console.dropped(connection).await;
        let register = at("table-register?ns=sandbox");
        let told = refused(
            &console,
            &register,
            &[("name", "back"), ("metadata_location", "x y")],
        )
        .await;
        has(&told.body, &["is no place of a file", "value=\"back\""]);
        let typed = [("name", "back"), ("metadata_location", &*file)];
        let shown = console.preview(&register, &typed).await;
        has(
            &shown.body,
            &[
                "There will be a table sandbox.back as",
                "/register",
                "No file is copied",
            ],
        );
        let done = console.confirm(&register, &shown, &[]).await;
        has(
            &console.leads(&done).await,
            &["Created.", ">back</h1>", &file],
        );
        let again = console.preview(&register, &typed).await;
        has(
            &again.body,
            &["There is a table sandbox.back already.", "disabled"],
        );
        let over = [typed[0], typed[1], ("overwrite", "yes")];
        if ["sample-generic", "sample-nessie"].contains(&connection) {
            has(
                &refused(&console, &register, &over).await.body,
                &["is not known to put"],
            );
            continue;
        }
        let shown = console.preview(&register, &over).await;
        has(
            &shown.body,
            &[
                "\"overwrite\": true",
                "makes room for the one",
                "to confirm",
            ],
        );
        let wrong = console
            .confirm(&register, &shown, &[("confirm", "x")])
            .await;
        assert_eq!(wrong.status, 400, "{connection}: {}", wrong.body);
        let done = console
            .confirm(&register, &wrong, &[("confirm", "back")])
            .await;
        has(&console.leads(&done).await, &["Created."]);
    }
    let lost = "/c/sample-generic/table-register?ns=sandbox";
    let typed = [
        ("name", "none"),
        ("metadata_location", "s3://nowhere/00000-x.metadata.json"),
    ];
    let shown = console.preview(lost, &typed).await;
    let told = console.confirm(lost, &shown, &[]).await;
    assert!(told.status.is_client_error(), "{}", told.body);
    has(&told.body, &["s3://nowhere", "name=\"shown\""]);
}
