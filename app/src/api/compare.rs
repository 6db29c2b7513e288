use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{Read, codec::Json, comparison::TableComparison, error::AppError, paths::Place};

/// `place` beside `other`; where a name was `typed`, beside the table of that name there.
#[server(prefix = "/api", endpoint = "tables_compared", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_table_comparison(
    place: Place,
    other: Place,
    typed: String,
    fresh: bool,
) -> Result<Read<TableComparison>, AppError> {
    let session = crate::session()?;
    backend::compare::load_table_comparison(&session, place, other, typed, fresh).await
}
