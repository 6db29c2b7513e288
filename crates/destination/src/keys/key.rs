//! What is known of a key.

use crate::kind::{Auth, Protocol, Target};
use crate::release::Release;

/// The JSON type a key must have; Go's decoder refuses the whole file for any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A string.
    Text,
    /// `true` or `false`, without quotation marks.
    Bool,
    /// A whole number.
    Int,
}

/// What a key is about. Forms and files keep the keys of a group together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Which catalog, and where.
    Catalog,
    /// What this way to sign in takes, and no other.
    SignIn(Auth),
    /// The object store.
    Storage,
    /// How tables are written.
    Tables,
    /// What no form asks for: OLake's own process, and names that nobody reads.
    Other,
}

/// One known key of the `writer` object.
#[derive(Debug)]
pub struct Key {
    /// As OLake's documentation spells it.
    pub name: &'static str,
    /// What OLake accepts.
    pub ty: Type,
    /// Its value must not be shown.
    pub secret: bool,
    /// What it is about.
    pub group: Group,
    /// The first release that reads it; `None`: documented somewhere, and no release is known to.
    pub since: Option<Release>,
    /// The first release that reads it no more.
    pub until: Option<Release>,
    /// The key that was meant by one that is not read.
    pub meant: Option<&'static str>,
    /// The catalogs it is read for; `None`: all.
    pub protocol: Option<Protocol>,
    /// The Iceberg catalog property that it becomes.
    pub property: Option<&'static str>,
    /// The environment variable that it becomes.
    pub variable: Option<&'static str>,
    /// The one dialect of the file that it belongs to; `None`: both.
    pub target: Option<Target>,
    /// What its input is called; `None`: the form does not ask for it.
    pub label: Option<&'static str>,
    /// A value of the right shape, unless the catalog has one of its own.
    pub sample: &'static str,
    /// What it means and why it matters, unless the catalog has a word of its own.
    pub help: &'static str,
}

impl Key {
    pub(super) const fn text(group: Group, name: &'static str) -> Self {
        Self {
            name,
            ty: Type::Text,
            secret: false,
            group,
            since: Some(Release::V0_1_0),
            until: None,
            meant: None,
            protocol: None,
            property: None,
            variable: None,
            target: None,
            label: None,
            sample: "",
            help: "",
        }
    }

    pub(super) const fn secret(group: Group, name: &'static str) -> Self {
        let mut key = Self::text(group, name);
        key.secret = true;
        key
    }

    pub(super) const fn flag(group: Group, name: &'static str) -> Self {
        let mut key = Self::text(group, name);
        key.ty = Type::Bool;
        key
    }

    pub(super) const fn int(group: Group, name: &'static str) -> Self {
        let mut key = Self::text(group, name);
        key.ty = Type::Int;
        key
    }

    pub(super) const fn since(mut self, release: Release) -> Self {
        self.since = Some(release);
        self
    }

    pub(super) const fn unread(mut self) -> Self {
        self.since = None;
        self
    }

    pub(super) const fn until(mut self, release: Release) -> Self {
        self.until = Some(release);
        self
    }

    /// Another name for a key, which no release reads.
    pub(super) const fn meaning(mut self, meant: &'static str) -> Self {
        self.meant = Some(meant);
        self.since = None;
        self
    }

    pub(super) const fn of(mut self, protocol: Protocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    pub(super) const fn property(mut self, property: &'static str) -> Self {
        self.property = Some(property);
        self
    }

    pub(super) const fn variable(mut self, variable: &'static str) -> Self {
        self.variable = Some(variable);
        self
    }

    pub(super) const fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    pub(super) const fn input(
        mut self,
        label: &'static str,
        sample: &'static str,
        help: &'static str,
    ) -> Self {
        self.label = Some(label);
        self.sample = sample;
        self.help = help;
        self
    }

    /// Whether the release that is described reads it, or a later one is said to.
    pub fn is_read(&self) -> bool {
        self.since.is_some() && self.until.is_none_or(|until| until > Release::READ)
    }

    /// Whether a file for this OLake has it.
    pub(crate) fn belongs_to(&self, target: Target) -> bool {
        self.target.is_none_or(|only| only == target)
    }
}
