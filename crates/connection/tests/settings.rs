//! Keys, settings, presets and TOML: what holds for all of them.

use connection::keys::{self, Input, KEYS, Key};
use connection::presets::{PRESETS, Preset};
use connection::{Settings, Unfit, Value, clears, read, toml};
use proptest::prelude::*;

fn settings(pairs: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::new();
    for (key, text) in pairs {
        settings.set(key, *text).expect(key);
    }
    settings
}

#[test]
fn every_key_says_what_it_is() {
    for (index, key) in KEYS.iter().enumerate() {
        assert!(
            // People are chosen, and not typed.
            !key.label.is_empty() && (key.name == keys::PEOPLE || !key.example.is_empty()),
            "{}",
            key.name
        );
        assert!(
            key.help.ends_with('.') && !key.help.contains(". "),
            "{}",
            key.help
        );
        assert_eq!(key.secret, key.input == Input::Secret, "{}", key.name);
        assert!(!KEYS[..index].iter().any(|other| other.name == key.name));
        let known = keys::AUTH_TYPES.map(|(name, _)| name);
        assert!(
            key.auth.iter().all(|name| known.contains(name)),
            "{}",
            key.name
        );
        assert!(key.auth.is_empty() || key.name.starts_with("auth."));
        // What reads the server's own files and identity is not among them.
        assert!(
            !key.name.ends_with("_file") && !key.name.ends_with("_env"),
            "{}",
            key.name
        );
    }
}

#[test]
fn every_preset_fills_in_what_it_takes() {
    for preset in PRESETS {
        assert_eq!(Preset::find(preset.id), Some(preset));
        let kinds = keys::KINDS.map(|(name, _)| name);
        assert!(kinds.contains(&preset.kind), "{}", preset.id);
        assert!(
            preset.first.iter().all(|key| keys::find(key).is_some()),
            "{}",
            preset.id
        );
        assert!(
            preset
                .says_of
                .iter()
                .all(|hint| keys::find(hint.key).is_some())
        );
        let mut filled = settings(&[("url", preset.example)]);
        preset.fill(&mut filled);
        assert_eq!(Preset::of(&filled), preset, "{filled:?}");
        assert_eq!(filled.auth_type(), preset.auth[0]);
        // An address tells it, where nobody else has such a one.
        let alone = Preset::of(&settings(&[("url", preset.example)]));
        assert_eq!(alone.id, preset.id, "{}", preset.example);
        let text = toml::write(&[filled]);
        assert!(read(&text).is_ok(), "{text}");
    }
}

#[test]
fn an_address_belongs_to_a_preset() {
    for (url, kind, preset) in [
        ("https://glue.eu-west-1.amazonaws.com/iceberg", "", "glue"),
        (
            "https://glue.eu-west-1.amazonaws.com/iceberg",
            "generic",
            "glue",
        ),
        (
            "https://glue.eu-west-1.amazonaws.com/iceberg",
            "s3-tables",
            "s3-tables",
        ),
        ("https://glue.eu-west-1.example.com/iceberg", "", "generic"),
        ("http://rustfs:9000/iceberg", "s3-tables", "s3-tables"),
        (
            "https://x.snowflakecomputing.com/polaris/api/catalog",
            "auto",
            "open-catalog",
        ),
        (
            "https://x.snowflakecomputing.com/polaris/api/catalog",
            "polaris",
            "open-catalog",
        ),
        (
            "https://nessie.polaris-team.example.com/api/catalog",
            "",
            "nessie",
        ),
        ("http://localhost:8181/api/catalog", "", "polaris"),
        ("http://localhost:8181/catalog", "", "lakekeeper"),
        ("http://localhost:8181/catalog", "generic", "generic"),
        ("http://localhost:8181", "what", "generic"),
        ("no address", "", "generic"),
    ] {
        let mut settings = settings(&[("url", url)]);
        if !kind.is_empty() {
            settings.set("kind", kind).expect("a kind");
        }
        assert_eq!(Preset::of(&settings).id, preset, "{url} {kind}");
    }
}

