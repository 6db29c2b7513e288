//! Connections that act as each person: whom somebody is on them, and the catalog called as them.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, LazyLock},
    time::Duration,
};

use iceberg_rest::{Auth, Renewal, TokenRequest};
use model::{
    error::{AppError, Kind},
    paths::{CATALOG_SIGN_IN, Query},
    people::CatalogSignIn,
    person::Role,
};
use moka::sync::Cache;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use crate::{
    Catalog, Registry, Session, Spec,
    spec::{Acts, Exchange, TokenEndpoint},
};

/// Catalogs called as somebody that are kept at once.
const MOST: u64 = 2_000;
/// And for how long while nobody asks.
const IDLE: Duration = Duration::from_secs(30 * 60);
/// How long a catalog is asked whether it takes a credential.
const PATIENCE: Duration = Duration::from_secs(20);

/// What somebody signs in to a catalog with.
#[derive(Clone)]
pub enum Credential {
    /// As the catalog's token endpoint knows them.
    Client {
        /// Their name there; no secret.
        id: String,
        /// Goes to the token endpoint alone.
        secret: SecretString,
    },
    /// A token, sent as it is.
    Token(SecretString),
}

/// The credentials of one session, by where their connection leads: [`Spec::leads_to`].
#[derive(Clone, Default)]
pub struct Credentials {
    /// Those that the person gave for catalogs.
    pub given: BTreeMap<String, Credential>,
    /// What the provider gave.
    pub access_token: Option<SecretString>,
    /// Gives another in its place.
    pub renewal: Option<Renewal>,
    /// The access token has ended, and the provider could not be asked for another.
    pub is_late: bool,
    /// Where that provider exchanges tokens.
    pub exchange: Option<ExchangedAt>,
}

/// Where a provider exchanges tokens, and who asks it to.
#[derive(Clone)]
pub struct ExchangedAt {
    /// Its token endpoint.
    pub url: String,
    /// As it knows Crowsnest.
    pub client_id: String,
    /// Goes to that endpoint alone; empty of a public client.
    pub client_secret: SecretString,
    /// The secret goes in the header alone.
    pub basic: bool,
}

/// Catalogs called as somebody, by session and connection.
#[derive(Clone)]
pub(crate) struct People(Cache<(String, String), Called>);

#[derive(Clone)]
struct Called {
    catalog: Arc<Catalog>,
    /// Of what: whoever signs in anew, or a connection that was replaced, is called anew.
    by: u64,
}

impl Default for People {
    fn default() -> Self {
        let kept = Cache::builder()
            .max_capacity(MOST)
            .time_to_idle(IDLE)
            .support_invalidation_closures()
            .eviction_listener(|_, called: Called, _| called.catalog.end());
        Self(kept.build())
    }
}

impl Credential {
    /// As a session keeps it. Secret.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Client { id, secret } => json!({ "id": id, "secret": secret.expose_secret() }),
            Self::Token(token) => json!({ "token": token.expose_secret() }),
        }
    }

    /// From [`Credential::to_json`]; `None` of anything else.
    pub fn from_json(value: &Map<String, Value>) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        match (text("id"), text("secret"), text("token")) {
            (Some(id), Some(secret), _) => Some(Self::Client {
                id: id.to_owned(),
                secret: secret.into(),
            }),
            (_, _, Some(token)) => Some(Self::Token(token.into())),
            _ => None,
        }
    }

    /// How a client signs in with it; `None` where the connection takes none of this kind.
    fn auth(&self, endpoint: Option<&TokenEndpoint>) -> Option<Auth> {
        match self {
            Self::Token(token) => Some(Auth::Bearer(token.clone())),
            Self::Client { id, secret } => endpoint.map(|endpoint| Auth::OAuth2 {
                client_id: id.clone(),
                client_secret: secret.clone(),
                token_url: endpoint.url.clone(),
                asks: endpoint.asks.clone(),
                subject: None,
            }),
        }
    }
}

