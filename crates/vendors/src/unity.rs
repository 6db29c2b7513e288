//! Unity Catalog's own API: its catalogs, which the Iceberg API calls warehouses.

use iceberg_rest::{
    Completeness, Error, Listing, Route, Server, ident::encode_segment, types::lenient,
};
use serde::Deserialize;

use crate::{read::read, warehouses::Warehouse};

const CATALOGS: Route = Route {
    method: "GET",
    template: "/catalogs",
};

/// Pages of the list that are read.
const MAX_PAGES: usize = 100;

/// `GET /catalogs`.
pub(crate) async fn warehouses(server: &Server) -> Result<Listing<Warehouse>, Error> {
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
    // Databricks serves `/iceberg-rest`.
    let end = if server.address().ends_with("/iceberg-rest") {
        "/iceberg-rest"
    } else {
        "/iceberg"
    };
    let mut items = Vec::new();
    let mut query = String::new();
    for _ in 0..MAX_PAGES {
        let path = format!("{}{query}", CATALOGS.template);
        let page: Catalogs = read(server, CATALOGS, end, &path).await?;
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
