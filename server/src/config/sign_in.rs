//! How people come in, as configured.

use std::{net::IpAddr, ops::RangeInclusive, path::PathBuf};

use ::sign_in::{oidc, proxy::Proxy, roles::Table};
use axum::http::HeaderName;
use iceberg_rest::Reach;
use ipnet::IpNet;
use model::age::read_age;
use store::sessions::Lasts;

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
    pub roles: Table,
    pub providers: Vec<oidc::Settings>,
    pub proxy: Option<Proxy>,
    /// Where the proxy comes in, besides or in place of its addresses.
    pub proxy_socket: Option<PathBuf>,
    /// What people type may lead there too.
    pub people_reach: Reach,
    /// Addresses whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<IpNet>,
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
        let roles = Table {
            admins: list(server, "admins"),
            editors: list(server, "editors"),
            viewers: list(server, "viewers"),
        };
        let user = server.parse("proxy_user_header", header)?;
        let groups = server.parse("proxy_groups_header", header)?;
        let trusted = addresses(server, "proxy_from")?;
        let read = Self {
            mode,
            lasts,
            providers: providers
                .iter()
                .map(|entries| provider(entries, &roles, variables))
                .collect::<Result<_, _>>()?,
            proxy: user.map(|user| Proxy {
                user,
                groups,
                trusted,
            }),
            proxy_socket: server.text("proxy_socket").map(PathBuf::from),
            people_reach: Reach {
                networks: addresses(server, "people_reach")?,
                ports: ports(server, "people_ports")?,
            },
            trusted_proxies: addresses(server, "trusted_proxies")?,
            roles,
        };
        read.refuse(server)?;
        Ok(read)
    }

    /// What nobody could come in with.
    fn refuse(&self, server: &Entries) -> Result<(), Error> {
        let error = |why: &str| Err(server.error("sign_in", why));
        let roles = &self.roles;
        let someone = [&roles.admins, &roles.editors, &roles.viewers];
        let nobody = someone.iter().all(|list| list.is_empty());
        match self.mode {
            Mode::Local => self.refuse_ways(server),
            Mode::Oidc if self.providers.is_empty() => {
                error("“oidc” wants a [[provider]] with name, issuer and client_id")
            }
            Mode::Proxy if !self.has_proxy() => error(
                "“proxy” wants proxy_user_header, and proxy_from with the addresses that may send it, or proxy_socket",
            ),
            Mode::Oidc | Mode::Proxy if nobody => error(
                "nobody could come in: name who may in admins, editors and viewers (* stands for everybody who signs in)",
            ),
            _ => Ok(()),
        }
    }
}

impl SignIn {
    fn has_proxy(&self) -> bool {
        let proxy = self.proxy.as_ref();
        proxy.is_some_and(|proxy| !proxy.trusted.is_empty() || self.proxy_socket.is_some())
    }

    /// Who says how people come in, and not that they have to, would let in everybody.
    fn refuse_ways(&self, server: &Entries) -> Result<(), Error> {
        let ways = [
            "admins",
            "editors",
            "viewers",
            "proxy_user_header",
            "proxy_from",
            "proxy_socket",
        ];
        let given = ways.into_iter().find(|way| server.get(way).is_some());
        match (given, self.providers.first()) {
            (Some(way), _) => Err(server.error(
                way,
                "nobody has to sign in: say how they do with sign_in (oidc or proxy), or leave this out",
            )),
            (None, Some(provider)) => Err(Error::new(format_args!(
                "provider “{}”: nobody has to sign in: set sign_in = \"oidc\", or leave it out",
                provider.id
            ))),
            (None, None) => Ok(()),
        }
    }
}

fn provider(
    entries: &Entries,
    roles: &Table,
    variables: &Variables,
) -> Result<oidc::Settings, Error> {
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
    Ok(oidc::Settings {
        label: entries.text("label").unwrap_or(&id).to_owned(),
        issuer,
        client_id: client_id.to_owned(),
        client_secret: secret::read(entries, variables, "client_secret")?,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        roles_claim: entries.text("roles_claim").unwrap_or("groups").to_owned(),
        name_claim: entries.text("name_claim").map(str::to_owned),
        roles: roles.clone(),
        other_audiences: Vec::new(),
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
pub fn span(text: &str) -> Result<i64, String> {
    match read_age(text)? {
        Some(ms) if ms >= 60_000 => Ok(ms),
        _ => Err(format!("{text} is out of range: at least 1 min")),
    }
}

fn header(text: &str) -> Result<HeaderName, String> {
    let odd = |_| format!("“{text}” is no HTTP header");
    text.to_ascii_lowercase().parse().map_err(odd)
}

fn list(entries: &Entries, name: &str) -> Vec<String> {
    match entries.get(name).map(|entry| &entry.value) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    }
}

/// Ports, or ranges of them: `8585`, `8000-8999`.
fn ports(entries: &Entries, name: &str) -> Result<Vec<RangeInclusive<u16>>, Error> {
    let range = |text: &String| {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let port = |text: &str| text.trim().parse().ok().filter(|port| *port > 0);
        match (port(first), port(last)) {
            (Some(first), Some(last)) if first <= last => Ok(first..=last),
            _ => Err(format!("“{text}” is no port such as 8585 or 8000-8999")),
        }
    };
    let items = list(entries, name);
    let ranges = items.iter().map(range).collect::<Result<_, _>>();
    ranges.map_err(|why| entries.error(name, why))
}

/// Addresses of machines, or of networks: `10.0.0.0/8`.
fn addresses(entries: &Entries, name: &str) -> Result<Vec<IpNet>, Error> {
    let network = |text: &String| {
        let machine = text.parse::<IpAddr>().map(IpNet::from);
        match machine.or_else(|_| text.parse::<IpNet>()) {
            Ok(network) if network.prefix_len() == 0 => Err(format!(
                "“{text}” is every address: name those that are meant"
            )),
            Ok(network) => Ok(network),
            Err(_) => Err(format!(
                "“{text}” is no address such as 10.0.0.7 or 10.0.0.0/8"
            )),
        }
    };
    let items = list(entries, name);
    let networks = items.iter().map(network).collect::<Result<_, _>>();
    networks.map_err(|why| entries.error(name, why))
}
