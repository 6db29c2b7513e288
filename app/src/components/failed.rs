use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    error::{AppError, Kind},
    paths::{HOME, METADATA, Place, Query, SIGN_IN, TO},
};

use super::waiting::WaitLine;
use crate::ui::coded::Coded;

/// An error in the place of the content: what happened, what to do next, and the facts for a
/// bug report. On the server it also sets the page's status.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    #[cfg(feature = "ssr")]
    set_status(error.status());
    let waiting = error.kind == Kind::StillWaiting;
    let quiet = waiting || error.kind == Kind::Stopped;
    // The catalog said it, and of what the page is of: what Crowsnest itself misses is a part of it.
    let missing = (error.kind == Kind::NotFound && error.detail.is_some()).then_some("");
    let tone = if quiet { "alert-info" } else { "alert-warning" };
    view! {
        <section class="my-4 max-w-3xl" role=if quiet { "status" } else { "alert" } data-kind=format!("{:?}", error.kind) data-missing=missing>
            <div class=format!("alert alert-soft {tone} items-start")>
                <div class="grid gap-1 min-w-0">
                    <h2>{error.title()}</h2>
                    {waiting.then(|| view! { <WaitLine /> })}
                    <p class="wrap-anywhere">{error.message.clone()}</p>
                    {error.hint.clone().map(|hint| view! { <p class="wrap-anywhere"><Coded text=hint /></p> })}
                    {error.retry_after.map(|seconds| view! { <p>{format!("Wait {seconds} s before the next try.")}</p> })}
                    {error.detail.clone().map(|detail| view! {
                        <details class="text-sm">
                            <summary class="cursor-pointer">"Details"</summary>
                            <pre class="whitespace-pre-wrap wrap-anywhere mt-1">{detail}</pre>
                        </details>
                    })}
                    <WayOut error=error.clone() />
                    <p class="mt-2 flex flex-wrap gap-2">
                        <a class="btn btn-sm" href="" rel="external">"Try again"</a>
                        {matches!(error.kind, Kind::NotFound | Kind::NoConnection).then(|| view! {
                            <a class="btn btn-sm" href=HOME>"All connections"</a>
                        })}
                    </p>
                </div>
            </div>
        </section>
    }
}

/// The page that leads on from an error: its own, or from a refusal of Polaris to what would allow it.
#[component]
pub fn WayOut(error: AppError) -> impl IntoView {
    let location = use_location();
    let explained = || {
        let place = location
            .pathname
            .with_untracked(|path| Place::read(path, "").unwrap_or_default());
        let query = location
            .search
            .with_untracked(|search| Query::parse(search));
        let href = place.explain_refusal(&error.message, &query)?;
        Some(("Explain this 403".to_owned(), href))
    };
    let own = || {
        let path = location.pathname.get_untracked();
        match location.search.get_untracked() {
            search if search.is_empty() => path,
            search => format!("{path}?{}", search.trim_start_matches('?')),
        }
    };
    let link = match &error.link {
        Some(link) if error.kind == Kind::SignedOut && link.href.starts_with(SIGN_IN) => {
            let to = Query::default().and(TO, &own());
            let to = to.to_string().replacen('?', "&", 1);
            Some((link.text.clone(), format!("{}{to}", link.href)))
        }
        Some(link) => Some((link.text.clone(), link.href.clone())),
        None if error.kind == Kind::Forbidden => explained(),
        None if error.kind == Kind::SignedOut => {
            let to = Query::default().and(TO, &own());
            Some(("Sign in".to_owned(), format!("{SIGN_IN}{to}")))
        }
        None => None,
    };
    link.map(|(text, href)| {
        // What is no page is not for the router.
        let rel = (href.contains(METADATA) || href.starts_with(SIGN_IN)).then_some("external");
        view! { <p class="text-sm"><a class="link" href=href rel=rel>{text}</a></p> }
    })
}

#[cfg(feature = "ssr")]
pub fn set_status(status: u16) {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(status)
    {
        response.set_status(status);
    }
}
