use serde::Deserialize;

use super::Server;
use crate::{dialect::Dialect, operation::Route, types::lenient};

const LAKEKEEPER: Route = Route {
    method: "GET",
    template: "/management/v1/info",
};
const NESSIE: Route = Route {
    method: "GET",
    template: "/api/v2/config",
};

impl Server {
    /// The server's version, where it says: Lakekeeper its own, Nessie that of its API.
    pub async fn version(&self) -> Option<String> {
        match self.dialect_hint()? {
            Dialect::Lakekeeper => {
                #[derive(Deserialize)]
                struct Info {
                    version: String,
                }
                let info: Info = self
                    .native(LAKEKEEPER, "/catalog", LAKEKEEPER.template, "")
                    .await
                    .ok()?;
                Some(info.version)
            }
            Dialect::Nessie => {
                #[derive(Deserialize)]
                #[serde(rename_all = "camelCase")]
                struct Config {
                    #[serde(default, deserialize_with = "lenient::text")]
                    spec_version: Option<String>,
                }
                let config: Config = self.nessie(NESSIE, "/config").await.ok()?;
                config.spec_version.map(|version| format!("API {version}"))
            }
            _ => None,
        }
    }
}
