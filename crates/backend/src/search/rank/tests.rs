use proptest::prelude::*;

use super::*;

fn ranked(text: &str, path: &str) -> Option<(Pass, Tier, String)> {
    let name = path.rfind('.').map_or(0, |dot| dot + 1);
    let mut ranker = Ranker::new(text);
    Pass::ALL.into_iter().find_map(|pass| {
        let Rank(tier, _) = ranker.rank(pass, path, name)?;
        let marked = ranker.pieces(path).into_iter();
        let marked = marked.filter(|piece| piece.marked).map(|piece| piece.text);
        Some((pass, tier, marked.collect::<Vec<_>>().join("|")))
    })
}

#[test]
fn what_is_closer_ranks_higher_and_the_part_that_matches_is_marked() {
    for (text, path, tier, marked) in [
        ("orders", "sales.orders", Tier::Exact, "orders"),
        ("Orders", "sales.orders", Tier::Exact, "orders"),
        ("sales.orders", "sales.orders", Tier::Exact, "sales.orders"),
        (
            "`sales`.\"orders\"",
            "sales.orders",
            Tier::Exact,
            "sales.orders",
        ),
        ("eu.orders", "sales.eu.orders", Tier::Prefix, "eu.orders"),
        ("ord", "sales.orders", Tier::Prefix, "ord"),
        ("lines", "sales.order_lines", Tier::WordStart, "lines"),
        ("lines", "sales.orderLines", Tier::WordStart, "Lines"),
        ("rder", "sales.orders", Tier::Inside, "rder"),
        ("sales", "sales.orders", Tier::InPath, "sales"),
        ("sales ord", "sales.orders", Tier::InPath, "sales|ord"),
        ("größe", "maße.größe", Tier::Exact, "größe"),
        ("cafe", "food.Café", Tier::Exact, "Café"),
        ("grosse", "maße.größe", Tier::Loose, ""),
    ] {
        let found = ranked(text, path);
        match found {
            Some((Pass::Close, is, letters)) => {
                assert_eq!((is, letters.as_str()), (tier, marked), "{text} in {path}");
            }
            found => assert_eq!(tier, Tier::Loose, "{text} in {path}: {found:?}"),
        }
    }
    assert_eq!(ranked("", "sales.orders"), None);
    assert_eq!(ranked("`", "sales.orders"), None);
}

#[test]
fn one_mistake_is_forgiven_and_letters_may_lie_apart() {
    for (text, marked) in [
        ("ordres", "orders"),
        ("oders", "orders"),
        ("ordders", "orders"),
        ("orbers", "orders"),
        ("ordrs", "orders"),
        ("cutsom", "custom"),
        ("sale ordr", ""),
    ] {
        let path = "sales.orders_of_customers";
        let found = ranked(text, path);
        let typo = found.filter(|(pass, ..)| *pass == Pass::Typo);
        assert_eq!(
            typo.map(|(_, _, marked)| marked).unwrap_or_default(),
            marked,
            "{text}"
        );
    }
    let (pass, _, marked) = ranked("oofc", "sales.orders_of_customers").unwrap();
    assert_eq!(
        (pass, marked.replace('|', "").as_str()),
        (Pass::Scattered, "oofc")
    );
    assert_eq!(ranked("zebra", "sales.orders"), None);
}

proptest! {
    /// Whatever catalogs call things and people type.
    #[test]
    fn nothing_panics_and_marks_are_letters_of_the_name(
        text in "\\PC{0,40}|[a-z.]{1,12}|[ -~]{0,20}",
        path in "\\PC{0,80}|[a-z._]{1,40}|(ab_c\\.){0,400}",
        at in any::<prop::sample::Index>(),
    ) {
        let mut ranker = Ranker::new(&text);
        let starts: Vec<usize> = path.char_indices().map(|(at, _)| at).chain([path.len()]).collect();
        for pass in Pass::ALL {
            let found = ranker.rank(pass, &path, *at.get(&starts));
            let pieces = ranker.pieces(&path);
            let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(&whole, &path);
            if found.is_some() {
                prop_assert!(pieces.iter().any(|piece| piece.marked));
            }
        }
    }

    /// What is left out for its letters would not have been found.
    #[test]
    fn whose_letters_are_not_there_is_none_of_it(
        text in "[a-eA-E]{1,8}|[a-cÄÉé1_ ]{1,8}|\\PC{1,6}",
        path in "[a-eA-E._]{0,12}|[a-cÄÉéK1_ ]{0,12}|\\PC{0,12}",
    ) {
        let mut ranker = Ranker::new(&text);
        for pass in Pass::ALL {
            if ranker.lacks(pass, &path) {
                prop_assert_eq!(ranker.look(pass, &path, 0), None);
            }
        }
    }

    /// One mistake in a word is found, wherever it is made.
    #[test]
    fn a_word_with_one_mistake_is_found(word in "[a-z]{5,12}", at in 0..4_usize, how in 0..4_usize) {
        let mut letters: Vec<char> = word.chars().collect();
        match how {
            0 => letters[at] = '0',
            1 => { letters.remove(at); }
            2 => letters.insert(at, '0'),
            _ => letters.swap(at, at + 1),
        }
        let text: String = letters.into_iter().collect();
        prop_assert!(ranked(&text, &format!("sales.{word}s")).is_some(), "{} for {}", text, word);
    }
}
