//! Whatever is thrown at it: no panic, no secret in a message, and a written file reads back.

use destination::{
    Destination, Engine, Secrets, Severity, Target, connection, keys, lint, probes, snippet, steps,
};
use proptest::prelude::*;

/// Recognisable in any text, and of a shape no rule produces.
const SECRET: &str = "Zq7kT0pSecret9xW";

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
        value_text().prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Texts that rules look at.
fn value_text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "rest",
        "Rest",
        "s3tables",
        "unity",
        "polaris",
        "nessie",
        "glue",
        "true",
        "oauth2",
        "None",
        "SigV4",
        "a:b",
        "http://localhost:8181",
        "https://dbc.cloud.databricks.com",
        "http://u:p@h:1/iceberg/v1/",
        "http://[::1",
        "s3://b",
        "arn:aws:s3tables:eu-west-1:123456789012:bucket/abc",
        "https://s3tables.us-east-1.amazonaws.com/iceberg",
        "<A>",
        " x ",
        "ICEBERG",
        "://",
        "http://é:99999/<port>",
        "PRINCIPAL_ROLE:",
        "eu-west-1",
    ])
    .prop_map(str::to_owned)
}

fn key() -> impl Strategy<Value = String> {
    let known: Vec<&str> = keys::KEYS
        .iter()
        .map(|key| key.name)
        .chain(["type", "writer", "Token", "TOKEN"])
        .collect();
    prop_oneof![4 => prop::sample::select(known).prop_map(str::to_owned), 1 => ".{0,10}"]
}

/// A file with an envelope, any writer keys (some twice), and any values.
fn file_text() -> impl Strategy<Value = String> {
    prop::collection::vec((key(), json()), 0..14).prop_map(|entries| {
        let lines: Vec<String> = entries
            .iter()
            .map(|(key, value)| format!("{}: {value}", serde_json::Value::from(key.as_str())))
            .collect();
        format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{{}}}}}",
            lines.join(",\n")
        )
    })
}

