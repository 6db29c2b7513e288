//! Names of namespaces, tables and views: the only place that turns them into URL text.

mod encode;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use encode::{Separator, decode_segment, encode_segment};

/// A name that cannot be sent to a catalog.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// A namespace of no level.
    #[error("a namespace needs at least one level")]
    NoLevels,
    /// A level or a name without characters.
    #[error("a name cannot be empty")]
    Empty,
    /// URL parsers fold `.` and `..`, so the request would reach another object.
    #[error("a name cannot be \"{0}\": in an address it means another object")]
    Dots(String),
    /// The level holds the text that separates levels, so it would be read as two.
    #[error("the name \"{0}\" holds the character that separates namespace levels on this server")]
    Separator(String),
    /// Text of an address that cannot be decoded.
    #[error("\"{0}\" is not percent-encoded UTF-8")]
    Encoding(String),
}

/// A namespace: one or more levels, outermost first. Serialised as a list of strings.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Namespace(Vec<String>);

impl Namespace {
    /// Refuses no level at all, and levels that are empty, `.` or `..`.
    pub fn try_new(
        levels: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Self, InvalidName> {
        let levels: Vec<String> = levels.into_iter().map(Into::into).collect();
        if levels.is_empty() {
            return Err(InvalidName::NoLevels);
        }
        levels.iter().try_for_each(|level| check_name(level))?;
        Ok(Self(levels))
    }

    /// Its levels, outermost first; at least one.
    pub fn levels(&self) -> &[String] {
        &self.0
    }

    /// The innermost level.
    pub fn name(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// The namespace around this one; `None` at the top level.
    pub fn parent(&self) -> Option<Self> {
        let (_, outer) = self.0.split_last()?;
        (!outer.is_empty()).then(|| Self(outer.to_vec()))
    }

    #[cfg(feature = "client")]
    /// Its outermost levels, as many as it has.
    pub(crate) fn outer(mut self, levels: usize) -> Self {
        self.0.truncate(levels.max(1));
        self
    }

    /// The namespace of that name in this one.
    pub fn child(&self, name: impl Into<String>) -> Result<Self, InvalidName> {
        Self::try_new(self.0.iter().cloned().chain([name.into()]))
    }

    /// This namespace and those around it, outermost first.
    pub fn ancestry(&self) -> Vec<Self> {
        (1..=self.0.len())
            .map(|depth| Self(self.0[..depth].to_vec()))
            .collect()
    }
}

/// For people: levels joined with dots. Not an encoding: a level may hold a dot itself.
impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<Vec<String>> for Namespace {
    type Error = InvalidName;

    fn try_from(levels: Vec<String>) -> Result<Self, InvalidName> {
        Self::try_new(levels)
    }
}

impl From<Namespace> for Vec<String> {
    fn from(namespace: Namespace) -> Self {
        namespace.0
    }
}

/// A table in a namespace.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "RawIdent")]
pub struct TableIdent {
    /// Where it lies.
    pub namespace: Namespace,
    name: String,
}

/// A view in a namespace. Tables and views share one set of names in most catalogs, but not one route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "RawIdent")]
pub struct ViewIdent {
    /// Where it lies.
    pub namespace: Namespace,
    name: String,
}

#[derive(Deserialize)]
struct RawIdent {
    namespace: Namespace,
    name: String,
}

macro_rules! ident {
    ($type:ident) => {
        impl $type {
            /// Refuses a name that is empty, `.` or `..`.
            pub fn try_new(
                namespace: Namespace,
                name: impl Into<String>,
            ) -> Result<Self, InvalidName> {
                let name = name.into();
                check_name(&name)?;
                Ok(Self { namespace, name })
            }

            /// Its name in the namespace.
            pub fn name(&self) -> &str {
                &self.name
            }
        }

        /// For people: namespace and name joined with dots.
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}.{}", self.namespace, self.name)
            }
        }

        impl TryFrom<RawIdent> for $type {
            type Error = InvalidName;

            fn try_from(raw: RawIdent) -> Result<Self, InvalidName> {
                Self::try_new(raw.namespace, raw.name)
            }
        }
    };
}

ident!(TableIdent);
ident!(ViewIdent);

/// Whether a name can stand in a path as a segment of its own: `.` and `..` would be folded by parsers, and the
/// request would reach another object.
pub fn check_name(name: &str) -> Result<(), InvalidName> {
    match name {
        "" => Err(InvalidName::Empty),
        "." | ".." => Err(InvalidName::Dots(name.to_owned())),
        _ => Ok(()),
    }
}
