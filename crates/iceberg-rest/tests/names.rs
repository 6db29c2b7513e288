//! Names survive the way into an address and back, whatever they hold.

use iceberg_rest::{InvalidName, Namespace, Separator, TableIdent};
use proptest::prelude::*;

const SEPARATORS: [&str; 3] = ["%1F", "%2E", "%2e"];

/// Names as hostile as they come: separators, dots, slashes, escapes, controls, any unicode.
fn name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            ".", "..", "/", "\\", "%", "%2E", "%1F", "%2f", "+", " ", "?", "#", "&", "=", ";", "@", ":", "|", "\u{1f}", "\0", "\r\n", "ü", "テ", "a",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_namespace_round_trips_or_is_refused(
        levels in prop::collection::vec(name(), 1..4),
        separator in prop::sample::select(&SEPARATORS[..]),
    ) {
        let separator = Separator::from_config(separator).unwrap();
        let Ok(namespace) = Namespace::try_new(levels.clone()) else {
            prop_assert!(levels.iter().any(|level| level == "." || level == ".."));
            return Ok(());
        };
        match namespace.to_path(&separator) {
            Ok(path) => {
                prop_assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{path}");
                prop_assert!(path != "." && path != "..");
                prop_assert_eq!(Namespace::from_path(&path, &separator).unwrap(), namespace);
            }
            Err(error) => {
                prop_assert!(matches!(error, InvalidName::Separator(_)));
                let held = levels.iter().any(|level| level.contains('\u{1f}'));
                prop_assert!(held, "refused for no reason");
            }
        }
    }
}

#[test]
fn encodes_by_rfc_3986_with_upper_case_hex() {
    let unit = Separator::default();
    let dot = Separator::from_config("%2E").unwrap();
    let cases: [(&[&str], &str, &str, &str, &str); 6] = [
        (&["a", "b"], "a%1Fb", "a%1Fb", "a%2Eb", "a.b"),
        (&["a.b", "c"], "a.b%1Fc", "a.b%1Fc", "a.b%2Ec", "a.b.c"),
        (&["x y"], "x%20y", "x%20y", "x%20y", "x%20y"),
        (&["a+b"], "a%2Bb", "a%2Bb", "a%2Bb", "a%2Bb"),
        (
            &["ü", "テ"],
            "%C3%BC%1F%E3%83%86",
            "%C3%BC%1F%E3%83%86",
            "%C3%BC%2E%E3%83%86",
            "%C3%BC.%E3%83%86",
        ),
        (
            &["a/b%2F"],
            "a%2Fb%252F",
            "a%2Fb%252F",
            "a%2Fb%252F",
            "a%2Fb%252F",
        ),
    ];
    for (levels, unit_path, unit_query, dot_path, dot_query) in cases {
        let namespace = Namespace::try_new(levels.iter().copied()).unwrap();
        assert_eq!(namespace.to_path(&unit).unwrap(), unit_path);
        assert_eq!(namespace.to_query(&unit).unwrap(), unit_query);
        assert_eq!(namespace.to_path(&dot).unwrap(), dot_path);
        assert_eq!(namespace.to_query(&dot).unwrap(), dot_query);
    }
}

#[test]
fn refuses_names_that_would_reach_another_object() {
    for levels in [vec![], vec![""], vec!["a", ""], vec!["."], vec!["a", ".."]] {
        assert!(Namespace::try_new(levels.clone()).is_err(), "{levels:?}");
    }
    let namespace = Namespace::try_new(["a"]).unwrap();
    for name in ["", ".", ".."] {
        assert!(
            TableIdent::try_new(namespace.clone(), name).is_err(),
            "{name:?}"
        );
    }
    assert!(serde_json::from_str::<Namespace>(r#"["a",".."]"#).is_err());
    assert!(serde_json::from_str::<TableIdent>(r#"{"namespace":["a"],"name":""}"#).is_err());
}

#[test]
fn a_level_with_the_separator_in_it_is_refused_where_it_would_become_two() {
    let namespace = Namespace::try_new(["a\u{1f}b"]).unwrap();
    assert_eq!(
        namespace.to_path(&Separator::default()),
        Err(InvalidName::Separator("a\u{1f}b".to_owned()))
    );
    assert!(
        namespace
            .to_path(&Separator::from_config("%2E").unwrap())
            .is_ok()
    );
}

#[test]
fn separators_are_read_encoded_or_plain_and_nonsense_is_not_one() {
    for (value, encoded) in [
        ("%1F", "%1F"),
        ("%1f", "%1F"),
        ("\u{1f}", "%1F"),
        ("%2E", "%2E"),
        (".", "%2E"),
    ] {
        assert_eq!(Separator::from_config(value).unwrap().encoded(), encoded);
    }
    for value in ["", "%FF", "a very long separator"] {
        assert_eq!(Separator::from_config(value), None, "{value:?}");
    }
}

#[test]
fn namespaces_are_lists_of_strings_in_json() {
    let namespace = Namespace::try_new(["a.b", "c"]).unwrap();
    assert_eq!(serde_json::to_string(&namespace).unwrap(), r#"["a.b","c"]"#);
    assert_eq!(
        serde_json::from_str::<Namespace>(r#"["a.b","c"]"#).unwrap(),
        namespace
    );
    assert_eq!(
        namespace.parent(),
        Some(Namespace::try_new(["a.b"]).unwrap())
    );
    assert_eq!(namespace.parent().unwrap().parent(), None);
    assert_eq!(namespace.parent().unwrap().child("c").unwrap(), namespace);
}
