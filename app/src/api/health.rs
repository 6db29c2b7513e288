use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{Read, codec::Json, error::AppError, health::Health, paths::Place};

#[server(prefix = "/api", endpoint = "table_health", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_health(place: Place, fresh: bool) -> Result<Read<Health>, AppError> {
    backend::health::load_health(&crate::session()?, place, fresh).await
}
