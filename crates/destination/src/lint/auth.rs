//! Tokens, OAuth2 and scopes.

use super::report::{Report, shown};
use super::rule::{Rule, Severity};
use crate::detect::is_at_databricks;
use crate::edit::Edit;
use crate::keys::{AUTH_TYPE, CREDENTIAL, OAUTH_URL, SCOPE, TOKEN, URL};
use crate::kind::{Auth, Kind};
use crate::placeholder::has_placeholder;
use crate::release::Release;
use crate::secret::{Secret, looks_secret};
use crate::url::Url;
use crate::value::Value;

pub(super) fn check(report: &mut Report, kind: Kind) {
    mixed(report, kind);
    auth_type(report);
    if report.file.auth() == Auth::OAuth2 {
        credential(report);
        origin(report, kind);
        scopes(report, kind);
    }
}

fn mixed(report: &mut Report, kind: Kind) {
    let file = report.file;
    let (token, credential) = (file.is_set(TOKEN), file.is_set(CREDENTIAL));
    if token && credential {
        report.found(
            Rule::TokenAndCredential,
            TOKEN,
            "Both token and credential are given. Iceberg uses the token and never asks for a new one when it expires.",
            "Keep the one that is meant.",
        );
    }
    // Snowflake's tokens have colons.
    let pair = file
        .secret(TOKEN)
        .map(|token| token.expose())
        .is_some_and(|token| {
            token.contains(':') && !token.starts_with("ver:") && !has_placeholder(token)
        });
    if pair && report.findings.iter().all(|finding| finding.key != TOKEN) {
        report.found(
            Rule::TokenPair,
            TOKEN,
            "token has a colon, as client id and secret have between them and no bearer token has.",
            "Give id and secret as credential, with oauth2_uri; or give the token that the catalog issued.",
        );
    }
    let signs = file.auth() == Auth::SigV4;
    let key = if token { TOKEN } else { CREDENTIAL };
    if (token || credential) && signs {
        report.found(
            Rule::TokenAndSignature,
            key,
            "Requests are signed with SigV4, and a signature and a bearer token exclude each other.",
            format!("Remove {key}, or set rest_signing_v_4 to false."),
        );
    } else if (token || credential) && file.text(AUTH_TYPE).eq_ignore_ascii_case("none") {
        report
            .found(
                Rule::AuthTypeNone,
                AUTH_TYPE,
                format!("rest_auth_type none makes Iceberg ignore {key}."),
                "Remove rest_auth_type.",
            )
            .edit(Edit::Remove(AUTH_TYPE));
    } else if !kind.auth_modes().contains(&file.auth())
        && (kind != Kind::Unity || is_at_databricks(file))
    {
        let modes: Vec<&str> = kind.auth_modes().iter().map(|mode| mode.slug()).collect();
        report.found(
            Rule::AuthUnsupported,
            AUTH_TYPE,
            format!("{kind} does not accept {}.", file.auth().slug()),
            format!("Sign in with {}.", modes.join(" or ")),
        );
    }
}

/// `rest_auth_type` reaches Iceberg as it is: a scheme or the name of a Java class.
fn auth_type(report: &mut Report) {
    let Some(stated) = report.filled(AUTH_TYPE) else {
        return;
    };
    let lower = stated.to_ascii_lowercase();
    if lower == "basic" {
        report.found(
            Rule::AuthBasic,
            AUTH_TYPE,
            "rest_auth_type basic needs a user name and a password, and OLake has no keys that hand them to Iceberg.",
            "Sign in with a token or with OAuth2, or take the sign-in off where a proxy asks for it.",
        );
        return;
    }
    let scheme = matches!(lower.as_str(), "none" | "oauth2" | "google") || stated == "sigv4";
    if scheme || is_class(stated) {
        return;
    }
    const LABELS: [&str; 6] = [
        "token",
        "oauth2 m2m",
        "oauth2 u2m",
        "token federation",
        "personal access token (pat)",
        "gcp",
    ];
    let release = report.file.release();
    if release >= Release::V0_10_0 && (LABELS.contains(&lower.as_str()) || lower == "sigv4") {
        report
            .found(
                Rule::AuthTypeValue,
                AUTH_TYPE,
                format!("{} is a label of OLake's form. OLake {release} is said to translate it; its code was not read.", named(stated)),
                format!("OLake {} and earlier stop at it: they take only the schemes of Iceberg.", Release::V0_9_5),
            )
            .severity(Severity::Info);
        return;
    }
    // The labels of OLake's own form, and what they mean.
    let right = match lower.as_str() {
        "sigv4" => Some("sigv4"),
        "oauth2 m2m" | "oauth" | "oauth 2.0" | "oauth2.0" => Some("oauth2"),
        _ => None,
    };
    let (edit, fix) = match right {
        Some(right) => (Edit::text(AUTH_TYPE, right), format!("Write {right}.")),
        None => (
            Edit::Remove(AUTH_TYPE),
            "Remove rest_auth_type: a token needs none, and for OAuth2 it is oauth2.".to_owned(),
        ),
    };
    report
        .found(Rule::AuthTypeValue, AUTH_TYPE, format!("Iceberg takes {} for the name of a Java class and stops with: Cannot initialize AuthManager implementation. So it is up to OLake {}.", named(stated), Release::V0_9_5), fix)
        .edit(edit);
}

