//! What has to be typed before something is removed.

use model::{
    error::{AppError, Kind},
    own::{Own, confirmation},
};

/// Refuses to remove something unless its name was typed; what Crowsnest may itself act as takes more.
pub fn confirmed(typed: &str, name: &str, own: impl Into<Own>) -> Result<(), AppError> {
    let own = own.into();
    if typed.trim() == confirmation(name, Own::Yes) {
        return Ok(());
    }
    let why = match own {
        Own::No => "",
        Own::Unknown => {
            "Crowsnest cannot tell which principal it acts as on this connection: this may be it, and then Crowsnest may not be able to undo this."
        }
        Own::Yes => "Crowsnest acts as it on this connection, and may not be able to undo this.",
    };
    typed_out(typed, &confirmation(name, own), why)
}

/// Refuses as long as `expected` is not typed; `why` says what more there is to know.
pub fn typed_out(typed: &str, expected: &str, why: &str) -> Result<(), AppError> {
    if typed.trim() == expected {
        return Ok(());
    }
    let why = ["Nothing was changed.", why].join(" ");
    Err(AppError::new(
        Kind::NotSent,
        format!("{} To go on, type “{expected}”.", why.trim_end()),
    ))
}

/// Refuses what was typed about something else than `name`, where nothing has to be typed.
pub fn not_of_another(typed: &str, name: &str) -> Result<(), AppError> {
    let typed = typed.trim();
    let fits = |own| typed == confirmation(name, own);
    match typed.is_empty() || fits(Own::No) || fits(Own::Yes) {
        true => Ok(()),
        false => Err(other(typed, name)),
    }
}

/// The confirmation is about something else than the form asks for.
pub fn other(confirmed: &str, object: &str) -> AppError {
    AppError::new(
        Kind::Conflict,
        format!("The confirmation was about “{confirmed}”, but “{object}” was to be changed. Nothing was."),
    )
    .hint("Reload the page, and look at the name before you confirm.")
}
