//! What has to hold of the calculator in every world, complete or not.

#[path = "polaris/cases.rs"]
mod cases;
#[path = "polaris/reference.rs"]
mod reference;
#[path = "polaris/worlds.rs"]
mod worlds;

use access::polaris::{
    Access, Answer, Catalog, CatalogRole, Change, Grant, Holder, Loss, Object, Part, Privilege,
    PrivilegeSet, Requirement, SERVICE_ADMIN, Subject, Verdict, World,
};
use proptest::{prelude::*, sample::Index};
use worlds::{changes, edges, objects, principals, questions, world};

/// Every question that can be asked in the worlds of these tests, answered.
fn verdicts(world: &World) -> Vec<Verdict> {
    let access = Access::new(world.clone());
    let asked =
        principals().flat_map(|principal| questions().map(move |question| (principal, question)));
    asked
        .map(|(principal, question)| access.verdict(Subject::Principal(principal), question))
        .collect()
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Denied => 0,
        Verdict::Unknown => 1,
        Verdict::Allowed => 2,
    }
}

/// Forgets one part of the world.
fn hide(world: &mut World, which: usize) {
    let why = || "403".to_owned();
    let catalog = &mut world.catalogs[0];
    let roles = match &mut catalog.roles {
        Part::Known(roles) if !roles.is_empty() => roles,
        _ => return,
    };
    let role = (which / 8) % roles.len();
    match which % 8 {
        0 => world.principals = Part::Unknown(why()),
        1 => world.principal_roles = Part::Unknown(why()),
        2 => catalog.roles = Part::Unknown(why()),
        3 => {
            world.catalogs.clear();
            world.more_catalogs = Some(why());
        }
        4 | 5 => roles[role].assignees = Part::Unknown(why()),
        6 => roles[role].grants = Part::Unknown(why()),
        _ => {
            if let Part::Known(roles) = &mut world.principal_roles
                && let Some(at) = (which / 8).checked_rem(roles.len())
            {
                roles[at].members = Part::Unknown(why());
            }
        }
    }
}

/// A catalog of which both roles besides the service admin's hold everything.
fn heavy_catalog(id: usize) -> Catalog {
    let catalog = format!("catalog{id}");
    let grants = ["CATALOG_MANAGE_CONTENT", "CATALOG_MANAGE_ACCESS"].map(|privilege| Grant {
        object: Object::Catalog {
            catalog: catalog.clone(),
        },
        privilege: privilege.to_owned(),
    });
    let role = CatalogRole {
        name: "catalog_admin".to_owned(),
        assignees: Part::Known(vec!["engineers".to_owned(), "analysts".to_owned()]),
        grants: Part::Known(grants.to_vec()),
    };
    Catalog {
        name: catalog,
        roles: Part::Known(vec![role]),
    }
}

fn makes_service_admin(way: &[Change]) -> bool {
    way.iter().any(|change| {
        matches!(change, Change::AssignPrincipalRole { principal_role, .. } if principal_role == SERVICE_ADMIN)
    })
}

