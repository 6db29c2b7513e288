//! Lists, page by page, with guards against servers that never end them.

use std::{
    collections::HashSet,
    hash::{BuildHasher, Hash, RandomState},
    mem,
    sync::Arc,
    time::Instant,
};

use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use url::Url;

use super::{Client, Received, Server, in_background, received::aside, unity};
use crate::{
    decode::{self, Response},
    error::{Error, ErrorKind},
    ident::encode_segment,
    listing::{Completeness, Listing},
    operation::Route,
    types::{Listed, MAX_ENTRIES, Page},
};

/// What an entry takes on the wire, in bytes, about.
const ENTRY: usize = 64;

/// Longest page token that is sent back, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// A list that is read page by page, of the Iceberg API or of any other.
///
/// Items come once each, in the server's order. Pages may be short or empty before the last. However the server
/// goes on, the list ends: at a token that comes again, and at the [`Limits`](super::Limits) of a list.
/// [`Pager::completeness`] then says why.
pub struct Pager<T> {
    server: Server,
    route: Route,
    ask: Box<Ask<T>>,
    place: Arc<Place<T>>,
    native: Option<unity::Source<T>>,
    next: Next,
    hasher: RandomState,
    items: HashSet<u64>,
    tokens: HashSet<u64>,
    pages: usize,
    bytes: u64,
    unusable: usize,
    left_out: usize,
    elsewhere: usize,
    /// What lies elsewhere is told even where something lies here.
    tells_elsewhere: bool,
    doubled: Vec<String>,
    deadline: Instant,
}

/// Asks for the page of a token. That of the first is empty.
type Ask<T> = dyn Fn(&str) -> BoxFuture<'static, Result<Sent<T>, Error>> + Send + Sync;

/// Where an entry belongs.
pub(super) enum Placed<T> {
    /// Into the list, as this.
    Here(T),
    /// It is what the list is of, or holds that.
    Around,
    /// Into another list.
    Elsewhere,
}

type Place<T> = dyn Fn(T) -> Placed<T> + Send + Sync;

/// A page, and the answer it came in.
pub(super) struct Sent<T> {
    pub page: Page<T>,
    /// Its length.
    pub bytes: usize,
    /// The keys that stand in it twice: of them the last holds.
    pub doubled: Vec<String>,
}

impl<T> Sent<T> {
    /// An answer's page, in its shape `P`.
    pub async fn read<P>(received: Received, route: Route) -> Result<Self, Error>
    where
        P: DeserializeOwned + Into<Page<T>> + Send + 'static,
    {
        let bytes = received.body.len();
        let read = move |response: &Response<'_>| decode::with_doubled::<P>(route, response);
        let (page, doubled) = received.understood(read).await?;
        Ok(Self {
            page: page.into(),
            bytes,
            doubled,
        })
    }
}

enum Next {
    Token(String),
    Ended(Completeness),
}

impl<T: Listed + Hash> Pager<T> {
    /// A list of the Iceberg API. `path` follows the prefix, `query` is empty or starts with `&`.
    pub(super) fn of(client: &Client, path: String, query: &str) -> Self {
        let size = client.0.dialect.profile().page_size;
        let (client, query) = (client.clone(), format!("&pageSize={size}{query}"));
        Self::asking(
            &client.server().clone(),
            T::OPERATION.route(),
            move |token| {
                // The specification: an empty token asks for the first page. Nessie wants the size on every page,
                // Lakekeeper the token on the first.
                let token = encode_segment(token);
                let url = client.address(&format!("{path}?pageToken={token}{query}"));
                let client = client.clone();
                Box::pin(async move {
                    let received = client.read(T::OPERATION, url?, &[]).await?;
                    Sent::read::<Page<T>>(received, T::OPERATION.route()).await
                })
            },
        )
    }
}

