use js_sys::{
    Array, Date, Function,
    Intl::{
        DateTimeFormat, DateTimeFormatOptions, DayFormat, MonthFormat, NumericFormat, YearFormat,
    },
    Object,
};
use leptos::prelude::*;
use model::format::{Moment, relative};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    // Made once: to make one takes longer than to write a hundred moments.
    static OWN: Function = zoned("default");
    /// As UTC is written, year first, which is how Sweden writes it.
    static YEAR_FIRST: Function = zoned("sv-SE");
}

/// Writes a date in the browser's own zone.
fn zoned(locale: &str) -> Function {
    let options: DateTimeFormatOptions = Object::new().unchecked_into();
    options.set_year(YearFormat::Numeric);
    options.set_month(MonthFormat::Numeric);
    options.set_day(DayFormat::Numeric);
    options.set_hour(NumericFormat::Numeric);
    options.set_minute(NumericFormat::Numeric);
    options.set_second(NumericFormat::Numeric);
    DateTimeFormat::new(&Array::of1(&locale.into()), options.unchecked_ref()).format()
}

/// Nothing of a moment that no calendar of the browser has.
fn written(format: &Function, ms: i64) -> String {
    let date = Date::new(&JsValue::from_f64(ms as f64));
    let written = format.call1(&JsValue::UNDEFINED, &date);
    written
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

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
    Effect::new(move |_| seen_at.set(Some(Date::now() as i64)));
    let ago = move || seen_at.get().map(|now| format!("({})", relative(ms, now)));
    let title = move || {
        seen_at.get().map(|now| {
            let local = OWN.with(|format| written(format, ms));
            format!("{}, {local} local time", relative(ms, now))
        })
    };
    let local = move || {
        seen_at.get().map(|_| {
            let local = YEAR_FIRST.with(|format| written(format, ms));
            view! { <span class="local-time">{format!(" {local} local")}</span> }
        })
    };
    view! {
        <time class="tabular-nums whitespace-nowrap" title=title>
            {moment.utc}
            {local}
            {(!brief).then(|| view! { " " <span class="age text-base-content/70">{ago}</span> })}
        </time>
    }
}