/// So many, and as many times more as `PROPTEST_CASES` asks for more than is usual.
fn cases(usual: u32) -> ProptestConfig {
    ProptestConfig::with_cases(usual * ProptestConfig::default().cases / 256)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn adding_never_takes_away_and_removing_never_gives(world in world(), change in changes()) {
        let (mut more, mut less) = (world.clone(), world.clone());
        more.add(&change);
        less.remove(&change);
        let before = verdicts(&world);
        for ((less, before), more) in verdicts(&less).into_iter().zip(before).zip(verdicts(&more)) {
            prop_assert!(rank(less) <= rank(before) && rank(before) <= rank(more));
        }
    }

    #[test]
    fn what_is_not_known_never_makes_a_wrong_answer(world in world(), parts in prop::collection::vec(0..64usize, 1..4)) {
        let mut partial = world.clone();
        for part in parts {
            if partial.catalogs.is_empty() {
                break;
            }
            hide(&mut partial, part);
        }
        for (partial, whole) in verdicts(&partial).into_iter().zip(verdicts(&world)) {
            prop_assert!(partial == whole || partial == Verdict::Unknown, "{partial:?} for {whole:?}");
        }
    }

    #[test]
    fn an_unknown_answer_names_what_is_missing(world in world(), part in 0..64usize) {
        let mut partial = world;
        hide(&mut partial, part);
        let access = Access::new(partial);
        for principal in principals() {
            for question in questions() {
                let subject = Subject::Principal(principal);
                let answer = access.answer(subject, question);
                prop_assert_eq!(answer.verdict(), access.verdict(subject, question));
                if let Answer::Unknown { unmet, missing } = answer {
                    prop_assert!(!unmet.is_empty() && !missing.is_empty());
                }
            }
        }
    }

    #[test]
    fn holdings_are_what_paths_and_gaps_say(world in world(), part in 0..64usize) {
        let mut partial = world;
        hide(&mut partial, part);
        let access = Access::new(partial);
        for object in objects() {
            for Holder { principal, holding } in access.holders(object) {
                let subject = Subject::Principal(principal);
                prop_assert_eq!(access.holding(subject, object), holding);
                for privilege in Privilege::all() {
                    let requirement = Requirement::new(privilege, object);
                    let holds = !access.paths(subject, &requirement).is_empty();
                    prop_assert_eq!(holding.holds.contains(privilege), holds, "{} {}", privilege, object);
                    let may = !holds && !access.gaps(subject, &requirement).is_empty();
                    prop_assert_eq!(holding.may_hold.contains(privilege), may, "{} {}", privilege, object);
                }
            }
        }
    }

    #[test]
    fn losses_are_what_is_no_longer_held(world in world(), removed in prop::collection::vec(changes(), 1..3)) {
        let access = Access::new(world.clone());
        let mut less = world;
        removed.iter().for_each(|change| less.remove(change));
        let after = Access::new(less);
        let losses = access.losses(&removed, usize::MAX).rows;
        for object in objects() {
            for principal in principals() {
                let subject = Subject::Principal(principal);
                let before = access.holding(subject, object).holds;
                let still = after.holding(subject, object).holds;
                let over = losses.iter().filter(|loss| {
                    loss.principal == principal && object.levels().any(|level| level == *loss.object)
                });
                let mut told = PrivilegeSet::default();
                for loss in over {
                    told = told.union(loss.lost);
                    if loss.object == object {
                        prop_assert!(loss.lost.intersection(still).is_empty(), "{loss:?}");
                    }
                    for kept in loss.kept.iter().chain(&loss.kept_below) {
                        prop_assert!(!removed.iter().any(|change| kept.path.rests_on(change)));
                    }
                }
                prop_assert_eq!(told.difference(still), before.difference(still), "{}", object);
            }
        }
    }

    #[test]
    fn nobody_is_told_to_go_on_managing_access_where_that_is_not_known(
        world in world(),
        parts in prop::collection::vec(0..64usize, 0..4),
        present in prop::collection::vec(any::<Index>(), 1..4),
    ) {
        let edges = edges(&world);
        prop_assume!(!edges.is_empty());
        let removed: Vec<Change> = present.iter().map(|at| at.get(&edges).clone()).collect();
        let whole = Access::new(world.clone());
        let known = parts.is_empty() && !format!("{world:?}").contains("TABLE_TELEPORT");
        let mut partial = world;
        for part in parts {
            if !partial.catalogs.is_empty() {
                hide(&mut partial, part);
            }
        }
        let partial = Access::new(partial);
        let managing = PrivilegeSet::from_iter([Privilege::SERVICE_MANAGE_ACCESS, Privilege::CATALOG_MANAGE_ACCESS]);
        for principal in principals() {
            let losses = whole.losses(&removed, usize::MAX).rows;
            let ends = losses.iter().any(|loss| loss.principal == principal && !loss.lost.intersection(managing).is_empty());
            match partial.ends_management(principal, &removed) {
                // A way that is not known may stay.
                Some(told) => prop_assert!(told >= ends, "{principal} {removed:?}"),
                None => prop_assert!(!known),
            }
        }
    }

    #[test]
    fn what_is_told_of_all_at_once_is_what_the_definitions_say(
        world in world(),
        parts in prop::collection::vec(0..64usize, 0..3),
        present in prop::collection::vec(any::<Index>(), 0..4),
        absent in prop::collection::vec(changes(), 0..2),
    ) {
        let mut world = world;
        let edges = edges(&world);
        for part in parts {
            if !world.catalogs.is_empty() {
                hide(&mut world, part);
            }
        }
        let mut removed = absent;
        if !edges.is_empty() {
            removed.extend(present.iter().map(|at| at.get(&edges).clone()));
        }
        let access = Access::new(world.clone());
        let (losing, keeping): (Vec<_>, Vec<_>) =
            reference::losses(&world, &removed).into_iter().partition(|loss| !loss.lost.is_empty());
        let all = [losing, keeping].concat();
        for most in [usize::MAX, 2] {
            let told = access.losses(&removed, most);
            let first = all.iter().take(most).cloned().map(|loss| Loss {
                kept: loss.kept.into_iter().take(most).collect(),
                kept_below: loss.kept_below.into_iter().take(most).collect(),
                ..loss
            });
            prop_assert_eq!(&told.rows, &first.collect::<Vec<_>>());
            prop_assert_eq!((told.rows.len() + told.more, told.cut), (all.len(), false));
        }
        for object in objects() {
            let holders = access.holders(object).into_iter();
            let told: Vec<_> = holders.map(|holder| (holder.principal, holder.holding)).collect();
            prop_assert_eq!(told, reference::holders(&world, object), "{}", object);
        }
    }

    #[test]
    fn reach_lists_every_object_with_a_grant(world in world()) {
        let access = Access::new(world);
        for principal in principals() {
            let subject = Subject::Principal(principal);
            let reached: Vec<_> = access.reach(subject).into_iter().map(|reach| reach.object.clone()).collect();
            for object in objects() {
                let above = object.parent().map(|parent| access.holding(subject, &parent).holds);
                let more = access.holding(subject, object).holds.difference(above.unwrap_or_default());
                prop_assert!(more.is_empty() || reached.contains(object), "{more:?} on {object}");
            }
        }
    }
}

