//! What a request may hold, looked at before anything is rendered or asked.

use axum::{
    extract::{FromRequest, Request},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use model::paths::{ADDRESS, Query, check};

use crate::{fault, origin};

/// Where Leptos looks for the error of a form that was sent without script. From elsewhere it would
/// put its author's words and links on a page of ours.
const ERROR: &str = "__err";

/// Refuses an address that would cost more than it can mean, and one that brings a message.
pub async fn address(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let bytes = uri
        .path_and_query()
        .map_or(0, |target| target.as_str().len());
    if bytes > ADDRESS {
        return fault::page(
            StatusCode::URI_TOO_LONG,
            "This address is too long",
            &format!(
                "It has {bytes} bytes, and addresses of Crowsnest end at {ADDRESS}. Nothing was asked or changed."
            ),
        );
    }
    let what = "This address is not understood";
    match check(uri.query().unwrap_or_default()) {
        Ok(query) if query.all(ERROR).next().is_some() && !is_ours(&request) => refused(
            what,
            "It brings a message, and Crowsnest shows its own alone.",
        ),
        Ok(_) => next.run(request).await,
        Err(why) => refused(what, &why),
    }
}

/// Sent on by a page of ours.
fn is_ours(request: &Request) -> bool {
    let site = request.headers().get(origin::SEC_FETCH_SITE);
    site.is_some_and(|site| site == "same-origin")
}

fn refused(what: &str, why: &str) -> Response {
    let text = format!("{why} Nothing was asked or changed.");
    fault::page(StatusCode::BAD_REQUEST, what, &text)
}

/// The fields of a form, as few and as shallow as those of an address.
pub struct Fields(pub Query);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let what = "This form is not understood";
        let text =
            String::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => fault::page(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        what,
                        "It is larger than any form of Crowsnest. Nothing was changed.",
                    ),
                    _ => refused(what, "It is no text that could be read."),
                })?;
        check(&text).map(Self).map_err(|why| refused(what, &why))
    }
}
