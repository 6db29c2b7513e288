use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use iceberg_rest::{Client, Completeness, Error, Namespace, Pager};
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
    /// In order of arrival.
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
            match kind {
                ListKind::Namespaces(parent) => {
                    let pager = client.namespaces_pager(parent.as_ref());
                    filling
                        .fill(pager, sender, |namespace| namespace.name().to_owned())
                        .await;
                }
                ListKind::Tables(namespace) => {
                    let pager = client.tables_pager(&namespace);
                    filling.fill(pager, sender, |table| table.name).await;
                }
                ListKind::Views(namespace) => {
                    let pager = client.views_pager(&namespace);
                    filling.fill(pager, sender, |view| view.name).await;
                }
            }
        });
        list
    }

    async fn fill<T>(
        &self,
        mut pager: Pager<T>,
        progress: watch::Sender<usize>,
        name: impl Fn(T) -> String,
    ) {
        loop {
            let page = pager.next_page().await;
            {
                let mut state = self.lock();
                match page {
                    Ok(Some(items)) => {
                        Arc::make_mut(&mut state.names).extend(items.into_iter().map(&name))
                    }
                    Ok(None) => state.end = Some(Ok(pager.completeness())),
                    Err(error) => state.end = Some(Err(error)),
                }
            }
            progress.send_modify(|pages| *pages += 1);
            if self.lock().end.is_some() {
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, ListState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn failed(&self) -> bool {
        matches!(self.lock().end, Some(Err(_)))
    }

    /// What has arrived: waits for the first page, and a moment for the rest.
    pub async fn so_far(&self) -> ListState {
        let mut progress = self.progress.clone();
        // An error means that the filling task is gone: what it left is what there is.
        let _ = progress.wait_for(|pages| *pages > 0).await;
        let _ = tokio::time::timeout(GRACE, progress.wait_for(|_| self.lock().end.is_some())).await;
        self.lock().clone()
    }
}
