use leptos::prelude::*;
use model::format::{Moment, relative};

/// A moment in UTC; in the browser also how long ago it was, and the local time on hover.
/// `brief` keeps both for the hover, so that nothing moves in a table.
#[component]
pub fn MomentText(moment: Moment, #[prop(optional)] brief: bool) -> impl IntoView {
    let ms = moment.ms;
    let seen_at = RwSignal::new(None::<i64>);
    #[expect(
        clippy::disallowed_methods,
        reason = "only the browser knows its clock and its zone"
    )]
    Effect::new(move |_| seen_at.set(Some(js_sys::Date::now() as i64)));
    let ago = move || seen_at.get().map(|now| format!(" ({})", relative(ms, now)));
    let local = move || {
        seen_at.get().map(|now| {
            let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(ms as f64));
            format!(
                "{}, {} local time",
                relative(ms, now),
                String::from(date.to_locale_string("default", &wasm_bindgen::JsValue::UNDEFINED))
            )
        })
    };
    view! {
        <time class="tabular-nums whitespace-nowrap" title=local>
            {moment.utc}
            {(!brief).then(|| view! { <span class="text-base-content/70">{ago}</span> })}
        </time>
    }
}
