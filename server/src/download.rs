use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::Body,
    extract::{Extension, FromRequestParts, RawQuery},
    http::{HeaderName, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use backend::{Session, csv::Format, names::export::Export};
use hyper::body::{Bytes, Frame};
use iceberg_rest::{ErrorKind, Namespace, SnapshotsMode, TableIdent, client::Pieces};
use model::{
    error::{AppError, Kind},
    page::{NamespaceTab, Page, TableTab},
    paths::{EXPORT, HOME, METADATA, Place, Query},
    raw::{MaskedPieces, masked},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::mpsc;

use crate::{fault, workers::AsItArrives};

/// Where [`Place::metadata_path`] leads.
pub fn route() -> String {
    format!("{}/{}{METADATA}", Page::Connection.route(), Page::TABLE)
}

/// Where [`Place::tables_export_path`] leads.
pub fn tables_route() -> String {
    Page::Namespace.route() + EXPORT
}

/// The place that the address of a file names.
pub struct At(pub Place);

impl<S: Sync> FromRequestParts<S> for At {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let query = parts.uri.query().unwrap_or_default();
        let place = Place::read(parts.uri.path(), query);
        place
            .map(Self)
            .map_err(|deep| fault::error(&deep.into(), HOME))
    }
}

/// `GET /c/{connection}/t/metadata.json?ns=…&t=…`: a table's metadata, to the last digit as the
/// catalog sent it, without the configuration and credentials around it. Values that the page masks
/// are masked here too, unless `reveal=` asks for them.
pub async fn metadata(Extension(session): Extension<Session>, At(place): At) -> Response {
    match read(&session, &place).await {
        Ok(answer) => (headers(&place), answer).into_response(),
        Err(error) => fault::error(&error, &place.table_path(TableTab::Raw)),
    }
}

/// What is too long to be read at once is given on as it arrives.
async fn read(session: &Session, place: &Place) -> Result<Response, AppError> {
    let connection = session.connection(&place.connection)?;
    let table = Namespace::try_new(place.namespace.clone())
        .and_then(|namespace| {
            TableIdent::try_new(namespace, place.object.clone().unwrap_or_default())
        })
        .map_err(|error| {
            AppError::new(
                Kind::NotSent,
                format!("This address names no table: {error}."),
            )
        })?;
    let client = connection
        .client(place.warehouse.as_deref(), place.reference.as_deref())
        .await?;
    match client.load_table_raw(&table, SnapshotsMode::All).await {
        Ok(table) => {
            let shown = masked(&table.metadata, session.reveal()).json;
            Ok(shown.into_owned().into_response())
        }
        Err(error) if matches!(error.kind, ErrorKind::TooLarge { .. }) => {
            let pieces = client.load_table_pieces(&table).await?;
            let (to, from) = mpsc::channel(AHEAD);
            tokio::spawn(give(
                pieces,
                MaskedPieces::new(session.reveal().clone()),
                to,
            ));
            Ok((Extension(AsItArrives), Body::new(Given(from))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /c/{connection}/ns/export?ns=…&format=csv|json`: the tables of a namespace with what is known of them;
/// the page of the list where a link elsewhere led here.
pub async fn tables(
    Extension(session): Extension<Session>,
    At(place): At,
    RawQuery(query): RawQuery,
) -> Response {
    let (format, media, name) = match Query::parse(&query.unwrap_or_default()).get("format") {
        Some("json") => (Format::Json, "application/json", "tables.json"),
        _ => (Format::Csv, "text/csv; charset=utf-8", "tables.csv"),
    };
    let page = place.namespace_tab_path(NamespaceTab::Tables);
    match backend::names::export::export(&session, &place, format).await {
        Ok(Some(export)) => {
            let (to, from) = mpsc::channel(AHEAD);
            tokio::spawn(write(export, to));
            let headers = [
                (header::CONTENT_TYPE, media.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
            ];
            let body = Body::new(Given(from));
            (headers, Extension(AsItArrives), body).into_response()
        }
        Ok(None) => Redirect::to(&page).into_response(),
        Err(error) => fault::error(&error, &page),
    }
}

/// Writes until all of it is there or nobody takes it.
async fn write(export: Export, to: mpsc::Sender<Piece>) {
    for piece in export {
        if to.send(Ok(Bytes::from(piece))).await.is_err() {
            return;
        }
    }
}

/// Pieces that wait for a slow browser.
pub const AHEAD: usize = 2;

pub type Piece = Result<Bytes, io::Error>;

/// Gives on what arrives, masked, until all of it is there or nobody takes it.
async fn give(mut pieces: Pieces, mut masked: MaskedPieces, to: mpsc::Sender<Piece>) {
    loop {
        let piece = match pieces.next().await {
            Ok(Some(piece)) => masked.push(&piece).map_err(io::Error::other),
            Ok(None) if masked.is_whole() => return,
            Ok(None) => Err(io::Error::other("it ends before the metadata does")),
            Err(error) => Err(io::Error::other(error.message.clone())),
        };
        if let Err(error) = &piece {
            tracing::warn!(%error, "the download of a table's metadata is cut");
        }
        let is_over = piece.is_err();
        if to.send(piece.map(Bytes::from)).await.is_err() || is_over {
            return;
        }
    }
}

/// A body of pieces. One that fails ends the connection, so that the browser sees it.
pub struct Given(pub mpsc::Receiver<Piece>);

impl hyper::body::Body for Given {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0
            .poll_recv(context)
            .map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

fn headers(place: &Place) -> [(HeaderName, String); 2] {
    let name = format!("{}.metadata.json", place.dotted());
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    [
        (header::CONTENT_TYPE, "application/json".into()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"metadata.json\"; filename*=UTF-8''{name}"),
        ),
    ]
}
