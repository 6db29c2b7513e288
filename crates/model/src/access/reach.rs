//! What a principal, or one principal role, can reach.

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use super::Held;
use crate::window::Window;

/// Rows on a page.
const PAGE: usize = 100;

/// Whose reach is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachAsk {
    /// A principal, or one role.
    pub who: Who,
    /// Part of an object's name, in any case.
    pub filter: String,
    /// From 1.
    pub page: usize,
}

/// Whose rights are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Who {
    /// By name.
    Principal(String),
    /// By name.
    PrincipalRole(String),
}

impl Default for Who {
    fn default() -> Self {
        Self::Principal(String::new())
    }
}

impl Who {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Principal(name) | Self::PrincipalRole(name) => name,
        }
    }

    /// Its key in an address.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Principal(_) => "principal",
            Self::PrincipalRole(_) => "principal-role",
        }
    }
}

/// What it reaches, by object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Why nothing can be said of it, where nothing of that name was listed.
    pub unlisted: Option<String>,
    /// The principal roles that it holds.
    pub roles: Vec<String>,
    /// A page of those that the filter lets through.
    pub rows: Window<Row>,
    /// Objects with grants, before the filter.
    pub objects: usize,
}

/// An object on which grants stand; what lies below it is reached too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What is granted on.
    pub object: Object,
    /// What is granted on this very object, without what that implies.
    pub granted: Vec<Held>,
    /// Principal role, then catalog and catalog role.
    pub through: Vec<(String, Option<(String, String)>)>,
}

mod build {
    use std::collections::BTreeSet;

    use access::polaris::{Access, Requirement, Subject};

    use super::{super::absent::unlisted_subject, *};

    impl Who {
        /// As the calculation takes it.
        pub fn subject(&self) -> Subject<'_> {
            match self {
                Self::Principal(name) => Subject::Principal(name),
                Self::PrincipalRole(name) => Subject::PrincipalRole(name),
            }
        }
    }

    impl Reach {
        /// What follows from the collected grants.
        pub fn new(access: &Access, ask: &ReachAsk) -> Self {
            let subject = ask.who.subject();
            let all = access.reach(subject);
            let objects = all.len();
            let filter = ask.filter.to_lowercase();
            let found: Vec<_> = all
                .into_iter()
                .filter(|reach| reach.object.to_string().to_lowercase().contains(&filter))
                .collect();
            let rows = Window::new(found.len(), ask.page, PAGE, |index| {
                let reach = &found[index];
                let paths = reach.granted.iter().flat_map(|privilege| {
                    let paths = access.paths(subject, &Requirement::new(privilege, reach.object));
                    paths
                        .into_iter()
                        .filter(move |path| path.object == reach.object)
                });
                let through: BTreeSet<_> = paths
                    .map(|path| (path.principal_role, path.catalog_role))
                    .collect();
                let owned = |(catalog, name): (&str, &str)| (catalog.to_owned(), name.to_owned());
                Row {
                    object: reach.object.clone(),
                    granted: reach.granted.iter().map(Held::from).collect(),
                    through: through
                        .into_iter()
                        .map(|(role, catalog_role)| (role.to_owned(), catalog_role.map(owned)))
                        .collect(),
                }
            });
            Reach {
                unlisted: unlisted_subject(access, subject),
                roles: roles(access, &ask.who),
                rows,
                objects,
            }
        }
    }

    fn roles(access: &Access, who: &Who) -> Vec<String> {
        match who {
            Who::Principal(name) => {
                let (held, _) = access.roles_held(name);
                held.into_iter().map(str::to_owned).collect()
            }
            Who::PrincipalRole(name) => vec![name.clone()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::tests::access;

    fn reach(who: Who) -> Reach {
        let ask = ReachAsk {
            who,
            ..ReachAsk::default()
        };
        Reach::new(&access(), &ask)
    }

    #[test]
    fn grants_are_listed_by_object_with_the_roles_that_lead_there() {
        let reach = reach(Who::Principal("reader".into()));
        assert_eq!(reach.roles, ["analysts"]);
        assert_eq!(reach.rows.total, 1);
        let row = &reach.rows.rows[0];
        assert_eq!(row.granted[0].privilege, "TABLE_READ_DATA");
        let role = ("main".to_owned(), "reading".to_owned());
        assert_eq!(row.through, [("analysts".to_owned(), Some(role))]);
    }

    #[test]
    fn a_service_admin_reaches_the_service() {
        let reach = reach(Who::Principal("root".into()));
        assert_eq!(reach.rows.rows[0].object, Object::Root);
        assert_eq!(
            reach.rows.rows[0].through,
            [("service_admin".to_owned(), None)]
        );
    }

    #[test]
    fn who_is_not_there_is_not_listed() {
        assert!(reach(Who::Principal("nobody".into())).unlisted.is_some());
        let analysts = reach(Who::PrincipalRole("analysts".into()));
        assert_eq!(analysts.unlisted, None);
    }

    #[test]
    fn where_lists_were_refused_nobody_is_said_not_to_be_there() {
        use access::polaris::{Access, Part};
        let mut world = crate::access::tests::world();
        world.principals = Part::Unknown("Forbidden to list.".into());
        world.principal_roles = Part::Unknown("403".into());
        let ask = ReachAsk {
            who: Who::Principal("reader".into()),
            ..ReachAsk::default()
        };
        let reach = Reach::new(&Access::new(world), &ask);
        let why = reach.unlisted.expect("not listed");
        assert!(
            why.contains("unknown") && why.contains("Forbidden to list."),
            "{why}"
        );
    }
}
