use destination::{Auth, Destination, Kind, Severity, lint};

use crate::sound::ids;

/// Faults that only a file can have.
#[test]
fn a_faulty_file_is_judged_with_line_and_column() {
    let sound = "\"catalog_type\": \"rest\",\n\"rest_catalog_url\": \"http://rest:8181\",\n\"iceberg_s3_path\": \"s3://lake\",\n\"aws_region\": \"eu-west-1\"";
    let cases = [
        (
            "type.bool",
            "\"no_identifier_fields\": \"true\"",
            "no_identifier_fields",
            Severity::Error,
        ),
        (
            "type.bool",
            "\"arrow_writes\": 1",
            "arrow_writes",
            Severity::Error,
        ),
        (
            "type.bool",
            "\"rest_signing_v_4\": \"true\"",
            "rest_signing_v_4",
            Severity::Error,
        ),
        (
            "type.text",
            "\"token\": 12345678901234567890",
            "token",
            Severity::Error,
        ),
        ("type.text", "\"scope\": [\"a\"]", "scope", Severity::Error),
        (
            "type.int",
            "\"hive_clients\": 1.5",
            "hive_clients",
            Severity::Error,
        ),
        ("type.null", "\"token\": null", "token", Severity::Info),
        (
            "key.unknown",
            "\"aws_regoin\": \"x\"",
            "aws_regoin",
            Severity::Warn,
        ),
        (
            "placeholder",
            "\"team\": \"<TEAM>\"",
            "team",
            Severity::Warn,
        ),
        (
            "key.dead",
            "\"rest_credential\": \"a:b\"",
            "rest_credential",
            Severity::Info,
        ),
        (
            "key.case",
            "\"S3_Endpoint\": \"http://minio:9000\"",
            "S3_Endpoint",
            Severity::Info,
        ),
        (
            "s3.pathstyle",
            "\"s3_path_style\": false, \"s3_endpoint\": \"http://minio:9000\"",
            "s3_path_style",
            Severity::Info,
        ),
    ];
    for (id, fault, key, severity) in cases {
        let text = format!("{{\"type\": \"ICEBERG\",\n\"writer\": {{\n{sound},\n  {fault}\n}}}}");
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let finding = lint(&file)
            .into_iter()
            .find(|finding| finding.id == id && finding.key == key);
        let finding = finding.unwrap_or_else(|| panic!("{id} in {:?}", ids(&file)));
        assert_eq!(finding.severity, severity, "{id}");
        let at = finding.at.expect("it stands in the file");
        assert_eq!((at.line, at.column), (7, 3), "{id}");
    }
}

#[test]
fn the_envelope_is_exact() {
    for (text, id, key) in [
        (
            "{\"type\": \"iceberg\", \"writer\": {}}",
            "type.envelope",
            "type",
        ),
        ("{\"writer\": {}}", "type.envelope", "type"),
        ("{\"type\": \"ICEBERG\"}", "type.envelope", "writer"),
        (
            "{\"type\": \"ICEBERG\", \"writer\": []}",
            "type.envelope",
            "writer",
        ),
    ] {
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert!(ids(&file).contains(&(id, key.to_owned())), "{text}");
        for finding in lint(&file) {
            assert!(finding.at.is_some(), "{finding:?} has no place in {text}");
        }
    }
}

#[test]
fn settings_that_stand_beside_writer_are_ignored() {
    let text = "{\"type\": \"ICEBERG\",\n \"token\": \"CANARY\",\n \"note\": 1,\n \"writer\": {\"token\": \"a\"},\n \"writer\": {}}";
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    let found = lint(&file);
    for (id, key, line) in [
        ("key.unknown", "token", 2),
        ("key.unknown", "note", 3),
        ("key.duplicate", "writer", 4),
    ] {
        assert!(
            found.iter().any(|finding| finding.id == id
                && finding.key == key
                && finding.at.is_some_and(|at| at.line == line)),
            "{id} {key} in {found:?}"
        );
    }
    assert!(!format!("{found:?}").contains("CANARY"));
}

