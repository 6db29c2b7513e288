use super::{Hint, SignIn, said::Said};
use crate::{
    dialect::Dialect,
    error::{Details, ErrorKind, Shape, Unreachable},
    operation::{Operation, Route},
};

/// By the call, what is known of it, and the answer's own words.
pub fn choose(error: &Details) -> Option<Hint> {
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
    if said.of_the_reference() {
        return Some(Hint::Reference);
    }
    if is(error, Operation::GetToken.route()) {
        return of_token(error, &said);
    }
    if error.kind == ErrorKind::Conflict && error.method != "GET" && said.that_it_is_not_empty() {
        return Some(Hint::NotEmpty);
    }
    // Not who asks is refused then, but the catalog by its store.
    let by_the_store = error.kind == ErrorKind::Forbidden && !said.of_the_clock();
    if by_the_store && is_unreadable(error, &said) {
        return Some(Hint::Metadata);
    }
    of_credentials(error, &said)
        .or_else(|| of_address(error))
        .or_else(|| of_warehouse(error, &said))
        .or_else(|| of_object(error, &said))
        .or_else(|| of_kind(error, &said))
}

/// Whether the server says that the object itself is missing.
pub fn says_it_is_missing(error: &Details) -> bool {
    Said::by(error).that_it_is_missing()
}

/// Whether the server says that the token is over, or that it does not know it.
#[cfg(feature = "client")]
pub fn says_the_token_is_over(error: &Details) -> bool {
    Said::by(error).that_the_token_is_over()
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
    let page = matches!(error.shape, Some(Shape::Html | Shape::Xml));
    if error.asked.sign_in == Some(SignIn::Exchange)
        && let Some(hint) = of_exchange(error, said)
    {
        return Some(hint);
    }
    Some(match error.kind {
        _ if oauth && said.any(&["invalid_scope"]) => Hint::Scope,
        _ if oauth && said.any(&["invalid_target", "audience"]) => Hint::Audience,
        ErrorKind::Unauthenticated if !page && is_own(error) => Hint::OwnSignIn,
        ErrorKind::Unauthenticated if !page => Hint::ClientCredentials,
        ErrorKind::BadRequest if oauth && !said.any(&["unsupported_grant_type"]) => {
            Hint::TokenRequest
        }
        ErrorKind::Forbidden if oauth => Hint::TokenRequest,
        // Catalogs with a token endpoint of their own answer as to any call.
        ErrorKind::BadRequest if error.shape == Some(Shape::Iceberg) => {
            match said.any(&["client", "credential"]) {
                true => Hint::ClientCredentials,
                false => Hint::TokenRequest,
            }
        }
        ErrorKind::BadRequest if error.shape.is_none() => Hint::TokenRequest,
        ErrorKind::RateLimited => return None,
        ErrorKind::ServerError if error.shape.is_some_and(Shape::is_of_a_catalog) => Hint::Log,
        ErrorKind::Blocked => Hint::Blocked,
        ErrorKind::Unreachable(Unreachable::Untold) => Hint::Reach,
        _ => Hint::TokenAddress,
    })
}

/// Why a person's token is not exchanged: by the codes of RFC 8693 §2.2.2 and RFC 6749 §5.2, or else as Keycloak words it.
fn of_exchange(error: &Details, said: &Said) -> Option<Hint> {
    if error.shape != Some(Shape::OAuth) {
        return None;
    }
    Some(match error.type_on_wire.as_deref()? {
        "unsupported_grant_type" => Hint::NoExchange,
        "invalid_target" => Hint::ExchangeTarget,
        "invalid_scope" => Hint::Scope,
        "unauthorized_client" | "access_denied" => Hint::ExchangeClient,
        "invalid_client" => Hint::ClientCredentials,
        "invalid_grant" | "invalid_token" => Hint::ExchangeSubject,
        _ if said.any(&["not enabled", "not supported"]) => Hint::NoExchange,
        _ if said.any(&["audience", "resource"]) => Hint::ExchangeTarget,
        _ if said.any(&["token"]) => Hint::ExchangeSubject,
        _ => return None,
    })
}

/// Whether it is called with what a person signed in to the catalog itself with.
fn is_own(error: &Details) -> bool {
    let vouched = matches!(error.asked.sign_in, Some(SignIn::Lent | SignIn::Exchange));
    error.asked.person.is_some() && !vouched
}