#[test]
fn what_follows_is_filled_in() {
    let arn = "arn:aws:s3tables:eu-west-1:111122223333:bucket/b";
    let tables = "https://s3tables.eu-west-1.amazonaws.com/iceberg";
    let glue = "https://glue.cn-north-1.amazonaws.com.cn/iceberg";
    let dbc = "https://dbc-1.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest";
    for (preset, given, filled) in [
        ("s3-tables", ("warehouse", arn), ("url", tables)),
        ("s3-tables", ("url", tables), ("auth.region", "eu-west-1")),
        ("glue", ("auth.region", "cn-north-1"), ("url", glue)),
        ("glue", ("url", glue), ("auth.signing_name", "glue")),
        (
            "polaris",
            ("name", "p"),
            ("auth.scope", "PRINCIPAL_ROLE:ALL"),
        ),
    ] {
        let mut settings = settings(&[given]);
        Preset::find(preset).expect(preset).fill(&mut settings);
        assert_eq!(
            settings.text(filled.0),
            Some(filled.1),
            "{preset} {settings:?}"
        );
    }
    let unity = Preset::find("unity").expect("unity");
    let mut client = settings(&[("url", dbc), ("auth.type", "oauth2")]);
    unity.fill(&mut client);
    assert_eq!(client.text("auth.scope"), Some("all-apis"));
    assert_eq!(
        client.text("auth.token_url"),
        Some("https://dbc-1.cloud.databricks.com/oidc/v1/token")
    );
    let mut token = settings(&[("url", dbc)]);
    unity.fill(&mut token);
    assert_eq!(
        (token.auth_type(), token.text("auth.scope")),
        ("bearer", None)
    );
    // A region chooses no other host.
    let mut evil = settings(&[("auth.region", "x@127.0.0.1/?")]);
    Preset::find("glue").expect("glue").fill(&mut evil);
    assert_eq!(evil.text("url"), None);
}

