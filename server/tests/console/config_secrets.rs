//! Secrets of the configuration: where they come from, and which files may hold them.

use std::{fs, path::PathBuf};

use iceberg_rest::Auth;
use server::config::{Config, Flags};

use crate::config::{PROD, load, load_with, write};

fn bearer_from(file: &std::path::Path) -> String {
    format!(
        "[[connection]]\nname = \"a\"\nurl = \"http://a\"\n[connection.auth]\ntype = \"bearer\"\ntoken_file = {file:?}\n"
    )
}

#[test]
fn a_secret_that_everybody_may_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let secret = write("exposed_secret", "CANARY-token\n");
    for (mode, warned) in [(0o600, false), (0o640, false), (0o644, true), (0o604, true)] {
        fs::set_permissions(&secret, fs::Permissions::from_mode(mode)).unwrap();
        let config = load("exposed", &bearer_from(&secret), &[]).unwrap();
        let named = config
            .warnings
            .iter()
            .any(|it| it.contains("exposed_secret"));
        assert_eq!(
            (named, config.warnings.len()),
            (warned, usize::from(warned)),
            "{mode:o}"
        );
        assert!(!config.warnings.concat().contains("CANARY"));
    }
    let file = write("exposed_file.toml", PROD);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let flags = Flags {
        config: Some(file),
        ..Flags::default()
    };
    let config = load_with(&flags, &[]).unwrap();
    assert!(
        config.warnings[0].contains("exposed_file.toml"),
        "{:?}",
        config.warnings
    );
}

#[test]
fn a_file_that_never_ends_is_refused_at_once() {
    let pipe = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("secret.pipe");
    let _ = fs::remove_file(&pipe);
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let (done, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for file in [pipe.as_path(), "/dev/zero".as_ref(), "/".as_ref()] {
            let error = load("pipe", &bearer_from(file), &[]).err();
            let ca =
                format!("[[connection]]\nname = \"a\"\nurl = \"http://a\"\nca_file = {file:?}\n");
            done.send((error, load("pipe_ca", &ca, &[]).err())).unwrap();
        }
    });
    for _ in 0..3 {
        let (secret, ca) = wait
            .recv_timeout(std::time::Duration::from_secs(20))
            .unwrap();
        for error in [secret, ca] {
            let error = error.unwrap();
            assert!(error.ends_with("is no regular file"), "{error}");
        }
    }
    let large = write("large_secret", &"x".repeat(64 * 1024 + 1));
    let error = load("large", &bearer_from(&large), &[]).err().unwrap();
    assert!(error.ends_with("is larger than 64 KiB"), "{error}");
}

#[test]
fn no_host_stands_for_all() {
    for host in ["*", "*.example.com", "a*"] {
        let error = load("star", &format!("allowed_hosts = [\"{host}\"]"), &[])
            .err()
            .unwrap();
        assert!(
            error.ends_with("* stands for no others, so name each host"),
            "{error}"
        );
    }
    let error = load("star_url", "public_url = \"http://*.example.com\"", &[])
        .err()
        .unwrap();
    assert!(error.ends_with("a host name holds no *"), "{error}");
}

#[test]
fn secrets_come_from_files_and_variables() {
    let secret = write("secret", "CANARY-token\n");
    let text = |auth: &str| {
        format!(
            "[[connection]]\nname = \"a\"\nurl = \"http://a\"\n[connection.auth]\ntype = \"bearer\"\n{auth}\n"
        )
    };
    let from_file = text(&format!("token_file = {secret:?}"));
    let token = |config: Config| match &config.connections[0].auth {
        Auth::Bearer(token) => secrecy::ExposeSecret::expose_secret(token).to_owned(),
        _ => panic!("bearer"),
    };
    assert_eq!(
        token(load("secret_file", &from_file, &[]).unwrap()),
        "CANARY-token"
    );
    let from_variable = text("token_env = \"TOKEN\"");
    assert_eq!(
        token(load("secret_env", &from_variable, &[("TOKEN", "CANARY-env")]).unwrap()),
        "CANARY-env"
    );
    let error = load("secret_unset", &from_variable, &[]).err().unwrap();
    assert!(
        error.ends_with("secret_unset.toml:6: the variable TOKEN is not set"),
        "{error}"
    );
    let twice = load(
        "secret_twice",
        &text("token = \"CANARY\"\ntoken_env = \"TOKEN\""),
        &[],
    )
    .err()
    .unwrap();
    assert!(
        twice.contains("“auth.token” and “auth.token_env” are the same secret"),
        "{twice}"
    );
    assert!(!twice.contains("CANARY"));
}
