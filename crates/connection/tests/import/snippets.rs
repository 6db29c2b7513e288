//! What the product writes for an engine is read back to the same connection.

use connection::{Found, read};
use destination::{Around, Auth, Destination, Engine, Kind, Target, connection as block, snippet};

/// Of each kind and each way to sign in, an address and a warehouse as they are.
const CASES: [(Kind, Auth, &str, &str); 9] = [
    (
        Kind::Generic,
        Auth::None,
        "http://localhost:8181",
        "s3://bucket",
    ),
    (
        Kind::Generic,
        Auth::Token,
        "https://catalog.example.com",
        "lake",
    ),
    (
        Kind::Lakekeeper,
        Auth::OAuth2,
        "https://lk.example.com/catalog",
        "demo",
    ),
    (
        Kind::Nessie,
        Auth::None,
        "http://nessie.example.com:19120/iceberg",
        "warehouse",
    ),
    (
        Kind::Unity,
        Auth::Token,
        "https://dbc-1.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
        "main",
    ),
    (
        Kind::Unity,
        Auth::OAuth2,
        "https://dbc-1.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
        "main",
    ),
    (
        Kind::Polaris,
        Auth::OAuth2,
        "https://polaris.example.com/api/catalog",
        "it's",
    ),
    (
        Kind::Generic,
        Auth::SigV4,
        "https://glue.eu-west-1.amazonaws.com/iceberg",
        "111122223333",
    ),
    (
        Kind::S3Tables,
        Auth::SigV4,
        "https://s3tables.eu-west-1.amazonaws.com/iceberg",
        "arn:aws:s3tables:eu-west-1:111122223333:bucket/b",
    ),
];

fn file(kind: Kind, auth: Auth, url: &str, warehouse: &str) -> Destination {
    let mut file = Destination::new(kind, auth, Target::Classic);
    file.set("rest_catalog_url", url);
    file.set("iceberg_s3_path", warehouse);
    file.set("aws_region", "eu-west-1");
    match auth {
        Auth::SigV4 => {
            let name = if kind == Kind::S3Tables {
                "s3tables"
            } else {
                "glue"
            };
            file.set("rest_signing_v_4", "true");
            file.set("rest_signing_name", name);
            file.set("rest_signing_region", "eu-west-1");
        }
        Auth::OAuth2 if kind == Kind::Lakekeeper => {
            file.set("oauth2_uri", "https://idp.example.com/token");
            file.set("scope", "lakekeeper");
        }
        _ => {}
    }
    // Placeholders in all that is written for others.
    match auth {
        Auth::None => {}
        Auth::Token => file.set("token", "to-ken"),
        Auth::OAuth2 => file.set("credential", "me:secret"),
        Auth::SigV4 => {
            file.set("aws_access_key", "AKIAEXAMPLE");
            file.set("aws_secret_key", "secret");
        }
    }
    file.derive();
    file
}

/// What a connection is, whatever it is called and whoever calls. A kind that is not told is found out as well later.
fn essence(found: &Found) -> Vec<String> {
    let mut found = found.clone();
    found.settings = found
        .settings
        .without_secrets()
        .with_secrets(headers(&found));
    for key in ["name", "kind", "auth.client_id"] {
        found.settings.remove(key);
    }
    super::lines(&found)
}

fn headers(found: &Found) -> Vec<(&'static str, &str)> {
    let team = found
        .settings
        .table("headers")
        .iter()
        .find(|(name, _)| name == "X-Team");
    team.map(|(_, value)| ("headers.X-Team", value.as_str()))
        .into_iter()
        .collect()
}

#[test]
fn each_engine_names_the_same_connection() {
    let around = Around {
        headers: vec![("X-Team".into(), "it's \"us\"".into())],
        ..Around::default()
    };
    for (kind, auth, url, warehouse) in CASES {
        let file = file(kind, auth, url, warehouse);
        let own = block(&file, "lake").expect("a block");
        let expected = read(&own).expect("our own block").found.remove(0);
        let with_header = format!("headers = {}", r#"{"X-Team":"it's \"us\""}"#);
        for engine in Engine::ALL
            .into_iter()
            .filter(|engine| *engine != Engine::Olake)
        {
            for around in [None, Some(&around)] {
                let text = snippet(&file, engine, around).expect("a snippet");
                let found = read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
                let found = &found.found[0];
                let mut lines = essence(found);
                if around.is_some() {
                    let at = lines.iter().position(|line| *line == with_header);
                    let at =
                        at.unwrap_or_else(|| panic!("{engine:?}: no header in {lines:?}\n{text}"));
                    lines.remove(at);
                }
                assert_eq!(
                    lines,
                    essence(&expected),
                    "{kind:?} {auth:?} {engine:?}\n{text}"
                );
                let unknown = super::left(found);
                let unknown = unknown.iter().find(|left| left.contains("is not known"));
                assert_eq!(unknown, None, "{engine:?}\n{text}");
            }
        }
        // This very file, without what only OLake has.
        let text = file.render(destination::Secrets::Include);
        let found = read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(
            essence(&found.found[0]),
            essence(&expected),
            "{kind:?} {auth:?}\n{text}"
        );
    }
}
