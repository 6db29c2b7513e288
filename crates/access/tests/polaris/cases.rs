//! Worlds written by hand, and what has to be said of each.

use access::polaris::{
    Access, Answer, Catalog, CatalogRole, Change, Grant, Mismatch, Object, Operation, Part,
    PrincipalRole, Question, SERVICE_ADMIN, Subject, Verdict, World,
};

use crate::{heavy_catalog, makes_service_admin};

#[test]
fn credentials_go_by_name() {
    let access = Access::new(World {
        principals: Part::Known(vec!["ada".to_owned()]),
        principal_roles: Part::Known(Vec::new()),
        catalogs: Vec::new(),
        more_catalogs: None,
    });
    let ada = Object::Principal {
        name: "ada".to_owned(),
    };
    let asked = |operation, by| {
        let operation = Operation::named(operation).expect("an operation");
        let question = Question::new(operation, &ada, None).expect("well-formed");
        access.verdict(Subject::Principal(by), question)
    };
    assert_eq!(asked("ROTATE_CREDENTIALS", "ada"), Verdict::Allowed);
    assert_eq!(asked("ROTATE_CREDENTIALS", "bob"), Verdict::Denied);
    assert_eq!(asked("ROTATE_CREDENTIALS", "root"), Verdict::Denied);
    assert_eq!(asked("RESET_CREDENTIALS", "ada"), Verdict::Denied);
    assert_eq!(asked("RESET_CREDENTIALS", "root"), Verdict::Allowed);
}

#[test]
fn an_operation_refuses_objects_that_it_does_not_fit() {
    let catalog = Object::Catalog {
        catalog: "prod".to_owned(),
    };
    let load = Operation::named("LOAD_TABLE").expect("an operation");
    let rename = Operation::named("RENAME_TABLE").expect("an operation");
    let table = Object::Table {
        catalog: "prod".to_owned(),
        namespace: vec!["a".to_owned()],
        name: "t".to_owned(),
    };
    assert!(matches!(
        Question::new(load, &catalog, None),
        Err(Mismatch::Object { .. })
    ));
    assert!(matches!(
        Question::new(load, &table, Some(&catalog)),
        Err(Mismatch::Secondary { .. })
    ));
    assert!(matches!(
        Question::new(rename, &table, None),
        Err(Mismatch::Secondary { .. })
    ));
}

#[test]
fn the_smallest_change_is_the_weakest_grant_on_the_object_itself() {
    let table = Object::Table {
        catalog: "prod".to_owned(),
        namespace: vec!["a".to_owned()],
        name: "t".to_owned(),
    };
    let known = |names: &[&str]| Part::Known(names.iter().map(|name| name.to_string()).collect());
    let role = |name: &str, assignees: &[&str]| CatalogRole {
        name: name.to_owned(),
        assignees: known(assignees),
        grants: Part::Known(Vec::new()),
    };
    let access = Access::new(World {
        principals: known(&["ada", "bob", "eve"]),
        principal_roles: Part::Known(vec![
            PrincipalRole {
                name: SERVICE_ADMIN.to_owned(),
                members: known(&["eve"]),
            },
            PrincipalRole {
                name: "all".to_owned(),
                members: known(&["ada", "bob"]),
            },
            PrincipalRole {
                name: "few".to_owned(),
                members: known(&["ada"]),
            },
        ]),
        catalogs: vec![Catalog {
            name: "prod".to_owned(),
            roles: Part::Known(vec![role("wide", &["all"]), role("narrow", &["few"])]),
        }],
        more_catalogs: None,
    });
    let load = Operation::named("LOAD_TABLE").expect("an operation");
    let question = Question::new(load, &table, None).expect("well-formed");
    let Answer::Denied {
        changes, grantable, ..
    } = access.answer(Subject::Principal("ada"), question)
    else {
        panic!("nothing is granted")
    };
    assert!(grantable);
    // Both roles would do; the narrow one gives it to one principal only.
    let smallest = Change::Grant {
        catalog: "prod".to_owned(),
        catalog_role: "narrow".to_owned(),
        grant: Grant {
            object: table.clone(),
            privilege: "TABLE_READ_PROPERTIES".to_owned(),
        },
    };
    assert_eq!(changes.first(), Some(&vec![smallest]));
}

#[test]
fn no_number_of_catalogs_makes_a_service_admin_of_somebody() {
    let known = |names: &[&str]| Part::Known(names.iter().map(|name| name.to_string()).collect());
    for catalogs in [1, 178, 179, 400, 20_000] {
        let access = Access::new(World {
            principals: known(&["ada"]),
            principal_roles: Part::Known(
                [SERVICE_ADMIN, "engineers", "analysts"]
                    .map(|name| PrincipalRole {
                        name: name.to_owned(),
                        members: known(&[]),
                    })
                    .to_vec(),
            ),
            catalogs: (0..catalogs).map(heavy_catalog).collect(),
            more_catalogs: None,
        });
        let catalog = Object::Catalog {
            catalog: "catalog0".to_owned(),
        };
        let operation = Operation::named("GET_CATALOG").expect("an operation");
        let question = Question::new(operation, &catalog, None).expect("well-formed");
        let answer = access.answer(Subject::Principal("ada"), question);
        let Answer::Denied { changes, .. } = answer else {
            panic!("ada holds nothing")
        };
        let last_resort: Vec<bool> = changes.iter().map(|way| makes_service_admin(way)).collect();
        assert_eq!(last_resort, [false, false, true], "{catalogs} catalogs");
    }
}

