//! How long each step of the way to a server takes.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::future::select_ok;
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::{Http, guard};
use crate::operation::Route;

/// Addresses of a name that are dialled.
const MOST: usize = 4;

/// The steps of a way that led there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// From the name to its addresses.
    pub resolve: Duration,
    /// Until a server took the connection.
    pub connect: Duration,
    /// Until both knew whom they speak to. `None` without encryption.
    pub encrypt: Option<Duration>,
}

impl Http {
    /// Goes the way to `url` once, on a connection of its own over which nothing is asked. The guard judges it like any
    /// call. `None` where it does not lead there, which the call that fails tells better, and where a proxy goes it.
    pub(crate) async fn way(&self, url: &Url) -> Option<Way> {
        if self.proxied {
            return None;
        }
        timeout(self.connect_timeout, self.go(url)).await.ok()?
    }

    async fn go(&self, url: &Url) -> Option<Way> {
        self.permit(url).ok()?;
        if let Some(judge) = &self.judge {
            judge.permit(Route::NONE, url).await.ok()?;
        }
        let port = url.port_or_known_default()?;
        let begun = Instant::now();
        let (name, addresses) = match url.host()? {
            Host::Domain(host) => {
                let found = guard::resolve(host, &self.guard).await.ok()?;
                let addresses = found.iter().map(SocketAddr::ip).collect();
                (ServerName::try_from(host.to_owned()).ok(), addresses)
            }
            Host::Ipv4(address) => literal(address.into()),
            Host::Ipv6(address) => literal(address.into()),
        };
        let resolve = begun.elapsed();
        let begun = Instant::now();
        // Side by side: of a name's addresses one may lead nowhere.
        let dialled = addresses
            .into_iter()
            .take(MOST)
            .map(|address| Box::pin(TcpStream::connect(SocketAddr::new(address, port))));
        let (stream, _) = select_ok(dialled).await.ok()?;
        let connect = begun.elapsed();
        let encrypt = match url.scheme() {
            "https" => Some(encrypted(&self.tls, name?, stream).await?),
            _ => None,
        };
        Some(Way {
            resolve,
            connect,
            encrypt,
        })
    }
}

fn literal(address: IpAddr) -> (Option<ServerName<'static>>, Vec<IpAddr>) {
    (Some(ServerName::from(address)), vec![address])
}

async fn encrypted(
    tls: &Arc<ClientConfig>,
    name: ServerName<'static>,
    stream: TcpStream,
) -> Option<Duration> {
    let begun = Instant::now();
    let connector = TlsConnector::from(tls.clone());
    connector.connect(name, stream).await.ok()?;
    Some(begun.elapsed())
}
