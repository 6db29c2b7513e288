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

/// Read by nobody, and left out of what is downloaded. The code is split into parts, each of which begins its data at a round
/// address, within the room that all data had in one: without some to spare, everything would come with the first part.
#[used]
static ROOM: [u8; 1 << 15] = [1; 1 << 15];
