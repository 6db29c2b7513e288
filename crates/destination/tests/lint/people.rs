//! Files as people write them: what works is left alone, what will fail is said, what is guessed is a note.

use destination::{Destination, Severity, lint};

fn judged(text: &str) -> Vec<(&'static str, String, Severity)> {
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    lint(&file)
        .into_iter()
        .map(|finding| (finding.id, finding.key, finding.severity))
        .collect()
}

pub fn written(keys: &str) -> String {
    format!("{{\n  \"type\": \"ICEBERG\",\n  \"writer\": {{\n    {keys}\n  }}\n}}\n")
}

/// Files of people whose catalog is like a vendor's, or is one in a place of its own. Nothing is refused, and
/// nothing is changed.
#[test]
fn a_file_that_works_is_left_as_it_is() {
    let polaris = |rest: &str| {
        written(&format!(
            "\"catalog_type\": \"rest\",\n    \"iceberg_s3_path\": \"lake\",\n    \"aws_region\": \"eu-west-1\",\n    \"credential\": \"svc:hush\",\n    {rest}"
        ))
    };
    let s3tables = |url: &str| {
        written(&format!(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"{url}\",\n    \"iceberg_s3_path\": \"arn:aws:s3tables:eu-west-1:000000000000:bucket/lake\",\n    \"aws_region\": \"eu-west-1\",\n    \"rest_signing_name\": \"s3tables\",\n    \"rest_signing_region\": \"eu-west-1\",\n    \"rest_signing_v_4\": true"
        ))
    };
    let rest = |url: &str, warehouse: &str| {
        written(&format!(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"{url}\",\n    \"iceberg_s3_path\": \"{warehouse}\",\n    \"aws_region\": \"eu-west-1\""
        ))
    };
    let files = [
        // An identity provider elsewhere names scopes of its own, or none.
        polaris(
            "\"rest_catalog_url\": \"https://lake.example.com/api/catalog\",\n    \"oauth2_uri\": \"https://idp.example.com/realms/lake/protocol/openid-connect/token\",\n    \"scope\": \"catalog\"",
        ),
        polaris(
            "\"rest_catalog_url\": \"https://polaris.example.com/api/catalog\",\n    \"oauth2_uri\": \"https://login.example.com/tenant/oauth2/v2.0/token\",\n    \"scope\": \"api://lake/.default\"",
        ),
        polaris(
            "\"rest_catalog_url\": \"https://polaris.example.com/api/catalog\",\n    \"oauth2_uri\": \"https://login.example.com/oauth2/token\"",
        ),
        polaris(
            "\"rest_catalog_url\": \"https://acct.example.com/polaris/api/catalog\",\n    \"oauth2_uri\": \"https://acct.example.com/polaris/api/catalog/v1/oauth/tokens\",\n    \"scope\": \"session:role:LOADER\"",
        ),
        // Unity's open-source server.
        written(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"http://unity:8080/api/2.1/unity-catalog/iceberg\",\n    \"iceberg_s3_path\": \"unity\",\n    \"token\": \"tok\",\n    \"s3_endpoint\": \"http://minio:9000\",\n    \"aws_access_key\": \"minio\",\n    \"aws_secret_key\": \"hush\"",
        ),
        written(
            "\"catalog_type\": \"unity\",\n    \"rest_catalog_url\": \"http://unity:8080/api/2.1/unity-catalog/iceberg\",\n    \"iceberg_s3_path\": \"unity\",\n    \"token\": \"tok\"",
        ),
        rest("http://unity:8080/api/2.1/unity-catalog/iceberg", "unity"),
        written(
            "\"catalog_type\": \"unity\",\n    \"rest_catalog_url\": \"https://unity.example.com/api/2.1/unity-catalog/iceberg\",\n    \"iceberg_s3_path\": \"unity\"",
        ),
        written(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"https://adb-1.2.privatelink.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest\",\n    \"iceberg_s3_path\": \"main\",\n    \"token\": \"dapi1\",\n    \"no_identifier_fields\": true",
        ),
        // A proxy signs in, or nobody does.
        rest("https://data.example.com/api/catalog", "lake"),
        rest(
            "https://onelake.table.fabric.microsoft.com/iceberg",
            "workspace/item",
        ),
        rest(
            "https://biglake.googleapis.com/iceberg/v1/restcatalog",
            "gs://lake",
        ),
        written(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"https://glue.eu-west-1.amazonaws.com/iceberg\",\n    \"iceberg_s3_path\": \"123456789012:s3tablescatalog/lake\",\n    \"aws_region\": \"eu-west-1\",\n    \"rest_signing_name\": \"glue\",\n    \"rest_signing_region\": \"eu-west-1\",\n    \"rest_signing_v_4\": true",
        ),
        // AWS' other addresses, and what imitates them.
        s3tables("http://localstack:4566/iceberg"),
        s3tables("https://s3tables.eu-west-1.api.aws/iceberg"),
        s3tables("https://s3tables-fips.eu-west-1.amazonaws.com/iceberg"),
        s3tables("https://s3tables-fips.eu-west-1.api.aws/iceberg"),
        s3tables("https://vpce-0ab1-cd2e.s3tables.eu-west-1.vpce.amazonaws.com/iceberg"),
        s3tables("https://s3tables.lake.example.com/iceberg"),
        written(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"http://minio:9000/_iceberg\",\n    \"iceberg_s3_path\": \"analytics\",\n    \"s3_endpoint\": \"http://minio:9000\",\n    \"aws_region\": \"us-east-1\",\n    \"aws_access_key\": \"minio\",\n    \"aws_secret_key\": \"hush\",\n    \"rest_signing_name\": \"s3tables\",\n    \"rest_signing_region\": \"us-east-1\",\n    \"rest_signing_v_4\": true",
        ),
        // A path or a prefix that several programs have.
        rest("http://lakekeeper:8181/catalog", "project-a/demo"),
        rest("https://data.example.com/catalog", "s3://lake/wh"),
        rest("http://gravitino:9001/iceberg", "s3://lake/wh"),
        rest("https://data.example.com/iceberg", "lake/one"),
        rest(
            "https://lake.example.com/nessie/iceberg/main",
            "s3://lake/wh",
        ),
        rest("https://nessie.example.com/proxy/iceberg", "s3://lake/wh"),
        rest("https://lakekeeper.example.com/prefix/catalog", "demo"),
        rest("https://nessie.example.com/somewhere", "s3://lake/wh"),
        polaris(
            "\"rest_catalog_url\": \"http://polaris:8080/api/catalog\",\n    \"oauth2_uri\": \"http://polaris:8080/api/catalog/v1/oauth/tokens\",\n    \"scope\": \"PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b\"",
        ),
        rest("http://rest:8181", "gs://lake/wh"),
        rest(
            "http://rest:8181",
            "abfss://lake@account.dfs.core.windows.net/wh",
        ),
    ];
    for text in files {
        let errors: Vec<_> = judged(&text)
            .into_iter()
            .filter(|(_, _, severity)| *severity == Severity::Error)
            .collect();
        assert_eq!(errors, [], "{text}");
        let (fixed, _) = Destination::import(text.as_bytes())
            .expect("it is an object")
            .fixed();
        assert_eq!(fixed.render(destination::Secrets::Include), text);
    }
}

