//! What the guard says of an address beside where its name leads: of what is typed, and of a name that a proxy resolves.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout};
use url::{Host, Url};

use super::guard::{Guard, Refused, Unresolved, resolve};
use crate::{
    error::{Error, ErrorKind},
    operation::Route,
};

/// How long a name is taken to lead where it led.
const JUDGED_FOR: Duration = Duration::from_secs(300);
/// How long a name is looked up: behind a proxy there may be no resolver that answers.
const LOOK_UP: Duration = Duration::from_secs(2);

/// The guard's word on an address as it is typed.
pub(super) fn typed(guard: &Guard, route: Route, url: &Url) -> Result<(), Error> {
    match guard.refuses_url(url) {
        None => Ok(()),
        Some(why) => {
            let host = url.host_str().unwrap_or_default();
            let message = format!("{host} is {why}.");
            Err(Error::new(ErrorKind::Blocked, route, message))
        }
    }
}

/// Judges what is called, and the names that a proxy will resolve, or that are called without encryption. One that only
/// the proxy can resolve is the proxy's to judge.
#[derive(Debug)]
pub(super) struct Judge {
    guard: Guard,
    proxied: bool,
    passed: Mutex<BTreeMap<String, Instant>>,
}

impl Judge {
    /// `None` where the resolver does all that is to be done.
    pub fn new(guard: Guard, proxied: bool) -> Option<Self> {
        let needed = match guard {
            Guard::Off => false,
            Guard::Usual => proxied,
            Guard::Public(_) => true,
        };
        let passed = Mutex::default();
        needed.then_some(Self {
            guard,
            proxied,
            passed,
        })
    }

    pub async fn permit(&self, route: Route, url: &Url) -> Result<(), Error> {
        typed(&self.guard, route, url)?;
        let plain = matches!(self.guard, Guard::Public(_)) && url.scheme() != "https";
        let Some(Host::Domain(host)) = url.host().filter(|_| self.proxied || plain) else {
            return Ok(());
        };
        let name = format!("{}://{host}", url.scheme());
        if self.seen(|passed| {
            passed
                .get(&name)
                .is_some_and(|at| at.elapsed() < JUDGED_FOR)
        }) {
            return Ok(());
        }
        let found = timeout(LOOK_UP, resolve(host, &self.guard)).await;
        let found = found.unwrap_or_else(|_| Err(Unresolved(host.to_owned()).into()));
        let refused = match &found {
            Ok(addresses) => addresses
                .iter()
                .find_map(|address| self.guard.refuses_over(url, address.ip()))
                .map(|why| Refused(format!("{host} leads to {why}")).to_string()),
            Err(error) if plain || error.is::<Refused>() => Some(error.to_string()),
            Err(_) => {
                tracing::warn!(
                    host,
                    "only the proxy can resolve this name: where it leads is not judged here"
                );
                None
            }
        };
        if let Some(why) = refused {
            let message = format!("The server was not called: {why}.");
            return Err(Error::new(ErrorKind::Blocked, route, message));
        }
        self.seen(|passed| {
            passed.retain(|_, at| at.elapsed() < JUDGED_FOR);
            passed.insert(name, Instant::now());
        });
        Ok(())
    }

    fn seen<T>(&self, look: impl FnOnce(&mut BTreeMap<String, Instant>) -> T) -> T {
        look(&mut self.passed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{Guard, Judge};
    use crate::{error::ErrorKind, operation::Operation};

    async fn judged(url: &str) -> Option<ErrorKind> {
        let route = Operation::GetConfig.route();
        let (judge, url) = (
            Judge::new(Guard::Usual, true).unwrap(),
            Url::parse(url).unwrap(),
        );
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
