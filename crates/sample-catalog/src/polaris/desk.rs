//! Where a request of Polaris' own APIs is worked on.

use axum::response::Response;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    authority::{Authority, Target},
    realm::{Catalog, Realm},
    refusal::refusal,
    securable::Securable,
    session::Session,
};
use crate::{
    ask::Ask,
    ident::{Ident, decode, decode_namespace},
    operation::Unrouted,
    problem::Problem,
    reply,
    store::{Properties, Warehouses},
};

/// An answer, or a refusal.
pub(super) type Answer = Result<Response, Response>;

pub(crate) struct Desk<'a> {
    pub ask: &'a Ask,
    pub session: &'a Session,
    pub realm: &'a mut Realm,
    pub held: &'a mut Warehouses,
}

/// What names and describes a new principal or role.
#[derive(Deserialize)]
pub(super) struct Named {
    pub name: String,
    #[serde(default)]
    pub properties: Properties,
    /// Of a principal role.
    #[serde(default)]
    pub federated: bool,
}

/// Body of every `PUT` of a principal or a role.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update {
    current_entity_version: Option<i64>,
    pub properties: Option<Properties>,
}

impl Update {
    pub fn version(&self) -> Result<i64, Response> {
        self.current_entity_version.ok_or_else(unversioned)
    }
}

/// The real server takes the version for granted, and fails without it.
pub(super) fn unversioned() -> Response {
    reply::error(500, "NullPointerException", "Internal Server Error")
}

impl Desk<'_> {
    /// Lets the operation pass, or refuses it.
    pub fn require(
        &self,
        operation: &str,
        target: &Target,
        secondary: &Target,
    ) -> Result<(), Response> {
        Authority::new(self.realm, self.session).require(operation, target, secondary)
    }

    /// An operation on what hangs at the root: principals, principal roles, the list of catalogs.
    pub fn require_at_root(&self, operation: &str) -> Result<(), Response> {
        self.require(operation, &None, &None)
    }

    /// An operation on a catalog, or on one of its roles.
    pub fn require_on(&self, operation: &str, catalog: &str) -> Result<(), Response> {
        self.require(operation, &Some((catalog, Securable::Catalog)), &None)
    }

    /// The body. What is no JSON is told so, what is another JSON is refused without a word.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Response> {
        let body: Value = serde_json::from_slice(&self.ask.body)
            .map_err(|_| refuse(400, "WebApplicationException", "HTTP 400 Bad Request"))?;
        serde_json::from_value(body).map_err(|_| reply::empty(400))
    }

    pub fn catalog(&mut self, name: &str) -> Result<&mut Catalog, Response> {
        let catalog = self.realm.catalogs.get_mut(name);
        catalog.ok_or_else(|| no_entity("CATALOG", name))
    }

    /// Refuses an object that is not there.
    pub fn resolve(&self, catalog: &str, on: &Securable) -> Result<(), Response> {
        let known = (self.held.get(catalog), self.realm.catalogs.get(catalog));
        let (Some(warehouse), Some(realm)) = known else {
            return Err(no_entity("CATALOG", catalog));
        };
        let found = match on {
            Securable::Catalog => Ok(()),
            Securable::Namespace(levels) => warehouse.contents(levels).map(|_| ()),
            Securable::Table(ident) if realm.generic_tables.contains_key(ident) => Ok(()),
            Securable::Table(ident) => match warehouse.has_table(ident) {
                Ok(true) => Ok(()),
                Ok(false) => Err(Problem::NoSuchTable(ident.clone())),
                Err(problem) => Err(problem),
            },
            Securable::View(ident) => warehouse.load_view(ident).map(|_| ()),
            Securable::Policy(ident) if realm.policies.contains_key(ident) => Ok(()),
            Securable::Policy(ident) => Err(no_policy(ident)),
        };
        found.map_err(|problem| refusal(&problem))
    }
}

pub(super) fn no_policy(ident: &Ident) -> Problem {
    let message = format!("Policy does not exist: {}", policy_name(ident));
    Problem::Typed(404, "NoSuchPolicyException", message)
}

pub(super) fn policy_name(ident: &Ident) -> String {
    format!(
        "PolicyIdentifier[namespace={}, name={}]",
        ident.namespace.join("."),
        ident.name
    )
}

/// An error in the shape of the Iceberg REST spec, which Polaris uses everywhere.
pub(crate) fn refuse(status: u16, kind: &str, message: &str) -> Response {
    reply::error(status, kind, message)
}

pub(super) fn no_entity(kind: &str, name: &str) -> Response {
    let message = format!("TopLevelEntity of type {kind} does not exist: {name}");
    refuse(404, "NotFoundException", &message)
}

pub(crate) fn unrouted(why: &Unrouted) -> Response {
    match why {
        Unrouted::Path => refuse(404, "NotFoundException", "HTTP 404 Not Found"),
        Unrouted::Method => refuse(405, "NotAllowedException", "HTTP 405 Method Not Allowed"),
        Unrouted::Name => refuse(400, "IllegalArgumentException", "Invalid name in the path"),
    }
}

/// A segment of the path.
pub(super) fn name(segment: &str) -> Result<String, Response> {
    decode(segment).ok_or_else(|| unrouted(&Unrouted::Name))
}

pub(super) fn namespace(segment: &str) -> Result<Vec<String>, Response> {
    decode_namespace(segment).ok_or_else(|| unrouted(&Unrouted::Name))
}

/// Names of new catalogs, principals and roles. `field` says where in the request it stands.
pub(super) fn check_name(name: &str, field: &str) -> Result<(), Response> {
    let start: String = name.trim_start().chars().take(7).collect();
    let rule = match name.encode_utf16().count() {
        0 | 257.. => "size must be between 1 and 256",
        _ if start.eq_ignore_ascii_case("system$") => {
            r#"must match "^(?!\s*[sS][yY][sS][tT][eE][mM]\$).*$""#
        }
        _ => return Ok(()),
    };
    let message = format!("Invalid value: {field}: {rule}");
    Err(refuse(400, "ResteasyReactiveViolationException", &message))
}

pub(super) fn exists(kind: &str, name: &str) -> Response {
    let message = format!(
        "Cannot create {kind} {name}. {} already exists or resolution failed",
        kind
    );
    refuse(409, "AlreadyExistsException", &message)
}

pub(super) fn no_grant() -> Response {
    refuse(400, "GRANT_NOT_FOUND", "Operation failed: GRANT_NOT_FOUND")
}
