//! What was collected, in numbers.

use serde::{Deserialize, Serialize};

use super::Tally;

/// How much was collected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Those that were listed, or hold a role.
    pub principals: Tally,
    /// Those that were listed, or hold a catalog role.
    pub principal_roles: Tally,
    /// In all catalogs together.
    pub catalog_roles: Tally,
    /// In all catalogs together.
    pub grants: Tally,
    /// Whether there may be more catalogs than those.
    pub more_catalogs: bool,
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
        let unread = |part: &Part<Vec<CatalogRole>>| part.why().is_some();
        let more_catalogs = world.more_catalogs.is_some();
        let more_roles = more_catalogs || world.catalogs.iter().any(|it| unread(&it.roles));
        Self {
            principals: Tally {
                known: access.principals().count(),
                more: world.principals.why().is_some(),
            },
            principal_roles: Tally {
                known: access.principal_roles().count(),
                more: world.principal_roles.why().is_some(),
            },
            catalog_roles: Tally {
                known: roles().count(),
                more: more_roles,
            },
            grants: Tally {
                known: roles().map(grants).sum(),
                more: more_roles || roles().any(|role| role.grants.why().is_some()),
            },
            more_catalogs,
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

#[cfg(test)]
mod tests {
    use access::polaris::{Access, Part};

    use super::*;
    use crate::access::tests::world;

    #[test]
    fn what_could_not_be_listed_is_no_number() {
        let mut world = world();
        let whole = Overview::new(&Access::new(world.clone()));
        assert_eq!(whole.principals.text(), "3");
        assert_eq!(whole.grants.text(), "2");
        world.principals = Part::Unknown("403".into());
        world.principal_roles = Part::Unknown("403".into());
        world.catalogs[0].roles = Part::Unknown("403".into());
        let refused = Overview::new(&Access::new(world));
        assert_eq!(refused.principals.text(), "unknown");
        assert_eq!(refused.principal_roles.text(), "1, perhaps more");
        assert_eq!(refused.grants.text(), "unknown");
        assert_eq!(refused.catalog_roles.text(), "unknown");
    }
}
