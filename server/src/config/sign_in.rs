//! How people come in, as configured.

use std::{net::IpAddr, path::PathBuf};

use model::age::read_age;
use secrecy::{ExposeSecret, SecretString};
use store::{Place as At, sessions::Lasts};

use super::{
    entry::{Entries, Value},
    env::Variables,
    error::Error,
    secret,
};

/// Who may come in, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Whoever reaches it.
    Local,
    /// By a name and a password that Crowsnest keeps.
    Password,
    /// By an OpenID Connect provider.
    Oidc,
    /// By what stands before it.
    Proxy,
}

/// Settings of the ways in.
pub struct SignIn {
    pub mode: Mode,
    pub lasts: Lasts,
    /// Values of the claim, or groups of the proxy, that make an admin, an editor, a viewer.
    pub admins: Vec<String>,
    pub editors: Vec<String>,
    pub viewers: Vec<String>,
    pub providers: Vec<Provider>,
    pub proxy: Option<Proxy>,
    /// Addresses whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<String>,
}

/// What stands before Crowsnest and says who asks.
pub struct Proxy {
    pub user_header: String,
    pub groups_header: Option<String>,
    pub from: Vec<String>,
}

/// An OpenID Connect provider.
pub struct Provider {
    pub id: String,
    pub label: String,
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<SecretString>,
    pub scopes: Vec<String>,
    pub roles_claim: String,
    pub name_claim: Option<String>,
}

/// Where Crowsnest keeps what it keeps, and its key.
pub struct Store {
    pub at: At,
    /// Somebody said where.
    pub told: bool,
    pub key: Option<SecretString>,
    /// Beside the file of SQLite.
    pub key_file: PathBuf,
    /// How long the record goes back, in ms.
    pub audit_keep: Option<i64>,
}

impl SignIn {
    pub fn read(
        server: &Entries,
        providers: &[Entries],
        variables: &Variables,
    ) -> Result<Self, Error> {
        let mode = server.parse("sign_in", mode)?.unwrap_or(Mode::Local);
        let span = |name, usual| Ok::<_, Error>(server.parse(name, span)?.unwrap_or(usual));
        let lasts = Lasts {
            idle: span("session_idle", 30 * 60_000)?,
            whole: span("session_length", 12 * 3_600_000)?,
        };
        let providers = providers.iter();
        let read = Self {
            mode,
            lasts,
            admins: list(server, "admins"),
            editors: list(server, "editors"),
            viewers: list(server, "viewers"),
            providers: providers
                .map(|entries| provider(entries, variables))
                .collect::<Result<_, _>>()?,
            proxy: server.text("proxy_user_header").map(|header| Proxy {
                user_header: header.to_owned(),
                groups_header: server.text("proxy_groups_header").map(str::to_owned),
                from: addresses(server, "proxy_from").unwrap_or_default(),
            }),
            trusted_proxies: addresses(server, "trusted_proxies")?,
        };
        read.refuse(server)?;
        Ok(read)
    }

    /// What nobody could come in with.
    fn refuse(&self, server: &Entries) -> Result<(), Error> {
        let error = |why: &str| Err(server.error("sign_in", why));
        let someone = [&self.admins, &self.editors, &self.viewers];
        let nobody = someone.iter().all(|list| list.is_empty());
        match self.mode {
            Mode::Oidc if self.providers.is_empty() => {
                error("“oidc” wants a [[provider]] with name, issuer and client_id")
            }
            Mode::Proxy
                if self
                    .proxy
                    .as_ref()
                    .is_none_or(|proxy| proxy.from.is_empty()) =>
            {
                error(
                    "“proxy” wants proxy_user_header, and proxy_from with the addresses that may send it",
                )
            }
            Mode::Oidc | Mode::Proxy if nobody => error(
                "nobody could come in: name who may in admins, editors and viewers (* stands for everybody who signs in)",
            ),
            _ => Ok(()),
        }
    }
}