#[test]
fn running_a_catalog_weighs_more_than_any_number_of_lesser_grants() {
    let known = |names: &[&str]| Part::Known(names.iter().map(|name| name.to_string()).collect());
    let role = |name: &str, grants: Vec<Grant>| CatalogRole {
        name: name.to_owned(),
        assignees: known(&[name]),
        grants: Part::Known(grants),
    };
    let grant = |object: Object, privilege: &str| Grant {
        object,
        privilege: privilege.to_owned(),
    };
    let table = |id: usize| Object::Table {
        catalog: "prod".to_owned(),
        namespace: vec!["a".to_owned()],
        name: id.to_string(),
    };
    let catalog = Object::Catalog {
        catalog: "prod".to_owned(),
    };
    let readings = (0..5_000).map(|id| grant(table(id), "TABLE_READ_DATA"));
    let access = Access::new(World {
        principals: known(&["ada"]),
        principal_roles: Part::Known(
            ["owners", "readers"]
                .map(|name| PrincipalRole {
                    name: name.to_owned(),
                    members: known(&[]),
                })
                .to_vec(),
        ),
        catalogs: vec![Catalog {
            name: "prod".to_owned(),
            roles: Part::Known(vec![
                role("owners", vec![grant(catalog, "CATALOG_MANAGE_CONTENT")]),
                role("readers", readings.collect()),
            ]),
        }],
        more_catalogs: None,
    });
    let load = Operation::named("LOAD_TABLE").expect("an operation");
    let (object, subject) = (table(7), Subject::Principal("ada"));
    let question = Question::new(load, &object, None).expect("well-formed");
    let Answer::Denied { changes, .. } = access.answer(subject, question) else {
        panic!("ada holds nothing")
    };
    let join = |role: &str| {
        vec![Change::AssignPrincipalRole {
            principal: "ada".to_owned(),
            principal_role: role.to_owned(),
        }]
    };
    assert_eq!(changes, [join("readers"), join("owners")]);
}

#[test]
fn a_token_may_do_what_its_activated_roles_may_and_no_more() {
    let table = Object::Table {
        catalog: "prod".to_owned(),
        namespace: vec!["a".to_owned()],
        name: "t".to_owned(),
    };
    let role = |name: &str, privilege: &str| CatalogRole {
        name: name.to_owned(),
        assignees: Part::Known(vec![format!("{name}s")]),
        grants: Part::Known(vec![Grant {
            object: table.clone(),
            privilege: privilege.to_owned(),
        }]),
    };
    let holds = |name: &str| PrincipalRole {
        name: name.to_owned(),
        members: Part::Known(vec!["svc".to_owned()]),
    };
    let access = Access::new(World {
        principals: Part::Known(vec!["svc".to_owned()]),
        principal_roles: Part::Known(vec![holds("readers"), holds("writers")]),
        catalogs: vec![Catalog {
            name: "prod".to_owned(),
            roles: Part::Known(vec![
                role("reader", "TABLE_READ_DATA"),
                role("writer", "TABLE_WRITE_DATA"),
            ]),
        }],
        more_catalogs: None,
    });
    let append = Operation::named("ADD_TABLE_SNAPSHOT").unwrap();
    let question = Question::new(append, &table, None).unwrap();
    let with = |roles: &'static [&'static str]| Subject::Activated {
        principal: "svc",
        roles,
    };
    assert_eq!(
        access.verdict(Subject::Principal("svc"), question),
        Verdict::Allowed
    );
    assert_eq!(
        access.verdict(with(&["readers", "writers"]), question),
        Verdict::Allowed
    );
    assert_eq!(
        access.verdict(with(&["unheard of"]), question),
        Verdict::Denied
    );
    let Answer::Denied { changes, .. } = access.answer(with(&["readers"]), question) else {
        panic!("readers append nothing");
    };
    let of_others = |step: &Change| matches!(step, Change::AssignPrincipalRole { .. });
    assert!(
        !changes.is_empty() && !changes.iter().flatten().any(of_others),
        "{changes:?}"
    );
    // What names the roles of a token is no list of what the principal holds.
    assert_eq!(access.verdict(with(&[]), question), Verdict::Denied);
}

#[test]
fn one_privilege_covers_all_that_is_done_at_once() {
    let mut seen = 0;
    for operation in Operation::all() {
        let Some(whole) = operation.whole() else {
            continue;
        };
        for privilege in operation.target.iter() {
            assert!(whole.implies().contains(privilege), "{}", operation.name);
        }
        seen += 1;
    }
    assert_eq!(seen, 11);
}
