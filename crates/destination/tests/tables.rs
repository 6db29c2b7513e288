//! The tables of keys, catalogs and releases agree with themselves and with what is said of them.

use destination::keys::{KEYS, Type, find, same};
use destination::{CATALOG_TYPES, Kind, Release, Target, fields, problems};

#[test]
fn names_are_told_apart_as_olake_does() {
    for (place, key) in KEYS.iter().enumerate() {
        let twice = KEYS[..place].iter().any(|other| same(other.name, key.name));
        assert!(!twice, "{}", key.name);
    }
    for (place, row) in CATALOG_TYPES.iter().enumerate() {
        let twice = CATALOG_TYPES[..place]
            .iter()
            .any(|other| other.name == row.name || other.slug == row.slug);
        assert!(!twice, "{}", row.name);
    }
}

#[test]
fn a_name_that_is_not_read_leads_to_one_that_is() {
    for key in &KEYS {
        if let Some(meant) = key.meant {
            let meant = find(meant).expect("a known key is meant");
            assert!(!key.is_read() && meant.is_read(), "{}", key.name);
            assert_eq!(
                (key.ty, key.secret),
                (meant.ty, meant.secret),
                "{}",
                key.name
            );
        }
    }
}

#[test]
fn every_input_has_a_sample_and_help() {
    for kind in Kind::ALL {
        for target in Target::ALL {
            for field in kind
                .auth_modes()
                .iter()
                .flat_map(|auth| fields(kind, *auth, target))
            {
                let flag = find(field.key).is_some_and(|key| key.ty == Type::Bool);
                assert!(flag || !field.sample.is_empty(), "{kind} {}", field.key);
                assert!(!field.help.is_empty(), "{kind} {}", field.key);
            }
        }
    }
}

/// Texts are written by hand; the releases they name are those of the tables.
#[test]
fn texts_name_the_releases_of_the_tables() {
    for key in &KEYS {
        if let (true, Some(since)) = (key.help.ends_with("and later."), key.since) {
            let right = format!("OLake {since} and later.");
            assert!(key.help.ends_with(&right), "{}: {right}", key.name);
        }
    }
    let image = format!("olakego/source-postgres:v{} ", Release::READ);
    for problem in problems().filter(|problem| problem.command.contains("olakego/")) {
        assert!(problem.command.contains(&image), "{}", problem.id);
    }
}
