use std::{cmp::Ordering, time::Duration};

use gloo_timers::future::sleep;
use leptos::prelude::*;
use model::{
    access::onboard::Plan,
    format::counted,
    paths::{Place, Query},
};
use send_wrapper::SendWrapper;

use crate::{api::onboard::load_last, components::again::use_live};

const PAUSE: Duration = Duration::from_millis(300);

/// How far the calls are, between the form's sending and the page that answers it.
#[derive(Clone, Copy)]
pub struct Progress {
    live: ReadSignal<bool>,
    made: ReadSignal<usize>,
    follow: Action<(), ()>,
}

impl Progress {
    pub fn of(place: &Place, query: &Query) -> Self {
        let (place, principal) = (place.clone(), Plan::read(query).principal);
        let (made, set_made) = signal(0);
        // A timer belongs to one thread, but pages are dropped by any of the server's.
        let follow = Action::new(move |(): &()| {
            let (place, principal) = (place.clone(), principal.clone());
            SendWrapper::new(async move {
                while made.try_get_untracked().is_some() {
                    sleep(PAUSE).await;
                    let asked = load_last(place.clone(), principal.clone());
                    if let Ok(Some(batch)) = asked.await
                        && batch.ended.is_none()
                    {
                        set_made.try_set(batch.done());
                    }
                }
            })
        });
        let live = use_live();
        Self { live, made, follow }
    }

    pub fn begin(self) {
        self.follow.dispatch(());
    }

    pub fn running(self) -> bool {
        self.follow.pending().get()
    }

    /// Of the call at `index`; nothing can be told without scripts.
    pub fn state(self, index: usize) -> &'static str {
        match (self.running(), index.cmp(&self.made.get())) {
            (true, Ordering::Less) => "done",
            (true, Ordering::Equal) => "under way",
            _ if self.live.get() => "to do",
            _ => "",
        }
    }

    pub fn sentence(self, calls: usize) -> Option<String> {
        self.running()
            .then(|| format!("{} of {} made", self.made.get(), counted(calls, "call")))
    }
}
