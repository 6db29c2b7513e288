//! The same settings as a connection of Crowsnest's own configuration file.

use crate::commands::value;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::Auth;
use crate::render::quote;

/// A `[[connection]]` block in TOML; secrets are named by the environment variable to read.
/// `None` for a catalog that is no REST catalog.
pub fn connection(file: &Destination, name: &str) -> Option<String> {
    let kind = file.kind()?;
    let line = |name: &str, value: &str| format!("{name} = {}\n", toml(value));
    let mut out = "[[connection]]\n".to_owned();
    out.push_str(&line("name", name));
    out.push_str(&line("kind", kind.slug()));
    out.push_str(&line("url", &value(file, kind, URL)));
    out.push_str(&line("warehouse", &value(file, kind, WAREHOUSE)));
    out.push_str("\n[connection.auth]\n");
    match file.auth() {
        Auth::None => out.push_str(&line("type", "none")),
        Auth::Token => {
            out.push_str(&line("type", "bearer"));
            out.push_str(&line("token_env", "TOKEN"));
        }
        Auth::OAuth2 => {
            let id = file
                .secret(CREDENTIAL)
                .and_then(|credential| credential.expose().split_once(':'));
            out.push_str(&line("type", "oauth2"));
            out.push_str(&line("client_id", id.map_or("<CLIENT_ID>", |(id, _)| id)));
            out.push_str(&line("client_secret_env", "CLIENT_SECRET"));
            out.push_str(&line("token_url", &value(file, kind, OAUTH_URL)));
            if file.is_set(SCOPE) {
                out.push_str(&line("scope", &file.shown(SCOPE)));
            }
        }
        Auth::SigV4 => {
            out.push_str(&line("type", "sigv4"));
            out.push_str(&line("region", &value(file, kind, SIGNING_REGION)));
            out.push_str(&line("signing_name", &value(file, kind, SIGNING_NAME)));
            out.push_str(&line("access_key_id_env", "AWS_ACCESS_KEY_ID"));
            out.push_str(&line("secret_access_key_env", "AWS_SECRET_ACCESS_KEY"));
            if file.is_set(SESSION_TOKEN) {
                out.push_str(&line("session_token_env", "AWS_SESSION_TOKEN"));
            }
        }
    }
    Some(out)
}

/// A TOML basic string: like one of JSON, but DEL must be escaped too.
fn toml(text: &str) -> String {
    quote(text).replace('\u{7F}', "\\u007F")
}
