use iceberg_rest::Dialect;
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use model::{connections::Facts, paths::Place};

use super::{again::ask_again_with_each_page, lasting::Lasting};
use crate::{api::connections::load_facts, resource::Resource};

/// What the connection around a page is, asked once for all of its pages.
#[derive(Clone, Copy)]
struct Connection(Resource<Facts>);

/// For the layout around the pages of a connection.
pub fn provide_facts(place: Memo<Place>) {
    let scope = Memo::new(move |_| place.read().with_namespace(&[]));
    let facts = Resource::new(move || scope.get(), load_facts);
    ask_again_with_each_page(facts, |facts| facts.waiting || facts.dialect.is_none());
    provide_context(Connection(facts));
}

pub fn use_facts() -> Resource<Facts> {
    expect_context::<Connection>().0
}

/// What depends on the kind of catalog. What else becomes known of the connection later does not touch what is typed
/// there.
#[component]
pub fn OfKind<F>(children: F) -> impl IntoView
where
    F: Fn(Option<Dialect>) -> AnyView + Clone + Send + Sync + 'static,
{
    let facts = use_facts();
    let lasting = Lasting::default();
    let shown = move || {
        let facts = ScopedFuture::new_untracked(facts.into_future());
        let (children, lasting) = (children.clone(), lasting.clone());
        Suspend::new(async move {
            let dialect = facts.await.ok().and_then(|facts| facts.dialect);
            lasting.make(|| children(dialect))
        })
    };
    view! { <Transition>{shown}</Transition> }
}
