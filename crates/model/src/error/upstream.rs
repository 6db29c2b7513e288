//! From a catalog's failure to what a person reads: the likely cause, and what to check.

use iceberg_rest::{Error, ErrorKind, Unreachable};

use super::{AppError, Kind};

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self {
            hint: hint(&error).map(str::to_owned),
            retry_after: error.retry_after,
            ..Self::new(kind(error.kind), message(&error)).detail(detail(&error))
        }
    }
}

fn kind(kind: ErrorKind) -> Kind {
    match kind {
        ErrorKind::NotFound => Kind::NotFound,
        ErrorKind::Forbidden => Kind::Forbidden,
        ErrorKind::Unauthenticated => Kind::Unauthenticated,
        ErrorKind::Conflict => Kind::Conflict,
        ErrorKind::RateLimited => Kind::RateLimited,
        ErrorKind::Unsupported => Kind::Unsupported,
        ErrorKind::BadRequest | ErrorKind::Invalid => Kind::BadRequest,
        ErrorKind::TooLarge { .. } => Kind::TooLarge,
        ErrorKind::TimedOut => Kind::TimedOut,
        ErrorKind::Unreachable(_) | ErrorKind::Blocked => Kind::Unreachable,
        ErrorKind::Malformed | ErrorKind::Redirect => Kind::Malformed,
        ErrorKind::ServerError => Kind::Upstream,
        ErrorKind::CommitStateUnknown => Kind::OutcomeUnknown,
    }
}

/// Where the server's words may be about anything, whose words they are.
fn message(error: &Error) -> String {
    match error.status {
        Some(_) if error.type_on_wire.is_some() => format!("The catalog says: {}", error.message),
        _ => error.message.clone(),
    }
}

fn hint(error: &Error) -> Option<&'static str> {
    if is_token_call(error) {
        return token_hint(error.kind);
    }
    let connecting = error.path_template == "/v1/config";
    Some(match error.kind {
        ErrorKind::NotFound if connecting => {
            "The warehouse is probably misspelt, or hidden from this identity. Check the connection's `warehouse`, or choose another on the connection's page."
        }
        ErrorKind::BadRequest if connecting => {
            "Most catalogs want a warehouse here. Set the connection's `warehouse`, or choose one on the connection's page."
        }
        ErrorKind::Unsupported if connecting => {
            "There is probably no Iceberg REST catalog under this path. Check the path of the connection's `url`: Polaris ends in /api/catalog, Lakekeeper in /catalog, Nessie in /iceberg, Unity in /api/2.1/unity-catalog/iceberg."
        }
        ErrorKind::NotFound => "It may have been renamed or dropped. Refresh the list it was in.",
        ErrorKind::Forbidden => {
            "The identity of this connection lacks a right on it. Ask who runs the catalog for it; what may be loaded but not listed opens by its full name on the connection's page."
        }
        ErrorKind::Unauthenticated => {
            "Check the connection's `auth`: the token may have expired, the client secret may have been rotated, or the catalog may want another type of sign-in."
        }
        ErrorKind::BadRequest => {
            "Check that the catalog allows such a name; the details say what was asked."
        }
        ErrorKind::Unreachable(Unreachable::Dns) => {
            "The host name in the connection's `url` has no address. Check its spelling and this machine's DNS."
        }
        ErrorKind::Unreachable(Unreachable::Refused) => {
            "Nothing listens there. Check the port of the connection's `url`, and that the catalog is running."
        }
        ErrorKind::Unreachable(Unreachable::Tls) => {
            "Check the scheme of the connection's `url` (https where the server speaks plain http ends like this), and set `ca_file` where the certificate is private."
        }
        ErrorKind::Unreachable(_) => {
            "Check host, port and scheme of the connection's `url` (http where the server speaks https ends like this), and any proxy between."
        }
        ErrorKind::TimedOut => {
            "The catalog may be busy, or a firewall may drop the packets. Check host and port of the connection's `url`, then try again."
        }
        ErrorKind::Blocked => {
            "Crowsnest does not call link-local and metadata addresses. Use the catalog's own host name."
        }
        ErrorKind::Malformed if error.field.is_some() => {
            "The rest of the answer is what it should be, so the catalog itself wrote this. Its log may say more; a newer version of it may write the field."
        }
        ErrorKind::Malformed => {
            "Something else answered in the catalog's place: a web page, a proxy, a sign-in. Check path and port of the connection's `url`."
        }
        ErrorKind::Redirect => {
            "Put the address that it points to into the connection's `url`; http in place of https is the usual cause."
        }
        ErrorKind::TooLarge { .. } => "The limit keeps one answer from filling the memory.",
        ErrorKind::ServerError => "The catalog's own log says more. Try again in a moment.",
        ErrorKind::CommitStateUnknown => {
            "Reload to see whether it did, before you send it once more."
        }
        ErrorKind::Conflict
        | ErrorKind::RateLimited
        | ErrorKind::Unsupported
        | ErrorKind::Invalid => return None,
    })
}

