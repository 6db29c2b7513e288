//! Answers for what went wrong.

use std::any::Any;

use axum::{
    Json,
    body::{Body, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use html_escape::encode_text;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use model::error::{AppError, Kind};

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
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
        if let Some(seconds) = error.retry_after {
            parts
                .headers
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    Response::from_parts(parts, Body::from(body))
}

/// In place of an error that is longer than [`LARGEST`].
fn too_long() -> Response {
    let error = AppError::new(Kind::Console, "The error is too long to be shown.")
        .hint("This is a bug of Crowsnest: its log names the request.");
    (StatusCode::INTERNAL_SERVER_ERROR, Json(error)).into_response()
}

/// A page that takes nothing to make. `title` and `text` are our own words.
pub fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Crowsnest</title>\
         <h1>{}</h1><p>{}</p><p><a href=\"/\">Back to the connections</a></p></html>",
        encode_text(title),
        encode_text(text),
    );
    (status, Html(page)).into_response()
}

/// The page for a panic: no details, those are in the log.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong in Crowsnest",
        "This is a bug. The log has the details, under the request id in the header x-request-id.",
    )
}

/// An error as plain text, for what is no page.
pub fn plain(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let hint = error.hint.as_deref().unwrap_or_default();
    (status, format!("{}\n{hint}\n", error.message)).into_response()
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
