//! What a server can do: the dialect's default, what the server advertises, and what it was seen to refuse.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dialect::Dialect,
    error::{Error, ErrorKind, Shape},
    operation::Operation,
};

/// Whether an operation works on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// The server lists it, or its dialect is known to have it.
    Yes,
    /// The reason is a sentence for people.
    No(String),
    /// The server does not say: trying it tells.
    Unknown,
}

/// What is known about one server, through one of its warehouses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    dialect: Dialect,
    advertised: Option<BTreeSet<Operation>>,
    observed: BTreeMap<Operation, String>,
}

impl Capabilities {
    /// `endpoints` as in `GET /v1/config`; `None` when the server sends no list. A list that names no call of the
    /// specification is none: an empty one is what servers send that do not say.
    pub fn new(dialect: Dialect, endpoints: Option<&[String]>) -> Self {
        let entries = endpoints.unwrap_or_default().iter();
        let advertised: BTreeSet<_> = entries
            .filter_map(|entry| Operation::from_endpoint(entry))
            .collect();
        Self {
            dialect,
            advertised: Some(advertised).filter(|list| !list.is_empty()),
            observed: BTreeMap::new(),
        }
    }

    /// With what calls have shown since; see [`refusal`].
    pub fn with_observed(mut self, observed: BTreeMap<Operation, String>) -> Self {
        self.observed = observed;
        self
    }

    /// Whether the operation works: by what calls have shown, then by the dialect, then by the server's list.
    pub fn support(&self, operation: Operation) -> Support {
        let profile = self.dialect.profile();
        if let Some(reason) = self.observed.get(&operation) {
            return Support::No(reason.clone());
        }
        if let Some((_, reason)) = profile.never.iter().find(|(never, _)| *never == operation) {
            return Support::No((*reason).to_owned());
        }
        match &self.advertised {
            Some(list) if list.contains(&operation) || profile.unlisted.contains(&operation) => {
                Support::Yes
            }
            Some(_) => {
                Support::No("The server does not list this call among its endpoints".to_owned())
            }
            None if profile.assumed.contains(&operation)
                || profile.unlisted.contains(&operation) =>
            {
                Support::Yes
            }
            // The specification's default says nothing about the rest of it.
            None if profile.assumed == Dialect::Generic.profile().assumed => Support::Unknown,
            None => Support::No(format!("{} does not have it", profile.title)),
        }
    }
}

/// The reason to remember, when an error says that the server lacks the operation as such.
///
/// An object that is missing says nothing about the route, and neither does what a gateway writes in the server's
/// place: a page, a line of text, nothing. The reads that every catalog has are never given up: there a wrong
/// address, prefix or name, or something on the way, is the likelier cause.
pub fn refusal(operation: Operation, error: &Error) -> Option<String> {
    // An answer to HEAD never has a body, and where it is refused a GET tells the same.
    let told =
        error.shape.is_some_and(Shape::is_of_a_program) || operation.route().method == "HEAD";
    let refused = error.kind == ErrorKind::Unsupported && told && !operation.is_core();
    refused.then(|| {
        let status = error.status.unwrap_or_default();
        format!(
            "The server refused it with status {status}: {}",
            error.message
        )
    })
}
