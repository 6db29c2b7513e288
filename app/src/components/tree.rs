//! The namespaces of a warehouse beside every page of a connection.

mod item;
mod keyboard;

use item::TreeItem;
use leptos::{html, prelude::*};
use model::{
    error::AppError,
    format::visible,
    namespaces::Tree,
    paths::{Place, Query},
    search::SearchAsk,
    tree::{rows, state::TreeState},
};

use crate::{
    api::namespaces::load_tree,
    components::{
        again::{ask_again_while, use_live},
        filter_box::FilterBox,
    },
    location::{use_place, use_query},
    ui::skeleton::Skeleton,
};

/// Bytes of the addresses in all lines together: each line repeats what the page’s own says. As markup they
/// may be twice as long.
const ADDRESSES: usize = 768 * 1024;

/// What the lines of the tree share.
#[derive(Clone, Copy)]
struct TreeContext {
    /// The warehouse.
    scope: Memo<Place>,
    current: Memo<Place>,
    state: Memo<TreeState>,
    query: Memo<Query>,
    tree: Resource<Result<Tree, AppError>>,
    live: ReadSignal<bool>,
}

impl TreeContext {
    fn nested(self) -> bool {
        self.tree
            .with(|tree| matches!(tree, Some(Ok(tree)) if tree.nested))
    }

    fn is_open(self, node: &[String]) -> bool {
        let current = &self.current.read().namespace;
        self.state.read().is_open(node, current)
    }

    /// What is inside a namespace has arrived.
    fn is_loaded(self, node: &[String]) -> bool {
        self.tree.with(|tree| match tree {
            Some(Ok(tree)) => tree.branches.iter().any(|branch| branch.parent == node),
            _ => false,
        })
    }
}

/// Loads a branch when it opens. Its lines are plain links until scripts run and bring the keys.
#[component]
pub fn NamespaceTree() -> impl IntoView {
    let current = use_place();
    let query = use_query();
    let scope = Memo::new(move |_| current.read().with_namespace(&[]));
    // An address that says nothing about the tree leaves it as it was.
    let remembered = Memo::new(move |before: Option<&(Place, TreeState)>| {
        let scope = scope.get();
        let before = before
            .filter(|(place, _)| *place == scope)
            .map(|(_, state)| state.clone());
        let state = TreeState::read(&query.read())
            .or(before)
            .unwrap_or_default();
        (scope, state)
    });
    let state = Memo::new(move |_| remembered.with(|(_, state)| state.clone()));
    let ask = Memo::new(move |_| {
        state
            .read()
            .ask(&current.read().namespace)
            .query()
            .to_string()
    });
    let tree = Resource::new(
        move || (scope.get(), ask.get()),
        |(scope, ask)| load_tree(scope, ask),
    );
    ask_again_while(tree, |tree| {
        tree.branches.iter().any(|branch| branch.arriving)
    });
    let live = use_live();
    let context = TreeContext {
        scope,
        current,
        state,
        query,
        tree,
        live,
    };
    let list = NodeRef::<html::Ul>::new();
    let keyboard = keyboard::Keyboard::new(list);
    let rows = move || match tree.get() {
        Some(Ok(tree)) => {
            let state = state.read();
            let rows = rows::rows(&tree, &state, &current.read().namespace);
            let addresses = [query.get(), state.write(Query::default())];
            let bytes: usize = addresses.iter().map(|it| it.to_string().len()).sum();
            rows::cut(rows, ADDRESSES / bytes.max(1))
        }
        _ => Vec::new(),
    };
    view! {
        <FilterBox name="find" label="Find in the tree" drops=&["more"] />
        <Transition fallback=Skeleton>
            <ul
                node_ref=list
                class="my-2 text-sm focus:outline-none"
                role="tree"
                aria-label="Namespaces"
                tabindex=move || live.get().then(|| keyboard.tabindex())
                on:keydown=move |event| keyboard.press(&event)
                on:focus=move |_| keyboard.enter()
                on:focusin=move |_| keyboard.inside.set(true)
                on:focusout=move |_| keyboard.inside.set(false)
            >
                <For each=rows key=|row| row.key.clone() let:row>
                    <TreeItem row context />
                </For>
            </ul>
            {move || tree.get().and_then(problem)}
        </Transition>
        {move || {
            let text = state.with(|state| state.filter.clone());
            let ask = SearchAsk { text, ..SearchAsk::default() };
            let href = ask.within(Some(&current.read().connection)).path();
            (!ask.text.is_empty()).then(|| view! {
                <p class="text-sm wrap-anywhere">
                    <a class="link" href=href>"Search the connection for " {format!("“{}”", visible(&ask.text))}</a>
                </p>
            })
        }}
    }
}

/// The page itself says more about what failed.
fn problem(tree: Result<Tree, AppError>) -> Option<impl IntoView> {
    let error = tree.err()?;
    Some(view! {
        <p class="text-sm text-base-content/70 wrap-anywhere">
            "No namespaces to show. " {error.title()} "."
        </p>
    })
}
