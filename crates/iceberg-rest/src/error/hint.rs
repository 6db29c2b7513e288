//! What to look at first when a call has failed. A hint is a value: who shows it words it, and names the settings.

mod said;

use super::{Details, ErrorKind, Shape, Unreachable};
use crate::{
    dialect::Dialect,
    operation::{Operation, Route},
};

use said::Said;

/// What is known of a call besides its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of the catalog, or of the token endpoint where that was asked. Without user and query.
    pub address: Option<String>,
    /// How the call was authorised.
    pub sign_in: Option<SignIn>,
    /// Whose reading of the specification the server follows, as far as was known.
    pub dialect: Option<Dialect>,
    /// It asked for what stands inside a namespace: `?parent=`.
    pub inside: bool,
    /// It went through a proxy.
    pub proxied: bool,
}

/// How a call is authorised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Nothing was sent.
    None,
    /// By a token as it was configured.
    Bearer,
    /// By a token of a token endpoint.
    OAuth2,
    /// By a signature.
    SigV4 {
        /// As configured.
        double_encode_path: bool,
    },
}

/// What to look at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// No OAuth2 token endpoint answers at the token address.
    TokenAddress,
    /// The token endpoint refuses the request and does not say why: its address, then scope and client.
    TokenRequest,
    /// Client id and secret.
    ClientCredentials,
    /// The scope that a token is asked for with.
    Scope,
    /// The audience, or the resource, that a token is asked for with.
    Audience,
    /// Nothing was sent to sign in with.
    NoCredentials,
    /// The token that was configured: wrong or over.
    Token,
    /// A fresh token is refused: it is of another server, or for another audience.
    ForeignToken,
    /// Access key, region and the service's name of a signature.
    AccessKey,
    /// The secret key, and how often the path is encoded in the signature: now `double_encode_path`.
    Signature {
        /// As configured.
        double_encode_path: bool,
    },
    /// The clock of this machine, or of the server.
    Clock,
    /// Temporary keys are over.
    ExpiredKeys,
    /// The server wants signed requests.
    SignRequests,
    /// How the connection signs in.
    SignIn,
    /// The header that names a realm of Polaris.
    Realm,
    /// Under this path there is no Iceberg REST catalog.
    Path,
    /// The address holds `/v1`, which every call adds.
    Version,
    /// The address that the server points to.
    Redirect,
    /// The host name.
    Dns,
    /// The port, and whether the server runs.
    Port,
    /// Host, port, and what drops packets on the way.
    Silent,
    /// http or https, and the port.
    Scheme,
    /// Host, port and scheme, and what stands between.
    Connection,
    /// The proxy.
    Proxy,
    /// The proxy's user and password.
    ProxyPassword,
    /// Whether the proxy may connect to the server.
    ProxyRefuses,
    /// Who issued the certificate is not trusted here.
    CertificateIssuer,
    /// The certificate is for another name than the address has.
    CertificateName,
    /// When the certificate is valid, and the clock.
    CertificateTime,
    /// The certificate is that of an authority: trusting it does not help.
    CertificateOfAuthority,
    /// The certificate has to be replaced.
    Certificate,
    /// The server wants a certificate of its client.
    ClientCertificate,
    /// Versions and ciphers of TLS.
    Tls,
    /// An address that is never called.
    Blocked,
    /// Something else answers in the catalog's place.
    NotACatalog,
    /// A gateway refused or failed, not the catalog.
    Gateway,
    /// The warehouse: none named, unknown, or hidden.
    Warehouse,
    /// The same at Lakekeeper, where it may belong to another project.
    Project,
    /// The server has namespaces of one level: it says so.
    OneLevel,
    /// It may have: it refused to look inside one.
    PerhapsOneLevel,
    /// Whether the catalog allows such a name.
    Name,
    /// It was dropped or renamed.
    Gone,
    /// The same, or it is hidden from this identity.
    Hidden,
    /// The object is there, and the catalog cannot read its metadata.
    Metadata,
    /// A right of the identity.
    Right,
    /// The same of a list: what is in it may open by name.
    RightToList,
    /// The token activates no role at all.
    Roles,
    /// The backend that decides about rights did not answer.
    Authorizer,
    /// The server's own log.
    Log,
    /// It takes time: later again.
    Slow,
    /// It takes time, and to say no it may take most: later again, or with more patience.
    SlowToRefuse,
    /// Why an answer is not read to its end.
    Limit,
    /// The change may have been made: look first.
    MayHaveHappened,
    /// Polaris: a privilege that does not fit the object.
    Privilege,
    /// Polaris: the storage settings of a catalog.
    Storage,
    /// Polaris: a field is missing in what it was sent.
    Lacking,
    /// One field of an answer that is what it should be otherwise.
    Field,
}

