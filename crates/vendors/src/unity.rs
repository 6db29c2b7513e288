//! Unity Catalog's own API: its catalogs, which the Iceberg API calls warehouses.

use iceberg_rest::{
    Error, Listing, Pager, Route, Server,
    ident::encode_segment,
    types::{Entries, Page, PageToken, lenient},
};
use serde::Deserialize;

use crate::warehouse::Warehouse;

const CATALOGS: Route = Route {
    method: "GET",
    template: "/catalogs",
};

/// `GET /catalogs`.
pub(crate) async fn warehouses(server: &Server) -> Result<Listing<Warehouse>, Error> {
    #[derive(Deserialize)]
    struct Catalogs {
        #[serde(default)]
        catalogs: Entries<Catalog>,
        #[serde(default)]
        next_page_token: PageToken,
    }
    #[derive(Deserialize, Hash)]
    struct Catalog {
        name: String,
        #[serde(default, deserialize_with = "lenient::text")]
        comment: Option<String>,
    }
    impl From<Catalogs> for Page<Catalog> {
        fn from(page: Catalogs) -> Self {
            Self::new(page.catalogs, page.next_page_token)
        }
    }
    // Databricks serves `/iceberg-rest`.
    let end = if server.address().ends_with("/iceberg-rest") {
        "/iceberg-rest"
    } else {
        "/iceberg"
    };
    let asked = server.clone();
    let pager = Pager::new::<Catalogs>(server, CATALOGS, move |token| {
        let query = token.map(|token| format!("?page_token={}", encode_segment(token)));
        let path = format!("{}{}", CATALOGS.template, query.unwrap_or_default());
        asked.beside(CATALOGS, end, &path)
    });
    let listing = pager.collect().await?;
    Ok(listing.map(|catalog| Warehouse {
        name: catalog.name,
        detail: catalog.comment,
    }))
}
