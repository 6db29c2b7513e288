use leptos::prelude::*;

use super::icon::Icon;

/// What is not known, though it was asked.
pub const UNKNOWN: &str = "badge-neutral";

/// A word about something, in a colour of its own.
#[component]
pub fn Badge(
    #[prop(into)] text: String,
    /// A daisyUI class; plain without. Those for good, warning, bad and [`UNKNOWN`] bring an icon, so that
    /// none goes by its colour alone.
    #[prop(optional)]
    tone: &'static str,
) -> impl IntoView {
    let icon = match tone {
        "badge-success" => Some("icon-check"),
        "badge-warning" => Some("icon-triangle-alert"),
        "badge-error" => Some("icon-circle-x"),
        UNKNOWN => Some("icon-circle-help"),
        _ => None,
    };
    view! {
        <span class=format!("badge badge-soft badge-sm whitespace-nowrap {tone}")>
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {text}
        </span>
    }
}
