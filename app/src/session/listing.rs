use std::{
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use iceberg_rest::{
    Client, Completeness, Error, Namespace, Pager, TableIdent, ViewIdent, types::Listed,
};
use tokio::sync::watch;

/// How long a page waits for the rest of a list once it has the first rows.
const GRACE: Duration = Duration::from_millis(250);

/// Which list of a namespace; the top of a warehouse holds namespaces only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    Namespaces(Option<Namespace>),
    Tables(Namespace),
    Views(Namespace),
}

/// Names that arrive page by page in the background, so that a list of a hundred thousand shows
/// its first rows at once and is fetched once for all who look.
pub struct List {
    state: Mutex<ListState>,
    progress: watch::Receiver<usize>,
    pub started: SystemTime,
}

#[derive(Clone, Default)]
pub struct ListState {
    /// In order of arrival, and sorted once all are there.
    pub names: Arc<Vec<String>>,
    /// `None` while pages are still arriving.
    pub end: Option<Result<Completeness, Error>>,
}

impl List {
    pub(super) fn start(client: &Client, kind: &ListKind) -> Arc<Self> {
        let (sender, progress) = watch::channel(0);
        let list = Arc::new(Self {
            state: Mutex::default(),
            progress,
            started: SystemTime::now(),
        });
        let filling = list.clone();
        let client = client.clone();
        let kind = kind.clone();
        tokio::spawn(async move {
            let end = filling.fill(&client, &kind, &sender).await;
            {
                let mut state = filling.lock();
                sort(Arc::<Vec<_>>::make_mut(&mut state.names));
                state.end = Some(end);
            }
            sender.send_modify(|pages| *pages += 1);
        });
        list
    }

    async fn fill(
        &self,
        client: &Client,
        kind: &ListKind,
        progress: &watch::Sender<usize>,
    ) -> Result<Completeness, Error> {
        match kind {
            ListKind::Namespaces(parent) => {
                let pager = client.namespaces_pager(parent.as_ref())?;
                let name = |namespace: Namespace| namespace.name().to_owned();
                self.drain(pager, progress, name).await
            }
            ListKind::Tables(namespace) => {
                let pager = client.tables_pager(namespace)?;
                let name = |table: TableIdent| table.name().to_owned();
                self.drain(pager, progress, name).await
            }
            ListKind::Views(namespace) => {
                let pager = client.views_pager(namespace)?;
                let name = |view: ViewIdent| view.name().to_owned();
                self.drain(pager, progress, name).await
            }
        }
    }

    /// Takes page after page. A failure after the first leaves a list that is cut there.
    async fn drain<T: Listed + Hash>(
        &self,
        mut pager: Pager<T>,
        progress: &watch::Sender<usize>,
        name: impl Fn(T) -> String,
    ) -> Result<Completeness, Error> {
        loop {
            match pager.next_page().await {
                Ok(Some(items)) => {
                    Arc::make_mut(&mut self.lock().names).extend(items.into_iter().map(&name));
                    progress.send_modify(|pages| *pages += 1);
                }
                Ok(None) => {
                    let end = pager.completeness().cloned();
                    return Ok(end.unwrap_or(Completeness::Complete));
                }
                Err(error) if self.lock().names.is_empty() => return Err(error),
                Err(error) => {
                    let reason = error.message.clone();
                    return Ok(Completeness::Capped { reason });
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, ListState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn failed(&self) -> bool {
        matches!(self.lock().end, Some(Err(_)))
    }

    /// What has arrived by now.
    pub fn now(&self) -> ListState {
        self.lock().clone()
    }

    /// What has arrived: waits for the first page, and a moment for the rest.
    pub async fn so_far(&self) -> ListState {
        let mut progress = self.progress.clone();
        // An error means that the filling task is gone: what it left is what there is.
        let _ = progress.wait_for(|pages| *pages > 0).await;
        let _ = tokio::time::timeout(GRACE, progress.wait_for(|_| self.lock().end.is_some())).await;
        self.now()
    }
}

/// As people look names up: case apart only where nothing else differs.
fn sort(names: &mut [String]) {
    names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
}
