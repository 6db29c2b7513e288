//! Reasons not to take a key.

use std::fmt;

/// Why a key was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is about the object store, which Crowsnest does not open.
    Storage,
    /// It is about the program itself.
    Engine,
    /// Crowsnest sends this header itself.
    OwnHeader,
    /// Its value is taken from the program's environment.
    Environment,
    /// Its value is a variable or a call of the program.
    Computed,
    /// A placeholder stands where the value belongs.
    Placeholder,
    /// It names a file of another machine.
    File,
    /// It reads files, variables or an identity of the server: possible in `crowsnest.toml` only.
    Server,
    /// It has no value.
    Empty,
    /// Its value has another shape than this, as words.
    Shape(&'static str),
    /// It has no meaning for this way to sign in.
    OtherSignIn(&'static str),
    /// A way to sign in that Crowsnest does not have, with what to do.
    NoSuchSignIn(&'static str),
    /// A user and a password, or a query, do not belong into an address: it was taken without.
    InAddress,
    /// The catalog is of this type, and not reached over Iceberg REST.
    NotRest(String),
    /// The same was said by another key, which is named.
    Twice(String),
    /// An alias of YAML: what it stands for is not copied.
    Alias,
    /// It is not known; perhaps this key was meant.
    Unknown(Option<&'static str>),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Storage => f.write_str("is about the object store, which Crowsnest does not open"),
            Self::Engine => f.write_str("is about the program itself"),
            Self::OwnHeader => f.write_str("is a header that Crowsnest sends itself"),
            Self::Environment => {
                f.write_str("is taken from the program's environment: fill it in")
            }
            Self::Computed => f.write_str("is a variable or a call of the program: fill it in"),
            Self::Placeholder => f.write_str("is a placeholder: fill it in"),
            Self::File => f.write_str("names a file of another machine: fill in what it holds"),
            Self::Server => f.write_str(
                "reads files, variables or an identity of the server: that can stand in crowsnest.toml only",
            ),
            Self::Empty => f.write_str("has no value"),
            Self::Shape(wanted) => write!(f, "is not {wanted}"),
            Self::OtherSignIn(auth) => write!(f, "has no meaning for sign-in of type {auth}"),
            Self::NoSuchSignIn(advice) => {
                write!(f, "is a way to sign in that Crowsnest does not have: {advice}")
            }
            Self::InAddress => f.write_str(
                "was taken without its user, password or query, which do not belong into an address",
            ),
            Self::NotRest(kind) => {
                write!(f, "is a catalog of type {kind}, which is not Iceberg REST")
            }
            Self::Twice(key) => write!(f, "says the same as {key}, which was taken"),
            Self::Alias => f.write_str("is an alias, which is not followed: fill it in"),
            Self::Unknown(Some(near)) => write!(f, "is not known: {near} may be meant"),
            Self::Unknown(None) => f.write_str("is not known"),
        }
    }
}
