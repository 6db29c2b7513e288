//! A console that dies while a change is under way.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use super::{Fields, Stand};
use crate::{
    command,
    proxy::Cut,
    writes::{filled, has},
};

const TABLES: &str = "/v1/namespaces/sandbox/tables";

/// A form, as a browser sends it to a program; empty where that ends.
fn post(address: SocketAddr, path: &str, fields: &[(String, String)]) -> String {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer.replace("<!>", "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_that_dies_does_not_do_it_again() {
    let stand = Stand::start().await;
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("dies.toml");
    std::fs::write(&file, stand.proxy.settings()).unwrap();
    let start = || command::Console::start(&["--config", file.to_str().unwrap()]);
    let pairs = |fields: Fields<'_>| -> Vec<(String, String)> {
        let fields = fields.iter();
        fields
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let console = start();
    let mut held = Vec::new();
    for (path, typed, call, says) in [
        (
            "/c/p/table-edit?ns=sandbox&t=kept",
            &[("key", "tier"), ("value", "gold")][..],
            "POST /v1/namespaces/sandbox/tables/kept",
            "Nothing would be different",
        ),
        (
            "/c/p/table-new?ns=sandbox",
            &[
                ("name", "made"),
                ("columns", "id bigint"),
                ("format_version", "2"),
            ],
            "POST /v1/namespaces/sandbox/tables",
            "There is a table sandbox.made already.",
        ),
        (
            "/c/p/table-drop?ns=sandbox&t=gone",
            &[],
            "DELETE /v1/namespaces/sandbox/tables/gone",
            "no table",
        ),
    ] {
        let address = console.address;
        let shown = post(address, path, &pairs(typed));
        let fields = filled(&shown, "shown", &[("confirm", "gone")]);
        stand.proxy.cut(call, Cut::Never);
        let sent = fields.clone();
        let sending = tokio::task::spawn_blocking(move || post(address, path, &sent));
        stand.proxy.held().await;
        held.push((sending, path, fields, call, says));
    }
    drop(console);
    let console = start();
    for (sending, path, fields, call, says) in held {
        assert_eq!(
            sending.await.unwrap(),
            "",
            "nobody was told what came of it"
        );
        let before = stand.raw(TABLES).await;
        let told = post(console.address, path, &fields);
        has(&told, &[says]);
        if !told.starts_with("HTTP/1.1 404") {
            has(
                &told,
                &[
                    "HTTP/1.1 409",
                    "Nothing was sent this time.",
                    "What was confirmed before a restart may be made already.",
                ],
            );
        }
        assert_eq!(stand.raw(TABLES).await, before);
        assert_eq!(stand.proxy.sent(call), 1);
    }
}
