//! The published examples come out byte for byte from what a person types into the form.

use destination::{Auth, Destination, Kind, Secrets, Target, lint};

struct Example {
    file: &'static str,
    kind: Kind,
    auth: Auth,
    inputs: &'static [(&'static str, &'static str)],
    /// Findings beside placeholders and the note on `iceberg_db`.
    findings: &'static [&'static str],
}

const KEYS: [(&str, &str); 2] = [
    ("aws_secret_key", "<AWS_SECRET_KEY>"),
    ("aws_access_key", "<AWS_ACCESS_KEY>"),
];

const UNITY: [(&str, &str); 3] = [
    ("iceberg_db", "<NAMESPACE>"),
    ("iceberg_s3_path", "<CATALOG_NAME>"),
    (
        "rest_catalog_url",
        "https://<DATABRICK_WORKSPACE_URL>/api/2.1/unity-catalog/iceberg-rest",
    ),
];

fn examples() -> [Example; 7] {
    [
        Example {
            file: include_str!("golden/generic.json"),
            kind: Kind::Generic,
            auth: Auth::None,
            inputs: &[
                ("iceberg_db", "<ICEBERG_DB>"),
                KEYS[0],
                KEYS[1],
                ("aws_region", "<AWS_REGION>"),
                ("s3_endpoint", "http://<S3_ENDPOINT>:9090"),
                ("iceberg_s3_path", "s3://<BUCKET_NAME>"),
                ("rest_catalog_url", "http://<REST_ENDPOINT>:8181"),
            ],
            findings: &[],
        },
        Example {
            file: include_str!("golden/lakekeeper.json"),
            kind: Kind::Lakekeeper,
            auth: Auth::None,
            inputs: &[
                (
                    "rest_catalog_url",
                    "http://<LAKEKEEPER_ENDPOINT>:8181/catalog",
                ),
                ("iceberg_s3_path", "s3://<ICEBERG_S3_PATH>"),
                ("aws_region", "<AWS_REGION>"),
                KEYS[0],
                KEYS[1],
                ("s3_endpoint", "http://<S3_ENDPOINT>:9000"),
                ("iceberg_db", "<ICEBERG_DATABASE>"),
            ],
            findings: &["wh.name-not-uri"],
        },
        Example {
            file: include_str!("golden/nessie.json"),
            kind: Kind::Nessie,
            auth: Auth::None,
            inputs: &[
                ("rest_catalog_url", "http://<REST_ENDPOINT>:19120/iceberg/"),
                ("iceberg_s3_path", "s3://<BUCKET_NAME>"),
                ("iceberg_db", "<DATABASE_NAME>"),
                ("s3_endpoint", "http://<S3_ENDPOINT>:9000/"),
                ("aws_access_key", "<S3_ACCESS_KEY>"),
                ("aws_secret_key", "<S3_SECRET_KEY>"),
                ("aws_region", "<AWS_REGION>"),
            ],
            findings: &[],
        },
        Example {
            file: include_str!("golden/s3tables.json"),
            kind: Kind::S3Tables,
            auth: Auth::SigV4,
            inputs: &[
                ("rest_signing_region", "<REGION>"),
                ("aws_region", "<REGION>"),
                KEYS[0],
                KEYS[1],
                ("iceberg_db", "<NAMESPACE>"),
                (
                    "iceberg_s3_path",
                    "arn:aws:s3tables:<REGION>:<ACCOUNT_ID>:bucket/<BUCKET_NAME>",
                ),
                (
                    "rest_catalog_url",
                    "https://s3tables.<REGION>.amazonaws.com/iceberg",
                ),
            ],
            findings: &[],
        },
        Example {
            file: include_str!("golden/unity_token.json"),
            kind: Kind::Unity,
            auth: Auth::Token,
            inputs: &[
                UNITY[0],
                UNITY[1],
                UNITY[2],
                ("token", "<DATABRICK_USER_PERSONAL_ACCESS_TOKEN>"),
            ],
            findings: &["key.dead"],
        },
        Example {
            file: include_str!("golden/unity_oauth2.json"),
            kind: Kind::Unity,
            auth: Auth::OAuth2,
            inputs: &[
                ("scope", "<OAUTH2_SCOPES>"),
                ("credential", "<CLIENT_ID>:<CLIENT_SECRET>"),
                ("oauth2_uri", "<OAUTH2_SERVER_URI>"),
                UNITY[0],
                UNITY[1],
                UNITY[2],
            ],
            findings: &["key.dead"],
        },
        Example {
            file: include_str!("golden/polaris.json"),
            kind: Kind::Polaris,
            auth: Auth::OAuth2,
            inputs: &[
                ("aws_region", "<S3_REGION>"),
                ("scope", "PRINCIPAL_ROLE:ALL"),
                (
                    "credential",
                    "<olake_user_client_id>:<olake_user_client_secret>",
                ),
                (
                    "oauth2_uri",
                    "http://<REST_ENDPOINT>:8181/api/catalog/v1/oauth/tokens",
                ),
                ("iceberg_db", "<DATABASE_NAME>"),
                ("iceberg_s3_path", "s3://<BUCKET_NAME>"),
                (
                    "rest_catalog_url",
                    "http://<REST_ENDPOINT>:8181/api/catalog",
                ),
            ],
            findings: &["wh.name-not-uri"],
        },
    ]
}

