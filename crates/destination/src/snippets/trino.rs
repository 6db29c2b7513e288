use crate::commands::value;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::{Auth, Kind};
use crate::render::placeholder;

/// A catalog file for `etc/catalog`.
pub(super) fn snippet(file: &Destination, kind: Kind) -> String {
    let mut lines = vec![
        ("connector.name", "iceberg".to_owned()),
        ("iceberg.catalog.type", "rest".to_owned()),
        ("iceberg.rest-catalog.uri", value(file, kind, URL)),
        (
            "iceberg.rest-catalog.warehouse",
            value(file, kind, WAREHOUSE),
        ),
    ];
    match file.auth() {
        Auth::Token => {
            lines.push(("iceberg.rest-catalog.security", "OAUTH2".into()));
            lines.push((
                "iceberg.rest-catalog.oauth2.token",
                placeholder(file, TOKEN),
            ));
        }
        Auth::OAuth2 => {
            lines.push(("iceberg.rest-catalog.security", "OAUTH2".into()));
            lines.push((
                "iceberg.rest-catalog.oauth2.credential",
                placeholder(file, CREDENTIAL),
            ));
            lines.push((
                "iceberg.rest-catalog.oauth2.server-uri",
                value(file, kind, OAUTH_URL),
            ));
            if file.is_set(SCOPE) {
                lines.push((
                    "iceberg.rest-catalog.oauth2.scope",
                    value(file, kind, SCOPE),
                ));
            }
        }
        Auth::SigV4 => {
            lines.push(("iceberg.rest-catalog.security", "SIGV4".into()));
            lines.push((
                "iceberg.rest-catalog.signing-name",
                value(file, kind, SIGNING_NAME),
            ));
            lines.push((
                "iceberg.rest-catalog.view-endpoints-enabled",
                "false".into(),
            ));
        }
        Auth::None => {}
    }
    lines.push(("fs.native-s3.enabled", "true".into()));
    if file.is_set(REGION) {
        lines.push(("s3.region", value(file, kind, REGION)));
    }
    if file.is_set(S3_ENDPOINT) {
        lines.push(("s3.endpoint", value(file, kind, S3_ENDPOINT)));
        lines.push(("s3.path-style-access", "true".into()));
    }
    for (name, key) in [
        ("s3.aws-access-key", ACCESS_KEY),
        ("s3.aws-secret-key", SECRET_KEY),
    ] {
        if file.is_set(key) {
            lines.push((name, placeholder(file, key)));
        }
    }
    lines
        .iter()
        .map(|(name, value)| format!("{name}={}\n", property(value)))
        .collect()
}

/// A value in a Java properties file.
fn property(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}
