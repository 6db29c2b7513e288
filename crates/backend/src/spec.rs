use std::time::Duration;

use iceberg_rest::{
    Auth, Dialect, Error, Http, HttpOptions, Limits, Server, Settings, TokenRequest, http_client,
};
use model::person::Role;
use secrecy::SecretString;

use crate::{Who, outbound::options};

/// What is configured of a connection: a catalog server, and its own identity there. Secrets stand in
/// `auth`, and may stand in `headers` and `proxy`: not for printing.
#[derive(Clone)]
pub struct Spec {
    /// What people call it, and addresses.
    pub name: String,
    /// `None`: find out.
    pub kind: Option<Dialect>,
    /// Without a slash at the end.
    pub url: String,
    /// The warehouse that an address without `w=` means.
    pub warehouse: Option<String>,
    /// Sent with every call.
    pub headers: Vec<(String, String)>,
    /// Certificates to trust, PEM.
    pub ca_pem: Option<Vec<u8>>,
    /// URL of the proxy that calls go through.
    pub proxy: Option<String>,
    /// `None`: the client's own choice.
    pub connect_timeout: Option<Duration>,
    /// How much is read, and for how long.
    pub limits: Limits,
    /// Nothing may be changed through it.
    pub read_only: bool,
    /// How it signs in; [`Auth::None`] where each person does.
    pub auth: Auth,
    /// Whom calls are made as.
    pub acts: Acts,
    /// Where it was made.
    pub origin: Origin,
    /// Who sees and uses it.
    pub audience: Audience,
}

/// Where a connection was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// In the configuration.
    #[default]
    File,
    /// By Crowsnest itself, to look around in.
    Sample,
    /// In a browser: this version of it.
    Browser(i64),
}

impl Origin {
    /// In a browser, where it is changed as well.
    pub fn is_browser(self) -> bool {
        matches!(self, Self::Browser(_))
    }
}

/// Who sees and uses a connection. Admins do in any case: they say who else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Whoever has this role, or a greater one.
    pub role: Role,
    /// And these, by our ids.
    pub people: Vec<String>,
}

impl Default for Audience {
    fn default() -> Self {
        Self {
            role: Role::Viewer,
            people: Vec::new(),
        }
    }
}

impl Audience {
    /// Whether somebody is of it. Nobody in particular is not.
    pub fn has(&self, who: &Who) -> bool {
        let said = who.said();
        let role = said.role;
        role.is_some_and(|role| role >= self.role)
            || role.is_some() && self.people.contains(&said.id)
    }
}

/// Whom a connection acts as.
#[derive(Clone, Debug)]
pub enum Acts {
    /// As its own identity, whoever asks.
    Connection,
    /// As each person signs in to the catalog, with a token, or with a client id and secret where there is an address
    /// that gives tokens for them.
    Person(Option<TokenEndpoint>),
    /// As whoever asks: with the access token that the provider gave when they signed in.
    PassedOn,
    /// As whoever asks: with what the provider gives in exchange for that token.
    Exchanged(Exchange),
}

/// How the provider's token of a person is exchanged for one that the catalog takes, RFC 8693.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Where; `None`: at the provider that the person signed in at.
    pub url: Option<String>,
    /// Id and secret of who exchanges; `None`: Crowsnest, as that provider knows it.
    pub client: Option<(String, SecretString)>,
    /// For what.
    pub asks: TokenRequest,
}

/// Where tokens come from for a client id and secret, and what is asked for.
#[derive(Clone, Debug)]
pub struct TokenEndpoint {
    /// Its address.
    pub url: String,
    /// For what.
    pub asks: TokenRequest,
}

impl Spec {
    /// An address, with nothing else said.
    pub fn new(name: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: None,
            url: url.into(),
            warehouse: None,
            headers: Vec::new(),
            ca_pem: None,
            proxy: None,
            connect_timeout: None,
            limits: Limits::default(),
            read_only: false,
            auth: Auth::None,
            acts: Acts::Connection,
            origin: Origin::File,
            audience: Audience::default(),
        }
    }

    /// The way out of all who use it: `shared` where it wants none of its own.
    pub(crate) fn way_out(&self, shared: &Http) -> Result<Http, Error> {
        let own = self.ca_pem.is_some() || self.proxy.is_some() || self.connect_timeout.is_some();
        match own || self.origin.is_browser() {
            true => http_client(self.http()),
            false => Ok(shared.clone()),
        }
    }

    /// Calls the server with these credentials, of a person where one is named, by its own way out; a provider that
    /// whoever runs Crowsnest configured is asked by the `shared` one. Sends nothing.
    pub(crate) fn server(
        &self,
        auth: Auth,
        person: Option<String>,
        http: Http,
        shared: &Http,
    ) -> Result<Server, Error> {
        let settings = Settings {
            url: self.url.clone(),
            dialect: self.kind,
            headers: self.headers.clone(),
            auth,
            person,
            tokens: match &self.acts {
                Acts::Exchanged(exchange) if exchange.url.is_none() => Some(shared.clone()),
                _ => None,
            },
            masked: Vec::new(),
            limits: self.limits,
        };
        Server::new(http, settings)
    }

    /// What somebody's own credentials for it are kept by: they go nowhere else, whatever becomes of a connection of this
    /// name.
    pub fn leads_to(&self) -> String {
        let tokens = match &self.acts {
            Acts::Person(Some(endpoint)) => &*endpoint.url,
            _ => "",
        };
        let proxy = self.proxy.as_deref().unwrap_or_default();
        [&*self.name, &*self.url, tokens, proxy].join("\n")
    }

    fn http(&self) -> HttpOptions {
        let options = options(self.origin);
        HttpOptions {
            ca_pem: self.ca_pem.clone(),
            proxy: self.proxy.clone(),
            connect_timeout: self.connect_timeout.unwrap_or(options.connect_timeout),
            ..options
        }
    }
}
