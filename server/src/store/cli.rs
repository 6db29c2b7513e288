//! `crowsnest user`, `check-store`, `backup` and `rekey`.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
};

use ::sign_in::password::hash;
use backend::{Said, Who, audit};
use clap::{Args, Subcommand};
use model::{format::visible, person::Role};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use secrecy::SecretString;
use store::{
    Key, Place, Store, now,
    people::{LOCAL, Person},
    upkeep::rekey,
};

use super::open;
use crate::{
    Error,
    config::{Config, Mode},
    ready,
    sign_in::named,
};

/// Somebody was not found, or something is wrong.
const FOUND: u8 = 1;

#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Add, list and change people who sign in with a password
    #[command(subcommand)]
    User(User),
    /// Look whether the store is whole, and the record unchanged
    CheckStore,
    /// Write a copy of the store's file, also while it is in use
    Backup(Backup),
    /// Seal the store with another key: stop Crowsnest first, and start it with the new one
    Rekey(Rekey),
}

#[derive(Clone, Debug, Subcommand)]
pub enum User {
    /// Add somebody; the password is asked for, or read from standard input
    Add {
        /// What they sign in with
        name: String,
        /// viewer, editor or admin
        #[arg(long, default_value = "viewer", value_parser = role)]
        role: Role,
    },
    /// List everybody
    List,
    /// Give somebody another password, and end their sessions
    Password {
        /// Who
        name: String,
    },
    /// Give somebody another role, and end their sessions
    Role {
        /// Who
        name: String,
        /// viewer, editor or admin
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Let somebody in no more: their sessions and tokens end
    Disable {
        /// Who
        name: String,
    },
    /// Let somebody in again
    Enable {
        /// Who
        name: String,
    },
}

#[derive(Clone, Debug, Args)]
pub struct Backup {
    /// Where to; nothing may be there
    to: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub struct Rekey {
    /// The new key: a file with 32 bytes in base64; made where there is none
    #[arg(long, value_name = "FILE")]
    new_key_file: PathBuf,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "a role is viewer, editor or admin".into())
}

/// What came of it, for people, and the exit code.
type Told = Result<(String, u8), String>;

/// Runs a command, says what came of it, and gives the exit code.
pub fn run(command: &Command, config: &Config) -> Result<u8, Error> {
    Ok(crate::single()?.block_on(ran(command, config)))
}

async fn ran(command: &Command, config: &Config) -> u8 {
    let (text, code) = match told(command, config).await {
        Ok(told) => told,
        Err(error) => (format!("crowsnest: {error}"), FOUND),
    };
    match code {
        0 => println!("{text}"),
        _ => eprintln!("{text}"),
    }
    code
}

async fn told(command: &Command, config: &Config) -> Told {
    let opened = async || {
        let opened = open(&config.store, true).await;
        opened.map_err(|error| error.to_string())
    };
    match command {
        Command::User(user) => change(user, &opened().await?, config).await,
        Command::CheckStore => {
            there(&config.store.at)?;
            check(&opened().await?, config).await
        }
        Command::Backup(command) => {
            there(&config.store.at)?;
            backup(&opened().await?, command, config).await
        }
        Command::Rekey(command) => new_key(command, config).await,
    }
}

/// What looks at a store makes none.
fn there(at: &Place) -> Result<(), String> {
    match at {
        Place::File(file) if !file.exists() => {
            Err(format!("there is no store at {}", file.display()))
        }
        _ => Ok(()),
    }
}

async fn check(store: &Store, config: &Config) -> Told {
    let report = store
        .check(&config.store.at)
        .await
        .map_err(|error| error.to_string())?;
    let rows = report.chain.rows;
    if let Some(said) = &report.database {
        return Ok((
            format!("The database says that it is damaged: {said}"),
            FOUND,
        ));
    }
    let mut told = match report.chain.broken_at {
        None => format!(
            "The file of the store is whole. Its record has {rows} rows, each linked to the one before."
        ),
        Some(row) => format!(
            "The record was changed from outside at row {row}: it, or one before it, was changed, taken out or put in. The {rows} rows before are as they were written."
        ),
    };
    if !report.changed.is_empty() {
        let names: Vec<_> = report.changed.iter().map(|name| visible(name)).collect();
        told += &format!(
            " What is stored of these was changed from outside, and they come in no more: {}. Look at how, then let people in again with crowsnest user enable, which takes role and password from them, and give both anew.",
            names.join(", ")
        );
    }
    Ok((told, if report.is_well() { 0 } else { FOUND }))
}

async fn backup(store: &Store, command: &Backup, config: &Config) -> Told {
    if let store::Place::Postgres(_) = config.store.at {
        return Err("this store is a PostgreSQL: back it up with pg_dump".into());
    }
    store
        .backup(&command.to)
        .await
        .map_err(|error| error.to_string())?;
    let key = config.store.key_file.display();
    let to = command.to.display();
    Ok((
        format!(
            "{to} holds a copy. Keep its key elsewhere ({key}, unless store_key is set): without it the copy cannot be opened, and with it everything can be read."
        ),
        0,
    ))
}

async fn new_key(command: &Rekey, config: &Config) -> Told {
    there(&config.store.at)?;
    if ready::runs(config.server.metrics_listen) {
        return Err("A Crowsnest runs with these settings, and goes on with the old key: stop it first, and every other that has this store.".into());
    }
    let said = |error: store::Error| error.to_string();
    let old = super::key(&config.store).map_err(said)?;
    let path = &command.new_key_file;
    let new = match path.exists() {
        true => Key::read(path),
        false => Key::make(path),
    };
    rekey(&config.store.at, &old, &new.map_err(said)?)
        .await
        .map_err(said)?;
    Ok((
        format!(
            "The store is sealed with the key in {}. Name it in store_key_file, or put it in the place of {}.",
            path.display(),
            config.store.key_file.display()
        ),
        0,
    ))
}

async fn change(user: &User, store: &Store, config: &Config) -> Told {
    let said = |error: store::Error| error.to_string();
    let of = async |name: &str| {
        let mut called = store.called(name).await.map_err(said)?;
        match (called.pop(), called.len()) {
            (None, _) => Err(format!("nobody is called {name} (crowsnest user list)")),
            (Some(person), 0) => Ok(person),
            (Some(_), others) => Err(format!(
                "{} are called {name}: say which by the id that crowsnest user list has",
                others + 1
            )),
        }
    };
    let who = who();
    let told = match user {
        User::List => return list(store).await,
        User::Add { name, role } => {
            let name = named(name).map_err(|error| error.message)?;
            let hash = hash(&password(&name)?, &name).map_err(|error| error.to_string())?;
            let says = format!("As {}.", role.word());
            let adding = store.add(&name, role.word(), &hash, now());
            match audit::doing(store, &who, "user_created", &name, &says, adding).await {
                Err(store::Error::Taken) => {
                    return Err(format!(
                        "somebody is called {name} already (crowsnest user password {name} gives another password)"
                    ));
                }
                other => drop(other.map_err(said)?),
            }
            let hint = match config.sign_in.mode {
                Mode::Password => "",
                _ => " Nobody signs in with a password yet: set sign_in = \"password\".",
            };
            format!("{name} may sign in as {}.{hint}", role.word())
        }
        User::Password { name } => {
            let person = of(name).await?;
            let hash = hash(&password(name)?, name).map_err(|error| error.to_string())?;
            let (event, says) = ("authn_password_change", "Sessions and tokens end.");
            let setting = store.set_password(&person.id, &hash);
            let set = audit::doing(store, &who, event, &person.name, says, setting);
            set.await.map_err(said)?;
            "The new password holds; sessions and tokens have ended.".into()
        }
        User::Role { name, role } => {
            let (person, word) = (of(name).await?, role.word());
            let event = "privilege_permissions_changed";
            let says = format!("From {} to {word}.", person.role);
            let setting = store.set_role(&person.id, word);
            let set = audit::doing(store, &who, event, &person.name, &says, setting);
            set.await.map_err(said)?;
            format!("{name} is {word} from now on; sessions have ended.")
        }
        User::Disable { name } => {
            let person = of(name).await?;
            let disabling = store.disable(&person.id, true);
            let done = audit::doing(store, &who, "user_disabled", &person.name, "", disabling);
            done.await.map_err(said)?;
            format!("{name} cannot come in; sessions and tokens have ended.")
        }
        User::Enable { name } => {
            let person = of(name).await?;
            let enabling = store.disable(&person.id, false);
            let done = audit::doing(store, &who, "user_enabled", &person.name, "", enabling);
            done.await.map_err(said)?;
            format!("{name} may sign in again.")
        }
    };
    Ok((told, 0))
}

/// Whoever may run commands where the store is.
fn who() -> Who {
    let word = "command line".to_owned();
    Who::new(Said {
        id: "local".into(),
        name: word.clone(),
        issuer: "local".into(),
        subject: word,
        role: Some(Role::Admin),
        ..Said::default()
    })
}

async fn list(store: &Store) -> Told {
    let people = store
        .people(10_000)
        .await
        .map_err(|error| error.to_string())?;
    let line = |person: &Person| {
        let from = if person.issuer == LOCAL {
            "password"
        } else {
            &person.issuer
        };
        let disabled = if person.disabled { "  disabled" } else { "" };
        format!("{:<24} {:<8} {from}{disabled}", person.name, person.role)
    };
    let lines: Vec<String> = people.iter().map(line).collect();
    Ok(match lines.is_empty() {
        true => ("Nobody yet: crowsnest user add NAME --role admin".into(), 0),
        false => (lines.join("\n"), 0),
    })
}

/// From the terminal, where it is not shown, or the first line of standard input.
fn password(name: &str) -> Result<SecretString, String> {
    let failed = |error: io::Error| format!("the password could not be read: {error}");
    let mut line = String::new();
    let input = io::stdin();
    if !input.is_terminal() {
        input.lock().read_line(&mut line).map_err(failed)?;
        return Ok(line.trim_end_matches(['\r', '\n']).into());
    }
    eprint!("Password for {name} (at least 15 characters): ");
    io::stderr().flush().map_err(failed)?;
    let before = tcgetattr(&input).map_err(|error| failed(error.into()))?;
    let mut quiet = before.clone();
    quiet.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&input, OptionalActions::Now, &quiet).map_err(|error| failed(error.into()))?;
    let read = input.lock().read_line(&mut line);
    tcsetattr(&input, OptionalActions::Now, &before).map_err(|error| failed(error.into()))?;
    eprintln!();
    read.map_err(failed)?;
    Ok(line.trim_end_matches(['\r', '\n']).into())
}
