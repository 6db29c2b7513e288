use leptos::prelude::*;
use model::paths::Query;

/// What an address says, in a form that leads there.
#[component]
pub fn SaidBy(address: String) -> impl IntoView {
    let (_, said) = address.split_once('?').unwrap_or_default();
    let said = Query::parse(said);
    let input = |(name, value): &(String, String)| {
        view! { <input type="hidden" name=name.clone() value=value.clone() /> }
    };
    said.pairs().iter().map(input).collect_view()
}
