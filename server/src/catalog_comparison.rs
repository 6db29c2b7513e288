//! Two catalogs beside each other: the file of it, and its button to stop.

use axum::{
    Router,
    extract::{Extension, RawQuery},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{Session, catalog_comparison, csv::Format};
use model::{
    catalog_comparison::{Ask, EXPORT_COMPARISON, STOP_COMPARISON},
    error::AppError,
    paths::Query,
};

use crate::{
    fault,
    forms::{Form, button},
};

pub fn routes() -> Router {
    Router::new()
        .route(EXPORT_COMPARISON, get(file))
        .route(STOP_COMPARISON, button(None, stop))
}

/// `GET /compare/export?c=…&to-c=…&format=csv|json`: what was compared before.
async fn file(Extension(session): Extension<Session>, RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let (format, media, name) = match query.get("format") {
        Some("json") => (Format::Json, "application/json", "comparison.json"),
        _ => (Format::Csv, "text/csv; charset=utf-8", "comparison.csv"),
    };
    let ask = Ask::read(&query);
    match catalog_comparison::export(&session, &ask, format).await {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, media.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, text).into_response()
        }
        Err(error) => fault::error(&error, &ask.path()),
    }
}

/// The two stand in its own address.
async fn stop(form: Form) -> Result<(), AppError> {
    catalog_comparison::stop(&form.session, &Ask::read(&form.query()))
}
