//! Who comes in, and how: of each request who asks, and the ways to sign in and out.

mod address;
mod catalog;
mod cookie;
mod kept;
mod leaving;
mod own;
mod password;
mod people;
mod provider;
mod proxy;
mod tries;

use std::{net::SocketAddr, sync::Arc};

use ::sign_in::{PROXY, oidc, password::Hasher, proxy::Proxy, roles::Table};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use backend::{Credentials, Registry, Said, Session, Ways, Who, people::unusable};
use ipnet::IpNet;
use model::{
    error::{AppError, Kind},
    paths::{CATALOG_SIGN_IN, HOME, Query, SIGN_IN, SIGN_OUT, TO},
    people::{Provider as Offered, SignIn},
    person::{Role, Way},
};
use secrecy::SecretString;
use store::{
    Store, now,
    people::{LOCAL, Person},
    tokens::PREFIX,
};
use url::Url;

use crate::{
    config::{self, Config, Error, Mode},
    fault,
    telemetry::RequestId,
};
use address::{client, connected};
use catalog::Memory;
use cookie::Cookies;
use leaving::Seen;
pub use people::name as named;
use tries::Tries;

/// What is answered to nobody in particular: what signing in takes, and how it looks.
const OPEN: [&str; 6] = [
    SIGN_IN,
    "/favicon.ico",
    "/favicon.svg",
    "/api/sign_in",
    "/healthz",
    "/readyz",
];
/// The same, with everything below.
const OPEN_BELOW: [&str; 4] = ["/pkg/", "/sign-in/at/", "/sign-in/back/", "/sign-in/out/"];

/// What stands between the port and the pages.
#[derive(Clone)]
pub struct Door(Arc<Inside>);

struct Inside {
    mode: Mode,
    registry: Registry,
    /// What people sign in to catalogs with who have no session.
    memory: Memory,
    seen: Seen,
    cookies: Cookies,
    tries: Tries,
    hasher: Hasher,
    providers: Vec<oidc::Provider>,
    proxy: Option<Proxy>,
    roles: Table,
    /// Who may say where a request comes from.
    trusted: Vec<IpNet>,
    /// Where people reach Crowsnest.
    public: Url,
}

/// What the pages say of the ways in.
pub fn ways(config: &config::SignIn) -> Ways {
    let offered = |provider: &oidc::Settings| Offered {
        id: provider.id.clone(),
        label: provider.label.clone(),
    };
    let none = match config.mode {
        Mode::Local => Ways::default().sign_in.none,
        Mode::Proxy => {
            Some("What stands before this Crowsnest says who you are: sign in there.".into())
        }
        Mode::Password | Mode::Oidc => None,
    };
    Ways {
        sign_in: SignIn {
            password: config.mode == Mode::Password,
            providers: match config.mode {
                Mode::Oidc => config.providers.iter().map(offered).collect(),
                _ => Vec::new(),
            },
            none,
        },
        lasts: config.lasts,
    }
}

impl Door {
    /// As configured; `listen` is the address that clients connect to. Asks nobody yet.
    pub fn new(registry: &Registry, config: &Config, listen: SocketAddr) -> Result<Self, Error> {
        let settings = &config.sign_in;
        if settings.mode != Mode::Local && registry.store().is_none() {
            return Err(Error::new(
                "people sign in, and there is no store to keep them in",
            ));
        }
        let own = || Url::parse(&format!("http://{listen}")).map_err(Error::new);
        let public = match &config.server.public_url {
            Some(url) => url.clone(),
            None => own()?,
        };
        let providers = settings.providers.iter();
        Ok(Self(Arc::new(Inside {
            mode: settings.mode,
            registry: registry.clone(),
            memory: Memory::default(),
            seen: Seen::default(),
            cookies: Cookies::new(&public),
            tries: Tries::default(),
            hasher: Hasher::default(),
            providers: providers.map(provider::made).collect::<Result<_, _>>()?,
            proxy: settings.proxy.clone(),
            roles: settings.roles.clone(),
            trusted: settings.trusted_proxies.clone(),
            public,
        })))
    }

