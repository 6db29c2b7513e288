use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    Read,
    codec::Json,
    error::AppError,
    names::{Counts, NameKind, Names, NamesAsk},
    paths::Place,
};

/// Rows of a list of names. While the list is arriving, what has arrived by now.
#[server(prefix = "/api", endpoint = "names", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_names(
    place: Place,
    kind: NameKind,
    ask: NamesAsk,
    fresh: bool,
) -> Result<Read<Names>, AppError> {
    backend::names::load_names(&crate::session()?, place, kind, ask, fresh).await
}

/// How much a namespace holds, as far as is known: lists that are slow are not waited for.
#[server(prefix = "/api", endpoint = "counts", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_counts(place: Place) -> Result<Counts, AppError> {
    backend::names::load_counts(&crate::session()?, place).await
}
