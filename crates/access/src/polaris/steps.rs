//! Counts what is done, in tests of how that grows. Elsewhere nothing is counted.

#[inline(always)]
pub(super) fn step() {
    #[cfg(test)]
    tests::STEPS.set(tests::STEPS.get() + 1);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::{
        Access, Catalog, CatalogRole, Change, Grant, Object, Part, PrincipalRole, World,
    };

    thread_local! {
        pub static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    /// Asks in a world of this size and in one of twice the size.
    fn assert_linear(what: &str, world: impl Fn(usize) -> World, ask: impl Fn(&Access)) {
        let steps = |size| {
            let access = Access::new(world(size));
            STEPS.set(0);
            ask(&access);
            STEPS.get()
        };
        let (once, twice) = (steps(100), steps(200));
        assert!(
            twice < 3 * once.max(100),
            "{what}: {once} steps, then {twice}"
        );
    }

    fn unread<T>() -> Part<T> {
        Part::Unknown("403".to_owned())
    }

    fn names(kind: &str, size: usize) -> Vec<String> {
        (0..size).map(|id| format!("{kind}{id}")).collect()
    }

    fn world(roles: Vec<PrincipalRole>, catalog_roles: Vec<CatalogRole>) -> World {
        World {
            principals: Part::Known(Vec::new()),
            principal_roles: Part::Known(roles),
            catalogs: vec![Catalog {
                name: "prod".to_owned(),
                roles: Part::Known(catalog_roles),
            }],
            more_catalogs: None,
        }
    }

    fn namespace() -> Object {
        Object::Namespace {
            catalog: "prod".to_owned(),
            namespace: vec!["a".to_owned()],
        }
    }

    fn table(id: usize) -> Object {
        Object::Table {
            catalog: "prod".to_owned(),
            namespace: vec!["a".to_owned()],
            name: id.to_string(),
        }
    }

    fn reading(object: Object) -> Grant {
        Grant {
            object,
            privilege: "TABLE_READ_DATA".to_owned(),
        }
    }

    /// As many principals, each with a role of its own, and catalog roles of which nothing is known but
    /// perhaps who holds them.
    fn unread_world(size: usize, members: bool, assignees: bool, grants: bool) -> World {
        let part = |known, items| match known {
            true => Part::Known(items),
            false => unread(),
        };
        let principals = names("principal", size).into_iter();
        let roles = principals.zip(names("role", size));
        let roles = roles.map(|(principal, name)| PrincipalRole {
            name,
            members: part(members, vec![principal]),
        });
        let assigned = names("role", size)
            .into_iter()
            .zip(names("catalog_role", size));
        let catalog_roles = assigned.map(|(role, name)| CatalogRole {
            name,
            assignees: part(assignees, vec![role]),
            grants: match grants {
                true => Part::Known(vec![reading(namespace())]),
                false => unread(),
            },
        });
        World {
            principals: Part::Known(names("principal", size)),
            ..world(roles.collect(), catalog_roles.collect())
        }
    }

    /// As many principals, all with one role, which reads as many tables; some with a role of their own
    /// besides.
    fn shared_world(size: usize, own: bool) -> World {
        let principals = names("principal", size);
        let mut roles = vec![PrincipalRole {
            name: "everyone".to_owned(),
            members: Part::Known(principals.clone()),
        }];
        if own {
            roles.extend(principals.into_iter().map(|principal| PrincipalRole {
                name: format!("of {principal}"),
                members: Part::Known(vec![principal]),
            }));
        }
        let tables = (0..size).map(table);
        let role = CatalogRole {
            name: "reading".to_owned(),
            assignees: Part::Known(vec!["everyone".to_owned()]),
            grants: Part::Known(tables.chain([namespace()]).map(reading).collect()),
        };
        world(roles, vec![role])
    }

    #[test]
    fn holders_grow_with_the_world() {
        for unread in 0..8 {
            let known = |bit: usize| unread & bit == 0;
            assert_linear(
                &format!("holders, unread: {unread:03b}"),
                |size| unread_world(size, known(1), known(2), known(4)),
                |access| assert_eq!(access.holders(&table(7)).len() % 100, 0),
            );
        }
    }

    #[test]
    fn losses_grow_with_what_is_lost() {
        let revoke = |object| Change::Grant {
            catalog: "prod".to_owned(),
            catalog_role: "reading".to_owned(),
            grant: reading(object),
        };
        let unassign = |role: &str| Change::AssignCatalogRole {
            catalog: "prod".to_owned(),
            catalog_role: "reading".to_owned(),
            principal_role: role.to_owned(),
        };
        let leave = Change::AssignPrincipalRole {
            principal: "principal7".to_owned(),
            principal_role: "everyone".to_owned(),
        };
        for own in [false, true] {
            let losses = |what: &str, change: &Change, each: usize| {
                let changes = [change.clone()];
                assert_linear(
                    &format!("losses of {what}"),
                    |size| shared_world(size, own),
                    |access| {
                        let losses = access.losses(&changes, 100);
                        let rows = losses.rows.len() + losses.more;
                        let principals = access.principals().count();
                        let expected = if each == 1 { principals } else { 0 };
                        assert!(each == 2 || rows == expected, "{what}");
                    },
                );
            };
            losses("nobody's grant", &revoke(Object::Root), 0);
            losses("an assignment to nobody", &unassign("nobody"), 0);
            losses("one grant", &revoke(table(7)), 1);
            losses("one membership", &leave, 2);
        }
    }

    #[test]
    fn what_does_not_make_up_for_a_loss_is_looked_at_once_for_all() {
        let listing = Grant {
            object: namespace(),
            privilege: "NAMESPACE_LIST".to_owned(),
        };
        let listing = [Change::Grant {
            catalog: "prod".to_owned(),
            catalog_role: "reading".to_owned(),
            grant: listing,
        }];
        assert_linear(
            "losses above tables",
            |size| {
                let mut world = shared_world(size, true);
                world.add(&listing[0]);
                world
            },
            |access| {
                let losses = access.losses(&listing, 100);
                let rows = losses.rows.len() + losses.more;
                assert_eq!(rows, access.principals().count());
            },
        );
        // What does is told: each principal keeps each table.
        let access = Access::new(shared_world(100, false));
        let reading = Change::Grant {
            catalog: "prod".to_owned(),
            catalog_role: "reading".to_owned(),
            grant: reading(namespace()),
        };
        let losses = access.losses(&[reading], 100).rows;
        assert!(losses.iter().all(|loss| loss.kept_below.len() == 100));
        assert_eq!(losses.len(), 100);
    }

    /// As many principals, each with what `own` says, and all with one role that reads as many tables.
    fn everybodys(size: usize, own: impl Fn(usize) -> Vec<Grant>) -> World {
        let mut world = shared_world(size, true);
        if let Part::Known(roles) = &mut world.catalogs[0].roles {
            roles.extend((0..size).map(|id| CatalogRole {
                name: format!("own{id}"),
                assignees: Part::Known(vec![format!("of principal{id}")]),
                grants: Part::Known(own(id)),
            }));
        }
        world
    }

    fn unassign_everyone() -> [Change; 1] {
        [Change::AssignCatalogRole {
            catalog: "prod".to_owned(),
            catalog_role: "reading".to_owned(),
            principal_role: "everyone".to_owned(),
        }]
    }

    #[test]
    fn what_all_lose_is_worked_out_once() {
        let elsewhere = |id: usize| {
            let object = Object::Table {
                catalog: "prod".to_owned(),
                namespace: vec!["b".to_owned()],
                name: id.to_string(),
            };
            vec![reading(object)]
        };
        assert_linear(
            "losses of an assignment that all hold",
            |size| everybodys(size, elsewhere),
            |access| {
                let size = access.principals().count();
                let losses = access.losses(&unassign_everyone(), 100);
                assert_eq!(losses.rows.len(), 100);
                assert_eq!(losses.more, size * (size + 1) - 100);
                assert!(!losses.cut);
            },
        );
    }

    #[test]
    fn who_keeps_nothing_alike_is_worked_out_up_to_a_bound() {
        // Each keeps another table, so that no two lose the same.
        let access = Access::new(everybodys(1_000, |id| vec![reading(table(id))]));
        STEPS.set(0);
        let losses = access.losses(&unassign_everyone(), 100);
        assert!(losses.cut, "{} more", losses.more);
        assert_eq!(losses.rows.len(), 100);
        assert!(losses.rows.iter().all(|loss| !loss.lost.is_empty()));
        assert!(losses.more < 1_000 * 1_001 - 100, "at least so many");
        assert!(STEPS.get() < 10_000_000, "{} steps", STEPS.get());
    }
}
