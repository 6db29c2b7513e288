//! Every rule fires, and what it proposes settles it. A new rule does not compile without its case.

use destination::{Destination, Kind, Release, Rule, lint};

use crate::sound::sound;

fn with(kind: Kind, faults: &[(&str, &str)]) -> Destination {
    let mut file = sound(kind);
    for (key, value) in faults {
        file.set(key, value);
    }
    file
}

fn file(text: &str) -> Destination {
    Destination::import(text.as_bytes()).expect("it is an object")
}

fn writer(keys: &str) -> Destination {
    file(&format!(
        r#"{{"type": "ICEBERG", "writer": {{"iceberg_s3_path": "s3://lake", {keys}}}}}"#
    ))
}

fn url(kind: Kind, url: &str) -> Destination {
    with(kind, &[("rest_catalog_url", url)])
}

fn warehouse(kind: Kind, warehouse: &str) -> Destination {
    with(kind, &[("iceberg_s3_path", warehouse)])
}

/// A file that breaks the rule.
fn broken(rule: Rule) -> Destination {
    use Kind::*;
    match rule {
        Rule::EnvelopeType => file(r#"{"type": "iceberg", "writer": {}}"#),
        Rule::EnvelopeWriter => file(r#"{"type": "ICEBERG", "catalog_type": "rest"}"#),
        Rule::NullValue => writer(r#""token": null"#),
        Rule::NotBool => writer(r#""arrow_writes": "true""#),
        Rule::NotText => writer(r#""aws_region": 1"#),
        Rule::NotInt => writer(r#""hive_clients": 1.5"#),

        Rule::RepeatedKey => writer(r#""token": "a", "token": "b""#),
        Rule::RepeatedWriter => file(r#"{"type": "ICEBERG", "writer": {}, "writer": {}}"#),
        Rule::KeySpelling => writer(r#""S3_Endpoint": "http://minio:9000""#),
        Rule::UnknownKey => writer(r#""aws_regoin": "eu-west-1""#),
        Rule::KeyBesideWriter => file(r#"{"type": "ICEBERG", "token": "a", "writer": {}}"#),
        Rule::UnknownBesideWriter => file(r#"{"type": "ICEBERG", "note": 1, "writer": {}}"#),
        Rule::DeadKey => writer(r#""rest_credential": "a:b""#),
        Rule::WhiteSpace => with(Generic, &[("aws_region", " eu-west-1")]),
        Rule::TokenPair => with(Unity, &[("token", "root:hush")]),
        Rule::Wrapped => writer(r#""token": "Bearer t0k.en""#),
        Rule::Broken => writer(r#""token": "t0k.\nen""#),
        Rule::Misplaced => with(
            Generic,
            &[("aws_region", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")],
        ),
        Rule::LegacyNamespace => with(Generic, &[("iceberg_db", "sales")]),
        Rule::Hearsay => {
            let mut file = sound(Generic);
            file.set_release(Release::V1_1_1);
            file
        }
        Rule::TypedTarget => writer(r#""catalog_type": "polaris""#),
        Rule::CatalogName => with(Generic, &[("catalog_name", "My lake")]),

        Rule::Unjudged => writer(r#""catalog_type": "biglake""#),
        Rule::OtherCatalog => {
            writer(r#""catalog_type": "glue", "rest_catalog_url": "http://rest:8181""#)
        }
        Rule::JdbcUrl => {
            writer(r#""catalog_type": "jdbc", "jdbc_url": "postgresql://db:5432/lake""#)
        }
        Rule::HiveUrl => writer(r#""catalog_type": "hive", "hive_uri": "http://hms:9083""#),
        Rule::ServiceAccount => {
            writer(r#""catalog_type": "biglake", "gcp_service_account_json": "key.json""#)
        }

        Rule::NoCatalogType => writer(r#""aws_region": "eu-west-1""#),
        Rule::WrongCatalogType => with(Generic, &[("catalog_type", "Rest")]),
        Rule::NoWarehouse => warehouse(Generic, ""),
        Rule::NoUrl => url(Generic, ""),
        Rule::NoToken => with(Unity, &[("token", "")]),
        Rule::NoCredential => with(Polaris, &[("credential", "id:")]),
        Rule::NoScope => with(Polaris, &[("scope", "")]),
        Rule::NoRegion => with(Polaris, &[("aws_region", "")]),

        Rule::NoAddress => url(Generic, "rest:8181"),
        Rule::Swapped => with(
            Generic,
            &[
                ("rest_catalog_url", "http://10.0.0.5:9000"),
                ("s3_endpoint", "http://10.0.0.5:8181"),
            ],
        ),
        Rule::WrongPort => url(Generic, "http://rest:5432"),
        Rule::AddressQuery => url(Generic, "http://rest:8181?x=1"),
        Rule::AddressUser => url(Generic, "http://me:pass@rest:8181"),
        Rule::Loopback => url(Generic, "http://localhost:8181"),
        Rule::PlainHttp => url(Polaris, "http://polaris.example.com:8181/api/catalog"),
        Rule::V1Suffix => url(Generic, "http://rest:8181/v1/"),
        Rule::LakekeeperPath => url(Lakekeeper, "http://lakekeeper:8181/ui"),
        Rule::NessiePath => url(Nessie, "http://nessie:19120/api/v2"),
        Rule::PolarisPath => url(Polaris, "http://polaris:8181/api/management/v1"),
        Rule::PolarisPort => url(Polaris, "http://polaris:8080/api/catalog"),
        Rule::PolarisToken => with(
            Polaris,
            &[("oauth2_uri", "http://polaris:8181/api/catalog/oauth/token")],
        ),
        Rule::UnityPath => url(Unity, "https://dbc-1.cloud.databricks.com/"),
        Rule::S3TablesUrl => url(S3Tables, "http://s3tables.eu-west-1.amazonaws.com/iceberg"),
        Rule::S3TablesGlue => url(S3Tables, "https://glue.eu-west-1.amazonaws.com/iceberg"),

        Rule::DatabaseName => with(Generic, &[("iceberg_db", "s3://lake/db")]),
        Rule::GenericWarehouse => warehouse(Generic, "warehouse"),
        Rule::NessieWarehouse => warehouse(Nessie, "file:///tmp"),
        Rule::WarehouseName => warehouse(Lakekeeper, "s3://<BUCKET_NAME>"),
        Rule::BucketArn => warehouse(S3Tables, "s3://lake"),
        Rule::BucketName => warehouse(
            S3Tables,
            "arn:aws:s3tables:eu-west-1:123456789012:bucket/aws-lake",
        ),
        Rule::Regions => with(S3Tables, &[("aws_region", "us-east-1")]),
        Rule::S3TablesNamespace => with(S3Tables, &[("iceberg_db", "Sales")]),

        Rule::TokenAndCredential => with(Polaris, &[("token", "t")]),
        Rule::TokenAndSignature => with(S3Tables, &[("token", "t")]),
        Rule::AuthTypeNone => with(Unity, &[("rest_auth_type", "none")]),
        Rule::AuthUnsupported => {
            writer(r#""catalog_type": "lakekeeper", "rest_signing_v_4": true"#)
        }
        Rule::AuthTypeValue => with(Unity, &[("rest_auth_type", "Personal Access Token (PAT)")]),
        Rule::CredentialColon => with(Polaris, &[("credential", "onlyasecret")]),
        Rule::CredentialTwice => with(Polaris, &[("credential", "root:root:hush")]),
        Rule::AuthBasic => with(Generic, &[("rest_auth_type", "basic")]),
        Rule::OAuthOrigin => with(Polaris, &[("oauth2_uri", "http://elsewhere:8181/token")]),
        Rule::ScopeSyntax => with(Polaris, &[("scope", "PRINCIPAL_ROLE:\"a\"")]),
        Rule::ScopeComma => with(Polaris, &[("scope", "PRINCIPAL_ROLE:a,PRINCIPAL_ROLE:b")]),
        Rule::ScopePolaris => with(Polaris, &[("scope", "catalog")]),
        Rule::ScopeUnity => {
            writer(r#""catalog_type": "unity", "credential": "a:b", "scope": "sql offline_access""#)
        }
        Rule::SigningOff => with(S3Tables, &[("rest_signing_v_4", "")]),
        Rule::NoSigningName => with(S3Tables, &[("rest_signing_name", "")]),
        Rule::SigningName => with(S3Tables, &[("rest_signing_name", "execute-api")]),
        Rule::NoSigningRegion => with(S3Tables, &[("rest_signing_region", "")]),

        Rule::KeyPair => with(Polaris, &[("aws_access_key", "AKIA")]),
        Rule::KeysSwapped => with(
            Generic,
            &[
                ("aws_access_key", "hush"),
                ("aws_secret_key", "AKIA0123456789ABCDEF"),
            ],
        ),
        Rule::SessionToken => with(Generic, &[("aws_session_token", "abc")]),
        Rule::TemporaryKey => with(Generic, &[("aws_access_key", "ASIA0123456789ABCDEF")]),
        Rule::NoKeys => with(Generic, &[("aws_access_key", ""), ("aws_secret_key", "")]),
        Rule::GoogleStore => warehouse(Generic, "gs://lake/wh"),
        Rule::AzureStore => warehouse(Generic, "abfss://lake@account.dfs.core.windows.net/wh"),
        Rule::EndpointBucket => with(Generic, &[("s3_endpoint", "http://minio:9000/lake")]),
        Rule::EndpointRegion => with(
            Generic,
            &[
                ("s3_endpoint", "https://s3.us-east-1.amazonaws.com"),
                ("aws_region", "eu-west-1"),
            ],
        ),
        Rule::EndpointForbidden => with(S3Tables, &[("s3_endpoint", "http://minio:9000")]),
        Rule::EndpointService => with(
            Generic,
            &[("s3_endpoint", "https://glue.eu-west-1.amazonaws.com")],
        ),
        Rule::EndpointConsole => with(Generic, &[("s3_endpoint", "http://minio:9001")]),
        Rule::PathStyle => writer(
            r#""catalog_type": "rest", "s3_path_style": false, "s3_endpoint": "http://minio:9000""#,
        ),
        Rule::UseSsl => with(Generic, &[("s3_use_ssl", "true")]),
        Rule::RegionName => with(Polaris, &[("aws_region", "eu-west-1a")]),

        Rule::NoUpdates => with(Polaris, &[("no_identifier_fields", "true")]),
        Rule::UnityIdentifier => with(Unity, &[("no_identifier_fields", "")]),
        Rule::UnityAppends => sound(Unity),
        Rule::UnityStorage => with(Unity, &[("aws_region", "eu-west-1")]),
        Rule::UnityToken => with(Unity, &[("token", "hello")]),

        Rule::Placeholder => with(Generic, &[("aws_region", "<AWS_REGION>")]),
    }
}

fn breaks(file: &Destination, rule: Rule) -> bool {
    lint(file).iter().any(|finding| finding.rule == rule)
}

#[test]
fn every_rule_fires() {
    for rule in Rule::ALL {
        let file = broken(*rule);
        assert!(breaks(&file, *rule), "{rule:?}, only {:?}", lint(&file));
    }
}

/// Those that the file itself can answer. All others are left to the person.
#[test]
fn what_can_be_mended_is_settled_by_it() {
    let mended: Vec<Rule> = Rule::ALL
        .iter()
        .copied()
        .filter(|rule| {
            let (_, applied) = broken(*rule).fixed();
            applied.iter().any(|finding| finding.rule == *rule)
        })
        .collect();
    assert_eq!(
        mended,
        [
            Rule::EnvelopeType,
            Rule::EnvelopeWriter,
            Rule::NullValue,
            Rule::NotBool,
            Rule::NotText,
            Rule::RepeatedKey,
            Rule::KeySpelling,
            Rule::UnknownKey,
            Rule::DeadKey,
            Rule::WhiteSpace,
            Rule::Wrapped,
            Rule::Broken,
            Rule::JdbcUrl,
            Rule::HiveUrl,
            Rule::WrongCatalogType,
            Rule::NoScope,
            Rule::V1Suffix,
            Rule::LakekeeperPath,
            Rule::NessiePath,
            Rule::PolarisPath,
            Rule::PolarisToken,
            Rule::UnityPath,
            Rule::S3TablesUrl,
            Rule::WarehouseName,
            Rule::Regions,
            Rule::AuthTypeNone,
            Rule::AuthTypeValue,
            Rule::CredentialTwice,
            Rule::ScopeComma,
            Rule::ScopePolaris,
            Rule::SigningOff,
            Rule::NoSigningName,
            Rule::SigningName,
            Rule::NoSigningRegion,
            Rule::KeysSwapped,
            Rule::EndpointForbidden,
            Rule::PathStyle,
            Rule::UseSsl,
            Rule::UnityIdentifier,
        ]
    );
    for rule in mended {
        let (fixed, _) = broken(rule).fixed();
        assert!(!breaks(&fixed, rule), "{rule:?} in {:?}", lint(&fixed));
    }
}
