use axum::{
    extract::{Extension, RawQuery},
    http::{HeaderName, Uri, header},
    response::{IntoResponse, Response},
};
use backend::Session;
use iceberg_rest::{Namespace, TableIdent};
use model::{
    error::{AppError, Kind},
    page::{Page, TableTab},
    paths::{HOME, METADATA, Place},
    raw::masked,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::fault;

/// Where [`Place::metadata_path`] leads.
pub fn route() -> String {
    format!("{}/{}{METADATA}", Page::Connection.route(), Page::TABLE)
}

/// `GET /c/{connection}/t/metadata.json?ns=…&t=…`: a table's metadata, to the last digit as the
/// catalog sent it, without the configuration and credentials around it. Values that the page masks
/// are masked here too, unless `reveal=` asks for them.
pub async fn metadata(
    Extension(session): Extension<Session>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let place = match Place::read(uri.path(), &query) {
        Ok(place) => place,
        Err(deep) => return fault::error(&deep.into(), HOME),
    };
    match read(&session, &place).await {
        Ok(json) => {
            let shown = masked(&json, session.reveal()).json.into_owned();
            (headers(&place), shown).into_response()
        }
        Err(error) => fault::error(&error, &place.table_path(TableTab::Raw)),
    }
}

async fn read(session: &Session, place: &Place) -> Result<String, AppError> {
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
    Ok(client.load_table_raw(&table).await?.metadata)
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
