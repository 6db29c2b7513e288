//! Apache Polaris 1.7.0 as shipped (real-life answers: statuses, wording, empty 401).

use axum::{
    http::{HeaderValue, Method, header},
    response::Response,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{digest, polaris_refusals as refusals};
use crate::{
    ask::Ask,
    connections::{CLIENT_ID, CLIENT_SECRET},
    dialect::Dialect,
    ident,
    operation::{Call, Operation, Unrouted, endpoints},
    paging::Paging,
    problem::Problem,
    reply,
    seed::NOW_MS,
    server::{Server, Warehouses},
    store::{Document, Properties, Snapshots, Warehouse},
    vendor::{Beside, Caller, Located, Vendor},
};

pub(crate) struct Polaris;

const TOKEN: &str = "CANARY-7f3a9c-polaris-root";
const REALM: &str = "POLARIS";
const NATIVE_ENDPOINTS: [&str; 12] = [
    "GET polaris/v1/{prefix}/namespaces/{namespace}/generic-tables",
    "POST polaris/v1/{prefix}/namespaces/{namespace}/generic-tables",
    "DELETE polaris/v1/{prefix}/namespaces/{namespace}/generic-tables/{generic-table}",
    "GET polaris/v1/{prefix}/namespaces/{namespace}/generic-tables/{generic-table}",
    "GET /polaris/v1/{prefix}/namespaces/{namespace}/policies",
    "POST /polaris/v1/{prefix}/namespaces/{namespace}/policies",
    "GET /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}",
    "PUT /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}",
    "DELETE /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}",
    "PUT /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}/mappings",
    "POST /polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}/mappings",
    "GET /polaris/v1/{prefix}/applicable-policies",
];

impl Vendor for Polaris {
    fn dialect(&self) -> Dialect {
        Dialect::Polaris
    }

    fn config(&self, server: &Server, ask: &Ask) -> Result<Value, Problem> {
        let name = ask
            .query("warehouse")
            .ok_or_else(|| Problem::Invalid("Please specify a warehouse".into()))?;
        server.warehouse(&name, |warehouse| {
            let mut defaults = json!({"default-base-location": warehouse.home});
            for (key, value) in &warehouse.properties {
                defaults[key] = value.as_str().into();
            }
            let mut routes = endpoints(|operation| operation != Operation::LoadCredentials);
            routes.extend(NATIVE_ENDPOINTS.map(str::to_owned));
            Ok(json!({"defaults": defaults,
                "overrides": {"namespace-separator": "%1F", "prefix": name}, "endpoints": routes}))
        })
    }

    fn locate<'a, 'b>(
        &self,
        held: &Warehouses,
        ask: &Ask,
        segments: &'a [&'b str],
    ) -> Located<'a, 'b> {
        let Some((first, rest)) = segments.split_first().filter(|(_, rest)| !rest.is_empty())
        else {
            return Err(self.unrouted(ask, &Unrouted::Path));
        };
        match ident::decode(first) {
            Some(name) if held.contains_key(&name) => Ok((name, rest)),
            name => Err(self.problem(&Problem::NoSuchWarehouse(name.unwrap_or_default()))),
        }
    }

    fn authenticate(&self, _server: &Server, ask: &Ask) -> Result<Caller, Response> {
        realm(ask)?;
        let token = ask
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        if token == Some(TOKEN) {
            return Ok(Some(CLIENT_ID.to_owned()));
        }
        let mut response = reply::empty(401);
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        Err(response)
    }

    fn native(&self, server: &Server, ask: &Ask, _caller: &Caller) -> Option<Response> {
        match (&ask.method, ask.path.as_str()) {
            (&Method::GET, "/api/management/v1/catalogs") => {
                let catalogs: Vec<Value> = server.with(|held| held.values().map(catalog).collect());
                Some(reply::json(200, &json!({"catalogs": catalogs})))
            }
            _ => None,
        }
    }

    fn tokens(&self, ask: &Ask) -> Option<Response> {
        Some(realm(ask).err().unwrap_or_else(|| token(ask)))
    }

    fn unrouted(&self, _ask: &Ask, why: &Unrouted) -> Response {
        match why {
            Unrouted::Path => reply::error(404, "NotFoundException", "HTTP 404 Not Found"),
            Unrouted::Method => {
                reply::error(405, "NotAllowedException", "HTTP 405 Method Not Allowed")
            }
            Unrouted::Name => {
                reply::error(400, "IllegalArgumentException", "Invalid name in the path")
            }
        }
    }

    fn problem(&self, problem: &Problem) -> Response {
        let (status, kind) = problem.reference();
        let message = problem.message();
        match problem {
            Problem::NoSuchWarehouse(name) => reply::error(
                404,
                "NotFoundException",
                &format!("Unable to find warehouse {name}"),
            ),
            Problem::NamespaceExists(levels) => {
                let message = format!(
                    "Cannot create namespace {}. Namespace already exists",
                    levels.join(".")
                );
                reply::error(409, kind, &message)
            }
            Problem::NamespaceNotEmpty(levels, _) => reply::error(
                409,
                kind,
                &format!("Namespace {} is not empty", levels.join(".")),
            ),
            Problem::BadJson(_) | Problem::BadBody(_) => {
                reply::error(400, "WebApplicationException", "HTTP 400 Bad Request")
            }
            Problem::Invalid(_) => reply::error(400, "IllegalArgumentException", &message),
            _ => reply::error(status, kind, &message),
        }
    }

    fn paging(&self) -> Paging {
        Paging::Ignored
    }

    fn snapshots(&self, asked: Option<&str>) -> Result<Snapshots, Problem> {
        match asked {
            None | Some("all") => Ok(Snapshots::All),
            Some("refs") => Ok(Snapshots::Refs),
            Some(other) => Err(Problem::Invalid(format!("Unrecognized snapshots: {other}"))),
        }
    }

    /// Weak, and the same for every selection of snapshots.
    fn etag(&self, document: &Document, _snapshots: Snapshots) -> Option<String> {
        Some(format!("W/\"{}\"", digest(document, None)))
    }

    fn beside_staged(&self) -> Beside {
        Beside::new()
    }

    fn born(&self, warehouse: &Warehouse, levels: &[String], properties: &mut Properties) {
        let location = format!("{}/{}/", warehouse.root, levels.join("/"));
        properties.entry("location".into()).or_insert(location);
    }

    fn refuse(&self, ask: &Ask, warehouse: &Warehouse, call: &Call) -> Result<(), Problem> {
        refusals::check(ask, warehouse, call)
    }
}

