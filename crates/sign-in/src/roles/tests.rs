use proptest::prelude::*;
use serde_json::json;

use super::*;

fn table(admins: &[&str], editors: &[&str], viewers: &[&str]) -> Table {
    let [admins, editors, viewers] =
        [admins, editors, viewers].map(|list| list.iter().map(|&value| value.to_owned()).collect());
    Table {
        admins,
        editors,
        viewers,
    }
}

#[test]
fn a_claim_is_text_or_a_list_and_may_stand_within_others() {
    let table = table(&["root"], &["write"], &["read"]);
    for (claims, path, role) in [
        (json!({ "role": "write" }), "role", Role::Editor),
        (
            json!({ "role": ["read", "root", "x"] }),
            "role",
            Role::Admin,
        ),
        (
            json!({ "realm_access": { "roles": ["read"] } }),
            "realm_access.roles",
            Role::Viewer,
        ),
        (
            json!({ "https://a.example/roles": "root" }),
            "https://a.example/roles",
            Role::Admin,
        ),
        (
            json!({ "access": { "my.client": { "roles": "read" } } }),
            "access.my.client.roles",
            Role::Viewer,
        ),
    ] {
        assert_eq!(table.role_by_claim(&claims, path), Ok(role), "{claims}");
    }
}

#[test]
fn a_claim_that_is_missing_or_of_another_shape_is_no_access_and_named() {
    let table = table(&["root"], &[], &[]);
    let claim = "a.b".to_owned();
    for claims in [
        json!({}),
        json!({ "a": { "c": "root" } }),
        json!({ "a": "root" }),
        json!({ "a": { "b": [] } }),
        json!({ "a": { "b": null } }),
    ] {
        let missing = NoRole::Missing {
            claim: claim.clone(),
        };
        assert_eq!(
            table.role_by_claim(&claims, "a.b"),
            Err(missing),
            "{claims}"
        );
    }
    for value in [json!(true), json!({ "root": 1 }), json!(["root", 1])] {
        let shape = NoRole::Shape {
            claim: claim.clone(),
        };
        let claims = json!({ "a": { "b": value } });
        assert_eq!(table.role_by_claim(&claims, "a.b"), Err(shape), "{claims}");
    }
}

#[test]
fn values_are_compared_as_they_are_and_named_where_unknown() {
    let table = table(&["root"], &[], &["a*"]);
    for value in ["Root", "root ", "roo", "rootx", "ab", "*"] {
        let unknown = NoRole::Unknown {
            claim: "role".to_owned(),
            values: vec![value.to_owned()],
        };
        assert_eq!(table.role("role", [value]), Err(unknown));
    }
    let long = "x\n".repeat(500);
    let Err(NoRole::Unknown { values, .. }) = table.role("role", vec![&*long; 50]) else {
        panic!("no value has a role")
    };
    assert_eq!(values, vec![format!("{}…", "x".repeat(64)); 10]);
}

#[test]
fn everybody_is_everybody_who_signs_in() {
    let table = table(&["root"], &[], &["*"]);
    assert_eq!(table.role_by_claim(&json!({}), "role"), Ok(Role::Viewer));
    assert_eq!(table.role("role", ["other"]), Ok(Role::Viewer));
    assert_eq!(table.role("role", ["other", "root"]), Ok(Role::Admin));
}

proptest! {
    /// Against the rule as it is said: a role comes from a value that is listed for it, and the highest wins.
    #[test]
    fn the_highest_role_of_a_listed_value_wins(
        lists in proptest::array::uniform3(proptest::collection::vec("[a-d]{1,2}|\\*", 0..4)),
        values in proptest::collection::vec("[a-e]{1,2}", 0..5),
    ) {
        let [admins, editors, viewers] = lists.clone();
        let table = Table { admins, editors, viewers };
        let roles = [Role::Admin, Role::Editor, Role::Viewer];
        let expected = roles.into_iter().zip(&lists).find(|(_, list)| {
            list.iter().any(|known| known == "*" || values.contains(known))
        });
        let found = table.role_by_claim(&json!({ "role": values }), "role");
        prop_assert_eq!(found.ok(), expected.map(|(role, _)| role));
    }
}
