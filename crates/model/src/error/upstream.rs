//! From a catalog's failure to what a person reads: what happened, to which call, and what to check.

use iceberg_rest::{Error, ErrorKind, Hint, Operation, Route};

use super::{AppError, Kind, words::words};
use crate::format::stopped;

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        let hint = error.hint();
        let kind = match asks_for_a_token(&error) || asks_for_keys(&error) {
            true => Kind::SignIn,
            // A read changes nothing.
            false if error.kind == ErrorKind::Conflict && error.method == "GET" => Kind::BadRequest,
            false if hint == Some(Hint::NotEmpty) => Kind::NotEmpty,
            false => kind(error.kind),
        };
        let hint = hint.map(words).map(str::to_owned);
        // What keeps a call from the catalog keeps it from the token address, which has a setting of its own.
        let hint = match kind {
            Kind::SignIn => {
                hint.map(|hint| hint.replace("connection's `url`", "connection's `auth.token_url`"))
            }
            _ => hint,
        };
        let hint = of_polaris(&error).or(hint);
        let told = Self {
            retry_after: error.retry_after,
            ..Self::new(kind, message(&error)).detail(detail(&error))
        };
        // Whom it takes nobody for, and why that may be.
        let told = match (error.hint(), &error.asked.person) {
            (Some(Hint::NoPrincipal), Some(person)) => told.saying(format!(
                "Polaris answered {} without a word: you are signed in at the provider (as {person}), and Polaris takes nobody of that name, or a role that your token names is not granted to you.",
                error.status.unwrap_or_default()
            )),
            (_, Some(person)) if matches!(kind, Kind::Unauthenticated | Kind::Forbidden) => {
                let said = stopped(&told.message);
                told.saying(format!("{said} Crowsnest called it as {person}."))
            }
            _ => told,
        };
        match hint {
            Some(hint) => told.hint(hint),
            None => told,
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
        ErrorKind::BadRequest => Kind::BadRequest,
        ErrorKind::Invalid | ErrorKind::Blocked => Kind::NotSent,
        ErrorKind::TooLarge { .. } => Kind::TooLarge,
        ErrorKind::TimedOut => Kind::TimedOut,
        ErrorKind::Unreachable(_) => Kind::Unreachable,
        ErrorKind::Malformed | ErrorKind::Redirect => Kind::Malformed,
        ErrorKind::ServerError => Kind::Upstream,
        ErrorKind::CommitStateUnknown => Kind::OutcomeUnknown,
    }
}

fn asks_for_a_token(error: &Error) -> bool {
    let route = Operation::GetToken.route();
    error.path_template == route.template && error.method == route.method
}

fn asks_for_keys(error: &Error) -> bool {
    error.path_template == Route::AWS_CREDENTIALS.template
}

/// Where the server's words may be about anything, whose words they are.
fn message(error: &Error) -> String {
    match &error.asked.address {
        Some(address) if asks_for_a_token(error) && !error.message.contains(address) => {
            format!("No token from {address}: {}", error.message)
        }
        _ if error.said && error.type_on_wire.is_some() => {
            format!("The catalog says: {}", error.message)
        }
        _ => error.message.clone(),
    }
}

