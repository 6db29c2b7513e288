//! Where the keys of `type = "sigv4"` come from. What is left out is never taken from the environment instead.

use iceberg_rest::auth::{AwsCredentials, AwsKeys, AwsRole, AwsSource};
use secrecy::ExposeSecret;

use super::{
    auth::guarded_url, entry::Entries, env::Variables, error::Error, keys, secret, suggest::unknown,
};

/// What STS calls a session unless told.
const SESSION_NAME: &str = "crowsnest";

const CREDENTIALS: &str = "auth.credentials";
const ROLE: &str = "auth.role_arn";
const TOKEN_FILE: &str = "auth.web_identity_token_file";
const FIRST_ROLE: &str = "auth.web_identity_role_arn";
const KEYS: [&str; 3] = [
    "auth.access_key_id",
    "auth.secret_access_key",
    "auth.session_token",
];

/// The keys, or who lends them.
pub fn credentials(
    entries: &Entries,
    variables: &Variables,
    connection: &str,
) -> Result<AwsCredentials, Error> {
    let ambient = entries.parse(CREDENTIALS, ambient)?.is_some();
    let token_file = entries.parse(TOKEN_FILE, given)?;
    refuse_pairs(entries, ambient)?;
    let session_name = entries.parse("auth.role_session_name", session_name)?;
    let session_name = session_name.unwrap_or_else(|| SESSION_NAME.to_owned());
    let role_arn = entries.parse(ROLE, arn)?;
    let first_role = entries.parse(FIRST_ROLE, arn)?;
    let external_id = entries.parse("auth.external_id", external_id)?;
    let role = |arn| AwsRole {
        arn,
        external_id,
        session_name: session_name.clone(),
    };
    let (source, role) = match (token_file, role_arn) {
        (Some(token_file), Some(role_arn)) => {
            let (role_arn, role) = match first_role {
                Some(first_role) => (first_role, Some(role(role_arn))),
                None => (role_arn, None),
            };
            let source = AwsSource::WebIdentity {
                token_file: token_file.into(),
                role_arn,
                session_name: session_name.clone(),
            };
            (source, role)
        }
        (Some(_), None) => {
            return Err(entries.error(
                TOKEN_FILE,
                "a web identity takes a role: name it by “role_arn”",
            ));
        }
        (None, role_arn) => {
            let source = match ambient {
                true => AwsSource::Ambient {
                    profile: entries.parse("auth.profile", given)?,
                },
                false => AwsSource::Keys(configured(entries, variables, connection)?),
            };
            (source, role_arn.map(role))
        }
    };
    Ok(AwsCredentials {
        source,
        role,
        sts_endpoint: entries
            .parse("auth.sts_endpoint", guarded_url)?
            .map(Into::into),
    })
}

/// A pair, as it is given.
fn configured(
    entries: &Entries,
    variables: &Variables,
    connection: &str,
) -> Result<AwsKeys, Error> {
    let [access_key_id, secret_access_key, session_token] =
        KEYS.map(|key| secret::read(entries, variables, key));
    let session_token = session_token?;
    let missing = |key: &str| {
        let message = format!("connection “{connection}”: auth of type sigv4 needs {key}");
        let others = "or web_identity_token_file with role_arn, or credentials = \"ambient\"";
        // At what stands there and needs it.
        let beside = [KEYS[2], ROLE]
            .into_iter()
            .find(|key| is_given(entries, key));
        match beside {
            Some(beside) => {
                entries.error(given_form(entries, beside), format!("{message}, {others}"))
            }
            None => Error::new(format!("{message}, {others}")),
        }
    };
    Ok(AwsKeys {
        access_key_id: access_key_id?
            .ok_or_else(|| missing("access_key_id"))?
            .expose_secret()
            .to_owned(),
        secret_access_key: secret_access_key?.ok_or_else(|| missing("secret_access_key"))?,
        session_token,
    })
}

