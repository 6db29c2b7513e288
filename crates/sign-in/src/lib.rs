//! Who a person is, and the role that comes with it.
//!
//! Three ways lead to an [`Identity`]: a [`password`] that is kept here, the headers of a [`proxy`] that has asked the
//! person already, and a provider of OpenID Connect ([`oidc`]). What a provider or a proxy says of a person becomes a
//! [`Role`] by an explicit table ([`roles`]), and whoever is not in it has no access. [`rate`] limits tries.
//!
//! Nothing here keeps sessions, sets cookies or writes to a database: that is for the caller, who is told what has to
//! be kept secret, and for how long. Nothing here opens a connection but through [`iceberg_rest::Http`].

#![warn(missing_docs)]

mod identity;
pub mod oidc;
pub mod password;
pub mod proxy;
pub mod rate;
pub mod roles;
mod text;

pub use identity::{Identity, LOCAL, PROXY};
pub use model::person::Role;