/// Another realm than the only one is not there; none at all means the only one.
fn realm(ask: &Ask) -> Result<(), Response> {
    match ask.header("polaris-realm") {
        None | Some(REALM) => Ok(()),
        Some(_) => Err(reply::error(
            404,
            "MissingOrInvalidRealm",
            "Missing or invalid realm",
        )),
    }
}

/// OAuth2 client credentials, in the body or as basic authentication (RFC 6749 §2.3.1).
fn token(ask: &Ask) -> Response {
    let refuse = |status, error: &str, description: &str| {
        reply::json(
            status,
            &json!({"error": error, "error_description": description, "error_uri": null}),
        )
    };
    if ask.form("grant_type").as_deref() != Some("client_credentials") {
        return refuse(400, "unsupported_grant_type", "The grant type is invalid");
    }
    let scope = ask.form("scope").unwrap_or_default();
    if scope.is_empty()
        || scope
            .split(' ')
            .any(|part| !part.starts_with("PRINCIPAL_ROLE:"))
    {
        return refuse(400, "invalid_scope", "The scope is invalid");
    }
    let given = basic(ask).or_else(|| Some((ask.form("client_id")?, ask.form("client_secret")?)));
    if given != Some((CLIENT_ID.to_owned(), CLIENT_SECRET.to_owned())) {
        return refuse(401, "unauthorized_client", "The client is not authorized");
    }
    reply::json(
        200,
        &json!({
            "access_token": TOKEN,
            "token_type": "bearer",
            "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "expires_in": 3600,
        }),
    )
}

fn basic(ask: &Ask) -> Option<(String, String)> {
    let encoded = ask.header("authorization")?.strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        percent_decode_str(part)
            .decode_utf8()
            .ok()
            .map(|text| text.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}

/// A catalog of the management API.
fn catalog(warehouse: &Warehouse) -> Value {
    let mut properties = json!({"default-base-location": warehouse.home});
    for (key, value) in &warehouse.properties {
        properties[key] = value.as_str().into();
    }
    json!({"type": "INTERNAL", "name": warehouse.name, "properties": properties,
        "createTimestamp": NOW_MS, "lastUpdateTimestamp": NOW_MS, "entityVersion": 1,
        "storageConfigInfo": {"storageType": "FILE", "allowedLocations": [warehouse.home, warehouse.root]}})
}
