//! Connections that were made in a browser.

use secrecy::ExposeSecret;

use super::{At, NOW, everywhere};
use crate::{Error, connections::Connection};

everywhere! {
    a_connection_is_kept_with_its_secrets_and_nobody_reads_them
    of_two_who_change_one_at_once_the_second_is_told
    a_name_is_there_once_and_goes
    they_stand_in_an_order_that_is_changed
    one_that_was_changed_from_outside_is_told_by_its_name_alone
    as_many_as_may_be_and_no_more
}

fn connection(name: &str) -> Connection {
    Connection {
        name: name.into(),
        settings: r#"{"url":"https://polaris.example.com"}"#.into(),
        secrets: r#"{"auth.client_secret":"hunter2"}"#.into(),
        disabled: false,
        version: 1,
        changed: NOW,
    }
}

async fn names(at: &At) -> Vec<String> {
    let found = at.store.connections().await.unwrap().into_iter();
    found
        .map(|found| found.map_or_else(|name| format!("!{name}"), |it| it.name))
        .collect()
}

async fn a_connection_is_kept_with_its_secrets_and_nobody_reads_them(at: &At) {
    at.store
        .add_connection(&connection("prod"), NOW)
        .await
        .unwrap();
    let found = at.store.connections().await.unwrap();
    let found = found[0].as_ref().ok().unwrap();
    assert_eq!(found.settings, connection("").settings);
    assert_eq!(
        found.secrets.expose_secret(),
        connection("").secrets.expose_secret()
    );
    assert_eq!(
        (found.version, found.changed, found.disabled),
        (1, NOW, false)
    );
    let rows = sqlx::query_scalar::<_, String>(
        "SELECT name || settings || sealed || bound FROM connections",
    );
    let row = rows.fetch_one(&at.store.pool).await.unwrap();
    assert!(!row.contains("hunter2"), "{row}");
}

async fn of_two_who_change_one_at_once_the_second_is_told(at: &At) {
    at.store
        .add_connection(&connection("prod"), NOW)
        .await
        .unwrap();
    let changed = Connection {
        settings: "{}".into(),
        disabled: true,
        ..connection("prod")
    };
    assert!(at.store.change_connection(&changed, NOW + 1).await.unwrap());
    assert!(!at.store.change_connection(&changed, NOW + 2).await.unwrap());
    let found = at
        .store
        .connections()
        .await
        .unwrap()
        .remove(0)
        .ok()
        .unwrap();
    assert_eq!((&*found.settings, found.disabled), ("{}", true));
    assert_eq!((found.version, found.changed), (2, NOW + 1));
    assert!(
        !at.store
            .change_connection(&connection("other"), NOW)
            .await
            .unwrap()
    );
}

async fn a_name_is_there_once_and_goes(at: &At) {
    at.store
        .add_connection(&connection("prod"), NOW)
        .await
        .unwrap();
    let again = at.store.add_connection(&connection("prod"), NOW).await;
    assert!(matches!(again, Err(Error::Taken)), "{again:?}");
    assert!(at.store.remove_connection("prod").await.unwrap());
    assert!(!at.store.remove_connection("prod").await.unwrap());
    assert!(names(at).await.is_empty());
}

async fn they_stand_in_an_order_that_is_changed(at: &At) {
    for name in ["c", "a", "b"] {
        at.store
            .add_connection(&connection(name), NOW)
            .await
            .unwrap();
    }
    assert_eq!(names(at).await, ["c", "a", "b"]);
    for (name, up, order) in [
        ("b", true, ["c", "b", "a"]),
        ("c", true, ["c", "b", "a"]),
        ("c", false, ["b", "c", "a"]),
        ("a", false, ["b", "c", "a"]),
        ("nobody", true, ["b", "c", "a"]),
    ] {
        at.store.move_connection(name, up).await.unwrap();
        assert_eq!(names(at).await, order, "{name}");
    }
}

async fn one_that_was_changed_from_outside_is_told_by_its_name_alone(at: &At) {
    for name in ["one", "two"] {
        at.store
            .add_connection(&connection(name), NOW)
            .await
            .unwrap();
    }
    at.run("CREATE TABLE was AS SELECT * FROM connections")
        .await;
    for harm in [
        "settings = '{\"url\":\"https://evil.example.com\"}'",
        "sealed = (SELECT sealed FROM was WHERE name = 'two')",
        "disabled = 1",
        "version = 7",
        "bound = ''",
    ] {
        at.run(&format!("UPDATE connections SET {harm} WHERE name = 'one'"))
            .await;
        assert_eq!(names(at).await, ["!one", "two"], "{harm}");
        assert_eq!(at.store.check_bound().await.unwrap(), ["connection one"]);
        at.run("DELETE FROM connections; INSERT INTO connections SELECT * FROM was")
            .await;
    }
    assert_eq!(names(at).await, ["one", "two"]);
}

async fn as_many_as_may_be_and_no_more(at: &At) {
    at.store
        .add_connection(&connection("first"), NOW)
        .await
        .unwrap();
    at.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
         INSERT INTO connections SELECT 'n' || CAST(i AS TEXT), i, '', '', 0, 1, 0, '' FROM n",
    )
    .await;
    let full = at.store.add_connection(&connection("last"), NOW).await;
    assert!(matches!(full, Err(Error::Taken)), "{full:?}");
}
