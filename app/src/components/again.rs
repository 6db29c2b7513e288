use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::error::Kind;
use serde::{Serialize, de::DeserializeOwned};

use crate::resource::Resource;

/// Until an answer that is unfinished is asked for again.
pub const PAUSE: Duration = Duration::from_millis(700);

/// True once the page runs in the browser: what needs scripts appears then, after hydration.
pub fn use_live() -> ReadSignal<bool> {
    let (live, set_live) = signal(false);
    #[expect(
        clippy::disallowed_methods,
        reason = "effects run in the browser only, which is what is asked"
    )]
    Effect::new(move |_| set_live.set(true));
    live
}

/// Asks again after a moment, for as long as an answer says that there is more to come or the
/// page stopped waiting for a slow catalog.
pub fn ask_again_while<T>(resource: Resource<T>, unfinished: impl Fn(&T) -> bool + 'static)
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    ask_again_after(resource, move |answer| unfinished(answer).then_some(PAUSE));
}

/// Asks again once so much time has passed as an answer wants; [`ask_again_while`] it is unfinished.
pub fn ask_again_after<T>(resource: Resource<T>, pause: impl Fn(&T) -> Option<Duration> + 'static)
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    #[expect(
        clippy::disallowed_methods,
        reason = "only the browser waits and asks again"
    )]
    Effect::new(move |_| {
        let pause = resource.with(|answer| match answer {
            Some(Ok(answer)) => pause(answer),
            Some(Err(error)) => (error.kind == Kind::StillWaiting).then_some(PAUSE),
            None => None,
        });
        if let Some(pause) = pause {
            set_timeout(move || resource.refetch(), pause);
        }
    });
}

/// Asks again once the page runs in the browser, and with each further one that is opened, for as long as
/// the answer is unfinished.
pub fn ask_again_with_each_page<T>(resource: Resource<T>, unfinished: impl Fn(&T) -> bool + 'static)
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    let path = use_location().pathname;
    #[expect(
        clippy::disallowed_methods,
        reason = "only the browser goes from page to page"
    )]
    Effect::new(move |_| {
        path.track();
        let asks = resource
            .with_untracked(|answer| matches!(answer, Some(Ok(answer)) if unfinished(answer)));
        if asks {
            resource.refetch();
        }
    });
}
