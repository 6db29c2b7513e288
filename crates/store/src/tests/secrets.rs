//! Who has the database, its files or a copy of it alone, learns no secret from them.

use std::fs;

use secrecy::{ExposeSecret, SecretString};
use sqlx::{AssertSqlSafe, Row};

use super::{At, LASTS, NOW, entry, everywhere, somebody};
use crate::Place;

everywhere! {
    no_secret_stands_in_any_table
    each_secret_is_another
}

/// Each of them is in the store, some by its hash.
async fn planted(at: &At) -> Vec<SecretString> {
    let person = somebody(&at.store, "1").await.id;
    let kept = crate::secret().unwrap();
    let begun = at
        .store
        .begin_session(&person, ("", ""), kept.expose_secret(), LASTS, NOW);
    let (begun, needed) = (begun.await.unwrap(), crate::secret().unwrap());
    let attempt = at.store.begin_attempt("idp", &needed, NOW).await.unwrap();
    let token = at
        .store
        .make_token(
            &person,
            &crate::random::handle().unwrap(),
            "viewer",
            NOW + 1,
            NOW,
        )
        .await
        .unwrap();
    at.store
        .note(&entry("a part that has to be found", "ok"), NOW)
        .await
        .unwrap();
    let bare = token.expose_secret()[crate::tokens::PREFIX.len()..].into();
    vec![kept, begun, needed, attempt, token, bare]
}

/// All that stands in the tables, in one text.
async fn dumped(at: &At) -> String {
    let (tables, is_postgres) = match at.place {
        Place::Postgres(_) => (
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()",
            true,
        ),
        _ => ("SELECT name FROM sqlite_master WHERE type = 'table'", false),
    };
    let (tables, mut all) = (
        sqlx::query(tables).fetch_all(&at.store.pool).await.unwrap(),
        String::new(),
    );
    for table in tables
        .iter()
        .map(|row| row.get::<String, _>(0))
        .filter(|name| name != "_sqlx_migrations")
    {
        let what = if is_postgres {
            format!("{table}::text")
        } else {
            "*".to_owned()
        };
        let sql = AssertSqlSafe(format!("SELECT {what} FROM {table}"));
        for row in sqlx::query(sql).fetch_all(&at.store.pool).await.unwrap() {
            for column in 0..row.len() {
                all += &row.try_get::<String, _>(column).unwrap_or_default();
                all += "\n";
            }
        }
    }
    all
}

async fn no_secret_stands_in_any_table(at: &At) {
    let secrets = planted(at).await;
    let all = dumped(at).await;
    assert!(all.contains("a part that has to be found") && all.contains("https://idp"));
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!all.contains(secret.expose_secret()), "secret {number}");
    }
}

async fn each_secret_is_another(at: &At) {
    let (one, two) = (planted(at).await, planted(at).await);
    let mut all: Vec<_> = one
        .iter()
        .chain(&two)
        .map(|secret| secret.expose_secret())
        .collect();
    assert!(all.iter().all(|secret| secret.len() >= 43));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 12);
}

#[tokio::test]
async fn no_secret_stands_in_the_files() {
    let at = At::file().await;
    let secrets = planted(&at).await;
    let (new, copy) = (crate::Key::random().unwrap(), at.folder.0.join("copy.db"));
    crate::upkeep::rekey(&at.place, &at.key, &new)
        .await
        .unwrap();
    at.store.backup(&copy).await.unwrap();
    let mut looked_at = 0;
    for file in fs::read_dir(&at.folder.0).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        looked_at += usize::from(holds(&bytes, b"a part that has to be found"));
        for secret in &secrets {
            assert!(!holds(&bytes, secret.expose_secret().as_bytes()));
        }
        assert!(!holds(&bytes, at.key.bytes()) && !holds(&bytes, new.bytes()));
    }
    // At least what was not yet moved from the -wal, and the copy.
    assert!(looked_at >= 2);
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
