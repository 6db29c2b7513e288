#![cfg(target_family = "wasm")]
#![recursion_limit = "256"]

use app::App;

/// Done when the page is alive: the code of its route has arrived by then.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let body = leptos::tachys::dom::body();
    leptos::mount::hydrate_from_async(body, App).await.forget();
}
