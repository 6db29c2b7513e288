//! What Crowsnest keeps, and where, as configured.

use std::{
    fs::metadata,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf, absolute},
};

use backend::audit::export::copied;
use secrecy::{ExposeSecret, SecretString};
use store::{Place as At, copies::Copies};

use super::{
    Mode,
    entry::Entries,
    env::Variables,
    error::{Error, Place},
    secret,
    sign_in::span,
};

/// Where Crowsnest keeps what it keeps, and its key.
pub struct Store {
    pub at: At,
    /// Somebody said where.
    pub told: bool,
    pub key: Option<SecretString>,
    /// Beside the file of SQLite.
    pub key_file: PathBuf,
    /// How long the record goes back, in ms.
    pub audit_keep: Option<i64>,
    /// Where the record is copied to, each with its setting's place.
    pub audit_file: Option<(PathBuf, Place)>,
    pub audit_syslog: Option<(String, Place)>,
}

impl Store {
    pub fn read(server: &Entries, variables: &Variables, mode: Mode) -> Result<Self, Error> {
        let told = server.text("store").map(PathBuf::from);
        let file = told.or_else(|| Some(folder(variables)?.join("crowsnest.db")));
        let url = secret::read(server, variables, "database_url")?.or_else(|| {
            let url = variables.get("DATABASE_URL").filter(|url| !url.is_empty());
            url.map(|url| url.as_str().into())
        });
        if let Some(url) = &url
            && !url.expose_secret().starts_with("postgres://")
            && !url.expose_secret().starts_with("postgresql://")
        {
            return Err(server.error("database_url", "not the address of a PostgreSQL such as postgres://crowsnest@db.example.com/crowsnest; for a file of SQLite use `store`"));
        }
        if mode != Mode::Local && file.is_none() && url.is_none() {
            return Err(server.error(
                "sign_in",
                "there is no folder to keep people in: name a file with `store`",
            ));
        }
        let key = secret::read(server, variables, "store_key")?;
        if url.is_some() && key.is_none() {
            return Err(Error::new(
                "PostgreSQL keeps what is sealed with a key that must not be in it: set store_key_file or store_key_env (32 random bytes in base64: `openssl rand -base64 32`)",
            ));
        }
        Ok(Self {
            told: url.is_some() || server.text("store").is_some(),
            key_file: file.clone().unwrap_or_default().with_extension("key"),
            at: match (url, file) {
                (Some(url), _) => At::Postgres(url),
                (None, Some(file)) => At::File(file),
                (None, None) => At::Memory,
            },
            key,
            audit_keep: server.parse("audit_keep", span)?,
            audit_file: placed(server, "audit_file").map(|(path, place)| (path.into(), place)),
            audit_syslog: placed(server, "audit_syslog"),
        })
    }

    /// Files that nothing else may be written to.
    fn own(&self) -> impl Iterator<Item = &Path> {
        let file = match &self.at {
            At::File(file) => Some(file.as_path()),
            At::Memory | At::Postgres(_) => None,
        };
        [Some(self.key_file.as_path()), file].into_iter().flatten()
    }

    /// Where the record is copied to, opened; `None` where nowhere. Fails where a file or syslog cannot be written to.
    pub fn copies(&self) -> Result<Option<Copies>, Error> {
        let mut copies = Copies::new(copied);
        if let Some((path, place)) = &self.audit_file {
            if self.own().any(|own| is_same(path, own)) {
                let why = format_args!(
                    "the record cannot be copied to {}, which is the store's own file: name another",
                    path.display()
                );
                return Err(Error::at(place, why));
            }
            copies = copies.file(path).map_err(|error| {
                let why = format_args!(
                    "the record cannot be copied to {}: {error}; make its folder, and let Crowsnest write there",
                    path.display()
                );
                Error::at(place, why)
            })?;
        }
        if let Some((to, place)) = &self.audit_syslog {
            copies = copies.syslog(to).map_err(|error| {
                let why = format_args!(
                    "the record cannot be copied to {to}: {error}; syslog is a socket such as /dev/log, or an address such as udp://10.0.0.5:514"
                );
                Error::at(place, why)
            })?;
        }
        let nowhere = self.audit_file.is_none() && self.audit_syslog.is_none();
        Ok((!nowhere).then_some(copies))
    }
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path| absolute(path).ok();
    let file = |path| metadata(path).ok().map(|file| (file.dev(), file.ino()));
    whole(one) == whole(other) || file(one).is_some_and(|one| file(other) == Some(one))
}

/// A text, and where it was written.
fn placed(entries: &Entries, name: &str) -> Option<(String, Place)> {
    let place = entries.get(name)?.place.clone();
    Some((entries.text(name)?.to_owned(), place))
}

/// Where a program keeps what it keeps of a person; `None` of one who has no home.
fn folder(variables: &Variables) -> Option<PathBuf> {
    let set = |name| variables.get(name).filter(|value| !value.is_empty());
    let home = || set("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let data = set("XDG_DATA_HOME").map(PathBuf::from).or_else(home);
    Some(data?.join("crowsnest"))
}
