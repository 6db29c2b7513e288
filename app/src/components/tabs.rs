use leptos::prelude::*;

/// One tab: a link, so that it has an address and works without scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub current: bool,
}

/// Views of one object, side by side.
#[component]
pub fn Tabs(
    /// Names the set for those who do not see it.
    label: &'static str,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    /// How much is behind each tab, where known. A resource that it reads has been waited for.
    #[prop(optional)]
    counts: Option<Signal<Vec<Option<String>>>>,
    /// What some that belong together begin with, by label.
    #[prop(optional)]
    groups: Vec<&'static str>,
) -> impl IntoView {
    // Each tab looks at it: it is made once for all of them. Where they wait in a boundary for those of another object,
    // they are still drawn while what they read is gone.
    let tabs = Memo::new(move |_| tabs.get());
    let known = move || tabs.try_read().map(|tabs| numbered(&tabs));
    view! {
        <nav aria-label=label class="relative border-b border-base-300 overflow-x-auto" data-tabs="">
            <ul class="flex lg:flex-wrap text-sm">
                <For each=move || known().unwrap_or_default() key=|(index, tab)| (*index, tab.href.clone()) let((index, tab))>
                    <li class=if groups.contains(&tab.label) { "tab-group flex" } else { "flex" }>
                        <a
                            href=tab.href
                            aria-current=move || tabs.try_read()?.get(index).filter(|tab| tab.current).map(|_| "page")
                            class="tab-link flex items-baseline gap-1 px-2 py-2 whitespace-nowrap border-b-2 border-transparent hover:border-base-content/40 aria-[current=page]:border-primary"
                        >
                            // Takes as much room when it is bold.
                            <span data-text=tab.label>{tab.label}</span>
                            {counts.map(|counts| view! { <Count counts index /> })}
                        </a>
                    </li>
                </For>
            </ul>
        </nav>
    }
}

fn numbered(tabs: &[Tab]) -> Vec<(usize, Tab)> {
    tabs.iter().cloned().enumerate().collect()
}

#[component]
fn Count(counts: Signal<Vec<Option<String>>>, index: usize) -> impl IntoView {
    move || {
        let count = counts.try_read()?.get(index).cloned().flatten()?;
        Some(view! {
            " "
            <span class="badge badge-sm badge-ghost tabular-nums">{count}</span>
        })
    }
}
