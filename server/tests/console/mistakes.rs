//! How each mistake in the configuration is told.
use crate::config::{PROD, load};

#[test]
fn each_mistake_is_told_in_a_line_with_its_place() {
    let connection =
        |rest: &str| format!("[[connection]]\nname = \"prod\"\nurl = \"http://a/catalog\"\n{rest}");
    let auth = |rest: &str| connection(&format!("[connection.auth]\n{rest}"));
    let cases: &[(&str, String, &str)] = &[
        (
            "unknown",
            "lisen = \"x\"".into(),
            "unknown.toml:1: unknown key “lisen”; did you mean “listen”?",
        ),
        (
            "plural",
            "[[connections]]\nname = \"a\"".into(),
            "plural.toml:1: unknown key “connections”; did you mean “connection”?",
        ),
        (
            "key",
            connection("warehose = \"x\""),
            "key.toml:4: unknown key “warehose”; did you mean “warehouse”?",
        ),
        (
            "auth_key",
            auth("type = \"bearer\"\ntokn = \"CANARY\""),
            "auth_key.toml:6: unknown key “tokn”; did you mean “token”?",
        ),
        (
            "nothing_like_it",
            "zzz = 1".into(),
            "nothing_like_it.toml:1: unknown key “zzz”",
        ),
        ("syntax", "listen = \"a\nlog = ".into(), "syntax.toml:1: "),
        (
            "shape",
            "listen = 3000".into(),
            "shape.toml:1: “listen” must be a text in quotes",
        ),
        (
            "single",
            "[connection]\nname = \"a\"".into(),
            "single.toml:1: each connection is a table of its own: write [[connection]]",
        ),
        (
            "address",
            "listen = \"3000\"".into(),
            "address.toml:1: “3000” is not an address and port such as 127.0.0.1:3000",
        ),
        (
            "proxy_from",
            "log = \"warn\"\nproxy_from = [\"10.0.0.7\", \"10.0.0.0/99\"]".into(),
            "proxy_from.toml:2: “10.0.0.0/99” is no address such as 10.0.0.7 or 10.0.0.0/8",
        ),
        (
            "trusted_proxies",
            "trusted_proxies = [\"::/0\"]".into(),
            "trusted_proxies.toml:1: “::/0” is every address: name those that are meant",
        ),
        (
            "proxy_header",
            "proxy_user_header = \"X User\"".into(),
            "proxy_header.toml:1: “X User” is no HTTP header",
        ),
        (
            "admins",
            "log = \"warn\"\nadmins = [\"staff\"]".into(),
            "admins.toml:2: nobody has to sign in: say how they do with sign_in",
        ),
        (
            "provider",
            "[[provider]]\nname = \"corp\"\nissuer = \"https://idp.example.com\"\nclient_id = \"c\"".into(),
            "provider “corp”: nobody has to sign in: set sign_in = \"oidc\"",
        ),
        (
            "remote",
            "listen = \"0.0.0.0:3000\"".into(),
            "remote.toml:1: 0.0.0.0:3000 can be reached from other machines",
        ),
        (
            "remote_metrics",
            "metrics_listen = \"0.0.0.0:9464\"".into(),
            "remote_metrics.toml:1: 0.0.0.0:9464 can be reached from other machines",
        ),
        (
            "log_format",
            "log_format = \"xml\"".into(),
            "log_format.toml:1: “xml” is no format of the log: text or json",
        ),
        (
            "log",
            "log = \"loud=very\"".into(),
            "log.toml:1: “loud=very” is not a log level",
        ),
        (
            "host",
            "allowed_hosts = [\"https://a.example.com\"]".into(),
            "host.toml:1: “https://a.example.com” is not a host name",
        ),
        (
            "public",
            "public_url = \"https://a.example.com/console\"".into(),
            "public.toml:1: Crowsnest answers at the root of a host",
        ),
        (
            "nameless",
            "\n[[connection]]\nurl = \"http://a\"".into(),
            "nameless.toml:2: this connection has no name",
        ),
        (
            "slash",
            "[[connection]]\nname = \"a/b\"".into(),
            "slash.toml:2: a connection's name is",
        ),
        (
            "twin",
            format!("{}{}", connection(""), connection("")),
            "twin.toml:5: there is already a connection “prod”, see ",
        ),
        (
            "no_url",
            "[[connection]]\nname = \"a\"".into(),
            "connection “a” has no url",
        ),
        (
            "scheme",
            "[[connection]]\nname = \"a\"\nurl = \"ftp://a\"".into(),
            "scheme.toml:3: an address begins with http:// or https://",
        ),
        (
            "userinfo",
            "[[connection]]\nname = \"a\"\nurl = \"http://u:CANARY@a\"".into(),
            "userinfo.toml:3: credentials do not belong into an address",
        ),
        (
            "kind",
            connection("kind = \"glue\""),
            "kind.toml:4: \"glue\" is no kind of catalog",
        ),
        (
            "ca",
            connection("ca_file = \"/nowhere/ca.pem\""),
            "ca.toml:4: /nowhere/ca.pem cannot be read",
        ),
        (
            "header",
            connection("headers = { \"a b\" = \"x\" }"),
            "header.toml:4: “a b” is not an HTTP header",
        ),
        (
            "header_of_ours",
            connection("headers = { content-type = \"text/plain\" }"),
            "header_of_ours.toml:4: “content-type” cannot be set on a connection: Crowsnest sets it itself",
        ),
        (
            "header_of_http",
            connection("headers = { Host = \"a\" }"),
            "header_of_http.toml:4: “Host” cannot be set on a connection: it belongs to HTTP itself",
        ),
        (
            "header_of_auth",
            format!(
                "{}headers = {{ Authorization = \"CANARY\" }}\n[connection.auth]\ntype = \"bearer\"\ntoken = \"CANARY\"",
                connection("")
            ),
            "“Authorization” cannot be set on a connection: the connection's auth section sets it",
        ),
        (
            "timeout",
            connection("read_timeout = \"30\""),
            "timeout.toml:4: “30” is not a time such as 15s or 2m",
        ),
        (
            "timeout_shape",
            connection("silence_timeout = 30"),
            "timeout_shape.toml:4: “silence_timeout” must be a text in quotes",
        ),
        (
            "too_short",
            connection("token_timeout = \"0s\""),
            "too_short.toml:4: 0s is out of range: 1s to 10m",
        ),
        (
            "too_long",
            connection("connect_timeout = \"11m\""),
            "too_long.toml:4: 11m is out of range: 1s to 10m",
        ),
        (
            "region",
            auth("type = \"sigv4\"\nregion = \"x@127.0.0.1:443/?\""),
            "region.toml:6: letters, digits and hyphens",
        ),
        (
            "auth_type",
            auth("type = \"oauth\""),
            "auth_type.toml:5: unknown type of auth “oauth”; did you mean “oauth2”?",
        ),
        (
            "no_type",
            auth("token = \"CANARY\""),
            "connection “prod”: auth needs type",
        ),
        (
            "foreign",
            auth("type = \"bearer\"\ntoken = \"CANARY\"\nscope = \"x\""),
            "foreign.toml:7: “scope” has no meaning for auth of type bearer",
        ),
        (
            "no_token",
            auth("type = \"bearer\""),
            "connection “prod”: auth of type bearer needs token",
        ),
        (
            "no_endpoint",
            auth("type = \"oauth2\"\nclient_id = \"a\"\nclient_secret = \"CANARY\""),
            "auth of type oauth2 needs token_url: this kind of catalog gives no tokens of its own",
        ),
        (
            "no_region",
            auth("type = \"sigv4\"\naccess_key_id = \"a\""),
            "connection “prod”: auth of type sigv4 needs region",
        ),
    ];
    for (test, text, expected) in cases {
        let error = load(test, text, &[])
            .err()
            .unwrap_or_else(|| panic!("{test} is no error"));
        assert!(error.contains(expected), "{test}: {error}");
        assert!(
            !error.contains('\n') && !error.contains("CANARY"),
            "{test}: {error}"
        );
    }
}

#[test]
fn misspelt_variables_are_refused() {
    for (name, expected) in [
        (
            "CROWSNEST_LISEN",
            "CROWSNEST_LISEN: unknown variable; did you mean “CROWSNEST_LISTEN”?",
        ),
        (
            "CROWSNEST_CONNECTION_LAKE_AUTH_TOKN",
            "CROWSNEST_CONNECTION_LAKE_AUTH_TOKN: unknown key “AUTH_TOKN”; did you mean “AUTH_TOKEN”?",
        ),
    ] {
        let error = load("variables", PROD, &[(name, "x")]).err().unwrap();
        assert_eq!(error, expected);
    }
}
