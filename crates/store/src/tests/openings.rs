//! What may be where a store should, and how it comes there.

use std::{fs, os::unix::fs::PermissionsExt};

use tokio::task::JoinSet;

use super::{At, Folder, NOW, entry, killed::KEY, somebody};
use crate::{Error, Key, Place, Store};

#[tokio::test]
async fn a_store_of_a_later_version_is_refused() {
    for at in [At::file().await, At::postgres().await] {
        at.run(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 4, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let error = Store::open(&at.place, &at.key).await.err();
        assert!(matches!(error, Some(Error::Newer)), "{error:?}");
        at.run("DELETE FROM _sqlx_migrations WHERE version = 4")
            .await;
        at.again().await;
    }
}

#[tokio::test]
async fn a_migration_of_another_version_is_refused() {
    for at in [At::file().await, At::postgres().await] {
        at.run("UPDATE _sqlx_migrations SET checksum = '1'").await;
        let error = Store::open(&at.place, &at.key).await.err();
        assert!(matches!(error, Some(Error::Newer)), "{error:?}");
    }
}

#[tokio::test]
async fn what_is_no_store_is_left_as_it_is() {
    let (folder, key) = (Folder::new(), Key::random().unwrap());
    let path = folder.0.join("store.db");
    fs::write(
        &path,
        "This is a letter, and no database at all.\n".repeat(200),
    )
    .unwrap();
    let before = fs::read(&path).unwrap();
    let error = Store::open(&Place::File(path.clone()), &key).await.err();
    assert!(matches!(error, Some(Error::Damaged)), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), before);

    let error = Store::open(&Place::File(folder.0.clone()), &key)
        .await
        .err();
    assert!(matches!(error, Some(Error::File(..))), "{error:?}");
    let beneath = Place::File(path.join("beneath.db"));
    let error = Store::open(&beneath, &key).await.err();
    assert!(matches!(error, Some(Error::File(..))), "{error:?}");
}

#[tokio::test]
async fn another_programs_database_is_left_as_it_is() {
    let at = At::file().await;
    at.run("DROP TABLE _sqlx_migrations").await;
    let error = Store::open(&at.place, &at.key).await.err();
    assert!(matches!(error, Some(Error::Damaged)), "{error:?}");
    let tables = sqlx::query("SELECT name FROM sqlite_master WHERE name LIKE '%sqlx%'");
    assert!(tables.fetch_all(&at.store.pool).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_store_of_which_a_part_is_broken_is_found() {
    let at = At::file().await;
    for number in 0..200 {
        at.store
            .note(&entry(&number.to_string(), "ok"), NOW)
            .await
            .unwrap();
    }
    at.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
    let path = at.folder.0.join("broken.db");
    let mut bytes = fs::read(at.path()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0x55);
    fs::write(&path, bytes).unwrap();
    let place = Place::File(path);
    let report = match Store::open(&place, &at.key).await {
        Ok(store) => store.check(&place).await,
        Err(error) => Err(error),
    };
    assert!(
        !matches!(report, Ok(ref report) if report.is_well()),
        "{report:?}"
    );
}

#[tokio::test]
async fn a_file_may_be_called_anything() {
    let (folder, key) = (Folder::new(), Key::random().unwrap());
    fs::create_dir_all(folder.0.join("a/b")).unwrap();
    for name in [
        "new/folder/s.db",
        "a?mode=memory",
        "a#b %20 %",
        "ä😀.db",
        ":memory:",
        "file:x",
        "a/b/../c.db",
        "'\";",
    ] {
        let path = folder.0.join(name);
        let place = Place::File(path.clone());
        let store = Store::open(&place, &key).await.unwrap();
        somebody(&store, "1").await;
        assert!(path.is_file(), "{name}");
        for end in ["", "-wal", "-shm"] {
            let file = format!("{}{end}", path.display());
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        assert_eq!(
            Store::open(&place, &key)
                .await
                .unwrap()
                .people(9)
                .await
                .unwrap()
                .len(),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn of_many_that_start_at_once_each_opens_the_same_store() {
    let (folder, postgres) = (Folder::new(), super::postgres::schema().await);
    let mut places = vec![Place::Postgres(postgres)];
    // SQLite is overtaken by chance alone.
    places.extend((0..12).map(|number| Place::File(folder.0.join(format!("{number}.db")))));
    for place in places {
        let mut all = JoinSet::new();
        for _ in 0..6 {
            let place = place.clone();
            all.spawn(async move {
                let key = Key::parse(&KEY.into()).unwrap();
                let store = Store::open(&place, &key).await?;
                store.note(&entry("", "ok"), NOW).await?;
                Ok::<_, Error>(store)
            });
        }
        let stores: Result<Vec<_>, _> = all.join_all().await.into_iter().collect();
        let checked = stores.unwrap()[0].check_chain().await.unwrap();
        assert_eq!((checked.rows, checked.broken_at), (6, None));
    }
}
