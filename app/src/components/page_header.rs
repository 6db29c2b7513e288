use leptos::prelude::*;
use model::{format::visible, paths::Place};

use crate::{components::kept::Pin, ui::title::Title};

/// The head of a page: what it is, and the lists that lead to it; where it is stands in the bar above.
/// `title` becomes the page's title and its one `h1`; `children` are what can be done with it.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// The word before the title: `Table`, `Namespace`.
    noun: &'static str,
    #[prop(into)] crumbs: Signal<Trail>,
    /// The tab that is open.
    #[prop(optional, into)]
    tab: Signal<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = Signal::derive(move || visible(&title.read()));
    // Of many tabs of a browser each says what of what in which catalog it shows.
    let whole = Signal::derive(move || {
        let words = [
            tab.get().to_owned(),
            title.get(),
            visible(&crumbs.read().connection),
        ];
        let mut words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.dedup();
        words.join(" · ")
    });
    let lists = move || {
        let lists = crumbs.get().lists;
        (!lists.is_empty()).then(|| {
            let list = |(text, href): (String, String)| view! { <li><a href=href class="link link-hover">{visible(&text)}</a></li> };
            view! {
                <nav aria-label="Breadcrumbs" class="text-sm breadcrumbs py-0">
                    <ol class="flex-wrap">{lists.into_iter().map(list).collect_view()}</ol>
                </nav>
            }
        })
    };
    view! {
        <Title text=whole />
        {lists}
        <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1 mb-3">
            <h1 class="wrap-anywhere">{title}</h1>
            <span class="text-sm text-base-content/70">{noun}</span>
            <Pin />
            {children.map(|children| view! { <div class="sm:ml-auto flex flex-wrap gap-2 if-there">{children()}</div> })}
        </div>
    }
}

/// The connection that a page is of, and the lists that lead to it from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    connection: String,
    lists: Vec<(String, String)>,
}

/// To what is found by its place alone.
pub fn crumbs(place: &Place) -> Trail {
    trail(place, &[])
}

/// Through lists of the connection.
pub fn trail(place: &Place, lists: &[(&str, String)]) -> Trail {
    let list = |(text, href): &(&str, String)| ((*text).to_owned(), href.clone());
    Trail {
        connection: place.connection.clone(),
        lists: lists.iter().map(list).collect(),
    }
}
