//! How a catalog is once a change is made, and what a refusal means to who wanted it.

use std::collections::BTreeMap;

use futures_util::{StreamExt, TryStreamExt, stream};
use iceberg_rest::{Client, Error, InvalidName, Namespace, SnapshotsMode, TableIdent, ViewIdent};
use model::{
    change::Object,
    error::{AppError, Kind},
    open::Noun,
};

use super::{
    AT_ONCE, edits::Edits, layout::LaidOut, register::is_at, table::Holds, tables::Made,
    views::Said,
};
use crate::{entity::gone, forms::there};

/// What is changed.
pub enum Item {
    Namespace(Namespace),
    Table(TableIdent),
    View(ViewIdent),
}

pub enum Wanted {
    /// A new namespace with these properties, whatever the catalog gives it besides.
    Namespace(Namespace, BTreeMap<String, String>),
    /// A new table, as it was to be.
    Made(TableIdent, Box<Made>),
    /// A table as this metadata file tells it.
    Registered(TableIdent, String),
    Gone(Item),
    /// No longer here, but there, where it has a UUID as the one that has it.
    Moved(Item, Item, Option<String>),
    Edited(Item, Edits),
    /// A view whose current version says this.
    Saying(ViewIdent, Said),
    /// A table that is so, which these snapshots tell.
    Holding(TableIdent, SnapshotsMode, Holds),
    /// Partitioned and sorted by these fields.
    LaidOut(TableIdent, Box<LaidOut>),
    /// Each of them.
    All(Vec<Wanted>),
}

impl Item {
    /// A table or a view of this name.
    pub fn named(namespace: Namespace, noun: Noun, name: &str) -> Result<Self, InvalidName> {
        Ok(match noun {
            Noun::View => Self::View(ViewIdent::try_new(namespace, name)?),
            _ => Self::Table(TableIdent::try_new(namespace, name)?),
        })
    }

    pub async fn is_there(&self, client: &Client) -> Result<bool, Error> {
        match self {
            Self::Namespace(namespace) => client.namespace_exists(namespace).await,
            Self::Table(table) => client.table_exists(table).await,
            Self::View(view) => client.view_exists(view).await,
        }
    }
}

impl Wanted {
    /// Whether it is so now.
    pub async fn is_so(&self, client: &Client) -> Result<bool, Error> {
        match self {
            Self::Namespace(namespace, given) => {
                if !client.namespace_exists(namespace).await? {
                    return Ok(false);
                }
                let now = client.load_namespace(namespace).await?.properties;
                Ok(given.iter().all(|(key, value)| now.get(key) == Some(value)))
            }
            Self::Made(table, made) => made.is_so(client, table).await,
            Self::Registered(table, file) => is_at(client, table, file).await,
            Self::Gone(item) => Ok(!item.is_there(client).await?),
            Self::Moved(from, to, uuid) => {
                if !to.is_there(client).await? || from.is_there(client).await? {
                    return Ok(false);
                }
                Ok(uuid.is_none() || to.state(client).await?.0 == *uuid)
            }
            Self::Saying(view, said) => {
                let now = client.load_view(view).await?.metadata;
                Ok(Said::of(&now).as_ref() == Some(said))
            }
            Self::Holding(table, snapshots, holds) => {
                Self::holds(client, table, *snapshots, holds).await
            }
            Self::LaidOut(table, wanted) => wanted.is_so(client, table).await,
            Self::Edited(item, edits) => Ok(edits.hold(&item.properties(client).await?)),
            Self::All(all) => {
                let asked: Vec<_> = all.iter().map(|one| Box::pin(one.is_so(client))).collect();
                let told = stream::iter(asked).buffered(AT_ONCE);
                let told: Vec<bool> = told.try_collect().await?;
                Ok(told.into_iter().all(|is_so| is_so))
            }
        }
    }

    /// In words of what was to be changed.
    pub fn refused(&self, error: AppError, object: &Object, page: String) -> AppError {
        match self {
            Self::Namespace(..) | Self::Made(..) | Self::Registered(..) => there(error, object, page),
            Self::Moved(..) => match error.kind {
                // Lakekeeper says so where the new name is taken, and of what this identity may not change.
                Kind::NotFound => error.hint(
                    "It may be gone, or its new name was taken meanwhile; some catalogs also answer so where a right is missing.",
                ),
                Kind::Conflict => {
                    error.hint("A table or a view may have the new name: choose another one.")
                }
                _ => error,
            },
            Self::All(_) => error,
            Self::Gone(_)
            | Self::Edited(..)
            | Self::Saying(..)
            | Self::Holding(..)
            | Self::LaidOut(..) => gone(error, object),
        }
    }
}
