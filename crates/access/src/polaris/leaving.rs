use std::collections::HashSet;

use super::{CatalogRole, Part, SERVICE_ADMIN, World};

/// What a principal leaves behind when it goes, as far as it is known to hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// The principal roles that it is in, in order of name.
    pub roles: Vec<LeftRole<'a>>,
    /// The catalog roles that those hold, in order of catalog and name, each once.
    pub catalog_roles: Vec<LeftCatalogRole<'a>>,
}

/// A principal role that a principal leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftRole<'a> {
    /// Its name.
    pub name: &'a str,
    /// The other principals in it, in order of name.
    pub others: Vec<&'a str>,
}

/// A catalog role that a principal held through a principal role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftCatalogRole<'a> {
    /// Whose role it is.
    pub catalog: &'a str,
    /// Its name in the catalog.
    pub name: &'a str,
    /// The principal roles through which the principal held it.
    pub through: Vec<&'a str>,
    /// The principal roles that hold it and that somebody else is in, or that nobody can remove, in order
    /// of name.
    pub others: Vec<&'a str>,
    /// How many grants it holds; `None`: they could not be read.
    pub grants: Option<usize>,
}

impl World {
    /// What the principal holds, and who else uses it. Lists that could not be read add nothing.
    pub fn leaving(&self, principal: &str) -> Leaving<'_> {
        let mut roles = Vec::new();
        for role in self.principal_roles.items() {
            let members = role.members.items();
            if members.iter().any(|member| member == principal) {
                let others = members.iter().filter(|member| *member != principal);
                roles.push(LeftRole {
                    name: &role.name,
                    others: sorted(others),
                });
            }
        }
        roles.sort_unstable_by_key(|role| role.name);
        let held: HashSet<&str> = roles.iter().map(|role| role.name).collect();
        let free = roles.iter().filter(|role| role.is_free());
        let free: HashSet<&str> = free.map(|role| role.name).collect();
        let mut catalog_roles = Vec::new();
        for catalog in &self.catalogs {
            let all = catalog.roles.items().iter();
            let left = |role| left(&catalog.name, role, &held, &free);
            catalog_roles.extend(all.filter_map(left));
        }
        catalog_roles.sort_unstable_by_key(|role| (role.catalog, role.name));
        // A catalog that was named twice has its roles twice.
        catalog_roles.dedup_by_key(|role| (role.catalog, role.name));
        Leaving {
            roles,
            catalog_roles,
        }
    }
}

impl LeftRole<'_> {
    /// Nobody else is known to use it, and it does not belong to the server.
    pub fn is_free(&self) -> bool {
        self.others.is_empty() && self.name != SERVICE_ADMIN
    }
}

/// `None` where none of the roles that are left hold it.
fn left<'a>(
    catalog: &'a str,
    role: &'a CatalogRole,
    held: &HashSet<&str>,
    free: &HashSet<&str>,
) -> Option<LeftCatalogRole<'a>> {
    let assignees = || role.assignees.items().iter();
    let through = sorted(assignees().filter(|role| held.contains(role.as_str())));
    (!through.is_empty()).then(|| LeftCatalogRole {
        catalog,
        name: &role.name,
        through,
        others: sorted(assignees().filter(|role| !free.contains(role.as_str()))),
        grants: match &role.grants {
            Part::Known(grants) => Some(grants.len()),
            Part::Unknown(_) => None,
        },
    })
}

fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::polaris::{Catalog, PrincipalRole};

    fn known(names: &[&str]) -> Part<Vec<String>> {
        Part::Known(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn world() -> World {
        let role = |name: &str, members: &[&str]| PrincipalRole {
            name: name.into(),
            members: known(members),
        };
        let catalog_role = |name: &str, assignees: &[&str]| CatalogRole {
            name: name.into(),
            assignees: known(assignees),
            grants: Part::Known(Vec::new()),
        };
        let unread = CatalogRole {
            grants: Part::Unknown("403".into()),
            ..catalog_role("writing", &["own", "old"])
        };
        World {
            principals: known(&["svc", "other"]),
            principal_roles: Part::Known(vec![
                role("team", &["svc", "other"]),
                role("own", &["svc"]),
                role("old", &["svc"]),
                role(SERVICE_ADMIN, &["svc"]),
                role("far", &["other"]),
            ]),
            catalogs: vec![Catalog {
                name: "main".into(),
                roles: Part::Known(vec![
                    unread,
                    catalog_role("reading", &["own", "team", "far"]),
                    catalog_role("elsewhere", &["far"]),
                    catalog_role("ruling", &[SERVICE_ADMIN]),
                ]),
            }],
            more_catalogs: None,
        }
    }

    #[test]
    fn what_somebody_else_uses_is_told_from_what_nobody_does() {
        let world = world();
        let leaving = world.leaving("svc");
        let roles = leaving.roles.iter();
        let roles: Vec<_> = roles.map(|role| (role.name, role.is_free())).collect();
        assert_eq!(
            roles,
            [
                ("old", true),
                ("own", true),
                (SERVICE_ADMIN, false),
                ("team", false)
            ]
        );
        assert_eq!(leaving.roles[3].others, ["other"]);
        let names = leaving.catalog_roles.iter();
        let names: Vec<_> = names.map(|role| (role.name, &role.others[..])).collect();
        let others: [&[&str]; 3] = [&["far", "team"], &[SERVICE_ADMIN], &[]];
        assert_eq!(
            names,
            [
                ("reading", others[0]),
                ("ruling", others[1]),
                ("writing", others[2])
            ]
        );
        assert_eq!(leaving.catalog_roles[2].through, ["old", "own"]);
        assert_eq!(leaving.catalog_roles[2].grants, None, "they were not read");
    }

    #[test]
    fn who_holds_nothing_leaves_nothing() {
        assert_eq!(world().leaving("nobody"), Leaving::default());
    }
}
