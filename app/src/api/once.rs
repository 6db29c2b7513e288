use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{codec::Json, error::AppError};

/// The id of a form, where its page reads nothing else.
#[server(prefix = "/api", endpoint = "once", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_once() -> Result<String, AppError> {
    Ok(backend::new_id())
}
