use std::{
    fmt, fs,
    io::{self, ErrorKind},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket},
    os::unix::net::UnixDatagram,
    path::PathBuf,
    process,
};

use super::Line;

/// RFC 5424 §6.2.1: log audit (13), notice (5).
const PRIORITY: u8 = 13 * 8 + 5;

/// Messages to syslog, each a datagram.
pub struct Syslog {
    host: String,
    to: To,
}

enum To {
    /// Found by its path each time: who collects may begin anew.
    Path(UnixDatagram, PathBuf),
    Address(UdpSocket, SocketAddr),
}

impl Syslog {
    pub fn open(to: &str) -> io::Result<Self> {
        let to = match to.strip_prefix("udp://") {
            Some(address) => {
                let address = address.to_socket_addrs()?.next();
                let address = address.ok_or(ErrorKind::AddrNotAvailable)?;
                let any = match address {
                    SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
                    SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
                };
                let socket = UdpSocket::bind(any)?;
                socket.set_nonblocking(true)?;
                To::Address(socket, address)
            }
            None => {
                let (socket, path) = (UnixDatagram::unbound()?, PathBuf::from(to));
                // Whether anybody is there, and takes datagrams.
                UnixDatagram::unbound()?.connect(&path)?;
                socket.set_nonblocking(true)?;
                To::Path(socket, path)
            }
        };
        let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let host = host.trim();
        let host = if host.is_empty() { "-" } else { host };
        Ok(Self {
            host: host.to_owned(),
            to,
        })
    }

    pub fn send(&self, line: &Line) -> io::Result<()> {
        let Line { at, json } = line;
        let (host, process) = (&self.host, process::id());
        let message = format!("<{PRIORITY}>1 {at} {host} crowsnest {process} audit - {json}");
        match &self.to {
            To::Path(socket, path) => socket.send_to(message.as_bytes(), path)?,
            To::Address(socket, address) => socket.send_to(message.as_bytes(), address)?,
        };
        Ok(())
    }
}

impl fmt::Display for Syslog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            To::Path(_, path) => path.display().fmt(f),
            To::Address(_, address) => write!(f, "udp://{address}"),
        }
    }
}
