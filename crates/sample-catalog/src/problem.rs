//! What can go wrong with a request, before a vendor's wording and status are given to it.

use crate::ident::{Ident, Namespace};

/// A refusal. `dialects` turn it into the answer of one vendor.
#[derive(Debug)]
pub(crate) enum Problem {
    NoSuchWarehouse(String),
    NoSuchNamespace(Namespace),
    NoSuchTable(Ident),
    NoSuchView(Ident),
    /// Of a metadata file that is to be registered, by its location.
    NoSuchFile(String),
    NamespaceExists(Namespace),
    TableExists(Ident),
    ViewExists(Ident),
    /// Holds what is still in it: `tables`, `views` or `child namespaces`.
    NamespaceNotEmpty(Namespace, &'static str),
    /// A requirement of a commit does not hold.
    CommitConflict(String),
    /// The same for a view.
    ViewConflict(String),
    /// The request says something that cannot be done.
    Invalid(String),
    /// The body is not JSON.
    BadJson(String),
    /// The body is JSON, but not what the operation wants.
    BadBody(String),
    /// A query parameter cannot be read.
    BadQuery(String),
    /// The same key is to be set and removed.
    Unprocessable(String),
    Forbidden(String),
    /// Status, type and message that only one vendor has.
    Typed(u16, &'static str, String),
    /// The server does not do this at all.
    Unsupported(String),
}

impl Problem {
    /// A plain sentence for the vendors whose own wording does not matter to anybody.
    pub fn message(&self) -> String {
        match self {
            Problem::NoSuchWarehouse(name) => format!("Warehouse does not exist: {name}"),
            Problem::NoSuchNamespace(levels) => {
                format!("Namespace does not exist: {}", levels.join("."))
            }
            Problem::NoSuchTable(ident) => format!("Table does not exist: {}", ident.dotted()),
            Problem::NoSuchView(ident) => format!("View does not exist: {}", ident.dotted()),
            Problem::NoSuchFile(location) => format!(
                "Metadata file does not exist: {location}. Only metadata that was written by this server can be registered here"
            ),
            Problem::NamespaceExists(levels) => {
                format!("Namespace already exists: {}", levels.join("."))
            }
            Problem::TableExists(ident) => format!("Table already exists: {}", ident.dotted()),
            Problem::ViewExists(ident) => format!("View already exists: {}", ident.dotted()),
            Problem::NamespaceNotEmpty(levels, what) => {
                format!(
                    "Namespace {} is not empty: it contains {what}",
                    levels.join(".")
                )
            }
            Problem::CommitConflict(message)
            | Problem::ViewConflict(message)
            | Problem::Invalid(message)
            | Problem::BadJson(message)
            | Problem::BadBody(message)
            | Problem::BadQuery(message)
            | Problem::Unprocessable(message)
            | Problem::Forbidden(message)
            | Problem::Typed(_, _, message)
            | Problem::Unsupported(message) => message.clone(),
        }
    }

    /// Status and `type` of the Iceberg REST reference implementation, which most vendors follow.
    pub fn reference(&self) -> (u16, &'static str) {
        match self {
            Problem::NoSuchWarehouse(_) => (404, "NoSuchWarehouseException"),
            Problem::NoSuchNamespace(_) => (404, "NoSuchNamespaceException"),
            Problem::NoSuchTable(_) => (404, "NoSuchTableException"),
            Problem::NoSuchView(_) => (404, "NoSuchViewException"),
            Problem::NamespaceExists(_) | Problem::TableExists(_) | Problem::ViewExists(_) => {
                (409, "AlreadyExistsException")
            }
            Problem::NamespaceNotEmpty(..) => (409, "NamespaceNotEmptyException"),
            Problem::CommitConflict(_) | Problem::ViewConflict(_) => (409, "CommitFailedException"),
            Problem::Invalid(_)
            | Problem::NoSuchFile(_)
            | Problem::BadJson(_)
            | Problem::BadBody(_)
            | Problem::BadQuery(_) => (400, "BadRequestException"),
            Problem::Unprocessable(_) => (422, "UnprocessableEntityException"),
            Problem::Typed(status, kind, _) => (*status, kind),
            Problem::Forbidden(_) => (403, "ForbiddenException"),
            Problem::Unsupported(_) => (406, "UnsupportedOperationException"),
        }
    }
}