    fn store(&self) -> Result<&Store, AppError> {
        self.0.registry.store().ok_or_else(|| {
            AppError::new(
                Kind::Store,
                "This Crowsnest keeps nothing: it runs without a store.",
            )
        })
    }

    /// Who asks.
    async fn who(&self, request: &Parts) -> Result<Who, AppError> {
        let headers = &request.headers;
        let about = self.about(request);
        if self.0.mode == Mode::Local {
            return Ok(Who::new(Said {
                address: about.address,
                request: about.request,
                ..Who::local().said().clone()
            }));
        }
        if let Some(token) = bearer(headers) {
            return self.by_token(&token, about).await;
        }
        if self.0.mode == Mode::Proxy {
            return self.by_proxy(request, about).await;
        }
        let Some(secret) = self.0.cookies.session(headers) else {
            return Ok(Who::new(about));
        };
        let lasts = self.0.registry.ways().lasts;
        let found = self.store()?.session(&secret, lasts, now()).await;
        Ok(match found.map_err(unusable)? {
            // Whoever spoke for them is not asked any more: they are nobody.
            Some((_, person)) if !self.speaks_for(&person) => Who::new(about),
            Some((session, person)) => {
                if self.0.mode == Mode::Oidc {
                    self.0.seen.note(&session.handle, &secret);
                    if now() - session.seen >= lasts.touch() {
                        self.ask_again(secret);
                    }
                }
                Who::new(Said {
                    session: session.handle,
                    ..of(person, self.way(), about)
                })
            }
            None => Who::new(about),
        })
    }

    /// What somebody signs in to catalogs with that are called as them; `None` where their session ended just now.
    async fn own(&self, who: &Who, headers: &HeaderMap) -> Result<Option<Credentials>, AppError> {
        if !who.is_known() || !self.0.registry.is_personal() {
            return Ok(Some(Credentials::default()));
        }
        match who.said().way {
            Some(Way::Local | Way::Proxy) => Ok(Some(self.0.memory.of(&who.said().id))),
            Some(Way::Password | Way::Provider) => match self.0.cookies.session(headers) {
                Some(session) => self.credentials(&session).await,
                None => Ok(Some(Credentials::default())),
            },
            Some(Way::Token) | None => Ok(Some(Credentials::default())),
        }
    }

    async fn by_token(&self, token: &SecretString, about: Said) -> Result<Who, AppError> {
        let found = self.store()?.token(token, now()).await.map_err(unusable)?;
        let vouched = |person: &Person| self.speaks_for(person) && is_vouched_for(person);
        Ok(match found.filter(|(_, person)| vouched(person)) {
            Some((token, person)) => {
                let said = of(person, Way::Token, about);
                Who::new(Said {
                    role: said.role.min(Role::parse(&token.role)),
                    session: token.handle,
                    ..said
                })
            }
            None => Who::new(about),
        })
    }

    /// Whether who says that it is them is still configured to.
    fn speaks_for(&self, person: &Person) -> bool {
        match self.0.mode {
            Mode::Local => true,
            Mode::Password => person.issuer == LOCAL,
            Mode::Proxy => person.issuer == PROXY,
            Mode::Oidc => {
                let mut providers = self.0.providers.iter();
                providers.any(|provider| provider.settings().issuer == person.issuer)
            }
        }
    }

    fn way(&self) -> Way {
        match self.0.mode {
            Mode::Local => Way::Local,
            Mode::Password => Way::Password,
            Mode::Oidc => Way::Provider,
            Mode::Proxy => Way::Proxy,
        }
    }

    /// Where a request comes from, and its id.
    fn about(&self, request: &Parts) -> Said {
        let peer = connected(request);
        let address = client(&self.0.trusted, peer, &request.headers);
        let id = request.extensions.get::<RequestId>();
        Said {
            address: address.to_string(),
            request: id.map(|id| id.0.clone()).unwrap_or_default(),
            ..Said::default()
        }
    }

