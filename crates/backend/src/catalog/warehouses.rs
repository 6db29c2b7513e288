//! The server's list of warehouses: asked for by those who look, once for all of them, and kept.

use std::{
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use iceberg_rest::{Error, ErrorKind, Listing};
use vendors::Warehouse;

use super::Catalog;
use crate::{
    cache::{About, CACHE, Question},
    reads::{Read, Reads},
};

/// How old a list is before whoever looks has it read again: a Lakekeeper may take a quarter of a minute over it.
const FRESH: Duration = Duration::from_secs(300);
/// How long a list that failed is not asked for again, unless somebody wants just that.
const FAILED: Duration = Duration::from_secs(60);

static LISTS: LazyLock<Reads<Every, Listing<Warehouse>, Error>> =
    LazyLock::new(|| Reads::new(FRESH));

/// Every warehouse, of a project where the server has such.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Every {
    project: Option<String>,
}

impl Question for Every {
    type Answer = Read<Listing<Warehouse>>;
    /// To be shown with its age while the next one is on its way.
    const KEPT: Duration = Duration::from_secs(3_600);
}

/// What is known of the list that the connection's own warehouse is in.
pub struct Named {
    /// The last one, and when it was read.
    pub list: Option<Read<Listing<Warehouse>>>,
    /// Why there is no newer one.
    pub failed: Option<Error>,
    /// It is being read.
    pub under_way: bool,
}

/// How it goes with that list.
#[derive(Default)]
pub(super) struct Naming {
    readers: usize,
    failed: Option<(SystemTime, Error)>,
}

/// Counts among the readers for as long as it is kept.
struct Reader(Arc<Mutex<Naming>>);

impl Reader {
    fn begin(naming: Arc<Mutex<Naming>>) -> Self {
        locked(&naming).readers += 1;
        Self(naming)
    }

    fn tell(&self, failed: Option<&Error>) {
        // That a server has no such list is no failure.
        let failed = failed.filter(|error| error.kind != ErrorKind::Unsupported);
        locked(&self.0).failed = failed.map(|error| (SystemTime::now(), error.clone()));
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        locked(&self.0).readers -= 1;
    }
}

fn locked(naming: &Mutex<Naming>) -> MutexGuard<'_, Naming> {
    // Nothing of ours panics while it holds the lock.
    naming.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Catalog {
    /// The warehouses beside this one, or beside the connection's own. `fresh` asks the server, whatever is kept; where
    /// that failed lately, what is kept is the answer to others, however old.
    pub async fn warehouses(
        &self,
        beside: Option<&str>,
        fresh: bool,
    ) -> Result<Read<Listing<Warehouse>>, Error> {
        let project = self.project(beside);
        let own = project == self.project(None);
        if own
            && !fresh
            && let Some(failed) = self.failed_lately()
        {
            return self.named().list.ok_or(failed);
        }
        let reader = own.then(|| self.naming.clone());
        let (server, of) = (self.server.clone(), project.clone());
        let read = |_| async move {
            let reader = reader.map(Reader::begin);
            let listed = vendors::list_warehouses(&server, of.as_deref()).await;
            if let Some(reader) = reader {
                reader.tell(listed.as_ref().err());
            }
            let list = listed?;
            let bytes = list.items.iter().map(|one| one.name.len() + 64).sum();
            Ok(Read::new(Arc::new(list), None, bytes))
        };
        let grant = self.grant(About::Access);
        LISTS.get(grant, Every { project }, fresh, read).await
    }

    /// What is known of the list that the connection's own warehouse is in; asks nobody.
    pub fn named(&self) -> Named {
        let project = self.project(None);
        let list = CACHE.get(self.grant(About::Access), &Every { project });
        let naming = locked(&self.naming);
        Named {
            list: list.map(|list| Read::clone(&list)),
            failed: naming.failed.as_ref().map(|(_, error)| error.clone()),
            under_way: naming.readers > 0,
        }
    }

    /// Whether it is known that this identity may not list them.
    pub fn may_not_list(&self) -> bool {
        let failed = self.named().failed;
        failed.is_some_and(|error| error.kind == ErrorKind::Forbidden)
    }

    /// Somebody looks: has that list read where it is missing or old, and with `again` where it failed, however
    /// lately. Waits for nothing, and says whether it has begun.
    pub fn look_for_names(self: &Arc<Self>, again: bool) -> bool {
        if !self.names_warehouses() {
            return false;
        }
        let named = self.named();
        let is_young = |at: SystemTime| at.elapsed().is_ok_and(|age| age < FRESH);
        let due = match named.failed {
            Some(_) => again || self.failed_lately().is_none(),
            None => !named.list.is_some_and(|list| is_young(list.at)),
        };
        if named.under_way || !due {
            return false;
        }
        let catalog = self.clone();
        tokio::spawn(async move {
            let _ = catalog
                .ended
                .run_until_cancelled(catalog.name_again())
                .await;
        });
        true
    }

    /// Has the list read now: somebody asks for it.
    pub async fn name_again(&self) {
        if self.names_warehouses() {
            // What comes of it is kept.
            let _ = self.warehouses(None, true).await;
        }
    }

    /// A server that is not known to answer is not asked.
    fn names_warehouses(&self) -> bool {
        let answers = self.probed().is_some_and(|probe| probe.outcome.is_ok());
        answers && vendors::names_warehouses(&self.server)
    }

    fn project(&self, warehouse: Option<&str>) -> Option<String> {
        let warehouse = warehouse.or(self.spec.warehouse.as_deref());
        let project = vendors::project(&self.server, warehouse?);
        project.map(str::to_owned)
    }

    fn failed_lately(&self) -> Option<Error> {
        let naming = locked(&self.naming);
        let (at, error) = naming.failed.as_ref()?;
        let lately = at.elapsed().is_ok_and(|age| age < FAILED);
        lately.then(|| error.clone())
    }
}
