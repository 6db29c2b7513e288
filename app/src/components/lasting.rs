use std::sync::{Arc, Mutex, PoisonError};

use leptos::reactive::owner::Owner;

/// Makes what is shown of an answer, which is shown until the next one is there. What waits for answers runs again as soon as
/// another is asked for, and what its last run owned goes then: what is shown would hear of the next address without it.
#[derive(Clone, Default)]
pub struct Lasting(Arc<Mutex<Option<Owner>>>);

impl Lasting {
    /// Within what waits: what is made lasts until the next is.
    pub fn make<V>(&self, view: impl FnOnce() -> V) -> V {
        // The server makes all of it once.
        let run = Owner::current().filter(|_| cfg!(target_family = "wasm"));
        let Some(around) = run.and_then(|run| run.parent()) else {
            return view();
        };
        let owner = around.child();
        let made = owner.with(view);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(owner);
        made
    }
}
