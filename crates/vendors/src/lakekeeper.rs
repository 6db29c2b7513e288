//! Lakekeeper's management API: the warehouses of a project, and the server's version.

use iceberg_rest::{
    Client, Dialect, Error, ErrorKind, Listing, Route, Server,
    types::{Entries, Page, PageToken, lenient},
};
use serde::Deserialize;

use crate::{read::read, warehouse::Warehouse};

const WAREHOUSES: Route = Route {
    method: "GET",
    template: "/management/v1/warehouse",
};
const INFO: Route = Route {
    method: "GET",
    template: "/management/v1/info",
};

const ACTIONS: Route = Route {
    method: "GET",
    template: "/management/v1/warehouse/{warehouse_id}/actions",
};
/// More are not shown; a server has two dozen.
const MOST_ACTIONS: usize = 100;

/// `GET /management/v1/warehouse/{warehouse_id}/actions`: what who asks may do with the warehouse itself, as a
/// Lakekeeper calls it, whatever decides there; none where it says that there is no such warehouse, though the client
/// is connected to it. `None` of other servers: nothing is sent.
pub async fn warehouse_actions(client: &Client) -> Result<Option<Vec<String>>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Actions {
        #[serde(deserialize_with = "lenient::list")]
        allowed_actions: Vec<Allowed>,
    }
    #[derive(Deserialize)]
    struct Allowed {
        action: String,
    }
    // The prefix is the warehouse's id.
    let id = client.prefix();
    let is_id = id.len() == 36
        && id
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if client.dialect() != Dialect::Lakekeeper || !is_id {
        return Ok(None);
    }
    let path = ACTIONS.template.replace("{warehouse_id}", id);
    match read::<Actions>(client.server(), ACTIONS, "/catalog", &path).await {
        Ok(body) => {
            let actions = body.allowed_actions.into_iter().take(MOST_ACTIONS);
            Ok(Some(actions.map(|allowed| allowed.action).collect()))
        }
        Err(error) if error.kind == ErrorKind::NotFound => Ok(Some(Vec::new())),
        Err(error) => Err(error),
    }
}

/// `GET /management/v1/warehouse`: the active warehouses of a project, or of the one that the headers choose.
pub(crate) async fn warehouses(
    server: &Server,
    project: Option<&str>,
) -> Result<Listing<Warehouse>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Warehouses {
        warehouses: Entries<Entry>,
        /// Of its other lists: this one has no pages in any release that was seen.
        #[serde(default)]
        next_page_token: PageToken,
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
    let page = Page::new(body.warehouses, body.next_page_token);
    Ok(page.whole().map(item))
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
