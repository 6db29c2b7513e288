//! The record of what people did, as a file.

use std::io;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Extension, RawQuery},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{Session, audit::export, csv::Format};
use model::{
    audit::AuditAsk,
    paths::{AUDIT_EXPORT, Query},
};
use tokio::sync::mpsc;

use crate::{
    download::{AHEAD, Given},
    fault,
    workers::AsItArrives,
};

pub fn routes() -> Router {
    Router::new().route(AUDIT_EXPORT, get(file))
}

/// `GET /audit/export?format=csv|json`, with what is asked for as the page has it.
async fn file(Extension(session): Extension<Session>, RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let (format, media, name) = match query.get("format") {
        Some("json") => (Format::Json, "application/json", "audit.json"),
        _ => (Format::Csv, "text/csv; charset=utf-8", "audit.csv"),
    };
    let ask = AuditAsk::read(&query);
    match export::export(&session, &ask, format).await {
        Ok(mut export) => {
            let (to, from) = mpsc::channel(AHEAD);
            tokio::spawn(async move {
                while let Some(piece) = export.next().await {
                    let piece = piece.map_err(|error| io::Error::other(error.message));
                    let failed = piece.is_err();
                    if to.send(piece.map(Bytes::from)).await.is_err() || failed {
                        return;
                    }
                }
            });
            let headers = [
                (header::CONTENT_TYPE, media.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
            ];
            (headers, Extension(AsItArrives), Body::new(Given(from))).into_response()
        }
        Err(error) => fault::error(&error, &ask.path()),
    }
}