    /// Whom nobody knows is led to where that changes; a program is told.
    fn turned_away(&self, request: &Parts) -> Response {
        let uri = &request.uri;
        let own = uri.path_and_query().map_or(HOME, |own| own.as_str());
        if fault::is_for_programs(uri.path()) {
            let error = AppError::new(Kind::SignedOut, "Nobody is signed in, or the session has ended.")
                .hint("Sign in, then try again. A script sends a token of its own, as `Authorization: Bearer`.");
            return (StatusCode::UNAUTHORIZED, axum::Json(error)).into_response();
        }
        if matches!(request.method, Method::GET | Method::HEAD) {
            return Redirect::to(&sign_in_path(own)).into_response();
        }
        let text = "Your session has ended, and nothing was sent to a catalog. Sign in in another tab, then reload this page: your browser asks whether to send the form again, with what you typed.";
        fault::leading(
            StatusCode::UNAUTHORIZED,
            "You are signed out",
            text,
            SIGN_IN,
        )
    }
}

/// Where somebody signs in who wanted to go there.
fn sign_in_path(to: &str) -> String {
    match to {
        HOME => SIGN_IN.to_owned(),
        to => format!("{SIGN_IN}{}", Query::default().and(TO, to)),
    }
}

/// What is known of somebody by what is stored. A role that is none gives no access.
fn of(person: Person, way: Way, about: Said) -> Said {
    Said {
        role: Role::parse(&person.role),
        id: person.id,
        name: person.name,
        issuer: person.issuer,
        subject: person.subject,
        way: Some(way),
        ..about
    }
}

/// Whoever a provider or a proxy speaks for has been here lately: only then do they know what they may.
fn is_vouched_for(person: &Person) -> bool {
    const MONTH: i64 = 30 * 86_400_000;
    person.issuer == LOCAL || now() - person.seen < MONTH
}

/// A token of ours.
pub fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let token = value.strip_prefix("Bearer ")?;
    (token.starts_with(PREFIX) && token.len() < 100).then(|| token.into())
}

/// Gives a request its session: handlers and pages find it among its extensions. Nobody gets further than to where
/// they sign in.
pub async fn session(State(door): State<Door>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path();
    let open = is_open(path);
    let who = match door.who(&parts).await {
        Ok(who) => who,
        // How the page looks needs no store.
        Err(_) if open => Who::new(door.about(&parts)),
        Err(error) => return unknowable(&parts, &error),
    };
    if !who.is_known() && !open {
        return door.turned_away(&parts);
    }
    // How the page looks waits for no provider.
    let own = match open {
        true => Ok(Some(Credentials::default())),
        false => door.own(&who, &parts.headers).await,
    };
    let credentials = match own {
        Ok(Some(credentials)) => credentials,
        Ok(None) => {
            door.0.registry.end_of(&who.said().session);
            return door.turned_away(&parts);
        }
        Err(error) => return unknowable(&parts, &error),
    };
    let session = Session::new(&door.0.registry, who, &parts.uri, &parts.headers);
    let session = session.with(credentials);
    parts.extensions.insert(session);
    next.run(Request::from_parts(parts, body)).await
}

/// What is below is below as it is written: what is folded on the way to a page is elsewhere.
fn is_open(path: &str) -> bool {
    let folds =
        |path: &str| path.contains("/.") || path.contains("//") || path.contains(['%', '\\']);
    let below = |below: &&str| path.starts_with(*below) && !folds(path);
    OPEN.contains(&path) || OPEN_BELOW.iter().any(below)
}

/// Nobody can tell who asks.
fn unknowable(request: &Parts, error: &AppError) -> Response {
    if fault::is_for_programs(request.uri.path()) {
        return (fault::status(error), axum::Json(error.clone())).into_response();
    }
    fault::error(error, HOME)
}

/// Where people sign in and out, and what they change of themselves and, as admins, of others.
pub fn routes(door: &Door) -> Router {
    Router::new()
        .route(SIGN_IN, post(password::sign_in))
        .route(&format!("{SIGN_IN}/at/{{provider}}"), get(provider::begin))
        .route(&format!("{SIGN_IN}/back/{{provider}}"), get(provider::back))
        .route(&format!("{SIGN_IN}/out/{{provider}}"), get(provider::out))
        .route(SIGN_OUT, post(own::sign_out))
        .route(CATALOG_SIGN_IN, post(catalog::sign_in))
        .with_state(door.clone())
        .merge(own::routes(door))
        .merge(people::routes(door))
}
