use leptos::prelude::*;
use model::{
    format::{count, visible},
    settings::Setting,
    shown::{REVEAL, Shown},
};

use crate::{
    location::use_query,
    ui::{
        badge::Badge,
        copy::Copy,
        table::{Column::Code, Table},
    },
};

/// Longer values are folded.
const LONG: usize = 400;
/// Rows beyond are counted.
const MOST: usize = 500;

/// Keys and values, each as far as it is shown.
#[component]
pub fn Settings(
    settings: Vec<Setting>,
    label: &'static str,
    /// Said where there are none.
    #[prop(optional)]
    empty: &'static str,
    /// With a button to copy each value.
    #[prop(optional)]
    copy: bool,
) -> impl IntoView {
    let all = settings.len();
    let rows: Vec<_> = settings.into_iter().take(MOST).collect();
    view! {
        <Table label columns=&[Code("Key"), Code("Value")] rows empty class="sm:[&_td:first-child]:w-1/3" let:setting>
            <tr><td>{visible(&setting.key)}</td><td><ShownValue setting copy /></td></tr>
        </Table>
        {(all > MOST).then(|| view! {
            <p class="text-sm my-1" role="status">{format!("The first {MOST} of {}.", count(all))}</p>
        })}
    }
}

/// A value; where something of it is masked, with a link that shows it. The link
/// loads the page anew: what it shows is in that one answer only.
#[component]
fn ShownValue(setting: Setting, #[prop(optional)] copy: bool) -> impl IntoView {
    let Setting { key, value } = setting;
    let reveal = |key: &str| {
        let href = use_query().get_untracked().with(REVEAL, key).link();
        view! { <a class="link text-xs" rel="external nofollow" href=href aria-label=format!("Show the value of {key}")>"Show"</a> }
    };
    match value {
        Shown::Whole(text) => {
            let shown = visible(&text);
            let start: String = shown.chars().take(LONG).collect();
            let folded = if start.len() < shown.len() {
                view! {
                    <details>
                        <summary class="cursor-pointer">{start} "…"</summary>
                        <div class="whitespace-pre-wrap">{shown}</div>
                    </details>
                }
                .into_any()
            } else {
                view! { {shown} }.into_any()
            };
            let copy = copy.then(|| view! { " " <Copy text what=format!("the value of {key}") /> });
            view! { {folded} {copy} }.into_any()
        }
        Shown::Part(text) => view! { {visible(&text)} " " {reveal(&key)} }.into_any(),
        Shown::Masked => {
            view! { <Badge text="masked: may be a secret" /> " " {reveal(&key)} }.into_any()
        }
    }
}