impl<T: Hash + Send + 'static> Pager<T> {
    /// A list in an API of the server's own, whose pages are of the shape `P`.
    ///
    /// `address` makes the address of a page from its token, which it has to encode; that of the first page is
    /// `None`. `route` is that of the call. The time of the list begins now; nothing is sent before the first page
    /// is asked for.
    pub fn new<P>(
        server: &Server,
        route: Route,
        address: impl Fn(Option<&str>) -> Result<Url, Error> + Send + Sync + 'static,
    ) -> Self
    where
        P: DeserializeOwned + Into<Page<T>> + Send + 'static,
    {
        let asked = server.clone();
        Self::asking(server, route, move |token| {
            let url = address(Some(token).filter(|token| !token.is_empty()));
            let server = asked.clone();
            Box::pin(async move {
                let received = server.get(route, url?).await?;
                Sent::read::<P>(received, route).await
            })
        })
    }

    fn asking(
        server: &Server,
        route: Route,
        ask: impl Fn(&str) -> BoxFuture<'static, Result<Sent<T>, Error>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            deadline: Instant::now() + server.0.limits.list_time,
            server: server.clone(),
            route,
            ask: Box::new(ask),
            place: Arc::new(Placed::Here),
            native: None,
            next: Next::Token(String::new()),
            hasher: RandomState::new(),
            items: HashSet::new(),
            tokens: HashSet::new(),
            pages: 0,
            bytes: 0,
            unusable: 0,
            left_out: 0,
            elsewhere: 0,
            tells_elsewhere: false,
            doubled: Vec::new(),
        }
    }

    /// Leaves out what the server lists though it does not belong there, and says in the end how much that was.
    pub fn keeping(mut self, belongs: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.tells_elsewhere = true;
        self.placing(move |item| match belongs(&item) {
            true => Placed::Here(item),
            false => Placed::Elsewhere,
        })
    }

    /// A list known to be empty without asking.
    pub(super) fn ended(mut self) -> Self {
        self.next = Next::Ended(Completeness::Complete);
        self
    }

    pub(super) fn placing(
        mut self,
        place: impl Fn(T) -> Placed<T> + Send + Sync + 'static,
    ) -> Self {
        self.place = Arc::new(place);
        self
    }

    pub(super) fn with_native(mut self, native: Option<unity::Source<T>>) -> Self {
        self.native = native;
        self
    }

    /// The next page; `None` after the last. An error ends nothing: the same page can be asked for again.
    pub async fn next_page(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Next::Token(token) = &self.next else {
            return Ok(None);
        };
        let token = token.clone();
        let limits = self.server.0.limits;
        let left = self.deadline.saturating_duration_since(Instant::now());
        let first = self.pages == 0;
        let fetch = async {
            match first {
                true => self.fetch(&token).await,
                // Somebody sees the first page already.
                false => in_background(self.fetch(&token)).await,
            }
        };
        let Sent {
            page,
            bytes,
            doubled,
        } = match tokio::time::timeout(left, fetch).await {
            Ok(sent) => sent?,
            Err(_) => return self.out_of_time(),
        };
        self.pages += 1;
        self.bytes += bytes as u64;
        self.unusable += page.unusable;
        self.left_out += page.left_out;
        if self.doubled.is_empty() {
            self.doubled = doubled;
        }
        let fresh = self.unseen(page.items).await;
        self.next = match page.next {
            None if page.cut => capped(
                "There may be more, and the server's page token for it is missing or no text: the rest of the list is out of reach.",
            ),
            None => self.end(),
            Some(next) if next.len() > MAX_TOKEN => {
                capped("The server sent a page token of absurd length.")
            }
            Some(next) if !self.tokens.insert(self.hasher.hash_one(&next)) => {
                capped("The server repeated a page token, so the rest of the list is out of reach.")
            }
            Some(_) if self.items.len() >= limits.list_items => capped(&format!(
                "The list is cut at {} entries.",
                limits.list_items
            )),
            Some(_) if self.pages >= limits.list_pages => capped(&format!(
                "The list is cut after {} pages.",
                limits.list_pages
            )),
            Some(_) if self.bytes >= limits.list_bytes => capped(&format!(
                "The list is cut after {} MiB.",
                limits.list_bytes as f64 / f64::from(1 << 20)
            )),
            Some(next) => Next::Token(next),
        };
        Ok(Some(fresh))
    }

    /// Whether the list is whole; `None` until it has ended.
    pub fn completeness(&self) -> Option<&Completeness> {
        match &self.next {
            Next::Token(_) => None,
            Next::Ended(completeness) => Some(completeness),
        }
    }

    /// All pages. When a later page fails, what came before it stays, with the failure as the reason.
    pub async fn collect(mut self) -> Result<Listing<T>, Error> {
        let mut items = Vec::new();
        loop {
            match self.next_page().await {
                Ok(Some(page)) => items.extend(page),
                Ok(None) => break,
                Err(error) if items.is_empty() => return Err(error),
                Err(error) => {
                    let status = error.status.map(|status| format!(" ({status})"));
                    let status = status.unwrap_or_default();
                    let reason = format!("The rest could not be read{status}: {}", error.message);
                    return Ok(Listing {
                        items,
                        completeness: Completeness::Capped { reason },
                    });
                }
            }
        }
        let completeness = self
            .completeness()
            .cloned()
            .unwrap_or(Completeness::Complete);
        Ok(Listing {
            items,
            completeness,
        })
    }

    /// Those that belong to the list and have not come before.
    async fn unseen(&mut self, items: Vec<T>) -> Vec<T> {
        let (place, hasher) = (self.place.clone(), self.hasher.clone());
        let length = items.len() * ENTRY;
        let mut seen = mem::take(&mut self.items);
        let sift = move || {
            let mut elsewhere = 0;
            let here = items.into_iter().filter_map(|item| match place(item) {
                Placed::Here(item) => Some(item).filter(|item| seen.insert(hasher.hash_one(item))),
                Placed::Around => None,
                Placed::Elsewhere => {
                    elsewhere += 1;
                    None
                }
            });
            let mut fresh: Vec<T> = here.collect();
            fresh.shrink_to_fit();
            (fresh, seen, elsewhere)
        };
        let (fresh, seen, elsewhere) = aside(length, sift).await;
        self.items = seen;
        self.elsewhere += elsewhere;
        fresh
    }

    async fn fetch(&mut self, token: &str) -> Result<Sent<T>, Error> {
        match self.native.as_mut().filter(|native| native.is_active()) {
            Some(native) => Ok(native.page(token).await),
            None => (self.ask)(token).await,
        }
    }

    /// After the last page: whole, cut, or to be continued from another source.
    fn end(&mut self) -> Next {
        let seen = self.items.len();
        // A server that pages of its own accord does not cut.
        if self.pages == 1
            && self
                .native
                .as_mut()
                .is_some_and(|native| native.begin(seen))
        {
            return Next::Token(String::new());
        }
        match self.doubts() {
            doubts if doubts.is_empty() => Next::Ended(Completeness::Complete),
            doubts => capped(&doubts.join(" ")),
        }
    }

    /// Why a list that the server has ended may not be whole.
    fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        doubts.extend(self.native.as_ref().and_then(|native| native.doubt()));
        if self.left_out > 0 {
            doubts.push(format!(
                "The server sent more entries on one page than the {MAX_ENTRIES} that are read of it: {} are left out.",
                self.left_out
            ));
        }
        match self.unusable {
            0 => {}
            1 => doubts.push(
                "One entry is left out: it cannot be read, or has a name that no request can carry."
                    .to_owned(),
            ),
            count => doubts.push(format!(
                "{count} entries are left out: they cannot be read, or have names that no request can carry."
            )),
        }
        match self.elsewhere {
            0 => {}
            1 if self.items.is_empty() => doubts.push(
                "The server listed one entry that lies elsewhere, and none that lies here: whether there are any it does not say."
                    .to_owned(),
            ),
            count if self.items.is_empty() => doubts.push(format!(
                "The server listed {count} entries that lie elsewhere, and none that lies here: whether there are any it does not say."
            )),
            1 if self.tells_elsewhere => doubts.push(
                "One entry is left out: the server lists it here, and it belongs to another namespace."
                    .to_owned(),
            ),
            count if self.tells_elsewhere => doubts.push(format!(
                "{count} entries are left out: the server lists them here, and they belong to other namespaces."
            )),
            _ => {}
        }
        if !self.doubled.is_empty() {
            doubts.push(format!(
                "In the server's answer {}: only the last is read.",
                self.doubled.join(", ")
            ));
        }
        doubts
    }

    fn out_of_time(&mut self) -> Result<Option<Vec<T>>, Error> {
        let seconds = self.server.0.limits.list_time.as_secs_f32();
        if self.pages == 0 {
            let message = format!("The server did not send the list within {seconds} s.");
            return Err(Error::new(ErrorKind::TimedOut, self.route, message));
        }
        self.next = capped(&format!("The list is cut after {seconds} s."));
        Ok(Some(Vec::new()))
    }
}

fn capped(reason: &str) -> Next {
    Next::Ended(Completeness::Capped {
        reason: reason.to_owned(),
    })
}
