use leptos::prelude::*;
use model::error::AppError;

use super::failed::WayOut;
use crate::ui::coded::Coded;

/// Why a form or a change was not accepted. On the server it also sets the page's status.
#[component]
pub fn Refusal(error: AppError) -> impl IntoView {
    #[cfg(feature = "ssr")]
    super::failed::set_status(error.status());
    let way = error.clone();
    view! {
        <section role="alert" class="alert alert-soft alert-warning my-3 max-w-3xl items-start" data-kind=format!("{:?}", error.kind)>
            <div class="grid gap-1 min-w-0 wrap-anywhere">
                <h2>{error.title()}</h2>
                <p>{error.message}</p>
                {error.hint.map(|hint| view! { <p><Coded text=hint /></p> })}
                {error.detail.map(|detail| view! {
                    <details class="text-sm">
                        <summary class="cursor-pointer">"Details"</summary>
                        <pre class="whitespace-pre-wrap mt-1">{detail}</pre>
                    </details>
                })}
                <WayOut error=way />
            </div>
        </section>
    }
}
