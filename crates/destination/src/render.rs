//! Writing the file: two spaces a level, one line feed at the end.

use crate::destination::Destination;
use crate::keys;
use crate::secret::{BLANK, MASK, Secret};
use crate::url;
use crate::value::{Entry, Value};

/// What stands where a secret belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    /// The secret itself: for a file that OLake is to read.
    Include,
    /// Dots, for a preview.
    Mask,
    /// A placeholder such as `<AWS_SECRET_KEY>`, for a template. Unknown keys stay as they are unless their name
    /// or their look says that they hold a secret.
    Placeholder,
}

impl Destination {
    /// The file as text.
    pub fn render(&self, secrets: Secrets) -> String {
        let mut lines: Vec<String> = self
            .envelope
            .iter()
            .map(|entry| line(entry, secrets, 1))
            .collect();
        if let Some(slot) = self.slot {
            lines.insert(
                slot.min(lines.len()),
                format!("  \"writer\": {}", object(&self.writer, secrets)),
            );
        }
        if lines.is_empty() {
            "{}\n".to_owned()
        } else {
            format!("{{\n{}\n}}\n", lines.join(",\n"))
        }
    }

    /// The same file with nothing secret in it, every key in its place: for a draft that is kept.
    /// A typed placeholder and a client id stay; an unknown key, which may hold a secret under a
    /// misspelt name, becomes a placeholder.
    pub fn without_secrets(&self) -> Self {
        let mut file = self.clone();
        for entry in file.envelope.iter_mut().chain(&mut file.writer) {
            let sensitive = entry.is_sensitive();
            if entry.hides_name() {
                entry.key = BLANK.into();
            }
            match &mut entry.value {
                Value::Text(text) if sensitive => text.clear(),
                Value::Text(text) => *text = url::without_secrets(text),
                Value::Secret(_) if !sensitive => {}
                Value::Secret(secret) => {
                    let template = template(&entry.key, secret.expose());
                    if template != secret.expose() {
                        let id = template.strip_suffix("<CLIENT_SECRET>");
                        *secret =
                            Secret::new(id.filter(|id| *id != "<CLIENT_ID>:").unwrap_or_default());
                    }
                }
                Value::Json(json) if sensitive => json.0 = quote(&template(&entry.key, "")),
                Value::Json(_) | Value::Bool(_) => {}
            }
        }
        file
    }
}

/// What stands for a secret in templates and commands; a placeholder that was typed stays.
pub(crate) fn placeholder(file: &Destination, key: &str) -> String {
    template(key, file.secret(key).map_or("", crate::Secret::expose))
}

fn template(key: &str, value: &str) -> String {
    if is_all_placeholder(value) {
        return value.to_owned();
    }
    if keys::same(key, keys::CREDENTIAL) {
        return match value.split_once(':') {
            Some((id, _)) => format!("{id}:<CLIENT_SECRET>"),
            None if value.is_empty() => "<CLIENT_ID>:<CLIENT_SECRET>".into(),
            // All of it is the secret; there is no id to add.
            None => "<CREDENTIAL>".into(),
        };
    }
    let safe = upper(key);
    format!(
        "<{}>",
        if safe.starts_with(|c: char| c.is_ascii_uppercase()) {
            safe
        } else {
            "SECRET".into()
        }
    )
}

/// A key in capitals, with an underscore for every other sign.
pub(crate) fn upper(key: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    key.to_ascii_uppercase().chars().map(safe).collect()
}

/// Nothing but placeholders and colons: nothing secret in it.
fn is_all_placeholder(value: &str) -> bool {
    !value.is_empty()
        && value.split(':').all(|part| {
            part.starts_with('<') && part.ends_with('>') && is_word(&part[1..part.len() - 1])
        })
}

/// In one case throughout: what is mixed may be a secret in brackets.
fn is_word(inside: &str) -> bool {
    let all = |letter: fn(&u8) -> bool| {
        inside
            .bytes()
            .all(|b| letter(&b) || b"_ ".contains(&b) || b.is_ascii_digit())
    };
    inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && (all(u8::is_ascii_uppercase)
            || (all(u8::is_ascii_lowercase) && !inside.bytes().any(|b| b.is_ascii_digit())))
}

fn object(entries: &[Entry], secrets: Secrets) -> String {
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| line(entry, secrets, 2))
        .collect();
    if lines.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{\n{}\n  }}", lines.join(",\n"))
    }
}

fn line(entry: &Entry, secrets: Secrets, depth: usize) -> String {
    let name = match secrets {
        Secrets::Mask if entry.hides_name() => MASK,
        Secrets::Placeholder if entry.hides_name() => BLANK,
        _ => &entry.key,
    };
    let value = match (&entry.value, secrets) {
        (_, Secrets::Mask) if entry.is_sensitive() => quote(MASK),
        (Value::Secret(secret), Secrets::Placeholder) if entry.is_sensitive() => {
            quote(&template(name, secret.expose()))
        }
        (_, Secrets::Placeholder) if entry.is_probably_secret() => quote(&template(name, "")),
        (Value::Text(text), Secrets::Include) => quote(text),
        (Value::Text(text), _) => quote(&url::without_secrets(text)),
        (Value::Secret(secret), _) => quote(secret.expose()),
        (Value::Bool(on), _) => on.to_string(),
        (Value::Json(json), _) => json.as_str().to_owned(),
    };
    format!("{}{}: {value}", "  ".repeat(depth), quote(name))
}

pub(crate) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
