//! From what a provider or a proxy says of a person to a [`Role`].

use serde_json::Value;
use thiserror::Error;

use crate::{Role, text::bounded};

/// Stands for everybody who signs in. The only wildcard: all other values are compared as they are.
const EVERYBODY: &str = "*";

/// Values that an error names, and the characters of each.
const NAMED: usize = 10;
const LENGTH: usize = 64;

/// Who has which role: values of a claim, each exactly as it is sent. Who is in no list has no access.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Values that make somebody an [`Role::Admin`].
    pub admins: Vec<String>,
    /// Values that make somebody an [`Role::Editor`].
    pub editors: Vec<String>,
    /// Values that make somebody a [`Role::Viewer`].
    pub viewers: Vec<String>,
}

/// Why somebody who signed in has no role. Tells what to look at: the claim, or the values that are in no list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoRole {
    /// The claim, or header, did not come.
    #[error("`{claim}` is missing")]
    Missing {
        /// As it is set.
        claim: String,
    },
    /// The claim is neither text nor a list of texts.
    #[error("`{claim}` is neither text nor a list of texts")]
    Shape {
        /// As it is set.
        claim: String,
    },
    /// None of the values has a role.
    #[error("`{claim}` has no value with a role: {}", listed(values))]
    Unknown {
        /// As it is set.
        claim: String,
        /// At most ten of them, cut, without control characters.
        values: Vec<String>,
    },
}

impl Table {
    /// The highest role among those of `values`, which are of the claim or header `claim`.
    ///
    /// Fails with [`NoRole::Missing`] without a value, with [`NoRole::Unknown`] where none is in a list.
    pub fn role<'v>(
        &self,
        claim: &str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Result<Role, NoRole> {
        let values: Vec<&str> = values.into_iter().collect();
        let of_value = values.iter().filter_map(|value| self.of_value(value)).max();
        let claim = claim.to_owned();
        of_value
            .max(self.of_value(EVERYBODY))
            .ok_or_else(|| match values.is_empty() {
                true => NoRole::Missing { claim },
                false => NoRole::Unknown {
                    claim,
                    values: values
                        .iter()
                        .take(NAMED)
                        .map(|value| bounded(value, LENGTH))
                        .collect(),
                },
            })
    }

    /// The highest role by the claim at `path` among `claims`: a name, or names from the outside in with dots between
    /// (`realm_access.roles`). A name may have dots itself.
    ///
    /// Fails as [`Table::role`] does, and with [`NoRole::Shape`] where the claim is neither text nor a list of texts.
    pub fn role_by_claim(&self, claims: &Value, path: &str) -> Result<Role, NoRole> {
        let values: Option<Vec<&str>> = match at(claims, path) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::String(value)) => Some(vec![value]),
            Some(Value::Array(values)) => values.iter().map(Value::as_str).collect(),
            Some(_) => None,
        };
        let shape = || NoRole::Shape {
            claim: path.to_owned(),
        };
        self.role(path, values.ok_or_else(shape)?)
    }

    fn of_value(&self, value: &str) -> Option<Role> {
        let lists = [
            (Role::Admin, &self.admins),
            (Role::Editor, &self.editors),
            (Role::Viewer, &self.viewers),
        ];
        let found = lists
            .into_iter()
            .find(|(_, list)| list.iter().any(|known| known == value));
        found.map(|(role, _)| role)
    }
}

/// The claim at a path. The longest name that is there comes first, so `https://a.example/roles` is one name.
pub(crate) fn at<'c>(claims: &'c Value, path: &str) -> Option<&'c Value> {
    let claims = claims.as_object()?;
    claims.get(path).or_else(|| {
        path.rmatch_indices('.')
            .find_map(|(dot, _)| at(claims.get(&path[..dot])?, &path[dot + 1..]))
    })
}

fn listed(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests;
