//! The one constructor of HTTP clients: limits, TLS, no redirects, and the guard on addresses people type.

mod aws_metadata;
mod body;
mod exchange;
mod fault;
mod guard;
mod judge;
mod room;
mod send;
mod tls;
mod way;

use std::{sync::Arc, time::Duration};

use percent_encoding::percent_decode_str;
use reqwest::{
    Proxy,
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue},
    redirect::Policy,
};
use rustls::{
    ClientConfig,
    pki_types::{CertificateDer, pem::PemObject},
};
use url::Url;

use crate::{error::Error, mask::Hidden, operation::Route, secret};

pub use guard::{Guard, Reach};
pub use way::Way;

pub(crate) use aws_metadata::AwsMetadata;
pub(crate) use body::{Plain, read_body, unpacked};
pub(crate) use exchange::Answer;
use judge::Judge;
pub(crate) use room::{Room, Rooms};

/// How to reach catalogs. Not for printing: a proxy's address may hold a password.
#[derive(Clone)]
pub struct HttpOptions {
    /// Certificate authorities to trust besides those of the system.
    pub ca_pem: Option<Vec<u8>>,
    /// Address of a proxy. Proxies of the environment are never used: they would bypass the guard.
    pub proxy: Option<String>,
    /// Which addresses are never called.
    pub guard: Guard,
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
            guard: Guard::Off,
            user_agent: concat!("iceberg-rest/", env!("CARGO_PKG_VERSION")),
            connect_timeout: Duration::from_secs(5),
        }
    }
}

/// A pool of connections that keeps to its [`HttpOptions`]. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    tls: Arc<ClientConfig>,
    connect_timeout: Duration,
    guard: Guard,
    /// Of the proxy, which may echo them.
    pub(crate) secrets: Arc<[Hidden]>,
    proxied: bool,
    /// Where the guard has more to judge than where a name leads.
    judge: Option<Arc<Judge>>,
}

impl Http {
    /// Whether all goes through a proxy.
    pub(crate) fn is_proxied(&self) -> bool {
        self.proxied
    }

    /// The guard's word on an address before it is called; it is judged again then. What leads nowhere by
    /// [`Guard::Public`] is told then alone, as all that is not reached.
    pub(crate) fn permit(&self, url: &Url) -> Result<(), Error> {
        match self.guard {
            Guard::Public(_) => Ok(()),
            _ => judge::typed(&self.guard, Route::NONE, url),
        }
    }

    /// What a call to `url` that failed says of it, once all of its tries did.
    pub(crate) fn told(&self, error: Error, url: &Url) -> Error {
        match self.guard {
            Guard::Public(_) => fault::untold(error, url.host_str().unwrap_or_default()),
            _ => error,
        }
    }
}

/// The one way out: all connections of a program go through one of these.
///
/// Fails with [`ErrorKind::Invalid`] when the proxy or the certificate authorities among the options cannot be used.
#[expect(clippy::disallowed_methods, reason = "this is the one constructor")]
pub fn http_client(options: HttpOptions) -> Result<Http, Error> {
    let authorities = options.ca_pem.as_deref().map(authorities).transpose()?;
    let tls = tls::config(authorities.unwrap_or_default())?;
    let mut builder = reqwest::Client::builder()
        .user_agent(options.user_agent)
        .tls_backend_preconfigured(tls.clone())
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
            guard: options.guard.clone(),
        }));
    if let Some(proxy) = &options.proxy {
        let proxy = Proxy::all(proxy).map_err(|_| {
            Error::invalid("The proxy's address cannot be used. Write it like http://proxy:3128.")
        })?;
        builder = builder.proxy(proxy);
    }
    let client = builder
        .build()
        .map_err(|error| Error::invalid(format!("The HTTP client cannot be set up: {error}")))?;
    let proxied = options.proxy.is_some();
    let http = Http {
        client,
        tls: Arc::new(tls),
        connect_timeout: options.connect_timeout,
        judge: Judge::new(options.guard.clone(), proxied).map(Arc::new),
        guard: options.guard,
        secrets: options
            .proxy
            .iter()
            .flat_map(|proxy| of_proxy(proxy))
            .collect(),
        proxied,
    };
    // Its own address is typed as well.
    if let Some(proxy) = options
        .proxy
        .as_ref()
        .and_then(|proxy| Url::parse(proxy).ok())
    {
        judge::typed(&http.guard, Route::NONE, &proxy)?;
    }
    Ok(http)
}

fn authorities(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .ok()
        .filter(|list| !list.is_empty())
        .ok_or_else(|| {
            Error::invalid("The file of certificate authorities holds no certificate in PEM form.")
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
