//! Unity Catalog cuts Iceberg lists at 100 entries without a word, and before it leaves out what is no Iceberg table.
//! Its own API pages, so it tells whether a list was cut and what is missing.

use serde::Deserialize;

use super::{Client, Server, address::Base, paging::Sent};
use crate::{
    dialect::Dialect,
    error::Error,
    ident::{Namespace, TableIdent, encode_segment},
    operation::Route,
    types::{Entries, Page, PageToken, lenient},
};

/// Longest page of the native API.
const PAGE: usize = 100;

/// What a native entry is over the Iceberg API, if anything.
type Read<T> = Box<dyn Fn(&Native) -> Option<T> + Send + Sync>;

/// The native list that stands behind an Iceberg list.
pub(super) struct Source<T> {
    server: Server,
    base: Base,
    route: Route,
    path: String,
    item: Read<T>,
    /// Asked even when the Iceberg list is short: entries were left out after the cut.
    filtered: bool,
    state: State,
}

enum State {
    Idle,
    Active { first: bool },
    Failed,
}

#[derive(Deserialize)]
struct Listing {
    #[serde(alias = "schemas", alias = "tables")]
    entries: Entries<Native>,
    #[serde(default)]
    next_page_token: PageToken,
}

#[derive(Deserialize)]
struct Native {
    name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    data_source_format: String,
    #[serde(default, deserialize_with = "lenient::object")]
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Properties {
    /// Delta tables that can be read as Iceberg.
    #[serde(
        default,
        rename = "delta.universalFormat.enabledFormats",
        deserialize_with = "lenient::text"
    )]
    formats: Option<String>,
}

impl Native {
    fn is_iceberg(&self) -> bool {
        let properties = self.properties.as_ref();
        let formats = properties.and_then(|properties| properties.formats.as_deref());
        self.data_source_format == "ICEBERG"
            || formats.is_some_and(|formats| formats.contains("iceberg"))
    }
}

/// `GET /schemas?catalog_name=`.
pub(super) fn namespaces(client: &Client) -> Option<Source<Namespace>> {
    let route = Route {
        method: "GET",
        template: "/schemas",
    };
    let item = |native: &Native| Namespace::try_new([&native.name]).ok();
    source(client, route, String::new(), false, item)
}

/// `GET /tables?catalog_name=&schema_name=`.
pub(super) fn tables(client: &Client, namespace: &Namespace) -> Option<Source<TableIdent>> {
    let route = Route {
        method: "GET",
        template: "/tables",
    };
    let query = format!("&schema_name={}", encode_segment(namespace.name()));
    let namespace = namespace.clone();
    let item = move |native: &Native| {
        let iceberg = native.is_iceberg();
        iceberg
            .then(|| TableIdent::try_new(namespace.clone(), &native.name).ok())
            .flatten()
    };
    source(client, route, query, true, item)
}

fn source<T>(
    client: &Client,
    route: Route,
    query: String,
    filtered: bool,
    item: impl Fn(&Native) -> Option<T> + Send + Sync + 'static,
) -> Option<Source<T>> {
    if client.dialect() != Dialect::Unity {
        return None;
    }
    // Databricks serves `/iceberg-rest`, which pages by itself.
    let base = client.0.base.sibling("/iceberg", "")?;
    let catalog = client.prefix().strip_prefix("catalogs/")?;
    let path = format!(
        "{}?catalog_name={catalog}{query}&max_results={PAGE}",
        route.template
    );
    Some(Source {
        server: client.server().clone(),
        base,
        route,
        path,
        item: Box::new(item),
        filtered,
        state: State::Idle,
    })
}

impl<T> Source<T> {
    /// After an Iceberg list of `seen` entries: whether to go on with this one.
    pub fn begin(&mut self, seen: usize) -> bool {
        let wanted = matches!(self.state, State::Idle) && (self.filtered || seen >= PAGE);
        if wanted {
            self.state = State::Active { first: true };
        }
        wanted
    }

    pub fn is_active(&self) -> bool {
        matches!(self.state, State::Active { .. })
    }

    /// Why the list may be cut in spite of all.
    pub fn doubt(&self) -> Option<String> {
        // However short the Iceberg list is: what it leaves out counts towards the cut.
        matches!(self.state, State::Failed).then(|| {
            format!(
                "Unity Catalog cuts its Iceberg lists at {PAGE} entries in silence, and its own API, which has the rest, did not answer: check that the connection may call it."
            )
        })
    }

    /// A page, empty where the native API does not answer: then the list ends, with a doubt.
    pub async fn page(&mut self, token: &str) -> Sent<T> {
        let mut sent = Sent {
            page: Page::default(),
            bytes: 0,
            doubled: Vec::new(),
        };
        let State::Active { first } = self.state else {
            return sent;
        };
        let Ok((listing, bytes)) = self.fetch(token).await else {
            self.state = State::Failed;
            return sent;
        };
        self.state = State::Active { first: false };
        sent.bytes = bytes;
        let page = Page::new(listing.entries, listing.next_page_token);
        // All fits on one page: then nothing was cut, and the Iceberg list knows best what it can load.
        sent.page = match first && page.next.is_none() {
            true => Page {
                cut: page.cut,
                ..Page::default()
            },
            false => page.filter_map(&self.item),
        };
        sent
    }

    /// A page, and its length in bytes.
    async fn fetch(&self, token: &str) -> Result<(Listing, usize), Error> {
        let token = if token.is_empty() {
            String::new()
        } else {
            format!("&page_token={}", encode_segment(token))
        };
        let url = self.base.join(&format!("{}{token}", self.path))?;
        let received = self.server.get(self.route, url).await?;
        let bytes = received.body.len();
        Ok((received.json(self.route).await?, bytes))
    }
}