/// What has no meaning beside something, or without it, would be silently without effect.
fn refuse_pairs(entries: &Entries, ambient: bool) -> Result<(), Error> {
    let refuse = |key: &str, why: &str| {
        let name = given_form(entries, key);
        let short = name.strip_prefix("auth.").unwrap_or(name);
        Err(entries.error(name, format!("“{short}” {why}")))
    };
    let has = |key: &str| is_given(entries, key);
    let chosen = match (ambient, has(TOKEN_FILE)) {
        (true, true) => {
            return refuse(
                TOKEN_FILE,
                "is one way to get keys and credentials = \"ambient\" another: keep one",
            );
        }
        (true, false) => Some("credentials = \"ambient\""),
        (false, true) => Some("“web_identity_token_file”"),
        (false, false) => None,
    };
    if let Some(chosen) = chosen
        && let Some(key) = KEYS.into_iter().find(|key| has(key))
    {
        return refuse(key, &format!("has no meaning beside {chosen}: keep one"));
    }
    for (key, needs, why) in [
        (
            "auth.profile",
            ambient,
            "goes with credentials = \"ambient\": add that, or leave it out",
        ),
        (
            FIRST_ROLE,
            has(TOKEN_FILE),
            "goes with “web_identity_token_file”: add that, or leave it out",
        ),
        (
            "auth.external_id",
            has(ROLE),
            "goes with “role_arn”: name the role, or leave it out",
        ),
        (
            "auth.role_session_name",
            has(ROLE),
            "goes with “role_arn”: name the role, or leave it out",
        ),
        (
            "auth.sts_endpoint",
            has(ROLE),
            "goes with “role_arn”: name the role, or leave it out",
        ),
        (
            "auth.external_id",
            !has(TOKEN_FILE) || has(FIRST_ROLE),
            "is not asked of a web identity: leave it out, or name the role that the web identity takes first by “web_identity_role_arn”",
        ),
    ] {
        if has(key) && !needs {
            return refuse(key, why);
        }
    }
    Ok(())
}

/// The name that a setting is given by: a secret has three.
fn given_form<'a>(entries: &'a Entries, key: &'a str) -> &'a str {
    let known = keys::find(keys::CONNECTION, key);
    let is_form = |name: &str| {
        let of = keys::find(keys::CONNECTION, name);
        known
            .zip(of)
            .is_some_and(|(known, of)| known.name == of.name)
    };
    let mut names = entries.iter().map(|(name, _)| name);
    names.find(|name| is_form(name)).unwrap_or(key)
}

fn is_given(entries: &Entries, key: &str) -> bool {
    entries.get(given_form(entries, key)).is_some()
}

fn ambient(text: &str) -> Result<(), String> {
    match text {
        "ambient" => Ok(()),
        _ => Err(unknown("source of credentials", text, ["ambient"])),
    }
}

fn given(text: &str) -> Result<String, String> {
    match text.trim().is_empty() {
        true => Err("is empty: name it, or leave the setting out".into()),
        false => Ok(text.to_owned()),
    }
}

fn arn(text: &str) -> Result<String, String> {
    let fits = text.starts_with("arn:") && (20..=2048).contains(&text.len());
    match fits && text.chars().all(|c| c.is_ascii_graphic()) {
        true => Ok(text.to_owned()),
        false => Err(
            "not the ARN of a role, such as arn:aws:iam::123456789012:role/catalog-reader".into(),
        ),
    }
}

/// As STS documents RoleSessionName.
fn session_name(text: &str) -> Result<String, String> {
    match (2..=64).contains(&text.len()) && text.chars().all(|c| is_word(c) || "+=,.@-".contains(c))
    {
        true => Ok(text.to_owned()),
        false => Err("2 to 64 letters, digits and _+=,.@-".into()),
    }
}

/// As STS documents ExternalId.
fn external_id(text: &str) -> Result<String, String> {
    let fits = |c| is_word(c) || "+=,.@:/-".contains(c);
    match (2..=1224).contains(&text.len()) && text.chars().all(fits) {
        true => Ok(text.to_owned()),
        false => Err("2 to 1224 letters, digits and _+=,.@:/-".into()),
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
