use iceberg_rest::{Dialect, Server};

use crate::{lakekeeper, nessie};

/// The server's version, where it says: Lakekeeper its own, Nessie that of its API (`API 2.2.0`). `None` elsewhere,
/// and when it does not answer.
pub async fn version(server: &Server) -> Option<String> {
    match server.dialect_hint()? {
        Dialect::Lakekeeper => lakekeeper::version(server).await,
        Dialect::Nessie => nessie::version(server).await,
        _ => None,
    }
}
