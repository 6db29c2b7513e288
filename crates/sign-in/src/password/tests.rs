use super::*;

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

#[test]
fn a_password_is_right_for_its_own_hash_alone() {
    let password = secret("correct horse battery");
    let stored = hash(&password, "ada").unwrap();
    assert!(
        stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{stored}"
    );
    assert!(verify(&password, Some(&stored)));
    assert!(!verify(&secret("correct horse batterY"), Some(&stored)));
    assert!(!verify(&password, None));
    assert!(!verify(&password, Some("")));
    assert!(!is_right(&password, None, &stored), "right for nobody");
    assert_ne!(hash(&password, "ada").unwrap(), stored, "salted");
}

/// What is done for somebody unknown is what is done for somebody known: a whole hash, at the same cost. Time itself
/// is not measured.
#[test]
fn an_unknown_person_costs_as_much_as_a_known_one() {
    let (memory, passes, lanes) = COST;
    let nobody = PasswordHash::new(OF_NOBODY).unwrap();
    let params = Params::try_from(&nobody).unwrap();
    assert_eq!(
        (params.m_cost(), params.t_cost(), params.p_cost()),
        (memory, passes, lanes)
    );
    assert_eq!(nobody.algorithm.as_str(), "argon2id");
    assert_eq!(nobody.version, Some(Version::V0x13.into()));
    assert_eq!(
        nobody.hash.map(|hash| hash.len()),
        Some(Params::DEFAULT_OUTPUT_LEN)
    );
    // As long as those that `hash` makes.
    assert_eq!(nobody.salt.map(|salt| salt.len()), Some(16));
}

#[test]
fn what_may_not_be_a_password_is_told_apart() {
    for (password, name, why) in [
        ("fourteen chars", "ada", Unsuitable::Short),
        // Characters count, not bytes.
        ("ääääääääääääää", "ada", Unsuitable::Short),
        (&"a".repeat(1025), "ada", Unsuitable::Long),
        (&"ä".repeat(513), "ada", Unsuitable::Long),
        (
            "Ada King of Lovelace ",
            "ada king of lovelace",
            Unsuitable::Name,
        ),
    ] {
        assert_eq!(hash(&secret(password), name), Err(why), "{password}");
    }
    let long = secret(&"a".repeat(1024));
    let stored = hash(&long, "ada").unwrap();
    assert!(verify(&long, Some(&stored)));
    assert!(!verify(&secret(&"a".repeat(1025)), Some(&stored)));
    assert!(!format!("{long:?}").contains("aaa"));
}
