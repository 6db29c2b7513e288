//! Reads the names that a search goes through: for who searches, in the background, and not more than was
//! asked for.

use std::{
    collections::HashSet,
    mem,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
    vec,
};

use iceberg_rest::Client;
use tokio::{sync::watch, time::timeout};

use super::walk::{Due, Walk, Within};
use crate::{
    Catalog,
    attendance::Attending,
    blocking::blocking,
    cache::{About, CACHE, Grant, Question},
    under_way::UnderWay,
};

/// Namespaces of a connection whose lists are read for who searches, and more for who asks for more.
pub const NAMESPACES: usize = 200;
/// Warehouses of a connection that are searched.
const WAREHOUSES: usize = 8;

/// What a reading went through when there was nothing left to read, of each warehouse where it came to that.
pub type Walks = Arc<Vec<(Option<String>, Arc<Walk>)>>;

/// Of the connections whose names are being read; `None` until that is over.
static FILLS: LazyLock<UnderWay<Grant, watch::Receiver<Option<Walks>>>> =
    LazyLock::new(UnderWay::default);

/// How many namespaces of a connection may be read, where somebody asked for more.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Allowance;

impl Question for Allowance {
    type Answer = usize;
    const KEPT: Duration = Duration::from_secs(3_600);
}

/// What a reading may still take.
struct Budget {
    namespaces: usize,
    /// That were never read.
    new: usize,
}

impl Budget {
    fn takes(&mut self, due: &Due) -> bool {
        if due.is_top() {
            return true;
        }
        let takes = self.namespaces > 0 && (due.again || self.new > 0);
        self.namespaces -= usize::from(takes);
        self.new -= usize::from(takes && !due.again);
        takes
    }
}

/// A reading that somebody waits for; it goes on for a while after this is dropped.
pub struct Fill {
    over: watch::Receiver<Option<Walks>>,
    _here: Attending,
}

impl Fill {
    /// Joins the one that is under way, or begins it.
    pub fn begin(catalog: &Arc<Catalog>) -> Self {
        let begin = || {
            let (sender, over) = watch::channel(None);
            let catalog = catalog.clone();
            let filling = async move {
                let walks = catalog.fill().await;
                sender.send_replace(Some(walks));
            };
            (over, filling)
        };
        let (over, here) = FILLS.join(&catalog.grant(About::Content), begin);
        Self { over, _here: here }
    }

    /// What it went through, where it ends in this time.
    pub async fn ends(&mut self, patience: Duration) -> Option<Walks> {
        let ended = timeout(patience, self.over.wait_for(Option::is_some));
        // One that broke off is over, too.
        let walks = ended.await.ok()?.ok().and_then(|walks| walks.clone());
        Some(walks.unwrap_or_default())
    }
}

/// The warehouses of a connection that are searched, its own first, and how many more there are.
pub fn warehouses(catalog: &Catalog) -> (Vec<Option<String>>, usize) {
    let named = catalog.named().list;
    let own = catalog.spec.warehouse.as_ref();
    let others = named.iter().flat_map(|list| &list.value.items);
    let others = others.map(|warehouse| &warehouse.name);
    let others: Vec<_> = others.filter(|name| Some(*name) != own).collect();
    // Where none is its own, what a server calls its default is one of those that it names.
    let first = match own.is_none() && !others.is_empty() {
        true => vec![],
        false => vec![None],
    };
    let left = others.len().saturating_sub(WAREHOUSES);
    let others = others.into_iter().take(WAREHOUSES).cloned().map(Some);
    (first.into_iter().chain(others).collect(), left)
}

impl Catalog {
    /// How many namespaces may be read.
    pub(super) fn allowance(&self) -> usize {
        let more = CACHE.get(self.grant(About::Content), &Allowance);
        more.map_or(NAMESPACES, |more| *more)
    }

    /// Lets as many more be read as are read by themselves.
    pub(super) fn allow_more(&self) {
        let more = Arc::new(self.allowance() + NAMESPACES);
        CACHE.keep(self.grant(About::Content), Allowance, more, 8);
    }

    async fn fill(self: &Arc<Self>) -> Walks {
        let mut budget = Budget {
            namespaces: NAMESPACES,
            new: self.allowance(),
        };
        // The first call tells what kind of server it is.
        let first = self.client(None, None).await.is_ok();
        if first && vendors::names_warehouses(&self.server) {
            let _ = self.warehouses(None, false).await;
        }
        let warehouses = warehouses(self).0;
        let catalogs = warehouses.iter().cloned();
        let catalogs = catalogs.filter_map(|one| one.or(self.spec.warehouse.clone()));
        let catalogs: Vec<_> = catalogs.collect();
        let names = async {
            let mut walks = Vec::new();
            for warehouse in warehouses {
                if let Ok(client) = self.client(warehouse.as_deref(), None).await {
                    let within = Within::new(self, &client, warehouse.clone());
                    let walk = self.fill_warehouse(&client, within, &mut budget).await;
                    walks.extend(walk.map(|walk| (warehouse, Arc::new(walk))));
                }
            }
            walks
        };
        let (walks, ()) = tokio::join!(names, self.read_people(&catalogs));
        Arc::new(walks)
    }

    /// Level after level, until nothing is due or enough was read: then that is what there is.
    async fn fill_warehouse(
        &self,
        client: &Client,
        within: Within,
        budget: &mut Budget,
    ) -> Option<Walk> {
        let mut done = HashSet::new();
        loop {
            let walking = within.clone();
            let mut walk = blocking(move || walking.walk()).await.ok()?;
            if done.is_empty() {
                // What was read before counts, too.
                budget.new = budget.new.saturating_sub(walk.read);
            }
            let mut due = mem::take(&mut walk.due);
            due.retain(|due| {
                let again = due.lists.iter().all(|list| done.contains(list));
                !again && budget.takes(due)
            });
            if due.is_empty() {
                return Some(walk);
            }
            done.extend(due.iter().flat_map(|due| due.lists.clone()));
            let due = Mutex::new(due.into_iter());
            tokio::join!(self.read(client, &due), self.read(client, &due));
            if walk.full {
                return None;
            }
        }
    }

    /// Reads what nobody else has taken.
    async fn read(&self, client: &Client, due: &Mutex<vec::IntoIter<Due>>) {
        let next = || due.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some(due) = next() {
            for list in due.lists {
                self.list(client, list, false).ended().await;
            }
        }
    }
}
