use thiserror::Error;

use super::tables::TABLES;
use super::{Kind, Object, Privilege, PrivilegeSet};

/// One of the 117 operations that Polaris 1.7.0 authorises (`PolarisAuthorizableOperation`), under
/// the name that its 403 answers use.
#[derive(Debug)]
pub struct Operation {
    /// As 403 answers name it, e.g. `LOAD_TABLE`.
    pub name: &'static str,
    /// The kinds of object that it can be asked of.
    pub on: Vec<Kind>,
    /// Held all together, each by whichever path, on the object.
    pub target: PrivilegeSet,
    /// The kinds of the second object it concerns; empty when there is none.
    pub secondary_on: Vec<Kind>,
    /// Held as well, on the second object.
    pub secondary: PrivilegeSet,
    /// Whether what is held on the root counts: not for policy operations, which stop at the catalog.
    pub(super) from_root: bool,
}

impl Operation {
    /// Every operation, in the order of `privileges.json`.
    pub fn all() -> &'static [Operation] {
        &TABLES.operations
    }

    /// The operation of that name, or `None` for one that Polaris 1.7.0 does not have.
    pub fn named(name: &str) -> Option<&'static Operation> {
        Self::all().iter().find(|operation| operation.name == name)
    }

    /// The privilege for all that an engine does at once, where this is but one part of it: a server
    /// that is granted each part alone refuses the next one.
    pub fn whole(&self) -> Option<Privilege> {
        let name = match self.name {
            // An append loads the table with credentials, adds a snapshot, moves its branch and reports.
            "LOAD_TABLE_WITH_WRITE_DELEGATION"
            | "ADD_TABLE_SNAPSHOT"
            | "SET_TABLE_SNAPSHOT_REF"
            | "REPORT_WRITE_METRICS"
            // Expiring snapshots deletes their files.
            | "REMOVE_TABLE_SNAPSHOTS"
            | "REMOVE_TABLE_SNAPSHOT_REF" => "TABLE_WRITE_DATA",
            "ADD_TABLE_SCHEMA"
            | "SET_TABLE_CURRENT_SCHEMA"
            | "ADD_TABLE_PARTITION_SPEC"
            | "ADD_TABLE_SORT_ORDER"
            | "SET_TABLE_DEFAULT_SORT_ORDER" => "TABLE_MANAGE_STRUCTURE",
            _ => return None,
        };
        Privilege::named(name)
    }

    /// Those that can be asked of an object of this kind.
    pub fn on(kind: Kind) -> impl Iterator<Item = &'static Operation> {
        Self::all()
            .iter()
            .filter(move |operation| operation.on.contains(&kind))
    }
}

/// May somebody do this, on this, with that? Well-formed by construction.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub(super) operation: &'static Operation,
    pub(super) object: &'a Object,
    secondary: Option<&'a Object>,
}

/// An operation that cannot be asked of this object.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Mismatch {
    /// The object is of another kind than the operation is about.
    #[error("{operation} does not apply to a {kind:?}, but to one of {wanted:?}")]
    Object {
        /// Name of the operation.
        operation: &'static str,
        /// The kind of the object that was given.
        kind: Kind,
        /// The kinds that it can be asked of.
        wanted: Vec<Kind>,
    },
    /// The second object is of another kind, missing, or one too many.
    #[error("{operation} also concerns a second object, one of {wanted:?}")]
    Secondary {
        /// Name of the operation.
        operation: &'static str,
        /// The kinds that it can be; empty when there must be none.
        wanted: Vec<Kind>,
    },
}

impl<'a> Question<'a> {
    /// `secondary`: the destination namespace of a rename, the object a policy is attached to, the
    /// role or principal something is revoked from; `None` for all other operations.
    pub fn new(
        operation: &'static Operation,
        object: &'a Object,
        secondary: Option<&'a Object>,
    ) -> Result<Self, Mismatch> {
        if !operation.on.contains(&object.kind()) {
            return Err(Mismatch::Object {
                operation: operation.name,
                kind: object.kind(),
                wanted: operation.on.clone(),
            });
        }
        let fits = match secondary {
            Some(second) => operation.secondary_on.contains(&second.kind()),
            None => operation.secondary_on.is_empty(),
        };
        if !fits {
            return Err(Mismatch::Secondary {
                operation: operation.name,
                wanted: operation.secondary_on.clone(),
            });
        }
        Ok(Question {
            operation,
            object,
            secondary,
        })
    }

    /// What is asked.
    pub fn operation(self) -> &'static Operation {
        self.operation
    }

    /// What it is asked of.
    pub fn object(self) -> &'a Object {
        self.object
    }

    /// Every privilege that has to be held, and on what.
    pub fn requirements(self) -> impl Iterator<Item = Requirement<'a>> {
        let from_root = self.operation.from_root;
        let on = move |object, privileges: PrivilegeSet| {
            privileges.iter().map(move |privilege| Requirement {
                privilege,
                object,
                from_root,
            })
        };
        let second = self
            .secondary
            .map(|object| on(object, self.operation.secondary));
        on(self.object, self.operation.target).chain(second.into_iter().flatten())
    }
}

/// A privilege that has to be held on an object, there or on anything that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement<'a> {
    /// What has to be held: itself, or one that implies it.
    pub privilege: Privilege,
    /// What it has to be held on.
    pub object: &'a Object,
    pub(super) from_root: bool,
}

impl<'a> Requirement<'a> {
    /// To hold a privilege on an object, from whichever level, the root included.
    pub fn new(privilege: Privilege, object: &'a Object) -> Self {
        Requirement {
            privilege,
            object,
            from_root: true,
        }
    }

    /// The object and what holds it, as far up as grants count for this operation.
    pub(super) fn levels(&self) -> impl Iterator<Item = Object> + use<> {
        let from_root = self.from_root;
        self.object
            .levels()
            .filter(move |level| from_root || *level != Object::Root)
    }
}
