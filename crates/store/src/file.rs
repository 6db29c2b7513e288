//! The file of a store on SQLite.

use std::{
    fs::{self, OpenOptions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use sqlx::AnyPool;
use tokio::time::sleep;

use crate::{Error, connect::PATIENCE};

/// The file that a store was opened at, by what the system calls it.
pub struct Opened {
    path: PathBuf,
    is: (u64, u64),
}

impl Opened {
    pub fn at(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        match identity(&path) {
            Ok(is) => Ok(Self { path, is }),
            Err(error) => Err(Error::File(path, error)),
        }
    }

    /// It lies where it was opened: one look of about a microsecond.
    pub fn is_there(&self) -> Result<(), Error> {
        match identity(&self.path) {
            Ok(is) if is == self.is => Ok(()),
            _ => Err(Error::Moved(self.path.clone())),
        }
    }
}

/// Device and number on it.
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let about = fs::metadata(path)?;
    Ok((about.dev(), about.ino()))
}

/// No database has to be reached for a file: the file is what cannot be opened.
pub fn of_file(path: &Path, error: sqlx::Error) -> Error {
    match error.into() {
        Error::Away => Error::File(path.to_owned(), io::ErrorKind::PermissionDenied.into()),
        other => other,
    }
}

/// The file, for the owner's eyes alone from its first moment.
pub fn private(path: &Path) -> Result<(), Error> {
    match fresh(path) {
        Ok(()) => Ok(()),
        // One that is there is not opened here: closing it would let go of the locks that SQLite holds on it for
        // this process. What may only be read is said by the first write.
        Err(_) if path.is_file() => Ok(()),
        Err(error) => Err(Error::File(path.to_owned(), error)),
    }
}

/// An empty file that its owner alone may read, where nothing was.
pub fn fresh(path: &Path) -> io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new();
    file.write(true).create_new(true).mode(0o600).open(path)?;
    Ok(())
}

/// The address of a file that is there. It is made whole first: addresses know no `..` that begins elsewhere than
/// at the root.
pub fn url(path: &Path) -> Result<String, Error> {
    let whole = path
        .canonicalize()
        .map_err(|error| Error::File(path.to_owned(), error))?;
    let text = whole.to_str().ok_or(Error::Name)?;
    let mut url = String::from("sqlite://");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                url.push(byte.into())
            }
            other => url += &format!("%{other:02X}"),
        }
    }
    Ok(url)
}

/// Readers do not wait for the writer, and what was written outlasts a loss of power.
pub async fn written_ahead(pool: &AnyPool) -> Result<(), sqlx::Error> {
    let begun = Instant::now();
    loop {
        let set = sqlx::query("PRAGMA journal_mode = WAL").execute(pool).await;
        // Of several that make the file at once SQLite lets the others fail here, and not wait.
        let again = matches!(&set, Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("5"));
        if !again || begun.elapsed() > PATIENCE {
            return set.map(drop);
        }
        sleep(Duration::from_millis(20)).await;
    }
}
