use leptos::prelude::*;
use model::{
    format::visible,
    names::NameKind,
    paths::{Query, extend},
    tree::rows::{Row, RowKind},
};

use super::TreeContext;
use crate::{components::kind_icon::KindIcon, ui::icon::Icon};

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
    let opens = move || namespace.filter(|node| node.with_value(|node| context.opens(node)));
    // Expanded is what shows its inside; until that has arrived, the line is busy.
    let is_expanded = move || {
        let expanded = |node: &Vec<String>| context.is_open(node) && context.is_loaded(node);
        opens().map(|node| node.with_value(expanded).to_string())
    };
    let is_busy = move || {
        let busy = |node: &Vec<String>| context.is_open(node) && !context.is_loaded(node);
        opens().filter(|node| node.with_value(busy)).map(|_| "true")
    };
    let kind = StoredValue::new(kind);
    let is_current = move || kind.with_value(|kind| current(kind, context));
    view! {
        <li
            class=format!("group/item guides rounded-field lg:aria-[current]:[scroll-initial-target:nearest] focus:outline-2 focus:outline-primary {indent}")
            role=role
            tabindex=move || (role == "treeitem" && live.get()).then_some("-1")
            aria-expanded=is_expanded
            aria-busy=is_busy
            aria-current=is_current
            data-key=key
        >
            {match kind.get_value() {
                RowKind::Note(text) => view! {
                    <span class="block bg-base-100 text-xs text-base-content/70 py-1 pl-6 wrap-anywhere">{text}</span>
                }.into_any(),
                _ => view! { <Line kind namespace context /> }.into_any(),
            }}
        </li>
    }
    // The macro has no name for this one.
    .attr("aria-level", (role == "treeitem").then_some(level))
}

/// The line of what the page is about; of the namespace around it, where that is closed.
fn current(line: &RowKind, context: TreeContext) -> Option<&'static str> {
    let here = context.here.read();
    match (line, &here.object) {
        (RowKind::Namespace(node), None) => (*node == here.namespace).then_some("page"),
        (RowKind::Namespace(node), Some(_)) => {
            (*node == here.namespace && !context.is_open(node)).then_some("true")
        }
        (RowKind::Object(kind, around, name), Some((here_kind, here_name))) => {
            let is_here = (kind, name) == (here_kind, here_name) && *around == here.namespace;
            is_here.then_some("page")
        }
        _ => None,
    }
}

/// What leads somewhere.
#[component]
fn Line(
    kind: StoredValue<RowKind>,
    namespace: Option<StoredValue<Vec<String>>>,
    context: TreeContext,
) -> impl IntoView {
    let live = context.live;
    let inner_stop = move || live.get().then_some("-1");
    let (of, text) = kind.with_value(|kind| match kind {
        RowKind::Namespace(node) => (
            Some(NameKind::Namespaces),
            node.last().map(|name| visible(name)).unwrap_or_default(),
        ),
        RowKind::Object(kind, _, name) => (Some(*kind), visible(name)),
        RowKind::List(_, _, text) | RowKind::More(_, text) | RowKind::Note(text) => {
            (None, text.clone())
        }
    });
    let href = move || kind.with_value(|kind| href(kind, context));
    let is_more = kind.with_value(|kind| matches!(kind, RowKind::More(..)));
    let look = match of {
        Some(_) => "grow min-w-0 py-0.5 px-1 wrap-anywhere",
        None => "grow min-w-0 py-0.5 px-1 wrap-anywhere text-xs link",
    };
    let arrow = namespace.map(|node| {
        let label = format!("Show what is inside {text}");
        view! { <Arrow node label context /> }
    });
    let inside = namespace.map(|node| {
        let count = move || {
            let known = context.known.read();
            node.with_value(|node| known.get(node)?.inside.clone())
        };
        let shown = move |count: String| {
            view! {
                <span class="shrink-0 pr-1 text-xs tabular-nums text-base-content/70">
                    {count} <span class="sr-only">"inside"</span>
                </span>
            }
        };
        move || count().map(shown)
    });
    let word = of.filter(|_| namespace.is_none()).map(|kind| {
        view! { <span class="sr-only">{kind.noun()}</span> }
    });
    view! {
        <div class="flex items-center min-h-6 rounded-field bg-base-100 hover:bg-base-200 group-aria-[current]/item:bg-[color-mix(in_oklab,var(--color-primary)_10%,var(--color-base-100))] group-aria-[current]/item:font-semibold group-aria-[current]/item:shadow-[inset_2px_0_0_var(--color-primary)] forced-colors:group-aria-[current]/item:underline">
            <span class="w-6 shrink-0">{arrow}</span>
            <a href=href class=look tabindex=inner_stop prop:replace=is_more data-noscroll=is_more.then_some("")>
                {of.map(|kind| view! { <KindIcon kind /> })}
                <span>{text}</span>
                {word}
            </a>
            {inside}
        </div>
    }
}

fn href(line: &RowKind, context: TreeContext) -> String {
    let state = context.state.read();
    let place = |namespace: &[String]| context.scope.read().with_namespace(namespace);
    let filter = |path| extend(path, &Query::default().with("q", &state.filter));
    let path = match line {
        RowKind::Namespace(node) => place(node).namespace_path(),
        RowKind::Object(kind, around, name) => place(around).path_inside(*kind, name),
        RowKind::List(kind, around, _) => filter(place(around).list_path(*kind)),
        RowKind::More(parent, _) => {
            return state.with_more(parent).write(context.query.get()).link();
        }
        RowKind::Note(_) => return String::new(),
    };
    extend(path, &state.write(Query::default()))
}

/// Opens and closes a namespace.
#[component]
fn Arrow(node: StoredValue<Vec<String>>, label: String, context: TreeContext) -> impl IntoView {
    let live = context.live;
    let label = StoredValue::new(label);
    let is_open = move || node.with_value(|node| context.is_open(node));
    let toggle = move || {
        let here = &context.here.read();
        let state = node.with_value(|node| context.state.read().toggled(node, here));
        state.write(context.query.get()).link()
    };
    view! {
        <Show when=move || node.with_value(|node| context.opens(node))>
            <a
                href=toggle
                class="btn btn-ghost btn-xs w-6 px-0"
                aria-hidden=move || live.get().then_some("true")
                aria-label=label.get_value()
                tabindex=move || live.get().then_some("-1")
                data-toggle=""
                data-noscroll=""
                prop:replace=true
            >
                <span class="inline-flex" class:rotate-90=is_open>
                    <Icon name="icon-chevron-right" />
                </span>
            </a>
        </Show>
    }
}
