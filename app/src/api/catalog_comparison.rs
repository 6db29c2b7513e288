use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{catalog_comparison::ComparisonPage, codec::Json, error::AppError};

/// Two catalogs beside each other, as an address asks for them; `fresh` compares them anew.
#[server(prefix = "/api", endpoint = "catalog-comparison", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_catalog_comparison(
    query: String,
    fresh: bool,
) -> Result<ComparisonPage, AppError> {
    use model::{catalog_comparison::Ask, paths::Query};
    let ask = Ask::read(&Query::parse(&query));
    backend::catalog_comparison::load_catalog_comparison(&crate::session()?, &ask, fresh).await
}
