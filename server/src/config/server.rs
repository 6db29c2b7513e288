use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tracing_subscriber::EnvFilter;
use url::{Host, Url};

use super::{
    Mode,
    entry::{Entries, Entry, Value},
    error::{Error, Place},
};

/// The settings of the console itself.
pub struct Server {
    pub listen: SocketAddr,
    /// Where metrics, health and readiness are answered for those who run Crowsnest.
    pub metrics_listen: SocketAddr,
    pub metrics_listen_by_default: bool,
    /// Scheme, host and port of the address that people open.
    pub public_url: Option<Url>,
    /// Host names in lower case, without port.
    pub allowed_hosts: Vec<String>,
    /// A filter of `tracing_subscriber`.
    pub log: String,
    pub log_format: LogFormat,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: an object a line.
    Json,
}

const LISTEN: &str = "127.0.0.1:3000";
/// The port that OpenTelemetry gives to exporters for Prometheus.
const METRICS: &str = "127.0.0.1:9464";

/// `terminal`: a person reads the log as it comes, and wants to keep the address in sight.
pub fn defaults(terminal: bool) -> Entries {
    let (log, format) = match terminal {
        true => ("warn", "text"),
        false => ("info", "json"),
    };
    let mut entries = Entries::default();
    for (name, value) in [
        ("listen", LISTEN),
        ("metrics_listen", METRICS),
        ("log", log),
        ("log_format", format),
    ] {
        entries.insert(name, Entry::text(value, Place::Default));
    }
    entries
}

impl Server {
    pub fn read(entries: &Entries, allow_remote: bool, mode: Mode) -> Result<Self, Error> {
        let public_url = entries.parse("public_url", public_url)?;
        let is_https = public_url
            .as_ref()
            .is_some_and(|url| url.scheme() == "https");
        let bound = |name: &str, port: u16| {
            let address = entries
                .parse(name, listen)?
                .unwrap_or((Ipv4Addr::LOCALHOST, port).into());
            let remote = !address.ip().is_loopback();
            if remote && mode == Mode::Local && !allow_remote {
                return Err(entries.error(name, format_args!(
                    "{address} can be reached from other machines and nobody has to sign in: set sign_in, listen on 127.0.0.1, or add --allow-remote"
                )));
            }
            if (remote || public_url.as_ref().is_some_and(is_remote))
                && mode != Mode::Local
                && !is_https
            {
                return Err(entries.error(name, format_args!(
                    "{address} can be reached from other machines, and who signs in sends secrets: put a proxy with HTTPS before Crowsnest and set public_url to its https:// address, or listen on 127.0.0.1"
                )));
            }
            Ok(address)
        };
        let by_default = |entry: &Entry| matches!(entry.place, Place::Default);
        let allowed_hosts = match entries.get("allowed_hosts").map(|entry| &entry.value) {
            Some(Value::List(hosts)) => hosts
                .iter()
                .map(|host| {
                    allowed_host(host).map_err(|why| {
                        entries.error(
                            "allowed_hosts",
                            format_args!("“{host}” is not a host name: {why}"),
                        )
                    })
                })
                .collect::<Result<_, _>>()?,
            _ => Vec::new(),
        };
        Ok(Self {
            listen: bound("listen", 3000)?,
            metrics_listen: bound("metrics_listen", 9464)?,
            metrics_listen_by_default: entries.get("metrics_listen").is_none_or(by_default),
            public_url,
            allowed_hosts,
            log: entries.parse("log", log)?.unwrap_or_default(),
            log_format: entries
                .parse("log_format", log_format)?
                .unwrap_or(LogFormat::Json),
        })
    }
}

/// Not on this machine alone.
pub fn is_remote(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name != "localhost",
        Some(Host::Ipv4(address)) => !address.is_loopback(),
        Some(Host::Ipv6(address)) => !address.is_loopback(),
        None => true,
    }
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    if let Some(port) = text.strip_prefix("localhost:")
        && let Ok(port) = port.parse()
    {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    }
    text.parse()
        .map_err(|_| format!("“{text}” is not an address and port such as 127.0.0.1:3000"))
}

fn public_url(text: &str) -> Result<Url, String> {
    let url = super::connection::http_url(text)?;
    match url.path() {
        "/" => Ok(url),
        _ => Err("Crowsnest answers at the root of a host: public_url has no path".into()),
    }
}

fn allowed_host(text: &str) -> Result<String, &'static str> {
    if text.contains('*') {
        return Err("* stands for no others, so name each host");
    }
    let url = Url::parse(&format!("http://{text}")).ok();
    let host = url.as_ref().and_then(Url::host_str);
    host.filter(|host| host.eq_ignore_ascii_case(text))
        .map(str::to_owned)
        .ok_or("leave out scheme, port and path")
}

fn log(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(format!(
            "“{text}” is not a log level such as info, or info,iceberg_rest=debug"
        )),
    }
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("“{text}” is no format of the log: text or json")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_at_a_terminal_reads_warnings_and_a_machine_all_of_it() {
        let by_default = |terminal| {
            let server = Server::read(&defaults(terminal), false, Mode::Local).unwrap();
            (server.log, server.log_format)
        };
        assert_eq!(by_default(true), ("warn".into(), LogFormat::Text));
        assert_eq!(by_default(false), ("info".into(), LogFormat::Json));
    }
}
