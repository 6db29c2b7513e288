//! The destination wizard where it needs more than a page: answers to forms that carry secrets,
//! and the program's own subcommand.

pub mod cli;
mod forms;

use ::destination::MAX_BYTES;
use axum::{Router, routing::get};
use model::page::WizardStep;

use crate::{
    forms::{Limit, form},
    page,
};

/// A file of the largest size, each of its bytes three in a form, and the fields beside it.
const FILE: Limit = Limit {
    sent: 3 * MAX_BYTES + 64 * 1024,
    said: MAX_BYTES,
};

pub fn routes() -> Router {
    // An address that takes a form is read here too: it stands before the application's own.
    let page = page::page(|| ());
    let [check, import] = [WizardStep::Check, WizardStep::Import].map(WizardStep::path);
    Router::new()
        .route(WizardStep::FILE, form(FILE, forms::file).get(page.clone()))
        .route(&check, form(FILE, forms::check).get(page.clone()))
        .route(&import, form(FILE, forms::import).get(page))
        .route(WizardStep::STACK, get(forms::compose))
}