#[test]
fn what_does_not_fit_is_not_set() {
    let mut settings = Settings::new();
    assert_eq!(
        settings.set("warehose", "x"),
        Err(Unfit::Unknown(Some("warehouse")))
    );
    assert_eq!(
        settings.set("auth.token_file", "x"),
        Err(Unfit::Unknown(Some("auth.token")))
    );
    assert_eq!(
        settings.set("read_only", "true"),
        Err(Unfit::Shape("true or false"))
    );
    assert_eq!(settings.set("url", true), Err(Unfit::Shape("a text")));
    assert_eq!(
        settings.set("auth.token", "x".repeat(70_000)),
        Err(Unfit::TooLong)
    );
    assert!(settings.is_empty());
    for (json, value) in [
        (r#"{"read_only": "hunter2"}"#, "hunter2"),
        (r#"{"auth.token": 4711}"#, "4711"),
        (r#"{"auth.token": [4711]}"#, "4711"),
        (r#"{"headers": {"a": 4711}}"#, "4711"),
        (r#"{"hunter2": "x"}"#, "hunter2"),
    ] {
        let error = serde_json::from_str::<Settings>(json)
            .expect_err(json)
            .to_string();
        assert!(!error.contains(value), "{error}");
    }
}

#[test]
fn secrets_go_with_a_change_of_where_they_go() {
    let mut before = settings(&[
        ("url", "https://a.example.com/catalog"),
        ("auth.type", "oauth2"),
        ("auth.client_id", "me"),
        ("auth.client_secret", "secret"),
    ]);
    let header = [
        ("X-Api-Key".to_owned(), "key".to_owned()),
        ("Polaris-Realm".to_owned(), "r".to_owned()),
    ];
    before
        .set("headers", Value::Table(header.to_vec()))
        .expect("headers");
    let after = |key: &str, text: &str| {
        let mut after = before.without_secrets();
        after.set(key, text).expect(key);
        clears(&before, &after)
    };
    let all = ["auth.client_secret", "headers.X-Api-Key"];
    for (key, text) in [
        ("url", "https://b.example.com/catalog"),
        ("url", "http://a.example.com/catalog"),
        ("url", "https://a.example.com:8443/catalog"),
        ("auth.token_url", "https://idp.example.com"),
        ("proxy", "http://proxy.example.com:3128"),
        ("auth.sts_endpoint", "https://sts.example.com"),
        ("auth.region", "eu-west-1"),
        ("auth.signing_name", "glue"),
        ("auth.type", "exchanged"),
    ] {
        assert_eq!(after(key, text), all, "{key}");
    }
    for (key, text) in [
        ("url", "https://A.example.com:443/other"),
        ("name", "new"),
        ("auth.scope", "x"),
        ("warehouse", "w"),
    ] {
        assert!(after(key, text).is_empty(), "{key}");
    }
    // What is given anew stays.
    let mut anew = before.without_secrets();
    anew.set("url", "https://b.example.com").expect("url");
    anew.set("auth.client_secret", "new").expect("secret");
    assert_eq!(clears(&before, &anew), ["headers.X-Api-Key"]);
}

#[test]
fn a_block_has_variables_in_place_of_secrets() {
    let mut settings = settings(&[
        ("name", "prod \"east\""),
        ("url", "https://u:pass@a.example.com"),
        ("auth.type", "sigv4"),
        ("auth.region", "eu-west-1"),
        ("auth.secret_access_key", "abc"),
    ]);
    let headers = [("X-Api-Key", "key"), ("x-project-id", "p\u{7F}")];
    let headers = headers.map(|(name, text)| (name.to_owned(), text.to_owned()));
    settings
        .set("headers", Value::Table(headers.to_vec()))
        .expect("headers");
    assert_eq!(
        toml::write(&[settings]),
        "[[connection]]\n\
         name = \"prod \\\"east\\\"\"\n\
         url = \"https://a.example.com\"\n\
         headers = { x-project-id = \"p\\u007F\" }\n\
         # headers: add X-Api-Key = \"…\"\n\
         [connection.auth]\n\
         type = \"sigv4\"\n\
         region = \"eu-west-1\"\n\
         access_key_id_env = \"PROD__EAST_ACCESS_KEY_ID\"\n\
         secret_access_key_env = \"PROD__EAST_SECRET_ACCESS_KEY\"\n"
    );
}

/// Any value that a key takes.
fn value(key: &'static Key) -> BoxedStrategy<Value> {
    match key.input {
        Input::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Input::Pairs => {
            let name = prop_oneof![Just("Polaris-Realm".to_owned()), "\\PC{1,8}", ".{1,8}"];
            let pairs = prop::collection::btree_map(name, ".{0,12}", 1..5);
            pairs
                .prop_map(|pairs| Value::Table(pairs.into_iter().collect()))
                .boxed()
        }
        _ => prop_oneof![
            ".{1,20}",
            "[a-z]{1,8}",
            "https://(u:p@)?[a-z]{1,8}(:[1-9]{3})?/[a-z]{0,4}"
        ]
        .prop_map(Value::Text)
        .boxed(),
    }
}

/// Settings that a connection may have.
fn any_settings() -> impl Strategy<Value = Settings> {
    let types = keys::AUTH_TYPES.map(|(name, _)| name);
    let values: Vec<_> = KEYS
        .iter()
        .map(|key| prop::option::of(value(key)))
        .collect();
    (
        prop::sample::select(types.to_vec()),
        "[a-z][a-z0-9 é\"\\\\.-]{0,20}[a-z]",
        values,
    )
        .prop_map(|(auth_type, name, values)| {
            let mut settings = Settings::new();
            for (key, value) in KEYS.iter().zip(values) {
                // Who uses it besides stands in no file.
                let in_a_file = key.is_for(auth_type) && key.name != keys::PEOPLE;
                if let (true, Some(value)) = (in_a_file, value) {
                    settings.set(key.name, value).expect("it fits");
                }
            }
            settings.set("name", name).expect("a name");
            settings.set("auth.type", auth_type).expect("a type");
            settings
        })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(all in prop::collection::vec(any_settings(), 1..4)) {
        let mut names: Vec<_> = all.iter().map(|one| one.text("name")).collect();
        names.sort();
        names.dedup();
        prop_assume!(names.len() == all.len());
        let text = toml::write(&all);
        let found = read(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?.found;
        for (found, settings) in found.iter().zip(&all) {
            // TOML's tables have no order.
            prop_assert_eq!(sorted(&found.settings), sorted(&settings.without_secrets()), "{}", text);
        }
        prop_assert_eq!(found.len(), all.len());
        for secret in all.iter().flat_map(|settings| settings.secrets().into_values()) {
            let alone = all.iter().all(|settings| {
                !toml_of_open(settings).contains(&secret)
            });
            prop_assert!(secret.len() < 12 || !alone || !text.contains(&secret));
        }
    }

    #[test]
    fn secrets_part_and_come_together(settings in any_settings()) {
        let secrets = settings.secrets();
        let pairs = secrets.iter().map(|(key, text)| (key.as_str(), text.as_str()));
        let open = settings.without_secrets();
        prop_assert!(open.secrets().is_empty(), "{:?}", open);
        prop_assert_eq!(sorted(&open.with_secrets(pairs)), sorted(&settings));
        let json = serde_json::to_string(&settings).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<Settings>(&json).expect("settings"), &settings);
        prop_assert!(clears(&settings, &settings).is_empty());
    }

    #[test]
    fn no_secret_shows_in_debug(settings in any_settings(), mark in "Zq7[a-z]{12}") {
        let mut settings = settings;
        for key in KEYS.iter().filter(|key| key.secret) {
            settings.set(key.name, mark.as_str()).expect("a secret");
        }
        settings.set("headers", Value::Table(vec![("X-Key".into(), mark.clone())])).expect("headers");
        settings.set("proxy", format!("http://user:{mark}@proxy.example.com")).expect("proxy");
        let values: Vec<_> = settings.iter().collect();
        let shown = format!("{settings:?} {values:?}");
        prop_assert!(!shown.contains(&mark));
    }
}

fn sorted(settings: &Settings) -> serde_json::Value {
    let mut json = serde_json::to_value(settings).expect("JSON");
    json.sort_all_objects();
    json
}

fn toml_of_open(settings: &Settings) -> String {
    toml::write(&[settings.without_secrets()])
}