/// Five planted faults are listed, each at its place, and mended.
#[test]
fn planted_faults_are_listed_and_mended() {
    let text = "{\n  \"type\": \"iceberg\",\n  \"writer\": {\n    \"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"http://polaris:8181/\",\n    \"iceberg_s3_path\": \"olake_catalog\",\n    \"rest_credential\": \"id:secret\",\n    \"oauth2_uri\": \"http://polaris:8181/api/catalog/v1/oauth/tokens\",\n    \"scope\": \"catalog\",\n    \"arrow_writes\": \"true\",\n    \"aws_region\": \"eu-west-1\"\n  }\n}\n";
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    assert_eq!(
        (file.kind(), file.auth()),
        (Some(Kind::Polaris), Auth::OAuth2)
    );
    let found: Vec<(&str, usize)> = lint(&file)
        .iter()
        .filter_map(|finding| Some((finding.id, finding.at?.line)))
        .collect();
    for fault in [
        ("type.envelope", 2),
        ("url.path.polaris", 5),
        ("key.dead", 7),
        ("scope.polaris", 9),
        ("type.bool", 10),
    ] {
        assert!(found.contains(&fault), "{fault:?} in {found:?}");
    }
    let (fixed, _) = file.fixed();
    assert_eq!(ids(&fixed), []);
    assert_eq!(
        fixed.render(destination::Secrets::Include),
        text.replace("iceberg\",\n  \"w", "ICEBERG\",\n  \"w")
            .replace("8181/\"", "8181/api/catalog\"")
            .replace("rest_credential", "credential")
            .replace("\"catalog\"", "\"PRINCIPAL_ROLE:ALL\"")
            .replace("\"true\"", "true")
    );
}

#[test]
fn other_catalogs_are_left_alone() {
    for text in [
        "{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"catalog_type\": \"glue\",\n    \"iceberg_s3_path\": \"s3://lake\",\n    \"aws_region\": \"eu-west-1\"\n  }\n}\n",
        "{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"catalog_type\": \"jdbc\",\n    \"jdbc_url\": \"jdbc:postgresql://db/lake\",\n    \"iceberg_s3_path\": \"s3://lake\",\n    \"s3_path_style\": false\n  }\n}\n",
        "{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"catalog_type\": \"hive\",\n    \"hive_uri\": \"thrift://hive:9083\",\n    \"hive_clients\": 5,\n    \"iceberg_s3_path\": \"s3://lake\"\n  }\n}\n",
    ] {
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert_eq!(file.kind(), None);
        assert_eq!(ids(&file), []);
        let (fixed, _) = file.fixed();
        assert_eq!(fixed.render(destination::Secrets::Include), text);
        if !text.contains("jdbc") {
            assert_eq!(fixed.render(destination::Secrets::Placeholder), text);
            assert_eq!(fixed.jq_fill(), None);
        }
    }
}

/// Whatever else is kept as it is: OLake stops without the address.
#[test]
fn other_catalogs_need_their_address() {
    for (catalog_type, key) in [
        ("jdbc", "jdbc_url"),
        ("hive", "hive_uri"),
        ("biglake", "rest_catalog_url"),
    ] {
        let text = format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"{catalog_type}\", \"iceberg_s3_path\": \"s3://lake\"}}}}"
        );
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let mut found = ids(&file);
        found.retain(|(id, _)| *id != "catalog.unjudged");
        assert_eq!(found, [("req.url", key.to_owned())]);
        assert!(file.decode().is_err(), "{catalog_type}");
    }
}

