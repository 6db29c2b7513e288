//! Where connections come in: an address, and a socket for who stands before Crowsnest.

use std::{
    fs,
    future::pending,
    io::{self, ErrorKind},
    net::{SocketAddr, TcpListener},
    os::unix::{
        fs::{FileTypeExt, MetadataExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
};

use rustix::{fs::Mode, process::umask};
use sign_in::proxy::Peer;
use tokio::net;
use tokio_util::either::Either;

/// Connections that wait to be accepted. Beyond the usual 128, clients take themselves for connected and are not heard.
const BACKLOG: i32 = 1024;

/// A connection.
pub type Stream = Either<net::TcpStream, net::UnixStream>;

/// What is listened at. The socket's file goes with it.
pub struct Port {
    tcp: net::TcpListener,
    socket: Option<Socket>,
}

struct Socket {
    listener: net::UnixListener,
    path: PathBuf,
    /// Device and number of what lies there.
    file: Option<(u64, u64)>,
}

impl Port {
    /// To be accepted on the runtime that this is called on.
    pub fn new(tcp: TcpListener) -> io::Result<Self> {
        let (tcp, socket) = (net::TcpListener::from_std(tcp)?, None);
        Ok(Self { tcp, socket })
    }

    /// Also by a socket at this path, which who runs Crowsnest and their group may open. Fails where something is there,
    /// unless it is a socket that nobody listens at any more.
    pub fn with_socket(self, path: &Path) -> io::Result<Self> {
        let is_socket = fs::symlink_metadata(path).is_ok_and(|it| it.file_type().is_socket());
        if is_socket && left_over(path) {
            fs::remove_file(path)?;
        }
        // From its first moment on for those alone.
        let before = umask(Mode::from_raw_mode(0o117));
        let listener = UnixListener::bind(path);
        umask(before);
        let listener = listener?;
        listener.set_nonblocking(true)?;
        let socket = Some(Socket {
            listener: net::UnixListener::from_std(listener)?,
            path: path.to_owned(),
            file: file_at(path),
        });
        Ok(Self { socket, ..self })
    }

    pub async fn accept(&self) -> io::Result<(Stream, Peer)> {
        let by_socket = async {
            match &self.socket {
                Some(socket) => socket.listener.accept().await,
                None => pending().await,
            }
        };
        tokio::select! {
            accepted = self.tcp.accept() => {
                let (stream, peer) = accepted?;
                // Answers are written whole: waiting to fill a packet only adds delay.
                let _ = stream.set_nodelay(true);
                Ok((Either::Left(stream), Peer::Address(peer.ip())))
            }
            accepted = by_socket => Ok((Either::Right(accepted?.0), Peer::Socket)),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Another may lie there by now. Who starts next finds one that is left over.
        if file_at(&self.path) == self.file {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn file_at(path: &Path) -> Option<(u64, u64)> {
    let about = fs::symlink_metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

/// By a process that was killed.
fn left_over(path: &Path) -> bool {
    let answer = UnixStream::connect(path);
    answer.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
}

pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    rustix::net::listen(&listener, BACKLOG)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
