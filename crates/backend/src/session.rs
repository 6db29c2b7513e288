use std::{sync::Arc, time::Duration};

use http::{HeaderMap, Uri, header};
use model::{
    error::{AppError, Kind},
    people::SignIn,
    person::Role,
    shown::Reveal,
};

use store::{Store, sessions::Lasts};

use crate::{Catalog, Connections, Credentials, Registry, Who, audit};

/// How long a page may wait for a catalog before it is sent without the data.
const PAGE_DEADLINE: Duration = Duration::from_secs(3);

/// How people come in, and for how long.
#[derive(Clone, Debug)]
pub struct Ways {
    /// What the page for signing in offers.
    pub sign_in: SignIn,
    /// How long sessions last.
    pub lasts: Lasts,
}

impl Default for Ways {
    /// Nobody signs in.
    fn default() -> Self {
        let none = "Nobody signs in to this Crowsnest: it is for whoever sits at its machine.";
        Self {
            sign_in: SignIn {
                none: Some(none.into()),
                ..SignIn::default()
            },
            lasts: Lasts {
                idle: 30 * 60_000,
                whole: 12 * 3_600_000,
            },
        }
    }
}

/// Who asks, and how: made of each request, for what is read and changed on its behalf.
#[derive(Clone)]
pub struct Session {
    who: Who,
    store: Option<Store>,
    ways: Arc<Ways>,
    registry: Registry,
    credentials: Arc<Credentials>,
    connections: Connections,
    renders_a_page: bool,
    reloaded: bool,
    came_from_another_site: bool,
    reveal: Reveal,
}

impl Session {
    /// Of somebody's request for `uri` with these headers. Nobody has no connections.
    pub fn new(registry: &Registry, who: Who, uri: &Uri, headers: &HeaderMap) -> Self {
        let elsewhere = came_from_another_site(headers);
        Self {
            connections: match who.is_known() {
                true => registry.now().of(&who),
                false => Connections::default(),
            },
            who,
            store: registry.store().cloned(),
            ways: registry.ways(),
            registry: registry.clone(),
            credentials: Arc::default(),
            renders_a_page: !uri.path().starts_with("/api/"),
            reloaded: reloaded(headers),
            came_from_another_site: elsewhere,
            // Who follows the console's own link or opens the address may read what is masked; a link on
            // a page elsewhere shows nothing.
            reveal: match elsewhere {
                false => Reveal::of(uri.query().unwrap_or_default()),
                true => Reveal::default(),
            },
        }
    }

    /// With what the person signs in to catalogs that are called as them.
    pub fn with(self, credentials: Credentials) -> Self {
        Self {
            credentials: Arc::new(credentials),
            ..self
        }
    }

    /// The connections that this person may use, in order, as they were when the request came. One that acts as each
    /// person, and that they are not signed in to, is there and reads nothing.
    pub fn connections(&self) -> impl Iterator<Item = Arc<Catalog>> {
        let called = |shared: &Arc<Catalog>| self.called(shared).unwrap_or_else(|_| shared.clone());
        self.connections.iter().map(called)
    }

    /// Those that they may use, called as nobody in particular.
    pub(crate) fn all(&self) -> impl Iterator<Item = Arc<Catalog>> {
        self.connections.iter().cloned()
    }

    /// [`Session::connections`], but those that they are not signed in to.
    pub fn signed_in(&self) -> impl Iterator<Item = Arc<Catalog>> {
        self.connections
            .iter()
            .filter_map(|shared| self.called(shared).ok())
    }

    /// A connection as it is configured, called as nobody in particular.
    pub(crate) fn shared(&self, name: &str) -> Result<Arc<Catalog>, AppError> {
        self.connections.named(name)
    }

