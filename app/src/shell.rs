use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{App, components::theme::REMEMBERED_THEME};

/// Where the browser finds what it downloads: addresses that name the content's hash, so that
/// they can be kept for ever.
#[derive(Clone, Debug)]
pub struct Assets {
    pub script: String,
    pub wasm: String,
    pub style: String,
    pub favicon: String,
}

/// The document around the application.
pub fn shell(assets: Assets, options: LeptosOptions) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce();
    // A link that is followed before the page is alive is the browser's own: the router would
    // change a page that is still being taken over, and fail.
    let start = format!(
        "import init, {{ hydrate }} from \"{script}\";\
         const early = (event) => event.stopPropagation();\
         addEventListener(\"click\", early, true);\
         init({{ module_or_path: \"{wasm}\" }}).then(() => hydrate())\
         .finally(() => removeEventListener(\"click\", early, true));",
        script = assets.script,
        wasm = assets.wasm,
    );
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="icon" href=assets.favicon type="image/svg+xml" />
                <link rel="stylesheet" href=assets.style />
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                <AutoReload options=options.clone() />
                <MetaTags />
                <script nonce=nonce.clone()>{REMEMBERED_THEME}</script>
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
