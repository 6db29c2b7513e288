//! Forms that change what a catalog holds: what they come to is shown, and made once that is confirmed.

use axum::Router;
use backend::plan::{Sent, submit};
use model::{
    error::AppError,
    page::{ChangePage, Page},
    preview::Preview,
};

use crate::forms::{Answer, Form, SMALL, form};

pub fn routes() -> Router {
    ChangePage::ALL.iter().fold(Router::new(), |router, page| {
        router.route(&Page::from(*page).route(), form(SMALL, answer))
    })
}

async fn answer(form: Form) -> Result<Answer<Preview>, AppError> {
    let (path, search) = (form.uri.path(), form.uri.query().unwrap_or_default());
    let sent = submit(&form.session, path, search, &form.fields).await?;
    Ok(match sent {
        Sent::Go(address) => Answer::Go(address),
        Sent::Shown(preview) => Answer::Page(*preview),
    })
}
