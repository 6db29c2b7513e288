use leptos::prelude::*;

use super::{loaded::Changeable, press::Press};
use crate::{api::once::load_once, resource::Resource, ui::note::Note};

/// Says why nothing can be changed here.
#[component]
pub fn Locked(reason: Option<String>) -> impl IntoView {
    reason.map(|reason| view! { <Note>{reason}</Note> })
}

/// The end of a form whose page reads nothing else: gives it its id, says why nothing can be changed on
/// the connection, where that is so, and hands it to `children`, which are to be disabled then.
#[component]
pub fn Lockable<F, V>(children: F) -> impl IntoView
where
    F: Fn(Option<String>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let once = Resource::new(|| (), |()| load_once());
    view! {
        <Changeable resource=once let(once, locked)>
            <Press once />
            <Locked reason=locked.clone() />
            {children(locked)}
        </Changeable>
    }
}

/// The way to a form, shown off with the reason where nothing can be changed.
#[component]
pub fn FormLink(
    #[prop(into)] text: String,
    href: String,
    locked: Option<String>,
    /// One of several, of which none is what the page is for.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    match locked {
        Some(reason) => {
            view! { <button type="button" class="btn btn-sm" disabled title=reason>{text}</button> }
                .into_any()
        }
        None => {
            let class = if plain {
                "btn btn-sm"
            } else {
                "btn btn-sm btn-primary"
            };
            view! { <a class=class href=href>{text}</a> }.into_any()
        }
    }
}
