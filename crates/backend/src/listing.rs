pub mod known;

use std::{
    hash::Hash,
    sync::{Arc, LazyLock},
    time::{Duration, SystemTime},
};

use iceberg_rest::{
    Client, Completeness, Error, ErrorKind, Namespace, Pager, TableIdent, ViewIdent,
};
use model::{error::AppError, names::NameKind};
use tokio::{
    sync::{Semaphore, watch},
    time::{Instant, timeout, timeout_at},
};
use vendors::polaris::CatalogService;

use crate::{
    attendance::Attending,
    blocking::blocking,
    cache::{CACHE, Grant, Question, Scope},
    reads::{FRESH, News},
    under_way::UnderWay,
};

/// How long a page waits for the rest of a list once it has the first rows.
const GRACE: Duration = Duration::from_millis(250);
/// How long it waits for the list's turn before it says that others come first.
const TURN: Duration = Duration::from_secs(1);
/// What the names of one list may take.
const LIST_BYTES: usize = 32 * 1024 * 1024;

/// Which list of a namespace; the top of a warehouse holds namespaces only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    Namespaces(Option<Namespace>),
    Tables(Namespace),
    Views(Namespace),
    GenericTables(Namespace),
}

impl ListKind {
    /// Of what stands in a namespace, or at the top; `None` for what does not stand there.
    pub fn of(kind: NameKind, namespace: Option<Namespace>) -> Option<Self> {
        Some(match kind {
            NameKind::Namespaces => Self::Namespaces(namespace),
            NameKind::Tables => Self::Tables(namespace?),
            NameKind::Views => Self::Views(namespace?),
            NameKind::GenericTables => Self::GenericTables(namespace?),
        })
    }
}

/// A list of one warehouse and reference.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ListOf(pub Scope, pub ListKind);

/// One that has ended.
impl Question for ListOf {
    type Answer = List;
    const KEPT: Duration = FRESH;
}

static ARRIVING: LazyLock<UnderWay<(Grant, ListOf), Arc<List>>> = LazyLock::new(UnderWay::default);

/// Names that arrive page by page in the background, so that a list of a hundred thousand shows
/// its first rows at once and is fetched once for all who look.
pub struct List {
    state: watch::Receiver<ListState>,
    started: SystemTime,
    /// Until somebody saw its end.
    news: News,
}

/// A list that somebody looks at: as long as somebody does, it goes on arriving.
pub struct Look {
    list: Arc<List>,
    _here: Option<Attending>,
}

#[derive(Clone, Default)]
pub struct ListState {
    /// In order of arrival, and sorted once all are there.
    pub names: Arc<Vec<String>>,
    /// Its turn has come.
    pub begun: bool,
    /// `None` while pages are still arriving.
    pub end: Option<Result<Completeness, Error>>,
    pages: usize,
    /// What the names take in memory, about.
    pub bytes: usize,
}

/// The list that is kept or arriving, or a new one. A `fresh` look takes none that somebody has seen the
/// end of, nor does any look one that failed then; but each joins the one that is arriving.
pub fn look(
    grant: Grant,
    question: ListOf,
    client: &Client,
    turns: &Arc<Semaphore>,
    fresh: bool,
) -> Look {
    let kept = CACHE.get(grant, &question);
    let holds = |list: &Arc<List>| {
        let anew = fresh || matches!(list.state.borrow().end, Some(Err(_)));
        !anew || list.news.holds()
    };
    if let Some(list) = kept.filter(holds) {
        return Look { list, _here: None };
    }
    let key = (grant, question);
    let begin = || {
        let (sender, state) = watch::channel(ListState::default());
        let list = Arc::new(List {
            state,
            started: SystemTime::now(),
            news: News::default(),
        });
        let filling = Filling {
            sender,
            client: client.clone(),
        };
        let reading = filling.fill(key.clone(), list.clone(), turns.clone());
        (list, reading)
    };
    let (list, here) = ARRIVING.join(&key, begin);
    Look {
        list,
        _here: Some(here),
    }
}

/// The other end of a list.
struct Filling {
    sender: watch::Sender<ListState>,
    client: Client,
}

impl Filling {
    async fn fill(
        self,
        (grant, question): (Grant, ListOf),
        list: Arc<List>,
        turns: Arc<Semaphore>,
    ) {
        // Nobody closes it.
        let _turn = turns.acquire_owned().await;
        self.sender.send_modify(|state| state.begun = true);
        let end = self.pages(&question.1).await;
        let before = known::known(grant, question.clone());
        let before = before.filter(|before| !before.names.is_empty());
        let arrived = self.sender.borrow().names.clone();
        let (shown, names) = match (&end, before) {
            (Err(error), Some(before)) if may_pass(error) => {
                (Ok(as_before(error)), before.names.clone())
            }
            _ => (end.clone(), arrived),
        };
        let sorted = blocking(move || sorted(names)).await;
        self.sender.send_modify(|state| {
            state.names = sorted.unwrap_or_else(|_| state.names.clone());
            state.bytes = bytes(&state.names);
            state.end = Some(shown);
        });
        let state = list.state.borrow().clone();
        known::remember(grant, question.clone(), &state, end);
        CACHE.keep(grant, question, list, state.bytes);
    }

