use iceberg_rest::{
    Client, Completeness, Error, ErrorKind, Hint, Namespace, Operation, capability,
};
use model::{format, names::NameKind, section::Offer};

use crate::{
    Catalog,
    cache::{About, Grant, Scope},
    listing::known::known,
    listing::{ListKind, ListOf},
    names::{generic_tables, kinds_inside},
};

/// What is known of namespaces without asking.
pub struct Insides {
    grant: Grant,
    scope: Scope,
    /// The lists that a namespace has.
    pub kinds: Vec<NameKind>,
    /// An empty list says nothing there.
    hides: bool,
}

impl Insides {
    pub fn new(connection: &Catalog, client: &Client) -> Self {
        let mut kinds = kinds_inside(connection, client);
        if generic_tables(connection, client) != Offer::Yes {
            kinds.retain(|kind| *kind != NameKind::GenericTables);
        }
        Self {
            kinds,
            grant: connection.grant(About::Content),
            scope: connection.scope(client.warehouse(), client.reference()),
            hides: client.hides(),
        }
    }

    /// Why a list could not be read a moment ago: it is not asked for again with each look at the tree.
    pub fn failed(&self, list: &ListKind) -> Option<Error> {
        let known = known(self.grant, ListOf(self.scope.clone(), list.clone()))?;
        (!known.is_due()).then(|| known.end.clone().err())?
    }

    /// How much is in a namespace: `0`, `230`, `230+`; `None` where nothing was seen.
    pub fn count(&self, node: &[String]) -> Option<String> {
        let namespace = Namespace::try_new(node).ok()?;
        let (mut total, mut whole) = (0, true);
        for kind in &self.kinds {
            let list = ListKind::of(*kind, Some(namespace.clone()))?;
            let known = known(self.grant, ListOf(self.scope.clone(), list));
            let known = known.filter(|known| known.end.is_err() || !known.is_due());
            total += known.as_ref().map_or(0, |known| known.names.len());
            whole &= known.is_some_and(|known| match &known.end {
                Ok(end) => *end == Completeness::Complete,
                Err(error) => is_absent(*kind, error),
            });
        }
        match (total, whole) {
            (0, _) => (whole && !self.hides).then(|| "0".to_owned()),
            (_, true) => Some(format::count(total)),
            (_, false) => Some(format!("{}+", format::count(total))),
        }
    }
}

/// The call told that the server has no such lists at all.
pub fn is_absent(kind: NameKind, error: &Error) -> bool {
    match kind {
        NameKind::Namespaces => error.hint() == Some(Hint::OneLevel),
        NameKind::Tables => false,
        NameKind::Views | NameKind::GenericTables => {
            error.kind == ErrorKind::Unsupported
                && capability::refusal(Operation::ListViews, error).is_some()
        }
    }
}
