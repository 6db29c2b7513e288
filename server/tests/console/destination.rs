//! Forms of the destination wizard.

use sample_catalog::{Dialect, Options};

use crate::support::{self, Answer, ask, connection, console, get, sample_console};

const POLARIS: &str = include_str!("../../../crates/destination/tests/golden/polaris.json");

async fn post(path: &str, fields: &[(&str, &str)]) -> Answer {
    support::post(&sample_console().await, path, fields).await
}

#[tokio::test]
async fn a_published_example_comes_back_byte_for_byte() {
    let answer = post("/destination/file", &[("file", POLARIS)]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, POLARIS);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"destination.template.json\""
    );
}

#[tokio::test]
async fn secrets_are_in_the_file_when_asked_for_and_only_then() {
    let template = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://p:8181/api/catalog", "iceberg_s3_path": "lake", "credential": "olake:<CLIENT_SECRET>"}}"#;
    let fields = [
        ("file", template),
        ("credential", "CANARY-1"),
        ("aws_secret_key", "CANARY-2"),
    ];
    let without = post("/destination/file", &fields).await;
    assert!(
        without.body.contains("olake:<CLIENT_SECRET>"),
        "{}",
        without.body
    );
    assert!(!without.body.contains("CANARY"));
    let with = post(
        "/destination/file",
        &[&fields[..], &[("include", "on")]].concat(),
    )
    .await;
    assert!(with.body.contains("\"olake:CANARY-1\""), "{}", with.body);
    assert!(with.body.contains("\"CANARY-2\""));
    assert_eq!(
        with.header("content-disposition"),
        "attachment; filename=\"destination.json\""
    );
}

#[tokio::test]
async fn a_file_can_be_mended_without_scripts() {
    let right = POLARIS.replace("s3://<BUCKET_NAME>", "lake");
    let broken = right.replace("\"oauth2_uri\"", "\"rest_auth_uri\"");
    let page = post("/destination/import", &[("file", &broken)]).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("rest_auth_uri"),
        "the text is still there"
    );
    assert!(
        page.body.contains("data-finding=\"key."),
        "its findings are shown"
    );
    let mended = post("/destination/file", &[("file", &broken), ("fix", "on")]).await;
    assert_eq!(mended.body, right);
}

#[tokio::test]
async fn what_is_no_file_comes_back_with_the_reason() {
    for path in ["/destination/import", "/destination/file"] {
        let page = post(path, &[("file", "{\"type\": \"ICEBERG\",\n  oops}")]).await;
        assert!(page.body.contains("line 2, column"), "{path}");
        assert!(
            page.body.contains("oops}"),
            "{path}: the text is still there"
        );
    }
}

