//! Wire shapes of Polaris' management API and of its own catalog APIs (Apache Polaris 1.7.0): lenient
//! where they are read, and nothing is lost of what is read to be written back.

mod catalog;
mod connection;
mod create;
mod credentials;
mod entity;
mod generic_table;
mod grant;
mod policy;
mod wire;

pub use catalog::{Catalog, StorageConfig, UpdateCatalog};
pub use connection::{Authentication, ConnectionConfig};
pub use create::{NewCatalog, NewEntity};
pub use credentials::{Credentials, PrincipalWithCredentials, ResetCredentials};
pub use entity::{
    CatalogRole, Entities, Entity, Principal, PrincipalRole, UpdateEntity, check_name,
};
pub use generic_table::{GenericTable, LoadedGenericTable};
pub use grant::GrantResource;
pub use policy::{
    ApplicablePolicies, ApplicablePolicy, AttachmentTarget, LoadedPolicy, NewPolicy, Policy,
    UpdatePolicy,
};