impl Store {
    pub fn read(server: &Entries, variables: &Variables, mode: Mode) -> Result<Self, Error> {
        let told = server.text("store").map(PathBuf::from);
        let file = told.or_else(|| Some(folder(variables)?.join("crowsnest.db")));
        let url = secret::read(server, variables, "database_url")?.or_else(|| {
            let url = variables.get("DATABASE_URL").filter(|url| !url.is_empty());
            url.map(|url| url.as_str().into())
        });
        if let Some(url) = &url
            && !url.expose_secret().starts_with("postgres://")
            && !url.expose_secret().starts_with("postgresql://")
        {
            return Err(server.error("database_url", "not the address of a PostgreSQL such as postgres://crowsnest@db.example.com/crowsnest; for a file of SQLite use `store`"));
        }
        if mode != Mode::Local && file.is_none() && url.is_none() {
            return Err(server.error(
                "sign_in",
                "there is no folder to keep people in: name a file with `store`",
            ));
        }
        let key = secret::read(server, variables, "store_key")?;
        if url.is_some() && key.is_none() {
            return Err(Error::new(
                "PostgreSQL keeps what is sealed with a key that must not be in it: set store_key_file or store_key_env (32 random bytes in base64: `openssl rand -base64 32`)",
            ));
        }
        Ok(Self {
            told: url.is_some() || server.text("store").is_some(),
            key_file: file.clone().unwrap_or_default().with_extension("key"),
            at: match (url, file) {
                (Some(url), _) => At::Postgres(url),
                (None, Some(file)) => At::File(file),
                (None, None) => At::Memory,
            },
            key,
            audit_keep: server.parse("audit_keep", span)?,
        })
    }
}

fn provider(entries: &Entries, variables: &Variables) -> Result<Provider, Error> {
    let id = entries.parse("name", name)?.unwrap_or_default();
    let missing = |what: &str| Error::new(format_args!("provider “{id}” has no {what}"));
    let issuer = entries
        .text("issuer")
        .ok_or_else(|| missing("issuer"))?
        .to_owned();
    let client_id = entries
        .text("client_id")
        .ok_or_else(|| missing("client_id"))?;
    let scopes = entries.text("scope").unwrap_or("openid profile email");
    Ok(Provider {
        label: entries.text("label").unwrap_or(&id).to_owned(),
        issuer,
        client_id: client_id.to_owned(),
        client_secret: secret::read(entries, variables, "client_secret")?,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        roles_claim: entries.text("roles_claim").unwrap_or("groups").to_owned(),
        name_claim: entries.text("name_claim").map(str::to_owned),
        id,
    })
}

/// A segment of an address.
fn name(text: &str) -> Result<String, String> {
    let fits = (1..=32).contains(&text.len());
    let plain = text
        .bytes()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
    match fits && plain {
        true => Ok(text.to_owned()),
        false => Err("a provider's name is 1 to 32 of a-z, 0-9 and -".into()),
    }
}

fn mode(text: &str) -> Result<Mode, String> {
    match text {
        "local" => Ok(Mode::Local),
        "password" => Ok(Mode::Password),
        "oidc" => Ok(Mode::Oidc),
        "proxy" => Ok(Mode::Proxy),
        _ => Err(format!(
            "“{text}” is no way to sign in: local, password, oidc or proxy"
        )),
    }
}

/// In ms.
fn span(text: &str) -> Result<i64, String> {
    match read_age(text)? {
        Some(ms) if ms >= 60_000 => Ok(ms),
        _ => Err(format!("{text} is out of range: at least 1 min")),
    }
}

fn list(entries: &Entries, name: &str) -> Vec<String> {
    match entries.get(name).map(|entry| &entry.value) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    }
}

/// Addresses of machines, or of networks: `10.0.0.0/8`.
fn addresses(entries: &Entries, name: &str) -> Result<Vec<String>, Error> {
    let items = list(entries, name);
    for item in &items {
        if item.ends_with("/0") {
            let why = format!("“{item}” is everybody: name the proxies");
            return Err(entries.error(name, why));
        }
        let address = item
            .split_once('/')
            .map_or(item.as_str(), |(address, _)| address);
        if address.parse::<IpAddr>().is_err() {
            let why = format!("“{item}” is no address such as 10.0.0.7 or 10.0.0.0/8");
            return Err(entries.error(name, why));
        }
    }
    Ok(items)
}

/// Where a program keeps what it keeps of a person; `None` of one who has no home.
fn folder(variables: &Variables) -> Option<PathBuf> {
    let set = |name| variables.get(name).filter(|value| !value.is_empty());
    let home = || set("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let data = set("XDG_DATA_HOME").map(PathBuf::from).or_else(home);
    Some(data?.join("crowsnest"))
}
