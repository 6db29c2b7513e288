use leptos::prelude::*;
use model::error::{AppError, Kind};

use crate::{components::failed::Failed, layouts::console::Bar, ui::title::Title};

/// An address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let error = AppError::new(Kind::NotFound, "There is no page at this address.")
        .hint("Check the address, or start from the connections.");
    view! {
        <Title text="Not found" />
        <Bar />
        <main id="main" tabindex="-1" class="p-4 max-w-6xl mx-auto">
            <h1>"Not found"</h1>
            <Failed error />
        </main>
    }
}

/// A tab that its object does not have.
#[component]
pub fn NoSuchTab() -> impl IntoView {
    let error = AppError::new(Kind::NotFound, "There is no such tab.")
        .hint("Choose one of the tabs above.");
    view! { <Failed error /> }
}