/// What the file does not say is no more than a note, and is not mended.
#[test]
fn a_guess_is_a_note() {
    for (url, warehouse, key) in [
        (
            "https://data.example.com/catalog",
            "s3://lake/wh",
            "iceberg_s3_path",
        ),
        ("https://data.example.com/ui", "demo", "rest_catalog_url"),
        (
            "https://data.example.com/iceberg",
            "a b:c",
            "iceberg_s3_path",
        ),
        (
            "https://data.example.com/api/catalog",
            "s3://lake/wh",
            "iceberg_s3_path",
        ),
    ] {
        let text = written(&format!(
            "\"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"{url}\",\n    \"iceberg_s3_path\": \"{warehouse}\",\n    \"aws_region\": \"eu-west-1\",\n    \"token\": \"t\""
        ));
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert!(file.is_guess(), "{url}");
        let found = lint(&file);
        let finding = found
            .iter()
            .find(|finding| finding.key == key)
            .unwrap_or_else(|| panic!("{key} in {found:?}"));
        assert_eq!(
            (finding.severity, finding.edits.len()),
            (Severity::Info, 0),
            "{finding:?}"
        );
        assert!(finding.message.starts_with("If this is "), "{finding:?}");
    }
}

/// What will fail, or was never filled in, is not passed over.
#[test]
fn silence_is_no_approval() {
    let generic = |more: &str| {
        let mut keys = String::from("\"catalog_type\": \"rest\"");
        for (key, value) in [
            ("rest_catalog_url", "http://10.0.0.5:8181"),
            ("iceberg_s3_path", "s3://lake/wh"),
            ("s3_endpoint", "http://10.0.0.5:9000"),
            ("aws_region", "us-east-1"),
            ("aws_access_key", "AKIAEXAMPLE"),
            ("aws_secret_key", "secret-example"),
        ] {
            if !more.contains(key) {
                keys.push_str(&format!(",\n    \"{key}\": \"{value}\""));
            }
        }
        written(&format!("{keys},\n    {more}"))
    };
    assert_eq!(judged(&generic("\"arrow_writes\": true")), []);
    use Severity::{Error, Info, Warn};
    for (more, id, key, severity) in [
        (
            "\"iceberg_s3_path\": \"s3://BUCKET/wh\"",
            "placeholder",
            "iceberg_s3_path",
            Warn,
        ),
        (
            "\"iceberg_s3_path\": \"s3://[your bucket]/wh\"",
            "placeholder",
            "iceberg_s3_path",
            Warn,
        ),
        (
            "\"aws_region\": \"%AWS_REGION%\"",
            "placeholder",
            "aws_region",
            Warn,
        ),
        (
            "\"aws_secret_key\": \"env:AWS_SECRET\"",
            "placeholder",
            "aws_secret_key",
            Warn,
        ),
        (
            "\"aws_secret_key\": \"****\"",
            "placeholder",
            "aws_secret_key",
            Warn,
        ),
        (
            "\"rest_catalog_url\": \"http://rest:8181\", \"s3_endpoint\": \"http://polaris:8080\"",
            "url.swapped",
            "s3_endpoint",
            Warn,
        ),
        (
            "\"oauth2_uri\": \"http://idp/token\", \"credential\": \"a:b\", \"scope\": \"PRINCIPAL_ROLE:a|PRINCIPAL_ROLE:b\"",
            "scope.comma",
            "scope",
            Warn,
        ),
        (
            "\"oauth2_uri\": \"http://idp/token\", \"credential\": \"a:b\", \"scope\": \"PRINCIPAL_ROLE:a; PRINCIPAL_ROLE:b\"",
            "scope.comma",
            "scope",
            Warn,
        ),
        (
            "\"iceberg_db\": \"arn:aws:s3:::lake\"",
            "ns.location",
            "iceberg_db",
            Warn,
        ),
        (
            "\"catalog_type\": \"hive\", \"hive_uri\": \"tcp://hms:9083\"",
            "url.thrift",
            "hive_uri",
            Error,
        ),
        (
            "\"catalog_type\": \"jdbc\", \"jdbc_url\": \"db:5432/lake\"",
            "url.jdbc",
            "jdbc_url",
            Error,
        ),
        ("\"hive_clients\": \"5\"", "type.int", "hive_clients", Error),
        (
            "\"iceberg_s3_path\": \"s3://${BUCKET}\"",
            "placeholder",
            "iceberg_s3_path",
            Warn,
        ),
        (
            "\"aws_access_key\": \"$AWS_KEY\"",
            "placeholder",
            "aws_access_key",
            Warn,
        ),
        (
            "\"iceberg_db\": \"{{ db }}\"",
            "placeholder",
            "iceberg_db",
            Warn,
        ),
        (
            "\"rest_catalog_url\": \"http://<rest-endpoint>:8181\"",
            "placeholder",
            "rest_catalog_url",
            Warn,
        ),
        (
            "\"aws_secret_key\": \"YOUR_SECRET_KEY\"",
            "placeholder",
            "aws_secret_key",
            Warn,
        ),
        ("\"token\": \"abc...xyz\"", "placeholder", "token", Warn),
        (
            "\"rest_catalog_url\": \"http://10.0.0.5:9000\", \"s3_endpoint\": \"http://10.0.0.5:8181\"",
            "url.swapped",
            "s3_endpoint",
            Warn,
        ),
        (
            "\"rest_catalog_url\": \"http://minio:9000\"",
            "url.swapped",
            "rest_catalog_url",
            Warn,
        ),
        (
            "\"rest_catalog_url\": \"http://10.0.0.5:9000\"",
            "url.swapped",
            "s3_endpoint",
            Warn,
        ),
        (
            "\"s3_endpoint\": \"http://10.0.0.5:19120/iceberg\"",
            "url.swapped",
            "s3_endpoint",
            Warn,
        ),
        (
            "\"aws_access_key\": \"hush\", \"aws_secret_key\": \"AKIA0123456789ABCDEF\"",
            "keys.swapped",
            "aws_access_key",
            Error,
        ),
        (
            "\"iceberg_db\": \"s3://lake/db\"",
            "ns.location",
            "iceberg_db",
            Warn,
        ),
        (
            "\"s3_endpoint\": \"http://10.0.0.5:9000/lake\"",
            "s3.endpoint.bucket",
            "s3_endpoint",
            Warn,
        ),
        (
            "\"s3_endpoint\": \"https://s3.eu-west-1.amazonaws.com\"",
            "s3.endpoint.region",
            "s3_endpoint",
            Warn,
        ),
        (
            "\"rest_auth_type\": \"Basic\"",
            "auth.type.basic",
            "rest_auth_type",
            Error,
        ),
        (
            "\"oauth2_uri\": \"http://idp/token\", \"credential\": \"root:root:hush\"",
            "auth.credential.twice",
            "credential",
            Error,
        ),
        (
            "\"oauth2_uri\": \"http://idp/token\", \"credential\": \"root:hush:root:hush\"",
            "auth.credential.twice",
            "credential",
            Error,
        ),
        (
            "\"oauth2_uri\": \"http://idp/token\", \"credential\": \"a:b\", \"scope\": \"read,write\"",
            "scope.comma",
            "scope",
            Warn,
        ),
        (
            "\"aws_session_token\": \"hush\"",
            "keys.session",
            "aws_session_token",
            Error,
        ),
        (
            "\"iceberg_s3_path\": \"s3://Lake_House/wh\"",
            "wh.uri",
            "iceberg_s3_path",
            Warn,
        ),
        (
            "\"catalog_type\": \"horizon\"",
            "catalog.type",
            "catalog_type",
            Error,
        ),
        (
            "\"catalog_type\": \"horizon\"",
            "catalog.unjudged",
            "catalog_type",
            Info,
        ),
        (
            "\"catalog_type\": \"biglake\"",
            "catalog.unjudged",
            "catalog_type",
            Info,
        ),
        (
            "\"catalog_type\": \"hive\", \"hive_uri\": \"hms:9083\"",
            "url.thrift",
            "hive_uri",
            Error,
        ),
        (
            "\"catalog_type\": \"jdbc\", \"jdbc_url\": \"mysql://db/lake\"",
            "url.jdbc",
            "jdbc_url",
            Error,
        ),
        (
            "\"catalog_type\": \"glue\", \"aws_access_key\": \"AKIAX\", \"aws_secret_key\": \"\"",
            "keys.pair",
            "aws_secret_key",
            Error,
        ),
        (
            "\"catalog_type\": \"glue\"",
            "catalog.other",
            "rest_catalog_url",
            Warn,
        ),
    ] {
        let text = generic(more).replacen(
            "\"catalog_type\": \"rest\",\n",
            if more.contains("catalog_type") {
                ""
            } else {
                "\"catalog_type\": \"rest\",\n"
            },
            1,
        );
        let found = judged(&text);
        assert!(
            found.contains(&(id, key.to_owned(), severity)),
            "{id} {key} in {found:?} of {text}"
        );
    }
}

