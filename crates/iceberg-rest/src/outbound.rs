//! The one constructor of HTTP clients: limits, TLS, no redirects, and the guard on addresses people type.

mod aws_metadata;
mod body;
mod exchange;
mod fault;
mod guard;
mod proxy;
mod room;
mod send;
mod tls;

use std::{sync::Arc, time::Duration};

use percent_encoding::percent_decode_str;
use reqwest::{
    Certificate, Proxy,
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue},
    redirect::Policy,
};
use url::{Host, Url};

use crate::{
    error::{Error, ErrorKind},
    mask::Hidden,
    operation::Route,
    secret,
};

pub(crate) use aws_metadata::AwsMetadata;
pub(crate) use body::{Plain, read_body, unpacked};
pub(crate) use exchange::Answer;
pub(crate) use room::{Room, Rooms};

/// How to reach catalogs. Not for printing: a proxy's address may hold a password.
#[derive(Clone)]
pub struct HttpOptions {
    /// Certificate authorities to trust besides those of the system.
    pub ca_pem: Option<Vec<u8>>,
    /// Address of a proxy. Proxies of the environment are never used: they would bypass the guard.
    pub proxy: Option<String>,
    /// Refuse link-local, metadata, multicast and unspecified addresses: on for addresses that a person typed.
    pub guard: bool,
    /// The program as servers log it: `name/version`.
    pub user_agent: &'static str,
    /// For the name, the connection and its encryption together.
    pub connect_timeout: Duration,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            ca_pem: None,
            proxy: None,
            guard: false,
            user_agent: concat!("iceberg-rest/", env!("CARGO_PKG_VERSION")),
            connect_timeout: Duration::from_secs(5),
        }
    }
}

/// A pool of connections that keeps to its [`HttpOptions`]. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    guard: bool,
    /// Of the proxy, which may echo them.
    pub(crate) secrets: Arc<[Hidden]>,
    proxied: bool,
    /// Where a proxy resolves what the guard has to judge.
    judge: Option<Arc<proxy::Judge>>,
}

impl Http {
    /// Whether all goes through a proxy.
    pub(crate) fn is_proxied(&self) -> bool {
        self.proxied
    }

    /// The guard's word on an address before it is called; names are judged again when they resolve.
    pub(crate) fn permit(&self, url: &Url) -> Result<(), Error> {
        let refused = match url.host() {
            Some(Host::Ipv4(address)) => guard::is_refused(address.into()),
            Some(Host::Ipv6(address)) => guard::is_refused(address.into()),
            Some(Host::Domain(name)) => guard::is_refused_name(name),
            None => false,
        };
        if self.guard && refused {
            let message = format!(
                "{} is an address that is never called: link-local, metadata, multicast or unspecified.",
                url.host_str().unwrap_or_default()
            );
            return Err(Error::new(ErrorKind::Blocked, Route::NONE, message));
        }
        Ok(())
    }
}

/// The one way out: all connections of a program go through one of these.
///
/// Fails with [`ErrorKind::Invalid`] when the proxy or the certificate authorities among the options cannot be used.
#[expect(clippy::disallowed_methods, reason = "this is the one constructor")]
pub fn http_client(options: HttpOptions) -> Result<Http, Error> {
    // Already installed is fine: then it is the same one, or the program's own choice.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(options.user_agent)
        .connect_timeout(options.connect_timeout)
        .pool_idle_timeout(Duration::from_secs(30))
        // Answers are decompressed where they are counted.
        .no_gzip()
        .no_brotli()
        .default_headers(HeaderMap::from_iter([(
            ACCEPT_ENCODING,
            HeaderValue::from_static(body::ACCEPTED),
        )]))
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .dns_resolver(Arc::new(guard::Resolver {
            guard: options.guard,
        }));
    if let Some(proxy) = &options.proxy {
        let proxy = Proxy::all(proxy).map_err(|_| {
            Error::invalid("The proxy's address cannot be used. Write it like http://proxy:3128.")
        })?;
        builder = builder.proxy(proxy);
    }
    if let Some(pem) = &options.ca_pem {
        let authorities = Certificate::from_pem_bundle(pem)
            .ok()
            .filter(|list| !list.is_empty())
            .ok_or_else(|| {
                Error::invalid(
                    "The file of certificate authorities holds no certificate in PEM form.",
                )
            })?;
        builder = builder.tls_certs_merge(authorities);
    }
    let client = builder
        .build()
        .map_err(|error| Error::invalid(format!("The HTTP client cannot be set up: {error}")))?;
    let proxied = options.proxy.is_some();
    Ok(Http {
        client,
        guard: options.guard,
        secrets: options
            .proxy
            .iter()
            .flat_map(|proxy| of_proxy(proxy))
            .collect(),
        proxied,
        judge: (proxied && options.guard).then(Arc::default),
    })
}

/// The user of a proxy may be a token, or a word like any other.
fn of_proxy(proxy: &str) -> Vec<Hidden> {
    let Ok(url) = Url::parse(proxy) else {
        return Vec::new();
    };
    let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
    let user = decoded(url.username());
    let user = match secret::looks_like_a_key(&user) {
        true => Hidden::new(&user.into()),
        false => Hidden::in_messages(&user),
    };
    let password = url
        .password()
        .map(|text| Hidden::new(&decoded(text).into()));
    [user].into_iter().chain(password).collect()
}
