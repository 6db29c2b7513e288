use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{audit::AuditPage, codec::Json, error::AppError};

/// A page of the record. `ask` is an [`AuditAsk`](model::audit::AuditAsk) as a query.
#[server(prefix = "/api", endpoint = "audit", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_audit(ask: String) -> Result<AuditPage, AppError> {
    backend::audit::load_audit(&crate::session()?, ask).await
}
