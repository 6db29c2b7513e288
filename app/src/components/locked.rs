use leptos::prelude::*;

use super::{loaded::Loaded, press::Press};
use crate::{api::polaris::load_locked, ui::note::Note};

/// Says why nothing can be changed here.
#[component]
pub fn Locked(reason: Option<String>) -> impl IntoView {
    reason.map(|reason| view! { <Note>{reason}</Note> })
}

/// The end of a form whose page reads nothing else: gives it its id, says why nothing can be changed on the connection,
/// where that is so, and hands it to `children`, which are to be disabled then.
#[component]
pub fn Lockable<F, V>(connection: String, children: F) -> impl IntoView
where
    F: Fn(Option<String>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let locked = Resource::new(move || connection.clone(), load_locked);
    view! {
        <Loaded resource=locked let:read>
            <Press once=read.once />
            <Locked reason=read.locked.clone() />
            {children(read.locked)}
        </Loaded>
    }
}