fn exercise(file: &Destination) {
    for secrets in [Secrets::Include, Secrets::Mask, Secrets::Placeholder] {
        let text = file.render(secrets);
        let again = Destination::import(text.as_bytes()).expect("what was written reads back");
        assert_eq!(again.render(Secrets::Include), text);
    }
    let found = lint(file);
    if let Err(refused) = file.decode() {
        let error = found
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        assert!(error, "OLake stops with {refused}, and lint says {found:?}");
    }
    let (fixed, _) = file.fixed();
    let left = lint(&fixed)
        .into_iter()
        .filter(|finding| !finding.edits.is_empty())
        .count();
    assert_eq!(
        left,
        0,
        "a correction must not call for another for ever: {:?}",
        lint(&fixed)
    );
    for target in Target::ALL {
        let mut other = file.clone();
        other.set_target(target);
        other.derive();
        lint(&other);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(ProptestConfig::default().cases.max(600)) })]

    #[test]
    fn any_file_survives(text in file_text()) {
        exercise(&Destination::import(text.as_bytes()).expect("it is an object"));
    }

    #[test]
    fn any_json_survives(value in json()) {
        match Destination::import(value.to_string().as_bytes()) {
            Ok(file) => exercise(&file),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn any_bytes_survive(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Destination::import(&bytes);
    }

    /// Secrets of every key, known or misspelt, whatever stands around them.
    #[test]
    fn no_secret_in_any_message(
        text in file_text(),
        key in prop::sample::select(vec![
            "token", "Token", "credential", "aws_access_key", "aws_secret_key", "aws_session_token", "jdbc_password",
            "glue_secret_key", "rest_credential", "rest_token", "aws_secret_acess_key", "tokne", "my_password",
        ]),
        form in prop::sample::select(vec![
            format!("{SECRET:?}"), format!("\"id:{SECRET}\""), format!("\" {SECRET} \""), format!("[{SECRET:?}]"),
            format!("{{\"a\": {SECRET:?}}}"), format!("\"<A>{SECRET}\""),
        ]),
    ) {
        let planted = text.replacen("{\"type\"", &format!("{{\"{key}\": {form}, \"type\""), 1)
            .replacen("\"writer\": {", &format!("\"writer\": {{\"{key}\": {form}{}", if text.ends_with("{}}") { "" } else { ", " }), 1);
        let file = Destination::import(planted.as_bytes()).expect("it is an object");
        keeps_quiet(&file);
    }

    /// Nor one that was pasted where a word belongs.
    #[test]
    fn no_secret_in_a_wrong_field_in_any_message(
        key in prop::sample::select(keys::KEYS.iter().map(|key| key.name).collect::<Vec<_>>()),
        kind in prop::sample::select(vec!["rest", "lakekeeper", "nessie", "s3tables", "unity", "polaris", "glue", "jdbc", "hive"]),
        secret in prop::sample::select(vec![
            SECRET, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "dapi0123456789abcdef0123456789abcdef",
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        ]),
    ) {
        let text = format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"{kind}\", \"rest_catalog_url\": \"https://rest.example.com/api/catalog\", \"oauth2_uri\": \"https://x/api/catalog/v1/oauth/tokens\", \"credential\": \"a:b\", \"{key}\": \"{secret}\"}}}}"
        );
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let spoken: String = lint(&file)
            .iter()
            .chain(&file.fixed().1)
            .map(|finding| format!("{} {} {}\n", finding.key, finding.message, finding.fix))
            .collect();
        prop_assert!(!spoken.contains(secret), "{key}: {spoken}");
    }

    /// A slip of the pen anywhere: named, and mended or not, but never with panic or with other values.
    #[test]
    fn any_slip_survives(text in file_text(), at in any::<prop::sample::Index>(), slip in prop::sample::select(vec![
        ",", "//", "#", "'", "“", "{", "}", "[", "]", ":", "\n", "\\", "/*", "True", "\u{feff}", "\"",
    ])) {
        let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        places.push(text.len());
        let mut broken = text.clone();
        broken.insert_str(places[at.index(places.len())], slip);
        if let Ok((file, _)) = Destination::mended(broken.as_bytes()) {
            let written = file.render(Secrets::Include);
            prop_assert!(Destination::import(written.as_bytes()).is_ok(), "{written}");
        }
    }

    /// Nor one of any shape, whatever it was pasted into, or for.
    #[test]
    fn no_secret_of_any_shape_anywhere(
        key in prop::sample::select(keys::KEYS.iter().map(|key| key.name).chain(["team", "writer_token", "type"]).collect::<Vec<_>>()),
        secret in prop::sample::select(SHAPES.to_vec()),
        place in any::<prop::sample::Index>(),
        beside in any::<bool>(),
    ) {
        let places = places(key, secret);
        let (key, value) = &places[place.index(places.len())];
        let entry = format!("{}: {value}", serde_json::Value::from(key.as_str()));
        let (outside, inside) = if beside { (format!(", {entry}"), String::new()) } else { (String::new(), format!(", {entry}")) };
        let text = format!(
            "{{\"type\": \"ICEBERG\"{outside}, \"writer\": {{\"catalog_type\": \"polaris\", \"rest_catalog_url\": \"https://h.example.com/api/catalog\", \"credential\": \"a:b\"{inside}}}}}"
        );
        hides(&Destination::import(text.as_bytes()).expect("it is an object"), secret);
    }

    /// Nor one that hides in an address.
    #[test]
    fn no_password_of_a_url_in_any_message(
        key in prop::sample::select(vec!["rest_catalog_url", "oauth2_uri", "s3_endpoint"]),
        kind in prop::sample::select(vec!["rest", "lakekeeper", "nessie", "s3tables", "unity", "polaris"]),
        tail in prop::sample::select(vec!["localhost", "h:1/v1", "h:99999", "h/ui?x", "[::1", "h/api/v1", "x.databricks.com", "glue.x/v1/"]),
    ) {
        let text = format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"{kind}\", \"{key}\": \"http://me:{SECRET}@{tail}\"}}}}"
        );
        keeps_quiet(&Destination::import(text.as_bytes()).expect("it is an object"));
    }
}

/// A secret of each shape.
const SHAPES: [&str; 9] = [
    SECRET,
    "AKIAIOSFODNN7CANARY0",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY0",
    "dapi0123456789abcdef0123456789abcdef-2",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "QmFzZTY0RW5jb2RlZFNlY3JldDEyMzQ1Njc4OTA=",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
];

/// Where people paste one: as a value or half of one, into an address, as a key.
fn places(key: &str, secret: &str) -> Vec<(String, String)> {
    let quoted = |text: String| serde_json::Value::from(text).to_string();
    let mut all: Vec<(String, String)> = [
        secret.to_owned(),
        format!(" {secret} "),
        format!("root:{secret}"),
        format!("Bearer {secret}"),
        format!("https://{secret}@h.example.com/catalog"),
        format!("https://me:{secret}@h.example.com/catalog"),
        format!("https://h.example.com/catalog?token={secret}"),
        format!("https://h.example.com/catalog?x=1&y={secret}#z"),
        format!("https://h.example.com/catalog?{secret}"),
        format!("https://h.example.com/catalog#{secret}"),
        format!("https://h.example.com/{secret}/v1"),
        format!("s3://lake/{secret}"),
    ]
    .map(|text| (key.to_owned(), quoted(text)))
    .into();
    all.push((key.to_owned(), format!("[{}]", quoted(secret.into()))));
    all.push((key.to_owned(), format!("{{{}: 1}}", quoted(secret.into()))));
    all.push((secret.to_owned(), quoted(key.into())));
    all.push((format!("root:{secret}"), "true".into()));
    all
}

