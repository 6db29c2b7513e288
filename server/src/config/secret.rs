use std::{fs, os::unix::fs::PermissionsExt};

use secrecy::SecretString;

use super::{
    entry::Entries,
    env::Variables,
    error::{Error, Place},
    keys::Key,
};

/// Longest file with a secret, in bytes.
const LARGEST: u64 = 64 * 1024;

/// A secret as it stands, from the file that `…_file` names or from the variable that `…_env` names.
pub fn read(
    entries: &Entries,
    variables: &Variables,
    name: &str,
) -> Result<Option<SecretString>, Error> {
    let (file, env) = (format!("{name}_file"), format!("{name}_env"));
    let given: Vec<&str> = [name, &file, &env]
        .into_iter()
        .filter(|form| entries.get(form).is_some())
        .collect();
    if let [first, second, ..] = given[..] {
        return Err(entries.error(
            second,
            format_args!("“{first}” and “{second}” are the same secret: keep one"),
        ));
    }
    let text = if let Some(text) = entries.text(name) {
        Some(text.to_owned())
    } else if let Some(text) = entries.parse(&file, read_file)? {
        Some(text)
    } else {
        entries.parse(&env, |variable| {
            variables
                .get(variable)
                .cloned()
                .ok_or_else(|| format!("the variable {variable} is not set"))
        })?
    };
    match text {
        Some(text) if text.is_empty() => {
            Err(entries.error(given[0], format_args!("“{}” is empty", given[0])))
        }
        text => Ok(text.map(SecretString::from)),
    }
}

/// Editors and `echo` end a file with a line break that is not part of the secret.
fn read_file(path: &str) -> Result<String, String> {
    let text = String::from_utf8(read_regular(path, LARGEST)?)
        .map_err(|_| format!("{path} holds no text in UTF-8"))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// A file's bytes. A pipe or a device is refused: reading it may never end.
pub fn read_regular(path: &str, largest: u64) -> Result<Vec<u8>, String> {
    let unreadable = |error| format!("{path} cannot be read: {error}");
    let about = fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(format!("{path} is no regular file"));
    }
    if about.len() > largest {
        return Err(format!("{path} is larger than {} KiB", largest / 1024));
    }
    fs::read(path).map_err(unreadable)
}

/// Files with secrets among these settings, each by their keys, that everybody on this machine may read.
pub fn exposed<'a>(settings: impl Iterator<Item = (&'a Entries, &'a [Key])>) -> Vec<String> {
    let mut exposed: Vec<String> = Vec::new();
    for (entries, keys) in settings {
        for key in keys.iter().filter(|key| key.secret) {
            let named = entries.text(&format!("{}_file", key.name));
            exposed.extend(named.map(str::to_owned));
            // Or it stands in the configuration file itself.
            if let Some(Place::File { path, .. }) = entries.get(key.name).map(|entry| &entry.place)
            {
                exposed.push(path.display().to_string());
            }
        }
    }
    exposed.sort();
    exposed.dedup();
    let by_everybody = |path: &String| {
        fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o007 != 0)
    };
    exposed.retain(by_everybody);
    exposed
}
