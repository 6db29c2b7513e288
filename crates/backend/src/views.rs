//! What the tabs of a view show.

use model::{
    Read,
    error::AppError,
    paths::Place,
    properties::Properties,
    schema::SchemaPage,
    views::{VersionRow, ViewOverview, ViewSql},
    window::Window,
};

use crate::{Session, reading::view};

/// The view at a glance.
pub async fn load_view(session: &Session, place: Place) -> Result<Read<ViewOverview>, AppError> {
    view(session, "view", place, (), |view, ()| view.into()).await
}

/// The texts of a version; the current one stands for an unknown one.
pub async fn load_sql(
    session: &Session,
    place: Place,
    version: String,
) -> Result<Read<Option<ViewSql>>, AppError> {
    view(session, "view sql", place, version, |view, version| {
        ViewSql::new(&view.metadata, version)
    })
    .await
}

/// `schema` is an id; that of the current version stands for an unknown one.
pub async fn load_view_schema(
    session: &Session,
    place: Place,
    schema: String,
    filter: String,
    page: usize,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    view(
        session,
        "view schema",
        place,
        (schema, filter, page),
        |view, asked| {
            let (schema, filter, page) = asked;
            let metadata = &view.metadata;
            let current = metadata
                .current_version()
                .and_then(|version| metadata.schema_of(version));
            SchemaPage::new(&metadata.schemas, current, schema, filter, *page)
        },
    )
    .await
}

/// Its versions, page by page.
pub async fn load_versions(
    session: &Session,
    place: Place,
    page: usize,
) -> Result<Read<Window<VersionRow>>, AppError> {
    view(session, "view versions", place, page, |view, page| {
        model::views::versions(&view.metadata, *page)
    })
    .await
}

/// Its properties whose key or value holds `filter`, page by page.
pub async fn load_view_properties(
    session: &Session,
    place: Place,
    filter: String,
    page: usize,
) -> Result<Read<Properties>, AppError> {
    let reveal = session.reveal().clone();
    view(
        session,
        "view properties",
        place,
        (filter, page),
        move |view, (filter, page)| {
            Properties::new(&view.metadata.properties, filter, *page, &reveal)
        },
    )
    .await
}
