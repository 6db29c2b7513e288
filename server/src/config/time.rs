use std::time::Duration;

use iceberg_rest::Limits;

use super::{entry::Entries, error::Error};

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(600);

/// How long a connection waits. What is not set is the client's own choice.
pub fn limits(entries: &Entries) -> Result<Limits, Error> {
    let mut limits = Limits::default();
    for (name, time) in [
        ("silence_timeout", &mut limits.silence),
        ("read_timeout", &mut limits.read_time),
        ("change_timeout", &mut limits.change_time),
        ("token_timeout", &mut limits.token_time),
    ] {
        if let Some(set) = entries.parse(name, read)? {
            *time = set;
        }
    }
    // A list is many reads: it ends no sooner than one of them.
    limits.list_time = limits.list_time.max(limits.read_time);
    Ok(limits)
}

/// Whole seconds or minutes, such as `15s` or `2m`.
pub fn read(text: &str) -> Result<Duration, String> {
    let time = text
        .strip_suffix('s')
        .map(|number| (number, 1))
        .or_else(|| text.strip_suffix('m').map(|number| (number, 60)))
        .and_then(|(number, unit)| Some(number.parse::<u32>().ok()? as u64 * unit))
        .map(Duration::from_secs)
        .ok_or_else(|| format!("“{text}” is not a time such as 15s or 2m"))?;
    if (SHORTEST..=LONGEST).contains(&time) {
        Ok(time)
    } else {
        Err(format!("{text} is out of range: 1s to 10m"))
    }
}
