//! Where the configuration takes a connection's AWS keys from, and what it refuses.
use backend::Registry;
use iceberg_rest::{
    Auth,
    auth::{AwsCredentials, AwsSource},
};

use crate::config::load;

const ROLE: &str = "arn:aws:iam::123456789012:role/reader";

fn file(rest: &str) -> String {
    format!(
        "[[connection]]\nname = \"prod\"\nkind = \"s3-tables\"\nurl = \"http://a/iceberg\"\n[connection.auth]\ntype = \"sigv4\"\nregion = \"eu-central-1\"\n{rest}"
    )
}

fn credentials(test: &str, rest: &str, variables: &[(&str, &str)]) -> AwsCredentials {
    let mut config = load(test, &file(rest), variables).unwrap();
    match config.connections.remove(0).auth {
        Auth::SigV4 { credentials, .. } => credentials,
        other => panic!("{test}: {other:?}"),
    }
}

const KEYS: &str = "access_key_id = \"AKID\"\nsecret_access_key = \"CANARY\"\n";

#[test]
fn each_source_of_keys_is_read() {
    let keys = credentials("aws_keys", KEYS, &[]);
    assert!(matches!(keys.source, AwsSource::Keys(_)) && keys.role.is_none());
    assert_eq!(keys.id(), Some("AKID"));

    let role = format!(
        "{KEYS}role_arn = \"{ROLE}\"\nexternal_id = \"crow-42\"\nsts_endpoint = \"https://sts.example.com\""
    );
    let role = credentials("aws_role", &role, &[]);
    assert_eq!(role.id(), Some(ROLE));
    assert_eq!(
        role.sts_endpoint.as_deref(),
        Some("https://sts.example.com/")
    );
    let role = role.role.unwrap();
    assert_eq!(
        (&*role.arn, role.external_id.as_deref(), &*role.session_name),
        (ROLE, Some("crow-42"), "crowsnest")
    );

    let web = format!(
        "web_identity_token_file = \"/run/token\"\nrole_arn = \"{ROLE}\"\nrole_session_name = \"console\""
    );
    let web = credentials("aws_web", &web, &[]);
    let AwsSource::WebIdentity {
        token_file,
        role_arn,
        session_name,
    } = web.source
    else {
        panic!("no web identity")
    };
    assert_eq!(
        (token_file.to_str(), &*role_arn, &*session_name),
        (Some("/run/token"), ROLE, "console")
    );
    assert!(web.role.is_none());

    let first = "arn:aws:iam::123456789012:role/first";
    let chained = format!(
        "web_identity_token_file = \"/run/token\"\nweb_identity_role_arn = \"{first}\"\nrole_arn = \"{ROLE}\"\nexternal_id = \"crow-42\""
    );
    let chained = credentials("aws_chained", &chained, &[]);
    assert!(matches!(chained.source, AwsSource::WebIdentity { role_arn, .. } if role_arn == first));
    assert_eq!(chained.role.unwrap().arn, ROLE);

    let ambient = credentials(
        "aws_ambient",
        "credentials = \"ambient\"\nprofile = \"reader\"",
        &[],
    );
    assert!(
        matches!(&ambient.source, AwsSource::Ambient { profile: Some(profile) } if profile == "reader")
    );
    assert_eq!(ambient.id(), None);
}

