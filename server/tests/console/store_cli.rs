//! What is done to the store from the command line.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    thread,
};

use serde_json::Value;

use crate::command::{crowsnest, text};

/// A folder of this test's own, and a configuration in it.
fn folder(name: &str, settings: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir(&folder).unwrap();
    let settings = settings.replace("HERE", folder.to_str().unwrap());
    fs::write(folder.join("crowsnest.toml"), settings).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = crowsnest();
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may be over before it reads.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

#[test]
fn what_the_command_line_changes_is_on_record_before_it_is_made() {
    let folder = folder(
        "cli-record",
        "store = \"HERE/store.db\"\naudit_file = \"HERE/audit.jsonl\"\n",
    );
    let password = "a long way to the top of the mast\n";
    for (arguments, code, event, outcome) in [
        (&["user", "add", "ana"][..], 0, "user_created", "done"),
        (&["user", "add", "Ana"], 1, "user_created", "refused"),
        (
            &["user", "role", "ana", "admin"],
            0,
            "privilege_permissions_changed",
            "done",
        ),
        (
            &["user", "password", "ana"],
            0,
            "authn_password_change",
            "done",
        ),
        (&["user", "disable", "ana"], 0, "user_disabled", "done"),
        (&["user", "enable", "ana"], 0, "user_enabled", "done"),
    ] {
        drop(fs::remove_file(folder.join("audit.jsonl")));
        let output = run(&folder, arguments, password);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {said}");
        let rows = fs::read_to_string(folder.join("audit.jsonl")).unwrap();
        let rows: Vec<Value> = rows
            .lines()
            .map(|row| serde_json::from_str(row).unwrap())
            .collect();
        let outcomes: Vec<_> = rows
            .iter()
            .map(|row| row["outcome"].as_str().unwrap())
            .collect();
        assert_eq!(outcomes, ["intended", outcome], "{arguments:?}");
        assert!(rows.iter().all(|row| row["event"] == event), "{rows:?}");
        assert_eq!(rows[0]["change"], rows[1]["change"]);
    }
    let unknown = run(&folder, &["user", "role", "bob", "admin"], "");
    assert!(text(&unknown.stderr).contains("nobody is called bob"));
    let checked = run(&folder, &["check-store"], "");
    assert!(text(&checked.stdout).contains("12 rows"), "{checked:?}");
}

#[test]
fn a_store_gets_no_other_key_while_crowsnest_runs() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let operators = listener.local_addr().unwrap();
    let settings = format!("store = \"HERE/store.db\"\nmetrics_listen = \"{operators}\"\n");
    let folder = folder("cli-rekey", &settings);
    let password = "a long way to the top of the mast\n";
    assert!(
        run(&folder, &["user", "add", "ana"], password)
            .status
            .success()
    );
    let running = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = [0; 1024];
        assert!(stream.read(&mut asked).unwrap() > 0);
        write!(stream, "HTTP/1.1 200 OK\r\n\r\nok\n").unwrap();
    });
    let rekey = || run(&folder, &["rekey", "--new-key-file", "new.key"], "");
    let refused = rekey();
    running.join().unwrap();
    assert!(
        text(&refused.stderr).contains("stop it first"),
        "{refused:?}"
    );
    assert!(!folder.join("new.key").exists());
    let done = rekey();
    assert!(done.status.success(), "nobody runs any more: {done:?}");
}

#[test]
fn a_store_that_is_gone_is_said_by_its_name_and_none_is_made() {
    let folder = folder("cli-gone", "store = \"HERE/kept.sqlite\"\n");
    for arguments in [
        &["check-store"][..],
        &["backup", "copy.db"],
        &["rekey", "--new-key-file", "new.key"],
    ] {
        let output = run(&folder, arguments, "");
        assert_eq!(output.status.code(), Some(1));
        let there = format!(
            "crowsnest: there is no store at {}/kept.sqlite\n",
            folder.display()
        );
        assert_eq!(text(&output.stderr), there, "{arguments:?}");
    }
    let left: Vec<_> = fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_record_that_cannot_be_copied_is_refused_at_its_place() {
    for (setting, said) in [
        (
            "audit_file = \"HERE/nowhere/audit.jsonl\"",
            "/nowhere/audit.jsonl: No such file",
        ),
        ("audit_syslog = \"HERE/log\"", "/log: No such file"),
        (
            "audit_file = \"HERE/./store.db\"",
            "is the store's own file",
        ),
        ("audit_file = \"HERE/store.key\"", "is the store's own file"),
    ] {
        let folder = folder(
            "cli-copies",
            &format!("store = \"HERE/store.db\"\n{setting}\n"),
        );
        for arguments in [&["user", "list"][..], &["--listen", "127.0.0.1:0"]] {
            let output = run(&folder, arguments, "");
            let told = text(&output.stderr);
            assert!(
                told.contains("crowsnest.toml:2: the record cannot be copied to "),
                "{told}"
            );
            assert!(told.contains(said), "{told}");
            assert!(!folder.join("store.db").exists());
        }
    }
}
