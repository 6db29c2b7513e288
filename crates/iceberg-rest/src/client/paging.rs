//! Lists, page by page, with guards against servers that never end them.

use std::{
    collections::HashSet,
    hash::{BuildHasher, Hash, RandomState},
    mem,
    sync::Arc,
    time::Instant,
};

use super::{Client, in_background, received::aside, unity};
use crate::{
    error::{Error, ErrorKind},
    ident::encode_segment,
    listing::{Completeness, Listing},
    types::{Listed, MAX_ENTRIES, Page},
};

/// What an entry takes on the wire, in bytes, about.
const ENTRY: usize = 64;

/// Longest page token that is sent back, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// A list that is read page by page.
///
/// Items come once each, in the server's order. Pages may be short or empty before the last.
pub struct Pager<T> {
    client: Client,
    /// What follows the prefix, e.g. `/namespaces/sales/tables`.
    path: String,
    /// More query, e.g. `&parent=sales`.
    query: String,
    keep: Arc<dyn Fn(&T) -> bool + Send + Sync>,
    native: Option<unity::Source<T>>,
    next: Next,
    hasher: RandomState,
    items: HashSet<u64>,
    tokens: HashSet<u64>,
    pages: usize,
    unusable: usize,
    left_out: usize,
    deadline: Instant,
}

enum Next {
    Token(String),
    Ended(Completeness),
}

impl<T: Listed + Hash> Pager<T> {
    pub(super) fn new(client: &Client, path: String) -> Self {
        Self {
            deadline: Instant::now() + client.0.server.0.limits.list_time,
            client: client.clone(),
            path,
            query: String::new(),
            keep: Arc::new(|_| true),
            native: None,
            // The specification: an empty token asks for the first page.
            next: Next::Token(String::new()),
            hasher: RandomState::new(),
            items: HashSet::new(),
            tokens: HashSet::new(),
            pages: 0,
            unusable: 0,
            left_out: 0,
        }
    }

    /// A list known to be empty without asking.
    pub(super) fn ended(mut self) -> Self {
        self.next = Next::Ended(Completeness::Complete);
        self
    }

    pub(super) fn with_query(mut self, query: String) -> Self {
        self.query = query;
        self
    }

    pub(super) fn keeping(mut self, keep: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.keep = Arc::new(keep);
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
        let limits = self.client.0.server.0.limits;
        let left = self.deadline.saturating_duration_since(Instant::now());
        let first = self.pages == 0;
        let fetch = async {
            match first {
                true => self.fetch(&token).await,
                // Somebody sees the first page already.
                false => in_background(self.fetch(&token)).await,
            }
        };
        let page = match tokio::time::timeout(left, fetch).await {
            Ok(page) => page?,
            Err(_) => return self.out_of_time(),
        };
        self.pages += 1;
        self.unusable += page.unusable;
        self.left_out += page.left_out;
        let fresh = self.unseen(page.items).await;
        self.next = match page.next {
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
                    return Ok(Listing {
                        items,
                        completeness: Completeness::Capped {
                            reason: error.message.clone(),
                        },
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
    async fn unseen(&mut self, mut items: Vec<T>) -> Vec<T> {
        let (keep, hasher) = (self.keep.clone(), self.hasher.clone());
        let length = items.len() * ENTRY;
        let mut seen = mem::take(&mut self.items);
        let sift = move || {
            items.retain(|item| keep(item) && seen.insert(hasher.hash_one(item)));
            items.shrink_to_fit();
            (items, seen)
        };
        let (fresh, seen) = aside(length, sift).await;
        self.items = seen;
        fresh
    }

    async fn fetch(&mut self, token: &str) -> Result<Page<T>, Error> {
        if let Some(native) = self.native.as_mut().filter(|native| native.is_active()) {
            return native.page(&self.client, token).await;
        }
        let route = T::OPERATION.route();
        let size = self.client.0.dialect.profile().page_size;
        // Nessie wants the size on every page, Lakekeeper the token on the first.
        let query = format!(
            "?pageToken={}&pageSize={size}{}",
            encode_segment(token),
            self.query
        );
        let url = self.client.address(&format!("{}{query}", self.path))?;
        let received = self.client.read(T::OPERATION, url, &[]).await?;
        received.json(route).await
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
        match (
            self.native.as_ref().and_then(|native| native.doubt()),
            self.left_out,
            self.unusable,
        ) {
            (Some(reason), ..) => capped(&reason),
            (None, 0, 0) => Next::Ended(Completeness::Complete),
            (None, 0, count) => capped(&format!(
                "{count} entries have names that no request can carry, and are left out."
            )),
            (None, count, _) => capped(&format!(
                "The server sent more entries on one page than the {MAX_ENTRIES} that are read of it: {count} are left out."
            )),
        }
    }

    fn out_of_time(&mut self) -> Result<Option<Vec<T>>, Error> {
        let seconds = self.client.0.server.0.limits.list_time.as_secs_f32();
        if self.pages == 0 {
            let message = format!("The server did not send the list within {seconds} s.");
            return Err(Error::new(
                ErrorKind::TimedOut,
                T::OPERATION.route(),
                message,
            ));
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
