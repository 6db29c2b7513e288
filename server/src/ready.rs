//! `crowsnest ready`: asks the Crowsnest that runs with these settings, where nothing else is there to ask with, as in
//! its image.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use model::format::visible;

use crate::config::Server;

/// That the store is away is said after five seconds.
const PATIENCE: Duration = Duration::from_secs(8);
/// More than the answer has, in bytes.
const LARGEST: u64 = 16 * 1024;

/// Says what came of it, and gives the exit code.
pub fn ask(server: &Server) -> u8 {
    let address = reached(server.metrics_listen);
    match answer(address, "/readyz") {
        Ok((200, _)) => {
            println!("ready");
            0
        }
        Ok((status, said)) => {
            eprintln!("crowsnest: not ready: {status} {}", visible(said.trim()));
            1
        }
        Err(error) => {
            eprintln!("crowsnest: nobody answers at {address}: {error}");
            1
        }
    }
}

/// Whether a Crowsnest answers at this port for operators.
pub fn runs(operators: SocketAddr) -> bool {
    matches!(answer(reached(operators), "/healthz"), Ok((200, body)) if body == "ok\n")
}

/// What listens on all addresses is asked at this machine's own.
fn reached(address: SocketAddr) -> SocketAddr {
    let own: IpAddr = match address {
        SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    match address.ip().is_unspecified() {
        true => SocketAddr::new(own, address.port()),
        false => address,
    }
}

/// Status and body.
fn answer(address: SocketAddr, path: &str) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.take(LARGEST).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&*text, ""));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let odd = || io::Error::other("what answers there is no Crowsnest");
    Ok((status.ok_or_else(odd)?, body.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    #[test]
    fn what_answers_as_crowsnest_runs_and_what_says_something_else_is_another_program() {
        for (body, runs) in [("ok\n", true), ("# HELP up\n", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let other = thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = [0; 1024];
                assert!(stream.read(&mut asked).unwrap() > 0);
                write!(stream, "HTTP/1.1 200 OK\r\n\r\n{body}").unwrap();
            });
            assert_eq!(super::runs(address), runs, "{body}");
            other.join().unwrap();
            assert!(!super::runs(address), "nobody listens");
        }
    }

    #[test]
    fn what_listens_everywhere_is_asked_here() {
        for (listens, asked) in [
            ("0.0.0.0:9464", "127.0.0.1:9464"),
            ("[::]:9464", "[::1]:9464"),
            ("10.0.0.7:9464", "10.0.0.7:9464"),
        ] {
            let address = reached(listens.parse().unwrap());
            assert_eq!(address.to_string(), asked);
        }
    }
}
