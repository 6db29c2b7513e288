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

#[cfg(test)]
mod tests {
    use url::Url;

    use super::Judge;
    use crate::{error::ErrorKind, operation::Operation};

    async fn judged(url: &str) -> Option<ErrorKind> {
        let route = Operation::GetConfig.route();
        let (judge, url) = (Judge::default(), Url::parse(url).unwrap());
        judge
            .permit(route, &url)
            .await
            .err()
            .map(|error| error.kind)
    }

    #[tokio::test]
    async fn a_name_is_judged_by_where_it_leads() {
        // Of a scheme that it does not know the parser takes any host for a name.
        assert_eq!(
            judged("x://169.254.169.254/").await,
            Some(ErrorKind::Blocked)
        );
        assert_eq!(judged("http://localhost/").await, None);
        // Only the proxy can know.
        assert_eq!(judged("http://catalog.invalid/").await, None);
    }
}
