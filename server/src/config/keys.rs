//! Every setting there is. In the environment, `auth.token` of the connection “prod” is
//! `CROWSNEST_CONNECTION_PROD_AUTH_TOKEN`, and `public_url` is `CROWSNEST_PUBLIC_URL`.

use std::fmt::Write;

/// What a setting's value looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    Flag,
    /// In the environment separated by commas.
    List,
    /// In the environment an inline table: `{ Polaris-Realm = "main" }`.
    Table,
}

impl Shape {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "a text in quotes",
            Self::Flag => "true or false",
            Self::List => "a list of texts",
            Self::Table => "a table of texts",
        }
    }
}

pub struct Key {
    /// As in the file; a dot stands before a key of a nested table.
    pub name: &'static str,
    pub shape: Shape,
    /// May also be given as `…_file` (a path) or `…_env` (the name of a variable).
    pub secret: bool,
    pub doc: &'static str,
}

/// At the top of the file.
pub const SERVER: &[Key] = &[
    text("listen", "address and port to listen on (127.0.0.1:3000)"),
    text(
        "metrics_listen",
        "address and port of /metrics, and of /healthz and /readyz once more (127.0.0.1:9464)",
    ),
    text(
        "public_url",
        "address that people open, where a proxy stands in front of Crowsnest",
    ),
    key(
        "allowed_hosts",
        Shape::List,
        "host names that requests may ask for, besides loopback and the host of public_url",
    ),
    text(
        "log",
        "what is logged: error, warn, info, debug or trace, also by part: info,iceberg_rest=debug (info; on a terminal warn)",
    ),
    text("log_format", "how: text or json (json; on a terminal text)"),
    text(
        "sign_in",
        "how people come in: local (whoever reaches it), password, oidc or proxy (local)",
    ),
    text(
        "session_idle",
        "a session ends when it is not used for so long (30 min)",
    ),
    text("session_length", "and after so long in any case (12 h)"),
    key(
        "admins",
        Shape::List,
        "oidc and proxy: values of the claim, or groups, whose people are admins; * stands for everybody",
    ),
    key("editors", Shape::List, "the same for editors"),
    key("viewers", Shape::List, "the same for viewers"),
    text(
        "proxy_user_header",
        "proxy: the header that names the person",
    ),
    text(
        "proxy_groups_header",
        "proxy: the header with their groups, separated by commas",
    ),
    key(
        "proxy_from",
        Shape::List,
        "proxy: addresses that may send these headers, such as 10.0.0.7 or 10.0.0.0/8",
    ),
    text(
        "proxy_socket",
        "proxy: a Unix socket to make for the proxy, in a folder that nobody else may enter; who comes by it may send them",
    ),
    key(
        "trusted_proxies",
        Shape::List,
        "addresses whose X-Forwarded-For says where a request comes from",
    ),
    key(
        "people_reach",
        Shape::List,
        "private networks that what people type may lead to, also by http, such as 10.0.0.0/8, once they sign in (none)",
    ),
    key(
        "people_ports",
        Shape::List,
        "ports that what people type may lead to besides the usual ones of catalogs, such as 8585 or 8000-8999 (none)",
    ),
    text(
        "store",
        "file of people, sessions and the record (crowsnest/crowsnest.db in the user's data folder)",
    ),
    secret(
        "database_url",
        "a PostgreSQL in its place, for several of Crowsnest; also DATABASE_URL",
    ),
    secret(
        "store_key",
        "what the store is sealed with: 32 bytes in base64 (beside the file, made at the first start)",
    ),
    text(
        "audit_keep",
        "how long the record goes back, such as 365 d (for ever)",
    ),
    text(
        "audit_file",
        "file that each row of the record is copied to, an object of JSON a line",
    ),
    text(
        "audit_syslog",
        "syslog to copy it to: a socket such as /dev/log, or udp://10.0.0.5:514",
    ),
];

/// In each `[[provider]]`, of OpenID Connect.
pub const PROVIDER: &[Key] = &[
    text("name", "as it stands in addresses: a-z, 0-9 and -"),
    text("label", "what people read on the button (the name)"),
    text("issuer", "its address, exactly as it calls itself"),
    text("client_id", "as it knows Crowsnest"),
    secret("client_secret", "the same"),
    text("scope", "what to ask for (openid profile email)"),
    text(
        "roles_claim",
        "the claim that admins, editors and viewers are looked for in: groups, or a path such as realm_access.roles (groups)",
    ),
    text(
        "name_claim",
        "the claim with the person's name (name, preferred_username or email)",
    ),
];

