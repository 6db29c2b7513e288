use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::page::{Page, PolarisPage};

use crate::ui::icon::Icon;

/// Keeps what was opened and pinned in the browser, names and addresses alone, and fills the lists of it. An object
/// counts as opened once its page stands for a moment without an error; its address changes a moment after its title.
pub const KEPT: &str = "\
    {\
        const sound = ({ href, name, where }) => href.startsWith('/c/') && name && where;\
        const read = (key) => { try { return JSON.parse(localStorage.getItem(key)).filter(sound); } catch { return []; } };\
        const write = (key, list) => { try { localStorage.setItem(key, JSON.stringify(list)); } catch {} };\
        const here = () => {\
            const [, connection, kind] = location.pathname.match(/^\\/c\\/([^/]+)\\/(t|v|generic-table)(?:\\/|$)/) ?? [];\
            const own = kind === 'generic-table' ? 'name' : kind;\
            const query = new URLSearchParams(location.search);\
            const name = query.get(own);\
            if (!name) return;\
            const tab = own === 'name' ? '' : '/overview';\
            const place = new URLSearchParams([...query].filter(([key]) => ['w', 'ref', 'ns', own].includes(key)));\
            const around = [decodeURIComponent(connection), query.get('w'), query.get('ref'), ...query.getAll('ns')];\
            return { href: `/c/${connection}/${kind}${tab}?${place}`, name, where: around.filter((it) => it).join(' › ') };\
        };\
        const others = (key, { href }) => read(key).filter((it) => it.href !== href);\
        const plain = (text) => text.replace(/\\p{C}/gu, '\u{fffd}').slice(0, 200);\
        const line = ({ href, name, where }) => {\
            const [item, link, around] = ['li', 'a', 'span'].map((tag) => document.createElement(tag));\
            Object.assign(link, { href, textContent: plain(name), className: 'link' });\
            Object.assign(around, { textContent: ` ${plain(where)}`, className: 'text-base-content/70' });\
            item.append(link, around);\
            return item;\
        };\
        const show = () => {\
            const at = here();\
            for (const button of document.querySelectorAll('[data-pin]')) {\
                button.hidden = !at;\
                button.setAttribute('aria-pressed', read('pinned').some(({ href }) => href === at?.href));\
            }\
            for (const box of document.querySelectorAll('[data-kept]')) {\
                const lines = read(box.dataset.kept).map(line);\
                box.hidden = !lines.length;\
                box.querySelector('ul').replaceChildren(...lines);\
            }\
            for (const text of document.querySelectorAll('[data-first]')) text.hidden = read('opened').length;\
        };\
        const opened = (url) => {\
            const at = here();\
            if (!at || url !== location.href || document.querySelector('main [role=alert]')) return;\
            write('opened', [at, ...others('opened', at)].slice(0, 12));\
        };\
        const arrive = () => {\
            for (const wait of [0, 300]) setTimeout(show, wait);\
            setTimeout(() => setTimeout(opened, 700, location.href), 300);\
        };\
        addEventListener('DOMContentLoaded', () => {\
            arrive();\
            new MutationObserver(arrive).observe(document.head, { childList: true, subtree: true, characterData: true });\
        });\
        addEventListener('click', ({ target }) => {\
            const at = target.closest('[data-pin]') && here();\
            if (at) {\
                const rest = others('pinned', at);\
                write('pinned', rest.length < read('pinned').length ? rest : [at, ...rest].slice(0, 50));\
            }\
            const list = target.closest('[data-forget]')?.closest('[data-kept]');\
            if (list) write(list.dataset.kept, []);\
            if (at || list) show();\
        });\
    }";

/// What somebody pinned and opened lately in this browser; nothing without scripts.
#[component]
pub fn Kept() -> impl IntoView {
    let list = |key: &'static str, title: &'static str| {
        view! {
            <section data-kept=key hidden class="my-4 text-sm wrap-anywhere">
                <div class="flex items-baseline gap-2">
                    <h2>{title}</h2>
                    <button type="button" class="btn btn-ghost btn-xs" data-forget="">"Forget these"</button>
                </div>
                <ul></ul>
            </section>
        }
    };
    view! {
        <div class="min-w-0">{list("pinned", "Pinned")} {list("opened", "Opened lately")}</div>
    }
}

/// Pins the object of the page.
#[component]
pub fn Pin() -> impl IntoView {
    // There from the start where it has its place, so that it moves nothing when the script comes.
    let nothing = use_location().pathname.with_untracked(|path| {
        !matches!(
            Page::parse(path),
            Some(Page::Table(_) | Page::View(_) | Page::Polaris(PolarisPage::GenericTable))
        )
    });
    view! {
        <button type="button" data-pin="" hidden=nothing aria-pressed="false" class="btn btn-ghost btn-xs noscript:hidden aria-pressed:text-primary aria-pressed:bg-primary/10">
            <Icon name="icon-pin" />
            "Pin"
        </button>
    }
}