fn is_class(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() || "_$".contains(c))
        })
}

fn credential(report: &mut Report) {
    let Some(credential) = report.file.secret(CREDENTIAL) else {
        return;
    };
    let text = credential.expose();
    if let Some(once) = without_repetition(text) {
        report
            .found(
                Rule::CredentialTwice,
                CREDENTIAL,
                "credential begins with the client id twice, so the secret that is sent begins with the id.",
                "Write client_id:client_secret, each once.",
            )
            .edit(Edit::Set(CREDENTIAL, Value::Secret(Secret::new(once))));
    }
    if text.starts_with(':') && text.len() > 1 {
        report.found(
            Rule::CredentialColon,
            CREDENTIAL,
            "credential begins with its colon: the client id before it is missing.",
            "Write client_id:client_secret.",
        );
    }
    if !text.is_empty() && !text.contains(':') && !has_placeholder(text) {
        let snowflake = is_snowflake(report.file.text(URL));
        let finding = report.found(
            Rule::CredentialColon,
            CREDENTIAL,
            "credential has no colon, so Iceberg takes all of it for the secret and sends no client id.",
            "Write client_id:client_secret.",
        );
        if snowflake {
            finding.severity(Severity::Info);
            finding.fix = "Snowflake takes a programmatic access token so; with a client, write client_id:client_secret.".to_owned();
        }
    }
}

/// Open Catalog, Horizon and what else Snowflake serves, under its names or a private link's.
pub(super) fn is_snowflake(url: &str) -> bool {
    Url::parse(url.trim()).is_ok_and(|url| {
        let host = url.host.to_ascii_lowercase();
        host.contains(".snowflakecomputing.")
            || url.trimmed_path().ends_with("/polaris/api/catalog")
    })
}

/// `id:id:secret` and `id:secret:id:secret`, where a whole credential was pasted for a part of it.
fn without_repetition(text: &str) -> Option<&str> {
    let (id, rest) = text.split_once(':')?;
    if id.is_empty() {
        return None;
    }
    let middle = text.len() / 2;
    // Id and secret may well be the same word.
    if rest.contains(':')
        && text.is_char_boundary(middle)
        && text[middle..].strip_prefix(':') == Some(&text[..middle])
    {
        return Some(&text[..middle]);
    }
    let again = rest.strip_prefix(id)?;
    again
        .strip_prefix(':')
        .filter(|secret| !secret.is_empty())
        .map(|_| rest)
}

fn origin(report: &mut Report, kind: Kind) {
    if !matches!(kind, Kind::Polaris | Kind::Unity) {
        return;
    }
    let (Some(catalog), Some(token)) = (report.filled(URL), report.filled(OAUTH_URL)) else {
        return;
    };
    let (Ok(catalog), Ok(token)) = (Url::parse(catalog), Url::parse(token)) else {
        return;
    };
    if catalog.origin() != token.origin() && !(catalog.is_https() && token.is_https()) {
        report.found(
            Rule::OAuthOrigin,
            OAUTH_URL,
            format!(
                "The token endpoint is on {}, the catalog on {}, and not both use https.",
                shown(token.host),
                shown(catalog.host)
            ),
            "Check the host and port of both; with an identity provider of its own, use https.",
        );
    }
}

fn scopes(report: &mut Report, kind: Kind) {
    let Some(scope) = report.filled(SCOPE) else {
        return;
    };
    let legal = |c: char| c == ' ' || (('!'..='~').contains(&c) && c != '"' && c != '\\');
    if !scope.chars().all(legal) {
        report.found(
            Rule::ScopeSyntax,
            SCOPE,
            "scope holds a character that OAuth2 does not allow in one.",
            "Separate scopes with single spaces, without commas and quotation marks.",
        );
    }
    if let Some(parts) = by_comma(scope) {
        let right = parts.join(" ");
        let finding = report.found(
            Rule::ScopeComma,
            SCOPE,
            "Scopes are separated by spaces: with a comma or another sign between them the server takes all of it for one.",
            match looks_secret(scope) {
                true => "Write a space in place of each comma.".to_owned(),
                false => format!("Write {}.", shown(&right)),
            },
        );
        // Only roles are known to have no comma in their names.
        if scope
            .split(SEPARATORS)
            .all(|part| part.is_empty() || role(part).is_some())
        {
            finding.edit(Edit::text(SCOPE, right));
        }
        return;
    }
    match kind {
        Kind::Polaris if is_own_token_endpoint(report) => {
            let Some(bad) = scope
                .split_whitespace()
                .find(|part| !is_role(part) && !part.starts_with("session:role:"))
            else {
                return;
            };
            // An id and a secret that were pasted here are not to be read.
            let named = match bad {
                "catalog" | "PRINCIPAL_ROLE" | "PRINCIPAL_ROLE:" => bad.to_owned(),
                _ if bad
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || b"._/-".contains(&b)) =>
                {
                    shown(bad)
                }
                _ => "it".to_owned(),
            };
            let finding = report.found(
                Rule::ScopePolaris,
                SCOPE,
                format!("Polaris takes only scopes of the form PRINCIPAL_ROLE:name and answers invalid_scope to {named}."),
                "Use PRINCIPAL_ROLE:ALL, or name the roles to assume.",
            );
            // What was meant by another provider's scope only the person knows.
            let right = match scope.to_ascii_lowercase().as_str() {
                "catalog" | "all" | "principal_role" | "principal_role:" => {
                    Some("PRINCIPAL_ROLE:ALL".to_owned())
                }
                _ => roles(scope).map(|roles| roles.join(" ")),
            };
            if let Some(right) = right.filter(|_| !looks_secret(scope)) {
                let parts: Vec<&str> = scope.split_whitespace().collect();
                let sure = match parts.as_slice() {
                    [_] | ["PRINCIPAL_ROLE:", _] => true,
                    parts => parts.iter().all(|part| role(part).is_some()),
                };
                finding.fix = format!("Use {}, if that is meant.", shown(&right));
                if sure {
                    finding.edit(Edit::text(SCOPE, right));
                }
            }
        }
        Kind::Unity if scope == "sql offline_access" => {
            report.found(
                Rule::ScopeUnity,
                SCOPE,
                "sql offline_access are scopes for people who sign in with a browser; a service principal uses all-apis.",
                "Use all-apis for a client id and secret.",
            );
        }
        _ => {}
    }
}

