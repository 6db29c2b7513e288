//! What a request may hold, looked at before anything is rendered or asked.

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};
use model::paths::{ADDRESS, check};

use crate::fault;

/// Forms and arguments of server functions are small.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Where Leptos looks for the error of a server function's form: it would put the words and links of whoever
/// wrote the address on a page of ours.
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
        Ok(query) if query.all(ERROR).next().is_some() => refused(
            what,
            "It brings a message, and Crowsnest shows its own alone.",
        ),
        Ok(_) => next.run(request).await,
        Err(why) => refused(what, &why),
    }
}

fn refused(what: &str, why: &str) -> Response {
    let text = format!("{why} Nothing was asked or changed.");
    fault::page(StatusCode::BAD_REQUEST, what, &text)
}
