use leptos::prelude::*;
use model::{connections::Facts, paths::Place};

use super::again::ask_again_with_each_page;
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
