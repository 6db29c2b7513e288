use std::{io, path::PathBuf};

use sqlx::migrate::MigrateError;

/// Why the store could not be used. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds it for longer than is waited.
    #[error("the store is held by another process; try again in a moment")]
    Busy,
    /// No room is left.
    #[error("no room is left where the store is; make some and try again")]
    Full,
    /// It may be read and not written.
    #[error(
        "the store may only be read; check who owns its file and whether its disk is mounted read-only"
    )]
    ReadOnly,
    /// It does not answer.
    #[error("the store does not answer; check that its database runs and can be reached")]
    Away,
    /// Its file is not where it was opened.
    #[error(
        "the store was moved away from {}, or another file was put in its place, while Crowsnest runs; put it back, or restart Crowsnest to go on with what is there now", .0.display()
    )]
    Moved(PathBuf),
    /// What is there is no store, or a broken one.
    #[error(
        "the store is damaged or is no store; put a backup in its place (crowsnest check-store says what is wrong)"
    )]
    Damaged,
    /// Made by a version that this one does not know.
    #[error(
        "the store was made by another version of Crowsnest, most likely a later one; run that one"
    )]
    Newer,
    /// Its keys are sealed with another key.
    #[error(
        "the store is sealed with another key; give the key that it was made with (store_key_file, or crowsnest.key beside the file)"
    )]
    OtherKey,
    /// Its keys are sealed, and the key is gone.
    #[error(
        "the key of the store is missing at {0}; put it back from your backup. Without it nothing that is sealed can be read: to begin anew, move the store away"
    )]
    NoKey(PathBuf),
    /// Not 32 bytes in base64.
    #[error(
        "the key of the store is not 32 bytes in base64, as crowsnest rekey and the first start write it"
    )]
    BadKey,
    /// What is sealed does not belong where it stands, or was changed.
    #[error("what is sealed in the store was changed, or moved from its place")]
    Unsealed,
    /// What is stored of a person is not what Crowsnest wrote there.
    #[error(
        "what is stored of this person was changed from outside; let them in again (crowsnest user enable), which takes role and password from them, then give both anew"
    )]
    Altered,
    /// A file of it cannot be used.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, io::Error),
    /// The path of the file is no text.
    #[error("the path of the store is not UTF-8")]
    Name,
    /// The operating system gives no randomness.
    #[error("the operating system gives no randomness")]
    Random,
    /// A person of that name is there already.
    #[error("somebody of that name is there already")]
    Taken,
    /// Anything else, by the database's code.
    #[error("the store's database failed ({0})")]
    Database(String),
}

impl Error {
    pub(crate) fn address() -> Self {
        Self::Database("the address is no address of a database".into())
    }

    /// Whether trying again later may do.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::Full | Self::ReadOnly | Self::Away | Self::Moved(_)
        )
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(error) => match error.code() {
                Some(code) => of_code(&code),
                None => Self::Database("no code".into()),
            },
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Self::Away,
            // Its text may hold the address of the database.
            sqlx::Error::Configuration(_) => Self::address(),
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::RowNotFound => Self::Damaged,
            _ => Self::Database("no answer that is understood".into()),
        }
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMissing(_)
            | MigrateError::VersionTooNew(..)
            | MigrateError::VersionMismatch(_) => Self::Newer,
            _ => Self::Damaged,
        }
    }
}

/// By SQLite's result codes, of which the low byte is the kind, or PostgreSQL's SQLSTATE.
pub(crate) fn of_code(code: &str) -> Error {
    match code {
        "53100" => return Error::Full,
        "25006" => return Error::ReadOnly,
        "23505" => return Error::Taken,
        "55P03" | "40001" | "40P01" | "57014" => return Error::Busy,
        "57P01" | "57P02" | "57P03" | "53300" | "53200" | "25P03" | "3D000" | "28P01" | "28000" => {
            return Error::Away;
        }
        // A table or a column is not there.
        "42P01" | "42703" | "XX001" | "XX002" => return Error::Damaged,
        _ => {}
    }
    // SQLSTATE has five characters.
    let kind = code.parse::<u32>().ok().filter(|_| code.len() < 5);
    match (kind, kind.map(|kind| kind & 0xff)) {
        (Some(1555 | 2067), _) => Error::Taken,
        (_, Some(5 | 6)) => Error::Busy,
        (_, Some(8)) => Error::ReadOnly,
        (_, Some(13)) => Error::Full,
        (_, Some(10 | 14)) => Error::Away,
        // 1: what is written here is right, so a table or a column is not there.
        (_, Some(1 | 11 | 26)) => Error::Damaged,
        _ => Error::Database(code.to_owned()),
    }
}
