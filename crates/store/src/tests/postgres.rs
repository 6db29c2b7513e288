//! One PostgreSQL for all tests of this process, and a schema for each. It is stopped and removed by a shell that waits
//! for the end of this process, however that comes: a test that panics, or a signal that nobody can catch.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use secrecy::SecretString;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, any::install_default_drivers};

const RUN: &str = r#"
trap '' INT TERM HUP PIPE
bin=$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
[ -x "$bin/initdb" ] || { echo "it is not installed: run end2end/postgres.sh"; rm -rf "$folder"; exit 1; }
trap 'set +e; [ "$ready" ] || cat "$folder/log" "$folder/data/log"; cd /; $as "$bin/pg_ctl" stop -D "$folder/data" -m immediate >/dev/null 2>&1; rm -rf "$folder"' EXIT
set -e
ready=
chmod 700 "$folder" && cd "$folder"
[ -z "$as" ] || chown "$user" "$folder"
$as "$bin/initdb" -D "$folder/data" -U crowsnest --auth=trust --encoding=UTF8 --no-locale --no-sync </dev/null >"$folder/log" 2>&1
$as "$bin/pg_ctl" start -w -D "$folder/data" -l "$folder/data/log" -o "-k $folder -c listen_addresses= -c fsync=off \
  -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB -c autovacuum=off" </dev/null >>"$folder/log" 2>&1
ready=yes; echo ready
cat >/dev/null
"#;

/// The folder with its socket.
pub fn folder() -> &'static Path {
    static SERVER: OnceLock<Result<(PathBuf, Child), String>> = OnceLock::new();
    match SERVER.get_or_init(start) {
        Ok((folder, _)) => folder,
        Err(said) => panic!("the tests of the store need PostgreSQL, which did not start: {said}"),
    }
}

fn start() -> Result<(PathBuf, Child), String> {
    let folder = env::temp_dir().join(format!("crowsnest-postgres-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let log = fs::File::create(folder.join("log")).unwrap();
    // PostgreSQL does not run as root.
    let user = if fs::read_to_string("/etc/passwd").is_ok_and(|all| all.contains("\npostgres:")) {
        "postgres"
    } else {
        "nobody"
    };
    let as_another = format!("setpriv --reuid={user} --clear-groups");
    let is_root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut shell = Command::new("sh")
        .args(["-c", RUN])
        .env("folder", &folder)
        .env("user", user)
        .env("as", if is_root { &as_another } else { "" })
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .process_group(0)
        .spawn()
        .unwrap();
    let (mut said, mut out) = (String::new(), BufReader::new(shell.stdout.take().unwrap()));
    out.read_line(&mut said).unwrap();
    if said != "ready\n" {
        out.read_to_string(&mut said).unwrap();
        shell.wait().unwrap();
        return Err(said);
    }
    Ok((folder, shell))
}

/// The address of an empty schema, whose name it has as the application's, too.
pub async fn schema() -> SecretString {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("test{}", MADE.fetch_add(1, Ordering::Relaxed));
    let mut connection = admin().await;
    let make = AssertSqlSafe(format!("CREATE SCHEMA {name}"));
    sqlx::raw_sql(make).execute(&mut connection).await.unwrap();
    address(folder(), &name).into()
}

/// A connection that is no test's own.
pub async fn admin() -> AnyConnection {
    install_default_drivers();
    let address = address(folder(), "public");
    AnyConnection::connect(&address).await.unwrap()
}

pub fn address(folder: &Path, schema: &str) -> String {
    let folder = folder.display();
    format!(
        "postgres:///postgres?host={folder}&user=crowsnest&application_name={schema}&options[search_path]={schema}"
    )
}
