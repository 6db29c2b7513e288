use leptos::prelude::*;
use model::polaris::Known;

use super::failed::WayOut;
use crate::ui::badge::{Badge, UNKNOWN};

/// What is known is shown; what was refused is said to be unknown, with the reason.
#[component]
pub fn Part<T, F, V>(known: Known<T>, children: F) -> impl IntoView
where
    T: 'static,
    F: FnOnce(T) -> V,
    V: IntoView + 'static,
{
    match known {
        Ok(known) => children(known).into_any(),
        Err(error) => view! {
            <p class="text-sm my-1"><Badge text="unknown" tone=UNKNOWN /> " " {error.in_full()}</p>
            <WayOut error />
        }
        .into_any(),
    }
}