impl Credentials {
    /// How the person of a session signs in to a connection that acts as them.
    fn auth(&self, spec: &Spec) -> Option<Auth> {
        match &spec.acts {
            Acts::Connection => None,
            Acts::PassedOn => {
                let token = self.access_token.clone()?;
                Some(match self.renewal.clone() {
                    Some(renewal) => Auth::Lent { token, renewal },
                    None => Auth::Bearer(token),
                })
            }
            Acts::Exchanged(exchange) => self.exchanged(exchange),
            Acts::Person(endpoint) => {
                let given = self.given.get(&spec.leads_to())?;
                given.auth(endpoint.as_ref())
            }
        }
    }

    /// With the connection's own address and client where it has them.
    fn exchanged(&self, exchange: &Exchange) -> Option<Auth> {
        let at = self.exchange.as_ref();
        let own = at.map(|at| (at.client_id.clone(), at.client_secret.clone()));
        let (client_id, client_secret) = exchange.client.clone().or(own)?;
        Some(Auth::OAuth2 {
            client_id,
            client_secret,
            token_url: exchange.url.clone().or(at.map(|at| at.url.clone()))?,
            asks: TokenRequest {
                basic: match exchange.client {
                    Some(_) => exchange.asks.basic,
                    None => exchange.asks.basic || at.is_some_and(|at| at.basic),
                },
                ..exchange.asks.clone()
            },
            subject: Some(self.access_token.clone()?),
        })
    }
}

impl Registry {
    /// Whether any connection acts as each person.
    pub fn is_personal(&self) -> bool {
        self.now().iter().any(|catalog| catalog.is_personal())
    }

    /// Whether any connection wants to know where a provider exchanges tokens.
    pub fn exchanges(&self) -> bool {
        let asks = |exchange: &Exchange| exchange.url.is_none() || exchange.client.is_none();
        self.now().iter().any(
            |catalog| matches!(&catalog.spec.acts, Acts::Exchanged(exchange) if asks(exchange)),
        )
    }

    /// Ends what is called as the person of a session, or as somebody without one.
    pub fn end_of(&self, session: &str) {
        let (people, session) = (self.people(), session.to_owned());
        // Only what was made without a predicate's support is refused.
        let _ = people
            .0
            .invalidate_entries_if(move |(its, _), _| *its == session);
        people.0.run_pending_tasks();
    }

    /// A connection called as the person of a session; an error that says how they sign in to it where they have not.
    pub(crate) fn called(
        &self,
        shared: &Arc<Catalog>,
        (session, person): (&str, &str),
        credentials: &Credentials,
    ) -> Result<Arc<Catalog>, AppError> {
        let Some(auth) = credentials.auth(&shared.spec) else {
            return Err(signed_out(&shared.spec, credentials));
        };
        let by = fingerprint(&auth, shared);
        let key = (session.to_owned(), shared.spec.name.clone());
        let people = self.people();
        if let Some(called) = people.0.get(&key).filter(|called| called.by == by) {
            return Ok(called.catalog);
        }
        let catalog = Arc::new(self.call(shared, auth, person)?);
        let called = Called {
            catalog: catalog.clone(),
            by,
        };
        people.0.insert(key, called);
        Ok(catalog)
    }
}

impl Catalog {
    /// Whether its connection acts as each person.
    pub fn is_personal(&self) -> bool {
        !matches!(self.spec.acts, Acts::Connection)
    }
}