#[test]
fn typed_values_become_the_published_file() {
    for example in examples() {
        let mut file = Destination::new(example.kind, example.auth, Target::Classic);
        for (key, value) in example.inputs {
            file.set(key, value);
        }
        assert_eq!(file.render(Secrets::Include), example.file);
        assert_eq!(
            file.render(Secrets::Placeholder),
            example.file,
            "typed placeholders stay in a template"
        );
    }
}

#[test]
fn an_import_is_written_back_as_it_was() {
    for example in examples() {
        let file = Destination::import(example.file.as_bytes()).expect("it imports");
        assert_eq!(file.render(Secrets::Include), example.file);
        assert_eq!(
            (file.kind(), file.auth(), file.target()),
            (Some(example.kind), example.auth, Target::Classic)
        );
    }
}

#[test]
fn published_files_are_judged_by_what_is_truly_wrong_with_them() {
    for example in examples() {
        let file = Destination::import(example.file.as_bytes()).expect("it imports");
        let ids: Vec<&str> = lint(&file).iter().map(|finding| finding.id).collect();
        let rest: Vec<&str> = ids
            .into_iter()
            .filter(|id| !["placeholder", "key.legacy.iceberg_db"].contains(id))
            .collect();
        assert_eq!(rest, example.findings, "{}", example.kind);
    }
}

#[test]
fn the_two_wrong_warehouses_are_mended() {
    for (file, right) in [
        (
            include_str!("golden/lakekeeper.json"),
            include_str!("corrected/lakekeeper.json"),
        ),
        (
            include_str!("golden/polaris.json"),
            include_str!("corrected/polaris.json"),
        ),
    ] {
        let (fixed, applied) = Destination::import(file.as_bytes())
            .expect("it imports")
            .fixed();
        assert_eq!(fixed.render(Secrets::Include), right);
        assert_eq!(
            applied.iter().map(|finding| finding.id).collect::<Vec<_>>(),
            ["wh.name-not-uri"]
        );
    }
}

#[test]
fn a_kept_draft_has_each_key_in_its_place_and_no_secret() {
    let text = r#"{
  "type": "ICEBERG",
  "writer": {
    "catalog_type": "rest",
    "token": "<TOKEN>",
    "credential": "olake:CANARY",
    "aws_secret_key": "CANARY",
    "team": "CANARY",
    "rest_catalog_url": "http://me:CANARY@rest:8181"
  }
}
"#;
    let kept = Destination::import(text.as_bytes())
        .expect("it imports")
        .without_secrets();
    let expected = text
        .replace("\"aws_secret_key\": \"CANARY\"", "\"aws_secret_key\": \"\"")
        .replace("\"team\": \"CANARY\"", "\"team\": \"<TEAM>\"")
        .replace("olake:CANARY", "olake:")
        .replace("me:CANARY@", "");
    assert_eq!(kept.render(Secrets::Include), expected);
}
