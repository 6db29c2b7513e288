use std::sync::LazyLock;

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{
    App,
    components::{
        changes::CHANGES,
        kept::KEPT,
        keys::{KEYS, KeySheet},
        signed_in,
        theme::REMEMBERED,
        tree::width::TREE_WIDTH,
    },
};

/// A link or the back button that is pressed before the page is alive is the browser's own: the router
/// would change a page that is still being taken over, and fail. Where the address is already another
/// one than the page was served for, the browser loads that one.
const EARLY: &str = "\
    const address = (url) => url.split('#')[0];\
    const served = performance.getEntriesByType('navigation')[0]?.name ?? location.href;\
    let leaving = false;\
    const follow = () => { if (address(location.href) !== address(served)) { leaving = true; location.reload(); } };\
    const early = (event) => { event.stopImmediatePropagation(); follow(); };\
    for (const type of ['click', 'popstate']) addEventListener(type, early, true);\
    follow();";

/// A button that changes something is off while its form is on its way: a second press would only ask again
/// what came of it. It is on again where the browser shows the page from before.
const BUSY: &str = "\
    addEventListener('submit', ({ target, defaultPrevented }) => {\
        if (!target.elements.once || defaultPrevented) return;\
        setTimeout(() => { for (const button of target.querySelectorAll('button:enabled')) { button.disabled = true; button.dataset.busy = ''; } });\
    });\
    addEventListener('pageshow', () => {\
        for (const button of document.querySelectorAll('[data-busy]')) { button.disabled = false; }\
    });";

/// Another page is told to who does not see it, and is where the keyboard goes on, unless what had the focus stays, as in
/// the tree; so does what a link leads to that keeps the title. The title changes first, and what goes with the old page a
/// moment later. Of tabs that do not fit and of the lines of a long tree, the open one is in sight.
const ARRIVED: &str = "\
    let told = document.title;\
    const arrive = (tries) => {\
        const heading = document.querySelector('h1');\
        if (document.activeElement !== document.body) { if (tries) setTimeout(arrive, 50, tries - 1); }\
        else if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }\
    };\
    const reveal = () => {\
        const box = document.querySelector('[data-tabs]');\
        const tab = box?.querySelector('[aria-current]');\
        if (tab) box.scrollLeft = tab.offsetLeft - (box.clientWidth - tab.offsetWidth) / 2;\
        const line = document.querySelector('[role=tree] [aria-current]');\
        const pane = line?.closest('[data-pane]');\
        if (!pane) return;\
        const [at, of] = [line, pane].map((it) => it.getBoundingClientRect());\
        if (at.top < of.top || at.bottom > of.bottom) pane.scrollTop += at.top - of.top - of.height / 2;\
    };\
    addEventListener('DOMContentLoaded', reveal);\
    addEventListener('click', ({ target }) => { if (target.closest('main a[href]')) arrive(20); });\
    new MutationObserver(() => {\
        const region = document.getElementById('arrived');\
        if (document.title === told || !region) return;\
        region.textContent = told = document.title;\
        arrive(20);\
        for (const wait of [0, 300]) setTimeout(reveal, wait);\
    }).observe(document.head, { childList: true, subtree: true, characterData: true });";

/// `/` and Ctrl K lead to the search field; where there is no room for one, to its page.
const SEARCH: &str = "\
    addEventListener('keydown', (event) => {\
        const typing = event.target.closest?.('input, textarea, select');\
        const bare = !event.ctrlKey && !event.metaKey && !event.altKey;\
        const asks = bare ? event.key === '/' && !typing : event.key === 'k' && !event.altKey;\
        const field = document.querySelector('header [name=q]');\
        if (!asks || !field) return;\
        event.preventDefault();\
        if (!field.offsetParent) { location.assign(field.form.action); return; }\
        field.focus();\
        field.select();\
    });";

