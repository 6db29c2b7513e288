//! What a browser sends with a form, read in one way and within bounds.

use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use model::paths::{Query, check};

use crate::{bounds::BODY_BYTES, fault};

const TYPE: &str = "application/x-www-form-urlencoded";

/// How large a form may be.
#[derive(Clone, Copy)]
pub struct Limit {
    /// Bytes, as a browser sends them.
    pub sent: usize,
    /// Bytes, as a person counts them.
    pub said: usize,
}

/// Of most forms.
pub const SMALL: Limit = Limit {
    sent: BODY_BYTES,
    said: BODY_BYTES,
};

/// Why a form is not looked at.
pub struct Unread {
    status: StatusCode,
    why: String,
}

/// The fields of a form, as few and as shallow as those of an address.
pub async fn fields(parts: &Parts, body: Body, limit: Limit) -> Result<Query, Unread> {
    let is_form = |kind: &HeaderValue| kind.to_str().is_ok_and(|kind| kind.starts_with(TYPE));
    if !parts.headers.get(header::CONTENT_TYPE).is_none_or(is_form) {
        let why = "It was not sent as the form of a page.";
        return Err(Unread::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    }
    let request = Request::from_parts(parts.clone(), body);
    let text = String::from_request(request, &()).await;
    let text = text.map_err(|rejection| {
        let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
        let why = match too_large {
            true => format!("It is larger than {} bytes.", limit.said),
            false => "It is no text that could be read.".into(),
        };
        Unread::new(rejection.status(), why)
    })?;
    check(&text).map_err(|why| Unread::new(StatusCode::BAD_REQUEST, why))
}

impl Unread {
    pub fn new(status: StatusCode, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { status, why }
    }

    /// The browser still has what was typed.
    pub fn page(&self, back: &str) -> Response {
        let text = format!(
            "{} Nothing was asked or changed. Go back: your text is still there, to be shortened or sent again.",
            self.why
        );
        fault::leading(self.status, "This form is not understood", &text, back)
    }
}
