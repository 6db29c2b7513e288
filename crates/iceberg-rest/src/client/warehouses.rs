use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use super::Server;
use crate::{
    dialect::Dialect,
    error::{Error, ErrorKind},
    ident::encode_segment,
    listing::{Completeness, Listing},
    operation::Route,
    types::lenient,
};

/// What a server calls a warehouse, a catalog or a table bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warehouse {
    /// As [`Server::connect`] takes it.
    pub name: String,
    /// A few words about it, in the server's terms.
    pub detail: Option<String>,
}

const POLARIS: Route = Route {
    method: "GET",
    template: "/api/management/v1/catalogs",
};
const LAKEKEEPER: Route = Route {
    method: "GET",
    template: "/management/v1/warehouse",
};
const UNITY: Route = Route {
    method: "GET",
    template: "/catalogs",
};

/// Pages of Unity's list that are read.
const MAX_PAGES: usize = 100;

impl Server {
    /// The warehouses of the server, where its own API names them: the Iceberg API cannot.
    pub async fn list_warehouses(&self) -> Result<Listing<Warehouse>, Error> {
        let mut listing = match self.dialect_hint() {
            Some(Dialect::Polaris) => self.polaris_catalogs().await?,
            Some(Dialect::Lakekeeper) => self.lakekeeper_warehouses().await?,
            Some(Dialect::Unity) => self.unity_catalogs().await?,
            Some(Dialect::S3Tables) => {
                return Err(unsupported(
                    "Amazon S3 Tables lists table buckets in the AWS API only: give the bucket's ARN as warehouse.",
                ));
            }
            Some(Dialect::Nessie) => {
                return Err(unsupported(
                    "Nessie does not list its warehouses: type the name of one, or use the default.",
                ));
            }
            Some(Dialect::Generic) | None => {
                return Err(unsupported(
                    "This server does not list its warehouses: type the name of one.",
                ));
            }
        };
        listing.items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(listing)
    }

    /// Polaris management API: only `service_admin` may list.
    async fn polaris_catalogs(&self) -> Result<Listing<Warehouse>, Error> {
        #[derive(Deserialize)]
        struct Catalogs {
            #[serde(deserialize_with = "lenient::list")]
            catalogs: Vec<Catalog>,
        }
        #[derive(Deserialize)]
        struct Catalog {
            name: String,
            #[serde(default, rename = "type", deserialize_with = "lenient::text")]
            kind: Option<String>,
        }
        let body: Catalogs = self
            .native(POLARIS, "/api/catalog", POLARIS.template, "")
            .await?;
        let item = |catalog: Catalog| Warehouse {
            name: catalog.name,
            detail: catalog.kind.map(|kind| kind.to_lowercase()),
        };
        Ok(Listing::complete(
            body.catalogs.into_iter().map(item).collect(),
        ))
    }

    /// Lakekeeper management API: the active warehouses of the project that the headers choose.
    async fn lakekeeper_warehouses(&self) -> Result<Listing<Warehouse>, Error> {
        #[derive(Deserialize)]
        struct Warehouses {
            #[serde(deserialize_with = "lenient::list")]
            warehouses: Vec<Entry>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Entry {
            name: String,
            #[serde(default, deserialize_with = "lenient::object")]
            storage_profile: Option<Profile>,
        }
        #[derive(Deserialize)]
        struct Profile {
            #[serde(default, rename = "type", deserialize_with = "lenient::text")]
            kind: Option<String>,
        }
        let body: Warehouses = self
            .native(LAKEKEEPER, "/catalog", LAKEKEEPER.template, "")
            .await?;
        let item = |entry: Entry| Warehouse {
            detail: entry.storage_profile.and_then(|profile| profile.kind),
            name: entry.name,
        };
        Ok(Listing::complete(
            body.warehouses.into_iter().map(item).collect(),
        ))
    }

    async fn unity_catalogs(&self) -> Result<Listing<Warehouse>, Error> {
        #[derive(Deserialize)]
        struct Catalogs {
            #[serde(default, deserialize_with = "lenient::list")]
            catalogs: Vec<Catalog>,
            #[serde(default, deserialize_with = "lenient::text")]
            next_page_token: Option<String>,
        }
        #[derive(Deserialize)]
        struct Catalog {
            name: String,
            #[serde(default, deserialize_with = "lenient::text")]
            comment: Option<String>,
        }
        let end = if self.0.base.as_str().ends_with("/iceberg-rest") {
            "/iceberg-rest"
        } else {
            "/iceberg"
        };
        let mut items = Vec::new();
        let mut query = String::new();
        for _ in 0..MAX_PAGES {
            let page: Catalogs = self.native(UNITY, end, UNITY.template, &query).await?;
            items.extend(page.catalogs.into_iter().map(|catalog| Warehouse {
                name: catalog.name,
                detail: catalog.comment,
            }));
            match page
                .next_page_token
                .filter(|token| !token.is_empty())
                .map(|token| format!("?page_token={}", encode_segment(&token)))
            {
                Some(next) if next != query => query = next,
                _ => return Ok(Listing::complete(items)),
            }
        }
        let reason = format!("The list is cut after {MAX_PAGES} pages.");
        Ok(Listing {
            items,
            completeness: Completeness::Capped { reason },
        })
    }

    /// A read of the server's own API, which stands beside the Iceberg API: `end` of the address gives way to `path`.
    pub(crate) async fn native<T: DeserializeOwned + Send + 'static>(
        &self,
        route: Route,
        end: &str,
        path: &str,
        query: &str,
    ) -> Result<T, Error> {
        let url = self.beside(route, end, &format!("{path}{query}"))?;
        self.get(route, url, &[]).await?.json(route).await
    }

    /// An address in the server's own API.
    pub(crate) fn beside(&self, route: Route, end: &str, path: &str) -> Result<Url, Error> {
        let base = self.0.base.sibling(end, "").ok_or_else(|| {
            Error::new(ErrorKind::Unsupported, route, format!("The server's own API is not found: the connection's address does not end in {end}."))
        })?;
        base.join(path)
    }
}

fn unsupported(message: &str) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        Route {
            method: "",
            template: "",
        },
        message,
    )
}
