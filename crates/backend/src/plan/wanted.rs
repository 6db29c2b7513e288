//! How a catalog is once a change is made, and what a refusal means to who wanted it.

use iceberg_rest::{
    Client, Error, InvalidName, Namespace, TableIdent, ViewIdent, types::Reference,
};
use model::{
    change::Object,
    error::{AppError, Kind},
    open::Noun,
};

use super::edits::Edits;
use crate::{entity::gone, forms::there};

/// What is changed.
pub enum Item {
    Namespace(Namespace),
    Table(TableIdent),
    View(ViewIdent),
}

pub enum Wanted {
    There(Item),
    Gone(Item),
    /// No longer here, but there.
    Moved(Item, Item),
    Edited(Item, Edits),
    /// A branch or tag that is so, or gone.
    Pointing(TableIdent, String, Option<Reference>),
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
            Self::There(item) => item.is_there(client).await,
            Self::Gone(item) => Ok(!item.is_there(client).await?),
            Self::Moved(from, to) => {
                Ok(to.is_there(client).await? && !from.is_there(client).await?)
            }
            Self::Pointing(table, name, wanted) => {
                Self::points(client, table, name, wanted.as_ref()).await
            }
            Self::Edited(item, edits) => Ok(edits.hold(&item.properties(client).await?)),
        }
    }

    /// In words of what was to be changed.
    pub fn refused(&self, error: AppError, object: &Object, page: String) -> AppError {
        match self {
            Self::There(_) => there(error, object, page),
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
            Self::Gone(_) | Self::Edited(..) | Self::Pointing(..) => gone(error, object),
        }
    }
}
