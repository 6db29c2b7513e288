use std::fmt;

/// What stands in place of a secret wherever one would be shown.
pub const MASK: &str = "••••••••";

/// A password, token or key. Debug and Display print [`MASK`]; the value leaves only through
/// [`Secret::expose`].
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Hides a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for a file or a request; never for a message.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Whether a text that stands where no secret belongs is probably one that was pasted there: a key, a token, a
/// long word that nobody made up.
pub(crate) fn looks_secret(text: &str) -> bool {
    const MARKS: [&str; 12] = [
        "dapi",
        "eyJ",
        "AKIA",
        "ASIA",
        "ghp_",
        "github_pat_",
        "xox",
        "sk-",
        "sk_",
        "glpat-",
        "hvs.",
        "-----BEGIN",
    ];
    let text = text.trim();
    if MARKS.iter().any(|mark| text.starts_with(mark)) {
        return true;
    }
    // AWS' secret keys: their slashes make short words.
    let aws = text.len() == 40
        && !text.contains("://")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/+=".contains(&b));
    if aws && text.bytes().any(|b| b.is_ascii_uppercase()) {
        return true;
    }
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '=' && c != '+')
        .any(|word| {
            let has = |what: fn(&u8) -> bool| word.bytes().any(|b| what(&b));
            let digits = has(u8::is_ascii_digit);
            let (lower, upper) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
            let changes = word
                .as_bytes()
                .windows(2)
                .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
                .count();
            match word.len() {
                0..=9 => false,
                10..=19 => digits && lower && upper || changes > 3,
                20..=39 => digits && (lower || upper),
                _ => lower || upper,
            }
        })
}

/// Whether a key's name, of whatever program, says that its value is a secret.
pub(crate) fn names_secret(key: &str) -> bool {
    const MARKS: [&str; 12] = [
        "secret",
        "passw",
        "pwd",
        "passphrase",
        "token",
        "credential",
        "private",
        "apikey",
        "accesskey",
        "authorization",
        "signature",
        "salt",
    ];
    let plain: String = key
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    MARKS.iter().any(|mark| plain.contains(mark))
        || key.split(|c: char| !c.is_alphanumeric()).any(|word| {
            [
                "key", "pass", "pw", "pat", "auth", "cred", "creds", "jwt", "dsn",
            ]
            .contains(&word.to_lowercase().as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_secret_is_told_from_a_name() {
        for text in [
            "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY0",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AKIAIOSFODNN7EXAMPLE",
            "dapi0123456789abcdef0123456789abcdef",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc",
            "Zq7kT0pSecret9xW",
            "9f86d081884c7d659a2feaa0c55ad015",
            "root:9f86d081884c7d659a2feaa0c55ad015",
            "aB3dE5fG7h",
        ] {
            assert!(looks_secret(text), "{text}");
        }
        for text in [
            "eu-central-1a",
            "us-gov-west-1",
            "s3://lake/warehouse",
            "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake",
            "https://dbc-1a2b3c4d-56ef.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
            "PRINCIPAL_ROLE:DataEngineer",
            "Personal Access Token (PAT)",
            "project-a/demo",
            "catalog",
            "olake_catalog_2026",
            "",
        ] {
            assert!(!looks_secret(text), "{text}");
        }
    }

    #[test]
    fn names_of_secrets_are_known_in_any_spelling() {
        for key in [
            "aws_secret_acess_key",
            "tokne_secret",
            "my_password",
            "s3.secret-access-key",
            "apiKey",
            "API_KEY",
            "db_pass",
            "clientSecret",
            "rest.auth.basic.password",
            "jdbcPassword",
        ] {
            assert!(names_secret(key), "{key}");
        }
        for key in [
            "iceberg_properties",
            "$schema",
            "team",
            "write.format.default",
            "monkey",
            "author",
            "note",
            "keyspace",
        ] {
            assert!(!names_secret(key), "{key}");
        }
    }
}
