use std::fs;

use secrecy::SecretString;

use super::{entry::Entries, env::Variables, error::Error};

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
    let text =
        fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
