//! Who may do what, as pages show it: what follows from the grants that were collected.

pub mod explain;
pub mod grants;
pub mod graph;
pub mod loss;
pub mod lost;
pub mod offboard;
pub mod onboard;
pub mod overview;
pub mod reach;
pub mod who;

mod absent;
mod gaps;

#[cfg(test)]
mod tests;

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use crate::format::{Moment, count};

/// What follows from the collected grants, or how far their collection has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Collected<T> {
    /// None is kept, and a link on another site does not begin one.
    Unasked,
    /// Under way.
    Running(Progress),
    /// Cancelled, and not begun again.
    Stopped(Progress),
    /// It has ended.
    Ready(Ready<T>),
}

/// In requests; the total grows while roles are found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Requests that were answered.
    pub done: usize,
    /// Requests that are known to be needed.
    pub total: usize,
}

/// What follows from a collection that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ready<T> {
    /// When it ended.
    pub at: Moment,
    /// That is long enough ago for others to have changed something.
    pub old: bool,
    /// That the collection took.
    pub requests: usize,
    /// What it could not read.
    pub unknown: Unknown,
    /// What a page shows of it.
    pub data: T,
}

/// What could not be read, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// One for each part, as far as they are listed.
    pub sentences: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl Unknown {
    /// Whether all was read.
    pub fn is_nothing(&self) -> bool {
        self.sentences.is_empty()
    }
}

/// How many there are: at least that many where not all that says so could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Those that are known.
    pub known: usize,
    /// Whether there may be more.
    pub more: bool,
}

impl Tally {
    /// For people.
    pub fn text(self) -> String {
        match (self.known, self.more) {
            (known, false) => count(known),
            (0, true) => "unknown".to_owned(),
            (known, true) => format!("{}, perhaps more", count(known)),
        }
    }
}

/// One way in which a privilege is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathView {
    /// The principal role that it is held through.
    pub principal_role: String,
    /// Catalog and name; `None` for what the service admin's role holds by itself.
    pub catalog_role: Option<(String, String)>,
    /// Where the grant stands.
    pub object: Object,
    /// What is granted there.
    pub privilege: String,
}

/// A privilege, and how many others come with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// As Polaris calls it.
    pub privilege: String,
    /// How many others it implies.
    pub implies: usize,
}

mod from_access {
    use access::polaris::{Path, Privilege, PrivilegeSet};

    use super::{Held, PathView};

    impl From<Path<'_>> for PathView {
        fn from(path: Path) -> Self {
            Self {
                principal_role: path.principal_role.to_owned(),
                catalog_role: path
                    .catalog_role
                    .map(|(catalog, name)| (catalog.to_owned(), name.to_owned())),
                object: path.object.clone(),
                privilege: path.privilege.name().to_owned(),
            }
        }
    }

    impl From<Privilege> for Held {
        fn from(privilege: Privilege) -> Self {
            Self {
                privilege: privilege.name().to_owned(),
                implies: privilege.implies().len() - 1,
            }
        }
    }

    /// Those that no other one of the set implies.
    pub fn strongest(set: PrivilegeSet) -> impl Iterator<Item = Privilege> {
        let implied = move |privilege| {
            let mut others = set.iter().filter(|other| *other != privilege);
            others.any(|other| other.implies().contains(privilege))
        };
        set.iter().filter(move |privilege| !implied(*privilege))
    }
}

pub use crate::refusal::noun;
pub use absent::unlisted;
pub use from_access::strongest;
