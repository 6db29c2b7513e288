//! What Crowsnest is told: a file, below the environment, below the flags.

mod auth;
mod aws;
mod browser;
mod connection;
mod entry;
mod env;
mod error;
mod file;
mod flags;
pub(crate) mod keys;
mod print;
mod secret;
mod server;
mod sign_in;
mod store;
mod suggest;
mod time;
mod warnings;

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use backend::Spec;

pub use browser::browser;
pub use env::Variables;
pub use error::Error;
pub use flags::{Command, Flags};
pub use server::{LogFormat, Server};
pub use sign_in::{Mode, SignIn};
pub use store::Store;

use entry::Entries;
use env::Environment;
use error::Place;
use file::File;

/// The settings of all layers, merged and not yet understood.
pub struct Settings {
    server: Entries,
    connections: Vec<Entries>,
    providers: Vec<Entries>,
}

/// Everything that a run needs to know.
pub struct Config {
    pub server: Server,
    pub sign_in: SignIn,
    pub store: Store,
    /// In the order of the file, then those of the environment alone, by name.
    pub connections: Vec<Spec>,
    /// Start the sample catalogs, whatever else there is.
    pub sample: bool,
    /// Open the console in the browser.
    pub open: bool,
    /// What `--print-config` shows.
    pub printed: String,
    /// What works and should not stay so.
    pub warnings: Vec<String>,
}

impl Config {
    pub fn load(flags: &Flags, variables: &Variables) -> Result<Self, Error> {
        let file = read_file(flags, variables)?;
        Self::merge(flags, file, variables)
    }

    fn merge(flags: &Flags, file: File, variables: &Variables) -> Result<Self, Error> {
        let settings = Settings::merge(flags, file, Environment::parse(variables)?)?;
        let connections = settings
            .connections
            .iter()
            .map(|entries| connection::read(entries, variables))
            .collect::<Result<Vec<_>, _>>()?;
        connection::refuse_duplicates("connection", &settings.connections)?;
        connection::refuse_duplicates("provider", &settings.providers)?;
        let sign_in = SignIn::read(&settings.server, &settings.providers, variables)?;
        let server = Server::read(&settings.server, flags.allow_remote, sign_in.mode)?;
        Ok(Self {
            warnings: warnings::warnings(&settings, &sign_in, &server, &connections),
            server,
            store: Store::read(&settings.server, variables, sign_in.mode)?,
            sign_in,
            sample: flags.sample,
            open: flags.open,
            connections,
            printed: print::print(&settings),
        })
    }
}

impl Settings {
    fn merge(flags: &Flags, file: File, environment: Environment) -> Result<Self, Error> {
        let mut server = server::defaults(io::stderr().is_terminal());
        server.overlay(file.server);
        server.overlay(environment.server);
        if let Some(listen) = &flags.listen {
            server.insert(
                "listen",
                entry::Entry::text(listen, Place::Flag("--listen")),
            );
        }
        let mut connections = Vec::new();
        for (place, entries) in file.connections {
            if entries.text("name").is_none() {
                return Err(Error::at(&place, "this connection has no name"));
            }
            connections.push(entries);
        }
        for (id, above) in environment.connections {
            let mut named = connections
                .iter_mut()
                .filter(|entries| entries.text("name").is_some_and(|name| env::id(name) == id));
            match (named.next(), named.next()) {
                (Some(entries), None) => entries.overlay(above),
                (Some(_), Some(_)) => {
                    return Err(Error::new(format_args!(
                        "CROWSNEST_CONNECTION_{id}_… may mean more than one connection of the file: rename one of them"
                    )));
                }
                (None, _) => {
                    let place = Place::Variable(format!("CROWSNEST_CONNECTION_{id}_…"));
                    let mut entries = Entries::default();
                    entries.insert("name", entry::Entry::text(&id.to_lowercase(), place));
                    entries.overlay(above);
                    connections.push(entries);
                }
            }
        }
        let providers = file.providers.into_iter();
        let named = |(place, entries): (Place, Entries)| match entries.text("name") {
            Some(_) => Ok(entries),
            None => Err(Error::at(&place, "this provider has no name")),
        };
        Ok(Self {
            server,
            connections,
            providers: providers.map(named).collect::<Result<_, _>>()?,
        })
    }
}

/// The file that `--config` or `CROWSNEST_CONFIG` names must be there; the default ones may be.
fn read_file(flags: &Flags, variables: &Variables) -> Result<File, Error> {
    let named = flags.config.clone().or_else(|| {
        variables
            .get(env::CONFIG)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    });
    let path = match named {
        Some(path) => path,
        None => match default_files(variables)
            .into_iter()
            .find(|path| path.is_file())
        {
            Some(path) => path,
            None => return Ok(File::default()),
        },
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Error::new(format_args!("{}: cannot be read: {error}", path.display())))?;
    File::parse(&path, &text)
}

fn default_files(variables: &Variables) -> Vec<PathBuf> {
    let set = |name| variables.get(name).filter(|value| !value.is_empty());
    let folder = set("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| Path::new(home).join(".config")));
    let mut files = vec![PathBuf::from("crowsnest.toml")];
    files.extend(folder.map(|folder| folder.join("crowsnest/crowsnest.toml")));
    files
}
