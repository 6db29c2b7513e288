//! Answers for what went wrong.

use std::any::Any;

use axum::{
    Json,
    body::{Body, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use html_escape::{encode_double_quoted_attribute, encode_text};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use model::{
    error::{AppError, Kind},
    paths::{HOME, SIGN_IN},
};

use crate::site;

/// More than any error of ours takes, in bytes.
const LARGEST: usize = 64 * 1024;

/// Server functions answer every error with 500: this gives each its own status.
pub async fn status_of_error(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return too_long();
    };
    if let Ok(error) = serde_json::from_slice::<AppError>(&body) {
        parts.status = status(&error);
        if let Some(seconds) = error.retry_after {
            parts
                .headers
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    Response::from_parts(parts, Body::from(body))
}

/// What an answer with this error has.
pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// In place of an error that is longer than [`LARGEST`].
fn too_long() -> Response {
    let error = AppError::new(Kind::Console, "The error is too long to be shown.")
        .hint("This is a bug of Crowsnest: its log names the request.");
    (StatusCode::INTERNAL_SERVER_ERROR, Json(error)).into_response()
}

/// A page of the console that takes nothing to make. `title` and `text` are our own words.
pub fn page(status: StatusCode, title: &str, text: &str) -> Response {
    leading(status, title, text, HOME)
}

/// A page whose way on is the page at `back`, an address of ours.
pub fn leading(status: StatusCode, title: &str, text: &str, back: &str) -> Response {
    let way = match back {
        HOME => "connections",
        SIGN_IN => "page for signing in",
        _ => "page",
    };
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Crowsnest</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main class=\"p-4 max-w-6xl mx-auto\"><h1 class=\"text-xl font-semibold\">{title}</h1>\
         <p class=\"my-2 max-w-prose wrap-anywhere\">{text}</p><p class=\"link\"><a href=\"{href}\">Back to the {way}</a></p>\
         </main></body></html>",
        title = encode_text(title),
        style = site::assets().style,
        text = encode_text(text),
        href = encode_double_quoted_attribute(back),
    );
    (status, Html(page)).into_response()
}

/// An error where no page shows it: what happened, what can be done, and the way to the page at `back`.
pub fn error(error: &AppError, back: &str) -> Response {
    let hint = error.hint.as_deref().unwrap_or_default();
    let text = format!("{} {hint}", error.message);
    let mut response = leading(status(error), error.title(), text.trim_end(), back);
    if let Some(seconds) = error.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Turned away before anything is looked at: with a page, and where programs ask in short.
pub fn refused(path: &str, status: StatusCode, title: &str, text: &str) -> Response {
    match is_for_programs(path) {
        true => (status, format!("{title}. {text}\n")).into_response(),
        false => page(status, title, text),
    }
}

/// Nobody reads what is answered there.
pub fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || ["/healthz", "/readyz", "/metrics"].contains(&path)
}

/// The page for a panic: no details, those are in the log.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong in Crowsnest",
        "This is a bug. The log has the details, under the request id in the header x-request-id.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_function_error() -> Response {
        let mut error = AppError::new(Kind::RateLimited, "Too many requests.");
        error.retry_after = Some(7);
        Response::builder()
            .status(StatusCode::INTERNAL_SERVER_ERROR)
            .header(SERVER_FN_ERROR_HEADER, "/api/tables")
            .body(Body::from(serde_json::to_vec(&error).unwrap()))
            .unwrap()
    }

    #[tokio::test]
    async fn an_error_of_a_server_function_has_its_own_status() {
        let response = status_of_error(server_function_error()).await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
        let body = to_bytes(response.into_body(), LARGEST).await.unwrap();
        assert!(
            serde_json::from_slice::<AppError>(&body).is_ok(),
            "the body is as it was"
        );
    }

    #[tokio::test]
    async fn an_error_of_any_length_is_answered_with_words() {
        let mut response = server_function_error();
        *response.body_mut() = Body::from("x".repeat(LARGEST + 1));
        let response = status_of_error(response).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), LARGEST).await.unwrap();
        let error: AppError = serde_json::from_slice(&body).unwrap();
        assert!(error.message.contains("too long"));
    }

    #[tokio::test]
    async fn the_page_for_a_panic_has_no_details() {
        let response = panicked(Box::new("CANARY"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), LARGEST).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("CANARY"));
    }
}
