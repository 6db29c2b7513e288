//! Why there are no keys: what AWS's library tells, as an error of ours.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};
use url::Url;

use crate::{
    error::{Cause, Error, ErrorKind, Hint},
    operation::Route,
};

const ROUTE: Route = Route::AWS_CREDENTIALS;

/// Of a call to STS. `what` did not come about; `refused` says what to look at where STS says no, by its code.
pub(super) fn of_sts<E: ProvideErrorMetadata + StdError + 'static>(
    error: &SdkError<E, HttpResponse>,
    sts: &Url,
    what: &str,
    refused: impl FnOnce(&str) -> Hint,
) -> Error {
    if let Some(ours) = ours(error) {
        return below(ours, sts);
    }
    let status = error.raw_response().map(|answer| answer.status().as_u16());
    let meta = error.as_service_error().map(ProvideErrorMetadata::meta);
    let Some((code, status)) = meta.and_then(|meta| meta.code()).zip(status) else {
        return match status {
            Some(_) => of_answer(sts),
            None => {
                let message = format!("No AWS credentials: {what}: the request cannot be made.");
                Error::new(ErrorKind::Invalid, ROUTE, message)
            }
        };
    };
    let (kind, hint) = match code {
        "RegionDisabledException" => (ErrorKind::Unauthenticated, Hint::AwsSts),
        _ if code.starts_with("Throttl") => (ErrorKind::RateLimited, Hint::AwsSts),
        _ if status >= 500 => (ErrorKind::ServerError, Hint::AwsSts),
        _ => (ErrorKind::Unauthenticated, refused(code)),
    };
    let said = meta.and_then(|meta| meta.message()).unwrap_or_default();
    let colon = if said.is_empty() { "" } else { ": " };
    let message = format!("No AWS credentials: {what}. STS says {code}{colon}{said}");
    let mut failed = Error::new(kind, ROUTE, message).with_hint(hint);
    failed.details_mut().status = Some(status);
    failed.details_mut().type_on_wire = Some(code.to_owned());
    failed
}

/// Something else than STS answers at its address.
pub(super) fn of_answer(sts: &Url) -> Error {
    let message = format!(
        "No AWS credentials: what answers at {} is no AWS Security Token Service.",
        place(sts)
    );
    Error::new(ErrorKind::Malformed, ROUTE, message).with_hint(Hint::AwsSts)
}

/// Of AWS's default chain, or of a profile.
pub(super) fn of_chain(error: &CredentialsError, profile: Option<&str>) -> Error {
    let whose = match profile {
        Some(profile) => format!("the profile {profile} of this server gives none"),
        None => "this server has none of its own".to_owned(),
    };
    let missing = matches!(error, CredentialsError::CredentialsNotLoaded(_));
    let found = match missing {
        true => "",
        false => ", or cannot use them",
    };
    let message = format!("No AWS credentials: {whose}{found}.");
    let mut failed =
        Error::new(ErrorKind::Unauthenticated, ROUTE, message).with_hint(Hint::AwsAmbient);
    failed.details_mut().cause = Cause::of(chain(error));
    failed
}

/// Below HTTP: STS was not reached.
fn below(error: &Error, sts: &Url) -> Error {
    let message = format!(
        "No AWS credentials: STS at {} was not reached. {}",
        place(sts),
        error.message
    );
    let mut failed = Error::new(error.kind, ROUTE, message).with_hint(Hint::AwsSts);
    failed.details_mut().cause = error.cause.clone();
    failed
}

/// What our own way out said.
fn ours<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Error> {
    chain(error).find_map(|link| link.downcast_ref())
}

/// From the outermost in.
fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn place(sts: &Url) -> String {
    sts.origin().ascii_serialization()
}
