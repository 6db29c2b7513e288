//! The key that everything hangs on: outside the database, and the keys inside are sealed with it.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sqlx::{AnyConnection, Row};

use crate::{
    Error, audit, random,
    seal::{self, Seals},
};

/// 256 bits, from a file or the environment. A random key costs nothing to write down and cannot be guessed:
/// no passphrase is taken.
pub struct Key(SecretBox<[u8; 32]>);

impl Key {
    /// Of nothing that is kept.
    pub(crate) fn random() -> Result<Self, Error> {
        Ok(Self(SecretBox::new(Box::new(random::bytes()?))))
    }

    /// 32 bytes in base64, as they stand in a file or a variable.
    pub fn parse(text: &SecretString) -> Result<Self, Error> {
        let bytes = STANDARD
            .decode(text.expose_secret().trim())
            .map_err(|_| Error::BadKey)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| Error::BadKey)?;
        // What a template or a disk without content has.
        if bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(Error::BadKey);
        }
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    /// Reads the key at `path`.
    pub fn read(path: &Path) -> Result<Self, Error> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text.into()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::NoKey(path.to_owned())),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(Error::BadKey),
            Err(error) => Err(Error::File(path.to_owned(), error)),
        }
    }

    /// Makes a key and writes it to `path`, which only its owner may read, and where nothing was before.
    pub fn make(path: &Path) -> Result<Self, Error> {
        let failed = |error| Error::File(path.to_owned(), error);
        let bytes = random::bytes::<32>()?;
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(failed)?;
        let text = STANDARD.encode(bytes) + "\n";
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all());
        if let Err(error) = written {
            // Half a key would be in the way of the next try. What went wrong is said, not that this did.
            drop(fs::remove_file(path));
            return Err(failed(error));
        }
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

/// The keys of the store, made at its first opening, together with the beginning of its record.
pub(crate) async fn unsealed(store: &mut AnyConnection, key: &Key) -> Result<Seals, Error> {
    // Of two that begin at once, one is first, and the other waits here for what it makes.
    let first = make(store, key, DATA).await?;
    if first {
        // Of one that held something the keys were taken out.
        let rows = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM people) + (SELECT COUNT(*) FROM audit) + (SELECT COUNT(*) FROM chain)",
        )
        .fetch_one(&mut *store)
        .await?;
        if rows.try_get::<i64, _>(0)? > 0 {
            return Err(Error::Damaged);
        }
        // Nor were they taken out of one that held nothing: that has both.
        if !make(store, key, LINKS).await? {
            return Err(Error::Damaged);
        }
    }
    let seals = Seals::new(
        opened(store, key, DATA).await?,
        opened(store, key, LINKS).await?,
    );
    // Only then: a record whose beginning is gone would begin anew, as if nothing had been there.
    if first {
        audit::begin(store, &seals).await?;
    }
    Ok(seals)
}

/// The key that seals what has to be read again.
const DATA: &str = "data";
/// The key that links the record and binds rows.
const LINKS: &str = "links";

/// `false` where it is there already.
async fn make(store: &mut AnyConnection, key: &Key, id: &str) -> Result<bool, Error> {
    let sealed = seal::seal(key.bytes(), &place(id), &random::bytes::<32>()?)?;
    let made =
        sqlx::query("INSERT INTO keys (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
            .bind(id)
            .bind(sealed)
            .execute(store)
            .await?;
    Ok(made.rows_affected() > 0)
}

async fn opened(store: &mut AnyConnection, key: &Key, id: &str) -> Result<[u8; 32], Error> {
    let row = sqlx::query("SELECT sealed FROM keys WHERE id = $1")
        .bind(id)
        .fetch_one(store)
        .await?;
    let sealed: String = row.try_get(0)?;
    let opened = seal::open(key.bytes(), &place(id), &sealed).map_err(|_| Error::OtherKey)?;
    opened.try_into().map_err(|_| Error::Damaged)
}

/// Where a key stands: table, column and row.
pub(crate) fn place(id: &str) -> [&str; 3] {
    ["keys", "sealed", id]
}
