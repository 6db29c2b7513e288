//! Every page of the model stands where its address says, and nothing else does.

use std::collections::HashSet;

use axum::http::StatusCode;
use model::page::{ChangePage, Page, PolarisPage};
use server::page_paths;

use crate::polaris_support::Console;

#[test]
fn every_page_has_a_route_and_every_route_a_page() {
    // A tab that there is none of is told so by its object's page.
    let other = [Page::TABLE, Page::VIEW].map(|kind| format!("/c/{{connection}}/{kind}/{{tab}}"));
    let pages: HashSet<String> = Page::all().map(Page::route).chain(other).collect();
    let routes = page_paths().filter(|path| path.starts_with("/c/"));
    let routes: HashSet<String> = routes.map(str::to_owned).collect();
    assert_eq!(routes, pages);
}

#[tokio::test]
async fn every_form_has_somebody_who_answers_it() {
    let console = Console::start().await;
    let forms = PolarisPage::ALL.iter().filter(|page| page.takes_form());
    let forms = forms.map(|page| page.slug());
    let changes = ChangePage::ALL.iter().map(|page| page.slug());
    for page in forms.chain(changes) {
        let answer = console.submit(page, &[]).await;
        assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{page:?}");
        assert!(!answer.body.contains("There is no such form."), "{page:?}");
    }
}
