//! What the layers of the configuration say together.
use std::{fs, path::PathBuf};

use backend::Acts;
use iceberg_rest::{Auth, Dialect};
use secrecy::ExposeSecret;
use server::config::{Config, Flags, Variables};

/// Writes `text` to a file of this test's own and loads it.
pub(crate) fn load(test: &str, text: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let path = write(&format!("{test}.toml"), text);
    let flags = Flags {
        config: Some(path),
        ..Flags::default()
    };
    load_with(&flags, variables)
}

pub(crate) fn load_with(flags: &Flags, variables: &[(&str, &str)]) -> Result<Config, String> {
    let variables: Variables = variables
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    Config::load(flags, &variables).map_err(|error| error.to_string())
}

pub(crate) fn write(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

pub(crate) const PROD: &str = r#"
listen = "127.0.0.1:4000"
log = "warn"
allowed_hosts = ["console.example.com"]

[[connection]]
name = "prod-eu"
kind = "polaris"
url = "https://polaris.example.com/api/catalog/"
warehouse = "main"
headers = { Polaris-Realm = "eu" }
[connection.auth]
type = "oauth2"
client_id = "root"
client_secret = "CANARY-file"
scope = "PRINCIPAL_ROLE:ALL"

[[connection]]
name = "lake"
url = "http://127.0.0.1:8181/catalog"
read_only = true
"#;

#[test]
fn a_file_says_it_all() {
    let config = load("all", PROD, &[]).unwrap();
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:4000");
    assert_eq!(config.server.log, "warn");
    assert_eq!(config.server.allowed_hosts, ["console.example.com"]);
    assert!(!config.sample);
    let [prod, lake] = &config.connections[..] else {
        panic!("two connections")
    };
    assert_eq!(prod.url, "https://polaris.example.com/api/catalog");
    assert_eq!(prod.kind, Some(Dialect::Polaris));
    assert_eq!(prod.warehouse.as_deref(), Some("main"));
    assert_eq!(
        prod.headers,
        [("Polaris-Realm".to_owned(), "eu".to_owned())]
    );
    let Auth::OAuth2 { token_url, .. } = &prod.auth else {
        panic!("oauth2")
    };
    assert_eq!(
        token_url,
        "https://polaris.example.com/api/catalog/v1/oauth/tokens"
    );
    assert!(lake.read_only && !prod.read_only);
    assert_eq!((lake.kind, lake.auth.name()), (None, "none"));
}

#[test]
fn what_a_provider_of_tokens_asks_for_is_set() {
    let text = PROD.replace(
        "scope = ",
        "client_secret_basic = true\naudience = \"lake\"\nresource = \"urn:lake\"\nfields = { tenant = \"t\" }\nscope = ",
    );
    let told = load("provider", &text, &[]).unwrap();
    let untold = load("provider_untold", PROD, &[]).unwrap();
    let asked = |config: &Config| match config.connections[0].auth.clone() {
        Auth::OAuth2 { asks, .. } => {
            let fields = asks.fields.iter();
            let fields: Vec<_> = fields
                .map(|(name, value)| format!("{name}={}", value.expose_secret()))
                .collect();
            (asks.audience, asks.resource, fields, asks.basic)
        }
        other => panic!("{other:?}"),
    };
    let lake = Some("lake".to_owned());
    let set = (
        lake,
        Some("urn:lake".to_owned()),
        vec!["tenant=t".to_owned()],
        true,
    );
    assert_eq!(asked(&told), set);
    assert_eq!(asked(&untold), (None, None, Vec::new(), false));
    let twice = PROD.replace("scope = ", "fields = { client_secret = \"x\" }\nscope = ");
    let refused = load("provider_twice", &twice, &[]).err().unwrap();
    assert!(
        refused.contains("“client_secret” has a setting of its own"),
        "{refused}"
    );
}

#[test]
fn a_token_is_exchanged_for_something_and_no_secret_goes_where_it_is_not_for() {
    let load = |name: &str, auth: &str| {
        let connection = "[[connection]]\nname = \"lake\"\nurl = \"http://127.0.0.1:8181\"\n";
        load(
            name,
            &format!("{connection}auth = {{ type = \"exchanged\", {auth} }}\n"),
            &[],
        )
    };
    let config = load("exchanged", "audience = \"lake\"").unwrap();
    let Acts::Exchanged(exchange) = &config.connections[0].acts else {
        panic!("exchanged")
    };
    assert_eq!(exchange.asks.audience.as_deref(), Some("lake"));
    assert!(exchange.url.is_none() && exchange.client.is_none());
    for (name, auth, why) in [
        (
            "exchanged_nothing",
            "client_secret_basic = true",
            "audience, resource or scope",
        ),
        (
            "exchanged_half",
            "scope = \"s\", client_id = \"c\"",
            "client_id and client_secret together",
        ),
        (
            "exchanged_anywhere",
            "scope = \"s\", client_id = \"c\", client_secret = \"s\"",
            "client_id and client_secret with a token_url",
        ),
        (
            "exchanged_elsewhere",
            "scope = \"s\", token_url = \"https://other.example/token\"",
            "client_id and client_secret with a token_url",
        ),
        (
            "exchanged_in_the_open",
            "scope = \"s\", client_id = \"c\", client_secret = \"s\", token_url = \"http://other.example/token\"",
            "an address that secrets are sent to begins with https://",
        ),
        ("exchanged_token", "token = \"t\"", "no meaning"),
    ] {
        let error = load(name, auth).err().unwrap();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn timeouts_are_settings_of_a_connection() {
    let text = r#"
[[connection]]
name = "slow"
url = "http://127.0.0.1:8181"
silence_timeout = "40s"
read_timeout = "2m"
"#;
    let variables = [("CROWSNEST_CONNECTION_SLOW_CONNECT_TIMEOUT", "3s")];
    let config = load("timeouts", text, &variables).unwrap();
    let [slow] = &config.connections[..] else {
        panic!("one connection")
    };
    let seconds = |time: std::time::Duration| time.as_secs();
    assert_eq!(slow.connect_timeout.map(seconds), Some(3));
    assert_eq!(seconds(slow.limits.silence), 40);
    assert_eq!(seconds(slow.limits.read_time), 120);
    assert_eq!(seconds(slow.limits.list_time), 120);
    assert_eq!(seconds(slow.limits.change_time), 90, "as it was");
    assert!(config.printed.contains("read_timeout = \"2m\""));
}

#[test]
fn flags_stand_above_the_environment_above_the_file() {
    let file = write("layers.toml", PROD);
    let mut flags = Flags {
        config: Some(file),
        ..Flags::default()
    };
    let environment = [
        ("CROWSNEST_LISTEN", "127.0.0.1:5000"),
        ("CROWSNEST_LOG", ""),
    ];
    let config = load_with(&flags, &environment).unwrap();
    assert_eq!(config.server.listen.port(), 5000);
    assert_eq!(
        config.server.log, "warn",
        "an empty variable counts as absent"
    );
    flags.listen = Some("localhost:6000".into());
    assert_eq!(
        load_with(&flags, &environment)
            .unwrap()
            .server
            .listen
            .to_string(),
        "127.0.0.1:6000"
    );
}

#[test]
fn without_a_word_it_listens_on_this_machine_alone() {
    let config = load("none", "", &[]).unwrap();
    assert!(!config.sample && config.connections.is_empty());
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.server.metrics_listen.to_string(), "127.0.0.1:9464");
    assert!(config.server.metrics_listen_by_default);
    let told = load("told", "metrics_listen = \"127.0.0.1:9464\"", &[]).unwrap();
    assert!(!told.server.metrics_listen_by_default);
}

#[test]
fn the_environment_changes_connections_and_adds_some() {
    let config = load(
        "environment",
        PROD,
        &[
            ("CROWSNEST_CONNECTION_PROD_EU_WAREHOUSE", "other"),
            (
                "CROWSNEST_CONNECTION_PROD_EU_AUTH_CLIENT_SECRET_ENV",
                "VAULT",
            ),
            ("VAULT", "CANARY-vault"),
            ("CROWSNEST_CONNECTION_NEW_URL", "http://127.0.0.1:9000"),
            ("CROWSNEST_CONNECTION_NEW_HEADERS", "{ X-Team = \"data\" }"),
            ("CROWSNEST_CONNECTION_NEW_READ_ONLY", "true"),
            // Somebody else's.
            ("CROWSNEST_PORT", "tcp://10.0.0.1:80"),
            ("CROWSNEST_SERVICE_HOST", "10.0.0.1"),
        ],
    )
    .unwrap();
    let [prod, _, new] = &config.connections[..] else {
        panic!("three connections")
    };
    assert_eq!(prod.warehouse.as_deref(), Some("other"));
    assert!(config.printed.contains(
        "client_secret_env = \"VAULT\"  # CROWSNEST_CONNECTION_PROD_EU_AUTH_CLIENT_SECRET_ENV"
    ));
    assert!(
        !config.printed.contains("client_secret = "),
        "one form of a secret replaces another"
    );
    assert_eq!(
        (new.name.as_str(), new.url.as_str(), new.read_only),
        ("new", "http://127.0.0.1:9000", true)
    );
    assert_eq!(new.headers, [("X-Team".to_owned(), "data".to_owned())]);
}

#[test]
fn print_config_masks_what_is_secret() {
    for proxy in [
        "http://CANARY-user@p:3128",
        "http://CANARY-u:CANARY-p@p",
        "http://:CANARY@p",
    ] {
        let lake = [("CROWSNEST_CONNECTION_LAKE_PROXY", proxy)];
        let config = load("masks_proxy", PROD, &lake).unwrap();
        assert!(!config.printed.contains("CANARY"), "{}", config.printed);
        load("printed_proxy", &config.printed, &[]).unwrap();
    }
    let proxy = "http://CANARY-user:CANARY-proxy@proxy.example.com:3128";
    let config = load(
        "masks",
        PROD,
        &[
            ("CROWSNEST_CONNECTION_LAKE_PROXY", proxy),
            (
                "CROWSNEST_CONNECTION_LAKE_HEADERS",
                "{ X-Key = \"CANARY-header\" }",
            ),
            ("CROWSNEST_CONNECTION_LAKE_AUTH_TYPE", "bearer"),
            ("CROWSNEST_CONNECTION_LAKE_AUTH_TOKEN", "CANARY-token"),
        ],
    )
    .unwrap();
    assert!(!config.printed.contains("CANARY"), "{}", config.printed);
    assert!(config.printed.contains("client_id = \"root\""));
    assert!(config.printed.contains("client_secret = \"********\""));
    assert!(config.printed.contains("log = \"warn\""));
    // What is printed is a file again.
    load("printed", &config.printed, &[]).unwrap();
}

#[test]
fn a_named_file_must_be_there_and_default_ones_may() {
    let flags = Flags {
        config: Some("/nowhere/crowsnest.toml".into()),
        ..Flags::default()
    };
    let error = load_with(&flags, &[]).err().unwrap();
    assert!(
        error.starts_with("/nowhere/crowsnest.toml: cannot be read: "),
        "{error}"
    );
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("home");
    fs::create_dir_all(home.join(".config/crowsnest")).unwrap();
    fs::write(home.join(".config/crowsnest/crowsnest.toml"), PROD).unwrap();
    let home = home.to_str().unwrap();
    assert_eq!(
        load_with(&Flags::default(), &[("HOME", home)])
            .unwrap()
            .connections
            .len(),
        2
    );
    assert!(
        load_with(&Flags::default(), &[("HOME", "/nowhere")])
            .unwrap()
            .connections
            .is_empty()
    );
}

/// The block that the destination wizard writes is one that the program starts with.
#[test]
fn the_block_of_the_wizard_starts() {
    use destination::{Destination, Kind, Target, connection, keys};
    let environment = [
        ("TOKEN", "CANARY"),
        ("CLIENT_SECRET", "CANARY"),
        ("AWS_ACCESS_KEY_ID", "CANARY"),
        ("AWS_SECRET_ACCESS_KEY", "CANARY"),
        ("AWS_SESSION_TOKEN", "CANARY"),
    ];
    for kind in Kind::ALL {
        for auth in kind.auth_modes() {
            let mut file = Destination::new(kind, *auth, Target::Classic);
            for (key, value) in [
                (keys::URL, "https://catalog.example.com/api/catalog"),
                (keys::WAREHOUSE, "lake"),
                (keys::OAUTH_URL, "https://catalog.example.com/token"),
                (keys::CREDENTIAL, "olake:CANARY"),
                (keys::SIGNING_REGION, "eu-west-1"),
                (keys::SESSION_TOKEN, "CANARY"),
            ] {
                file.set(key, value);
            }
            let block = connection(&file, "lake").unwrap();
            assert!(!block.contains("CANARY"), "{block}");
            let name = format!("wizard-{}-{}", kind.slug(), auth.slug());
            if let Err(error) = load(&name, &block, &environment) {
                panic!("{error}: {block}");
            }
        }
    }
}
