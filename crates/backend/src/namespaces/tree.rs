use iceberg_rest::{Completeness, Hint, Namespace};
use model::{
    error::AppError,
    format::counted,
    namespaces::{Branch, Tree, TreeAsk},
    paths::Place,
};

use crate::{
    Session,
    blocking::blocking,
    listing::{ListKind, Look},
    reading::catalog,
};

/// Branches that one ask may open: an address can name any number.
const MOST: usize = 100;
/// Lines of the tree: each repeats the address, which says what is open.
const LINES: usize = 1_000;

pub async fn read(session: &Session, place: &Place, ask: &TreeAsk) -> Result<Tree, AppError> {
    let (connection, client) = catalog(session, place).await?;
    let nested = client.dialect().profile().nested;
    let top = connection.list(&client, ListKind::Namespaces(None), false);
    let at = top.started().into();
    // All lists are begun before the first is waited for.
    let mut lists = vec![(Vec::new(), top)];
    for node in ask.open.iter().filter(|_| nested).take(MOST) {
        if let Ok(parent) = Namespace::try_new(node) {
            let kind = ListKind::Namespaces(Some(parent));
            lists.push((node.clone(), connection.list(&client, kind, false)));
        }
    }
    let mut branches = Vec::new();
    for (parent, list) in lists {
        branches.push(branch(parent, &list, ask.clone()).await?);
    }
    let mut left = LINES;
    for branch in &mut branches {
        cut(branch, left);
        left -= branch.names.len();
    }
    Ok(Tree {
        nested,
        branches,
        at,
    })
}

fn cut(branch: &mut Branch, left: usize) {
    if branch.names.len() <= left {
        return;
    }
    branch.names.truncate(left);
    branch.more = 0;
    branch.partial = true;
    branch.note = Some(format!(
        "The tree has at most {}. Type a part of a name to find others.",
        counted(LINES, "line")
    ));
}

async fn branch(parent: Vec<String>, list: &Look, ask: TreeAsk) -> Result<Branch, AppError> {
    let state = list.so_far().await;
    let names = state.names.clone();
    let mut branch = blocking(move || Branch::new(&parent, &names, &ask)).await?;
    match state.end {
        Some(Ok(Completeness::Complete)) => {}
        Some(Ok(Completeness::Capped { reason })) => {
            branch.note = Some(format!(
                "{} or more. {reason}",
                counted(state.names.len(), "namespace")
            ));
            branch.partial = true;
        }
        Some(Err(error)) if error.hint() == Some(Hint::OneLevel) => {
            branch.note = Some("This catalog has one level of namespaces".to_owned());
        }
        Some(Err(error)) => {
            branch.problem = Some(error.into());
            branch.partial = true;
        }
        None => {
            branch.note = Some(match state.begun {
                true => format!("{} so far", counted(state.names.len(), "namespace")),
                false => "Waiting: other lists of this connection are read first".to_owned(),
            });
            branch.arriving = true;
            branch.partial = true;
        }
    }
    Ok(branch)
}