/// Of a person whom the server does not take for anybody: each kind of server says that otherwise.
fn of_person(error: &Details) -> Option<Hint> {
    error.asked.person.as_ref()?;
    let wordless = error.shape == Some(Shape::Empty);
    match (error.kind, error.asked.dialect) {
        (ErrorKind::Forbidden, Some(Dialect::Nessie)) => Some(Hint::Rules),
        (ErrorKind::Unauthenticated, _) if is_own(error) => Some(Hint::OwnSignIn),
        (ErrorKind::Unauthenticated, Some(Dialect::Polaris)) if wordless => Some(Hint::NoPrincipal),
        (ErrorKind::Unauthenticated, _) => Some(Hint::PersonsToken),
        _ => None,
    }
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
    let unsigned = said.any(&["missing authentication token", "missingauthenticationtoken"]);
    match signed {
        true if unsigned => return Some(Hint::Path),
        false if unsigned || said.of_a_signature() => return Some(Hint::SignRequests),
        _ => {}
    }
    if said.of_no_roles() {
        return Some(Hint::Roles);
    }
    if let Some(hint) = of_person(error) {
        return Some(hint);
    }
    let for_others = said.any(&["audience"]);
    match (sign_in, error.kind) {
        (Some(SignIn::OAuth2), ErrorKind::Unauthenticated) if for_others => Some(Hint::Audience),
        (Some(SignIn::SigV4 { .. }), _) if said.of_what_is_signed_for() => Some(Hint::SignedFor),
        (Some(SignIn::SigV4 { double_encode_path }), _) if said.any(&["signature"]) => {
            Some(Hint::Signature { double_encode_path })
        }
        (Some(SignIn::SigV4 { .. }), _) if said.of_unknown_keys() => Some(Hint::AccessKey),
        (Some(SignIn::None), _) => Some(Hint::NoCredentials),
        (_, ErrorKind::Forbidden) => None,
        (Some(SignIn::Bearer | SignIn::Lent), _) => Some(Hint::Token),
        // Its token was fresh: the credentials are fine, and the server refuses them nevertheless.
        (Some(SignIn::OAuth2 | SignIn::Exchange), _) => Some(Hint::ForeignToken),
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
    // Who has listed namespaces is a catalog.
    let first = [Operation::GetConfig, Operation::ListNamespaces];
    (core && is_any(error, &first) && error.kind == ErrorKind::Unsupported).then_some(Hint::Path)
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
        ErrorKind::BadRequest if connecting => true,
        ErrorKind::BadRequest | ErrorKind::ServerError if connecting || top => {
            said.of_a_warehouse()
        }
        ErrorKind::BadRequest => said.of_the_warehouse(),
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
            ErrorKind::Forbidden => {}
            _ if error.status.is_some() && said.of_one_level() => return Some(Hint::OneLevel),
            ErrorKind::BadRequest | ErrorKind::Unsupported if !said.of_a_name() => {
                return Some(Hint::PerhapsOneLevel);
            }
            ErrorKind::NotFound if !said.that_it_is_missing() && !said.of_the_warehouse() => {
                return Some(Hint::PerhapsOneLevel);
            }
            _ => {}
        }
    }
    is_unreadable(error, said).then_some(Hint::Metadata)
}

/// Whether the object is there, and its files are out of the catalog's reach.
fn is_unreadable(error: &Details, said: &Said) -> bool {
    let reads = is_any(error, &[Operation::LoadTable, Operation::LoadView]);
    let unreadable = match error.kind {
        ErrorKind::NotFound
        | ErrorKind::Unsupported
        | ErrorKind::BadRequest
        | ErrorKind::ServerError => !said.that_it_is_missing() && said.of_a_file(),
        ErrorKind::Forbidden => said.of_the_store(),
        _ => false,
    };
    reads && unreadable
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
        // A read changes nothing that another change could be in conflict with.
        ErrorKind::Conflict if error.method == "GET" => Hint::Log,
        ErrorKind::BadRequest if said.of_a_name() => Hint::Name,
        ErrorKind::BadRequest if error.method != "GET" && error.said => Hint::Refused,
        ErrorKind::BadRequest => Hint::Log,
        ErrorKind::ServerError if said.any(&["authorizationbackenderror"]) => Hint::Authorizer,
        // By these a gateway says that it got no answer, or none in time.
        ErrorKind::ServerError if !program && matches!(error.status, Some(502 | 504)) => {
            Hint::Gateway
        }
        ErrorKind::ServerError if error.status == Some(503) => Hint::Slow,
        ErrorKind::ServerError => Hint::Log,
        ErrorKind::Unsupported if !program => Hint::NoSuchCall,
        ErrorKind::Unreachable(Unreachable::Dns) => Hint::Dns,
        ErrorKind::Unreachable(Unreachable::Refused) => Hint::Port,
        ErrorKind::Unreachable(Unreachable::Tls) => Hint::Tls,
        ErrorKind::Unreachable(Unreachable::Untold) => Hint::Reach,
        ErrorKind::Unreachable(_) => Hint::Connection,
        ErrorKind::TimedOut if hides(error) => Hint::SlowToRefuse,
        ErrorKind::TimedOut => Hint::Slow,
        ErrorKind::Blocked => Hint::Blocked,
        ErrorKind::Malformed if error.field.is_some() => Hint::Field,
        // Whose settings were read is a catalog.
        ErrorKind::Malformed
            if error.shape == Some(Shape::Json)
                && !is(error, Operation::GetConfig.route())
                && error.path_template.starts_with("/v1/") =>
        {
            Hint::Shape
        }
        ErrorKind::Malformed => Hint::NotACatalog,
        ErrorKind::Redirect => Hint::Redirect,
        ErrorKind::TooLarge { .. } => Hint::Limit,
        _ => return None,
    })
}

/// Whether the server may call missing what it does not show to this identity.
fn hides(error: &Details) -> bool {
    let signs_in = error.asked.sign_in != Some(SignIn::None);
    error
        .asked
        .dialect
        .is_some_and(|dialect| dialect.profile().hides.from(signs_in))
}
