use leptos::prelude::*;
use model::{
    format::visible,
    paths::{HOME, Place},
};

use crate::ui::title::Title;

/// The head of a page: where it is, what it is. `title` becomes the page's title and its one `h1`.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// The word before the title: `Table`, `Namespace`.
    noun: &'static str,
    #[prop(into)] crumbs: Signal<Vec<Crumb>>,
    /// The tab that is open.
    #[prop(optional, into)]
    tab: Signal<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = Signal::derive(move || visible(&title.read()));
    // Of many tabs of a browser each says what of what in which catalog it shows.
    let whole = Signal::derive(move || {
        let connection = crumbs.with(|crumbs| crumbs.get(1).map(|crumb| visible(&crumb.text)));
        let words = [
            tab.get().to_owned(),
            title.get(),
            connection.unwrap_or_default(),
        ];
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" · ")
    });
    view! {
        <Title text=whole />
        <nav aria-label="Breadcrumbs" class="text-sm breadcrumbs py-1 overflow-x-auto">
            <ol>
                {move || {
                    crumbs.get()
                        .into_iter()
                        .map(|crumb| view! { <li><a href=crumb.href class="link link-hover">{visible(&crumb.text)}</a></li> })
                        .collect_view()
                }}
            </ol>
        </nav>
        <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1 mb-2">
            <h1 class="text-xl font-semibold wrap-anywhere">{title}</h1>
            <span class="text-sm text-base-content/70">{noun}</span>
            {children.map(|children| children())}
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

/// From the connections down to what `place` names, without the object itself.
pub fn crumbs(place: &Place) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb {
        text: "Connections".into(),
        href: HOME.into(),
    }];
    let connection = place.with_namespace(&[]);
    crumbs.push(Crumb {
        text: place.connection.clone(),
        href: connection.connection_path(),
    });
    if let Some(warehouse) = &place.warehouse {
        crumbs.push(Crumb {
            text: warehouse.clone(),
            href: connection.namespace_path(),
        });
    }
    for depth in 1..=place.namespace.len() {
        crumbs.push(Crumb {
            text: place.namespace[depth - 1].clone(),
            href: place
                .with_namespace(&place.namespace[..depth])
                .namespace_path(),
        });
    }
    crumbs
}

/// [`crumbs`], and on through `lists`.
pub fn crumbs_to(place: &Place, lists: &[(&str, String)]) -> Vec<Crumb> {
    let mut crumbs = crumbs(place);
    crumbs.extend(lists.iter().map(|(text, href)| Crumb {
        text: (*text).into(),
        href: href.clone(),
    }));
    crumbs
}

/// From the connections through lists of one of them.
pub fn trail(place: &Place, lists: &[(&str, String)]) -> Vec<Crumb> {
    crumbs_to(&Place::connection(&place.connection), lists)
}
