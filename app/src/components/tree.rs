//! What a warehouse holds, beside every page of a connection.

mod item;
mod keyboard;
pub mod width;

use item::TreeItem;
use std::{collections::HashMap, slice};

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use model::{
    error::AppError,
    format::visible,
    namespaces::{Child, Tree},
    page::Page,
    paths::{Place, Query},
    search::SearchAsk,
    tree::{
        rows,
        state::{Here, TreeState},
    },
};

use crate::{
    api::namespaces::load_tree,
    components::{
        again::{ask_again_while, use_live},
        filter_box::FilterBox,
    },
    location::use_query,
    resource::Resource,
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
    here: Memo<Here>,
    state: Memo<TreeState>,
    query: Memo<Query>,
    tree: Resource<Tree>,
    /// What is known of namespaces, by their levels.
    known: Memo<HashMap<Vec<String>, Child>>,
    live: ReadSignal<bool>,
}

impl TreeContext {
    fn is_open(self, node: &[String]) -> bool {
        self.state.read().is_open(node, &self.here.read())
    }

    /// Whether it opens: what is open closes, and what is seen to hold nothing does not open.
    fn opens(self, node: &[String]) -> bool {
        let known = self.known.read();
        self.is_open(node) || !known.get(node).is_some_and(Child::is_hollow)
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
pub fn NamespaceTree(
    current: Memo<Place>,
    /// Set once its first answer is there.
    ready: RwSignal<bool>,
) -> impl IntoView {
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
    let path = use_location().pathname;
    let here =
        Memo::new(move |_| Here::read(Page::parse(&path.read()), &current.read(), &query.read()));
    let ask = Memo::new(move |_| state.read().ask(&here.read()).query().to_string());
    let tree = Resource::new(
        move || (scope.get(), ask.get()),
        |(scope, ask)| load_tree(scope, ask),
    );
    ask_again_while(tree, |tree| {
        tree.branches.iter().any(|branch| branch.arriving)
    });
    #[expect(clippy::disallowed_methods, reason = "only the browser waits for it")]
    Effect::new(move |_| {
        if tree.with(|tree| tree.is_some()) {
            ready.set(true);
        }
    });
    let known = Memo::new(move |_| match tree.get() {
        Some(Ok(tree)) => by_levels(tree),
        _ => HashMap::new(),
    });
    let live = use_live();
    let context = TreeContext {
        scope,
        here,
        state,
        query,
        tree,
        known,
        live,
    };
    let list = NodeRef::<html::Ul>::new();
    let keyboard = keyboard::Keyboard::new(list);
    let rows = move || match tree.get() {
        Some(Ok(tree)) => {
            let state = state.read();
            let rows = rows::rows(&tree, &state, &here.read());
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

fn by_levels(tree: Tree) -> HashMap<Vec<String>, Child> {
    let branches = tree.branches.into_iter();
    let children = branches.flat_map(|branch| {
        let parent = branch.parent;
        let child =
            move |child: Child| ([&parent[..], slice::from_ref(&child.name)].concat(), child);
        branch.children.into_iter().map(child)
    });
    children.collect()
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
