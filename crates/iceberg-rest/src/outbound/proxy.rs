//! Where a proxy resolves names, the guard looks at them before.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout};
use url::{Host, Url};

use super::guard::{Refused, Unresolved, resolve};
use crate::{
    error::{Error, ErrorKind},
    operation::Route,
};

/// How long a name is taken to lead where it led.
const JUDGED_FOR: Duration = Duration::from_secs(300);
/// How long a name is looked up: behind a proxy there may be no resolver that answers.
const LOOK_UP: Duration = Duration::from_secs(2);

/// Judges names that a proxy will resolve. One that has no address here is the proxy's to judge.
#[derive(Debug, Default)]
pub(super) struct Judge {
    passed: Mutex<BTreeMap<String, Instant>>,
}

impl Judge {
    pub async fn permit(&self, route: Route, url: &Url) -> Result<(), Error> {
        let Some(Host::Domain(host)) = url.host() else {
            return Ok(());
        };
        if self.seen(|passed| passed.get(host).is_some_and(|at| at.elapsed() < JUDGED_FOR)) {
            return Ok(());
        }
        let found = timeout(LOOK_UP, resolve(host, true)).await;
        match found.unwrap_or_else(|_| Err(Unresolved(host.to_owned()).into())) {
            Ok(_) => {}
            Err(error) if error.is::<Refused>() => {
                let message = format!("The server was not called: {error}.");
                return Err(Error::new(ErrorKind::Blocked, route, message));
            }
            Err(_) => tracing::warn!(
                host,
                "only the proxy can resolve this name: where it leads is not judged here"
            ),
        }
        self.seen(|passed| passed.insert(host.to_owned(), Instant::now()));
        Ok(())
    }

    fn seen<T>(&self, look: impl FnOnce(&mut BTreeMap<String, Instant>) -> T) -> T {
        look(&mut self.passed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