/// By the call, what is known of it, and the answer's own words.
pub(super) fn choose(error: &Details) -> Option<Hint> {
    match error.kind {
        ErrorKind::CommitStateUnknown => return Some(Hint::MayHaveHappened),
        ErrorKind::Invalid => return None,
        _ => {}
    }
    let said = Said::by(error);
    if error.status == Some(407) {
        return Some(Hint::ProxyPassword);
    }
    if said.of_the_realm(error) {
        return Some(Hint::Realm);
    }
    if is(error, Operation::GetToken.route()) {
        return of_token(error, &said);
    }
    of_credentials(error, &said)
        .or_else(|| of_address(error))
        .or_else(|| of_warehouse(error, &said))
        .or_else(|| of_object(error, &said))
        .or_else(|| of_kind(error, &said))
}

/// Whether the server says that the object itself is missing.
pub(super) fn says_it_is_missing(error: &Details) -> bool {
    Said::by(error).that_it_is_missing()
}

fn is(error: &Details, route: Route) -> bool {
    error.method == route.method && error.path_template == route.template
}

fn is_any(error: &Details, operations: &[Operation]) -> bool {
    operations
        .iter()
        .any(|operation| is(error, operation.route()))
}

fn of_token(error: &Details, said: &Said) -> Option<Hint> {
    let oauth = error.shape == Some(Shape::OAuth);
    Some(match error.kind {
        _ if oauth && said.any(&["invalid_scope"]) => Hint::Scope,
        _ if oauth && said.any(&["invalid_target", "audience"]) => Hint::Audience,
        ErrorKind::Unauthenticated => Hint::ClientCredentials,
        ErrorKind::BadRequest if oauth && !said.any(&["unsupported_grant_type"]) => {
            Hint::TokenRequest
        }
        ErrorKind::BadRequest if error.shape.is_none() => Hint::TokenRequest,
        ErrorKind::RateLimited => return None,
        ErrorKind::ServerError if error.shape.is_some_and(Shape::is_of_a_catalog) => Hint::Log,
        ErrorKind::Blocked => Hint::Blocked,
        _ => Hint::TokenAddress,
    })
}

/// Of an answer that refuses who asks.
fn of_credentials(error: &Details, said: &Said) -> Option<Hint> {
    let refused = matches!(
        error.kind,
        ErrorKind::Unauthenticated | ErrorKind::Forbidden
    );
    if !refused && error.kind != ErrorKind::BadRequest {
        return None;
    }
    let sign_in = error.asked.sign_in;
    let signed = matches!(sign_in, Some(SignIn::SigV4 { .. }));
    if said.of_the_clock() {
        return Some(Hint::Clock);
    }
    if signed && said.of_expired_keys() {
        return Some(Hint::ExpiredKeys);
    }
    if !refused {
        return None;
    }
    // AWS says so of a request without a signature, and its gateways of a path that they do not have.
    if said.any(&["missing authentication token", "missingauthenticationtoken"]) {
        return Some(match signed {
            true => Hint::Path,
            false => Hint::SignRequests,
        });
    }
    if said.of_no_roles() {
        return Some(Hint::Roles);
    }
    match (sign_in, error.kind) {
        (Some(SignIn::SigV4 { double_encode_path }), _) if said.any(&["signature"]) => {
            Some(Hint::Signature { double_encode_path })
        }
        (Some(SignIn::SigV4 { .. }), _) if said.of_unknown_keys() => Some(Hint::AccessKey),
        (Some(SignIn::None), _) => Some(Hint::NoCredentials),
        (_, ErrorKind::Forbidden) => None,
        (Some(SignIn::Bearer), _) => Some(Hint::Token),
        // Its token was fresh: the credentials are fine, and the server refuses them nevertheless.
        (Some(SignIn::OAuth2), _) => Some(Hint::ForeignToken),
        (Some(SignIn::SigV4 { .. }), _) => Some(Hint::AccessKey),
        (None, _) => Some(Hint::SignIn),
    }
}

/// Reads that every catalog has: where the route is missing, the address is wrong.
const CORE: &[Operation] = &[
    Operation::GetConfig,
    Operation::ListNamespaces,
    Operation::LoadNamespace,
    Operation::ListTables,
];