/// In each `[[connection]]`.
pub const CONNECTION: &[Key] = &[
    text("name", "what people call it: up to 64 characters, no /"),
    text(
        "kind",
        "auto, generic, lakekeeper, nessie, polaris, s3-tables or unity (auto)",
    ),
    text("url", "address of the Iceberg REST API, without /v1"),
    text(
        "warehouse",
        "the warehouse (Polaris and Unity: the catalog) to open first",
    ),
    key(
        "headers",
        Shape::Table,
        "sent with every call to the catalog's own address, such as { Polaris-Realm = \"main\" }",
    ),
    text(
        "ca_file",
        "PEM file of certificate authorities to trust besides the usual ones",
    ),
    text(
        "proxy",
        "HTTP proxy to call through; HTTP_PROXY and the like are ignored",
    ),
    text(
        "connect_timeout",
        "for the name, the connection and its encryption (5s)",
    ),
    text(
        "silence_timeout",
        "longest silence of a server that is read from (15s)",
    ),
    text("read_timeout", "for a read with its repetition (30s)"),
    text(
        "change_timeout",
        "for a change, however long the server is silent (90s)",
    ),
    text(
        "token_timeout",
        "oauth2: for asking for a token; sigv4: for assuming a role (5s)",
    ),
    text(
        "role",
        "the least role that sees and uses it: viewer, editor or admin (viewer)",
    ),
    key(
        "read_only",
        Shape::Flag,
        "true: no control that writes is shown, and no write is sent (false)",
    ),
    text(
        "auth.type",
        "none, bearer, oauth2 or sigv4; person (each signs in with their own), passed-on (the access token that the provider gave) or exchanged (what it gives for that) (none)",
    ),
    secret("auth.token", "bearer: the token"),
    text(
        "auth.client_id",
        "oauth2: client credentials; exchanged: who exchanges, if not the provider's own client",
    ),
    secret(
        "auth.client_secret",
        "oauth2: client credentials; exchanged: of client_id",
    ),
    key(
        "auth.client_secret_basic",
        Shape::Flag,
        "oauth2: true sends the secret as HTTP Basic only; else that is tried once where the body is refused (false)",
    ),
    text(
        "auth.token_url",
        "oauth2: where tokens come from (generic and polaris: the catalog's own endpoint)",
    ),
    text(
        "auth.scope",
        "oauth2: what to ask for, such as PRINCIPAL_ROLE:ALL",
    ),
    text(
        "auth.audience",
        "oauth2: whom the token is for, where the provider asks",
    ),
    text(
        "auth.resource",
        "oauth2: the URI that the token is for (RFC 8707), where the provider asks",
    ),
    key(
        "auth.fields",
        Shape::Table,
        "oauth2, person, exchanged: what else this provider wants in the form, such as { tenant = \"main\" }",
    ),
    text("auth.region", "sigv4: region in the signature"),
    text(
        "auth.signing_name",
        "sigv4: service in the signature (s3-tables: s3tables)",
    ),
    secret("auth.access_key_id", "sigv4: access key"),
    secret("auth.secret_access_key", "sigv4: access key"),
    secret("auth.session_token", "sigv4: of temporary keys"),
    text(
        "auth.credentials",
        "sigv4: ambient in place of keys: this server's own AWS identity (AWS variables, profile, pod, task or instance role), which is used only where this says so",
    ),
    text(
        "auth.profile",
        "ambient: this profile of AWS's files, and nothing else",
    ),
    text(
        "auth.role_arn",
        "sigv4: a role to assume with the keys, with the ambient identity, or by web identity",
    ),
    text(
        "auth.external_id",
        "sigv4: what the role's trust policy asks for, where it does",
    ),
    text(
        "auth.role_session_name",
        "sigv4: what CloudTrail calls the role's session (crowsnest)",
    ),
    text(
        "auth.web_identity_token_file",
        "sigv4: in place of keys: file with an identity provider's token for role_arn, read anew for each renewal",
    ),
    text(
        "auth.web_identity_role_arn",
        "sigv4: the role that the web identity takes first, where role_arn is one that this role assumes",
    ),
    text(
        "auth.sts_endpoint",
        "sigv4: where roles are assumed (https://sts.<region>.amazonaws.com)",
    ),
    key(
        "auth.double_encode_path",
        Shape::Flag,
        "sigv4: false signs the path encoded once, as RustFS wants it (true)",
    ),
];

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key {
        name,
        shape,
        secret: false,
        doc,
    }
}

const fn text(name: &'static str, doc: &'static str) -> Key {
    key(name, Shape::Text, doc)
}

const fn secret(name: &'static str, doc: &'static str) -> Key {
    Key {
        secret: true,
        ..text(name, doc)
    }
}

impl Key {
    /// The name, and for a secret the names of its other forms.
    pub fn names(&self) -> Vec<String> {
        let mut names = vec![self.name.to_owned()];
        if self.secret {
            names.push(format!("{}_file", self.name));
            names.push(format!("{}_env", self.name));
        }
        names
    }
}

/// The key that has this name, or of which it is another form.
pub fn find<'a>(keys: &'a [Key], name: &str) -> Option<&'a Key> {
    keys.iter()
        .find(|key| key.names().iter().any(|known| known == name))
}

/// The part of a variable's name that stands for a key.
pub fn variable(name: &str) -> String {
    name.replace('.', "_").to_ascii_uppercase()
}

/// The list that `--help` ends with.
pub fn help() -> String {
    let mut help =
        String::from("Settings, in the file or as CROWSNEST_<KEY> in the environment:\n");
    describe(&mut help, SERVER);
    help.push_str(
        "\nIn each [[connection]], or as CROWSNEST_CONNECTION_<NAME>_<KEY> (auth.token: …_AUTH_TOKEN):\n",
    );
    describe(&mut help, CONNECTION);
    help.push_str("\nIn each [[provider]], where sign_in = \"oidc\":\n");
    describe(&mut help, PROVIDER);
    help.push_str("\n* also as <key>_file (a path) or <key>_env (the name of a variable)\n");
    help
}

fn describe(help: &mut String, keys: &[Key]) {
    for key in keys {
        let star = if key.secret { "*" } else { "" };
        // Writing to a String cannot fail.
        let _ = writeln!(help, "  {:<24}{}", format!("{}{star}", key.name), key.doc);
    }
}
