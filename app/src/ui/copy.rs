use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::JsFuture;

/// Copies `text`; `what` names it for those who do not see the icon's place. `label` stands beside the icon.
#[component]
pub fn Copy(
    #[prop(into)] text: String,
    #[prop(into)] what: String,
    #[prop(optional)] label: &'static str,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    // A promise belongs to one thread, but pages are dropped by any of the server's.
    let copy = Action::new(move |(): &()| {
        let promise = window().navigator().clipboard().write_text(&text);
        SendWrapper::new(async move { JsFuture::from(promise).await.is_ok() })
    });
    let told = move || match copy.value().get() {
        Some(true) if copied.get() => "Copied",
        Some(false) => "Copying was refused",
        _ => label,
    };
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-xs px-1 align-middle"
            title=format!("Copy {what}")
            aria-label=format!("Copy {what}")
            on:click=move |_| {
                copied.set(true);
                copy.dispatch(());
            }
            on:blur=move |_| copied.set(false)
        >
            <svg class="size-3.5" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
                <rect x="9" y="9" width="12" height="12" rx="2"></rect>
                <path d="M5 15H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1"></path>
            </svg>
            <span class="text-xs" role="status">{told}</span>
        </button>
    }
}

/// A value that people copy: monospace, broken anywhere, with its button.
#[component]
pub fn Copyable(#[prop(into)] text: String, #[prop(into)] what: String) -> impl IntoView {
    view! {
        <span class="font-mono text-table wrap-anywhere">{text.clone()}</span>
        <Copy text what />
    }
}

/// [`Copyable`], where there is something to copy.
#[component]
pub fn Given(text: Option<String>, what: &'static str) -> impl IntoView {
    match text {
        Some(text) => view! { <Copyable text what /> }.into_any(),
        None => view! { <span class="text-base-content/70">"not given"</span> }.into_any(),
    }
}