/// Each with what it says to do, at its place in the file.
#[test]
fn what_does_not_go_together_is_told_with_its_place() {
    let role = format!("role_arn = \"{ROLE}\"\n");
    let web = "web_identity_token_file = \"/run/token\"\n";
    let ambient = "credentials = \"ambient\"\n";
    let cases: &[(&str, String, &str)] = &[
        (
            "nothing",
            String::new(),
            "needs access_key_id, or web_identity_token_file with role_arn, or credentials = \"ambient\"",
        ),
        (
            "half",
            "access_key_id = \"AKID\"".into(),
            "needs secret_access_key",
        ),
        (
            "blank",
            "access_key_id = \"\"\nsecret_access_key = \"\"".into(),
            ".toml:8: “auth.access_key_id” is empty",
        ),
        (
            "role_alone",
            role.clone(),
            ".toml:8: connection “prod”: auth of type sigv4 needs access_key_id",
        ),
        (
            "token_alone",
            "session_token = \"CANARY\"".into(),
            ".toml:8: connection “prod”: auth of type sigv4 needs access_key_id",
        ),
        (
            "external",
            format!("{KEYS}external_id = \"crow-42\""),
            ".toml:10: “external_id” goes with “role_arn”: name the role, or leave it out",
        ),
        (
            "session",
            format!("{KEYS}role_session_name = \"crow\""),
            ".toml:10: “role_session_name” goes with “role_arn”",
        ),
        (
            "endpoint",
            format!("{KEYS}sts_endpoint = \"https://sts.example.com\""),
            ".toml:10: “sts_endpoint” goes with “role_arn”",
        ),
        (
            "ambient_keys",
            format!("{ambient}{KEYS}"),
            ".toml:9: “access_key_id” has no meaning beside credentials = \"ambient\": keep one",
        ),
        (
            "ambient_secret",
            format!("{ambient}secret_access_key_env = \"X\""),
            ".toml:9: “secret_access_key_env” has no meaning beside credentials = \"ambient\"",
        ),
        (
            "ambient_web",
            format!("{ambient}{web}{role}"),
            ".toml:9: “web_identity_token_file” is one way to get keys and credentials = \"ambient\" another",
        ),
        (
            "web_keys",
            format!("{web}{role}{KEYS}"),
            ".toml:10: “access_key_id” has no meaning beside “web_identity_token_file”: keep one",
        ),
        (
            "web_alone",
            web.into(),
            ".toml:8: a web identity takes a role: name it by “role_arn”",
        ),
        (
            "web_external",
            format!("{web}{role}external_id = \"crow-42\""),
            ".toml:10: “external_id” is not asked of a web identity: leave it out",
        ),
        (
            "first_role",
            format!("{KEYS}{role}web_identity_role_arn = \"{ROLE}\""),
            ".toml:11: “web_identity_role_arn” goes with “web_identity_token_file”",
        ),
        (
            "profile",
            format!("{KEYS}profile = \"reader\""),
            ".toml:10: “profile” goes with credentials = \"ambient\": add that, or leave it out",
        ),
        (
            "no_profile",
            format!("{ambient}profile = \"\""),
            ".toml:9: is empty: name it, or leave the setting out",
        ),
        (
            "misspelt",
            "credentials = \"ambiant\"".into(),
            ".toml:8: unknown source of credentials “ambiant”; did you mean “ambient”?",
        ),
        (
            "no_arn",
            format!("{KEYS}role_arn = \"reader\""),
            ".toml:10: not the ARN of a role, such as arn:aws:iam::123456789012:role/catalog-reader",
        ),
        (
            "odd_session",
            format!("{KEYS}{role}role_session_name = \"a b\""),
            ".toml:11: 2 to 64 letters",
        ),
        (
            "odd_id",
            format!("{KEYS}{role}external_id = \"a b\""),
            ".toml:11: 2 to 1224 letters",
        ),
        (
            "odd_endpoint",
            format!("{KEYS}{role}sts_endpoint = \"ftp://sts\""),
            ".toml:11: an address begins with http:// or https://",
        ),
        (
            "open_endpoint",
            format!("{KEYS}{role}sts_endpoint = \"http://sts.example.com\""),
            ".toml:11: an address that secrets are sent to begins with https://",
        ),
    ];
    for (test, rest, expected) in cases {
        let error = load(&format!("aws_{test}"), &file(rest), &[]).err();
        let error = error.unwrap_or_else(|| panic!("{test} is no error"));
        assert!(error.contains(expected), "{test}: {error}");
        assert!(
            !error.contains('\n') && !error.contains("CANARY"),
            "{error}"
        );
    }
}

#[test]
fn what_is_in_force_is_printed_without_secrets() {
    let rest = format!("{KEYS}role_arn = \"{ROLE}\"\nexternal_id = \"crow-42\"");
    let printed = load("aws_printed", &file(&rest), &[]).unwrap().printed;
    for line in [
        "access_key_id = \"********\"".to_owned(),
        "secret_access_key = \"********\"".to_owned(),
        format!("role_arn = \"{ROLE}\""),
        "external_id = \"crow-42\"".to_owned(),
    ] {
        assert!(printed.contains(&line), "{line}: {printed}");
    }
    assert!(
        !printed.contains("CANARY") && !printed.contains("AKID"),
        "{printed}"
    );
}

#[test]
fn keys_that_are_missing_are_not_taken_from_the_environment() {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKENV"),
        ("AWS_SECRET_ACCESS_KEY", "secret-of-env"),
        ("AWS_PROFILE", "default"),
        // Empty: as if it was not there.
        ("CROWSNEST_CONNECTION_PROD_AUTH_ACCESS_KEY_ID", ""),
    ];
    for (test, rest) in [("env", ""), ("env_half", "secret_access_key = \"CANARY\"")] {
        let error = load(&format!("aws_{test}"), &file(rest), &variables).err();
        assert!(error.unwrap().contains("needs access_key_id"), "{test}");
    }
}

#[test]
fn a_page_says_whom_a_connection_acts_as() {
    let role = format!("{KEYS}role_arn = \"{ROLE}\"");
    for (test, rest, expected) in [
        ("as_key", KEYS, "AKID (sigv4)".to_owned()),
        ("as_role", &role, format!("{ROLE} (sigv4)")),
        (
            "as_server",
            "credentials = \"ambient\"",
            "this server's own AWS identity (sigv4)".to_owned(),
        ),
        (
            "as_profile",
            "credentials = \"ambient\"\nprofile = \"reader\"",
            "this server's own AWS identity, profile reader (sigv4)".to_owned(),
        ),
    ] {
        let config = load(&format!("aws_{test}"), &file(rest), &[]).unwrap();
        let registry = Registry::new(None, backend::Ways::default()).unwrap();
        for connection in config.connections {
            registry.put(connection).unwrap();
        }
        let now = registry.now();
        let connection = now.iter().next().unwrap();
        assert_eq!(connection.signs_in(), expected);
    }
}
