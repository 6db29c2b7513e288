use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;

use crate::ui::icon::Icon;

/// Runs before the first paint: what was chosen in this browser, else what the system and the page say.
pub const REMEMBERED: &str = "for (const key of ['theme', 'times']) {\
try{const it=JSON.parse(localStorage.getItem(key));if(it)document.documentElement.dataset[key]=it}catch{}}";

/// Words and their values; nothing stands for what is usual.
type Values = &'static [(&'static str, &'static str)];

/// What can be chosen under a heading: its key, and the values.
const CHOICES: [(&str, &str, Values); 2] = [
    (
        "Theme",
        "theme",
        &[("System", ""), ("Light", "light"), ("Dark", "dark")],
    ),
    ("Times", "times", &[("UTC", ""), ("UTC and local", "local")]),
];

/// Chooses how pages look, and remembers it in this browser.
#[component]
pub fn Preferences() -> impl IntoView {
    let choices = CHOICES.into_iter().map(|(heading, key, values)| {
        let chosen = RwSignal::new(None::<String>);
        #[expect(
            clippy::disallowed_methods,
            reason = "only the browser knows what was chosen in it"
        )]
        Effect::new(move |_| chosen.set(Some(LocalStorage::get(key).unwrap_or_default())));
        let choose = move |value: &'static str| {
            let root = document().document_element();
            // A browser that refuses storage still changes this page.
            match value {
                "" => {
                    LocalStorage::delete(key);
                    root.map(|root| root.remove_attribute(&format!("data-{key}")));
                }
                value => {
                    let _ = LocalStorage::set(key, value);
                    root.map(|root| root.set_attribute(&format!("data-{key}"), value));
                }
            }
            chosen.set(Some(value.to_owned()));
        };
        let choice = move |(text, value): &(&'static str, &'static str)| {
            let value = *value;
            let pressed = move || chosen.get().map(|chosen| (chosen == value).to_string());
            view! {
                <li><button class="w-full text-left" aria-pressed=pressed on:click=move |_| choose(value)>{*text}</button></li>
            }
        };
        view! {
            <p class="px-2 pt-1 text-xs text-base-content/70">{heading}</p>
            <ul>{values.iter().map(choice).collect_view()}</ul>
        }
    });
    view! {
        <details class="sm:relative" data-menu="">
            <summary class="btn btn-ghost btn-sm px-2" aria-label="Theme and times">
                <Icon name="icon-sun-moon" class="text-base" />
            </summary>
            <div class="menu-panel sm:left-auto sm:right-0 sm:w-44">{choices.collect_view()}</div>
        </details>
    }
}
