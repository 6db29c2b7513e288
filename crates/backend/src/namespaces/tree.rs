mod branch;
mod known;

use std::time::Duration;

use branch::{Read, branches};
use iceberg_rest::Namespace;
use known::Insides;
use model::{
    error::AppError,
    names::NameKind,
    namespaces::{Tree, TreeAsk},
    paths::Place,
};
use tokio::time::Instant;

use crate::{
    Session,
    blocking::blocking,
    listing::{ListKind, ListState},
    reading::catalog,
};

/// Lists that one ask may read: an address can open any number of namespaces.
const LISTS: usize = 100;
/// How long lists of objects are waited for; what of them is slow arrives with a later ask.
const ASIDE: Duration = Duration::from_millis(250);

const TOO_MANY: &str = "Not read: too many namespaces are open. Close some";

pub async fn read(session: &Session, place: &Place, ask: &TreeAsk) -> Result<Tree, AppError> {
    let (connection, client) = catalog(session, place).await?;
    let insides = Insides::new(&connection, &client);
    let top = connection.list(&client, ListKind::Namespaces(None), false);
    let at = top.started().into();
    let begin = |kind: NameKind, namespace: &Namespace| {
        let list = ListKind::of(kind, Some(namespace.clone()))?;
        let failed = insides.failed(&list).filter(|_| !session.reloaded());
        let look = match failed {
            None => Ok(connection.list(&client, list, false)),
            Some(error) => Err(error),
        };
        Some((kind, look))
    };
    // All lists are begun before the first is waited for.
    let mut asked = vec![(Vec::new(), vec![(NameKind::Namespaces, Ok(top))], None)];
    let mut left = LISTS;
    for node in &ask.open {
        let (lists, note) = match Namespace::try_new(node) {
            Err(invalid) => (Vec::new(), Some(invalid.to_string())),
            Ok(_) if left < insides.kinds.len() => (Vec::new(), Some(TOO_MANY.to_owned())),
            Ok(namespace) => {
                left -= insides.kinds.len();
                let lists = insides.kinds.iter();
                let lists = lists.filter_map(|kind| begin(*kind, &namespace));
                (lists.collect(), None)
            }
        };
        asked.push((node.clone(), lists, note));
    }
    let deadline = Instant::now() + ASIDE;
    let mut read = Vec::new();
    for (parent, looks, note) in asked {
        let mut lists = Vec::new();
        for (kind, look) in looks {
            let state = match look {
                Ok(look) if kind == NameKind::Namespaces => look.so_far().await,
                Ok(look) => look.by(deadline).await,
                Err(error) => ListState::failed(error),
            };
            lists.push((kind, state));
        }
        read.push(Read {
            parent,
            lists,
            note,
        });
    }
    let ask = ask.clone();
    let branches = blocking(move || branches(&read, &ask, &insides)).await?;
    Ok(Tree { branches, at })
}

#[cfg(test)]
mod tests;
