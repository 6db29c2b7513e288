use leptos::prelude::*;
use model::{
    access::{Collected, Progress, Unknown},
    format::{Moment, count, counted},
    paths::Place,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    components::{again::ask_again_while, back::Back, loaded::Loaded, moment::MomentText},
    resource::Resource,
    ui::note::Note,
};

/// What follows from collected grants: how far the collection has come as long as it runs, then the
/// content, with when it was collected and what is unknown: `children` is told whether anything is.
#[component]
pub fn FromGrants<T, F, V>(
    resource: Resource<Collected<T>>,
    #[prop(into)] place: Signal<Place>,
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T, bool) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    ask_again_while(resource, |answer| matches!(answer, Collected::Running(_)));
    view! {
        <Loaded resource let:answer>
            {match answer {
                Collected::Running(progress) => view! { <Running progress place=place.get_untracked() /> }.into_any(),
                Collected::Stopped(progress) => view! { <Stopped progress place=place.get_untracked() /> }.into_any(),
                Collected::Unasked => view! { <Unasked place=place.get_untracked() /> }.into_any(),
                Collected::Ready(ready) => {
                    let doubtful = !ready.unknown.is_nothing();
                    let content = children(ready.data, doubtful).into_any();
                    let (at, requests) = (ready.at, ready.requests);
                    view! { <Ready at requests old=ready.old unknown=ready.unknown place=place.get_untracked() content /> }.into_any()
                }
            }}
        </Loaded>
    }
}

#[component]
fn Ready(
    at: Moment,
    requests: usize,
    old: bool,
    unknown: Unknown,
    place: Place,
    content: AnyView,
) -> impl IntoView {
    view! {
        <CollectedAt at requests place />
        {old.then(|| view! {
            <Note>"This is older than a minute, and grants may have changed since on the server or through other tools. Collect again before you rely on it."</Note>
        })}
        <NotRead unknown />
        {content}
    }
}

#[component]
fn Running(progress: Progress, place: Place) -> impl IntoView {
    let Progress { done, total } = progress;
    view! {
        <section class="my-6 max-w-prose" aria-label="Collection" role="status">
            <h2>"Collecting who may do what"</h2>
            <p class="my-1 text-sm tabular-nums">
                {format!("{} of {} so far known.", counted(done, "request"), count(total))}
                " Roles, their holders and their grants are read one by one, for all who ask at once."
            </p>
            <progress class="progress progress-primary w-full my-2" value=done.to_string() max=total.max(1).to_string() aria-label="Requests made"></progress>
            <div class="flex flex-wrap gap-2">
                <a class="btn btn-sm" href="" rel="external">"Look again"</a>
                <Ask action=place.cancel_path() text="Cancel" />
            </div>
        </section>
    }
}

#[component]
fn Stopped(progress: Progress, place: Place) -> impl IntoView {
    view! {
        <section class="my-6 max-w-prose" aria-label="Collection" role="status">
            <h2>"The collection was cancelled"</h2>
            <p class="my-1 text-sm">
                {format!("It had made {} of the {} known by then. Nothing of it was kept.", counted(progress.done, "request"), count(progress.total))}
            </p>
            <div class="mt-2"><Ask action=place.collect_path() text="Collect again" /></div>
        </section>
    }
}

#[component]
fn Unasked(place: Place) -> impl IntoView {
    view! {
        <section class="my-6 max-w-prose" aria-label="Collection" role="status">
            <h2>"Nothing is collected yet"</h2>
            <p class="my-1 text-sm">
                "A link from another site led here. To answer, Crowsnest reads roles, their holders and their grants, one request each."
            </p>
            <div class="mt-2"><Ask action=place.collect_path() text="Collect" /></div>
        </section>
    }
}

#[component]
fn CollectedAt(at: Moment, requests: usize, place: Place) -> impl IntoView {
    view! {
        <div class="text-xs text-base-content/70 flex flex-wrap items-center gap-x-2 my-1">
            <span>
                "According to Polaris RBAC grants, collected " <MomentText moment=at />
                {format!(" in {}.", counted(requests, "request"))}
            </span>
            <Ask action=place.collect_path() text="Collect again" />
        </div>
    }
}

/// A change that answers with the page it was asked from.
#[component]
fn Ask(action: String, text: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <Back />
            <button type="submit" class="btn btn-xs">{text}</button>
        </form>
    }
}

#[component]
fn NotRead(unknown: Unknown) -> impl IntoView {
    let more = unknown.more;
    (!unknown.sentences.is_empty()).then(|| {
        view! {
            <Note>
                <strong>"Not everything could be read: "</strong>
                "what depends on it is shown as unknown, not as denied."
            </Note>
            <details class="text-sm my-2 max-w-4xl">
                <summary class="cursor-pointer">{counted(unknown.sentences.len() + more, "unread list")}</summary>
                <ul class="list-disc pl-5 my-1 wrap-anywhere">
                    {unknown.sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
                    {(more > 0).then(|| view! { <li>{format!("and {} more", count(more))}</li> })}
                </ul>
            </details>
        }
    })
}
