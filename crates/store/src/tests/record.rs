use super::{At, NOW, entry, everywhere};
use crate::audit::{Entry, Filter, INTENDED};

everywhere! {
    an_intention_stands_alone_until_its_outcome_does
    filters_leave_the_rest_out
    no_letter_of_a_filter_is_special
    an_object_is_found_in_any_case
    whoever_has_it_written_a_row_stays_short
    pages_hold_each_row_once_while_others_are_appended
}

/// The objects of the rows that a filter lets through.
async fn objects(at: &At, filter: Filter) -> Vec<String> {
    let rows = at.store.recorded(&filter, None, 100).await.unwrap();
    rows.into_iter().map(|row| row.object).collect()
}

async fn an_intention_stands_alone_until_its_outcome_does(at: &At) {
    let done = at.store.intend(&entry("done", ""), NOW).await.unwrap();
    let open = at.store.intend(&entry("open", ""), NOW).await.unwrap();
    at.store
        .conclude(&done, &entry("done", "ok"), NOW + 1)
        .await
        .unwrap();
    let rows = at
        .store
        .recorded(&Filter::default(), None, 10)
        .await
        .unwrap();
    let said: Vec<_> = rows
        .iter()
        .map(|row| (row.seq, &*row.change, &*row.outcome))
        .collect();
    assert_eq!(said, [(3, &*done, "ok"), (2, &*open, INTENDED)]);
    let open = Filter {
        outcome: INTENDED.into(),
        ..Filter::default()
    };
    assert_eq!(objects(at, open).await, ["open"]);
}

async fn filters_leave_the_rest_out(at: &At) {
    let other = Entry {
        event: "authn_login_success".into(),
        person: "other".into(),
        connection: "".into(),
        ..entry("other", "failed")
    };
    at.store.note(&entry("one", "ok"), NOW).await.unwrap();
    at.store.note(&other, NOW + 5).await.unwrap();
    let none = Filter::default;
    for filter in [
        Filter {
            person: "other".into(),
            ..none()
        },
        Filter {
            outcome: "failed".into(),
            ..none()
        },
        Filter {
            event: "LOGIN".into(),
            ..none()
        },
        Filter {
            object: "the".into(),
            ..none()
        },
        Filter {
            from: Some(NOW + 1),
            ..none()
        },
        Filter {
            from: Some(NOW + 5),
            until: Some(NOW + 6),
            ..none()
        },
    ] {
        assert_eq!(objects(at, filter.clone()).await, ["other"], "{filter:?}");
    }
    for filter in [
        Filter {
            connection: "prod".into(),
            ..none()
        },
        Filter {
            until: Some(NOW + 5),
            ..none()
        },
    ] {
        assert_eq!(objects(at, filter.clone()).await, ["one"], "{filter:?}");
    }
    assert_eq!(objects(at, none()).await, ["other", "one"]);
}

async fn no_letter_of_a_filter_is_special(at: &At) {
    for object in ["a%b", "a_b", "a\\b", "a'b", "axb", "a\0b"] {
        at.store.note(&entry(object, "ok"), NOW).await.unwrap();
    }
    for (part, found) in [
        ("%", "a%b"),
        ("_", "a_b"),
        ("\\", "a\\b"),
        ("'", "a'b"),
        ("\0", "a\u{fffd}b"),
    ] {
        let filter = Filter {
            object: part.into(),
            ..Filter::default()
        };
        assert_eq!(objects(at, filter).await, [found]);
        let event = Filter {
            event: part.into(),
            ..Filter::default()
        };
        assert_eq!(
            objects(at, event).await.len(),
            if part == "_" { 6 } else { 0 }
        );
    }
    // Longer than any pattern may be.
    let filter = Filter {
        object: "a".repeat(100_000),
        ..Filter::default()
    };
    assert_eq!(objects(at, filter).await, [""; 0]);
}

async fn whoever_has_it_written_a_row_stays_short(at: &At) {
    let long = "é".repeat(100_000);
    at.store.note(&entry(&long, &long), NOW).await.unwrap();
    let rows = at
        .store
        .recorded(&Filter::default(), None, 1)
        .await
        .unwrap();
    assert_eq!(
        (
            rows[0].object.chars().count(),
            rows[0].outcome.chars().count()
        ),
        (2_001, 2_001)
    );
    assert_eq!(at.store.check_chain().await.unwrap().broken_at, None);
}

async fn an_object_is_found_in_any_case(at: &At) {
    at.store
        .note(&entry("Äpfel.ΒΙΒΛΙΑ", "ok"), NOW)
        .await
        .unwrap();
    for part in ["äpfel", "ÄPFEL", "Äpfel", "βιβλι", "ΒΙΒΛΙΑ"] {
        let filter = Filter {
            object: part.into(),
            ..Filter::default()
        };
        assert_eq!(objects(at, filter).await.len(), 1, "{part}");
    }
}

async fn pages_hold_each_row_once_while_others_are_appended(at: &At) {
    const FIRST: usize = 30;
    for number in 0..FIRST {
        at.store
            .note(&entry(&number.to_string(), "ok"), NOW)
            .await
            .unwrap();
    }
    let mut others = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let store = at.store.clone();
        others.spawn(async move { store.note(&entry("other", "ok"), NOW).await });
    }
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = at
            .store
            .recorded(&Filter::default(), before, 7)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        seen.extend(page.iter().map(|row| row.seq));
    }
    assert!(others.join_all().await.iter().all(Result::is_ok));
    // Without a gap from the newest that there was to the first.
    let whole: Vec<_> = (1..=seen[0]).rev().collect();
    assert_eq!(seen, whole);
    assert!(seen.len() >= FIRST);
}
