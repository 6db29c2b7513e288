//! Lakekeeper's management API: the warehouses of a project, and the server's version.

use iceberg_rest::{Error, Listing, Route, Server, types::lenient};
use serde::Deserialize;

use crate::{read::read, warehouses::Warehouse};

const WAREHOUSES: Route = Route {
    method: "GET",
    template: "/management/v1/warehouse",
};
const INFO: Route = Route {
    method: "GET",
    template: "/management/v1/info",
};

/// `GET /management/v1/warehouse`: the active warehouses of a project, or of the one that the headers choose.
pub(crate) async fn warehouses(
    server: &Server,
    project: Option<&str>,
) -> Result<Listing<Warehouse>, Error> {
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
    let body: Warehouses = match project {
        None => read(server, WAREHOUSES, "/catalog", WAREHOUSES.template).await?,
        Some(project) => {
            let url = server.beside(WAREHOUSES, "/catalog", WAREHOUSES.template)?;
            let header = ("x-project-id", project);
            let received = server.get_with_header(WAREHOUSES, url, header).await?;
            received.json(WAREHOUSES).await?
        }
    };
    let item = |entry: Entry| Warehouse {
        detail: entry.storage_profile.and_then(|profile| profile.kind),
        name: match project {
            None => entry.name,
            Some(project) => format!("{project}/{}", entry.name),
        },
    };
    Ok(Listing::complete(
        body.warehouses.into_iter().map(item).collect(),
    ))
}

/// `GET /management/v1/info`.
pub(crate) async fn version(server: &Server) -> Option<String> {
    #[derive(Deserialize)]
    struct Info {
        version: String,
    }
    let info: Info = read(server, INFO, "/catalog", INFO.template).await.ok()?;
    Some(info.version)
}
