//! What works and should not stay so.

use backend::{Acts, Spec};
use url::Url;

use super::{
    Mode, Server, Settings, SignIn,
    keys::{CONNECTION, PROVIDER, SERVER},
    secret::exposed,
    server::is_remote,
};

/// In sentences, without any secret.
pub fn warnings(
    settings: &Settings,
    sign_in: &SignIn,
    server: &Server,
    connections: &[Spec],
) -> Vec<String> {
    let all = [
        (&settings.connections, CONNECTION),
        (&settings.providers, PROVIDER),
    ];
    let all = all
        .into_iter()
        .flat_map(|(all, keys)| all.iter().map(move |one| (one, keys)));
    let exposed = exposed(all.chain([(&settings.server, SERVER)]));
    let mut warnings: Vec<String> = exposed
        .iter()
        .map(|path| {
            format!(
                "{path} holds a secret and everybody on this machine may read it: chmod o= {path}"
            )
        })
        .collect();
    let is_https = |url: &Url| url.scheme() == "https";
    if matches!(sign_in.mode, Mode::Password | Mode::Oidc)
        && server.public_url.as_ref().is_some_and(is_https)
        && sign_in.trusted_proxies.is_empty()
    {
        warnings.push("nobody may say where requests come from: people share one limit of tries, and the record has the address of what stands before Crowsnest. Name that in trusted_proxies".into());
    }
    let roles = &sign_in.roles;
    for (word, list) in [("admins", &roles.admins), ("editors", &roles.editors)] {
        if list.iter().any(|value| value == "*") {
            warnings.push(format!(
                "{word} = [\"*\"]: whoever signs in changes what there is"
            ));
        }
    }
    let in_the_open = |spec: &&Spec| {
        let url = Url::parse(&spec.url);
        let open = url.is_ok_and(|url| url.scheme() == "http" && is_remote(&url));
        open && !matches!(spec.acts, Acts::Connection)
    };
    warnings.extend(connections.iter().filter(in_the_open).map(|spec| {
        format!(
            "connection “{}”: people's tokens go to {} where they can be read on the way: use https://",
            spec.name, spec.url
        )
    }));
    warnings
}
