use leptos::prelude::*;
use leptos_router::components::Form;
use model::paths::Place;

use crate::location::use_query;

/// Asks for a full name and what it names; keeps what the address says was typed before.
#[component]
pub fn OpenForm(place: Memo<Place>) -> impl IntoView {
    let query = use_query();
    let said = move |key: &'static str| query.with(|query| query.get(key).map(str::to_owned));
    let chosen = move |kind: &'static str| said("kind").as_deref() == Some(kind);
    let kept = move |key: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=key value=value /> })
    };
    view! {
        <Form method="GET" action=move || Place::connection(place.read().connection.clone()).open_path()>
            {move || kept("w", place.read().warehouse.clone())}
            {move || kept("ref", place.read().reference.clone())}
            <div class="grid gap-2 max-w-xl">
                <input
                    class="input input-sm w-full font-mono"
                    name="name"
                    required
                    aria-label="Full name"
                    placeholder="sales.eu.orders"
                    autocomplete="off"
                    spellcheck="false"
                    value=move || said("name")
                />
                <div class="flex flex-wrap gap-2 items-center text-sm">
                    <select class="select select-sm w-32" name="kind" aria-label="What it names">
                        <option value="table">"Table"</option>
                        <option value="view" selected=move || chosen("view")>"View"</option>
                        <option value="namespace" selected=move || chosen("namespace")>"Namespace"</option>
                    </select>
                    <label class="flex items-center gap-2">
                        "Levels separated by"
                        <input
                            class="input input-sm w-12 font-mono text-center"
                            name="sep"
                            maxlength="3"
                            autocomplete="off"
                            value=move || said("sep").unwrap_or_else(|| ".".into())
                        />
                    </label>
                    <button class="btn btn-sm">"Open"</button>
                </div>
            </div>
        </Form>
    }
}
