use std::{fs, os::unix::fs::symlink};

use sqlx::AssertSqlSafe;

use super::{At, Folder, LASTS, NOW, entry, postgres, session_of, somebody};
use crate::{Error, Key, Place, Store};

#[tokio::test]
async fn a_database_that_went_away_is_said_and_found_again() {
    // Another way to the socket, to be cut off from it alone.
    let at = At::postgres().await;
    let way = Folder::new();
    let socket = way.0.join(".s.PGSQL.5432");
    symlink(postgres::folder().join(".s.PGSQL.5432"), &socket).unwrap();
    let Place::Postgres(address) = &at.place else {
        panic!()
    };
    let address = secrecy::ExposeSecret::expose_secret(address);
    let real = postgres::folder().display().to_string();
    let address = address.replace(&real, &way.0.display().to_string());
    let store = Store::open(&Place::Postgres(address.into()), &at.key)
        .await
        .unwrap();
    let person = somebody(&store, "1").await;
    let begun = session_of(&store, &person).await;

    fs::remove_file(&socket).unwrap();
    end_connections(&at).await;
    for answer in [
        store.ping().await.err(),
        store.session(&begun, LASTS, NOW).await.err(),
        store.intend(&entry("", ""), NOW).await.err(),
    ] {
        assert!(matches!(answer, Some(Error::Away)), "{answer:?}");
    }

    symlink(postgres::folder().join(".s.PGSQL.5432"), &socket).unwrap();
    store.ping().await.unwrap();
    assert!(store.session(&begun, LASTS, NOW).await.unwrap().is_some());
    store.intend(&entry("", ""), NOW).await.unwrap();
}

#[tokio::test]
async fn a_file_that_was_moved_or_replaced_is_said_and_found_again() {
    let at = At::file().await;
    let (path, aside) = (at.path(), at.folder.0.join("aside.db"));
    let person = somebody(&at.store, "1").await;
    let ends = async |at: &At| {
        let begun = at.store.begin_session(&person.id, ("", ""), "", LASTS, NOW);
        [
            begun.await.err(),
            at.store.ping().await.err(),
            at.store.person(&person.id).await.err(),
            at.store.intend(&entry("", ""), NOW).await.err(),
        ]
    };
    fs::rename(&path, &aside).unwrap();
    for answer in ends(&at).await {
        assert!(matches!(answer, Some(Error::Moved(_))), "{answer:?}");
    }
    // Another in its place, of the same content.
    fs::copy(&aside, &path).unwrap();
    for answer in ends(&at).await {
        assert!(
            matches!(&answer, Some(Error::Moved(at)) if *at == path),
            "{answer:?}"
        );
        assert!(answer.unwrap().passes());
    }
    fs::rename(&aside, &path).unwrap();
    assert!(ends(&at).await.iter().all(Option::is_none));
    assert_eq!(at.store.last_row().await.unwrap(), 1);
}

#[tokio::test]
async fn connections_that_the_database_ended_are_made_anew() {
    let at = At::postgres().await;
    for _ in 0..3 {
        end_connections(&at).await;
        at.store.note(&entry("", "ok"), NOW).await.unwrap();
    }
}

#[tokio::test]
async fn where_no_database_is_it_is_away() {
    let nowhere = Folder::new();
    let place = Place::Postgres(postgres::address(&nowhere.0, "public").into());
    let answer = Store::open(&place, &Key::random().unwrap()).await.err();
    assert!(matches!(answer, Some(Error::Away)), "{answer:?}");
    assert!(answer.unwrap().passes());
}

async fn end_connections(at: &At) {
    let Place::Postgres(address) = &at.place else {
        panic!()
    };
    let address = secrecy::ExposeSecret::expose_secret(address);
    let name = address.rsplit('=').next().unwrap();
    let end = format!(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '{name}'"
    );
    let mut admin = postgres::admin().await;
    sqlx::raw_sql(AssertSqlSafe(end))
        .execute(&mut admin)
        .await
        .unwrap();
}