/// A menu closes when something else is pressed, a link in it is followed, or Escape is pressed, which leads back to what
/// opens it. What is typed in its field hides the lines without it.
const MENUS: &str = "\
    const menus = (leave, close = (menu) => { menu.open = false; }) => {\
        for (const menu of document.querySelectorAll('[data-menu][open]')) { if (leave(menu)) close(menu); }\
    };\
    addEventListener('click', ({ target }) => menus((menu) => !menu.contains(target) || target.closest('a, button')));\
    addEventListener('input', ({ target }) => {\
        const lines = target.closest('[data-narrow]')?.parentElement.querySelectorAll('li') ?? [];\
        for (const line of lines) line.hidden = !line.textContent.toLowerCase().includes(target.value.toLowerCase());\
    });\
    addEventListener('keydown', ({ key, target }) => {\
        if (key === 'Escape') menus(() => true, (menu) => {\
            menu.open = false;\
            if (menu.contains(target)) menu.firstElementChild.focus();\
        });\
    });";

/// What the head says is fetched is compiled while the page is drawn, and waited for by nobody. A file is a module, or holds
/// several, which are named in its section `parts`: some that another file holds as well.
const COMPILED: &str = "\
    const files = {}, modules = {};\
    const compile = (href) => files[href] ??= (async () => {\
        const file = await WebAssembly.compileStreaming(fetch(href));\
        const section = (name) => WebAssembly.Module.customSections(file, name)[0];\
        if (!section('parts')) return file;\
        const names = new TextDecoder().decode(section('parts')).split(',').filter(Boolean);\
        return Promise.all(names.map(async (name) => [name, await (modules[name] ??= WebAssembly.compile(section(name)).catch((error) => { delete modules[name]; throw error; }))]));\
    })().catch((error) => { delete files[href]; throw error; });\
    for (const { href } of document.querySelectorAll('link[as=fetch]')) compile(href).catch(() => {});";

/// One script: between two, the browser may draw a page that is not there yet.
static SCRIPTS: LazyLock<String> = LazyLock::new(|| {
    [
        COMPILED, REMEMBERED, EARLY, BUSY, TREE_WIDTH, KEPT, CHANGES, ARRIVED, SEARCH, MENUS, KEYS,
    ]
    .join("\n")
});

/// Where the browser finds what it downloads: addresses that name the content's hash, so that
/// they can be kept for ever.
#[derive(Clone, Debug)]
pub struct Assets {
    pub script: String,
    /// What fetches the parts of the code; the script imports it.
    pub loader: Option<String>,
    pub wasm: String,
    pub style: String,
    pub favicon: String,
    /// Drawings by id, of which icons show one each.
    pub icons: &'static str,
}

/// The document around the application. `referrer` replaces the policy of the answer's header.
#[expect(
    clippy::disallowed_methods,
    reason = "scripts and drawings are our own"
)]
pub fn shell(
    assets: Assets,
    options: LeptosOptions,
    referrer: Option<&'static str>,
) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce();
    let start = format!(
        "import init, {{ hydrate }} from \"{script}\";\
         init({{ module_or_path: compile(new URL(\"{wasm}\", location).href) }}).then(async () => {{\
            if (leaving) return;\
            await hydrate();\
            performance.mark('alive');\
         }}).finally(() => {{\
            for (const type of ['click', 'popstate']) removeEventListener(type, early, true);\
         }});",
        script = assets.script,
        wasm = assets.wasm,
    );
    view! {
        <!DOCTYPE html>
        <html lang="en" data-who=signed_in::name() data-admin=signed_in::is_admin()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                {referrer.map(|policy| view! { <meta name="referrer" content=policy /> })}
                <link rel="icon" href=assets.favicon type="image/svg+xml" />
                <MetaTags />
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                // Before the sheet: a script after it waits for it, and the page behind the script too.
                <script nonce=nonce.clone()>{SCRIPTS.as_str()}</script>
                <link rel="stylesheet" href=assets.style />
                <link rel="modulepreload" href=assets.script nonce=nonce.clone() />
                {assets.loader.map(|loader| view! { <link rel="modulepreload" href=loader nonce=nonce.clone() /> })}
                <AutoReload options=options.clone() />
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body>
                <App />
                <KeySheet />
                <svg hidden inner_html=assets.icons></svg>
            </body>
        </html>
    }
}