#[tokio::test]
async fn a_large_file_is_read_and_one_too_large_says_so() {
    let padded = |bytes: usize| format!("{}{}", POLARIS, " ".repeat(bytes - POLARIS.len()));
    let largest = padded(destination::MAX_BYTES);
    let answer = post("/destination/file", &[("file", &largest)]).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body.as_str()),
        (200, POLARIS)
    );
    let larger = padded(destination::MAX_BYTES + 1);
    let answer = post("/destination/import", &[("file", &larger)]).await;
    assert!(answer.body.contains("The file has more than 10 MB"));
    let far_larger = padded(4 * destination::MAX_BYTES);
    let answer = post("/destination/import", &[("file", &far_larger)]).await;
    assert_eq!(answer.status, 413);
    assert!(
        answer.body.contains("larger than 10485760 bytes")
            && answer.body.contains("your text is still there"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn a_check_answers_with_its_stages_and_without_the_secret() {
    let file = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://127.0.0.1:9/catalog", "iceberg_s3_path": "lake", "token": "<TOKEN>"}}"#;
    let answer = post(
        "/destination/check?catalog=lakekeeper&auth=token&rest_catalog_url=http%3A%2F%2F127.0.0.1%3A9%2Fcatalog&iceberg_s3_path=lake",
        &[("file", file), ("token", "CANARY-token")],
    )
    .await;
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .body
            .contains("data-stage=\"Connect\" data-outcome=\"failed\""),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains("CANARY"));
}

#[tokio::test]
async fn a_stack_avoids_the_ports_in_use() {
    let console = sample_console().await;
    let stack = ask(
        &console,
        get("/destination/docker-compose.yml?catalog=nessie&used=19120"),
    )
    .await;
    assert_eq!(stack.status, 200);
    assert!(stack.body.contains("19121:19120"), "{}", stack.body);
    let none = ask(
        &console,
        get("/destination/docker-compose.yml?catalog=unity"),
    )
    .await;
    assert_eq!(none.status, 404);
}

#[tokio::test]
async fn every_step_renders_without_scripts() {
    let console = sample_console().await;
    for path in [
        "/destination",
        "/destination/import",
        "/destination/prepare?catalog=polaris",
        "/destination/form?catalog=s3-tables&aws_region=eu-west-1",
        "/destination/check?catalog=unity",
        "/destination/review?catalog=nessie&rest_catalog_url=x",
        "/troubleshooting?q=unable+to+find+warehouse",
        "/c/sample-polaris/connect",
    ] {
        let page = ask(&console, get(path)).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_connection_gives_its_address_and_never_its_secret() {
    let console = sample_console().await;
    let page = ask(&console, get("/destination")).await;
    assert!(page.body.contains("from=sample-polaris"), "{}", page.body);
    assert!(!page.body.contains("s3cr3t"));
    let snippets = ask(&console, get("/c/sample-polaris/connect")).await;
    assert!(snippets.body.contains("CLIENT_SECRET"));
    assert!(!snippets.body.contains("s3cr3t"));
}

#[tokio::test]
async fn a_connection_gives_its_sign_in_without_the_secret() {
    let console = console(
        r#"
        [[connection]]
        name = "lake"
        url = "http://127.0.0.1:9/api"
        [connection.auth]
        type = "oauth2"
        client_id = "olake"
        client_secret = "CANARY"
        token_url = "https://login.example.com/token"
        scope = "lake.write"

        [[connection]]
        name = "glue"
        url = "http://127.0.0.1:9/iceberg"
        [connection.auth]
        type = "sigv4"
        region = "eu-west-1"
        signing_name = "glue"
        access_key_id = "CANARY"
        secret_access_key = "CANARY"
        "#,
    );
    let starts = ask(&console, get("/destination")).await.body;
    for part in [
        "client_id=olake",
        "oauth2_uri=https%3A%2F%2Flogin.example.com%2Ftoken",
        "scope=lake.write",
        "rest_signing_name=glue",
        "rest_signing_region=eu-west-1",
        "aws_region=eu-west-1",
    ] {
        assert!(starts.contains(part), "{part} in {starts}");
    }
    let snippets = ask(&console, get("/c/lake/connect")).await.body;
    assert!(
        snippets.contains("https://login.example.com/token") && !snippets.contains("olake:"),
        "{snippets}"
    );
    assert!(!starts.contains("CANARY") && !snippets.contains("CANARY"));
}

/// Nessie is asked for without a warehouse, and says where its own lies.
#[tokio::test]
async fn a_connection_gives_what_its_catalog_says() {
    let catalog = sample_catalog::router(Options {
        dialect: Dialect::Nessie,
        ..Options::default()
    });
    let console = console(&connection(catalog, "/iceberg", "kind = \"nessie\"").await);
    ask(&console, get("/c/p")).await;
    let page = ask(&console, get("/destination")).await.body;
    let mut links = page.split("href=\"");
    let start = links.find(|link| link.contains("from=p")).unwrap();
    let link = start.split('"').next().unwrap();
    assert!(link.contains("iceberg_s3_path=s3%3A%2F%2F"), "{link}");
}

/// The answer to a file that somebody has no scripts for: its settings are in the form with one click.
#[tokio::test]
async fn an_imported_file_enters_the_form_without_scripts() {
    let file = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://polaris:8181/api/catalog", "iceberg_s3_path": "lake", "token": "CANARY",}}"#;
    let page = post("/destination/import", &[("file", file)]).await;
    let after = page.body.split("Go on with its settings").next().unwrap();
    let address = after.rsplit("href=\"").next().unwrap();
    let address = address.split('"').next().unwrap().replace("&amp;", "&");
    assert!(
        address.starts_with("/destination/form?catalog=polaris"),
        "{address}"
    );
    assert!(!address.contains("CANARY"), "{address}");
    let form = ask(&sample_console().await, get(&address)).await;
    assert!(
        form.body.contains("http://polaris:8181/api/catalog"),
        "{}",
        form.body
    );
    let mended = post(
        "/destination/file",
        &[("file", file), ("fix", "on"), ("include", "on")],
    )
    .await;
    assert!(
        mended.body.contains("\"token\": \"CANARY\"\n"),
        "{}",
        mended.body
    );
}

#[tokio::test]
async fn settings_of_a_catalog_without_a_form_are_explained() {
    let file = r#"{"type": "ICEBERG", "writer": {"catalog_type": "jdbc", "iceberg_s3_path": "s3://lake", "jdbc_url": "jdbc:postgresql://db/lake"}}"#;
    let page = post("/destination/import", &[("file", file)]).await;
    assert!(page.body.contains("Settings for JDBC"), "{}", page.body);
    assert!(page.body.contains("jdbc_username"), "{}", page.body);
}

/// The stack stands where it is asked for, and its values are one click away.
#[tokio::test]
async fn the_local_stack_fills_the_form() {
    let console = sample_console().await;
    for step in ["prepare", "form"] {
        let page = ask(
            &console,
            get(&format!("/destination/{step}?catalog=nessie")),
        )
        .await;
        assert!(page.body.contains("Use the local stack"), "{step}");
        let before = page.body.split("Use the local stack").next().unwrap();
        let address = before.rsplit("href=\"").next().unwrap();
        let address = address.split('"').next().unwrap().replace("&amp;", "&");
        let form = ask(&console, get(&address)).await;
        assert!(
            form.body.contains("http://nessie:19120/iceberg/"),
            "{address}"
        );
        assert!(
            form.body.contains("Its values are in the form."),
            "{address}"
        );
        let review = ask(&console, get(&address.replace("/form", "/review"))).await;
        assert!(review.body.contains("--network olake-nessie"), "{address}");
    }
    let page = ask(&console, get("/destination/form?catalog=s3-tables")).await;
    assert!(!page.body.contains("Use the local stack"));
}

/// Catalog and release are choices of the form, as everything else is.
#[tokio::test]
async fn catalog_and_release_are_chosen_in_the_settings() {
    let console = sample_console().await;
    let form = ask(
        &console,
        get("/destination/form?catalog=generic&rest_catalog_url=http%3A%2F%2Frest%3A8181"),
    )
    .await;
    for choice in [
        "value=\"polaris\"",
        "value=\"s3-tables\"",
        "value=\"1.1.1\"",
    ] {
        assert!(form.body.contains(choice), "{choice}");
    }
    let other = ask(
        &console,
        get("/destination/form?catalog=nessie&rest_catalog_url=http%3A%2F%2Frest%3A8181&olake=1.1"),
    )
    .await;
    assert!(
        other.body.contains("http://rest:8181") && other.body.contains("target.hearsay"),
        "{}",
        other.body
    );
    let review = ask(
        &console,
        get("/destination/review?catalog=nessie&olake=1.1"),
    )
    .await;
    assert!(
        review.body.contains("--target-query-engines") && review.body.contains(":v1.1.1 "),
        "{}",
        review.body
    );
}

/// No secret is in an address, so without scripts nobody can tell that one is missing.
#[tokio::test]
async fn a_typed_secret_is_not_called_missing() {
    let console = sample_console().await;
    for catalog in [
        "unity&auth=token",
        "polaris&auth=oauth2&client_id=olake",
        "generic&s3_endpoint=http%3A%2F%2Fminio%3A9000",
    ] {
        for step in ["form", "check", "review"] {
            let page = ask(
                &console,
                get(&format!("/destination/{step}?catalog={catalog}")),
            )
            .await;
            for words in [
                "token is missing",
                "credential is missing",
                "There are no keys",
            ] {
                assert!(!page.body.contains(words), "{words}: {step} {catalog}");
            }
        }
    }
}
