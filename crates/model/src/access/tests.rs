//! A small realm that the tests of these views share.

use access::polaris::{Access, Catalog, CatalogRole, Grant, Object, Part, PrincipalRole, World};

use super::*;

pub fn role(name: &str, members: &[&str]) -> PrincipalRole {
    PrincipalRole {
        name: name.into(),
        members: Part::Known(members.iter().map(|name| (*name).into()).collect()),
    }
}

/// `root` is the service admin and holds everything in `main`; `reader` reads the namespace
/// `sales`; `idle` holds nothing.
pub fn world() -> World {
    let sales = Object::Namespace {
        catalog: "main".into(),
        namespace: vec!["sales".into()],
    };
    let main = Object::Catalog {
        catalog: "main".into(),
    };
    let catalog_role = |name: &str, assignee: &str, object: &Object, privilege: &str| CatalogRole {
        name: name.into(),
        assignees: Part::Known(vec![assignee.into()]),
        grants: Part::Known(vec![Grant {
            object: object.clone(),
            privilege: privilege.into(),
        }]),
    };
    World {
        principals: Part::Known(vec!["idle".into(), "reader".into(), "root".into()]),
        principal_roles: Part::Known(vec![
            role("service_admin", &["root"]),
            role("analysts", &["reader"]),
        ]),
        catalogs: vec![Catalog {
            name: "main".into(),
            roles: Part::Known(vec![
                catalog_role(
                    "catalog_admin",
                    "service_admin",
                    &main,
                    "CATALOG_MANAGE_CONTENT",
                ),
                catalog_role("reading", "analysts", &sales, "TABLE_READ_DATA"),
            ]),
        }],
        more_catalogs: None,
    }
}

pub fn access() -> Access {
    Access::new(world())
}

#[test]
fn what_another_one_implies_is_left_out() {
    use access::polaris::Privilege;
    let set = Privilege::named("TABLE_WRITE_DATA").map(Privilege::implies);
    let names: Vec<_> = strongest(set.unwrap()).map(Privilege::name).collect();
    assert_eq!(names, ["TABLE_WRITE_DATA"]);
}
