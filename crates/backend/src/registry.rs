//! The connections of this console, which come and go while it runs.

use std::{
    mem,
    sync::{Arc, PoisonError, RwLock, RwLockWriteGuard},
};

use iceberg_rest::{Auth, Error, Http, http_client};
use model::error::AppError;
use store::Store;
use tokio::runtime::Handle;

use crate::{Catalog, Spec, Ways, Who, outbound::options, personal::People, spec::Origin};

/// Cheap to clone: clones are the same registry.
#[derive(Clone)]
pub struct Registry(Arc<Shared>);

struct Shared {
    http: Http,
    store: Option<Store>,
    ways: Arc<Ways>,
    people: People,
    state: RwLock<State>,
}

#[derive(Default)]
struct State {
    connections: Connections,
    /// Where connections are looked at, once they are.
    watching: Option<Handle>,
}

/// The connections as they were at one moment, in order: what a request goes by from its beginning to
/// its end.
#[derive(Clone, Default)]
pub struct Connections(Arc<[Arc<Catalog>]>);

impl Registry {
    /// Without a connection. Changes are recorded in the store, where there is one.
    pub fn new(store: Option<Store>, ways: Ways) -> Result<Self, Error> {
        Ok(Self(Arc::new(Shared {
            http: http_client(options(Origin::File))?,
            store,
            ways: Arc::new(ways),
            people: People::default(),
            state: RwLock::default(),
        })))
    }

    /// What Crowsnest keeps.
    pub fn store(&self) -> Option<&Store> {
        self.0.store.as_ref()
    }

    /// How people come in.
    pub fn ways(&self) -> Arc<Ways> {
        self.0.ways.clone()
    }

    /// Connections called as somebody.
    pub(crate) fn people(&self) -> &People {
        &self.0.people
    }

    /// A connection called as a person. What is remembered of forms and changes is the connection's.
    pub(crate) fn call(
        &self,
        shared: &Catalog,
        identity: Auth,
        person: &str,
    ) -> Result<Catalog, AppError> {
        let (spec, changes) = (shared.spec.clone(), shared.changes.clone());
        let store = self.0.store.clone();
        let (person, http) = (Some(person.to_owned()), shared.http.clone());
        let provider = &self.0.http;
        Ok(Catalog::new(
            spec, identity, person, http, provider, changes, store,
        )?)
    }

    /// The connections as they are now.
    pub fn now(&self) -> Connections {
        let state = self.0.state.read().unwrap_or_else(PoisonError::into_inner);
        state.connections.clone()
    }

    /// Whether a connection can be called so. Calls nobody.
    pub fn accepts(&self, spec: Spec) -> Result<(), Error> {
        let shared = &self.0.http;
        let http = spec.way_out(shared)?;
        spec.server(spec.auth.clone(), None, http, shared).map(drop)
    }

    /// Adds a connection at the end, or puts it in the place of the one of its name: nobody joins or is
    /// shown what was read through that, but a form that was sent to the same server is not done again.
    /// Calls nobody; fails where the specification cannot be used.
    pub fn put(&self, spec: Spec) -> Result<(), Error> {
        let before = self.now().named(&spec.name).ok();
        let before = before.filter(|before| before.spec.url == spec.url);
        let changes = before.map(|before| before.changes.clone());
        let identity = spec.auth.clone();
        let (spec, changes) = (Arc::new(spec), changes.unwrap_or_default());
        let (store, shared) = (self.0.store.clone(), &self.0.http);
        let http = spec.way_out(shared)?;
        let catalog = Catalog::new(spec, identity, None, http, shared, changes, store)?;
        let catalog = Arc::new(catalog);
        let mut state = self.change();
        let mut connections = state.connections.0.to_vec();
        let same = |other: &Arc<Catalog>| other.spec.name == catalog.spec.name;
        let replaced = match connections.iter().position(same) {
            Some(at) => Some(mem::replace(&mut connections[at], catalog.clone())),
            None => {
                connections.push(catalog.clone());
                None
            }
        };
        state.connections = Connections(connections.into());
        if let Some(runtime) = state.watching.as_ref().filter(|_| !catalog.is_personal()) {
            runtime.spawn(catalog.watch());
        }
        drop(state);
        if let Some(replaced) = replaced {
            replaced.end();
        }
        Ok(())
    }

    /// Takes a connection out; requests that have begun may still use it. `false` where there is none.
    pub fn remove(&self, name: &str) -> bool {
        let mut state = self.change();
        let mut connections = state.connections.0.to_vec();
        let Some(at) = connections.iter().position(|it| it.spec.name == name) else {
            return false;
        };
        let removed = connections.remove(at);
        state.connections = Connections(connections.into());
        drop(state);
        removed.end();
        true
    }

    /// Puts those that are named in this order, behind all others.
    pub fn arrange(&self, names: &[String]) {
        let mut state = self.change();
        let mut connections = state.connections.0.to_vec();
        connections.sort_by_key(|catalog| names.iter().position(|name| *name == catalog.spec.name));
        state.connections = Connections(connections.into());
    }

    /// Looks from now on at every connection now and then, each on its own, and at once at those that are
    /// put.
    pub fn watch(&self) {
        let runtime = Handle::current();
        let mut state = self.change();
        // One that acts as each person has no identity of its own to look with.
        let own = state
            .connections
            .iter()
            .filter(|catalog| !catalog.is_personal());
        for catalog in own {
            runtime.spawn(catalog.clone().watch());
        }
        state.watching = Some(runtime);
    }

    fn change(&self) -> RwLockWriteGuard<'_, State> {
        // What is there is replaced as a whole: a panic leaves it as it was.
        self.0.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        for catalog in state.connections.iter() {
            catalog.end();
        }
    }
}

impl Connections {
    /// Those that somebody sees and uses.
    pub(crate) fn of(self, who: &Who) -> Self {
        let has = |catalog: &Arc<Catalog>| catalog.spec.audience.has(who);
        let all = self.iter().all(has);
        match all {
            true => self,
            false => Self(
                self.iter()
                    .filter(|catalog| has(catalog))
                    .cloned()
                    .collect(),
            ),
        }
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Catalog>> {
        self.0.iter()
    }

    /// The one of that name; an error that a page can show where there is none.
    pub fn named(&self, name: &str) -> Result<Arc<Catalog>, AppError> {
        let found = self.iter().find(|catalog| catalog.spec.name == name);
        found
            .cloned()
            .ok_or_else(|| AppError::unknown_connection(name))
    }
}

#[cfg(test)]
mod tests;