fn of_address(error: &Details) -> Option<Hint> {
    let unanswered = matches!(
        error.kind,
        ErrorKind::NotFound | ErrorKind::Unsupported | ErrorKind::Malformed | ErrorKind::BadRequest
    );
    let core = is_any(error, CORE) && !error.asked.inside;
    let address = error.asked.address.as_deref().unwrap_or_default();
    if core && unanswered && holds_version(address) {
        return Some(Hint::Version);
    }
    (core && error.kind == ErrorKind::Unsupported).then_some(Hint::Path)
}

/// `…/v1`, `…/v1/config`. Elsewhere in a path it may be right: BigLake's is `/iceberg/v1/restcatalog`.
fn holds_version(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let path = address
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'));
    let path = path.map_or("", |(_, path)| path).trim_end_matches('/');
    let path = format!("/{path}");
    let calls = ["/v1/config", "/v1/namespaces", "/v1/oauth"];
    path.ends_with("/v1") || calls.iter().any(|call| path.contains(call))
}

fn of_warehouse(error: &Details, said: &Said) -> Option<Hint> {
    let connecting = is(error, Operation::GetConfig.route());
    let top = is(error, Operation::ListNamespaces.route()) && !error.asked.inside;
    let missing = match error.kind {
        ErrorKind::NotFound => connecting || top || said.of_the_warehouse(),
        ErrorKind::BadRequest => connecting || said.of_the_warehouse(),
        ErrorKind::ServerError if connecting || top => said.of_a_warehouse(),
        ErrorKind::ServerError => said.of_the_warehouse(),
        _ => false,
    };
    missing.then_some(match error.asked.dialect {
        Some(Dialect::Lakekeeper) => Hint::Project,
        _ => Hint::Warehouse,
    })
}

fn of_object(error: &Details, said: &Said) -> Option<Hint> {
    if is(error, Operation::ListNamespaces.route()) && error.asked.inside {
        match error.kind {
            _ if error.status.is_some() && said.of_one_level() => return Some(Hint::OneLevel),
            ErrorKind::BadRequest | ErrorKind::Unsupported => return Some(Hint::PerhapsOneLevel),
            _ => {}
        }
    }
    let reads = is_any(error, &[Operation::LoadTable, Operation::LoadView]);
    let unreadable = match error.kind {
        ErrorKind::NotFound | ErrorKind::Unsupported => {
            !said.that_it_is_missing() && said.of_a_file()
        }
        ErrorKind::BadRequest | ErrorKind::ServerError => said.of_a_file(),
        ErrorKind::Forbidden => said.of_the_store(),
        _ => false,
    };
    (reads && unreadable).then_some(Hint::Metadata)
}

fn of_kind(error: &Details, said: &Said) -> Option<Hint> {
    let program = error.shape.is_some_and(Shape::is_of_a_program);
    let page = error.shape == Some(Shape::Html) || error.asked.proxied && !program;
    let lists = [
        Operation::ListNamespaces,
        Operation::ListTables,
        Operation::ListViews,
    ];
    Some(match error.kind {
        ErrorKind::NotFound if hides(error) || said.any(&["not authorized", "permission"]) => {
            Hint::Hidden
        }
        ErrorKind::NotFound => Hint::Gone,
        ErrorKind::Forbidden | ErrorKind::ServerError if page => Hint::Gateway,
        ErrorKind::Forbidden if is_any(error, &lists) => Hint::RightToList,
        ErrorKind::Forbidden => Hint::Right,
        ErrorKind::Unauthenticated => Hint::SignIn,
        ErrorKind::BadRequest if said.of_a_name() => Hint::Name,
        ErrorKind::BadRequest => Hint::Log,
        ErrorKind::ServerError if said.any(&["authorizationbackenderror"]) => Hint::Authorizer,
        ErrorKind::ServerError => Hint::Log,
        ErrorKind::Unreachable(Unreachable::Dns) => Hint::Dns,
        ErrorKind::Unreachable(Unreachable::Refused) => Hint::Port,
        ErrorKind::Unreachable(Unreachable::Tls) => Hint::Tls,
        ErrorKind::Unreachable(_) => Hint::Connection,
        ErrorKind::TimedOut if hides(error) => Hint::SlowToRefuse,
        ErrorKind::TimedOut => Hint::Slow,
        ErrorKind::Blocked => Hint::Blocked,
        ErrorKind::Malformed if error.field.is_some() => Hint::Field,
        ErrorKind::Malformed => Hint::NotACatalog,
        ErrorKind::Redirect => Hint::Redirect,
        ErrorKind::TooLarge { .. } => Hint::Limit,
        _ => return None,
    })
}

/// Whether the server may call missing what it does not show to this identity.
fn hides(error: &Details) -> bool {
    error
        .asked
        .dialect
        .is_some_and(|dialect| dialect.profile().hides)
}

#[cfg(test)]
mod tests;
