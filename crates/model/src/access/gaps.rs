//! What a collection could not read, said for people.

use std::collections::{BTreeSet, HashSet};

use access::polaris::{Access, Catalog, Gap, Missing, Part, Privilege};

use super::Unknown;
use crate::format::bounded;

/// As many sentences as people read.
const MOST: usize = 12;

impl Unknown {
    /// All that could not be read, or not be understood.
    pub fn of(access: &Access) -> Self {
        let world = access.world();
        let odd: HashSet<(&str, &str)> = access.unfamiliar().collect();
        let mut sentences = Vec::new();
        if let Some(why) = world.principals.why() {
            sentences.push(format!(
                "Principals could not be listed, so those without a role are missing. {why}"
            ));
        }
        if let Some(why) = world.principal_roles.why() {
            sentences.push(format!(
                "Principal roles could not be listed, so who holds them is unknown. {why}"
            ));
        }
        if let Some(why) = &world.more_catalogs {
            sentences.push(format!(
                "Catalogs could not be listed, so there may be more than those that are configured or were opened lately. {why}"
            ));
        }
        for role in world.principal_roles.items() {
            if let Some(why) = role.members.why() {
                let name = &role.name;
                sentences.push(format!("Who holds the principal role {name}: {why}"));
            }
        }
        world
            .catalogs
            .iter()
            .for_each(|catalog| in_catalog(catalog, &odd, &mut sentences));
        let more = sentences.len().saturating_sub(MOST);
        sentences.truncate(MOST);
        let sentences = sentences.into_iter().map(bounded).collect();
        Self { sentences, more }
    }
}

fn in_catalog(catalog: &Catalog, odd: &HashSet<(&str, &str)>, sentences: &mut Vec<String>) {
    let name = &catalog.name;
    let roles = match &catalog.roles {
        Part::Known(roles) => roles,
        Part::Unknown(why) => {
            sentences.push(format!("The roles of the catalog {name}: {why}"));
            return;
        }
    };
    for role in roles {
        let role_name = &role.name;
        if let Some(why) = role.assignees.why() {
            sentences.push(format!(
                "Which principal roles hold {role_name} of {name}: {why}"
            ));
        }
        if let Some(why) = role.grants.why() {
            sentences.push(format!("What {role_name} of {name} may do: {why}"));
        }
        if odd.contains(&(name, role_name)) {
            let held = role.grants.items().iter();
            let odd: BTreeSet<&str> = held
                .map(|grant| grant.privilege.as_str())
                .filter(|privilege| Privilege::named(privilege).is_none())
                .collect();
            let odd: Vec<&str> = odd.into_iter().take(MOST).collect();
            let odd = odd.join(", ");
            sentences.push(format!(
                "What {role_name} of {name} gives by what is not among the privileges of Polaris 1.7.0: {odd}"
            ));
        }
    }
}

/// One thing that an answer depends on, and why it is unknown.
pub fn sentence(gap: &Gap) -> String {
    let what = match gap.missing {
        Missing::Members { principal_role } => {
            format!("Who holds the principal role {principal_role}")
        }
        Missing::CatalogRoles { catalog } => format!("The roles of the catalog {catalog}"),
        Missing::Assignees {
            catalog,
            catalog_role,
        } => format!("Which principal roles hold {catalog_role} of {catalog}"),
        Missing::Grants {
            catalog,
            catalog_role,
        } => format!("What {catalog_role} of {catalog} may do"),
        Missing::Privilege {
            catalog,
            catalog_role,
            privilege,
        } => format!("What {privilege}, which {catalog_role} of {catalog} holds, means"),
    };
    bounded(format!("{what}: {}", gap.why))
}

#[cfg(test)]
mod tests {
    use access::polaris::{CatalogRole, Grant, Object, World};

    use super::*;

    #[test]
    fn what_a_privilege_means_that_is_newer_is_unknown() {
        let grant = |privilege: &str| Grant {
            object: Object::Catalog {
                catalog: "a".to_owned(),
            },
            privilege: privilege.to_owned(),
        };
        let of = |grants: Vec<Grant>| {
            Unknown::of(&Access::new(World {
                principals: Part::Known(Vec::new()),
                principal_roles: Part::Known(Vec::new()),
                catalogs: vec![Catalog {
                    name: "a".to_owned(),
                    roles: Part::Known(vec![CatalogRole {
                        name: "r".to_owned(),
                        assignees: Part::Known(Vec::new()),
                        grants: Part::Known(grants),
                    }]),
                }],
                more_catalogs: None,
            }))
        };
        assert!(of(vec![grant("TABLE_LIST")]).is_nothing());
        let unknown = of(vec![
            grant("ODD on a model"),
            grant("TABLE_LIST"),
            grant("ODD on a model"),
        ]);
        assert_eq!(unknown.sentences.len(), 1, "{unknown:?}");
        assert!(
            unknown.sentences[0].ends_with("1.7.0: ODD on a model"),
            "{unknown:?}"
        );
    }

    #[test]
    fn what_is_unknown_is_said_and_counted() {
        let refused = || Part::Unknown("403".to_owned());
        let catalog = |name: &str| Catalog {
            name: name.to_owned(),
            roles: Part::Unknown("403".to_owned()),
        };
        let mut world = World {
            principals: refused(),
            principal_roles: Part::Unknown("403".to_owned()),
            catalogs: vec![catalog("a")],
            more_catalogs: Some("403".to_owned()),
        };
        let unknown = Unknown::of(&Access::new(world.clone()));
        assert_eq!((unknown.sentences.len(), unknown.more), (4, 0));
        world.catalogs = (0..100).map(|_| catalog("b")).collect();
        let unknown = Unknown::of(&Access::new(world));
        assert_eq!(unknown.sentences.len() + unknown.more, 103);
        assert_eq!(unknown.sentences.len(), MOST);
    }
}
