//! Small answers.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

/// Statuses in this crate are literals, or come from tables of literals.
fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

pub(crate) fn json(status: u16, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (
            code(status),
            [(header::CONTENT_TYPE, "application/json")],
            bytes,
        )
            .into_response(),
        Err(error) => text(500, &error.to_string()),
    }
}

/// The error body of the Iceberg REST spec.
pub(crate) fn error(status: u16, kind: &str, message: &str) -> Response {
    json(
        status,
        &json!({"error": {"message": message, "type": kind, "code": status}}),
    )
}

pub(crate) fn text(status: u16, body: &str) -> Response {
    (
        code(status),
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        body.to_owned(),
    )
        .into_response()
}

pub(crate) fn empty(status: u16) -> Response {
    code(status).into_response()
}