fn is_token_call(error: &Error) -> bool {
    error.path_template.contains("token")
}

/// The client's own words name the setting already where the server refused the credentials.
fn token_hint(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::BadRequest => {
            Some("Check the connection's `auth.scope`: Polaris wants PRINCIPAL_ROLE:ALL.")
        }
        ErrorKind::Unreachable(_) | ErrorKind::TimedOut | ErrorKind::Malformed => {
            Some("Check the connection's `auth.token_url`.")
        }
        _ => None,
    }
}

fn detail(error: &Error) -> Option<String> {
    let asked = (!error.path_template.is_empty())
        .then(|| format!("{} {}", error.method, error.path_template));
    let facts = [
        asked,
        error.status.map(|status| format!("status {status}")),
        error.type_on_wire.clone(),
        error.request_id.as_ref().map(|id| format!("request {id}")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    (!facts.is_empty()).then(|| facts.join("\n"))
}

#[cfg(test)]
mod tests {
    use iceberg_rest::Operation;

    use super::*;

    fn seen(kind: ErrorKind, operation: Operation) -> AppError {
        Error::new(kind, operation.route(), "It went wrong.").into()
    }

    #[test]
    fn a_failed_connect_names_the_setting_to_check() {
        let connect = |kind| seen(kind, Operation::GetConfig).hint.unwrap_or_default();
        assert!(connect(ErrorKind::Unreachable(Unreachable::Refused)).contains("port"));
        assert!(connect(ErrorKind::Unreachable(Unreachable::Tls)).contains("scheme"));
        assert!(connect(ErrorKind::Unreachable(Unreachable::Dns)).contains("host name"));
        assert!(connect(ErrorKind::Malformed).contains("path"));
        assert!(connect(ErrorKind::NotFound).contains("warehouse"));
        assert!(connect(ErrorKind::Unauthenticated).contains("auth"));
    }

    #[test]
    fn a_failed_token_request_names_its_own_settings() {
        let token = |kind| seen(kind, Operation::GetToken).hint.unwrap_or_default();
        assert!(token(ErrorKind::BadRequest).contains("scope"));
        assert!(token(ErrorKind::Malformed).contains("token_url"));
    }

    #[test]
    fn what_may_have_happened_is_a_kind_of_its_own_with_what_to_do_next() {
        let unknown = seen(ErrorKind::CommitStateUnknown, Operation::CommitTable);
        assert_eq!(unknown.kind, Kind::OutcomeUnknown);
        assert!(unknown.may_have_happened());
        assert!(unknown.hint.unwrap_or_default().contains("Reload"));
        let failed = seen(ErrorKind::ServerError, Operation::CommitTable);
        assert!(!failed.may_have_happened());
    }

    #[test]
    fn details_name_the_call_without_the_object() {
        let error = seen(ErrorKind::Forbidden, Operation::LoadTable);
        assert_eq!(
            error.detail.as_deref(),
            Some("GET /v1/{prefix}/namespaces/{namespace}/tables/{table}")
        );
        assert_eq!(error.status(), 403);
    }
}
