//! What is written to the record is copied, or said not to be.

use std::{fs, os::unix::fs::PermissionsExt, os::unix::net::UnixDatagram, path::Path};

use rustix::fs::{CWD, FileType};

use super::{At, NOW, entry};
use crate::{
    Store,
    audit::{Entry, Recorded},
    copies::{Copies, Line},
};

fn line(row: &Recorded) -> Line {
    Line {
        at: "2026-11-30T07:00:00Z".into(),
        json: format!("{} {} {}", row.seq, row.change, row.outcome),
    }
}

fn to(store: &Store, path: &Path) -> Store {
    store.clone().copying(Copies::new(line).file(path).unwrap())
}

#[tokio::test]
async fn intention_and_outcome_are_a_line_each_and_its_owner_alone_reads_them() {
    let at = At::file().await;
    let path = at.folder.0.join("audit.jsonl");
    let store = to(&at.store, &path);
    let change = store.intend(&entry("a", ""), NOW).await.unwrap();
    store
        .conclude(&change, &entry("a", "done"), NOW)
        .await
        .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("1 {change} intended\n2 {change} done\n"));
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // Another process goes on where this one ended.
    to(&store, &path)
        .note(&entry("b", "ok"), NOW)
        .await
        .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
}

#[tokio::test]
async fn a_file_that_was_moved_or_removed_begins_anew() {
    let at = At::memory().await;
    let (path, old) = (at.folder.0.join("a"), at.folder.0.join("a.1"));
    let store = to(&at.store, &path);
    let lines = |path: &Path| fs::read_to_string(path).unwrap().lines().count();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    fs::rename(&path, &old).unwrap();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!((lines(&old), lines(&path)), (1, 1));
    fs::remove_file(&path).unwrap();
    // As logrotate does with `create`.
    fs::write(&path, "").unwrap();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!(lines(&path), 2);
    assert_eq!(store.copies().unwrap().missed(), None);
}

#[tokio::test]
async fn what_cannot_be_copied_is_counted_and_stops_nothing() {
    let at = At::memory().await;
    let store = to(&at.store, Path::new("/dev/full"));
    for rows in 1..=2 {
        store.note(&entry("", "ok"), NOW).await.unwrap();
        let missed = store.copies().unwrap().missed().unwrap();
        assert_eq!(missed.rows, rows);
        let why = &missed.why;
        assert!(why.starts_with("/dev/full: No space left"), "{why}");
    }
    assert_eq!(store.last_row().await.unwrap(), 2);
    let folder = at.folder.0.join("gone");
    fs::create_dir(&folder).unwrap();
    let store = to(&at.store, &folder.join("a"));
    fs::remove_dir_all(&folder).unwrap();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!(store.copies().unwrap().missed().unwrap().rows, 1);
}

#[tokio::test]
async fn nobody_waits_for_who_reads_a_pipe() {
    let at = At::memory().await;
    let path = at.folder.0.join("pipe");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(CWD, &path, FileType::Fifo, mode, 0).unwrap();
    assert!(Copies::new(line).file(&path).is_err(), "nobody reads it");
    let reads = fs::OpenOptions::new().read(true).write(true).open(&path);
    let store = to(&at.store, &path);
    let long = Entry {
        record: "x".repeat(60_000),
        ..entry("", "ok")
    };
    let copies = store.clone().copying(
        Copies::new(|row| Line {
            at: String::new(),
            json: row.record.clone(),
        })
        .file(&path)
        .unwrap(),
    );
    for _ in 0..3 {
        copies.note(&long, NOW).await.unwrap();
    }
    assert!(copies.copies().unwrap().missed().unwrap().rows >= 1);
    drop(reads);
}

#[tokio::test]
async fn syslog_gets_a_message_of_its_form_and_may_begin_anew() {
    let at = At::memory().await;
    let path = at.folder.0.join("log");
    let text = path.to_str().unwrap();
    assert!(Copies::new(line).syslog(text).is_err(), "nobody is there");
    let read = |socket: &UnixDatagram| {
        let mut bytes = [0; 500];
        let length = socket.recv(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    };
    let first = UnixDatagram::bind(&path).unwrap();
    let store = at.store.clone();
    let store = store.copying(Copies::new(line).syslog(text).unwrap());
    store.note(&entry("", "ok"), NOW).await.unwrap();
    let message = read(&first);
    let parts: Vec<&str> = message.split(' ').collect();
    assert_eq!(parts[..2], ["<109>1", "2026-11-30T07:00:00Z"], "{message}");
    assert!(!parts[2].is_empty());
    let process = std::process::id().to_string();
    assert_eq!(parts[3..8], ["crowsnest", &process, "audit", "-", "1"]);
    drop(first);
    store.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!(store.copies().unwrap().missed().unwrap().rows, 1);
    fs::remove_file(&path).unwrap();
    let second = UnixDatagram::bind(&path).unwrap();
    store.note(&entry("", "ok"), NOW).await.unwrap();
    assert!(read(&second).contains(" audit - 3 "));
}

#[tokio::test]
async fn syslog_is_reached_by_udp_too() {
    let at = At::memory().await;
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = format!("udp://{}", socket.local_addr().unwrap());
    let copies = Copies::new(line).syslog(&address).unwrap();
    at.store
        .clone()
        .copying(copies)
        .note(&entry("", "ok"), NOW)
        .await
        .unwrap();
    let mut bytes = [0; 500];
    let length = socket.recv(&mut bytes).unwrap();
    assert!(bytes[..length].starts_with(b"<109>1 "));
    assert!(
        Copies::new(line).syslog("udp://127.0.0.1").is_err(),
        "no port"
    );
}