    /// All connections, whoever uses them.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    fn called(&self, shared: &Arc<Catalog>) -> Result<Arc<Catalog>, AppError> {
        match shared.is_personal() {
            false => Ok(shared.clone()),
            true => {
                let said = self.who.said();
                // Whom a proxy names has no session.
                let key = if said.session.is_empty() {
                    &said.id
                } else {
                    &said.session
                };
                let own = (key.as_str(), said.name.as_str());
                self.registry.called(shared, own, &self.credentials)
            }
        }
    }

    /// Why the person is not called anything on a connection, where that is so.
    pub fn signed_out_of(&self, name: &str) -> Option<AppError> {
        self.called(&self.connections.named(name).ok()?).err()
    }

    /// Who asks.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// That whoever asks has this role or a greater one, for what they want of Crowsnest itself; else the refusal is on
    /// record.
    pub async fn must_be(&self, role: Role, object: &str) -> Result<(), AppError> {
        let refused = self.who.must_be(role);
        if let Err(error) = &refused
            && let Some(store) = self.store.as_ref().filter(|_| self.who.is_known())
        {
            audit::may_not(store, &self.who, object, &error.message).await;
        }
        refused
    }

    /// How people come in here.
    pub fn ways(&self) -> &Ways {
        &self.ways
    }

    /// What Crowsnest keeps; an error where it keeps nothing.
    pub fn store(&self) -> Result<&Store, AppError> {
        self.store.as_ref().ok_or_else(|| {
            AppError::new(
                Kind::Store,
                "This Crowsnest keeps nothing: it runs without a store.",
            )
        })
    }

    /// The catalog of a connection, on behalf of whoever asks; an error where there is none.
    pub fn connection(&self, name: &str) -> Result<Arc<Catalog>, AppError> {
        let shared = self.connections.named(name)?;
        Ok(self.called(&shared)?.on_behalf(&self.who))
    }

    /// A reload asks the catalog, not what is kept from before.
    pub fn reloaded(&self) -> bool {
        self.reloaded
    }

    /// A page elsewhere led the browser here.
    pub fn came_from_another_site(&self) -> bool {
        self.came_from_another_site
    }

    /// What is not masked for this request.
    pub fn reveal(&self) -> &Reveal {
        &self.reveal
    }

    /// Runs what a page reads. While a page renders, it gives up at the deadline and lets the browser
    /// ask again; a call from the browser waits as long as the client's own limits allow.
    pub async fn load<T>(
        &self,
        reading: impl Future<Output = Result<T, AppError>>,
    ) -> Result<T, AppError> {
        if !self.renders_a_page {
            return reading.await;
        }
        tokio::time::timeout(PAGE_DEADLINE, reading)
            .await
            .unwrap_or_else(|_| {
                Err(
                    AppError::new(Kind::StillWaiting, "The catalog has not answered yet.")
                        .hint("This page asks again by itself. Without JavaScript, reload it."),
                )
            })
    }
}

fn came_from_another_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

fn reloaded(headers: &HeaderMap) -> bool {
    headers
        .get(header::CACHE_CONTROL)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("no-cache") || value.contains("max-age=0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Spec;

    fn session(uri: &str, asked: &[(&'static str, &'static str)]) -> Session {
        let uri: Uri = uri.parse().unwrap();
        let header = |(name, value): &(&'static str, &'static str)| {
            (name.parse().unwrap(), value.parse().unwrap())
        };
        let headers = asked.iter().map(header).collect();
        Session::new(
            &Registry::new(None, Ways::default()).unwrap(),
            Who::local(),
            &uri,
            &headers,
        )
    }

    #[test]
    fn what_is_masked_is_shown_to_who_asks_for_it_from_here() {
        let asks = |site: &[_]| {
            let session = session("/c/a/t/properties?t=orders&reveal=team", site);
            session.reveal().asks_for("team")
        };
        assert!(asks(&[]));
        assert!(asks(&[("sec-fetch-site", "same-origin")]));
        assert!(asks(&[("sec-fetch-site", "none")]));
        assert!(!asks(&[("sec-fetch-site", "cross-site")]));
        assert!(!asks(&[("sec-fetch-site", "same-site")]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_gives_up_at_its_deadline_and_a_call_does_not() {
        let slow = async || {
            tokio::time::sleep(2 * PAGE_DEADLINE).await;
            Ok(7)
        };
        let page = session("/c/a", &[]).load(slow()).await;
        assert_eq!(page.unwrap_err().kind, Kind::StillWaiting);
        assert_eq!(session("/api/table", &[]).load(slow()).await, Ok(7));
    }

    #[test]
    fn nobody_has_no_connections() {
        let registry = Registry::new(None, Ways::default()).unwrap();
        registry.put(Spec::new("a", "http://127.0.0.1:9")).unwrap();
        let of = |who| Session::new(&registry, who, &"/".parse().unwrap(), &HeaderMap::new());
        assert!(of(Who::local()).connection("a").is_ok());
        assert!(of(Who::nobody()).connection("a").is_err());
        assert_eq!(of(Who::nobody()).connections().count(), 0);
    }

    #[test]
    fn a_reload_says_so() {
        assert!(session("/", &[("cache-control", "max-age=0")]).reloaded());
        assert!(!session("/", &[]).reloaded());
    }
}