/// What the words of a refusal of Polaris mean, where they say more than that a right is missing.
fn of_polaris(error: &Error) -> Option<String> {
    match error.kind {
        ErrorKind::Forbidden => crate::refusal::hint(&error.message),
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
        error.cause.as_ref().map(|cause| {
            let chain: Vec<_> = cause.chain().collect();
            format!("caused by {}", chain.join(": "))
        }),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    (!facts.is_empty()).then(|| facts.join("\n"))
}

#[cfg(test)]
mod tests {
    use iceberg_rest::{
        Operation, Unreachable,
        decode::{Headers, Response, decode},
    };

    use super::*;

    fn seen(kind: ErrorKind, operation: Operation) -> AppError {
        Error::new(kind, operation.route(), "It went wrong.").into()
    }

    #[test]
    fn keys_that_are_not_lent_are_a_matter_of_signing_in() {
        let error = Error::new(
            ErrorKind::Unauthenticated,
            Route::AWS_CREDENTIALS,
            "No AWS credentials: the role cannot be assumed.",
        );
        let told = AppError::from(error.with_hint(Hint::AwsRole));
        assert_eq!(told.kind, Kind::SignIn);
        assert!(told.message.starts_with("No AWS credentials"), "{told:?}");
        let hint = told.hint.unwrap();
        assert!(hint.contains("trust policy") && hint.contains("auth.external_id"));
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
    fn what_is_not_empty_was_not_changed_by_somebody_else() {
        let refused = |operation: Operation, kind: &str, message: &str| {
            let body =
                format!(r#"{{"error":{{"code":409,"type":"{kind}","message":"{message}"}}}}"#);
            let response = Response {
                status: 409,
                headers: &Headers::default(),
                body: body.as_bytes(),
            };
            AppError::from(decode(operation, &response).unwrap_err()).kind
        };
        let drop = Operation::DropNamespace;
        let typed = "NamespaceNotEmptyException";
        assert_eq!(refused(drop, typed, "It holds a table"), Kind::NotEmpty);
        let told = "Namespace finance is not empty. 3 tables exist.";
        assert_eq!(refused(drop, "IllegalStateException", told), Kind::NotEmpty);
        let moved = "Requirement failed: branch main has changed";
        let commit = Operation::CommitTable;
        assert_eq!(
            refused(commit, "CommitFailedException", moved),
            Kind::Conflict
        );
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

    #[test]
    fn signing_in_is_not_laid_on_the_catalog() {
        for kind in [
            ErrorKind::Unauthenticated,
            ErrorKind::BadRequest,
            ErrorKind::Malformed,
            ErrorKind::Unreachable(Unreachable::Refused),
        ] {
            let told = seen(kind, Operation::GetToken);
            assert_eq!(told.title(), "Signing in failed", "{kind:?}");
        }
        let told = seen(ErrorKind::BadRequest, Operation::ListTables);
        assert_eq!(told.title(), "The catalog refused the request");
    }

    #[test]
    fn what_keeps_calls_from_the_token_address_is_looked_for_there() {
        let error = Error::new(
            ErrorKind::TimedOut,
            Operation::GetToken.route(),
            "No connection came about.",
        );
        let hint = AppError::from(error.with_hint(Hint::Silent)).hint;
        let hint = hint.unwrap_or_default();
        assert!(
            hint.contains("`auth.token_url`") && !hint.contains("`url`"),
            "{hint}"
        );
    }

    #[test]
    fn only_a_catalogs_own_words_are_called_so() {
        let answered = |said: bool| {
            let answer = decode(
                Operation::LoadTable,
                &Response {
                    status: 409,
                    headers: &Headers::default(),
                    body: match said {
                        true => br#"{"error":{"message":"Words","type":"X"}}"#,
                        false => br#"{"error":{"type":"X"}}"#,
                    },
                },
            );
            AppError::from(answer.unwrap_err())
        };
        assert_eq!(answered(true).message, "The catalog says: Words");
        assert!(!answered(false).message.contains("The catalog says"));
        // A read changes nothing that could be in conflict.
        assert_eq!(answered(true).kind, Kind::BadRequest);
    }

    #[test]
    fn what_was_never_sent_was_not_refused_by_the_catalog() {
        for error in [
            Error::invalid("The name is empty."),
            Error::new(ErrorKind::Blocked, Operation::GetConfig.route(), "Never."),
        ] {
            let told = AppError::from(error);
            assert_eq!(told.title(), "Nothing was sent");
            assert_eq!(told.status(), 400);
        }
    }

    #[test]
    fn no_hint_has_the_words_of_another() {
        let hints = [
            Hint::TokenAddress,
            Hint::ClientCredentials,
            Hint::Clock,
            Hint::Version,
            Hint::Warehouse,
            Hint::Project,
            Hint::Reference,
            Hint::NotEmpty,
            Hint::Proxy,
            Hint::CertificateOfAuthority,
            Hint::OneLevel,
            Hint::Gone,
            Hint::Hidden,
            Hint::Metadata,
            Hint::Log,
            Hint::Refused,
            Hint::MayHaveHappened,
            Hint::Lacking,
            Hint::Field,
            Hint::Shape,
            Hint::SignedFor,
            Hint::AccessKey,
            Hint::Path,
            Hint::NotACatalog,
            Hint::NoSuchCall,
            Hint::Gateway,
            Hint::Slow,
            Hint::Right,
            Hint::OwnSignIn,
            Hint::NoPrincipal,
            Hint::PersonsToken,
            Hint::Rules,
            Hint::NoExchange,
            Hint::ExchangeTarget,
            Hint::ExchangeClient,
            Hint::ExchangeSubject,
        ];
        let texts: Vec<_> = hints.map(words).into();
        for (at, text) in texts.iter().enumerate() {
            assert!(!texts[..at].contains(text), "{text}");
        }
    }

    #[test]
    fn a_refusal_of_polaris_is_told_in_its_own_terms() {
        let said = |message: &str| {
            let route = Operation::ListNamespaces.route();
            let error = Error::new(ErrorKind::Forbidden, route, message);
            AppError::from(error).hint.unwrap_or_default()
        };
        let refused = "Principal 'bob' with activated PrincipalRoles '[a]' and activated grants via '[]' is not authorized for op LIST_NAMESPACES";
        let missing = said(&format!(
            "{refused}; missing NAMESPACE_LIST on CATALOG 'lake'"
        ));
        assert!(
            missing.contains("NAMESPACE_LIST on catalog “lake”"),
            "{missing}"
        );
        assert!(!said(refused).contains("NAMESPACE_LIST"));
        assert!(said("Unable to purge entity: v1.").contains("DROP_WITH_PURGE_ENABLED"));
    }
}
