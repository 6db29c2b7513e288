use leptos::prelude::*;
use model::{
    access::onboard::Report,
    batch::Batch,
    paths::{Place, Query},
    posted::Posted,
};

use crate::{
    api::onboard::load_last,
    components::page_header::{Trail, trail},
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
};

/// What the pages share on which somebody comes or goes: a form, the calls that come of it, and what came of those.
#[derive(Clone)]
pub struct Flow {
    pub place: Memo<Place>,
    pub posted: Posted<Report>,
    /// What came of the last calls about the principal, for who left before they were answered.
    pub last: Resource<Option<Batch>>,
    query: Memo<Query>,
    /// What the form asked for that this page answers.
    answered: Query,
}

impl Flow {
    pub fn of_this_page() -> Self {
        let (place, query) = (use_place(), use_query());
        let posted = use_posted::<Report>();
        let about = Memo::new(move |_| {
            let connection = Place::connection(&place.read().connection);
            (connection, query.read().text("principal"))
        });
        Self {
            place,
            posted,
            last: Resource::new(move || about.get(), |(place, name)| load_last(place, name)),
            query,
            answered: query.get_untracked(),
        }
    }

    pub fn crumbs(&self) -> Signal<Trail> {
        let place = self.place;
        Signal::derive(move || {
            let place = place.read();
            trail(&place, &[("Access", place.access_path())])
        })
    }

    /// Where the address leads, and what came of the calls, where it is what they were made for.
    pub fn now(&self) -> (Place, Query, Option<Report>) {
        let query = self.query.get();
        let report = self.posted.outcome.clone();
        let report = report.filter(|_| query == self.answered);
        (
            Place::connection(&self.place.read().connection),
            query,
            report,
        )
    }
}
