//! Filling a template, which OLake does not do itself: it reads no environment variables.

use crate::destination::Destination;
use crate::keys;
use crate::quoting::arg;
use crate::render::{quote, upper};
use crate::url;
use crate::value::{Entry, Value};

impl Destination {
    /// A `jq` line that fills every placeholder that a template has in place of a value, from
    /// environment variables; `None` if there are none.
    pub fn jq_fill(&self) -> Option<String> {
        // Another `writer` beside the one that counts has no address of its own.
        let envelope = self
            .envelope
            .iter()
            .filter(|entry| self.slot.is_none() || entry.key != "writer")
            .map(|entry| ("", entry));
        let writer = self.writer.iter().map(|entry| (".writer", entry));
        let left_out = envelope
            .chain(writer)
            .filter(|(_, entry)| is_left_out(entry));
        let (mut paths, mut names) = (Vec::new(), Vec::new());
        let mut assignments = Vec::new();
        // jq, like OLake, keeps the last of several.
        for (parent, entry) in left_out.rev() {
            let path = path(parent, &entry.key);
            if paths.contains(&path) {
                continue;
            }
            let name = distinct(env_name(&entry.key), &names);
            let (value, name) = match client_id(entry) {
                Some(id) => {
                    let name = distinct(CLIENT_SECRET.into(), &names);
                    (format!("{} + {}", quote(id), set(&name)), name)
                }
                None => (value(entry, &name), name),
            };
            assignments.push(format!("{path} = {value}"));
            paths.push(path);
            names.push(name);
        }
        assignments.reverse();
        (!assignments.is_empty()).then(|| {
            format!(
                "jq {} destination.template.json > destination.json",
                arg(&assignments.join(" | "))
            )
        })
    }
}

/// The environment variable that customarily holds the value of a key. The name of an unknown key
/// says whose it is: a key called `path` must not be filled with the shell's own.
pub fn env_name(key: &str) -> String {
    match keys::find(key) {
        Some(key) => key.variable.map_or_else(|| upper(key.name), str::to_owned),
        None => format!("DESTINATION_{}", upper(key)),
    }
}

/// Whether a template has something else in this place.
fn is_left_out(entry: &Entry) -> bool {
    if entry.hides_name() {
        // There is no key to fill.
        return false;
    }
    match &entry.value {
        Value::Text(text) => entry.is_sensitive() || url::has_secrets(text),
        _ => entry.is_probably_secret(),
    }
}

fn path(parent: &str, key: &str) -> String {
    // Unknown keys may be words of jq's language.
    if key.is_ascii() && keys::find(key).is_some() {
        return format!("{parent}.{key}");
    }
    let parent = if parent.is_empty() { "." } else { parent };
    format!("{parent}[{}]", quote(key))
}

/// What the commands of the catalog call the second half of a credential, too.
const CLIENT_SECRET: &str = "CLIENT_SECRET";

/// The client id, which a template keeps, with its colon.
fn client_id(entry: &Entry) -> Option<&str> {
    let Value::Secret(secret) = &entry.value else {
        return None;
    };
    let credential = secret.expose();
    let end = credential.find(':')? + 1;
    keys::same(&entry.key, keys::CREDENTIAL).then_some(&credential[..end])
}

/// The variable; where it is not set, jq stops instead of writing null.
fn set(name: &str) -> String {
    format!("(env.{name} // error(\"{name} is not set\"))")
}

/// Anything but text is read as the JSON that it was.
fn value(entry: &Entry, name: &str) -> String {
    match &entry.value {
        Value::Json(json) if json.ty() != "a string" => {
            format!("({} | . as $text | try fromjson catch $text)", set(name))
        }
        _ => set(name),
    }
}

fn distinct(name: String, taken: &[String]) -> String {
    let mut free = name.clone();
    for number in 2.. {
        if !taken.contains(&free) {
            break;
        }
        free = format!("{name}_{number}");
    }
    free
}
