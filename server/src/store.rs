//! The store, opened as configured, and what is done to it from the command line.

pub mod cli;

use std::{path::Path, time::Duration};

use store::{Error, Key, Place, Store, now};

use crate::{Error as Failed, config};

/// Between two looks for what the record need not hold any more.
const HOUR: Duration = Duration::from_secs(3600);

/// Opens the store. `needed`: somebody signs in, or said where it is; else, where no file can be written, it ends with
/// the process. Its record is copied as configured.
pub async fn open(config: &config::Store, needed: bool) -> Result<Store, Failed> {
    let copies = config.copies()?;
    let store = kept(config, needed).await?;
    Ok(match copies {
        Some(copies) => store.copying(copies),
        None => store,
    })
}

async fn kept(config: &config::Store, needed: bool) -> Result<Store, Error> {
    if let Place::Memory = config.at {
        tracing::warn!(
            "the record of changes is not kept: it ends with this process (name a file with `store`)"
        );
        return Store::memory().await;
    }
    let opened = async {
        let key = key(config)?;
        Store::open(&config.at, &key).await
    };
    match opened.await {
        Err(error @ (Error::File(..) | Error::ReadOnly | Error::Full)) if !needed => {
            tracing::warn!(%error, "the record of changes is not kept: it ends with this process (choose another file with `store`)");
            Store::memory().await
        }
        opened => opened,
    }
}

/// The key as configured; else the one beside the file, which is made with the store.
fn key(config: &config::Store) -> Result<Key, Error> {
    if let Some(text) = &config.key {
        return Key::parse(text);
    }
    let begins = matches!(&config.at, Place::File(file) if is_empty(file));
    if begins && config.key_file.exists() {
        tracing::warn!(key = %config.key_file.display(), "the key of a store is there and its store is not: a new one begins");
    }
    match Key::read(&config.key_file) {
        Err(Error::NoKey(_)) if begins => match Key::make(&config.key_file) {
            // Another one was faster.
            Err(Error::File(..)) if config.key_file.exists() => Key::read(&config.key_file),
            made => made,
        },
        read => read,
    }
}

fn is_empty(file: &Path) -> bool {
    std::fs::metadata(file).map_or(true, |about| about.len() == 0)
}

/// Lets go of what the record need not hold any more, now and then, for ever.
pub async fn retain(store: Store, keep: i64) {
    loop {
        match store.retain(now() - keep).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "rows of the record were let go, as audit_keep says"),
            Err(error) => tracing::warn!(%error, "the record could not be shortened"),
        }
        tokio::time::sleep(HOUR).await;
    }
}
