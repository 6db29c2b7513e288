//! Forms of server functions that a browser sends by itself, before scripts run or without them.
//! Leptos would redirect to whatever the `Referer` is: here the form itself names its page.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use html_escape::{encode_double_quoted_attribute, encode_text};
use leptos::server_fn::error::ServerFnUrlError;
use model::{
    error::{AppError, Kind},
    paths::{HOME, local},
};
use url::Position;

use crate::{bounds::Fields, router::BODY_BYTES};

/// Answers such a form with the page that the function names, or with the one that the form stood on,
/// where an error is shown.
pub async fn forms(mut request: Request, next: Next) -> Response {
    let html = |accept: &HeaderValue| accept.to_str().is_ok_and(|text| text.contains("text/html"));
    let by_itself = request.headers().get(header::ACCEPT).is_some_and(html);
    if !by_itself || !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let json = HeaderValue::from_static("application/json");
    request.headers_mut().insert(header::ACCEPT, json);
    if *request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let form = Request::from_parts(parts.clone(), Body::from(body.clone()));
    let fields = match Fields::from_request(form, &()).await {
        Ok(Fields(fields)) => fields,
        Err(refused) => return refused,
    };
    let back = fields.get("back").and_then(local);
    let function = parts.uri.path().to_owned();
    let answer = next.run(Request::from_parts(parts, Body::from(body))).await;
    if !answer.status().is_success() {
        return failed(answer, &function, back).await;
    }
    let named = answer.headers().get(header::LOCATION);
    let named = named.and_then(|address| local(address.to_str().ok()?));
    Redirect::to(named.or(back).unwrap_or(HOME)).into_response()
}

/// What the function said: on the page of the form, or on one of its own where that is not known or
/// the error is too long for its address.
async fn failed(answer: Response, function: &str, back: Option<&str>) -> Response {
    let (mut parts, body) = answer.into_parts();
    let body = to_bytes(body, BODY_BYTES).await.unwrap_or_default();
    let error = serde_json::from_slice(&body)
        .unwrap_or_else(|_| AppError::new(Kind::Console, "Crowsnest could not do this."));
    if let Some(back) = back
        && let Some(told) = with_error(back, function, &error)
    {
        return Redirect::to(&told).into_response();
    }
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, Html(page(&error, back.unwrap_or(HOME)))).into_response()
}

/// The address at which the page of the function's form shows its error.
fn with_error(back: &str, function: &str, error: &AppError) -> Option<String> {
    // The host is any: the address stays one of ours.
    let mut back = format!("http://localhost{back}");
    ServerFnUrlError::<AppError>::strip_error_info(&mut back);
    let error = ServerFnUrlError::new(function, error.clone());
    let url = error.to_url(&back).ok()?;
    let told = url[Position::BeforePath..Position::AfterQuery].to_owned();
    local(&told).map(str::to_owned)
}

fn page(error: &AppError, back: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Crowsnest</title>\
         <h1>{}</h1><p>{}</p><p>{}</p><p><a href=\"{}\">Back to the page</a></p></html>",
        encode_text(error.title()),
        encode_text(&error.message),
        encode_text(error.hint.as_deref().unwrap_or_default()),
        encode_double_quoted_attribute(back),
    )
}