/// Asks the catalog whether it takes a credential, before it is kept.
pub async fn try_credential(
    session: &Session,
    name: &str,
    credential: &Credential,
) -> Result<(), AppError> {
    let shared = session.shared(name)?;
    let refused = |why: String| AppError::new(Kind::NotSent, why);
    let Acts::Person(endpoint) = &shared.spec.acts else {
        return Err(refused(format!(
            "Nobody signs in to {name}: it is called as its own identity, or as the provider says."
        )));
    };
    let auth = credential.auth(endpoint.as_ref());
    let auth = auth.ok_or_else(|| {
        refused(format!(
            "{name} takes a token alone: nothing says where a client id is taken."
        ))
    })?;
    let person = &session.who().said().name;
    let catalog = session.registry().call(&shared, auth, person)?;
    let asked = tokio::time::timeout(PATIENCE, catalog.client(None, None)).await;
    catalog.end();
    match asked {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => {
            let error = AppError::from(error);
            match error.kind {
                Kind::Unauthenticated | Kind::SignIn => {
                    let told = format!("{name} does not accept this. {}", error.message);
                    Err(refused(told).hint("Check what you typed. Where the token comes from an identity provider, the catalog has to know you, with every role that the token names."))
                }
                // It knows who asks, and wants more than that.
                Kind::Forbidden | Kind::BadRequest | Kind::NotFound | Kind::Unchosen => Ok(()),
                _ => Err(error),
            }
        }
        Err(_) => Err(AppError::new(
            Kind::TimedOut,
            format!("{name} has not answered."),
        )),
    }
}

/// What the page for signing in to a catalog says.
pub fn load_catalog_sign_in(session: &Session, name: &str) -> Result<CatalogSignIn, AppError> {
    session.who().must_be(Role::Viewer)?;
    let shared = session.shared(name)?;
    let called = session.connection(name).ok();
    Ok(CatalogSignIn {
        name: name.to_owned(),
        url: shared.spec.url.clone(),
        client: matches!(shared.spec.acts, Acts::Person(Some(_))),
        personal: matches!(shared.spec.acts, Acts::Person(_)),
        signed_in_as: called
            .filter(|called| called.is_personal())
            .map(|called| called.acts_as().into_owned()),
    })
}

fn signed_out(spec: &Spec, credentials: &Credentials) -> AppError {
    let name = &spec.name;
    let vouched = matches!(spec.acts, Acts::PassedOn | Acts::Exchanged(_));
    match spec.acts {
        _ if vouched && credentials.is_late => AppError::new(
            Kind::SignIn,
            format!(
                "The connection {name} is called as you, your token has ended, and the provider could not be asked for another."
            ),
        )
        .hint("Try again in a moment: you are still signed in. Where it stays so, the log of Crowsnest says why the provider gives none."),
        Acts::Exchanged(_) if credentials.access_token.is_some() => AppError::new(
            Kind::SignIn,
            format!(
                "The connection {name} is called with what the provider gives for your token, and the provider could not be asked where it does that."
            ),
        )
        .hint("Try again in a moment, or let an admin set `token_url` in the connection's `auth`."),
        Acts::PassedOn | Acts::Exchanged(_) => AppError::new(
            Kind::SignedOut,
            format!(
                "The connection {name} is called as you, and the provider gave no token for you."
            ),
        )
        .hint("Sign out and in again. A script's token cannot be used here."),
        _ => AppError::new(
            Kind::SignedOut,
            format!("The connection {name} is called as you, and you are not signed in to it."),
        )
        .hint("Sign in with what you are known by there. It is kept with this session alone.")
        .link(
            format!("Sign in to {name}"),
            format!(
                "{CATALOG_SIGN_IN}{}",
                Query::default().and("connection", name)
            ),
        ),
    }
}

/// Tells identities apart, and tells nobody what they are.
fn fingerprint(auth: &Auth, shared: &Arc<Catalog>) -> u64 {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let (id, secret) = match auth {
        Auth::Bearer(token) | Auth::Lent { token, .. } => ("", token.expose_secret()),
        // What it is exchanged with is the connection's, or the provider's.
        Auth::OAuth2 {
            client_id,
            subject: Some(token),
            ..
        } => (client_id.as_str(), token.expose_secret()),
        Auth::OAuth2 {
            client_id,
            client_secret,
            ..
        } => (client_id.as_str(), client_secret.expose_secret()),
        Auth::None | Auth::SigV4 { .. } => ("", ""),
    };
    KEY.hash_one((id, secret, Arc::as_ptr(&shared.spec) as usize))
}
