//! The one way past the guard: to where AWS gives a machine or a container its own keys. Whoever could have these
//! addresses called by name would be given them, so that only the look-up of a connection whose configuration says
//! that it acts as this machine holds an [`AwsMetadata`], and it calls nothing else.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use oauth2::{HttpRequest, HttpResponse};
use url::{Host, Url};

use super::{Http, HttpOptions, http_client};
use crate::{
    error::{Error, ErrorKind},
    operation::Route,
};

/// Instances (IMDS), tasks of ECS, and pods of EKS: as AWS's own libraries have them.
const ADDRESSES: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
];

/// Without a proxy: what a proxy is given there are the keys of its own machine. Cheap to clone.
#[derive(Clone)]
pub(crate) struct AwsMetadata(Http);

impl AwsMetadata {
    pub fn new() -> Result<Self, Error> {
        // One second: these are next to this machine, or not there.
        http_client(HttpOptions {
            connect_timeout: Duration::from_secs(1),
            ..HttpOptions::default()
        })
        .map(Self)
    }

    /// Whether it is one of the addresses, written as an address: no name leads here.
    pub fn is_at(url: &Url) -> bool {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) | None => return false,
        };
        ADDRESSES.contains(&address)
    }

    /// Fails as [`Http::send`] does, and with [`ErrorKind::Blocked`] for any other address. `url` is the request's.
    pub async fn send(
        &self,
        url: &Url,
        request: HttpRequest,
        deadline: Duration,
    ) -> Result<HttpResponse, Error> {
        if !Self::is_at(url) {
            let message = "This is none of the addresses where AWS gives a machine its keys.";
            return Err(Error::new(ErrorKind::Blocked, Route::NONE, message));
        }
        self.0.send(request, deadline).await
    }
}

#[cfg(test)]
mod tests {
    use super::AwsMetadata;

    #[test]
    fn nothing_but_the_addresses_of_aws_is_let_past_the_guard() {
        let is_at = |url: &str| AwsMetadata::is_at(&url.parse().unwrap());
        for url in [
            "http://169.254.169.254/latest/api/token",
            "http://[fd00:ec2::254]/latest/api/token",
            "http://169.254.170.2/v2/credentials",
            "http://169.254.170.23/v1/credentials",
            "http://[fd00:ec2::23]/v1/credentials",
        ] {
            assert!(is_at(url), "{url}");
        }
        for url in [
            "http://169.254.169.253/",
            "http://127.0.0.1/",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://instance-data.ec2.internal/",
            "http://metadata.google.internal/",
            "http://169.254.169.254.example.com/",
        ] {
            assert!(!is_at(url), "{url}");
        }
    }
}
