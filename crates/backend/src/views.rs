//! What the tabs of a view show.

use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    properties::Properties,
    schema::{SchemaPage, Schemas},
    views::{VersionComparison, VersionRow, ViewOverview, ViewSql, ViewText},
    window::Window,
};

use crate::{
    Session,
    reading::{catalog, named, there, view, view_ident},
};

/// The view at a glance.
pub async fn load_view(session: &Session, place: Place) -> Result<Read<ViewOverview>, AppError> {
    view(session, "view", place, (), |view, ()| view.into()).await
}

/// The texts of a version; without one, of the current version, or why there is none.
pub async fn load_sql(
    session: &Session,
    place: Place,
    version: String,
) -> Result<Read<Result<ViewSql, String>>, AppError> {
    let asked = version.clone();
    let read = view(session, "view sql", place, asked, |view, version| {
        ViewSql::new(&view.metadata, version)
    })
    .await?;
    match &read.data {
        Err(why) if !version.is_empty() => Err(missing(why)),
        _ => Ok(read),
    }
}

/// `schema` is an id; empty means that of the current version.
pub async fn load_view_schema(
    session: &Session,
    place: Place,
    schema: String,
    filter: String,
    page: usize,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    let read = view(
        session,
        "view schema",
        place.clone(),
        (schema.clone(), filter, page),
        |view, (schema, filter, page)| {
            SchemaPage::new(&Schemas::from(&view.metadata), schema, filter, *page)
        },
    );
    there(read.await?, &place, &schema)
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

/// Two of its versions, line by line.
pub async fn load_version_comparison(
    session: &Session,
    place: Place,
    from: String,
    to: String,
) -> Result<Read<VersionComparison>, AppError> {
    let asked = (from, to);
    let read = view(
        session,
        "view comparison",
        place,
        asked,
        |view, (from, to)| VersionComparison::new(&view.metadata, from, to),
    )
    .await?;
    read.try_map(|both| both.map_err(missing))
}

/// `why` names the version that is not there.
fn missing(why: impl AsRef<str>) -> AppError {
    AppError::new(Kind::NotFound, why.as_ref())
        .hint("It may have expired. The list of versions shows those that are left.")
}

/// What the form that writes it anew starts with, as it is now.
pub async fn load_view_text(session: &Session, place: Place) -> Result<Read<ViewText>, AppError> {
    let read = session.seen_through("view text", place, (), |session, place, ()| async move {
        let (_, client) = catalog(&session, &place).await?;
        let raw = client.load_view_raw(&view_ident(&place)?).await;
        let raw = raw.map_err(|error| named(error, &client, &place, "view"))?;
        ViewText::new(&raw).ok_or_else(|| {
            let why = "The metadata does not hold the current version of this view, so there is no text to start from.";
            AppError::new(Kind::NotFound, why)
        })
    });
    read.await
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
