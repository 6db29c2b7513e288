//! From the top of a warehouse through all that is known of it.

use std::{collections::VecDeque, sync::Arc, time::SystemTime};

use iceberg_rest::{Client, Completeness, ErrorKind, Hint, Namespace};
use model::{error::AppError, names::NameKind, paths::LEVELS, search::What};

use crate::{
    Catalog,
    cache::{About, Grant, Scope},
    listing::{
        ListKind, ListOf,
        known::{Known, known, read_at},
    },
    names::kinds_inside,
};

/// Names of one warehouse that are searched.
pub const NAMES: usize = 200_000;
/// Namespaces of one warehouse whose lists are looked for.
const NAMESPACES: usize = 20_000;

/// Other branches and tags of one warehouse that are searched.
const REFERENCES: usize = 8;

/// A warehouse that is searched, at a branch or tag where it has such.
#[derive(Clone)]
pub struct Within {
    /// `None`: the connection's own.
    pub warehouse: Option<String>,
    /// `None`: the one that is meant without.
    pub reference: Option<String>,
    grant: Grant,
    scope: Scope,
    /// The lists that a namespace has there.
    kinds: Vec<NameKind>,
}

/// Names that stand side by side.
#[derive(Clone)]
pub struct Segment {
    pub parent: Vec<String>,
    pub what: What,
    pub names: Arc<Vec<String>>,
    /// Of each, where its name does not tell.
    pub hrefs: Vec<String>,
}

/// Lists of a namespace that have to be read.
pub struct Due {
    pub lists: Vec<ListKind>,
    /// All were read before.
    pub again: bool,
}

impl Due {
    /// The list of namespaces that everything else hangs on.
    pub fn is_top(&self) -> bool {
        self.lists == [ListKind::Namespaces(None)]
    }
}

/// What is known of a warehouse.
#[derive(Default)]
pub struct Walk {
    pub segments: Vec<Segment>,
    /// Those nearest to the top first.
    pub due: Vec<Due>,
    /// Those that were never read.
    pub unread: usize,
    /// Those that there are, as far as is known.
    pub namespaces: usize,
    /// Those of which everything was read.
    pub read: usize,
    /// Those that this identity may not list.
    pub refused: Vec<String>,
    /// Those that failed, with why.
    pub failed: Vec<String>,
    /// Those of which not all was listed, with why.
    pub cut: Vec<String>,
    /// When the oldest of it was read.
    pub oldest: Option<SystemTime>,
    /// There are more names than are searched.
    pub full: bool,
    names: usize,
}

impl Within {
    pub fn new(catalog: &Catalog, client: &Client, warehouse: Option<String>) -> Self {
        Self {
            warehouse,
            reference: None,
            grant: catalog.grant(About::Content),
            scope: catalog.scope(client.warehouse(), client.reference()),
            kinds: kinds_inside(catalog, client),
        }
    }

    /// The same at other branches and tags, as far as somebody looked at them.
    pub fn elsewhere(&self) -> Vec<Self> {
        let scopes = read_at(self.grant).into_iter();
        let others = scopes.filter(|scope| {
            scope.warehouse == self.scope.warehouse && scope.reference != self.scope.reference
        });
        let at = |scope: Scope| Self {
            reference: scope.reference.clone(),
            scope,
            ..self.clone()
        };
        others.take(REFERENCES).map(at).collect()
    }

    pub fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        let mut queue = VecDeque::from([Vec::new()]);
        while let Some(levels) = queue.pop_front() {
            self.visit(&mut walk, &mut queue, levels);
        }
        walk
    }

    fn visit(&self, walk: &mut Walk, queue: &mut VecDeque<Vec<String>>, levels: Vec<String>) {
        let top = levels.is_empty();
        walk.namespaces += usize::from(!top);
        if walk.namespaces > NAMESPACES || levels.len() > LEVELS {
            walk.full = true;
            return;
        }
        let namespace = match Namespace::try_new(&levels) {
            Ok(namespace) => Some(namespace),
            Err(_) if top => None,
            Err(error) => {
                walk.failed.push(format!("{} ({error})", levels.join(".")));
                return;
            }
        };
        let kinds: &[NameKind] = if top {
            &[NameKind::Namespaces]
        } else {
            &self.kinds
        };
        let (mut lists, mut again, mut whole) = (Vec::new(), true, true);
        for kind in kinds {
            let Some(list) = ListKind::of(*kind, namespace.clone()) else {
                continue;
            };
            let known = known(self.grant, ListOf(self.scope.clone(), list.clone()));
            if known.as_ref().is_none_or(|known| known.is_due()) {
                lists.push(list);
            }
            again &= known.is_some();
            whole &= match known {
                Some(known) => walk.take(&levels, *kind, &known, queue),
                None => false,
            };
        }
        walk.read += usize::from(whole && !top);
        if !lists.is_empty() {
            walk.unread += usize::from(!again);
            walk.due.push(Due { lists, again });
        }
    }
}

impl Walk {
    /// Adds a list; whether nothing of it is missing.
    fn take(
        &mut self,
        levels: &[String],
        kind: NameKind,
        known: &Known,
        queue: &mut VecDeque<Vec<String>>,
    ) -> bool {
        let place = || match levels.is_empty() {
            true => "the list of namespaces".to_owned(),
            false => levels.join("."),
        };
        let complete = match &known.end {
            Ok(Completeness::Complete) => true,
            Ok(Completeness::Capped { reason }) => {
                self.cut
                    .push(format!("{} ({}s: {reason})", place(), kind.noun()));
                false
            }
            // The call is what tells that there is no such list.
            Err(error) if error.kind == ErrorKind::Unsupported => true,
            Err(error) if error.hint() == Some(Hint::OneLevel) => true,
            Err(error) if error.kind == ErrorKind::Forbidden => {
                self.refused.push(format!("{} ({}s)", place(), kind.noun()));
                false
            }
            Err(error) => {
                let why = AppError::from(error.clone());
                self.failed
                    .push(format!("{} ({}s: {})", place(), kind.noun(), why.title()));
                false
            }
        };
        if self.names >= NAMES {
            self.full = true;
            return false;
        }
        self.names += known.names.len();
        let older = self.oldest.is_none_or(|oldest| known.at < oldest);
        self.oldest = if older { Some(known.at) } else { self.oldest };
        if kind == NameKind::Namespaces {
            let left = NAMESPACES.saturating_sub(self.namespaces + queue.len()) + 1;
            queue.extend(
                known
                    .names
                    .iter()
                    .take(left)
                    .map(|name| [levels, std::slice::from_ref(name)].concat()),
            );
        }
        if !known.names.is_empty() {
            self.segments.push(Segment {
                parent: levels.to_vec(),
                what: what(kind),
                names: known.names.clone(),
                hrefs: Vec::new(),
            });
        }
        complete
    }
}

fn what(kind: NameKind) -> What {
    match kind {
        NameKind::Namespaces => What::Namespace,
        NameKind::Tables => What::Table,
        NameKind::Views => What::View,
        NameKind::GenericTables => What::GenericTable,
    }
}
