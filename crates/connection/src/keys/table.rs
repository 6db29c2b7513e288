//! The table of keys.

use super::*;

const OAUTH2: &[&str] = &["oauth2", "exchanged"];
const ASKED: &[&str] = &["oauth2", "person", "exchanged"];
const SIGV4: &[&str] = &["sigv4"];

/// All of them, in the order of the file and of the form.
pub static KEYS: [Key; 34] = [
    text(Group::Catalog, NAME).says(
        "Name",
        "prod",
        "What pages call this connection: up to 64 characters without a slash.",
    ),
    choice(Group::Catalog, KIND, &KINDS).says(
        "Kind",
        "auto",
        "Whose server it is, which decides what it is asked for; it is found out unless told.",
    ),
    text(Group::Catalog, URL).says(
        "Address",
        "https://catalog.example.com",
        "The base address of the Iceberg REST API that clients are given, without /v1.",
    ),
    text(Group::Catalog, WAREHOUSE).says(
        "Warehouse",
        "lakehouse",
        "The warehouse to open first; Polaris and Unity call it a catalog.",
    ),
    pairs(Group::Catalog, HEADERS).says(
        "Headers",
        "Polaris-Realm: POLARIS",
        "Sent with every call to the catalog's own address, one a line.",
    ),
    choice(Group::Access, ROLE, &ROLES).says(
        "Role",
        "viewer",
        "Who sees it and uses it; admins do in any case.",
    ),
    text(Group::Access, PEOPLE).says(
        "Besides",
        "",
        "These see and use it whatever their role is.",
    ),
    flag(Group::Limits, READ_ONLY).says(
        "Read only",
        "true",
        "No change is offered on this connection, and none is accepted.",
    ),
    text(Group::Limits, PROXY).says(
        "Proxy",
        "http://proxy.example.com:3128",
        "The HTTP proxy to call through; none is taken from the environment.",
    ),
    text(Group::Limits, "connect_timeout").says(
        "To connect",
        "5s",
        "Seconds or minutes for the name, the connection and its encryption, up to 10m.",
    ),
    text(Group::Limits, "silence_timeout").says(
        "Silence",
        "15s",
        "How long the server may be silent while it is read from.",
    ),
    text(Group::Limits, "read_timeout").says(
        "A read",
        "30s",
        "How long a read may take, its repetition included.",
    ),
    text(Group::Limits, "change_timeout").says(
        "A change",
        "90s",
        "How long a change may take, however long the server is silent.",
    ),
    text(Group::Limits, "token_timeout").says(
        "A token",
        "5s",
        "How long asking for a token, or assuming a role, may take.",
    ),
    choice(Group::SignIn, AUTH_TYPE, &AUTH_TYPES).says(
        "Sign-in",
        "oauth2",
        "As whom the catalog is called, and how that is shown to it.",
    ),
    secret(TOKEN).of(&["bearer"]).says(
        "Token",
        "eyJ…",
        "Sent with every call as it is; it is not renewed when it expires.",
    ),
    text(Group::SignIn, CLIENT_ID).of(OAUTH2).says(
        "Client ID",
        "crowsnest",
        "The client that asks for tokens.",
    ),
    secret(CLIENT_SECRET).of(OAUTH2).says(
        "Client secret",
        "…",
        "What the client shows to be given a token.",
    ),
    flag(Group::SignIn, "auth.client_secret_basic")
        .of(ASKED)
        .says(
            "Secret as HTTP Basic",
            "true",
            "Sends the secret in the header only; else that is tried once where the body is refused.",
        ),
    text(Group::SignIn, TOKEN_URL).of(ASKED).says(
        "Token endpoint",
        "https://idp.example.com/realms/iceberg/protocol/openid-connect/token",
        "Where tokens are asked for; the catalog's own endpoint unless told, where it has one.",
    ),
    text(Group::SignIn, SCOPE).of(ASKED).says(
        "Scope",
        "catalog",
        "What to ask for, separated by spaces.",
    ),
    text(Group::SignIn, AUDIENCE).of(ASKED).says(
        "Audience",
        "lakekeeper",
        "Whom the token is for, where the provider asks.",
    ),
    text(Group::SignIn, RESOURCE).of(ASKED).says(
        "Resource",
        "https://catalog.example.com",
        "The URI that the token is for (RFC 8707), where the provider asks.",
    ),
    pairs(Group::SignIn, FIELDS).of(ASKED).says(
        "More fields",
        "organization: acme",
        "Sent with every token request besides, one a line, where the provider asks.",
    ),
    text(Group::SignIn, REGION).of(SIGV4).says(
        "Region",
        "eu-central-1",
        "The AWS region that calls are signed for: that of the catalog.",
    ),
    text(Group::SignIn, SIGNING_NAME).of(SIGV4).says(
        "Service",
        "glue",
        "The name that AWS knows the service by: s3tables, glue, execute-api.",
    ),
    secret(ACCESS_KEY_ID).of(SIGV4).says(
        "Access key ID",
        "AKIA…",
        "The key that calls are signed with, or that assumes the role.",
    ),
    secret(SECRET_ACCESS_KEY).of(SIGV4).says(
        "Secret access key",
        "…",
        "The secret half of that key.",
    ),
    secret(SESSION_TOKEN).of(SIGV4).says(
        "Session token",
        "…",
        "The third part of temporary keys, which end in hours.",
    ),
    text(Group::SignIn, ROLE_ARN).of(SIGV4).says(
        "Role",
        "arn:aws:iam::111122223333:role/catalog-reader",
        "A role to assume with the keys, whose own keys then sign.",
    ),
    text(Group::SignIn, EXTERNAL_ID).of(SIGV4).says(
        "External ID",
        "crowsnest-prod",
        "What the role's trust policy asks for, where it does.",
    ),
    text(Group::SignIn, ROLE_SESSION_NAME).of(SIGV4).says(
        "Session name",
        "crowsnest",
        "What CloudTrail calls the role's session.",
    ),
    text(Group::SignIn, STS_ENDPOINT).of(SIGV4).says(
        "STS endpoint",
        "https://sts.eu-central-1.amazonaws.com",
        "Where the role is assumed; AWS's own of the region unless told.",
    ),
    flag(Group::SignIn, DOUBLE_ENCODE_PATH)
        .of(SIGV4)
        .says(
            "Encode the path twice",
            "false",
            "Signs paths as AWS does, and is on unless told; RustFS, which signs them as S3 does, wants it off.",
        ),
];

const fn text(group: Group, name: &'static str) -> Key {
    Key {
        name,
        label: "",
        help: "",
        example: "",
        input: Input::Text,
        group,
        secret: false,
        auth: &[],
    }
}

const fn secret(name: &'static str) -> Key {
    Key {
        input: Input::Secret,
        secret: true,
        ..text(Group::SignIn, name)
    }
}

const fn flag(group: Group, name: &'static str) -> Key {
    Key {
        input: Input::Flag,
        ..text(group, name)
    }
}

const fn pairs(group: Group, name: &'static str) -> Key {
    Key {
        input: Input::Pairs,
        ..text(group, name)
    }
}

const fn choice(
    group: Group,
    name: &'static str,
    options: &'static [(&'static str, &'static str)],
) -> Key {
    Key {
        input: Input::Choice(options),
        ..text(group, name)
    }
}

impl Key {
    const fn says(self, label: &'static str, example: &'static str, help: &'static str) -> Self {
        Self {
            label,
            example,
            help,
            ..self
        }
    }

    const fn of(self, auth: &'static [&'static str]) -> Self {
        Self { auth, ..self }
    }
}
