use super::{At, LASTS, NOW, entry, everywhere, somebody};
use crate::audit::{Entry, Filter};

everywhere! {
    any_text_is_kept_and_the_chain_stays_whole
    any_text_of_a_browser_and_a_provider_is_kept
}

async fn any_text_is_kept_and_the_chain_stays_whole(at: &At) {
    let million = "😀".repeat(250_000);
    let texts = [
        "",
        "\0",
        "a\0b",
        "😀\u{10ffff}",
        "\u{feff}\r\n\t\u{1}",
        "'; DROP TABLE audit; --",
        "$1 ?1",
        &million,
    ];
    for text in texts {
        // The longest once is enough.
        let of = || text.chars().take(1000).collect::<String>();
        let entry = Entry {
            event: of(),
            person: of(),
            connection: of(),
            object: of(),
            outcome: of(),
            record: text.to_owned(),
        };
        let change = at.store.intend(&entry, NOW).await.unwrap();
        at.store.conclude(&change, &entry, NOW).await.unwrap();
        let row = at
            .store
            .recorded(&Filter::default(), None, 1)
            .await
            .unwrap()
            .remove(0);
        let (long, short) = (kept(text), kept(&of()));
        assert!(row.record == long);
        for part in [
            row.event,
            row.person,
            row.connection,
            row.object,
            row.outcome,
        ] {
            assert_eq!(part, short);
        }
    }
    let checked = at.store.check_chain().await.unwrap();
    assert_eq!(
        (checked.rows, checked.broken_at),
        (2 * texts.len() as u64, None)
    );
    at.store.note(&entry("last", "ok"), NOW).await.unwrap();
}

fn kept(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

async fn any_text_of_a_browser_and_a_provider_is_kept(at: &At) {
    for text in ["\0", "😀", "\u{10ffff}", "a\0b", &"😀".repeat(1000)] {
        let person = at.store.arrive(text, text, text, text, NOW).await.unwrap();
        assert_eq!(
            at.store.arrive(text, text, text, text, NOW).await.unwrap(),
            person
        );
        let begun = at
            .store
            .begin_session(&person.id, (text, text), text, LASTS, NOW);
        let begun = begun.await.unwrap();
        let (session, _) = at.store.session(&begun, LASTS, NOW).await.unwrap().unwrap();
        assert!(session.agent.chars().count() <= 200);
        let kept = at.store.kept(&begun).await.unwrap().unwrap();
        assert_eq!(secrecy::ExposeSecret::expose_secret(&kept), text);
        let attempt = at
            .store
            .begin_attempt(text, &text.into(), NOW)
            .await
            .unwrap();
        assert!(
            at.store
                .take_attempt(text, &attempt, NOW)
                .await
                .unwrap()
                .is_some()
        );
        at.store
            .make_token(&person.id, text, text, NOW + 1, NOW)
            .await
            .unwrap();
        at.store
            .add(&format!("name {text}"), text, text, NOW)
            .await
            .unwrap();
        assert!(
            at.store
                .by_name(&format!("NAME {text}"))
                .await
                .unwrap()
                .is_some()
        );
    }
    assert!(somebody(&at.store, "\0").await.subject == "\u{fffd}");
}
