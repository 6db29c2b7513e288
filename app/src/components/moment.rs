use leptos::prelude::*;
use model::format::{Moment, relative};

/// A moment in UTC; in the browser also how long ago it was, and the local time: on hover, and beside it
/// for who prefers that.
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
    let ago = move || seen_at.get().map(|now| format!("({})", relative(ms, now)));
    let zoned = move |locale| {
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(ms as f64));
        String::from(date.to_locale_string(locale, &wasm_bindgen::JsValue::UNDEFINED))
    };
    let title = move || {
        seen_at
            .get()
            .map(|now| format!("{}, {} local time", relative(ms, now), zoned("default")))
    };
    // Written as UTC is, year first, which is how Sweden writes it.
    let local = move || {
        seen_at.get().map(
            |_| view! { <span class="local-time">{format!(" {} local", zoned("sv-SE"))}</span> },
        )
    };
    view! {
        <time class="tabular-nums whitespace-nowrap" title=title>
            {moment.utc}
            {local}
            {(!brief).then(|| view! { " " <span class="age text-base-content/70">{ago}</span> })}
        </time>
    }
}
