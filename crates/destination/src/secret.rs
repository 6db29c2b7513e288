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

/// A text about a file, such as an answer to it, with [`MASK`] in place of each of its
/// [`secrets`](crate::Destination::secrets).
pub fn hushed(text: &str, secrets: &[&str]) -> String {
    secrets
        .iter()
        .filter(|secret| text.contains(**secret))
        .fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
}

/// What stands in a file or an address in place of a secret that was found by its look.
pub(crate) const BLANK: &str = "<SECRET>";

/// Whether a text that stands where no secret belongs is probably one that was pasted there: a key, a token, a
/// long word that nobody made up.
pub(crate) fn looks_secret(text: &str) -> bool {
    let text = text.trim();
    let aws = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/+=".contains(&b))
            && text.bytes().any(|b| b.is_ascii_uppercase())
    };
    if is_class(text) {
        return false;
    }
    is_marked(text)
        // AWS' secret keys: their slashes make short words.
        || (text.len() == 40 && !text.contains("://") && aws(text))
        || text
            .split(|c: char| !c.is_ascii_alphanumeric() && !"=+-".contains(c))
            .filter(|part| !is_uuid(part))
            .flat_map(|part| part.split('-'))
            .any(is_random)
}

/// Whether a text begins as those who make keys and tokens let theirs begin.
pub(crate) fn is_marked(text: &str) -> bool {
    const MARKS: [&str; 10] = [
        "dapi",
        "eyJ",
        "ghp_",
        "github_pat_",
        "xox",
        "sk-",
        "sk_",
        "glpat-",
        "hvs.",
        "-----BEGIN",
    ];
    let access_key = |mark: &str, least: usize| {
        text.starts_with(mark)
            && text.len() >= least
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let long = text.len() >= 12 && text.bytes().any(|b| b.is_ascii_digit());
    access_key("AKIA", 8)
        || access_key("ASIA", 16)
        || (MARKS.iter().any(|mark| text.starts_with(mark))
            && (long || text.starts_with("-----BEGIN")))
}

/// `org.example.auth.TokenManagerV2`: packages in small letters, then a name that begins with a capital.
fn is_class(text: &str) -> bool {
    let word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.len() <= 40
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_$".contains(&b))
    };
    text.rsplit_once('.').is_some_and(|(packages, name)| {
        packages.contains('.')
            && packages.split('.').all(|part| {
                word(part) && !part.bytes().any(|b| b.is_ascii_uppercase()) && !is_random(part)
            })
            && word(name)
            && name.starts_with(|c: char| c.is_ascii_uppercase())
    })
}

/// The name of a project, a tenant, a warehouse: no secret where one is looked for by its look alone.
fn is_uuid(text: &str) -> bool {
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// A word that no person made up.
fn is_random(word: &str) -> bool {
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
        10..=19 => (digits && lower && upper || changes > 3) && !is_made_of_words(word),
        20..=39 => digits && (lower || upper) && !is_made_of_words(word),
        _ => lower || upper,
    }
}

/// `restCatalogOauth2Uri`, `ANALYTICS2026`: words of three letters and more, and few digits.
fn is_made_of_words(word: &str) -> bool {
    let bytes = word.as_bytes();
    let count = |what: fn(u8, u8) -> bool| {
        bytes
            .windows(2)
            .filter(|pair| what(pair[0], pair[1]))
            .count()
    };
    let mixed =
        bytes.iter().any(u8::is_ascii_lowercase) && bytes.iter().any(u8::is_ascii_uppercase);
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let numbers = count(|a, b| !a.is_ascii_digit() && b.is_ascii_digit());
    let words = 1 + count(|a, b| {
        (b.is_ascii_uppercase() && a.is_ascii_lowercase())
            || (a.is_ascii_digit() && b.is_ascii_alphabetic())
    });
    let shouted = match mixed {
        true => count(|a, b| a.is_ascii_uppercase() && b.is_ascii_uppercase()),
        false => 0,
    };
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && digits <= 4
        && numbers <= if mixed { 2 } else { 1 }
        && shouted <= 2
        && bytes.len() >= 3 * (words + shouted)
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
            "PRINCIPAL_ROLE:DataEngineer2",
            "restCatalogOauth2ServerUri",
            "com.acme.iceberg2.auth.MyOAuth2TokenManagerV2X7",
            "ANALYTICS2026PRODUCTION",
            "0190f1c2-7e2a-7b3c-8d4e-5f60718293a4/demo",
            "api://3f2504e0-4f89-11d3-9a0c-0305e82c3301/.default",
            "ASIASALES",
            "sk_sales",
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
