use iceberg_rest::{
    Error, Listing, Server,
    types::{Entries, Page, PageToken, lenient},
};
use serde::Deserialize;

use super::native::get;
use crate::{read::read, warehouse::Warehouse};

/// `GET /catalogs` of the management API, of which only names and types matter here: only `service_admin` may list.
pub(crate) async fn warehouses(server: &Server) -> Result<Listing<Warehouse>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Catalogs {
        catalogs: Entries<Catalog>,
        #[serde(default, alias = "next-page-token", alias = "next_page_token")]
        next_page_token: PageToken,
    }
    #[derive(Deserialize)]
    struct Catalog {
        name: String,
        #[serde(default, rename = "type", deserialize_with = "lenient::text")]
        kind: Option<String>,
    }
    let route = get("/api/management/v1/catalogs");
    let body: Catalogs = read(server, route, "/api/catalog", route.template).await?;
    let item = |catalog: Catalog| Warehouse {
        name: catalog.name,
        detail: catalog.kind.map(|kind| kind.to_lowercase()),
    };
    let page = Page::new(body.catalogs, body.next_page_token);
    Ok(page.whole().map(item))
}
