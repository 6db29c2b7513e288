use leptos::prelude::*;

use super::wizard::{use_sync, use_wizard};

/// One of a few, side by side.
#[component]
pub fn Choice(
    name: &'static str,
    legend: &'static str,
    options: Vec<(&'static str, &'static str)>,
    #[prop(into)] chosen: Signal<&'static str>,
    choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let sync = use_sync(use_wizard());
    view! {
        <fieldset class="sm:col-span-2">
            <legend class="text-sm font-medium mb-1">{legend}</legend>
            <div class="flex flex-wrap gap-x-4 gap-y-1">
                {options.into_iter().map(|(value, label)| {
                    let sync = sync.clone();
                    view! {
                        <label class="flex items-center gap-1.5 text-sm">
                            <input
                                type="radio"
                                class="radio radio-sm"
                                name=name
                                value=value
                                checked=chosen.get_untracked() == value
                                prop:checked=move || chosen.get() == value
                                autocomplete="off"
                                on:change=move |event| {
                                    choose(event_target_value(&event));
                                    sync();
                                }
                            />
                            {label}
                        </label>
                    }
                }).collect_view()}
            </div>
        </fieldset>
    }
}