/// What the command line prints for scripts: one object a finding, its place beside the rest.
#[test]
fn a_finding_is_one_flat_object() {
    let file = Destination::import(b"{\"type\": \"ICEBERG\",\n \"writer\": {\"token\": null}}")
        .expect("it is an object");
    let findings = lint(&file);
    let finding = findings
        .iter()
        .find(|finding| finding.id == "type.null")
        .expect("it is found");
    let json = serde_json::to_value(finding).expect("it serialises");
    assert_eq!(
        (&json["severity"], &json["key"]),
        (&"info".into(), &"token".into())
    );
    assert_eq!((&json["line"], &json["column"]), (&2.into(), &13.into()));
    let mut keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        ["column", "fix", "id", "key", "line", "message", "severity"]
    );
}

fn judged(text: &str) -> Vec<(&'static str, String, Severity)> {
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    lint(&file)
        .into_iter()
        .map(|finding| (finding.id, finding.key, finding.severity))
        .collect()
}

fn written(keys: &str) -> String {
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

/// Names of other programs lead to OLake's, whether or not those are there already.
#[test]
fn what_others_call_a_key_leads_to_it() {
    for (theirs, olakes) in [
        ("catalog_url", "rest_catalog_url"),
        ("warehouse", "iceberg_s3_path"),
        ("database", "iceberg_db"),
        ("oauth2_server_uri", "oauth2_uri"),
        ("endpoint_url", "s3_endpoint"),
        ("s3.path-style-access", "s3_path_style"),
        ("restCatalogCredential", "credential"),
    ] {
        for taken in ["", &format!("\"{olakes}\": \"x\", ")] {
            let value = if olakes == "s3_path_style" {
                "true"
            } else {
                "\"x\""
            };
            let text = written(&format!(
                "\"catalog_type\": \"rest\", {taken}\"{theirs}\": {value}"
            ));
            let file = Destination::import(text.as_bytes()).expect("it is an object");
            let found = lint(&file);
            let finding = found
                .iter()
                .find(|finding| finding.key == theirs)
                .unwrap_or_else(|| panic!("{theirs} in {found:?}"));
            assert!(
                finding
                    .message
                    .contains(&format!("OLake calls it {olakes}")),
                "{finding:?}"
            );
            assert_eq!(finding.edits.is_empty(), !taken.is_empty(), "{finding:?}");
        }
    }
    // A remark is none of them, and stays.
    let text = "{\"$schema\": \"x\", \"type\": \"ICEBERG\", \"writer\": {\"_comment\": \"x\", \"team\": \"x\"}}";
    let (fixed, _) = Destination::import(text.as_bytes())
        .expect("it is an object")
        .fixed();
    assert!(["$schema", "_comment", "team"].iter().all(|key| {
        fixed
            .render(destination::Secrets::Placeholder)
            .contains(&format!("\"{key}\": \"x\""))
    }));
}

/// Roles that a comma joins are told apart; what else a comma may be is left to the person.
#[test]
fn joined_roles_are_separated() {
    for (scope, right) in [
        (
            "PRINCIPAL_ROLE:a,PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        (
            "PRINCIPAL_ROLE:a, PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        (
            "PRINCIPAL_ROLE:a+PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        ("PRINCIPAL_ROLE:a,b", "PRINCIPAL_ROLE:a,b"),
        ("catalog", "PRINCIPAL_ROLE:ALL"),
        ("principal_role:loader", "PRINCIPAL_ROLE:loader"),
        ("principal_role:all", "PRINCIPAL_ROLE:ALL"),
        ("PRINCIPAL_ROLE%3Aloader", "PRINCIPAL_ROLE%3Aloader"),
        ("api.read", "api.read"),
    ] {
        let text = written(&format!(
            "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"iceberg_s3_path\": \"lake\", \"oauth2_uri\": \"http://polaris:8181/api/catalog/v1/oauth/tokens\", \"credential\": \"a:b\", \"scope\": \"{scope}\""
        ));
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert_eq!(file.fixed().0.text("scope"), right);
        let found = lint(&file);
        assert!(
            found
                .iter()
                .any(|finding| finding.key == "scope" && finding.severity < Severity::Info),
            "{scope}: {found:?}"
        );
    }
}

/// What stands for one thing only is shown as such only: a password under the wrong key is not read aloud.
#[test]
fn a_password_in_the_wrong_place_is_not_shown() {
    for (key, value) in [
        ("aws_region", "hunter2"),
        ("rest_signing_region", "hunter2"),
        ("rest_auth_type", "hunter2"),
        ("catalog_type", "hunter2"),
        ("scope", "s3cr3t-pw"),
        ("scope", "root:s3cr3t-pw"),
        ("iceberg_s3_path", "s3://s3cr3t-pw-of-mine"),
    ] {
        for catalog in ["rest", "polaris", "s3tables"] {
            let text = written(&format!(
                "\"catalog_type\": \"{catalog}\", \"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"oauth2_uri\": \"http://polaris:8181/api/catalog/v1/oauth/tokens\", \"credential\": \"root:s3cr3t-pw-of-mine\", \"{key}\": \"{value}\""
            ));
            let file = Destination::import(text.as_bytes()).expect("it is an object");
            for finding in lint(&file) {
                let said = format!("{} {}", finding.message, finding.fix);
                assert!(
                    !said.contains("hunter2") && !said.contains("s3cr3t"),
                    "{said}"
                );
            }
        }
    }
}

/// What is said of a later OLake follows from its notes, and says so.
#[test]
fn a_later_release_is_judged_by_its_notes() {
    let text = written(
        "\"catalog_type\": \"polaris\", \"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"iceberg_s3_path\": \"lake\", \"aws_region\": \"eu-west-1\", \"token\": \"t\", \"rest_auth_type\": \"Token\"",
    );
    let mut file = Destination::import(text.as_bytes()).expect("it is an object");
    let severity = |file: &Destination| {
        let found = lint(file);
        found
            .iter()
            .find(|finding| finding.id == "auth.type.value")
            .map(|finding| finding.severity)
    };
    assert_eq!(severity(&file), Some(Severity::Error));
    file.set_release(destination::Release::V0_9_5);
    assert_eq!(severity(&file), Some(Severity::Error));
    file.set_release(destination::Release::V1_1_1);
    assert_eq!(severity(&file), Some(Severity::Info));
    assert!(ids(&file).contains(&("target.hearsay", "catalog_type".to_owned())));
    let horizon = text.replace("\"polaris\"", "\"horizon\"");
    let mut file = Destination::import(horizon.as_bytes()).expect("it is an object");
    assert!(file.decode().is_err());
    file.set_release(destination::Release::V0_10_1);
    assert!(file.decode().is_ok());
}

/// Files without a form are explained all the same.
#[test]
fn settings_of_other_catalogs_are_explained() {
    for (keys, title, key, required) in [
        (
            "\"catalog_type\": \"glue\"",
            "AWS Glue",
            "glue_catalog_id",
            false,
        ),
        ("\"catalog_type\": \"jdbc\"", "JDBC", "jdbc_url", true),
        (
            "\"catalog_type\": \"hive\"",
            "Hive Metastore",
            "hive_uri",
            true,
        ),
        (
            "\"catalog_type\": \"biglake\"",
            "BigLake",
            "gcp_project_id",
            false,
        ),
        (
            "\"aws_region\": \"eu-west-1\"",
            "AWS Glue",
            "aws_region",
            false,
        ),
    ] {
        let file = Destination::import(written(keys).as_bytes()).expect("it is an object");
        assert_eq!(destination::other_title(&file), title);
        let settings = destination::other_settings(&file);
        let setting = settings
            .iter()
            .find(|setting| setting.key == key)
            .unwrap_or_else(|| panic!("{key} of {title}"));
        assert_eq!(
            (setting.required, setting.set),
            (required, key == "aws_region"),
            "{key}"
        );
        for setting in settings {
            assert!(
                destination::keys::find(setting.key).is_some_and(|key| key.is_read()),
                "{}",
                setting.key
            );
        }
    }
}
