use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;

/// Runs before the first paint: the remembered theme, else the system's.
pub const REMEMBERED_THEME: &str = "try{const t=JSON.parse(localStorage.getItem('theme'));\
if(t)document.documentElement.dataset.theme=t}catch{}";

const KEY: &str = "theme";

/// Chooses light, dark, or what the system says, and remembers it in this browser.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let choose = |theme: Option<&'static str>| {
        let root = document().document_element();
        match theme {
            Some(theme) => {
                // A browser that refuses storage still changes this page.
                let _ = LocalStorage::set(KEY, theme);
                root.map(|root| root.set_attribute("data-theme", theme));
            }
            None => {
                LocalStorage::delete(KEY);
                root.map(|root| root.remove_attribute("data-theme"));
            }
        }
    };
    view! {
        <details class="dropdown dropdown-end">
            <summary class="btn btn-ghost btn-sm" aria-label="Theme">"Theme"</summary>
            <ul class="menu dropdown-content bg-base-100 border border-base-300 rounded-box z-40 w-36 p-1 shadow">
                <li><button on:click=move |_| choose(None)>"System"</button></li>
                <li><button on:click=move |_| choose(Some("light"))>"Light"</button></li>
                <li><button on:click=move |_| choose(Some("dark"))>"Dark"</button></li>
            </ul>
        </details>
    }
}
