use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    open::{Candidate, Noun},
    paths::Place,
};

/// Looks a typed name up in each way that it can be read, until one is there: then it is the last.
#[server(prefix = "/api", endpoint = "open", input = GetUrl, output = Json, client = crate::Page)]
pub async fn find_by_name(
    place: Place,
    name: String,
    separator: String,
    noun: Noun,
) -> Result<Vec<Candidate>, AppError> {
    backend::open::find_by_name(&crate::session()?, place, name, separator, noun).await
}
