use leptos::prelude::*;

/// `j` and `k` walk the rows of the tables of a page, from link to link: the browser's own Enter opens one, and so does `o`.
/// `?` tells what keys there are. Not while somebody types; letters in the tree are its own.
pub const KEYS: &str = "\
    {\
        const TYPED = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';\
        const tell = () => document.getElementById('keys')?.showModal();\
        addEventListener('keydown', (event) => {\
            const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;\
            if (ctrlKey || metaKey || altKey || defaultPrevented || target.closest?.(`${TYPED}, dialog`)) return;\
            if (key === '?') { event.preventDefault(); tell(); }\
            if (target.closest?.('[role=tree]')) return;\
            const here = target.closest?.('main tbody tr');\
            const link = (row) => row?.querySelector('a[href]');\
            if (key === 'o') link(here)?.click();\
            const step = { j: 1, k: -1 }[key];\
            if (!step) return;\
            const rows = [...document.querySelectorAll('main tbody tr')].filter((row) => row.offsetParent && link(row));\
            const next = here ? rows[rows.indexOf(here) + step] : rows[0];\
            link(next)?.focus({ preventScroll: true });\
            next?.scrollIntoView({ block: 'nearest' });\
        });\
        addEventListener('click', ({ target }) => { if (target.closest('[data-keys]')) tell(); });\
    }";

const ALL: [(&[&str], &str); 7] = [
    (&["/", "Ctrl K"], "Search everything"),
    (&["j", "k"], "To the next and the previous row of a table"),
    (&["o", "Enter"], "Open that row"),
    (
        &["↑", "↓", "←", "→"],
        "Through the tree; letters lead to names",
    ),
    (&["Tab"], "To the next link, field or button"),
    (&["Esc"], "Close what is open"),
    (&["?"], "These keys"),
];

/// What the keys do. Part of the document, not of the pages: only the script opens it.
#[component]
pub fn KeySheet() -> impl IntoView {
    let line = |(keys, what): (&'static [&'static str], &'static str)| {
        let keys = keys
            .iter()
            .map(|key| view! { <kbd class="kbd kbd-sm mr-1">{*key}</kbd> });
        view! {
            <dt>{keys.collect_view()}</dt>
            <dd>{what}</dd>
        }
    };
    view! {
        <dialog id="keys" class="m-auto p-4 rounded-box border border-base-300 bg-base-100 text-base-content text-sm" aria-labelledby="keys-title">
            <h2 id="keys-title" class="mb-2">"Keys"</h2>
            <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">{ALL.map(line).into_iter().collect_view()}</dl>
            <form method="dialog" class="mt-3">
                <button class="btn btn-sm">"Close"</button>
            </form>
        </dialog>
    }
}
