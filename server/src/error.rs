use std::{io, net::SocketAddr, path::PathBuf};

use crate::config;

/// Why Crowsnest does not run, in one line.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Config(#[from] config::Error),
    #[error("cannot listen on {address}: {source}; choose another address with --listen")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error(
        "cannot listen on {address} for metrics: {source}; choose another address with metrics_listen"
    )]
    Metrics {
        address: SocketAddr,
        source: io::Error,
    },
    #[error(
        "cannot make the socket {}: {source}; choose a folder that Crowsnest may write to, where nothing of that name is, with proxy_socket", .path.display()
    )]
    Socket { path: PathBuf, source: io::Error },
    #[error(
        "there is no sample catalog in this build: configure a connection, or build with the feature `sample`"
    )]
    NoSample,
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("cannot start: {0}")]
    Runtime(io::Error),
}

impl Error {
    /// 2 for what the configuration must change, 1 for the rest.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Config(_) | Self::NoSample => 2,
            Self::Listen { .. }
            | Self::Metrics { .. }
            | Self::Socket { .. }
            | Self::Store(_)
            | Self::Runtime(_) => 1,
        }
    }
}