/// What people put between roles, and Polaris takes for a part of one.
const SEPARATORS: [char; 6] = [',', ';', '|', '+', '&', ' '];

/// The parts of a scope that commas or other signs separate, or that nothing does; those that follow a role are
/// roles, too.
fn by_comma(scope: &str) -> Option<Vec<String>> {
    let joined = scope
        .split_whitespace()
        .any(|part| part.to_ascii_uppercase().matches("PRINCIPAL_ROLE").count() > 1);
    let all = || roles(scope).filter(|_| joined || scope.contains([',', ';', '|']));
    let parts = || scope.split([',', ';', ' ']).filter(|part| !part.is_empty());
    all().or_else(|| {
        scope
            .contains([',', ';'])
            .then(|| parts().map(str::to_owned).collect())
    })
}

/// Roles as Polaris takes them, where a scope names nothing else: `principal_role=a, b` and `PRINCIPAL_ROLE: a`.
fn roles(scope: &str) -> Option<Vec<String>> {
    let mut roles: Vec<String> = Vec::new();
    for part in scope.split(SEPARATORS).filter(|part| !part.is_empty()) {
        let name = match role(part) {
            Some(name) => name,
            None if roles.is_empty() || part.contains([':', '/', '=', '%']) => return None,
            None => part,
        };
        // `PRINCIPAL_ROLE: a`.
        match roles.last_mut().filter(|last| last.ends_with(':')) {
            Some(last) => last.push_str(name),
            None => roles.push(format!("PRINCIPAL_ROLE:{name}")),
        }
    }
    for all in roles
        .iter_mut()
        .filter(|role| role.eq_ignore_ascii_case("PRINCIPAL_ROLE:ALL"))
    {
        *all = "PRINCIPAL_ROLE:ALL".to_owned();
    }
    (!roles.is_empty() && !roles.iter().any(|role| role.ends_with(':'))).then_some(roles)
}

/// The name after `PRINCIPAL_ROLE` in any case.
fn role(part: &str) -> Option<&str> {
    const ROLE: &str = "PRINCIPAL_ROLE";
    let (start, name) = part.split_at_checked(ROLE.len())?;
    let name = name.strip_prefix([':', '='])?;
    start.eq_ignore_ascii_case(ROLE).then_some(name)
}

fn is_role(part: &str) -> bool {
    part.strip_prefix("PRINCIPAL_ROLE:")
        .is_some_and(|role| !role.is_empty())
}

/// Whether Polaris itself gives the token: an identity provider elsewhere has scopes of its own.
pub(super) fn is_own_token_endpoint(report: &Report) -> bool {
    let stated = report.file.text(OAUTH_URL).trim();
    let Ok(token) = Url::parse(stated) else {
        return true;
    };
    let at_catalog =
        Url::parse(report.file.text(URL).trim()).is_ok_and(|url| url.origin() == token.origin());
    token.trimmed_path().ends_with("/v1/oauth/tokens")
        || (at_catalog && token.path.contains("/api/catalog"))
        || has_placeholder(stated)
}

/// A way to sign in as people write it; what is none may be a secret in the wrong place.
fn named(stated: &str) -> String {
    let lower = stated.to_ascii_lowercase();
    let known = [
        "token", "oauth", "personal", "pat", "sigv4", "aws", "iam", "bearer", "google", "gcp",
        "kerberos", "api", "none", "client", "basic", "no",
    ];
    match known.iter().any(|word| lower.starts_with(word)) {
        true => shown(stated),
        false => "This".to_owned(),
    }
}
