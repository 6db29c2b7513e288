//! The Iceberg REST operations: one table that routes requests and fills `endpoints` in the configuration.

use crate::ident::{self, Ident, Namespace};

/// One operation of the Iceberg REST specification, below the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    ListNamespaces,
    CreateNamespace,
    LoadNamespace,
    NamespaceExists,
    DropNamespace,
    UpdateProperties,
    ListTables,
    CreateTable,
    RegisterTable,
    LoadTable,
    TableExists,
    CommitTable,
    DropTable,
    RenameTable,
    ReportMetrics,
    LoadCredentials,
    CommitTransaction,
    ListViews,
    CreateView,
    RegisterView,
    LoadView,
    ViewExists,
    ReplaceView,
    DropView,
    RenameView,
}

use Operation::*;

/// Method and path below the prefix, in the spec's own spelling of its parameters.
pub(crate) const OPERATIONS: [(Operation, &str, &str); 25] = [
    (ListNamespaces, "GET", "namespaces"),
    (CreateNamespace, "POST", "namespaces"),
    (LoadNamespace, "GET", "namespaces/{namespace}"),
    (NamespaceExists, "HEAD", "namespaces/{namespace}"),
    (DropNamespace, "DELETE", "namespaces/{namespace}"),
    (
        UpdateProperties,
        "POST",
        "namespaces/{namespace}/properties",
    ),
    (ListTables, "GET", "namespaces/{namespace}/tables"),
    (CreateTable, "POST", "namespaces/{namespace}/tables"),
    (RegisterTable, "POST", "namespaces/{namespace}/register"),
    (LoadTable, "GET", "namespaces/{namespace}/tables/{table}"),
    (TableExists, "HEAD", "namespaces/{namespace}/tables/{table}"),
    (CommitTable, "POST", "namespaces/{namespace}/tables/{table}"),
    (DropTable, "DELETE", "namespaces/{namespace}/tables/{table}"),
    (RenameTable, "POST", "tables/rename"),
    (
        ReportMetrics,
        "POST",
        "namespaces/{namespace}/tables/{table}/metrics",
    ),
    (
        LoadCredentials,
        "GET",
        "namespaces/{namespace}/tables/{table}/credentials",
    ),
    (CommitTransaction, "POST", "transactions/commit"),
    (ListViews, "GET", "namespaces/{namespace}/views"),
    (CreateView, "POST", "namespaces/{namespace}/views"),
    (RegisterView, "POST", "namespaces/{namespace}/register-view"),
    (LoadView, "GET", "namespaces/{namespace}/views/{view}"),
    (ViewExists, "HEAD", "namespaces/{namespace}/views/{view}"),
    (ReplaceView, "POST", "namespaces/{namespace}/views/{view}"),
    (DropView, "DELETE", "namespaces/{namespace}/views/{view}"),
    (RenameView, "POST", "views/rename"),
];

/// An operation and the objects that its path names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub operation: Operation,
    /// Empty when the path names none.
    pub namespace: Namespace,
    /// The table or view; empty when the path names none.
    pub name: String,
}

impl Call {
    pub fn ident(&self) -> Ident {
        Ident {
            namespace: self.namespace.clone(),
            name: self.name.clone(),
        }
    }
}

/// Why a path leads to no operation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unrouted {
    /// No operation has this path.
    Path,
    /// An operation has this path, with another method.
    Method,
    /// A name in the path is empty, or is not UTF-8.
    Name,
}

/// Finds the operation for `segments`, the raw path below the prefix, among those that `served` keeps.
pub(crate) fn route(
    method: &str,
    segments: &[&str],
    served: impl Fn(Operation) -> bool,
) -> Result<Call, Unrouted> {
    let mut miss = Unrouted::Path;
    for (operation, verb, template) in OPERATIONS {
        if !served(operation) || !matches(template, segments) {
            continue;
        }
        if verb != method {
            miss = Unrouted::Method;
            continue;
        }
        let mut call = Call {
            operation,
            namespace: Namespace::new(),
            name: String::new(),
        };
        for (pattern, segment) in template.split('/').zip(segments) {
            match pattern {
                "{namespace}" => {
                    call.namespace = ident::decode_namespace(segment).ok_or(Unrouted::Name)?
                }
                "{table}" | "{view}" => call.name = ident::decode(segment).ok_or(Unrouted::Name)?,
                _ => {}
            }
        }
        return Ok(call);
    }
    Err(miss)
}

fn matches(template: &str, segments: &[&str]) -> bool {
    template.split('/').count() == segments.len()
        && template.split('/').zip(segments).all(|(pattern, segment)| {
            if pattern.starts_with('{') {
                !segment.is_empty()
            } else {
                pattern == *segment
            }
        })
}

/// The `endpoints` entries of the operations that `served` keeps.
pub(crate) fn endpoints(served: impl Fn(Operation) -> bool) -> Vec<String> {
    OPERATIONS
        .iter()
        .filter(|(operation, ..)| served(*operation))
        .map(|(_, method, template)| format!("{method} /v1/{{prefix}}/{template}"))
        .collect()
}