    async fn pages(&self, kind: &ListKind) -> Result<Completeness, Error> {
        match kind {
            ListKind::Namespaces(parent) => {
                let pager = self.client.namespaces_pager(parent.as_ref())?;
                let name = |namespace: Namespace| namespace.name().to_owned();
                self.drain(pager, name).await
            }
            ListKind::Tables(namespace) => {
                let pager = self.client.tables_pager(namespace)?;
                let name = |table: TableIdent| table.name().to_owned();
                self.drain(pager, name).await
            }
            ListKind::Views(namespace) => {
                let pager = self.client.views_pager(namespace)?;
                let name = |view: ViewIdent| view.name().to_owned();
                self.drain(pager, name).await
            }
            ListKind::GenericTables(namespace) => {
                let service = CatalogService::new(self.client.clone());
                let pager = service.generic_tables_pager(namespace)?;
                self.drain(pager, |table| table.name).await
            }
        }
    }

    /// Takes page after page. A failure after the first leaves a list that is cut there.
    async fn drain<T: Hash + Send + 'static>(
        &self,
        mut pager: Pager<T>,
        name: impl Fn(T) -> String,
    ) -> Result<Completeness, Error> {
        let capped = |reason: String| Ok(Completeness::Capped { reason });
        loop {
            match pager.next_page().await {
                Ok(Some(items)) => {
                    let more: Vec<String> = items.into_iter().map(&name).collect();
                    self.sender.send_modify(|state| state.add(more));
                    if self.sender.borrow().bytes > LIST_BYTES {
                        return capped(format!("The list is cut at {} MiB.", LIST_BYTES >> 20));
                    }
                }
                Ok(None) => {
                    let end = pager.completeness().cloned();
                    return Ok(end.unwrap_or(Completeness::Complete));
                }
                Err(error) if self.sender.borrow().names.is_empty() => return Err(error),
                Err(error) => {
                    let why = AppError::from(error).in_full();
                    return capped(format!("The rest could not be read: {why}"));
                }
            }
        }
    }
}

impl ListState {
    /// Of a list that failed.
    pub fn failed(error: Error) -> Self {
        Self {
            begun: true,
            end: Some(Err(error)),
            ..Self::default()
        }
    }

    fn add(&mut self, more: Vec<String>) {
        self.bytes += bytes(&more);
        self.pages += 1;
        Arc::make_mut(&mut self.names).extend(more);
    }
}

impl Look {
    pub fn started(&self) -> SystemTime {
        self.list.started
    }

    /// What has arrived by now.
    pub fn now(&self) -> ListState {
        // Asked first: a task that ends in between has told its last state by then.
        let over = self.list.state.has_changed().is_err();
        let mut state = self.list.state.borrow().clone();
        if over && state.end.is_none() {
            let reason = "The rest was not read: refresh to read the list again.".to_owned();
            state.end = Some(Ok(Completeness::Capped { reason }));
        }
        if state.end.is_some() {
            self.list.news.is_told();
        }
        state
    }

    /// Waits for all of it.
    pub async fn ended(&self) {
        let mut state = self.list.state.clone();
        let _ = state.wait_for(|state| state.end.is_some()).await;
        self.now();
    }

    /// As far as it came until `end`: for a list that is not what the page is about.
    pub async fn by(&self, end: Instant) -> ListState {
        let state = timeout_at(end, self.so_far()).await;
        state.unwrap_or_else(|_| self.now())
    }

    /// What has arrived: waits for the first page, and a moment for the rest. A list whose turn does not
    /// come is not waited for.
    pub async fn so_far(&self) -> ListState {
        let mut state = self.list.state.clone();
        // An error means that the filling task is gone: what it left is what there is.
        if timeout(TURN, state.wait_for(|state| state.begun))
            .await
            .is_ok()
        {
            let _ = state
                .wait_for(|state| state.pages > 0 || state.end.is_some())
                .await;
            let _ = timeout(GRACE, state.wait_for(|state| state.end.is_some())).await;
        }
        self.now()
    }
}

/// What names take: their own bytes, and what holding them takes.
fn bytes(names: &[String]) -> usize {
    names.iter().map(|name| name.len() + 40).sum()
}

/// Whether what failed says nothing of what there is, and may work soon.
fn may_pass(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::RateLimited
            | ErrorKind::TimedOut
            | ErrorKind::Unreachable(_)
            | ErrorKind::ServerError
    )
}

/// That a list is older than it was asked for.
fn as_before(error: &Error) -> Completeness {
    let why = AppError::from(error.clone()).in_full();
    Completeness::Capped {
        reason: format!(
            "It could not be read again: {why} These are the names as they were read before."
        ),
    }
}

/// As people look names up: case apart only where nothing else differs.
fn sorted(names: Arc<Vec<String>>) -> Arc<Vec<String>> {
    let mut names = Arc::unwrap_or_clone(names);
    names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
    Arc::new(names)
}

#[cfg(test)]
mod tests;
