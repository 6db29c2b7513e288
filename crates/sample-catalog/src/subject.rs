//! What a write is about, as its path and its body name it.

use serde::Deserialize;

use crate::{
    ask::Ask,
    ident::{Ident, Namespace},
    operation::{Call, Operation::*},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Namespace(Namespace),
    Table(Ident),
    View(Ident),
}

/// The body of what is made in a namespace.
#[derive(Deserialize)]
pub(crate) struct Named {
    pub name: String,
}

#[derive(Deserialize)]
pub(crate) struct NewNamespace {
    pub namespace: Namespace,
}

#[derive(Deserialize)]
pub(crate) struct Rename {
    pub source: Ident,
    pub destination: Ident,
}

/// Which tables a transaction changes.
#[derive(Deserialize)]
pub(crate) struct Transaction {
    #[serde(rename = "table-changes")]
    pub changes: Vec<Change>,
}

#[derive(Deserialize)]
pub(crate) struct Change {
    pub identifier: Ident,
}

/// Each once, in the order of the request; none for a read, or where the body cannot be read.
pub(crate) fn subjects(ask: &Ask, call: &Call) -> Vec<Subject> {
    let named = || {
        let Named { name } = ask.json().ok()?;
        let namespace = call.namespace.clone();
        Some(Ident { namespace, name })
    };
    let both = |of: fn(Ident) -> Subject| {
        let rename: Option<Rename> = ask.json().ok();
        let ends = rename.map(|rename| vec![of(rename.source), of(rename.destination)]);
        ends.unwrap_or_default()
    };
    match call.operation {
        CreateNamespace => {
            let new: Option<NewNamespace> = ask.json().ok();
            new.map(|new| Subject::Namespace(new.namespace))
                .into_iter()
                .collect()
        }
        DropNamespace | UpdateProperties => vec![Subject::Namespace(call.namespace.clone())],
        CreateTable | RegisterTable => named().map(Subject::Table).into_iter().collect(),
        CreateView | RegisterView => named().map(Subject::View).into_iter().collect(),
        CommitTable | DropTable => vec![Subject::Table(call.ident())],
        ReplaceView | DropView => vec![Subject::View(call.ident())],
        RenameTable => both(Subject::Table),
        RenameView => both(Subject::View),
        CommitTransaction => {
            let transaction: Option<Transaction> = ask.json().ok();
            let changes = transaction.map(|one| one.changes).unwrap_or_default();
            let tables: indexmap::IndexSet<Ident> =
                changes.into_iter().map(|one| one.identifier).collect();
            tables.into_iter().map(Subject::Table).collect()
        }
        ListNamespaces | LoadNamespace | NamespaceExists | ListTables | LoadTable | TableExists
        | ReportMetrics | LoadCredentials | ListViews | LoadView | ViewExists => Vec::new(),
    }
}
