//! The one way to answer a form: an address, a handler, and an [`Answer`].

mod sent;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, Extension, Request},
    http::{HeaderName, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, post},
};
use backend::{Catalog, Session};
use leptos::prelude::provide_context;
use model::{
    error::AppError,
    paths::{HOME, Place, Query, local},
    posted::Posted,
};

pub use sent::{Limit, SMALL, Unread, fields};

use crate::{fault, page};

/// A form that was sent.
pub struct Form {
    pub session: Session,
    /// The address that it was sent to.
    pub uri: Uri,
    pub fields: Query,
}

/// What an accepted form is answered with.
pub enum Answer<T> {
    /// Another page.
    Go(String),
    /// The page at the form's own address, with what came of it.
    Page(T),
    File(File),
}

/// A file to keep, made for the one who asks.
pub struct File {
    pub media: &'static str,
    pub name: &'static str,
    pub text: String,
}

/// Takes the form of a page at the page's own address. An error is shown there, with what was typed.
pub fn form<T, F>(
    limit: Limit,
    handle: impl Fn(Form) -> F + Clone + Send + Sync + 'static,
) -> MethodRouter
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Answer<T>, AppError>> + Send + 'static,
{
    let answer = move |Extension(session): Extension<Session>, request: Request| async move {
        let (parts, body) = request.into_parts();
        let uri = parts.uri.clone();
        let fields = match fields(&parts, body, limit).await {
            Ok(fields) => fields,
            Err(unread) => {
                return unread.page(uri.path_and_query().map_or(HOME, |own| own.as_str()));
            }
        };
        let typed = Posted::typed(&fields);
        let form = Form {
            session,
            uri,
            fields,
        };
        match handle(form).await {
            Ok(Answer::Go(address)) => Redirect::to(&address).into_response(),
            Ok(Answer::Page(outcome)) => answered(parts, typed.done(outcome)).await,
            Ok(Answer::File(file)) => file.into_response(),
            Err(error) => answered(parts, typed.refused(error)).await,
        }
    };
    post(answer).layer(DefaultBodyLimit::max(limit.sent))
}

/// Takes a form at an address that is no page. It leads `to` a page, or else to the one that it says it
/// stands on; an error is a page by itself.
pub fn button<F>(to: Option<&'static str>, handle: fn(Form) -> F) -> MethodRouter
where
    F: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let answer = move |Extension(session): Extension<Session>, request: Request| async move {
        let (parts, body) = request.into_parts();
        let fields = match fields(&parts, body, SMALL).await {
            Ok(fields) => fields,
            Err(unread) => return unread.page(HOME),
        };
        let Some(to) = to.or_else(|| fields.get("back").and_then(local)) else {
            let why = "It does not say which page it stands on.";
            return Unread::new(StatusCode::BAD_REQUEST, why).page(HOME);
        };
        let to = to.to_owned();
        let form = Form {
            session,
            uri: parts.uri,
            fields,
        };
        match handle(form).await {
            Ok(()) => Redirect::to(&to).into_response(),
            Err(error) => fault::error(&error, &to),
        }
    };
    post(answer).layer(DefaultBodyLimit::max(SMALL.sent))
}

/// The page at the form's address, rendered with what only this answer has.
pub async fn answered<T: Clone + Send + Sync + 'static>(
    mut parts: Parts,
    posted: Posted<T>,
) -> Response {
    let status = posted.error.as_ref().map(fault::status);
    let again = posted.error.as_ref().and_then(|error| error.retry_after);
    parts.method = Method::GET;
    let page = page::page(move || provide_context(posted.clone()));
    let mut response = page(Request::from_parts(parts, Body::empty())).await;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    if let Some(seconds) = again {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

impl Form {
    /// What the address asks for.
    pub fn query(&self) -> Query {
        Query::parse(self.uri.query().unwrap_or_default())
    }

    /// What the address says and what was typed, together.
    pub fn whole(&self) -> Query {
        let typed = self.fields.pairs().iter();
        typed.fold(self.query(), |form, (key, value)| form.and(key, value))
    }

    /// The connection that the address names.
    pub fn connection(&self) -> Result<Arc<Catalog>, AppError> {
        let place = Place::read(self.uri.path(), "")?;
        self.session.connection(&place.connection)
    }
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let name = format!("attachment; filename=\"{}\"", self.name);
        let headers: [(HeaderName, String); 3] = [
            (header::CONTENT_TYPE, self.media.into()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "no-store".into()),
        ];
        (headers, self.text).into_response()
    }
}