proptest! {
    // These worlds are large.
    #![proptest_config(cases(24))]

    #[test]
    fn becoming_service_admin_is_the_last_resort(world in world(), catalogs in 0..600usize) {
        let mut world = world;
        world.catalogs.extend((0..catalogs).map(heavy_catalog));
        // Whom joining a role other than the service admin's would be enough for.
        let joined = |principal: &'static str, role: &str| {
            let mut world = world.clone();
            world.add(&Change::AssignPrincipalRole {
                principal: principal.to_owned(),
                principal_role: role.to_owned(),
            });
            Access::new(world)
        };
        let access = Access::new(world.clone());
        for principal in principals() {
            let subject = Subject::Principal(principal);
            let others = ["engineers", "analysts"].map(|role| joined(principal, role));
            for question in questions() {
                let Answer::Denied { changes, .. } = access.answer(subject, question) else {
                    continue;
                };
                let last_resort: Vec<bool> = changes.iter().map(|way| makes_service_admin(way)).collect();
                prop_assert!(last_resort.is_sorted(), "{changes:?}");
                if last_resort.first() == Some(&true) {
                    let mut others = others.iter().map(|other| other.verdict(subject, question));
                    prop_assert!(others.all(|verdict| verdict != Verdict::Allowed), "{changes:?}");
                }
            }
        }
    }
}
