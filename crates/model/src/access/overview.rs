//! What was collected, in numbers.

use serde::{Deserialize, Serialize};

/// How much was collected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Those that were listed.
    pub principals: usize,
    /// Those that were listed.
    pub principal_roles: usize,
    /// In all catalogs together.
    pub catalog_roles: usize,
    /// In all catalogs together.
    pub grants: usize,
    /// Catalogs and the number of their roles; `None` where they could not be read.
    pub catalogs: Vec<(String, Option<usize>)>,
    /// To choose from; not more than a page of them.
    pub some_principals: Vec<String>,
}

impl Overview {
    /// Counts what was collected.
    pub fn new(access: &access::polaris::Access) -> Self {
        use access::polaris::{CatalogRole, Part};
        /// As many as a browser suggests without growing slow.
        const SUGGESTED: usize = 500;
        let world = access.world();
        let roles = || {
            world
                .catalogs
                .iter()
                .flat_map(|catalog| catalog.roles.items())
        };
        let grants = |role: &CatalogRole| role.grants.items().len();
        Self {
            principals: access.principals().count(),
            principal_roles: access.principal_roles().count(),
            catalog_roles: roles().count(),
            grants: roles().map(grants).sum(),
            catalogs: world
                .catalogs
                .iter()
                .map(|catalog| {
                    let roles = match &catalog.roles {
                        Part::Known(roles) => Some(roles.len()),
                        Part::Unknown(_) => None,
                    };
                    (catalog.name.clone(), roles)
                })
                .collect(),
            some_principals: access
                .principals()
                .take(SUGGESTED)
                .map(str::to_owned)
                .collect(),
        }
    }
}
