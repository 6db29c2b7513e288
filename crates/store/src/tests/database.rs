//! What is settled for each connection, and what databases say.

use secrecy::ExposeSecret;
use sqlx::Row;

use super::{At, NOW, entry, postgres};
use crate::{Error, Key, Place, Store, error::of_code};

fn with(at: &At, more: &str) -> Place {
    let Place::Postgres(address) = &at.place else {
        panic!()
    };
    Place::Postgres(format!("{}{more}", address.expose_secret()).into())
}

#[tokio::test]
async fn postgres_may_be_set_to_another_isolation() {
    let at = At::postgres().await;
    let place = with(&at, "&options[default_transaction_isolation]=serializable");
    let store = Store::open(&place, &at.key).await.unwrap();
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        all.spawn(async move { store.note(&entry("", "ok"), NOW).await });
    }
    assert!(all.join_all().await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn postgres_does_not_wait_without_end_for_a_row() {
    let at = At::postgres().await;
    let shown = sqlx::query("SHOW lock_timeout").fetch_one(&at.store.pool);
    assert_eq!(shown.await.unwrap().get::<String, _>(0), "5s");
    at.settle("SET lock_timeout = '20ms'").await;
    let two = at.again().await;
    let mut held = two.pool.begin().await.unwrap();
    sqlx::query("UPDATE chain SET id = 1")
        .execute(&mut *held)
        .await
        .unwrap();
    let refused = at.store.note(&entry("", "ok"), NOW).await;
    assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    held.rollback().await.unwrap();
    at.store.note(&entry("", "ok"), NOW).await.unwrap();
}

#[tokio::test]
async fn what_postgres_may_only_read_is_said_and_can_be_written_again() {
    let at = At::postgres().await;
    at.settle("SET default_transaction_read_only = on").await;
    super::faults::reads_go_on_and_writes_say(&at, |error| matches!(error, Error::ReadOnly)).await;
    at.settle("SET default_transaction_read_only = off").await;
    at.store.note(&entry("", "ok"), NOW).await.unwrap();
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_being_said() {
    let key = Key::random().unwrap();
    let known = postgres::address(postgres::folder(), "public");
    let mistyped = format!("{known}&pasword=hunter2");
    for address in [
        "",
        "hunter2",
        "postgres://u:hunter2@[/",
        "mysql://u:hunter2@h/d",
        &mistyped,
        "postgres://h?port=hunter2",
    ] {
        let refused = Store::open(&Place::Postgres(address.into()), &key)
            .await
            .err()
            .unwrap();
        assert!(
            matches!(refused, Error::Database(_)),
            "{address}: {refused:?}"
        );
        assert!(!format!("{refused} {refused:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn no_statement_stands_in_the_log() {
    for at in [At::file().await, At::postgres().await] {
        let settings = &at.store.pool.connect_options().log_settings;
        let levels = format!(
            "{:?} {:?}",
            settings.statements_level, settings.slow_statements_level
        );
        assert_eq!(levels, "Off Off");
    }
}

#[test]
fn what_a_database_says_is_understood() {
    for (code, said) in [
        ("5", "Busy"),
        ("6", "Busy"),
        ("517", "Busy"),
        ("8", "ReadOnly"),
        ("1032", "ReadOnly"),
        ("13", "Full"),
        ("10", "Away"),
        ("778", "Away"),
        ("14", "Away"),
        ("1", "Damaged"),
        ("11", "Damaged"),
        ("26", "Damaged"),
        ("1555", "Taken"),
        ("2067", "Taken"),
        ("19", "Database(\"19\")"),
        ("53100", "Full"),
        ("25006", "ReadOnly"),
        ("23505", "Taken"),
        ("55P03", "Busy"),
        ("40P01", "Busy"),
        ("40001", "Busy"),
        ("57P01", "Away"),
        ("57P03", "Away"),
        ("53300", "Away"),
        ("42P01", "Damaged"),
        ("23514", "Database(\"23514\")"),
        ("00013", "Database(\"00013\")"),
    ] {
        assert_eq!(format!("{:?}", of_code(code)), said, "{code}");
    }
}
