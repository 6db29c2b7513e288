//! Nessie's own API, `/api/v2`: branches, tags, and the commits that are a table's history there.

use iceberg_rest::{
    Error, ErrorKind, Listing, Pager, Route, Server,
    ident::encode_segment,
    types::{Entries, Page, PageToken, lenient},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use url::Url;

use crate::read::in_order;

const CONFIG: Route = Route {
    method: "GET",
    template: "/api/v2/config",
};
const TREES: Route = Route {
    method: "GET",
    template: "/api/v2/trees",
};
const HISTORY: Route = Route {
    method: "GET",
    template: "/api/v2/trees/{ref}/history",
};

/// A branch or a tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Reference {
    /// As addresses take it: `main`, `feature/x`.
    pub name: String,
    /// `BRANCH`, `TAG`.
    #[serde(default, rename = "type", deserialize_with = "lenient::or_default")]
    pub kind: String,
    /// The newest commit.
    #[serde(default, deserialize_with = "lenient::text")]
    pub hash: Option<String>,
}

/// Commits of a reference, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// Newest first.
    #[serde(rename = "logEntries", deserialize_with = "lenient::list")]
    pub commits: Vec<Commit>,
    /// The token of the page after this one; `None` on the last.
    #[serde(default, rename = "token", deserialize_with = "token")]
    pub next: Option<String>,
}

/// That of a page that can be asked for.
fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    PageToken::deserialize(deserializer).map(PageToken::text)
}

/// A commit, and what it did.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Commit {
    /// Who made it, when, and why.
    #[serde(rename = "commitMeta")]
    pub meta: CommitMeta,
    /// Hash of the commit before it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub parent_commit_hash: Option<String>,
    /// Only when asked for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub operations: Vec<CommitOperation>,
}

/// What a commit says about itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommitMeta {
    /// Names the commit, in hexadecimal.
    pub hash: String,
    /// What its author wrote; empty when nothing was.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub message: String,
    /// Who wrote it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub authors: Vec<String>,
    /// Who applied it: the server's idea of who asked.
    #[serde(default, deserialize_with = "lenient::text")]
    pub committer: Option<String>,
    /// ISO 8601.
    #[serde(default, deserialize_with = "lenient::text")]
    pub commit_time: Option<String>,
}

/// What a commit did to one content.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CommitOperation {
    /// `PUT`, `DELETE`, `UNCHANGED`.
    #[serde(default, rename = "type", deserialize_with = "lenient::or_default")]
    pub kind: String,
    /// Which content.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub key: ContentKey,
    #[serde(default, deserialize_with = "lenient::object")]
    content: Option<Content>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Content {
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    kind: Option<String>,
}

/// Where a content stands: a namespace's levels and its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ContentKey {
    /// Levels, outermost first, and the name last.
    #[serde(deserialize_with = "lenient::list")]
    pub elements: Vec<String>,
}

impl CommitOperation {
    /// `ICEBERG_TABLE`, `ICEBERG_VIEW`, `NAMESPACE`; `None` for a deletion.
    pub fn content_type(&self) -> Option<&str> {
        self.content.as_ref()?.kind.as_deref()
    }
}

/// Nessie's own API on one server. Cheap to clone.
#[derive(Clone)]
pub struct Nessie(Server);

impl Nessie {
    /// Nothing is sent.
    pub fn new(server: Server) -> Self {
        Self(server)
    }

    /// `GET /api/v2/trees`: branches and tags, in order of name.
    pub async fn references(&self) -> Result<Listing<Reference>, Error> {
        #[derive(Deserialize)]
        struct References {
            references: Entries<Reference>,
            #[serde(default)]
            token: PageToken,
            #[serde(default, deserialize_with = "lenient::or_default", rename = "hasMore")]
            has_more: bool,
        }
        impl From<References> for Page<Reference> {
            fn from(page: References) -> Self {
                let token = match page.token {
                    // It says that there is more, and not where.
                    PageToken::None if page.has_more => PageToken::Unreadable,
                    token => token,
                };
                Self::new(page.references, token)
            }
        }
        let nessie = self.clone();
        let pager = Pager::new::<References>(&self.0, TREES, move |token| {
            let query = token.map(|token| format!("?page-token={}", encode_segment(token)));
            nessie.address(TREES, &format!("/trees{}", query.unwrap_or_default()))
        });
        Ok(in_order(pager.collect().await?, |one| &one.name).await)
    }

    /// `GET /api/v2/trees/{ref}/history`: one page of commits. `token` is [`HistoryPage::next`] of the page before.
    ///
    /// `operations` asks for what each commit did, which costs the server more.
    pub async fn history(
        &self,
        reference: &str,
        max_records: u32,
        token: Option<&str>,
        operations: bool,
    ) -> Result<HistoryPage, Error> {
        let mut path = format!(
            "/trees/{}/history?max-records={max_records}",
            encode_segment(reference)
        );
        if operations {
            path.push_str("&fetch=ALL");
        }
        if let Some(token) = token {
            path.push_str(&format!("&page-token={}", encode_segment(token)));
        }
        self.read(HISTORY, &path).await
    }

    async fn read<T: DeserializeOwned + Send + 'static>(
        &self,
        route: Route,
        path: &str,
    ) -> Result<T, Error> {
        let url = self.address(route, path)?;
        self.0.get(route, url).await?.json(route).await
    }

    /// `/api/v2` stands where `/iceberg` does, whatever reference the connection's address names behind it.
    fn address(&self, route: Route, path: &str) -> Result<Url, Error> {
        let address = self.0.address();
        let end = address.rfind("/iceberg").map(|at| &address[at..]);
        let end = end.ok_or_else(|| {
            Error::new(
                ErrorKind::Unsupported,
                route,
                "Nessie's own API is not found: the connection's address holds no /iceberg.",
            )
        })?;
        self.0.beside(route, end, &format!("/api/v2{path}"))
    }
}

/// `GET /api/v2/config`: the version of its API.
pub(crate) async fn version(server: &Server) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Config {
        #[serde(default, deserialize_with = "lenient::text")]
        spec_version: Option<String>,
    }
    let config: Config = Nessie(server.clone()).read(CONFIG, "/config").await.ok()?;
    config.spec_version.map(|version| format!("API {version}"))
}