/// A password of one's own making stands where `id:secret` has no business.
#[test]
fn no_pair_of_id_and_secret_anywhere() {
    for key in keys::KEYS
        .iter()
        .filter(|key| !["sink_jar_path", "gcp_auth_scopes"].contains(&key.name))
    {
        let text = format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"polaris\", \"rest_catalog_url\": \"https://h.example.com/api/catalog\", \"{}\": \"svc:s3cr3t-pw\"}}}}",
            key.name
        );
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        hides(&file, "s3cr3t-pw");
    }
}

/// Names that look odd and are none of them secrets: a template keeps them.
#[test]
fn what_is_no_secret_stays() {
    for (key, value) in [
        (
            "rest_catalog_url",
            "https://dbc-1a2b3c4d-56ef.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
        ),
        (
            "rest_catalog_url",
            "https://adb-1234567890123456.7.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest",
        ),
        (
            "rest_catalog_url",
            "https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
        ),
        (
            "rest_catalog_url",
            "https://vpce-0ab1cd2e3f4a5b6c7-abcd1234.s3tables.eu-west-1.vpce.amazonaws.com/iceberg",
        ),
        (
            "rest_catalog_url",
            "https://xy12345-ab67890.snowflakecomputing.com/polaris/api/catalog",
        ),
        ("rest_catalog_url", "http://[fd00::1]:8181/catalog"),
        ("rest_catalog_url", "rest:8181/catalog"),
        (
            "s3_endpoint",
            "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
        ),
        (
            "oauth2_uri",
            "https://login.microsoftonline.com/3f2504e0-4f89-11d3-9a0c-0305e82c3301/oauth2/v2.0/token",
        ),
        (
            "scope",
            "api://3f2504e0-4f89-11d3-9a0c-0305e82c3301/.default",
        ),
        (
            "scope",
            "PRINCIPAL_ROLE:DataEngineer2 PRINCIPAL_ROLE:etl_2026",
        ),
        ("scope", "session:role:LOADER_2026"),
        ("scope", "catalog:read openid"),
        ("iceberg_s3_path", "0123456789abcdef0123456789abcdef_lake"),
        (
            "iceberg_s3_path",
            "0190f1c2-7e2a-7b3c-8d4e-5f60718293a4/demo",
        ),
        ("iceberg_s3_path", "123456789012:s3tablescatalog/lake"),
        (
            "iceberg_s3_path",
            "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake-1x2y3z4a5b6c7",
        ),
        (
            "iceberg_s3_path",
            "s3://stack-lakebucket-1x2y3z4a5b6c7/warehouse",
        ),
        (
            "iceberg_s3_path",
            "abfss://lake@account.dfs.core.windows.net/wh",
        ),
        ("iceberg_db", "sales_2026_q1"),
        ("aws_profile", "AdministratorAccess-123456789012"),
        ("gcp_project_id", "lake-prod-123456"),
        (
            "gcp_auth_scopes",
            "https://www.googleapis.com/auth/cloud-platform",
        ),
        ("hive_uri", "thrift://hms-1:9083,thrift://hms-2:9083"),
        (
            "sink_jar_path",
            "/opt/olake/olake-iceberg-java-writer-0.9.4.jar",
        ),
        ("sink_rpc_server_host", "localhost:50051"),
        (
            "rest_auth_type",
            "org.apache.iceberg.rest.auth.OAuth2Manager",
        ),
        ("s3FileIoImpl2", "org.apache.iceberg.aws.s3.S3FileIO"),
    ] {
        let text = format!(
            "{{\n  \"type\": \"ICEBERG\",\n  \"writer\": {{\n    \"{key}\": \"{value}\"\n  }}\n}}\n"
        );
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert_eq!(file.render(Secrets::Placeholder), text);
        assert_eq!(file.jq_fill(), None);
    }
}

/// Everything that may be shown or logged, without the secret.
fn keeps_quiet(file: &Destination) {
    hides(file, SECRET);
}

fn hides(file: &Destination, secret: &str) {
    let (_, applied) = file.fixed();
    let mut spoken = vec![
        format!("{:?}", lint(file)),
        serde_json::json!(lint(file)).to_string(),
        format!("{applied:?}"),
        format!("{file:?}"),
        format!("{:?}", file.decode()),
        file.render(Secrets::Mask),
        file.render(Secrets::Placeholder),
        file.without_secrets().render(Secrets::Include),
        file.jq_fill().unwrap_or_default(),
        format!("{:?}{:?}", probes(file), steps(file)),
        connection(file, "lake").unwrap_or_default(),
    ];
    spoken.extend(
        Engine::ALL
            .into_iter()
            .filter_map(|engine| snippet(file, engine, None)),
    );
    for text in spoken {
        for secret in [secret, &secret.to_ascii_uppercase()] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn a_long_line_that_is_no_json_is_walked_once() {
    // By the square of its length each would take a minute.
    for text in ["'", "{a:", "[\"”", "{'a' 'b'", "//", "/*", "a=b;"] {
        let long = text.repeat(1024 * 1024 / text.len());
        let read = Destination::mended(long.as_bytes());
        assert!(read.is_err(), "{text}");
    }
}
