use leptos::prelude::*;

use crate::ui::icon::Icon;

/// Keeps what pages said was done, in this tab of the browser and as long as it is open: the words that
/// stand on the page, when, and where. Each once: whoever comes back to a page has done nothing again.
pub const CHANGES: &str = "\
    {\
        const read = () => { try { return JSON.parse(sessionStorage.getItem('changes')) ?? []; } catch { return []; } };\
        const show = () => {\
            const all = read();\
            for (const box of document.querySelectorAll('[data-changes]')) {\
                box.hidden = !all.length;\
                box.querySelector('[data-count]').textContent = all.length;\
                box.querySelector('ul').replaceChildren(...all.map(({ at, text, href }) => {\
                    const [item, link, time] = ['li', 'a', 'time'].map((tag) => document.createElement(tag));\
                    Object.assign(link, { href, textContent: text });\
                    Object.assign(time, { dateTime: at, textContent: `${at.slice(11, 19)} UTC `, className: 'text-xs opacity-70' });\
                    link.prepend(time);\
                    item.append(link);\
                    return item;\
                }));\
            }\
        };\
        const note = () => {\
            const said = document.querySelector('main [data-flash]')?.dataset.flash;\
            const [visit] = performance.getEntriesByType('navigation');\
            const all = read();\
            const id = performance.timeOrigin;\
            if (said && visit?.type === 'navigate' && !all.some((it) => it.id === id)) {\
                const query = new URLSearchParams(location.search);\
                for (const key of ['done', 'what', 'undo', 'opened']) query.delete(key);\
                const title = document.querySelector('h1')?.textContent ?? '';\
                const text = `${title}: ${said}`.replace(/\\p{C}/gu, '\u{fffd}').slice(0, 200);\
                const line = { id, at: new Date().toISOString(), text, href: `${location.pathname}?${query}` };\
                try { sessionStorage.setItem('changes', JSON.stringify([line, ...all].slice(0, 50))); } catch {}\
            }\
            show();\
        };\
        addEventListener('DOMContentLoaded', () => { for (const wait of [0, 300]) setTimeout(note, wait); });\
    }";

/// What was changed in this visit; nothing as long as nothing was, and without scripts.
#[component]
pub fn ChangesOfVisit() -> impl IntoView {
    view! {
        <details class="sm:relative" data-menu="" data-changes="" hidden>
            <summary class="btn btn-ghost btn-sm px-2" title="Changes of this visit">
                <Icon name="icon-bell" class="text-base" />
                <span class="sr-only">"Changes of this visit: "</span>
                <span class="text-xs tabular-nums" data-count=""></span>
            </summary>
            <div class="menu-panel sm:left-auto sm:right-0">
                <ul></ul>
            </div>
        </details>
    }
}
