//! Forms about Polaris: what they make or change is shown by another page, and new credentials by the answer.

use axum::Router;
use backend::forms::{self, Done};
use model::{
    error::AppError,
    issued::Issued,
    page::{Page, PolarisPage},
};

use crate::forms::{Answer, Form, SMALL, form};

/// The pages that take their own form.
pub fn routes() -> Router {
    let pages = PolarisPage::ALL.iter().filter(|page| page.takes_form());
    pages.fold(Router::new(), |router, page| {
        router.route(&Page::from(*page).route(), form(SMALL, submit))
    })
}

async fn submit(form: Form) -> Result<Answer<Issued>, AppError> {
    let (path, search) = (form.uri.path(), form.uri.query().unwrap_or_default());
    let done = forms::submit(&form.session, path, search, &form.fields).await?;
    Ok(match done {
        Done::Go(address) => Answer::Go(address),
        Done::Issued(issued) => Answer::Page(issued),
    })
}
