use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use model::{names::NameKind, paths::Place};

use crate::{
    api::{names::load_counts, namespaces::load_namespace},
    components::{
        links::NamespaceLinks,
        loaded::Loaded,
        names::NameList,
        page_header::{PageHeader, crumbs},
        read_at::ReadAt,
        settings_table::SettingsTable,
        tabs::{Tab, Tabs},
    },
    location::{use_place, use_query},
};

const LISTS: [NameKind; 3] = [NameKind::Tables, NameKind::Views, NameKind::Namespaces];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    Names(NameKind),
    Properties,
}

impl Show {
    /// The top of a warehouse holds nothing but namespaces.
    fn read(tab: Option<&str>, place: &Place) -> Self {
        if place.namespace.is_empty() {
            return Self::Names(NameKind::Namespaces);
        }
        if tab == Some("properties") {
            return Self::Properties;
        }
        let named = LISTS.into_iter().find(|kind| Some(kind.key()) == tab);
        Self::Names(named.unwrap_or(NameKind::Tables))
    }
}

/// The page's code is fetched when it is opened.
pub struct NamespaceRoute;

#[lazy_route]
impl LazyRoute for NamespaceRoute {
    fn data() -> Self {
        Self
    }

    fn view(NamespaceRoute: Self) -> AnyView {
        NamespacePage().into_any()
    }
}

/// What a namespace, or the top of a warehouse, holds.
#[component]
fn NamespacePage() -> impl IntoView {
    let place = use_place();
    let query = use_query();
    let show = Memo::new(move |_| Show::read(query.read().get("tab"), &place.read()));
    let title = move || {
        let place = place.read();
        let top = || {
            place
                .warehouse
                .clone()
                .unwrap_or_else(|| place.connection.clone())
        };
        place.namespace.last().cloned().unwrap_or_else(top)
    };
    let around = move || {
        let place = place.read();
        match place.namespace.split_last() {
            Some((_, around)) => crumbs(&place.with_namespace(around)),
            None => crumbs(&Place::connection(&place.connection)),
        }
    };
    view! {
        <PageHeader
            title=Signal::derive(title)
            noun="Namespace"
            crumbs=Signal::derive(around)
        >
            <NamespaceLinks place />
        </PageHeader>
        {move || {
            let place = place.get();
            (!place.namespace.is_empty()).then(|| view! { <NamespaceTabs place show /> })
        }}
        // Made anew for each namespace: another one's rows under this title would mislead.
        {move || {
            let place = Signal::stored(place.get());
            let refresh = RwSignal::new(0);
            match show.get() {
                Show::Names(kind) => view! { <NameList kind place refresh /> }.into_any(),
                Show::Properties => view! { <Properties place refresh /> }.into_any(),
            }
        }}
    }
}

#[component]
fn NamespaceTabs(place: Place, show: Memo<Show>) -> impl IntoView {
    let asked = place.clone();
    let counts = Resource::new(
        || (),
        move |()| load_counts(asked.clone(), cfg!(not(feature = "ssr"))),
    );
    let counts = Signal::derive(move || {
        let counts = counts.get().and_then(Result::ok).unwrap_or_default();
        LISTS
            .map(|kind| counts.of(kind).map(str::to_owned))
            .to_vec()
    });
    let tab = move |label, key, current| Tab {
        label,
        href: place.namespace_tab_path(key),
        current,
    };
    let tabs = Signal::derive(move || {
        let show = show.get();
        let list = |label, kind: NameKind| tab(label, kind.key(), show == Show::Names(kind));
        vec![
            list("Tables", NameKind::Tables),
            list("Views", NameKind::Views),
            list("Namespaces", NameKind::Namespaces),
            tab("Properties", "properties", show == Show::Properties),
        ]
    });
    view! { <Tabs label="Namespace" tabs counts /> }
}

#[component]
fn Properties(place: Signal<Place>, refresh: RwSignal<u32>) -> impl IntoView {
    let namespace = Resource::new(
        move || (place.get(), refresh.get()),
        |(place, _)| load_namespace(place),
    );
    view! {
        <Loaded resource=namespace let:read>
            <ReadAt moment=read.at refresh />
            <SettingsTable
                settings=read.data.properties
                label="Properties of the namespace"
                nothing="This namespace has no properties."
            />
        </Loaded>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_tab_is_the_first() {
        let top = Place::connection("c");
        let inside = top.with_namespace(&["a".into()]);
        assert_eq!(
            Show::read(Some("nonsense"), &inside),
            Show::Names(NameKind::Tables)
        );
        assert_eq!(
            Show::read(Some("views"), &inside),
            Show::Names(NameKind::Views)
        );
        assert_eq!(
            Show::read(Some("properties"), &top),
            Show::Names(NameKind::Namespaces)
        );
    }
}
