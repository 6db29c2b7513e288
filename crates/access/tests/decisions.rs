//! The calculator against what a real Polaris 1.7.0 allowed in 144 random worlds.

#[path = "decisions/recording.rs"]
mod recording;

use std::collections::BTreeSet;

use access::polaris::{Access, Answer, Change, Part, SERVICE_ADMIN, Subject, Verdict, World};
use recording::{Asked, Check, Recorded};

fn recorded() -> Vec<Recorded> {
    let file = include_bytes!("decisions/polaris-1.7.0-decisions.jsonl.gz");
    recording::read(file.as_slice()).expect("the recording is readable")
}

/// Runs `test` on every check, with the world's index; answers how many there were.
fn for_each(mut test: impl FnMut(&Recorded, &Access, &Check, &Asked)) -> usize {
    let worlds = recorded();
    assert_eq!(worlds.len(), 144);
    for recorded in &worlds {
        let access = Access::new(recorded.world.clone());
        for check in &recorded.checks {
            let asked = recorded
                .ask(check)
                .expect("every recorded check can be asked");
            test(recorded, &access, check, &asked);
        }
    }
    worlds.iter().map(|recorded| recorded.checks.len()).sum()
}

fn verdict(world: World, check: &Check, asked: &Asked) -> Verdict {
    let question = asked.question().expect("well-formed");
    Access::new(world).verdict(Subject::Principal(&check.principal), question)
}

#[test]
fn agrees_with_every_decision() {
    let mut operations = BTreeSet::new();
    let checks = for_each(|_, access, check, asked| {
        let subject = Subject::Principal(&check.principal);
        let question = asked.question().expect("well-formed");
        let expected = if check.allowed {
            Verdict::Allowed
        } else {
            Verdict::Denied
        };
        assert_eq!(access.verdict(subject, question), expected, "{check:?}");
        assert_eq!(
            access.answer(subject, question).verdict(),
            expected,
            "{check:?}"
        );
        operations.insert(check.operation.clone());
    });
    assert_eq!((checks, operations.len()), (28_125, 43));
}

#[test]
fn smallest_change_allows_what_was_denied_and_has_no_idle_step() {
    let mut denied = 0;
    let mut service_admin_only = BTreeSet::new();
    for_each(|recorded, access, check, asked| {
        let question = asked.question().expect("well-formed");
        let answer = access.answer(Subject::Principal(&check.principal), question);
        let Answer::Denied {
            changes, grantable, ..
        } = answer
        else {
            return;
        };
        denied += 1;
        if !grantable {
            // What no grant can give, the service admin's role gives.
            let admin = matches!(&changes[0][..], [Change::AssignPrincipalRole { principal_role, .. }]
                if principal_role == SERVICE_ADMIN);
            assert!(admin, "{check:?} with {:?}", changes[0]);
            service_admin_only.insert(check.operation.clone());
        }
        let with = |steps: &[&Change]| {
            let mut world = recorded.world.clone();
            steps.iter().for_each(|step| world.add(step));
            verdict(world, check, asked)
        };
        let smallest: Vec<&Change> = changes.first().expect("there is a way").iter().collect();
        assert_eq!(
            with(&smallest),
            Verdict::Allowed,
            "{check:?} with {smallest:?}"
        );
        for left_out in 0..smallest.len() {
            let mut fewer = smallest.clone();
            fewer.remove(left_out);
            assert_eq!(with(&fewer), Verdict::Denied, "{check:?} with {fewer:?}");
        }
    });
    assert_eq!(denied, 20_542);
    let expected = [
        "CREATE_CATALOG",
        "CREATE_PRINCIPAL",
        "GET_PRINCIPAL",
        "LIST_CATALOGS",
        "LIST_PRINCIPALS",
        "LIST_PRINCIPAL_ROLES",
        "LIST_PRINCIPAL_ROLES_ASSIGNED",
    ];
    assert!(
        service_admin_only.iter().eq(expected),
        "{service_admin_only:?}"
    );
}

#[test]
fn every_other_change_offered_allows_it_as_well() {
    let mut tried = BTreeSet::new();
    for_each(|recorded, access, check, asked| {
        let question = asked.question().expect("well-formed");
        let answer = access.answer(Subject::Principal(&check.principal), question);
        let Answer::Denied { changes, .. } = answer else {
            return;
        };
        for steps in changes.iter().skip(1) {
            // The same steps come up for many objects: once per world and operation is enough.
            let kind = (
                recorded.world.catalogs[0].name.clone(),
                check.operation.clone(),
                steps.len(),
            );
            if tried.insert(kind) {
                let mut world = recorded.world.clone();
                steps.iter().for_each(|step| world.add(step));
                assert_eq!(
                    verdict(world, check, asked),
                    Verdict::Allowed,
                    "{check:?} with {steps:?}"
                );
            }
        }
    });
    assert!(tried.len() > 1_000, "only {} tried", tried.len());
}

#[test]
fn without_the_paths_named_it_is_denied() {
    let mut allowed = 0;
    for_each(|recorded, access, check, asked| {
        let question = asked.question().expect("well-formed");
        let answer = access.answer(Subject::Principal(&check.principal), question);
        let Answer::Allowed(met) = answer else { return };
        allowed += 1;
        for each in &met {
            // Cut at the near end and at the far end: either ends every path of this requirement.
            for end in [
                |links: &[Change]| links.first().cloned(),
                |links: &[Change]| links.last().cloned(),
            ] {
                let mut world = recorded.world.clone();
                let cuts = each
                    .paths
                    .iter()
                    .map(|path| end(&path.links()).expect("a path has links"));
                cuts.for_each(|cut| world.remove(&cut));
                assert_eq!(verdict(world, check, asked), Verdict::Denied, "{check:?}");
            }
        }
    });
    assert_eq!(allowed, 7_583);
}

#[test]
fn any_one_path_named_is_enough() {
    for_each(|recorded, access, check, asked| {
        let question = asked.question().expect("well-formed");
        let answer = access.answer(Subject::Principal(&check.principal), question);
        let Answer::Allowed(met) = answer else { return };
        let longest = met
            .iter()
            .map(|each| each.paths.len())
            .max()
            .unwrap_or_default();
        for nth in 0..longest {
            let mut world = without_edges(&recorded.world);
            let chosen = met.iter().map(|each| &each.paths[nth % each.paths.len()]);
            chosen
                .flat_map(|path| path.links())
                .for_each(|link| world.add(&link));
            assert_eq!(verdict(world, check, asked), Verdict::Allowed, "{check:?}");
        }
    });
}

/// The same roles, holding nothing and held by nobody.
fn without_edges(world: &World) -> World {
    let mut bare = world.clone();
    if let Part::Known(roles) = &mut bare.principal_roles {
        roles
            .iter_mut()
            .for_each(|role| role.members = Part::Known(Vec::new()));
    }
    for catalog in &mut bare.catalogs {
        if let Part::Known(roles) = &mut catalog.roles {
            for role in roles {
                role.assignees = Part::Known(Vec::new());
                role.grants = Part::Known(Vec::new());
            }
        }
    }
    bare
}
