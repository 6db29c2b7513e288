use leptos::prelude::*;
use model::{
    format::{count, visible},
    paths::{Query, extend},
    tree::rows::{Row, RowKind},
};

use super::TreeContext;

/// Indentation by level; deeper ones stay at the last.
const INDENT: [&str; 8] = [
    "pl-0", "pl-4", "pl-8", "pl-12", "pl-16", "pl-20", "pl-24", "pl-28",
];

/// A line of the tree.
#[component]
pub fn TreeItem(row: Row, context: TreeContext) -> impl IntoView {
    let Row { key, level, kind } = row;
    let indent = INDENT[level.saturating_sub(1).min(INDENT.len() - 1)];
    let live = context.live;
    // A note is text between the lines: the keys pass it by.
    let role = match kind {
        RowKind::Note(_) => "none",
        _ => "treeitem",
    };
    let namespace = match &kind {
        RowKind::Namespace(node) => Some(StoredValue::new(node.clone())),
        _ => None,
    };
    let opens = move || namespace.filter(|_| context.nested());
    // Expanded is what shows its inside; until that has arrived, the line is busy.
    let is_expanded = move || {
        let expanded = |node: &Vec<String>| context.is_open(node) && context.is_loaded(node);
        opens().map(|node| node.with_value(expanded).to_string())
    };
    let is_busy = move || {
        let busy = |node: &Vec<String>| context.is_open(node) && !context.is_loaded(node);
        opens().filter(|node| node.with_value(busy)).map(|_| "true")
    };
    let is_current = move || {
        let node = namespace?;
        let place = context.current.read();
        let here = node.with_value(|node| *node == place.namespace);
        here.then_some(if place.object.is_none() {
            "page"
        } else {
            "true"
        })
    };
    view! {
        <li
            class=format!("group/item rounded-field focus:outline-2 focus:outline-primary {indent}")
            role=role
            tabindex=move || live.get().then_some("-1")
            aria-expanded=is_expanded
            aria-busy=is_busy
            aria-current=is_current
            data-key=key
        >
            {match kind {
                RowKind::Namespace(node) => view! { <Namespace node context /> }.into_any(),
                RowKind::More(parent, left) => {
                    let href = move || {
                        let state = context.state.read().with_more(&parent);
                        state.write(context.query.get()).link()
                    };
                    view! {
                        <a href=href class="link text-xs py-1 pl-6 inline-block" prop:replace=true data-noscroll="" tabindex=move || live.get().then_some("-1")>
                            {format!("Show more ({} left)", count(left))}
                        </a>
                    }.into_any()
                }
                RowKind::Note(text) => view! {
                    <span class="block text-xs text-base-content/70 py-1 pl-6 wrap-anywhere">{text}</span>
                }.into_any(),
            }}
        </li>
    }
    // The macro has no name for this one.
    .attr("aria-level", level)
}

#[component]
fn Namespace(node: Vec<String>, context: TreeContext) -> impl IntoView {
    let name = node.last().map(|name| visible(name)).unwrap_or_default();
    let label = name.clone();
    let node = StoredValue::new(node);
    let live = context.live;
    let inner_stop = move || live.get().then_some("-1");
    let is_open = move || node.with_value(|node| context.is_open(node));
    let toggle = move || {
        let current = &context.current.read().namespace;
        let state = node.with_value(|node| context.state.read().toggled(node, current));
        state.write(context.query.get()).link()
    };
    let href = move || {
        let place = node.with_value(|node| context.scope.read().with_namespace(node));
        extend(
            place.namespace_path(),
            &context.state.read().write(Query::default()),
        )
    };
    view! {
        <div class="flex items-center min-h-7 rounded-field hover:bg-base-200 group-aria-[current]/item:bg-primary/10 group-aria-[current]/item:font-semibold">
            <Show when=move || context.nested()>
                <a
                    href=toggle
                    class="btn btn-ghost btn-xs w-6 px-0"
                    aria-hidden=move || live.get().then_some("true")
                    aria-label=format!("Show what is inside {label}")
                    tabindex=inner_stop
                    data-toggle=""
                    data-noscroll=""
                    prop:replace=true
                >
                    <svg class="size-3" class:rotate-90=is_open viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
                        <path d="M4 2l4 4-4 4"></path>
                    </svg>
                </a>
            </Show>
            <a href=href class="grow min-w-0 py-1 px-1 wrap-anywhere" tabindex=inner_stop>
                {name}
            </a>
        </div>
    }
}