/// What people met, and the words that tell them.
#[test]
fn wrong_ports_doubled_schemes_and_outer_objects_are_told() {
    let at = |url: &str| {
        written(&format!(
            "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"{url}\""
        ))
    };
    let inside = |key: &str| format!("{{\"{key}\": {}}}", at("http://rest:8181"));
    for (text, id, words) in [
        (at("http://polaris:8182/api/catalog"), "url.port", "8181"),
        (at("http://nessie:9000/iceberg"), "url.port", "19120"),
        (at("http://db:5432"), "url.port", "jdbc"),
        (at("http://hive:9083"), "url.port", "hive"),
        (at("http://proxy.corp:3128"), "url.port", "proxy"),
        (at("http://https://rest.example.com"), "url.syntax", "twice"),
        (at("https://HTTP://rest.example.com"), "url.syntax", "twice"),
        (inside("destination"), "type.envelope", "another object"),
        (inside("config"), "type.envelope", "another object"),
    ] {
        let found = lint(&Destination::import(text.as_bytes()).expect("it is an object"));
        let told = |finding: &&destination::Finding| {
            finding.id == id && (finding.message.contains(words) || finding.fix.contains(words))
        };
        assert!(
            found.iter().any(|finding| told(&finding)),
            "{text}: {found:?}"
        );
    }
    for right in [
        "http://rest:8181",
        "http://nessie:19120/iceberg",
        "http://rest:9000",
    ] {
        let found = lint(&Destination::import(at(right).as_bytes()).expect("it is an object"));
        assert!(
            found.iter().all(|finding| finding.id != "url.port"),
            "{right}"
        );
    }
    // A reference to a store of secrets has colons, and is no pair.
    for token in [
        "op://vault/item/token",
        "vault:secret/data/olake#token",
        "arn:aws:secretsmanager:eu-west-1:1:secret:tok",
    ] {
        let file = written(&format!(
            "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"http://rest:8181\", \"token\": \"{token}\""
        ));
        let found = lint(&Destination::import(file.as_bytes()).expect("it is an object"));
        assert!(
            found.iter().any(|finding| finding.id == "placeholder"),
            "{found:?}"
        );
        assert!(
            found.iter().all(|finding| finding.id != "auth.token.pair"),
            "{found:?}"
        );
    }
}
