//! Files that may not be written, or not read, by who runs Crowsnest.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    process::Command,
};

use super::{
    At, NOW, entry,
    killed::{again, given},
};
use crate::{Error, Key, Place, Store};

#[tokio::test]
#[ignore = "started by the test below, without root's rights over files"]
async fn opens_what_may_only_be_read() {
    let Some(folder) = given() else { return };
    let key = Key::read(&folder.join("key")).unwrap();
    for (name, is_it) in [
        (
            "only-read.db",
            (|error| matches!(error, Error::ReadOnly)) as fn(&Error) -> bool,
        ),
        ("not-read.db", |error| matches!(error, Error::File(..))),
        ("new.db", |error| matches!(error, Error::File(..))),
    ] {
        let error = Store::open(&Place::File(folder.join("locked").join(name)), &key)
            .await
            .err();
        assert!(error.as_ref().is_some_and(is_it), "{name}: {error:?}");
    }
    assert!(matches!(
        Key::read(&folder.join("locked/key")),
        Err(Error::File(..))
    ));
    assert!(matches!(
        Key::make(&folder.join("locked/new")),
        Err(Error::File(..))
    ));
}

#[tokio::test]
async fn a_file_that_may_not_be_written_or_read_is_said() {
    let at = At::file().await;
    let folder = at.folder.0.join("locked");
    fs::create_dir(&folder).unwrap();
    let key = Key::make(&at.folder.0.join("key")).unwrap();
    fs::copy(at.folder.0.join("key"), folder.join("key")).unwrap();
    for name in ["only-read.db", "not-read.db"] {
        let store = Store::open(&Place::File(folder.join(name)), &key)
            .await
            .unwrap();
        store.note(&entry("", "ok"), NOW).await.unwrap();
        store.pool.close().await;
    }
    let mode = |path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    mode(folder.join("only-read.db"), 0o400);
    mode(folder.join("not-read.db"), 0);
    mode(folder.join("key"), 0);
    mode(folder.clone(), 0o500);

    let mut child = again(
        "tests::only_read::opens_what_may_only_be_read",
        &at.folder.0,
    );
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        // Root goes by modes, too, once it lacks these.
        let mut without = Command::new("setpriv");
        without
            .args([
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-all",
            ])
            .arg(child.get_program())
            .args(child.get_args())
            .envs(
                child
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        child = without;
    }
    let out = child.output().unwrap();
    mode(folder.clone(), 0o700);
    mode(folder.join("only-read.db"), 0o600);
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );

    // As it was, and goes on.
    let place = Place::File(folder.join("only-read.db"));
    let store = Store::open(&place, &key).await.unwrap();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!(store.check(&place).await.unwrap().chain.rows, 2);
}
