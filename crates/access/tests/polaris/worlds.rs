//! Small random worlds, and everything that can be asked in them.

use std::sync::LazyLock;

use access::polaris::{
    Catalog, CatalogRole, Change, Grant, Object, Operation, Part, PrincipalRole, Privilege,
    Question, SERVICE_ADMIN, World,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const CATALOG: &str = "prod";
const PRINCIPALS: [&str; 3] = ["ada", "bob", "root"];
const ROLES: [&str; 3] = ["engineers", "analysts", SERVICE_ADMIN];
const CATALOG_ROLES: [&str; 3] = ["readers", "writers", "catalog_admin"];

static OBJECTS: LazyLock<Vec<Object>> = LazyLock::new(|| {
    let catalog = || CATALOG.to_owned();
    let levels = |levels: &[&str]| {
        levels
            .iter()
            .map(|level| level.to_string())
            .collect::<Vec<_>>()
    };
    let name = |name: &str| name.to_owned();
    vec![
        Object::Root,
        Object::Catalog { catalog: catalog() },
        Object::Namespace {
            catalog: catalog(),
            namespace: levels(&["a"]),
        },
        Object::Namespace {
            catalog: catalog(),
            namespace: levels(&["a", "b"]),
        },
        Object::Table {
            catalog: catalog(),
            namespace: levels(&["a", "b"]),
            name: name("t"),
        },
        Object::View {
            catalog: catalog(),
            namespace: levels(&["a"]),
            name: name("v"),
        },
        Object::Policy {
            catalog: catalog(),
            namespace: levels(&["a"]),
            name: name("p"),
        },
        Object::Principal { name: name("bob") },
        Object::PrincipalRole {
            name: name("analysts"),
        },
        Object::CatalogRole {
            catalog: catalog(),
            name: name("readers"),
        },
    ]
});

pub fn objects() -> impl Iterator<Item = &'static Object> {
    OBJECTS.iter()
}

pub fn principals() -> impl Iterator<Item = &'static str> {
    PRINCIPALS.into_iter()
}

/// Every operation on every object it applies to, with every second object.
pub fn questions() -> impl Iterator<Item = Question<'static>> {
    Operation::all().iter().flat_map(|operation| {
        let seconds = || objects().map(Some).chain([None]);
        let asked = move |object| {
            seconds().filter_map(move |second| Question::new(operation, object, second).ok())
        };
        objects().flat_map(asked)
    })
}

fn grants() -> impl Strategy<Value = Grant> {
    let possible = |object: &Object| {
        let privileges: Vec<_> = Privilege::grantable_on(object.kind()).iter().collect();
        let object = object.clone();
        let grant = move |privilege: Privilege| Grant {
            object: object.clone(),
            privilege: privilege.name().to_owned(),
        };
        privileges.into_iter().map(grant)
    };
    // A privilege of a newer server stands for one grant in many.
    let newer = Grant {
        object: Object::Catalog {
            catalog: CATALOG.to_owned(),
        },
        privilege: "TABLE_TELEPORT".to_owned(),
    };
    select(
        objects()
            .flat_map(possible)
            .chain([newer])
            .collect::<Vec<_>>(),
    )
}

pub fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        (select(&CATALOG_ROLES[..]), grants()).prop_map(|(role, grant)| Change::Grant {
            catalog: CATALOG.to_owned(),
            catalog_role: role.to_owned(),
            grant,
        }),
        (select(&CATALOG_ROLES[..]), select(&ROLES[..])).prop_map(|(role, to)| {
            Change::AssignCatalogRole {
                catalog: CATALOG.to_owned(),
                catalog_role: role.to_owned(),
                principal_role: to.to_owned(),
            }
        }),
        (select(&PRINCIPALS[..]), select(&ROLES[..])).prop_map(|(principal, role)| {
            Change::AssignPrincipalRole {
                principal: principal.to_owned(),
                principal_role: role.to_owned(),
            }
        }),
    ]
}

fn owned(names: Vec<&str>) -> Part<Vec<String>> {
    Part::Known(names.into_iter().map(str::to_owned).collect())
}

/// Worlds in which everything is known.
pub fn world() -> impl Strategy<Value = World> {
    let members = subsequence(&PRINCIPALS[..], 0..=PRINCIPALS.len());
    let assignees = subsequence(&ROLES[..], 0..=ROLES.len());
    let roles = prop::collection::vec(members, ROLES.len());
    let catalog_roles = prop::collection::vec(
        (assignees, prop::collection::vec(grants(), 0..4)),
        CATALOG_ROLES.len(),
    );
    (roles, catalog_roles).prop_map(|(roles, catalog_roles)| World {
        principals: owned(PRINCIPALS.to_vec()),
        principal_roles: Part::Known(
            ROLES
                .iter()
                .zip(roles)
                .map(|(name, members)| PrincipalRole {
                    name: name.to_string(),
                    members: owned(members),
                })
                .collect(),
        ),
        catalogs: vec![Catalog {
            name: CATALOG.to_owned(),
            roles: Part::Known(
                CATALOG_ROLES
                    .iter()
                    .zip(catalog_roles)
                    .map(|(name, (assignees, grants))| CatalogRole {
                        name: name.to_string(),
                        assignees: owned(assignees),
                        grants: Part::Known(grants),
                    })
                    .collect(),
            ),
        }],
        more_catalogs: None,
    })
}

/// Every edge of a world.
pub fn edges(world: &World) -> Vec<Change> {
    let mut edges = Vec::new();
    for role in world.principal_roles.items() {
        edges.extend(
            role.members
                .items()
                .iter()
                .map(|member| Change::AssignPrincipalRole {
                    principal: member.clone(),
                    principal_role: role.name.clone(),
                }),
        );
    }
    for catalog in &world.catalogs {
        for role in catalog.roles.items() {
            let (catalog, catalog_role) = (&catalog.name, &role.name);
            edges.extend(role.grants.items().iter().map(|grant| Change::Grant {
                catalog: catalog.clone(),
                catalog_role: catalog_role.clone(),
                grant: grant.clone(),
            }));
            edges.extend(
                role.assignees
                    .items()
                    .iter()
                    .map(|assignee| Change::AssignCatalogRole {
                        catalog: catalog.clone(),
                        catalog_role: catalog_role.clone(),
                        principal_role: assignee.clone(),
                    }),
            );
        }
    }
    edges
}
