use std::sync::Arc;

use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_router::hooks::use_location;
use model::{
    error::{AppError, Kind},
    page::Page,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    connection::use_facts,
    failed::Failed,
    lasting::Lasting,
    waiting::{Patient, Waiting},
};
use crate::resource::{Answer, Any, Resource};

/// What a page reads from the server: content when it is there, what is waited for before, and an error
/// with a way out. Keeps the old content while new content is on its way.
#[component]
pub fn Loaded<T, F, V>(resource: Resource<T>, children: F) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    loaded(resource, children, failed)
}

/// [`Loaded`], where something stands above the error.
#[component]
pub fn LoadedBelow<T, F, V>(resource: Resource<T>, also: ViewFn, children: F) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // In one element: the browser does not take over two that stand for the content.
    loaded(resource, children, move |error, any| {
        view! { <div>{also.run()} {failed(error, any)}</div> }.into_any()
    })
}

fn loaded<T, F, V>(
    resource: Resource<T>,
    children: F,
    failed: impl Fn(AppError, Any) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let any = resource.any();
    let content = move |answer: Answer| match answer.take() {
        Ok(data) => children(data).into_any(),
        Err(error) => failed(error, any),
    };
    let content: Arc<dyn Fn(Answer) -> AnyView + Send + Sync> = Arc::new(content);
    let shown = Lasting::default();
    waited_for(Arc::new(move || {
        let (content, shown) = (content.clone(), shown.clone());
        Suspend::new(async move {
            let answer = any.await;
            shown.make(|| content(answer))
        })
        .into_any()
    }))
}

/// [`Loaded`], of what can be changed: its content is also told why nothing may be changed, where that
/// is so. What else becomes known of the connection later does not touch what is typed there.
#[component]
pub fn Changeable<T, F, V>(resource: Resource<T>, children: F) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T, Option<String>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let (facts, page) = (
        use_facts(),
        use_location()
            .pathname
            .with_untracked(|path| Page::parse(path)),
    );
    let any = resource.any();
    let content = move |read: Result<(Answer, Option<String>), AppError>| {
        let read = read.and_then(|(answer, locked)| Ok((answer.take()?, locked)));
        match read {
            Ok((data, locked)) => children(data, locked).into_any(),
            Err(error) => failed(error, any),
        }
    };
    type Content = dyn Fn(Result<(Answer, Option<String>), AppError>) -> AnyView + Send + Sync;
    let content: Arc<Content> = Arc::new(content);
    let refused = |answer: &Answer| answer.read::<T>().is_none_or(Result::is_err);
    let shown = Lasting::default();
    waited_for(Arc::new(move || {
        let (content, shown) = (content.clone(), shown.clone());
        let facts = ScopedFuture::new_untracked(facts.into_future());
        Suspend::new(async move {
            let answer = any.await;
            let read = match refused(&answer) {
                true => Ok((answer, None)),
                false => facts.await.map(|facts| (answer, facts.locked_on(page))),
            };
            shown.make(|| content(read))
        })
        .into_any()
    }))
}

/// Its code is there once for all that is read.
fn waited_for(content: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let content = StoredValue::new(content);
    view! {
        <Patient>
            <Transition fallback=Waiting>{move || content.get_value()()}</Transition>
        </Patient>
    }
    .into_any()
}

fn failed(error: AppError, any: Any) -> AnyView {
    resume(&error, any);
    view! { <Failed error /> }.into_any()
}

/// A page that stopped waiting for a slow catalog asks again once it runs in the browser.
fn resume(error: &AppError, any: Any) {
    if error.kind == Kind::StillWaiting {
        #[expect(
            clippy::disallowed_methods,
            reason = "runs in the browser only, once it has taken over"
        )]
        Effect::new(move |_| any.refetch());
    }
}
