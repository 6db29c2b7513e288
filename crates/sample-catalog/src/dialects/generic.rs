//! The specification with nothing added, close to the Apache Iceberg REST fixture.

use axum::response::Response;
use serde_json::{Value, json};

use super::digest;
use crate::{
    ask::Ask,
    connections::CANARY,
    dialect::Dialect,
    operation::{Unrouted, endpoints},
    paging::Paging,
    problem::Problem,
    reply,
    state::State,
    store::{Document, Snapshots, Warehouse, Warehouses},
    vendor::{Beside, Located, Vendor},
};

pub(crate) struct Generic;

/// Has no prefix.
const DEFAULT: &str = "lakehouse";

impl Vendor for Generic {
    fn dialect(&self) -> Dialect {
        Dialect::Generic
    }

    /// A name that is not known is accepted, as the fixture does.
    fn config(&self, state: &State, ask: &Ask) -> Result<Value, Problem> {
        let named = ask
            .query("warehouse")
            .filter(|name| name != DEFAULT && state.warehouses.contains_key(name));
        let overrides = named.map_or(json!({}), |name| json!({"prefix": name}));
        Ok(
            json!({"defaults": {}, "overrides": overrides, "endpoints": endpoints(|operation| self.serves(operation))}),
        )
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        _ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        Ok(match segments {
            [first, rest @ ..] if !rest.is_empty() && held.contains_key(*first) => {
                ((*first).to_owned(), rest)
            }
            _ => (DEFAULT.to_owned(), segments),
        })
    }

    /// Anybody gets a token; nobody needs one.
    fn tokens(&self, _state: &State, _ask: &Ask) -> Option<Response> {
        Some(reply::json(
            200,
            &json!({
                "access_token": "sample",
                "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
                "token_type": "bearer",
                "expires_in": 3600,
            }),
        ))
    }

    fn unrouted(&self, ask: &Ask, why: &Unrouted) -> Response {
        let message = match why {
            Unrouted::Name => format!("Invalid name in the path: {}", ask.path),
            Unrouted::Path | Unrouted::Method => format!(
                "No route for request: {} {}",
                ask.method,
                ask.path.trim_start_matches('/')
            ),
        };
        reply::error(400, "BadRequestException", &message)
    }

    fn paging(&self) -> Paging {
        Paging::OnRequest
    }

    /// Not quoted, and another one for each selection of snapshots.
    fn etag(&self, document: &Document, snapshots: Snapshots) -> Option<String> {
        Some(digest(document, Some(snapshots)))
    }

    /// A client that asks for credentials gets some for the seed's object storage, which is this server.
    fn beside(&self, ask: &Ask, _warehouse: &Warehouse, _document: &Document) -> Beside {
        let vended = ask
            .header("x-iceberg-access-delegation")
            .is_some_and(|asked| asked.contains("vended-credentials"));
        let config = if vended {
            json!({
                "s3.endpoint": ask.base(),
                "s3.path-style-access": "true",
                "s3.region": "eu-central-1",
                "s3.access-key-id": format!("{CANARY}-key"),
                "s3.secret-access-key": format!("{CANARY}-secret"),
            })
        } else {
            json!({})
        };
        Beside::from([("config", config)])
    }
}
