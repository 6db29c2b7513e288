use std::{sync::Arc, time::Duration};

use http::{HeaderMap, Uri, header};
use model::{
    error::{AppError, Kind},
    shown::Reveal,
};

use crate::{Catalog, Connections, Registry};

/// How long a page may wait for a catalog before it is sent without the data.
const PAGE_DEADLINE: Duration = Duration::from_secs(3);

/// Who asks, and how: made of each request, for what is read and changed on its behalf. Until there is
/// sign-in, everybody who reaches Crowsnest is the one person whose console it is.
#[derive(Clone)]
pub struct Session {
    connections: Connections,
    renders_a_page: bool,
    reloaded: bool,
    came_from_another_site: bool,
    reveal: Reveal,
}

impl Session {
    /// Of the request for `uri` with these headers.
    pub fn new(registry: &Registry, uri: &Uri, headers: &HeaderMap) -> Self {
        let elsewhere = came_from_another_site(headers);
        Self {
            connections: registry.now(),
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

    /// The connections that this person may use, in order, as they were when the request came.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// The catalog of a connection, called as whoever asks; an error where there is none.
    pub fn connection(&self, name: &str) -> Result<Arc<Catalog>, AppError> {
        self.connections.named(name)
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

    fn session(uri: &str, asked: &[(&'static str, &'static str)]) -> Session {
        let uri: Uri = uri.parse().unwrap();
        let header = |(name, value): &(&'static str, &'static str)| {
            (name.parse().unwrap(), value.parse().unwrap())
        };
        let headers = asked.iter().map(header).collect();
        Session::new(&Registry::new().unwrap(), &uri, &headers)
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
    fn a_reload_says_so() {
        assert!(session("/", &[("cache-control", "max-age=0")]).reloaded());
        assert!(!session("/", &[]).reloaded());
    }
}
